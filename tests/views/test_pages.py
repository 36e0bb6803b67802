"""The public pages: what is live is shown, what is not never shows through, and they cost what they may."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import get_resolver

from articles.models import Article, Image, ImageCredit, Issue, Section, shown
from articles.newsletter.issues import building
from articles.publishing import desk, pictures, press
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "xylocanary"
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SEARCH_MODULE = ' type="module" src="/static/articles/search.js">'
DATA = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)


@pytest.fixture
def edition():
    lead = pictures.store(factories.picture_bytes("JPEG", (400, 230)), name="a.jpg", alt="Lines that meet.")
    factories.CreditFactory(image=lead, creator_url="https://example.org/jane")
    second = pictures.store(factories.picture_bytes("JPEG", (390, 230)), name="b.jpg", alt="A second drawing.")
    inside = factories.CreditFactory(image=second, title="Second drawing").image
    return factories.print_edition(
        slug="pumps",
        title="Pumps & pain",
        lead_image=lead,
        lead_caption="A pump.",
        closing_question="Would you want one?",
        body=factories.BODY + f'<figure data-picture="{inside.pk}"><figcaption>Where it sits.</figcaption></figure>',
    )


def page(client, address, status=200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_article_shows_everything_that_a_reader_may_want_to_know(client, edition):
    html = page(client, "/articles/pumps/")
    said = words(html)
    reviewer = edition.review.full_name
    for expected in (
        "Pumps &amp; pain",
        "What a pump can do.",
        edition.bylines.get().name,
        reviewer,
        "“ Channel ” by Jane Doe via Flickr, CC BY 4.0",
        "“ Second drawing ” by Jane Doe via Flickr, CC BY 4.0",
        "Where it sits.",
        "Doe J. Pumps. J Pain. In press.",
        "Would you want one?",
        "The authors report no conflicts of interest.",
    ):
        assert expected in said, expected
    for link in (
        "https://example.org/work",
        "https://example.org/jane",
        "https://creativecommons.org/licenses/by/4.0/",
    ):
        assert f'href="{link}"' in html
    assert '<section class="box risk">' in html
    assert 'popovertarget="cite-1"' in html
    assert 'id="ref-1"' in html
    assert 'method="post" action="/subscribe/"' in html
    assert 'alt="Lines that meet."' in html


def test_an_article_takes_at_most_five_queries(client, edition, django_assert_max_num_queries):
    """Once sections and cards of medicines are known, as they are until something public changes."""
    page(client, "/articles/pumps/")
    with django_assert_max_num_queries(5):
        page(client, "/articles/pumps/")


def test_home_takes_two_queries_and_shows_the_newest_of_all_once(client, django_assert_num_queries):
    sections = ("conditions", "treatments", "news")
    for number, section in enumerate((*sections, "treatments")):
        factories.print_edition(slug=f"no-{number}", in_section=section, at=MONDAY + number * DAY)
    page(client, "/")
    with django_assert_num_queries(2):
        html = page(client, "/")
    first, rest = html.split('<ul class="rows second">', 1)
    assert 'href="/articles/no-3/"' in first
    assert 'href="/articles/no-3/"' not in rest
    assert all(rest.count(f'href="/articles/no-{number}/"') == 1 for number in range(3))


def test_a_list_takes_as_many_queries_for_one_as_for_four(client, edition):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(address):
        page(client, address)
        with CaptureQueriesContext(connection) as counted:
            page(client, address)
        return len(counted)

    lists = ["/", "/treatments/", "/credits/", "/people/"]
    first = [asked(address) for address in lists]
    assert max(first) <= 4
    for _number in range(3):
        factories.print_edition(lead_image=factories.CreditFactory().image)
    assert [asked(address) for address in lists] == first


ADDRESSES = [
    "/",
    "/treatments/",
    "/articles/pumps/",
    "/people/",
    "/credits/",
    "/how-we-review/",
    "/subscribe/",
    "/robots.txt",
    "/articles/none/",
    "/health/live",
    "/health/ready",
    "/subscribe/confirm/x/",
    "/unsubscribe/x/",
]


def test_no_public_answer_sets_a_cookie_varies_on_one_or_carries_another_script_than_that_of_the_search(
    client, edition
):
    for address in ADDRESSES:
        answer = client.get(address, headers={"cookie": "desk=abc; csrftoken=def"})
        assert not answer.cookies, address
        assert "cookie" not in answer.get("Vary", "").lower(), address
        scripts = DATA.sub("", answer.content.decode()).split("<script")[1:]
        assert [script.partition("</script>")[0] for script in scripts] in ([], [SEARCH_MODULE]), address
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy.split("; ") or "script-src" not in policy, address
        assert answer["X-Content-Type-Options"] == "nosniff", address


# What is not public never shows through -------------------------------------------------------------------------------


def sent_letter() -> Issue:
    issue = building.approve(building.build(), by=factories.newsletter_editor())
    Issue.objects.filter(pk=issue.pk).update(state=Issue.SENDING, started_at=issue.approved_at)
    return issue


def every_address(edition) -> list[str]:
    """An address for each public pattern, so that a page added later is among them."""
    values = {
        "article": [edition.slug],
        "history": [edition.slug],
        "answer": [edition.slug],
        "report": [edition.slug],
        "person": [edition.bylines.get().contributor.slug],
        "section": ["treatments"],
        "section-feed": ["treatments"],
        "section-json-feed": ["treatments"],
        "a-to-z": ["treatments"],
        "record": [edition.slug],
        "topic": ["none"],
        "topic-feed": ["none"],
        "topic-json-feed": ["none"],
        "medicine": ["none"],
        "archive-year": [2026],
        "archive-month": [2099, 1],
        "sitemap-part": [1],
        "share-card": [edition.article_id, "0"],
        "indexnow-key": ["none"],
        "preview": ["x"],
        "review": ["x"],
        "stop-change": ["x"],
        "confirm": ["x"],
        "unsubscribe": ["x"],
        "not-me": ["x"],
        "preferences": ["x"],
        **{f"{name}-mangled": ["x/y"] for name in ("confirm", "unsubscribe", "not-me", "preferences")},
        "media": ["renditions/x"],
        "issue": [sent_letter().number],
    }
    from django.urls import reverse

    names = {pattern.name for pattern in get_resolver("articles.urls").url_patterns}
    return [reverse(name, args=values.get(name, [])) for name in sorted(names)]


def test_no_word_of_a_draft_shows_on_any_public_page(client, edition):
    """A canary in every field of the working copy, of another draft, of a scheduled edition and of a closed one."""
    article = Article.objects.get()
    for name in ("title", "standfirst", "body", "closing_question", "disclosure", "lead_caption"):
        setattr(article, name, f"{CANARY} {name}")
    desk.save(article, by=None)
    factories.publishable_article(title=f"{CANARY} draft", slug=f"{CANARY}-draft")
    factories.print_edition(title=f"{CANARY} scheduled", slug=f"{CANARY}-later", at=datetime(2099, 1, 1, tzinfo=UTC))
    for address in [*every_address(edition), f"/articles/{CANARY}-draft/", f"/articles/{CANARY}-later/"]:
        body = client.get(address).content.decode(errors="replace")
        assert f"{CANARY} " not in body, address


def test_a_preview_of_what_is_scheduled_is_not_public(client):
    factories.print_edition(slug="later", at=datetime(2099, 1, 1, tzinfo=UTC))
    page(client, "/articles/later/", 404)
    with time_machine.travel(datetime(2099, 1, 1, tzinfo=UTC), tick=False):
        page(client, "/articles/later/")


@pytest.mark.parametrize("lacking", [{"license": ""}, {"creator": ""}, {"source_url": ""}])
def test_a_picture_whose_credit_got_lost_is_never_sent(client, edition, lacking):
    """The credit is looked up when a page is made, so what is wrong about it now counts now."""
    ImageCredit.objects.update(**lacking)
    for address in ("/articles/pumps/", "/", "/treatments/", "/credits/"):
        html = page(client, address)
        assert "<img" not in html, address
    assert page(client, "/articles/pumps/").count("A picture isn’t shown here") == 2


def test_a_mended_credit_is_mended_everywhere_at_once(client, edition, django_capture_on_commit_callbacks):
    for credit in ImageCredit.objects.all():
        credit.creator = "Jane Q. Doe"
        with django_capture_on_commit_callbacks(execute=True):
            credit.save()
    assert DATA.sub("", page(client, "/articles/pumps/")).count("Jane Q. Doe") == 2
    assert "Jane Q. Doe" in page(client, "/credits/")


# Addresses ------------------------------------------------------------------------------------------------------------


def test_an_older_address_leads_to_the_present_one_and_a_withdrawn_one_says_why(client, edition):
    article = Article.objects.get()
    article.slug = "pain-pumps"
    desk.save(article, by=None)
    press.publish(article, by=edition.by)
    moved = client.get("/articles/pumps/")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/pain-pumps/")
    press.withdraw(article, by=edition.by, note="It named a <wrong> dose.")
    for address in ("/articles/pumps/", "/articles/pain-pumps/"):
        assert "It named a &lt;wrong&gt; dose." in page(client, address, 410)
    assert "Pumps" not in page(client, "/treatments/")


def test_a_section_has_pages_and_odd_numbers_lead_to_one_of_them(client):
    for _count in range(14):
        factories.print_edition(in_section="news", signed=False)
    asked = {"": 1, "?page=2": 2, "?page=99": 2, "?page=0": 2, "?page=-1": 2, "?page=x": 1}
    shown = {query: re.findall(r"<span>Page (\d+) of 2<", page(client, "/news/" + query)) for query in asked}
    assert shown == {query: [str(number)] for query, number in asked.items()}


@pytest.mark.parametrize("address", ["/nothing/", "/articles/", "/people/nobody/", "/articles/a/b/", "/%00/"])
def test_what_is_not_there_is_a_page_of_ours(client, address):
    html = page(client, address, 404)
    assert "Inside Pain Medicine" in html


def test_pages_that_show_are_not_for_posting(client, edition):
    shown = ["/", "/news/", "/articles/pumps/", "/credits/", "/people/"]
    assert {address: client.post(address).status_code for address in shown} == dict.fromkeys(shown, 405)


def test_an_empty_publication_is_no_error(client):
    for address in ("/", "/conditions/", "/treatments/", "/news/", "/people/", "/credits/"):
        page(client, address)


def test_a_section_that_an_editor_adds_has_a_page(client):
    factories.public(Section(slug="devices", name="Devices", summary="Machines.", position=9))
    assert "Machines." in page(client, "/devices/")


def test_a_page_is_whole_html_with_one_heading_of_the_first_rank(client, edition):
    for address in ("/", "/treatments/", "/articles/pumps/", "/people/", "/credits/", "/how-we-review/", "/subscribe/"):
        html = page(client, address)
        assert html.count("<h1") == 1, address
        assert html.rstrip().endswith("</html>")


# Media ----------------------------------------------------------------------------------------------------------------


def test_a_picture_says_its_size_before_it_is_there(client, edition):
    for tag in re.findall(r"<img[^>]+>", page(client, "/articles/pumps/")):
        assert re.search(r'width="\d+"', tag)
        assert re.search(r'height="\d+"', tag)


def test_a_reader_is_told_plainly_that_we_failed(client, monkeypatch):
    client.raise_request_exception = False

    def fail(*arguments):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("articles.views.front.newest_in_each", fail)
    html = page(client, "/", 500)
    assert "Something went wrong on our side" in html
    assert "secret" not in html


def test_every_picture_of_a_live_page_is_in_the_list_of_credits(client, edition):
    said = words(page(client, "/credits/"))
    assert all(ImageCredit.objects.get(image=image).title in said for image in Image.objects.all())
    assert "Pumps &amp; pain" in said


def test_an_article_that_is_published_while_it_is_asked_for_is_shown_and_leads_nowhere(client, monkeypatch):
    """A redirect to itself would be kept by caches, and nobody could read it."""
    asked, ask = [], shown.article_at

    def ask_and_publish(slug, at):
        found = ask(slug, at)
        if not asked:
            factories.print_edition(slug=slug, title="Just now", at=at - timedelta(seconds=1))
        asked.append(slug)
        return found

    monkeypatch.setattr(shown, "article_at", ask_and_publish)
    answer = client.get("/articles/new/")
    assert (answer.status_code, asked) == (200, ["new", "new"])
    assert "Just now" in answer.content.decode()
