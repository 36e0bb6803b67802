"""`import_labels`: official label files (SPL XML, or zips of them) are held against the cards of medicines."""

import json as encoder
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from articles.evidence import label_files
from articles.management.base import PlainCommand
from articles.publishing import labels
from articles.publishing.labels import Outcome

LISTED = (labels.NEW, labels.OLDER, labels.UNCHANGED)  # what a person reads about, card by card


class Command(PlainCommand):
    help = (
        "Holds official label files against the cards of medicines. What differs waits on the desk. If interrupted or "
        "run again, it continues. Exit 1 if a file was refused, after the others are read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="SPL XML, or a zip of such files, from DailyMed")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")

    def handle(self, *, files: list[str], json: bool, **options: Any) -> None:
        run, counts, kept = labels.Import(), Counter[str](), []
        found = chain.from_iterable(label_files.read(Path(file)) for file in files)
        for outcome in map(run.take, tqdm(found, desc="Labels", unit="", leave=False, disable=None)):
            counts[outcome.outcome] += 1
            if outcome.outcome == labels.REFUSED:
                self.stderr.write(f"{outcome.file} was refused: {outcome.problem}")
            if json:
                kept.append(outcome.as_dict())
            else:
                self.stdout.writelines(as_text(outcome))
        summary = ", ".join(f"{counts[name]} {name}" for name in (*LISTED, labels.NO_CARD, labels.REFUSED))
        self.stdout.write(
            encoder.dumps({"files": kept}, ensure_ascii=False, indent=1)
            if json
            else f"{counts.total()} labels: {summary}. What differs waits on the desk, under Labels."
        )
        if counts[labels.REFUSED]:
            raise SystemExit(1)


def as_text(outcome: Outcome) -> Iterator[str]:
    if outcome.outcome in LISTED and outcome.label is not None:
        yield f"{outcome.file}: {outcome.card}, version {outcome.label.version}, {outcome.outcome}\n"
        yield from (f"  {sentence}\n" for sentence in outcome.differences)
