"""How Django meets the application: the app itself, and the admin whose site is our desk."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class DeskConfig(AdminConfig):
    default_site = "articles.admin.site.Desk"

    def ready(self) -> None:
        super().ready()
        from articles.admin import (  # noqa: F401
            accounts,
            articles,
            editions,
            medicines,
            people,
            pictures,
            reports,
            sessions,
            subscriptions,
            taxonomy,
        )


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Publication"

    def ready(self) -> None:
        post_migrate.connect(install_guards, sender=self)


def install_guards(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Puts the database's own guards back: SQLite loses a table's triggers whenever a migration rebuilds that table."""
    from articles.models import guards

    guards.install(using)
