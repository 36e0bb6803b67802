"""Canonical content: equal texts have equal digests, however they were typed."""

import pytest

from articles.models import Image
from articles.publishing import snapshot
from tests import factories

pytestmark = pytest.mark.django_db


def digests(article):
    content = snapshot.content_of(article)
    return snapshot.digest(content), snapshot.signed_digest(content)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Line\r\nbreak", "Line\nbreak"),
        ("Caf\u00e9", "Cafe\u0301"),
        (" spaced ", "spaced"),
        ("bell\x07", "bell"),
        ("a\rb", "a\nb"),
    ],
)
def test_the_same_words_typed_on_another_machine_are_the_same_text(one, other):
    article = factories.publishable_article(standfirst=one)
    before = digests(article)
    article.standfirst = other
    assert digests(article) == before


def test_what_a_reviewer_does_not_vouch_for_changes_one_digest_only():
    article = factories.publishable_article()
    whole, signed = digests(article)
    article.closing_question = "Would you?"
    assert digests(article)[0] != whole
    assert digests(article)[1] == signed


@pytest.mark.parametrize("change", [{"alt": "Another description."}, {"is_decorative": True}])
def test_the_words_of_a_picture_are_part_of_what_is_signed(change):
    image = factories.CreditFactory().image
    article = factories.publishable_article(lead_image=image)
    _whole, signed = digests(article)
    Image.objects.update(**change)
    assert digests(article)[1] != signed


def test_a_mended_credit_is_not_part_of_what_is_signed():
    credit = factories.CreditFactory()
    article = factories.publishable_article(lead_image=credit.image)
    before = digests(article)
    credit.creator = "Jane Q. Doe"
    credit.save()
    assert digests(article) == before
