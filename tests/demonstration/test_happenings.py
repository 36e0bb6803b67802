"""The demonstration shows the whole product: an error corrected, a report, an old post, a letter sent, one waiting."""

import email
from datetime import timedelta
from email import policy

import pytest
from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from articles.demonstration import accounts, happenings, letters, loader
from articles.models import Article, Correction, Delivery, Edition, ImageCredit, Issue, SentenceReport, Subscription
from articles.newsletter.issues import reach
from articles.publishing import desk
from articles.richtext import text
from tests import factories

pytestmark = pytest.mark.django_db


def everything() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in OWN}


OWN: list[type[models.Model]] = [
    Article,
    Correction,
    Delivery,
    Edition,
    ImageCredit,
    Issue,
    SentenceReport,
    Subscription,
]


def test_loading_again_changes_nothing(loaded):
    before = everything()
    assert all(before.values()), before
    assert loader.load(lambda stories: stories, site_url="https://example.org") == 0
    assert everything() == before


def test_credits_lead_to_the_address_that_the_site_has_now_and_what_an_editor_wrote_stays(loaded):
    elsewhere = ImageCredit.objects.filter(creator=loader.HOUSE).last()
    ImageCredit.objects.filter(pk=elsewhere.pk).update(source_url="https://example.com/articles/our-picture/")
    loader.load(lambda stories: stories, site_url="http://127.0.0.1:8123")
    own = ImageCredit.objects.filter(creator=loader.HOUSE).select_related("image__credit")
    links = {credit.source_url for credit in own}
    slugs = {story["slug"] for story in loader.stories()}
    assert links - {f"http://127.0.0.1:8123/articles/{slug}/" for slug in slugs} == {
        "https://example.com/articles/our-picture/"
    }
    assert len(links) > 10
    assert {credit.image.rendered == credit.image.stamp() for credit in own.exclude(pk=elsewhere.pk)} == {True}


def test_a_letter_was_sent_in_which_an_error_stood_that_was_corrected_since(loaded):
    sent = Issue.objects.get(state=Issue.SENT)
    assert (sent.week, sent.items.count()) == (letters.WEEK, 12)
    assert set(sent.deliveries.values_list("state", flat=True)) == {Delivery.HANDED_OVER}
    correction = Correction.objects.public().get()
    assert text.plain_text(correction.corrected.body).count(correction.was) == 1
    assert text.plain_text(correction.edition.body).count(correction.now) == 1
    assert correction.edition.review
    assert sorted(reach.reached(correction).values_list("email", flat=True)) == letters.READERS


def test_its_readers_agreed_before_and_their_letters_lie_in_the_folder(loaded):
    for subscription in Subscription.objects.active():
        kinds = list(subscription.consent_events.order_by("pk").values_list("kind", flat=True))
        assert kinds == ["asked", "confirmed"]
        assert subscription.confirmed_at < Issue.objects.get(number=1).approved_at
    mails = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in loaded.glob("mail/*.eml")]
    assert sorted(mail["To"] for mail in mails) == letters.READERS


def test_this_weeks_letter_waits_for_approval(loaded):
    draft = Issue.objects.get(state=Issue.DRAFT)
    assert [item.edition.slug for item in draft.items.all()] == ["boxed-warning"]


def test_a_report_and_an_old_credit_line_wait_on_the_desk(loaded):
    report = SentenceReport.objects.open().get()
    assert report.quoted in text.passages(report.edition.body)
    line = ImageCredit.objects.waiting().get()
    assert (line.creator, line.source, line.license) == ("slow-harbor", "Flickr", "")
    assert line.found_in.slug == "why-does-the-weather-hurt"


@pytest.mark.parametrize("is_worked_on", [False, True])
def test_nothing_happens_to_an_article_that_somebody_works_on(loaded, is_worked_on):
    article = factories.print_edition(at=timezone.now() - timedelta(days=1)).article
    correction = {"was": "It may help.", "now": "It rarely helps.", "why": "The trial was misread."}
    story = {"slug": article.slug, "correction": correction | {"severity": "factual", "printed": timezone.now()}}
    if is_worked_on:
        article.standfirst += " Somebody is writing here."
        desk.save(article, by=get_user_model().objects.get(username="author"))
    happenings.happen([story])
    assert article.editions.filter(kind=Edition.CORRECTION).exists() is not is_worked_on
    assert Article.objects.get(pk=article.pk).standfirst == article.standfirst


def test_every_account_can_be_written_to(loaded):
    for username in accounts.ROLES:
        assert get_user_model().objects.get(username=username).email == f"{username}@example.org"
