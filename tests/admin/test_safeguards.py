"""The forms of contributors and sections: what an editor cannot change, and what waits for a second administrator."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.models import Contributor, SafeguardChange, Section
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:articles_safeguardchange_changelist"


@pytest.fixture
def administrator(client):
    user = factories.administrator(email="first@example.org")
    client.force_login(user)
    return user


def form_of(person, **changes):
    fields = ("name", "slug", "credentials", "role", "biography", "interests", "email")
    data = {name: getattr(person, name) for name in fields} | {"user": person.user_id or ""}
    return {**data, **({"is_medical_reviewer": "on"} if person.is_medical_reviewer else {}), **changes}


def post(client, subject, data):
    return client.post(
        reverse(f"admin:articles_{subject._meta.model_name}_change", args=[subject.pk]), data, follow=True
    )


def test_an_editor_changes_what_is_said_of_a_reviewer_and_not_who_they_are(client):
    reviewer = factories.ReviewerFactory(name="Ada Rey", email="ada@example.org")
    client.force_login(factories.editor())
    crafted = form_of(reviewer, name="Eve", credentials="PhD", email="eve@example.org", user="", role="pain physician")
    del crafted["is_medical_reviewer"]
    post(client, reviewer, crafted)
    after = Contributor.objects.get(pk=reviewer.pk)
    assert after.role == "pain physician"
    assert (after.name, after.credentials, after.email, after.user_id, after.is_medical_reviewer) == (
        *("Ada Rey", "MD", "ada@example.org", reviewer.user_id, True),
    )
    assert not SafeguardChange.objects.open().exists()


def test_an_editor_makes_no_contributor_a_reviewer(client):
    client.force_login(factories.editor())
    new = {"name": "Eve", "slug": "eve", "is_medical_reviewer": "on", "email": "eve@example.org"}
    client.post(reverse("admin:articles_contributor_add"), new)
    eve = Contributor.objects.get(slug="eve")
    assert (eve.is_medical_reviewer, eve.email) == (False, "")


def test_what_a_section_requires_is_not_for_editors(client):
    section = factories.section()
    client.force_login(factories.editor())
    data = {"name": section.name, "slug": section.slug, "position": 0, "summary": "New.", "review_months": 100}
    post(client, section, data)
    after = Section.objects.get(pk=section.pk)
    assert (after.summary, after.requires_review, after.review_months) == ("New.", True, 24)


def test_an_administrators_change_waits_and_the_page_says_until_when(client, administrator, time_machine):
    time_machine.move_to("2026-11-30 12:00 +0000", tick=False)
    client.force_login(administrator)
    reviewer = factories.ReviewerFactory(name="Ada Rey", email="ada@example.org")
    page = post(client, reviewer, form_of(reviewer, email="new@example.org")).content.decode()
    after = Contributor.objects.get(pk=reviewer.pk)
    assert after.email == "ada@example.org"
    change = SafeguardChange.objects.open().get()
    assert (change.was, change.becomes, change.asked_by) == ("ada@example.org", "new@example.org", administrator)
    assert change.takes_effect_at - change.asked_at == timedelta(days=1)
    assert "Email address of Ada Rey, MD: from ada@example.org to new@example.org. This takes effect on" in page


def test_a_new_reviewer_starts_as_an_author_until_a_second_person_confirms_it(client, administrator):
    new = {"name": "Ada", "slug": "ada", "is_medical_reviewer": "on", "email": "ada@example.org"}
    client.post(reverse("admin:articles_contributor_add"), new)
    assert not Contributor.objects.get(slug="ada").is_medical_reviewer
    client.force_login(factories.administrator(email="second@example.org"))
    decided = {"action": "confirm", "_selected_action": [SafeguardChange.objects.open().get().pk]}
    assert "In effect now: Is medical reviewer of Ada: from no to yes." in (
        client.post(reverse(LIST), decided, follow=True).content.decode()
    )
    assert Contributor.objects.get(slug="ada").is_medical_reviewer


def test_a_new_section_starts_with_the_strict_rules(client, administrator):
    client.post(
        reverse("admin:articles_section_add"), {"name": "Notes", "slug": "notes", "position": 9, "review_months": 24}
    )
    notes = Section.objects.get(slug="notes")
    assert (notes.requires_review, notes.requires_references) == (True, True)
    section = factories.section()
    data = {"name": section.name, "slug": section.slug, "position": 0, "summary": "New.", "review_months": 24}
    page = post(client, section, data).content.decode()
    assert Section.objects.get(pk=section.pk).requires_review
    assert "Requires a medical review of Treatments: from yes to no" in page


def test_who_asked_cannot_confirm_on_the_desk_and_can_stop(client, administrator):
    reviewer = factories.ReviewerFactory(name="Ada Rey", email="ada@example.org")
    post(client, reviewer, form_of(reviewer, email="new@example.org"))
    chosen = {"_selected_action": [SafeguardChange.objects.open().get().pk]}
    page = client.post(reverse(LIST), {"action": "confirm", **chosen}, follow=True).content.decode()
    assert "You asked for this change. A second person must confirm it." in page
    client.post(reverse(LIST), {"action": "stop", **chosen})
    assert SafeguardChange.objects.latest("pk").state == "Stopped"


def test_an_editor_sees_no_waiting_changes(client):
    client.force_login(factories.editor())
    assert client.get(reverse(LIST)).status_code == 403


def test_the_dashboard_shows_administrators_what_waits(client, administrator):
    factories.ask_change(factories.ReviewerFactory(name="Ada Rey"), {"email": "new@example.org"})
    page = client.get(reverse("admin:index")).content.decode()
    assert "Email address of Ada Rey, MD: from nothing to new@example.org" in page


def test_the_account_of_a_reviewer_is_deactivated_not_deleted(client, administrator):
    reviewer = factories.ReviewerFactory()
    answer = client.post(reverse("admin:auth_user_delete", args=[reviewer.user_id]), {"post": "yes"})
    assert answer.status_code == 403
    other = factories.UserFactory()
    assert client.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 302
