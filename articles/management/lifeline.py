"""Processes forked from one that has the site loaded, so that they share it in memory.

Each ends with the one that started it, however that one ended: no orphan keeps a port or sends mail.
"""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from typing import NoReturn

from django.db import connections

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # linux/prctl.h: the signal that a process gets when its parent ends; its name
M_MMAP_THRESHOLD = -3  # malloc.h
GIVEN_BACK = 1 << 20  # bytes
GRACE = 10.0  # seconds between asking a process to stop and stopping it
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

_libc = ctypes.CDLL(None)  # loaded before any fork


class Process:
    """A child of this process, by its number: also one that was forked before this process went over to new code."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: int | None = None

    def poll(self) -> int | None:
        """Its exit code once it has ended, -9 where signal 9 ended it. One that is no child of ours ended as 1."""
        if self.ended is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self.ended = 1
            else:
                self.ended = os.waitstatus_to_exitcode(status) if pid else None
        return self.ended

    def send(self, number: int) -> None:
        """An ended child keeps its number until it was polled, so no other process gets the signal."""
        if self.poll() is None:
            os.kill(self.pid, number)


def fork(name: str, work: Callable[[], None]) -> Process:
    """A process in a session of its own, so that a terminal stops only the one that started it.

    This process must have one thread and no connection to the database.
    """
    connections.close_all()
    parent = os.getpid()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # what the parent does at a signal, no child must
    if pid := os.fork():
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return Process(pid)
    code = 1
    try:
        become(name, parent)
        os.setsid()
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)  # also where the parent, starting over, still blocks them
        work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        logger.exception("The %s was ended by an error", name)
    finally:  # nothing of the parent's stack is unwound here
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def become(name: str, parent: int) -> None:
    """This process is listed under that name, and the kernel kills it as soon as its parent is gone."""
    end_with(parent)
    if sys.platform == "linux":
        _libc.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def end_with(parent: int) -> None:
    """From now on the kernel kills this process as soon as its parent is gone. Only Linux can do that."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # which ended before that
            os._exit(1)


def give_memory_back() -> None:
    """glibc gives a block of a megabyte or more back at once, in this process and those forked from it.

    Otherwise it keeps what one picture took for each thread.
    """
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(M_MMAP_THRESHOLD, GIVEN_BACK)


def start_over(command: list[str], **environment: str) -> NoReturn:
    """Replaces this process by a fresh one of the same number, whose children stay its children.

    Signals wait until that one unblocks them.
    """
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    os.execve(command[0], command, os.environ | environment)  # noqa: S606


def stop(processes: Iterable[Process]) -> None:
    """Asks every process to stop, and stops what has not within the grace time."""
    waiting, end = list(processes), time.monotonic() + GRACE
    for process in waiting:
        process.send(signal.SIGTERM)
    while waiting := [process for process in waiting if process.poll() is None]:
        if time.monotonic() >= end:
            for process in waiting:
                process.send(signal.SIGKILL)
        time.sleep(0.02)
