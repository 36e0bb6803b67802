"""What a text promises of a procedure that wants evidence, and where it contradicts itself about it.

A promise is asked about where it is said of the procedure: beside its name, a part of it, "it" or "this treatment", or
in a few words of a list. One that is cited, denied, reported or true of the procedure by its card is not asked about.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from articles.evidence.drug_classes import key
from articles.evidence.procedures import Subject


class Promise(NamedTuple):
    """A promise in a sentence about a card, by the names of its kinds ("reversible"); or two sentences that contradict
    each other, the second in `against`.
    """

    card: Any
    kinds: tuple[str, ...]
    sentence: str
    against: str = ""


class _Kind(NamedTuple):
    """Words that promise something; `hedged` if "can" or "often" make them modest enough."""

    pattern: re.Pattern[str]
    hedged: bool = False
    only_of_surgery: bool = False


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("SUBJECT", _SUBJECT))


_SUBJECT = (
    r"\b(?:trial|trials|test|tests|block|blocks|injection|injections|stimulation|stimulator|pump|therapy|treatment"
    r"|procedure|anesthetic|operation|surgery|device|it|this|toxin|acupuncture|massage|tens|infusion|manipulation"
    r"|exercise|ablation)(?: \w+ly)?"
)
_PAIN = r"(?:(?:the|your|their|his|her|all|chronic|any) ){0,2}(?:pain|migraines?|headaches?|attacks?|suffering)"

KINDS = {
    "unlike surgery": _Kind(
        _words(
            r"\bunlike (?:\w+ ){0,2}(?:surger\w*|surgical|operations?)"
            r"|\b(?:is|are|as|offers?|provides?) (?:a |an |the )?(?:truly |fully |safe |effective |modern |new )?"
            r"non ?surgical"
            r"|SUBJECT (?:is|are) (?:not|no) (?:a |an )?(?:\w+ )?(?:surger\w*|surgical|operation)"
            r"|SUBJECT (?:(?:does|do)(?: not|n['’]t) (?:need|require|involve|mean)|(?:needs|requires|involves) no)"
            r" (?:any |an |a )?(?:surgery|operation)\b|\bno (?:surgery|operation) is (?:needed|required|involved)"
        ),
        only_of_surgery=True,
    ),
    "reversible": _Kind(
        _words(
            r"(?:SUBJECT|\beffects?) (?:is|are) (?:\w+ ){0,2}reversible\b|\bnon ?permanent\b|^(?:\w+ ){0,2}reversible\b"
            r"|\breversible (?:and \w+ )?(?:treatment|therapy|procedure|method|option|solution|alternative|device|way)"
            r"|SUBJECT (?:is|are) not permanent\b(?! relie)"
            r"|\b(?:can|could|may) (?:always )?be (?:fully|completely|entirely|easily|simply) (?:reversed|undone)\b"
            r"|\bleaves? (?:no|nothing) (?:traces?|behind|damage)"
        ),
        hedged=True,
    ),
    "solution": _Kind(
        _words(
            r"\b(?:permanent|lasting|long term|long lasting|effective|ideal|perfect|proven|safe|simple|drug free"
            r"|real|good|great|natural|modern|innovative|best|only|excellent|powerful|complete|ultimate) solution\b"
            r"|\bsolution (?:to|for|against) (?:\w+ ){0,3}(?:pain|migraine\w*|headache\w*|problem\w*|people|patients)"
        )
    ),
    "shows which": _Kind(
        _words(
            r"SUBJECT (?:shows?|tells?|reveals?|proves?|determines?|predicts?|confirms?|identif\w+|finds out)"
            r" (?:(?:you|us|doctors|the team|clinicians|exactly|precisely) )*(?:which|who|whom|whether|if|where)\b"
            r"(?! you have| there)"
            r"|SUBJECT (?:identif\w+|pinpoints?|confirms?) (?:\w+ ){0,3}(?:source|cause|nerve|joint)\b"
        ),
        hedged=True,
    ),
    "will": _Kind(
        _words(
            r"SUBJECT will (?:(?:always|surely|definitely|certainly|also|then|finally|soon|completely|permanently"
            r"|greatly|quickly) )*(?:show|prove|reveal|predict|tell|stop(?! work)|end|remove|relieve|reduce|ease|cure"
            r"|eliminate|erase|fix|solve|heal|work|last for(?:ever| life| good)|take away|bring|give|restore"
            r"|improve|free"
            r"|help (?:you|everyone|everybody|with (?:the |your )?pain)(?! and| to| decide| plan))\b"
            r"|\b(?:you|patients|people|they) will (?:(?:be|become|feel|live) (?:pain free|free of|cured|better)"
            r"|have no)"
        ),
        hedged=True,
    ),
    "source of the pain": _Kind(
        _words(
            r"\b(?:at|to|in|on|treats?|treating|targets?|targeting|reach\w*|removes?|removing|blocks?|blocking|attacks?"
            r"|fix\w*|heals?|stops?|hits?|eliminat\w+|address\w*|tackl\w+) (?:right )?(?:the |its |their )?"
            r"(?:very |actual |true |exact |real |root )?(?:source|root|cause|origin)s?(?: cause)? of "
            r"(?:the |your |their |chronic )?(?:pain|migraine\w*|headache\w*|problem)"
            r"|\bpain at (?:its|the) (?:source|root|origin)"
        ),
        hedged=True,
    ),
    "affected area": _Kind(
        _words(
            r"\b(?:directly|straight|right|exactly|precisely) (?:to|into|in|at|on|onto) (?:the |your )?"
            r"(?:affected|painful|sore|injured|hurting|aching|problem) (?:areas?|region|spots?|parts?|site|place)"
            r"|\b(?:directly|straight|right|exactly|precisely) (?:to|at|into|on) (?:where (?:it|you|the pain)"
            r"|the (?:site|area|spot|place) of (?:the |your )?pain)"
        )
    ),
    "risk-free": _Kind(
        _words(
            r"\brisk free\b|\b(?:without|no|zero) (?:any |known |serious |real |major )?(?:risks?|side effects|dangers?"
            r"|complications|harm)\b"
            r"(?! (?:of|from) (?:a |the )?(?:medicine|tablet|drug|pill|surgery|opioid|medication))"
            r"|\b(?:completely|totally|perfectly|entirely|absolutely|100%|100 percent) (?:safe|harmless|painless)\b"
            r"|\bharmless\b|\bguarante\w+|\bcannot fail\b|\balways works?\b|\bnever fails?\b|\bmiracle\b"
            r"|\bfree (?:of|from) (?:any |all )?(?:risks?|side effects)\b"
        )
    ),
    "cures": _Kind(
        _words(
            rf"\bcur(?:es?|ed|ing) (?:\w+ ){{0,2}}?{_PAIN}|\b(?:a|the|complete|permanent|lasting) cure\b"
            rf"|\bpermanent(?:ly)? (?:relie\w+|ends?|stops?|removes?|free\w*|gone|pain relief)\b"
            rf"|\b(?:completely|totally|fully|entirely) (?:remov\w+|eliminat\w+|stop\w*|end\w*|erase\w*|tak\w+ away"
            rf"|reliev\w+) {_PAIN}|\b(?:eliminat|eras)(?:es?|ed|ing) {_PAIN}|\bends? {_PAIN} (?:for good|forever)"
            r"|\bpain (?:is|goes) (?:gone|away) (?:for good|forever)\b"
        )
    ),
}
# Said of a promise as a whole: denials, reports of what others say, and questions.
_DENIED = re.compile(
    r"\b(?:not|no|nobody|none|nothing|never|neither|nor|cannot|without|hardly|rarely|seldom|few|little|myth|wrong|false"
    r"|claim|claims|claimed|say|says|said|believe|believed|promise|promises|promised|advertis\w+|call|calls|called"
    r"|sold as|whether|if|unclear|unproven|unlikely|beware|distrust|ask|asks|instead of|rather than|far from|hope\w*)\b"
    r"|n['’]t\b"
)
_NOT_REALLY = re.compile(r"\bnot (?:only|just|merely)\b|\bno (?:longer|doubt|wonder)\b|\bno matter\b")
_HEDGED = re.compile(
    r"\b(?:may|might|can|could|sometimes|often|usually|mostly|partly|largely|many|some|most|should|likely|probably"
    r"|perhaps|in part|help|helps|try|tries|tested|to see|to find|meant|aims?|intended|suggests?)\b"
)
_WEAKER = re.compile(
    r" (?:is|are|was|were|remains?) (?:\w+ )?(?:not|un\w+|rare|a myth|wrong|false|impossible)\b"
    r"|(?: \w+){0,2} (?:for|in|to) (?:some|a few|many|most|certain)\b"
)
_CITED = re.compile(r"\[[\d,– ]+\]")


def promises(subject: Subject) -> Iterator[Promise]:
    """The promises about a procedure, one for each sentence; none that a contradiction already asks about."""
    asked = {promise.sentence for promise in contradictions(subject)}
    for said, words in _about(subject):
        if said not in asked and not _CITED.search(words) and (kinds := tuple(_kinds(words, subject.card))):
            yield Promise(subject.card, kinds, said)


def _kinds(words: str, card: Any) -> Iterator[str]:
    for name, kind in KINDS.items():
        is_true = key(name) in map(key, card.accurate) or (kind.only_of_surgery and card.is_surgery not in SURGERY)
        if not is_true and _is_promised(words, kind):
            yield name


SURGERY = ("implanted", "surgery")
AROUND = 100  # characters before a promise in which it is denied or hedged


def _is_promised(words: str, kind: _Kind) -> bool:
    return any(not _is_modest(words, match, kind) for match in kind.pattern.finditer(words))


def _is_modest(words: str, match: re.Match[str], kind: _Kind) -> bool:
    before = _NOT_REALLY.sub("", words[max(0, match.start() - AROUND) : match.start()])
    is_hedged = kind.hedged and _HEDGED.search(before)
    return bool(is_hedged or _DENIED.search(before) or _WEAKER.match(words, match.end()) or words.endswith("?"))


def _about(subject: Subject) -> Iterator[tuple[str, str]]:
    """The sentences that speak of the procedure: by a name, a part, "it" or "this treatment", or in a few words.

    Each as it was written, and folded with "it" for the procedure’s names, so that the same patterns read both.
    """
    card = subject.card
    names, parts = _pattern((card.name, *card.other_names)), _pattern(tuple(n for p in card.parts for n in p["names"]))
    for sentence in subject.near:
        words, times = names.subn("it", sentence.words)
        is_item = len(words.split()) <= FEW and not _OTHERS.search(words)
        if times or is_item or parts.search(words) or _STANDS_FOR.search(words):
            yield sentence.said, words


FEW = 8  # words of an item in a list, as of benefits, which are said of the procedure
_STANDS_FOR = re.compile(
    r"\b(?:it|this|these|the|such|an?|each|every) (?:(?:is|are|will|can|does|has|was|shows?|tells?|works?|treats?"
    r"|targets?|goes|acts?|cures?|removes?|eliminates?)|(?:\w+ )?(?:treatments?|therap\w+|devices?|procedures?|methods?"
    r"|options?|implants?|trials?|tests?|blocks?|injections?|systems?|techniques?|approach|shots?|sessions?|stimulation))\b"
)
_OTHERS = re.compile(r"\b(?:tablets?|pills?|medicines?|drugs?|opioids?|medications?|surgery|massage|rest|heat|ice)\b")


@lru_cache(maxsize=200)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    each = "|".join(re.escape(key(name)) for name in sorted(names, key=len, reverse=True) if name.strip())
    return re.compile(rf"\b(?:{each or '(?!)'})s?\b")


# ---- what cannot both be true of one procedure


def _stated(pattern: str) -> _Kind:
    return _Kind(_words(pattern))


_PAIRS = (
    (
        KINDS["unlike surgery"],
        _stated(
            r"\b(?:implanted|placed|inserted|put in|done|performed|fitted)\b[^.;:]{0,60}? (?:during|in|by|with|through)"
            r" (?:a |an )?(?:\w+ ){0,2}(?:surger\w+|surgical|operation)|\bsurgically (?:implanted|placed|inserted)"
            r"|\b(?:surgery|operation|surgical procedure) (?:to implant|to place|to insert|in which)"
            r"|\b(?:implant|implantation) surgery\b|\bsurgeons? (?:implants?|places?|inserts?|puts?)\b"
        ),
    ),
    (
        KINDS["reversible"],
        _stated(
            r"\birreversibl\w+|\bpermanently (?:\w+ )?(?:implanted|placed|destroy\w*|changes?|removed?|stays?|remains?"
            r"|damage\w*)|\b(?:implanted|placed|stays?|remains?|destroys?|cuts?|changes?) (?:\w+ ){0,3}permanently\b"
            r"|\bpermanent (?:implant|implantation|change|procedure|treatment|device|operation)\b"
            r"|\b(?:cannot|can never|can not) be (?:undone|reversed|taken out|removed)\b"
        ),
    ),
    (
        _stated(r"\bwithout (?:any )?needles?\b|\bneedle free\b|\bno needles?\b"),
        _stated(r"\b(?:with|by|through|of) (?:a |an |the |thin |fine )*needles?\b|\bneedles? (?:is|are|goes|passes)\b"),
    ),
    (
        _stated(
            r"\bmaintenance free\b|\bnever (?:has|have|needs?) to be (?:refilled|replaced|changed)|\bno refills?\b"
            r"|\bnever needs? (?:a )?(?:refill\w*|replac\w+)|\blasts? (?:for life|a lifetime|forever)\b"
        ),
        _stated(
            r"\b(?:is|are|be|has to be|must be) (?:\w+ )?(?:refilled|replaced)\b|\breplacement (?:surgery|operation)\b"
        ),
    ),
)


def contradictions(subject: Subject) -> Iterator[Promise]:
    """Pairs of sentences about a procedure that cannot both be true; the one that promises more comes first."""
    about = [*_about(subject)]
    for promising, against in _PAIRS:
        told = [said for said, words in about if _is_promised(words, against)]
        for said, words in about if told else []:
            other = next((other for other in told if other != said), None)
            if other and _is_promised(words, promising):
                yield Promise(subject.card, (), said, other)
