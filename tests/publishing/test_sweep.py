"""Once an error is corrected, every other place that says the same is named, in whatever way it is written there."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Contributor, Drug, Image, Issue, PossibleRepeat, Section, Term, Topic
from articles.models.found import FOR_SEARCH
from articles.models.text_change import PUBLIC
from articles.newsletter.issues import building
from articles.publishing import desk, press, sweep, wording
from tests import factories
from tests.newsletter.happenings import DAY, corrected

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "Take 500 mg of ziconotide twice a day.", "Never take ziconotide by mouth."
BOXED = "<p>Ziconotide can cause severe psychiatric symptoms.[1]</p>"
VARIANTS = {
    "as it was": "<p>Take 500 mg of ziconotide twice a day.</p>",
    "in bold": "<p>Take <strong>500 mg</strong> of <em>zico</em>notide twice a day.</p>",
    "cited": "<p>Take 500 mg of ziconotide[1] twice a day.[1]</p>",
    "with blanks that do not break": "<p>Take&nbsp;500&nbsp;mg of ziconotide twice a&#160;day.</p>",
    "on two lines": "<p>Take 500 mg of ziconotide<br>twice a\nday.</p>",
    "in two items": "<ul><li>Take 500 mg of ziconotide</li><li>twice a day.</li></ul>",
    "by its brand": "<p>Take 500 mg of Prialt twice a day.</p>",
    "quoted": "<p>“Take ‘500 mg’ of ziconotide twice a day.”</p>",
    "in numbers as words": "<p>Take five hundred milligrams of ziconotide two times a day.</p>",
    "in capitals": "<p>TAKE 500 MG OF ZICONOTIDE TWICE A DAY!</p>",
    "within a sentence": "<p>You can take 500 mg of ziconotide twice a day, or more.</p>",
}


def body(words):
    return f"{factories.BODY}{BOXED}{words}"


@pytest.fixture
def correction():
    """The first article's; nothing else says what it said."""
    return corrected(factories.print_edition(title="Pumps", body=body(f"<p>{WRONG}</p>")), was=WRONG, now=RIGHT)


@pytest.fixture
def edition():
    """Before it is corrected, so that others can be published that say the same."""
    return factories.print_edition(title="Pumps", body=body(f"<p>{WRONG}</p>"))


def put_right(edition, was=WRONG, now=RIGHT, **words):
    article = edition.article
    article.refresh_from_db()
    for name, value in (words or {"body": edition.body.replace(WRONG, RIGHT)}).items():
        setattr(article, name, value)
    desk.save(article, by=None)
    factories.sign(article)
    erratum = press.Erratum(was=was, now=now, why="A label was misread.", severity="safety")
    return factories.correct(article, erratum, by=factories.editor())


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_way_of_writing_the_same_error_is_found(edition, variant):
    factories.print_edition(title="Another", body=body(VARIANTS[variant]))
    assert sweep.also_said(put_right(edition)) == ["“Another”, published", "“Another”, draft"]


def test_another_order_of_words_is_named_as_nearly_the_same(edition):
    factories.print_edition(title="Another", body=body("<p>Twice a day, take 500 mg of Prialt.</p>"))
    assert sweep.also_said(put_right(edition)) == [
        "“Another”, published (nearly the same words)",
        "“Another”, draft (nearly the same words)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "<p>Never take 500 mg of ziconotide.</p><p>Twice a day is too often.</p>",
        "<p>Take 50 mg of morphine twice a day.</p>",
        f"<p>{RIGHT}</p>",
    ],
)
def test_what_says_something_else_is_not_named(edition, words):
    factories.publishable_article(title="Another", body=body(words), signed=False)
    assert sweep.also_said(put_right(edition)) == []


PLACES = ("title", "standfirst", "closing_question", "disclosure", "lead_caption", *FOR_SEARCH)


@pytest.mark.parametrize("place", PLACES)
def test_every_part_of_a_published_article_and_of_a_draft_is_read(edition, place):
    words = {"title": "Another", "body": body(""), place: WRONG.upper()}
    factories.print_edition(in_section="news", lead_image=factories.CreditFactory().image, **words)
    title = words["title"]
    assert sweep.also_said(put_right(edition)) == [f"“{title}”, published", f"“{title}”, draft"]


def test_a_draft_that_was_never_published_a_caption_an_alt_text_and_a_credit_are_read(correction):
    caption = f'<figure data-picture="1"><figcaption>{WRONG}</figcaption></figure>'
    factories.publishable_article(title="A draft", body=body(caption), signed=False)
    factories.CreditFactory(image__alt=f"A note: {WRONG}", title="Poster")
    factories.CreditFactory(title="Take 500 mg of Prialt twice a day")
    factories.CreditFactory(title="Channel")
    assert sweep.also_said(correction) == [
        "“A draft”, draft",
        "picture “Poster”",
        "picture “Take 500 mg of Prialt twice a day”",
    ]


def test_the_alt_text_that_readers_have_is_read_whatever_the_library_says_since(edition):
    image = factories.CreditFactory(image__alt=f"A note: {WRONG}", title="Poster").image
    factories.print_edition(title="Another", lead_image=image)
    Image.objects.filter(pk=image.pk).update(alt="A note on a door.")
    assert sweep.also_said(put_right(edition)) == ["“Another”, published"]


BESIDE = {
    "definition of “pump”": lambda: factories.public(Term(name="pump", slug="pump", definition=WRONG, source="A")),
    "topic “Pumps”": lambda: factories.public(Topic(name="Pumps", slug="pumps", definition=WRONG)),
    "section “Devices”": lambda: factories.public(Section(name="Devices", slug="devices", summary=WRONG)),
    "page of “Ada”": lambda: factories.public(Contributor(name="Ada", slug="ada", biography=f"She says: {WRONG}")),
    "medicine “zed”": lambda: factories.public(
        Drug(name="zed", slug="zed", drug_class="opioid", boxed_warning=WRONG, source="A")
    ),
}


@pytest.mark.parametrize("place", BESIDE)
def test_definitions_summaries_biographies_and_cards_are_read(correction, place):
    BESIDE[place]()
    assert sweep.also_said(correction) == [place]


def test_every_text_beside_the_articles_is_among_them():
    assert {model._meta.model_name for model in sweep.BESIDE} == set(PUBLIC)


# What was found waits for a look --------------------------------------------------------------------------------------


@pytest.fixture
def repeat(edition):
    factories.print_edition(title="Another", body=body(f"<p>{WRONG}</p>"))
    factories.CreditFactory(image__alt=WRONG, title="Poster")
    return put_right(edition).possible_repeats.get(place="“Another”, published")


def test_each_place_waits_on_the_desk_until_an_editor_has_looked_at_it(client, repeat):
    correction, by = repeat.correction, factories.editor()
    client.force_login(by)
    dashboard = client.get(reverse("admin:index")).content.decode()
    assert "Corrected in Pumps, and possibly said in 3 other places. Look at each" in dashboard
    address = f"{reverse('admin:articles_possiblerepeat_changelist')}?correction__id__exact={correction.pk}"
    assert (
        address in client.get(reverse("admin:articles_edition_change", args=[correction.edition_id])).content.decode()
    )
    page = client.get(address).content.decode()
    assert f'<a href="{reverse("admin:articles_article_change", args=[repeat.row])}">“Another”, published</a>' in page
    answer = client.post(address, {"action": "corrected", "_selected_action": [repeat.pk]}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Corrected here: “Another”, published."]
    others = correction.possible_repeats.exclude(pk=repeat.pk).values_list("pk", flat=True)
    client.post(address, {"action": "not_the_same", "_selected_action": list(others)})
    decided = correction.possible_repeats.values_list("place", "decision", "decided_by")
    assert sorted(decided) == [
        ("picture “Poster”", "other", by.pk),
        ("“Another”, draft", "other", by.pk),
        ("“Another”, published", "corrected", by.pk),
    ]
    assert "possibly said in" not in client.get(reverse("admin:index")).content.decode()


def test_a_decision_is_an_editors_and_is_taken_once(repeat):
    with pytest.raises(sweep.RepeatRefused, match="Only editors can decide this"):
        sweep.decide(repeat, "other", by=factories.UserFactory(role="Author"))
    first = factories.editor()
    sweep.decide(repeat, "other", by=first)
    with pytest.raises(sweep.RepeatRefused, match=f"{first} decided this already: not the same."):
        sweep.decide(repeat, "corrected", by=factories.editor())
    with pytest.raises(IntegrityError, match="decided once"), transaction.atomic():
        PossibleRepeat.objects.filter(pk=repeat.pk).update(decision="corrected")


def test_what_is_scheduled_is_named(edition):
    article = factories.publishable_article(title="Another", body=body(f"<p>{WRONG}</p>"))
    press.publish(article, by=factories.editor(), at=timezone.now() + DAY)
    Article.objects.filter(pk=article.pk).update(body="")
    assert sweep.also_said(put_right(edition)) == ["“Another”, scheduled"]


def test_the_newsletter_is_read_while_it_can_be_stopped(edition):
    draft = building.build()
    for name, words in (("introduction", f"Hello. {WRONG}"), ("subject", "Take 500mg of Prialt twice a day")):
        Issue.objects.update(introduction="", subject="Pumps")
        Issue.objects.update(**{name: words})
        assert sweep.also_said(put_right(edition) if name == "introduction" else edition.corrected_by.get()) == [
            f"issue {draft.number}, draft"
        ]


def test_an_issue_that_waits_to_be_sent_is_named_for_what_it_carries(edition):
    issue = building.approve(building.build(), by=factories.newsletter_editor())
    correction = put_right(edition)
    assert sweep.also_said(correction) == [f"issue {issue.number}, approved"]
    Issue.objects.filter(pk=issue.pk).update(state="sent", sent_at=timezone.now())
    assert sweep.also_said(correction) == []


def test_where_the_article_itself_still_says_it_that_is_named_first(edition):
    factories.print_edition(title="Another", body=body(f"<p>{WRONG}</p>"))
    correction = put_right(edition, standfirst="What another pump can do.")
    assert sweep.also_said(correction)[0] == "this article, published version 2"


def test_an_error_in_other_words_than_the_erratum_says_is_found_by_the_sentence_that_was_taken_out(edition):
    factories.print_edition(title="Another", body=body(f"<p>{WRONG}</p>"))
    correction = put_right(edition, was="We named a dose by mouth.")
    assert sweep.also_said(correction) == ["“Another”, published", "“Another”, draft"]


def test_where_something_was_missing_texts_are_named_that_name_the_medicine_and_do_not_say_it(edition):
    warning = "Stop ziconotide at once if you see things that are not there."
    silent = factories.print_edition(title="Silent", body=body("<p>Some have had Prialt for years.</p>"))
    warned = "<p>If you see things that aren’t there, stop Prialt at once.</p>"
    factories.print_edition(title="Warned", body=body(warned))
    factories.print_edition(title="Of something else")
    correction = put_right(edition, was="", now=warning, body=edition.body + f"<p>{warning}</p>")
    assert sweep.also_said(correction) == [
        f"“{silent.title}”, published (names ziconotide and doesn’t say this)",
        f"“{silent.title}”, draft (names ziconotide and doesn’t say this)",
    ]


def test_a_missing_warning_without_a_medicine_is_looked_for_by_its_own_words(edition):
    warning = "Do not drive for a day after the injection."
    factories.print_edition(title="Driving", body=f"{factories.BODY}<p>The injection takes an hour. You can drive.</p>")
    article = edition.article
    Article.objects.filter(pk=article.pk).update(body=factories.BODY)
    correction = put_right(edition, was="", now=warning, body=factories.BODY + f"<p>{warning}</p>")
    assert "“Driving”, published (on the same subject and doesn’t say this)" in sweep.also_said(correction)


def test_of_many_places_of_a_kind_some_are_named_and_it_is_said_that_there_are_more(correction, monkeypatch):
    monkeypatch.setattr(sweep, "MOST", 2)
    for number in range(3):
        factories.CreditFactory(image__alt=WRONG, title=f"Poster {number}")
    assert sweep.also_said(correction) == ["picture “Poster 0”", "picture “Poster 1”", "more pictures"]


def test_few_texts_are_read_to_the_end(correction, monkeypatch):
    for number in range(12):
        factories.publishable_article(title=f"Walking {number}", slug=f"walk-{number}", signed=False)
    read = []
    of_html = wording.Wording.of_html
    monkeypatch.setattr(wording.Wording, "of_html", lambda self, html: read.append(html) or of_html(self, html))
    sweep.also_said(correction)
    assert len(read) <= 4  # the two versions of the correction, and its own draft


def test_it_takes_as_many_queries_for_one_article_as_for_four(edition, django_assert_num_queries):
    correction = put_right(edition)
    sweep.also_said(correction)  # reads its two versions, once
    with CaptureQueriesContext(connection) as first:
        sweep.also_said(correction)
    for number in range(3):
        factories.publishable_article(
            title=f"Walking {number}", slug=f"walk-{number}", body=body(f"<p>{WRONG}</p>"), signed=False
        )
    with django_assert_num_queries(len(first)):
        assert len(sweep.also_said(correction)) == 3
