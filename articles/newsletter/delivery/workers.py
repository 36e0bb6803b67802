"""Sending what is due: one issue with several senders until it is settled, or everything that is due now."""

import logging
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connections

from articles.mail import standstill
from articles.mail.recurring import Recurring
from articles.models import Issue
from articles.newsletter.delivery import liveness, settling
from articles.newsletter.delivery.worker import Troubles, Worker
from articles.newsletter.issues import rendering

logger = logging.getLogger(__name__)

TEND_EVERY = 2.0  # seconds
ROUND_EVERY = 5.0  # seconds between two looks of the clock


class WorkerPool:
    """Several senders of this process on one issue, each with a way out of its own."""

    def __init__(self, issue: Issue, *, workers: int, stop: Event) -> None:
        self.issue, self.stop = issue, stop
        self.rendered = rendering.render(issue)
        self.troubles = Troubles()
        self.threads = [Thread(target=self._work, daemon=True) for _number in range(workers)]

    def __enter__(self) -> "WorkerPool":
        settling.tend()
        for thread in self.threads:
            thread.start()
        return self

    def is_at_work(self, within: float = TEND_EVERY) -> bool:
        """Waits a while for the senders to end, and sees meanwhile to what a crash left open."""
        living = next((thread for thread in self.threads if thread.is_alive()), None)
        if living is None:
            return False
        living.join(within)
        try:
            settling.tend()
        except DatabaseError:
            close_old_connections()
        return True

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def _work(self) -> None:
        try:
            with liveness.signed_on() as sender:
                Worker(self.issue, sender=sender, stop=self.stop, rendered=self.rendered, troubles=self.troubles).run()
        except Exception:
            logger.exception("A sender broke off")
        finally:
            connections.close_all()


def send_due(stop: Event, troubles: Troubles | None = None) -> int:
    """Sends whatever is due now, of every issue, with one sender; says how many issues it looked at."""
    if standstill.reason():
        return 0
    settling.tend()
    going = list(Issue.objects.filter(state__in=[Issue.APPROVED, Issue.SENDING]).order_by("approved_at"))
    for issue in going:
        with liveness.signed_on() as sender:
            Worker(issue, sender=sender, stop=stop, waits=False, troubles=troubles).run()
    return len(going)


class SendingThread(Recurring):
    """The clock's own sender of newsletters. Of an issue that does not go on, `scheduler.stuck` tells."""

    is_called = "sender of newsletters"

    def __init__(self) -> None:
        super().__init__()
        self.troubles = Troubles()

    def work(self) -> float:
        send_due(self.stop, self.troubles)
        return ROUND_EVERY
