"""The demonstration’s labeled drawings can be read on a phone: no words collide or leave their panel."""

import gzip
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from PIL import ImageFont

from articles.demonstration.drawings import DRAWN
from articles.images.share_card import FONTS
from articles.richtext.drawings import taken_in
from articles.richtext.policy import DRAWING_CLASSES

SHEET = (FONTS.parent / "drawing.css").read_text()
ON_A_PHONE = {"b": 18.5, "sub": 16.5}  # units, as `drawing.css` has them in a narrow frame
NARROWEST = 324  # pixels that a panel has at 390


@pytest.fixture(scope="module", params=sorted(DRAWN))
def figure(request):
    return DRAWN[request.param].figure()


def panels(figure):
    return ElementTree.fromstring(f"<x>{taken_in(figure.svg)}</x>")


def box(text):
    """Left, top, right and bottom of a line of words, in units of its panel."""
    size = ON_A_PHONE[text.get("class")]
    font = ImageFont.truetype(FONTS / "sans.woff2", 100)
    font.set_variation_by_axes([600 if text.get("class") == "b" else 400])
    wide, x, y = font.getlength(text.text) * size / 100, float(text.get("x")), float(text.get("y"))
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
    return left, y - size * 0.72, left + wide, y + size * 0.1


def test_no_words_of_a_drawing_collide_or_leave_their_panel(figure):
    for panel in panels(figure):
        _left, _top, width, height = map(float, panel.get("viewBox").split())
        boxes = [(text.text, box(text)) for text in panel.iter("text")]
        outside = [words for words, (x, y, right, end) in boxes if min(x, y) < 0 or right > width or end > height]
        assert outside == []
        touching = [
            (one, other)
            for (one, a), (other, b) in combinations(boxes, 2)
            if min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
        ]
        assert touching == []


def test_its_smallest_words_are_large_enough_on_a_phone(figure):
    for panel in panels(figure):
        assert ON_A_PHONE["sub"] * NARROWEST / float(panel.get("viewBox").split()[2]) >= 13.35


def test_a_drawing_weighs_little_and_nothing_of_it_is_lost_when_it_is_taken_in(figure):
    kept = taken_in(figure.svg)
    assert len(gzip.compress(kept.encode())) <= 2200
    for tag in ("path", "rect", "circle", "text", "g"):
        assert len(re.findall(rf"<{tag}\b", kept)) == len(re.findall(rf"<{tag}\b", figure.svg))
    assert set(" ".join(re.findall(r'class="([^"]*)"', figure.svg)).split()) <= DRAWING_CLASSES


def test_a_drawing_is_described_and_each_of_its_parts_has_a_name(figure):
    assert len(figure.words.split()) >= 60
    assert len(panels(figure)) == len(re.findall(r'role="img" aria-label="[^"]{20,}"', figure.svg))


def test_every_color_of_a_drawing_has_one_for_the_night():
    for name in DRAWING_CLASSES - {"dg", "b", "sub", "n", "ground", "lead", "dot", "lens"}:
        assert re.search(rf"\.dg \.{name} \{{[^}}]*light-dark\(", SHEET), name
    assert f".dg text {{ font-size: {ON_A_PHONE['b']}px; }}" in SHEET
    assert f".dg .sub {{ font-size: {ON_A_PHONE['sub']}px; }}" in SHEET
