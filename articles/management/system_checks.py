"""What `check --deploy` says of the database: pages about itself that a real site lacks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from articles import cache


@register(Tags.database, deploy=True)
def site_pages(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each, where `--database default` lets the database be asked."""
    if settings.DEMONSTRATION or "default" not in (databases or []):
        return []
    try:
        missing = cache.missing_pages()
    except DatabaseError:  # not migrated, or not there: other checks say so
        return []
    hint = "The dashboard lists it under “Pages your site still needs”, with a skeleton to begin with."
    return [
        Warning(f"This site has no page “{page.title}” at /{page.slug}/. {page.says}", hint=hint, id="articles.W001")
        for page in missing
    ]
