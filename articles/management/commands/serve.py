"""`serve`: the production server and the clock in one go."""

import argparse
import hashlib
import logging
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandParser

from articles import metrics
from articles.management import lifeline, web_worker
from articles.management.base import SETTINGS_ALONE, Service
from articles.management.binding import Binding
from articles.management.commands import clock
from articles.management.lifeline import Process
from articles.management.server import Server, Size
from articles.management.supervisor import Supervisor

logger = logging.getLogger(__name__)
REPLACED = "SERVE_REPLACES"  # in the environment of a process that started over: its server and its clock of before
LOOKS_EVERY = 0.2  # seconds between two looks at whether the server and the clock still run


class Command(Service):
    help = "Serves the site with granian and runs the clock beside it. SIGTERM stops both, SIGHUP reloads the code."

    requires_system_checks = SETTINGS_ALONE
    reload_asked = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="an IP address, or unix:/path/of/a/socket")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=at_least_one, default=settings.WORKERS, help="server processes")
        parser.add_argument("--threads", type=at_least_one, default=settings.THREADS, help="of each server process")
        parser.add_argument(
            "--proxy-only",
            action="store_true",
            default=settings.PROXY_ONLY,
            help="only the proxies that TRUSTED_PROXIES counts can reach this address and port",
        )
        parser.add_argument("--check", action="store_true", help="load all of it as if to serve, and exit")

    def handle(
        self, *, host: str, port: int, workers: int, threads: int, proxy_only: bool, check: bool, **options: Any
    ) -> None:
        binding = Binding.read(host, port)
        binding.refuse_forgery(proxies=settings.TRUSTED_PROXIES, proxy_only=proxy_only)
        if check:
            prepare()
            call_command("check")
            return
        replaced = [Process(int(pid)) for pid in os.environ.get(REPLACED, "").split()]
        if not replaced:
            binding.refuse_taken()
        if counting := metrics.shared():  # read when the package is imported, which it was
            lifeline.start_over(manage(*sys.argv[1:]), **counting)
        os.environ.pop(REPLACED, None)
        lifeline.give_memory_back()
        prepare()
        old_server, old_clock = replaced or (None, None)
        server = Server(binding, Size(workers, threads, settings.WORKER_MEMORY), old_server)
        supervisor = Supervisor(start_clock, old_clock)
        self.keep(server, supervisor)
        binding.leave()

    def keep(self, server: Server, supervisor: Supervisor) -> None:
        """Until somebody asks it to stop."""
        try:
            self.listen_to_signals()
            while True:
                if self.reload_asked and not server.replaced:
                    self.reload(server, supervisor)
                for keeper in (server, supervisor):
                    if sentence := keeper.look():
                        logging.getLogger(type(keeper).__module__).warning("%s", sentence)
                time.sleep(LOOKS_EVERY)
        except Stopped:
            pass
        finally:
            lifeline.stop([*server.processes(), supervisor.process])

    def listen_to_signals(self) -> None:
        """SIGHUP reloads, but in a terminal it says that the window was closed."""
        in_terminal = sys.stdin is not None and sys.stdin.isatty()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        signal.signal(signal.SIGHUP, _stop if in_terminal else self._ask_for_reload)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, lifeline.SIGNALS)  # that came while this process started over

    def _ask_for_reload(self, number: int, frame: FrameType | None) -> None:
        self.reload_asked = True

    def reload(self, server: Server, supervisor: Supervisor) -> None:
        """Goes over to the code that lies there now, provided that it loads: this process starts over with it.

        The server goes on meanwhile, and is replaced by the new code's; the clock is asked to stop.
        """
        self.reload_asked = False
        command = manage(*sys.argv[1:])
        checked = subprocess.run([*command, "--check"], cwd=settings.BASE_DIR, capture_output=True, text=True)  # noqa: S603
        if checked.returncode:
            logger.error("Not reloaded, the site goes on as it was: %s", checked.stderr.strip())
            return
        supervisor.process.send(signal.SIGTERM)
        lifeline.start_over(command, **{REPLACED: f"{server.process.pid} {supervisor.process.pid}"})


class Stopped(Exception):
    """Somebody asked the whole to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def at_least_one(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be at least 1")
    return number


def collect_static() -> None:
    """Gathers, hashes and compresses the static files, unless that was done for exactly these."""
    stamp, wanted = Path(settings.STATIC_ROOT) / ".collected", static_sources()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def static_sources() -> str:
    """A digest of the name, size and time of every static file, and of the version of what compresses them."""
    seen = hashlib.sha256(version("whitenoise").encode())
    staticfiles: Any = apps.get_app_config("staticfiles")
    for finder in get_finders():
        for name, storage in finder.list(staticfiles.ignore_patterns):
            stat = os.stat(storage.path(name))
            seen.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def manage(*command: str) -> list[str]:
    return [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *command]


def prepare() -> None:
    """Everything that is done once for all processes."""
    collect_static()
    web_worker.prepare()


def start_clock() -> Process:
    """This command checked the site when it started."""
    return lifeline.fork("site-clock", lambda: clock.Command().run_from_argv(["manage.py", "clock", "--skip-checks"]))
