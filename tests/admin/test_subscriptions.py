"""Addresses are for the site administrator alone; a newsletter editor sees how many."""

import csv
import io

import pytest
from django.urls import reverse

from articles.models import Subscription
from tests import factories, markup
from tests.newsletter.conftest import reader

pytestmark = pytest.mark.django_db

ADDRESS = "quite-unmistakable@example.org"


@pytest.fixture
def signed_in(client):
    def sign_in(role):
        client.force_login(factories.UserFactory(role=role))
        return client

    return sign_in


@pytest.fixture(autouse=True)
def readers():
    reader(ADDRESS).sections.set([factories.section("news")])
    reader("other@example.org", wants="corrections")
    reader("=pausing@example.org", paused_until="2099-01-01")
    Subscription.objects.create(email="pending@example.org")


def test_a_newsletter_editor_sees_how_many_and_no_address(signed_in):
    client = signed_in("Newsletter editor")
    page = markup.page(client.get(reverse("admin:articles_subscription_changelist")))
    assert "<strong>3</strong> subscribers: 2 get the weekly newsletter (1 paused), 1 get corrections only." in page
    assert "1 haven’t confirmed yet; 0 have unsubscribed." in page
    assert "<td>News</td><td>1</td>" in page
    assert "<td>Treatments</td><td>0</td>" in page
    assert "example.org" not in page
    assert reverse("admin:articles_subscription_changelist") in markup.page(client.get(reverse("admin:index")))


@pytest.mark.parametrize("role", ["Newsletter editor", "Editor", "Author", "Medical reviewer"])
def test_no_other_role_reaches_an_address_or_the_list(role, signed_in):
    client = signed_in(role)
    one = Subscription.objects.get(email=ADDRESS)
    asked = [
        client.get(reverse("admin:articles_subscription_change", args=[one.pk])),
        client.get(reverse("admin:articles_subscription_changelist"), {"q": "unmistakable"}),
        client.post(reverse("admin:articles_subscription_export")),
        client.get(reverse("admin:articles_bounceevent_changelist")),
        client.get(reverse("admin:articles_suppression_changelist")),
    ]
    assert not any(b"quite-unmistakable" in answer.content for answer in asked)
    assert asked[2].status_code == 403


def test_a_site_administrator_takes_the_list_out_and_nothing_in_it_runs(signed_in):
    client = signed_in("Site administrator")
    shown = client.get(reverse("admin:articles_subscription_changelist")).content.decode()
    assert ADDRESS in shown
    assert "Export as CSV" in shown
    assert client.get(reverse("admin:articles_subscription_export")).status_code == 405
    answer = client.post(reverse("admin:articles_subscription_export"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["email"] for row in rows] == [ADDRESS, "other@example.org", "'=pausing@example.org"]
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_nothing_that_is_kept_of_a_row_names_its_reader():
    assert ADDRESS not in str(Subscription.objects.get(email=ADDRESS))
