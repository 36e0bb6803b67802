"""Publish, schedule, take off the schedule, correct, withdraw: every path to the public passes here."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Contributor, Correction, Edition, Review
from articles.models.course import Course
from articles.models.found import FOR_SEARCH
from articles.publishing import checks, desk, notices, page_texts, persons, reading, revisions, snapshot, sweep, typos
from articles.publishing.checks import Finding
from articles.publishing.printing import print_edition, take_off_the_schedule
from articles.refusal import Refused
from articles.search import index

SHOWN = ("title", "standfirst", "body")


class PublishingRefused(Refused):
    """The press did not print; `findings` says what stands in the way, errors first."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Erratum:
    """What a correction says: what was wrong, what is right, why, and one of `Correction.SEVERITIES`."""

    was: str
    now: str
    why: str
    severity: str


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User,
    at: datetime | None = None,
    note: str = "",
    seen: str | None = None,
    is_backdated: bool = False,
) -> Edition:
    """Prints the working copy as it is in the database, live from `at` (now) on. A past time is refused, but for a
    history that is set up with its own dates (`is_backdated`).

    `seen` is the digest of the text that `by` read; without it, they read what the columns of `article` hold. Raises
    PublishingRefused if that changed, or if readers have it already, if `by` may not publish, if the gate finds an
    error, or if the time is past or taken.
    """
    held = _held(article)
    draft = _draft(held, at)
    is_read = seen is not None
    if seen is None:  # what nobody changed need not be read a second time
        content = draft.content if snapshot.has_same_columns(article, held) else snapshot.content_of(article)
        seen = snapshot.digest(content)
    _refuse_unseen(held, seen, draft.content, by=by)
    if is_read:
        _refuse_unchanged(draft, seen, at or timezone.now())
    return _judge_and_print(draft, by=by, at=at, note=note, is_backdated=is_backdated)


@transaction.atomic
def correct(
    article: Article, erratum: Erratum, *, by: User, seen: str, at: datetime | None = None, is_backdated: bool = False
) -> Correction:
    """Prints the working copy as a correction of the edition that is live, with what was wrong and why; other places
    that may say the same wait on the desk (`sweep`).

    Raises PublishingRefused as `publish` does, and if nothing is live or the erratum does not say what and why.
    """
    article = _held(article)
    wrong = Edition.objects.live(at).filter(article=article).select_related("revision").first()
    findings = _erratum(erratum, wrong)
    if findings or wrong is None:
        raise PublishingRefused([*_permission(by), *findings])
    draft = _draft(article, at)
    _refuse_unseen(article, seen, draft.content, by=by)
    if snapshot.digest(draft.content) == wrong.revision.digest:
        message = "The text is identical to the published version. Correct it and save it, then publish the correction."
        raise PublishingRefused([*_permission(by), Finding("correction.same", "error", message, "body")])
    fields = {name: value.strip() for name, value in asdict(erratum).items()}
    when = timezone.localdate(at).isoformat()
    corrections = [*wrong.corrections, {"on": when, **fields}]
    edition = _judge_and_print(
        draft,
        by=by,
        at=at,
        note=fields["why"],
        kind=Edition.CORRECTION,
        corrections=corrections,
        is_typo=fields["severity"] == Correction.MINOR,
        is_backdated=is_backdated,
    )
    made = Correction.objects.create(key=str(edition.erratum_id), edition=edition, corrected=wrong, **fields)
    sweep.keep(made, at=max(edition.live_from, timezone.now()))
    return made


@transaction.atomic
def fix_typo(article: Article, *, was: str, now: str, by: User, seen: str) -> Edition:
    """Prints the live text with a typo mended; a larger rewrite waits on the desk, untouched but for it.

    `was` stands exactly once in the live title, standfirst or text; where it does on the desk too, it is mended there.
    `seen` is the digest of the published text that `by` read. Raises PublishingRefused, also if that changed.
    """
    article = _held(article)
    if findings := _permission(by):
        raise PublishingRefused(findings)
    live = Edition.objects.live().filter(article=article).select_related("revision", "review").first()
    if live is not None:
        _refuse_unseen(article, seen, live.revision.content, by=by)
    times = _count(live.revision.content, was) if live and was.strip() else 0
    if live is None or times != 1:
        message = f"“{was}” appears {times} times in the published text. Give words that appear only once."
        raise PublishingRefused([Finding("typo.place", "error", message, "was")])
    draft = checks.Draft.of(article, _replaced(live.revision.content, was, now))
    _carry_over_or_refuse(draft, live, by=by)
    edition = _judge_and_print(draft, by=by, at=None, note=Edition.TYPO, is_typo=True)
    waiting = snapshot.content_of(article)
    if _count(waiting, was) == 1:
        for name, words in _in_words(_replaced(waiting, was, now)).items():
            setattr(article, name, words)
        try:
            desk.save(article, by=by)
        except desk.DeskRefused as refusal:
            raise PublishingRefused(
                [Finding("words.length", "error", each, "now") for each in refusal.problems]
            ) from refusal
    else:
        desk.keep_revision(article, by=by, content=waiting)  # the newest is what is on the desk
    return edition


def _in_words(content: snapshot.Content) -> dict[str, str]:
    """Where a typo can be."""
    return {name: content[name] for name in (*SHOWN, *FOR_SEARCH)}


def _count(content: snapshot.Content, words: str) -> int:
    """How often the page says it, or else its words for search, which often say the same as the title."""
    shown, for_search = (sum(content[name].count(words) for name in names) for names in (SHOWN, FOR_SEARCH))
    return shown or for_search


def _replaced(content: snapshot.Content, was: str, now: str) -> snapshot.Content:
    words = {name: value.replace(was, now) for name, value in _in_words(content).items()}
    return revisions.content_with(content, words)


def _carry_over_or_refuse(draft: checks.Draft, live: Edition, *, by: User) -> None:
    """Refuses what is more than a typo of the live text, signed or not; a sign-off that it has is carried over."""
    names, terms = desk.medicine_names(), desk.term_names()
    problems = typos.problems(live.revision.content, draft.content, names=names, terms=terms)
    if not problems and live.review is not None:
        try:
            desk.carry_over(draft.article, by=by, content=draft.content, signed=live.review)
        except desk.DeskRefused as refusal:
            problems = [*refusal.problems]
    if problems:
        raise PublishingRefused([Finding("typo.more", "error", problem, "now") for problem in problems])


def _erratum(erratum: Erratum, wrong: Edition | None) -> list[Finding]:
    problems = {
        "correction.nothing": (wrong is None, "This article isn’t published, so there is nothing to correct.", ""),
        "correction.now": (not erratum.now.strip(), "Say what it should say. Readers will see these words.", "now"),
        "correction.why": (not erratum.why.strip(), "Say why: how the error happened, or what shows it.", "why"),
        "correction.severity": (
            erratum.severity not in dict(Correction.SEVERITIES),
            "Choose how severe the error was: safety, factual or minor.",
            "severity",
        ),
    }
    return [Finding(id, "error", message, where) for id, (is_so, message, where) in problems.items() if is_so]


def _draft(article: Article, at: datetime | None) -> checks.Draft:
    """The working copy, as it would be read from a moment on; one that has passed is now."""
    now = timezone.now()
    return checks.Draft.of(article, at=max(at or now, now))


def _judge_and_print(
    draft: checks.Draft,
    *,
    by: User,
    at: datetime | None,
    note: str,
    kind: str = "",
    corrections: list[dict[str, str]] | None = None,
    is_typo: bool = False,
    is_backdated: bool = False,
) -> Edition:
    now = timezone.now()
    at, article = at or now, draft.article
    who = _permission(by) or _second_person(by, draft.review)
    course = Edition.objects.filter(article=article).course(now)
    late = ([] if is_backdated else _past(at, now)) or _time(article, course, at)
    findings = [*who, *checks.examine(draft), *_lengths(draft.content), *late]
    if any(finding.is_error for finding in findings):
        raise PublishingRefused([finding for finding in findings if finding.is_error])
    revision = desk.keep_revision(article, by=by, at=min(at, now), content=draft.content)
    review = draft.review
    before = None
    if course.number:
        before = Edition.objects.at(at).filter(article=article).select_related("revision").first()
    kind = kind or (Edition.UPDATE if before else Edition.FIRST)
    known = before.corrections if before else []
    edition = print_edition(
        article,
        revision,
        review,
        authors=draft.authors,
        earlier=course,
        replacing=before,
        by=by,
        at=at,
        note=note,
        kind=kind,
        corrections=corrections or known,
        set_aside=[override.as_printed() for override in draft.overrides.values()],
        answers=[asked.answer.as_printed() for asked in draft.questions if asked.answer],
        is_typo=is_typo,
    )
    page_texts.write([edition], page_texts.words_now(draft.glossary, draft.cards), is_first=True)
    notices.published(article, edition.number, edition.live_from, by=by)
    return edition


@transaction.atomic
def withdraw(article: Article, *, by: User, note: str, at: datetime | None = None) -> Edition:
    """Takes the article off the public pages from now on, its schedule too; its address answers 410 with the note."""
    article = _held(article)
    at = at or timezone.now()
    live = Edition.objects.live(at).filter(article=article).select_related("revision").first()
    findings = _permission(by)
    if live is None:
        findings.append(
            Finding("withdraw.nothing", "error", "This article isn’t published, so there is nothing to unpublish.", "")
        )
    if not note.strip():
        findings.append(
            Finding("withdraw.note", "error", "Explain why you’re unpublishing it. Readers will see this.", "note")
        )
    if findings or live is None:
        raise PublishingRefused(findings)
    for scheduled in Edition.objects.scheduled(at).filter(article=article):
        scheduled.end(scheduled.live_from)
    index.learn(article.pk, at=at)
    return print_edition(
        article,
        live.revision,
        live.review,
        authors=Contributor.objects.in_bulk([line["id"] for line in live.revision.content["byline"]]),
        earlier=Edition.objects.filter(article=article).course(at),
        replacing=live,
        by=by,
        at=at,
        note=note.strip(),
        kind=Edition.WITHDRAWN,
        corrections=live.corrections,
    )


@transaction.atomic
def unschedule(edition: Edition, *, by: User) -> None:
    """Takes an edition off the schedule: its predecessor stays live as if it had never been planned."""
    _held(edition.article)
    edition.refresh_from_db(fields=["live_until"])
    if findings := _permission(by):
        raise PublishingRefused(findings)
    if not Edition.objects.scheduled().filter(pk=edition.pk).exists():
        raise PublishingRefused([Finding("schedule.over", "error", "This version is no longer scheduled.", "")])
    take_off_the_schedule(edition)


@transaction.atomic
def reschedule(edition: Edition, *, at: datetime, by: User) -> Edition:
    """Prints a scheduled edition for another time: the same text, as the gate finds it then. Raises PublishingRefused,
    also if the desk has another text by now; the schedule then stays as it was.
    """
    article = _held(edition.article)
    if findings := _permission(by) or _not_movable(edition, article, at):
        raise PublishingRefused(findings)
    unschedule(edition, by=by)
    return publish(article, by=by, at=at, note=edition.note)


def _not_movable(edition: Edition, article: Article, at: datetime) -> list[Finding]:
    when = f"{timezone.localtime(edition.live_from):%B %-d, %Y, %H:%M}"
    if not Edition.objects.scheduled().filter(pk=edition.pk).exists():
        message = f"“{edition.title}” is no longer scheduled for {when}: someone moved or unscheduled it, or it’s out."
        return [Finding("schedule.over", "error", message, "")]
    if at == edition.live_from:
        return [Finding("schedule.same", "error", f"“{edition.title}” is already scheduled for {when}.", "")]
    if edition.kind == Edition.CORRECTION:
        message = "A correction can’t be moved. Unschedule it, then publish it as a correction again."
        return [Finding("schedule.correction", "error", message, "")]
    if edition.revision.digest != snapshot.digest(snapshot.content_of(article)):
        message = f"“{edition.title}” was changed after it was scheduled. Open it to schedule what it says now."
        return [Finding("schedule.changed", "error", message, "")]
    return []


def _held(article: Article) -> Article:
    """The article as the database has it, locked until the transaction ends, so that two presses cannot run at once."""
    held = Article.everything.select_for_update(of=("self",)).select_related("section").get(pk=article.pk)
    if held.deleted_at is not None:
        raise PublishingRefused([Finding("article.deleted", "error", desk.DELETED, "")])
    return held


def _refuse_unchanged(draft: checks.Draft, digest: str, at: datetime) -> None:
    """A version that says what the one before it says, on the word of the same people, is a slip of the hand."""
    before = Edition.objects.at(at).filter(article=draft.article).select_related("revision").first()
    if before is None or before.kind == Edition.WITHDRAWN or before.revision.digest != digest:
        return
    set_aside = [override.as_printed() for override in draft.overrides.values()]
    if (before.review_id, before.set_aside) == (draft.review.pk if draft.review else None, set_aside):
        message = f"Nothing has changed since version {before.number}."
        raise PublishingRefused([Finding("text.unchanged", "error", message, "")])


def _refuse_unseen(article: Article, digest: str, content: snapshot.Content, *, by: User) -> None:
    try:
        reading.require(article, digest, content)
    except reading.Outdated as outdated:
        findings = [Finding("text.unseen", "error", sentence, "") for sentence in outdated.problems]
        raise PublishingRefused([*_permission(by), *findings]) from outdated


def _permission(by: User) -> list[Finding]:
    if by is not None and by.is_active and by.has_perm("articles.publish_article"):
        return []
    return [Finding("permission.publish", "error", "You don’t have permission to publish.", "")]


def _second_person(by: User, review: Review | None) -> list[Finding]:
    """Who signed does not publish, by whatever account: no one person makes medicine public."""
    if review is None or not persons.is_contributor(by, review.reviewer):
        return []
    return [Finding("permission.signed", "error", desk.SIGNED_BY_YOU, "")]


def _lengths(content: snapshot.Content) -> list[Finding]:
    leads = [picture["caption"] for picture in content["pictures"] if picture["place"] == "lead"]
    words = {**content, "lead_caption": "".join(leads)}
    return [Finding("words.length", "error", problem, "") for problem in desk.too_long(words)]


THIS_MINUTE = timedelta(minutes=1)  # forms and commands know no seconds


def _past(at: datetime, now: datetime) -> list[Finding]:
    if at > now - THIS_MINUTE:
        return []
    when = f"{timezone.localtime(at):%B %-d, %Y, %H:%M}"
    return [Finding("schedule.past", "error", f"{when} has passed. Choose a later time, or publish it now.", "at")]


def _time(article: Article, course: Course, at: datetime) -> list[Finding]:
    """Editions follow one another: nothing is printed before one that is live already or on the schedule."""
    if course.planned is not None:
        planned = Edition.objects.filter(article=article).scheduled(course.at).order_by("live_from")[0]
        when = timezone.localtime(planned.live_from)
        message = (
            f"Version {planned.number} is scheduled for {when:%B %-d, %Y, %H:%M} and would replace this one. "
            "Unschedule it first."
        )
        return [Finding("schedule.taken", "error", message, "")]
    if course.newest is not None and at <= course.newest:
        return [
            Finding("schedule.order", "error", "A version of this article was published at or after that time.", "")
        ]
    return []
