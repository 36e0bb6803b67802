"""The card that travels with an article’s address: 1200 x 630 pixels with its title, kind, reviewer and house."""

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zlib import crc32

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
RECIPE = "1"  # raised when the same card is to be drawn anew
FONTS = Path(__file__).parent.parent / "static/articles/fonts"
INK, SOFT, GREEN, SHEET, AMBER = "#14201e", "#3f4c49", "#0c4a40", "#fffdf9", "#e0922f"
GROUNDS = (("#f3e8d6", "#dcc9a8"), ("#e0e8ec", "#b6cbd4"), ("#f1e0d5", "#dcbfae"), ("#dfe9e1", "#b4cdbf"))
LEFT, WIDE, PLATE = 64, 604, 700  # where words begin, how wide they may be, where the plate begins
MOST_LINES = 5
# Which letters the fonts of the house have (`pain_site/fonts.sh`); a card with others would show boxes.
_HELD = re.compile("[ -~\u00a0-\u00ff\u0131\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2009-\u203a\u20ac\u2122\u2212]*")
_PULSE = ((-95, 10), (-48, 10), (-22, -55), (18, 65), (46, -15), (58, 10), (95, 10))


@dataclass(frozen=True)
class Card:
    """What a card says; `kind` is the section and the topic, `reviewer` who signed, or nobody."""

    house: str
    kind: str
    title: str
    reviewer: str = ""

    @property
    def digest(self) -> str:
        return sha256(repr((RECIPE, *astuple(self))).encode()).hexdigest()[:24]

    @property
    def words(self) -> str:
        """What it says, for people who can't see it."""
        return ". ".join(filter(None, (self.title, self.kind, self.reviewer, self.house)))

    @property
    def can_be_drawn(self) -> bool:
        return bool(_HELD.fullmatch(self.words))


def draw(card: Card) -> bytes:
    """The card as PNG: some 60 milliseconds of CPU, and memory for one picture of its own size."""
    image = Image.new("RGB", SIZE, SHEET)
    image.paste(_plate(card.kind), (PLATE, 0))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 15, SIZE[1]), fill=GREEN)
    pen.text((LEFT, 92), _cut(card.kind, _font("sans", 28, 600)), font=_font("sans", 28, 600), fill=GREEN, anchor="ls")
    size, lines = _title(card.title)
    for number, line in enumerate(lines):
        place = (LEFT, 180 + number * round(size * 1.14))
        pen.text(place, line, font=_font("serif", size, 600), fill=INK, anchor="ls")
    reviewer = _cut(card.reviewer, _font("sans", 27, 400))
    pen.text((LEFT, 528), reviewer, font=_font("sans", 27, 400), fill=SOFT, anchor="ls")
    pen.text((LEFT, 576), card.house, font=_font("serif", 30, 600), fill=INK, anchor="ls")
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"{name}.woff2", size)
    font.set_variation_by_axes([weight])
    return font


def _title(title: str) -> tuple[int, list[str]]:
    """The size at which it fits, and its lines; one that is too long at the smallest size is cut."""
    for size in (58, 50, 44):
        lines = list(_lines(title, _font("serif", size, 600)))
        if len(lines) <= MOST_LINES:
            return size, lines
    kept = lines[: MOST_LINES - 1]
    return size, [*kept, _cut(" ".join(lines[MOST_LINES - 1 :]), _font("serif", size, 600))]


def _lines(words: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDE:
            yield _cut(line, font)
            longer = word
        line = longer
    yield _cut(line, font)


def _cut(words: str, font: ImageFont.FreeTypeFont) -> str:
    """As much as fits in one line."""
    if font.getlength(words) <= WIDE:
        return words
    while words and font.getlength(f"{words}…") > WIDE:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _plate(kind: str) -> Image.Image:
    """The mark of the house on one of four grounds; drawn twice as large, so that its edges are smooth."""
    ground, figure = GROUNDS[crc32(kind.encode()) % len(GROUNDS)]
    plate = Image.new("RGB", (1000, 1260), ground)
    pen = ImageDraw.Draw(plate)
    for radius in (720, 580, 440):
        pen.circle((500, 630), radius, outline=figure, width=6)
    pen.circle((500, 630), 300, fill=GREEN)
    points = [(500 + 2.7 * x, 630 + 2.7 * y) for x, y in _PULSE]
    pen.line(points, fill=SHEET, width=30, joint="curve")
    pen.circle(points[0], 15, fill=SHEET)
    pen.circle(points[-1], 40, fill=AMBER)
    return plate.resize((500, 630), Image.Resampling.BOX)
