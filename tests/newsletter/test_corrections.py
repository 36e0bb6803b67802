"""Who was sent the wrong text is told, once, and nobody else is."""

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Alarm, Correction, Issue, ReachChoice, Subscription
from articles.newsletter import scheduler
from articles.newsletter.issues import audience, building, reach, rendering
from articles.newsletter.issues.building import IssueRefused
from articles.publishing import desk, press, sweep
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
    return list(reach.reached(correction).order_by("pk"))


def test_it_reaches_whoever_had_it_or_may_have_and_nobody_else(edition, readers, sent):
    assert reached(corrected(edition)) == readers[:4]


def test_it_reaches_nobody_who_left_but_those_who_pause_or_want_only_corrections(edition, readers, sent):
    readers[0].state, readers[0].ended_at = "ended", timezone.now()
    readers[1].wants, readers[1].paused_until = "corrections", timezone.localdate() + DAY
    readers[0].save(), readers[1].save()
    assert reached(corrected(edition)) == readers[1:4]


def test_every_version_sent_before_counts_and_an_editor_may_leave_one_out(edition, readers, sent, chief):
    """The first version did not say it; nobody but a person can know that."""
    with time_machine.travel(timezone.now() + WEEK):
        article = edition.article
        updated(edition, body=article.body.replace("It may help.", "It is under study."))
        handed_over(building.approve(building.build(), by=chief), readers[5])
        wrong = updated(edition, body=article.body.replace("It is under study.", "It cures."))
    with time_machine.travel(timezone.now() + 2 * WEEK):
        handed_over(building.approve(building.build(), by=chief), readers[4])
        correction = corrected(wrong, was="It cures.", now="It may help.")
        assert reached(correction) == readers
        issue = building.correction_issue(correction, by=chief)
        reach.leave_out(issue, edition, reason="It said “It may help.” then.", by=chief)
        assert reached(correction) == readers[4:]


SAID = ["", "We said that it helps.", "It  may\xa0help", "IT MAY HELP."]
BETWEEN = ["a typo fix", "another topic", "a minor correction", "nothing"]
PAIRS = [(said, BETWEEN[0]) for said in SAID] + [(SAID[0], kind) for kind in BETWEEN[1:]]
OTHER_PAIRS = [(said, kind) for said in SAID[1:] for kind in BETWEEN[1:]]


@pytest.mark.parametrize(
    ("was", "between"), [*PAIRS, *(pytest.param(*pair, marks=pytest.mark.campaign) for pair in OTHER_PAIRS)]
)
def test_neither_what_it_said_nor_a_version_between_hides_a_reader(readers, chief, was, between):
    edition = factories.print_edition(body=factories.BODY.replace("about it", "abuot it"))
    handed_over(building.approve(building.build(), by=chief), *readers[:2])
    latest = between_versions(edition, between)
    article = latest.article
    article.refresh_from_db()
    article.body = article.body.replace("It may help.", "It rarely helps.")
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(was=was, now="It rarely helps.", why="The trial was misread.", severity="safety")
    assert reached(factories.correct(article, erratum, by=factories.editor())) == readers[:2]


def between_versions(edition, kind):
    if kind == "a typo fix":
        return factories.fix_typo(edition.article, was="abuot", now="about", by=factories.editor())
    if kind == "a minor correction":
        return corrected(edition, severity="minor", was="abuot", now="about").edition
    return updated(edition, standfirst="What another pump can do.") if kind == "another topic" else edition


def test_each_reader_gets_a_correction_once_however_many_versions_they_were_sent(edition, readers, sent, chief):
    with time_machine.travel(timezone.now() + WEEK):
        later = updated(edition, standfirst="What two pumps can do.")
        handed_over(building.approve(building.build(), by=chief), *readers[:2])
    with time_machine.travel(timezone.now() + 2 * WEEK):
        correction = corrected(later)
        assert reached(correction) == readers[:4]
        assert building.approve(building.correction_issue(correction, by=chief), by=chief).deliveries.count() == 4


def test_each_version_is_named_with_the_issues_in_which_it_was_sent(edition, readers, sent, chief):
    with time_machine.travel(timezone.now() + WEEK):
        later = updated(edition, standfirst="What two pumps can do.")
        second = building.approve(building.build(), by=chief)
        handed_over(second, readers[0], readers[5])
    with time_machine.travel(timezone.now() + 2 * WEEK):
        versions = reach.versions(corrected(later))
    dates = [date_format(timezone.localtime(issue.started_at), "F j, Y") for issue in (sent, second)]
    assert [version.edition for version in versions] == [edition, later]
    assert [str(one) for version in versions for one in version.sendings] == [
        f"sent to 4 readers in issue {sent.number}, {dates[0]}",
        f"sent to 2 readers in issue {second.number}, {dates[1]}",
    ]


def test_a_reader_who_erased_their_address_still_counts_among_those_it_was_sent_to(edition, readers, sent):
    readers[0].delete()
    correction = corrected(edition)
    assert reach.versions(correction)[0].sendings[0].readers == 4
    assert reached(correction) == readers[1:4]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_version_is_left_out_with_a_reason_by_those_who_may_before_the_mail_goes(edition, sent, chief, reason):
    issue = building.correction_issue(corrected(edition), by=chief)
    with pytest.raises(IssueRefused, match="Say why"):
        reach.leave_out(issue, edition, reason=reason, by=chief)
    with pytest.raises(IssueRefused, match="permission to approve"):
        reach.leave_out(issue, edition, reason="Because.", by=factories.editor())
    with pytest.raises(IssueRefused, match="no version of this article that was sent"):
        reach.leave_out(issue, factories.print_edition(title="Another"), reason="Because.", by=chief)
    with pytest.raises(IssueRefused, match="isn’t a correction"):
        reach.leave_out(sent, edition, reason="Because.", by=chief)
    building.approve(issue, by=chief)
    with pytest.raises(IssueRefused, match="It’s already approved"):
        reach.leave_out(issue, edition, reason="Because.", by=chief)
    assert not ReachChoice.objects.exists()


def test_a_version_that_was_left_out_can_be_taken_in_again_and_both_are_kept(edition, readers, sent, chief):
    correction = corrected(edition)
    issue = building.correction_issue(correction, by=chief)
    reach.leave_out(issue, edition, reason="It was right then.", by=chief)
    assert [version.left_out.reason for version in reach.versions(correction)] == ["It was right then."]
    assert audience.count(issue) == 0
    with pytest.raises(IssueRefused, match=r"Version 1 was left out: It was right then\."):
        building.approve(issue, by=chief)
    reach.take_in(issue, edition, by=chief)
    assert reach.versions(correction)[0].left_out is None
    assert reached(correction) == readers[:4]
    assert list(ReachChoice.objects.order_by("pk").values_list("leaves_out", "by")) == [
        (True, chief.pk),
        (False, chief.pk),
    ]


def test_where_a_correction_reaches_nobody_it_is_said_why(edition, readers, sent, chief):
    unsent = corrected(factories.print_edition(title="Read by nobody"))
    assert reach.why_nobody(unsent) == [
        "No subscriber was sent this article before the correction, so there is nobody to email."
    ]
    correction = corrected(edition)
    assert reach.why_nobody(correction) == []
    Subscription.objects.update(state="ended", ended_at=timezone.now())
    assert reach.why_nobody(correction) == ["Everyone who was sent version 1 has unsubscribed since."]


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
    with pytest.raises(IssueRefused, match="nobody to email"):
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
    assert reached(second) == readers[:4]


def test_an_expired_review_or_a_lost_credit_does_not_stop_a_correction(edition, readers, sent, chief):
    correction = corrected(edition)
    issue = building.approve(building.correction_issue(correction, by=chief), by=chief)
    assert building.reasons_to_hold(issue, at=timezone.now() + 3000 * DAY) == []


def test_the_reach_takes_two_queries_however_many_versions_were_sent(
    edition, readers, sent, chief, django_assert_num_queries
):
    correction = Correction.objects.select_related("edition", "corrected").get(pk=corrected(edition).pk)
    with django_assert_num_queries(2):
        assert reach.reached(correction).count() == 4
    with time_machine.travel(timezone.now() + WEEK):
        later = updated(correction.edition, standfirst="What two pumps can do.")
        handed_over(building.approve(building.build(), by=chief), *readers)
        correction = corrected(later, was="It rarely helps.", now="It helps one in ten.")
    with django_assert_num_queries(2):
        assert reach.reached(correction).count() == 6


def test_letters_that_carry_the_wrong_words_are_named(edition, chief):
    draft = building.build()
    draft.introduction = "We say: it may help."
    draft.save()
    names = sweep.also_said(corrected(edition))
    assert f"issue {draft.number}, draft" in names
    building.approve(draft, by=chief)
    Issue.objects.filter(pk=draft.pk).update(state="sent", sent_at=timezone.now())
    assert not any(name.startswith("letter") for name in sweep.also_said(Correction.objects.get()))
