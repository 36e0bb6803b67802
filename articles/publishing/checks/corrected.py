"""Whether a text says again what a correction put right, in this article or in another."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Correction, Edition
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check
from articles.publishing.corrected import SAME_SIZE, CorrectedError, Fields, read
from articles.publishing.wording import folded

LONGEST_QUOTED = 200  # characters of what a correction says


@check("correction.returns", "correction.similar")
def corrected_errors(draft: Draft) -> Iterator[Finding]:
    """Held against what is published now: what stands there already does not come back."""
    corrections = [
        correction
        for correction in Correction.objects.public(draft.at).only(*COLUMNS).order_by("id")
        if correction.severity != Correction.MINOR or correction.edition.article_id == draft.article.pk
    ]
    wording = draft.cards.wording
    own = [one for one in corrections if one.edition.article_id == draft.article.pk]
    others = list(_may_be_said(draft, [one for one in corrections if one not in own])) if corrections else []
    if not (own or others):
        return
    fields = read(draft.content, wording)
    words = {word for passage in fields.values() for word in passage.words}
    if own:
        newest = Edition.objects.printed_of(draft.article.pk, draft.at).select_related("revision").first()
        known = read(newest.revision.content, wording) if newest is not None else {}
        for correction in own:
            yield from _of_its_own(CorrectedError(correction, wording), fields, known)
    for error in others:
        if words.issuperset(error.was.words):
            yield from _of_another(error, fields)


def _may_be_said(draft: Draft, corrections: Iterable[Correction]) -> Iterator[CorrectedError]:
    """Those whose words may be in the draft: to read all of it as words takes 2 ms, and few texts are like another."""
    captions = (picture["caption"] for picture in draft.content["pictures"])
    text = folded("\n".join([draft.words, draft.beside, *captions]))
    for correction in corrections:
        error = CorrectedError(correction, draft.cards.wording)
        if error.was and draft.cards.wording.may_say(text, error.was):
            yield error


COLUMNS = [
    *("was", "now", "severity", "edition__article", "edition__live_from", "edition__revision"),
    *("corrected__title", "corrected__revision"),
]


def _of_its_own(error: CorrectedError, fields: Fields, known: Fields) -> Iterator[Finding]:
    about = f"The correction of {_day(error)} said that {_quoted(error)}"
    level = WARNING if error.correction.severity == Correction.MINOR else ERROR
    for wrong in error.wrong:
        for room in (0, SAME_SIZE, None):
            there = dict(error.says(fields, wrong, room=room))
            if sum(there.values()) > sum(count for _name, count in error.says(known, wrong, room=room)):
                again = "This text says it again." if room is not None else "This text has a sentence much like it."
                yield _finding(level if room is not None else WARNING, f"{about} {again}", next(iter(there)))
                return
    if error.states_what_was_added(known) and not error.states_what_was_added(fields):
        yield _finding(level, f"{about} This text leaves it out again.", "body")


def _of_another(error: CorrectedError, fields: Fields) -> Iterator[Finding]:
    about = f"“{error.correction.corrected.title}” was corrected on {_day(error)}: it said {_quoted(error, '')}"
    if there := next(error.says(fields, error.was), None):
        same = [name for wrong in error.wrong_elsewhere for name, _count in error.says(fields, wrong)]
        if same or error.is_whole_sentence(fields):
            yield _finding(ERROR, f"{about} This text says the same.", (same or [there[0]])[0])
    elif error.wrong_elsewhere and (near := next(error.says(fields, error.was, room=None), None)):
        yield _finding(WARNING, f"{about} This text has a sentence much like it.", near[0])


def _finding(level: str, message: str, where: str) -> Finding:
    return Finding("correction.returns" if level == ERROR else "correction.similar", level, message, where)


def _day(error: CorrectedError) -> str:
    return date_format(timezone.localtime(error.correction.edition.live_from), "F j, Y")


def _quoted(error: CorrectedError, wrong: str = "was wrong ") -> str:
    words = (error.correction.was, error.correction.now)
    was, now = (shorten(each, LONGEST_QUOTED, placeholder="…") for each in words)
    stop = "" if now.endswith((".", "!", "?", "…")) else "."
    return f"“{was}” {wrong}and should say “{now}”{stop}" if was else f"“{now}” was missing."
