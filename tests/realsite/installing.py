"""Everything that `pain_site/README.md` and `pain_site/deploy/README.md` say of a real site, done on a machine that is
thrown away: the account, the code, `.env`, the unit, nginx with a certificate of our own, PostgreSQL, Redis, a mail
server; then `check --deploy`, `migrate`, an administrator, articles and readers, a test mail, and the site served.
"""

import http.client
import json
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from tests.cluster.servers import Database
from tests.management.serving import Serve
from tests.newsletter.certificates import certificate
from tests.newsletter.site import ROOT
from tests.pain_site.conftest import Server as Redis
from tests.pain_site.deploy.proxies import DEPLOY, replaced
from tests.realsite.unit import LOG, UNIT, Unit

HOST = "pain-medicine.example"
CODE, STATE = Path("/opt/pain-medicine"), Path("/var/lib/pain-medicine")
SOCKET = "/run/pain-medicine/site.sock"
PATIENCE = 60.0  # seconds, for whatever is waited for
PARTS = ("articles", "pain_site", "manage.py", "pyproject.toml", "requirements.txt")
MAIL_PORT = 2525
TOKEN = "a-token-for-health-of-this-run"


def run(*command, **more):
    """A command that has to succeed, in time."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def until(look, seconds=PATIENCE):
    """What `look` finds, once it finds something; None where it does not in time."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.05)  # looking costs the site time that it needs itself
    return found or None


class Relay:
    """A mail server in a process of its own; what it took is in a journal."""

    def __init__(self, folder):
        self.journal, self.process = folder / "taken.jsonl", None

    def start(self, latency=0.0):
        self.journal.touch(mode=0o644)  # the site looks into it after a crash
        command = [sys.executable, "-m", "tests.newsletter.relay", "--port", str(MAIL_PORT)]
        command += ["--journal", str(self.journal), "--latency", str(latency)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"listening\n", "the mail server did not start"

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def taken(self):
        return [json.loads(line) for line in self.journal.read_text().splitlines()] if self.journal.exists() else []


class Site:
    """The site on its machine, and what it stands on."""

    def __init__(self, folder):
        self.unit, self.relay = None, Relay(folder)
        self.database, self.redis = Database(Path("/var/lib/site-database"), "data"), Redis(folder)
        self.seed = {}
        self.trust = ssl.create_default_context()

    host = HOST

    @property
    def serve(self):
        """Its processes as they are now."""
        return Serve(self.unit.process, f"unix:{SOCKET}", None)

    def manage(self, *arguments, check=True, **more):
        """A command of the site, as its account runs it."""
        command = [".venv/bin/python", "manage.py", *arguments]
        done = self._as_the_site(command, {**self.unit.environment, **more})
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done

    def act(self, name, *arguments):
        """A function of `acts`, run with the site loaded; what it returns."""
        command = [".venv/bin/python", "-m", "tests.realsite.acts", name, *map(str, arguments)]
        done = self._as_the_site(command, {**self.unit.environment, "PYTHONPATH": str(ROOT)})
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-4000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def _as_the_site(self, command, env):
        return subprocess.run(
            command, cwd=CODE, env=env, capture_output=True, text=True, timeout=300, **self.unit.account
        )

    def directly(self, path="/", seconds=PATIENCE):
        """The status that the site itself answers with, past nginx; 0 where it does not."""
        connection = http.client.HTTPConnection(HOST, timeout=seconds)
        try:
            connection.sock = socket.socket(socket.AF_UNIX)
            connection.sock.settimeout(seconds)
            connection.sock.connect(SOCKET)
            connection.request("GET", path, headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def is_whole(self):
        """Whether it answers from the database, with all its processes."""
        serve = self.serve
        with suppress(psutil.NoSuchProcess):
            return self.directly(seconds=5) == 200 and serve.clock is not None and serve.serving() == 2
        return False


def account_and_code():
    run("adduser", "--system", "--group", "--home", STATE, "--no-create-home", "pain-medicine")
    run("adduser", "www-data", "pain-medicine")
    shutil.rmtree(CODE, ignore_errors=True)
    CODE.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, CODE / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, CODE)
    (CODE / ".venv").symlink_to(Path(sys.prefix).resolve())  # what pip installs, without a network
    run(".venv/bin/python", "-m", "compileall", "-q", "articles", "pain_site", cwd=CODE)


def configured(database_url, redis_url, journal):
    """`.env`, from the example."""
    text = replaced(
        (ROOT / ".env.example").read_text(),
        ("SECRET_KEY=\n", f"SECRET_KEY={secrets.token_urlsafe(60)}\n"),
        ("DATABASE_URL=.*", f"DATABASE_URL={database_url}"),
        ("EMAIL_URL=.*", f"EMAIL_URL=smtp://127.0.0.1:{MAIL_PORT}"),
        ("POSTAL_ADDRESS=", "POSTAL_ADDRESS=1 Example Street, Exampleton"),
        (r"example\.org", HOST),
    )
    more = {"VAR_DIR": STATE, "CACHE_URL": redis_url, "HEALTH_TOKEN": TOKEN, "ADMINS": "admin@example.org"}
    more |= {"RELAY_JOURNAL": journal, "RELAY_SETTLES": 2}
    (CODE / ".env").write_text(text + "".join(f"{name}={value}\n" for name, value in more.items()))
    shutil.chown(CODE / ".env", "root", "pain-medicine")
    (CODE / ".env").chmod(0o640)


def nginx_with_our_certificate(folder):
    """Debian's nginx with our file; only the host is written into it, as the README says."""
    place = Path(f"/etc/letsencrypt/live/{HOST}")
    place.mkdir(parents=True)
    pem = certificate(folder, "site", f"DNS:{HOST}")
    shutil.copy(pem, place / "fullchain.pem")
    shutil.copy(pem.with_suffix(".key"), place / "privkey.pem")
    text = replaced((DEPLOY / "nginx.conf").read_text(), (r"example\.org", HOST))
    Path("/etc/nginx/conf.d/pain-medicine.conf").write_text(text)
    Path("/etc/nginx/sites-enabled/default").unlink(missing_ok=True)
    Path("/var/log/nginx").mkdir(exist_ok=True)
    run("nginx", "-t")
    subprocess.Popen(["nginx", "-g", "daemon off;"], stdin=subprocess.DEVNULL)
    return pem


def database_of_the_site(database):
    """A cluster on a disk of its own; the site owns its database and is nobody else there."""
    shutil.chown(database.folder, "postgres")
    database.run("initdb", "-D", str(database.data), "-A", "trust", "-U", "pain", "-E", "UTF8", "--locale=C.UTF-8")
    with open(database.data / "postgresql.conf", "a") as file:
        file.write("max_wal_size = 128MB\n")
    database.start()
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE site LOGIN")
        connection.execute("CREATE DATABASE site OWNER site")
    return f"postgres://site@127.0.0.1:{database.port}/site"


@contextmanager
def installed(folder, say):
    """The whole of it; every step is said before it is done, and the site answers when the block begins."""
    site = Site(folder)
    try:
        say("PostgreSQL, Redis and a mail server")
        database_url = database_of_the_site(site.database)
        site.redis.start()
        site.relay.start()
        say("The account, the code in /opt, .env and the unit")
        account_and_code()
        configured(database_url, f"redis://127.0.0.1:{site.redis.port}/0", site.relay.journal)
        UNIT.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEPLOY / UNIT.name, UNIT)
        site.unit = Unit()
        run("install", "-d", "-o", "pain-medicine", "-g", "pain-medicine", "-m", "700", STATE)
        for path in (STATE, Path("/srv/backups")):
            shutil.chown(path, "pain-medicine", "pain-medicine")
        LOG.touch()
        say("nginx, with a certificate of our own making")
        site.trust.load_verify_locations(nginx_with_our_certificate(folder))
        say("check --deploy, migrate, createsuperuser")
        site.manage("check", "--deploy", "--fail-level", "WARNING")
        site.manage("migrate", "-v0")
        password = {"DJANGO_SUPERUSER_PASSWORD": secrets.token_urlsafe(20)}
        site.manage("createsuperuser", "--noinput", "--username=root", "--email=root@example.org", **password)
        say("A test mail, and the site under its unit")
        assert "accepted" in site.manage("send_test_mail", "you@example.org").stdout
        began = time.monotonic()
        site.unit.start()
        assert until(site.is_whole), LOG.read_text()[-3000:]
        say(f"It answers, {time.monotonic() - began:.1f} s after its start")
        say("Articles, pictures, readers, and an editor who is signed in")
        site.seed = site.act("seed")
        yield site
    finally:
        if site.unit is not None:
            site.unit.stop()
        site.relay.stop()
        with suppress(OSError):
            os.sync()
