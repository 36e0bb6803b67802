"""Bytes as HTTP answers them: whole, a part, or "you have it already" (RFC 9110, sections 13 and 14)."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def answer(request: HttpRequest, data: bytes, *, content_type: str, etag: str) -> HttpResponse:
    """200, 206, 304, 412 or 416. `etag` is strong and quoted; several ranges at once are answered with the whole."""
    response = HttpResponse(data, content_type=content_type)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(len(data))
    conditional = get_conditional_response(request, etag=etag, response=response)
    if conditional is None or conditional.status_code != 200:
        return conditional if conditional is not None else response
    wanted = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or wanted is None or not any(wanted.groups()) or not _is_of(request, etag):
        return response
    return _part(response, data, wanted[1], wanted[2])


def _is_of(request: HttpRequest, etag: str) -> bool:
    """A part counts for the state that the asker has; for another one it gets the whole (If-Range)."""
    return request.headers.get("If-Range", etag) == etag


def _part(response: HttpResponse, data: bytes, first: str, last: str) -> HttpResponse:
    size = len(data)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < int(first):
        return response  # no valid range, so none was asked for
    if start >= size or (not first and int(last) == 0):
        response.status_code, response.content = 416, b""
        response["Content-Range"] = f"bytes */{size}"
    else:
        response.status_code, response.content = 206, data[start : end + 1]
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(len(response.content))
    return response
