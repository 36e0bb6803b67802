"""The site as granian loads it, of which no test changes the public state: it stays the same and is known."""

from articles import public_state
from articles.management import web_worker

public_state.current = lambda: 1
application = web_worker.load()
