"""A server that failed is left alone for a while: the first request that waits in vain spares the others the wait."""

import threading
import time


class Pause:
    """Whether a server is asked, shared by the threads of a process. When a pause ends, one thread tries for all."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.is_lost, self._until = seconds, False, 0.0
        self._lock = threading.Lock()

    def may_ask(self) -> bool:
        with self._lock:
            if not self.is_lost:
                return True
            if time.monotonic() < self._until:
                return False
            self._until = time.monotonic() + self.seconds
            return True

    def answered(self) -> bool:
        """Whether that is news."""
        with self._lock:
            was_lost, self.is_lost = self.is_lost, False
            return was_lost

    def failed(self) -> bool:
        """Whether that is news."""
        with self._lock:
            was_lost, self.is_lost = self.is_lost, True
            self._until = time.monotonic() + self.seconds
            return not was_lost
