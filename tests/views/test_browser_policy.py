"""What every answer tells browsers: what no page of ours uses, and which sites may show what we send."""

import pytest
from django.test import Client

from pain_site import settings as site
from tests.views.test_media import picture, printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings):
    """The answer to a request, through the whole of the site's own middleware; static files are those of the source."""
    settings.MIDDLEWARE = site.MIDDLEWARE
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.DEBUG = False
    return Client(raise_request_exception=False).get


def policies(answer):
    """Which of the features that a browser was told of stay open, and who may embed the answer."""
    told = [one.strip().partition("=") for one in answer["Permissions-Policy"].split(",")]
    features = {name: allowed for name, _is, allowed in told}
    assert set(features.values()) == {"()"}
    return set(features), answer["Cross-Origin-Resource-Policy"]


OFF = {"camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "interest-cohort"}
PAGES = [
    ("/", 200),
    ("/admin/login/", 200),
    ("/feed/", 200),
    ("/health/live", 200),
    ("/static/articles/style.css", 200),
    ("/static/articles/mark.svg", 200),
    ("/nowhere/at/all/", 404),
    ("/static/nothing.css", 404),
    ("/admin", 301),
]


@pytest.mark.parametrize(("address", "status"), PAGES)
def test_every_answer_turns_off_what_the_site_never_uses_and_is_for_our_own_pages(asked, address, status):
    answer = asked(address)
    features, embedders = policies(answer)
    assert (answer.status_code, embedders) == (status, "same-origin")
    assert features >= OFF


def test_a_page_that_fails_and_a_host_that_is_not_ours_say_the_same(asked, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    refused = asked("/", HTTP_HOST="elsewhere.example")
    monkeypatch.setattr("articles.views.front.newest_in_each", fail)
    for answer, status in ((refused, 400), (asked("/"), 500)):
        assert (answer.status_code, policies(answer)[1]) == (status, "same-origin")


def test_other_sites_show_pictures_and_the_icons_that_feeds_and_cards_name(asked):
    shown = picture()
    printed(shown)
    named = [shown.rendition_url(320), "/static/articles/icon-512.png", "/static/articles/card.png"]
    for address in named:
        answer = asked(address)
        assert (answer.status_code, policies(answer)[1]) == (200, "cross-origin"), address
