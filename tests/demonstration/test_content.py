"""The demonstration is medicine: every article is referenced, reviewed, credited, and passes the gate."""

import re
from collections import Counter

import pytest

from articles import cache, site_pages
from articles.models import Article, Drug, Edition
from articles.models.page_type import HUB, PAGE
from articles.publishing import checks
from articles.richtext import text

pytestmark = pytest.mark.django_db


def test_at_least_eighteen_articles_in_three_sections_are_live_and_one_draft_is_refused(loaded):
    live = Edition.objects.live().articles()
    in_section = Counter(edition.section.slug for edition in live)
    assert live.count() >= 18
    assert set(in_section) == {"conditions", "treatments", "news"}
    assert min(in_section.values()) >= 5
    draft = Article.objects.exclude(editions__in=Edition.objects.live()).get(slug="draft")
    assert {finding.id for finding in checks.run(draft) if finding.is_error} >= {"credit.incomplete", "review.missing"}


def test_topics_begin_with_pages_of_their_own_and_the_site_says_who_it_is(client, loaded):
    live = Edition.objects.live()
    hubs = {edition.hub_of.slug: edition for edition in live.filter(page_type=HUB)}
    assert set(hubs) == {"migraine", "nerve-pain"}
    for edition in hubs.values():
        assert edition.review, edition.title
        headings = {words for _level, words in text.headings(edition.body)}
        assert {"When to get help now", "Treatments", "Living with it"} <= headings
    assert {edition.slug for edition in live.filter(page_type=PAGE)} == set(site_pages.BY_SLUG)
    for slug, page in site_pages.BY_SLUG.items():
        assert page.title in client.get(f"/{slug}/").content.decode()


def test_every_live_article_would_pass_the_gate_today(loaded):
    for edition in Edition.objects.live().select_related("article"):
        assert [finding for finding in checks.run(edition.article) if finding.is_error] == [], edition.title


def test_the_only_advice_on_a_live_article_is_that_an_open_question_gets_no_buttons(loaded):
    """Some closing questions are open on purpose: they show both kinds."""
    advice = {
        (finding.id, edition.article.slug)
        for edition in Edition.objects.live().select_related("article")
        for finding in checks.run(edition.article)
    }
    assert {id for id, _slug in advice} == {"question.open"}, advice


def test_nothing_in_the_demonstration_is_taken_for_a_filler_or_for_what_a_machine_left(loaded):
    own = {id for id, check in checks.REGISTRY.items() if check.__module__.endswith(".fillers")}
    assert len(own) == 9
    for article in Article.objects.all():
        assert {finding.id for finding in checks.run(article)} & own == set(), article.title


def test_a_reviewer_is_asked_little_about_an_article_and_no_open_question_is_live(loaded):
    """Sources age by themselves, and the reader of classes asks about a list now and then."""
    for edition in Edition.objects.live().select_related("article"):
        draft = checks.Draft.of(edition.article)
        assert {asked.finding.id for asked in draft.questions} <= {"drug.question", "reference.old"}, edition.title
        assert len(draft.questions) <= 6, edition.title
        assert not any(asked.is_open for asked in draft.questions), edition.title


def test_no_article_is_pointed_out_for_its_evidence_its_numbers_or_its_procedures(loaded):
    modules = (".attribution", ".consistency", ".procedures")
    own = {id for id, check in checks.REGISTRY.items() if check.__module__.endswith(modules)}
    assert len(own) == 10
    for article in Article.objects.filter(editions__in=Edition.objects.live()):
        assert {finding.id for finding in checks.run(article)} & own == set(), article.title


def test_every_live_article_has_what_a_reader_should_look_for(loaded):
    for edition in Edition.objects.live().articles().for_page():
        assert edition.references, edition.title
        assert all(ref["doi"] or ref["pmid"] or ref["url"] for ref in edition.references), edition.title
        assert text.Text(edition.body).citations == set(range(1, len(edition.references) + 1)), edition.title
        assert edition.closing_question.endswith("?"), edition.title
        assert edition.lead_image.is_shown, edition.title
        assert 250 <= len(text.plain_text(edition.body).split()) <= 1200, edition.title
        if edition.section.slug != "news":
            assert edition.review, edition.title


def test_every_article_leads_on_to_at_least_three_pages_that_are_there(client, loaded):
    """A link to an article that was renamed would be redirected, and one to a topic without articles not found."""
    for edition in Edition.objects.live():
        own = edition.get_absolute_url()
        inner = {address for address, _words in text.links(edition.body) if address.startswith("/")}
        assert edition.page_type == PAGE or len(inner - {own}) >= 3, edition.title
        answers = {address: client.get(address).status_code for address in inner}
        assert set(answers.values()) <= {200}, (edition.title, answers)


def test_a_search_engine_shows_every_title_whole(loaded):
    assert {edition.title for edition in Edition.objects.live() if len(edition.title) > 65} == set()


def test_nobody_is_said_to_have_checked_a_card_in_the_demonstration(loaded):
    cards = cache.medicines()
    assert len(cards) >= 110
    assert not Drug.objects.exclude(checked_by=None, checked_on=None).exists()
    assert all(card.is_demonstration and not card.is_checked for card in cards)


def test_ziconotide_is_what_it_is_and_its_warning_is_told(loaded):
    pumps = Edition.objects.live().get(slug="intrathecal-pumps")
    words = text.plain_text(pumps.body)
    assert re.search(r"calcium.channel", words, re.IGNORECASE)
    assert "boxed warning" in words.lower()
    assert "NSAID" not in words
