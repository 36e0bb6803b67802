"""Where `serve` listens: an address and a port of this machine, or the file of a Unix socket; and what it refuses."""

import errno
import os
import socket
import stat
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from articles.refusal import Refused

UNIX = "unix:"
LONGEST_PATH = 107  # bytes that Linux takes as the name of a socket


@dataclass(frozen=True)
class Binding:
    """An IP address with its port, or `unix:` with the absolute path of a socket, whose port says nothing."""

    host: str
    port: int

    @classmethod
    def read(cls, host: str, port: int) -> "Binding":
        """Raises Refused where no socket can be made of it."""
        if not 0 < port < 65536:
            raise Refused(f"{port} is not a port. Choose one between 1 and 65535.")
        return cls(read_host(host), port)

    def __str__(self) -> str:
        return self.host if self.path else f"port {self.port} on {self.host}"

    @property
    def path(self) -> Path | None:
        return Path(self.host.removeprefix(UNIX)) if self.host.startswith(UNIX) else None

    @property
    def made_at(self) -> Path | None:
        """Where the socket is made before it gets its name, as long as that one, in the same folder."""
        path = self.path
        return path and path.with_name(path.name[:-1] + ("-" if path.name.endswith("~") else "~"))

    def arguments(self) -> dict[str, Any]:
        """What granian is told. Its group may write to the socket: that is how a proxy's account is let in."""
        if self.made_at:
            return {"uds": self.made_at, "uds_permissions": 0o660}
        return {"address": self.host, "port": self.port}

    def clear(self) -> None:
        """Removes what a server left that was killed before its socket got its name."""
        if self.made_at:
            self.made_at.unlink(missing_ok=True)

    @property
    def is_hidden(self) -> bool:
        """Whether the socket has no name yet."""
        return self.made_at is not None and self.made_at.exists()

    def publish(self) -> None:
        """Gives the socket its name once somebody listens at it; granian makes it before a worker does.

        What connected to the one before it is still answered by that one's server.
        """
        if self.path and self.made_at and self.is_hidden and _is_listened_at(self.made_at):
            self.made_at.replace(self.path)

    def leave(self) -> None:
        if self.path:
            self.path.unlink(missing_ok=True)

    def refuse_forgery(self, *, proxies: int, proxy_only: bool) -> None:
        """A client that reaches us past the proxies would write X-Forwarded-For itself, and be whom it likes."""
        if self.path and not proxies:
            raise Refused("Only a proxy can reach a Unix socket. Set TRUSTED_PROXIES=1.")
        if proxies and not proxy_only and not self.path and not ip_address(self.host).is_loopback:
            raise Refused(
                f"TRUSTED_PROXIES is {proxies}, and anyone who reaches {self} could forge X-Forwarded-For: listen on "
                "127.0.0.1 or a Unix socket, or use --proxy-only (PROXY_ONLY=1) if only the proxy can reach it."
            )

    def refuse_taken(self) -> None:
        """Raises Refused where somebody listens already: with the reason and, for a port, what may be done at a start.

        The socket that a killed server left behind is removed.
        """
        if self.path:
            self._clear(self.path)
            return
        with socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as problem:
                reason = f"Port {self.port} on {self.host} can’t be used ({problem.strerror})."
                hint = [f"Choose another with --port {self.port + 1}."] if self.port < 65535 else []
                raise Refused(reason, *hint) from problem

    def _clear(self, path: Path) -> None:
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise Refused(f"No socket can be made in {path.parent}.")
        if not path.exists():
            return
        if not stat.S_ISSOCK(path.stat().st_mode):
            raise Refused(f"{path} is there already and is not a socket.")
        if _is_listened_at(path):
            raise Refused(f"Another server listens at {path}.")
        path.unlink()


def _is_listened_at(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        return probe.connect_ex(str(path)) in (0, errno.EAGAIN)  # EAGAIN: more wait there than it lets wait


def read_host(given: str) -> str:
    """An IP address, or `unix:` and an absolute path, as `Binding` keeps it. Raises Refused."""
    if given == "localhost":
        return "127.0.0.1"
    if given.startswith(UNIX):
        path = given.removeprefix(UNIX)
        if not path.startswith("/") or len(os.fsencode(path)) > LONGEST_PATH:
            raise Refused(f"“{given}” is not an absolute path of at most {LONGEST_PATH} bytes after unix:.")
        return given
    try:
        return str(ip_address(given))
    except ValueError as problem:
        raise Refused(f"“{given}” is not an IP address of this machine.") from problem
