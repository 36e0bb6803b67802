"""What a sentence asserts about drugs and classes. Precision first: what can be read either way is no assertion.

Each pattern looks at a sentence's outline (`evidence.mentions`). Every repetition in a pattern has a bound, so time
grows with the length of the text alone.
"""

import re
from collections.abc import Callable, Iterator

from articles.evidence.mentions import DRUG, FREE, MANY, ONE, Outline

_CLASSLIKE = rf"[{ONE}{MANY}](?: \([{ONE}{MANY}]\))?+"
_BLOCKED = (
    r"to|for|of|with|without|from|than|as|by|in|on|at|that|which|who|when|while|and|or|but|not|no|non|never|nor|neither"
    r"|like|unlike|against|before|after|over|under|versus|vs|plus|beyond|between|if|because|since|is|are|was|were|be"
    r"|been"
    r"|can|may|cannot|hardly|barely|do|does|alternatives?|substitutes?|replacements?|antidotes?|instead|rather|used"
    r"|given"
    r"|taken|combined|added|compared|many|most|[a-z]+ing"
)
_WORD = rf"(?!(?:{_BLOCKED})(?![\w'-]))[a-z][\w'-]{{0,29}}+"
ADJECTIVE = rf"(?: (?:{_WORD}|{FREE}),?(?: and {_WORD})?)"
_PLAIN_ADJECTIVE = (
    r"(?:(?:all|both|also|in fact|strong|powerful|potent|weak|mild|prescription|synthetic|common|newer|older|new|old"
    r"|oral"
    r"|well-known|over-the-counter|otc|long-acting|short-acting|the))"
)
_KIND_OF = (
    rf"(?:(?:a|an|one|the){ADJECTIVE}{{0,2}} (?:type|kind|form|sort|class|example|member|drug|medicine|medication)"
    r" (?:of|from|in|belonging to)|one of|part of|among)(?: (?:the|an?|our|this))?(?: (?:class|group"
    r"|family) of)?(?: the)?"
)
# What is said to be of a class, from the article on: "a strong opioid", "one of the NSAIDs", "the opioids", "opioids".
_PRODUCT = (
    r"(?: (?:pain |headache |cough )?(?:tablet|pill|capsule|patch|gel|cream|ointment|spray|lozenge|injection|shot"
    r"|infusion"
    r"|solution|syrup|powder|product|preparation)(?:e?s)?)"
)
_SINGLE = (
    rf"(?:(?:an?|another){ADJECTIVE}{{0,3}} {ONE}(?: \({ONE}\))?+{_PRODUCT}?|{_KIND_OF}{ADJECTIVE}{{0,2}} {_CLASSLIKE}"
    rf"|the (?:[a-z]+est|best|most [a-z]+|least [a-z]+) of (?:all |the )*{MANY})"
)
A_CLASS = (
    rf" (?:{_SINGLE}|the(?: (?:class|group|family) of)?{ADJECTIVE}{{0,2}} {_CLASSLIKE}"
    rf"|(?:{_PLAIN_ADJECTIVE} ){{0,2}}{MANY}(?: \([{ONE}{MANY}]\))?+)"
)
# What may follow a class that stands for itself: not "users", "overdose", "alternative".
ENDS = (
    r"(?=\s*(?:[.,;:!)\]–—\"…]|$)| - | (?:that|which|used|for|and|or|but|in|with|because|since|so|given|taken|sold|to"
    r"|when"
    r"|while|not|like|made|available|approved|known|injected|delivered|prescribed|from|by|at|on|although|though|as"
    r"|where|if|whose|you|your|it|too|itself|either|against|than|stronger|weaker|safer|milder|found|doctors|people)\b)"
)
IN_BRACKETS = r"(?: \([^()]{0,80}+\))?"
_NAMED_AS = (
    r"(?: (?:(?:classed|classified|known|described|considered|regarded|grouped|categori[sz]ed|called|sold|listed|used"
    r"|counted)(?: as| among| under)?|(?:classed|classified|grouped|categori[sz]ed|counted) with))"
)
_ADVERB = (
    r"(?: (?:also|actually|really|essentially|simply|just|technically|basically|both|all|usually|often|generally"
    r"|commonly|probably|perhaps|arguably|certainly|in fact|itself|still|now|indeed|by far|of course))"
)
_BE = (
    rf" (?:is|are|was|were|remains?|(?:has|have|had|would have) been|would be|becomes?"
    rf"|became){_ADVERB}{{0,2}}{_NAMED_AS}?"
)
_BELONG = (
    r" (?:also )?(?:belongs? to|(?:works?|acts?|functions?|serves?|qualif(?:y|ies)) as|counts? (?:as|among)"
    r"|falls? (?:into|under|in))"
)

_IS_A = re.compile(
    rf"{DRUG}(?:{IN_BRACKETS}|, [^,;.]{{1,80}}+,)(?P<verb>{_BE}|{_BELONG})(?:{A_CLASS}|(?<= as) {ONE}){ENDS}"
)
_WHICH_IS = re.compile(rf"{DRUG}{IN_BRACKETS},? \(?(?:which|that)(?:{_BE}|{_BELONG}){A_CLASS}{ENDS}")
_APPOSED = re.compile(
    rf"{DRUG}{IN_BRACKETS}(?:, | ?[–—] ?| - |: )(?:also |known as |classed as |yes, |indeed |in fact )?"
    rf"(?:{_SINGLE}|the{ADJECTIVE}{{0,2}} {ONE}(?= (?:that|from|which|of|used|made|found)\b)|(?:both|all) {MANY})"
    r"(?=\s*(?:[.;:!)\]–—\"…]|$)| - |,(?! (?:and|or|plus|as well|then|perhaps|maybe|even|an?)\b)"
    r"| (?:that|which|used|given|taken|sold|known|approved|injected|delivered|made|found|from|of|against|your|you"
    r"|doctors"
    r"|people)\b)"
)
_BRACKETED = re.compile(
    rf"{DRUG} [(\[](?:{_SINGLE}|(?:{_PLAIN_ADJECTIVE} )?{_CLASSLIKE})(?=[),;\]]| (?:that|which|used|sold)\b)"
)
_AND_OTHER = re.compile(
    rf"{DRUG}{IN_BRACKETS},? (?:and|or)(?:(?: (?:all|any|some|many|most|the|similar"
    rf"|several))? (?:other|similar|related|comparable){ADJECTIVE}{{0,2}} {MANY}"
    rf"(?!')| another{ADJECTIVE}{{0,2}} {ONE}{ENDS})"
)
_THE_DRUG = re.compile(
    rf"\b(?:the|an?|this|your|his|her|their|its|our){ADJECTIVE}{{0,2}} {ONE}(?: \({ONE}\))?+ \"?(?P<drug>{DRUG})"
)
_ITEM = rf"(?:(?:the )?(?:{DRUG}{IN_BRACKETS}|{_CLASSLIKE}|{_WORD}))"
_SUCH_AS = re.compile(
    rf"{_CLASSLIKE}(?P<link>,? \(?(?:such as|including|e\.g\.,?|for example,?|for instance,?|especially|particularly"
    rf"|notably"
    rf"|namely)| (?:like|called|named|known as)| \((?={_ITEM}(?:[,/] ?| and | or |\))))"
    rf" ?(?P<list>{_ITEM}(?:(?:, (?:and |or )?|/| and | or ){_ITEM}){{0,9}}+)"
)


# ---- what a sentence asserts: pairs of places in the outline, a drug and the class it is said to be of

Pair = tuple[int, int]
Owns = Callable[[int, int], bool]  # whether the drug at a place is of the class at another
Asserts = Callable[[Outline, Owns], Iterator[Pair]]
_SIGNS = re.compile(f"[{ONE}{MANY}]")

# Where a subject may begin: at a sentence's or clause's beginning, or after a word that governs nothing behind it.
BEGINS = re.compile(
    r"(?:^|[,;:(\[–—\"'.!?…] ?| - |\b(?:that|because|since|and|but|while|although|though|so|as|where|whereas|like|both"
    r"|either|drugs?|medicines?|medications?|pain-?killers?|generic|brand-name|intrathecal|oral|today|also|then|means"
    r"|says?"
    r"|know|note|remember|explains?|the|of course) )$"
)
_ENUMERATED = re.compile(rf"(?:{DRUG}{IN_BRACKETS}|{_CLASSLIKE}|\b[a-z][\w'-]{{0,29}}),? (?:and|or|plus|with) $")
_BEFORE_IT = re.compile(rf"(?:{DRUG}{IN_BRACKETS}|{_CLASSLIKE}), $")
DENIED = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|cannot|without|hardly|neither|nor|doubt|den(?:y|ies)|unlikely|whether|if"
    r"|unless"
    r"|[a-z]+n't)\b[^,;:.!?]*$"
)


def _subjects(outline: str, place: int) -> tuple[list[int], int]:
    """The drugs that share a verb with the one at `place` ("a, b and c are …"), and where their list begins."""
    places, begin = [place], place
    separator = _ENUMERATED
    while len(places) < 10 and (item := separator.search(outline, max(0, begin - 120), begin)):
        if outline[item.start()] == DRUG:
            places.append(item.start())
        begin, separator = item.start(), _BEFORE_IT
    return places, begin


def is_a(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Prialt is an NSAID", "morphine and ziconotide are opioids", "ziconotide works as an anti-inflammatory"."""
    text = outline.text
    for match in _IS_A.finditer(text):
        places, begin = _subjects(text, match.start())
        if begin < match.start() and re.match(r" (?:is|was)\b", match["verb"]):
            if text[begin] in DRUG + ONE + MANY:
                continue  # "hydrocodone and acetaminophen is an opioid": the pair is one thing
            places, begin = [match.start()], match.start()
        before = max(0, begin - 60)
        if BEGINS.search(text, before, begin) and not DENIED.search(text, max(0, begin - 160), begin):
            claimed = last_sign(text, match)
            yield from ((place, claimed) for place in reversed(places))


def last_sign(text: str, match: re.Match[str]) -> int:
    """The place of the class at a match's end, the first of "anti-inflammatory drug (NSAID)"."""
    places = [sign.start() for sign in _SIGNS.finditer(text, match.start(), match.end())]
    doubled = len(places) > 1 and text[places[-1] - 1] == "(" and places[-1] - places[-2] == 3
    return places[-2] if doubled else places[-1]


def _which_is(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "ziconotide, which is an NSAID"."""
    for match in _WHICH_IS.finditer(outline.text):
        yield match.start(), last_sign(outline.text, match)


LEADING_IN = re.compile(
    r"(?:^|[;:,.(–—] ?)(?:and |but |so |or )?(?:after|before|with|without|besides|beyond|instead|rather|if|when|while"
    r"|unlike"
    r"|like|in|for|on|along|alongside|apart|aside|compared|versus|unless|until|once|since|because|as|than|to|between"
    r"|whether"
    r"|where|by|from|following|despite|although|though|among|together)\b[^,;:(–—]*$"
)
_LIST_GOES_ON = re.compile(
    r", (?!(?:is|are|was|were|can|could|may|might|must|should|will|would|had|did|do|never|not|which|that|who|to|into"
    r"|in|for"
    r"|[a-z]+s)\b)[a-z][\w-]{0,29}(?: [\w-]{1,30}){0,2},? (?:and|or)\b"
)


def _apposed(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "ziconotide, an NSAID, is …"; not "gabapentin, an opioid, or both" nor "after gabapentin, an opioid …"."""
    text = outline.text
    for match in _APPOSED.finditer(text):
        leading_in = LEADING_IN.search(text, max(0, match.start() - 160), match.start())
        if not leading_in and not _LIST_GOES_ON.match(text, match.end()):
            yield match.start(), last_sign(text, match)


def _bracketed(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "ziconotide (an NSAID)"."""
    for match in _BRACKETED.finditer(outline.text):
        yield match.start(), last_sign(outline.text, match)


_COMBINED = re.compile(rf"{DRUG}{IN_BRACKETS}(?: (?:and|or|with|plus) |[/+-]| \+ | / )$")


def _and_other(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "gabapentin and other opioids"; not "hydrocodone with acetaminophen and other opioids"."""
    for match in _AND_OTHER.finditer(outline.text):
        claimed = last_sign(outline.text, match)
        with_it = _COMBINED.search(outline.text, max(0, match.start() - 100), match.start())
        if not (with_it and owns(with_it.start(), claimed)):
            yield match.start(), claimed


def _the_drug(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "the NSAID ziconotide"."""
    for match in _THE_DRUG.finditer(outline.text):
        yield match.start("drug"), last_sign(outline.text, match)


_OTHER_THAN = re.compile(
    r"\b(?:alternatives?|other than|besides|instead|rather|without|versus|vs|unlike|except|apart|aside|beyond"
    r"|in place|interact\w*"
    r"|combin\w+|mix\w*|add(?:ed|ing|s|ition)?|alongside|along|together|than|substitut\w+|replac\w+|spar\w+|need for"
    r"|wean\w*"
    r"|over|away|both|between|switch\w*|chang\w+ from)\b[^,;:(]*$"
    r"|\b(?:not|no|non|never|neither|nor|[a-z]+n't)(?: (?:an?|the|any|strong|like|really|all|just))* $"
)
_BESIDE = re.compile(rf"{_CLASSLIKE},? (?:and|or) $")  # "anticonvulsants and antidepressants such as gabapentin"
_GOVERNED = re.compile(r"\b(?:to|with|of|from|for|on|by|against|about)(?: [\w'-]{1,30}){0,2} $")


def _such_as(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "NSAIDs such as ziconotide", "opioids like gabapentin"; not "alternatives to opioids, such as gabapentin"."""
    text = outline.text
    for match in _SUCH_AS.finditer(text):
        claimed, lower = match.start(), max(0, match.start() - 100)
        distant = match["link"].startswith(",") and _GOVERNED.search(text, lower, claimed)
        if not distant and not _OTHER_THAN.search(text, lower, claimed):
            beside = _BESIDE.search(text, lower, claimed)
            for place in _examples(text, match, claimed, owns):
                if not (beside and owns(place, beside.start())):
                    yield place, claimed


def _examples(text: str, match: re.Match[str], claimed: int, owns: Owns) -> Iterator[int]:
    """The drugs of a list that are surely meant as examples: a list may also go on with what stands beside the class.

    "opioids such as morphine, and gabapentin for nerves" gives morphine alone.
    """
    items = [item.start() for item in re.finditer(rf"[{DRUG}{ONE}{MANY}]", match["list"])]
    places = [match.start("list") + item for item in items]
    if any(text[place] != DRUG for place in places):
        places = places[:1] if text[places[0]] == DRUG else []
    own = [owns(place, claimed) for place in places]
    for number, place in enumerate(places):
        first = re.fullmatch(r"(?:the )?", text[match.start("list") : place])
        if (
            first
            or any(own[number + 1 :])
            or (number == len(places) - 1 and all(own[:-1]) and _closes(text, match, place))
        ):
            yield place


def _closes(text: str, match: re.Match[str], place: int) -> bool:
    """Whether the list's last item is joined to it by a plain "and", and has nothing to itself behind it."""
    before, after = text[match.start("list") : place], text[match.end() : match.end() + 12]
    joined = re.search(r"[^,] (?:and|or) $", before) or (before.count(",") > 1 and re.search(r", (?:and|or) $", before))
    last = place + 1 >= match.end() or text[place + 1 : match.end()].startswith(" (")
    return bool(joined) and last and not re.match(r" (?:for|to|when|if|with|in|together|combin|at|on)", after)


ASSERTIONS: tuple[Asserts, ...] = (is_a, _which_is, _apposed, _bracketed, _and_other, _the_drug, _such_as)
