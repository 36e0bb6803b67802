"""Labels on the desk: where they differ from the cards, who sees it, and the button that says a card was checked."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import Drug, Label
from tests import factories, markup
from tests.admin.conftest import errors_of, form_of
from tests.admin.test_dashboard import ROLES, panel, signed_in

INJECTED = [{"status": "approved", "routes": ["under the skin"], "source": "label"}]

pytestmark = pytest.mark.django_db

LABELS = Path(__file__).parents[1] / "evidence" / "labels"
BUTTON = "Checked against this label"


@pytest.fixture
def label():
    Drug.objects.filter(name="gabapentin").update(routes=INJECTED)
    call_command("import_labels", str(LABELS / "gabapentin.xml"), str(LABELS / "naproxen.xml"), verbosity=0)
    return Label.objects.get(drug__name="gabapentin")


def url(name, *args):
    return reverse(f"admin:articles_label_{name}", args=args)


def reviewer(client):
    contributor = factories.ReviewerFactory()
    client.force_login(contributor.user)
    return contributor


def text(client, address):
    return markup.page(client.get(address))


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_labels_and_who_is_told_that_they_differ(client, label, role):
    signed_in(client, role)
    sees = 403 if role == "Newsletter editor" else 200
    assert [client.get(address).status_code for address in (url("changelist"), url("change", label.pk))] == [sees, sees]
    told = ["1 label that differs"] if role in ("Medical reviewer", "Editor") else []
    assert [title for title in panel(client, "waiting") if "differ" in title] == told


def test_the_list_shows_the_labels_that_differ(client, label):
    signed_in(client, "Editor")
    words = "The label’s route is oral; the card says “under the skin”."
    assert words in text(client, url("changelist") + "?status=differ")
    assert "Specimol" not in text(client, url("changelist") + "?status=differ")
    assert "Specimol" in text(client, url("changelist") + "?status=open")
    assert words in text(client, url("change", label.pk))
    medicines = reverse("admin:articles_drug_changelist") + "?checked=differ"
    assert [drug.name for drug in client.get(medicines).context["cl"].queryset] == ["gabapentin"]
    assert words in text(client, reverse("admin:articles_drug_change", args=[label.drug_id]))


def test_the_list_takes_as_many_queries_for_two_labels_as_for_one(client, label, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, "Editor")
    client.get(url("changelist"))
    with CaptureQueriesContext(connection) as counted:
        client.get(url("changelist") + "?status=open")
    call_command("import_labels", str(LABELS / "ziconotide.xml"), verbosity=0)
    with django_assert_num_queries(len(counted)):
        client.get(url("changelist") + "?status=open")


def test_one_click_says_that_the_card_was_checked(client, label):
    person = reviewer(client)
    assert BUTTON in text(client, url("change", label.pk))
    answer = client.post(url("check", label.pk), follow=True)
    assert "The card of gabapentin is checked against version 7." in markup.page(answer)
    drug = Drug.objects.get(name="gabapentin")
    assert (drug.checked_by, drug.checked_label) == (person, label)
    assert BUTTON not in text(client, url("change", label.pk))
    assert not Label.objects.differing().exists()


def test_a_card_edited_after_its_check_is_to_be_checked_again(client, label):
    reviewer(client)
    client.post(url("check", label.pk))
    client.force_login(factories.editor())
    address = reverse("admin:articles_drug_change", args=[label.drug_id])
    client.post(address, form_of(client, address, route="oral; nasal"))
    assert Drug.objects.get(name="gabapentin").checked_label is None
    assert label in Label.objects.to_check()


@pytest.mark.parametrize("role", ["Author", "Site administrator"])
def test_nobody_else_has_the_button(client, label, role):
    signed_in(client, role)
    assert BUTTON not in text(client, url("change", label.pk))
    answer = client.post(url("check", label.pk), follow=True)
    assert "You don’t have permission to check medicines. Ask a medical reviewer." in markup.page(answer)
    assert not Drug.objects.get(name="gabapentin").checked_by


def test_who_does_not_see_labels_checks_none(client, label):
    signed_in(client, "Newsletter editor")
    assert client.post(url("check", label.pk)).status_code == 403


def test_a_brand_in_a_circle_is_said_beside_what_was_typed(client):
    client.force_login(factories.editor())
    address = reverse("admin:articles_drug_change", args=[Drug.objects.get(name="gabapentin").pk])
    answer = client.post(address, form_of(client, address, former_brands="Morphine"))
    assert errors_of(answer) == ["“Morphine” has a card of its own, so it can’t be a brand of gabapentin."]
