"""The desk: Django's admin under our name, with a front page of its own and a strict content security policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse

from articles.admin import lanes

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
    """Sends a view's answers under a policy (csp.middleware reads it), unless the view itself chose another."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, **kwargs: Any) -> HttpResponse:
            response = view(*args, **kwargs)
            if not hasattr(response, "_csp_replace"):
                response._csp_replace = policy  # type: ignore[attr-defined]
            return response

        return answer

    return decorate


class Desk(AdminSite):
    index_template = "admin/desk.html"
    enable_nav_sidebar = False
    site_url = "/"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.site_header = settings.SITE_NAME
        self.site_title = f"{settings.SITE_NAME}, the desk"
        self.index_title = "The desk"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return under(POLICY)(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return under(POLICY)(super().login)(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {**lanes.for_user(request.user), **(extra_context or {})})
