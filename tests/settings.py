"""The site's own settings under test: nothing of this checkout's `var/` is touched, and passwords are cheap."""

import os
import tempfile

# The settings read the environment once, so it is complete before they are imported.
os.environ["SECRET_KEY"] = "only for tests, and long enough that no check complains about it: 0123456789"
FOLDER = tempfile.TemporaryDirectory(prefix="tests-")  # removed when the tests end
os.environ["VAR_DIR"] = FOLDER.name
os.environ["SITE_URL"] = "http://testserver"
os.environ["TIME_ZONE"] = "UTC"  # tests about other zones set them
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous interface runs a loop of its own

from pain_site.settings import *  # noqa: E402, F403

STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TWO_FACTOR_REQUIRED = False  # tests/admin/test_sign_in.py switches it on
if DATABASES["default"]["ENGINE"] == "pain_site.sqlite":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405  for an engine of Django's own, pytest-django knows
