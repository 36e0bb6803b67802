"""Every rule for a letter on the wire, looked at in its bytes: `problems` names each that one breaks."""

import re
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

LARGEST = 100_000
HEADER = re.compile(rb"[!-9;-~]+:( [ -~]+|)$|[ \t][ -~]*[!-~][ -~]*$")
ONE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-Unsubscribe", "List-Unsubscribe-Post")
ONE += ("List-Id", "List-Archive", "Content-Type")
VERP = re.compile(r"[^@+]+\+[1-9][0-9]*-[a-z2-7]{16}@[^@]+")


class Page(HTMLParser):
    """What a mail program would fetch, show and link to."""

    def __init__(self, html):
        super().__init__()
        self.lang, self.images, self.links, self.credits, self.text = "", [], [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.credits += "credit" in (found.get("class") or "").split()
        if tag == "html":
            self.lang = found.get("lang")
        if tag == "img":
            self.images.append(found)
        if tag == "a":
            self.links.append(found.get("href"))

    def handle_data(self, data):
        self.text.append(data)


def problems(raw, *, mail_from, to, site, postal_address=""):
    """What is wrong with one letter as a mail server received it; nothing, if nothing is."""
    found = [*_bytes(raw)]
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    found += [
        f"{name} stands there {len(mail.get_all(name, []))} times" for name in ONE if len(mail.get_all(name, [])) != 1
    ]
    if found:
        return found
    return [*_headers(mail, mail_from, to, site), *_bodies(mail, site, postal_address)]


def _bytes(raw):
    if not raw.isascii():
        yield "a byte that is not ASCII"
    if raw.count(b"\r\n") != raw.count(b"\n") or raw.count(b"\r\n") != raw.count(b"\r"):
        yield "a bare CR or LF"
    if max(map(len, raw.split(b"\r\n"))) > 998:
        yield "a line of more than 998 bytes"
    if len(raw) > LARGEST:
        yield f"{len(raw)} bytes"
    head, blank, _body = raw.partition(b"\r\n\r\n")
    if not blank:
        yield "no blank line after the headers"
    for line in head.split(b"\r\n"):
        if not HEADER.match(line):
            yield f"a line that is no header: {line!r}"


def _headers(mail, mail_from, to, site):
    host = site.split("//")[1]
    if mail["To"] != to:
        yield f"To {mail['To']}, sent to {to}"
    if not VERP.fullmatch(mail_from):
        yield f"envelope sender {mail_from}"
    if parsedate_to_datetime(mail["Date"]).tzinfo is None:
        yield "a date without its zone"
    if not re.fullmatch(rf"<[0-9a-f]{{40}}@{re.escape(host)}>", mail["Message-ID"].strip()):
        yield f"Message-ID {mail['Message-ID']}"
    ways = re.fullmatch(
        rf"<{re.escape(site)}/unsubscribe/([\w-]+)/>, <mailto:[^?>]+\?subject=unsubscribe%20([\w-]+)>",
        " ".join(mail["List-Unsubscribe"].split()),
    )
    if not ways or ways[1] != ways[2]:
        yield f"List-Unsubscribe {mail['List-Unsubscribe']}"
    if mail["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        yield "List-Unsubscribe-Post"
    if not re.search(r"<[\w.-]+>$", mail["List-Id"]) or mail["List-Archive"] != f"<{site}/newsletter/>":
        yield "List-Id or List-Archive"
    if "multipart/alternative" not in mail["Content-Type"]:
        yield "not two bodies"


def _bodies(mail, site, postal_address):
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    page = Page(html)
    leave = re.search(r"<(https?://\S+)>", mail["List-Unsubscribe"])[1]
    if not page.lang:
        yield "no language"
    if leave not in text or leave not in page.links:
        yield "a body without the way out"
    if postal_address not in text or postal_address not in " ".join(page.text):
        yield "a body without the postal address"
    if bad := [
        link for link in page.links if not (link or "").startswith((f"{site}/", "https://", "http://", "mailto:"))
    ]:
        yield f"links to {bad}"
    for image in page.images:
        if not image.get("src", "").startswith(f"{site}/media/") or "alt" not in image:
            yield f"a picture from elsewhere, or without its alternative: {image}"
        if image.get("width") in ("0", "1") or image.get("height") in ("0", "1"):
            yield "a pixel"
    if len(page.images) > page.credits or len(page.images) > text.count("Picture:"):
        yield f"{len(page.images)} pictures, fewer credits"
    if re.search(r"<(script|iframe|form|link|object)\b|url\(|@import", html):
        yield "something to load or to run"


def seen_twice(letters):
    """Message-IDs, ways out and return paths that two of many letters share."""
    found = []
    for what in ("message_id", "leave", "from", "to"):
        values = [letter[what] for letter in letters]
        if len(set(values)) != len(values):
            found.append(what)
    return found
