"""The System page says when the certificate of the site's own address ends, as a real TLS server there shows it."""

import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.formats import date_format

from articles.admin import certificate
from tests import factories
from tests.needs import free_port
from tests.newsletter.certificates import certificate as made
from tests.newsletter.certificates import server_context

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


class Server:
    """Shows its certificate to everyone who connects; without one it takes connections and says nothing."""

    def __init__(self, pem=None):
        self.context, self.asked = server_context(pem) if pem else None, 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.kept = []

    def run(self):
        with suppress(OSError):  # closed: the test is over
            while True:
                plain, _address = self.listening.accept()
                self.asked += 1
                self.kept.append(plain)
                if self.context:
                    with suppress(OSError), self.context.wrap_socket(plain, server_side=True) as secure:
                        secure.recv(1)


@contextmanager
def serving(pem=None):
    server = Server(pem)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()
        thread.join()
        for connection in server.kept:
            connection.close()


@pytest.fixture
def shown(client, settings, monkeypatch):
    """What the page says of the certificate at a port of this machine: the words of its state, and the sentence."""
    administrator = factories.UserFactory(role="Site administrator")
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", False)
    monkeypatch.setattr(certificate, "WITHIN", 60.0)  # a busy machine is no silent server

    def look(port, trusted=None):
        client.force_login(administrator)  # at the moment to which the test has gone
        settings.SITE_URL = f"https://127.0.0.1:{port}"
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(trusted))  # whom this machine trusts
        checks = client.get("/admin/system/").context["checks"]
        return [(check.label.words, check.reason) for check in checks if check.name == "Certificate"]

    return look


def end_of(pem):
    command = ["openssl", "x509", "-in", pem, "-noout", "-enddate"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(said.strip().removeprefix("notAfter=")), UTC)


@pytest.mark.parametrize(
    ("days", "state", "sentence"),
    [(22, "OK", "It ends on {}."), (21, "Warning", "It ends on {}, in 21 days. Renew it.")],
)
def test_it_names_the_day_and_warns_three_weeks_before_it(tmp_path, shown, days, state, sentence):
    pem = made(tmp_path, "site", days=90)
    end = end_of(pem)
    with serving(pem) as server, time_machine.travel(end - timedelta(days=days)):
        assert shown(server.port, pem) == [(state, sentence.format(date_format(end, "F j, Y")))]


def test_it_is_asked_once_an_hour(tmp_path, shown):
    pem = made(tmp_path, "site", days=90)
    with time_machine.travel(end_of(pem) - timedelta(days=60)):
        with serving(pem) as server:
            first = shown(server.port, pem)
            assert [shown(server.port, pem) for _time in range(3)] == [first] * 3
        assert shown(server.port, pem) == first, "also while the server is away"
    assert server.asked == 1


def test_a_certificate_that_browsers_refuse_is_a_failure_with_their_reason(tmp_path, shown):
    own, strangers = (made(tmp_path, name) for name in ("own", "strangers"))
    with serving(strangers) as server:
        [(state, sentence)] = shown(server.port, own)
    assert state == "Failed"
    assert sentence.startswith("Browsers refuse the certificate of 127.0.0.1: self")


def test_an_address_where_nobody_listens_is_one_sentence(shown):
    port = free_port()
    assert shown(port) == [("Warning", f"127.0.0.1:{port} can’t be asked from this machine: Connection refused.")]


def test_a_silent_server_keeps_the_page_no_longer_than_its_limit(shown, monkeypatch):
    monkeypatch.setattr(certificate, "WITHIN", 0.2)
    with serving() as server:
        assert shown(server.port) == [("Warning", f"127.0.0.1:{server.port} did not answer within 0 seconds.")]


def test_neither_does_a_name_server_that_hangs(shown, monkeypatch):
    over = threading.Event()

    def hangs(*_arguments, **_more):
        over.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(certificate, "WITHIN", 0.2)
    monkeypatch.setattr(certificate.socket, "create_connection", hangs)
    assert shown(443) == [("Warning", "127.0.0.1:443 did not answer within 0 seconds.")]
    over.set()


def test_a_site_without_tls_has_no_certificate_to_speak_of(client, settings):
    client.force_login(factories.UserFactory(role="Site administrator"))
    checks = client.get("/admin/system/").context["checks"]
    assert "Certificate" not in [check.name for check in checks]
