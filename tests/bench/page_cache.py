"""Prints what a page costs that is kept in front of Django: `python -m tests.bench.page_cache`. Nothing is asserted."""

import logging
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

FOLDER = tempfile.TemporaryDirectory()
os.environ |= {"SECRET_KEY": "bench" * 20, "VAR_DIR": FOLDER.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import public_state  # noqa: E402
from articles.page_cache import PageCache  # noqa: E402
from articles.views.http_caching import LONGEST_AWAY, TRUE_UNTIL, for_shared_caches  # noqa: E402
from tests.page_cache.client import PUMPS, environ  # noqa: E402

HITS, TIMES = 5_000, 7
PICTURE = "/media/renditions/picture.webp"
HEADERS = {  # as many, and as long, as a page of ours has
    "Vary": "Accept-Encoding",
    "Content-Security-Policy": "x" * 180,
    "Permissions-Policy": "x" * 700,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page() -> bytes:
    """27 KB, of words that compress as a text does."""
    draw = random.Random(7)
    words = ["".join(draw.choices("aeinorst", k=draw.randint(2, 9))) for _word in range(800)]
    return " ".join(draw.choices(words, k=4_700)).encode()


def site(asked: Any, start_response: Any) -> HttpResponse:
    """Django's part, without Django."""
    is_picture = asked["PATH_INFO"] == PICTURE
    content = (Path(settings.MEDIA_ROOT) / "renditions/picture.webp").read_bytes() if is_picture else page()
    response = HttpResponse(content, content_type="image/webp" if is_picture else None, headers=HEADERS)
    response["Cache-Control"] = "public, no-cache" if is_picture else for_shared_caches(LONGEST_AWAY)
    response["ETag"], response["X-Request-ID"] = '"0123456789abcdef"', "0123456789abcdef"
    if is_picture:
        del response["Vary"]
    asked[TRUE_UNTIL] = timezone.now().replace(year=2100)
    start_response("200 OK", [(name, str(value)) for name, value in response.items()])
    return response


def microseconds(cache: PageCache, asked: dict[str, Any]) -> float:
    """Median CPU time of a hit."""

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        pass

    cache(dict(asked), start_response)
    took = []
    for _time in range(TIMES):
        started = time.process_time()
        for _hit in range(HITS):
            cache(asked, start_response)
        took.append((time.process_time() - started) / HITS * 1_000_000)
    return statistics.median(took)


def main() -> None:
    call_command("migrate", verbosity=0)
    picture = Path(settings.MEDIA_ROOT) / "renditions/picture.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(random.Random(7).randbytes(80_000))
    logging.getLogger("articles").setLevel(logging.WARNING)
    cache = PageCache(site)
    packed = {"accept_encoding": "gzip, deflate, br"}
    rows = {
        "gzip": environ(PUMPS, **packed),
        "304": environ(PUMPS, **packed, if_none_match='"0123456789abcdef-gz"'),
        "304, of several tags": environ(PUMPS, **packed, if_none_match='"other", W/"0123456789abcdef-gz"'),
        "head": environ(PUMPS, "HEAD", **packed),
        "with a query": environ("/search/?q=pumps&utm_source=letter", **packed),
        "identity": environ(PUMPS),
        "picture of 80 KB": environ(PICTURE),
    }
    if public_state.current() is None:
        raise SystemExit("The number of the site's state is not known, so nothing would be kept.")
    for name, asked in rows.items():
        print(f"{name:24} {microseconds(cache, asked):8.1f} µs")
    started = time.process_time()
    for _time in range(HITS):
        public_state.current()
    print(f"{'of it, the number':24} {(time.process_time() - started) / HITS * 1_000_000:8.1f} µs")


if __name__ == "__main__":
    main()
