"""Text is compressed on its way; pictures are compressed already, and a strong ETag names exactly their bytes."""

import re
from functools import lru_cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?(?=,|$)", re.IGNORECASE)


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """What a client says in `Accept-Encoding`: to name gzip with a quality of 0 is to refuse it (RFC 9110, 12.5.3)."""
    named = GZIP.search(header)
    return named is not None and (named[1] or "1").strip("0.") != ""


class TextCompression(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/") and response["Content-Type"] != "image/svg+xml":
            return response
        # Django takes “gzip;q=0” for a wish, and doesn't know GZIP.
        accepted = accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip" if accepted else ""
        return super().process_response(request, response)
