"""Whether one word is a slip of another: a word that no dictionary has, and the one it was meant to be.

From one real word to another is no slip, but for an s at the end, an apostrophe, an American spelling, and a few
that are known. Never a number, a unit, a medicine's name or a negation, nor what can be mistaken for one.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from articles.evidence import dictionary, look_alikes
from articles.evidence.drugs import STEMS


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORTEST = 4  # letters; "not" and "now", "mg" and "mcg" differ by one
LONG = 8  # letters, of which two may be wrong
NEGATIONS = _listed(
    "not no non never none nor neither without cannot cant dont wont isnt arent doesnt didnt nothing nobody nowhere"
)
NEGATING = ("un", "in", "im", "ir", "il", "non", "dis", "anti", "contra", "ab", "a", "de", "mis", "an")
NUMBERS = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first "
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth half halves quarter tens "
    "double triple single both few several dozen once twice thrice dozens hundreds thousands millions"
)
UNITS = _listed(
    "mg mcg ug µg μg g kg ng ml dl l cl mm cm m mmol mol meq iu mmhg hz khz mhz v ma ppm percent bid tid qid qd prn po "
    "iv im sc milligram milligrams microgram micrograms gram grams kilogram kilograms litre litres liter liters "
    "milliliter milliliters hour hours hourly minute minutes seconds day days daily nightly week weeks weekly month "
    "months monthly year years yearly ounce ounces pint pints time times "
    "stat nocte mane"
)
# What is counted out: one and several are two doses.
COUNTED = _listed(
    "tablet pill capsule dose drop puff spray patch patche lozenge injection teaspoon tablespoon vial ampule session "
    "infusion suppository packet sachet syringe pump unit bolus block shot course cycle treatment application bottle "
    "inhalation cup film strip scoop swab troche gummy lollipop ampoule cartridge"
)
# Real words that are written in the place of others, and make no sense there.
KNOWN_SLIPS = _listed(
    "form>from fro>for its>it's it's>its there>their their>there your>you're whose>who's who's>whose then>than "
    "calender>calendar therefor>therefore untill>until loose>lose lead>led to>too a>an an>a trail>trial wich>which "
    "spinel>spinal quite>quiet tot>to ad>and bee>been wit>with ore>or lets>let's were>we're advise>advice"
)
_BRITISH = (
    (re.compile(r"(?:ae|oe)(?=[a-z]{3})"), "e"),
    (re.compile(r"(?<=...)our(?=$|s$|ed$|ing$|al$|able$|less$|ful$)"), "or"),
    (re.compile(r"(?<=[bt])re(?=$|s$|d$)"), "er"),
    (re.compile(r"(?<=....)is(?=e$|es$|ed$|ing$|ation$|ations$|er$)"), "iz"),
    (re.compile(r"(?<=aly)s(?=e$|es$|ed$|ing$|er$)"), "z"),
    (re.compile(r"(?<=...[aeo]l)l(?=ed$|ing$|er$)"), ""),
)
_NOT_A_WORD = re.compile(r"[^\w'’]|\d|_")


@dataclass(frozen=True)
class Lexicon:
    """What is known of the words that changed: which are real, and which are names of medicines."""

    real: frozenset[str]
    medicines: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str], *, names: Iterable[str], terms: Iterable[str]) -> "Lexicon":
        changed = {_plain(word) for word in words}
        near = {twin for word in changed for twin in look_alikes.twins(word)}
        own = {part for term in terms for part in re.findall(r"[^\W\d_]+", term.lower())}
        medicines = {part for name in names for part in name.lower().split()} | look_alikes.listed().medicines
        return cls(frozenset(dictionary.known(changed | near) | (changed & own)), frozenset(medicines))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def counts(words: str) -> bool:
    """Whether some words may stand twice in a row and mean it: "no, no", "five five"."""
    return any(part in NEGATIONS | NUMBERS | UNITS or part.endswith("n't") for part in _plain(words).split())


def is_only_divided(old: list[str], new: list[str], lexicon: Lexicon) -> bool:
    """Whether a blank was missing or stood within a word, and no such word is in the dictionary: "inthe"."""
    before, after = [[_plain(word) for word in words] for words in (old, new)]
    if not before or not after or "".join(before) != "".join(after):
        return False
    if any(_why_untouchable(word, lexicon) for word in (*before, *after)):
        return False
    return set(after) <= lexicon.real and not set(before) <= lexicon.real and before[0] not in NEGATING


def why_not(word: str, other: str, lexicon: Lexicon) -> str:
    """Why a change of one word to another is no slip; "" if it is one."""
    old, new = _plain(word), _plain(other)
    if old == new:
        return _why_not_capitals(word, other, lexicon)
    if why := _why_untouchable(old, lexicon) or _why_untouchable(new, lexicon):
        return why
    if max(len(word), len(other)) > 1 and (word.isupper() or other.isupper()):
        return "an abbreviation"
    if new in look_alikes.twins(old) or old in look_alikes.twins(new):
        return "these two are often mistaken for each other"
    if old in lexicon.real and new in lexicon.real:
        return "" if _is_known_slip(old, new) else "both are real words"
    if old in lexicon.real:
        return "the dictionary has only the first"
    if _without_accents(old) == _without_accents(new):
        return ""
    if new not in lexicon.real:
        return "the dictionary has neither"
    return _why_not_letters(old, new, lexicon)


def _why_untouchable(word: str, lexicon: Lexicon) -> str:
    if _NOT_A_WORD.search(word) or not word.replace("'", "").isalpha():
        return "an address" if re.search(r"[./@]", word) else "a number"
    if word in NUMBERS:
        return "a number"
    if _is_a_medicine(word, lexicon):
        return "a medicine’s name"
    if word in NEGATIONS or word.endswith("n't"):
        return "a negation"
    return "a unit or a measure of time" if word in UNITS else ""


def _is_a_medicine(word: str, lexicon: Lexicon) -> bool:
    """Whether it is a medicine's name, or so near to one that it could be."""
    if word in lexicon.medicines:
        return True
    if word in lexicon.real or len(word) < 5:
        return False
    allowed = 1 if len(word) < LONG else 2
    return word.endswith(STEMS) or any(
        len(name) >= 5 and DamerauLevenshtein.distance(word, name, score_cutoff=allowed) <= allowed
        for name in lexicon.medicines
    )


def _why_not_capitals(word: str, other: str, lexicon: Lexicon) -> str:
    """“pain” and “Pain” are one word; “us” and “US”, “mg” and “Mg” are not."""
    plain = _plain(word)
    if word.replace("’", "'") == other.replace("’", "'"):
        return ""
    if plain in lexicon.medicines:
        return "a medicine’s name"
    if plain in UNITS and len(plain) < 5:
        return "a unit or a measure of time"
    is_one_short = len(plain) > 1 and word.isupper() != other.isupper()
    return "capital letters make it another word" if is_one_short and plain in lexicon.real else ""


def _is_known_slip(old: str, new: str) -> bool:
    if f"{old}>{new}" in KNOWN_SLIPS or _american(old) == _american(new):
        return True
    short, long = sorted((old, new), key=len)
    if long.replace("'", "") == short.replace("'", "") and re.search(r"'s$|s'$", long):
        return len(short) >= SHORTEST
    is_number_of_one = long in (short + "s", short + "es") and not short.endswith("s")
    return is_number_of_one and len(short) >= SHORTEST and short not in COUNTED


def _american(word: str) -> str:
    for pattern, spelled in _BRITISH:
        word = pattern.sub(spelled, word)
    return word


def _without_accents(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def _why_not_letters(old: str, new: str, lexicon: Lexicon) -> str:
    """Why a word that no dictionary has was not certainly meant to be one that it has."""
    if len(old) < 3 or (min(len(old), len(new)) < SHORTEST and sorted(old) != sorted(new)):
        return "a word this short"
    if any(old == prefix + new or new == prefix + old for prefix in NEGATING):
        return "a negation"
    apart = DamerauLevenshtein.distance(old, new)
    if apart > (2 if len(old) >= LONG and old[0] == new[0] else 1):
        return "more than one letter"
    if any(_is_near(old, word) for word in NEGATIONS | NUMBERS if len(word) >= (3 if word in NEGATIONS else 4)):
        return "it could have been a number or a negation"
    if meant := sorted(
        twin for twin in look_alikes.twins(new) & lexicon.real if DamerauLevenshtein.distance(old, twin) <= apart + 1
    ):
        return f"it could have been “{meant[0]}”"
    return ""


def _is_near(word: str, other: str) -> bool:
    return DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1
