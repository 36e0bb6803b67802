"""A machine that misread is set aside by two people, for one text, with a reason that readers see; people never are."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import Article, Override
from articles.publishing import checks, desk, overrides, press
from articles.publishing.desk import DeskRefused
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

REASON = "The sentence quotes an error in order to correct it."


@pytest.fixture
def article():
    return factories.publishable_article(
        in_section="news",
        signed=False,
        slug="pumps",
        body="<p>Ziconotide, an NSAID, can cause confusion.</p>",
    )


def the_error(article):
    [finding] = [finding for finding in checks.run(article) if finding.is_error]
    return finding


def asked(article, by, reason=REASON):
    finding = the_error(article)
    return overrides.ask(article, finding=finding.id, message=finding.message, reason=reason, by=by)


def test_two_editors_set_a_misreading_aside_and_readers_see_it(article, client):
    first, second = factories.editor(), factories.editor()
    override = asked(article, first)
    with pytest.raises(PublishingRefused):
        press.publish(article, by=first)
    overrides.agree(override, by=second)
    edition = press.publish(article, by=first)
    assert [one["reason"] for one in edition.set_aside] == [REASON]
    assert REASON in client.get("/articles/pumps/").content.decode()


def test_one_person_is_not_two(article):
    by = factories.editor()
    override = asked(article, by)
    with pytest.raises(DeskRefused, match="A second editor must confirm"):
        overrides.agree(override, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(agreed_by=by, agreed_at=override.asked_at)


def test_a_changed_word_ends_it(article):
    overrides.agree(asked(article, factories.editor()), by=factories.editor())
    assert not [finding for finding in checks.run(article) if finding.is_error]
    article.standfirst = "Changed."
    desk.save(article, by=None)
    assert the_error(article).id == "drug.class"


def test_what_people_have_to_bring_is_never_set_aside(article):
    Article.objects.filter(pk=article.pk).update(body="<p>Words.</p>", disclosure="")
    article.refresh_from_db()
    with pytest.raises(DeskRefused, match="can’t be overridden"):
        asked(article, factories.editor())
    assert not {"credit.missing", "review.missing", "disclosure.missing"} & set(checks.MACHINE_MAY_ERR)


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Newsletter editor", "Site administrator"])
def test_only_editors_set_aside(article, role):
    with pytest.raises(DeskRefused, match="Only editors"):
        asked(article, factories.UserFactory(role=role))
    override = asked(article, factories.editor())
    with pytest.raises(DeskRefused, match="Only editors"):
        overrides.agree(override, by=factories.UserFactory(role=role))


def test_a_reason_is_wanted_and_a_finding_that_stands(article):
    with pytest.raises(DeskRefused, match="Explain why"):
        asked(article, factories.editor(), reason=" ")
    with pytest.raises(DeskRefused, match="already clear"):
        overrides.ask(article, finding="drug.class", message="Other", reason="x", by=factories.editor())


def test_an_override_cannot_be_rewritten(article):
    overrides.agree(asked(article, factories.editor()), by=factories.editor())
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.update(reason="Another.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.all()._raw_delete("default")


def test_it_is_done_with_two_buttons(article, client):
    finding = the_error(article)
    client.force_login(factories.editor())
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "Override this check" in page
    sent = {"finding": finding.id, "message": finding.message, "reason": REASON}
    sent["seen"] = factories.seen(article)
    client.post(reverse("admin:articles_article_request_override", args=[article.pk]), sent)
    client.force_login(factories.editor())
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "Confirm the override" in page
    client.post(
        reverse("admin:articles_article_confirm_override", args=[article.pk]), {"override": Override.objects.get().pk}
    )
    client.post(reverse("admin:articles_article_publish", args=[article.pk]), {"seen": sent["seen"]})
    assert client.get("/articles/pumps/").status_code == 200
