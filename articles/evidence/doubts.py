"""What a person should answer: a drug beside a class or mechanism not on its card, where no pattern is sure.

A pair counts unless the sentence keeps the two apart: as two things of a list, as a choice, a contrast, a combination,
or as what is denied. Everything that is not kept apart is asked about.
"""

import re
from collections.abc import Iterator

from articles.evidence.assertions import ADJECTIVE, LEADING_IN, Owns, Pair
from articles.evidence.mentions import DRUG, FREE, MANY, ONE, TARGET_SIGN, Outline

_PROPERTY = f"[{ONE}{MANY}{TARGET_SIGN}]"
_NOT = r"\b(?:whether|not|no|never|neither|nor|nothing|none|nobody|cannot|hardly|without|[a-z]+n't)\b"
# Between a drug and a class, in either order: they are two things.
_APART = re.compile(
    rf"{_NOT}|[;]|^,? with\b|\b(?:combin|mix|tak|giv|add|us|interact|compar|help|go)\w*[^.;]{{0,30}} with\b"
    r"|\b(?:plus|than(?! (?:any |all |most |many |the )?other $)|before|after|versus|vs|instead|rather|unlike"
    r"|until|if|when|while|whereas|although|alongside"
    r"|together"
    r"|alternatives?|revers\w+|avoid\w*|combin\w+|mix\w*|add(?:s|ed|ing|ition)?|replac\w+|switch\w*|compar\w+"
    r"|as [a-z]+ as"
    r"|needs?|needed|lower|lowered|reduc\w+|interact\w*|tak(?:e|es|en|ing)|between|ones|but|from(?! the $)|withdrawal"
    r"|push\w*|warn\w*|differ\w*"
    r"|eas(?:e|es|ed|ing)|(?:people|patients|those|anyone|somebody) (?:with|on|who)|over(?!-)|first,|antidote"
    r"|used (?:with|after|before)|so|may suit|(?:may|might|can|could) be(?! (?:(?:an?|the) $|group|count|class"
    r"|call|consider|describ|list|regard|seen)))\b"
)
# "Differs from other opioids", "gentler than other NSAIDs": who is compared with the others is one of them.
_OTHERS = re.compile(rf"^[^{DRUG}{ONE}{MANY}{FREE};:]*\b(?:other|(?:as|like) (?:all|most|every|any)) $")
_FREE_WITH = re.compile(r" (?:with|by|using|thanks to) $")  # "opioid-free with tramadol"
# "Reduces pain by blocking enzymes" says one thing, whatever the verb before it.
_BY_ACTING = re.compile(
    rf" by (?:[a-z]+ly )?(?:block|inhibit|activat|stimulat|clos|open|calm|act|bind|work|turn"
    rf"|switch)[a-z]*ing?\b[^{DRUG},;:.]{{0,40}}$"
)
# Of a drug that stands first: "naloxone blocks opioids", "a controlled medicine, as opioids are".
_DONE_TO = re.compile(
    r"^ (?:[a-z]+ly |often |also )?(?:blocks?|fights?|stops?|spares?) (?:the |some |other )?$|, as (?:the |most "
    r"|many )?$"
)
# Of a class that stands first: "steroid injections often hold bupivacaine", "their opioid dose".
_HOLDS = re.compile(r"\b(?:holds?|contains?)\b|^ (?:dose|use|withdrawal|overdose|crisis|users?)\b")
_OTHER_CLAUSE = re.compile(
    r"(?:^|[,;:.(–—] ?)(?:and |but |so |or )?(?:when|if|where|while|whereas|once|until|unless|although|though"
    r"|after|before)\b[^,;:(–—]*$"
)
_THAT = re.compile(r"\bthat (?:the |most |many |some |other )?$")
_ITS_VERB = re.compile(
    r" (?:can |may |often |do |also )?(?:cause|leave|have|raise|bring|give|do|are|fail|help|carry|act|work)\b"
)
# One thing of a list, a choice or a pair: "gabapentin and NSAIDs", "an opioid, heat or gabapentin".
_ITEM = (
    rf"(?: ?(?:an?|the|some|other|your|any|certain|strong|weak|medicines|patches"
    rf"|pills)\b)*(?: ?(?:[{DRUG}{ONE}{MANY}{FREE}]|[a-z][\w'-]{{0,29}}){ADJECTIVE}{{0,2}})?"
)
_JOINED = re.compile(
    rf"^(?:(?:,? (?:and|or|nor|plus)\b|,|/|\+| ?&){_ITEM}){{0,8}}(?:,? (?:and|or|nor|plus)|/|\+| &)(?:{_ITEM})?[ ]?$"
)
_CLAUSES = re.compile(r"^ [a-z][^.;]{2,120}, (?:and|or|so|yet) ")  # "… harms the liver, and …"
_ROW = re.compile(
    rf"^(?:,(?: (?:an?|the|some))? (?:[{DRUG}{ONE}{MANY}]|[a-z][\w'-]{{0,29}}){ADJECTIVE}{{0,2}}){{1,8}}, ?$"
)
_COMMAS = re.compile(r"^,(?: (?:an?|the|some|your))? ?(?:[a-z][\w'-]{0,29} ){0,2}$")
_GOES_ON = re.compile(
    rf"^(?: \([^()]{{0,60}}\))?(?:,(?: (?:and |or )?(?:an?|the|some|your) ?| (?:and |or )?)?(?:[{DRUG}{ONE}{MANY}]"
    rf"|[a-z][\w'-]{{0,29}})(?: [\w'-]{{1,29}}){{0,2}}){{0,4}},? (?:and|or)\b"
)
_CONTRAST = re.compile(
    r"(?:^|[,;:.(–—] ?|\b)(?:unlike|instead of|rather than|besides|apart from|compared (?:with|to)|in place of"
    r"|in contrast to|as opposed to"
    r"|alternatives? to|other than|without|no need for|after|before|for people (?:on|who take)"
    r"|people on)\b[^,;:]{0,60}$"
)
_DENIED_PAIR = re.compile(rf"{_NOT}[^,;:]{{0,80}}$")
_LISTED = re.compile(
    rf"{_PROPERTY}(?:,? (?:such as|including|like|namely|especially)[^.;]{{0,120}}| \([^().;]{{0,120}})$"
)
_LIST_ENDED = re.compile(rf"{DRUG},? (?:is|are|was|were|can|may|will|has|have|had|should|must)\b")
_OTHER_LIST = re.compile(
    rf"\b(?:and|or)(?: an?| the)?[^{DRUG}{ONE}{MANY},]{{0,30}}(?P<class>[{ONE}{MANY}])(?:,? (?:such as|like"
    rf"|including) | \()$"
)
_ANOTHER = re.compile(rf" (?:and|or) {DRUG}, (?:and|or) (?:the )?$")  # "anti-inflammatories such as a or b, or …"
_OWN_KEPT_AWAY = re.compile(
    rf"\b(?:avoid|without|free (?:of|from)|instead of|rather than|no|alternatives? to|spares?|replac(?:e|es|ing)"
    rf"|not) (?:the )?[{ONE}{MANY}](?!')"
)
_LEADING_CONTRAST = re.compile(rf"^(?:and |but )?unlike (?:an? |the )?[{ONE}{MANY}], ")
# A class that is put aside, before the drug of it: "instead of an opioid, ask for hydrocodone".
_PUT_ASIDE = re.compile(
    rf"(?:(?:^|[,;:.] )(?:instead of|rather than|in place of) (?:an? |the "
    rf"|any )?[{ONE}{MANY}], [^{DRUG}{ONE}{MANY},;:.]{{0,40}}"
    rf"|\balternatives? to (?:an? |the )?[{ONE}{MANY}](?:,? (?:is|are|include|such as|like|called|named)) )$"
)
# "If an NSAID is needed, acetaminophen …", "when choosing an NSAID, start with acetaminophen".
_WANTED = re.compile(
    rf"\b(?:(?:if|when|whenever)(?: an?| the)? [{ONE}{MANY}] (?:is|are) (?:needed|required|wanted|chosen|indicated)"
    rf"|(?:if|when|whenever)(?: you)? (?:need|want|choos\w*|pick|look for|looking for)(?: an?)? [{ONE}{MANY}]), "
    rf"[^{DRUG}{ONE}{MANY},;:.]{{0,40}}$"
)
REPORTED = re.compile(
    r"\b(?:wrongly|mistakenly|incorrectly|erroneously|falsely|myths?|misconceptions?|misunderst\w+|untrue"
    r"|mis(?:named|labell?ed|classified|taken)|mistake|not (?:true|correct|right)|incorrect|wrong to|false(?:ly)?"
    r"|(?:is|are|was) wrong"
    r"|so-called|supposed(?:ly)?|alleged(?:ly)?|no longer|once (?:called|thought|classed|considered)"
    r"|used to be|formerly|confus(?:e|ed|ing)(?: \S+)? with|(?:thought|believed|assumed|said|rumou?red) to be"
    r"|(?:people|patients|many|some|others|who|readers|they)(?: \w+)? (?:think|believe|assume|claim|say|call))\b"
)
_RELATIVE = re.compile(
    rf"{DRUG}[^.;{DRUG}]{{0,60}}\b(?:cousins?|relatives?|related|siblings?|sisters?|brothers?|twins?|derivatives?"
    rf"|(?:made|derived) (?:from|of)"
    rf"|(?:works?|acts?)(?: just| exactly)? (?:like|as|the way)|shares? (?:its|a|the)(?: same)? (?:class|family"
    rf"|group)|same (?:drug |kind of |type of )?"
    rf"(?:family|class|group|kind|type|mechanism|action))\b[^.;{DRUG}]{{0,20}} {DRUG}"
)


_ITS_RELATIVE = re.compile(
    rf"{DRUG}(?:,| is| are| was)[^.;{DRUG}]{{0,30}} (?P<other>{DRUG})(?: [a-z]+){{0,2}} "
    r"(?:cousin|relative|sibling|sister|brother|twin)s?\b"
)
FARTHEST = 400  # characters between a drug and what it may be said to be


def doubts(outline: Outline, owns: Owns, asserted: set[Pair]) -> Iterator[Pair]:
    """Pairs of a drug and what it may be said to be, in order, for a person to answer; `asserted` pairs are settled."""
    for drug in outline.drugs:
        for claimed in (place for place, mention in outline.at.items() if not mention.cards):
            if (drug, claimed) in asserted or abs(drug - claimed) > FARTHEST:
                continue
            if not owns(drug, claimed):
                if not _kept_apart(outline, owns, asserted, drug, claimed):
                    yield drug, claimed
            elif outline.text[claimed] in ONE + MANY and _kept_from(outline.text, drug, claimed):
                yield drug, claimed


def relatives(outline: Outline) -> Iterator[Pair]:
    """Pairs of drugs of which one is said to be a relative of the other."""
    for match in _RELATIVE.finditer(outline.text):
        yield match.start(), match.end() - 1
    for match in _ITS_RELATIVE.finditer(outline.text):
        yield match.start(), match.start("other")


def _kept_apart(outline: Outline, owns: Owns, asserted: set[Pair], drug: int, claimed: int) -> bool:
    text = outline.text
    first, last = sorted((drug, claimed))
    between, before = text[first + 1 : last], text[max(0, first - 160) : first]
    by_acting = drug < claimed and text[claimed] == TARGET_SIGN and _BY_ACTING.search(between)
    if by_acting and not re.search(_NOT, between):
        return False
    if drug < claimed and text[claimed] in ONE + MANY and _OTHERS.search(between):
        return False
    if text[claimed] == FREE and claimed < drug and _FREE_WITH.fullmatch(between):
        return False
    if claimed < drug and _WANTED.search(text, max(0, claimed - 60), drug):
        return False
    if any(pattern.search(between) for pattern in (_APART, _JOINED, _CLAUSES, _ROW)):
        return True
    if _CONTRAST.search(before[-80:]) or _DENIED_PAIR.search(before[-100:]):
        return True
    if drug < claimed:
        if _COMMAS.match(between) and (_GOES_ON.match(text[last + 1 :]) or LEADING_IN.search(before)):
            return True
        if text[claimed] != TARGET_SIGN and _DONE_TO.search(between):
            return True
        if _THAT.search(between) and _ITS_VERB.match(text, claimed + 1):
            return True
    elif _LISTED.match(text[claimed:drug]) and not _LIST_ENDED.search(between):
        other = _OTHER_LIST.search(between)
        return _ANOTHER.search(between) is not None or bool(other and owns(drug, first + 1 + other.start("class")))
    elif (
        _HOLDS.search(between)
        or ("," in between and _OTHER_CLAUSE.search(before))
        or (_COMMAS.match(between) and _GOES_ON.match(text[last + 1 :]))
    ):
        return True
    return text[claimed] != TARGET_SIGN and any(
        owns(one, other) and ((one, other) in asserted or abs(one - other) < abs(drug - claimed))
        for one, other in _rivals(outline, drug, claimed)
    )


def _rivals(outline: Outline, drug: int, claimed: int) -> Iterator[Pair]:
    """The pairs that share the drug or the property: where one of them fits, the sentence may mean that."""
    for place, mention in outline.at.items():
        if mention.cards and place != drug:
            yield place, claimed
        elif not mention.cards and place != claimed:
            yield drug, place


def _kept_from(text: str, drug: int, claimed: int) -> bool:
    """Whether a drug is set against its own class: "unlike opioids, tapentadol", "tramadol, to avoid opioids"."""
    if claimed < drug:
        if _PUT_ASIDE.search(text, max(0, claimed - 40), drug):
            return True
        return _LEADING_CONTRAST.match(text) is not None and text[claimed + 1 : drug] == ", "
    if re.fullmatch(r",? unlike ", text[drug + 1 : claimed]) and text[claimed + 1 : claimed + 2] in (",", "."):
        return True
    kept = _OWN_KEPT_AWAY.search(text, drug, claimed + 1)
    return kept is not None and kept.end() == claimed + 1
