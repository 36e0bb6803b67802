"""What leaves is a mail by every rule, for every reader; and nothing that anybody typed gets into its headers."""

import re
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mail.message import HeaderRefused, Message
from articles.mail.mime import Envelope, check, checked_address
from pain_site.addresses import with_name
from tests import factories
from tests.newsletter import wire
from tests.newsletter.mailing import Alert, approved_issue, send
from tests.newsletter.relay import Relay

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


def envelope(subject="A letter", text="Text\n", html="<p>Text</p>", **kwargs):
    message = Message(subject, text, html, kwargs.pop("headers", {}))
    fixed = {
        "sender": "letter+1-abcdefghijklmnop@example.org",
        "recipient": "reader@example.org",
        "message_id": "<1@example.org>",
        "from_email": "Inside Pain <letter@example.org>",
        "date": AT,
    }
    return Envelope(message=message, **{**fixed, **kwargs})


@pytest.mark.django_db
def test_every_letter_passes_every_rule(settings, tmp_path):
    settings.SITE_URL, settings.POSTAL_ADDRESS = "https://example.org", "1 Example Street, Exampleton"
    settings.DEFAULT_FROM_EMAIL = "Inside Pain <letter@example.org>"
    picture = factories.CreditFactory().image
    words = {"title": "Größer als „Schmerz“ & <Trost>", "standfirst": ".\nFrom here\n.." + "x" * 280}
    issue = approved_issue(60, lead_image=picture, **words)
    with Relay(keep=True).running() as relay:
        send(issue, Alert(relay))
    site = {"site": "https://example.org", "postal_address": settings.POSTAL_ADDRESS}
    letters = list(zip(relay.taken, relay.kept, strict=True))
    assert len(letters) == 60
    assert [wire.problems(raw, mail_from=one["from"], to=one["to"], **site) for one, raw in letters] == [[]] * 60
    ways_out = [{**one, "leave": BytesParser().parsebytes(raw)["List-Unsubscribe"]} for one, raw in letters]
    assert wire.seen_twice(ways_out) == []
    assert b"<img" in relay.kept[0]


@given(st.text(max_size=3000), st.text(max_size=3000))
def test_whatever_the_bodies_say_arrives(text, html):
    whole = envelope(text=text, html=html).content
    mail = BytesParser(policy=policy.default).parsebytes(whole)
    wanted = [part.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") for part in (text, html)]
    got = [mail.get_body((kind,)).get_payload(decode=True).decode() for kind in ("plain", "html")]
    assert [part.replace("\r\n", "\n").rstrip("\n") for part in got] == wanted


@pytest.mark.parametrize("bad", ["\n", "\r", "\r\nBcc: x@example.org", "\0", "\x0b", "\x85", "\u2028"])
@pytest.mark.parametrize("place", ["subject", "from_email", "recipient", "message_id", "sender", "header"])
def test_no_field_can_begin_a_header(place, bad):
    given = {"headers": {"List-Id": f"a{bad}b"}} if place == "header" else {place: f"a{bad}b@example.org"}
    with pytest.raises(HeaderRefused):
        written(**given)


def written(**kwargs):
    made = envelope(**kwargs)
    checked_address(made.sender)
    return made.content


@pytest.mark.parametrize(
    "address",
    ["a b@example.org", "<a@example.org>", "a@example.org> SIZE=1", "ä@example.org", "", "a@b\n", "a,b@c.org"],
)
def test_an_address_says_nothing_but_an_address(address):
    with pytest.raises(HeaderRefused):
        checked_address(address)


@pytest.mark.parametrize("address", ["a@example.org", "o'hara+pain@example.org", '"a b"@example.org', "a@[192.0.2.1]"])
def test_an_address_that_is_one_goes(address):
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "raw",
    [b"A: 1\r\n\r\na\nb", b"A: 1\r\n\r\na\rb", b"A: 1\r\nB\r\n\r\n", b"A: 1\r\n\r\n" + b"x" * 999, b"A: \xe4\r\n\r\n"],
)
def test_bytes_that_are_no_mail_do_not_leave(raw):
    with pytest.raises(HeaderRefused):
        check(raw)


def test_words_that_are_not_ascii_stand_encoded_in_headers():
    mail = BytesParser(policy=policy.default).parsebytes(
        envelope(subject="Was Schmerz heißt " * 12, from_email="Über Schmerz <letter@example.org>").content
    )
    assert mail["Subject"].split() == ("Was Schmerz heißt " * 12).split()
    assert mail["From"] == "Über Schmerz <letter@example.org>"


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_whatever_a_site_is_called_its_mail_comes_from_that_name_and_one_address(name):
    name = " ".join(name.split()).replace("=?", "")
    content = envelope(from_email=with_name(name, "letter@example.org")).content
    head = content.partition(b"\r\n\r\n")[0]
    [[phrase, address]] = getaddresses([BytesHeaderParser().parsebytes(head)["From"]])
    assert str(make_header(decode_header(phrase))) == name
    assert address == "letter@example.org"
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?\S+", head))  # RFC 2047, 2


def test_a_sender_that_is_no_address_is_no_sender():
    with pytest.raises(HeaderRefused, match="no email address"):
        envelope(from_email="Pain, Inc. <letter@example.org>").content  # noqa: B018  two addresses, by RFC 5322


@pytest.mark.django_db
def test_the_checker_sees_what_is_wrong(settings):
    settings.SITE_URL = "https://example.org"
    issue = approved_issue(1)
    with Relay(keep=True).running() as relay:
        send(issue, Alert(relay))
    [raw], [one] = relay.kept, relay.taken
    spoilt = {
        "no date": raw.replace(b"Date:", b"X-Date:"),
        "another’s": raw.replace(b"To: reader0", b"To: reader1"),
        "no one-click": raw.replace(b"=One-Click", b"=Two-Clicks"),
        "no language": raw.replace(b" lang=3D", b" long=3D"),
        "a bare LF": raw + b"\n",
        "a long line": raw + b"x" * 999,
        "a script": raw.replace(b"</body>", b"<script></script></body>"),
        "a pixel": raw.replace(b"</body>", b'<img src=3D"https://example.com/a.gif" width=3D"1"></body>'),
    }
    assert wire.problems(raw, mail_from=one["from"], to=one["to"], site="https://example.org") == []
    for name, mail in spoilt.items():
        assert wire.problems(mail, mail_from=one["from"], to=one["to"], site="https://example.org"), name
