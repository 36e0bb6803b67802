"""Two states of an article that were written side by side, and the one they began from, as one state.

What only one side changed is taken from it: field by field, in the text element by element. What both changed in
different ways is a `Conflict`, which the person who saves decides. References keep the numbers that cite them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from articles.models.found import COLUMNS
from articles.publishing import merging_references, three_way
from articles.publishing.comparison import FIELDS
from articles.publishing.snapshot import Content
from articles.publishing.three_way import Clash
from articles.richtext import citing, elements

MINE, THEIRS, BOTH = "mine", "theirs", "both"
LABELS = FIELDS | {"lead": "Lead picture"}
TEXTS = ("title", "slug", "standfirst", "page_type", "hub_of", "section", "closing_question", "disclosure", *COLUMNS)
WORDS = (*TEXTS, "lead")
JOINABLE = {"standfirst", "disclosure"}  # of which both can be kept, one after the other

Parts = dict[str, Any]


@dataclass(frozen=True)
class Conflict:
    """What both changed: a field, in the text one place of it. `mine` and `theirs` are HTML in the text, else words."""

    field: str
    key: str
    mine: str
    theirs: str
    can_keep_both: bool

    @property
    def label(self) -> str:
        return LABELS[self.field]


@dataclass
class Merged:
    """The merged parts, with mine where nothing was decided yet, and what has to be decided."""

    parts: Parts
    conflicts: list[Conflict] = field(default_factory=list)


def parts_of(content: Content) -> Parts:
    """A content as the parts that are merged, each as the form has it."""
    lead = next((picture for picture in content["pictures"] if picture["place"] == "lead"), None)
    return {
        **{name: content[name] for name in (*TEXTS, "body")},
        "lead": (str(lead["id"]), lead["caption"]) if lead else ("", ""),
        "topics": [topic["slug"] for topic in content["topics"]],
        "byline": [line["id"] for line in content["byline"]],
        "references": [merging_references.source_of(reference) for reference in content["references"]],
    }


def merge(base: Parts | None, mine: Parts, theirs: Parts, choices: Mapping[str, str] | None = None) -> Merged:
    """Both states as one. `choices` has `mine`, `theirs` or `both` by a conflict's key, for those that were decided.

    Without a `base`, what the two have in common is taken for it: then nothing is removed.
    """
    base = _common(mine, theirs) if base is None else base
    merging = _Merging(choices or {})
    parts = {name: merging.words(name, base[name], mine[name], theirs[name]) for name in WORDS}
    gone = set(base["topics"]) - (set(mine["topics"]) & set(theirs["topics"]))
    parts["topics"] = sorted({*mine["topics"], *theirs["topics"]} - gone)
    parts["byline"] = united(three_way.merge(base["byline"], mine["byline"], theirs["byline"]))
    numbering = merging_references.Numbering(base["references"], mine["references"], theirs["references"])
    bodies = [numbering.in_common(side["body"], n) for n, side in enumerate((base, mine, theirs))]
    body = merging.body(*bodies)
    kept = numbering.kept(citing_numbers(body, merging.conflicts))
    parts["references"] = [_source(merging, *versions) for versions in map(numbering.versions, kept)]
    parts["body"] = citing.renumbered(body, numbering.final(kept))
    merging.renumber(numbering.final(kept))
    return Merged(parts, merging.conflicts)


def citing_numbers(body: str, conflicts: Iterable[Conflict]) -> set[int]:
    found: set[int] = set()

    def note(number: int) -> int:
        found.add(number)
        return number

    for html in (body, *(conflict.theirs for conflict in conflicts if conflict.field == "body")):
        citing.renumbered(html, note)
    return found


def united(merged: Sequence[Any]) -> list[Any]:
    """A merged list in which a place that both sides changed holds what both have, each once."""
    items: list[Any] = []
    for item in merged:
        items += sorted({*item.mine, *item.theirs}) if isinstance(item, Clash) else [item]
    return list(dict.fromkeys(items))


def _source(merging: "_Merging", base: Any, mine: Any, theirs: Any) -> Any:
    """One reference, of which a side that has none left it to the other."""
    if mine is None or theirs is None or mine == theirs:
        return mine or theirs or base
    return merging.words("references", base, mine, theirs)


def _common(mine: Parts, theirs: Parts) -> Parts:
    """What two states have in common, with nothing where they differ."""
    common: Parts = {name: mine[name] if mine[name] == theirs[name] else type(mine[name])() for name in WORDS}
    common["lead"] = mine["lead"] if mine["lead"] == theirs["lead"] else ("", "")
    common["topics"] = []
    for name in ("byline", "references"):
        common[name] = [item for item in mine[name] if item in theirs[name]]
    ours, others = _elements(mine["body"]), _elements(theirs["body"])
    matches = SequenceMatcher(None, ours, others, autojunk=False).get_matching_blocks()
    common["body"] = _joined(element for match in matches for element in ours[match.a : match.a + match.size])
    return common


@dataclass(frozen=True)
class _Element:
    """An outermost element; how it is laid out makes no difference."""

    words: str
    html: str = field(compare=False)


def _elements(html: str) -> list[_Element]:
    return [_Element(elements.squeezed(part), part.strip()) for part in elements.outermost(html)]


def _joined(found: Iterable[_Element]) -> str:
    return "\n\n".join(element.html for element in found)


class _Merging:
    """Collects the conflicts that nobody decided yet."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self.choices = choices
        self.conflicts: list[Conflict] = []

    def words(self, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        both = name in JOINABLE and bool(mine and theirs)
        shown = (" ".join(map(str, side)).strip() if isinstance(side, tuple) else side for side in (mine, theirs))
        choice = self._decide(name, [base, theirs], *shown, can_keep_both=both)
        if choice == BOTH:
            return f"{theirs}\n{mine}" if name == "disclosure" else f"{theirs} {mine}"
        return theirs if choice == THEIRS else mine

    def body(self, base: str, mine: str, theirs: str) -> str:
        if theirs in (base, mine) or mine == base:
            return mine if theirs in (base, mine) else theirs
        merged = three_way.merge(*map(_elements, (base, mine, theirs)))
        return _joined(element for item in merged for element in self._place(item))

    def _place(self, item: _Element | Clash[_Element]) -> Sequence[_Element]:
        if isinstance(item, _Element):
            return [item]
        if (within := _within(item)) is not None:
            return [within]
        choice = self._decide(
            "body",
            [[element.words for element in side] for side in (item.base, item.theirs)],
            _joined(item.mine),
            _joined(item.theirs),
            can_keep_both=bool(item.mine and item.theirs),
        )
        if choice == BOTH:
            return [*item.theirs, *(element for element in item.mine if element not in item.theirs)]
        return item.theirs if choice == THEIRS else item.mine

    def _decide(self, name: str, about: Any, mine: str, theirs: str, *, can_keep_both: bool) -> str:
        key = hashlib.sha256(json.dumps([name, about]).encode()).hexdigest()[:16]
        choice = self.choices.get(key, "")
        if choice in (MINE, THEIRS) or (choice == BOTH and can_keep_both):
            return choice
        self.conflicts.append(Conflict(name, key, mine, theirs, can_keep_both))
        return MINE

    def renumber(self, becomes: Callable[[int], int]) -> None:
        """Gives conflicts of the text the numbers that its references have now."""
        self.conflicts = [
            Conflict(
                each.field,
                each.key,
                citing.renumbered(each.mine, becomes),
                citing.renumbered(each.theirs, becomes),
                each.can_keep_both,
            )
            if each.field == "body"
            else each
            for each in self.conflicts
        ]


def _within(clash: Clash[_Element]) -> _Element | None:
    """One list, table or quotation that both changed in other places, as one; None where they meet within, too."""
    if not (len(clash.base) == len(clash.mine) == len(clash.theirs) == 1):
        return None
    sides = [elements.opened(side[0].html) for side in (clash.base, clash.mine, clash.theirs)]
    if None in sides or len({(side[0], side[2]) for side in sides if side}) > 1:
        return None
    first, _inner, last = sides[0] or ("", "", "")
    inner = [_elements(side[1]) for side in sides if side]
    if any(elements.opened(element.html) is None for side in inner for element in side):
        return None  # words, not elements: a paragraph is decided as a whole
    merged: list[_Element] = []
    for item in three_way.merge(*inner):
        one = item if isinstance(item, _Element) else _within(item)
        if one is None:
            return None
        merged.append(one)
    html = first + "\n" + "\n".join(element.html for element in merged) + "\n" + last
    return _Element(elements.squeezed(html), html)
