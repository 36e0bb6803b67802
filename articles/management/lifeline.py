"""A process that ends with the one that started it, however that one ended: no orphan keeps a port or sends mail."""

import ctypes
import os
import signal
import subprocess
import sys
from functools import partial

from django.conf import settings

PR_SET_PDEATHSIG = 1  # linux/prctl.h: the signal that a process gets when the thread that started it ends

# glibc gives a block of a megabyte or more back at once. Otherwise it keeps what one picture took for each thread.
MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 20)}

Process = subprocess.Popen[bytes]

_libc = ctypes.CDLL(None)  # loaded before any fork


def end_with(parent: int) -> None:
    """From now on the kernel kills this process as soon as its parent is gone. Only Linux can do that."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # which ended before that
            os._exit(1)


def start(command: list[str]) -> Process:
    """A process in a session of its own, so that a terminal stops only the one that started it."""
    tied, env = partial(end_with, os.getpid()), MEMORY | os.environ
    return subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=env, start_new_session=True, preexec_fn=tied
    )
