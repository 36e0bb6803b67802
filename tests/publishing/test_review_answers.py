"""What only a medical reviewer can decide: asked at sign-off, answered by name, and open until somebody did."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Drug, Edition, Review, ReviewAnswer
from articles.publishing import checks, desk, overrides, press, review_answers
from articles.publishing.desk import DeskRefused
from articles.publishing.press import PublishingRefused
from articles.publishing.review_answers import Given
from tests import factories

pytestmark = pytest.mark.django_db

SENTENCE = "Ziconotide acts on opioid receptors, and can cause confusion in the hospital."
ASKED = f"<p>{SENTENCE}</p>{factories.BODY}"
FIRST = "Answer the question about ziconotide first."
WRONG = Given("wrong", "It blocks calcium channels.")


@pytest.fixture
def article():
    return factories.publishable_article(signed=False, body=ASKED)


@pytest.fixture
def news():
    """In a section that publishes without a sign-off."""
    return factories.publishable_article(signed=False, in_section="news", body=ASKED)


def questions(article):
    return checks.Draft.of(Article.objects.get(pk=article.pk)).questions


def key(article):
    [asked] = questions(article)
    return asked.key


def decide(article, given=None, by=None, decision=Review.APPROVED, **kwargs):
    """A reviewer's decision on the text as it is, with the same answer to all of its questions."""
    revision = desk.keep_revision(article, by=None)
    answers = {asked.key: given for asked in desk.questions(revision)} if given else {}
    by = (by or factories.ReviewerFactory()).user
    return desk.sign_off(revision, by=by, decision=decision, answers=answers, **kwargs)


def refusal(action, error=DeskRefused):
    with pytest.raises(error) as refused:
        action()
    return list(refused.value.problems)


def rewrite(article, before, after):
    article.body = article.body.replace(before, after)
    desk.save(article, by=None)


def errors(article):
    return [finding.message for finding in checks.run(article) if finding.is_error]


# Answering ------------------------------------------------------------------------------------------------------------


def test_a_text_is_signed_off_with_an_answer_to_each_question(article):
    assert refusal(lambda: decide(article)) == [FIRST]
    assert not Review.objects.exists()
    review = decide(article, Given())
    answer = review.answers.get()
    assert (answer.finding, answer.subject, answer.sentence) == ("drug.question", "ziconotide", SENTENCE)
    assert (
        answer.why == "Ziconotide’s entry says an N-type calcium channel blocker; the sentence says “opioid receptors”."
    )
    assert (answer.answer, answer.note, answer.review.full_name) == ("correct", "", review.full_name)
    assert checks.run(article) == []


def test_what_a_reviewer_calls_wrong_they_do_not_sign(article):
    assert refusal(lambda: decide(article, Given("wrong"))) == ["Say what’s wrong about ziconotide."]
    assert refusal(lambda: decide(article, Given("maybe"))) == ["Choose one of the two answers about ziconotide."]
    assert refusal(lambda: decide(article, WRONG)) == [
        "You answered “Wrong” about ziconotide, so you can’t sign off. Request changes."
    ]
    assert not ReviewAnswer.objects.exists()


def test_a_request_for_changes_may_answer_or_leave_a_question_open(article):
    decide(article, decision=Review.CHANGES, comments="Later.")
    assert questions(article)[0].answer is None
    decide(article, Given(), decision=Review.CHANGES, comments="The dose is missing.")
    assert questions(article)[0].answer.is_correct


def test_a_wrong_sentence_stays_an_error_with_the_reviewers_words_until_it_changes(article):
    asked = decide(article, WRONG, decision=Review.CHANGES)
    message = f"{asked.full_name} answered “Wrong” (It blocks calcium channels.). The text says: “{SENTENCE}”"
    assert message in errors(article)
    other = factories.ReviewerFactory()
    sentence = (
        f"{asked.full_name} answered “Wrong” about ziconotide. "
        f"The sentence has to change, or {asked.full_name} has to answer again."
    )
    assert refusal(lambda: decide(article, Given(), by=other)) == [sentence]
    assert refusal(lambda: decide(article, by=other)) == [sentence]
    rewrite(article, "acts on opioid receptors", "blocks calcium channels")
    decide(article, by=other)
    assert checks.run(article) == []


def test_who_answered_wrong_can_take_it_back(article):
    reviewer = factories.ReviewerFactory()
    decide(article, WRONG, by=reviewer, decision=Review.CHANGES)
    decide(article, Given(), by=reviewer)
    assert checks.run(article) == []


@pytest.mark.parametrize("decision", [Review.APPROVED, Review.CHANGES])
def test_an_answer_to_a_question_that_is_no_longer_asked_is_refused_and_not_lost(article, decision):
    revision = desk.keep_revision(article, by=None)
    by = factories.ReviewerFactory().user
    problems = refusal(lambda: desk.sign_off(revision, by=by, decision=decision, answers={"0" * 64: Given()}))
    assert problems[0] == "The questions changed since you opened the text. Please look at them again."


# Until when an answer counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "is_asked_again"),
    [
        ("It may help.", "It may help, or not.", False),
        ("and can cause confusion", "and may cause confusion", True),
        ("Ziconotide acts on opioid receptors", "Ziconotide  acts on opioid receptors", False),
        (f"<p>{SENTENCE}</p>", f"<p>{SENTENCE}</p><p>{SENTENCE}</p>", False),
    ],
)
def test_a_question_is_asked_again_when_its_sentence_changes_and_only_then(article, before, after, is_asked_again):
    decide(article, Given())
    rewrite(article, before, after)
    assert bool(questions(article)[0].answer) != is_asked_again
    with pytest.raises(DeskRefused, match=FIRST) if is_asked_again else nullcontext():
        decide(article)


def test_a_question_is_asked_again_when_the_entry_of_its_medicine_changes(article):
    reviewer = factories.ReviewerFactory()
    decide(article, Given(), by=reviewer)
    factories.rewrite(Drug.objects.filter(name="ziconotide"), drug_class="calcium channel blocker")
    assert [finding.waits for finding in checks.run(article)] == [True]
    with pytest.raises(PublishingRefused, match="A medical reviewer has to answer"):
        press.publish(article, by=factories.editor())
    decide(article, Given(), by=reviewer)
    press.publish(article, by=factories.editor())


def test_an_answer_ends_with_the_sign_off_that_was_taken_back(article):
    reviewer = factories.ReviewerFactory()
    decide(article, Given(), by=reviewer)
    decide(article, by=reviewer, decision=Review.CHANGES, comments="Wait.")
    assert questions(article)[0].answer is None


def test_an_author_answers_nothing_about_their_own_text(article):
    review = decide(article, Given())
    article.byline.create(contributor=review.reviewer, position=3)
    assert questions(article)[0].answer is None


def test_an_answer_is_about_the_text_of_its_article_alone(article):
    decide(article, Given())
    other = factories.publishable_article(signed=False, body=ASKED)
    assert questions(other)[0].answer is None


# The gate -------------------------------------------------------------------------------------------------------------


def test_nothing_is_published_while_a_question_is_open_also_where_no_sign_off_is_required(news, capsys):
    message = f"A medical reviewer has to answer: {questions(news)[0].finding.message}"
    assert errors(news) == [message]
    with pytest.raises(SystemExit) as ended:
        call_command("check_article", news.slug, json=True)
    [told] = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["id"], told["level"], told["message"]) == (1, "drug.question", "error", message)
    with pytest.raises(PublishingRefused) as refused:
        press.publish(news, by=factories.editor())
    assert refused.value.problems == (message,)
    decide(news, Given(), decision=Review.CHANGES)
    press.publish(news, by=factories.editor())


def test_two_editors_do_not_answer_for_a_reviewer(news, monkeypatch):
    monkeypatch.setattr(overrides.checks, "MACHINE_MAY_ERR", ("drug.question",))
    sentence = ["Only a medical reviewer can answer this."]
    for _answered in range(2):
        [finding] = checks.run(news)
        asked = {"finding": finding.id, "message": finding.message, "reason": "It is right."}
        assert refusal(lambda asked=asked: overrides.ask(news, **asked, by=factories.editor())) == sentence
        decide(news, WRONG, decision=Review.CHANGES)


def test_a_text_of_few_questions_is_asked_of_the_database_as_often_as_one_of_many(django_assert_num_queries):
    texts = [
        factories.publishable_article(signed=False, body=f"{factories.BODY}<p>{words}</p>")
        for words in (SENTENCE, f"{SENTENCE} Pregabalin acts on opioid receptors.")
    ]
    assert [len(questions(text)) for text in texts] == [1, 2]
    drafts = [checks.Draft.of(text) for text in texts]
    for draft in drafts:
        assert draft.found
        with django_assert_num_queries(1):
            assert draft.questions


# In print -------------------------------------------------------------------------------------------------------------


def test_a_published_version_keeps_whose_word_its_sentences_rest_on(article):
    review = decide(article, Given())
    edition = press.publish(article, by=factories.editor())
    assert edition.answers == [
        {
            "digest": key(article),
            "finding": "drug.question",
            "subject": "ziconotide",
            "sentence": SENTENCE,
            "why": "Ziconotide’s entry says an N-type calcium channel blocker; the sentence says “opioid receptors”.",
            "reviewer": review.full_name,
            "on": timezone.localdate(review.decided_at).isoformat(),
        }
    ]


def test_an_answer_is_carried_over_with_its_sign_off_when_a_typo_in_its_sentence_is_fixed():
    article = factories.publishable_article(body=ASKED.replace("hospital", "hospitl"))
    edition = press.publish(article, by=factories.editor())
    fixed = factories.fix_typo(article, was="hospitl", now="hospital", by=factories.editor())
    assert [answer["sentence"] for answer in fixed.answers] == [SENTENCE]
    assert fixed.answers[0]["reviewer"] == edition.review.full_name
    carried = fixed.review.answers.get()
    assert (carried.answer, fixed.review.carried_from) == ("correct", edition.review)
    assert checks.run(article) == []


def test_no_answer_is_carried_over_that_another_reviewer_gave(article):
    rewrite(article, "hospital", "hospitl")
    decide(article, Given())
    decide(article)  # signed by another, who relies on the answer
    press.publish(article, by=factories.editor())
    with pytest.raises(PublishingRefused, match="A medical reviewer has to answer"):
        factories.fix_typo(article, was="hospitl", now="hospital", by=factories.editor())


# In the database ------------------------------------------------------------------------------------------------------


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


def test_an_answer_does_not_change_and_stays(article):
    answer = decide(article, Given()).answers.get()
    rows = ReviewAnswer.objects.filter(pk=answer.pk)
    for change in ({"answer": "wrong", "note": "No."}, {"sentence": "Another."}, {"review": answer.review_id + 1}):
        assert refused(lambda change=change: rows.update(**change)) == "A reviewer’s answer cannot be changed."
    assert refused(lambda: rows._raw_delete("default")) == "A reviewer’s answer cannot be deleted."


def test_a_sign_off_has_no_wrong_sentence(article):
    answer = decide(article, Given()).answers.get()
    answer.pk, answer.digest, answer.answer, answer.note = None, "0" * 64, "wrong", "No."
    assert refused(answer.save) == "Nobody signs a sentence that they call wrong."


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"sentence": "Another."}])
def test_a_published_version_lists_no_answer_that_nobody_gave(article, change):
    decide(article, Given())
    edition = press.publish(article, by=factories.editor(), at=timezone.now() - timedelta(days=1), is_backdated=True)
    edition.end(timezone.now())
    edition.pk, edition.number, edition.kind = None, 2, Edition.UPDATE
    edition.live_from, edition.live_until = edition.live_until, None
    edition.answers = [{**edition.answers[0], **change}]
    assert refused(edition.save) == "A published answer is one that a medical reviewer gave."


# The key --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"sentence": "ziconotide acts on “Opioid”  receptors."}, True),
        ({"sentence": 'Ziconotide never acts on "opioid" receptors.'}, False),
        ({"subject": "morphine"}, False),
        ({"why": "Its entry says a blocker."}, False),
    ],
)
def test_a_question_is_known_by_its_words(change, is_same):
    asked = {"subject": "ziconotide", "sentence": 'Ziconotide acts on "opioid" receptors.', "why": "Its entry says so."}
    keys = [
        review_answers.key("drug.question", checks.gate.Question(**words)) for words in (asked, {**asked, **change})
    ]
    assert (keys[0] == keys[1]) == is_same
