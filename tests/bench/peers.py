"""Wagtail with the same articles, in a virtualenv of its own, by the same server as ours."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import cost, servers
from tests.demo_site import ROOT, Site
from tests.needs import free_port

TEXTS = """
import json
from articles.models import Edition
live = Edition.objects.live().order_by("-live_from").values("title", "slug", "standfirst", "body")
print(json.dumps({"articles": list(live)}))
"""


@dataclass(frozen=True)
class Peer:
    plain: servers.Server
    kept: servers.Server
    articles: list[str]

    @property
    def kinds(self) -> list[str]:
        return ["article", "article kept", "list", "search"]

    def costs(self, kind: str) -> Callable[[], float]:
        paths = {"list": ["/"], "search": ["/search/?q=pump", "/search/?q=migraine"]}.get(kind, self.articles)
        server, times = (self.kept, 1000) if kind == "article kept" else (self.plain, 40)
        return lambda: cost.per_request(server.port, server.pids, paths, times)


@contextmanager
def wagtail(folder: Path, ours: Site) -> Iterator[Peer]:
    """Installs it, gives it our articles, and serves it twice: as it is, and with Django's cache of whole pages."""
    folder.mkdir()
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "wagtail", "granian"], check=True)
    texts = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", TEXTS],
        cwd=ROOT, env=ours.env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (folder / "made_migrations").mkdir()
    (folder / "made_migrations" / "__init__.py").touch()
    (folder / "articles.json").write_text(texts.stdout.splitlines()[-1])
    env = {**os.environ, "WAGTAIL_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "tests.bench.wagtail_site.settings"}
    fill = f"from tests.bench.wagtail_site.fill import fill; fill({str(folder / 'articles.json')!r})"
    subprocess.run([python, "-m", "django", "shell", "-v0", "-c", fill], cwd=ROOT, env=env, check=True)
    with ExitStack() as stack:
        plain, kept = (stack.enter_context(served(python, env | keep)) for keep in ({}, {"KEEP": "1"}))
        articles = json.loads((folder / "articles.json").read_text())["articles"][:12]
        yield Peer(plain, kept, [f"/{article['slug']}/" for article in articles])


@contextmanager
def served(python: Path, env: dict[str, str]) -> Iterator[servers.Server]:
    port = free_port()
    command = [str(python), "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "8"]
    options = ["--no-ws", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    application = "tests.bench.wagtail_site.wsgi:application"
    with servers.running([*command, *options, application], env, port, "/") as server:
        yield server
