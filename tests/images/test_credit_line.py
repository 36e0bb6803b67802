"""Old credit lines, labelled by hand: what a line states is read, what it does not state is never made up."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images.credit_line import parse

LABELLED = tomllib.loads((Path(__file__).parent / "credit_lines.toml").read_text(encoding="utf-8"))["lines"]


@pytest.mark.parametrize("label", LABELLED, ids=lambda label: label[0][:60])
def test_a_line_is_read_as_a_person_reads_it(label):
    line, *stated = label
    found = parse(line)
    if not stated:
        assert found is None
    else:
        assert found is not None
        assert [found.creator, found.source, found.licence, found.url] == stated
        assert found.raw == line


@given(st.text(max_size=200))
def test_no_line_is_an_error_and_no_credit_loses_its_line(line):
    found = parse(line)
    assert found is None or (found.raw == line and (found.creator or found.source))


@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12),
    st.sampled_from(["Flickr", "Unsplash"]),
)
def test_a_platform_implies_no_licence(name, platform):
    found = parse(f"Image by {name} via {platform}")
    assert found is None or found.licence == ""
