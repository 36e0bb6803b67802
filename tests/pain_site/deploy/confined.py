"""Runs a command as the unit of systemd would confine it: its system calls, no rights of root, no new code in memory.

python -m tests.pain_site.deploy.confined UNIT COMMAND...
"""

import ctypes
import errno
import os
import re
import subprocess
import sys
from pathlib import Path

# linux/prctl.h
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 24, 38, 65
REFUSED = 0x00050000 | errno.EPERM  # seccomp.h: SCMP_ACT_ERRNO
ALLOWED = 0x7FFF0000


def system_calls(unit):
    """The names that the unit's filter lets through: groups that it names, without those after a tilde."""
    allowed = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", Path(unit).read_text(), re.M):
        named = set().union(*(members(name) for name in line.lstrip("~").split()))
        allowed = allowed - named if line.startswith("~") else allowed | named
    return allowed


def members(name):
    if not name.startswith("@"):
        return {name}
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True)
    lines = [line.strip() for line in listed.stdout.splitlines()[1:]]
    return set().union(*(members(line) for line in lines if line and not line.startswith("#")))


def confine(unit):
    allowed = system_calls(unit)
    libc, seccomp = ctypes.CDLL(None, use_errno=True), ctypes.CDLL("libseccomp.so.2")
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    for option in (PR_SET_NO_NEW_PRIVS, PR_SET_MDWE):
        if libc.prctl(option, 1, 0, 0, 0) and ctypes.get_errno() != errno.EINVAL:  # Linux before 6.3 knows no MDWE
            raise OSError(ctypes.get_errno(), f"prctl({option})")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(seccomp.seccomp_init(REFUSED))
    for name in allowed:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(rules, ALLOWED, number, 0)
    if seccomp.seccomp_load(rules):
        raise OSError("seccomp_load")


if __name__ == "__main__":
    confine(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
