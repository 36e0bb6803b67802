"""Where reports lie: files, folders, a Maildir, an mbox, and an IMAP server on this machine."""

import mailbox
import socketserver
import threading

import pytest
from django.core.management import CommandError, call_command

from articles.mail.bounces import mailboxes
from articles.mail.bounces.mailboxes import MailboxRefused
from tests.newsletter.reports import dsn

ONE, TWO = dsn("one@example.org"), dsn("two@example.org")


@pytest.fixture
def places(tmp_path):
    """The same two reports, kept in four ways."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "1.eml").write_bytes(ONE)
    (folder / "2.eml").write_bytes(TWO)
    (folder / "notes.txt").write_text("no mail")
    kept = mailbox.Maildir(tmp_path / "Maildir")
    box = mailbox.mbox(tmp_path / "mbox")
    for raw in (ONE, TWO):
        kept.add(raw)
        box.add(raw)
    box.flush()
    return {"folder": folder, "Maildir": tmp_path / "Maildir", "mbox": tmp_path / "mbox"}


@pytest.mark.parametrize("kind", ["folder", "Maildir", "mbox"])
def test_each_mail_is_read_and_no_file_changed(kind, places):
    before = {path: path.read_bytes() for path in places[kind].parent.rglob("*") if path.is_file()}
    found = {b"one@" in raw for raw in mailboxes.mails(str(places[kind]))}
    assert found == {True, False}
    assert {path: path.read_bytes() for path in places[kind].parent.rglob("*") if path.is_file()} == before


def test_one_file_is_one_mail(places):
    assert list(mailboxes.mails(str(places["folder"] / "1.eml"))) == [ONE]


@pytest.mark.parametrize("place", ["/nowhere/at/all", "imap://user:secret@127.0.0.1:1/INBOX"])
def test_a_place_that_cannot_be_read_is_one_sentence_without_the_password(place):
    with pytest.raises(MailboxRefused) as refused:
        list(mailboxes.mails(place))
    assert "secret" not in str(refused.value)
    assert str(refused.value).endswith(").")


class Server(socketserver.StreamRequestHandler):
    """As much of IMAP4rev1 (RFC 3501) as reading a mailbox takes."""

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, command, *rest = line.decode().split(None, 2)
            getattr(self, command.lower(), self.other)(tag, (rest or [""])[0].strip())
            self.say(f"{tag} {'NO no' if (command, rest) == ('LOGIN', []) else 'OK done'}")

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def capability(self, tag, rest):
        self.say("* CAPABILITY IMAP4rev1")

    def search(self, tag, rest):
        unseen = [str(number) for number in (1, 2) if number not in self.server.seen]
        self.say("* SEARCH " + " ".join(unseen))

    def fetch(self, tag, rest):
        raw = (ONE, TWO)[int(rest.split()[0]) - 1]
        self.say(f"* {rest.split()[0]} FETCH (BODY[]<0> {{{len(raw)}}}")
        self.wfile.write(raw + b")\r\n")

    def store(self, tag, rest):
        assert "\\Seen" in rest
        self.server.seen.add(int(rest.split()[0]))

    def other(self, tag, rest):
        self.server.said.append(rest)


@pytest.fixture
def imap():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server) as server:
        server.seen, server.said, server.daemon_threads = set(), [], True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def test_an_imap_mailbox_is_read_once(imap):
    place = f"imap://bounces%40example.org:se%2Fcret@127.0.0.1:{imap.server_address[1]}/INBOX"
    assert list(mailboxes.mails(place)) == [ONE, TWO]
    assert imap.seen == {1, 2}
    assert '"se/cret"' in imap.said[0]
    assert list(mailboxes.mails(place)) == []


def test_a_reader_that_dies_leaves_what_it_had_not_taken_in(imap):
    place = f"imap://user:secret@127.0.0.1:{imap.server_address[1]}/INBOX"
    mails = mailboxes.mails(place)
    next(mails)
    mails.close()
    assert imap.seen == set()


@pytest.mark.django_db
def test_the_command_says_what_became_of_each(places, capsys):
    call_command("read_bounces", str(places["folder"]))
    assert capsys.readouterr().out == "2 messages read: 2 forged.\n"
    with pytest.raises(CommandError, match="BOUNCE_MAILBOX"):
        call_command("read_bounces")
    with pytest.raises(CommandError, match="can’t be read"):
        call_command("read_bounces", "/nowhere/at/all")
