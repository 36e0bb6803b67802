"""A machine that is thrown away: everything of this one, in namespaces of its own. What is written to its disk lies in
memory, its network is a loopback, and with its first process everything ends that was started on it.

`python -m tests.realsite.machine FOLDER COMMAND...` is that first process.
"""

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from articles.management import lifeline
from tests.newsletter.site import ROOT

# What a disk holds here. Those of their own can be filled without harm to the rest.
DISKS = {"/var/lib/pain-medicine": "96m", "/var/lib/site-database": "768m", "/srv/backups": "96m"}
PROGRAMS = {
    "nginx": "nginx-light",
    "redis-server": "redis-server",
    "openssl": "openssl",
    "unshare": "util-linux",
    "ip": "iproute2",
}
ALONE = ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child=KILL", "--mount-proc"]


def missing() -> str:
    """Why there can be no such machine here; nothing, if there can."""
    if os.getuid() != 0:
        return "Only root can make the machine on which the site is put."
    packages = [package for name, package in PROGRAMS.items() if shutil.which(name) is None]
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        packages.append("postgresql")
    if packages:
        return f"apt-get install {' '.join(packages)}"
    tried = subprocess.run([*ALONE, "true"], capture_output=True, text=True, timeout=60)
    return f"No namespaces can be made here: {tried.stderr.strip()}" if tried.returncode else ""


def run_inside(folder: Path, command: list[str], *, seconds: float) -> int:
    """Runs a command on such a machine, for so long at most. Its exit code."""
    inside = [*ALONE, sys.executable, "-m", "tests.realsite.machine", str(folder), *command]
    process = subprocess.Popen(inside, cwd=ROOT, preexec_fn=partial(lifeline.end_with, os.getpid()))
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        print(f"\nNot done after {seconds / 60:.0f} minutes: stopped.", file=sys.stderr)
        return 1
    finally:  # however this process ends, `unshare` ends with it, and everything inside with that
        process.kill()
        process.wait()


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def build(folder: Path) -> Path:
    """The root of the machine: this one's below, memory above."""
    mount("-t", "tmpfs", "-o", "size=3g", "none", str(folder))
    above, work, root = (folder / name for name in ("above", "work", "root"))
    for made in (above, work, root):
        made.mkdir(mode=0o755)
    mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={above},workdir={work}", "overlay", str(root))
    for name in ("dev", "sys"):
        mount("--rbind", f"/{name}", str(root / name))
    mount("-t", "proc", "proc", str(root / "proc"))
    for needed in (ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()):
        bring_along(root, needed)
    for disk, size in DISKS.items():
        place = root / disk.removeprefix("/")
        place.mkdir(parents=True, exist_ok=True)
        mount("-t", "tmpfs", "-o", f"size={size},mode=755", "none", str(place))
    return root


def bring_along(root: Path, needed: Path) -> None:
    """A folder that is on another disk, and a way to it for every account."""
    place = root / str(needed).removeprefix("/")
    if not place.exists():
        place.mkdir(parents=True)
        mount("--bind", str(needed), str(place))
    for parent in place.parents:
        if parent.is_relative_to(root) and parent != root:
            parent.chmod(parent.stat().st_mode | 0o111)


def first_process(root: Path, command: list[str]) -> int:
    """Runs the command there, and reaps orphans. When this process ends, the kernel ends all others."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.chroot(root)
    os.chdir(ROOT)
    signal.signal(signal.SIGINT, lambda *_: None)  # the command hears it, too
    process = subprocess.Popen(command)
    while True:
        pid, status = os.wait()
        if pid == process.pid:
            return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(first_process(build(Path(sys.argv[1])), sys.argv[2:]))
