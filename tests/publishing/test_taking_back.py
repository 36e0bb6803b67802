"""A sign-off that is taken back, by a later request for changes on the same text, ends everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.mail.kinds import KINDS
from articles.models import Article, Edition, OutgoingMail, Review
from articles.newsletter.issues import building, hold_rules
from articles.publishing import checks, desk, links, press
from articles.publishing.desk import DeskRefused
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


WITH_A_TYPO = factories.BODY.replace("about", "abuot")


def take_back(review, **kwargs):
    return desk.sign_off(
        review.revision,
        by=review.reviewer.user,
        reviewer=review.reviewer,
        decision=Review.CHANGES,
        comments="The dose is wrong.",
        **kwargs,
    )


def signed_an_hour_ago(**kwargs):
    article = factories.publishable_article(signed=False, slug="pumps", title="Pumps", **kwargs)
    return article, factories.sign(article, factories.ReviewerFactory(name="Ada Rey"), at=NOW - timedelta(hours=1))


def live(**kwargs):
    article, review = signed_an_hour_ago(**kwargs)
    return press.publish(article, by=factories.editor()), review


def errors(article, at=None):
    return [finding.id for finding in checks.run(article, at) if finding.is_error]


def test_the_gate_takes_no_sign_off_that_was_taken_back():
    article, review = signed_an_hour_ago()
    assert errors(article) == []
    take_back(review)
    assert errors(article) == ["review.missing"]
    [warning] = [finding.message for finding in checks.run(article) if finding.id == "review.withdrawn"]
    assert warning == "Ada Rey, MD withdrew their sign-off on this version on November 30, 2026. Ask for review again."
    with pytest.raises(PublishingRefused):
        press.publish(article, by=factories.editor())
    assert not Article.objects.with_state().get().is_signed


def test_the_same_reviewer_may_sign_again_and_another_one_too():
    article, review = signed_an_hour_ago()
    take_back(review)
    factories.sign(article, review.reviewer, at=NOW + timedelta(minutes=1))
    assert errors(article) == []


def test_a_scheduled_version_comes_off_the_schedule_and_the_desk_is_told():
    editor = factories.UserFactory(role="Editor", email="editor@example.org")
    article, review = signed_an_hour_ago()
    first = press.publish(article, by=editor)
    press.publish(article, by=editor, at=NOW + DAY, note="Again.")
    take_back(review)
    assert not Edition.objects.scheduled().exists()
    assert Edition.objects.live(NOW + 2 * DAY).get() == first
    mail = OutgoingMail.objects.get(kind="review_withdrawn", to=editor.email)
    message = KINDS[mail.kind].write(mail, NOW)
    assert "Ada Rey, MD withdrew their sign-off on “Pumps”." in message.text
    assert "Version 2 was scheduled and won’t be published." in " ".join(message.text.split())


def test_the_live_page_its_record_and_its_data_say_that_the_review_was_withdrawn(client):
    _edition, review = live()
    assert "Medically reviewed by" in client.get("/articles/pumps/").content.decode()
    take_back(review)
    page = " ".join(client.get("/articles/pumps/").content.decode().split())
    assert "Review withdrawn on November 30, 2026" in page
    assert "Medically reviewed" not in page
    assert "reviewedBy" not in page
    assert "signed off on exactly this text" not in page
    record = client.get("/articles/pumps/record.json").json()
    assert (record["review"]["holds"], record["review"]["withdrawn_at"]) == (False, "2026-11-30T12:00:00+00:00")
    history = " ".join(client.get("/articles/pumps/history/").content.decode().split())
    assert "withdrawn on November 30, 2026" in history
    for address in ("/", "/treatments/", "/search/?q=pumps"):
        assert "Medically reviewed" not in client.get(address).content.decode(), address
    person = " ".join(client.get(review.reviewer.get_absolute_url()).content.decode().split())
    assert "withdrawn on November 30, 2026" in person


def test_a_version_that_is_signed_anew_ends_the_notice(client, clock):
    edition, review = live()
    take_back(review)
    clock.move_to(NOW + DAY)
    factories.sign(edition.article, review.reviewer)
    press.publish(Article.objects.get(), by=factories.editor())
    page = client.get("/articles/pumps/").content.decode()
    assert "Medically reviewed by" in page
    assert "Review withdrawn" not in page


def test_a_live_text_can_be_taken_back_while_another_waits_on_the_desk():
    edition, review = live()
    article = edition.article
    article.title = "A rewrite"
    desk.save(article, by=None)
    take_back(review)
    review.refresh_from_db()
    assert review.withdrawn_at == NOW


def test_a_sign_off_that_was_kept_after_a_typo_ends_with_its_own(clock):
    article, review = signed_an_hour_ago(body=WITH_A_TYPO)
    press.publish(article, by=factories.editor())
    clock.move_to(NOW + DAY)
    factories.fix_typo(article, was="abuot", now="about", by=factories.editor())
    kept = Edition.objects.live().get().review
    assert kept.carried_from == review
    take_back(review)
    kept.refresh_from_db()
    assert kept.withdrawn_at == NOW + DAY
    with pytest.raises(DeskRefused, match="No one has signed off"):
        desk.carry_over(Article.objects.get(), by=factories.editor())


def test_no_typo_is_fixed_under_a_sign_off_that_was_taken_back():
    edition, review = live(body=WITH_A_TYPO)
    take_back(review)
    with pytest.raises(PublishingRefused):
        factories.fix_typo(edition.article, was="abuot", now="about", by=factories.editor())


def test_what_was_taken_back_can_be_unpublished(clock):
    edition, review = live()
    take_back(review)
    clock.move_to(NOW + DAY)
    assert press.withdraw(edition.article, by=factories.editor(), note="Wrong.").kind == Edition.WITHDRAWN


def test_the_newsletter_does_not_say_reviewed_and_is_held():
    _edition, review = live()
    issue = building.build()
    assert hold_rules.reasons_to_hold(issue) == []
    take_back(review, at=NOW + timedelta(minutes=1))
    assert hold_rules.reasons_to_hold(issue) == ["Ada Rey, MD, who signed off on “Pumps”, now requests changes."]


def test_a_reviewer_takes_it_back_by_their_link_and_says_why(client):
    article = factories.publishable_article(signed=False)
    reviewer = factories.ContributorFactory(is_medical_reviewer=True, email="ada@example.org")
    revision = article.revisions.get()
    address = reverse("review", args=[links.for_review(revision, reviewer)])
    client.post(address, {"decision": "approved", "is_me": "on"})
    review = Review.objects.get()
    assert "Take back your sign-off" in client.get(address).content.decode()
    answer = client.post(address, {"decision": "changes", "comment": ""})
    assert "Say what should change" in answer.content.decode()
    answer = client.post(address, {"decision": "approved", "is_me": "on"})
    assert "You already reviewed this version" in answer.content.decode()
    assert Review.objects.count() == 1
    answer = client.post(address, {"decision": "changes", "comment": "The dose is wrong."})
    assert "You requested changes" in " ".join(answer.content.decode().split())
    review.refresh_from_db()
    assert review.withdrawn_at == NOW
    client.post(address, {"decision": "changes", "comment": "Again."})
    assert Review.objects.count() == 2


def test_a_reviewer_takes_it_back_on_the_desk(client):
    edition, review = live()
    client.force_login(review.reviewer.user)
    page = client.get(reverse("admin:articles_article_change", args=[edition.article_id])).content.decode()
    assert "Take back your sign-off" in page
    sent = {"revision": review.revision_id, "decision": "changes", "comments": "The dose is wrong."}
    client.post(reverse("admin:articles_article_sign_off", args=[edition.article_id]), sent)
    review.refresh_from_db()
    assert review.withdrawn_at == NOW
    page = client.get(reverse("admin:articles_article_change", args=[edition.article_id])).content.decode()
    assert "Take back your sign-off" not in page
    client.force_login(factories.editor())
    assert "Ada Rey, MD withdrew the review on November 30" in client.get(reverse("admin:index")).content.decode()


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


def changes_on(review, **values):
    names = ("revision", "reviewer", "signed_digest", "name", "credentials", "interests")
    row = {name: getattr(review, name) for name in names}
    return Review(**row, decision=Review.CHANGES, decided_at=NOW, **values)


def test_the_database_takes_no_request_for_changes_that_leaves_the_sign_off_as_it_was():
    _article, review = signed_an_hour_ago()
    sentence = "A request for changes ends the same reviewer’s sign-off of that text."
    assert refused(changes_on(review).save) == sentence
    Review.objects.filter(pk=review.pk).update(withdrawn_at=NOW)
    changes_on(review).save()


def test_the_database_keeps_what_was_taken_back():
    _article, review = signed_an_hour_ago()
    take_back(review)
    rows = Review.objects.filter(pk=review.pk)
    for other in (None, NOW + DAY):
        assert refused(lambda at=other: rows.update(withdrawn_at=at)) == "A sign-off that was taken back stays so."


def test_the_database_publishes_nothing_under_a_sign_off_that_was_taken_back():
    edition, review = live()
    take_back(review)
    edition.end(NOW + timedelta(minutes=1))
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.number, copy.kind, copy.live_from, copy.live_until = None, 2, Edition.UPDATE, edition.live_until, None
    copy.changed_at = copy.live_from
    assert refused(copy.save) == "A published sign-off approves exactly the published text."


def test_the_database_keeps_no_schedule_under_a_sign_off_that_is_taken_back():
    article, review = signed_an_hour_ago()
    press.publish(article, by=factories.editor(), at=NOW + DAY)
    rows = Review.objects.filter(pk=review.pk)
    sentence = "A version that is scheduled with a sign-off comes off the schedule before the sign-off is taken back."
    assert refused(lambda: rows.update(withdrawn_at=NOW)) == sentence


def test_a_schedule_after_the_day_on_which_the_review_is_due_is_refused():
    article, review = signed_an_hour_ago()
    due = datetime(review.due_on.year, review.due_on.month, review.due_on.day, 12, tzinfo=UTC)
    assert errors(article, due) == []
    with pytest.raises(PublishingRefused) as refusal:
        press.publish(article, by=factories.editor(), at=due + DAY)
    assert [finding.id for finding in refusal.value.findings] == ["review.expired"]
    assert refusal.value.problems == (
        "The review by Ada Rey, MD expires on November 30, 2028, before this version would go live. Ask for a new one.",
    )
    assert press.publish(article, by=factories.editor(), at=due).live_from == due


def test_a_reviewer_who_became_an_author_or_edited_it_since_can_still_take_it_back():
    edition, review = live()
    edition.article.byline.create(contributor=review.reviewer, position=3)
    article = Article.objects.get()
    article.title = "Rewritten by its reviewer"
    desk.save(article, by=review.reviewer.user)
    take_back(review)
    review.refresh_from_db()
    assert review.withdrawn_at == NOW
