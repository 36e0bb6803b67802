"""`restore`: a backup brought back; the site then sends nothing until a person says that it may."""

from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from tqdm import tqdm

from articles.backup import restoring
from articles.management.base import PlainCommand


class Command(PlainCommand):
    help = (
        "Restores the newest backup in DIR into an empty database. Everything is verified before anything is changed. "
        "Who left or was erased since stays out, and no mail is sent until somebody answers on the dashboard or with "
        "manage.py after_restore. Stop the site first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder given to manage.py backup")
        parser.add_argument("--backup", default="", metavar="NAME", help="an older one, by the name of its folder")
        parser.add_argument("--replace", action="store_true", help="overwrite a database that isn’t empty")
        parser.add_argument(
            "--journal", type=Path, action="append", default=[], metavar="FILE", help="another machine’s SITE_JOURNAL"
        )
        parser.add_argument("--other-key", action="store_true", help="although the backup’s SECRET_KEY is lost")

    def handle(
        self, *, folder: Path, backup: str, replace: bool, journal: list[Path], other_key: bool, **options: Any
    ) -> None:
        done = restoring.restore(
            folder,
            name=backup,
            replace=replace,
            other_key=other_key,
            journals=journal,
            watch=partial(tqdm, desc="Files", unit=" files", leave=False, disable=None),
        )
        call_command("render_images", stdout=self.stdout)
        self.stdout.write(f"Restored {done.name}: the database and {len(done.manifest.files):,} files.")
        self.stdout.write("\n".join(done.events))
        self.stdout.write(
            "Nothing is sent until a site administrator answers on the dashboard, or with manage.py after_restore."
        )
