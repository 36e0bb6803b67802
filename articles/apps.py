"""How Django meets the application: the app itself, and the admin whose site is our desk."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.admin.apps import AdminConfig
from django.core.signals import got_request_exception
from django.db.models.signals import post_migrate, pre_migrate


class DeskConfig(AdminConfig):
    default_site = "articles.admin.site.Desk"

    def ready(self) -> None:
        super().ready()
        from articles.admin import (  # noqa: F401
            accounts,
            articles,
            contributors,
            credits,
            drawings,
            editions,
            invitations,
            issues,
            labels,
            medicines,
            pictures,
            possible_repeats,
            procedures,
            public_texts,
            reports,
            safeguards,
            sessions,
            sources,
            subscriptions,
            taxonomy,
        )


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Publication"

    def ready(self) -> None:
        from articles.management import system_checks  # noqa: F401
        from articles.publishing import reviewer_accounts
        from articles.publishing.pictures import receivers
        from articles.views import request_log

        pre_migrate.connect(lift_guards, sender=self)
        post_migrate.connect(install_guards, sender=self)
        post_migrate.connect(sync_roles, sender=self)
        from articles import database_file

        database_file.watch()
        receivers.connect()
        reviewer_accounts.connect()
        got_request_exception.connect(request_log.log_error)
        # Kinds of mail, which register themselves.
        from articles.newsletter.issues import preview_mail  # noqa: F401
        from articles.newsletter.subscriptions import requests  # noqa: F401
        from articles.publishing import invitations, notices, review_requests, safeguards  # noqa: F401
        from articles.readers import mails  # noqa: F401

        if installed.is_installed("anymail"):
            from articles.mail.bounces import provider_events  # noqa: F401  connecting is the effect wanted


def lift_guards(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Takes the database's own guards away while it is migrated: SQLite rebuilds no table that a trigger speaks of.

    After a migration that failed, the next `migrate` puts them back, also where it finds nothing to do.
    """
    from articles.models import guards, public_state

    if plan:
        guards.lift(using)
        public_state.lift(using)


def install_guards(using: str, **kwargs: Any) -> None:
    """Puts them back."""
    from articles.models import guards, public_state

    guards.install(using)
    public_state.install(using)


def sync_roles(using: str, apps: Apps = installed, **kwargs: Any) -> None:
    """Gives the roles their permissions. They exist by now: `django.contrib.auth` comes first in INSTALLED_APPS."""
    from articles import roles

    roles.sync(using, apps)
