"""A reader reports a sentence; the desk assesses and answers it, `mails` tells the reader; addresses are forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.mail import addresses
from articles.models import Edition, SentenceReport
from articles.publishing import snapshot
from articles.readers import mails, visitor_dedupe
from articles.readers.visitor_dedupe import Visitor
from articles.refusal import Refused

LONGEST = 4_000  # characters; what is wrong with a sentence fits in them
LONGEST_ANSWER = 4_000
MOST_IN_AN_HOUR = 5  # reports from one network
MOST_OPEN = 25  # reports of one article that nobody has answered yet
ADDRESS_IS_KEPT_FOR = timedelta(days=30)  # after the answer


class ReportRefused(Refused):
    """A report that is not taken, or an answer that is not given; `status` is the HTTP status that fits."""

    def __init__(self, *problems: str, status: int = 422) -> None:
        super().__init__(*problems)
        self.status = status


@dataclass(frozen=True)
class Told:
    """What the form says: the passage's number and words, what is wrong with it, how severe, whom to answer."""

    passage: int
    quoted: str
    wrong: str
    severity: str
    email: str = ""


@transaction.atomic
def report(edition: Edition, given: Told, *, visitor: Visitor, at: datetime | None = None) -> SentenceReport | None:
    """Puts a report on the desk. None where the same reader sent the same one today: it is there already.

    Raises ReportRefused with every reason at once, or because too many came from one network or about one article.
    """
    wrong = snapshot.canonical(given.wrong)
    problems, email = _problems(given, wrong)
    if problems:
        raise ReportRefused(*problems)
    _room(edition, visitor, at)
    if not visitor_dedupe.leave("report", f"{edition.pk} {given.quoted} {wrong}", visitor, at=at):
        return None
    return SentenceReport.objects.create(
        edition=edition,
        passage=given.passage,
        quoted=given.quoted,
        wrong=wrong,
        reader_severity=given.severity,
        severity=given.severity,
        email=email,
        received_at=at or timezone.now(),
    )


def _problems(given: Told, wrong: str) -> tuple[list[str], str]:
    """What is missing or too much, and the address as it may be kept."""
    problems, email = [], ""
    if not wrong:
        problems.append("Say what’s wrong, in a sentence.")
    elif len(wrong) > LONGEST:
        problems.append(f"That is {len(wrong):,} characters. Please use at most {LONGEST:,}. Nothing is lost.")
    if given.severity not in dict(SentenceReport.SEVERITIES):
        problems.append("Choose how serious it is.")
    if given.email.strip():
        try:
            email = addresses.normalize(given.email)
        except addresses.AddressRefused as problem:
            problems.append(str(problem))
    return problems, email


def _room(edition: Edition, visitor: Visitor, at: datetime | None) -> None:
    if visitor_dedupe.in_an_hour("report", visitor, at=at) >= MOST_IN_AN_HOUR:
        raise ReportRefused(
            "Several reports came from your network in the last hour. Please send this one later. It’s kept below.",
            status=429,
        )
    if SentenceReport.objects.on(edition.article_id).open().count() >= MOST_OPEN:
        raise ReportRefused(
            "Many readers have written about this article, and we’re reading what they sent. "
            "Please come back in a few days.",
            status=429,
        )


@transaction.atomic
def assess(report: SentenceReport, *, severity: str, by: User) -> SentenceReport:
    """Sets how severe an open report is in the desk's eyes; what its reader said stays beside it."""
    report = _held(report)
    problems = _may_not(report, by)
    if severity not in dict(SentenceReport.SEVERITIES):
        problems.append("Choose how serious it is.")
    if problems:
        raise ReportRefused(*problems)
    report.severity = severity
    report.save(update_fields=["severity"])
    return report


@transaction.atomic
def answer(
    report: SentenceReport,
    *,
    outcome: str,
    answer: str,
    by: User,
    fixed_in: Edition | None = None,
    at: datetime | None = None,
) -> SentenceReport:
    """Closes a report. `fixed_in` is the later edition that put it right, and belongs to CORRECTED alone.

    Raises ReportRefused with every reason at once. The reader's mail is in line then (`mails`).
    """
    report, words = _held(report), snapshot.canonical(answer)
    if problems := [*_may_not(report, by), *_answer_problems(report, outcome, words, fixed_in)]:
        raise ReportRefused(*problems)
    report.outcome, report.answer, report.fixed_in = outcome, words, fixed_in
    report.answered_by, report.answered_at = by, at or timezone.now()
    if outcome == SentenceReport.UNUSABLE:
        report.email = ""
    report.save(update_fields=["outcome", "answer", "fixed_in", "answered_by", "answered_at", "email"])
    mails.enqueue_answer(report)
    return report


def _held(report: SentenceReport) -> SentenceReport:
    rows = SentenceReport.objects.select_for_update(of=("self",)).select_related("edition")
    return rows.get(pk=report.pk)


def _may_not(report: SentenceReport, by: User) -> list[str]:
    problems = []
    if not by.has_perm("articles.answer_sentencereport"):
        problems.append("Only editors can answer reader reports.")
    if report.answered_at is not None:
        problems.append("It has already been answered.")
    return problems


def _answer_problems(report: SentenceReport, outcome: str, words: str, fixed_in: Edition | None) -> list[str]:
    problems = []
    if outcome not in dict(SentenceReport.OUTCOMES):
        problems.append("Choose an outcome.")
    if outcome in (SentenceReport.CORRECTED, SentenceReport.UNCHANGED) and not words:
        problems.append("Write the answer: what was corrected, or why it stays.")
    if len(words) > LONGEST_ANSWER:
        problems.append(f"The answer has {len(words):,} characters. The limit is {LONGEST_ANSWER:,}.")
    if outcome == SentenceReport.CORRECTED and (fixed_in is None or fixed_in not in later_versions(report)):
        problems.append("Choose the later version that corrects it. If there isn’t one, publish it first.")
    if outcome != SentenceReport.CORRECTED and fixed_in is not None:
        problems.append("Choose either a version that corrects it, or that it stays as it is.")
    return problems


def later_versions(report: SentenceReport) -> list[Edition]:
    """The editions that may have put it right: public ones of its article after the one it is about, newest first."""
    printed = Edition.objects.printed_of(report.edition.article_id).exclude(kind=Edition.WITHDRAWN)
    return list(printed.filter(number__gt=report.edition.number).select_related("correction"))


def forget(*, at: datetime | None = None) -> int:
    """Forgets the addresses of those who were answered long enough ago. How many."""
    answered = SentenceReport.objects.filter(answered_at__lte=(at or timezone.now()) - ADDRESS_IS_KEPT_FOR)
    return answered.exclude(email="").update(email="")
