"""The site as granian loads it, of which no test changes the public state: it stays the same and is known."""

from articles import public_state
from articles.management.web_worker import application

public_state.current = lambda: 1
__all__ = ["application"]
