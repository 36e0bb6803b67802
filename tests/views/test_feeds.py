"""The feeds: what is live and nothing else, whole text with credits, `updated` that moves with a correction."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
from django.utils.http import http_date

from articles import feeds
from articles.models import Article, Edition, Image, ImageCredit, Revision, Topic, guards
from articles.publishing import checks, desk, overrides, pictures, press
from tests import factories, markup

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, address="/feed/"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def words(entry, name):
    return entry.find(f"{ATOM}{name}").text


@pytest.fixture
def edition():
    image = factories.CreditFactory().image
    body = factories.BODY + f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    return factories.print_edition(slug="pumps", title="Pumps & <pain>", body=body)


def test_an_entry_is_the_whole_article(client, edition):
    [entry] = entries(client)
    text = words(entry, "content")
    assert words(entry, "summary") == "What a pump can do."
    assert words(entry, "title") == "Pumps & <pain>"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/articles/pumps/"
    assert words(entry, "published") == words(entry, "updated")
    for said in ("What a pump can do.", "It may harm.", "Jane Doe", "CC BY 4.0", 'src="http://testserver/media/'):
        assert said in text
    assert 'href="http://testserver/articles/pumps/#ref-1"' in text


def test_a_correction_moves_updated_and_is_told_first(client, edition):
    article = Article.objects.get()
    article.standfirst = "Mended."
    desk.save(article, by=None)
    factories.sign(article)
    before = entries(client)[0]
    with time_machine.travel(edition.live_from + timedelta(days=1)):
        factories.correct(article, press.Erratum("an NSAID", "a blocker", "Its label.", "safety"), by=edition.by)
        [entry] = entries(client)
    assert words(entry, "id") == words(before, "id")
    assert words(entry, "published") == words(before, "published")
    assert words(entry, "updated") > words(before, "updated")
    assert words(entry, "content").startswith("<p><strong>Corrected on ")


def test_a_slip_of_the_pen_moves_no_date(client):
    edition = factories.print_edition(standfirst="What a pupm can do.")
    with time_machine.travel(edition.live_from + timedelta(days=1)):
        factories.fix_typo(edition.article, was="pupm", now="pump", by=edition.by)
        [entry] = entries(client)
        [item] = feed_of(client)["items"]
    assert words(entry, "summary") == "What a pump can do."
    assert words(entry, "updated") == edition.live_from.isoformat() == item["date_modified"]


def test_a_feed_holds_what_is_live_in_its_section(client, edition):
    factories.print_edition(in_section="news", signed=False, title="News item")
    factories.publishable_article(title="A draft")
    assert [words(entry, "title") for entry in entries(client)] == ["News item", "Pumps & <pain>"]
    assert [words(entry, "title") for entry in entries(client, "/treatments/feed/")] == ["Pumps & <pain>"]
    assert entries(client, "/conditions/feed/") == []
    assert client.get("/nothing/feed/").status_code == 404
    press.withdraw(edition.article, by=edition.by, note="x")
    assert [words(entry, "title") for entry in entries(client)] == ["News item"]


MEDIA = "{http://search.yahoo.com/mrss/}"


def test_every_picture_comes_with_its_credit(client):
    stored = pictures.store(factories.picture_bytes("JPEG", (700, 400)), name="a.jpg", alt="Lines & curves.")
    credit = factories.CreditFactory(image=stored, title="Channel <1>")
    factories.print_edition(lead_image=stored)
    [entry] = entries(client)
    [content] = entry.findall(f"{MEDIA}content")
    image = Image.objects.with_credit().get()
    assert content.attrib == {
        "url": f"http://testserver{image.full.url(640)}",
        "medium": "image",
        "type": "image/jpeg",
        "width": "640",
        "height": "366",
    }
    said = {one.tag.removeprefix(MEDIA): (one.text, one.attrib) for one in content}
    assert said == {
        "title": ("Channel <1>", {}),
        "description": ("Lines & curves.", {}),
        "credit": ("Jane Doe", {"role": "author", "scheme": "urn:ebu"}),
        "copyright": (str(credit), {"url": "https://creativecommons.org/licenses/by/4.0/"}),
    }
    assert client.get(image.full.url(640)).status_code == 200
    assert "Lines &amp;amp; curves." in client.get("/feed/").content.decode()  # the lead picture is in the text too


def test_a_picture_without_a_complete_credit_is_not_in_a_feed(client, edition):
    ImageCredit.objects.update(license="")
    assert "<img" not in words(entries(client)[0], "content")


def test_a_control_character_does_not_break_a_feed(client):
    factories.print_edition(in_section="news", signed=False, standfirst="Bad\x0bword")
    assert entries(client)


# JSON Feed, and what both have ----------------------------------------------------------------------------------------


def feed_of(client, address="/feed.json"):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/feed+json")
    return answer.json()


def test_a_json_feed_says_the_same(client, edition):
    feed = feed_of(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"]) == ("http://testserver/", "http://testserver/feed.json")
    [item] = feed["items"]
    [entry] = entries(client)
    assert item["id"] == words(entry, "id")
    assert item["title"] == "Pumps & <pain>"
    assert item["url"] == "http://testserver/articles/pumps/"
    assert item["content_html"] == words(entry, "content")
    assert item["summary"] == "What a pump can do."
    assert item["tags"] == ["Treatments"]
    byline = edition.bylines.get()
    assert item["authors"] == [{"name": str(byline), "url": f"http://testserver/people/{byline.contributor.slug}/"}]
    assert item["date_published"] == item["date_modified"] == edition.live_from.isoformat()


def test_a_json_feed_of_a_section_holds_that_section(client, edition):
    factories.print_edition(in_section="news", signed=False, title="News item")
    assert [item["title"] for item in feed_of(client, "/news/feed.json")["items"]] == ["News item"]
    assert feed_of(client, "/conditions/feed.json")["items"] == []
    assert client.get("/nothing/feed.json").status_code == 404


def test_each_author_has_an_element_of_their_own(client):
    article = factories.publishable_article(in_section="news", signed=False)
    second = factories.ContributorFactory(name="Ana Ruiz", slug="ana", credentials="MD")
    article.byline.create(contributor=second, position=1)
    press.publish(article, by=factories.editor())
    [entry] = entries(client)
    names = [one.findtext(f"{ATOM}name") for one in entry.findall(f"{ATOM}author")]
    assert names[1:] == ["Ana Ruiz, MD"]
    assert len(names) == 2


def test_a_feed_carries_the_lead_picture_with_its_credit_and_the_references_whole(client):
    image = factories.CreditFactory().image
    factories.print_edition(slug="pumps", lead_image=image, lead_caption="A pump.")
    for text in (words(entries(client)[0], "content"), feed_of(client)["items"][0]["content_html"]):
        for said in (
            "A pump.",
            "Jane Doe",
            "CC BY 4.0",
            "<h2>References</h2>",
            "Doe J. Pumps.",
            "Disclosure: The authors",
        ):
            assert said in text
    assert feed_of(client)["items"][0]["image"] == f"http://testserver{image.url}"
    ImageCredit.objects.update(license="")
    assert "<img" not in words(entries(client)[0], "content")
    assert "image" not in feed_of(client)["items"][0]


def test_no_address_in_a_feed_needs_its_page(client):
    body = factories.BODY + '<p><a href="/articles/other/">Another article</a></p>'
    factories.print_edition(in_section="news", signed=False, body=body)
    text = words(entries(client)[0], "content")
    assert 'href="http://testserver/articles/other/"' in text
    assert 'href="/' not in text
    assert 'src="/' not in text


def test_an_authors_words_about_addresses_go_out_as_they_were_written(client):
    said = 'Write href="/topics/", href="#top" or src="/a.png", /media/ in the page’s own words.'
    body = f"{factories.BODY}<p>{said}</p>"
    factories.print_edition(in_section="news", signed=False, body=body, standfirst=said)
    for content in (words(entries(client)[0], "content"), feed_of(client)["items"][0]["content_html"]):
        page = markup.squeezed(content)
        assert page.count(said) == 2, page


def test_every_size_of_a_picture_in_a_feed_has_a_whole_address(client):
    stored = pictures.store(factories.picture_bytes("JPEG", (1300, 700)), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored)
    factories.print_edition(lead_image=stored)
    sets = re.findall(r'srcset="([^"]*)"', words(entries(client)[0], "content"))
    named = [one.split() for candidates in sets for one in candidates.split(",")]
    assert len(named) > len(sets) > 2
    for address, width in named:
        assert address.startswith("http://testserver/media/"), address
        assert width.endswith("w")
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_a_withdrawal_moves_the_feeds_own_date(client, edition):
    def updated():
        return ElementTree.fromstring(client.get("/feed/").content).findtext(f"{ATOM}updated")

    assert updated() == edition.live_from.isoformat()
    later = edition.live_from + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        press.withdraw(edition.article, by=edition.by, note="x")
        assert updated() == later.isoformat()


def test_a_feed_takes_as_many_queries_for_one_as_for_four(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.print_edition()
    for address in ("/feed/", "/feed.json"):
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        first = len(counted)
        for _number in range(3):
            factories.print_edition(lead_image=factories.CreditFactory().image)
        client.get(address)
        with django_assert_num_queries(first):
            client.get(address)


def test_an_entry_is_worked_out_once_until_something_that_it_says_changes(client, monkeypatch):
    edition = factories.print_edition(lead_image=factories.CreditFactory().image)
    factories.print_edition(in_section="news", signed=False)
    made = []
    monkeypatch.setattr(feeds, "_entry", lambda edition, make=feeds._entry: made.append(edition.pk) or make(edition))

    def again():
        made.clear()
        contents = [client.get(address).content.decode() for address in ("/feed/", "/feed.json", "/treatments/feed/")]
        return made[:], contents

    assert len(again()[0]) == 2
    assert again()[0] == []
    ImageCredit.objects.update(creator="Ana Ruiz")
    Image.objects.update(rendered=Image.objects.with_credit().get().stamp())
    found, contents = again()
    assert found == [edition.pk]
    assert all("Ana Ruiz" in content and "Jane Doe" not in content for content in contents)
    author = edition.bylines.get().contributor
    factories.rewrite([author], slug="another-address")
    found, contents = again()
    assert found == [edition.pk]
    assert all("/people/another-address/" in content for content in contents)
    with time_machine.travel(edition.live_from + timedelta(days=1)):
        assert len(again()[0]) == 2  # with the day, the rights in a picture may end


def test_an_edition_that_has_the_number_of_another_after_a_restore_is_told_as_itself(client, edition):
    """What was published after a backup is gone with its number, which the next edition gets."""
    assert [words(entry, "title") for entry in entries(client)] == ["Pumps & <pain>"]
    guards.lift()
    Edition.objects.filter(pk=edition.pk).update(title="Stents")
    Revision.objects.filter(pk=edition.revision_id).update(digest="0" * 64)
    assert [words(entry, "title") for entry in entries(client)] == ["Stents"]


def test_entries_are_kept_within_bounds(client, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_KEPT", 3)
    for number in range(5):
        factories.print_edition(in_section="news", signed=False, title=f"News {number}")
        assert words(entries(client)[0], "title") == f"News {number}"
    assert len(entries(client)) == 5
    assert len(feeds._kept) <= 5  # those of one feed at most


HOSTILE = "<img src=x onerror=alert(1)> a < b & ]]> “c” \u2028 &amp;"


def test_a_standfirst_arrives_word_for_word_as_text(client):
    factories.print_edition(standfirst=HOSTILE, slug="hostile")
    [entry] = entries(client)
    [summary] = entry.findall(f"{ATOM}summary")
    assert (summary.attrib, summary.text) == ({"type": "text"}, Edition.objects.get().standfirst)
    read = feedparser.parse(client.get("/feed/").content)
    assert read.entries[0].summary_detail.type == "text/plain"
    assert client.get("/feed.json").json()["items"][0]["summary"] == Edition.objects.get().standfirst


@pytest.fixture
def overridden():
    article = factories.publishable_article(title="Pumps", slug="pumps")
    asker = factories.editor()
    skipping = factories.BODY.replace("h2>Risks", "h4>Risks").replace("Risks</h2>", "Risks</h4>")
    Article.objects.filter(pk=article.pk).update(body=skipping)
    article.refresh_from_db()
    desk.save(article, by=None)
    factories.sign(article)
    found = next(finding for finding in checks.run(article) if finding.id == "heading.order")
    asked = overrides.ask(article, finding=found.id, message=found.message, reason="It is a <quotation>.", by=asker)
    overrides.agree(asked, by=factories.editor())
    return press.publish(article, by=asker)


def test_a_check_that_two_editors_overrode_is_told_in_both_feeds_as_on_the_page(client, overridden):
    [message] = [one["message"] for one in overridden.set_aside]
    sentence = f"Two editors overrode an automatic check: “{message}” Their reason: It is a &lt;quotation&gt;."
    [item] = client.get("/feed.json").json()["items"]
    assert sentence in markup.page(client.get("/articles/pumps/"))
    assert sentence in words(entries(client)[0], "content")
    assert sentence in item["content_html"]


def test_a_review_that_was_withdrawn_is_told_in_both_feeds_and_moves_their_date(client, edition):
    review, later = edition.review, edition.live_from + timedelta(days=1)
    desk.sign_off(review.revision, by=review.reviewer.user, decision="changes", comments="The dose is wrong.", at=later)
    with time_machine.travel(later + timedelta(days=1)):
        sentence = f"Review withdrawn on {later:%B %-d, %Y}."
        assert sentence in words(entries(client)[0], "content")
        answer = client.get("/feed.json")
        assert sentence in answer.json()["items"][0]["content_html"]
        before = {"If-Modified-Since": http_date(edition.live_from.timestamp())}
        assert client.get("/feed/", headers=before).status_code == 200


def test_a_topic_has_feeds_of_what_is_filed_under_it_and_beneath_and_its_page_names_them(client):
    above = factories.public(Topic(name="Head & face", slug="head", definition="Aches of the head."))
    below = Topic.objects.create(name="Migraine", slug="migraine", parent=above)
    Topic.objects.create(name="Joints", slug="joints")
    article = factories.publishable_article(slug="attacks", signed=False)
    article.topics.add(below)
    factories.sign(article)
    press.publish(article, by=factories.editor())
    factories.print_edition(slug="pumps")
    for slug in ("head", "migraine"):
        [entry] = entries(client, f"/topics/{slug}/feed/")
        assert entry.find(f"{ATOM}link").get("href") == "http://testserver/articles/attacks/"
        html = client.get(f"/topics/{slug}/").content.decode()
        assert html.count(f'href="/topics/{slug}/feed/"') == html.count(f'href="/topics/{slug}/feed.json"') == 2
    feed = client.get("/topics/head/feed.json").json()
    assert (feed["title"], feed["description"]) == ("Inside Pain Medicine: Head & face", "Aches of the head.")
    assert feed["home_page_url"] == "http://testserver/topics/head/"
    assert [item["url"] for item in feed["items"]] == ["http://testserver/articles/attacks/"]
    assert client.get("/topics/joints/feed.json").json()["items"] == []
    assert client.get("/topics/none/feed/").status_code == 404
