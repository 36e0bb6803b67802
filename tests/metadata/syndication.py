"""What RFC 4287 and JSON Feed 1.1 ask of a feed, by hand from their texts, and two checkers that know nothing else.

Elements of other namespaces are extensions (RFC 4287, 6) and are left alone.
"""

import re
from datetime import datetime
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ONE, ONE_AT_MOST, ANY = (1, 1), (0, 1), (0, None)
# How many of which elements each may hold: RFC 4287, 4.1.1, 4.1.2 and 3.2.
HOLDS = {
    "feed": {
        "author": ANY, "category": ANY, "contributor": ANY, "generator": ONE_AT_MOST, "icon": ONE_AT_MOST, "id": ONE,
        "link": ANY, "logo": ONE_AT_MOST, "rights": ONE_AT_MOST, "subtitle": ONE_AT_MOST, "title": ONE, "updated": ONE,
        "entry": ANY,
    },
    "entry": {
        "author": ANY, "category": ANY, "content": ONE_AT_MOST, "contributor": ANY, "id": ONE, "link": ANY,
        "published": ONE_AT_MOST, "rights": ONE_AT_MOST, "source": ONE_AT_MOST, "summary": ONE_AT_MOST, "title": ONE,
        "updated": ONE,
    },
    "author": {"name": ONE, "uri": ONE_AT_MOST, "email": ONE_AT_MOST},
}  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339, 5.6, in capitals
WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
RELATIVE = re.compile(r"""\b(?:href|src)=["'](?![a-z][a-z0-9+.-]*:)[^"']*""", re.IGNORECASE)
ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip
JSON_FEED = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
    "authors", "language", "expired", "hubs", "items",
}  # fmt: skip


def atom_problems(document):
    """What is not Atom about a document, bytes, as sentences; nothing, if it is."""
    try:
        feed = ElementTree.fromstring(document)
    except ElementTree.ParseError as problem:
        return [f"It is no XML: {problem}."]
    if feed.tag != f"{ATOM}feed":
        return [f"It is a {feed.tag}."]
    entries = feed.findall(f"{ATOM}entry")
    found = [*_of_element(feed, "feed"), *(problem for one in entries for problem in _of_entry(one))]
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    if len(set(ids)) < len(ids):
        found.append("Two entries have one id.")
    if not feed.findall(f"{ATOM}author") and any(not one.findall(f"{ATOM}author") for one in entries):
        found.append("An entry has no author, nor has the feed.")
    if not [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]:
        found.append("The feed does not say its own address.")
    return found


def _of_element(element, kind):
    held = [one.tag.removeprefix(ATOM) for one in element if one.tag.startswith(ATOM)]
    for name in set(held) - set(HOLDS[kind]):
        yield f"A {kind} has no {name}."
    for name, (least, most) in HOLDS[kind].items():
        if not least <= held.count(name) <= (most or len(held)):
            yield f"A {kind} has {held.count(name)} of {name}."
    for one in element:
        yield from _of_child(one, one.tag.removeprefix(ATOM))
    alternates = [
        (one.get("type"), one.get("hreflang"))
        for one in element.findall(f"{ATOM}link")
        if one.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternates)) < len(alternates):
        yield f"A {kind} has two alternates of one type and language."


def _of_entry(entry):
    yield from _of_element(entry, "entry")
    for author in entry.findall(f"{ATOM}author"):
        yield from _of_element(author, "author")
    has_alternate = any(one.get("rel", "alternate") == "alternate" for one in entry.findall(f"{ATOM}link"))
    if entry.find(f"{ATOM}content") is None and not has_alternate:
        yield "An entry has neither a text nor an address."
    dates = [entry.findtext(f"{ATOM}{name}", "") for name in ("published", "updated")]
    moments = [datetime.fromisoformat(one) for one in dates if MOMENT.fullmatch(one)]
    if moments != sorted(moments):
        yield "An entry was changed before it was published."


def _of_child(one, name):
    words = (one.text or "").strip()
    if name in ("updated", "published") and not MOMENT.fullmatch(words):
        yield f"{words!r} is no moment."
    if name in ("id", "icon", "logo", "uri") and not WHOLE.fullmatch(words):
        yield f"{words!r} is no whole address of {name}."
    if name == "link" and not WHOLE.fullmatch(one.get("href", "")):
        yield f"A link leads to {one.get('href')!r}."
    if name == "category" and not one.get("term"):
        yield "A category has no term."
    if name == "name" and not words:
        yield "Somebody has no name."
    if name in ("title", "subtitle", "summary", "rights", "content"):
        if one.get("type", "text") not in ("text", "html", "xhtml"):
            yield f"A {name} is of type {one.get('type')!r}."
        elif one.get("type", "text") != "xhtml" and len(one):
            yield f"A {name} holds elements."
        if one.get("type") == "html" and (relative := RELATIVE.search(words)):
            yield f"An address in a {name} needs its page: {relative[0]!r}."


def json_problems(feed):
    """What is not JSON Feed 1.1 about a document, as sentences; nothing, if it is. https://www.jsonfeed.org/version/1.1"""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        return [f"It is of version {feed.get('version')!r}."]
    found = [f"A feed has no {name}." for name in _unknown(feed, JSON_FEED)]
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        return [*found, "It has no title or no items."]
    found += _addresses(feed, ("home_page_url", "feed_url", "next_url", "icon", "favicon"))
    found += _authors(feed)
    for item in feed["items"]:
        found += _of_item(item)
    ids = [item.get("id") for item in feed["items"]]
    return [*found, *(["Two items have one id."] if len(set(ids)) < len(ids) else [])]


def _of_item(item):
    yield from (f"An item has no {name}." for name in _unknown(item, ITEM))
    yield from _addresses(item, ("url", "external_url", "image", "banner_image"))
    yield from _authors(item)
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "An item has no id."
    if not (item.get("content_html") or item.get("content_text")):
        yield f"{item.get('id')} has no text."
    for name in ("date_published", "date_modified"):
        if name in item and not MOMENT.fullmatch(str(item[name])):
            yield f"{item[name]!r} is no moment."
    if any(not isinstance(tag, str) for tag in item.get("tags", [])):
        yield "A tag is no text."
    if relative := RELATIVE.search(item.get("content_html", "")):
        yield f"An address needs its page: {relative[0]!r}."


def _unknown(held, known):
    """Names that neither the format knows nor an extension may have: those begin with a low line."""
    return sorted(name for name in set(held) - known if not name.startswith("_"))


def _addresses(held, names):
    return [
        f"{held[name]!r} is no whole address." for name in names if name in held and not WHOLE.fullmatch(held[name])
    ]


def _authors(held):
    for one in held.get("authors", []):
        if not set(one) <= {"name", "url", "avatar"} or not any(one.values()):
            yield f"{one} is no author."
        yield from _addresses(one, ("url", "avatar"))
