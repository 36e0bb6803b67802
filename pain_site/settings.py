"""One settings file; the environment (or a `.env` beside manage.py) chooses. Every default serves one small machine.

A value that cannot be read does not stop this module: it is kept in CONFIGURATION_PROBLEMS, and a system check names it
(`pain_site.checks`). `README.md` in this folder lists every variable.
"""

import os
import secrets
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from pain_site.environment import (
    CONFIGURATION_PROBLEMS,
    contact_address,
    folder,
    hours_of_a_week,
    mailbox,
    one_line,
    read,
    switch,
    time_of_day,
    time_zone,
    web_address,
    web_origin,
    weekday,
    whole_number,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


# The site ------------------------------------------------------------------------------------------------------------

VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
DEBUG = read(8, "DEBUG", False, switch, "Set 1 or 0.")


SITE_NAME = read(43, "SITE_NAME", "Inside Pain Medicine", one_line, "Set a name on one line: it stands in mails.")
SITE_URL = read(2, "SITE_URL", "http://127.0.0.1:8000", web_origin, "Set the public address, as https://example.org.")
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    str(urlsplit(SITE_URL).hostname),
]
DEMONSTRATION_KEY = VAR_DIR / "demo-secret-key"
DEMONSTRATION = not os.environ.get("SECRET_KEY") and (
    DEMONSTRATION_KEY.exists() or os.environ.get("DEMONSTRATION") == "1"
)


def secret_key() -> str:
    """The key from the environment; for the demonstration one drawn once and kept under `var/`."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    if not DEMONSTRATION:
        hint = "Set SECRET_KEY to 50 random characters or more, and keep it; or run: manage.py demo"
        CONFIGURATION_PROBLEMS.append((1, "SECRET_KEY", "it is not set.", hint))
        return "unset, so nothing that is signed with this is accepted: " + secrets.token_urlsafe(50)
    if not DEMONSTRATION_KEY.exists():
        DEMONSTRATION_KEY.parent.mkdir(parents=True, exist_ok=True)
        with open(DEMONSTRATION_KEY, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(60))
    return DEMONSTRATION_KEY.read_text()


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()

# The application -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",  # these two first: after `migrate` they make the permissions that roles are given
    "django.contrib.auth",
    "articles.apps.ArticlesConfig",  # before the admin, whose templates it overrides
    "articles.apps.DeskConfig",
    "pain_site.apps.SiteConfig",
    "pain_site.apps.StaticFiles",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "ckeditor",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "articles.views.compression.TextCompression",
    "articles.views.cookies.none_for_readers",
    "articles.views.freshness.until_the_next_change",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "articles.admin.signed_in.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "pain_site.urls"
WSGI_APPLICATION = "pain_site.wsgi.application"
ASGI_APPLICATION = "pain_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.views.site.context",
            ],
        },
    },
]
# The check warns that the bundled CKEditor 4 is unmaintained: tests/richtext/test_widgets.py asserts what contains it.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]
LOGIN_URL = "admin:login"

# What is kept where --------------------------------------------------------------------------------------------------


def database(given: str) -> dict[str, Any]:
    if given.startswith("sqlite:"):
        # As in every tool that reads such an address: three slashes and a relative path, four and an absolute one.
        return sqlite(BASE_DIR / given.removeprefix("sqlite:///"))
    if not given.startswith(("postgres://", "postgresql://")):
        raise ValueError("only SQLite and PostgreSQL are supported")
    return postgresql(env.db_url_config(given))


def postgresql(config: dict[str, Any]) -> dict[str, Any]:
    """Whoever waits for a row or a table that another transaction holds waits at most 20 s, as on SQLite."""
    options = {"options": "-c lock_timeout=20s", **config.get("OPTIONS", {})}
    return {**config, "OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def sqlite(path: Path) -> dict[str, Any]:
    """Readers never wait for a writer (WAL); a writer waits its turn from its first statement on, at most 20 s.

    What is deleted is overwritten: erased addresses leave nothing in the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON",
    }
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


DATABASES = {
    "default": read(
        3,
        "DATABASE_URL",
        sqlite(VAR_DIR / "site.sqlite3"),
        database,
        "Set sqlite:///var/site.sqlite3 or postgres://USER:PASSWORD@HOST/NAME.",
    )
}
CACHES = {
    "default": read(
        4,
        "CACHE_URL",
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        env.cache_url_config,
        "Leave it empty, or set redis://HOST:6379/0.",
    )
}
MEDIA_ROOT = BASE_DIR / read(5, "MEDIA_STORAGE", VAR_DIR / "media", folder, "Set a folder, as var/media.")
MEDIA_URL = "/media/"
DOCUMENTS_ROOT = VAR_DIR / "documents"  # letters of permission and the like: never below MEDIA_ROOT, never served
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "articles.images.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "pain_site.static_files.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# Mail ----------------------------------------------------------------------------------------------------------------


# Mail providers, by their name in django-anymail, and the setting of theirs that holds the key.
PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}
SIGNING_KEYS = {
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "resend": "RESEND_SIGNING_SECRET",
}


def provider(name: str, rest: str) -> dict[str, Any]:
    """Sending through a provider: its key, and for Mailgun the domain after an @."""
    key, _at, domain = rest.partition("@")
    if not key:
        raise ValueError("no key")
    anymail: dict[str, Any] = {PROVIDERS[name]: key, "WEBHOOK_SECRET": os.environ.get("ANYMAIL_WEBHOOK_SECRET", "")}
    if domain:
        anymail[f"{name.upper()}_SENDER_DOMAIN"] = domain
    if name == "mailgun" and os.environ.get("MAILGUN_API_URL"):
        anymail["MAILGUN_API_URL"] = web_address(os.environ["MAILGUN_API_URL"])
    if name in SIGNING_KEYS and os.environ.get("ANYMAIL_SIGNING_KEY"):
        anymail[SIGNING_KEYS[name]] = os.environ["ANYMAIL_SIGNING_KEY"]
    INSTALLED_APPS.append("anymail")
    return {"EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend", "ANYMAIL": anymail}


def mail(given: str) -> dict[str, Any]:
    if given.startswith("file:"):
        return {
            "EMAIL_BACKEND": "articles.newsletter.sending.EmlFolder",
            "EMAIL_FILE_PATH": BASE_DIR / given.removeprefix("file:"),
        }
    scheme, _colon, rest = given.partition("://")
    if scheme in PROVIDERS:
        return provider(scheme, rest.strip("/"))
    config: dict[str, Any] = env.email_url_config(given)
    return {**config, "EMAIL_TIMEOUT": 30}


EMAIL_FILE_PATH = VAR_DIR / "mail"
vars().update(
    read(6, "EMAIL_URL", mail(f"file:{EMAIL_FILE_PATH}"), mail, "Set file:var/mail or smtp://USER:PASSWORD@HOST:587.")
)
DEFAULT_FROM_EMAIL = read(
    44,
    "DEFAULT_FROM_EMAIL",
    f"{SITE_NAME} <letter@{urlsplit(SITE_URL).hostname or 'localhost'}>",
    one_line,
    "Set the sender of every mail, as Our Name <letter@example.org>.",
)
BOUNCE_MAILBOX = read(
    45,
    "BOUNCE_MAILBOX",
    "",
    lambda given: mailbox(given, BASE_DIR),
    "Set imaps://USER:PASSWORD@HOST/FOLDER, with %40 for an @ in the user’s name.",
)
BOUNCE_ADDRESS = os.environ.get("BOUNCE_ADDRESS", "")  # empty: where the sender's own address is
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POSTAL_ADDRESS = os.environ.get("POSTAL_ADDRESS", "")


# RFC 2142 names the mailbox, RFC 9116 the page on which it is told.
SECURITY_CONTACT = read(
    31,
    "SECURITY_CONTACT",
    f"mailto:security@{urlsplit(SITE_URL).hostname}",
    contact_address,
    "Set mailto:… or https://…, where people report holes.",
)


SENDING_RATE = read(
    50, "SENDING_RATE", 0, whole_number, "Set how many letters may go in a minute, as 120; 0 is no limit."
)
RELAY_JOURNAL = os.environ.get("RELAY_JOURNAL", "")
RELAY_SETTLES = read(51, "RELAY_SETTLES", 60.0, float, "Set seconds, as 60.")

# Words and clocks ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = True
FORMAT_MODULE_PATH = "pain_site.formats"
USE_TZ = True
TIME_ZONE = read(7, "TIME_ZONE", "UTC", time_zone, "Set a zone's name, as Europe/Berlin.")

NEWSLETTER_WEEKDAY = read(
    40,
    "NEWSLETTER_WEEKDAY",
    4,
    weekday,
    "Set the day on which the letter is built, as thursday.",
)
NEWSLETTER_TIME = read(
    41,
    "NEWSLETTER_TIME",
    time(9),
    time_of_day,
    "Set the time of day at which the letter is built, as 09:00.",
)
NEWSLETTER_GRACE = read(
    42,
    "NEWSLETTER_GRACE",
    None,
    hours_of_a_week,
    "Set the hours after which a letter goes without approval, as 24; leave it empty, and each needs an editor.",
)

# Safety --------------------------------------------------------------------------------------------------------------

SECURE = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]


TRUSTED_PROXIES = read(
    9, "TRUSTED_PROXIES", 0, whole_number, "Set how many proxies stand in front, as 1; leave it empty."
)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The public side. The desk and the editor's pages replace it in `articles.admin.site`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],  # pages have no script; tools that examine one ask for robots.txt in its name
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in ----------------------------------------------------------------------------------------------------------

TWO_FACTOR_REQUIRED = not DEMONSTRATION
OTP_TOTP_ISSUER = SITE_NAME
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "articles.admin.signed_in.DeskBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the page can say when the lock-out ends
AXES_LOCKOUT_CALLABLE = "articles.admin.site.locked_out"
AXES_CLIENT_IP_CALLABLE = "articles.views.origin.client_address"
AXES_DISABLE_ACCESS_LOG = True  # nobody asked for a record of where editors sign in from
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
