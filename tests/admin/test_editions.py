"""What was printed, as the desk shows it: read like a page, and changed by nobody."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def test_an_edition_is_read_as_it_was_printed(client):
    edition = factories.print_edition(body=factories.BODY + "<h2>In short</h2><p>Warmth loosens.[1]</p>")
    client.force_login(factories.UserFactory(role="Editor"))
    page = client.get(reverse("admin:articles_edition_change", args=[edition.pk])).content.decode()
    assert '<h2 id="s-in-short">In short</h2>' in page
    assert "&lt;h2&gt;" not in page
    assert '<a href="#ref-1"' in page
    assert '<li id="ref-1">' in page
    assert edition.references[0]["citation"] in page
    assert 'name="_save"' not in page


def test_a_review_shows_its_answers_and_nobody_changes_them(client):
    body = f"{factories.BODY}<p>Ziconotide acts on opioid receptors, and can cause confusion.</p>"
    review = factories.print_edition(body=body).review
    client.force_login(factories.editor())
    page = client.get(reverse("admin:articles_review_change", args=[review.pk])).content.decode()
    assert "Ziconotide acts on opioid receptors" in page
    assert "Correct as written" in page
    assert 'name="answers-0-answer"' not in page
