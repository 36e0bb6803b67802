"""The demonstration's accounts, one for each role, with passwords drawn at random."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from articles.models import Contributor
from articles.publishing.reviewer_accounts import acting

ROLES = {
    "author": "Author",
    "reviewer": "Medical reviewer",
    "editor": "Editor",
    "newsletter": "Newsletter editor",
    "admin": "Site administrator",
}


def make(kept_in: Path) -> dict[str, str]:
    """The accounts and their passwords: from `kept_in` if it is there, else drawn and written to it (mode 600)."""
    passwords = _read(kept_in)
    for username, role in ROLES.items():
        known_by = {"is_staff": True, "email": _address(username)}
        user, _created = get_user_model().objects.get_or_create(username=username, defaults=known_by)
        user.groups.add(Group.objects.get(name=role))
        if username not in passwords or not user.check_password(passwords[username]):
            passwords[username] = secrets.token_urlsafe(9)
            user.set_password(passwords[username])
            with acting(user):  # as if they had drawn it themselves
                user.save(update_fields=["password"])
            _write(kept_in, passwords)
    return passwords


def _address(name: str) -> str:
    """Nobody's: example.org is kept for examples (RFC 2606)."""
    return f"{name}@example.org"


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _write(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["# Accounts of the demonstration. Delete this file, and the next `demo` draws new passwords."]
    lines += [f"{username:12}{password}" for username, password in passwords.items()]
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write("\n".join(lines) + "\n")


def for_reviewer(contributor: Contributor) -> Any:
    """The account by which a reviewer signs: `reviewer` for the first, one without a password for each other."""
    users = get_user_model().objects
    first = users.get(username="reviewer")
    if not Contributor.objects.filter(user=first).exists():
        return first
    known_by = {"is_staff": False, "email": _address(contributor.slug)}
    user, created = users.get_or_create(username=contributor.slug, defaults=known_by)
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=ROLES["reviewer"]))
    return user
