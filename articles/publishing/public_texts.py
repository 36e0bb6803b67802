"""Texts that readers see beside the articles: definitions, summaries, biographies, cards of medicines.

They are changed here alone: by somebody who may publish, after the checks that read words, with a row of history.
"""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from articles.evidence import hazards
from articles.evidence import labels as card_labels
from articles.models import Contributor, Drug, Label, Section, TextChange
from articles.models.text_change import PUBLIC
from articles.publishing import labels
from articles.publishing.checks import Finding
from articles.publishing.checks.consistency import about_signs
from articles.publishing.checks.sources import about_medicines
from articles.publishing.press import PublishingRefused

CHECKED = "credentials_checked"  # in the history of a contributor: the day, if there is one


def names(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a table that readers see, with the one by which its rows are known."""
    key, words, lists = PUBLIC[_kind(model)]
    return (key, *words, *lists)


def may_change(by: User) -> bool:
    return by.is_active and by.has_perm("articles.publish_article")


@transaction.atomic
def save(row: models.Model, *, by: User, at: datetime | None = None) -> TextChange | None:
    """Writes a row; its change if it says something else now. Raises PublishingRefused with every finding."""
    before = _in_database(row, lock=True)
    _note_credentials(row, before, by)
    after = _texts(row)
    if errors := [finding for finding in findings(row, by=by) if finding.is_error]:
        raise PublishingRefused(errors)
    change = _note(row, before, after, by, at) if before != after else None
    row.save()
    if isinstance(row, Drug):
        labels.compare(row)
    return change


@transaction.atomic
def check(card: Drug, label: Label, *, by: User, at: datetime | None = None) -> None:
    """Somebody who may sign off or publish has held the card, as it is, against a label: readers see it from now on.

    Raises PublishingRefused with every finding.
    """
    checker = Contributor.objects.filter(user=by).first()
    if not may_check(by):
        raise PublishingRefused([_refusal("You don’t have permission to check medicines. Ask a medical reviewer.")])
    if checker is None:
        raise PublishingRefused([_refusal("Your account isn’t linked to a contributor, so you can’t check a card.")])
    card = Drug.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if label.drug_id != card.pk or Label.objects.filter(set_id=label.set_id, version__gt=label.version).exists():
        raise PublishingRefused([_refusal("There is a newer version of this label. Check the card against that one.")])
    before, now = _texts(card), at or timezone.now()
    card.checked_by, card.checked_on = checker, timezone.localdate(now)
    card.label = card.checked_label = label
    card.is_demonstration = False
    if errors := [finding for finding in _about(card) if finding.is_error]:
        raise PublishingRefused(errors)
    if before != (after := _texts(card)):
        _note(card, before, after, by, now)
    card.save()
    labels.compare(card)


def may_check(by: User) -> bool:
    return may_change(by) or (by.is_active and by.has_perm("articles.sign_off_article"))


def _note_credentials(row: models.Model, before: dict[str, Any], by: User) -> None:
    """Who checked a contributor's credentials; other credentials than those that were checked are not."""
    if not isinstance(row, Contributor):
        return
    day = row.credentials_checked_on and row.credentials_checked_on.isoformat()
    if day != before.get(CHECKED):
        row.credentials_checked_by = by if day else None
    elif (row.name, row.credentials) != (before.get("name"), before.get("credentials")):
        row.credentials_checked_on = row.credentials_checked_by = None


@transaction.atomic
def save_decided(row: models.Model, *, by: User, at: datetime) -> None:
    """Writes a value that two people or a day's wait decided (`safeguards`), with its history, without the checks."""
    before = _in_database(row, lock=True)
    _note_credentials(row, before, by)
    after = _texts(row)
    if before != after:
        _note(row, before, after, by, at)
    row.save()


@transaction.atomic
def remove(row: models.Model, *, by: User, at: datetime | None = None) -> TextChange:
    """Deletes a row, which its history survives. Raises PublishingRefused."""
    if not may_change(by):
        raise PublishingRefused([_permission()])
    change = _note(row, _in_database(row), {}, by, at)
    row.delete()
    return change


def findings(row: models.Model, *, by: User) -> list[Finding]:
    """What stands against a row as it would be saved; one that nothing describes yet needs no editor."""
    before, after = _in_database(row), _texts(row)
    if before == after:
        return _names(row, _other_cards(row))
    described = [name for name in names(type(row)) if name not in ("name", "slug") and after[name]]
    is_bare = isinstance(row, (Contributor, Section)) and not before and not described
    permission = [] if may_change(by) or is_bare else [_permission()]
    if isinstance(row, Contributor) and row.user_id == by.pk and after.get(CHECKED) not in (None, before.get(CHECKED)):
        permission.append(_refusal("These are your own credentials. Someone else has to check them."))
    return [*permission, *_about(row)]


def _about(row: models.Model) -> list[Finding]:
    """What the checks that read words find in its texts."""
    others = _other_cards(row)
    # In the order of their names, whichever of them is the row: the pattern of the names is then made once for all.
    cards = sorted([*others, row], key=attrgetter("name")) if isinstance(row, Drug) else others
    read = [
        *about_medicines([hazards.Section("", _words(row))], cards),
        *about_signs([("", "\n".join(_prose(row).values()))], about=str(row)),
    ]
    return [*_names(row, others), *(_eased(finding) for finding in read)]


def _names(row: models.Model, others: list[Drug]) -> list[Finding]:
    problems = card_labels.problems(row, others) if isinstance(row, Drug) else []
    return [Finding("drug.names", "error", problem, "brands") for problem in problems]


def _other_cards(row: models.Model) -> list[Drug]:
    return [card for card in Drug.objects.all() if card.pk != row.pk or not isinstance(row, Drug)]


def _eased(finding: Finding) -> Finding:
    """A line of a few words has no room for a boxed warning: the card that opens beside it has it."""
    return finding if finding.id == "drug.class" else Finding(finding.id, "warning", finding.message, "")


def _permission() -> Finding:
    return _refusal("You don’t have permission to change texts that readers see. Ask an editor.")


def _refusal(message: str) -> Finding:
    return Finding("permission.publish", "error", message, "")


def _note(row: models.Model, before: Any, after: Any, by: User, at: datetime | None) -> TextChange:
    kind = _kind(type(row))
    return TextChange.objects.create(
        kind=kind,
        key=getattr(row, PUBLIC[kind][0]),
        texts_before=before,
        texts_after=after,
        by=by,
        at=at or timezone.now(),
    )


def _kind(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


def _in_database(row: models.Model, *, lock: bool = False) -> dict[str, Any]:
    rows = type(row)._default_manager.filter(pk=row.pk)
    known = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return _texts(known) if known else {}


def _texts(row: models.Model) -> dict[str, Any]:
    texts = {name: getattr(row, name) for name in names(type(row))}
    if isinstance(row, Drug) and row.is_demonstration:
        texts["checked"] = "Demonstration card"
    if isinstance(row, Drug) and row.checked_by and row.checked_on:
        texts["checked"] = f"{row.checked_by}, {row.checked_on.isoformat()}"
        if row.checked_label:
            texts["checked"] += f", label {row.checked_label.set_id}, version {row.checked_label.version}"
    if isinstance(row, Contributor) and row.credentials_checked_on:
        texts[CHECKED] = row.credentials_checked_on.isoformat()
    return texts


def _prose(row: models.Model) -> dict[str, str]:
    _key, words, _lists = PUBLIC[_kind(type(row))]
    return {name: str(getattr(row, name)) for name in words if name not in ("name", "source", "source_url")}


def _words(row: models.Model) -> str:
    """Its texts as passages. A definition is read twice: as it is, and as what it says of its name."""
    texts = _prose(row)
    if definition := texts.get("definition"):
        texts["read"] = f"{getattr(row, 'name', '')} is {definition[:1].lower()}{definition[1:]}"
    elif isinstance(row, Drug):
        texts = {name: f"{row.name}: {text}" for name, text in texts.items() if text}
    return "\n".join(texts.values())
