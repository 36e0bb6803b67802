"""`serve` as its owner runs it: what is killed comes back, nothing outlives it, and what its processes count and
write is of all of them, and of no reader.
"""

import errno
import json
import re
import signal
import socket
import stat
import subprocess
import sys
from contextlib import ExitStack
from typing import ClassVar
from urllib.request import Request, urlopen

import psutil
import pytest

from articles.management import server
from articles.management.base import Service
from articles.management.binding import Binding
from articles.management.commands import serve
from articles.management.server import Server, ServerEnded, Size
from tests.management.serving import PATIENCE, alive, copy_code, gone, served
from tests.needs import free_port
from tests.newsletter.site import ROOT, Site


@pytest.fixture
def path(tmp_path_factory):
    """Of a socket, whose name has at most 107 bytes."""
    return tmp_path_factory.mktemp("s") / "site.sock"


def test_a_killed_clock_or_server_is_replaced_and_sigterm_ends_them_all(site):
    with served(site, free_port(), LOG_FORMAT="json") as running:
        first = running.clock
        first.kill()
        assert running.replaced("clock", first).is_running()
        [first] = running.workers
        first.kill()
        running.eventually(lambda: running.serving() == 1 and running.workers != [first])
        running.eventually(running.answers)
        first, its_workers = running.server, running.workers
        first.kill()
        assert running.replaced("server", first).is_running()
        assert alive(its_workers) == []
        assert len(running.everybody()) >= 4, "serve, the server, its worker, the clock"
        assert running.process.num_threads() == 1, "a thread is in no process that is forked from this one"
        assert [file for file in running.process.open_files() if "sqlite3" in file.path] == []
        for process in running.everybody():
            memory = process.memory_full_info()
            assert memory.uss < memory.rss / 2, "most of what it has was loaded once, for all of them"
        assert (running.stop(), running.process.wait()) == ([], 0)
        assert not running.answers()
    entries = [json.loads(line) for line in (site.folder / "log").read_text().splitlines()]  # not one is plain text
    assert [(entry["event"], entry["level"]) for entry in entries if "route" not in entry] == [
        ("The clock stopped. Restarting it.", "warning"),
        ("Unexpected exit from worker-1", "error"),
        ("The server stopped. Restarting it.", "warning"),
    ]


@pytest.mark.parametrize(
    ("command", "setting", "sentence"),
    [
        (["serve", "--port", "99999"], {}, "CommandError: 99999 is not a port. Choose one between 1 and 65535."),
        (["serve"], {"PORT": "none"}, "SystemCheckError: "),
        (["clock", "--once"], {}, "CommandError: Nothing was changed: "),
    ],
)
def test_what_keeps_it_from_starting_is_an_entry_of_the_log_too(tmp_path, command, setting, sentence):
    env = Site(tmp_path).environment(LOG_FORMAT="json", **setting)
    started = [sys.executable, "manage.py", *command]
    done = subprocess.run(started, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
    entries = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout, entries[-1]["level"]) == (1, "", "error")
    assert entries[-1]["event"].startswith(sentence)


class Broken(Service):
    requires_system_checks: ClassVar = []

    def handle(self, **options):
        raise OSError(11, "Resource temporarily unavailable")


def test_an_error_that_nobody_foresaw_ends_it_with_one_entry(log):
    log.begin("json")
    with pytest.raises(SystemExit, match="1"):
        Broken().run_from_argv(["manage.py", "serve"])
    [entry] = log.entries()
    assert (entry["event"], entry["exception"][0]["exc_type"]) == ("serve was ended by an error", "BlockingIOError")
    with pytest.raises(OSError, match="unavailable"):
        Broken().run_from_argv(["manage.py", "serve", "--traceback"])


def test_every_worker_counts_for_all_and_no_log_holds_an_address_or_what_was_looked_for(site):
    (site.folder / "metrics").mkdir()
    (site.folder / "metrics" / "counter_1.db").write_bytes(b"left by a process of yesterday")
    port, token = free_port(), "t0ken-of-a-machine-that-counts"
    watched = {"METRICS_TOKEN": token, "LOG_FORMAT": "json"}
    with served(site, port, workers=2, **watched) as running:
        for number in range(40):
            with urlopen(f"http://127.0.0.1:{port}/search/?q=knee{number}", timeout=PATIENCE) as answer:
                assert answer.headers["X-Request-ID"]
        asked = Request(f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {token}"})
        counts = {counted(asked, 'http_requests_total{method="GET",route="/search/",status="200"}') for _ in range(10)}
        assert counts == {40.0}
        running.eventually(lambda: counted(asked, "clock_rounds_total") >= 1)
        counting = {int(path.stem.removeprefix("counter_")) for path in (site.folder / "metrics").glob("counter_*.db")}
        assert counting == {one.pid for one in (running.process, *running.workers, running.clock)}
    written = (site.folder / "log").read_text()
    assert written.count('"route": "/search/"') == 40
    assert not re.search(r"knee|127\.0\.0\.1", written)


def counted(asked, name):
    """A figure of `/metrics`, as one of the workers tells it."""
    lines = urlopen(asked, timeout=PATIENCE).read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"newsroom_{name}"))


def test_a_killed_worker_is_replaced_while_the_other_answers_and_its_group_may_use_the_socket(site, path):
    with served(site, free_port(), workers=2, host=f"unix:{path}", TRUSTED_PROXIES="1") as running:
        mode = path.stat().st_mode
        assert (stat.S_ISSOCK(mode), stat.S_IMODE(mode)) == (True, 0o660)
        first, other = running.workers
        main = running.server
        first.kill()
        assert gone([first])
        assert all(running.answers("/health/live") for _request in range(50))
        running.eventually(lambda: len(set(running.workers) - {first}) == 2)
        assert other in running.workers
        assert running.server == main


def test_a_socket_that_a_killed_one_left_is_used_again_and_refuses_at_once_while_too_many_wait(site, path):
    """The proxy then shows its copy or says 503. Behind a long queue, readers would see nothing for many seconds."""
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    with served(site, free_port(), host=f"unix:{path}", TRUSTED_PROXIES="1") as running, ExitStack() as waiting:
        [worker] = running.workers
        worker.suspend()
        running.eventually(lambda: worker.status() == psutil.STATUS_STOPPED)
        error, connections = 0, 0
        while not error and connections < 500:
            client = waiting.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
            error, connections = client.connect_ex(str(path)), connections + 1
        worker.resume()
    assert (error, connections) == (errno.EAGAIN, pytest.approx(server.QUEUE, abs=2))


def test_sighup_goes_over_to_new_code_if_it_loads_and_a_killed_serve_leaves_nobody_behind_and_a_free_port(
    site, tmp_path_factory
):
    code, port = tmp_path_factory.mktemp("code"), free_port()
    copy_code(code)
    with served(site, port, root=code, HEALTH_TOKEN="of-the-machine-that-looks") as running:
        [first], clock, main = running.workers, running.clock, running.server
        release(code / "pyproject.toml", "99.0.0")
        assert version_at(port) != "99.0.0"
        running.process.send_signal(signal.SIGHUP)
        running.replaced("server", main)
        assert alive([main, first]) == [main, first], "they serve until the new ones had time to"
        running.replaced("clock", clock)
        assert gone([main, first])
        assert version_at(port) == "99.0.0"
        server = running.server
        release(code / "pyproject.toml", "99.0.1")
        (code / "articles" / "feeds.py").write_text("def broken(:\n")
        running.process.send_signal(signal.SIGHUP)
        running.eventually(lambda: "Not reloaded, the site goes on as it was" in (site.folder / "log").read_text())
        assert (version_at(port), running.server) == ("99.0.0", server)
        running.eventually(lambda: len(running.everybody()) == 4)  # nobody of before is left
        below = running.everybody()[1:]
        running.process.kill()
        running.process.wait(PATIENCE)
        assert gone(below)
        Binding("127.0.0.1", port).refuse_taken()


def release(file, version):
    file.write_text(re.sub(r'^version = ".*"', f'version = "{version}"', file.read_text(), flags=re.M))


def version_at(port):
    asked = Request(
        f"http://127.0.0.1:{port}/health/ready", headers={"Authorization": "Bearer of-the-machine-that-looks"}
    )
    with urlopen(asked, timeout=PATIENCE) as answer:
        return json.load(answer)["version"]


def test_sigterm_while_it_starts_over_ends_all_of_it(site):
    with served(site, free_port()) as running:
        before = running.everybody()
        running.process.send_signal(signal.SIGHUP)
        running.eventually(lambda: running.clock is None)  # asked to stop right before
        assert running.stop() == []
        assert gone(before)


class Fake:
    """A server and a supervisor that remember what was asked of them."""

    def __init__(self):
        self.asked, self.process, self.pid = [], self, 7

    def send(self, number):
        self.asked.append(number)


@pytest.mark.parametrize(
    ("code", "asked", "entries"),
    [
        ("0", [signal.SIGTERM, {"SERVE_REPLACES": "7 7"}], []),
        ("'SyntaxError'", [], ["Not reloaded, the site goes on as it was: SyntaxError"]),
    ],
)
def test_code_that_does_not_load_takes_nobodys_place(monkeypatch, caplog, code, asked, entries):
    monkeypatch.setattr(serve, "manage", lambda *command: [sys.executable, "-c", f"import sys; sys.exit({code})"])
    fake = Fake()
    monkeypatch.setattr(serve.lifeline, "start_over", lambda command, **environment: fake.asked.append(environment))
    serve.Command().reload(fake, fake)
    assert (fake.asked, caplog.messages) == (asked, entries)


class Granian:
    """A process that ended as it is told to."""

    def __init__(self):
        self.ended, self.asked = None, []

    def poll(self):
        return self.ended

    def send(self, number):
        self.asked.append(number)


@pytest.fixture
def kept(monkeypatch):
    """A server whose processes are made up, and whose clock is `moment`."""
    monkeypatch.setattr(server.lifeline, "fork", lambda name, work: Granian())
    monkeypatch.setattr(server.time, "monotonic", lambda: made.moment if made else 0.0)
    made = None
    made = Server(Binding("127.0.0.1", free_port()), Size(workers=1, threads=1, memory=100))
    made.moment = 0.0
    return made


def test_a_server_that_never_served_ends_the_command(kept):
    kept.process.ended = 1
    with pytest.raises(ServerEnded, match="exit 1"):
        kept.look()


def test_a_server_that_served_and_now_always_ends_is_tried_again_every_second(kept):
    kept.moment = 60.0
    assert kept.look() == ""
    restarts = []
    for _second in range(600):
        kept.moment += 1
        kept.process.ended = 1
        restarts += [kept.moment] if kept.look() else []
    assert len(restarts) == 600


def test_a_server_whose_port_is_not_free_yet_is_tried_again_and_only_named_where_that_lasts(kept):
    """The workers of a killed server hold its port for a moment more."""
    kept.moment, mine = 60.0, kept.binding
    kept.look()
    kept.process.ended, kept.binding = -9, Binding("192.0.2.1", 80)
    sentences = []
    for _second in range(15):
        kept.moment += 1
        sentences.append(kept.look())
    assert sentences[:9] == [""] * 9
    [sentence] = set(sentences[9:])
    assert sentence.startswith("The server stopped. It can’t be restarted yet: Port 80 on 192.0.2.1 can’t be used (")
    assert "--port" not in sentence, "at another one nobody would find the site"
    kept.moment, kept.binding = 76.0, mine
    assert kept.look() == "The server stopped. Restarting it."
    assert kept.look() == ""


def test_a_server_of_older_code_stops_once_the_new_one_has_served_and_not_before(kept):
    old, kept.moment = Granian(), 100.0
    kept.replaced, kept.started = old, 100.0
    kept.process.ended = 1
    assert kept.look() == "The server stopped. Restarting it.", "the old one serves meanwhile"
    for _second in range(4):
        kept.moment += 1
        kept.look()
    assert (old.asked, kept.processes()) == ([], [kept.process, old])
    kept.moment += 1
    for _look in range(3):
        kept.look()
    assert old.asked == [signal.SIGTERM], "once"
    kept.moment += 2 * server.FINISHES
    kept.look()
    assert old.asked == [signal.SIGTERM, signal.SIGKILL]
    old.ended = -9
    kept.look()
    assert kept.processes() == [kept.process]
