"""Findings and hazards told of another subject than the text's: another device, species, route or medicine.

A text about implanted pumps that tells how a worn insulin pump was hacked, a study in mice that is told as help for
people, a trial of one medicine from which another is said to work. Each is a question: it may be meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from articles.evidence.mentions import Card, Cards, Names, sentences

DEVICE, TAMPERING, SPECIES, MEDICINE, ROUTE = "device", "tampering", "species", "medicine", "route"


class Transfer(NamedTuple):
    """What a sentence tells (`of`), in the text's words, and what the text, or the sentence, is about."""

    kind: str  # DEVICE, TAMPERING, SPECIES, MEDICINE or ROUTE
    of: str
    about: str
    sentence: str


# ---- words


def _compiled(table: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in table.items()}


_DEVICE = _compiled({
    "insulin pump": r"(?:worn |wearable )?(?:insulin|diabetes) pumps?|pumps? (?:for|with) (?:insulin|diabetes)",
    "glucose monitor": r"(?:continuous )?glucose (?:monitor|sensor)s?",
    "pacemaker": r"(?:cardiac )?pacemakers?",
    "defibrillator": r"(?:implant(?:ed|able) )?(?:cardioverter[ -])?defibrillators?|ICDs?",
    "hospital infusion pump": r"(?:hospital|bedside|large-volume|syringe) (?:infusion )?pumps?|IV pumps?",
    "breast pump": r"breast pumps?",
    "heart pump": r"heart pumps?|ventricular assist devices?|LVADs?",
    "deep brain stimulator": r"deep[ -]brain stimulat(?:ors?|ion)",
    "vagus nerve stimulator": r"vagus nerve stimulat(?:ors?|ion)|vagal nerve stimulat(?:ors?|ion)",
    "sacral nerve stimulator": r"sacral (?:nerve )?(?:stimulat(?:ors?|ion)|neuromodulation)",
    "dorsal root ganglion stimulator": r"dorsal[ -]root[ -]ganglion stimulat(?:ors?|ion)|DRG stimulat(?:ors?|ion)",
    "cochlear implant": r"cochlear implants?",
    "artificial hip or knee": r"(?:hip|knee) (?:implants?|replacements?|prosthes[ei]s)|artificial (?:hips?|knees?)",
    "breast implant": r"breast implants?",
    "spinal cord stimulator": r"spinal[ -]cord stimulat(?:ors?|ion)|SCS",
    "intrathecal pump": r"intrathecal (?:drug |pain )?(?:pumps?|delivery|infusion)|targeted drug delivery"
    r"|(?:pain|spinal|drug|medicine|implant(?:ed|able)) pumps?",
    "TENS device": r"TENS|transcutaneous electrical nerve stimulat(?:ors?|ion)",
})  # fmt: skip
_ANY_DEVICE = re.compile(
    r"pump|stimulat|device|pacemaker|defibrillator|ICD|implant|glucose|assist device|LVAD|SCS|TENS|neuromodulation"
    r"|prosthes|replacement|artificial|intrathecal",
    re.IGNORECASE,
)
# Other treatments of pain: a text about one may say what another does.
_ALTERNATIVES = ("spinal cord stimulator", "intrathecal pump", "TENS device", "dorsal root ganglion stimulator")
# What a text about one of these calls it for short.
_IMPLANTED = _compiled({"intrathecal pump": r"pumps?|devices?", "spinal cord stimulator": r"stimulators?|devices?"})
_HACKED = re.compile(
    r"\b(?:hack(?:s|ed|ers?|ing|able)?|cyber[- ]?(?:attack|security|criminal)\w*|ransomware|malware"
    r"|security (?:flaws?|holes?|vulnerabilit(?:y|ies)|weakness(?:es)?)|vulnerabilit(?:y|ies)"
    r"|wireless(?:ly)? (?:attack\w*|tak(?:e|es|ing|en) (?:over|control))|(?:tak(?:e|es|ing|en)|gain(?:s|ed"
    r"|ing)?) (?:over )?(?:remote )?control of)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:hack\w*|shocks?|recall(?:s|ed)?|malfunction\w*|fail(?:s|ed|ures?)?|explod\w*|overheat\w*|died|deaths?|killed"
    r"|injur\w+|infections?|infected|overdos\w+|shown|showed|stud(?:y|ies)|trials?|found|reported|reports|warn(?:s"
    r"|ed|ings?)|security|vulnerab\w+|cyber\w*|harm(?:s|ed)?|dangers?|dangerous|leak(?:s|ed)?|risks?|effects?"
    r"|help(?:s|ed)?|relie\w+)\b",
    re.IGNORECASE,
)
# People who have both devices, what one does to the other, and what is compared or denied is honest.
_OF_BOTH = re.compile(
    r"\b(?:if you (?:have|wear|use|already)|people (?:with|who have|who wear) an?\b|anyone with|nobody with"
    r"|tell (?:your|the|every)|disturb\w*|interfer\w*|affects? an?|unlike|not (?:the same|to be confused|shown|known"
    r"|tested|an?\b)|other than|different (?:from|kind)|differs? from|whether|no such|rather than|instead of"
    r"|in contrast)\b",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:like|just as|as with|same (?:as|way)|similar(?:ly)? to|as (?:was |has been )?(?:shown|seen|happened))\b",
    re.IGNORECASE,
)

_SPECIES = re.compile(
    r"\b(?:(?:in|on|with|of) (?:(?:lab(?:oratory)?|young|old|aged|adult|male|female|healthy|diabetic|injured|several"
    r"|some|the|\d+) ){0,2}(?:mice|rats|rodents|rabbits|dogs|cats|pigs|piglets|sheep|monkeys|primates|guinea pigs"
    r"|hamsters|zebrafish|fruit flies|horses|animals|animal models?|cell cultures?|cultured (?:\w+ )?cells"
    r"|isolated (?:\w+ )?cells)|(?:mouse|rat|rodent|animal|canine|rabbit|pig|primate|test[- ]tube|in vitro"
    r"|laboratory|cell) (?:stud(?:y|ies)|trials?|experiments?|models?|research)|in vitro|in a (?:dish|test tube"
    r"|petri dish)|(?:lab(?:oratory)? )(?:mice|rats)|(?<![\w-])(?:mice|rats) (?:that|given|with|treated|injected))\b",
    re.IGNORECASE,
)
_OTHER_SPECIES = re.compile(
    r"\b(?:therapy|service|guide|walk(?:ing)? (?:the|your)) (?:dogs?|animals?)\b|\bcat scans?\b", re.IGNORECASE
)
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ies|ied)|trials?|shown?|showed|found|finds?|research\w*|experiments?|tests?|tested|suggest\w*"
    r"|prov(?:es?|ed|en)|demonstrat\w+|scientists?|works?|worked|eas(?:es?|ed)|reduc\w+|reliev\w+|heal(?:s|ed)?"
    r"|help(?:s|ed)?)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|patients?|humans?|you|your|yours|women|men|adults|children|sufferers|those (?:who|with)|anyone"
    r"|everyone)\b",
    re.IGNORECASE,
)
_BENEFIT = re.compile(
    r"\b(?:help(?:s|ed|ful)?|works?|eas(?:es?|ed|ing)|reliev\w+|relief|reduc\w+|heal(?:s|ed|ing)?|cur(?:es?|ed)|safe"
    r"|safely|effective\w*|benefits?|protect(?:s|ed)?|prevent(?:s|ed)?|improv\w+|harm(?:s|ful)?|dangerous|risks?"
    r"|good for|hope|rel(?:y|ies) on|should|can (?:take|use|expect|count))\b",
    re.IGNORECASE,
)
_HONEST = re.compile(
    r"\b(?:not|never|no|nobody|none|unknown|unclear|whether|only|so far|yet|but|however|although|though|may not|until"
    r"|before|first|still|too early|remains?|cannot|n['’]t|question|differ(?:s|ent)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_AND_PEOPLE = re.compile(
    r"\b(?:and|or|as well as|then|later|also)(?: then| later| also)? (?:in|of|by|on|with) (?:\w+ )?(?:people"
    r"|patients|humans|volunteers|adults)\b|\b(?:mice|rats|rodents|animals|dogs|rabbits|pigs) and (?:\w+ )?(?:people"
    r"|patients|humans|volunteers)\b|\b(?:people|patients|humans|volunteers) and (?:in )?(?:\w+ )?(?:mice|rats"
    r"|animals|dogs)\b",
    re.IGNORECASE,
)
_THEREFORE = re.compile(
    r"(?:^|[,;:–—.] ?|\band )(?:so|therefore|thus|hence|consequently|which means|that means|this means|meaning"
    r"|which proves|this proves|proving|this shows|which shows|as a result|it follows|likewise|similarly"
    r"|the same (?:is true|goes|holds|applies|should)|you can expect the same)\b|\bso (?:will|would|does|do|should"
    r"|must)\b",
    re.IGNORECASE,
)
_ROUTES = _compiled({
    "by mouth": r"by mouth|oral(?:ly)?|tablets?|pills?|capsules?|swallowed",
    "on the skin": r"on(?:to)? the skin|topical(?:ly)?|creams?|gels?|patch(?:es)?|ointments?|transdermal",
    "into a vein": r"into a vein|intravenous(?:ly)?|IV|infus(?:ed|ions?) into (?:a|the) vein",
    "at the spine": r"intrathecal(?:ly)?|epidural(?:s|ly)?|into the spin\w+(?: fluid)?|spinal fluid",
    "through the nose": r"nasal(?:ly)?|nose sprays?|through the nose",
})  # fmt: skip
_GOES_ON = re.compile(
    r"^(?:so|therefore|thus|hence|this|that|it|they|the same|likewise|similarly|people|patients|you)\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research\w*|shown|showed|found|tested|reports?|reported|proved|proven)\b",
    re.IGNORECASE,
)


# ---- reading


def find_transfers(
    sections: Sequence[tuple[str, str]], cards: Iterable[Card] = (), *, about: Iterable[str] = ()
) -> list[Transfer]:
    """Each sentence that tells something of another subject, once. `about` are the title and the topics.

    `sections` are headings with the plain text below them, one line for each block.
    """
    own = _devices_of(sections, about)
    found: list[Transfer] = []
    conclusions: list[_Conclusion] = []
    for sentence, following in _with_the_next(sections):
        if not sentence.endswith("?"):
            found += _of_another_device(sentence, own)
            found += _of_another_species(sentence, following)
            conclusions += _conclusions(sentence, following)
    if conclusions:
        names = Cards.of(cards).names
        found += [transfer for conclusion in conclusions for transfer in _of_another_remedy(conclusion, names)]
    return list({transfer.sentence: transfer for transfer in reversed(found)}.values())[::-1]


def _with_the_next(sections: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each sentence with the one after it in its block, or none."""
    for _heading, text in sections:
        for line in text.split("\n"):
            yield from pairwise([*(line[start:end] for start, end in sentences(line)), ""])


def _devices_of(sections: Sequence[tuple[str, str]], about: Iterable[str]) -> list[str]:
    """The devices that a text is about: those of its title and topics, else the one it names most, twice at least."""
    title = "\n".join(about)
    named = [name for name, pattern in _DEVICE.items() if pattern.search(title)]
    if named:
        return named
    text = "\n".join(f"{heading}\n{words}" for heading, words in sections)
    if not _ANY_DEVICE.search(text):
        return []
    counted = Counter({name: len(pattern.findall(text)) for name, pattern in _DEVICE.items()})
    return [name for name, number in counted.most_common(1) if number > 1]


def _of_another_device(sentence: str, own: list[str]) -> Iterator[Transfer]:
    if not own:
        return
    if not _ANY_DEVICE.search(sentence):
        return
    likened = bool(_LIKE.search(sentence))
    named = [(name, match[0]) for name, pattern in _DEVICE.items() if (match := pattern.search(sentence))]
    names_own = any(name in own for name, _words in named)
    others = [words for name, words in named if name not in own and (likened or name not in _ALTERNATIVES)]
    if others:
        if _HAPPENED.search(sentence) and not _OF_BOTH.search(sentence) and (likened or not names_own):
            yield Transfer(DEVICE, others[0], own[0], sentence)
    elif _HACKED.search(sentence) and not _HONEST.search(sentence):
        for device in own:
            if device in _IMPLANTED and (_DEVICE[device].search(sentence) or _IMPLANTED[device].search(sentence)):
                yield Transfer(TAMPERING, device, device, sentence)


def _of_another_species(sentence: str, following: str) -> Iterator[Transfer]:
    """A finding in animals or cells with a benefit or harm for people, here or in the sentence that goes on."""
    match = _SPECIES.search(sentence)
    if match is None or not _STUDIED.search(sentence):
        return
    if _OTHER_SPECIES.search(sentence) or _AND_PEOPLE.search(sentence):
        return
    rest = sentence.replace(match[0], "")
    next_words = following if _GOES_ON.match(following) else ""
    if _HONEST.search(f"{rest} {next_words}"):
        return
    if any(_PEOPLE.search(words) and _BENEFIT.search(words) for words in (rest, next_words)):
        yield Transfer(SPECIES, match[0], "people", f"{sentence} {next_words}".strip())


class _Conclusion(NamedTuple):
    """A result, and what is concluded from it, in one sentence or in two."""

    result: str
    conclusion: str
    whole: str


def _conclusions(sentence: str, following: str) -> Iterator[_Conclusion]:
    if not _RESULT.search(sentence):
        return
    if (link := _THEREFORE.search(sentence)) is not None:
        told = _Conclusion(sentence[: link.start()], sentence[link.start() :], sentence)
    elif _THEREFORE.match(following):
        told = _Conclusion(sentence, following, f"{sentence} {following}")
    else:
        return
    if _RESULT.search(told.result) and _BENEFIT.search(told.conclusion) and not _HONEST.search(told.conclusion):
        yield told


def _of_another_remedy(told: _Conclusion, names: Names) -> Iterator[Transfer]:
    """What was found of one medicine or route, and concluded for another alone."""
    medicines = [{id(mention.cards[0]): mention.words for mention in names.mentions(words)} for words in told[:2]]
    routes = [
        {name: match[0] for name, pattern in _ROUTES.items() if (match := pattern.search(words))} for words in told[:2]
    ]
    for kind, (found, concluded) in ((MEDICINE, medicines), (ROUTE, routes)):
        if found and concluded and not set(found) & set(concluded):
            yield Transfer(kind, next(iter(found.values())), next(iter(concluded.values())), told.whole)
            return
