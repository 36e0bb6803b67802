"""What no log line and no error report may hold: who reads, who writes, what was looked for, keys out of mails.

`cleaned` finds addresses and keys by their form. `brought` is what one request said, to be left out word for word.
"""

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest

HIDDEN = "…"
SHORTEST = 3  # characters; hiding less would only make holes in words
LONGEST = 1000  # characters of one value that are looked through; the rest is cut

MAIL = re.compile(r"""[^\s<>"'(),:;@\[\]/=]{1,64}(?:@|%40)[^\s<>"'(),:;@\[\]/]{1,255}""")
NETWORK = re.compile(r"(?<![\w.:])[0-9a-fA-F:.]{3,45}(?![\w])")
KEY = re.compile(r"[\w:-]{32,}", re.ASCII)
PART_OF_KEY = re.compile(r"(?=[^_:-]*\d)[^_:-]{20,}")
QUERY = re.compile(r"""\?[\w.%+-]{1,64}=[^\s"'<>]*""")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # what would move the screen of those who read it
ROW = re.compile(r"\s*DETAIL: .*", re.DOTALL)  # PostgreSQL shows the row that it refused


def cleaned(text: str, hidden: Collection[str] = ()) -> str:
    """The text without addresses of people and networks, keys, queries, and without any of the `hidden` words."""
    text = CONTROL.sub(" ", ROW.sub("", text[:LONGEST]))
    for word in hidden:
        text = text.replace(word, HIDDEN)
    text = MAIL.sub(HIDDEN, QUERY.sub(f"?{HIDDEN}", text))
    text = NETWORK.sub(lambda match: HIDDEN if _is_network_address(match[0]) else match[0], text)
    return KEY.sub(lambda match: match[0] if _is_name(match[0]) else HIDDEN, text)


def _is_name(word: str) -> bool:
    """Whether so long a word can be of code: keys mix capitals and small letters, or letters and digits."""
    return (word.islower() or word.isupper()) and not PART_OF_KEY.search(word)


def _is_network_address(address: str) -> bool:
    host = address.partition(":")[0] if address.count(":") == 1 else address.rstrip(".:")
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def everywhere(value: Any, hidden: Collection[str] = ()) -> Any:
    """The same for all of a structure of lists and dictionaries, except where code lies and what it is called."""
    if isinstance(value, str):
        return cleaned(value, hidden)
    if isinstance(value, dict):
        return {key: part if key in ("filename", "name") else everywhere(part, hidden) for key, part in value.items()}
    return [everywhere(part, hidden) for part in value] if isinstance(value, list) else value


def brought(request: HttpRequest) -> list[str]:
    """What came with a request: path, values in the path, query, form, cookies, a token; the longest first."""
    texts = [request.path, request.path_info, request.META.get("QUERY_STRING", ""), *_values(request, "GET")]
    texts += map(str, request.resolver_match.kwargs.values() if request.resolver_match else ())
    texts += _values(request, "POST")
    texts += [*request.COOKIES.values(), request.headers.get("Authorization", "").rpartition(" ")[2]]
    words = {form for text_given in texts for form in (text_given, text_given.encode("unicode_escape").decode("ascii"))}
    return sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)


def _values(request: HttpRequest, name: str) -> list[str]:
    try:
        return [value for _key, values in getattr(request, name).lists() for value in values]
    except Exception:  # a form that broke off: what could not be read is in no message
        return []
