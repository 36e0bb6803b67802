"""The gate: every check fires on what it is about, stays silent otherwise, and says where to mend it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from articles.models import Article, Byline, Contributor, ImageCredit, Reference, Term
from articles.publishing import checks, desk
from tests import factories

pytestmark = pytest.mark.django_db


def found(article: Article) -> list[tuple[str, str]]:
    return [(finding.id, finding.where) for finding in checks.run(article)]


def test_a_complete_article_has_no_findings():
    assert checks.run(factories.publishable_article()) == []


def test_an_empty_draft_saves_and_is_told_everything_it_lacks():
    article = Article.objects.create(section=factories.section())
    desk.save(article, by=None)
    assert [id for id, _where in found(article)] == [
        "title.placeholder",
        "body.missing",
        "standfirst.missing",
        "byline.missing",
        "review.missing",
        "reference.none",
        "structure.risks",
        "structure.risks",
        "disclosure.missing",
    ]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"title": ""}, ("title.placeholder", "title")),
        ({"title": "Untitled"}, ("title.placeholder", "title")),
        ({"title": f"{Article.PLACEHOLDER} For people whose back hurts"}, ("title.placeholder", "title")),
        ({"slug": ""}, ("address.missing", "slug")),
        ({"section": None}, ("section.missing", "section")),
        ({"standfirst": " \n"}, ("standfirst.missing", "standfirst")),
        ({"disclosure": ""}, ("disclosure.missing", "disclosure")),
    ],
)
def test_a_field_that_is_missing_is_found_at_its_place(change, finding):
    article = factories.publishable_article(in_section="news")
    Article.objects.filter(pk=article.pk).update(**change)
    article.refresh_from_db()
    assert found(article) == [finding]


@pytest.mark.parametrize("title", ["Titles in medicine", "Drafting a plan", "What a test can tell", "X-rays"])
def test_a_title_that_only_resembles_a_placeholder_is_let_through(title):
    assert found(factories.publishable_article(in_section="news", title=title)) == []


def test_nobody_named_as_author_is_found():
    article = factories.publishable_article()
    Byline.objects.all().delete()
    assert found(article) == [("byline.missing", "byline")]


def test_an_address_that_is_live_elsewhere_is_taken():
    edition = factories.print_edition(in_section="news", slug="pumps")
    Article.objects.filter(pk=edition.article_id).update(slug="moved")
    article = factories.publishable_article(in_section="news", slug="pumps")
    assert found(article) == [("address.taken", "slug")]


# Pictures -------------------------------------------------------------------------------------------------------------


def in_text(image):
    return f'{factories.BODY}<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'


@pytest.mark.parametrize("place", ["lead_image", "body"])
def test_a_picture_without_credit_is_refused_wherever_it_is(place):
    image = factories.ImageFactory()
    where = {"lead_image": image} if place == "lead_image" else {"body": in_text(image)}
    assert found(factories.publishable_article(**where)) == [("credit.missing", place)]


@pytest.mark.parametrize("place", ["lead_image", "body"])
def test_a_picture_with_a_complete_credit_is_let_through_wherever_it_is(place):
    image = factories.CreditFactory().image
    where = {"lead_image": image} if place == "lead_image" else {"body": in_text(image)}
    assert found(factories.publishable_article(**where)) == []


def test_a_pasted_picture_has_no_credit():
    article = factories.publishable_article(
        body=factories.BODY + '<p><img src="https://example.org/x.jpg" alt="A pump"></p>'
    )
    assert found(article) == [("credit.missing", "body")]


def test_a_picture_that_is_not_in_the_library_is_refused():
    article = factories.publishable_article(body=factories.BODY + '<figure data-picture="4711"></figure>')
    assert found(article) == [("credit.missing", "body")]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"creator": ""}, "who made it"),
        ({"title": ""}, "what the work is called"),
        ({"source_url": ""}, "where the work can be found"),
        ({"licence": ""}, "under which licence it may be shown"),
        ({"licence": "all-rights-reserved"}, "who gave permission, and for what"),
    ],
)
def test_an_incomplete_credit_is_refused_and_says_what_it_lacks(lacking, words):
    credit = factories.CreditFactory(**lacking)
    article = factories.publishable_article(lead_image=credit.image)
    [finding] = checks.run(article)
    assert finding.id == "credit.incomplete"
    assert finding.message.startswith(f"The credit of the lead picture does not say {words}: ")
    assert finding.message.endswith(" Until it is mended, nobody sees it.")


def test_it_is_said_why_the_licence_asks_and_each_lack_by_itself():
    image = factories.CreditFactory(licence="cc-by-nc-2.0", title="").image
    assert [f.message for f in checks.run(factories.publishable_article(lead_image=image))] == [
        "The credit of the lead picture does not say what the work is called: CC BY-NC 2.0 ends where the title that "
        "its author gave is left out. Until it is mended, nobody sees it.",
        "The credit of the lead picture does not say that our use is not commercial: CC BY-NC 2.0 is for use that is "
        "not commercial, and only we can say that ours is not. Until it is mended, nobody sees it.",
    ]


def test_before_4_0_a_work_without_title_is_said_to_be_one():
    facts = {"licence": "cc-by-sa-2.0", "title": "", "description": "A pump on a table"}
    image = factories.CreditFactory(**facts).image
    assert found(factories.publishable_article(lead_image=image)) == [("credit.incomplete", "lead_image")]
    image = factories.CreditFactory(**facts, is_untitled=True).image
    assert found(factories.publishable_article(lead_image=image)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 2), [("credit.ends", "warning")]),
        (date(2026, 5, 3), [("credit.ended", "error")]),
        (date(2026, 5, 4), [("credit.ended", "error")]),
    ],
)
def test_rights_that_end_are_told_before_and_refused_after(day, expected):
    with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        image = factories.CreditFactory(rights_end_on=date(2026, 5, 3)).image
        article = factories.publishable_article(lead_image=image)
        assert [(f.id, f.level) for f in checks.run(article)] == expected


def test_a_dismissed_line_is_told_of_no_more():
    article = factories.publishable_article()
    ImageCredit.objects.create(found_in=article, raw="Image by eye").dismiss(by=factories.editor())
    assert found(article) == []


def test_all_rights_reserved_is_let_through_with_a_permission_note():
    credit = factories.CreditFactory(licence="all-rights-reserved", permission="Letter of 3 May 2026, for this site.")
    assert found(factories.publishable_article(lead_image=credit.image)) == []


@pytest.mark.parametrize("alt", ["", " ", "IMG_2041.jpg", "clinic-room.jpeg", "DSC0012", "photo 3"])
def test_a_picture_needs_words_for_those_who_cannot_see_it_and_a_file_name_is_none(alt):
    image = factories.CreditFactory(image__alt=alt).image
    assert found(factories.publishable_article(lead_image=image)) == [("alt.missing", "lead_image")]


def test_a_decorative_picture_needs_no_words():
    image = factories.CreditFactory(image__alt="", image__is_decorative=True).image
    assert found(factories.publishable_article(lead_image=image)) == []


def test_an_old_credit_line_without_its_picture_is_only_pointed_out():
    article = factories.publishable_article()
    ImageCredit.objects.create(found_in=article, raw="Image by quiet-harbor via Flickr")
    assert [(f.id, f.level) for f in checks.run(article)] == [("credit.waiting", "warning")]


# Review ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "expected"), [("conditions", 1), ("treatments", 1), ("news", 0)])
def test_sections_that_ask_for_a_review_get_one(slug, expected):
    article = factories.publishable_article(in_section=slug, signed=False)
    assert found(article) == [("review.missing", "review")] * expected


@pytest.mark.parametrize(
    "change",
    [
        lambda article: Article.objects.filter(pk=article.pk).update(title="Intrathecal pumps, again"),
        lambda article: Article.objects.filter(pk=article.pk).update(standfirst="Another."),
        lambda article: Article.objects.filter(pk=article.pk).update(body=factories.BODY.replace("may", "will")),
        lambda article: Reference.objects.filter(article=article).update(citation="Roe R. Pumps. 2021."),
        lambda article: Article.objects.filter(pk=article.pk).update(lead_image=factories.CreditFactory().image),
    ],
)
def test_a_sign_off_does_not_outlive_a_change_of_what_was_signed(change):
    article = factories.publishable_article()
    change(article)
    article.refresh_from_db()
    assert found(article) == [("review.missing", "review"), ("review.stale", "review")]


def test_a_sign_off_outlives_a_change_of_what_a_reviewer_does_not_vouch_for():
    article = factories.publishable_article()
    Article.objects.filter(pk=article.pk).update(
        slug="elsewhere", closing_question="Would you?", disclosure="None at all."
    )
    article.refresh_from_db()
    assert found(article) == []


def test_a_request_for_changes_is_no_approval():
    article = factories.publishable_article(signed=False)
    factories.sign(article, decision="changes", comments="The dose is wrong.")
    assert found(article) == [("review.missing", "review")]


def test_a_reviewer_who_is_made_an_author_later_does_not_count_any_more():
    article = factories.publishable_article()
    Byline.objects.create(article=article, contributor=Contributor.objects.get(is_medical_reviewer=True), position=2)
    assert found(article) == [("review.missing", "review"), ("review.stale", "review")]


# References and structure ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "expected"), [("conditions", 1), ("treatments", 1), ("news", 0)])
def test_conditions_and_treatments_rest_on_references(slug, expected):
    article = factories.publishable_article(in_section=slug, body=factories.BODY.replace("[1]", ""))
    Reference.objects.all().delete()
    factories.sign(article)
    assert ("reference.none" in [id for id, _where in found(article)]) is bool(expected)


@pytest.mark.parametrize(
    ("cited", "dangling"), [("[3]", ["[3]"]), ("[1,3]", ["[3]"]), ("[1–3]", ["[2]", "[3]"]), ("[0]", ["[0]"])]
)
def test_a_citation_without_its_reference_dangles(cited, dangling):
    article = factories.publishable_article(body=factories.BODY.replace("[1]", cited))
    messages = [f"The text cites {number}, and there is one reference." for number in dangling]
    assert [(f.id, f.message) for f in checks.run(article)] == [("reference.dangling", message) for message in messages]


@pytest.mark.parametrize(
    ("slug", "lacking", "expected"),
    [("treatments", "Risks", 1), ("treatments", "Benefits", 1), ("conditions", "Risks", 0), ("news", "Risks", 0)],
)
def test_treatments_name_benefits_and_risks_in_headings(slug, lacking, expected):
    article = factories.publishable_article(in_section=slug, body=factories.BODY.replace(lacking, "Something else"))
    assert found(article) == [("structure.risks", "body")] * expected


def test_errors_come_before_advice():
    article = factories.publishable_article(disclosure="")
    ImageCredit.objects.create(found_in=article, raw="Photo by Ann Lee")
    assert [finding.level for finding in checks.run(article)] == ["error", "warning"]


def test_the_number_of_queries_does_not_grow_with_the_article(django_assert_num_queries):
    small = factories.publishable_article()
    images = [factories.CreditFactory().image for _number in range(5)]
    large = factories.publishable_article(body=factories.BODY + "".join(in_text(image) for image in images))
    small, large = (Article.objects.select_related("section").get(pk=one.pk) for one in (small, large))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        checks.run(small)
    with django_assert_num_queries(len(queries) + 1):  # the pictures
        checks.run(large)


# Medicines ------------------------------------------------------------------------------------------------------------


def about(words):
    return factories.publishable_article(
        in_section="news", signed=False, title="A remedy", standfirst="What it is.", body=f"<p>{words}</p>"
    )


def test_a_drug_beside_a_class_that_is_not_its_own_is_refused_with_its_card():
    article = about("Ziconotide, a non-steroidal anti-inflammatory drug, can cause confusion.")
    [finding] = checks.run(article)
    assert (finding.id, finding.level, finding.where) == ("drug.class", "error", "body")
    assert "N-type calcium channel blocker" in finding.message
    assert "dailymed.nlm.nih.gov" in finding.message


@pytest.mark.parametrize(
    "words",
    [
        "Ziconotide is not an NSAID. It can cause confusion.",
        "Unlike NSAIDs, ziconotide is given into the spine, and can cause hallucinations.",
        "The pump holds morphine or ziconotide, and NSAIDs for flare-ups; confusion and slow breathing are risks.",
        "Is ziconotide an NSAID? It can cause psychosis.",
    ],
)
def test_negations_contrasts_lists_and_questions_are_let_through(words):
    assert found(about(words)) == []


def test_a_boxed_warning_that_is_never_mentioned_is_refused():
    [finding] = checks.run(about("Ziconotide is given into the spinal fluid."))
    assert (finding.id, finding.level) == ("drug.boxed_warning", "error")
    assert "psychiatric" in finding.message


@pytest.mark.parametrize("words", ["Baclofen tablets ease spasms.", "Clonidine patches are old.", "Bupivacaine numbs."])
def test_a_box_about_one_use_is_asked_for_where_the_text_tells_of_that_use(words):
    assert found(about(words)) == []
    assert found(about(words + " It goes into the intrathecal or epidural space, or is given in labor.")) != []


def test_a_title_and_a_standfirst_are_held_against_the_cards_too():
    article = factories.publishable_article(
        in_section="news", signed=False, title="Prialt, an NSAID", standfirst="It can cause confusion."
    )
    assert ("drug.class", "body") in found(article)


def test_drug_like_words_without_a_card_are_pointed_out():
    [finding] = checks.run(about("Zerfentanil is new."))
    assert (finding.id, finding.level) == ("drug.unknown", "warning")
    assert "zerfentanil" in finding.message


# Headings, links, reading level ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>A</h2><h3>B</h3><h2>C</h2>", 0),
        ("<h3>A</h3>", 1),
        ("<h2>A</h2><h4>B</h4>", 1),
        ("<h2></h2><p>x</p>", 1),
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>", 0),
    ],
)
def test_headings_go_down_one_rank_at_a_time(body, expected):
    article = factories.publishable_article(in_section="news", signed=False, body=f"<p>Words.</p>{body}")
    assert found(article) == [("heading.order", "body")] * expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the label of gabapentin", 0),
        ("Here is the guideline", 0),
        ("click here", 1),
        ("Read more…", 1),
        ("here", 1),
        ("https://example.org/x", 1),
        ("", 1),
    ],
)
def test_a_link_says_where_it_leads(words, expected):
    body = f'<p>Words. <a href="https://example.org/">{words}</a></p>'
    article = factories.publishable_article(in_section="news", signed=False, body=body)
    assert found(article) == [("link.text", "body")] * expected


def test_a_hard_text_is_only_advised_on():
    hard = "Notwithstanding considerable heterogeneity, multidisciplinary rehabilitation demonstrated statistically "
    hard += "significant improvements across predominantly self-reported functional outcomes internationally."
    [finding] = checks.run(about(hard * 8))
    assert (finding.id, finding.level) == ("reading.level", "warning")


def test_a_review_that_is_overdue_is_asked_for_again():
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    article = factories.publishable_article()
    with time_machine.travel(timezone.now() + timedelta(days=732), tick=False):
        assert found(article) == [("review.expired", "review")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "word " * 100_000 + "</p>",
        "<p>" + "x" * 1_000_000 + "</p>",
        "<p>" + "שלום עולם כאב " * 2_000 + "</p>",
        "<h2>a</h2>" * 3_000,
        "<p>" + "[1]" * 20_000 + "</p>",
    ],
    ids=["100,000 words", "one long word", "right to left", "headings", "citations"],
)
def test_any_text_is_judged_and_none_is_an_error(body):
    article = factories.publishable_article(in_section="news", signed=False, body=body)
    assert not [finding for finding in checks.run(article) if finding.is_error]
    from articles.richtext.render import page_html

    assert page_html(article.body, figures={}, references=1).html


def test_terms_of_the_glossary_and_their_synonyms_are_nobodys_fault():
    """With the glossary's words counted as easy ones, the same text reads at a lower grade."""
    from articles.richtext import readability

    sentence = "Allodynia and dysesthesia may follow radiculopathy, and transcutaneous stimulation may help. "
    body = f"<p>{sentence * 20}</p>"
    draft = checks.Draft(factories.publishable_article(body=body))
    assert {"allodynia", "tic douloureux", "ziconotide"} <= set(draft.terms())
    with_terms = readability.measure(body, terms=draft.terms())
    Term.objects.all().delete()
    without = readability.measure(body, terms=draft.terms())
    assert with_terms.grade == without.grade
    assert with_terms.grade_without_terms < without.grade_without_terms - 2
