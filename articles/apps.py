"""How Django meets the application: the app itself, and the admin whose site is our desk."""

from typing import Any

from django.apps import AppConfig, apps
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
            issues,
            medicines,
            people,
            pictures,
            sessions,
            subscriptions,
            taxonomy,
        )


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Publication"

    def ready(self) -> None:
        post_migrate.connect(install_guards, sender=self)
        if apps.is_installed("anymail"):
            from articles.newsletter import provider_events  # noqa: F401  connecting is the effect wanted


def install_guards(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Puts the database's own guards back: SQLite loses a table's triggers whenever a migration rebuilds that table."""
    from articles.models import guards

    guards.install(using)
