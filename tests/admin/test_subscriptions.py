"""Addresses are for the site administrator alone; a newsletter editor sees how many."""

import csv
import io
import json

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.mail import suppression
from articles.models import Subscription
from articles.newsletter.subscriptions import erasure
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
        client.post(reverse("admin:articles_subscription_export_one", args=[one.pk])),
        client.get(reverse("admin:articles_subscription_erase", args=[one.pk])),
        client.post(reverse("admin:articles_subscription_erase", args=[one.pk])),
        client.get(reverse("admin:articles_bounceevent_changelist")),
        client.get(reverse("admin:articles_suppression_changelist")),
    ]
    assert not any(b"quite-unmistakable" in answer.content for answer in asked)
    assert {answer.status_code for answer in asked[2:6]} == {403}
    assert Subscription.objects.filter(email=ADDRESS).exists()


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


def test_a_site_administrator_exports_what_is_kept_of_one_reader(signed_in):
    client = signed_in("Site administrator")
    one = Subscription.objects.get(email=ADDRESS)
    page = client.get(reverse("admin:articles_subscription_change", args=[one.pk])).content.decode()
    export = reverse("admin:articles_subscription_export_one", args=[one.pk])
    assert export in page
    assert client.get(export).status_code == 405
    answer = client.post(export)
    assert json.loads(answer.content) == erasure.export(one)
    assert answer["Content-Disposition"] == f'attachment; filename="subscriber-{one.pk}.json"'
    assert "no-store" in answer["Cache-Control"]
    assert client.post(reverse("admin:articles_subscription_export_one", args=[one.pk + 1000])).status_code == 404


def test_a_site_administrator_erases_a_reader_after_one_question_and_no_trace_names_them(signed_in):
    client = signed_in("Site administrator")
    one = Subscription.objects.get(email=ADDRESS)
    erase = reverse("admin:articles_subscription_erase", args=[one.pk])
    assert erase in client.get(reverse("admin:articles_subscription_change", args=[one.pk])).content.decode()
    assert f"Erase {ADDRESS}?" in client.get(erase).content.decode()
    assert Subscription.objects.filter(pk=one.pk).exists()
    answer = client.post(erase, follow=True)
    said = ["Erased. The clock overwrites the address’s space in the database within a minute."]
    assert [str(message) for message in answer.context["messages"]] == said
    assert not Subscription.objects.filter(pk=one.pk).exists()
    assert suppression.of(ADDRESS).reason == "erased"
    [entry] = LogEntry.objects.all()
    assert (entry.object_repr, entry.change_message) == (f"Subscription {one.pk}", "Erased.")
    again = client.post(erase, follow=True)
    assert [str(message) for message in again.context["messages"]] == ["This subscriber was erased already."]
