"""The servers that one bench alternates between: the site, a WSGI "hello", a small Django view, nginx."""

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

NGINX = """
daemon off; user root; pid {folder}/pid; error_log {folder}/errors; worker_processes 1;
events {{}}
http {{
    types {{ text/html html; }} {temporary}
    access_log off; keepalive_requests 1000000;
    map $http_accept_encoding $compression {{ "~*gzip" gzip; }}
    proxy_cache_path {folder}/cache keys_zone=pages:10m max_size=100m use_temp_path=off;
    upstream site {{ server 127.0.0.1:{upstream}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location /file/ {{ alias {folder}/file/; gzip_static on; }}
        location / {{
            proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $http_host; proxy_set_header Accept-Encoding $compression;
            proxy_cache pages; proxy_cache_key $compression:$http_host$request_uri; proxy_cache_lock on;
            proxy_cache_valid 200 1s; proxy_ignore_headers Cache-Control Expires Vary;
            proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
        }}
    }}
}}
"""


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
    """A page as a file beside its compressed copy, at /file/page.html; everything else from the site, kept a second."""
    import gzip

    port = free_port()
    (folder / "file").mkdir(parents=True)
    (folder / "file" / "page.html").write_bytes(page)
    (folder / "file" / "page.html.gz").write_bytes(gzip.compress(page, 6, mtime=0))
    temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "scgi"))
    temporary += f" uwsgi_temp_path {folder}/uwsgi;"
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, temporary=temporary, upstream=upstream, port=port))
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
