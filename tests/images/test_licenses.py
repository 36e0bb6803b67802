"""What each license asks for, the sentence that results, and what a line of text states, never what it suggests."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from articles.images import licenses


@dataclass(frozen=True)
class Credit:
    title: str = "Channel"
    is_untitled: bool = False
    description: str = ""
    creator: str = "Jane Doe"
    creator_url: str = "https://example.org/jane"
    source: str = "Flickr"
    source_url: str = "https://example.org/work"
    license: str = "cc-by-4.0"
    is_noncommercial: bool = False
    modifications: str = ""
    permission: str = ""
    made_with: str = ""
    rights_end_on: date | None = None


# One row for each family of licenses, one column for each rule; and one test for each cell.
FACTS = ("creator", "title", "source_url", "permission", "noncommercial", "made_with")
TABLE = {
    #  code                  creator title  source permission noncommercial made_with | crops  alike  own title
    "cc-by-4.0":            (True,  True,  True,  False,     False,        False,      True,  False, False),
    "cc-by-2.0":            (True,  True,  True,  False,     False,        False,      True,  False, True),
    "cc-by-sa-4.0":         (True,  True,  True,  False,     False,        False,      True,  True,  False),
    "cc-by-sa-3.0-de":      (True,  True,  True,  False,     False,        False,      True,  True,  True),
    "cc-by-nd-4.0":         (True,  True,  True,  False,     False,        False,      False, False, False),
    "cc-by-nd-2.5":         (True,  True,  True,  False,     False,        False,      False, False, True),
    "cc-by-nc-4.0":         (True,  True,  True,  False,     True,         False,      True,  False, False),
    "cc-by-nc-1.0-nl":      (True,  True,  True,  False,     True,         False,      True,  False, True),
    "cc-by-nc-sa-4.0":      (True,  True,  True,  False,     True,         False,      True,  True,  False),
    "cc-by-nc-sa-2.0":      (True,  True,  True,  False,     True,         False,      True,  True,  True),
    "cc-by-nc-nd-4.0":      (True,  True,  True,  False,     True,         False,      False, False, False),
    "cc-by-nc-nd-3.0-igo":  (True,  True,  True,  False,     True,         False,      False, False, True),
    "cc0-1.0":              (True,  True,  True,  False,     False,        False,      True,  False, False),
    "pdm-1.0":              (True,  True,  True,  False,     False,        False,      True,  False, False),
    "us-gov":               (True,  True,  True,  False,     False,        False,      True,  False, False),
    "own-work":             (True,  True,  False, False,     False,        False,      True,  False, False),
    "permission":           (True,  True,  True,  True,      False,        False,      True,  False, False),
    "rights-managed":       (True,  True,  True,  True,      False,        False,      True,  False, False),
    "all-rights-reserved":  (True,  True,  True,  True,      False,        False,      True,  False, False),
    "ai-generated":         (True,  True,  False, False,     False,        True,       True,  False, False),
}  # fmt: skip
CELLS = [(code, fact, asked) for code, row in TABLE.items() for fact, asked in zip(FACTS, row, strict=False)]
WHOLE = Credit(permission="Letter of 3 May 2026.", is_noncommercial=True, made_with="Brush 3, “a field”")


def without(credit, fact):
    return replace(credit, is_noncommercial=False) if fact == "noncommercial" else replace(credit, **{fact: " \n"})


def test_the_table_has_every_family_of_the_catalog():
    both = {(license.family, licenses.needs_title(license.code)) for license in licenses.LICENSES.values()}
    assert {(licenses.LICENSES[code].family, row[8]) for code, row in TABLE.items()} == both


@pytest.mark.parametrize(("code", "fact", "asked"), CELLS)
def test_each_license_misses_exactly_what_it_asks_for(code, fact, asked):
    whole = replace(WHOLE, license=code)
    assert licenses.missing_facts(whole) == []
    lacking = without(whole, fact)
    assert licenses.missing_facts(lacking) == ([fact] if asked else [])
    told = licenses.problems(lacking, date(2026, 11, 24))
    assert len(told) == asked
    assert all(str(problem).startswith("It needs ") and str(problem).endswith(".") for problem in told)


@pytest.mark.parametrize(("code", "row"), TABLE.items())
def test_under_nd_nothing_is_cropped_or_changed(code, row):
    changed = replace(WHOLE, license=code, modifications="cropped")
    assert licenses.allows_crops(code) is row[6]
    assert licenses.is_breached(changed) is not row[6]
    assert licenses.is_breached(replace(changed, modifications=" ")) is False
    name = licenses.LICENSES[code].name
    said = f"It says that we changed the picture (“cropped”), but {name} doesn’t allow changes."
    assert [str(told) for told in licenses.problems(changed, date(2026, 11, 24))] == ([] if row[6] else [said])


@pytest.mark.parametrize(("code", "row"), TABLE.items())
def test_under_sa_a_changed_version_says_that_it_is_under_the_same_license(code, row):
    changed = licenses.attribution_text(replace(WHOLE, license=code, modifications="cropped"))
    assert ("this version is under the same license" in changed) is row[7]
    assert "this version" not in licenses.attribution_text(replace(WHOLE, license=code))


@pytest.mark.parametrize(("code", "row"), TABLE.items())
def test_before_4_0_a_description_is_no_title_unless_the_work_has_none(code, row):
    described = replace(WHOLE, license=code, title="", description="A pump on a table")
    assert licenses.missing_facts(described) == (["title"] if row[8] else [])
    assert licenses.missing_facts(replace(described, is_untitled=True)) == []
    assert licenses.missing_facts(replace(described, is_untitled=True, description=" ")) == ["title"]


def test_each_license_is_a_row_of_the_table():
    rows = {(licenses.LICENSES[code].family, licenses.needs_title(code)): row for code, row in TABLE.items()}
    for code, license in licenses.LICENSES.items():
        row = rows[license.family, licenses.needs_title(code)]
        asked = [code in licenses.asking(fact) for fact in ("creator", "source_url", "permission", "noncommercial")]
        assert asked == [row[0], row[2], row[3], row[4]], code
        assert (code in licenses.unchangeable()) is not row[6], code


@pytest.mark.parametrize(
    ("end", "day", "over"),
    [
        (None, date(2026, 11, 24), False),
        (date(2026, 11, 25), date(2026, 11, 24), False),
        (date(2026, 11, 24), date(2026, 11, 24), True),
        (date(2026, 11, 23), date(2026, 11, 24), True),
    ],
)
def test_rights_end_with_the_day_that_is_given(end, day, over):
    credit = replace(WHOLE, rights_end_on=end)
    assert licenses.has_ended(credit, day) is over
    said = (
        f"It states rights that end on {end and format(end, '%B %-d, %Y')}. From that day on, no one may show the "
        "picture."
    )
    assert [str(told) for told in licenses.problems(credit, day)] == ([said] if over else [])


def test_without_a_stated_license_nothing_may_be_changed():
    assert not licenses.allows_crops("")
    assert not licenses.allows_crops("flickr")


def test_without_a_license_everything_that_is_missing_is_one_sentence():
    credit = replace(WHOLE, license="", title="", source_url="")
    told = [str(problem) for problem in licenses.problems(credit, date(2026, 11, 24))]
    assert told == ["It needs a title or a description, a link to the work and a license: “Flickr” is not a license."]
    [told] = licenses.problems(replace(WHOLE, license=""), date(2026, 11, 24))
    assert str(told) == "It needs a license: “Flickr” is not a license."


@pytest.mark.parametrize(
    ("code", "fact", "sentence"),
    [
        ("cc-by-2.0", "title", "CC BY 2.0 ends if the creator’s title is left out."),
        ("cc-by-4.0", "title", "CC BY 4.0 requires the title, or a description if there is none."),
        (
            "cc-by-nc-4.0",
            "noncommercial",
            "CC BY-NC 4.0 allows only noncommercial use.",
        ),
        ("permission", "permission", "“Used with permission” covers only what its holder allowed."),
        ("own-work", "creator", "our policy requires naming the creator."),
        ("", "license", "“Flickr” is not a license."),
    ],
)  # fmt: skip
def test_it_is_said_why_a_fact_is_asked_for(code, fact, sentence):
    assert licenses.why(code, fact) == sentence


@pytest.mark.parametrize("code", ["", "cc-by", "flickr", "cc-by-9.9"])
def test_without_a_known_license_everything_is_asked(code):
    assert licenses.missing_facts(Credit(license=code)) == ["license"]
    nothing = Credit(title="", creator="", creator_url="", source="", source_url="", license=code)
    assert licenses.missing_facts(nothing) == ["creator", "title", "source_url", "license"]


def test_a_description_stands_in_for_a_title():
    assert licenses.missing_facts(Credit(title="", description="A pump on a table")) == []


def test_the_attribution_follows_the_recommended_practice():
    parts = licenses.attribution(Credit(modifications="cropped"))
    assert licenses.attribution_text(Credit(modifications="cropped")) == (
        "“Channel” by Jane Doe via Flickr, CC BY 4.0 (cropped from the original)"
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
        (Credit(license=""), "“Channel” by Jane Doe via Flickr"),
        (
            Credit(modifications="Cropped, made brighter"),
            "“Channel” by Jane Doe via Flickr, CC BY 4.0 (cropped from the original, made brighter)",
        ),
        (
            Credit(modifications="cropped from a wider view"),
            "“Channel” by Jane Doe via Flickr, CC BY 4.0 (cropped from a wider view)",
        ),
        (
            Credit(source="", license="ai-generated", made_with="Brush 3"),
            "“Channel” by Jane Doe, made with Brush 3, AI-generated",
        ),
    ],
)
def test_what_is_not_known_leaves_no_hole_in_the_sentence(credit, expected):
    assert licenses.attribution_text(credit) == expected


def test_a_crop_is_stated_once_wherever_the_whole_picture_is_not_shown():
    whole = Credit(license="cc-by-sa-4.0", modifications="in gray")
    said = "(in gray; cropped from the original; this version is under the same license)"
    assert licenses.attribution_text(whole, cropped=True).endswith(said)
    cropped = replace(whole, modifications="cropped")
    assert licenses.attribution_text(cropped, cropped=True) == licenses.attribution_text(cropped)


@pytest.mark.parametrize(
    ("credit", "rights", "terms", "statement"),
    [
        (
            Credit(license="cc-by-sa-3.0-de"),
            "© Jane Doe",
            "CC BY-SA 3.0 DE: https://creativecommons.org/licenses/by-sa/3.0/de/",
            "https://creativecommons.org/licenses/by-sa/3.0/de/",
        ),
        (
            Credit(license="cc0-1.0"),
            "No rights reserved (CC0 1.0)",
            "CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        (
            Credit(license="permission"),
            "© Jane Doe",
            "Used with permission. Ask its holder before any other use.",
            "https://example.org/work",
        ),
        (
            Credit(license="ai-generated", made_with="Brush 3"),
            "AI-generated",
            "AI-generated with Brush 3.",
            "https://example.org/work",
        ),
        (Credit(license=""), "", "", "https://example.org/work"),
    ],
)
def test_files_and_structured_data_carry_the_credit(credit, rights, terms, statement):
    found = licenses.metadata(credit)
    assert (found.rights, found.usage_terms, found.web_statement) == (rights, terms, statement)
    assert (found.creator, found.title, found.source_url) == ("Jane Doe", "Channel", "https://example.org/work")
    assert found.credit_line == licenses.attribution_text(credit)
    assert found.license_url == (licenses.LICENSES[credit.license].url if credit.license else "")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("CC BY-SA 2.0", "cc-by-sa-2.0"),
        ("(CC BY 2.0)", "cc-by-2.0"),
        ("Creative Commons BY-NC-ND 3.0", "cc-by-nc-nd-3.0"),
        ("licensed under a Creative Commons Attribution-ShareAlike 2.0 license", "cc-by-sa-2.0"),
        ("Creative Commons Attribution-NonCommercial-NoDerivs 2.0", "cc-by-nc-nd-2.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "cc-by-nc-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0"),
        ("CC0", "cc0-1.0"),
        ("All rights reserved", "all-rights-reserved"),
        ("Public Domain Mark 1.0", "pdm-1.0"),
        ("CC BY-SA 3.0 DE", "cc-by-sa-3.0-de"),
        ("cc-by-sa-3.0-de", "cc-by-sa-3.0-de"),
        ("(CC BY 2.1 JP)", "cc-by-2.1-jp"),
        ("CC BY-SA 3.0 de", "cc-by-sa-3.0-de"),
        ("CC BY-SA 3.0 DE via Wikimedia Commons", "cc-by-sa-3.0-de"),
        ("CC BY-SA 3.0 Germany", "cc-by-sa-3.0-de"),
        ("Creative Commons Attribution-Share Alike 3.0 Austria license", "cc-by-sa-3.0-at"),
        ("public domain", "pdm-1.0"),
        ("Public Domain Dedication", "pdm-1.0"),
        ("CC0 1.0 Universal Public Domain Dedication", "cc0-1.0"),
        ("gemeinfrei", "pdm-1.0"),
        ("CC BY 2.5 SCOTLAND", "cc-by-2.5-scotland"),
        ("https://creativecommons.org/licenses/by-sa/3.0/de/deed.en", "cc-by-sa-3.0-de"),
        ("https://creativecommons.org/licenses/by/4.0/deed.de", "cc-by-4.0"),
        ("https://creativecommons.org/licenses/by-nd-nc/1.0/", "cc-by-nc-nd-1.0"),
        ("CC BY 4.0 INT", "cc-by-4.0"),
        # A word after the version is no country, and a port that never was is no license.
        ("CC BY 2.5 in Berlin", "cc-by-2.5"),
        ("CC BY 2.0 de Rosa", "cc-by-2.0"),
        ("https://creativecommons.org/licenses/by/3.0/xx/", ""),
        ("CC BY 2.1", ""),
        # A version that is not stated is never guessed, and a platform implies nothing.
        ("CC BY", ""),
        ("Creative Commons", ""),
        ("CC BY 7.0", ""),
        ("via Flickr", ""),
        ("Unsplash", ""),
        ("not in the public domain", ""),
        ("© Jane Doe", ""),
        ("some rights reserved", ""),
    ],
)
def test_a_license_is_read_only_where_the_line_states_it(line, code):
    assert licenses.parse_license(line) == code


def test_every_creative_commons_license_is_in_the_catalog_with_its_deed():
    found = [license for license in licenses.LICENSES.values() if license.version]
    assert len([license for license in found if not license.port]) == 30
    for license in found:
        assert license.url.startswith("https://creativecommons.org/licenses/by")
        place = f"{license.port}/" if license.port else ""
        assert license.url.endswith(f"/{license.version}/{place}")


def test_a_deeds_address_and_a_licenses_name_are_read_back():
    for code, license in licenses.LICENSES.items():
        if license.version:
            assert licenses.parse_license(license.url) == code
            assert licenses.parse_license(code) == code
            assert len(license.port) > 3 or licenses.parse_license(license.name) == code


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("cc-by-sa-3.0-de", "https://creativecommons.org/licenses/by-sa/3.0/de/"),
        ("cc-by-nc-nd-1.0", "https://creativecommons.org/licenses/by-nd-nc/1.0/"),
        ("cc-by-nc-nd-1.0-nl", "https://creativecommons.org/licenses/by-nd-nc/1.0/nl/"),
        ("cc-by-3.0-igo", "https://creativecommons.org/licenses/by/3.0/igo/"),
    ],
)
def test_the_deeds_with_names_of_their_own(code, url):
    assert licenses.LICENSES[code].url == url


def test_version_4_0_has_no_ports():
    assert not [license for license in licenses.LICENSES.values() if license.version == "4.0" and license.port]
