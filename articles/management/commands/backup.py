"""`backup`: the running site as it is at one moment, into a folder of backups."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from tqdm import tqdm

from articles.backup import making
from articles.management.base import PlainCommand


class Command(PlainCommand):
    help = (
        "Writes a verified backup of the database and its files into DIR while the site runs. Files that an earlier "
        "backup in DIR holds aren’t stored again. SECRET_KEY isn’t in it: keep that elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder of backups; made where there is none")

    def handle(self, *, folder: Path, **options: Any) -> None:
        made = making.backup(folder, watch=partial(tqdm, desc="Files", unit=" files", leave=False, disable=None))
        manifest = made.manifest
        self.stdout.write(
            f"Backup {made.name}: the database ({manifest.size:,} bytes) and {len(manifest.files):,} files, "
            f"{made.added:,} of them new. Verified."
        )
        if made.forgotten:
            self.stdout.write(
                f"{made.forgotten:,} journal entries were removed: they are older than {settings.JOURNAL_DAYS} days "
                "and than every backup here."
            )
        if manifest.gone:
            self.stderr.write(f"Not there any more when they were to be copied: {', '.join(manifest.gone)}")
