"""The app's configuration: a label without dots."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "tests.bench.wagtail_site"
    label = "wagtail_site"
