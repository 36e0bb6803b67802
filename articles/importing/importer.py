"""Files -> drafts, once each, with a report for every file. It never publishes and never changes an article."""

import logging
import os
from collections.abc import Iterable

from django.db import DatabaseError, transaction

from articles.images import credit_line
from articles.images.credit_line import CreditLine
from articles.importing import boilerplate, classification, convert, plain_text, source
from articles.importing.blocks import HEADING, Block, Entry, to_html
from articles.importing.report import DIFFERS, FAILED, IMPORTED, UNCHANGED, UNREADABLE, Report
from articles.models import Article, ImageCredit, Section, db_errors
from articles.publishing import checks, desk
from articles.richtext import sanitizer

logger = logging.getLogger(__name__)

PLACEHOLDER_WORDS = 60  # characters of the first sentence in a title made of it


def import_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    title: str = "",
    section: Section | None = None,
    dry_run: bool = False,
) -> list[Report]:
    """Imports each file by itself; one that cannot be read does not keep the others out.

    When the database does not take a file, the files after it are not tried.
    """
    reports: list[Report] = []
    for path in paths:
        if reports and reports[-1].outcome == FAILED:
            reports.append(Report(source.printable(path), FAILED, problem="it was not tried after the earlier error."))
        else:
            reports.append(import_file(path, title=title, section=section, dry_run=dry_run))
    return reports


def import_file(
    path: str | os.PathLike[str], *, title: str = "", section: Section | None = None, dry_run: bool = False
) -> Report:
    """Makes a draft of a text or HTML file, unless its bytes are in already. Never raises for what is in the file.

    A file that was imported under the same name and has changed since is left alone, so that no editor's work is
    overwritten; with a `title` it comes in as a draft of its own. `dry_run` does everything and takes it back.
    """
    title = title.strip()
    try:
        read = source.read(path)
    except source.UnreadableFile as problem:
        return Report(source.printable(path), UNREADABLE, problem=str(problem))
    try:
        with transaction.atomic():
            report = _already(read, title) or _draft(read, title=title, section=section, dry_run=dry_run)
            transaction.set_rollback(dry_run)
    except DatabaseError as problem:
        return Report(read.name, FAILED, problem=f"{db_errors.sentence(problem)}.")
    except Exception:  # a file that a reader of ours stumbles over keeps no other out
        logger.exception("A file could not be read")
        return Report(
            read.name, UNREADABLE, problem="it holds something that can’t be read; the server’s log says more."
        )
    return report


def _already(read: source.Source, title: str) -> Report | None:
    """The report on a file that is in already, or was when it read otherwise."""
    same = Article.everything.filter(import_digest=read.digest).first()
    if same:
        note = f"These exact bytes were imported on {same.created_at:%Y-%m-%d}. Nothing was changed."
        return Report(read.name, UNCHANGED, title=same.title, slug=same.slug, section=_slug_of(same), notes=[note])
    older = Article.everything.filter(import_name=_import_name(read)).order_by("-created_at").first()
    if older is None or title:
        return None
    note = (
        f"It differs from the file of this name that was imported on {older.created_at:%Y-%m-%d}. Nothing was "
        "changed, to keep the work on that draft. To import it as a separate draft, rename it or give it a title."
    )
    return Report(read.name, DIFFERS, title=older.title, slug=older.slug, section=_slug_of(older), notes=[note])


def _slug_of(article: Article) -> str:
    return article.section.slug if article.section else ""


def _import_name(read: source.Source) -> str:
    """The file's whole path, so that two folders may each hold an index.html; its end, if it is long."""
    return read.place[-200:]


def _draft(read: source.Source, *, title: str, section: Section | None, dry_run: bool) -> Report:
    parts, dropped = _sorted(read, title)
    entries = sorted([*parts.entries, *dropped], key=lambda entry: entry.lines)
    if not (parts.body or parts.closing_question):
        return Report(read.name, UNREADABLE, problem="it contains no text for an article.", entries=entries)
    named = parts.title or _placeholder(parts.body, parts.closing_question)
    article = Article(
        title=named,
        section=section,
        body=sanitizer.clean(to_html(parts.body)),
        closing_question=parts.closing_question,
        import_name=_import_name(read),
        import_digest=read.digest,
    )
    desk.save(article, by=None)
    waiting = [_stated(article, line) for line in parts.credits]
    ImageCredit.objects.bulk_create([*waiting, *(ImageCredit(found_in=article, raw=line) for line in parts.unread)])
    return Report(
        read.name,
        IMPORTED,
        dry_run=dry_run,
        encoding=read.encoding,
        title=article.title,
        slug=article.slug,
        section=_slug_of(article),
        notes=[]
        if parts.title
        else ["It has no title. One was made from its first sentence; write a real one before publishing."],
        entries=entries,
        findings=checks.run(article),
    )


def _sorted(read: source.Source, title: str) -> tuple[classification.Sorted, list[Entry]]:
    """The text taken apart, and what an HTML file held besides text."""
    if not convert.is_html(read.name, read.text):
        return classification.sort(plain_text.parse(read.text, alone=classification.stands_alone), title=title), []
    page = convert.parse(read.text, alone=classification.stands_alone)
    return classification.sort(page.blocks, title=title, head=page.head), page.dropped


def _placeholder(body: list[Block], question: str) -> str:
    """A title that the gate refuses, made of the text's first sentence."""
    texts = [block.text for block in body if block.text and block.kind != HEADING] or [block.text for block in body]
    words = boilerplate.sentences(texts[0])[0] if texts and texts[0] else question
    if len(words) > PLACEHOLDER_WORDS:
        words = words[:PLACEHOLDER_WORDS].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
    return f"{Article.PLACEHOLDER} {words}".strip()


def waiting_credit(article: Article, raw: str) -> ImageCredit:
    """A credit line of an article that waits for its picture, read as far as it can be."""
    line = credit_line.parse(raw)
    return _stated(article, line) if line else ImageCredit(found_in=article, raw=raw)


def _stated(article: Article, line: CreditLine) -> ImageCredit:
    """An old credit line, waiting for its picture: what the line states; what is too long for its field stays raw."""
    return ImageCredit(found_in=article, raw=line.raw, **ImageCredit.stated(line))
