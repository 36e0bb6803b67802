"""Tokens of machines, shown as `Authorization: Bearer` (RFC 6750)."""

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def shows(request: HttpRequest, token: str) -> bool:
    """Whether a request shows this token. Without one in the settings none is right."""
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), token)
