"""`import_text`: old posts, as plain text or HTML files, become drafts; every line of them is accounted for."""

import json as encoder
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from articles.importing import importer, report
from articles.importing.blocks import Entry
from articles.importing.report import Report
from articles.management.base import PlainCommand
from articles.models import Article, Section, db_errors

DONE = {
    report.UNCHANGED: "in already",
    report.DIFFERS: "left alone",
    report.UNREADABLE: "not imported",
    report.FAILED: "not imported",
}


class Command(PlainCommand):
    help = (
        "Imports plain text or HTML files as drafts. Exit 1 if a file couldn’t be read, after the others are imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="plain text or HTML, up to 5 MB")
        parser.add_argument("--title", default="", help="the draft’s title, for a single file without one")
        parser.add_argument(
            "--section", default="", metavar="SLUG", help="the section of the drafts, for example “conditions”"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would happen without changing anything")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")

    def handle(self, *, files: list[str], title: str, section: str, dry_run: bool, json: bool, **options: Any) -> None:
        check_title(title, files)
        reports = importer.import_files(files, title=title, section=section_called(section), dry_run=dry_run)
        for failed in filter(lambda each: each.is_error, reports):
            self.stderr.write(f"{failed.file} was not imported: {failed.problem}")
        self.stdout.write(as_json(reports) if json else as_text(reports))
        if any(each.is_error for each in reports):
            raise SystemExit(1)


def check_title(title: str, files: list[str]) -> None:
    """A title is one text's, of printable words, and fits its field."""
    longest = Article._meta.get_field("title").max_length or 0
    if title and len(files) > 1:
        raise CommandError("--title works for a single file only. Nothing was imported.")
    if len(title) > longest or not title.isprintable():
        raise CommandError(f"A title must be one line of at most {longest} characters. Nothing was imported.")


def section_called(slug: str) -> Section | None:
    if not slug:
        return None
    try:
        sections = {section.slug: section for section in Section.objects.all()}
    except DatabaseError as problem:
        raise CommandError(f"Nothing was imported: {db_errors.sentence(problem)}.") from problem
    if slug not in sections:
        raise CommandError(
            f"Section “{slug}” doesn’t exist. Choose one of {', '.join(sections)}. Nothing was imported."
        )
    return sections[slug]


def as_json(reports: list[Report]) -> str:
    return encoder.dumps({"files": [each.as_dict() for each in reports]}, ensure_ascii=False, indent=1)


def as_text(reports: list[Report]) -> str:
    """The reports for a person, a blank line between files; what failed is one line here and on stderr."""
    return "\n\n".join("\n".join(_lines(each)) for each in reports)


def _lines(each: Report) -> Iterator[str]:
    done = DONE.get(each.outcome) or ("would be imported" if each.dry_run else "imported")
    yield f"{each.file}: {done}" + (f" ({each.encoding})" if each.encoding else "")
    if each.slug:
        yield f"  draft    “{each.title}”, address {each.slug}, {each.section or 'no section yet'}"
    if each.entries:
        yield "  kept     " + ", ".join(_count(number, what) for what, number in each.counts().items())
    yield from (_remark(entry) for entry in each.entries if entry.why)
    yield from (f"  {note}" for note in each.notes)
    if each.findings:
        yield "  Must fix before publishing:"
        yield from (f"    {finding.id:22} {finding.message}" for finding in each.findings)


def _remark(entry: Entry) -> str:
    if entry.kept:
        return f"  {_where(entry)}: kept as {entry.what}; {entry.why}"
    return f"  {_where(entry)}: dropped {entry.what} “{_short(entry.text)}”; {entry.why}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _where(entry: Entry) -> str:
    if len(entry.lines) > 1:
        return f"lines {entry.lines[0]}-{entry.lines[-1]}"
    return f"line {entry.lines[0]}" if entry.lines else "throughout"


def _short(words: str) -> str:
    return words if len(words) <= 70 else words[:70].rsplit(" ", 1)[0] + "…"
