"""What every command of this project shares: arguments read the same way, and errors in one plain line."""

import argparse
import io
import logging
import sys
from datetime import datetime
from typing import Any, TextIO, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.db import DatabaseError
from django.utils.dateparse import parse_datetime

from articles import wall_clock
from articles.models import Article, Issue, db_errors
from articles.refusal import Refused

logger = logging.getLogger(__name__)

SETTINGS_ALONE = ["settings"]  # the tag of `pain_site.checks`: all that is checked before what readers wait for starts


class PlainCommand(BaseCommand):
    """A command whose failures are one line on stderr, never a traceback; those of its arguments too, without usage."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.called_from_command_line = False  # it raises, and prints no usage
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """What the command itself refuses is reported by Django; what comes here is about the arguments."""
        try:
            super().run_from_argv(argv)
        except CommandError as problem:
            sentence = str(problem).removeprefix("Error: ").rstrip(".")
            self.stderr.write(f"{argv[1]}: {sentence}. Run “{argv[1]} --help” for what it takes.")
            sys.exit(2)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as problem:
            if options.get("traceback"):
                raise
            raise CommandError(f"Nothing was changed: {db_errors.sentence(problem)}.") from problem
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal


class Service(PlainCommand):
    """A command that runs until it is stopped. What ends it is an entry of the log, where machines read that."""

    def run_from_argv(self, argv: list[str]) -> None:
        if settings.LOG_FORMAT == "json":
            self.stderr = OutputWrapper(cast(TextIO, Entries()))
        try:
            super().run_from_argv(argv)
        except Exception:
            if "--traceback" in argv:
                raise
            logger.exception("%s was ended by an error", argv[1])
            sys.exit(1)


class Entries(io.TextIOBase):
    """A stream that makes an entry of everything written to it."""

    def write(self, text: str) -> int:
        logger.error("%s", text.strip())
        return len(text)


def moment(given: str) -> datetime:
    """An argument in ISO 8601; without an offset it is on the newsroom's clock."""
    try:
        at = parse_datetime(given) or datetime.fromisoformat(given)
    except ValueError:
        at = None
    if at is None:
        raise argparse.ArgumentTypeError(f"“{given}” is not a time. Write it like 2026-11-26T09:00")
    try:
        return wall_clock.moment(at)
    except wall_clock.NoSuchTime as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def article_called(slug: str, *, returncode: int = 1) -> Article:
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        raise CommandError(f"No article at “{slug}”.", returncode=returncode)
    return article


def issue_numbered(number: int) -> Issue:
    issue = Issue.objects.filter(number=number).first()
    if issue is None:
        raise CommandError(f"Issue {number} doesn’t exist.")
    return issue


def user_called(username: str) -> User:
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"User “{username}” doesn’t exist.")
    return user
