"""The four JAMA benchmarks, before and after print, and the day on which what an edition says last changed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article, Contributor, Edition
from articles.publishing import desk, press
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def news(**kwargs):
    return factories.print_edition(in_section="news", signed=False, slug="pumps", **kwargs)


def missed(article):
    """The benchmarks that stop an article from being printed."""
    with pytest.raises(press.PublishingRefused) as refused:
        press.publish(article, by=factories.editor())
    return [finding.id for finding in refused.value.findings]


def without_sources(body):
    article = factories.publishable_article(in_section="news", signed=False, body=body)
    article.references.all().delete()
    return article


def test_attribution_is_references_or_a_link_to_the_source():
    assert missed(without_sources("<p>Words.</p>")) == ["jama.attribution"]
    linked = without_sources('<p>The <a href="https://example.org/">agency said so</a>.</p>')
    assert press.publish(linked, by=factories.editor()).references == []


def test_disclosure_is_the_reviewers_too():
    article = factories.publishable_article(signed=False)
    factories.sign(article, factories.ReviewerFactory(interests=""))
    assert missed(article) == ["jama.interests"]


def test_everything_that_is_missed_is_named():
    article = without_sources("<p>Words.</p>")
    factories.rewrite(article.authors.all(), role="")
    factories.sign(article, factories.ReviewerFactory(interests=""))
    assert missed(article) == ["jama.authorship", "jama.attribution", "jama.interests"]


@pytest.mark.parametrize("known_by", [{"role": "health writer"}, {"credentials": "MD"}])
def test_an_author_is_known_by_credentials_or_by_what_they_do(known_by, django_assert_num_queries):
    edition = news()
    factories.rewrite(Contributor.objects.all(), **{"role": "", **known_by})
    assert not Edition.objects.live().by_unknown_authors().exists()
    factories.rewrite(Contributor.objects.all(), role="", credentials="")
    with django_assert_num_queries(1):
        assert list(Edition.objects.live().by_unknown_authors()) == [edition]
    assert missed(edition.article) == ["jama.authorship"]


def test_the_desk_names_what_an_article_misses_since_it_was_printed(client):
    news(title="Without a role")
    factories.rewrite(Contributor.objects.all(), role="")
    editor = factories.editor()
    client.force_login(editor)
    assert "Missing JAMA benchmarks: authorship" in client.get("/admin/").content.decode()
    editor.groups.clear()
    assert "Misses JAMA" not in client.get("/admin/").content.decode()


# When it last changed -------------------------------------------------------------------------------------------------


def reprinted(edition, at, **changes):
    article = Article.objects.get(pk=edition.article_id)
    for name, value in changes.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    with time_machine.travel(at, tick=False):
        return press.publish(article, by=edition.by)


@pytest.fixture
def edition():
    with time_machine.travel(MONDAY, tick=False):
        return news()


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({"standfirst": "Other."}, True),
        ({"disclosure": "Paid by X."}, True),
        ({"body": "<p>Other words.[1]</p>"}, True),
        ({"slug": "pain-pumps"}, False),
        ({}, False),
    ],
)
def test_a_change_of_what_is_said_moves_the_day_and_a_new_address_does_not(edition, change, is_news):
    again = reprinted(edition, MONDAY + DAY, **change)
    assert again.changed_at == (MONDAY + DAY if is_news else MONDAY)
    assert again.was_changed() is is_news


def test_a_section_is_where_an_article_is_found_and_no_change_of_it(edition):
    other = factories.section("treatments")
    factories.change(other, requires_review=False, requires_risks=False)
    assert reprinted(edition, MONDAY + DAY, section=other).changed_at == MONDAY


def test_a_day_once_moved_stays_moved(edition):
    second = reprinted(edition, MONDAY + DAY, standfirst="Other.")
    assert reprinted(second, MONDAY + 2 * DAY, slug="moved").changed_at == MONDAY + DAY


def test_the_page_shows_the_day_of_the_change_and_not_of_the_slip(client, edition):
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        factories.fix_typo(Article.objects.get(), was="Some words", now="Some word", by=edition.by)
        html = client.get("/articles/pumps/").content.decode()
    assert "A typo was fixed." in html
    assert "changed <time" not in html
    assert ", last changed" not in html
