"""The site when its Redis is gone or hangs: pages, mail, sign-in and the clock go on."""

import pytest
from django.core.management import call_command
from django.test import Client

from articles.images import metadata
from articles.models import Image, ImageCredit, OutgoingMail
from articles.newsletter.subscriptions import rate_limits, requests
from articles.publishing import pictures
from tests import factories
from tests.admin.accounts import INDEX, account, enter

pytestmark = pytest.mark.django_db

PAGES = ["/", "/treatments/", "/topics/", "/search/?q=pump", "/subscribe/", "/newsletter/", "/feed/"]


@pytest.fixture(params=["stop", "freeze"])
def lost(request, in_redis):
    """Redis is gone, or takes connections and answers nothing."""
    getattr(in_redis, request.param)()
    return in_redis


def test_pages_come_from_the_database(client, lost):
    edition = factories.print_edition()
    asked = [*PAGES, edition.get_absolute_url()]
    assert {page: client.get(page).status_code for page in asked} == dict.fromkeys(asked, 200)


def test_a_stranger_gets_no_more_mail_sent_than_with_it_and_what_was_asked_for_is_kept(client, lost, monkeypatch):
    monkeypatch.setattr(rate_limits, "NETWORK_A_DAY", 2)
    answers = [client.post("/subscribe/", {"email": f"reader{n}@example.org", "page": "/"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert requests.NETWORK_FULL in answers[2].content.decode()
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["reader0@example.org", "reader1@example.org"]


def test_editors_sign_in_and_wrong_passwords_lock_an_account(client, lost):
    user = account()
    assert enter(client, user.username).status_code == 302
    assert client.get(INDEX).status_code == 200
    stranger = Client()
    for _time in range(5):
        answer = enter(stranger, user.username, "wrong")
    assert answer.status_code == 429
    assert enter(stranger, user.username).status_code == 429


def test_the_clock_still_finds_pictures_whose_credit_changed(lost, mailoutbox):
    stored = pictures.store(factories.picture_bytes("JPEG", (1300, 700)), name="pump.jpg", alt="A pump.")
    factories.print_edition(lead_image=factories.CreditFactory(image=stored).image)
    ImageCredit.objects.update(creator="John Roe")
    call_command("clock", "--once")
    image = Image.objects.with_credit().get(pk=stored.pk)
    assert image.rendered == image.stamp()
    assert metadata.read(pictures.files.preview_bytes(image)[0]).creator == "John Roe"
