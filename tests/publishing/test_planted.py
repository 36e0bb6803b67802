"""Planted defects: each is refused by the gate, and each path to the public is refused with one of them.

That all paths lead through the gate is shown in tests/architecture: nothing else makes an edition. A new check needs
one line in PLANTED (or in ADVICE, if it only warns).
"""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.importing.importer import import_file
from articles.models import (
    Article,
    Byline,
    Edition,
    ImageCredit,
    LinkHealth,
    Override,
    Reference,
    RetractionNotice,
    Section,
    SourceNote,
)
from articles.publishing import checks, desk, press
from articles.publishing.press import PublishingRefused
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of
from tests.newsletter.happenings import corrected

pytestmark = pytest.mark.django_db

SOME_DAY = datetime(2099, 1, 1, tzinfo=UTC)
HARD = (
    "<p>Notwithstanding considerable heterogeneity, multidisciplinary rehabilitation demonstrated statistically "
    "significant improvements across predominantly self-reported functional outcomes internationally.</p>"
)


# Defects --------------------------------------------------------------------------------------------------------------


def with_(**columns):
    """A defect in the article's own columns; `section` is a slug, and what is not a value yet is made now."""

    def plant(article):
        given = {name: value() if callable(value) else value for name, value in columns.items()}
        if given.get("section"):
            given["section"] = factories.section(given["section"])
        Article.objects.filter(pk=article.pk).update(**given)

    return plant


def says(words):
    """A text that goes on with these words."""
    return with_(body=f"{factories.BODY}{words}")


def without(model, section="news"):
    def plant(article):
        with_(section=section, body=factories.BODY.replace("[1]", ""))(article)
        model.objects.filter(article=article).delete()

    return plant


def taken_address(article):
    other = factories.print_edition(in_section="news", slug="taken")
    Article.objects.filter(pk=other.article_id).update(slug="moved")
    with_(slug="taken")(article)


def expired_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article, at=datetime(2019, 1, 1, tzinfo=UTC), due_on=date(2021, 1, 1))


def signed_without_interests(article):
    factories.sign(article, factories.ReviewerFactory(interests=""))


def waiting_credit(article):
    ImageCredit.objects.create(found_in=article, raw="Image by quiet-harbor via Flickr")


def stale_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article)
    with_(standfirst="Not what was signed.")(article)


def withdrawn_review(article):
    with_(section="treatments")(article)
    article.refresh_from_db()
    reviewer = factories.ReviewerFactory()
    factories.sign(article, reviewer)
    factories.sign(article, reviewer, decision="changes", comments="The dose is wrong.")


def moved_after_review(article):
    """A reviewer wanted changes, and the text goes to a section where nobody is asked."""
    with_(section="treatments")(article)
    article.refresh_from_db()
    factories.sign(article, decision="changes", comments="The dose is wrong.")
    with_(section="news")(article)


def picture(**facts):
    return lambda: factories.CreditFactory(**facts).image


def cites_a(nature):
    def plant(article):
        Reference.objects.filter(article=article).update(doi="10.1000/pumps")
        RetractionNotice.objects.create(record_id=1, nature=nature, doi="10.1000/pumps")

    return plant


def on_manipulation(words, risks="It can make you sore, and rarely a disc gets worse."):
    """A defect in an article about spinal manipulation that is whole but for it."""
    told = f"<p>Spinal manipulation moves a joint quickly. {risks} {words}</p>"
    return with_(title="Spinal manipulation", body=f"{factories.BODY}{told}")


def on_pumps(words):
    """A defect in an article that tells all there is to tell about pumps."""
    told = """<p>An intrathecal pump can lead to infection, an overdose, a catheter that kinks, withdrawal, a granuloma,
    and refills.</p><p>Get help at once for fever, weakness, or slow breathing.</p>"""
    return with_(title="Intrathecal pumps", body=f"{factories.BODY}{told}{words}")


def cites(citation):
    return lambda article: Reference.objects.filter(article=article).update(citation=citation)


def superseded(article):
    cites("Doe J. Pumps. J Pain. 2024;1(1):1-2.")(article)
    later = {"successor": "Doe J. Pumps. J Pain. 2026;3(1):1-2.", "successor_doi": "10.1000/pumps.2"}
    SourceNote.objects.create(citation="Doe J. Pumps. J Pain. 2024;1(1):1-2.", by=factories.editor(), **later)


def bare(article):
    body = factories.BODY.replace("It may harm.[1]", "It may harm one in four.")
    with_(section="treatments", body=body)(article)


def corrected_elsewhere(words):
    """A defect: words that say what was corrected in another article."""

    def plant(article):
        wrong = "A pump cures nine in ten."
        corrected(factories.print_edition(slug="cured", body=f"{factories.BODY}<p>{wrong}</p>"), was=wrong)
        says(f"<p>{words}</p>")(article)

    return plant


def differs_from_another_page(article):
    said = "<p>Adults should take at most {} milligrams of gabapentin in one day.</p>"
    factories.print_edition(slug="dose", in_section="news", body=factories.BODY + said.format(900))
    says(said.format(1_200))(article)


# What makes an article that would pass, in News, fail exactly one check.
PLANTED = {
    "title.placeholder": with_(title="Untitled"),
    "address.missing": with_(slug=""),
    "address.taken": taken_address,
    "section.missing": with_(section=None),
    "body.missing": with_(body=" "),
    "standfirst.missing": with_(standfirst=" "),
    "byline.missing": without(Byline),
    "credit.missing": with_(lead_image=factories.ImageFactory),
    "credit.incomplete": with_(lead_image=picture(creator="")),
    "credit.no_derivatives": with_(lead_image=picture(license="cc-by-nd-4.0", modifications="cropped")),
    "credit.ended": with_(lead_image=picture(rights_end_on=date(2026, 1, 1))),
    "picture.withdrawn": with_(lead_image=picture(image__withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))),
    "alt.missing": with_(lead_image=picture(image__alt="IMG_2041.jpg")),
    "correction.returns": corrected_elsewhere("A pump cures 9 in 10."),
    "review.missing": with_(section="treatments"),
    "review.expired": expired_review,
    "review.moved": moved_after_review,
    "review.dose": says("<p>Many begin with 300 mg of gabapentin.</p>"),
    "reference.none": without(Reference, section="treatments"),
    "reference.retracted": cites_a(RetractionNotice.RETRACTED),
    "jama.authorship": lambda article: factories.rewrite(article.authors.all(), role=""),
    "jama.attribution": without(Reference),
    "jama.interests": signed_without_interests,
    "reference.dangling": says("<p>Some say so.[3]</p>"),
    "structure.risks": with_(section="treatments", body=factories.BODY.replace("Risks", "Something else")),
    "drug.class": says(
        "<p>Ziconotide, a non-steroidal anti-inflammatory drug, can cause confusion and a heart attack.</p>"
    ),
    "drug.boxed_warning": says("<p>Ziconotide is given into the spinal fluid.</p>"),
    "evidence.unreferenced": with_(
        section="treatments", body=f"<p>A recent study found that pumps help.</p>{factories.BODY}"
    ),
    "procedure.risk": on_manipulation("", risks=""),
    "heading.order": says("<h4>Far down</h4>"),
    "link.text": says('<p>More is <a href="https://example.org/">here</a>.</p>'),
    "disclosure.missing": with_(disclosure=""),
    "disclosure.filler": with_(disclosure="None."),
    "alt.filler": with_(lead_image=picture(image__alt="Picture of pump")),
    "alt.caption": with_(lead_image=picture(image__alt="A pump on a table."), lead_caption="A pump on a table"),
    "risks.denied": says("<h2>Risk-free</h2><p>It has been used for years.</p>"),
    "structure.empty": says("<h2>What are the risks?</h2><p>To be written.</p>"),
    "text.struck": says("<p>Do <s>not</s> stop.</p>"),
    "text.shortcode": says('<p>[gallery ids="4,5"]</p>'),
    "text.encoding": says("<p>It isnâ€™t much.</p>"),
    "text.characters": says("<p>The sig\ue000nal runs on.</p>"),
    "drug.question": says("<p>Ziconotide acts on opioid receptors, and can cause confusion.</p>"),
    "drug.route": says("<p>Gabapentin tablets help some people; a gabapentin patch is new.</p>"),
    "evidence.other_subject": says("<p>In a study of mice it worked, so it will help people.[1]</p>"),
    "sign.urgency": says("<p>If you have chest pain, see your doctor this week.</p>"),
    "procedure.place": on_pumps("<p>The pump is placed in the space at the spinal cord.</p>"),
    "procedure.absolute": on_manipulation("It is risk-free."),
    "text.contradiction": on_pumps(
        "<p>Unlike surgical treatments, the pump is small.</p><p>The pump is implanted in a small operation.</p>"
    ),
    "reference.old": cites("Doe J. Pumps. J Pain. 2007;1(1):1-2."),
    "reference.superseded": superseded,
}


# What is only advised on, whether the article is printed or not.
def broken_link(article):
    says('<p>See <a href="https://example.org/gone">the old guideline</a>.</p>')(article)
    LinkHealth.objects.create(
        url="https://example.org/gone",
        checked_on=date(2026, 11, 2),
        failing_since=date(2026, 11, 1),
        failed_on=date(2026, 11, 2),
    )


ADVICE = {
    "link.broken": broken_link,
    "credit.ends": with_(lead_image=picture(rights_end_on=date(2098, 1, 1))),
    "credit.waiting": waiting_credit,
    "correction.similar": corrected_elsewhere("In nine of ten, a pump cures in weeks."),
    "reference.uncited": bare,
    "reference.corrected": cites_a(RetractionNotice.CORRECTED),
    "reference.doubted": cites_a(RetractionNotice.DOUBTED),
    "question.open": with_(closing_question="Which of the two helps you?"),
    "drug.unknown": says("<p>Zerfentanil is new.</p>"),
    "evidence.undated": says("<p>A recent study found that pumps help.[1]</p>"),
    "number.differs": differs_from_another_page,
    "procedure.signs": with_(
        title="Vertebroplasty",
        body=f"{factories.BODY}<p>In vertebroplasty cement can leak, cause an infection or injure a nerve.</p>",
    ),
    "reading.level": says(HARD * 8),
    "review.stale": stale_review,
    "review.withdrawn": withdrawn_review,
}


def test_every_check_of_the_gate_is_planted():
    assert set(checks.REGISTRY) == {*PLANTED, *ADVICE}, "add the new check to PLANTED or ADVICE of this file, in a line"


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
    with pytest.raises(PublishingRefused) as refused:
        press.publish(article, by=factories.editor())
    assert [finding.id for finding in refused.value.findings] == [id]
    assert not article.editions.exists()


@pytest.mark.parametrize("made", [desk_made, importer_made])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_no_path_prints_a_draft_with_a_defect(path, made, client, tmp_path):
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


def test_a_draft_as_it_was_imported_is_refused_by_every_path(client, tmp_path):
    file = tmp_path / "old.txt"
    file.write_text("Short walks help more people than long rests do [2].\n\nImage by still-meadow via Flickr\n")
    for section in (None, *Section.objects.all()):
        import_file(file, section=section, title=f"Walking, {section}")
        file.write_text(file.read_text() + ".")
    for article in Article.objects.all():
        for path in EVERY_DRAFT:
            path(article, factories.editor(), client, tmp_path)
    assert Article.objects.count() == 4
    assert not Edition.objects.exists()


def test_a_good_article_is_published_in_few_queries(django_assert_max_num_queries):
    article = factories.publishable_article(lead_image=factories.CreditFactory().image)
    by = factories.editor()
    with django_assert_max_num_queries(
        36 + 2
    ):  # and the savepoint that this test's own transaction makes of the press's
        press.publish(article, by=by)
    assert Edition.objects.live().count() == 1
