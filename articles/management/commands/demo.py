"""`demo`: a working publication from nothing, on this machine."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.demonstration import accounts, loader
from articles.management import lifeline
from articles.management.base import PlainCommand
from articles.management.binding import Binding
from articles.management.commands.serve import collect_static, manage

HOST = "127.0.0.1"  # made-up accounts are for this machine


class Command(PlainCommand):
    help = "Prepares the demonstration (database, articles, pictures, accounts) under var/ and serves it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-serve", action="store_true", help="prepare and exit")

    def handle(self, *, port: int, no_serve: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("SECRET_KEY is set, so this is a real site. The demo would add made-up people to it.")
        if not no_serve:
            Binding.read(HOST, port).refuse_taken()
        started = time.monotonic()
        call_command("migrate", verbosity=0, interactive=False)
        kept_in = Path(settings.VAR_DIR) / "demo-accounts.txt"
        passwords = accounts.make(kept_in)
        url = public_address(port)
        loaded = loader.load(self.progress, site_url=url)
        collect_static()
        self.report(f"{url}/", passwords, kept_in, loaded, time.monotonic() - started)
        if not no_serve:
            lifeline.start_over(manage("serve", "--host", HOST, "--port", str(port)))

    def progress(self, stories: list[loader.Story]) -> Iterable[loader.Story]:
        return tqdm(stories, desc="Articles and pictures", unit=" articles", leave=False, disable=None)

    def report(self, url: str, passwords: dict[str, str], kept_in: Path, loaded: int, seconds: float) -> None:
        news = f"{loaded} articles written" if loaded else "everything was already there"
        self.stdout.write(f"\n{settings.SITE_NAME} is ready ({news}; {seconds:.0f} s).\n\n")
        self.stdout.write(f"  The site       {url}\n")
        self.stdout.write(f"  The dashboard  {url}admin/\n\n")
        for username, password in passwords.items():
            self.stdout.write(f"    {username:11} {password:14} {accounts.ROLES[username]}\n")
        mails = _short(Path(settings.VAR_DIR) / "mail")
        self.stdout.write(
            f"\n  (kept in {_short(kept_in)})\n\n"
            "  Things to try:\n"
            "   1. As editor, open the draft and see its checks. A reader report is waiting, too.\n"
            "   2. As newsletter, read this week’s issue, send yourself a test, and approve it.\n"
            "   3. Last week’s issue went to three subscribers. “Migraine” was corrected since: draft the email that "
            "tells them.\n"
            f"   4. Subscribe below any article. Every email, issues too, is saved in {mails}.\n"
            "   5. Write as author, sign off as reviewer, publish as editor.\n"
        )


def public_address(port: int) -> str:
    """The address in SITE_URL; without it the one of this port, which the processes started from here are told too."""
    if not os.environ.get("SITE_URL"):
        os.environ["SITE_URL"] = settings.SITE_URL = f"http://{HOST}:{port}"
    return str(settings.SITE_URL)


def _short(path: Path) -> str:
    return os.path.relpath(path)
