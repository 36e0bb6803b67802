"""What each licence asks for, the sentence that results, and what a line of text states, never what it suggests."""

from dataclasses import dataclass, replace

import pytest

from articles.images import licences


@dataclass(frozen=True)
class Credit:
    title: str = "Channel"
    description: str = ""
    creator: str = "Jane Doe"
    creator_url: str = "https://example.org/jane"
    source: str = "Flickr"
    source_url: str = "https://example.org/work"
    licence: str = "cc-by-4.0"
    modifications: str = ""
    permission: str = ""


FACTS = ("creator", "title", "source_url", "permission")


@pytest.mark.parametrize("code", licences.LICENCES)
@pytest.mark.parametrize("fact", FACTS)
def test_each_licence_misses_exactly_what_it_asks_for(code, fact):
    whole = Credit(licence=code, permission="Letter of 3 May 2026.")
    lacking = replace(whole, **{fact: " "})
    assert licences.missing_facts(whole) == []
    assert licences.missing_facts(lacking) == ([fact] if fact in licences.LICENCES[code].asks else [])


def test_who_holds_all_rights_is_asked():
    for code in ("all-rights-reserved", "permission"):
        assert "permission" in licences.LICENCES[code].asks


@pytest.mark.parametrize("code", ["", "cc-by", "flickr", "cc-by-9.9"])
def test_without_a_known_licence_everything_is_asked(code):
    assert licences.missing_facts(Credit(licence=code)) == ["licence"]
    nothing = Credit("", "", "", "", "", "", code)
    assert licences.missing_facts(nothing) == ["creator", "title", "source_url", "licence"]


def test_a_description_stands_in_for_a_title():
    assert licences.missing_facts(Credit(title="", description="A pump on a table")) == []


def test_the_attribution_follows_the_recommended_practice():
    parts = licences.attribution(Credit(modifications="cropped"))
    assert licences.attribution_text(Credit(modifications="cropped")) == (
        "“Channel” by Jane Doe via Flickr, CC BY 4.0 (cropped)"
    )
    assert {part.text: part.url for part in parts if part.url} == {
        "Channel": "https://example.org/work",
        "Jane Doe": "https://example.org/jane",
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    }


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (Credit(title="", description="A pump"), "A pump by Jane Doe via Flickr, CC BY 4.0"),
        (Credit(title=""), "By Jane Doe via Flickr, CC BY 4.0"),
        (Credit(title="", creator=""), "Via Flickr, CC BY 4.0"),
        (Credit(source="Jane Doe"), "“Channel” by Jane Doe, CC BY 4.0"),
        (Credit(licence=""), "“Channel” by Jane Doe via Flickr"),
    ],
)
def test_what_is_not_known_leaves_no_hole_in_the_sentence(credit, expected):
    assert licences.attribution_text(credit) == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("CC BY-SA 2.0", "cc-by-sa-2.0"),
        ("(CC BY 2.0)", "cc-by-2.0"),
        ("Creative Commons BY-NC-ND 3.0", "cc-by-nc-nd-3.0"),
        ("licensed under a Creative Commons Attribution-ShareAlike 2.0 licence", "cc-by-sa-2.0"),
        ("Creative Commons Attribution-NonCommercial-NoDerivs 2.0", "cc-by-nc-nd-2.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "cc-by-nc-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("CC0", "cc0-1.0"),
        ("All rights reserved", "all-rights-reserved"),
        ("Public Domain Mark 1.0", "pdm-1.0"),
        # A version that is not stated is never guessed, and a platform implies nothing.
        ("CC BY", ""),
        ("Creative Commons", ""),
        ("CC BY 7.0", ""),
        ("via Flickr", ""),
        ("Unsplash", ""),
        ("public domain", ""),
        ("© Jane Doe", ""),
        ("some rights reserved", ""),
    ],
)
def test_a_licence_is_read_only_where_the_line_states_it(line, code):
    assert licences.parse_licence(line) == code


def test_every_creative_commons_licence_is_in_the_catalogue_with_its_deed():
    found = [licence for licence in licences.LICENCES.values() if licence.code.startswith("cc-")]
    assert len(found) == 30
    for licence in found:
        assert licence.url.startswith("https://creativecommons.org/licenses/by")
        assert licence.url.endswith(f"/{licence.code.rsplit('-', 1)[1]}/")
