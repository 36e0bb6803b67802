"""Planted defects: each is refused by the gate, and each path to the public is refused with one of them.

That all paths lead through the gate is shown in tests/architecture: nothing else makes an edition. A new check needs
one line in `defects.PLANTED` (or in ADVICE, if it only warns).
"""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.importing.importer import import_file
from articles.models import (
    Article,
    Byline,
    Edition,
    Override,
    Reference,
    Section,
)
from articles.publishing import checks, desk, page_texts, press
from articles.publishing.press import PublishingRefused
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of
from tests.publishing.defects import ADVICE, PLANTED, SOME_DAY

pytestmark = pytest.mark.django_db


def test_every_check_of_the_gate_is_planted():
    assert set(checks.REGISTRY) == {*PLANTED, *ADVICE}, "add the new check to defects.py, in a line"


def planted(id, article):
    """The article with a defect; signed as it then is, unless the signature is what it is about."""
    {**PLANTED, **ADVICE}[id](article)
    article.refresh_from_db()
    if article.section and article.section.requires_review and not id.startswith("review."):
        factories.sign(article, due_on=SOME_DAY.date())
    return article


def levels(article):
    return {finding.id: finding.level for finding in checks.run(article)}


# Paths ----------------------------------------------------------------------------------------------------------------


def admin_save(article, by, client, tmp_path):
    """A save of the form, with whatever a form could claim about printing."""
    client.force_login(by)
    claims = {"_publish": "now", "at": "", "live_from": "2020-01-01 09:00", "status": "published"}
    data = form_of(client, change_url(article), closing_question="Would you?", **claims)
    answer = client.post(change_url(article), data, follow=True)
    assert answer.redirect_chain, errors_of(answer)
    assert Article.objects.get(pk=article.pk).closing_question == "Would you?"


def pressed(article, by, client, **data):
    client.force_login(by)
    sent = {"seen": factories.seen(article), **data}
    answer = client.post(reverse("admin:articles_article_publish", args=[article.pk]), sent, follow=True)
    assert {message.level_tag for message in answer.context["messages"]} == {"error"}


def publish_button(article, by, client, tmp_path):
    pressed(article, by, client, _publish="publish")


def schedule_button(article, by, client, tmp_path):
    pressed(article, by, client, _publish="schedule", at="2099-01-01T09:00")


def command(article, by, client, tmp_path):
    for at in ({}, {"at": SOME_DAY}):
        with pytest.raises(CommandError, match="was not published"):
            call_command("publish_article", article.slug, by=by.username, **at)


def shell(article, by, client, tmp_path):
    for at in (None, SOME_DAY):
        with pytest.raises(PublishingRefused):
            press.publish(article, by=by, at=at)


def superuser_in_a_shell(article, by, client, tmp_path):
    by.is_superuser = True
    by.save()
    shell(article, by, client, tmp_path)


def alone_against_the_gate(article, by, client, tmp_path):
    """One editor who sets the finding aside, and agrees with themselves."""
    client.force_login(by)
    [finding] = [finding for finding in checks.run(article) if finding.is_error]
    asked = {"finding": finding.id, "message": finding.message, "reason": "I know better."}
    asked["seen"] = factories.seen(article)
    client.post(reverse("admin:articles_article_request_override", args=[article.pk]), asked)
    for override in Override.objects.all():
        client.post(reverse("admin:articles_article_confirm_override", args=[article.pk]), {"override": override.pk})
    client.get(reverse("admin:index"))  # where the answers so far are told
    publish_button(article, by, client, tmp_path)


EVERY_DRAFT = [admin_save, publish_button, schedule_button, command, shell, superuser_in_a_shell]
PATHS = [*EVERY_DRAFT, alone_against_the_gate]


def desk_made(tmp_path):
    return factories.publishable_article(in_section="news", signed=False)


def importer_made(tmp_path):
    """A draft that the importer made, with everything added that it lacks."""
    file = tmp_path / "post.html"
    file.write_text(f"<title>Pumps</title><h1>Pumps</h1>{factories.BODY}")
    import_file(file, section=Section.objects.get(slug="news"))
    article = Article.objects.get(import_name__endswith="post.html")
    article.standfirst, article.disclosure = "What a pump can do.", "Nobody paid for this text."
    Byline.objects.create(article=article, contributor=factories.ContributorFactory())
    Reference.objects.create(article=article, position=1, citation="Doe J. Pumps. J Pain. In press.")
    desk.save(article, by=None)
    return article


@pytest.mark.parametrize("made", [desk_made, importer_made])
def test_without_a_defect_the_same_article_is_printed(made, tmp_path):
    article = made(tmp_path)
    assert checks.run(article) == []
    assert press.publish(article, by=factories.editor()).number == 1


@pytest.mark.parametrize("id", PLANTED)
def test_no_planted_defect_passes_the_gate(id, tmp_path):
    article = planted(id, desk_made(tmp_path))
    assert levels(article) == {id: "error"}
    before = article.editions.count()
    with pytest.raises(PublishingRefused) as refused:
        press.publish(article, by=factories.editor())
    assert [finding.id for finding in refused.value.findings] == [id]
    assert article.editions.count() == before


@pytest.mark.parametrize("made", [desk_made, pytest.param(importer_made, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_path_prints_a_draft_with_a_defect(path, made, client, tmp_path):
    """What was imported goes along every path as it is, below; here, in a campaign, with all that it lacks but one."""
    article = planted("drug.class", made(tmp_path))
    assert levels(article) == {"drug.class": "error"}
    before = list(Edition.objects.values_list("pk", flat=True))
    path(article, factories.editor(), client, tmp_path)
    assert list(Edition.objects.values_list("pk", flat=True)) == before
    assert not article.editions.exists()
    assert not Edition.objects.scheduled().exists()


@pytest.mark.campaign
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
@pytest.mark.parametrize("id", [id for id in PLANTED if id != "address.missing"])  # by which a command names an article
def test_no_planted_defect_is_printed_by_any_path(id, path, client, tmp_path):
    article = planted(id, desk_made(tmp_path))
    path(article, factories.editor(), client, tmp_path)
    assert not article.editions.exists()


@pytest.mark.parametrize("id", ADVICE)
def test_advice_keeps_nothing_back_by_itself(id, tmp_path):
    article = planted(id, desk_made(tmp_path))
    found = levels(article)
    assert found.pop(id) == "warning"
    if "error" not in found.values():
        assert press.publish(article, by=factories.editor()).number == 1


@pytest.mark.parametrize("each", [3, pytest.param(1, marks=pytest.mark.campaign)])
def test_a_draft_as_it_was_imported_is_refused_by_every_path(each, client, tmp_path):
    """Four drafts, in each section and in none; a campaign takes each of them along every path."""
    file = tmp_path / "old.txt"
    file.write_text("Short walks help more people than long rests do [2].\n\nImage by still-meadow via Flickr\n")
    for section in (None, *Section.objects.all()):
        import_file(file, section=section, title=f"Walking, {section}")
        file.write_text(file.read_text() + ".")
    for number, article in enumerate(Article.objects.order_by("pk")):
        for path in EVERY_DRAFT[number % each :: each]:
            path(article, factories.editor(), client, tmp_path)
    assert Article.objects.count() == 4
    assert not Edition.objects.exists()


def test_a_good_article_is_published_in_few_queries(django_assert_max_num_queries):
    article = factories.publishable_article(lead_image=factories.CreditFactory().image)
    by = factories.editor()
    page_texts.words()  # as a process that has served a page knows them
    with django_assert_max_num_queries(
        37 + 2
    ):  # and the savepoint that this test's own transaction makes of the press's
        press.publish(article, by=by)
    assert Edition.objects.live().count() == 1
