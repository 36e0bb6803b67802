"""The mail as it leaves the house: through a real SMTP server on this machine, and as a file."""

from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from articles.mail import outbox, sender
from articles.models import OutgoingMail
from articles.newsletter.subscriptions.consent import Consent
from tests.needs import free_port
from tests.newsletter.conftest import link_in
from tests.newsletter.subscribing import subscribe

YES = Consent("Send me the letter.", "/")
MINUTE = timedelta(minutes=1)


class Inbox:
    """What a mail server took, and what it says to the next."""

    def __init__(self, answer="250 OK"):
        self.answer, self.taken = answer, []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  the name aiosmtpd calls
        if self.answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, BytesParser(policy=policy.default).parsebytes(envelope.content)))
        return self.answer


@pytest.fixture
def server(settings):
    controllers = []

    def start(answer="250 OK"):
        inbox = Inbox(answer)
        controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
        controller.start()
        controllers.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        return inbox

    yield start
    for controller in controllers:
        controller.stop()


@pytest.mark.django_db
def test_the_question_arrives_with_both_bodies_and_the_headers_of_a_list(server, settings):
    settings.SITE_URL = "https://example.org"
    inbox = server()
    subscribe("reader@example.org", consent=YES)
    [(recipients, question)] = inbox.taken
    text, html = question.get_body(("plain",)).get_content(), question.get_body(("html",)).get_content()
    leave = question["List-Unsubscribe"].strip(" <>")
    assert recipients == ["reader@example.org"]
    assert question["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert question["Auto-Submitted"] == "auto-generated"
    assert leave.startswith("https://example.org/unsubscribe/")
    for body in (text, html):
        assert "https://example.org/subscribe/confirm/" in body
        assert "https://example.org/subscribe/not-me/" in body
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")


@pytest.mark.parametrize("answer", ["451 try later", "554 no"])
@pytest.mark.django_db
def test_a_mail_that_is_not_taken_is_not_called_sent(server, answer):
    now = timezone.now()
    inbox = server(answer)
    outbox.enqueue("moved", "reader@example.org", at=now)
    assert (sender.send_due(at=now), inbox.taken, OutgoingMail.objects.count()) == (0, [], 1)
    inbox.answer = "250 OK"
    assert (sender.send_due(at=now + MINUTE), len(inbox.taken), OutgoingMail.objects.count()) == (1, 1, 0)


@pytest.mark.django_db
def test_what_waits_for_a_server_that_is_not_there_goes_when_it_is(server, settings):
    now = timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    outbox.enqueue("moved", "reader@example.org", at=now)
    assert sender.send_due(at=now) == 0
    inbox = server()
    assert (sender.send_due(at=now + MINUTE), len(inbox.taken)) == (1, 1)


def test_the_folder_holds_mails_that_a_mail_program_opens(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.mail.eml_folder.EmlFolder", tmp_path / "mail"
    with mail.get_connection() as connection:
        sent = [
            EmailMessage(f"Letter {n}", "Grüße\n", to=["reader@example.org"], connection=connection) for n in (1, 2)
        ]
        assert connection.send_messages(sent) == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    read = [BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in files]
    assert [(one["Subject"], one.get_content().strip()) for one in read] == [
        ("Letter 1", "Grüße"),
        ("Letter 2", "Grüße"),
    ]


@pytest.mark.django_db
def test_what_waits_for_a_folder_that_cannot_be_written_goes_when_it_can(settings, tmp_path):
    now = timezone.now()
    (tmp_path / "mail").write_text("a file where the folder should be")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.mail.eml_folder.EmlFolder", tmp_path / "mail"
    outbox.enqueue("moved", "reader@example.org", at=now)
    assert sender.send_due(at=now) == 0
    (tmp_path / "mail").unlink()
    assert (sender.send_due(at=now + MINUTE), len(list((tmp_path / "mail").iterdir()))) == (1, 1)


@pytest.mark.django_db
def test_the_text_body_reads_as_a_letter(mailoutbox, settings):
    subscribe("reader@example.org", consent=YES)
    body = mailoutbox[0].body
    assert "&" not in body.replace("&c", "")
    assert "{" not in body
    assert max(len(line) for line in body.splitlines() if "http" not in line) <= 100
    assert link_in(mailoutbox[0], "confirm") != link_in(mailoutbox[0], "unsubscribe")
