"""Whatever was typed comes out of every machine-readable output as it went in, read by a parser of its format."""

import json
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest

from articles.mail.kinds import KINDS
from articles.mail.mime import Envelope
from articles.models import Contributor, Image, OutgoingMail, Topic
from articles.newsletter.issues import building, rendering
from articles.publishing import desk, press, snapshot
from articles.richtext import text
from pain_site import addresses, values
from tests import factories
from tests.mail.test_mime import AT

pytestmark = pytest.mark.django_db

HOSTILE = {
    "an element": "Pumps <img src=x onerror=alert(1)>",
    "the end of a script": "</script></title><script>alert(1)</script><!-- ",
    "the end of XML text": "]]> <![CDATA[ <!ENTITY x 'y'> &x; ?> <?php",
    "written entities": "&amp;amp; &lt;b&gt; &#60; &copy &unknown;",
    "separators of lines": "one\u2028two\u2029three\u0085four",
    "control characters": "a\x01b\x0bc\x1fd\x7fe",
    "noncharacters": "a\ufffeb\uffffc\U0001fffed",
    "right to left": "\u202egnp.exe\u202c \u200fعربي\u200e \u2066x\u2069",
    "one long word": "Pneumono" * 37,
    "signs of lists": "Quotes \"a\", 'b', commas; semicolons: \\, \\n, \\u003c {{ site_name }} {% now 'Y' %} %s {0}",
    "header lines": "Pumps\nBcc: all@example.org\n\n<p>",
    "other planes": "𝒜 👩‍⚕️ e\u0301 \u00a0\ufeff",
}
SITE = '“Pain”, <b>Inc.</b>; &amp; ]]> </script> it\'s "ours"'


@pytest.fixture(params=HOSTILE)
def typed(request):
    return HOSTILE[request.param]


@pytest.fixture
def kept(typed):
    """What an article keeps of it: its words, without what no format carries and nobody sees."""
    return snapshot.canonical(typed)


@pytest.fixture
def edition(typed, settings, monkeypatch):
    """An article with it in every place where words are typed, past the gate, which refuses some of them by now."""
    monkeypatch.setattr(press.checks, "examine", lambda draft: [])
    settings.SITE_NAME = values.one_line(SITE)
    settings.DEFAULT_FROM_EMAIL = addresses.sender(f"{SITE} <letter@example.org>")
    image = factories.CreditFactory(title=typed[:200], creator=typed[:200], description=typed[:300]).image
    Image.objects.update(alt=typed[:250])
    section = factories.section("news")
    factories.rewrite([section], name=typed[:60], summary=typed[:200])
    article = factories.ArticleFactory(
        section=section, title=typed[:200], standfirst=typed, slug="typed", lead_image=image, disclosure=typed
    )
    author = factories.ContributorFactory(name=typed[:100], slug="typed")
    factories.rewrite([author], credentials=typed[:15], biography=typed)
    article.byline.create(contributor=author, position=1)
    article.references.create(position=1, citation=typed)
    article.topics.set([Topic.objects.create(name=typed[:80], slug="typed")])
    desk.save(article, by=None)
    return press.publish(article, by=factories.editor())


def asked(client, address, content_type):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert answer["X-Content-Type-Options"] == "nosniff"
    return answer.content


class Page(HTMLParser):
    """What a browser would take for words, elements, data blocks and properties of a page."""

    def __init__(self, html):
        super().__init__()
        self.words, self.tags, self.blocks, self.properties, self._in = "", [], [], {}, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "meta" and ("property" in given or "name" in given):
            self.properties[given.get("property") or given["name"]] = given.get("content")
        self._in = [tag, given.get("type")]

    def handle_endtag(self, tag):
        self._in = []

    def handle_data(self, data):
        if self._in[:1] == ["script"]:
            self.blocks.append(data)
        elif self._in[:1] != ["style"]:
            self.words += data


def squeezed(words):
    return " ".join(words.split())


ATOM, MEDIA, NEWS = (
    f"{{{space}}}"
    for space in (
        "http://www.w3.org/2005/Atom",
        "http://search.yahoo.com/mrss/",
        "http://www.google.com/schemas/sitemap-news/0.9",
    )
)


def in_xml(words):
    """A name isn't cleaned when it is saved: XML leaves out what it cannot say, and ends every line alike."""
    return text.UNSEEN.sub("", words)


def in_atom(client, edition, typed, kept, address):
    content = asked(client, address, "application/atom+xml; charset=utf-8")
    feed = ElementTree.fromstring(content)
    [entry] = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}title") == (f"{SITE}: {in_xml(typed[:60])}" if "news" in address else SITE)
    assert entry.findtext(f"{ATOM}title") == edition.title == kept[:200]
    summary = entry.find(f"{ATOM}summary")
    assert (summary.text, summary.get("type")) == (edition.standfirst, "text")
    byline = edition.bylines.get()
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == in_xml(str(byline))
    assert [one.get("term") for one in entry.findall(f"{ATOM}category")] == [
        in_xml(typed[:60]),
        in_xml(edition.topics[0]["name"]),
    ]
    assert entry.findtext(f"{MEDIA}content/{MEDIA}title") == in_xml(typed[:200])
    assert entry.findtext(f"{MEDIA}content/{MEDIA}description") == snapshot.canonical(typed[:250])
    page = Page(entry.findtext(f"{ATOM}content"))
    assert squeezed(kept) in squeezed(page.words)
    assert "script" not in page.tags
    assert page.tags.count("img") == 1
    assert not feedparser.parse(content).bozo


def in_json_feed(client, edition, typed, kept):
    feed = json.loads(asked(client, "/news/feed.json", "application/feed+json"))
    [item] = feed["items"]
    assert (feed["title"], feed["description"]) == (f"{SITE}: {typed[:60]}", typed[:200])
    assert (item["title"], item["summary"]) == (kept[:200], kept)
    assert [one["name"] for one in item["authors"]] == [str(edition.bylines.get())]
    assert item["tags"] == [typed[:60], edition.topics[0]["name"]]
    assert Page(item["content_html"]).tags.count("img") == 1


def in_sitemap(client, edition, typed, kept):
    tree = ElementTree.fromstring(asked(client, "/sitemap-news.xml", "application/xml"))
    assert [one.text for one in tree.iter(f"{NEWS}title")] == [kept[:200]]
    assert [one.text for one in tree.iter(f"{NEWS}name")] == [SITE]


def in_structured_data_and_cards(client, edition, typed, kept):
    page = Page(asked(client, "/articles/typed/", "text/html; charset=utf-8").decode())
    [data] = page.blocks
    node = json.loads(data)["@graph"][0]
    assert (node["name"], node["mainEntity"]["headline"]) == (kept[:200], kept[:200])
    assert node["description"] == kept
    assert node["mainEntity"]["author"][0]["name"] == edition.bylines.get().name
    assert node["mainEntity"]["articleSection"] == typed[:60]
    assert node["mainEntity"]["citation"][0]["name"] == kept
    assert page.properties["og:title"].split() == kept[:200].split()  # blanks at a line's start are no part of a page
    described, whole = page.properties["og:description"], " ".join(kept.split())
    assert described == whole or (len(described) <= 160 and whole.startswith(described.removesuffix("…")))
    person = Page(asked(client, "/people/typed/", "text/html; charset=utf-8").decode())
    [data] = person.blocks
    assert json.loads(data)["@graph"][0]["mainEntity"]["description"] == typed


def in_record_of_trust(client, edition, typed, kept):
    said = json.loads(asked(client, "/articles/typed/record.json", "application/json"))
    assert (said["title"], said["disclosure"]) == (kept[:200], kept)
    assert said["authors"][0]["name"] == edition.bylines.get().name
    assert said["references"][0]["citation"] == kept
    assert said["pictures"][0]["description"] == typed[:300]


def test_every_address_says_what_was_typed(client, edition, typed, kept):
    """One article for all of them: none changes anything."""
    for address in ("/feed/", "/news/feed/"):
        in_atom(client, edition, typed, kept, address)
    for output in (in_json_feed, in_sitemap, in_structured_data_and_cards, in_record_of_trust):
        output(client, edition, typed, kept)


def test_what_the_site_says_of_itself(client, settings):
    settings.SITE_NAME = SITE
    settings.SECURITY_CONTACT = addresses.contact("https://example.org/report?a=1,2;b=%22x%22&c")
    assert json.loads(asked(client, "/manifest.webmanifest", "application/manifest+json"))["name"] == SITE
    for address in ("/robots.txt", "/.well-known/security.txt"):
        lines = asked(client, address, "text/plain; charset=utf-8").decode().split("\n")
        assert all(": " in line or not line for line in lines)
        if "security" in address:
            assert lines[0] == f"Contact: {settings.SECURITY_CONTACT}"


# Mail -----------------------------------------------------------------------------------------------------------------


def read(message, settings):
    """A mail as the one who gets it reads it."""
    envelope = Envelope(
        message=message,
        sender="letter@example.org",
        recipient="reader@example.org",
        message_id="<1@example.org>",
        from_email=settings.DEFAULT_FROM_EMAIL,
        date=AT,
    )
    mail = BytesParser(policy=policy.default).parsebytes(envelope.content)
    assert not mail.defects
    assert {"Bcc", "Cc"}.isdisjoint(mail.keys())
    assert mail["To"] == "reader@example.org"
    # RFC 2047, 6.2; Python’s newer parser of headers keeps the blank between two encoded words.
    name, address = parseaddr(BytesParser(policy=policy.compat32).parsebytes(envelope.content)["From"])
    assert (str(make_header(decode_header(name))), address) == (SITE, "letter@example.org")
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), plain.get_content_charset()) == ("text/plain", "utf-8")
    assert (html.get_content_type(), html.get_content_charset()) == ("text/html", "utf-8")
    return mail, plain.get_content(), Page(html.get_content())


def in_newsletter(edition, kept, settings):
    issue = building.build()
    issue.introduction = kept
    mail, plain, page = read(rendering.render(issue).for_nobody(), settings)
    assert mail["Subject"] == issue.subject
    assert mail["List-Archive"] == f"<{settings.SITE_URL}/newsletter/>"
    for words in (edition.title, edition.standfirst, kept):
        assert squeezed(words) in squeezed(plain)
        assert squeezed(words) in squeezed(page.words)
    assert page.tags.count("img") == 1
    assert "script" not in page.tags


def in_a_mail_to_one_person(edition, kept, settings):
    Contributor.objects.update(email="reader@example.org")
    person = Contributor.objects.get(slug="typed")
    report = edition.reports.create(
        quoted=kept, wrong="x", reader_severity="harm", severity="harm", email=person.email, answer=kept
    )
    context = {"report": report.pk, "revision": edition.revision_id, "reviewer": person.pk, "asked_by": kept}
    mail = OutgoingMail(to="reader@example.org", context=context)
    for kind in ("report_answer", "review_request"):
        read_mail, plain, page = read(KINDS[kind].write(mail, AT), settings)
        assert text.on_one_line(edition.title) in read_mail["Subject"], kind
        assert squeezed(edition.title) in squeezed(plain), kind
        assert squeezed(edition.title) in squeezed(page.words), kind
        assert {"script", "img"}.isdisjoint(page.tags), kind


def test_every_mail_says_what_was_typed(edition, kept, settings):
    in_newsletter(edition, kept, settings)
    in_a_mail_to_one_person(edition, kept, settings)
