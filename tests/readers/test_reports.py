"""Reports: taken or refused in a sentence, judged, answered, mailed, and their addresses forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from articles.mail import sender
from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports import BackendTransport
from articles.models import SentenceReport
from articles.publishing import press
from articles.readers import reports
from articles.readers.reports import ReportRefused, Told
from articles.readers.visitor_dedupe import Visitor
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def edition():
    return factories.print_edition(title="Pumps", slug="pumps", closing_question="Would you?")


def told(**changes):
    given = {"passage": 1, "quoted": "Some words about it.", "wrong": "Not so.", "severity": "wrong"}
    return Told(**{**given, **changes})


def send(edition, *, network="192.0.2.7", at=NOON, **changes):
    return reports.report(edition, told(**changes), visitor=Visitor(network, "Firefox"), at=at)


def reprinted(edition, **kwargs):
    article = edition.article
    article.standfirst = f"Put right. {kwargs}"
    article.save()
    factories.sign(article)
    return press.publish(article, by=factories.editor(), note="Put right.")


def problems_of(act):
    with pytest.raises(ReportRefused) as refused:
        act()
    return [*refused.value.problems]


def test_a_report_is_kept_as_it_was_said(edition):
    report = send(edition, email="Reader@EXAMPLE.org")
    row = SentenceReport.objects.values().get()
    assert {name: row[name] for name in ("edition_id", "passage", "quoted", "wrong", "severity", "email")} == {
        "edition_id": edition.pk,
        "passage": 1,
        "quoted": "Some words about it.",
        "wrong": "Not so.",
        "severity": "wrong",
        "email": "Reader@example.org",
    }
    assert report.received_at == NOON
    assert report.answered_at is None


def test_everything_that_is_missing_is_said_at_once(edition):
    said = problems_of(lambda: send(edition, wrong=" \x00 ", severity="", email="nobody"))
    assert len(said) == 3
    assert not SentenceReport.objects.exists()


def test_a_report_that_is_too_long_is_refused_with_its_length(edition):
    assert problems_of(lambda: send(edition, wrong="x" * 20_000)) == [
        "That is 20,000 characters. Please use at most 4,000. Nothing is lost."
    ]
    assert send(edition, wrong="x" * 4_000).pk


def test_nul_and_control_characters_are_taken_out(edition):
    assert send(edition, wrong="Not\x00 so\x07.\r\nReally.").wrong == "Not so.\nReally."


def test_the_same_report_twice_is_there_once(edition):
    assert send(edition).pk
    assert send(edition) is None
    assert send(edition, wrong="Something else.").pk
    assert SentenceReport.objects.count() == 2


def test_a_flood_from_one_network_is_stopped_and_others_still_get_through(edition):
    for number in range(reports.MOST_IN_AN_HOUR):
        send(edition, wrong=f"Not so {number}.")
    with pytest.raises(ReportRefused) as refused:
        send(edition, wrong="Once more.")
    assert refused.value.status == 429
    assert send(edition, network="192.0.2.8", wrong="Once more.").pk
    assert send(edition, wrong="Once more.", at=NOON + timedelta(hours=1)).pk


def test_a_flood_from_many_networks_ends_at_one_article(edition):
    for number in range(reports.MOST_OPEN):
        send(edition, network=f"192.0.2.{number}", wrong=f"{number}")
    assert problems_of(lambda: send(edition, network="198.51.100.1", wrong="More."))[0].startswith("Many readers")
    assert send(factories.print_edition(), network="198.51.100.1", wrong="More.").pk


def test_the_gravest_waits_first_and_the_desks_judgment_counts(edition):
    typo, harm = send(edition, wrong="a", severity="typo"), send(edition, wrong="b", severity="harm")
    assert list(SentenceReport.objects.open()) == [harm, typo]
    assert list(SentenceReport.objects.open_for_safety().values_list("edition__article", flat=True)) == [
        edition.article_id
    ]
    reports.assess(harm, severity="unclear", by=factories.editor())
    assert not SentenceReport.objects.open_for_safety().exists()
    reports.assess(typo, severity="harm", by=factories.editor())
    assert list(SentenceReport.objects.open_for_safety()) == [typo]
    assert SentenceReport.objects.get(pk=harm.pk).reader_severity == "harm"


def test_an_answered_report_keeps_nothing_out_of_the_letter(edition):
    harm = send(edition, severity="harm")
    reports.answer(harm, outcome="unchanged", answer="It is right: see the label.", by=factories.editor())
    assert not SentenceReport.objects.open_for_safety().exists()


def test_an_answer_names_a_later_edition_or_says_why_nothing_changed(edition):
    report, by = send(edition), factories.editor()
    other = factories.print_edition()
    refused = [
        {"outcome": "", "answer": ""},
        {"outcome": "corrected", "answer": "Yes."},
        {"outcome": "corrected", "answer": "Yes.", "fixed_in": edition},
        {"outcome": "corrected", "answer": "Yes.", "fixed_in": other},
        {"outcome": "unchanged", "answer": " "},
        {"outcome": "unchanged", "answer": "No.", "fixed_in": reprinted(edition)},
        {"outcome": "unchanged", "answer": "x" * 4_001},
    ]
    for given in refused:
        assert len(problems_of(lambda given=given: reports.answer(report, by=by, **given))) == 1, given
    newest = reprinted(edition)
    done = reports.answer(report, outcome="corrected", answer="Thank you.", fixed_in=newest, by=by, at=NOON)
    assert (done.fixed_in, done.answered_by, done.answered_at) == (newest, by, NOON)
    assert problems_of(lambda: reports.answer(report, outcome="unchanged", answer="No.", by=by)) == [
        "It has already been answered."
    ]


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Newsletter editor", "Site administrator"])
def test_only_editors_answer_and_judge(edition, role):
    report, by = send(edition), factories.UserFactory(role=role)
    assert problems_of(lambda: reports.assess(report, severity="harm", by=by))
    assert problems_of(lambda: reports.answer(report, outcome="unchanged", answer="No.", by=by))
    report.refresh_from_db()
    assert (report.severity, report.outcome) == ("wrong", "")


def test_advertising_gets_no_mail_and_is_in_no_figure(edition, mailoutbox):
    report = send(edition, email="reader@example.org")
    reports.answer(report, outcome="unusable", answer="", by=factories.editor())
    report.refresh_from_db()
    assert (report.email, sender.send_due()) == ("", 0)
    assert SentenceReport.objects.figures().received == 0


def test_two_clocks_that_see_the_same_answer_mail_it_once(edition, monkeypatch):
    reports.answer(send(edition, email="reader@example.org"), outcome="unchanged", answer="No.", by=factories.editor())
    handed, usual = [], BackendTransport.open

    def meanwhile(way):
        monkeypatch.setattr(BackendTransport, "open", usual)
        sender.send_due()  # by the other clock, which is never told whether its mail was taken
        usual(way)

    monkeypatch.setattr(BackendTransport, "open", meanwhile)
    monkeypatch.setattr(BackendTransport, "hand_over", lambda way, mail: handed.append(mail) or Answer(Outcome.UNKNOWN))
    sender.send_due()
    assert len(handed) == 1


def test_an_address_is_forgotten_thirty_days_after_the_answer(edition):
    waits, answered = send(edition, email="a@example.org", wrong="a"), send(edition, email="b@example.org", wrong="b")
    reports.answer(answered, outcome="unchanged", answer="No.", by=factories.editor(), at=NOON)
    assert reports.forget(at=NOON + timedelta(days=29)) == 0
    assert reports.forget(at=NOON + timedelta(days=30)) == 1
    kept = dict(SentenceReport.objects.values_list("pk", "email"))
    assert kept == {waits.pk: "a@example.org", answered.pk: ""}


@pytest.mark.parametrize(("days", "median"), [([], None), ([4], 4), ([0, 2, 9], 2), ([1, 3, 5, 30], 4)])
def test_the_figures_are_counted_in_two_queries(edition, days, median, django_assert_max_num_queries):
    send(edition, wrong="waits")
    for number, wait in enumerate(days):
        report = send(edition, network=f"192.0.2.{number}", wrong=str(number))
        at = NOON + timedelta(days=wait)
        reports.answer(report, outcome="unchanged", answer="No.", by=factories.editor(), at=at)
    with django_assert_max_num_queries(2):
        figures = SentenceReport.objects.figures()
    assert (figures.received, figures.answered, figures.median_days) == (len(days) + 1, len(days), median)


# What the database itself refuses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["quoted", "wrong", "reader_severity"])
def test_what_a_reader_said_cannot_be_changed(edition, name):
    report = send(edition)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        SentenceReport.objects.filter(pk=report.pk).update(**{name: "typo"})


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "unchanged"},
        {"answered_at": NOON},
        {"severity": "other"},
        {"outcome": "corrected", "answer": "Yes."},
    ],
)
def test_no_report_is_half_answered(edition, changes):
    report = send(edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentenceReport.objects.filter(pk=report.pk).update(**changes)


def test_a_report_is_not_put_right_in_another_article(edition):
    report, other, by = send(edition), factories.print_edition(), factories.editor()
    with pytest.raises(DatabaseError, match="later edition of its own article"), transaction.atomic():
        SentenceReport.objects.filter(pk=report.pk).update(
            outcome="corrected", answer="Yes.", fixed_in=other, answered_by=by, answered_at=NOON
        )
