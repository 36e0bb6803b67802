"""Whether a sentence states a figure that somebody must have measured: a share of people, a dose, how many times as
often. Numbers that only order, date, time or name something ("section 12", "in 2015", "twice a day") are none.
"""

import re

_DIGITS = r"(?<![\w.,])\d[\d.,]{0,11}"
_WORDS = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|a hundred|(?:a |one )?thousand)"
)
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_TO = r"(?:\s?(?:to|or|and|[-–])\s?)"
_PEOPLE = (
    r"(?:people|patients?|adults?|adolescents|children|teenagers|women|men|users|participants|volunteers|persons|americans|cases"
    r"|deaths|trials|studies|those|them|us|everyone|everybody)"
)
_OF_PEOPLE = rf"(?:all |the |these |those |its |their |our |older |younger |adult |such |treated ){{0,2}}{_PEOPLE}\b"
_PARTS = r"(?:half|(?:one|a)[- ]third|two[- ]thirds|(?:one|a)[- ]quarter|three[- ]quarters|(?:one|a)[- ]fifth)"
_UNITS = (
    r"(?:mg|milligrams?|mcg|[µμ]g|micrograms?|g|grams?|ml|milliliters?|iu|(?:international )?units?|mmol|meq"
    r"|morphine milligram equivalents|mme)(?:/(?:kg|day|d|h|ml))?\b"
)
_TIMES = rf"(?:twice|{_NUMBER}{_TO}?{_NUMBER}? times)"

# All begin with a word or a number. Said once in front, with the letters that these begin with, most places of a text
# are passed over at once: that makes it three times as fast.
_FIGURES = re.compile(
    r"(?<!\w)(?=[\dadefhinopqrst])(?:"
    + "|".join(
        (
            rf"{_NUMBER}\s?(?:%|percent\b|per cent\b|percentage points?\b)",
            # one in four, 9 of 10, three out of ten, per 1,000
            rf"{_NUMBER} (?:(?:person|{_PEOPLE}) )?(?:in|out of|(?:of|in|for|from) every|in each)(?: about)? (?:a )?"
            rf"(?!(?:18|19|20)\d\d\b)(?:{_NUMBER}|hundred|thousand)\b"
            r"(?! (?:ways?|weeks?|days?|hours?|months?|minutes?|years?)\b)",
            r"(?<![\w.,])\d{1,7} of (?:the )?\d[\d,]{0,9}\b|\bper (?:\d[\d,]{3,9}|hundred|thousand)\b",
            rf"\b(?:for|in|of) (?:about )?(?:every|each) {_NUMBER} (?:{_PEOPLE}\b|treated\b)",
            # shares of people
            rf"\b{_PARTS} (?:of )?{_OF_PEOPLE}",
            rf"{_NUMBER}{_TO}{_NUMBER}(?: more| fewer)? {_PEOPLE}\b|{_DIGITS} {_OF_PEOPLE}",
            rf"{_NUMBER}(?:\s(?:to|or|–)\s{_NUMBER})? (?:million|billion)\b",
            # how well and how badly
            r"\bnn[th]\b|\bnumbers? needed to (?:treat|harm)\b|\b(?:odds|hazard|risk|rate) ratio\b"
            r"|\brelative risk of\b|\bp\s?[<=]\s?0?\.\d",
            rf"\b{_TIMES} (?:as|more|less|higher|lower|the|that of|greater)\b|{_NUMBER}[- ]?fold\b",
            r"\b(?:doubl|tripl|halv|quadrupl)(?:es?|ed|ing) (?:the|your|their|his|her|its|a) "
            r"(?:\w+ ){0,2}(?:risks?|odds|chances?|rates?|likelihood|numbers?|pain)\b",
            r"\b(?:half|a third|two[- ]thirds|a quarter) (?:of )?(?:their|the|its|your|as) "
            r"(?:\w+ ){0,2}(?:pain|attacks|headaches|risk|effect|relief|much|many|cases|time|days)\b",
            rf"{_DIGITS}{_TO}?(?:\d[\d.]{{0,4}})? points?\b",
            # doses
            rf"{_NUMBER}[\s-]?{_UNITS}",
        )
    )
    + ")",
    re.IGNORECASE,
)


def states_figure(sentence: str) -> bool:
    """Whether the sentence states such a figure. A question states none."""
    return not sentence.rstrip(' "”’)').endswith("?") and _FIGURES.search(sentence) is not None
