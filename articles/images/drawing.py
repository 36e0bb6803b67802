"""Abstract pictures by numbers, one idea each (nerve, pressure, weather, rest), for the demonstration; no two alike."""

import math
import random
from collections.abc import Callable, Iterable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

Color = tuple[int, int, int]
SCALE = 2  # drawn so much larger and reduced, which smooths every edge

GROUNDS: dict[str, tuple[Color, Color, Color]] = {  # ground, line, light
    "pine": ((17, 52, 49), (92, 160, 146), (240, 214, 160)),
    "night": ((22, 37, 58), (112, 150, 186), (244, 196, 140)),
    "paper": ((243, 238, 226), (44, 98, 92), (201, 120, 40)),
    "dusk": ((58, 38, 50), (186, 128, 128), (247, 208, 150)),
    "sea": ((20, 60, 74), (110, 178, 190), (244, 232, 196)),
    "moss": ((46, 56, 36), (150, 168, 108), (240, 222, 158)),
}


class Sheet:
    """A drawing surface in the unit of the finished picture, with its palette and its own random numbers."""

    def __init__(self, seed: int, width: int, height: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  a picture, not a secret
        self.ground, self.line, self.light = GROUNDS[sorted(GROUNDS)[seed % len(GROUNDS)]]
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), self.ground)
        self.pen = ImageDraw.Draw(self.image)

    def curve(self, points: Iterable[tuple[float, float]], color: Color, thickness: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=color, width=max(1, round(thickness * SCALE)), joint="curve")

    def disc(self, x: float, y: float, radius: float, color: Color) -> None:
        self.pen.ellipse([(v * SCALE) for v in (x - radius, y - radius, x + radius, y + radius)], fill=color)

    def ring(self, x: float, y: float, radius: float, color: Color, thickness: float) -> None:
        box = [(v * SCALE) for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(box, outline=color, width=max(1, round(thickness * SCALE)))

    def glow(self, x: float, y: float, radius: float, strength: float) -> None:
        """A soft light on what is drawn so far, made small and enlarged because blurring is dear."""
        small = Image.new("L", (self.width // 8, self.height // 8), 0)
        box = [v / 8 for v in (x - radius, y - radius, x + radius, y + radius)]
        ImageDraw.Draw(small).ellipse(box, fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(radius / 16)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, self.light), mask=mask)
        self.pen = ImageDraw.Draw(self.image)

    def between(self, share: float, color: Color | None = None) -> Color:
        """A color between the ground (0) and the line's, or another's (1)."""
        target = color or self.line
        return tuple(round(a + (b - a) * share) for a, b in zip(self.ground, target, strict=True))  # type: ignore[return-value]


def _channel(sheet: Sheet) -> None:
    """Layered lines that part around one bright vertical channel."""
    middle = sheet.width * sheet.random.uniform(0.56, 0.66)
    sheet.glow(middle, sheet.height / 2, sheet.height * 0.5, 0.35)
    for row in range(-6, 62):
        level = row * sheet.height / 54
        points = []
        for x in range(0, sheet.width + 1, 10):
            near = math.exp(-(((x - middle) / 210) ** 2))
            bend = near * 150 * math.sin((level / sheet.height - 0.5) * 3.1)
            points.append((x, level + bend + 14 * math.sin(x / 260 + row / 5)))
        sheet.curve(points, sheet.between(0.25 + 0.5 * abs(math.sin(row / 7))), 1.6)
    for offset, thickness in ((-9, 2.0), (0, 6.0), (9, 2.0)):
        drop = [(middle + offset + 12 * math.sin(y / 120), y) for y in range(0, sheet.height + 1, 10)]
        sheet.curve(drop, sheet.between(0.95, sheet.light), thickness)


def _nerve(sheet: Sheet) -> None:
    """A branching fibre whose signal brightens on its way."""

    def branch(x: float, y: float, angle: float, length: float, thickness: float) -> None:
        if thickness < 0.9 or length < 24:
            sheet.disc(x, y, 4.2, sheet.between(0.9, sheet.light))
            return
        points = [(x, y)]
        for _step in range(9):
            angle += sheet.random.uniform(-0.13, 0.13)
            x, y = x + math.cos(angle) * length / 9, y + math.sin(angle) * length / 9
            points.append((x, y))
        sheet.curve(points, sheet.between(min(1.0, 0.35 + 0.09 * thickness)), thickness)
        for turn in (sheet.random.uniform(-0.65, -0.2), sheet.random.uniform(0.2, 0.65)):
            branch(x, y, angle + turn, length * sheet.random.uniform(0.7, 0.86), thickness * 0.68)

    sheet.glow(sheet.width * 0.72, sheet.height * 0.45, sheet.height * 0.42, 0.22)
    for start in (0.3, 0.55, 0.78):
        branch(-20, sheet.height * start, sheet.random.uniform(-0.18, 0.12), sheet.width * 0.27, 11)


def _weather(sheet: Sheet) -> None:
    """Isobars around two centers of pressure."""
    centers = [
        (sheet.width * sheet.random.uniform(0.2, 0.35), sheet.height * 0.62, 1.0),
        (sheet.width * sheet.random.uniform(0.66, 0.8), sheet.height * 0.4, 1.25),
    ]
    for x, y, size in centers:
        sheet.glow(x, y, 130 * size, 0.3)
        for number in range(1, 24):
            points = []
            for step in range(181):
                turn = step * math.pi / 90
                wave = 1 + 0.13 * math.sin(3 * turn + number / 4) + 0.06 * math.sin(5 * turn - number / 3)
                radius = size * (18 + number * 25) * wave
                points.append((x + radius * 1.25 * math.cos(turn), y + radius * 0.82 * math.sin(turn)))
            sheet.curve(points, sheet.between(max(0.12, 0.8 - number * 0.03)), 1.7)
        sheet.disc(x, y, 9, sheet.between(1, sheet.light))


def _tide(sheet: Sheet) -> None:
    """Slow waves that grow calmer toward the horizon, and a low light."""
    sheet.glow(sheet.width * 0.68, sheet.height * 0.3, 170, 0.75)
    sheet.disc(sheet.width * 0.68, sheet.height * 0.3, 74, sheet.between(0.96, sheet.light))
    for row in range(30):
        share = row / 29
        level = sheet.height * (0.42 + 0.62 * share**1.25)
        height, phase = 3 + 30 * share, sheet.random.uniform(0, 6.3)
        crest = [
            (x, level + height * math.sin(x / (90 + 190 * share) + phase) * math.sin(x / 530 + row))
            for x in range(0, sheet.width + 1, 10)
        ]
        body = [*crest, (sheet.width, sheet.height), (0, sheet.height)]
        sheet.pen.polygon([(x * SCALE, y * SCALE) for x, y in body], fill=sheet.between(0.06 + 0.22 * share))
        sheet.curve(crest, sheet.between(0.3 + 0.5 * share), 1.3 + share)


def _pulses(sheet: Sheet) -> None:
    """Even pulses, row over row; one row carries the light."""
    bright = sheet.random.randint(4, 7)
    for row in range(12):
        level, period = sheet.height * (row + 0.75) / 12.4, 150 + 8 * row
        shift, points = sheet.random.uniform(0, period), []
        for x in range(0, sheet.width + 1, 5):
            place = ((x + shift) % period) / period
            beat = math.exp(-(((place - 0.42) / 0.035) ** 2)) - 0.45 * math.exp(-(((place - 0.52) / 0.045) ** 2))
            points.append((x, level - 36 * beat))
        color = sheet.between(0.95, sheet.light) if row == bright else sheet.between(0.28 + 0.03 * row)
        sheet.curve(points, color, 4 if row == bright else 1.8)


def _ripples(sheet: Sheet) -> None:
    """Rings that spread from one touch and meet those of another."""
    touches = (
        (sheet.width * sheet.random.uniform(0.22, 0.42), sheet.height * sheet.random.uniform(0.4, 0.66), 30),
        (sheet.width * sheet.random.uniform(0.66, 0.84), sheet.height * sheet.random.uniform(0.24, 0.6), 17),
    )
    for x, y, reach in touches:
        sheet.glow(x, y, 110, 0.35)
        for number in range(1, reach):
            sheet.ring(x, y, 13 * number + number**1.45, sheet.between(max(0.1, 0.9 - number / reach)), 1.6)
        sheet.disc(x, y, 10, sheet.between(1, sheet.light))


def _steps(sheet: Sheet) -> None:
    """Low steps that rise a little each time, and rest between."""
    count = 9
    sheet.glow(sheet.width * 0.86, sheet.height * 0.22, 190, 0.6)
    for layer in range(4):
        base = sheet.height * (0.66 + 0.11 * layer)
        points: list[tuple[float, float]] = []
        for number in range(count + 1):
            x, y = sheet.width * number / count, base - number * (34 - 7 * layer)
            points += [(x - sheet.width / count * 0.35, y), (x + sheet.width / count * 0.35, y)]
        body = [*points, (sheet.width, sheet.height), (0, sheet.height)]
        sheet.pen.polygon([(x * SCALE, y * SCALE) for x, y in body], fill=sheet.between(0.1 + 0.14 * layer))
        sheet.curve(points, sheet.between(0.4 + 0.16 * layer), 2.4)
    sheet.disc(sheet.width * 0.86, sheet.height * 0.22, 46, sheet.between(0.96, sheet.light))


def _weave(sheet: Sheet) -> None:
    """Strands that cross and hold one another; one of them lit."""
    lit = sheet.random.randint(5, 9)
    for strand in range(16):
        phase, wide = strand * 0.55, 70 + 9 * (strand % 5)
        points = [
            (x, sheet.height * (strand + 0.5) / 16 + wide * math.sin(x / 230 + phase) * math.cos(x / 610 - phase / 2))
            for x in range(-20, sheet.width + 21, 10)
        ]
        sheet.curve(points, sheet.ground, 15)
        color = sheet.between(0.95, sheet.light) if strand == lit else sheet.between(0.3 + 0.035 * strand)
        sheet.curve(points, color, 6.5 if strand == lit else 4.2)


def _joint(sheet: Sheet) -> None:
    """Two rounded forms with a thin bright space between them."""
    y = sheet.height * 0.5
    for side in (-1, 1):
        center = y + side * 360
        for number in range(22, 0, -1):
            radius = 330 * number / 22
            sheet.ring(sheet.width * 0.55, center, radius, sheet.between(0.2 + 0.5 * (1 - number / 24)), 2)
    sheet.glow(sheet.width * 0.55, y, 120, 0.5)
    gap = [(x, y + 10 * math.sin(x / 140)) for x in range(0, sheet.width + 1, 10)]
    sheet.curve(gap, sheet.between(0.95, sheet.light), 4)


KINDS: dict[str, Callable[[Sheet], None]] = {
    "channel": _channel,
    "nerve": _nerve,
    "weather": _weather,
    "tide": _tide,
    "pulses": _pulses,
    "ripples": _ripples,
    "steps": _steps,
    "weave": _weave,
    "joint": _joint,
}


def draw(kind: str, *, seed: int, width: int = 1600, height: int = 900) -> bytes:
    """A picture of one of KINDS as PNG; the same kind, seed and size in pixels give the same bytes."""
    sheet = Sheet(seed, width, height)
    KINDS[kind](sheet)
    out = BytesIO()
    sheet.image.resize((width, height), Image.Resampling.BOX).save(out, "PNG", compress_level=1)
    return out.getvalue()
