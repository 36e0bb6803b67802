"""From what went live to an approved issue with one delivery for each reader, and what stops it on the way."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Alarm, Delivery, Issue, IssueItem, Review
from articles.newsletter import building, heartbeat, watch
from articles.newsletter.building import IssueRefused
from articles.newsletter.sending.ledger import LEASE
from articles.publishing import desk, press
from tests import factories

pytestmark = pytest.mark.django_db

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def chief():
    return factories.newsletter_editor()


def said(issue):
    return [item.edition.title for item in issue.items.select_related("edition")]


def updated(edition, **changes):
    """The article printed again with other words, signed anew."""
    article = edition.article
    article.refresh_from_db()
    for name, value in changes.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    factories.sign(article)
    return press.publish(article, by=factories.editor())


def corrected(edition, severity="factual", was="It may help.", now="It rarely helps."):
    article = edition.article
    article.refresh_from_db()
    article.body = article.body.replace(was, now)
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(was=was, now=now, why="The trial was misread.", severity=severity)
    return press.correct(article, erratum, by=factories.editor())


def withdrawn(edition):
    return press.withdraw(edition.article, by=factories.editor(), note="It was unsound.")


def handed_over(issue, *readers):
    """As a sender marks them."""
    for reader in readers:
        issue.deliveries.filter(subscription=reader).update(state="handed_over", settled_at=timezone.now())
    Issue.objects.filter(pk=issue.pk).update(state="sending", started_at=timezone.now())
    issue.refresh_from_db()


# What stands in it ----------------------------------------------------------------------------------------------------


def test_the_newest_article_leads_and_the_others_follow_by_section():
    now = timezone.now()
    for hours, place in ((5, "news"), (4, "conditions"), (3, "treatments"), (2, "conditions"), (1, "news")):
        factories.print_edition(title=f"{place} {hours}", in_section=place, at=now - hours * HOUR)
    issue = building.build()
    assert said(issue) == ["news 1", "conditions 2", "conditions 4", "treatments 3", "news 5"]
    assert issue.subject == "news 1, and 4 more"
    assert issue.state == "draft"


def test_a_week_is_built_once_and_a_draft_takes_in_what_went_live_since():
    factories.print_edition(title="One")
    first = building.build()
    first.subject, first.introduction = "Ours", "Dear reader"
    first.save()
    factories.print_edition(title="Two")
    again = building.build()
    assert again.pk == first.pk
    assert said(again) == ["One", "Two"]
    assert (again.subject, again.introduction) == ("Ours", "Dear reader")
    assert said(building.build()) == ["One", "Two"]
    assert Issue.objects.count() == 1


def test_what_an_editor_took_out_does_not_come_back():
    factories.print_edition(title="One")
    factories.print_edition(title="Two")
    issue = building.build()
    issue.items.filter(edition__title="One").delete()
    assert said(building.build()) == ["Two"]


def test_each_article_once_over_the_weeks(chief):
    edition = factories.print_edition(title="One")
    building.approve(building.build(), by=chief)
    with time_machine.travel(timezone.now() + WEEK):
        nothing = building.build()
        assert (nothing.state, said(nothing)) == ("skipped", [])
        assert nothing.because == building.NOTHING
        updated(edition, title="One, much changed", body=edition.body + "<p>A new trial.</p>")
        assert said(building.build()) == ["One, much changed"]


def test_an_update_between_build_and_approval_goes_out_with_it_and_not_again(chief):
    edition = factories.print_edition(title="One")
    issue = building.build()
    newer = updated(edition, body=edition.body + "<p>A new trial.</p>")
    issue = building.approve(issue, by=chief)
    assert [item.edition for item in issue.items.all()] == [newer]
    assert building.build(now=timezone.now() + WEEK).state == "skipped"


def test_slips_and_changes_of_unsigned_fields_are_no_news(chief):
    edition = factories.print_edition(body=factories.BODY.replace("may help", "may hepl"))
    asked = factories.print_edition(title="Asked")
    building.approve(building.build(), by=chief)
    with time_machine.travel(timezone.now() + WEEK):
        press.mend_slip(edition.article, was="hepl", now="help", by=factories.editor())
        updated(asked, closing_question="And you?")
        corrected(asked)
        assert said(building.build()) == []


def test_a_slip_mended_after_a_material_change_hides_it_not(chief):
    edition = factories.print_edition(body=factories.BODY.replace("may help", "may hepl"))
    press.mend_slip(edition.article, was="hepl", now="help", by=factories.editor())
    issue = building.build()
    assert [item.edition.number for item in issue.items.all()] == [2]


def test_withdrawn_scheduled_and_expired_have_no_place():
    withdrawn(factories.print_edition(title="Withdrawn"))
    factories.print_edition(title="Scheduled", at=timezone.now() + DAY)
    expiring = factories.print_edition(title="Expiring")
    due = datetime.combine(expiring.review.due_on, datetime.min.time(), UTC)
    assert said(building.build()) == ["Expiring"]
    Issue.objects.all().delete()
    factories.print_edition(title="Late news", in_section="news", signed=False, at=due + DAY)
    assert said(building.build(now=due + 2 * DAY)) == ["Late news"]


def test_an_unapproved_draft_gives_its_articles_to_the_next_weeks_letter():
    factories.print_edition(title="One")
    old = building.build()
    with time_machine.travel(timezone.now() + WEEK):
        factories.print_edition(title="Two")
        new = building.build()
        old.refresh_from_db()
        assert (old.state, old.because) == ("skipped", building.MOVED_ON)
        assert said(new) == ["Two", "One"]


def test_a_week_left_out_gives_its_articles_to_the_next(chief):
    factories.print_edition(title="One")
    building.skip(building.build(), because="Holidays.", by=chief)
    assert building.build().state == "skipped"
    assert said(building.build(now=timezone.now() + WEEK)) == ["One"]


def test_the_first_letter_is_the_newest_twelve_of_an_old_archive():
    now = timezone.now()
    for days in range(14):
        factories.print_edition(title=f"{days}", at=now - (days + 1) * 30 * DAY)
    assert said(building.build()) == [f"{days}" for days in range(12)]
    assert said(building.build(since=now - 100 * DAY)) == [f"{days}" for days in range(12)]


def test_since_by_hand():
    now = timezone.now()
    for days in (1, 3, 9):
        factories.print_edition(title=f"{days}", at=now - days * DAY)
    assert said(building.build(since=now - 4 * DAY)) == ["1", "3"]


# Approved -------------------------------------------------------------------------------------------------------------


def test_approval_freezes_what_is_in_it_and_queues_each_reader_once(chief):
    factories.print_edition()
    readers = [factories.subscription() for _n in range(3)]
    factories.subscription(state="pending", confirmed_at=None)
    factories.subscription(wants="corrections")
    factories.subscription(paused_until=timezone.localdate() + DAY)
    factories.subscription(state="ended", ended_at=timezone.now())
    issue = building.approve(building.build(), by=chief)
    assert (issue.state, issue.approved_by) == ("approved", chief)
    assert {delivery.subscription for delivery in issue.deliveries.all()} == set(readers)
    assert building.queue(issue) == 3
    for change in (
        lambda: issue.items.all().delete(),
        lambda: issue.items.update(position=9),
        lambda: IssueItem.objects.create(issue=issue, edition=factories.print_edition()),
        lambda: Issue.objects.filter(pk=issue.pk).update(subject="Other"),
        lambda: Issue.objects.filter(pk=issue.pk).update(introduction="Other"),
        lambda: Issue.objects.filter(pk=issue.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_message_ids_are_keyed_constant_and_unique(chief):
    factories.print_edition()
    readers = [factories.subscription() for _n in range(3)]
    issue = building.approve(building.build(), by=chief)
    ids = list(issue.deliveries.order_by("pk").values_list("message_id", flat=True))
    assert ids == [building.messages.message_id(issue, reader.pk) for reader in readers]
    assert len(set(ids)) == 3
    assert all(len(one) < 80 and "reader" not in one for one in ids)


def test_a_reader_of_one_section_gets_a_letter_only_where_it_tells_of_that(chief):
    factories.print_edition(in_section="treatments")
    news = factories.subscription(sections=["news"])
    both = factories.subscription(sections=["news", "treatments"])
    every = factories.subscription()
    issue = building.approve(building.build(), by=chief)
    queued = dict(issue.deliveries.values_list("subscription", "sections"))
    assert queued == {both.pk: ",news,treatments,", every.pk: ""}
    assert news.pk not in queued


def test_readers_are_queued_in_a_handful_of_statements(chief):
    factories.print_edition()
    for _n in range(30):
        factories.subscription()
    issue = building.build()
    with CaptureQueriesContext(
        connection,
    ) as few:
        building.approve(issue, by=chief)
    assert len(few) < 40


@pytest.mark.parametrize("role", ["Author", "Editor", "Site administrator", None])
def test_only_newsletter_editors_approve_hold_and_resume(role, chief):
    factories.print_edition()
    issue, other = building.build(), factories.UserFactory(role=role)
    with pytest.raises(IssueRefused, match="may not approve"):
        building.approve(issue, by=other)
    building.approve(issue, by=chief)
    with pytest.raises(IssueRefused, match="may not approve"):
        building.hold(issue, because="No.", by=other)
    building.hold(issue, because="Wait.", by=chief)
    for deed in (building.resume, building.continue_with_the_rest):
        with pytest.raises(IssueRefused, match="may not approve"):
            deed(issue, by=other)
    with pytest.raises(IssueRefused, match="may not approve"):
        building.close(issue, because="No.", by=other)


def test_what_cannot_be_approved_says_why(chief):
    issue = building.build()
    with pytest.raises(IssueRefused, match="It is skipped already"):
        building.approve(issue, by=chief)
    factories.print_edition()
    issue = building.build()
    issue.items.all().delete()
    with pytest.raises(IssueRefused, match="no article in it"):
        building.approve(issue, by=chief)


@pytest.mark.parametrize("subject", ["", "   "])
def test_a_letter_without_a_subject_is_not_approved(chief, subject):
    factories.print_edition()
    issue = building.build()
    Issue.objects.update(subject=subject)
    with pytest.raises(IssueRefused, match="Give it a subject"):
        building.approve(issue, by=chief)


@pytest.mark.parametrize("breaking", ["\r\nBcc: x@example.org", "\n", "\x0b", "\x85", "\u2028"])
def test_a_subject_that_would_break_the_header_is_refused_in_a_sentence(chief, breaking):
    factories.print_edition()
    issue = building.build()
    Issue.objects.update(subject=f"News{breaking}")
    with pytest.raises(IssueRefused, match="holds a line break or another control character"):
        building.approve(issue, by=chief)
    assert Delivery.objects.count() == 0


def test_a_title_with_line_breaks_becomes_a_subject_on_one_line():
    factories.print_edition(title="Pumps\r\nBcc: x@example.org")
    assert building.build().subject == "Pumps Bcc: x@example.org"


def test_a_letter_that_mail_programs_would_cut_is_refused(chief, monkeypatch):
    for _n in range(3):
        factories.print_edition(standfirst="So much to say. " * 18)
    issue = building.build()
    monkeypatch.setattr(building, "LARGEST", 2_000)
    with pytest.raises(IssueRefused, match="bytes long; mail programs cut"):
        building.approve(issue, by=chief)


# By itself ------------------------------------------------------------------------------------------------------------


def test_without_a_grace_time_nothing_goes_by_itself():
    factories.print_edition()
    issue = building.build(now=timezone.now())
    building.approve_by_itself(timezone.now() + WEEK)
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_after_the_grace_time_a_letter_goes_by_itself_unless_something_halts_it(settings):
    settings.NEWSLETTER_GRACE = 24.0
    edition = factories.print_edition()
    issue, now = building.build(), timezone.now()
    building.approve_by_itself(now + 23 * HOUR)
    assert Issue.objects.get().state == "draft"
    withdrawn(edition)
    building.approve_by_itself(now + 25 * HOUR)
    assert Issue.objects.get().state == "draft"
    assert "cannot go by itself" in Alarm.objects.get(issue=issue).sentence
    factories.print_edition()
    building.build()
    issue.items.filter(edition=edition).delete()
    building.approve_by_itself(now + 25 * HOUR)
    issue.refresh_from_db()
    assert (issue.state, issue.approved_by) == ("approved", None)
    assert Alarm.objects.get(issue=issue).over_at is not None


# It stops itself ------------------------------------------------------------------------------------------------------


def uncredited(edition):
    edition.lead_image.credit.delete()


def taken_back(edition):
    desk.sign_off(edition.revision, by=edition.review.reviewer.user, decision=Review.CHANGES, comments="Wrong.")


def unsigned(edition):
    article = edition.article
    article.refresh_from_db()
    article.section = factories.section("news")
    article.title = "Now without a signature"
    desk.save(article, by=None)
    press.publish(article, by=factories.editor())


FATES = [
    (corrected, "“Pumps” was corrected since."),
    (withdrawn, "“Pumps” is not public any more."),
    (uncredited, "The picture of “Pumps” lacks its credit."),
    (taken_back, "MD, who signed “Pumps”, now asks for changes in it."),
    (unsigned, "“Pumps” lost its sign-off: what is public now is not signed."),
]


@pytest.fixture
def edition():
    return factories.print_edition(title="Pumps", lead_image=factories.CreditFactory().image)


@pytest.mark.parametrize(("fate", "sentence"), FATES, ids=[fate.__name__ for fate, _sentence in FATES])
def test_an_approved_issue_halts_when(fate, sentence, chief, edition):
    factories.print_edition(title="Sound")
    issue = building.approve(building.build(), by=chief)
    assert building.halting(issue) == []
    fate(edition)
    [reason] = building.halting(issue)
    assert reason.endswith(sentence)


def test_an_approved_issue_halts_when_a_review_expires_and_not_a_day_before(chief, edition):
    issue = building.approve(building.build(), by=chief)
    due = datetime.combine(edition.review.due_on, datetime.min.time(), UTC)
    assert building.halting(issue, at=due + 23 * HOUR) == []
    assert building.halting(issue, at=due + 25 * HOUR) == ["The medical review of “Pumps” has expired."]


def test_an_update_that_corrects_nothing_halts_nothing(chief, edition):
    issue = building.approve(building.build(), by=chief)
    updated(edition, body=edition.body + "<p>A new trial.</p>")
    assert building.halting(issue) == []


def test_looking_for_a_halt_is_one_query_however_many_articles(chief, edition, django_assert_num_queries):
    for _n in range(4):
        factories.print_edition()
    issue = building.approve(building.build(), by=chief)
    with django_assert_num_queries(1):
        building.halting(issue)


def test_a_draft_with_a_withdrawn_article_is_refused_until_that_is_taken_out(chief, edition):
    factories.print_edition(title="Sound")
    issue = building.build()
    withdrawn(edition)
    with pytest.raises(IssueRefused, match="not public any more"):
        building.approve(issue, by=chief)
    issue.items.filter(edition=edition).delete()
    assert said(building.approve(issue, by=chief)) == ["Sound"]


def test_a_draft_whose_article_was_corrected_goes_with_the_correction(chief, edition):
    issue = building.build()
    mended = corrected(edition).edition
    assert building.halting(issue) == []
    assert [item.edition for item in building.approve(issue, by=chief).items.all()] == [mended]


def test_a_held_issue_is_told_of_once_on_the_desk_and_by_mail(chief, edition, mailoutbox):
    issue = building.approve(building.build(), by=chief)
    building.hold(issue, because="“Pumps” was corrected since.")
    building.hold(issue, because="Again.")
    assert heartbeat.tell_alarms() == 1
    assert heartbeat.tell_alarms() == 0
    [mail] = mailoutbox
    assert mail.to == [chief.email]
    assert f"Issue {issue.number} is held: “Pumps” was corrected since." in mail.body
    assert f"/admin/articles/issue/{issue.pk}/change/" in mail.body


def test_resume_needs_the_reason_to_be_gone_and_takes_up_where_it_was(chief, edition):
    readers = [factories.subscription() for _n in range(3)]
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, readers[0])
    credit = edition.lead_image.credit
    uncredited(edition)
    building.hold(issue, because=" ".join(building.halting(issue)))
    with pytest.raises(IssueRefused, match="lacks its credit"):
        building.resume(issue, by=chief)
    credit.pk = None
    credit.save(force_insert=True)
    issue = building.resume(issue, by=chief)
    assert issue.state == "sending"
    assert list(issue.deliveries.order_by("pk").values_list("state", flat=True)) == ["handed_over", "queued", "queued"]
    assert Alarm.objects.get().over_at is not None
    building.hold(issue, because="Once more.", by=chief)
    assert Alarm.objects.get().over_at is None


def test_a_corrected_issue_is_continued_for_the_rest_and_the_ledger_stays_true(chief, edition):
    factories.print_edition(title="Sound")
    readers = [factories.subscription() for _n in range(4)]
    first = building.approve(building.build(), by=chief)
    handed_over(first, readers[0])
    correction = corrected(edition)
    building.hold(first, because=" ".join(building.halting(first)))
    with pytest.raises(IssueRefused, match="mend it for the rest"):
        building.resume(first, by=chief)
    readers[3].state, readers[3].ended_at = "ended", timezone.now()
    readers[3].save()
    mended = building.continue_with_the_rest(first, by=chief)
    first.refresh_from_db()
    assert (first.state, mended.state, mended.week) == ("sent", "draft", first.week)
    assert "The rest get issue 2." in first.because
    mended = building.approve(mended, by=chief)
    assert {one.subscription for one in mended.deliveries.all()} == {readers[1], readers[2]}
    assert {item.edition for item in mended.items.all()} >= {correction.edition}
    assert edition not in {item.edition for item in mended.items.all()}
    states = first.deliveries.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["handed_over", "withheld", "withheld", "withheld"]
    handed_over(mended, readers[1], readers[2])
    letter = building.correction_issue(correction, by=chief)
    letter = building.approve(letter, by=chief)
    assert [one.subscription for one in letter.deliveries.all()] == [readers[0]]


def test_an_issue_in_a_senders_hand_is_not_closed_over_it(chief, edition):
    factories.subscription()
    issue = building.approve(building.build(), by=chief)
    issue.deliveries.update(state="claimed", lease_until=timezone.now() + HOUR)
    building.hold(issue, because="Wait.", by=chief)
    with pytest.raises(IssueRefused, match="has 1 of its letters in hand"):
        building.continue_with_the_rest(issue, by=chief)
    issue.deliveries.update(lease_until=timezone.now() - HOUR)
    building.close(issue, because="Enough.", by=chief)
    [delivery] = issue.deliveries.all()
    assert (delivery.state, delivery.was_uncertain) == ("withheld", True)


def test_nothing_is_left_to_continue_with(chief, edition):
    issue = building.approve(building.build(), by=chief)
    withdrawn(edition)
    building.hold(issue, because="Withdrawn.")
    with pytest.raises(IssueRefused, match="Nothing of it can still be sent"):
        building.continue_with_the_rest(issue, by=chief)
    assert building.close(issue, because="Withdrawn.", by=chief).state == "sent"


# Missed and stuck -----------------------------------------------------------------------------------------------------


def test_a_week_that_cannot_be_built_raises_the_alarm_at_once_and_ends_it_when_it_can(monkeypatch, chief):
    factories.print_edition()
    slot = datetime(2026, 11, 26, 9, tzinfo=UTC)
    with monkeypatch.context() as broken:
        broken.setattr("articles.newsletter.gathering.editions", lambda since, until: 1 / 0)
        watch.go_round(slot)
        watch.go_round(slot + timedelta(seconds=61))
    assert {alarm.key for alarm in Alarm.objects.filter(over_at=None)} == {"build", "missed:2026-W48"}
    watch.go_round(slot + timedelta(seconds=90))
    assert not Alarm.objects.filter(over_at=None).exists()


def test_a_low_rate_is_no_standstill(chief, edition, settings):
    factories.subscription(), factories.subscription()
    issue = building.approve(building.build(), by=chief)
    settings.SENDING_RATE = 1
    now = timezone.now()
    assert watch.stuck(now + timedelta(seconds=130)) == []
    assert watch.stuck(now + timedelta(seconds=150)) == [issue]


def test_a_stuck_issue_raises_the_alarm_and_one_that_moves_does_not(chief, edition):
    now = timezone.now()
    factories.subscription(), factories.subscription()
    issue = building.approve(building.build(), by=chief)
    watch.look(now + timedelta(seconds=20))
    assert not Alarm.objects.exists()
    one, _other = issue.deliveries.order_by("pk")
    late = now + timedelta(seconds=120)
    claim = Delivery.objects.filter(pk=one.pk)
    claim.update(state="claimed", lease_until=late - timedelta(seconds=20) + LEASE)
    assert watch.stuck(late) == []
    claim.update(lease_until=late - timedelta(seconds=30) + LEASE)
    assert watch.stuck(late) == [issue]
    Delivery.objects.filter(pk=one.pk).update(state="handed_over", settled_at=late - timedelta(seconds=5))
    assert watch.stuck(late) == []
    assert watch.stuck(late + timedelta(seconds=90)) == [issue]
    watch.look(late + timedelta(seconds=90))
    assert Alarm.objects.get(over_at=None).key == f"stuck:{issue.pk}"
    issue.deliveries.filter(state="queued").update(state="withheld", settled_at=late)
    watch.look(late + timedelta(seconds=120))
    assert not Alarm.objects.filter(over_at=None).exists()
