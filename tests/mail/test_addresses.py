"""Addresses: normalized once and for all, one inbox behind many spellings, and never shown whole."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.mail import addresses
from articles.mail.addresses import AddressRefused

PARTS = st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[A-Za-z0-9-]{1,10})?", fullmatch=True)
DOMAINS = st.from_regex(r"[A-Za-z0-9]{1,12}(\.[A-Za-z0-9]{1,12}){0,2}\.(org|ORG|example)", fullmatch=True)


@given(st.builds("{}@{}".format, PARTS, DOMAINS))
def test_normalizing_twice_changes_nothing_more(address):
    once = addresses.normalize(address)
    assert addresses.normalize(once) == once
    assert once.lower() == address.lower()
    assert addresses.inbox(addresses.inbox(once)) == addresses.inbox(once)


@given(st.one_of(st.text(max_size=400), st.text(alphabet='"@.\r\n\t\x00 <>,;:\\éa', max_size=60)))
@example('"a\x01b"@example.org')
@example('"a\x7fb"@example.org')
@example("reader@example.org\r\nBcc: other@example.org")
@example("\u200breader@example.org")
@example("a" * 300 + "@example.org")
def test_whatever_is_typed_is_one_printable_address_or_one_sentence(typed):
    try:
        address = addresses.normalize(typed)
    except AddressRefused as refused:
        sentence, address = str(refused), ""
    else:
        sentence = ""
    assert bool(address) != bool(sentence)
    assert "\n" not in sentence
    assert address.isascii()
    assert address.isprintable()
    assert len(address) <= 254
    assert address.rpartition("@")[2] == address.rpartition("@")[2].lower()


@pytest.mark.parametrize(
    ("address", "inbox"),
    [
        ("Reader+pain@Example.org", "reader@example.org"),
        ("j.doe+1@gmail.com", "jdoe@gmail.com"),
        ("J.D.oe@googlemail.com", "jdoe@gmail.com"),
        ("j.doe@example.org", "j.doe@example.org"),
        ("+@example.org", "+@example.org"),
        ("Ada@Straße.example", "ada@xn--strae-oqa.example"),
        ("ada@xn--strae-oqa.example", "ada@xn--strae-oqa.example"),
        ("ada@\u2028.example", "ada@\u2028.example"),  # no domain at all
    ],
)
def test_many_spellings_are_one_inbox(address, inbox):
    assert addresses.inbox(address) == inbox


def test_a_page_shows_too_little_of_an_address_to_write_to_it():
    assert addresses.masked("reader@mail.example.org") == "r•••@m•••.org"


def test_letters_that_no_mail_server_of_ours_can_send_to_are_refused_by_name():
    with pytest.raises(AddressRefused, match="letters a to z"):
        addresses.normalize("jürgen@example.org")


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("straße.example", "xn--strae-oqa.example"),  # with ss it is somebody else's
        ("STRASSE.example", "strasse.example"),
        ("βόλος.example", "xn--nxasmm1c.example"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("ab--cd.example", "ab--cd.example"),
    ],
)
def test_a_domain_in_other_letters_is_the_one_that_its_owner_registered(typed, domain):
    assert addresses.normalize(f"reader@{typed}") == f"reader@{domain}"


@pytest.mark.parametrize("domain", ["a\u200db.example", "☃.example", "-ü.example", "ü" * 300 + ".example"])
def test_a_domain_that_nobody_can_register_is_no_address(domain):
    with pytest.raises(AddressRefused):
        addresses.normalize(f"reader@{domain}")


@pytest.mark.parametrize(
    "typed",
    [
        *("a@localhost", "a@[127.0.0.1]", "a@[IPv6:::1]", "Postmaster@site.example", "abuse@SITE.example"),
        *("news@letters.example", "News+42@letters.example", "back@letters.example"),
    ],
)
def test_what_would_come_back_to_this_machine_or_to_us_is_refused_in_a_sentence(typed, settings):
    settings.SITE_URL = "https://site.example"
    settings.DEFAULT_FROM_EMAIL, settings.BOUNCE_ADDRESS = "Pain <news@letters.example>", "back@letters.example"
    with pytest.raises(AddressRefused):
        addresses.normalize(typed)
    for other in ("postmaster@elsewhere.example", "reader@site.example", "newsy@letters.example"):
        assert addresses.normalize(other) == other
