"""The image's steps, carried out in a clean folder, since Docker is not needed to try them; and what compose starts."""

import json
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from pain_site.environment import Environment
from tests.management.serving import ROOT, empty_site, soon
from tests.pain_site.deploy.proxies import DEPLOY

HOME = "/opt/pain-medicine"
OURS = re.compile(r"(?<![\w/])/(?:opt|run|var/lib)/pain-medicine\b")
SOCKET = "/run/pain-medicine/site.sock"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
GIVEN = {"DATABASE_PASSWORD": "drawn", "SECRET_KEY": "k" * 20 + "0123456789" * 4, "SITE_URL": "https://example.org"}


def steps():
    """The instructions of the Dockerfile, one list for each stage."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.M).replace("\\\n", " ")
    lines = [tuple(re.split(r"\s+", line, maxsplit=1)) for line in text.splitlines() if line]
    starts = [number for number, (word, _rest) in enumerate(lines) if word == "FROM"]
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


class Image:
    """A folder in the place of the image's root, with the packages of this run for those of the stage before."""

    def __init__(self, folder):
        self.root, self.env, self.said = folder, {"PATH": os.environ["PATH"], "HOME": str(folder)}, {}
        (folder / "tmp").mkdir()
        self.work = folder

    def here(self, text):
        """The folders of the image, in this one."""
        return OURS.sub(lambda found: f"{self.root}{found[0]}", text)

    def make(self, lines):
        for word, rest in lines:
            getattr(self, f"_{word.lower()}", lambda rest, word=word: self.said.update({word: rest}))(rest)

    def _workdir(self, rest):
        self.work = self.root / rest.lstrip("/")
        self.work.mkdir(parents=True)

    def _env(self, rest):
        for name, value in re.findall(r"(\w+)=(\S+)", rest):
            self.env[name] = self.here(value).replace("$PATH", self.env["PATH"])

    def _copy(self, rest):
        if rest.startswith("--from=packages"):
            (self.work / ".venv").symlink_to(sys.prefix)
            return
        *sources, target = rest.split()
        for source in sources:
            assert is_sent(source), f"{source} is not in the build's context"
            if (ROOT / source).is_dir():
                # With what this run has compiled, which the build is not sent: compileall leaves that as it is.
                shutil.copytree(ROOT / source, self.work / target)
            else:
                shutil.copy2(ROOT / source, self.work / target)

    def _run(self, rest):
        assert self.run(["sh", "-c", self.here(rest)]).returncode == 0

    def run(self, command, **more):
        return subprocess.run(command, cwd=self.work, env={**self.env, **more}, text=True, timeout=120)


def is_sent(name):
    """Whether Dockerfile.dockerignore lets a file through: the last line that fits it counts."""
    sent = True
    for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        above = any(part and fnmatch(part, pattern) for part in (name, name.partition("/")[0]))
        if line and not line.startswith("#") and (above or fnmatch(name, pattern.replace("**/", "*"))):
            sent = line.startswith("!")
    return sent


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    if os.getuid():
        pytest.skip("the image's folders belong to accounts that only root can give them to")
    made = Image(tmp_path_factory.mktemp("i"))
    made.make(steps()[-1])
    return made


def test_the_build_is_sent_code_and_nothing_that_is_kept():
    there = ["manage.py", "articles/urls.py", "pain_site/settings.py", "requirements.txt", "tests/requirements.lock"]
    kept = [".env", "pain_site/deploy/.env", "var/site.sqlite3", ".git/config", ".venv/bin/python", "tests/conftest.py"]
    assert [name for name in (*there, *kept) if is_sent(name)] == there


def test_packages_are_those_of_the_lock_file_by_their_hashes():
    _system, packages, _site = steps()
    copied = {rest.split()[0] for word, rest in packages if word == "COPY"}
    [installs] = [rest for word, rest in packages if word == "RUN" and "requirements" in rest]
    asked = re.findall(r"-[rc] (\S+)", installs)
    assert "--require-hashes" in installs.split()
    assert set(asked) == copied == {"requirements.txt", "pain_site/deploy/requirements.txt", "tests/requirements.lock"}


def test_the_image_runs_as_an_account_that_owns_nothing_but_what_it_keeps(image):
    assert image.said["USER"] == "10001:101"
    kept = {path: os.stat(image.root / path.lstrip("/")) for path in json.loads(image.said["VOLUME"])}
    assert {path: (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) for path, found in kept.items()} == {
        "/var/lib/pain-medicine": (10001, 10001, 0o700),
        "/run/pain-medicine": (10001, 101, 0o750),
    }


def test_what_was_copied_is_all_that_the_site_needs_and_it_says_that_it_is_healthy(image, migrated, shared_folder):
    var = image.root / "var/lib/pain-medicine"
    empty_site(var, migrated, shared_folder)
    env = {**image.env, **GIVEN, "TRUSTED_PROXIES": "1", "WORKERS": "1"}
    check = json.loads(image.said["HEALTHCHECK"].partition("CMD ")[2])
    ask = [image.here(word) for word in check]
    socket = Path(image.here(SOCKET))  # which is there before anybody asks
    serve = subprocess.Popen(json.loads(image.said["CMD"]), cwd=image.work, env=env, stdin=subprocess.DEVNULL)
    try:
        assert soon(lambda: serve.poll() is not None or (socket.exists() and image.run(ask).returncode == 0))
        assert serve.poll() is None, "it ended, and said why"
    finally:
        serve.terminate()
        serve.wait(120)
    assert image.run(ask).returncode != 0
    assert not list(image.work.rglob("site.sqlite3")), "what is kept is in VAR_DIR alone"


@pytest.fixture
def environment(monkeypatch):
    """What compose gives the site, with the image's own, as settings read it; and every name they ask for."""
    image_env = dict(re.findall(r"(\w+)=(\S+)", dict(steps()[-1])["ENV"]))
    composed = COMPOSE["services"]["site"]["environment"]
    given = {**GIVEN, **image_env, **{name: filled(value) for name, value in composed.items()}}
    names, read = set(), Environment.read
    monkeypatch.setattr(Environment, "read", lambda *all, **more: names.add(all[1]) or read(*all, **more))
    for name in set(os.environ) - {"HOME"}:
        monkeypatch.delenv(name)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return set(composed), names


def filled(value):
    return re.sub(r"\$\{(\w+)(?::[?-][^}]*)?\}", lambda found: GIVEN[found[1]], value)


def test_compose_gives_the_site_settings_that_it_knows_and_takes(environment, monkeypatch, tmp_path):
    composed, names = environment
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    made = runpy.run_path(str(ROOT / "pain_site" / "settings.py"))
    assert made["CONFIGURATION_PROBLEMS"] == []
    assert composed <= names
    database = made["DATABASES"]["default"]
    postgres = COMPOSE["services"]["database"]["environment"]
    assert (made["HOST"], made["TRUSTED_PROXIES"], database["HOST"]) == (f"unix:{SOCKET}", 1, "database")
    assert [database[name] for name in ("USER", "PASSWORD", "NAME")] == [
        filled(postgres[f"POSTGRES_{name}"]) for name in ("USER", "PASSWORD", "DB")
    ]


def test_compose_opens_the_proxy_alone_and_every_file_and_volume_that_it_names_is_there():
    services = COMPOSE["services"]
    assert {name: one["ports"] for name, one in services.items() if "ports" in one} == {
        "proxy": ["80:80", "443:443"],
    }
    sources = {volume.partition(":")[0] for one in services.values() for volume in one.get("volumes", [])}
    assert {name for name in sources if name[0] not in "./"} == set(COMPOSE["volumes"])
    assert [name for name in sources if name.startswith(".") and not (DEPLOY / name).exists()] == []
    build = services["site"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")
    assert {one for service in services.values() for one in service.get("depends_on", {})} <= set(services)
    assert f"server unix:{SOCKET}" in (DEPLOY / "nginx.conf").read_text()


def test_everything_that_compose_starts_is_pinned_and_has_a_root_that_is_read_only_or_a_reason():
    services = COMPOSE["services"]
    images = {name: one["image"].rpartition(":")[2] for name, one in services.items()}
    assert [name for name, tag in images.items() if not tag[0].isdigit()] == ["migrate", "site"], "built here"
    assert [name for name, one in services.items() if not one.get("read_only")] == ["database"], "it keeps files there"
