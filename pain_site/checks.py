"""System checks over the environment: a missing or malformed value is named, with what to set instead."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def environment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every setting that was missing or could not be read when `pain_site.settings` was loaded."""
    return [
        Error(f"{name}: {problem}", hint=hint, id=f"pain_site.E{number:03}")
        for number, name, problem, hint in settings.CONFIGURATION_PROBLEMS
    ]
