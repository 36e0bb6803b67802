"""One search over everything on the desk: what each list's own search finds, for those who may see the list.

Subscribers are found by their exact address alone: a part of one would list others. What is typed is not logged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from articles.admin.editorial_status import status_label
from articles.models import (
    Article,
    Contributor,
    Drawing,
    Drug,
    Edition,
    Image,
    Issue,
    Procedure,
    Subscription,
    Term,
    TextChange,
    Topic,
)

MOST = 5  # of a kind
LONGEST = 200  # characters
# These come first; whatever else has a search of its own comes after them.
FIRST: tuple[type[Model], ...] = (
    Article,
    Image,
    Drug,
    Procedure,
    Topic,
    Term,
    Contributor,
    get_user_model(),
    Issue,
    Drawing,
    Subscription,
)
NOT_ASKED = (Edition, TextChange)  # they repeat what is found already


@dataclass(frozen=True)
class Found:
    title: str
    about: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the first few, how many there are, and the list that shows all of them."""

    name: str
    found: list[Found]
    total: int
    url: str


def show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = [_group(request, admin, typed) for admin in _asked(request, site)] if typed else []
    context = {**site.each_context(request), "title": "Search", "typed": typed, "groups": list(filter(None, found))}
    return TemplateResponse(request, "admin/search.html", context)


def _asked(request: HttpRequest, site: AdminSite) -> Iterator[Any]:
    """The pages of each kind that has a search and that the user may see."""
    others = [model for model in apps.get_models() if model not in (*FIRST, *NOT_ASKED)]
    for model in (*FIRST, *others):
        if site.is_registered(model):
            admin = site.get_model_admin(model)
            if admin.get_search_fields(request) and admin.has_view_permission(request):
                yield admin


def _group(request: HttpRequest, admin: Any, typed: str) -> Group | None:
    rows = admin.get_queryset(request)
    if admin.model is Subscription:
        rows = rows.filter(email__iexact=typed)
    else:
        rows, may_repeat = admin.get_search_results(request, rows, typed)
        rows = rows.distinct() if may_repeat else rows
    some = list(rows[: MOST + 1])
    if not some:
        return None
    kind = f"admin:{admin.opts.app_label}_{admin.opts.model_name}"
    return Group(
        str(capfirst(admin.opts.verbose_name_plural)),
        [Found(str(row), _about(row), reverse(f"{kind}_change", args=[row.pk])) for row in some[:MOST]],
        rows.count() if len(some) > MOST else len(some),
        f"{reverse(f'{kind}_changelist')}?{urlencode({'q': typed})}",
    )


def _about(row: Any) -> str:
    if isinstance(row, Article):
        return status_label(row).words
    return row.get_state_display() if isinstance(row, Issue | Subscription) else ""
