"""Numbers in words as figures: “five hundred”, “twenty-five” and “twice” are 500, 25 and 2 times."""

from collections.abc import Iterator, Sequence

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = {word: value for value, word in enumerate(_SMALL)}
TENS = {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
TIMES = {"once": "1", "twice": "2", "thrice": "3"}
WORDS = frozenset([*ONES, *TENS, "hundred", *SCALES, *TIMES])


def in_figures(words: Sequence[str]) -> Iterator[str]:
    """The words, in small letters, with each number in figures of one form: “1,000.50” is “1000.5”."""
    place = 0
    while place < len(words):
        word = words[place]
        if word in TIMES:
            yield from (TIMES[word], "time")
            place += 1
        elif word in WORDS:
            value, place = _number(words, place)
            yield str(value)
        elif word == "a" and words[place + 1 : place + 2] in (["hundred"], ["thousand"], ["million"]):
            place += 1  # “a hundred” is “one hundred”
        else:
            yield "time" if word == "times" else _plain(word)
            place += 1


def forms(number: str) -> set[str]:
    """What a text has in any case that has a number, in figures as `in_figures` gives them: one of these."""
    whole, point, rest = number.partition(".")
    if point:
        return {f".{rest}"}
    value = int(whole)
    large = next((word for word, scale in [*reversed(SCALES.items()), ("hundred", 100)] if value >= scale), "")
    word = large or (_SMALL[value] if value < len(_SMALL) else _TENS[value // 10 - 2])
    return {number, f"{value:,}", word, *(word for word, times in TIMES.items() if times == number)}


def _plain(word: str) -> str:
    """A number in figures without what adds nothing to it; other words as they are."""
    if not word[-1:].isdecimal():
        return word
    whole, point, rest = word.replace(",", "").partition(".")
    rest = rest.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{point if rest else ''}{rest}"


def _number(words: Sequence[str], place: int) -> tuple[int, int]:
    """The number whose words begin at a place, and the place after them."""
    start, total, group, scale = place, 0, 0, 10**12
    while place < len(words):
        word = words[place]
        if word in ONES and _fits(group, ONES[word], is_first=place == start):
            group += ONES[word]
        elif word in TENS and group % 100 == 0:
            group += TENS[word]
        elif word == "hundred" and group < 10 and (group or place == start):
            group = (group or 1) * 100
        elif word in SCALES and SCALES[word] < scale and (group or place == start):
            scale = SCALES[word]
            total, group = total + (group or 1) * scale, 0
        elif not (word == "and" and words[place - 1] in ("hundred", "thousand") and _goes_on(words, place + 1)):
            break
        place += 1
    return total + group, place


def _fits(group: int, value: int, *, is_first: bool) -> bool:
    """Whether a number below twenty can follow: “twenty five” and “hundred five” can, “five six” is two numbers."""
    if value == 0:
        return is_first
    return group % 100 == 0 or (value < 10 and group % 100 >= 20 and group % 10 == 0)


def _goes_on(words: Sequence[str], place: int) -> bool:
    return place < len(words) and (words[place] in TENS or ONES.get(words[place], 0) > 0)
