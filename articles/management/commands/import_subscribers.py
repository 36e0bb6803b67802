"""`import_subscribers`: an existing list moves in, with the day and the source of each consent."""

import json as encoder
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.management.base import PlainCommand, user_called
from articles.newsletter.subscriptions import csv_lists, list_import
from articles.newsletter.subscriptions.list_import import ImportRefused, ListRefused, Outcome


class Command(PlainCommand):
    help = (
        "Imports a CSV file with the columns email, confirmed_at, source and, optionally, sections, or a text file "
        "with one address on each line. Rows without confirmed_at are asked to confirm by email; suppressed addresses "
        "are skipped. Exit 1 if rows were skipped, each named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of a site administrator")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen without changing anything")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")

    def handle(self, *, file: Path, by: str, dry_run: bool, json: bool, **options: Any) -> None:
        outcome = Outcome()
        try:
            with tqdm(desc="Subscribers", unit=" rows", leave=False, disable=None) as bar:
                for outcome in list_import.import_list(file, by=user_called(by), dry_run=dry_run):
                    bar.update(outcome.counts.total() + len(outcome.left_out) - bar.n)
        except (ImportRefused, ListRefused) as problem:
            raise CommandError(f"Nothing was imported: {problem}") from problem
        unused = csv_lists.unused(file)
        report = {"file": str(file), "dry_run": dry_run, **outcome.as_dict(), "unused_columns": unused}
        self.stdout.write(encoder.dumps(report, ensure_ascii=False, indent=1) if json else as_text(report))
        if outcome.left_out:
            raise SystemExit(1)


def as_text(report: dict[str, Any]) -> str:
    """Counts, then every line that was left out; no address stands in it, so it may be kept."""
    would = "would be " if report["dry_run"] else ""
    lines = [
        f"{report['imported']} {would}imported with their consent, {report['to_be_asked']} {would}asked by email, "
        f"{report['known']} already on the list, {len(report['left_out'])} skipped."
    ]
    if report["unused_columns"]:
        lines.append(f"  Columns that weren’t used: {', '.join(report['unused_columns'])}.")
    return "\n".join([*lines, *(f"  line {row['line']}: {row['why']}" for row in report["left_out"])])
