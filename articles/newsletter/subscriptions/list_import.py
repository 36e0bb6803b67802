"""An existing list moves in, and the list moves out: by a site administrator alone.

Readers who agreed elsewhere keep the day and the source of it; those without such a day are asked. Nobody comes back
who left, was erased, or never wanted mail.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from articles.mail import addresses, suppression
from articles.mail.addresses import AddressRefused
from articles.models import ConsentEvent, Section, Subscription, Suppression
from articles.newsletter.subscriptions import csv_lists, list_cells
from articles.newsletter.subscriptions.csv_lists import ListRefused as ListRefused
from articles.newsletter.subscriptions.csv_lists import Row
from articles.refusal import Refused

BATCH = 500
PERMISSION = "articles.export_subscription"
AGREED = "Agreed elsewhere, according to the imported list."
TO_ASK = "On an imported list without a date of consent: asked by email."

ACTIVE, TO_BE_ASKED, KNOWN = "imported", "to_be_asked", "known"


class ImportRefused(Refused):
    """Why nothing was imported, in one sentence."""


@dataclass
class Outcome:
    """What became of a list: how many rows went which way, and each that was left out, with its line and why."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        counts = {name: self.counts[name] for name in (ACTIVE, TO_BE_ASKED, KNOWN)}
        return {**counts, "left_out": [{"line": line, "why": why} for line, why in self.left_out]}


@dataclass(frozen=True)
class Entry:
    """A row that can be taken in."""

    line: int
    email: str
    confirmed_at: datetime | None
    source: str
    sections: tuple[Section, ...]


def must_be_allowed(by: User) -> None:
    if not (by.is_active and by.has_perm(PERMISSION)):
        raise ImportRefused("Only a site administrator may import or export addresses.")


def import_list(path: Path, *, by: User, dry_run: bool = False, at: datetime | None = None) -> Iterator[Outcome]:
    """Takes a list in, batch by batch, and yields the outcome so far after each. Cut off, it can be run again.

    Raises ImportRefused without permission, ListRefused where the file is no list.
    """
    must_be_allowed(by)
    at, outcome, rows = at or timezone.now(), Outcome(), csv_lists.read(path)
    judge = Judge(at)
    while batch := list(islice(rows, BATCH)):
        entries = [entry for row in batch if (entry := judge.entry(row, outcome))]
        _take(entries, outcome, at, dry_run)
        yield outcome
    if not outcome.counts and not outcome.left_out:
        yield outcome


class Judge:
    """Which rows of one list can be taken in; remembers the addresses that it has seen, as hashes."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.sections = {
            name.lower(): section for section in Section.objects.all() for name in (section.slug, section.name)
        }
        self.seen: dict[int, int] = {}

    def entry(self, row: Row, outcome: Outcome) -> Entry | None:
        try:
            return self._entry(row)
        except (ValueError, LookupError) as problem:
            outcome.left_out.append((row.line, str(problem.args[0])))
            return None

    def _entry(self, row: Row) -> Entry:
        """Raises ValueError with the sentence that says why not."""
        if row.problem:
            raise ValueError(row.problem)
        if not row.email:
            raise ValueError("This line has no address.")
        try:
            email = addresses.normalize(row.email)
        except AddressRefused as problem:
            raise ValueError("This isn’t an email address we can write to.") from problem
        confirmed_at, sections = self._confirmed(row.confirmed_at), self._sections(row.sections)
        if before := self.seen.get(hash(email.lower())):
            raise ValueError(f"The address is already in line {before}.")
        self.seen[hash(email.lower())] = row.line
        source = " ".join("".join(c if c.isprintable() else " " for c in row.source).split())[:200]
        return Entry(row.line, email, confirmed_at, source or "an imported list", sections)

    def _confirmed(self, given: str) -> datetime | None:
        if not given:
            return None
        moments = list_cells.moments(given, at=self.at)
        if not moments:
            raise ValueError("confirmed_at isn’t a date. Write it as 2024-05-31 or 2024-05-31T09:00.")
        if len(moments) > 1:
            days = " or ".join(f"{timezone.localdate(moment):%Y-%m-%d}" for moment in moments)
            raise ValueError(f"confirmed_at can mean more than one day. Write it as {days}.")
        [at] = moments
        if at > self.at or at.year < 1990:
            raise ValueError("confirmed_at is in the future or before 1990.")
        return at

    def _sections(self, given: str) -> tuple[Section, ...]:
        parts = [part for part in re.split(r"[|;]", given) if part.strip()]
        names = [name for part in parts for name in ([part] if self._is_section(part) else part.split(","))]
        unknown = [name.strip()[:40] for name in names if not self._is_section(name)]
        if unknown:
            raise ValueError(f"Section “{unknown[0]}” doesn’t exist.")
        return tuple(
            {section.pk: section for name in names if (section := self.sections[name.strip().lower()])}.values()
        )

    def _is_section(self, name: str) -> bool:
        return name.strip().lower() in self.sections


def _take(entries: list[Entry], outcome: Outcome, at: datetime, dry_run: bool) -> None:
    try:
        taken, left_out, counts = _take_once(entries, at, dry_run)
    except IntegrityError:  # somebody signed up meanwhile: now they are known
        taken, left_out, counts = _take_once(entries, at, dry_run)
    outcome.left_out += left_out
    outcome.counts.update(counts)
    outcome.counts.update(ACTIVE if entry.confirmed_at else TO_BE_ASKED for entry in taken)


@transaction.atomic
def _take_once(
    entries: list[Entry], at: datetime, dry_run: bool
) -> tuple[list[Entry], list[tuple[int, str]], Counter[str]]:
    known, kept_out = _known(entries), _suppressed(entries)
    taken, left_out, counts = [], [], Counter[str]()
    for entry in entries:
        state = known.get(entry.email.lower())
        if entry.email in kept_out:
            left_out.append((entry.line, "This address is on the suppression list."))
        elif state == Subscription.ENDED:
            left_out.append((entry.line, "This subscriber has unsubscribed."))
        elif state:
            counts[KNOWN] += 1
        else:
            taken.append(entry)
    if not dry_run:
        _write(taken, at)
    return taken, left_out, counts


def _known(entries: Iterable[Entry]) -> dict[str, str]:
    lowered = Subscription.objects.annotate(lowered=Lower("email"))
    subscriptions = lowered.filter(lowered__in=[entry.email.lower() for entry in entries])
    return dict(subscriptions.values_list("lowered", "state"))


def _suppressed(entries: Iterable[Entry]) -> set[str]:
    """The addresses among these that are on the list (as `suppression.of` says), in one question for all."""
    exact = {hashed: entry.email for entry in entries for hashed in suppression.digests(entry.email)}
    inboxes: dict[str, list[str]] = {}
    for entry in entries:
        for hashed in suppression.digests(addresses.inbox(entry.email)):
            inboxes.setdefault(hashed, []).append(entry.email)
    suppressions = Suppression.objects.filter(Q(digest__in=exact) | Q(digest__in=inboxes, reason=Suppression.NOT_ME))
    rows = list(suppressions.values_list("digest", "reason"))
    whole = {exact[hashed] for hashed, _reason in rows if hashed in exact}
    return whole.union(*(inboxes.get(hashed, []) for hashed, reason in rows if reason == Suppression.NOT_ME))


def _write(entries: list[Entry], at: datetime) -> None:
    made = Subscription.objects.bulk_create(
        Subscription(
            email=entry.email,
            state=Subscription.ACTIVE if entry.confirmed_at else Subscription.PENDING,
            requested_at=entry.confirmed_at or at,
            confirmed_at=entry.confirmed_at,
            source=entry.source,
        )
        for entry in entries
    )
    pairs = list(zip(made, entries, strict=True))
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            subscription=subscription,
            kind=ConsentEvent.IMPORTED if entry.confirmed_at else ConsentEvent.ASKED,
            wording=AGREED if entry.confirmed_at else TO_ASK,
            source=entry.source,
            at=entry.confirmed_at or at,
            recorded_at=at,
        )
        for subscription, entry in pairs
    )
    through = Subscription.sections.through
    through.objects.bulk_create(
        through(subscription_id=subscription.pk, section_id=section.pk)
        for subscription, entry in pairs
        for section in entry.sections
    )


# The list moves out ---------------------------------------------------------------------------------------------------

HEADER = ("email", "confirmed_at", "source", "sections", "wants", "paused_until")


def export_list(*, by: User) -> Iterator[str]:
    """The lines of a CSV file of all who get the newsletter; `import_subscribers` reads it. Raises ImportRefused."""
    must_be_allowed(by)
    return csv_lists.write(_rows())


def _rows() -> Iterator[Iterable[str]]:
    yield HEADER
    for subscription in (
        Subscription.objects.active().order_by("id").prefetch_related("sections").iterator(chunk_size=1000)
    ):
        sections = "|".join(section.slug for section in subscription.sections.all())
        confirmed_at = subscription.confirmed_at.isoformat() if subscription.confirmed_at else ""
        paused_until = subscription.paused_until.isoformat() if subscription.paused_until else ""
        yield subscription.email, confirmed_at, subscription.source, sections, subscription.wants, paused_until
