"""What a page is compared with: a WSGI answer that works nothing out, and a Django view that asks one query.

granian loads `hello` and `view` from here, as it loads the site.
"""

import gzip
import os
import random

BODY = "".join(random.Random(7).choices("etaoin shrdlu", k=20_000)).encode()
PACKED = gzip.compress(BODY, 6, mtime=0)


def hello(environ, start_response):
    """20 KB of text, compressed once."""
    head = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    start_response("200 OK", [*head, ("Content-Length", str(len(PACKED)))])
    return [PACKED]


def _view():
    """Django with its usual middlewares, one row read from the site's own database, and the same text."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "pain_site.settings"
    import sys

    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    django.setup()
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.gzip.GZipMiddleware",
    ]
    sys.modules[__name__].urlpatterns = _urlpatterns()  # type: ignore[attr-defined]
    return get_wsgi_application()


def _urlpatterns():
    from django.http import HttpResponse
    from django.urls import re_path

    from articles.models import Section

    def page(request):
        return HttpResponse(f"<title>{Section.objects.first()}</title>".encode() + BODY)

    return [re_path("", page)]


def __getattr__(name):
    if name == "view":
        return _view()
    raise AttributeError(name)
