"""What keeps a site with a missing or malformed setting from starting, with all of them named.

Commands refuse by Django's system checks, servers by `refuse_to_start`, which `wsgi` and `asgi` call.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


@register("settings")
def environment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every setting that was missing or malformed when `pain_site.settings` was loaded."""
    return [Error(str(problem), hint=problem.hint, id="pain_site.E001") for problem in settings.CONFIGURATION_PROBLEMS]


def refuse_to_start() -> None:
    """Raises ImproperlyConfigured where `environment` finds an error, with all of them in one message."""
    if problems := environment():
        lines = (f"  {error.msg} {error.hint}" for error in problems)
        raise ImproperlyConfigured("\n".join(["This site cannot start.", *lines]))
