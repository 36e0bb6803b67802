"""The site as granian loads it, of which no test changes the public state: it stays the same and is known."""

from articles import public_state
from articles.management.web_worker import in_one_piece
from pain_site.wsgi import application as site

public_state.current = lambda: 1
application = in_one_piece(site)
