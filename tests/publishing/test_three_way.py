"""Two lists made from a third: nothing that one side added is lost, and nobody's order decides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.publishing.three_way import Clash, merge
from tests.properties import examples

ITEMS = st.lists(st.sampled_from("abcdefgh"), max_size=8)
UNLIKE = st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True).map(sorted)  # nothing was moved


def all_of(merged):
    """Every item of a merge, with those on both sides of a clash."""
    return [item for each in merged for item in ((*each.mine, *each.theirs) if isinstance(each, Clash) else (each,))]


@settings(max_examples=examples(300))
@given(base=ITEMS, mine=ITEMS, theirs=ITEMS)
def test_nothing_is_lost_that_one_side_added(base, mine, theirs):
    assert {*mine, *theirs} - {*base} <= {*all_of(merge(base, mine, theirs))}


@settings(max_examples=examples(300))
@given(base=ITEMS, mine=ITEMS, theirs=ITEMS)
def test_whose_side_it_is_makes_no_difference(base, mine, theirs):
    swapped = [
        Clash(each.base, each.theirs, each.mine) if isinstance(each, Clash) else each
        for each in merge(base, theirs, mine)
    ]
    assert merge(base, mine, theirs) == swapped


@settings(max_examples=examples(300))
@given(base=ITEMS, changed=ITEMS)
def test_what_one_side_alone_changed_is_what_it_made_of_it(base, changed):
    assert merge(base, changed, base) == merge(base, base, changed) == merge(base, changed, changed) == changed


@settings(max_examples=examples(300))
@given(base=UNLIKE, mine=UNLIKE, theirs=UNLIKE)
def test_a_merge_that_is_sent_again_adds_nothing_twice(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if not any(isinstance(each, Clash) for each in merged):
        again = [each for each in merge(base, mine, merged) if not isinstance(each, Clash)]
        assert sorted({*again}) == sorted(again)


def test_ten_thousand_items_that_are_all_the_same_lose_nothing_and_take_no_time_by_the_square():
    base = ["a"] * 10_000
    merged = all_of(merge(base, [*base[:5000], "x", *base[5000:]], [*base[:3000], "y", *base[3000:]]))
    assert {"a", "x", "y"} == {*merged}
    assert merged.count("a") >= 10_000


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("Xabc", "abcY", [*"XabcY"]),
        ("aXbc", "abYc", [*"aXbYc"]),
        ("Xbc", "aYc", [*"XYc"]),  # neighbors
        ("aXbc", "Ybc", [*"YXbc"]),  # a new item at the edge of one that was changed
        ("bc", "abcY", [*"bcY"]),
        ("aXbc", "aXbc", [*"aXbc"]),
        ("aXbc", "aXYbc", [*"aXYbc"]),
        ("aXbc", "aXYc", [*"aXYc"]),  # the same addition, once
        ("aXbc", "aYbc", ["a", Clash((), ("X",), ("Y",)), "b", "c"]),
        ("aXc", "aYc", ["a", Clash(("b",), ("X",), ("Y",)), "c"]),
        ("ac", "aYc", ["a", Clash(("b",), (), ("Y",)), "c"]),
        ("aXZc", "aXYc", ["a", "X", Clash(("b",), ("Z",), ("Y",)), "c"]),
    ],
)
def test_what_does_not_overlap_is_merged_and_what_does_is_left_to_decide(mine, theirs, merged):
    assert merge("abc", mine, theirs) == merged
