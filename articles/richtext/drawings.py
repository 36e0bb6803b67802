"""A labeled drawing as it comes in: SVG of one to three parts that stand side by side, bounded and cleaned."""

import re
from hashlib import sha256
from xml.etree import ElementTree

from articles.refusal import Refused
from articles.richtext.sanitizer import clean_drawing

LARGEST = 40_000  # bytes
MOST_ELEMENTS = 1_000
DEEPEST = 20  # elements within each other
MOST_PARTS = 3
SVG = "{http://www.w3.org/2000/svg}svg"
_PROLOG = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*>|<!--.*?-->", re.DOTALL)
_VIEW_BOX = re.compile(r"-?[\d.]+(?:[\s,]+-?[\d.]+){3}")


class DrawingRefused(Refused):
    """A file that cannot be shown as a drawing."""


def taken_in(svg: str) -> str:
    """The drawing as it is kept; taken in again, it stays the same. Raises DrawingRefused with one sentence."""
    if len(svg.encode()) > LARGEST:
        raise DrawingRefused(f"The drawing is larger than {LARGEST // 1000} KB. Simplify its paths and save it again.")
    bare = _PROLOG.sub("", svg).strip()
    _refuse_what_is_no_drawing(bare)
    whole = clean_drawing(bare)
    if not re.search(r"<(path|rect|circle|ellipse|line|polyline|polygon|text)\b", whole):
        raise DrawingRefused("Nothing of this drawing can be shown: it has no shapes and no words of its own.")
    return clean_drawing(bare, prefix=f"d{_digest(bare)}-")


def _digest(svg: str) -> str:
    """The same for a drawing and for what was kept of it: ids may have been prefixed since."""
    named = re.sub(r"\bd[0-9a-f]{8}-", "", clean_drawing(svg))
    return sha256(named.encode()).hexdigest()[:8]


def _refuse_what_is_no_drawing(svg: str) -> None:
    if "<!ENTITY" in svg or "<!DOCTYPE" in svg:
        raise DrawingRefused("The drawing declares entities, which can’t be shown. Save it as plain SVG.")
    try:
        parts = list(ElementTree.fromstring(f"<x>{svg}</x>"))  # noqa: S314  bounded, and without entities
    except ElementTree.ParseError as problem:
        raise DrawingRefused("This isn’t an SVG drawing: it can’t be read as XML.") from problem
    if not parts or any(part.tag not in (SVG, "svg") for part in parts):
        raise DrawingRefused("This isn’t an SVG drawing: it must begin with <svg> and end with </svg>.")
    if len(parts) > MOST_PARTS:
        raise DrawingRefused(f"A drawing has at most {MOST_PARTS} parts beside each other.")
    if not all(_VIEW_BOX.fullmatch(part.get("viewBox", "").strip()) for part in parts):
        raise DrawingRefused("The drawing has no viewBox, so it can’t fit a phone. Save it with one.")
    if sum(1 for part in parts for _element in part.iter()) > MOST_ELEMENTS:
        raise DrawingRefused(f"The drawing has more than {MOST_ELEMENTS} shapes. Simplify it.")
    if any(_is_deep(part, DEEPEST) for part in parts):
        raise DrawingRefused(f"The drawing’s groups are more than {DEEPEST} deep. Ungroup them.")


def _is_deep(element: ElementTree.Element, left: int) -> bool:
    """Whether it has more levels than are left; ends there."""
    return left == 0 or any(_is_deep(child, left - 1) for child in element)
