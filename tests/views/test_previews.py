"""Links to one revision each: a preview that is not public, and a sign-off without an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from articles.mail import sender
from articles.models import Article, Drug, OutgoingMail, Review
from articles.publishing import desk, links
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    """A medical reviewer without an account."""
    return factories.ContributorFactory(
        name="Ada Rey", credentials="MD", is_medical_reviewer=True, interests="None.", email="ada@example.org"
    )


@pytest.fixture
def revision():
    article = factories.publishable_article(signed=False, title="An unpublished title")
    return article.revisions.get()


@pytest.fixture
def address(revision, reviewer):
    return reverse("review", args=[links.for_review(revision, reviewer)])


SIGN = {"decision": "approved", "is_me": "on"}


# Preview --------------------------------------------------------------------------------------------------------------


def test_a_preview_is_the_page_as_it_would_be_printed(client, revision):
    answer = client.get(reverse("preview", args=[links.for_preview(revision)]))
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in (
        "An unpublished title",
        "This is a draft. Not published.",
        "It may harm.",
        "Doe J. Pumps. J Pain. In press.",
    ):
        assert said in page
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies


def test_a_preview_shows_its_own_revision_and_no_later_one(client, revision):
    token = links.for_preview(revision)
    article = revision.article
    article.title = "xylocanary"
    desk.save(article, by=None)
    page = client.get(reverse("preview", args=[token])).content.decode()
    assert "An unpublished title" in page
    assert "xylocanary" not in page


def test_the_desk_previews_what_was_saved(client, revision):
    client.force_login(factories.UserFactory(role="Author"))
    url = reverse("admin:articles_article_preview", args=[revision.article_id])
    answer = client.get(url)
    assert "An unpublished title" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    client.force_login(factories.UserFactory())
    assert client.get(url).status_code == 403


# A link that opens nothing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["preview", "review"])
@pytest.mark.parametrize("spoil", [lambda t: t[:-2], lambda t: "x" + t, lambda t: "x", lambda t: t.replace(":", "!")])
def test_a_link_that_was_cut_or_made_up_explains_itself(client, revision, reviewer, name, spoil):
    make = {"preview": lambda: links.for_preview(revision), "review": lambda: links.for_review(revision, reviewer)}
    for method in (client.get, client.post):
        answer = method(reverse(name, args=[spoil(make[name]())]))
        if method == client.post and name == "preview":
            assert answer.status_code == 405
        else:
            assert (answer.status_code, "link" in answer.content.decode()) == (404, True)
    assert not Review.objects.exists()


def test_a_link_is_for_one_purpose(client, revision, reviewer):
    assert client.get(reverse("review", args=[links.for_preview(revision)])).status_code == 404
    assert client.get(reverse("preview", args=[links.for_review(revision, reviewer)])).status_code == 404
    forged = signing.dumps({"revision": revision.pk, "reviewer": reviewer.pk}, salt="elsewhere")
    assert client.get(reverse("review", args=[forged])).status_code == 404


@pytest.mark.parametrize(("name", "days"), [("preview", 7), ("review", 14)])
def test_a_link_expires_and_says_so(client, revision, reviewer, name, days):
    token = links.for_preview(revision) if name == "preview" else links.for_review(revision, reviewer)
    with time_machine.travel(timezone.now() + timedelta(days=days, hours=1)):
        answer = client.get(reverse(name, args=[token]))
    assert answer.status_code == 410
    assert f"older than {days} days" in answer.content.decode()


# A sign-off by link ---------------------------------------------------------------------------------------------------


def test_opening_a_link_signs_nothing(client, address):
    for _scanner in range(3):
        assert client.get(address).status_code == 200
        client.head(address)
    assert not Review.objects.exists()


def test_a_reviewer_reads_each_claim_beside_its_reference_and_signs(client, address, revision, reviewer):
    page = client.get(address).content.decode()
    claim = page.partition("Some words about it.</p>")[2][:400]
    assert "Doe J. Pumps. J Pain. In press." in claim
    answer = client.post(address, SIGN)
    assert "You signed off on this version" in answer.content.decode()
    review = Review.objects.get()
    assert (review.revision, review.reviewer, review.decision, review.full_name) == (
        revision,
        reviewer,
        "approved",
        "Ada Rey, MD",
    )


def test_comments_keep_the_sentence_that_they_are_about(client, address):
    client.post(address, {"decision": "changes", "comment": "Nearly.", "comment-0": "Which words?"})
    review = Review.objects.get()
    assert review.decision == "changes"
    assert review.comments == "Nearly.\n\nOn “Some words about it.”: Which words?"


def test_a_comment_with_a_nul_byte_is_kept_without_it_and_one_at_no_sentence_is_none(client, address):
    answer = client.post(address, {"decision": "changes", "comment-99": "At no sentence."})
    assert "Say what should change" in answer.content.decode()
    client.post(address, {"decision": "changes", "comment": "Near\x00ly.", "comment-0": "\x00"})
    assert Review.objects.get().comments == "Near ly."


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose whether to sign off"),
        ({"decision": "maybe"}, "Choose whether to sign off"),
        ({"decision": "approved"}, "confirm that you’re the person"),
        ({"decision": "changes"}, "Say what should change"),
    ],
)
def test_an_incomplete_decision_is_asked_for_again_and_loses_no_comment(client, address, sent, said):
    answer = client.post(address, {**sent, "comment-1": "  ", "comment": "" if sent else "Typed."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert ("Typed." in page) == (not sent)
    assert not Review.objects.exists()


def test_a_link_for_one_text_does_not_sign_the_next(client, address, revision):
    article = revision.article
    article.standfirst = "Changed."
    desk.save(article, by=None)
    assert "The text has changed" in client.get(address).content.decode()
    answer = client.post(address, SIGN)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_used_link_has_done_its_work(client, address):
    client.post(address, SIGN)
    answer = client.post(address, SIGN)
    assert "You signed off on this version" in answer.content.decode()
    assert Review.objects.count() == 1


def test_a_reviewer_who_became_an_author_or_left_signs_nothing(client, address, revision, reviewer):
    revision.article.byline.create(contributor=reviewer, position=3)
    answer = client.post(address, SIGN)
    assert "no one can sign off on their own work" in answer.content.decode()
    factories.change(reviewer, is_medical_reviewer=False)
    assert client.get(address).status_code == 410
    assert not Review.objects.exists()


def test_what_changed_since_the_last_sign_off_is_shown(client, address, revision, reviewer):
    client.post(address, SIGN)
    article = revision.article
    article.standfirst = "What a pump cannot do."
    article.body = article.body.replace("<h2>Risks</h2>", "<p>Risks</p>")
    later = desk.save(article, by=None)
    page = client.get(reverse("review", args=[links.for_review(later, reviewer)])).content.decode()
    assert "What changed since you signed" in page
    assert "<del>can</del><ins>cannot</ins>" in page
    assert "<li>“Risks”: heading level 2 → paragraph.</li>" in page


def test_a_form_on_another_site_signs_nothing(client, address):
    answer = client.post(address, SIGN, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not Review.objects.exists()


# Asking ---------------------------------------------------------------------------------------------------------------


def ask(client, revision, reviewer):
    url = reverse("admin:articles_article_ask_reviewer", args=[revision.article_id])
    return client.post(url, {"reviewer": reviewer.pk}, follow=True)


def test_the_link_goes_to_the_reviewer_and_is_shown_to_nobody(client, revision, reviewer, mailoutbox):
    client.force_login(factories.UserFactory(role="Author"))
    answer = ask(client, revision, reviewer)
    assert "A link to this version is on its way to Ada Rey, MD" in answer.content.decode()
    assert "/review/" not in answer.content.decode()
    assert sender.send_due() == 1
    [mail] = mailoutbox
    assert mail.to == ["ada@example.org"]
    found = re.search(r"http://testserver(/review/\S+)", mail.body)
    assert client.get(found[1]).status_code == 200


def test_an_author_is_not_asked_to_review_their_own(client, revision, reviewer):
    revision.article.byline.create(contributor=reviewer, position=3)
    client.force_login(factories.editor())
    assert "Choose a reviewer who has an email address." in ask(client, revision, reviewer).content.decode()
    assert not OutgoingMail.objects.exists()


def test_only_those_who_may_submit_ask(client, revision, reviewer):
    client.force_login(factories.UserFactory(role="Newsletter editor"))
    ask(client, revision, reviewer)
    assert not OutgoingMail.objects.exists()


def test_addresses_of_reviewers_are_for_those_who_ask(client, reviewer):
    url = reverse("admin:articles_contributor_change", args=[reviewer.pk])
    client.force_login(factories.UserFactory(role="Author"))
    assert "ada@example.org" not in client.get(url).content.decode()
    client.force_login(factories.editor())
    assert "ada@example.org" in client.get(url).content.decode()
    assert "ada@example.org" not in client.get(reviewer.get_absolute_url()).content.decode()


def test_a_draft_without_a_title_has_a_preview(client):
    revision = desk.save(Article(body="<p>First words.</p>"), by=None)
    answer = client.get(reverse("preview", args=[links.for_preview(revision)]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "First words." in page
    assert "This is a draft" in page
    assert "medically reviewed" not in page.lower()


# Questions to the reviewer --------------------------------------------------------------------------------------------

SENTENCE = "Ziconotide acts on opioid receptors, and can cause confusion."


@pytest.fixture
def asked():
    """A text with a sentence that only a medical reviewer can judge, and the fields of its answer."""
    body = f"{factories.BODY}<p>{SENTENCE}</p>"
    revision = factories.publishable_article(signed=False, body=body).revisions.get()
    [question] = desk.questions(revision)
    return revision, f"answer-{question.key}", f"note-{question.key}"


def link(revision, reviewer):
    return reverse("review", args=[links.for_review(revision, reviewer)])


def test_the_reviewers_page_asks_what_only_they_can_answer_and_says_why(client, asked, reviewer):
    revision, answer, _note = asked
    page = client.get(link(revision, reviewer)).content.decode()
    assert "1 question for the medical reviewer" in page
    assert f"<q>{SENTENCE}</q>" in page
    assert "Why we ask: Ziconotide’s entry says an N-type calcium channel blocker; the sentence says" in page
    assert "Our entry on ziconotide" in page
    assert page.count(f'name="{answer}"') == 2
    assert "checked" not in page.partition(f'name="{answer}"')[2].partition("</fieldset>")[0]


ENTRIES = {  # a sentence that asks, and what the house's entry on its subject says beside the question
    "procedure": (
        "<p>The intrathecal pump is placed in the space at the spinal cord.</p>",
        ["Our entry on intrathecal pump", "Implanted in surgery", "10.1016/j.neurom.2024.03.003"],
    ),
    "red flag": (
        "<p>If your groin goes numb, call your doctor in the morning.</p>",
        ["Our list of red flags", "Emergency, at once", 'href="https://www.nhs.uk/conditions/back-pain/"'],
    ),
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_beside_a_question_is_our_entry_with_its_source(client, reviewer, entry):
    sentence, words = ENTRIES[entry]
    revision = factories.publishable_article(signed=False, body=factories.BODY + sentence).revisions.get()
    beside = client.get(link(revision, reviewer)).content.decode().partition("<fieldset")[2].partition("</fieldset>")[0]
    assert [part for part in words if part not in beside] == []


def test_a_sign_off_by_link_carries_its_answers(client, asked, reviewer):
    revision, answer, _note = asked
    page = client.post(link(revision, reviewer), {**SIGN, answer: "correct"}).content.decode()
    assert "You signed off on this version" in page
    assert Review.objects.get().answers.get().sentence == SENTENCE


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Answer the question about ziconotide first."),
        ({"answer": "wrong"}, "Say what’s wrong about ziconotide."),
        (
            {"answer": "wrong", "note": "Blocks calcium."},
            "You answered “Wrong” about ziconotide, so you can’t sign off.",
        ),
        ({"answer": "perhaps"}, "Choose one of the two answers about ziconotide."),
    ],
)
def test_what_is_lacking_is_said_beside_its_question_and_nothing_is_lost(client, asked, reviewer, sent, sentence):
    revision, *names = asked
    data = {name: sent[part] for name, part in zip(names, ("answer", "note"), strict=True) if part in sent}
    answer = client.post(link(revision, reviewer), {**SIGN, **data, "comment": "Typed."})
    page = answer.content.decode()
    assert (answer.status_code, Review.objects.count()) == (422, 0)
    beside = page.partition("<fieldset")[2].partition("</fieldset>")[0]
    assert sentence in beside
    assert ('value="wrong" checked' in beside) == (sent.get("answer") == "wrong")
    assert sent.get("note", "") in beside
    assert "Typed." in page


def test_what_is_wrong_in_a_sentence_is_enough_to_request_changes(client, asked, reviewer):
    revision, answer, note = asked
    client.post(link(revision, reviewer), {"decision": "changes", answer: "wrong", note: "It blocks calcium channels."})
    review = Review.objects.get()
    assert (review.decision, review.answers.get().note) == ("changes", "It blocks calcium channels.")


def test_an_earlier_answer_to_the_same_sentence_is_filled_in_with_who_and_when(client, asked, reviewer):
    revision, answer, _note = asked
    article = revision.article
    earlier = factories.sign(article)
    article.standfirst = "What else a pump can do."
    later = desk.save(article, by=None)
    page = client.get(link(later, reviewer)).content.decode()
    assert f"{earlier.full_name} answered “Correct as written” on" in page
    assert re.search(rf'name="{answer}" value="correct" checked', page)


def test_a_link_can_be_used_again_when_something_new_is_asked_about_the_text(client, asked, reviewer):
    revision, answer, _note = asked
    address = link(revision, reviewer)
    client.post(address, {**SIGN, answer: "correct"})
    assert "for the medical reviewer" not in client.get(address).content.decode()
    factories.rewrite(Drug.objects.filter(name="ziconotide"), drug_class="calcium channel blocker")
    assert "there are new questions about this version" in client.get(address).content.decode()
    stale = client.post(address, {**SIGN, answer: "correct"})
    assert "Answer the question about ziconotide first." in stale.content.decode()
    [question] = desk.questions(revision)
    page = client.post(address, {**SIGN, f"answer-{question.key}": "correct"}).content.decode()
    assert "There’s nothing more you need to do" in page
    assert Review.objects.count() == 2
