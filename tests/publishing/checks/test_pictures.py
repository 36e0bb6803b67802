"""What stands against a picture is told wherever the picture is."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from articles.models import ImageCredit
from articles.publishing import checks
from tests import factories
from tests.publishing.judging import found, in_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["lead_image", "body"])
def test_a_picture_without_credit_is_refused_wherever_it_is(place):
    image = factories.ImageFactory()
    where = {"lead_image": image} if place == "lead_image" else {"body": in_text(image)}
    assert found(factories.publishable_article(**where)) == [("credit.missing", place)]


@pytest.mark.parametrize("place", ["lead_image", "body"])
def test_a_picture_with_a_complete_credit_is_let_through_wherever_it_is(place):
    image = factories.CreditFactory().image
    where = {"lead_image": image} if place == "lead_image" else {"body": in_text(image)}
    assert found(factories.publishable_article(**where)) == []


@pytest.mark.parametrize(
    ("caption", "words", "problems"),
    [
        ('<a href="https://example.org/film">Watch it</a> (5 minutes)', "<details><p>Hello.</p></details>", []),
        ('<a href="https://example.org/film">Watch it</a>', "<details><p> </p></details>", ["media.transcript"]),
        ("Watch it", "<details><p>Hello.</p></details>", ["media.link"]),
        ("", "", ["media.transcript", "media.link"]),
    ],
)
def test_a_video_needs_its_transcript_and_a_link(caption, words, problems):
    image = factories.CreditFactory().image
    figure = f'<figure data-media="video" data-picture="{image.pk}"><figcaption>{caption}</figcaption>{words}</figure>'
    article = factories.publishable_article(body=f"{factories.BODY}<h2>To watch</h2>{figure}")
    assert found(article) == [(problem, "body") for problem in problems]


def test_a_pasted_picture_has_no_credit():
    article = factories.publishable_article(
        body=factories.BODY + '<p><img src="https://example.org/x.jpg" alt="A pump"></p>'
    )
    assert found(article) == [("credit.missing", "body")]


def test_a_picture_that_is_not_in_the_library_is_refused():
    article = factories.publishable_article(body=factories.BODY + '<figure data-picture="4711"></figure>')
    assert found(article) == [("credit.missing", "body")]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"creator": ""}, "a creator"),
        ({"title": ""}, "a title or a description"),
        ({"source_url": ""}, "a link to the work"),
        ({"license": ""}, "a license"),
        ({"license": "all-rights-reserved"}, "a permission"),
    ],
)
def test_an_incomplete_credit_is_refused_and_says_what_it_lacks(lacking, words):
    credit = factories.CreditFactory(**lacking)
    article = factories.publishable_article(lead_image=credit.image)
    [finding] = checks.run(article)
    assert finding.id == "credit.incomplete"
    assert finding.message.startswith(f"The credit of the lead picture needs {words}: ")
    assert finding.message.endswith(" Until it’s fixed, readers can’t see the picture.")


def test_it_is_said_why_the_license_asks_and_each_lack_by_itself():
    image = factories.CreditFactory(license="cc-by-nc-2.0", title="").image
    assert [f.message for f in checks.run(factories.publishable_article(lead_image=image))] == [
        "The credit of the lead picture needs a title or a description: CC BY-NC 2.0 ends if the creator’s title is "
        "left out. Until it’s fixed, readers can’t see the picture.",
        "The credit of the lead picture needs a statement that our use is noncommercial: CC BY-NC 2.0 allows only "
        "noncommercial use. Until it’s fixed, readers can’t see the picture.",
    ]


def test_before_4_0_a_work_without_title_is_said_to_be_one():
    facts = {"license": "cc-by-sa-2.0", "title": "", "description": "A pump on a table"}
    image = factories.CreditFactory(**facts).image
    assert found(factories.publishable_article(lead_image=image)) == [("credit.incomplete", "lead_image")]
    image = factories.CreditFactory(**facts, is_untitled=True).image
    assert found(factories.publishable_article(lead_image=image)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 2), [("credit.ends", "warning")]),
        (date(2026, 5, 3), [("credit.ended", "error")]),
        (date(2026, 5, 4), [("credit.ended", "error")]),
    ],
)
def test_rights_that_end_are_told_before_and_refused_after(day, expected):
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        image = factories.CreditFactory(rights_end_on=date(2026, 5, 3)).image
        article = factories.publishable_article(lead_image=image)
        assert [(f.id, f.level) for f in checks.run(article)] == expected


def test_a_dismissed_line_is_told_of_no_more():
    article = factories.publishable_article()
    ImageCredit.objects.create(found_in=article, raw="Image by eye").dismiss(by=factories.editor())
    assert found(article) == []


def test_all_rights_reserved_is_let_through_with_a_permission_note():
    credit = factories.CreditFactory(license="all-rights-reserved", permission="Letter of 3 May 2026, for this site.")
    assert found(factories.publishable_article(lead_image=credit.image)) == []


@pytest.mark.parametrize("alt", ["", " ", "IMG_2041.jpg", "clinic-room.jpeg", "DSC0012", "photo 3"])
def test_a_picture_needs_words_for_those_who_cannot_see_it_and_a_file_name_is_none(alt):
    image = factories.CreditFactory(image__alt=alt).image
    assert found(factories.publishable_article(lead_image=image)) == [("alt.missing", "lead_image")]


def test_a_decorative_picture_needs_no_words():
    image = factories.CreditFactory(image__alt="", image__is_decorative=True).image
    assert found(factories.publishable_article(lead_image=image)) == []


def test_an_old_credit_line_without_its_picture_is_only_pointed_out():
    article = factories.publishable_article()
    ImageCredit.objects.create(found_in=article, raw="Image by quiet-harbor via Flickr")
    assert [(f.id, f.level) for f in checks.run(article)] == [("credit.waiting", "warning")]
