"""Search engines that speak IndexNow (indexnow.org) are told which pages came, changed or went, by the clock.

The published versions themselves are the queue: what began or ended since the moment that was reached is due. That
moment is in a file and moves on only when the addresses were taken, so a failure or a crash is tried again, until
they are a day old; then they are dropped, and the System page says so. Telling something twice does no harm.
"""

import http.client
import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles.mail.recurring import Recurring
from articles.models import Edition, Restore

log = logging.getLogger(__name__)

SERVICE = "https://api.indexnow.org/indexnow"  # which tells all who take part
TAKEN = {200, 202}
TIMEOUT = 10  # seconds
MOST = 1_000  # addresses at a time; the protocol allows 10,000
COMMITTED_BY = timedelta(seconds=10)  # after the moment that it names, what was published is surely in the database
KEPT_FOR = timedelta(days=1)
EVERY, AGAIN = 60.0, 600.0  # seconds, after what was taken and after a failure


@dataclass(frozen=True)
class State:
    """Up to which moment everything was told, why the last attempt failed, and when something was last dropped."""

    reached: str
    problem: str = ""
    dropped_at: str = ""


def _path() -> Path:
    return Path(settings.VAR_DIR) / "indexnow.json"


def state() -> State | None:
    """None where nothing was told yet, or where the file says nothing readable."""
    try:
        kept = State(**json.loads(_path().read_text(encoding="utf-8")))
        return kept if timezone.is_aware(datetime.fromisoformat(kept.reached)) else None
    except (OSError, ValueError, TypeError):
        return None


def _keep(kept: State) -> None:
    part = _path().with_suffix(".part")
    part.write_text(json.dumps(asdict(kept)), encoding="utf-8")
    part.replace(_path())


def tell(at: datetime | None = None) -> bool:
    """Tells what is due. False if it failed and waits. A site without a key, and one that was restored and waits for a
    person's word, tells nothing.
    """
    at = at or timezone.now()
    if not settings.INDEXNOW_KEY or Restore.objects.unsettled().exists():
        return True
    until, oldest = at - COMMITTED_BY, at - KEPT_FOR
    before = state() or State(until.isoformat())
    reached, dropped_at = datetime.fromisoformat(before.reached), before.dropped_at
    if reached < oldest:
        dropped_at = at.isoformat() if _changed(reached, oldest) else dropped_at
        reached = oldest
    due = _changed(reached, until)
    if len(due) > MOST:
        until = sorted(due.values())[MOST - 1]
    batch = [address for address, moment in due.items() if moment <= until]
    problem = _send(batch) if batch else ""
    _keep(State((reached if problem else until).isoformat(), problem, dropped_at))
    if problem:
        log.warning("IndexNow took nothing; the clock tries again: %s", problem)
    return not problem


def _changed(after: datetime, until: datetime) -> dict[str, datetime]:
    """The addresses of versions that began or ended within some time, and when."""
    began = Q(live_from__gt=after, live_from__lte=until)
    ended = Q(live_until__gt=after, live_until__lte=until)
    columns = ("page_type", "slug", "live_from", "live_until", "hub_of__slug")
    found: dict[str, datetime] = {}
    for edition in Edition.objects.filter(began | ended).select_related("hub_of").only(*columns):
        moments = [moment for moment in (edition.live_from, edition.live_until) if moment and after < moment <= until]
        address = f"{settings.SITE_URL}{edition.get_absolute_url()}"
        found[address] = max([*moments, found.get(address, after)])
    return found


def _send(addresses: list[str]) -> str:
    """Why they were not taken; empty if they were."""
    key, parts = settings.INDEXNOW_KEY, urlsplit(SERVICE)
    body: dict[str, Any] = {
        "host": urlsplit(settings.SITE_URL).hostname,
        "key": key,
        "keyLocation": f"{settings.SITE_URL}/{key}.txt",
        "urlList": addresses,
    }
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT)
    try:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        connection.request("POST", parts.path, json.dumps(body).encode(), headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        return f"No answer ({type(problem).__name__})."
    finally:
        connection.close()
    return "" if status in TAKEN else f"The service answered {status}."


class Herald(Recurring):
    """The clock's own thread for it: no round waits for another machine."""

    is_called = "sender of addresses to search engines"
    may_take = timedelta(minutes=5)
    ends_within = 5.0

    def work(self) -> float:
        return EVERY if tell() else AGAIN
