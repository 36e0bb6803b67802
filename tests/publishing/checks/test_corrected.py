"""A corrected error does not come back: not by a restored revision, typed again, or in another article."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Drug, Edition
from articles.models.found import FOR_SEARCH
from articles.publishing import checks, desk, overrides, press, revisions
from articles.publishing.desk import DeskRefused
from tests import factories
from tests.publishing.judging import refusals

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "Take 500 mg of ziconotide twice a day.", "Never take ziconotide by mouth."
BOXED = " Ziconotide can cause severe psychiatric symptoms."
BODY = f"<p>Some words about it.[1]{BOXED}</p><h2>Benefits</h2><p>{{}}</p><h2>Risks</h2><p>It may harm.[1]</p>"


def saved(article, **words):
    """The working copy with other words, signed where its section wants that."""
    article.refresh_from_db()
    for name, value in words.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    if article.section.requires_review:
        factories.sign(article)
    return article


def corrected(edition, *, was=WRONG, now=RIGHT, severity="safety", **words):
    """The article with an error put right, published as a correction."""
    erratum = press.Erratum(was=was, now=now, why="A label was misread.", severity=severity)
    article = saved(edition.article, **(words or {"body": edition.body.replace(WRONG, RIGHT)}))
    return factories.correct(article, erratum, by=factories.editor())


def restored(edition):
    revisions.restore(edition.revision, by=factories.editor())
    edition.article.refresh_from_db()
    if edition.article.section.requires_review:
        factories.sign(edition.article)
    return edition.article


def with_error(**words):
    return factories.print_edition(**{"title": "Pumps", "body": BODY.format(WRONG), **words})


def another(section="news", **words):
    """Another article that says something, signed and not yet published."""
    words = {"title": "Another", "body": BODY.format("It may help."), **words}
    return factories.publishable_article(in_section=section, **words)


def found(article):
    """But for the advice that its doses cite nothing."""
    return [(finding.id, finding.level) for finding in checks.run(article) if finding.id != "reference.uncited"]


RETURNS, SIMILAR = [("correction.returns", "error")], [("correction.similar", "warning")]


# The article's own corrections ----------------------------------------------------------------------------------------


def test_a_restored_revision_from_before_a_correction_is_refused():
    edition = with_error()
    correction = corrected(edition)
    assert found(edition.article) == []
    article = restored(edition)
    [finding] = [finding for finding in checks.run(article) if finding.is_error]
    on = timezone.localdate(correction.edition.live_from)
    assert (finding.id, finding.where) == ("correction.returns", "body")
    assert finding.message == (
        f"The correction of {on:%B} {on.day}, {on.year} said that “{WRONG}” was wrong and should say “{RIGHT}” "
        "This text says it again."
    )
    assert refusals(lambda: press.publish(article, by=factories.editor())) == ["correction.returns"]


@pytest.mark.parametrize(
    "again",
    [
        "<p>Take <b>five hundred</b> milligrams[1] of&nbsp;Prialt two<br>times a day!</p>",
        "<p>You may take 500 mg of ziconotide twice a day.</p>",
        "<p>Of ziconotide, take 500 mg twice a day.</p>",
        "<ul><li>Take 500 mg of ziconotide</li><li>twice a day.</li></ul>",
    ],
)
def test_typed_again_in_another_way_it_is_refused(again):
    edition = with_error()
    corrected(edition)
    assert found(saved(edition.article, body=BODY.format(RIGHT) + again)) == RETURNS


@pytest.mark.parametrize("name", ["title", "standfirst", "closing_question", "disclosure", *FOR_SEARCH])
def test_it_is_refused_in_each_part_of_an_article(name):
    edition = with_error()
    corrected(edition)
    article = saved(edition.article, **{name: WRONG})
    [finding] = [finding for finding in checks.run(article) if finding.is_error]
    assert (finding.id, finding.where) == ("correction.returns", name)


def test_it_is_refused_in_a_caption_and_in_an_alt_text():
    edition = with_error(lead_image=factories.CreditFactory().image)
    corrected(edition)
    article = saved(edition.article, lead_caption=WRONG)
    assert found(article) == RETURNS
    article.lead_image.alt = WRONG
    article.lead_image.save()
    article = saved(article, lead_caption="")
    assert found(article) == RETURNS


def test_what_still_stands_in_the_published_version_keeps_nothing_back():
    """The correction was of one of two places; the other is no error that comes back."""
    edition = with_error(body=BODY.format(WRONG) + f"<p>Some say: {WRONG}</p>")
    corrected(edition, body=edition.body.replace(WRONG, RIGHT, 1))
    article = saved(edition.article, standfirst="What another pump can do.")
    assert found(article) == []
    assert found(saved(article, body=edition.body)) == RETURNS


def test_where_a_correction_says_that_something_was_missing_it_cannot_go_missing_again():
    edition = with_error(body=BODY.format("It may help.").replace(BOXED, " Psychiatric symptoms are seen."))
    warning = "Ziconotide can cause hallucinations: you see things that are not there."
    corrected(edition, was="", now=warning, body=edition.body + f"<p>{warning}</p>")
    article = saved(edition.article, standfirst="What another pump can do.")
    assert found(article) == []
    again = "<p>Prialt can cause hallucinations: you see things that aren’t there.</p>"
    assert found(saved(article, body=edition.body + again)) == []
    assert found(restored(edition)) == RETURNS


def test_where_a_correction_paraphrases_what_it_said_the_sentence_that_it_took_out_cannot_come_back():
    edition = with_error()
    corrected(edition, was="We named a dose by mouth.")
    assert found(restored(edition)) == RETURNS


def test_after_a_minor_correction_it_is_pointed_out_and_keeps_nothing_back():
    edition = with_error()
    corrected(edition, severity="minor")
    assert found(restored(edition)) == SIMILAR


def test_a_correction_that_takes_a_correction_back_needs_two_editors_once():
    edition, editors = with_error(), [factories.editor(), factories.editor()]
    corrected(edition)
    article = saved(edition.article, body=edition.body)
    erratum = press.Erratum(was=RIGHT, now=WRONG, why="The label was right.", severity="safety")
    assert refusals(lambda: factories.correct(article, erratum, by=editors[0])) == ["correction.returns"]
    set_aside(article, *editors)
    assert factories.correct(article, erratum, by=editors[0]).edition.set_aside
    assert found(saved(article, standfirst="What another pump can do.")) == []


def test_unpublishing_never_asks():
    edition = with_error()
    corrected(edition)
    assert press.withdraw(restored(edition), by=factories.editor(), note="Unsound.").kind == "withdrawn"


# Other articles -------------------------------------------------------------------------------------------------------


def test_another_article_cannot_say_what_was_corrected_in_one():
    correction = corrected(with_error())
    [finding] = checks.run(another(body=BODY.format(WRONG)))
    on = timezone.localdate(correction.edition.live_from)
    assert (finding.id, finding.level, finding.where) == ("correction.returns", "error", "body")
    assert finding.message == (
        f"“Pumps” was corrected on {on:%B} {on.day}, {on.year}: it said “{WRONG}” and should say “{RIGHT}” "
        "This text says the same."
    )


def test_in_another_article_a_sentence_in_another_order_is_pointed_out():
    corrected(with_error())
    assert found(another(body=BODY.format("Of ziconotide, take 500 mg twice a day."))) == SIMILAR


def test_a_few_words_that_were_wrong_in_their_sentence_may_be_right_in_another():
    corrected(with_error(), was="500 mg", now="5 mg", body=BODY.format(WRONG.replace("500", "5")))
    assert found(another(body=BODY.format("Some take 500 mg of something else."))) == []
    assert found(another(slug="a-second", title="Second", body=BODY.format(WRONG)))[:1] == RETURNS


@pytest.mark.parametrize("severity", ["minor", "factual"])
def test_a_short_sentence_counts_where_it_is_the_whole_sentence(severity):
    corrected(with_error(), was="It is safe in pregnancy.", now="It harms.", severity=severity)
    assert found(another(body=BODY.format("It is safe in pregnancy."))) == ([] if severity == "minor" else RETURNS)
    assert found(another(slug="b", title="B", body=BODY.format("Whether it is safe in pregnancy is unknown."))) == []


def test_a_correction_that_is_not_public_yet_counts_from_the_day_on_which_it_is():
    edition, later = with_error(), timezone.now() + timedelta(days=2)
    article = saved(edition.article, body=edition.body.replace(WRONG, RIGHT))
    erratum = press.Erratum(was=WRONG, now=RIGHT, why="A label was misread.", severity="safety")
    factories.correct(article, erratum, by=factories.editor(), at=later)
    other = another(body=BODY.format(WRONG))
    assert checks.run(other) == []
    assert [finding.id for finding in checks.run(other, later + timedelta(hours=1))] == ["correction.returns"]


# Overrides and paths --------------------------------------------------------------------------------------------------


def set_aside(article, first, second):
    [finding] = [finding for finding in checks.run(article) if finding.is_error]
    asked = overrides.ask(article, finding=finding.id, message=finding.message, reason="It is quoted.", by=first)
    with pytest.raises(DeskRefused, match="second editor"):
        overrides.agree(asked, by=first)
    overrides.agree(asked, by=second)


def test_two_editors_can_let_it_stand_and_readers_see_why():
    corrected(with_error())
    article, editors = another(body=BODY.format(WRONG)), [factories.editor(), factories.editor()]
    set_aside(article, *editors)
    edition = press.publish(article, by=editors[0])
    assert [override["reason"] for override in edition.set_aside] == ["It is quoted."]


def from_a_shell(article, client, by):
    for at in (None, timezone.now() + timedelta(days=1)):
        assert refusals(lambda at=at: press.publish(article, by=by, at=at)) == ["correction.returns"]


def from_the_command(article, client, by):
    with pytest.raises(CommandError, match="was not published"):
        call_command("publish_article", article.slug, by=by.username)


def from_the_desk(article, client, by):
    client.force_login(by)
    soon = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    for data in ({"_publish": "now"}, {"_publish": "schedule", "at": soon}):
        data["seen"] = factories.seen(article)
        answer = client.post(reverse("admin:articles_article_publish", args=[article.pk]), data, follow=True)
        assert "This text says" in str(*answer.context["messages"])


@pytest.mark.parametrize("path", [from_a_shell, from_the_command, from_the_desk], ids=lambda path: path.__name__)
@pytest.mark.parametrize("is_own", [True, False])
def test_no_path_publishes_a_corrected_error(path, is_own, client):
    edition = with_error()
    corrected(edition)
    article = saved(edition.article, body=edition.body) if is_own else another(body=BODY.format(WRONG))
    before = Edition.objects.count()
    path(article, client, factories.editor())
    assert Edition.objects.count() == before


def test_a_typo_fix_of_a_text_with_an_error_that_was_corrected_elsewhere_is_refused():
    other = factories.print_edition(title="Other", body=BODY.format(WRONG).replace("about it", "abuot it"))
    corrected(with_error())
    assert refusals(lambda: factories.fix_typo(other.article, was="abuot", now="about", by=factories.editor())) == [
        "correction.returns"
    ]


def test_a_correction_of_something_else_in_it_is_refused_too():
    other = factories.print_edition(title="Other", body=BODY.format(WRONG))
    corrected(with_error())
    article = saved(other.article, standfirst="What another pump can do.")
    erratum = press.Erratum(was="What a pump can do.", now="What another can.", why="Misread.", severity="factual")
    assert refusals(lambda: factories.correct(article, erratum, by=factories.editor())) == ["correction.returns"]


def test_a_medicine_is_known_by_the_brands_on_its_card():
    corrected(with_error())
    Drug.objects.filter(name="ziconotide").update(brands=["Prialt", "Newbrand"])
    assert found(another(body=BODY.format(WRONG.replace("ziconotide", "Newbrand")))) == RETURNS


def test_many_corrections_of_other_articles_cost_no_more_queries(django_assert_num_queries):
    article = another()
    with CaptureQueriesContext(connection) as first:
        checks.run(article)
    for edition in [with_error(slug=f"pumps-a{number}") for number in range(3)]:
        corrected(edition)
    with django_assert_num_queries(len(first)):
        checks.run(article)
