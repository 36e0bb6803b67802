"""The desk: Django's admin under our name, with its own dashboard and sign-in, and a strict content security policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_safe

from articles.admin import (
    after_restore,
    calendar,
    dashboard,
    joining,
    lock_out,
    notifications,
    search,
    sign_in,
    system,
)
from articles.publishing import reviewer_accounts

POLICY = {
    "default-src": [NONE],
    **{kind: [SELF] for kind in ("script-src", "style-src", "img-src", "connect-src", "font-src", "form-action")},
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
# CKEditor writes style attributes and event attributes; everything else stays as on the other pages.
EDITOR_POLICY = {**POLICY, "style-src": [SELF, UNSAFE_INLINE], "script-src-attr": [UNSAFE_INLINE]}

View = Callable[..., HttpResponse]


def under(policy: dict[str, list[str]]) -> Callable[[View], View]:
    """Sends a view's answers under a policy in place of the site's, unless the view itself chose another."""
    header = "; ".join(" ".join([kind, *sources]) for kind, sources in policy.items())

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> HttpResponse:
            response = view(*args, **kwargs)
            response.headers.setdefault("Content-Security-Policy", header)
            return response

        return answer

    return decorate


def _by_its_user(view: View) -> View:
    """Says who changes an account meanwhile, wherever on the desk that happens."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with reviewer_accounts.acting(request.user):
            return view(request, *args, **kwargs)

    return answer


locked_out = under(POLICY)(lock_out.locked_out)


class Desk(AdminSite):
    login_form = sign_in.PasswordForm
    index_template = "admin/dashboard.html"
    enable_nav_sidebar = False
    site_url = "/"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.site_header = settings.SITE_NAME
        self.site_title = f"{settings.SITE_NAME} admin"
        self.index_title = "Dashboard"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return under(POLICY)(sign_in.second_step(_by_its_user(super().admin_view(view, cacheable))))

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not sign_in.owed(request)

    def on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
        """To an object's public address, for users who may see the object: an address can reveal unpublished work."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        if not request.user.has_perm(f"{kind.app_label}.view_{kind.model}"):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def get_urls(self) -> list[Any]:
        return [
            path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.on_site), name="view_on_site"),
            path("after-restore/", self.admin_view(after_restore.answer), name="after_restore"),
            path("join/<str:token>/", under(POLICY)(joining.join), name="join"),
            path("two-step/", self.admin_view(sign_in.manage), name="two_step"),
            path("two-step/setup/", self.admin_view(sign_in.set_up), name="two_step_setup"),
            path("two-step/code/", self.admin_view(sign_in.ask_code), name="two_step_code"),
            path("notifications/", self.admin_view(self.notifications), name="notifications"),
            path("calendar/", self.admin_view(require_safe(self.calendar)), name="calendar"),
            path("calendar/<int:pk>/move/", self.admin_view(self.move), name="calendar_move"),
            path("search/", self.admin_view(require_safe(self.search)), name="search"),
            path("system/", self.admin_view(self.system), name="system"),
            *super().get_urls(),
        ]

    def notifications(self, request: HttpRequest) -> HttpResponse:
        return notifications.choose(request, self.each_context(request))

    def calendar(self, request: HttpRequest) -> HttpResponse:
        return calendar.show(request, self.each_context(request))

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        return calendar.move(request, self.each_context(request), pk)

    def search(self, request: HttpRequest) -> HttpResponse:
        return search.show(request, self)

    def system(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(system.PERMISSION):
            raise PermissionDenied
        context = {**self.each_context(request), **system.context(), "title": "System"}
        return TemplateResponse(request, "admin/system.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return lock_out.remember(request, under(POLICY)(super().login)(request, extra_context))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {**dashboard.for_user(request.user), **(extra_context or {})})
