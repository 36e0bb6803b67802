"""The faults: each breaks something on the real site while it is read and written to, and sees it come back.

A function in `FAULTS` takes the site and a number of repetitions, and returns what it found; its limit is beside it.
"""

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from tests.management.serving import alive
from tests.realsite.installing import PATIENCE, STATE, until
from tests.realsite.load import READS, Load

BETWEEN = 2.0  # seconds of quiet after each repetition
FAULTS = {}


@dataclass
class Found:
    """What a fault came to: its repetitions, how long the site took to be back, and what must not have happened."""

    times: int = 0
    recoveries: list[float] = field(default_factory=list)
    answers: list = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # sentences
    note: str = ""

    @property
    def failed(self):
        """Reads without their page, and everything else that was neither done nor told to come again."""
        return [
            answer for answer in self.answers if not answer.is_good and (answer.kind == "read" or not answer.is_put_off)
        ]

    @property
    def put_off(self):
        return [answer for answer in self.answers if answer.is_put_off and answer.kind != "read"]


@dataclass(frozen=True)
class Fault:
    name: str
    limit: float  # seconds until it is back
    run: Callable
    what: str


def fault(name, limit):
    def register(run):
        FAULTS[name] = Fault(name, limit, run, run.__doc__.partition("\n")[0].rstrip("."))
        return run

    return register


def repeated(site, times, break_it, is_back, *, between=BETWEEN, at_once=False):
    """Breaks it so many times under load, and waits each time until it is back: `is_back`, given what was broken."""
    found = Found()
    with Load(site) as load:
        time.sleep(BETWEEN)
        for _time in range(times):
            began = time.monotonic()
            broken = break_it()
            if at_once:  # what was to be done is done when the call returns: the clock of the recovery starts then
                began = time.monotonic()
            if until(lambda broken=broken: is_back(broken)) is None:
                found.wrong.append(f"not back after {PATIENCE:.0f} s")
            found.recoveries.append(time.monotonic() - began)
            found.times += 1
            time.sleep(between)
    found.answers = load.answers
    return found


def kill(process):
    process.kill()
    return process


@fault("worker", 5.0)
def worker_killed(site, times):
    """One of two workers is killed."""
    return repeated(
        site,
        times,
        lambda: kill(site.serve.workers[0]),
        lambda killed: killed not in alive([killed]) and site.is_whole(),
    )


@fault("main", 5.0)
def main_killed(site, times):
    """Granian's main process is killed, and its workers with it."""
    return repeated(
        site, times, lambda: kill(site.serve.server), lambda killed: site.serve.server != killed and site.is_whole()
    )


@fault("serve", 5.0)
def serve_killed(site, times):
    """`serve` itself is killed; its unit starts it again."""
    before = site.unit.orphans
    found = repeated(site, times, lambda: kill(site.unit.process), lambda killed: has_restarted(site, killed))
    if orphans := site.unit.orphans - before:
        found.wrong.append(f"{orphans} processes outlived it")
    return found


def has_restarted(site, killed):
    try:
        return site.unit.process != killed and site.is_whole()
    except psutil.NoSuchProcess:
        return False


@fault("clock", 5.0)
def clock_killed(site, times):
    """The clock is killed; it is back when it has gone round."""

    def break_it():
        killed = kill(site.serve.clock)
        beat().unlink(missing_ok=True)
        return killed

    return repeated(site, times, break_it, lambda killed: beat().exists() and site.serve.clock != killed)


def beat():
    return STATE / "heartbeat"


@fault("postgresql", 1.0)
def postgresql_restarted(site, times):
    """PostgreSQL is restarted; back is counted from when it takes connections again."""

    def restart():
        data = str(site.database.data)
        site.database.run("pg_ctl", "-D", data, "-s", "-w", "-m", "fast", "-l", f"{data}.log", "restart")

    return repeated(
        site, times, restart, lambda _nothing: site.directly("/?after-a-restart") == 200, at_once=True, between=4
    )


@fault("redis", 1.0)
def redis_lost(site, times):
    """Redis is gone for five seconds, then hangs for five; nobody notices either."""

    def lose():
        site.redis.stop()

    found = repeated(site, times, lose, lambda _nothing: site.directly("/?without-redis") == 200, between=5)
    site.redis.start()
    frozen = repeated(site, times, site.redis.freeze, lambda _nothing: site.directly("/?frozen") == 200, between=5)
    site.redis.process.send_signal(signal.SIGCONT)
    for name in ("recoveries", "answers", "wrong"):
        getattr(found, name).extend(getattr(frozen, name))
    found.times += frozen.times
    if found.put_off:
        found.wrong.append(f"{len(found.put_off)} were told to come again")
    return found


@fault("kills", 5.0)
def many_kills(site, times):
    """25 workers, chosen at random, are killed for each repetition, half a second after the last came back."""
    found = Found()
    with Load(site) as load:
        for _kill in range(25 * times):
            if until(lambda: site.serve.serving() > 0) is None:
                found.wrong.append("no worker came back")
                break
            began = time.monotonic()
            killed = kill(random.choice(site.serve.workers))
            until(lambda killed=killed: killed not in alive([killed]) and site.serve.serving() == 2)
            found.recoveries.append(time.monotonic() - began)
            found.times += 1
            time.sleep(0.5)
    found.answers = load.answers
    return found


@fault("reload", 60.0)
def reloaded(site, times):
    """SIGHUP: the code is loaded anew, worker by worker."""

    def reload():
        old = site.serve.workers
        site.unit.reload()
        return old

    found = repeated(site, times, reload, lambda old: not set(old) & set(alive(old)) and site.is_whole())
    if found.put_off:
        found.wrong.append(f"{len(found.put_off)} were told to come again")
    return found


@fault("overload", 5.0)
def overload(site, times):
    """Ten times the readers for 20 s, a fifth of them at pages that nginx has not seen."""
    found = Found()
    for _time in range(times):
        with Load(site, reads=10 * READS, readers=192, unseen=0.2) as load:
            time.sleep(20)
            load.stopped.set()
            ended = time.monotonic()
            if until(lambda: answers_soon(site, load)) is None:
                found.wrong.append("still slow a minute later")
            found.recoveries.append(time.monotonic() - ended)
        found.answers += load.answers
        found.times += 1
        time.sleep(BETWEEN)
    answered = sum(answer.is_good for answer in found.answers if answer.kind == "unseen")
    found.note = f"{len(found.answers) / 20 / times:.0f} a second, {answered} unseen pages made"
    return found


def answers_soon(site, load):
    """Whether a page that nginx has not seen is there within a second."""
    browser = load.browser()
    answer = browser.ask("unseen", "GET", f"/?{next(load.numbers)}")[0]
    browser.close()
    return answer.is_good and answer.took < 1
