"""Sentences that lean on a study, on research, an agency or a person, on "proven" or "recent", without a reference.

Left alone: tests and trials of a treatment that a reader has ("a sleep study", "the trial shows how you react"), advice
and questions ("ask whether studies show"), and what says that something is not known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Stated(Protocol):
    """A sentence without its citation marks, and the numbers that it cites."""

    @property
    def text(self) -> str: ...

    @property
    def cites(self) -> tuple[int, ...]: ...


class Attribution(NamedTuple):
    """What a sentence leans on, in its words, and their kind: "study", "research", "agency", …"""

    kind: str
    words: str
    sentence: str


class Part(NamedTuple):
    """What is under one heading, in blocks. What key points say may be referenced where the text says it in full."""

    blocks: Sequence[Sequence[Stated]]
    is_summary: bool = False


# ---- words

_REPORTS = (
    r"(?:found|finds?|show(?:s|ed|n)?|suggest(?:s|ed)?|report(?:s|ed)?|conclud(?:es?|ed)|demonstrat(?:es?|ed)"
    r"|confirm(?:s|ed)?|indicat(?:es?|ed)|prov(?:es?|ed|en)|reveal(?:s|ed)?|discover(?:s|ed)?|observed"
    r"|establish(?:es|ed)|estimat(?:es?|ed)|warn(?:s|ed)?|recommend(?:s|ed)?|advis(?:es?|ed)|says?|said|believes?"
    r"|agrees?|agreed|link(?:s|ed)|states?|stated|announced|approv(?:es?|ed)|recall(?:s|ed)|issued|requir(?:es?|ed)"
    r"|noted|argues?|names?|identif(?:y|ies|ied)|declared|supports?|put|compared|strengthened|ordered|banned"
    r"|followed|tracked|examined)\b"
)
_NOT_A_STEP = r"(?!(?:may|might|could|can|should|will|would|must|if|when|whether|you|your|not|never|to|than|and)\b)"
_STEP = rf"(?:,? {_NOT_A_STEP}[^\s,.;:!?()]{{1,30}})"
_SOME = (
    r"(?:an?|one|another|two|three|several|many|some|most|numerous|recent|new|newer|early|large|small|major|the|that"
    r"|this|these|those|both|same|other)"
)
_KIND_OF = r"(?: [A-Za-z\d][\w-]{1,20}){0,3}"
_STUDY = r"(?:stud(?:y|ies)|surveys?|meta-analys[ei]s|experiments?)"
_TRIAL = (
    r"(?:(?:clinical|controlled|randomi[sz]ed|blinded|double-blind|sham-controlled|large|small|recent|new|early"
    r"|European|British|American|phase [123]) trials?|trials)"
)
_DOCUMENT = (
    r"(?:(?:systematic|Cochrane|recent|new|large|major|scientific) reviews?|guidelines?|consensus statement|position "
    r"statement|(?:an|new|recent|large|pooled) analysis|(?:recent|scientific|research|medical) papers?|case reports?"
    r"|(?:recent|new|news|official|security|government) reports?|(?:recent |new )?findings|clinical data)"
)
_WHO = r"(?:researchers?|scientists?|experts|investigators)"
_AGENCY = (
    r"(?:(?:US |U\.S\. )?Food and Drug Administration|FDA|CDC|Centers for Disease Control(?: and Prevention)?|NIH"
    r"|National Institutes? (?:of|for|on) [A-Z]\w+|NICE|WHO|World Health Organization|EMA|European Medicines Agency"
    r"|MHRA|Health Canada|DEA|FTC|IASP|International Association for the Study of Pain|EULAR|Homeland Security"
    r"|(?:American|European|British|International|North American) (?:[A-Z]\w+ ){0,2}(?:Society|College|Academy"
    r"|Association|Federation|League)|Mayo Clinic|Cleveland Clinic|Johns Hopkins|Harvard|Cochrane"
    r"|(?:[Ff]ederal|[Hh]ealth|[Rr]egulatory|[Dd]rug|US|[Gg]overnment|[Ss]ecurity) (?:agency|agencies|regulators?"
    r"|authorities|officials))"
)
_PERSON = r"(?:(?:Dr|Prof)\.?|Professor) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}"
_QUOTES = r"(?:says|said|explains|explained|believes|warns|warned|adds|added|argues|recommends|found|notes)\b"
_SURELY = r"(?:clinically|scientifically|medically|conclusively|definitively)"

_KINDS = {
    "study": (
        rf"\b{_SOME}{_KIND_OF} {_STUDY}\b{_STEP}{{0,10}}? {_REPORTS}",
        rf"(?:^|[,;:–—“\"] ?)(?:[a-z-]{{3,20}} ){{0,2}}(?:studies|surveys|experiments"
        rf"|analyses)\b{_STEP}{{0,8}}? {_REPORTS}",
        rf"\b(?:in|from|by|according to|based on) {_SOME}{_KIND_OF} {_STUDY}\b",
        r"\b(?:in|by|from) (?:(?!no\b|more\b|future\b|further\b)[a-z-]{4,20} )?(?:(?:clinical|controlled"
        r"|randomi[sz]ed) )?(?:studies|trials|experiments)\b",
        rf"\b{_TRIAL}\b{_STEP}{{0,8}}? {_REPORTS}",
        r"\b(?:a|one|another|this|that) trial\b" + _STEP + r"{0,8}? (?:found|concluded|reported|suggested|compared)\b",
        rf"\b{_DOCUMENT}\b{_STEP}{{0,10}}? {_REPORTS}",
        rf"\baccording to {_SOME}?{_KIND_OF} ?{_DOCUMENT}",
    ),
    "research": (
        rf"\b(?:research|science|evidence)\b{_STEP}{{0,6}}? (?:has |have |had )?(?:\w+ly )?(?!finds?\b"
        rf"|names?\b){_REPORTS}",
        r"\b(?:according to|based on|backed by) (?:\w+ )?(?:research|science|evidence)\b",
        r"\b(?:strong|good|growing|solid|clear|mounting|compelling|convincing|scientific) evidence (?:that|for|of)\b",
        r"\bthere is (?:now |also )?evidence that\b",
    ),
    "researchers": (
        rf"\b{_WHO}\b{_STEP}{{0,8}}? {_REPORTS}",
        rf"\baccording to (?:\w+ ){{0,2}}{_WHO}\b",
    ),
    "agency": (
        rf"\b{_AGENCY}(?: \([A-Z]+\))?{_STEP}{{0,8}}? {_REPORTS}",
        rf"\b(?:[Aa]ccording to|(?:approved|recommended|cleared|endorsed|banned|recalled|warned"
        rf"|published) by) (?:the )?{_AGENCY}",
        rf"\b(?:[Tt]he|[Aa]n|[Oo]ne) agency\b{_STEP}{{0,5}}? {_REPORTS}",
    ),
    "person": (
        rf"\b{_PERSON},?[^.;!?]{{0,60}}? {_QUOTES}",
        rf"\b[Aa]ccording to {_PERSON}",
        rf"\b(?:says|said|explains|explained) {_PERSON}",
        r"[”\"],? (?:says|said|explains|explained) [A-Z][\w-]+ [A-Z][\w-]+,[^.;!?]{0,60}\b(?:MD|PhD|professor|director"
        r"|specialist|surgeon|neurologist|anesthesiologist|pharmacist|physician|researcher|expert)\b",
    ),
    "proven": (
        rf"\b{_SURELY} (?:proven|proved|tested|shown)\b",
        r"\b(?:is|are|was|were|has been|have been) (?:proven|proved)\b(?: (?:to|effective|safe|in|by))?",
        r"\b(?:has|have) been (?:clearly )?shown to\b",
        r"\bproven (?:benefits?|results?|effectiveness|treatments?|method|therapy|relief|remedy|way)\b",
    ),
    "recent": (
        r"\brecent (?:\w+ )?(?:studies|study|trials?|research|surveys?|reports?|reviews?|evidence|findings|work|data"
        r"|warnings?|recalls?|news|hacks?|guidelines?|demonstrations?|experiments?|investigations?|discover(?:y"
        r"|ies))\b",
        r"\b(?<!you )(?<!you have )(?<!you’ve )recently,? (?:\w+ ){0,3}?(?:found|shown|discovered|published|reported"
        r"|approved|warned|announced|recalled|confirmed|revealed|demonstrated|hacked|proved|proven|linked)\b",
    ),
}  # fmt: skip
_NAMED = ("agency", "person")  # known by their capitals
_PATTERNS = {
    kind: [re.compile(words, 0 if kind in _NAMED else re.IGNORECASE) for words in patterns]
    for kind, patterns in _KINDS.items()
}
# Without one of these words a sentence leans on nothing of the kind.
_NEEDS = {
    "study": r"(?i:stud|trial|survey|analys|experiment|review|guideline|statement|paper|report|finding|data)",
    "research": r"(?i:research|science|evidence)",
    "researchers": r"(?i:researcher|scientist|expert|investigator)",
    "agency": r"[A-Z]{3}|NIH|Administration|Centers|Institute|Organization|Society|College|Academy|Association|Clinic"
    r"|Agency|Harvard|Hopkins|Cochrane|Canada|Homeland|Federation|League|agenc|regulator|authorit|official",
    "person": r"Dr\b|Prof|[”\"],? (?:said|says|explain)",
    "proven": r"(?i:prove|shown|medically|clinically|scientifically)",
    "recent": r"(?i:recent)",
}
_NEEDED = {kind: re.compile(words) for kind, words in _NEEDS.items()}
_NO_AUTHORITY = re.compile(
    r"\b(?:who|whoever|he|she|it|you|they|to) (?:study|studies|trials|reports?|reviews?)\b|^(?:what|how|ask|find out"
    r"|check|look|tell|if|unless|until|whether)\b|\b(?:no|few|your|more|further|future|ongoing|any|sleep|case"
    r"|conduction|imaging|diagnostic|lab|laboratory|urine|blood|x-ray|mri|nerve|if a|if the|until a"
    r"|whether)(?: \w+)? (?:stud(?:y|ies)|trials?|research|evidence|reviews?"
    r"|reports?|experiments?|analysis|surveys?|findings|data)\b|\b(?:not|never|n['’]t|nor|neither|hardly|hasn’t"
    r"|cannot)(?: yet| been| ever| even| clearly| be| really){0,3} (?:proven"
    r"|proved|shown|studied|tested|established|confirmed|found|recommend|recommended|approved|demonstrated|reported)\b"
    r"|\b(?:no|little|weak|poor|lack of|without|not enough|whether|if)(?: \w+){0,2} evidence\b"
    r"|\b(?:tak\w+|took) part in\b|\b(?:join|enroll|volunteer)\w*\b|\bstud(?:y|ies) of your\b|\b(?:not"
    r"|never) (?:been )?(?:clinically |scientifically )?(?:proven|proved)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|that|this|these|those|both|same|its|their)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


# ---- reading


class Gaps(NamedTuple):
    """What has no reference, and what is "recent" with a reference, but without the year that later readers need."""

    unreferenced: list[Attribution]
    undated: list[Attribution]


def find_gaps(parts: Iterable[Part]) -> Gaps:
    """What leans on an authority and cites nothing: neither in its sentence nor after it in its paragraph or list.

    "The study", "those trials" may have their reference anywhere before.
    """
    gaps: list[tuple[Part, Attribution]] = []
    undated: list[Attribution] = []
    referenced: set[str] = set()
    cited_before = False
    for part, sentence, is_cited in _sentences(parts):
        leanings = attributions(sentence.text)
        is_dated = bool(leanings) and bool(_YEAR.search(sentence.text))
        for leaning in leanings[:1]:
            if is_cited or (cited_before and _is_definite(leaning)):
                referenced.add(leaning.kind)
            elif leaning.kind != "recent" or not is_dated:
                gaps.append((part, leaning))
        undated += [leaning for leaning in leanings if leaning.kind == "recent" and is_cited and not is_dated]
        cited_before = cited_before or bool(sentence.cites)
    return Gaps([gap for part, gap in gaps if not (part.is_summary and gap.kind in referenced)], undated)


def _sentences(parts: Iterable[Part]) -> Iterator[tuple[Part, Stated, bool]]:
    """Each sentence with its part, and whether it or one after it in its paragraph or list cites something."""
    for part in parts:
        for group in _groups(part.blocks):
            last = max((place for place, sentence in enumerate(group) if sentence.cites), default=-1)
            yield from ((part, sentence, place <= last) for place, sentence in enumerate(group))


def attributions(sentence: str) -> list[Attribution]:
    """What a sentence leans on, each kind once."""
    kinds = [kind for kind, needed in _NEEDED.items() if needed.search(sentence)]
    if not kinds or sentence.rstrip("”’\"') ").endswith("?") or _NO_AUTHORITY.search(sentence):
        return []
    found = (
        (kind, next(filter(None, (pattern.search(sentence) for pattern in _PATTERNS[kind])), None)) for kind in kinds
    )
    return [Attribution(kind, match[0].strip(' ,;:–—“"'), sentence) for kind, match in found if match]


def _is_definite(leaning: Attribution) -> bool:
    return (leaning.kind in ("study", "researchers") and bool(_DEFINITE.match(leaning.words))) or (
        leaning.kind == "agency" and leaning.words.lower().startswith("the agency")
    )


_LONGEST_LIST = 12


def _groups(blocks: Sequence[Sequence[Stated]]) -> Iterator[list[Stated]]:
    """Each block; one that ends in a colon together with the list that it opens."""
    place = 0
    while place < len(blocks):
        group = list(blocks[place])
        place += 1
        if group and group[-1].text.endswith(":"):
            items = 0
            while place < len(blocks) and items < _LONGEST_LIST and not any(s.cites for s in group):
                group += blocks[place]
                place, items = place + 1, items + 1
        yield group
