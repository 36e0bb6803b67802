"""PostgreSQL with a standby, and nginx: real ones on free ports of this machine, ended with the test."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.needs import free_port, left_out

HOW = "apt-get install postgresql nginx-light"


def programs():
    """The folder of PostgreSQL's programs; left out where they or nginx are missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"), key=lambda path: int(path.parts[-3]))
    if not found or shutil.which("nginx") is None:
        left_out("PostgreSQL or nginx", HOW)
    return found[-1].parent


class Database:
    """One server: where its files are, where it listens."""

    def __init__(self, folder, name):
        self.bin, self.folder, self.data, self.port = programs(), folder, folder / name, free_port()

    @property
    def url(self):
        return f"postgres://pain@127.0.0.1:{self.port}/postgres"

    def run(self, program, *arguments):
        """PostgreSQL refuses to run as root."""
        as_whom = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        with open(self.folder / "commands", "a") as log:
            command = [*as_whom, str(self.bin / program), *arguments]
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=self.folder)

    def start(self):
        options = f"-k {self.folder} -c listen_addresses=127.0.0.1 -p {self.port} -c fsync=off"
        self.run("pg_ctl", "-D", str(self.data), "-s", "-w", "-l", f"{self.data}.log", "-o", options, "start")

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.data), "-s", "-m", "immediate", "stop")

    def ask(self, sql):
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(sql).fetchone()[0]


@contextmanager
def databases():
    """A primary and its standby."""
    with tempfile.TemporaryDirectory(prefix="cluster-") as made:
        folder = Path(made)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        primary, standby = Database(folder, "primary"), Database(folder, "standby")
        try:
            primary.run(
                "initdb", "-D", str(primary.data), "-A", "trust", "-U", "pain", "-E", "UTF8", "--locale=C.UTF-8"
            )
            primary.start()
            where = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "pain"]
            standby.run("pg_basebackup", "-D", str(standby.data), *where, "--write-recovery-conf", "--checkpoint=fast")
            standby.start()
            yield primary, standby
        finally:
            standby.stop()
            primary.stop()


NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream nodes {{ {nodes} keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://nodes; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_next_upstream error timeout http_502 http_503;
    }}
  }}
}}
"""


@contextmanager
def nginx(folder, ports):
    """nginx before the nodes on these ports: its process and its own port."""
    folder.mkdir()
    port = free_port()
    nodes = " ".join(f"server 127.0.0.1:{one} max_fails=1 fail_timeout=1s;" for one in ports)
    (folder / "conf").write_text(NGINX.format(folder=folder, nodes=nodes, port=port))
    process = subprocess.Popen(["nginx", "-c", str(folder / "conf"), "-e", str(folder / "errors")])
    try:
        for _attempt in range(100):
            if (folder / "pid").exists():
                break
            time.sleep(0.05)
        yield process, port
    finally:
        process.terminate()
        process.wait()
