"""No one person makes medicine public: who signs does not publish. People are compared, not accounts."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Byline, Contributor, Edition, Override, Review
from articles.publishing import checks, desk, overrides, press
from articles.publishing.desk import DeskRefused
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

SAME_PERSON = "You signed off on this text as its medical reviewer, so another editor must publish it."


def both_roles(user) -> None:
    user.groups.add(Group.objects.get(name="Editor"), Group.objects.get(name="Medical reviewer"))


def by_account():
    reviewer = factories.ReviewerFactory()
    both_roles(reviewer.user)
    return reviewer, reviewer.user


def by_address(publishers="Ada.Rey+desk@Example.org", reviewers="ada.rey@example.org"):
    """Two accounts of one person: the reviewer's page has the address of the editor's account."""
    publisher = factories.UserFactory(role="Editor", email=publishers)
    return factories.ReviewerFactory(email=reviewers), publisher


def by_address_of_the_account():
    account = factories.UserFactory(role="Medical reviewer", email="ada@example.org")
    return factories.ReviewerFactory(user=account), factories.UserFactory(role="Editor", email="ADA@example.org")


def by_address_of_the_publishers_page():
    publisher = factories.editor()
    factories.ContributorFactory(user=publisher, email="ada@example.org")
    return factories.ReviewerFactory(email="ada+review@example.org"), publisher


def by_another_tag():
    return by_address("ada.rey+desk@example.org", "ada.rey+review@example.org")


def by_dots_that_the_provider_ignores():
    return by_address("ada.rey@gmail.com", "adarey+md@googlemail.com")


WAYS = [
    *(by_account, by_address, by_another_tag, by_dots_that_the_provider_ignores),
    *(by_address_of_the_account, by_address_of_the_publishers_page),
]


@pytest.mark.parametrize("way", WAYS)
def test_who_signed_cannot_publish_correct_schedule_or_fix_a_typo(way):
    reviewer, publisher = way()
    article = factories.publishable_article(signed=False, body=factories.BODY.replace("about", "abuot"))
    factories.sign(article, reviewer)
    for at in (None, timezone.now() + timedelta(days=1)):
        with pytest.raises(PublishingRefused) as refusal:
            press.publish(article, by=publisher, at=at)
        assert refusal.value.problems == (SAME_PERSON,)
    press.publish(article, by=factories.editor())
    with pytest.raises(PublishingRefused) as refusal:
        factories.fix_typo(article, was="abuot", now="about", by=publisher)
    assert SAME_PERSON in refusal.value.problems


@pytest.mark.parametrize("way", WAYS)
def test_the_database_refuses_a_version_published_by_who_signed_it(way):
    reviewer, publisher = way()
    article = factories.publishable_article(signed=False)
    factories.sign(article, reviewer)
    edition = press.publish(article, by=factories.editor())
    edition.end(timezone.now())
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.number, copy.live_from, copy.live_until, copy.by = None, 2, edition.live_until, None, publisher
    copy.kind, copy.changed_at = Edition.UPDATE, copy.live_from
    with pytest.raises(IntegrityError, match="Nobody publishes what they signed"), transaction.atomic():
        copy.save()


def test_who_signed_may_unpublish():
    reviewer, publisher = by_account()
    article = factories.publishable_article(signed=False)
    factories.sign(article, reviewer)
    press.publish(article, by=factories.editor())
    assert press.withdraw(article, by=publisher, note="It was wrong.").kind == Edition.WITHDRAWN


def test_a_second_account_with_the_authors_address_cannot_sign():
    article = factories.publishable_article(signed=False)
    author = Byline.objects.get(article=article).contributor
    Contributor.objects.filter(pk=author.pk).update(email="ada@example.org")
    reviewer = factories.ReviewerFactory(email="Ada+md@example.org")
    sentence = f"{reviewer} is an author of this article, and no one can sign off on their own work."
    with pytest.raises(DeskRefused) as refusal:
        factories.sign(article, reviewer)
    assert refusal.value.problems == (sentence,)
    with pytest.raises(IntegrityError, match="A reviewer cannot sign what they wrote"), transaction.atomic():
        signature(article.revisions.get(), reviewer).save()


def test_the_database_takes_no_sign_off_by_another_address_of_the_author():
    """The page of each has an address of its own; their accounts have one."""
    article = factories.publishable_article(signed=False)
    author = Byline.objects.get(article=article).contributor
    account = factories.UserFactory(role="Author", email="ada+articles@example.org")
    Contributor.objects.filter(pk=author.pk).update(user=account, email="office@example.org")
    signs_by = factories.UserFactory(role="Medical reviewer", email="ada+reviews@example.org")
    reviewer = factories.ReviewerFactory(user=signs_by, email="md@example.org")
    with pytest.raises(DeskRefused):
        factories.sign(article, reviewer)
    with pytest.raises(IntegrityError, match="A reviewer cannot sign what they wrote"), transaction.atomic():
        signature(article.revisions.get(), reviewer).save()


def test_the_database_takes_no_sign_off_by_who_wrote_an_earlier_version():
    article, reviewer = factories.publishable_article(signed=False), factories.ReviewerFactory()
    article.title = "Rewritten by its reviewer"
    desk.save(article, by=reviewer.user)
    article.title = "Touched by another"
    revision = desk.save(article, by=factories.editor())
    with pytest.raises(DeskRefused):
        factories.sign(article, reviewer)
    with pytest.raises(IntegrityError, match="A reviewer cannot sign what they wrote"), transaction.atomic():
        signature(revision, reviewer).save()


def signature(revision, reviewer):
    row = {"revision": revision, "reviewer": reviewer, "signed_digest": revision.signed_digest, "name": reviewer.name}
    return Review(**row, decision=Review.APPROVED, due_on=timezone.localdate())


@pytest.mark.parametrize("address", ["Jo+2@example.org", "jo+desk@example.org"])
def test_a_second_account_with_the_same_address_does_not_confirm_an_override(drug_claim, address):
    first, second = drug_claim.asker, factories.UserFactory(role="Editor", email=address)
    with pytest.raises(DeskRefused) as refusal:
        overrides.agree(drug_claim.override, by=second)
    assert refusal.value.problems == ("You requested this override. A second editor must confirm it.",)
    with pytest.raises(IntegrityError, match="An override takes two people"), transaction.atomic():
        Override.objects.filter(pk=drug_claim.override.pk).update(agreed_by=second, agreed_at=timezone.now())
    other = factories.editor()
    assert overrides.agree(drug_claim.override, by=other).agreed_by == other
    assert first != other


@pytest.fixture
def drug_claim():
    """An override that waits for a second editor, of the only finding about an article."""
    article = factories.publishable_article(body="<h2>Benefits</h2><p>a</p><h4>Risks</h4><p>b</p>", signed=False)
    desk.save(article, by=None)
    found = next(finding for finding in checks.run(article) if finding.id == "heading.order")
    asker = factories.UserFactory(role="Editor", email="jo+1@example.org")
    override = overrides.ask(article, finding=found.id, message=found.message, reason="It is so.", by=asker)
    return SimpleNamespace(asker=asker, override=override)
