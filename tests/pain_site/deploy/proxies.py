"""nginx and Caddy, started with the files of `pain_site/deploy` in front of the Unix socket that a test serves."""

import http.client
import re
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from tests.needs import free_port, program
from tests.newsletter.certificates import certificate

DEPLOY = Path(__file__).parents[3] / "pain_site" / "deploy"
HOST = "example.org"

# The rest of nginx's own configuration: a user who may enter the folder of a test, and no file outside of it.
AROUND = """
daemon off;
user root;
pid {folder}/pid;
error_log {folder}/errors;
events {{}}
http {{
    types {{ text/html html; }}
    {temporary}
    {ours}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

CADDY = """
{{
	admin off
	http_port {http}
	https_port {https}
	storage file_system {folder}
	log {{
		output file {folder}/log
	}}
}}
{ours}
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self):
        return self.body.decode()


@dataclass
class Proxy:
    """One that runs, with TLS of its own making. It answers on two ports of this machine."""

    folder: Path
    upstream: Path
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)
    inner: int = field(default_factory=free_port)  # where nginx asks itself

    def __post_init__(self):
        self.certificate = certificate(self.folder, "proxy", f"DNS:{HOST}")

    def ask(self, path, *, method="GET", headers=None, body=None, plain=False, host=HOST):
        connection = http.client.HTTPConnection("127.0.0.1", self.http if plain else self.https, timeout=60)
        connection.connect()
        if not plain:
            trusted = ssl.create_default_context(cafile=self.certificate)
            connection.sock = trusted.wrap_socket(connection.sock, server_hostname=HOST)
        address = host if plain else f"{host}:{self.https}"
        try:
            connection.request(method, path, body, {"Host": address, **(headers or {})})
            found = connection.getresponse()
            return Answer(found.status, found.headers, found.read())
        finally:
            connection.close()

    def written(self, name, text):
        """The file of that name with every place, port and folder of a real machine replaced by one of this test."""
        (self.folder / name).write_text(text)
        return self.folder / name


def replaced(text, *pairs):
    """Each of these has to be there, or a test would try something else than what is written."""
    for pattern, by in pairs:
        text, found = re.subn(pattern, str(by), text)
        assert found, pattern
    return text


def nginx_command(proxy):
    program("nginx", "apt-get install nginx-light")
    ours = replaced(
        (DEPLOY / "nginx.conf").read_text(),
        (r"\n    listen \[::\][^\n]*", ""),
        (r"listen 80\b", f"listen 127.0.0.1:{proxy.http}"),
        (r"listen 443\b", f"listen 127.0.0.1:{proxy.https}"),
        (r"127\.0\.0\.1:8079\b", f"127.0.0.1:{proxy.inner}"),
        (r"/run/pain-medicine/site\.sock", proxy.upstream),
        (r"/etc/letsencrypt/live/example\.org/fullchain\.pem", proxy.certificate),
        (r"/etc/letsencrypt/live/example\.org/privkey\.pem", proxy.certificate.with_suffix(".key")),
        (r"/var/(cache/pain-medicine|log/nginx/\w+\.log|www/acme)", rf"{proxy.folder}/\1"),
    )
    for name in ("cache", "log/nginx"):
        (proxy.folder / name).mkdir(parents=True)
    temporary = " ".join(f"{name}_temp_path {proxy.folder}/{name};" for name in TEMPORARY)
    text = AROUND.format(folder=proxy.folder, temporary=temporary, ours=ours)
    return ["nginx", "-c", proxy.written("nginx.conf", text)]


def caddy_command(proxy):
    program("caddy", "apt-get install caddy")
    own = f"example.org {{\n\ttls {proxy.certificate} {proxy.certificate.with_suffix('.key')}"
    ours = replaced(
        (DEPLOY / "Caddyfile").read_text(),
        (r"\nexample\.org \{", f"\n{own}"),
        (r"/run/pain-medicine/site\.sock", proxy.upstream),
    )
    text = CADDY.format(http=proxy.http, https=proxy.https, folder=proxy.folder, ours=ours)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", proxy.written("Caddyfile", text)]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}


@contextmanager
def running(which, folder, upstream):
    proxy = Proxy(folder, upstream)
    command = COMMANDS[which](proxy)
    with open(folder / "said", "w") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        for port in (proxy.http, proxy.https):
            wait_for(port, process, folder)
        yield proxy
    finally:
        process.terminate()
        process.wait(120)


def wait_for(port, process, folder):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert process.poll() is None, (folder / "said").read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError((folder / "said").read_text())
