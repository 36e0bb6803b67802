"""Who a mail comes from, as a mail server and a mail program read it, whatever the site is called."""

from email import policy
from email.parser import BytesParser

import pytest

from articles.mail import outbox, sender, transports
from pain_site import addresses
from tests.newsletter.mailing import approved_issue, send
from tests.newsletter.relay import Relay

NAMES = ["Pain, Inc.", "Pain; News", "Pain <Relief>", 'The "Pain" Letter', "Größe, & Söhne", "a\\b", "Dr. Pain @ Home"]


@pytest.fixture
def relay(settings):
    with Relay(keep=True).running() as relay:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        yield relay


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_single_mails_come_from_the_name_and_the_address(relay, settings, name):
    settings.DEFAULT_FROM_EMAIL = addresses.sender(f"{name} <letter@example.org>")
    outbox.enqueue("moved", "reader@example.org")
    assert sender.send_due() == 1
    assert [one["from"] for one in relay.taken] == ["letter@example.org"]
    assert list(map(senders, relay.kept)) == [[(name, "letter@example.org")]]


@pytest.mark.django_db
def test_an_issue_comes_from_the_name_and_a_return_path_of_the_address(relay, settings):
    settings.DEFAULT_FROM_EMAIL = addresses.sender("Größe, “Söhne”; <Pain> <letter@example.org>")
    send(approved_issue(1), transports.configured())
    assert list(map(senders, relay.kept)) == [[("Größe, “Söhne”; <Pain>", "letter@example.org")]]
    [taken] = relay.taken
    assert taken["from"].startswith("letter+")
    assert taken["from"].endswith("@example.org")


def senders(raw):
    parsed = BytesParser(policy=policy.default).parsebytes(raw)["From"]
    assert parsed.defects == ()
    return [(one.display_name, one.addr_spec) for one in parsed.addresses]
