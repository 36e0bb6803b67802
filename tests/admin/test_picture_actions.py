"""Replacing a picture everywhere, withdrawing it, bringing it back: what is shown before, and what is written down."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.models import Image, ImageEvent
from tests import factories, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def url(name, image):
    return reverse(f"admin:articles_image_{name}", args=[image.pk])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def picture(**kwargs):
    return factories.CreditFactory(**kwargs).image


def test_a_picture_is_replaced_everywhere_after_both_were_seen(editor):
    old, new = picture(title="Old"), picture(title="New")
    factories.print_edition(lead_image=old, title="With a lead")
    assert "New" in markup.page(editor.get(url("replace", old), {"q": "New"}))
    html = markup.page(editor.get(url("replace", old), {"by": new.pk}))
    assert "Replace in 1 published place" in html
    assert "With a lead" in html
    answer = editor.post(url("replace", old), {"by": new.pk}, follow=True)
    assert said(answer) == ["“New” now appears everywhere “Old” did."]
    old.refresh_from_db()
    assert old.replaced_by == new
    assert LogEntry.objects.get().get_change_message() == "Replaced. New"


def test_of_two_who_replace_the_same_picture_the_second_is_told(editor):
    old, new, other = picture(title="Old"), picture(title="New"), picture(title="Other")
    editor.post(url("replace", old), {"by": new.pk}, follow=True)
    [sentence] = said(editor.post(url("replace", old), {"by": other.pk}, follow=True))
    assert sentence.startswith("“Old” was already replaced by “New” on ")
    old.refresh_from_db()
    assert old.replaced_by == new


@pytest.mark.parametrize("by", ["", "x", "9" * 30])
def test_a_picture_that_is_not_there_replaces_nothing(editor, by):
    old = picture()
    assert editor.post(url("replace", old), {"by": by}).status_code == 200
    assert not ImageEvent.objects.exists()


def test_a_picture_is_withdrawn_for_a_reason_and_brought_back(editor):
    image = picture()
    factories.print_edition(lead_image=image)
    [sentence] = said(editor.post(url("take_down", image), {"reason": " "}))
    assert sentence.startswith("Say why you’re taking it down")
    answer = editor.post(url("take_down", image), {"reason": "The author asked."}, follow=True)
    assert "You can restore it" in said(answer)[0]
    assert "The author asked." in answer.content.decode()
    image.refresh_from_db()
    assert image.withdrawn_at is not None
    editor.post(url("restore", image))
    image.refresh_from_db()
    assert image.withdrawn_at is None
    assert [event.kind for event in image.events.all()] == ["restored", "withdrawn"]
    assert LogEntry.objects.count() == 2


def test_a_deed_that_was_done_already_is_told(editor):
    image = picture(title="Old")
    assert said(editor.post(url("restore", image), follow=True)) == ["“Old” isn’t taken down."]


@pytest.mark.parametrize("name", ["replace", "take_down", "restore"])
@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Newsletter editor"])
def test_only_those_who_publish_may(client, name, role):
    image, other = picture(), picture()
    client.force_login(factories.UserFactory(role=role))
    assert client.post(url(name, image), {"by": other.pk, "reason": "x"}).status_code == 403
    assert not ImageEvent.objects.exists()


def test_an_address_that_is_only_opened_changes_nothing(editor):
    image = picture()
    assert editor.get(url("take_down", image)).status_code == 200
    assert editor.get(url("restore", image)).status_code == 405
    assert not ImageEvent.objects.exists()


def test_an_unused_upload_is_deleted_after_a_question(editor):
    image = factories.ImageFactory(alt="A pump.")
    url = reverse("admin:articles_image_delete_unused", args=[image.pk])
    assert url in editor.get(reverse("admin:articles_image_change", args=[image.pk])).content.decode()
    assert "No article uses it or ever did." in editor.get(url).content.decode()
    assert Image.objects.filter(pk=image.pk).exists()
    answer = editor.post(url, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Deleted “A pump.”."]
    assert not Image.objects.filter(pk=image.pk).exists()


def test_a_used_picture_says_why_it_cannot_be_deleted(editor):
    image = factories.CreditFactory().image
    factories.ArticleFactory(lead_image=image)
    url = reverse("admin:articles_image_delete_unused", args=[image.pk])
    assert url not in editor.get(reverse("admin:articles_image_change", args=[image.pk])).content.decode()
    assert "An article uses it or used it" in editor.post(url).content.decode()
    assert Image.objects.filter(pk=image.pk).exists()
