"""`send_test_mail`: a mail like all others, over a real mail server, and that server's words."""

from datetime import datetime
from email import policy
from email.parser import BytesParser
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.mail import outbox, sender
from articles.models import Restore
from tests.needs import free_port
from tests.newsletter.relay import Relay

pytestmark = pytest.mark.django_db


@pytest.fixture
def relay(settings):
    with Relay(keep=True).running() as relay:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", relay.port
        settings.BOUNCE_ADDRESS = "bounces@example.org"
        yield relay


def sent_to(address):
    out = StringIO()
    call_command("send_test_mail", address, stdout=out)
    return out.getvalue()


def test_it_leaves_as_all_mail_does_and_the_answer_is_shown(relay):
    assert sent_to(" Somebody@Example.net ") == "The mail was accepted. 250 2.0.0 Taken as 1\n"
    context = {"since": datetime.now().astimezone().isoformat(), "until": None}
    outbox.enqueue("clock_stood_still", "somebody@example.net", key="one", context=context)
    assert sender.send_due() == 1
    ours, other = (BytesParser(policy=policy.default).parsebytes(content) for content in relay.kept)
    assert [(entry["from"], entry["to"].lower()) for entry in relay.taken] == [
        ("bounces@example.org", "somebody@example.net")
    ] * 2
    assert list(ours.keys()) == list(other.keys())
    for name in ("From", "Auto-Submitted", "MIME-Version"):
        assert ours[name] == other[name]
    assert ours["Message-ID"].rpartition("@")[2] == other["Message-ID"].rpartition("@")[2] == "example.org>"
    assert "SPF, DKIM and DMARC" in ours.get_body(("plain",)).get_content()
    assert "SPF, DKIM and DMARC" in ours.get_body(("html",)).get_content()


@pytest.mark.parametrize("stage", ["mail", "rcpt", "dot"])
def test_a_refusal_ends_with_one_and_the_servers_words(relay, stage):
    relay.always[stage] = "554"
    with pytest.raises(CommandError) as refused:
        sent_to("somebody@example.net")
    assert (str(refused.value), refused.value.returncode) == (
        "The mail was not accepted. 554 5.7.1 We do not like you",
        1,
    )
    assert relay.taken == []


def test_a_server_that_accepted_it_and_never_said_so_is_no_success(relay):
    relay.always["taken"] = "drop"
    with pytest.raises(CommandError, match="Nobody can say whether the mail was accepted"):
        sent_to("somebody@example.net")


def test_a_mail_server_that_is_not_there_is_one_line(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with pytest.raises(CommandError, match="Connection refused") as refused:
        sent_to("somebody@example.net")
    assert refused.value.returncode == 1


def test_what_is_no_address_is_refused_in_words(relay):
    with pytest.raises(CommandError, match="doesn’t look like an email address"):
        sent_to("somebody")
    assert relay.letters == -1


def test_a_restored_site_sends_not_even_that(relay):
    Restore.objects.create(backup_at=timezone.now(), restored_at=timezone.now())
    with pytest.raises(CommandError, match="The site was restored from the backup"):
        sent_to("somebody@example.net")
    assert relay.taken == []
