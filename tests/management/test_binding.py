"""Where `serve` listens: by default on this machine alone, and nowhere that lets a stranger say who they are."""

import socket
import stat

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.management.binding import Binding, read_host
from articles.refusal import Refused
from tests.needs import free_port


@pytest.fixture
def folder(tmp_path_factory):
    """A short path: the name of a socket has at most 107 bytes."""
    return tmp_path_factory.mktemp("s")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_an_address_that_strangers_reach_is_refused_while_proxies_are_trusted(settings, host):
    settings.TRUSTED_PROXIES = 1
    with pytest.raises(CommandError, match="could forge X-Forwarded-For"):
        call_command("serve", host=host)
    for trusted in ({"proxies": 0, "proxy_only": False}, {"proxies": 1, "proxy_only": True}):
        Binding(host, 8000).refuse_forgery(**trusted)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "unix:/run/site.sock"])
def test_an_address_of_this_machine_alone_may_trust_its_proxy(host):
    Binding(host, 8000).refuse_forgery(proxies=1, proxy_only=False)


def test_a_socket_without_a_trusted_proxy_would_know_no_reader(settings):
    settings.TRUSTED_PROXIES = 0
    with pytest.raises(CommandError, match="Set TRUSTED_PROXIES=1"):
        call_command("serve", host="unix:/run/site.sock")


@pytest.mark.parametrize(
    ("given", "host"),
    [("localhost", "127.0.0.1"), ("::0001", "::1"), ("unix:/run/site.sock", "unix:/run/site.sock")],
)
def test_a_host_is_an_address_or_the_path_of_a_socket(given, host):
    assert read_host(given) == host


@pytest.mark.parametrize(
    "given", ["", "example.org", "127.0.0.1:8000", "unix:", "unix:site.sock", "unix:/" + 107 * "x"]
)
def test_what_no_socket_can_be_made_of_is_refused(given):
    with pytest.raises(Refused):
        read_host(given)


@pytest.mark.parametrize("port", [0, 65536])
def test_a_port_is_one(port):
    with pytest.raises(Refused, match="is not a port"):
        Binding.read("127.0.0.1", port)


@pytest.mark.parametrize(("option", "given"), [("--workers", "0"), ("--threads", "-1"), ("--threads", "many")])
def test_at_least_one_process_and_one_thread_serve(option, given):
    with pytest.raises(CommandError):
        call_command("serve", option, given)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_taken_port_is_named_with_the_next(host):
    port = free_port()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as other:
        other.bind((host, port))
        other.listen()
        with pytest.raises(Refused, match=rf"Port {port} on {host} can’t be used \(.+\). Choose another with --port"):
            Binding(host, port).refuse_taken()
    Binding(host, port).refuse_taken()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refused, match="can’t be used"):
        Binding("192.0.2.1", 8000).refuse_taken()


def test_a_socket_that_answers_is_taken_and_one_that_a_killed_server_left_is_removed(folder):
    path = folder / "site.sock"
    binding = Binding(f"unix:{path}", 8000)
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(path))
        other.listen()
        with pytest.raises(Refused, match="Another server listens"):
            binding.refuse_taken()
    assert stat.S_ISSOCK(path.stat().st_mode)
    binding.refuse_taken()
    assert not path.exists()


@pytest.mark.parametrize("name", ["site.sock", "site.soc~"])
def test_a_new_socket_takes_the_place_of_the_old_one_in_one_moment(folder, name):
    """Its name before that is no longer than the one that fits."""
    path = folder / name
    binding = Binding(f"unix:{path}", 8000)
    with socket.socket(socket.AF_UNIX) as old, socket.socket(socket.AF_UNIX) as new:
        old.bind(str(path))
        made_at = binding.arguments()["uds"]
        assert (made_at.parent, len(made_at.name), made_at != path) == (folder, len(name), True)
        made_at.write_text("left by a server that was killed")
        binding.clear()
        new.bind(str(made_at))
        made = made_at.stat().st_ino
        binding.publish()
        assert (binding.is_hidden, made_at.exists()) == (True, True)  # nobody listens yet: who connected was refused
        new.listen()
        binding.publish()
    assert not binding.is_hidden
    assert [(one, one.stat().st_ino) for one in folder.iterdir()] == [(path, made)]
    binding.leave()
    assert list(folder.iterdir()) == []


def test_a_file_that_is_no_socket_is_left_alone(folder):
    path = folder / "notes.txt"
    path.write_text("kept")
    with pytest.raises(Refused, match="is not a socket"):
        Binding(f"unix:{path}", 8000).refuse_taken()
    assert path.read_text() == "kept"


def test_a_socket_in_a_folder_that_is_not_there_is_refused(folder):
    with pytest.raises(Refused, match="No socket can be made"):
        Binding(f"unix:{folder}/none/site.sock", 8000).refuse_taken()
