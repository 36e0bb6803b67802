"""Marks in the text follow the references they point at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext import text
from articles.richtext.citing import renumbered


@pytest.mark.parametrize(
    ("html", "moved", "expected"),
    [
        ("<p>One.[1] Two.[2]</p>", {1: 2, 2: 1}, "<p>One.[2] Two.[1]</p>"),
        ("<p>All.[1-3]</p>", {1: 3, 2: 1, 3: 2}, "<p>All.[1-3]</p>"),
        ("<p>Gone.[2] Both.[1, 2]</p>", {1: 1, 2: None}, "<p>Gone. Both.[1]</p>"),
        ("<p>Not touched.[1,  2]</p>", {1: 1, 2: 2, 3: None}, "<p>Not touched.[1,  2]</p>"),
        ("<p>There is none.[9]</p>", {1: 2, 2: 1}, "<p>There is none.[9]</p>"),
        ('<h2>Year [1]</h2><p><a href="/x" title="a > [1]">A [1]</a>.[1]</p>', {1: 2, 2: 1}, None),
    ],
)
def test_a_number_follows_its_reference(html, moved, expected):
    expected = expected or '<h2>Year [1]</h2><p><a href="/x" title="a > [1]">A [1]</a>.[2]</p>'
    assert renumbered(html, lambda number: moved.get(number, number)) == expected


MARKS = st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=5), max_size=6)


@given(MARKS, st.permutations(range(1, 9)), st.sets(st.integers(1, 8)))
def test_every_mark_points_at_the_same_references_before_and_after(marks, order, gone):
    kept = [number for number in order if number not in gone]
    moved = {number: kept.index(number) + 1 if number in kept else None for number in range(1, 9)}
    html = "".join(f"<p>Said.{list(cited)} </p>" for cited in marks)
    after = [
        text.Text(f"{part}</p>").plain
        for part in renumbered(html, lambda number: moved.get(number, number)).split("</p>")[:-1]
    ]
    for cited, words in zip(marks, after, strict=True):
        named = [text.numbers(mark[1]) for mark in text.CITATION.finditer(words)]
        assert [{kept[number - 1] for number in numbers} for numbers in named] == [set(cited) - gone] * bool(
            set(cited) - gone
        )
