"""What each license asks of those who show a picture: one table, a row for every family, a column for every rule.

After the licenses' own texts: Creative Commons 1.0 to 3.0, section 4 (keep the author's name, the work's title and its
address; change nothing under ND; no commercial use under NC; share alike under SA), 4.0, section 3. No legal advice.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from articles.images.licenses.catalog import LICENSES, PORTS, License


class Credit(Protocol):
    """What the rules look at; `models.ImageCredit` has these attributes."""

    title: str
    is_untitled: bool
    description: str
    creator: str
    creator_url: str
    source: str
    source_url: str
    license: str
    is_noncommercial: bool
    modifications: str
    permission: str
    made_with: str
    rights_end_on: date | None


@dataclass(frozen=True)
class Rules:
    """One row: the facts that a credit must state, and what may be done with the picture."""

    asks: tuple[str, ...]
    allows_changes: bool = True
    shares_alike: bool = False
    says_changes: bool = False  # whether the license itself wants changes to be stated


WORK = ("creator", "title", "source_url")
RULES = {
    "cc-by": Rules(WORK, says_changes=True),
    "cc-by-sa": Rules(WORK, shares_alike=True, says_changes=True),
    "cc-by-nd": Rules(WORK, allows_changes=False),
    "cc-by-nc": Rules((*WORK, "noncommercial"), says_changes=True),
    "cc-by-nc-sa": Rules((*WORK, "noncommercial"), shares_alike=True, says_changes=True),
    "cc-by-nc-nd": Rules((*WORK, "noncommercial"), allows_changes=False),
    "cc0": Rules(WORK),
    "pdm": Rules(WORK),
    "us-gov": Rules(WORK),
    "own-work": Rules(("creator", "title")),
    "permission": Rules((*WORK, "permission")),
    "rights-managed": Rules((*WORK, "permission")),
    "all-rights-reserved": Rules((*WORK, "permission")),
    "ai-generated": Rules(("creator", "title", "made_with")),
}
UNKNOWN = Rules((*WORK, "license"), allows_changes=False)


def rules_of(code: str) -> Rules:
    """The row of a license; of one that nobody stated, the row that asks everything and allows nothing."""
    license = LICENSES.get(code)
    return RULES[license.family] if license else UNKNOWN


def missing_facts(credit: Credit) -> list[str]:
    """Which facts are asked for and not stated: of creator, title, source_url, license, permission, noncommercial
    (that our use is not commercial) and made_with (how AI made it).
    """
    return [fact for fact in rules_of(credit.license).asks if not _stated(credit, fact)]


def _stated(credit: Credit, fact: str) -> bool:
    if fact == "noncommercial":
        return credit.is_noncommercial
    if fact == "license":
        return credit.license in LICENSES
    if fact == "title":
        return bool(credit.title.strip()) or (_may_describe(credit) and bool(credit.description.strip()))
    return bool(getattr(credit, fact).strip())


def _may_describe(credit: Credit) -> bool:
    """Whether a description may stand where the title would: before 4.0, only for a work without one."""
    return not needs_title(credit.license) or credit.is_untitled


def needs_title(code: str) -> bool:
    """Whether the license ends when a title that the author gave is left out: Creative Commons before 4.0."""
    return code in LICENSES and LICENSES[code].version not in ("", "4.0")


@cache
def asking(fact: str) -> tuple[str, ...]:
    """The codes of the licenses that ask for a fact. `title` is asked where a description may stand in for it,
    `own_title` where it may do so only for a work without one.
    """
    asked = "title" if fact == "own_title" else fact
    codes = [code for code in LICENSES if asked in rules_of(code).asks]
    return tuple(code for code in codes if asked != "title" or needs_title(code) == (fact == "own_title"))


_UNSTATED = (
    "creator_url", "description", "is_untitled", "source", "source_url", "is_noncommercial", "modifications",
    "permission", "rights_end_on", "made_with",
)  # fmt: skip


def unneeded(code: str) -> tuple[str, ...]:
    """The fields of a credit that a license gives no reason to fill in; `port` is its jurisdiction."""
    rules, license = rules_of(code), LICENSES.get(code)
    needed = {field for fact in rules.asks for field in _STATED_IN.get(fact, ())}
    needed |= {"is_untitled"} if needs_title(code) else set()
    needed |= {"modifications"} if rules.says_changes else set()
    fields = tuple(field for field in _UNSTATED if field not in needed)
    return fields if license and license.version in PORTS else (*fields, "port")


_STATED_IN = {
    "title": ("description",),
    "source_url": ("source", "source_url"),
    "permission": ("permission", "rights_end_on"),
    "noncommercial": ("is_noncommercial",),
    "made_with": ("made_with",),
}


@cache
def unchangeable() -> tuple[str, ...]:
    """The codes of the licenses that allow no changed version."""
    return tuple(code for code in LICENSES if not allows_crops(code))


def allows_crops(code: str) -> bool:
    """Whether a part of the picture may be shown, or something laid over it: never under ND, nor while none is stated.

    Another size or file format is no change.
    """
    return rules_of(code).allows_changes


def is_breached(credit: Credit) -> bool:
    """Whether the credit says that a picture was changed whose license allows no changes."""
    return credit.license in LICENSES and not allows_crops(credit.license) and bool(credit.modifications.strip())


def has_ended(credit: Credit, on: date) -> bool:
    """Whether our rights to it are over on a day; `rights_end_on` is the first day without them."""
    return credit.rights_end_on is not None and credit.rights_end_on <= on


FACTS = {
    "creator": "a creator",
    "title": "a title or a description",
    "source_url": "a link to the work",
    "license": "a license",
    "permission": "a permission",
    "noncommercial": "a statement that our use is noncommercial",
    "made_with": "the AI system that made it",
}


@dataclass(frozen=True)
class Problem:
    """Why readers may not be sent a picture. `kind` is incomplete, no_derivatives or ended; `says` follows “It”."""

    kind: str
    says: str

    def __str__(self) -> str:
        return f"It {self.says}"


def problems(credit: Credit, on: date) -> list[Problem]:
    """Every reason why readers may not be sent the picture on a day."""
    missing = missing_facts(credit)
    if "license" in missing:  # no license says why the others are asked for
        listed = " and ".join(filter(None, (", ".join(FACTS[fact] for fact in missing[:-1]), FACTS[missing[-1]])))
        problems = [Problem("incomplete", f"needs {listed}: {why(credit.license, 'license')}")]
    else:
        problems = [Problem("incomplete", f"needs {FACTS[fact]}: {why(credit.license, fact)}") for fact in missing]
    if is_breached(credit):
        name, changes = LICENSES[credit.license].name, credit.modifications.strip()
        says = f"says that we changed the picture (“{changes}”), but {name} doesn’t allow changes."
        problems.append(Problem("no_derivatives", says))
    if credit.rights_end_on and has_ended(credit, on):
        says = (
            f"states rights that end on {credit.rights_end_on:%B %-d, %Y}. From that day on, no one may show the "
            "picture."
        )
        problems.append(Problem("ended", says))
    return problems


def why(code: str, fact: str) -> str:
    """Why a fact is asked for, as a sentence that names the license."""
    license = LICENSES.get(code)
    if license is None:
        return "“Flickr” is not a license."
    if fact == "title" and needs_title(code):
        return f"{license.name} ends if the creator’s title is left out."
    return _WHY[fact].format(name=license.name, asker=_asker(license))


def _asker(license: License) -> str:
    return license.name if license.version else "our policy"


_WHY = {
    "creator": "{asker} requires naming the creator.",
    "title": "{asker} requires the title, or a description if there is none.",
    "source_url": "{asker} requires a link to the work, so that readers can check it.",
    "permission": "“{name}” covers only what its holder allowed.",
    "noncommercial": "{name} allows only noncommercial use.",
    "made_with": "readers are told which AI made a picture.",
}
