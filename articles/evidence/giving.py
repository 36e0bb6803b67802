"""Which medicine a sentence says to be given by which route: "ibuprofen by mouth", "a pump filled with fentanyl".

Each pattern looks at the outline of a sentence: a sign for each medicine or class, a sign for each route, everything
else in small letters. A medicine and a route are bound by the words between them; "takes ibuprofen and has a pump"
binds nothing. Every repetition has a bound, so time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator
from functools import cache

from articles.evidence.mentions import DRUG
from articles.evidence.route_words import BOTH, FORM, KIND, PUMP, VERB, WAY

Bound = tuple[int, int]  # the places of a medicine and of a route in an outline

_BLOCKED = (
    r"to|for|of|with|without|from|than|as|by|in|on|at|that|which|who|when|while|and|or|but|not|no|never|nor|neither|like"
    r"|unlike|against|before|after|over|under|versus|vs|plus|if|because|since|so|although|is|are|was|were|be|been|has"
    r"|have|had|can|may|cannot|do|does|instead|rather|until|during|people|patients|whose|users?"
)
_WORDS = rf"(?:(?!(?:{_BLOCKED})\b)[a-z0-9][\w%.'-]{{0,24}}+ )"
_THE = r"(?:(?:the|an?|your|this|that|such|these|those|some|his|her|their|its|our|each) )"
_A = rf"{_THE}?{_WORDS}{{0,2}}"
_DOSES_OF = rf"(?:{_THE}?{_WORDS}{{0,3}}(?:of|containing|(?:that|which) (?:contains?|holds?|includes?)) )?"
_ADVERB = (
    r"(?:(?:also|only|just|often|mostly|usually|sometimes|normally|generally|commonly|slowly|directly|straight|right"
    r"|continuously|daily|now|then|even|either|both|always|mainly|first|once|twice|best|safely|around the clock"
    r"|day and night|steadily|quickly|too|instead) )"
)
_AUX = r"(?:(?:is|are|was|were|be|been|being|can|may|might|could|should|must|will|has|have|had|to) )"
_MAY_BE = rf"{_AUX}(?:{_AUX}|{_ADVERB}){{0,4}}"
_GIVEN = (
    rf"(?:given|delivered|injected|infused|put|placed|pumped|administered|taken|used|applied|rubbed|sprayed|dripped"
    rf"|swallowed|inhaled|fed|sent|released|absorbed|instilled|introduced|prescribed|offered|sold|approved|available"
    rf"|licensed|made|combined|mixed|effective|suitable|safe|helpful|{VERB})"
)
_GOES = (
    r"(?:goes|go|flows?|runs?|enters?|comes|come|reach(?:es)?|works? (?:best|well)|passes|pass|travels?|drips?"
    r"|trickles?|gets?|belongs?|exists?|seeps?)"
)
_GIVES = (
    rf"(?:gives?|giving|gave|delivers?|delivering|delivered|puts?|putting|places?|placing|pumps?|administers?|takes?"
    rf"|taking|took|apply|applies|applying|uses?|using|sends?|feeds?|receives?|received|gets?|got|sprays?|releases?"
    rf"|adds?|offers?|offering|prescribes?|try|tries|tried|choose|chooses|{VERB})"
)
_WHO = (
    r"(?:(?:you|people|patients|doctors|nurses|specialists|clinicians|surgeons|teams|we|they|she|he|some|many|most"
    r"|it) )"
)

# ---- medicines: one, several in a list, one with another after it ("an NSAID called …", "…, an NSAID,")

_BRACKET = r"(?: \([^()]{0,60}\))?"
_ITEM = rf"{DRUG}{_BRACKET}"
_NEXT = (
    rf"(?:,? (?:and|or|plus|with|(?:along|together) with|as well as|and/or|called|named|known as|such as|like"
    rf"|including) |, |/| \(|-){_THE}?(?:other )?{_WORDS}{{0,2}}"
)
_APPOSED = rf"{_ITEM}, (?:an?|the|another|one) {_WORDS}{{0,3}}{DRUG}{_BRACKET},"
_LIST = rf"(?:{_APPOSED}(?= )|{_ITEM}\)?(?:{_NEXT}{_ITEM}\)?){{0,9}}+)"
_DRUGS = rf"(?P<drugs>{_LIST})(?: [{FORM}{PUMP}])?"
_ASIDE = rf"(?:, [^,;.{DRUG}]{{1,60}},)?"

# ---- routes: a form or kind is a way with its preposition: "through a pump", "as a tablet", "for intrathecal use"

_HOLDER = FORM + BOTH + PUMP
_NOUN = (
    rf"(?:use|delivery|routes?|administration|therapy|treatment|analgesia|anesthesia|dosing|catheters?|[{FORM}{PUMP}])"
)
_KINDS = rf"[{KIND}{BOTH}](?:(?:,? (?:and|or) |, |/)[{KIND}{BOTH}]){{0,4}}"
_FORMS = (
    rf"[{_HOLDER}](?:(?:,? (?:and|or) |, |/)(?:(?:as|in|by|through|via) )?{_THE}?{_WORDS}{{0,1}}[{_HOLDER}]){{0,4}}"
)
_BY = r"(?:in|into|inside|through|via|by|from|using|as|for)"
_WAY = rf"(?:[{WAY}]|{_BY} {_THE}?{_WORDS}{{0,3}}(?:{_KINDS} {_NOUN}|{_FORMS})|{_BY} the {_KINDS} route)"
_WAYS = rf"(?P<ways>{_WAY}(?:,? (?:and|or|then|or even|and also) {_WAY}|, {_WAY}){{0,5}})"

# ---- what binds them

_PATTERNS = (
    # "ibuprofen in a pump", "fentanyl, usually into a vein"
    rf"{_DRUGS},? {_ADVERB}{{0,3}}{_WAYS}",
    # "ibuprofen, a pain reliever, can be mixed with morphine and given slowly into a vein"
    rf"{_DRUGS}{_ASIDE}(?:,? (?:that|which))? (?:{_AUX}|{_ADVERB}){{0,5}}(?:{_GIVEN}|{_GOES}) "
    rf"(?:(?:when|if|once) (?:it is |they are )?{_GIVEN} )?"
    rf"(?:(?:with|to) {_A}{_LIST} )?(?:(?:as )?{_THE}?(?:{_WORDS}|[{FORM}{PUMP}] )){{0,4}}?{_WAYS}",
    # "ibuprofen, which you take by mouth"
    rf"{_DRUGS},? (?:(?:that|which) )?{_WHO}(?:{_AUX}|{_ADVERB}){{0,4}}{_GIVES} {_WORDS}{{0,3}}{_WAYS}",
    # "they give tiny doses of ibuprofen every day by mouth"
    rf"\b{_GIVES} {_DOSES_OF}{_A}{_DRUGS} {_WORDS}{{0,4}}?{_WAYS}",
    # "ibuprofen is another choice for pumps"
    rf"(?P<drugs>{_LIST}){_ASIDE} {_MAY_BE}{_THE}?(?:one|another)? ?{_WORDS}{{0,5}}"
    rf"(?P<ways>(?:for|in) {_A}{_FORMS})",
    # "medicines for the pump are ibuprofen and morphine"
    rf"\b(?:in|into|for|through) {_A}(?P<ways>[{_HOLDER}]) (?:include|are|is|were|such as) {_A}(?P<drugs>{_LIST})",
    # "ibuprofen is a tablet"
    rf"(?P<drugs>{_LIST}){_ASIDE} (?:is|are) {_ADVERB}{{0,2}}(?:an? )?{_WORDS}{{0,3}}(?P<ways>[{FORM}{BOTH}])"
    rf"(?! {DRUG})",
    # "adding ibuprofen to the pump", "ibuprofen can be added to the pump"
    rf"\b(?:add(?:s|ed|ing)?|put(?:s|ting)?) {_A}(?P<drugs>{_LIST}) to {_A}(?P<ways>[{_HOLDER}])",
    rf"(?P<drugs>{_LIST}) {_MAY_BE}added to {_A}(?P<ways>[{_HOLDER}])",
    # "oral ibuprofen", "an epidural injection of ibuprofen"
    rf"(?P<ways>{_KINDS}) (?:{_WORDS}|[{FORM}{PUMP}] ){{0,2}}"
    rf"(?:(?:of|with|containing) {_A}(?P<drugs>{_LIST})|(?P<drug>{DRUG}))",
    # "ibuprofen tablets", "an ibuprofen rectal gel"
    rf"(?P<drug>{DRUG}){_BRACKET} {_WORDS}{{0,2}}(?P<ways>[{KIND}{BOTH}] (?=[{FORM}{PUMP}])|[{_HOLDER}])",
    # "a pump that is filled with ibuprofen", "tablets of ibuprofen"
    rf"(?P<ways>[{_HOLDER}]),? (?:(?:that|which|then|to) |{_ADVERB}|{_AUX}){{0,4}}(?:with|of|containing|contains?"
    rf"|holds?|holding|delivers?|delivering|gives?|giving|releases?|releasing|(?:re)?filled with|loaded with|supply"
    rf"|supplies|sends?|drips?|dispenses?|carr(?:y|ies)|provides?|administers?|feeds?|pumps?|{VERB}) "
    rf"{_ADVERB}{{0,2}}{_DOSES_OF}{_A}(?P<drugs>{_LIST})",
    # "in a pump, doctors may use ibuprofen"
    rf"\b(?:in|through|via|by|for) {_A}(?P<ways>[{_HOLDER}]),? (?:{_WHO}|{_ADVERB}|{_AUX}){{0,3}}{_GIVES} {_A}"
    rf"(?P<drugs>{_LIST})",
    # "given into a vein, ibuprofen …"
    rf"^(?:{_ADVERB}|when |if |{_GIVEN} ){{0,3}}{_WAYS}(?:,| goes| comes) {_A}(?P<drugs>{_LIST})",
    # "swallow your ibuprofen", "ibuprofen, a pain reliever, must be swallowed"
    rf"(?P<ways>{VERB}) {_DOSES_OF}{_A}(?P<drugs>{_LIST})",
    rf"(?P<drugs>{_LIST}){_ASIDE}(?:,? (?:that|which))? {_MAY_BE}(?P<ways>{VERB})",
)


@cache
def _patterns() -> list[re.Pattern[str]]:
    """Compiled when a text is first looked at."""
    return [re.compile(pattern) for pattern in _PATTERNS]


_ROUTE = re.compile(f"[{WAY}{KIND}{_HOLDER}{VERB}]")
_HAS_A_PURPOSE = re.compile(rf", and {DRUG} (?:for|to|if|when)\b")  # "a pump with morphine, and naproxen for flares"
# "a pump under the skin": the place of the pump.
_OF_A_DEVICE = re.compile(
    rf"(?:{PUMP}|\b(?:device|port|reservoir|implant|generator|tube|catheter|battery|lead|needle|wire|implanted)s?)"
    rf"(?: (?!{_GIVEN})[a-z]+){{0,3}} $"
)


def bound(outline: str) -> Iterator[tuple[list[int], list[int]]]:
    """Medicines that share a verb and the routes that it gives them, each by its place in the outline."""
    if "respectively" in outline:
        drugs, routes = _places(DRUG, outline), [place.start() for place in _ROUTE.finditer(outline)]
        if len(drugs) == len(routes):
            yield from (([drug], [route]) for drug, route in zip(drugs, routes, strict=True))
            return
    for pattern in _patterns():
        for match in pattern.finditer(outline):
            group = "drugs" if match.groupdict().get("drugs") else "drug"
            drugs = [match.start(group) + place for place in _places(DRUG, match[group])]
            if (
                match.end(group) == match.end()
                and len(drugs) > 1
                and _HAS_A_PURPOSE.match(outline, max(0, drugs[-1] - len(", and ")))
            ):
                drugs.pop()
            routes = [match.start("ways") + place.start() for place in _ROUTE.finditer(match["ways"])]
            routes = [
                place for place in routes if not _lies_in_a_device(outline, place) and not _has_kind(outline, place)
            ]
            if routes:
                yield drugs, routes


def _places(sign: str, words: str) -> list[int]:
    return [place for place, letter in enumerate(words) if letter == sign]


def _has_kind(outline: str, place: int) -> bool:
    """Whether the route of a form stands before it: "rectal gel"."""
    return re.match(rf"[{KIND}{BOTH}] [{FORM}{PUMP}]", outline[max(0, place - 2) : place + 1]) is not None


def _lies_in_a_device(outline: str, place: int) -> bool:
    return outline[place] == WAY and _OF_A_DEVICE.search(outline, max(0, place - 60), place) is not None
