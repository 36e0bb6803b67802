"""The servers that one bench alternates between: the site, a WSGI "hello", a small Django view, nginx."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.bench import cost
from tests.demo_site import ROOT, Site
from tests.needs import free_port
from tests.pain_site.deploy.proxies import DEPLOY, TEMPORARY, replaced

NGINX = """
daemon off; user root; pid {folder}/pid; error_log {folder}/errors; worker_processes 1;
events {{}}
http {{
    types {{ text/html html; }} {temporary}
    sendfile on; tcp_nopush on; keepalive_requests 1000000;
    {ours}
}}
"""
FILE = "location /file/ {{ alias {folder}/file/; gzip_static on; }}"


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    @property
    def pids(self) -> list[int]:
        return cost.tree(self.pid)


@contextmanager
def site(served: Site, *, workers: int, **settings: str) -> Iterator[Server]:
    port = free_port()
    env = served.env | {"WORKERS": str(workers), "LOG_LEVEL": "error", **settings}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with running(command, env, port, "/health/ready") as server:
        yield server


@contextmanager
def reference(name: str, served: Site) -> Iterator[Server]:
    """`hello` or `view` of `references`, by the same server as the site."""
    port = free_port()
    command = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "8", "--no-ws"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error", f"tests.bench.references:{name}"]
    with running([sys.executable, "-m", *command, *options], served.env, port, "/") as server:
        yield server


@contextmanager
def nginx(folder: Path, upstream: int, page: bytes) -> Iterator[Server]:
    """A page as a file beside its compressed copy, at /file/page.html; everything else from the site, by the file of
    `pain_site/deploy`. Without TLS, which costs both the same."""
    port = free_port()
    for name in ("file", "cache", "log/nginx"):
        (folder / name).mkdir(parents=True)
    (folder / "file" / "page.html").write_bytes(page)
    (folder / "file" / "page.html.gz").write_bytes(gzip.compress(page, 6, mtime=0))
    temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    ours = replaced(
        (DEPLOY / "nginx.conf").read_text(),
        (r"(?s)\nserver \{\n    listen [^\n]* default_server.*?\n\}", ""),
        (
            r"(?s)listen 443 ssl http2;.*?server_name",
            f"listen 127.0.0.1:{port};\n    {FILE.format(folder=folder)}\n    server_name",
        ),
        (r"\n    ssl_[^\n]*", ""),
        (r"unix:/run/pain-medicine/site\.sock", f"127.0.0.1:{upstream}"),
        (r"127\.0\.0\.1:8079\b", f"127.0.0.1:{free_port()}"),
        (r"/var/(cache/pain-medicine|log/nginx/\w+\.log)", rf"{folder}/\1"),
    )
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, temporary=temporary, ours=ours))
    with running(["nginx", "-c", str(folder / "nginx.conf")], dict(os.environ), port, "/file/page.html") as server:
        yield server


@contextmanager
def running(command: list[str], env: dict[str, str], port: int, path: str) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        for _attempt in range(600):
            if process.poll() is not None:
                sys.exit(f"{command[0]} ended with exit {process.returncode}.")
            try:
                urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def has_nginx() -> bool:
    return shutil.which("nginx") is not None
