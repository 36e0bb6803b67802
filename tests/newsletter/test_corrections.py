"""Who was sent the wrong text is told, once, and nobody else is."""

import pytest
import time_machine
from django.utils import timezone

from articles.models import Alarm, Correction, Issue
from articles.newsletter import scheduler
from articles.newsletter.issues import audience, building, rendering
from articles.newsletter.issues.building import IssueRefused
from articles.publishing import press
from tests import factories
from tests.newsletter.happenings import DAY, WEEK, corrected, handed_over, updated

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.newsletter_editor()


@pytest.fixture
def edition():
    return factories.print_edition(title="Pumps")


@pytest.fixture
def readers():
    return [factories.subscription() for _n in range(6)]


@pytest.fixture
def sent(edition, readers, chief):
    """An issue with the article; the first four of six had it, each in another state of delivery."""
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, readers[0], readers[1])
    issue.deliveries.filter(subscription=readers[2]).update(state="uncertain", was_uncertain=True)
    issue.deliveries.filter(subscription=readers[3]).update(state="claimed", lease_until=timezone.now() + DAY)
    issue.deliveries.filter(subscription=readers[4]).update(state="refused", settled_at=timezone.now())
    return issue


def reached(correction):
    return list(audience.reached(correction).order_by("pk"))


def test_it_reaches_whoever_had_it_or_may_have_and_nobody_else(edition, readers, sent):
    assert reached(corrected(edition)) == readers[:4]


def test_it_reaches_nobody_who_left_but_those_who_pause_or_want_only_corrections(edition, readers, sent):
    readers[0].state, readers[0].ended_at = "ended", timezone.now()
    readers[1].wants, readers[1].paused_until = "corrections", timezone.localdate() + DAY
    readers[0].save(), readers[1].save()
    assert reached(corrected(edition)) == readers[1:4]


def test_an_update_sent_to_others_is_no_error_of_theirs(edition, readers, sent, chief):
    """Readers of another edition, in which the wrong words did not stand, are not told."""
    with time_machine.travel(timezone.now() + WEEK):
        article = edition.article
        updated(edition, body=article.body.replace("It may help.", "It is under study."))
        later = building.approve(building.build(), by=chief)
        handed_over(later, readers[5])
        wrong = updated(edition, body=article.body.replace("It is under study.", "It cures."))
    with time_machine.travel(timezone.now() + 2 * WEEK):
        third = building.approve(building.build(), by=chief)
        handed_over(third, readers[4])
        correction = corrected(wrong, was="It cures.", now="It may help.")
        assert reached(correction) == [readers[4]]


def test_a_slip_mended_meanwhile_hides_no_reader(readers, chief):
    edition = factories.print_edition(body=factories.BODY.replace("may harm", "may hram"))
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, *readers[:2])
    typo = press.fix_typo(edition.article, was="hram", now="harm", by=factories.editor())
    correction = corrected(typo)
    assert correction.corrected == typo
    assert reached(correction) == readers[:2]


def test_a_reader_whose_sections_left_the_article_out_is_not_told(chief):
    edition = factories.print_edition(in_section="treatments")
    factories.print_edition(in_section="news", title="News")
    news, both = factories.subscription(sections=["news"]), factories.subscription(sections=["news", "treatments"])
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, news, both)
    assert reached(corrected(edition)) == [both]


def test_a_safety_correction_drafts_itself_and_waits_for_one_click(edition, readers, sent, chief):
    correction = corrected(edition, severity="safety")
    scheduler.go_round()
    scheduler.go_round()
    issue = Issue.objects.get(kind="correction")
    assert (issue.state, issue.correction) == ("draft", correction)
    assert issue.subject == "Please read: we were wrong about safety in “Pumps”"
    assert "is waiting to be sent" in Alarm.objects.get(issue=issue).sentence
    assert audience.count(issue) == 4
    building.approve(issue, by=chief)
    assert sorted(issue.deliveries.values_list("subscription", flat=True)) == [one.pk for one in readers[:4]]
    assert Alarm.objects.get(issue=issue).over_at is not None


@pytest.mark.parametrize("severity", ["factual", "minor"])
def test_others_are_drafted_by_nobody_but_an_editor(edition, sent, severity):
    corrected(edition, severity=severity)
    scheduler.go_round()
    assert not Issue.objects.filter(kind="correction").exists()


def test_a_factual_one_is_mailed_at_an_editors_choice_and_once(edition, readers, sent, chief):
    correction = corrected(edition)
    with pytest.raises(IssueRefused, match="permission to approve"):
        building.correction_issue(correction, by=factories.editor())
    issue = building.correction_issue(correction, by=chief)
    assert building.correction_issue(correction, by=chief) == issue
    building.approve(issue, by=chief)
    with pytest.raises(IssueRefused, match="already approved"):
        building.approve(issue, by=chief)
    assert building.queue(issue) == 4


def test_minor_ones_and_those_that_reach_nobody_are_refused(edition, sent, chief):
    with pytest.raises(IssueRefused, match="isn’t emailed"):
        building.correction_issue(corrected(edition, severity="minor"), by=chief)
    alone = factories.print_edition(title="Read by nobody")
    with pytest.raises(IssueRefused, match="No current subscriber"):
        building.correction_issue(corrected(alone), by=chief)


def test_the_mail_says_what_was_what_is_and_why(edition, sent, chief):
    correction = corrected(edition, severity="safety")
    mail = rendering.render(building.correction_issue(correction, by=chief)).for_nobody()
    for body in (mail.text, mail.html):
        for words in ("It may help.", "It rarely helps.", "The trial was misread.", "/articles/", "pharmacist"):
            assert words in body
    assert "List-Unsubscribe" in mail.headers


def test_a_correction_of_the_correction_reaches_both_and_halts_the_first(edition, readers, sent, chief):
    first = corrected(edition)
    issue = building.approve(building.correction_issue(first, by=chief), by=chief)
    handed_over(issue, readers[0])
    second = corrected(first.edition, was="It rarely helps.", now="It helps one in ten.")
    assert building.reasons_to_hold(issue) == ["“Pumps” has been corrected since."]
    building.hold(issue, reason="Corrected again.")
    with pytest.raises(IssueRefused, match="A correction can’t be corrected"):
        building.continue_with_the_rest(issue, by=chief)
    issue.deliveries.exclude(state="handed_over").update(state="queued", lease_until=None)
    building.close(issue, reason="Corrected again.", by=chief)
    assert reached(second) == [readers[0]]


def test_an_expired_review_or_a_lost_credit_does_not_stop_a_correction(edition, readers, sent, chief):
    correction = corrected(edition)
    issue = building.approve(building.correction_issue(correction, by=chief), by=chief)
    assert building.reasons_to_hold(issue, at=timezone.now() + 3000 * DAY) == []


def test_the_reach_is_one_query_once_the_wrong_editions_are_known(edition, sent, django_assert_num_queries):
    correction = Correction.objects.select_related("corrected").get(pk=corrected(edition).pk)
    with django_assert_num_queries(2):
        audience.reached(correction).count()


def test_letters_that_carry_the_wrong_words_are_named(edition, chief):
    draft = building.build()
    draft.introduction = "We say: it may help."
    draft.save()
    names = press.also_said(corrected(edition))
    assert f"issue {draft.number}, draft" in names
    building.approve(draft, by=chief)
    Issue.objects.filter(pk=draft.pk).update(state="sent", sent_at=timezone.now())
    assert not any(name.startswith("letter") for name in press.also_said(Correction.objects.get()))
