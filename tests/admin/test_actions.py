"""The buttons of an article's page: schedule, publish, unpublish, ask for review, sign off; and who has which."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from articles.admin import confirming
from articles.models import Article, Drug, Edition, Review
from articles.publishing import desk
from tests import factories
from tests.admin.conftest import change_url
from tests.admin.pressing import act, said, signed_in

pytestmark = pytest.mark.django_db


def test_a_time_is_scheduled_taken_back_and_printed_now(client, settings):
    settings.TIME_ZONE = "UTC"
    signed_in(client, "Editor")
    article = factories.publishable_article(due_on=date(2099, 1, 2))
    assert said(act(client, "publish", article, _publish="schedule", at="2099-01-02T09:00")) == [
        "Version 1 is scheduled for January 2, 2099 at 09:00."
    ]
    assert "Scheduled for January 2, 2099" in client.get(change_url(article)).content.decode()
    assert said(act(client, "unschedule", article)) == ["Unscheduled."]
    assert said(act(client, "publish", article, _publish="now")) == ["Published version 2."]


@time_machine.travel("2026-10-20T10:00+02:00", tick=False)
@pytest.mark.parametrize(
    ("at", "which", "sentence"),
    [
        ("2025-10-20T10:00", "", "October 20, 2025, 10:00 has passed. Choose a later time, or publish it now."),
        (
            "2027-03-28T02:30",
            "",
            "On March 28, 2027, clocks go forward in Europe/Berlin, so 02:30 doesn’t exist. "
            "Choose another time, for example 03:30.",
        ),
        (
            "2026-10-25T02:30",
            "",
            "On October 25, 2026, clocks go back in Europe/Berlin, so 02:30 comes twice. "
            "Choose the first (2026-10-25T02:30+02:00) or the second (2026-10-25T02:30+01:00).",
        ),
    ],
)
def test_a_schedule_that_names_no_one_time_to_come_is_refused_in_a_sentence_and_the_form_keeps_it(
    client, settings, at, which, sentence
):
    settings.TIME_ZONE = "Europe/Berlin"
    signed_in(client, "Editor")
    answer = act(client, "publish", factories.publishable_article(), _publish="schedule", at=at, which_hour=which)
    assert said(answer) == [sentence]
    assert not Edition.objects.exists()
    page = answer.content.decode()
    assert 'min="2026-10-20T10:00"' in page
    assert f'value="{at}"' in page
    assert "Clocks go back on October 25, 2026, and an hour comes twice." in page


@time_machine.travel("2026-10-20T10:00+02:00", tick=False)
@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_of_an_hour_that_comes_twice_the_chosen_one_is_scheduled(client, settings, which, hour):
    settings.TIME_ZONE = "Europe/Berlin"
    signed_in(client, "Editor")
    article = factories.publishable_article()
    act(client, "publish", article, _publish="schedule", at="2026-10-25T02:30", which_hour=which)
    assert Edition.objects.get().live_from == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("at", ["", "soon", "2099-13-45T09:00"])
def test_a_schedule_without_a_time_is_asked_for_one(client, at):
    signed_in(client, "Editor")
    article = factories.publishable_article()
    answer = act(client, "publish", article, _publish="schedule", at=at)
    assert said(answer) == ["Choose a date and time to publish it."]
    assert not Edition.objects.exists()


def test_withdrawing_needs_a_note_and_shows_it(client):
    signed_in(client, "Editor")
    edition = factories.print_edition(slug="pumps")
    article = edition.article
    assert said(act(client, "unpublish", article, note=" ")) == [
        "Explain why you’re unpublishing it. Readers will see this."
    ]
    assert said(act(client, "unpublish", article, note="A wrong dose.")) == [
        "Unpublished. Its address now shows your note."
    ]
    assert "A wrong dose." in client.get("/articles/pumps/").content.decode()


def test_a_reviewer_asks_for_changes_and_the_author_sees_them(client):
    article = factories.publishable_article(signed=False)
    reviewer = factories.ReviewerFactory()
    client.force_login(reviewer.user)
    act(client, "sign_off", article, revision=article.revisions.get().pk, decision="changes", comments="Which dose?")
    signed_in(client, "Author")
    assert "Which dose?" in client.get(change_url(article)).content.decode()


def test_a_text_that_changed_while_its_reviewer_read_is_not_signed(client):
    article = factories.publishable_article(signed=False)
    opened = article.revisions.get()
    article.standfirst = "Changed meanwhile."
    desk.save(article, by=None)
    client.force_login(factories.ReviewerFactory().user)
    answer = act(client, "sign_off", article, revision=opened.pk, decision="approved")
    assert said(answer) == ["The text changed since you opened it. Please read the new version."]


def test_a_sign_off_names_a_revision_of_this_article(client):
    article, other = factories.publishable_article(signed=False), factories.publishable_article(signed=False)
    client.force_login(factories.ReviewerFactory().user)
    for revision in (other.revisions.get().pk, 0):
        answer = act(client, "sign_off", article, revision=revision, decision="approved")
        assert answer.status_code == 404
    assert not Review.objects.exists()


@pytest.mark.parametrize("name", ["submit", "sign_off", "publish", "unschedule", "unpublish"])
def test_no_deed_is_done_by_opening_its_address_or_without_an_account(client, name):
    article = factories.publishable_article()
    url = reverse(f"admin:articles_article_{name}", args=[article.pk])
    assert client.post(url).status_code == 302
    signed_in(client, "Editor")
    assert client.get(url).status_code == 405
    assert not Edition.objects.exists()


def test_a_deed_from_another_site_is_refused(rf):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    signed_in(client, "Editor")
    article = factories.publishable_article()
    assert client.post(reverse("admin:articles_article_publish", args=[article.pk])).status_code == 403
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("role", "signs", "prints", "writes"),
    [
        ("Author", False, False, True),
        ("Medical reviewer", True, False, False),
        ("Editor", False, True, True),
        ("Newsletter editor", False, False, False),
        ("Site administrator", False, False, False),
    ],
)
def test_each_role_is_shown_its_own_buttons(client, role, signs, prints, writes):
    user = signed_in(client, role)
    if signs:
        factories.ReviewerFactory(user=user)
    article = factories.publishable_article(signed=False)
    page = client.get(change_url(article)).content.decode()
    assert ("Sign off" in page, "Publish…</button>" in page, 'name="title"' in page) == (
        signs,
        prints,
        writes,
    )


def test_the_form_of_a_typo_fix_carries_the_published_text_and_a_crafted_one_without_it_is_refused(client):
    first = factories.print_edition(body=factories.BODY.replace("Some words", "Some wrods"))
    client.force_login(first.by)
    Article.objects.update(standfirst="A rewrite that waits.")
    page = client.get(confirming.address(first.article, "fix_typo")).content.decode()
    assert f'<input type="hidden" name="published" value="{first.revision.digest}">' in page
    fix = {"was": "wrods", "now": "words"}
    assert said(act(client, "fix_typo", first.article, **fix)) == [
        "This request doesn’t say which text you read. Open the article, read it, and use the button there."
    ]
    fixed = "Published version 2 with the typo fixed. Your unpublished changes are kept."
    assert said(act(client, "fix_typo", first.article, **fix, published=first.revision.digest)) == [fixed]


def test_nobody_deletes_an_article(client, admin_client):
    article = factories.publishable_article()
    assert admin_client.post(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403


# Questions to the reviewer --------------------------------------------------------------------------------------------

SENTENCE = "Ziconotide acts on opioid receptors, and can cause confusion."


@pytest.fixture
def asked():
    """An article with a sentence that only a medical reviewer can judge, and what signs it off but for the answer."""
    article = factories.publishable_article(signed=False, body=f"<p>{SENTENCE}</p>{factories.BODY}")
    revision = article.revisions.get()
    [question] = desk.questions(revision)
    return article, question.key, {"revision": revision.pk, "decision": "approved"}


def test_a_sign_off_without_an_answer_is_refused_and_the_form_keeps_what_was_typed(client, asked):
    article, key, sign = asked
    client.force_login(factories.ReviewerFactory().user)
    typed = {f"answer-{key}": "wrong", f"note-{key}": "It blocks calcium channels.", "comments": "Nearly."}
    for data, sentence in (
        ({}, "Answer the question about ziconotide first."),
        (typed, "You answered “Wrong” about ziconotide, so you can’t sign off. Request changes."),
    ):
        answer = act(client, "sign_off", article, **sign, **data)
        assert said(answer) == [sentence]
        beside = answer.content.decode().partition('<section class="questions"')[2].partition("</form>")[0]
        assert sentence in beside
        assert ('value="wrong" checked' in beside) == bool(data)
        assert all(data[name] in beside for name in data if not name.startswith("answer"))
    assert "Nearly." not in client.get(change_url(article)).content.decode()


def test_a_reviewer_answers_beside_the_text_and_the_authors_read_it(client, asked):
    article, key, sign = asked
    client.force_login(factories.ReviewerFactory().user)
    data = {f"answer-{key}": "wrong", f"note-{key}": "It blocks calcium channels."}
    assert said(act(client, "sign_off", article, **{**sign, "decision": "changes"}, **data)) == [
        "The authors can see the changes you asked for."
    ]
    signed_in(client, "Author")
    page = client.get(change_url(article)).content.decode()
    assert "answered “Wrong” (It blocks calcium channels.). The text says" in page
    assert "1 question answered" in page


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The intrathecal pump is placed in the space at the spinal cord.", "Our entry on intrathecal pump"),
        ("If your groin goes numb, call your doctor in the morning.", "Our list of red flags"),
    ],
)
def test_the_entry_that_a_question_rests_on_is_beside_it_on_the_desk_too(client, sentence, words):
    article = factories.publishable_article(signed=False, body=f"{factories.BODY}<p>{sentence}</p>")
    client.force_login(factories.ReviewerFactory().user)
    column = client.get(change_url(article)).content.decode().partition('class="side"')[2]
    assert words in column.partition("<fieldset")[2].partition("</fieldset>")[0]


def test_a_reviewer_comes_to_the_questions_before_the_checks_and_to_each_once(client, asked):
    article, _key, _sign = asked
    client.force_login(factories.ReviewerFactory().user)
    column = client.get(change_url(article)).content.decode().partition('class="side"')[2]
    review, heading, found = column.partition('id="checks"')
    assert heading
    assert SENTENCE in review
    assert SENTENCE not in found


def test_an_editor_sees_what_waits_for_the_reviewer_apart_from_what_they_must_fix(client, asked):
    article, _key, _sign = asked
    signed_in(client, "Editor")
    column = client.get(change_url(article)).content.decode().partition('id="checks"')[2].partition("</section>")[0]
    fix, heading, waiting = column.partition("Waits for the reviewer: 1 question")
    assert heading
    assert SENTENCE not in fix
    assert f"“{SENTENCE}”" in waiting
    assert "Override" not in waiting
    assert "1 to fix" in fix  # the sign-off that the section requires


def test_a_signed_text_with_a_new_question_is_signed_again(client, asked):
    article, key, sign = asked
    client.force_login(factories.ReviewerFactory().user)
    act(client, "sign_off", article, **sign, **{f"answer-{key}": "correct"})
    assert "for the medical reviewer" not in client.get(change_url(article)).content.decode()
    factories.rewrite(Drug.objects.filter(name="ziconotide"), drug_class="calcium channel blocker")
    [question] = desk.questions(article.revisions.get())
    assert f'name="answer-{question.key}"' in client.get(change_url(article)).content.decode()
    assert said(act(client, "sign_off", article, **sign, **{f"answer-{question.key}": "correct"})) == [
        "You signed off on this version."
    ]


def test_an_article_is_a_start_for_a_new_one(client):
    signed_in(client, "Author")
    article = factories.publishable_article(title="Heat")
    assert "Duplicate…" in client.get(change_url(article)).content.decode()
    asking = client.get(reverse("admin:articles_article_confirm", args=[article.pk, "duplicate"]))
    assert "Make the copy" in asking.content.decode()
    answer = act(client, "duplicate", article)
    assert answer.context["original"].title == "Heat (copy)"
    assert said(answer) == ["This is the copy. Give it a title of its own."]
