"""pg_dump, pg_restore and psql: found, started with the site's own database address, and what they complain of."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

from django.db import connection

from articles.backup.refusal import BackupRefused

Pipe = subprocess.Popen[bytes]
INSTALLED = Path("/usr/lib/postgresql")  # Debian keeps each version's programs in a folder of its own, off the PATH


def find(name: str) -> str:
    """The server's own version of it, or the one on PATH: an older one refuses to work, a newer one may write SQL that
    the server does not know.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        own = INSTALLED / str(int(cursor.fetchone()[0]) // 10_000) / "bin" / name
    program = str(own) if own.exists() else shutil.which(name)
    if program is None:
        raise BackupRefused(f"{name} isn’t installed. It comes with PostgreSQL’s client programs.")
    return program


def run(name: str, *arguments: str, is_connected: bool = True) -> None:
    command, environment = _command(name, arguments) if is_connected else ([find(name), *arguments], None)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")  # noqa: S603
    if done.returncode:
        raise BackupRefused(_complaint(name, done.stderr))


def pipe(script: Sequence[str], *, before: Sequence[str], after: Sequence[str]) -> None:
    """What a program writes is run by psql in one transaction, between other statements: all of it, or none."""
    psql, environment = _command("psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"])
    with (
        subprocess.Popen([find(script[0]), *script[1:]], stdout=subprocess.PIPE) as writer,  # noqa: S603
        subprocess.Popen(psql, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as reader,  # noqa: S603
    ):
        try:
            _feed(writer, reader, before, after)
        except BrokenPipeError:  # psql gave up
            writer.kill()
        output = reader.communicate()[1].decode(errors="replace")
    if writer.returncode or reader.returncode:
        raise BackupRefused(_complaint("psql" if reader.returncode else script[0], output))


def _feed(writer: Pipe, reader: Pipe, before: Sequence[str], after: Sequence[str]) -> None:
    """Without COMMIT, psql takes everything back when its input ends."""
    written, read = cast(IO[bytes], writer.stdout), cast(IO[bytes], reader.stdin)
    read.write(_statements(["BEGIN", "SET LOCAL client_min_messages = warning", *before]))
    shutil.copyfileobj(written, read)
    if writer.wait() == 0:
        read.write(_statements(["RESET search_path", *after, "COMMIT"]))  # pg_restore's script empties it


def _statements(statements: Sequence[str]) -> bytes:
    return "".join(f"{statement};\n" for statement in statements).encode()


def _command(name: str, arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The program with the address, and the password where nobody sees it: in its environment."""
    client = connection.client
    command, secret = client.settings_to_cmd_args_env(connection.settings_dict, list(arguments))
    return [find(name), *command[1:]], {**os.environ, **(secret or {})}


def _complaint(name: str, output: str) -> str:
    """One sentence out of what a program wrote."""
    if "No space left" in output:
        return "There’s no room left on the disk."
    lines = (
        [line for line in output.splitlines() if "error" in line.lower()] or output.splitlines() or ["no reason given"]
    )
    return f"{name} failed: {lines[0].strip()}"
