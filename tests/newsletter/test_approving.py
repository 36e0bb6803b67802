"""Approval freezes an issue, with one delivery for each reader; it can be refused, or come by itself."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Alarm, Delivery, Issue, IssueItem
from articles.newsletter.issues import building
from articles.newsletter.issues.building import IssueRefused
from tests import factories
from tests.newsletter.happenings import DAY, HOUR, WEEK, withdrawn

pytestmark = pytest.mark.django_db


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
    assert ids == [building.rendering.message_id(issue, reader.pk) for reader in readers]
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
    with pytest.raises(IssueRefused, match="permission to approve"):
        building.approve(issue, by=other)
    building.approve(issue, by=chief)
    with pytest.raises(IssueRefused, match="permission to approve"):
        building.hold(issue, reason="No.", by=other)
    building.hold(issue, reason="Wait.", by=chief)
    for action in (building.resume, building.continue_with_the_rest):
        with pytest.raises(IssueRefused, match="permission to approve"):
            action(issue, by=other)
    with pytest.raises(IssueRefused, match="permission to approve"):
        building.close(issue, reason="No.", by=other)


def test_what_cannot_be_approved_says_why(chief):
    issue = building.build()
    with pytest.raises(IssueRefused, match="It’s already skipped"):
        building.approve(issue, by=chief)
    factories.print_edition()
    issue = building.build()
    issue.items.all().delete()
    with pytest.raises(IssueRefused, match="has no articles"):
        building.approve(issue, by=chief)


@pytest.mark.parametrize("subject", ["", "   "])
def test_a_letter_without_a_subject_is_not_approved(chief, subject):
    factories.print_edition()
    issue = building.build()
    Issue.objects.update(subject=subject)
    with pytest.raises(IssueRefused, match="Add a subject"):
        building.approve(issue, by=chief)


@pytest.mark.parametrize("breaking", ["\r\nBcc: x@example.org", "\n", "\x0b", "\x85", "\u2028"])
def test_a_subject_that_would_break_the_header_is_refused_in_a_sentence(chief, breaking):
    factories.print_edition()
    issue = building.build()
    Issue.objects.update(subject=f"News{breaking}")
    with pytest.raises(IssueRefused, match="contains a line break or another control character"):
        building.approve(issue, by=chief)
    assert Delivery.objects.count() == 0


def test_a_title_with_line_breaks_becomes_a_subject_on_one_line():
    factories.print_edition(title="Pumps\r\nBcc: x@example.org")
    assert building.build().subject == "Pumps Bcc: x@example.org"


@pytest.mark.parametrize("place", ["subject", "introduction"])
def test_words_above_the_articles_that_name_a_medicine_s_wrong_class_are_not_approved(chief, place):
    factories.print_edition()
    issue = building.build()
    setattr(issue, place, "Gabapentin is an opioid")
    issue.save()
    with pytest.raises(IssueRefused, match=r"Gabapentin is not an opioid\. It is an anticonvulsant"):
        building.approve(issue, by=chief)
    issue.refresh_from_db()
    assert issue.state == "draft"


def test_a_letter_that_mail_programs_would_cut_is_refused(chief, monkeypatch):
    for _n in range(3):
        factories.print_edition(standfirst="So much to say. " * 18)
    issue = building.build()
    monkeypatch.setattr(building, "LARGEST", 2_000)
    with pytest.raises(IssueRefused, match=r"bytes\. Mail programs cut"):
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
    assert "can’t be sent automatically" in Alarm.objects.get(issue=issue).sentence
    factories.print_edition()
    building.build()
    issue.items.filter(edition=edition).delete()
    building.approve_by_itself(now + 25 * HOUR)
    issue.refresh_from_db()
    assert (issue.state, issue.approved_by) == ("approved", None)
    assert Alarm.objects.get(issue=issue).over_at is not None
