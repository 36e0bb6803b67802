"""What an answer may show: of each slot, every value that was in force at some moment between request and answer."""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.page_cache.changes import ARTICLES, TEXTS

EXACT = 0.05  # seconds, for what begins by the clock
ANYTHING, NOTHING = "?", "gone"
# Finds editions and then reads them: one that is replaced between the two is missing, in this one answer.
IN_TWO_STEPS = {"/search/?q=pumps"}
Shown = dict[str, frozenset[str]]  # by slot, the values that an answer shows; more than one where it is a mixture


class Reading(NamedTuple):
    path: str
    began: float
    ended: float
    shown: Shown


class Version(NamedTuple):
    """From `began` on it may be shown; once it is `done`, nothing that was before it."""

    value: str
    began: float
    done: float


class History:
    """All versions of all slots, in order, and what may be seen while one becomes the other."""

    def __init__(self, lines: Iterable[str], first: Mapping[str, str]) -> None:
        self.versions = {slot: [Version(value, 0.0, 0.0)] for slot, value in first.items()}
        self.between: dict[str, list[Version]] = defaultdict(list)
        self.changes = 0
        for line in lines:
            began, done, values, between = json.loads(line)
            self.changes += 1
            for slot, value in values.items():
                self.versions[slot].append(Version(value, began, done))
            for slot, meanwhile in between.items():
                self.between[slot] += [Version(value, began, done) for value in meanwhile]
        self.done = {slot: [version.done for version in versions] for slot, versions in self.versions.items()}

    def allowed(self, slot: str, began: float, ended: float) -> set[str]:
        versions = self.versions[slot]
        in_force = bisect_right(self.done[slot], began - EXACT * self._is_planned(slot, began)) - 1
        values = set()
        for version in versions[max(in_force, 0) :]:
            if version.began - EXACT * (version.began == version.done) > ended:
                break
            values.add(version.value)
        meanwhile = (version for version in self.between[slot] if version.began <= ended and version.done >= began)
        return values | {version.value for version in meanwhile}

    def _is_planned(self, slot: str, at: float) -> bool:
        """Whether the newest version then began by the clock."""
        newest = self.versions[slot][max(bisect_right(self.done[slot], at) - 1, 0)]
        return newest.began == newest.done

    def wrong(self, reading: Reading, delay: float = 0.0) -> str:
        """What it shows that it must not show; empty where all is right."""
        for slot, values in reading.shown.items():
            allowed = self.allowed(slot, reading.began - delay, reading.ended)
            if reading.path in IN_TWO_STEPS and len(allowed) > 1:
                allowed.add(NOTHING)
            if ANYTHING not in allowed and not values <= allowed:
                return f"{reading.path} shows {slot} {sorted(values)} and not {sorted(allowed)}"
        return ""

    def late(self, reading: Reading) -> float:
        """How long before the request what it shows was over, in seconds; 0 where it was right."""
        least, most = 0.0, 2.0
        if not self.wrong(reading):
            return 0.0
        while most - least > 0.005:
            middle = (least + most) / 2
            least, most = (middle, most) if self.wrong(reading, middle) else (least, middle)
        return most


# What a page shows ----------------------------------------------------------------------------------------------------

Look = Callable[[int, str], set[str]]


def _found(pattern: str) -> Look:
    expression = re.compile(pattern)
    return lambda status, body: set(expression.findall(body)) or {NOTHING}


def _any(look: Look) -> Look:
    """Where there is no room for all: what is not there may be elsewhere."""
    return lambda status, body: look(status, body) - {NOTHING}


def _article(name: str) -> Look:
    titles = re.compile(rf"{name.capitalize()} (\d+ of (?:teh|the))")

    def look(status: int, body: str) -> set[str]:
        if status == 410:
            return {NOTHING}
        ending = " taken back" if "Review withdrawn on" in body else ""
        return {found + ending for found in titles.findall(body)} or {str(status)}

    return look


def _order(status: int, body: str) -> set[str]:
    """Which of two sections comes first in the menu."""
    menu = re.findall(r'href="/(news|conditions)/"', body)
    return {"1" if menu[0] == "conditions" else "2"} if menu else {NOTHING}


def _newest(status: int, body: str) -> set[str]:
    return {max(re.findall(r"Mike (\d+) writes", body), key=int, default="0")}


TITLES = {name: _found(rf"{name.capitalize()} (\d+ of (?:teh|the))") for name in ARTICLES}
HOME = {name: _any(look) for name, look in TITLES.items()}
MARKS = {name: _found(rf"A mark is {name.capitalize()} (\d+)\.") for name in TEXTS}
ECHO, ORDER = {"echo": _found(r"Echo (\d+)")}, {"order": _order}
PAGES: dict[str, dict[str, Look]] = {
    "/": HOME | ORDER,
    "/treatments/": TITLES | ORDER | {"treatments": MARKS["treatments"]},
    "/feed/": TITLES,
    "/feed.json": TITLES,
    "/treatments/feed/": TITLES,
    "/search/?q=pumps": TITLES,
    "/articles/delta/": ECHO | ORDER | {"indiana": MARKS["indiana"]},
    "/credits/": ECHO,
    "/people/golf/": {"golf": MARKS["golf"]},
    "/topics/hotel/": ORDER | {"hotel": MARKS["hotel"]},
    "/glossary/": {"indiana": MARKS["indiana"]},
    "/medicines/juliett/": {"juliett": MARKS["juliett"]},
    "/newsletter/": {"mike": _newest},
    **{f"/articles/{name}/": {f"{name} page": _article(name)} | ORDER for name in ARTICLES},
}


def shown(path: str, status: int, body: str) -> Shown:
    return {slot: frozenset(look(status, body)) for slot, look in PAGES[path].items()}


def history(out: Path, first: Mapping[str, str]) -> History:
    return History(out.read_text().splitlines(), first)
