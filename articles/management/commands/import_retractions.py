"""`import_retractions`: what became of the papers that articles cite, from the Crossref / Retraction Watch file."""

import os
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.evidence.retractions import NotTheFile, read
from articles.management.base import PlainCommand
from articles.publishing import retractions
from articles.publishing.retraction_import import Import

BATCH = 2000  # rows in one transaction
NAMED = 20  # bad rows; the rest is counted


class Command(PlainCommand):
    help = "Imports the file of retractions. If interrupted or run again, it continues; existing rows stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="from gitlab.com/crossref/retraction-watch-data")

    def handle(self, *, file: str, **options: Any) -> None:
        done = Import()
        try:
            with open(file, encoding="utf-8-sig", errors="replace", newline="") as opened:
                rows = read(watched(opened))
                while batch := list(islice(rows, BATCH)):
                    done.take(batch)
        except OSError as problem:
            raise CommandError(f"{file} can’t be read: {problem.strerror}. Nothing was changed.") from problem
        except NotTheFile as problem:
            self.summary(done)
            raise CommandError(f"{file}: {problem}") from problem
        self.summary(done)
        self.cited()

    def summary(self, done: Import) -> None:
        self.stdout.write(
            f"{done.read} rows: {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
            f"{done.unmatched} without an identifier, {len(done.bad)} unreadable."
        )
        for row in done.bad[:NAMED]:
            self.stdout.write(f"  line {row.line} was left out: {row.why}")
        if len(done.bad) > NAMED:
            self.stdout.write(f"  and {len(done.bad) - NAMED} more.")

    def cited(self) -> None:
        doubtful = list(retractions.live_and_doubtful())
        self.stdout.write(f"{len(doubtful)} of them are cited on published pages and are now marked there.")
        for edition, number, state in doubtful:
            self.stdout.write(f"  /articles/{edition.slug}/ reference {number}: {state.words.lower()}")


def watched(file: IO[str]) -> Iterator[str]:
    """The lines of a file, with a bar of how many of its bytes are read."""
    size = os.fstat(file.fileno()).st_size
    with tqdm(total=size, desc="Retractions", unit="B", unit_scale=True, leave=False, disable=None) as bar:
        for line in file:
            bar.update(len(line.encode()))
            yield line
