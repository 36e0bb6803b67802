"""The System page for administrators: what runs here, whether anything is wrong with it, and what waits."""

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince

from articles.admin import certificate
from articles.admin.editorial_status import StatusLabel
from articles.backup import making
from articles.models import Delivery
from articles.newsletter import heartbeat, queues
from articles.publishing import index_now
from articles.views import readiness

PERMISSION = "auth.change_user"  # site administrators, and superusers
SHAPES = {
    readiness.OK: StatusLabel("OK", "live"),
    readiness.WARNING: StatusLabel("Warning", "changes"),
    readiness.FAILED: StatusLabel("Failed", "withdrawn"),
}


@dataclass(frozen=True)
class Check:
    """One of the checks of /health/ready, or the site's certificate, in words."""

    name: str
    label: StatusLabel
    reason: str


def context() -> dict[str, Any]:
    """Three panels; the last two are pairs of a name and a value."""
    return {"checks": _checks(), "panels": [("Mail", _mail()), ("Machine", _versions() + _machine())]}


def _checks() -> list[Check]:
    found = readiness.found().items()
    checks = [Check(_words(name), SHAPES[readiness.state(name, said)], said) for name, said in found]
    if of_certificate := certificate.state():
        state, sentence = of_certificate
        checks.append(Check("Certificate", SHAPES[state], sentence))
    return checks


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _versions() -> list[tuple[str, str]]:
    number = ".".join(map(str, connection.get_database_version()))
    return [
        ("This product", settings.VERSION),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        (connection.display_name, number),
    ]


def _mail() -> list[tuple[str, str]]:
    """The outbox, and each issue under way and the newest one, with the states that copies of it are in."""
    waiting, labels = queues.now(), dict(Delivery.STATES)
    issues = [
        (f"Issue {number}", ", ".join(f"{labels[state]}: {copies}" for state, copies in states.items() if copies))
        for number, states in waiting.deliveries.items()
    ]
    return [
        ("Single emails waiting", str(waiting.mails)),
        ("The oldest of them", _age(waiting.oldest_mail) if waiting.mails else "None"),
        *((name, said or "No subscribers") for name, said in issues),
    ]


def _machine() -> list[tuple[str, str]]:
    folders = {Path(settings.VAR_DIR): "data", Path(settings.MEDIA_ROOT): "pictures"}
    return [
        ("Time", date_format(timezone.localtime(), "F j, Y, H:i e")),
        ("Clock last ran", _when(heartbeat.last())),
        ("Last backup", _when(making.last())),
        *_indexnow(),
        *(
            (f"Free disk space for {name}", filesizeformat(shutil.disk_usage(folder).free))
            for folder, name in folders.items()
            if folder.is_dir()
        ),
    ]


def _indexnow() -> list[tuple[str, str]]:
    if not settings.INDEXNOW_KEY:
        return []
    state = index_now.state()
    if state is None:
        return [("Search engines (IndexNow)", "Nothing was sent yet")]
    lines = [f"Up to date at {_when(datetime.fromisoformat(state.reached))}"]
    if state.problem:
        lines.append(f"The last attempt failed: {state.problem} It will be tried again")
    if state.dropped_at:
        lines.append(f"Addresses were dropped on {_when(datetime.fromisoformat(state.dropped_at))}")
    return [("Search engines (IndexNow)", ". ".join(lines))]


def _when(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "F j, Y, H:i") if moment else "Never"


def _age(waited: timedelta) -> str:
    return timesince(timezone.now() - waited)
