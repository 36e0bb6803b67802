"""One settings file; the environment (or a `.env` beside manage.py) chooses. Every default serves one small machine.

A missing or malformed value does not stop this module: all of them stand in CONFIGURATION_PROBLEMS. As long as there is
one, no server and no command starts (`pain_site.checks`). `README.md` in this folder lists every variable.
"""

import os
import secrets
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from pain_site import addresses, backends, logs, values, version
from pain_site.environment import BASE_DIR, loaded

A_YEAR = 31_536_000  # seconds; less is in no browser's list (hstspreload.org)

env = loaded(BASE_DIR / ".env")
CONFIGURATION_PROBLEMS = env.problems

VERSION = version.VERSION

# The site ------------------------------------------------------------------------------------------------------------

VAR_DIR = env.read(
    "VAR_DIR", BASE_DIR / "var", values.folder, "Set a folder that this account may write to.", unset="var"
)
DEBUG = env.read("DEBUG", False, values.switch, "Set 1 or 0.")
SITE_NAME = env.read(
    "SITE_NAME", "Inside Pain Medicine", values.one_line, "Set a name on one line. It is used in emails."
)
SITE_URL = env.read(
    "SITE_URL", "http://127.0.0.1:8000", addresses.site, "Set the public address, as https://example.org."
)
SECURE = SITE_URL.startswith("https://")
HOST_NAME = str(urlsplit(SITE_URL).hostname)
ALLOWED_HOSTS = [
    *env.read(
        "ALLOWED_HOSTS",
        ["localhost", "127.0.0.1", "[::1]"],
        addresses.hosts,
        "Set hosts without scheme or port, separated by commas, as example.org, www.example.org.",
    ),
    HOST_NAME,
]
DEMONSTRATION_KEY = VAR_DIR / "demo-secret-key"
SECRET_KEY = env.read("SECRET_KEY", "", str, "Set it in UTF-8.")
SECRET_KEY_FALLBACKS = env.read("SECRET_KEY_FALLBACKS", [], str.split, "Set earlier keys, separated by spaces.")
# The key that a demonstration left behind makes no demonstration of a site that readers reach over https.
DEMONSTRATION = not SECRET_KEY and (
    env.variables.get("DEMONSTRATION") == "1" or (os.path.isfile(DEMONSTRATION_KEY) and not SECURE)
)


def demonstration_key() -> str:
    """Drawn once and kept under `var/`."""
    if not DEMONSTRATION_KEY.exists():
        with open(DEMONSTRATION_KEY, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(60))
    return DEMONSTRATION_KEY.read_text()


if DEMONSTRATION and not env.problems:
    SECRET_KEY = demonstration_key()
elif not DEMONSTRATION and not SECRET_KEY:
    env.refuse("SECRET_KEY", "is not set", "Set 50 random characters or more, and keep them; or run: manage.py demo")

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
    "articles.views.request_log.logged",
    "articles.views.browser_policy.on_every_answer",
    "articles.views.health.first",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "articles.views.compression.TextCompression",
    "articles.views.cookies.none_for_readers",
    "articles.views.http_caching.until_the_next_change",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "articles.admin.sessions.renewed",
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
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # CKEditor 4 is unmaintained: tests/richtext/test_widgets.py asserts what contains it
    # Subdomains and browsers' preload lists are promises about a whole domain that cannot be taken back soon: only its
    # owner can make them, by HSTS_PRELOAD.
    "security.W005",
    "security.W021",
]
LOGIN_URL = "admin:login"

# What is kept where --------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.read(
        "DATABASE_URL",
        backends.sqlite(VAR_DIR / "site.sqlite3"),
        backends.database,
        "Set sqlite:///var/site.sqlite3 or postgres://USER:PASSWORD@HOST/NAME.",
    )
}
REPLICA = env.read(
    "DATABASE_REPLICA_URL",
    None,
    backends.replica,
    "Set postgres://USER:PASSWORD@HOST/NAME of a standby of DATABASE_URL.",
)
if REPLICA and "postgresql" not in DATABASES["default"]["ENGINE"]:
    env.refuse(
        "DATABASE_REPLICA_URL", "is set, and DATABASE_URL is not PostgreSQL", "Leave it empty, or set DATABASE_URL."
    )
elif REPLICA:
    DATABASES["replica"] = REPLICA
    DATABASE_ROUTERS = ["articles.replica.Router"]
    MIDDLEWARE.append("articles.views.public_reading.FromTheReplica")
CACHES = {
    "default": env.read(
        "CACHE_URL",
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        backends.cache,
        "Leave it empty, or set redis://HOST:6379/0.",
    ),
    # HTML that was made before, in each process (`articles.views.fragments`): 27 KB a page, 2 KB a card.
    "pages": backends.in_the_process("pages", entries=400),
    "cards": backends.in_the_process("cards", entries=2000),
}
# With DEBUG, a change of the code or of a template is seen at once.
PAGE_CACHE = env.read("PAGE_CACHE", not DEBUG, values.switch, "Set on or off.")
SITE_JOURNAL = env.read(  # what must be known after a restore: it lives outside the database
    "SITE_JOURNAL", VAR_DIR / "journal.jsonl", values.file, "Set a file in a folder that this account may write to."
)
JOURNAL_DAYS = env.read("JOURNAL_DAYS", 400, values.days, "Set for how many days its entries are kept, as 400.")
DOCUMENTS_ROOT = VAR_DIR / "documents"  # letters of permission and the like: never below MEDIA_ROOT, never served
media = env.read(
    "MEDIA_STORAGE",
    VAR_DIR / "media",
    backends.media,
    "Set a folder that this account may write to, as var/media, or s3://BUCKET/PREFIX?endpoint=https://…&region=….",
)
MEDIA_ROOT = media if isinstance(media, Path) else VAR_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    **backends.storages(media, DOCUMENTS_ROOT),
    "staticfiles": {"BACKEND": "pain_site.static_files.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# Mail ----------------------------------------------------------------------------------------------------------------

EMAIL_FILE_PATH = VAR_DIR / "mail"
outgoing = env.read(
    "EMAIL_URL",
    backends.mail(f"file:{EMAIL_FILE_PATH}"),
    backends.mail,
    "Set file:var/mail, smtp+tls://USER:PASSWORD@HOST:587 (%2F for a / in the password) or a provider: postmark://KEY.",
)
EMAIL_BACKEND, ANYMAIL = outgoing["EMAIL_BACKEND"], outgoing["ANYMAIL"]
vars().update(outgoing)
if ANYMAIL:
    INSTALLED_APPS.append("anymail")
    ANYMAIL |= {
        "WEBHOOK_SECRET": env.read(
            "ANYMAIL_WEBHOOK_SECRET", "", values.user_and_password, "Set USER:PASSWORD, as the provider is told."
        ),
        "MAILGUN_API_URL": env.read(
            "MAILGUN_API_URL", "https://api.mailgun.net/v3", addresses.web, "Set https://api.eu.mailgun.net/v3 or none."
        ),
        **backends.signing(EMAIL_BACKEND, env.read("ANYMAIL_SIGNING_KEY", "", str, "Set it in UTF-8.")),
    }
DEFAULT_FROM_EMAIL = env.read(
    "DEFAULT_FROM_EMAIL",
    addresses.with_name(SITE_NAME, f"letter@{HOST_NAME}"),
    addresses.sender,
    "Set the sender of every mail, as Our Name <letter@example.org>.",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS = env.read("ADMINS", [], addresses.senders, "Set mail addresses, separated by commas, as ops@example.org.")
BOUNCE_ADDRESS = env.read("BOUNCE_ADDRESS", "", addresses.mail, "Set one bare address, as letter@example.org.")
BOUNCE_MAILBOX = env.read(
    "BOUNCE_MAILBOX",
    "",
    addresses.mailbox,
    "Set imaps://USER:PASSWORD@HOST/FOLDER, with %40 for an @ in the user’s name.",
)
POSTAL_ADDRESS = env.read("POSTAL_ADDRESS", "", str, "Set it in UTF-8.")
# RFC 2142 names the mailbox, RFC 9116 the page on which it stands.
SECURITY_CONTACT = env.read(
    "SECURITY_CONTACT",
    f"mailto:security@{HOST_NAME}",
    addresses.contact,
    "Set mailto:… or https://…, where people report holes.",
)
SENDING_RATE = env.read(
    "SENDING_RATE",
    0,
    values.whole_number,
    "Set how many newsletter messages may be sent per minute, for example 120; 0 is no limit.",
)
RELAY_JOURNAL = env.read(
    "RELAY_JOURNAL", "", addresses.journal, "Set a file, or an address with {message_id} in it; or leave it empty."
)
RELAY_SETTLES = env.read("RELAY_SETTLES", 60.0, values.seconds, "Set seconds, as 60.")

# The server, of `manage.py serve` -------------------------------------------------------------------------------------

HOST = env.read(
    "HOST",
    addresses.LOOPBACK,
    addresses.listening,
    "Set an IP address of this machine, as 127.0.0.1, or unix:/run/site.sock.",
)
PORT = env.read("PORT", 8000, values.port, "Set a port, as 8000.")
WORKERS = env.read("WORKERS", 2, values.at_least_one, "Set how many processes serve, as 2.")
THREADS = env.read("THREADS", 8, values.at_least_one, "Set how many threads each of them has, as 8.")
WORKER_MEMORY = env.read("WORKER_MEMORY", 512, values.at_least_one, "Set megabytes, as 512.")
PROXY_ONLY = env.read("PROXY_ONLY", False, values.switch, "Set 1 if only your proxy can reach HOST and PORT, or 0.")

# Words and clocks ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = True
FORMAT_MODULE_PATH = "pain_site.formats"
USE_TZ = True
TIME_ZONE = env.read("TIME_ZONE", "UTC", values.time_zone, "Set a zone’s name, as Europe/Berlin.")

NEWSLETTER_WEEKDAY = env.read(
    "NEWSLETTER_WEEKDAY", 4, values.weekday, "Set the day on which the newsletter is built, as thursday."
)
NEWSLETTER_TIME = env.read(
    "NEWSLETTER_TIME", time(9), values.time_of_day, "Set the time of day at which the newsletter is built, as 09:00."
)
NEWSLETTER_GRACE = env.read(
    "NEWSLETTER_GRACE",
    None,
    values.hours,
    "Set the hours after which an issue is sent without approval, for example 24; if empty, every issue needs an "
    "editor.",
)
NEWSLETTER_UNDO = env.read(
    "NEWSLETTER_UNDO", 60, values.whole_number, "Set the seconds in which an approval can be undone, as 60."
)

# Safety --------------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SECURE
HSTS_SECONDS = env.read("HSTS_SECONDS", 3600, values.whole_number, "Set seconds, as 3600, or 31536000 for a year.")
HSTS_PRELOAD = env.read("HSTS_PRELOAD", False, values.switch, "Set 1 or 0.")
if HSTS_PRELOAD and HSTS_SECONDS < A_YEAR:
    env.refuse("HSTS_PRELOAD", "is on, but HSTS_SECONDS is less than a year", f"Set HSTS_SECONDS={A_YEAR}, too.")
SECURE_HSTS_SECONDS = HSTS_SECONDS if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE and HSTS_PRELOAD  # no list takes one without the other
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_AGE = int(
    3600 * env.read("SESSION_HOURS", 12, values.session_hours, "Set hours from 1 up, less than 168 (a week), as 12.")
)
SECURE_REFERRER_POLICY = "same-origin"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # style sheets, scripts and pictures are for our own pages
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.read(
    "TRUSTED_PROXIES", 0, values.whole_number, "Set how many proxies stand in front, as 1; leave it empty without any."
)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HEALTH_TOKEN = env.read(
    "HEALTH_TOKEN", "", values.token, "Set 20 or more letters, digits and signs without spaces, drawn at random."
)
# The public side. The desk and the editor's pages replace it in `articles.admin.site`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],  # search.js, which suggests names while somebody types
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
    {"NAME": "articles.publishing.reviewer_accounts.Watch"},  # a reviewer is told of a password that somebody else set
]

# Signing in ----------------------------------------------------------------------------------------------------------

TWO_FACTOR_REQUIRED = not DEMONSTRATION
OTP_TOTP_ISSUER = SITE_NAME
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "articles.publishing.reviewer_accounts.Backend"]
AXES_HANDLER = "articles.admin.lock_out.Handler"
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

# What is watched ------------------------------------------------------------------------------------------------------

LOG_FORMAT = env.read("LOG_FORMAT", "line", values.one_of(logs.STYLES), "Set line or json.")
LOG_LEVEL = env.read(  # a demonstration leaves the screen to what it says itself
    "LOG_LEVEL",
    "warning" if DEMONSTRATION else "info",
    values.one_of(logs.LEVELS),
    "Set debug, info, warning or error.",
)
METRICS_TOKEN = env.read(
    "METRICS_TOKEN", "", values.token, "Set 20 or more letters, digits and signs without spaces, drawn at random."
)
INDEXNOW_KEY = env.read(
    "INDEXNOW_KEY", "", values.public_key, "Set 8 to 128 small letters, digits and hyphens, drawn at random."
)
SENTRY_DSN = env.read(
    "SENTRY_DSN", "", backends.error_reports, "Set https://KEY@HOST/NUMBER, as Sentry calls the project’s DSN."
)
LOGGING = logs.configuration(
    LOG_FORMAT, LOG_LEVEL, reports={"dsn": SENTRY_DSN, "release": VERSION} if SENTRY_DSN else None
)

# As long as a value is missing or malformed, nothing may take the defaults for the site: a shell, a script or a command
# that skips its checks finds no database and no key.
if env.problems:
    DATABASES, SECRET_KEY = {"default": {}}, ""
