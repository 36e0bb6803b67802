"""How long copies may be kept: never past the moment at which the clock changes a page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Edition
from articles.publishing import pictures, press
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BEFORE_NOON = NOON - timedelta(seconds=30)
PAGES = ["/", "/treatments/", "/feed/", "/feed.json", "/sitemap.xml", "/articles/later/", "/topics/", "/nothing/"]


def kept(client, address, at):
    with time_machine.travel(at, tick=False):
        return client.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    ("before", "seconds", "away"),
    [
        (3600, 60, 540),
        (600, 60, 540),
        (599, 60, 539),
        (61, 60, 1),
        (60, 60, 0),
        (59, 59, 0),
        (1, 1, 0),
        (0.5, 0, 0),
        (0, 60, 540),
        (-1, 60, 540),
    ],
)
def test_a_page_is_kept_for_a_minute_or_ten_if_the_site_is_away_and_not_past_a_scheduled_edition(
    client, before, seconds, away
):
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        factories.print_edition(slug="later", at=NOON)
    answers = {address: kept(client, address, NOON - timedelta(seconds=before)) for address in PAGES}
    assert answers == dict.fromkeys(PAGES, f"public, max-age=0, s-maxage={seconds}, stale-if-error={away}")


def test_a_page_is_not_kept_past_the_day_on_which_reviews_become_overdue(client):
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    assert kept(client, "/", midnight - timedelta(seconds=20)) == "public, max-age=0, s-maxage=20, stale-if-error=0"


def test_an_edition_that_replaces_another_ends_its_copies(client):
    with time_machine.travel(NOON - timedelta(days=2), tick=False):
        edition = factories.print_edition(slug="pumps")
        article = edition.article
        article.title = "Other"
        article.save()
        factories.sign(article)
        press.publish(article, by=edition.by, at=NOON)
    assert kept(client, "/articles/pumps/", BEFORE_NOON) == "public, max-age=0, s-maxage=30, stale-if-error=0"
    with time_machine.travel(BEFORE_NOON, tick=False):
        press.unschedule(Edition.objects.get(number=2), by=edition.by)
    assert kept(client, "/articles/pumps/", BEFORE_NOON) == "public, max-age=0, s-maxage=60, stale-if-error=540"


def test_a_change_while_a_page_is_made_leaves_its_copy_no_time(client, monkeypatch):
    from articles.views import front

    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        factories.print_edition(slug="later", at=NOON)
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False) as clock:
        make = front.render_to_string

        def slowly(*args, **kwargs):
            response = make(*args, **kwargs)
            clock.shift(timedelta(seconds=5))
            return response

        monkeypatch.setattr(front, "render_to_string", slowly)
        answer = client.get("/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=0, stale-if-error=0"


@pytest.mark.parametrize("address", ["/subscribe/", "/preview/x/", "/review/x/", "/health/ready", "/unsubscribe/x/"])
def test_what_is_private_or_momentary_is_kept_by_nobody(client, address):
    assert "s-maxage" not in client.get(address).get("Cache-Control", "")
    assert "public" not in client.get(address).get("Cache-Control", "")


def test_the_desk_is_left_alone(client):
    assert "public" not in client.get("/admin/login/").get("Cache-Control", "")


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/manifest.webmanifest", "/.well-known/security.txt", "/favicon.ico"]
)
def test_what_hardly_changes_is_kept_for_a_day_and_asks_no_database(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(address)["Cache-Control"] == "public, max-age=86400"


def test_a_browser_that_has_a_page_is_sent_it_again_only_when_it_changed(client):
    with time_machine.travel(NOON, tick=False):
        edition = factories.print_edition(slug="pumps")
        first = client.get("/articles/pumps/")
        again = client.get("/articles/pumps/", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == first["Cache-Control"]
        press.withdraw(edition.article, by=edition.by, note="x", at=NOON)
        assert client.get("/articles/pumps/", headers={"If-None-Match": first["ETag"]}).status_code == 410


# Conditional requests -------------------------------------------------------------------------------------------------

MACHINES = ["/feed/", "/feed.json", "/treatments/feed/", "/treatments/feed.json", "/sitemap.xml", "/sitemap-1.xml"]


@pytest.fixture
def edition():
    with time_machine.travel(NOON, tick=False):
        return factories.print_edition(slug="pumps")


@pytest.mark.parametrize("address", MACHINES)
def test_who_has_it_already_gets_304_until_it_changes(client, address, edition):
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        first = client.get(address)
        assert first["Last-Modified"] == "Mon, 02 Nov 2026 12:00:00 GMT"
        for known in (
            {"If-None-Match": first["ETag"]},
            {"If-None-Match": f'"other", W/{first["ETag"]}'},
            {"If-Modified-Since": first["Last-Modified"]},
        ):
            again = client.get(address, headers=known)
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
            assert again["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-if-error=540"
        press.withdraw(edition.article, by=edition.by, note="x")
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            changed = client.get(address, headers=known)
            assert changed.status_code == 200
        assert changed["Last-Modified"] == "Mon, 02 Nov 2026 13:00:00 GMT"


def test_a_mended_credit_is_no_304_for_who_names_what_they_have(client, django_capture_on_commit_callbacks):
    image = pictures.store(factories.picture_bytes(), name="a.png", alt="Lines.")
    factories.CreditFactory(image=image)
    image.refresh_from_db()
    factories.print_edition(slug="pumps", lead_image=image)
    first = client.get("/feed/")
    image.credit.creator = "Jane Q. Doe"
    with django_capture_on_commit_callbacks(execute=True):
        image.credit.save()
    again = client.get("/feed/", headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
    assert b"Jane Q. Doe" in again.content


@pytest.mark.parametrize("sent", ["", "x", "*", '"', "W/", "Mon, 99 Foo 2026", "é"])
def test_odd_conditions_are_no_error(client, edition, sent):
    answer = client.get("/feed/", headers={"If-None-Match": sent, "If-Modified-Since": sent})
    assert answer.status_code in (200, 304)


def test_an_empty_feed_stays_the_same_feed(client):
    for address in ("/feed/", "/feed.json", "/sitemap.xml"):
        etags = set()
        for hour in (1, 2):
            with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
                etags.add(client.get(address)["ETag"])
        assert len(etags) == 1, address
