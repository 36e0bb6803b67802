"""The press: what it prints, when it is live, and that nothing wrong gets past it by any path."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import public_state
from articles.models import Article, Byline, Edition, EditionPicture, Reference, Topic
from articles.publishing import desk, press
from articles.publishing.press import PublishingRefused
from tests import factories
from tests.properties import examples
from tests.publishing.judging import refusals

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_an_edition_is_the_working_copy_as_it_was():
    lead = factories.CreditFactory().image
    article = factories.publishable_article(
        lead_image=lead, lead_caption="A pump.", closing_question="Would you want one?"
    )
    by = factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        edition = press.publish(article, by=by, note="First printed.")
    Article.objects.filter(pk=article.pk).update(title="Rewritten", body="<p>All new.</p>")
    Byline.objects.all().delete()
    edition.refresh_from_db()
    shown = {
        "number": edition.number,
        "kind": edition.kind,
        "title": edition.title,
        "body": edition.body,
        "authors": [str(line) for line in edition.bylines.all()],
        "picture": (edition.lead_image, edition.lead_caption),
        "question": edition.closing_question,
        "references": [ref["citation"] for ref in edition.references],
        "live": (edition.live_from, edition.live_until),
        "by": (edition.by, edition.note),
        "signed": edition.review.signed_digest == edition.revision.signed_digest,
    }
    assert shown == {
        "number": 1,
        "kind": "first",
        "title": article.title,
        "body": factories.BODY,
        "authors": [edition.bylines.get().contributor.name],
        "picture": (lead, "A pump."),
        "question": "Would you want one?",
        "references": ["Doe J. Pumps. J Pain. In press."],
        "live": (MONDAY, None),
        "by": (by, "First printed."),
        "signed": True,
    }


def test_a_text_that_is_only_in_memory_is_not_published_and_neither_is_the_one_in_the_database():
    article = factories.publishable_article(title="Pumps")
    article.title = "Never saved"
    with pytest.raises(PublishingRefused, match="The text changed after you opened it"):
        press.publish(article, by=factories.editor())
    assert press.publish(Article.objects.get(), by=factories.editor()).title == "Pumps"


def test_publishing_again_closes_the_edition_before():
    article = factories.publishable_article()
    by = factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        first = press.publish(article, by=by)
    with time_machine.travel(MONDAY + DAY, tick=False):
        second = press.publish(article, by=by)
    first.refresh_from_db()
    assert (first.live_until, second.live_from, second.live_until) == (MONDAY + DAY, MONDAY + DAY, None)
    assert (second.kind, second.number, second.first_live_from) == ("update", 2, MONDAY)


# Every path refuses ---------------------------------------------------------------------------------------------------

FLAWS = {
    "review.missing": lambda article: Article.objects.filter(pk=article.pk).update(standfirst="Not what was signed."),
    "credit.missing": lambda article: Article.objects.filter(pk=article.pk).update(lead_image=factories.ImageFactory()),
    "disclosure.missing": lambda article: Article.objects.filter(pk=article.pk).update(disclosure=""),
}


def by_function(article, by, client):
    with pytest.raises(PublishingRefused):
        press.publish(article, by=by)


def by_schedule(article, by, client):
    with pytest.raises(PublishingRefused):
        press.publish(article, by=by, at=datetime(2099, 1, 1, tzinfo=UTC))


def by_command(article, by, client):
    with pytest.raises(CommandError) as refused:
        call_command("publish_article", article.slug, by=by.username)
    assert "was not published" in str(refused.value)


def by_admin(article, by, client):
    client.force_login(by)
    sent = {"seen": factories.seen(article)}
    answer = client.post(reverse("admin:articles_article_publish", args=[article.pk]), sent, follow=True)
    assert answer.status_code == 200
    assert {message.level_tag for message in answer.context["messages"]} == {"error"}


@pytest.mark.parametrize("path", [by_function, by_schedule, by_command, by_admin])
@pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS.keys())
def test_nothing_wrong_gets_out_by_any_path(path, flaw, client):
    article = factories.publishable_article()
    flaw(article)
    path(article, factories.editor(), client)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Newsletter editor", "Site administrator", None])
@pytest.mark.parametrize("path", [by_function, by_schedule, by_command])
def test_only_an_editor_publishes(role, path, client):
    article = factories.publishable_article()
    path(article, factories.UserFactory(role=role), client)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("by", [None, AnonymousUser()])
def test_nobody_publishes_nothing(by):
    article = factories.publishable_article()
    assert refusals(lambda: press.publish(article, by=by)) == ["permission.publish"]


def test_an_account_that_was_closed_publishes_nothing():
    by = factories.editor()
    by.is_active = False
    assert refusals(lambda: press.publish(factories.publishable_article(), by=by)) == ["permission.publish"]


def test_all_findings_are_told_at_once():
    article = factories.publishable_article(disclosure="", standfirst="")
    found = refusals(lambda: press.publish(article, by=factories.UserFactory(role="Author")))
    assert found == ["permission.publish", "standfirst.missing", "disclosure.missing"]


def test_only_a_history_that_is_set_up_has_dates_in_the_past_and_no_request_asks_for_one(client):
    """What is published today is dated today: a request that says otherwise is answered as if it had not."""
    root = Path(__file__).parents[2] / "articles"
    users = {str(path.relative_to(root)) for path in root.rglob("*.py") if "is_backdated" in path.read_text()}
    assert users == {"publishing/press.py", "demonstration/loader.py", "demonstration/happenings.py"}
    article = factories.publishable_article()
    client.force_login(factories.editor())
    sent = {"seen": factories.seen(article), "at": "2020-01-01T09:00", "_publish": "schedule"}
    address = reverse("admin:articles_article_publish", args=[article.pk])
    answer = client.post(address, {**sent, "is_backdated": "True"}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["January 1, 2020, 09:00 has passed. Choose a later time, or publish it now."]
    assert not Edition.objects.exists()


def test_only_the_press_makes_editions():
    """Whoever could write an Edition elsewhere would have a second way to the public."""
    root = Path(__file__).parents[2] / "articles"
    makers = ("Edition.objects.create", "Edition(", "Edition.objects.bulk_create")
    said = {
        str(path.relative_to(root)) for path in root.rglob("*.py") if any(maker in path.read_text() for maker in makers)
    }
    assert said == {"publishing/printing.py", "models/edition.py"}, "models/edition.py holds the class itself"
    callers = {path.name for path in root.rglob("*.py") if "print_edition(" in path.read_text()}
    assert callers == {"printing.py", "press.py"}


# Times ----------------------------------------------------------------------------------------------------------------


def test_a_second_edition_waits_until_the_scheduled_one_is_off_the_schedule():
    article, by = factories.publishable_article(), factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        planned = press.publish(article, by=by, at=MONDAY + DAY)
        assert refusals(lambda: press.publish(article, by=by)) == ["schedule.taken"]
        press.unschedule(planned, by=by)
        edition = press.publish(article, by=by)
    assert (edition.number, list(Edition.objects.live(MONDAY + 9 * DAY))) == (2, [edition])


def test_nothing_is_printed_before_what_is_live_already():
    article, by = factories.publishable_article(), factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        press.publish(article, by=by)
        assert refusals(lambda: press.publish(article, by=by, at=MONDAY)) == ["schedule.order"]


@pytest.mark.parametrize("ago", [timedelta(minutes=1), DAY, 365 * DAY])
def test_a_schedule_in_the_past_is_refused_by_name_and_nothing_goes_live(ago):
    article, by = factories.publishable_article(), factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        assert refusals(lambda: press.publish(article, by=by, at=MONDAY - ago)) == ["schedule.past"]
        assert not Edition.objects.exists()
        wrong = press.publish(article, by=by)
    Article.objects.filter(pk=article.pk).update(disclosure="None at all.")
    erratum = press.Erratum("was", "now", "why", "minor")
    with time_machine.travel(MONDAY + DAY, tick=False):
        earlier = MONDAY + timedelta(hours=1)
        assert "schedule.past" in refusals(
            lambda: press.correct(article, erratum, by=by, at=earlier, seen=factories.seen(article))
        )
    assert list(Edition.objects.all()) == [wrong]


def test_the_minute_that_a_form_names_is_not_past_while_it_lasts():
    article = factories.publishable_article()
    with time_machine.travel(MONDAY + timedelta(seconds=59), tick=False):
        assert press.publish(article, by=factories.editor(), at=MONDAY).live_from == MONDAY


def test_what_is_live_is_not_taken_off_the_schedule():
    edition = factories.print_edition()
    assert refusals(lambda: press.unschedule(edition, by=edition.by)) == ["schedule.over"]


def test_a_schedule_needs_an_editor_to_be_undone():
    edition = factories.print_edition(at=datetime(2099, 1, 1, tzinfo=UTC))
    by = factories.UserFactory(role="Author")
    assert refusals(lambda: press.unschedule(edition, by=by)) == ["permission.publish"]
    assert list(Edition.objects.scheduled()) == [edition]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "schedule", "unschedule", "withdraw"]),
        st.integers(1, 48),  # hours that pass before
        st.integers(1, 96),  # hours ahead, where a deed plans
    ),
    max_size=12,
)


@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=DEEDS)
def test_whatever_editors_do_one_edition_is_live_at_any_instant(deeds):
    """The intervals that editors leave behind never overlap, and what was public in the past stays what it was."""
    article, by = factories.publishable_article(in_section="news", signed=False), factories.editor()
    now, past = MONDAY, {}
    for deed, pause, ahead in deeds:
        now += timedelta(hours=pause)
        with time_machine.travel(now, tick=False):
            with suppress(PublishingRefused):
                do(deed, article, by, now + timedelta(hours=ahead))
            past[now] = live(article, now)
    for hours in range(0, 700, 3):
        assert len(live(article, MONDAY + timedelta(hours=hours))) <= 1
    assert {at: live(article, at) for at in past} == past


def do(deed, article, by, at):
    if deed in ("publish", "schedule"):
        press.publish(article, by=by, at=at if deed == "schedule" else None)
    elif deed == "withdraw":
        press.withdraw(article, by=by, note="Because.")
    elif edition := Edition.objects.scheduled().filter(article=article).first():
        press.unschedule(edition, by=by)


def live(article, at):
    return list(Edition.objects.live(at).filter(article=article))


def test_a_clock_that_was_set_back_ends_in_a_sentence():
    article, by = factories.publishable_article(), factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        press.publish(article, by=by)
    with time_machine.travel(MONDAY - DAY, tick=False):
        assert refusals(lambda: press.publish(article, by=by)) == ["schedule.taken"]
        assert refusals(lambda: press.withdraw(article, by=by, note="x")) == ["withdraw.nothing"]
        desk.save(article, by=by)
    assert Edition.objects.live(MONDAY).count() == 1


# Withdrawing ----------------------------------------------------------------------------------------------------------


def test_withdrawing_prints_a_tombstone_and_clears_the_schedule():
    article, by = factories.publishable_article(), factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        press.publish(article, by=by)
        press.publish(article, by=by, at=MONDAY + 2 * DAY)
    with time_machine.travel(MONDAY + DAY, tick=False):
        tombstone = press.withdraw(article, by=by, note=" It named a wrong dose. ")
    assert (tombstone.kind, tombstone.note, tombstone.number) == ("withdrawn", "It named a wrong dose.", 3)
    assert [live(article, MONDAY + days * DAY) == [] for days in (0, 1, 2, 3)] == [False, True, True, True]


def test_withdrawing_needs_something_public_a_reason_and_an_editor():
    article, by = factories.publishable_article(), factories.editor()
    assert refusals(lambda: press.withdraw(article, by=by, note="x")) == ["withdraw.nothing"]
    press.publish(article, by=by)
    assert refusals(lambda: press.withdraw(article, by=by, note=" ")) == ["withdraw.note"]
    author = factories.UserFactory(role="Author")
    assert refusals(lambda: press.withdraw(article, by=author, note="x")) == ["permission.publish"]
    assert Edition.objects.live().count() == 1


def test_a_withdrawn_article_can_be_published_again():
    edition = factories.print_edition()
    article = Article.objects.get()
    press.withdraw(article, by=edition.by, note="Under review.")
    again = press.publish(article, by=edition.by)
    assert (again.kind, Edition.objects.resolve(again.slug).status) == ("update", 200)


# Two at once ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_press_at_once_print_one_after_the_other(needs_postgresql):
    article, by = factories.publishable_article(), factories.editor()
    gate = threading.Barrier(2, timeout=120)
    done: list[object] = []

    def press_it():
        gate.wait()
        try:
            done.append(press.publish(article, by=by).number)
        except PublishingRefused as refusal:
            done.append(refusal.findings[0].id)
        finally:
            connection.close()

    threads = [threading.Thread(target=press_it) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, done)) in (["1", "2"], ["1", "schedule.order"])
    assert Edition.objects.live().count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_publishing_takes_31_queries_at_most_however_much_an_article_has(number, monkeypatch):
    """By an editor whose permissions were read for the page with the button; its BEGIN and COMMIT are not counted."""
    lead, *images = [factories.CreditFactory(title=f"Work {count}").image for count in range(number + 1)]
    figures = [f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>' for image in images]
    article = factories.publishable_article(signed=False, lead_image=lead, body=factories.BODY + "".join(figures))
    topics = [factories.public(Topic(name=f"Topic {count}", slug=f"topic-{count}")) for count in range(number)]
    article.topics.set(topics)
    for count in range(2, 2 + number):
        doi = f"10.1000/{count}"
        Reference.objects.create(article=article, position=count, citation=f"Doe J. {count}. In press.", doi=doi)
        Byline.objects.create(article=article, contributor=factories.ContributorFactory(), position=count)
    desk.save(article, by=None)
    factories.sign(article)
    by = factories.editor()
    assert by.has_perm("articles.publish_article")
    monkeypatch.setattr(public_state, "current", lambda: None)  # as it is in the press's transaction
    with CaptureQueriesContext(connection) as queries:
        edition = press.publish(article, by=by)
    shown = EditionPicture.objects.filter(edition=edition)
    assert (shown.count(), edition.filed_under.count()) == (number + 1, number)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 31
    assert desk.keep_revision(article, by=None) == edition.revision


@pytest.mark.parametrize("column", ["title", "standfirst", "body", "closing_question", "disclosure"])
def test_a_copy_of_the_article_with_other_words_than_the_database_is_refused(column):
    article, by = factories.publishable_article(), factories.editor()
    old = Article.objects.get(pk=article.pk)
    setattr(old, column, "Other words.")
    assert "text.unseen" in refusals(lambda: press.publish(old, by=by))
    assert press.publish(article, by=by).number == 1
