"""Files of pictures over HTTP: the row decides at every request, and caches ask each time."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Article, Image, ImageCredit, Issue, IssueItem
from articles.publishing import desk, links, pictures, press
from tests import factories

pytestmark = pytest.mark.django_db


def picture(size=(400, 230), **kwargs):
    stored = pictures.store(factories.picture_bytes("JPEG", size), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored, **kwargs)
    return Image.objects.with_credit().get(pk=stored.pk)


def printed(image):
    """An article that is live and shows a picture."""
    return factories.print_edition(lead_image=image, in_section="news", signed=False)


@pytest.fixture
def image():
    shown = picture()
    printed(shown)
    return shown


@pytest.mark.parametrize(("format", "kind"), [("avif", "avif"), ("webp", "webp"), ("jpeg", "jpeg")])
def test_a_file_is_served_under_its_type_and_asked_about_each_time(client, image, format, kind):
    answer = client.get(image.rendition_url(320, format))
    assert (answer.status_code, answer["Content-Type"]) == (200, f"image/{kind}")
    assert answer["Cache-Control"] == "public, no-cache"
    assert int(answer["Content-Length"]) == len(answer.content) > 0
    assert not answer.cookies
    assert "Vary" not in answer


def test_an_original_is_never_served(client, image):
    assert default_storage.exists(image.file.name)
    assert client.get(f"/media/{image.file.name}").status_code == 404


FOLDER = "renditions/" + "a" * 24 + "/" + "b" * 12


@pytest.mark.parametrize(
    "name",
    [
        "renditions/../../site.sqlite3",
        "../site.sqlite3",
        "%2e%2e/site.sqlite3",
        "renditions/",
        f"{FOLDER}/320.html",
        f"{FOLDER}/320.jpg",
        f"{FOLDER}/320.jpg\n",
        f"{FOLDER}/card-1-320.jpg",
        f"{FOLDER}/../320.jpg",
        "demo-accounts.txt",
        "/etc/passwd",
    ],
)
def test_nothing_but_files_of_pictures_is_served(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_an_asker_who_has_it_is_told_so(client, image):
    url = image.rendition_url(320)
    etag = client.get(url)["ETag"]
    assert etag.startswith('"')
    for asked in (etag, f'"x", {etag}', "*"):
        answer = client.get(url, headers={"if-none-match": asked})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
        assert answer["Cache-Control"] == "public, no-cache"
    assert client.get(url, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(url, headers={"if-match": '"other"'}).status_code == 412


def test_a_picture_is_not_compressed_again(client, image):
    answer = client.get(image.rendition_url(640, "avif"), headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert not answer["ETag"].startswith("W/")
    assert client.get("/credits/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_head_says_what_a_get_would_and_sends_nothing(client, image):
    url = image.rendition_url(320)
    head, get = client.head(url), client.get(url)
    assert head.content == b""
    assert head.headers.pop("X-Request-ID") != get.headers.pop("X-Request-ID")
    assert dict(head.items()) == dict(get.items())


@pytest.mark.parametrize("lacking", [{"license": ""}, {"creator": ""}])
def test_a_picture_whose_credit_got_lost_is_gone_at_once(client, image, lacking):
    url = image.rendition_url(320)
    ImageCredit.objects.update(**lacking)
    assert client.get(url).status_code == 404


def test_an_address_with_an_older_credit_leads_to_the_file_with_the_present_one(
    client, image, django_capture_on_commit_callbacks
):
    """Letters and feed readers keep addresses for years."""
    before = image.rendition_url(320, "webp")
    with django_capture_on_commit_callbacks(execute=True):
        image.credit.creator = "Jane Q. Doe"
        image.credit.save()
    now = Image.objects.with_credit().get().rendition_url(320, "webp")
    assert now != before
    moved = client.get(before)
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (302, now, "public, no-cache")
    assert client.get(now).status_code == 200


def test_a_withdrawn_picture_is_gone_for_those_who_had_it_too(client, image):
    url = image.rendition_url(320)
    etag = client.get(url)["ETag"]
    pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    answer = client.get(url, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (410, b"This picture was taken down.\n")
    assert answer["Cache-Control"] == "public, no-cache"


def test_the_address_of_a_replaced_picture_leads_to_the_one_that_is_shown_now(client, image):
    other = picture((480, 270), title="Better light")
    asked = [image.rendition_url(640, "avif"), image.rendition_url(320, "jpeg", "card")]
    pictures.replace(image, other, by=factories.editor())
    other.refresh_from_db()
    assert client.get(asked[0])["Location"] == other.rendition_url(640, "avif")
    assert client.get(asked[1])["Location"] == other.rendition_url(320, "jpeg", "card")


def test_a_file_costs_one_query(client, image, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(image.rendition_url(320))


def test_a_file_that_is_missing_on_the_disk_is_not_there(client, image):
    url = image.rendition_url(320)
    default_storage.delete(url.removeprefix("/media/"))
    assert client.get(url).status_code == 404


# What is public -------------------------------------------------------------------------------------------------------


def status(client, image, query=""):
    return client.get(image.rendition_url(320) + query).status_code


def test_a_picture_that_no_live_page_shows_is_not_public(client):
    unused, waiting, drafted = picture(), picture((410, 230)), picture((420, 230))
    article = factories.publishable_article(lead_image=waiting, in_section="news", signed=False)
    press.publish(article, by=factories.editor(), at=timezone.now() + timedelta(days=1))
    factories.publishable_article(lead_image=drafted)
    for image in (unused, waiting, drafted):
        answer = client.get(image.rendition_url(320))
        assert (answer.status_code, answer.get("ETag")) == (404, None)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert status(client, waiting) == 200


def test_a_picture_in_a_live_text_and_a_live_cards_picture_are_public(client):
    lead, inside = picture((800, 600)), picture((410, 230))
    body = f'<p>A pump.</p><figure data-picture="{inside.pk}"></figure>'
    factories.print_edition(lead_image=lead, body=body, in_section="news", signed=False)
    assert [status(client, image) for image in (lead, inside)] == [200, 200]
    assert client.get(lead.card.src).status_code == 200


def test_what_a_newer_version_dropped_or_was_unpublished_is_not_public_but_what_was_mailed_is(client):
    dropped, unpublished, mailed = picture(), picture((410, 230)), picture((420, 230))
    now, editions = timezone.now(), [printed(image) for image in (dropped, unpublished, mailed)]
    issue = Issue.objects.create(number=1, week="2026-W45", subject="A week", since=now, until=now)
    IssueItem.objects.create(issue=issue, edition=editions[2])
    by = factories.editor()
    for edition in (editions[0], editions[2]):
        Article.objects.filter(pk=edition.article_id).update(lead_image=None, standfirst="Another.")
        press.publish(Article.objects.get(pk=edition.article_id), by=by)
    press.withdraw(editions[1].article, by=by, note="Wrong.")
    assert [status(client, image) for image in (dropped, unpublished, mailed)] == [404, 404, 404]
    Issue.objects.update(state=Issue.SENT, approved_at=now, started_at=now, sent_at=now)
    assert [status(client, image) for image in (dropped, unpublished, mailed)] == [404, 404, 200]


def files_on(page):
    return {unescape(url) for url in re.findall(r"/media/renditions/[^\s\"]+", page)}


def test_a_signed_preview_shows_its_reader_pictures_that_are_not_public_and_nobody_else(client):
    lead, inside, other = picture((800, 600)), picture((410, 230)), picture((420, 230))
    body = f'<p>A pump.</p><figure data-picture="{inside.pk}"></figure>'
    article = factories.publishable_article(lead_image=lead, body=body)
    revision = desk.keep_revision(article, by=None)
    files = files_on(client.get(f"/preview/{links.for_preview(revision)}/").content.decode())
    assert len({url.split("/")[3] for url in files}) == 2
    for url in files:
        answer = client.get(url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert client.get(url.partition("?")[0]).status_code == 404
        assert client.get(url[:-1] + ("A" if url[-1] != "A" else "B")).status_code == 404
    query = "?" + next(iter(files)).partition("?")[2]
    assert status(client, other, query) == 404
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert status(client, lead, query) == 404


def test_a_link_for_review_shows_pictures_that_are_not_public(client):
    lead = picture((800, 600))
    article = factories.publishable_article(lead_image=lead, signed=False)
    revision, reviewer = desk.keep_revision(article, by=None), factories.ReviewerFactory()
    page = client.get(f"/review/{links.for_review(revision, reviewer)}/").content.decode()
    files = files_on(page)
    assert files
    assert {client.get(url).status_code for url in files} == {200}
