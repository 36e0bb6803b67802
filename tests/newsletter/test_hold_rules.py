"""An issue stops itself where one of its articles does not stand any more; resumed, closed, mended for the rest."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from articles.mail import alarms, sender
from articles.models import Alarm, Review
from articles.newsletter.issues import building
from articles.newsletter.issues.building import IssueRefused
from articles.publishing import checks, desk, overrides, press
from tests import factories
from tests.newsletter.happenings import HOUR, corrected, handed_over, harmful, said, updated, withdrawn

pytestmark = pytest.mark.django_db


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
    [moved] = [finding for finding in checks.run(article) if finding.id == "review.moved"]
    asked = overrides.ask(article, finding=moved.id, message=moved.message, reason="It is news.", by=factories.editor())
    overrides.agree(asked, by=factories.editor())
    press.publish(article, by=factories.editor())


FATES = [
    (corrected, "“Pumps” has been corrected since."),
    (withdrawn, "“Pumps” is no longer published."),
    (uncredited, "The picture of “Pumps” has an incomplete credit."),
    (taken_back, "MD, who signed off on “Pumps”, now requests changes."),
    (unsigned, "“Pumps” lost its sign-off: the published version isn’t signed off."),
    (harmful, "A reader reported that “Pumps” could do harm. The report hasn’t been answered."),
]


@pytest.mark.parametrize(("fate", "sentence"), FATES, ids=[fate.__name__ for fate, _sentence in FATES])
def test_an_approved_issue_halts_when(fate, sentence, chief, edition):
    factories.print_edition(title="Sound")
    issue = building.approve(building.build(), by=chief)
    assert building.reasons_to_hold(issue) == []
    fate(edition)
    [reason] = building.reasons_to_hold(issue)
    assert reason.endswith(sentence)


def test_an_approved_issue_halts_when_a_review_expires_and_not_a_day_before(chief, edition):
    issue = building.approve(building.build(), by=chief)
    due = datetime.combine(edition.review.due_on, datetime.min.time(), UTC)
    assert building.reasons_to_hold(issue, at=due + 23 * HOUR) == []
    assert building.reasons_to_hold(issue, at=due + 25 * HOUR) == ["The medical review of “Pumps” has expired."]


def test_an_update_that_corrects_nothing_halts_nothing(chief, edition):
    issue = building.approve(building.build(), by=chief)
    updated(edition, body=edition.body + "<p>A new trial.</p>")
    assert building.reasons_to_hold(issue) == []


def test_looking_for_a_halt_is_one_query_however_many_articles(chief, edition, django_assert_num_queries):
    for _n in range(4):
        factories.print_edition()
    issue = building.approve(building.build(), by=chief)
    with django_assert_num_queries(1):
        building.reasons_to_hold(issue)


def test_a_draft_with_a_withdrawn_article_is_refused_until_that_is_taken_out(chief, edition):
    factories.print_edition(title="Sound")
    issue = building.build()
    withdrawn(edition)
    with pytest.raises(IssueRefused, match="no longer published"):
        building.approve(issue, by=chief)
    issue.items.filter(edition=edition).delete()
    assert said(building.approve(issue, by=chief)) == ["Sound"]


def test_a_draft_whose_article_was_corrected_goes_with_the_correction(chief, edition):
    issue = building.build()
    mended = corrected(edition).edition
    assert building.reasons_to_hold(issue) == []
    assert [item.edition for item in building.approve(issue, by=chief).items.all()] == [mended]


def test_a_held_issue_is_told_of_once_on_the_desk_and_by_mail(chief, edition, mailoutbox):
    issue = building.approve(building.build(), by=chief)
    building.hold(issue, reason="“Pumps” has been corrected since.")
    building.hold(issue, reason="Again.")
    alarms.tell()
    alarms.tell()
    assert sender.send_due() == 1
    [mail] = mailoutbox
    assert mail.to == [chief.email]
    assert f"Issue {issue.number} is on hold: “Pumps” has been corrected since." in mail.body
    assert f"/admin/articles/issue/{issue.pk}/change/" in mail.body


def test_alarms_reach_superusers_and_those_who_run_the_site_each_address_once(chief, mailoutbox, settings):
    settings.ADMINS = [("", chief.email.upper()), ("Ops", "ops@example.org")]
    factories.UserFactory(role=None, email="root@example.org", is_superuser=True)
    factories.UserFactory(role=None, email="Root@example.org", is_superuser=True)
    factories.UserFactory(role=None, email="gone@example.org", is_superuser=True, is_active=False)
    alarms.ring("clock", "The clock’s newsletter hasn’t come to an end for 30 minutes.")
    alarms.tell()
    sender.send_due()
    assert sorted(to for mail in mailoutbox for to in mail.to) == [chief.email, "ops@example.org", "root@example.org"]


def test_resume_needs_the_reason_to_be_gone_and_takes_up_where_it_was(chief, edition):
    readers = [factories.subscription() for _n in range(3)]
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, readers[0])
    credit = edition.lead_image.credit
    uncredited(edition)
    building.hold(issue, reason=" ".join(building.reasons_to_hold(issue)))
    with pytest.raises(IssueRefused, match="has an incomplete credit"):
        building.resume(issue, by=chief)
    credit.pk = None
    credit.save(force_insert=True)
    issue = building.resume(issue, by=chief)
    assert issue.state == "sending"
    assert list(issue.deliveries.order_by("pk").values_list("state", flat=True)) == ["handed_over", "queued", "queued"]
    assert Alarm.objects.get().over_at is not None
    building.hold(issue, reason="Once more.", by=chief)
    assert Alarm.objects.get().over_at is None


def test_a_corrected_issue_is_continued_for_the_rest_and_the_ledger_stays_true(chief, edition):
    factories.print_edition(title="Sound")
    readers = [factories.subscription() for _n in range(4)]
    first = building.approve(building.build(), by=chief)
    handed_over(first, readers[0])
    correction = corrected(edition)
    building.hold(first, reason=" ".join(building.reasons_to_hold(first)))
    with pytest.raises(IssueRefused, match="corrected issue to the rest"):
        building.resume(first, by=chief)
    readers[3].state, readers[3].ended_at = "ended", timezone.now()
    readers[3].save()
    mended = building.continue_with_the_rest(first, by=chief)
    first.refresh_from_db()
    assert (first.state, mended.state, mended.week) == ("sent", "draft", first.week)
    assert "The rest get issue 2." in first.reason
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
    building.hold(issue, reason="Wait.", by=chief)
    with pytest.raises(IssueRefused, match="1 of its messages are being sent"):
        building.continue_with_the_rest(issue, by=chief)
    issue.deliveries.update(lease_until=timezone.now() - HOUR)
    building.close(issue, reason="Enough.", by=chief)
    [delivery] = issue.deliveries.all()
    assert (delivery.state, delivery.was_uncertain) == ("withheld", True)


def test_nothing_is_left_to_continue_with(chief, edition):
    issue = building.approve(building.build(), by=chief)
    withdrawn(edition)
    building.hold(issue, reason="Withdrawn.")
    with pytest.raises(IssueRefused, match="Nothing is left to send"):
        building.continue_with_the_rest(issue, by=chief)
    assert building.close(issue, reason="Withdrawn.", by=chief).state == "sent"
