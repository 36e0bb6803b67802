"""Settings of the site that ours is compared with: SQLite and Wagtail's own search, pages kept in memory if KEEP=1."""

import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["WAGTAIL_FOLDER"])
sys.path.append(str(FOLDER))
MIGRATION_MODULES = {"wagtail_site": "made_migrations"}  # written into that folder before they are applied
SECRET_KEY = "bench" * 20
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.bench.wagtail_site.urls"
WAGTAIL_SITE_NAME = "Bench"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
STATIC_URL, MEDIA_URL, MEDIA_ROOT = "/static/", "/media/", FOLDER / "media"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
INSTALLED_APPS = [
    "tests.bench.wagtail_site.apps.SiteConfig",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
KEEPING = ["django.middleware.cache.UpdateCacheMiddleware"], ["django.middleware.cache.FetchFromCacheMiddleware"]
BEFORE, AFTER = KEEPING if os.environ.get("KEEP") else ([], [])
MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    *BEFORE,
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *AFTER,
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "site.sqlite3", "CONN_MAX_AGE": None}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
