"""A site behind its page cache, and the number of its state as a test says it."""

import pytest
import time_machine

from articles import public_state
from tests import factories
from tests.page_cache.client import NOON, Site, connection_kept


class State:
    number: int | None = 1

    def current(self) -> int | None:
        return self.number


@pytest.fixture(autouse=True)
def connection_of_the_test():
    with connection_kept():
        yield


@pytest.fixture
def state(monkeypatch):
    state = State()
    monkeypatch.setattr(public_state, "current", state.current)
    return state


@pytest.fixture
def site(state):
    return Site()


@pytest.fixture
def edition():
    with time_machine.travel(NOON, tick=False):
        return factories.print_edition(slug="pumps", title="Pumps")
