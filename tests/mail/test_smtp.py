"""Mail servers that limit what one connection may send, or answer before they were asked."""

import socket
import threading

import pytest

from articles.mail.smtp_replies import Outcome
from tests.mail.test_mime import envelope
from tests.newsletter.mailing import Alert, approved_issue, send, states
from tests.newsletter.relay import Relay


class Limited(Relay):
    """Takes so many letters over one connection; then its answer is “later”, and the connection stays."""

    of_a_connection = 3
    begun = -1

    def fault(self, stage):
        if stage == "greeting":
            self.begun = self.letters
        if stage == "mail" and self.letters - self.begun > self.of_a_connection:
            return "451"
        return super().fault(stage)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_folder")
def test_a_connection_that_takes_no_more_letters_is_not_kept_for_the_rest_of_the_list():
    issue = approved_issue(10)
    with Limited().running() as relay:
        send(issue, Alert(relay), waits=False)
    assert states(issue).count("handed_over") == 8


class Hasty:
    """Says that it took a letter along with “go on”, and refuses it once it has it."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port, self.stalled = self.listening.getsockname()[1], threading.Event()
        self.had_the_letter = False

    def talk(self):
        connection, _address = self.listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hello\r\n")
            for line in lines:
                if line.startswith(b"DATA"):
                    connection.sendall(b"354 go on\r\n250 taken\r\n")
                elif line == b".\r\n":
                    self.had_the_letter = True
                    connection.sendall(b"552 5.3.4 too big\r\n")
                elif line.upper().startswith((b"EHLO", b"MAIL", b"RCPT", b"RSET", b"QUIT")):
                    connection.sendall(b"250 ok\r\n")


def test_a_yes_that_came_before_the_letter_is_none():
    hasty = Hasty()
    with hasty.listening:
        thread = threading.Thread(target=hasty.talk, daemon=True)
        thread.start()
        way = Alert(hasty)
        way.open()
        answer = way.hand_over(envelope())
        way.close()
        thread.join(10)
    assert (answer.outcome, hasty.had_the_letter) == (Outcome.LATER, False)


def test_a_line_that_begins_with_a_full_stop_arrives_as_it_was():
    mail = envelope(text=".\n.. and so on\n.5 mg\n")
    with Relay(keep=True).running() as relay:
        way = Alert(relay)
        way.open()
        answer = way.hand_over(mail)
        way.close()
    assert (answer.outcome, relay.kept) == (Outcome.TAKEN, [mail.content])
