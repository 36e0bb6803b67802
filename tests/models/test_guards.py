"""What the database refuses by itself: history that is changed, deleted or contradicted, by whatever path."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Byline,
    ConsentEvent,
    Contributor,
    Correction,
    Delivery,
    Edition,
    EditionByline,
    EditionPicture,
    ReachChoice,
    Review,
    Revision,
    Subscription,
    guards,
)
from articles.newsletter.issues import building, reach
from articles.publishing import desk
from tests import factories
from tests.newsletter import happenings, mailing

pytestmark = pytest.mark.django_db


def refused(action) -> str:
    """The sentence with which the database refuses a action."""
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"body": ""},
        {"note": "x"},
        {"live_from": timezone.now()},
        {"review": None},
        {"references": []},
        {"kind": "update"},
    ],
)
def test_a_printed_edition_cannot_be_changed_even_in_bulk(change):
    edition = factories.print_edition()
    assert refused(lambda: Edition.objects.update(**change)) == "A published edition cannot be changed."
    for name, value in change.items():
        setattr(edition, name, value)
    assert refused(edition.save) == "A published edition cannot be changed."


def vars_of(edition):
    return {field.attname: getattr(edition, field.attname) for field in Edition._meta.fields if field.name != "id"}


def test_the_end_of_an_edition_can_be_set():
    edition = factories.print_edition()
    edition.end(timezone.now())
    edition.refresh_from_db()
    assert edition.live_until is not None


@pytest.mark.parametrize("model", [Edition, EditionByline, Revision, Review])
def test_history_cannot_be_deleted_by_any_path(model):
    factories.print_edition()
    table = model._meta.db_table
    sentence = refused(lambda: model.objects.all()._raw_delete("default"))
    assert sentence.endswith("cannot be deleted.")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    assert model.objects.exists()


@pytest.mark.parametrize(
    ("model", "change", "sentence"),
    [
        (Revision, {"digest": "0"}, "A revision cannot be changed."),
        (Review, {"decision": "approved", "name": "Somebody else"}, "A review cannot be changed."),
        (EditionByline, {"name": "Somebody else"}, "A published byline cannot be changed."),
    ],
)
def test_records_cannot_be_changed(model, change, sentence):
    factories.print_edition()
    assert refused(lambda: model.objects.update(**change)) == sentence


def test_an_autosave_may_be_thinned_out():
    article = factories.publishable_article()
    kept = article.revisions.get()
    autosave = Revision.objects.create(
        article=article, number=9, content={}, digest="x", signed_digest="x", is_autosave=True
    )
    autosave.delete()
    assert list(article.revisions.all()) == [kept]


def test_a_record_of_consent_cannot_be_changed_but_goes_with_its_subscription():
    subscription = Subscription.objects.create(email="reader@example.org")
    ConsentEvent.objects.create(subscription=subscription, kind="asked", wording="Yes", page="/")
    assert refused(lambda: ConsentEvent.objects.update(wording="No")) == "A record of consent cannot be changed."
    subscription.delete()
    assert not ConsentEvent.objects.exists()


def test_where_a_picture_was_printed_is_history():
    factories.print_edition(lead_image=factories.CreditFactory().image)
    printed = EditionPicture.objects.all()
    assert refused(lambda: printed.update(place="text")) == "A picture of a published edition cannot be changed."
    assert refused(lambda: printed._raw_delete("default")) == "A picture of a published edition cannot be deleted."


def test_a_correction_is_history_and_is_of_an_earlier_edition_of_its_own_article():
    made, other = happenings.corrected(factories.print_edition()), factories.print_edition()
    assert refused(lambda: Correction.objects.update(why="Another")) == "A correction cannot be changed."
    assert refused(lambda: Correction.objects.all()._raw_delete("default")) == "A correction cannot be deleted."
    said = {name: getattr(made, name) for name in ("key", "was", "now", "why", "severity")}
    wrong = Correction(edition=made.edition, corrected=other, **said)
    assert refused(wrong.save) == "A correction names an earlier edition of its own article."
    wrong = Correction(edition=made.corrected, corrected=made.edition, **said)
    assert refused(wrong.save) in {
        "A correction names an earlier edition of its own article.",
        "A correction says what its published version says of it.",
    }


def test_who_is_left_out_of_a_correction_is_kept_and_settled_before_it_is_mailed():
    other, chief = factories.print_edition(title="Another", in_section="news"), factories.newsletter_editor()
    issue = mailing.approved_issue(1, title="Weekly")
    happenings.handed_over(issue, *Subscription.objects.all())
    made = happenings.corrected(issue.editions.get(title="Weekly"))
    mail = building.correction_issue(made, by=chief)
    reach.leave_out(mail, made.corrected, reason="It was right.", by=chief)
    assert (
        refused(lambda: ReachChoice.objects.update(reason="x")) == "Who is left out of a correction cannot be changed."
    )
    gone = refused(lambda: ReachChoice.objects.all()._raw_delete("default"))
    assert gone == "Who is left out of a correction cannot be deleted."
    for version in (made.edition, other):
        wrong = ReachChoice(correction=made, edition=version, leaves_out=True, reason="x", by=chief)
        assert refused(wrong.save) == "A correction leaves out an earlier version of its own article."
    reach.take_in(mail, made.corrected, by=chief)
    building.approve(mail, by=chief)
    late = ReachChoice(correction=made, edition=made.corrected, leaves_out=True, reason="x", by=chief)
    assert refused(late.save) == "Who gets a correction is settled when it is approved."


@pytest.mark.parametrize("state", ["queued", "claimed", "uncertain", "refused"])
def test_a_letter_that_was_handed_over_stays_so(state):
    mailing.approved_issue(1)
    row, now = Delivery.objects.all(), timezone.now()
    row.update(state="handed_over", settled_at=now)
    settled_at = now if state == "refused" else None
    sentence = refused(lambda: row.update(state=state, settled_at=settled_at, lease_until=now))
    assert sentence == "What was handed over cannot be queued again."


def test_no_row_of_the_ledger_goes():
    mailing.approved_issue(1)
    assert refused(lambda: Delivery.objects.all()._raw_delete("default")) == "The ledger of deliveries is kept."


def copy_of(edition, **change):
    """The next edition of the same text, from the end of that one on."""
    own = {"number": edition.number + 1, "kind": Edition.UPDATE, "live_from": edition.live_until, "live_until": None}
    return Edition(**{**vars_of(edition), **own, **change})


APART = {
    "Two editions of one article cannot be live at the same time.",
    "Published versions of one article follow one another.",
}


def test_two_open_editions_of_one_article_are_refused():
    edition = factories.print_edition()
    later = copy_of(edition, live_from=edition.live_from + timedelta(days=1))
    assert refused(later.save) in APART


def test_intervals_of_one_article_that_overlap_are_refused():
    edition = factories.print_edition()
    edition.end(edition.live_from + timedelta(days=2))
    inside = copy_of(edition, live_from=edition.live_from + timedelta(days=1))
    assert refused(inside.save) in APART
    after = copy_of(edition)
    after.save()
    widened = Edition.objects.filter(pk=edition.pk)
    sentence = refused(lambda: widened.update(live_until=edition.live_until + timedelta(seconds=1)))
    assert sentence == "Two editions of one article cannot be live at the same time."


def test_an_edition_cannot_end_before_it_starts():
    edition = factories.print_edition()
    assert "edition_ends_after_start" in refused(lambda: edition.end(edition.live_from - timedelta(seconds=1)))


# Who may sign --------------------------------------------------------------------------------------------------------


def review_of(revision, reviewer, **change):
    return Review(
        **{
            "revision": revision,
            "reviewer": reviewer,
            "signed_digest": revision.signed_digest,
            "name": reviewer.name,
            "decision": Review.APPROVED,
            "due_on": timezone.localdate(),
            **change,
        }
    )


def test_an_author_cannot_sign_even_by_a_direct_insert():
    article = factories.publishable_article(signed=False)
    author = Contributor.objects.get(is_medical_reviewer=False)
    factories.admit(author)
    review = review_of(article.revisions.get(), author)
    assert refused(review.save) == "A reviewer cannot sign what they wrote."


def test_whoever_saved_the_revision_cannot_sign_it():
    article = factories.publishable_article(signed=False)
    reviewer = factories.ReviewerFactory()
    Article.objects.filter(pk=article.pk).update(title="Rewritten by its reviewer")
    article.refresh_from_db()
    revision = desk.save(article, by=reviewer.user)
    assert refused(review_of(revision, reviewer).save) == "A reviewer cannot sign what they wrote."


def test_a_review_names_the_text_of_its_own_revision():
    article = factories.publishable_article(signed=False)
    review = review_of(article.revisions.get(), factories.ReviewerFactory(), signed_digest="0" * 64)
    assert refused(review.save) == "A review signs the text of its own revision."


def test_a_printed_sign_off_is_an_approval_of_exactly_that_text():
    edition = factories.print_edition()
    other = factories.print_edition(title="Another text")
    edition.end(timezone.now() + timedelta(days=1))
    stolen = copy_of(edition, review_id=other.review_id)
    assert refused(stolen.save) == "A published sign-off approves exactly the published text."


def test_a_printed_author_is_not_its_reviewer():
    edition = factories.print_edition()
    line = EditionByline(edition=edition, contributor=edition.review.reviewer, position=5, name="Both")
    assert refused(line.save) == "A reviewer cannot be an author of what they signed."


def test_migrating_again_keeps_the_guards():
    edition = factories.print_edition()
    guards.lift()
    call_command("migrate", verbosity=0)
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(title="x")).startswith("A published edition")


def test_a_byline_names_an_author_once():
    article = factories.publishable_article()
    line = Byline.objects.get(article=article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.create(article=article, contributor=line.contributor)
