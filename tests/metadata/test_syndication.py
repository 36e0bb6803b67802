"""The checkers of feeds find what is wrong: a checker that finds nothing proves nothing."""

import json
from xml.sax.saxutils import escape

import pytest

from tests.metadata import syndication

ENTRY = {
    "id": "tag:example.org,2026:1",
    "title": "Pumps",
    "updated": "2026-11-02T09:00:00Z",
    "published": "2026-11-01T09:00:00+01:00",
}
OPENING = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://example.org/</id><title>T</title>'
SELF = '<link rel="self" href="http://example.org/feed/"/>'
AUTHOR = "<author><name>A</name></author>"
HOME = '<link href="http://example.org/1/"/>'


def document(entry="", *, opening=OPENING, own=SELF, author=AUTHOR, **changed):
    said = "".join(
        f"<{name}>{escape(words)}</{name}>" for name, words in (ENTRY | changed).items() if words is not None
    )
    return f"{opening}<updated>2026-11-02T09:00:00Z</updated>{own}<entry>{author}{said}{HOME}{entry}</entry></feed>"


def test_a_good_feed_has_no_problems():
    content = '<content type="html">&lt;a href="http://x.test/"&gt;x&lt;/a&gt;</content><category term="News"/>'
    assert syndication.atom_problems(document(content)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<feed",
        "<rss/>",
        document(title=None),
        document("<title>Again</title>"),
        document(updated="2026-11-02"),
        document(updated="2026-11-02 09:00:00Z"),
        document(published="2026-11-03T09:00:00Z"),
        document(id="/articles/1/"),
        document(author=""),
        document(author="<author><name> </name></author>"),
        document(author="<author><name>A</name><name>B</name></author>"),
        document(own=""),
        document(HOME),
        document("<category/>"),
        document("<picture/>"),
        document('<content type="html">&lt;img src="/media/1.jpg"&gt;</content>'),
        document('<content type="html"><p>x</p></content>'),
        document('<content type="markdown">x</content>'),
        document('<link rel="related" href="/x/"/>'),
        document()
        .replace("</entry></feed>", "</entry><entry>{0}</entry></feed>")
        .format(AUTHOR + HOME + "".join(f"<{name}>{words}</{name}>" for name, words in ENTRY.items())),
    ],
)
def test_a_bad_feed_has(bad):
    assert syndication.atom_problems(bad)


ITEM = {"id": "1", "url": "http://example.org/1/", "content_html": "<p>x</p>", "date_published": "2026-11-01T09:00:00Z"}
FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [ITEM]}


def test_a_good_json_feed_has_no_problems():
    assert syndication.json_problems(FEED | {"_ours": 1, "authors": [{"name": "A"}]}) == []


@pytest.mark.parametrize(
    "bad",
    [
        FEED | {"version": "1"},
        {"version": FEED["version"], "items": []},
        FEED | {"author": {"name": "A"}},
        FEED | {"authors": [{}]},
        FEED | {"authors": [{"name": "A", "mail": "a@example.org"}]},
        FEED | {"feed_url": "/feed.json"},
        FEED | {"items": [ITEM, ITEM]},
        *(
            FEED | {"items": [ITEM | wrong]}
            for wrong in (
                {"id": 1},
                {"content_html": ""},
                {"content_html": '<a href="/x/">x</a>'},
                {"url": "/1/"},
                {"date_modified": "1 November"},
                {"tags": [1]},
                {"body": "x"},
            )
        ),
    ],
    ids=json.dumps,
)
def test_a_bad_json_feed_has(bad):
    assert syndication.json_problems(bad)
