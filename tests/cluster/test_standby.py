"""Public pages on a real standby: read from it, never older than its bound, and never lost with it."""

import http.client
import time

import pytest

from tests.management.serving import Readers, served
from tests.needs import free_port

pytestmark = [pytest.mark.campaign, pytest.mark.xdist_group("cluster")]

PUBLISH = """
import psycopg
factories.print_edition(title="Before")  # what is slow the first time is done
{pause}
import time
edition = factories.print_edition(title="{title}")
said = [edition.slug, time.monotonic()]
"""
READING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%articles_edition%' AND pid <> pg_backend_pid()"


LISTS = """
/ /treatments/ /treatments/a-z/ /treatments/feed/ /treatments/feed.json /feed/ /feed.json /sitemap.xml /topics/
/glossary/ /archive/ /corrections/ /people/ /credits/ /newsletter/ /search/?q=pumps
"""


def page(node, path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def published(node, title, pause=""):
    slug, at = node.does(PUBLISH.format(title=title, pause=pause))
    return slug, at


def test_pages_read_the_standby_are_two_seconds_old_at_most_and_survive_it(nodes, database):
    _primary, standby = database
    node = nodes[0]
    with served(node, free_port(), DATABASE_REPLICA_URL=standby.url) as serve, Readers(serve, a_second=20) as readers:
        slug, _at = published(node, "Seen by the standby")
        serve.eventually(lambda: "Seen by the standby" in page(serve)[1])
        serve.eventually(lambda: standby.ask(READING))
        for address in [*LISTS.split(), *(f"/articles/{slug}/{part}" for part in ("", "history/", "record.json"))]:
            assert page(serve, address)[0] == 200, address

        pause = f"psycopg.connect('{standby.url}', autocommit=True).execute('SELECT pg_wal_replay_pause()')"
        slug, at = published(node, "Not replayed yet", pause)
        assert page(serve, f"/articles/{slug}/")[0] == 200, "what the standby does not know, the primary does"
        serve.eventually(lambda: "Not replayed yet" in page(serve)[1])
        assert time.monotonic() - at < 3, "two seconds, and the time that a page takes"
        assert standby.ask("SELECT pg_get_wal_replay_pause_state()") == "paused"

        standby.ask("SELECT 1 FROM pg_wal_replay_resume()")
        published(node, "Replayed again")
        standby.stop()
        time.sleep(1)
        assert page(serve)[0] == 200
        standby.start()
        time.sleep(7)
        assert page(serve)[0] == 200
        assert serve.eventually(lambda: standby.ask(READING)), "it is read again"
    assert len(readers.took) > 100
    assert readers.failed == []
