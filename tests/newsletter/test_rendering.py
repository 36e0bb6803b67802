"""The letter as it is worded: both bodies, its headers, its size, and what must never be in it."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.mail.message import HeaderRefused, Message
from articles.mail.wrapping import WIDTH, paragraphs, wrapped
from articles.models import Issue
from articles.newsletter.issues import building, rendering
from tests import factories

SITE = "https://letter.example"
LEAVE = f"{SITE}/unsubscribe/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG/"
CHOICES = f"{SITE}/preferences/xyz/"
OWN = {"leave": LEAVE, "preferences": CHOICES}


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, name):
        return [attrs for tag, attrs in self.found if tag == name]


@pytest.fixture
def issue(db, settings):
    settings.SITE_URL = SITE
    settings.POSTAL_ADDRESS = "1 Example Street, 12345 Town"
    picture = factories.CreditFactory(title="Channel", creator="Jane Doe").image
    bare = factories.ImageFactory()
    factories.print_edition(title="In the news", in_section="news")
    factories.print_edition(title="Pumps & <pain>", lead_image=picture)
    issue = building.build()
    credited = factories.CreditFactory(image=bare)
    article = factories.print_edition(title="Uncredited", in_section="conditions", lead_image=bare)
    credited.delete()
    building.build()
    Issue.objects.update(introduction="Dear reader,\r\n\r\nthis week: “pumps” & more.", subject="Pumps, and 2 more")
    assert article
    return Issue.objects.get(pk=issue.pk)


def mail(issue, **kwargs):
    return rendering.render(issue).for_reader(**{"sections": "", **OWN, **kwargs})


def test_both_bodies_say_the_same(issue):
    message = mail(issue)
    for words in ("Pumps", "In the news", "Uncredited", "Dear reader,", "1 Example Street, 12345 Town"):
        assert words in message.text
        assert words in message.html
    assert "this week: “pumps” & more." in message.text
    assert "Pumps & <pain>" in message.text
    assert "Pumps &amp; &lt;pain&gt;" in message.html


def test_every_picture_has_its_credit_in_both_bodies_and_one_without_is_a_sentence(issue):
    message = mail(issue)
    assert "Picture: “Channel” by Jane Doe via Flickr, CC BY 4.0" in message.text
    assert "Jane Doe" in message.html
    assert "https://creativecommons.org/licenses/by/4.0/" in message.html
    assert "its credit is incomplete" in message.html
    [picture] = Tags(message.html).named("img")
    assert picture["alt"] == "Lines that meet in one point."


def test_the_headers_are_those_of_a_list(issue):
    assert mail(issue).headers == {
        "List-Unsubscribe": f"<{LEAVE}>, <mailto:letter@testserver?subject=unsubscribe%20{LEAVE.split('/')[-2]}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": '"Inside Pain Medicine" <newsletter.letter.example>',
        "List-Archive": f"<{SITE}/newsletter/>",
    }


def test_nothing_in_it_tells_who_opened_it_or_runs(issue):
    message = mail(issue)
    tags = Tags(message.html)
    assert not {tag for tag, _attrs in tags.found} & {"script", "link", "iframe", "form", "object", "svg", "video"}
    for picture in tags.named("img"):
        assert picture["src"].startswith(f"{SITE}/media/")
        assert "?" not in picture["src"]
    ours = {a["href"].removeprefix(SITE) for a in tags.named("a") if a["href"].startswith(SITE)}
    assert {re.sub(r"^/(articles|newsletter)/[^/]+/$", r"/\1/…/", path) for path in ours} == {
        "/",
        "/articles/…/",
        "/newsletter/…/",
        LEAVE.removeprefix(SITE),
        CHOICES.removeprefix(SITE),
    }
    assert tags.named("html")[0]["lang"] == "en"
    assert "url(" not in message.html
    assert "@import" not in message.html


def test_it_reads_in_the_dark_and_with_pictures_off(issue):
    html = mail(issue).html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert html.index("Pumps &amp; &lt;pain&gt;</a></h1>") < html.index("<img ")
    assert "data-css-inline" not in html
    assert 'style="' in html


def test_two_readers_differ_in_their_links_and_in_nothing_else(issue):
    whole = rendering.render(issue)
    one = whole.for_reader(sections="", leave=LEAVE, preferences=CHOICES)
    other = whole.for_reader(sections="", leave="https://example.org/unsubscribe/b/", preferences="https://x/c/")
    for before, after in ((one.text, other.text), (one.html, other.html)):
        assert before.count(LEAVE) == 1
        assert before.replace(LEAVE, "https://example.org/unsubscribe/b/").replace(CHOICES, "https://x/c/") == after
        assert ".invalid" not in before


def test_a_reader_of_some_sections_gets_those(issue):
    text = mail(issue, sections=",news,").text
    assert "In the news" in text
    assert "Pumps & <pain>" not in text
    both = mail(issue, sections=",news,treatments,").text
    assert "In the news" in both
    assert "Pumps & <pain>" in both


def test_lines_of_the_plain_body_fit_a_mail_program(issue):
    long = [line for line in mail(issue).text.splitlines() if len(line) > WIDTH and "://" not in line]
    assert long == []


def test_twenty_articles_with_pictures_stay_under_a_hundred_kilobytes(db):
    for _n in range(20):
        factories.print_edition(
            title="A title that is long enough to fill two lines of a letter on a telephone",
            standfirst="So much to say. " * 18,
            lead_image=factories.CreditFactory().image,
        )
    issue = building.build()
    assert issue.items.count() == 12  # the first letter
    since = issue.since.replace(year=2020)
    building.build(since=since)
    message = rendering.render(Issue.objects.get()).for_nobody()
    assert message.text.count("Picture:") == 20
    assert len(message.html.encode()) < building.LARGEST


def test_preparing_takes_a_constant_number_of_queries_and_a_reader_none(issue, django_assert_num_queries):
    with django_assert_num_queries(4):
        whole = rendering.render(issue)
        whole.bodies("")
    started = time.process_time()
    with django_assert_num_queries(0):
        for _n in range(1000):
            whole.for_reader(sections="", **OWN)
    assert time.process_time() - started < 5  # seconds of the CPU, gross: it takes some 30 ms


@pytest.mark.parametrize("field", ["subject", "List-Unsubscribe"])
@pytest.mark.parametrize("breaking", ["\r\nBcc: x@example.org", "\n", "\r", "\x00", "\x85", "\u2028"])
def test_no_header_of_a_mail_is_more_than_one_line(field, breaking):
    fields = {"subject": "S", "text": "", "html": "", "headers": {}}
    if field == "subject":
        fields["subject"] += breaking
    else:
        fields["headers"] = {field: f"<https://x/>{breaking}"}
    with pytest.raises(HeaderRefused, match="contains a line break or another control character"):
        Message(**fields)


def test_a_link_with_a_line_break_is_refused(issue):
    with pytest.raises(HeaderRefused):
        mail(issue, leave="https://example.org/unsubscribe/a\r\nBcc: x@example.org/")


@given(st.text())
def test_wrapping_keeps_every_word(words):
    assert wrapped(words).split() == words.split()
    assert [word for part in paragraphs(words) for word in part.split()] == words.split()


def test_an_address_is_never_broken():
    address = "https://example.org/" + "a-b/" * 60
    assert address in wrapped(f"Read it here: {address} and then rest.")


def test_what_nobody_reviewed_says_so_in_both_bodies(issue):
    assert "Not medically reviewed" not in mail(issue).text + mail(issue).html
    factories.print_edition(title="Only reported", in_section="news", signed=False)
    newer = building.build()
    for body in (mail(newer).text, mail(newer).html):
        assert body.count("Not medically reviewed") == 1
