"""How drawings are made in the house's style: panels of flat shapes, each with labels on leader lines.

Colors are class names that follow the page by day and by night (`static/articles/drawing.css`); amber (`cath`, `drop`)
marks what matters. A panel is at most 400 units wide, so that its words can be read on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

LINE = 18  # units from one line of words to the next
WIDE = 8.6  # units that a letter of a label takes, on a phone


@dataclass(frozen=True)
class Figure:
    """A drawing with its title and its description in words."""

    title: str
    svg: str
    words: str


def panel(label: str, *parts: str, width: int = 400, height: int = 400) -> str:
    """One part of a drawing; `label` is its name for those who can't see it."""
    inside = "".join(parts)
    return f'<svg class="dg" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">{inside}</svg>'


def path(style: str, d: str, width: float = 0, extra: str = "") -> str:
    stroke = f' stroke-width="{width:g}"' if width else ""
    return f'<path class="{style}" d="{d}"{stroke}{extra}/>'


def circle(style: str, x: float, y: float, r: float, width: float = 0) -> str:
    stroke = f' stroke-width="{width:g}"' if width else ""
    return f'<circle class="{style}" cx="{x:g}" cy="{y:g}" r="{r:g}"{stroke}/>'


def rect(style: str, x: float, y: float, width: float, height: float, round: float = 0) -> str:
    corners = f' rx="{round:g}"' if round else ""
    painted = f' class="{style}"' if style else ""
    return f'<rect{painted} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corners}/>'


def group(transform: str, *parts: str) -> str:
    return f'<g transform="{transform}">{"".join(parts)}</g>'


def clipped(name: str, x: float, y: float, width: float, height: float, *parts: str) -> str:
    """Parts of which only what lies in a rounded frame is seen."""
    frame = f'<clipPath id="{name}">{rect("", x, y, width, height, 10)}</clipPath>'
    return f'{frame}<g clip-path="url(#{name})">{"".join(parts)}</g>'


def words(x: float, y: float, first: str, *below: str, anchor: str = "start") -> str:
    """A label: its first line is bold."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    lines = [f'<text class="b" x="{x:g}" y="{y:g}"{where}>{escape(first)}</text>'] if first else []
    for number, line in enumerate(below, start=1 if first else 0):
        lines.append(f'<text class="sub" x="{x:g}" y="{y + number * LINE:g}"{where}>{escape(line)}</text>')
    return "".join(lines)


def label(x: float, y: float, to: tuple[float, float], first: str, *below: str, side: str = "right") -> str:
    """Words with a line to a dot: from their left, where they stand on the right `side`, or from their end."""
    begins = x - 4 if side == "right" else x + WIDE * len(first) + 14
    line = f'<path class="lead" d="M{begins:g} {y - 5:g}L{to[0]:g} {to[1]:g}"/>'
    return words(x, y, first, *below) + line + circle("dot", *to, 2.5)


def column(bones: Iterable[tuple[float, float, float]]) -> str:
    """A spine from the side: bodies with what sticks out behind, each at a place and turned."""
    body = rect("bone", -13, -11, 25, 21, 5) + path("bone", "M26-2L41 6L39 11L24 4z")
    return "".join(group(f"translate({x:g} {y:g}) rotate({turn:g})", body) for x, y, turn in bones)


SPINE = (
    *((203, 6, -20), (213, 34, -16), (219, 62, -9), (222, 90, -3), (222, 118, 4), (218, 146, 10)),
    *((212, 174, 12), (206, 202, 8), (204, 230, -2), (208, 258, -14), (218, 285, -24), (231, 310, -27)),
)
TORSO = (  # from the side, front to the left
    "M120-10C100 60 70 92 68 150C66 190 82 212 79 250C76 300 100 340 112 430L270 430C276 386 302 346 295 312C288 282 "
    "262 267 260 237C259 192 285 152 278 96C274 50 252 30 242-10Z"
)
CANAL = "M222-10C236 24 244 70 243 100C243 150 228 186 226 226C226 250 232 270 242 296"
CORD = "M222-10C236 24 244 70 243 100C243 140 232 168 228 200"
HEAD = (  # from the side, looking to the left
    "M150 300C156 262 150 246 122 244C92 244 84 238 84 214C84 204 66 202 64 194C62 184 82 168 82 150C80 84 130 40 "
    "196 40C270 40 318 92 316 160C314 216 284 232 282 262C281 280 284 292 288 300Z"
)


def spine_enlarged(title: str, inside: str, *labels: str) -> str:
    """A panel, front to the left: bodies of the vertebrae, the fluid with the cord in its membrane, the bone behind."""
    front = "".join(
        rect("bone", 22, y, 54, 60, 7) + rect("flesh", 26, y + 61, 46, 12, 4) for y in (18, 92, 166, 240, 314)
    )
    behind = "".join(
        path("bone", f"M192 {y}h22c10 3 22 12 26 24v16c-10 4-22-2-28-8l-20-6z") for y in (30, 104, 178, 252, 326)
    )
    cord = path("cord", "M106 0h28v208c0 34-8 52-14 66c-6-14-14-32-14-66z")
    roots = path(
        "cordline",
        "M113 250C110 300 106 340 104 400M120 272C120 320 118 350 117 400M127 250C130 300 132 340 133 400",
        2,
    )
    fluid = path("fluid", "M90 0h84v400H90z") + path("dura", "M90 0v400M174 0v400", 3)
    spine = path("skin", "M0 0h260v400H0z") + front + fluid + cord + roots + behind
    ends = words(4, 396, "", "Front"), words(256, 396, "", "Back", anchor="end")
    return panel(title, clipped("b", 4, 6, 252, 372, spine + inside), *labels, *ends)
