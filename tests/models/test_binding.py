"""What is public is what was signed: whatever writes an edition, the database holds it against its revision."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Correction,
    Edition,
    EditionByline,
    EditionPicture,
    EditionTopic,
    Override,
    Review,
    Revision,
    Section,
    Topic,
)
from articles.publishing import desk, press, snapshot
from tests import factories
from tests.newsletter import happenings

pytestmark = pytest.mark.django_db

BOUND = "A published version says what its revision says."
OFF_THE_SCHEDULE = "A version that was taken off the schedule stays off it."
STAYS_REPLACED = "A version ends where another one took its place."
ORDER = "Published versions of one article follow one another."


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


def printed(**kwargs) -> Edition:
    """An edition that has ended, so that another can take its place."""
    edition = factories.print_edition(at=timezone.now() - timedelta(days=2), **kwargs)
    edition.end(timezone.now() - timedelta(days=1))
    return edition


def following(edition: Edition, **change) -> Edition:
    """The next edition of the same revision, as the press would write it, but for some columns."""
    columns = {field.name: getattr(edition, field.name) for field in Edition._meta.fields if field.name != "id"}
    own = {"number": edition.number + 1, "kind": Edition.UPDATE, "live_from": edition.live_until, "live_until": None}
    own["erratum"] = None
    return Edition(**{**columns, **own, **change})


def raw_insert(edition: Edition) -> None:
    fields = [field for field in Edition._meta.fields if field.name != "id"]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = [field.get_db_prep_save(getattr(edition, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_edition ({names}) VALUES ({', '.join(['%s'] * len(values))})",
            values,
        )


WAYS = {
    "save": lambda edition: edition.save(),
    "bulk_create": lambda edition: Edition.objects.bulk_create([edition]),
    "raw SQL": raw_insert,
}


@pytest.mark.parametrize("way", WAYS)
def test_an_edition_of_a_signed_revision_with_the_same_words_is_accepted_by_every_way(way):
    edition = printed(lead_image=factories.CreditFactory().image, lead_caption="A pump.", closing_question="Is it?")
    WAYS[way](following(edition))
    assert Edition.objects.filter(article=edition.article).count() == 2


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anything"},
        {"standfirst": "Anything."},
        {"body": "<p>Take 500 mg twice a day.</p>"},
        {"references": []},
        {"references": [{"citation": "Doe J. Another. 2020.", "doi": "", "pmid": "", "url": ""}]},
        {"lead_image": None},
        {"lead_caption": "Anything"},
        {"closing_question": "Anything?"},
        {"disclosure": "Anything"},
        {"search_title": "Anything"},
        {"search_description": "Anything."},
        {"first_published_url": "https://example.org/", "first_published_in": "Anything"},
        {"slug": "anything"},
        {"topics": [{"name": "Anything", "slug": "anything"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edition_that_says_anything_else_than_its_revision_is_refused_by_every_way(change, way):
    edition = printed(lead_image=factories.CreditFactory().image, lead_caption="A pump.")
    assert refused(lambda: WAYS[way](following(edition, **change))) == BOUND


def test_an_edition_with_another_picture_above_its_text_is_refused():
    other = factories.CreditFactory().image
    edition = printed(lead_image=factories.CreditFactory().image)
    assert refused(following(edition, lead_image=other).save) == BOUND


def test_an_edition_of_another_articles_revision_is_refused():
    news = {"in_section": "news", "signed": False}
    edition, other = printed(**news), printed(**news)
    revision = desk.add_revision(other.article, {**other.revision.content, "slug": "elsewhere"}, by=None)
    words = {name: revision.content[name] for name in ("slug", "title", "standfirst", "body", "references")}
    assert refused(following(edition, revision=revision, **words).save) == BOUND


def test_an_edition_in_a_section_with_weaker_rules_than_its_revisions_is_refused():
    edition = printed()
    news = Section.objects.get(slug="news")
    assert refused(following(edition, section=news, review=None).save) == BOUND


@pytest.mark.parametrize("way", WAYS)
def test_a_section_that_requires_a_review_takes_no_edition_without_one_by_any_way(way):
    edition = printed()
    sentence = refused(lambda: WAYS[way](following(edition, review=None)))
    assert sentence == "This section publishes nothing without a medical sign-off on its text."


@pytest.mark.parametrize("way", WAYS)
def test_an_edition_that_moves_to_a_section_without_a_review_is_refused_by_every_way_but_with_two_editors(way):
    edition = printed()
    article, news = edition.article, Section.objects.get(slug="news")
    Article.objects.filter(pk=article.pk).update(section=news)
    article.refresh_from_db()
    revision = desk.save(article, by=None)
    moved = following(edition, section=news, revision=revision, review=None)
    assert refused(lambda: WAYS[way](moved)) == (
        "An article whose section required a medical sign-off moves to another with one, or with two editors."
    )
    asked = {"article": article, "digest": revision.digest, "finding": "review.moved", "message": "x", "reason": "x"}
    override = Override.objects.create(**asked, asked_by=edition.by)
    assert refused(lambda: WAYS[way](moved))
    Override.objects.filter(pk=override.pk).update(agreed_by=factories.editor(), agreed_at=timezone.now())
    WAYS[way](moved)


def test_a_section_that_requires_no_review_takes_an_edition_without_one():
    following(printed(in_section="news", signed=False)).save()


def test_a_revision_that_claims_the_digest_of_a_signed_one_is_not_published_under_its_sign_off():
    edition = printed()
    content = {**edition.revision.content, "body": "<p>Take 500 mg twice a day.</p>"}
    forged = Revision.objects.create(
        article=edition.article,
        number=9,
        content=content,
        digest=snapshot.digest(content),
        signed_digest=edition.revision.signed_digest,
    )
    sentence = refused(following(edition, revision=forged, body=content["body"]).save)
    assert sentence == "A published sign-off approves exactly the published text."


def test_a_sign_off_on_the_same_words_of_another_article_is_none():
    same = {"title": "One title", "standfirst": "One standfirst."}
    edition, other = printed(**same), printed(**same)
    assert other.review.signed_digest == edition.review.signed_digest
    sentence = refused(following(edition, review=other.review).save)
    assert sentence == "A published sign-off approves exactly the published text."


def test_a_request_for_changes_is_no_sign_off():
    edition = printed()
    reviewer = factories.ReviewerFactory()
    asked = desk.sign_off(edition.revision, by=reviewer.user, decision=Review.CHANGES, comments="No.")
    sentence = refused(following(edition, review=asked).save)
    assert sentence == "A published sign-off approves exactly the published text."


def test_a_reviewer_who_became_an_author_is_not_published_as_the_reviewer():
    edition = printed()
    own = {"id": edition.review.reviewer_id, "name": "Both", "credentials": ""}
    content = {**edition.revision.content, "byline": [own]}
    revision = desk.add_revision(edition.article, content, by=None)
    sentence = refused(following(edition, revision=revision).save)
    assert sentence == "A reviewer cannot be an author of what they signed."


@pytest.mark.parametrize(
    "change",
    [
        {"number": 7},
        {"number": 1},
        {"kind": Edition.FIRST},
        {"live_from": timezone.now()},
        {"live_from": timezone.now() - timedelta(days=30), "live_until": timezone.now() - timedelta(days=29)},
        {"first_live_from": timezone.now()},
        {"changed_at": timezone.now() - timedelta(days=90)},
    ],
    ids=["a gap", "taken", "first again", "late", "before the first", "first day moved", "day of no change"],
)
def test_an_edition_out_of_order_is_refused(change):
    problem = refused(following(printed(), **change).save)
    assert problem == ORDER or "number" in problem


def test_the_first_edition_is_number_one_and_no_update():
    article = factories.publishable_article()
    revision, review, now = article.revisions.get(), Review.objects.get(), timezone.now()
    words = {name: revision.content[name] for name in ("slug", "title", "standfirst", "body", "references", "topics")}
    rest = {"disclosure": revision.content["disclosure"], "review": review, "by": factories.editor()}
    times = dict.fromkeys(("live_from", "first_live_from", "changed_at"), now)
    first = {"article": article, "revision": revision, "section": article.section, **words, **rest, **times}
    assert refused(Edition(**first, number=2, kind=Edition.FIRST).save) == ORDER
    assert refused(Edition(**first, number=1, kind=Edition.UPDATE).save) == ORDER
    Edition(**first, number=1, kind=Edition.FIRST).save()


def test_an_unpublished_article_cannot_be_corrected_or_unpublished_again():
    edition = factories.print_edition()
    tombstone = press.withdraw(edition.article, by=factories.editor(), note="Wrong.")
    tombstone.end(timezone.now())
    assert refused(following(tombstone, kind=Edition.WITHDRAWN).save) == ORDER
    told = [{"on": "2026-01-01", "was": "", "now": "x", "why": "x", "severity": "minor"}]
    assert refused(following(tombstone, kind=Edition.CORRECTION, corrections=told, review=edition.review).save) == ORDER


def test_no_edition_drops_or_rewrites_a_correction():
    made = happenings.corrected(factories.print_edition())
    edition = made.edition
    edition.end(timezone.now())
    kept = "A published version keeps the corrections before it."
    assert refused(following(edition, corrections=[]).save) == kept
    assert refused(following(edition, corrections=[{**edition.corrections[0], "was": "Nothing"}]).save) == kept
    assert refused(following(edition, corrections=edition.corrections * 2).save) == kept
    following(edition).save()


def test_a_correction_that_is_unpublished_within_the_same_microsecond_is_kept():
    made = happenings.corrected(factories.print_edition(at=timezone.now() - timedelta(days=1)))
    live = made.edition
    tombstone = press.withdraw(live.article, by=live.by, note="It was wrong.", at=live.live_from)
    assert tombstone.corrections == live.corrections != []


def test_no_edition_drops_a_correction_by_following_one_that_was_taken_off_the_schedule():
    made = happenings.corrected(factories.print_edition(at=timezone.now() - timedelta(days=1)))
    later = timezone.now() + timedelta(days=1)
    planned = press.publish(made.edition.article, by=made.edition.by, at=later)
    press.unschedule(planned, by=planned.by)
    Edition.objects.get(pk=made.edition.pk).end(timezone.now())
    sentence = refused(following(planned, live_from=later, corrections=[]).save)
    assert sentence == "A published version keeps the corrections before it."


@pytest.mark.parametrize("way", WAYS)
def test_a_correction_is_not_committed_without_its_row_by_any_way(way):
    told = [{"on": "2026-01-01", "was": "", "now": "x", "why": "x", "severity": "minor"}]
    correction = following(printed(), kind=Edition.CORRECTION, corrections=told)
    assert "edition_correction_has_its_row" in refused(lambda: WAYS[way](correction))
    correction.erratum_id = uuid4()

    def commit():
        WAYS[way](correction)
        connection.check_constraints()

    assert refused(commit)


def test_a_correction_says_what_its_edition_says_of_it():
    made = happenings.corrected(factories.print_edition())
    said = {"was": made.was, "now": made.now, "why": made.why, "severity": made.severity}
    made.edition.end(timezone.now())
    update = following(made.edition)
    update.save()
    other = Correction(key=uuid4(), edition=update, corrected=made.edition, **said)
    assert refused(other.save) == "A correction says what its published version says of it."


@pytest.mark.parametrize("way", WAYS)
def test_an_address_that_ever_was_public_is_given_to_no_other_article_by_any_way(way):
    old, edition = printed(slug="pumps"), printed(slug="other")
    content = {**edition.revision.content, "slug": old.slug}
    revision = desk.add_revision(edition.article, content, by=None)
    taken = following(edition, revision=revision, slug=old.slug)
    assert refused(lambda: WAYS[way](taken)) == "An address that was public stays with its article."


@pytest.mark.parametrize("after", [None, timedelta(hours=1)])
def test_an_edition_taken_off_the_schedule_does_not_come_back(after):
    later = timezone.now() + timedelta(days=1)
    planned = factories.print_edition(at=later)
    press.unschedule(planned, by=planned.by)
    again = Edition.objects.filter(pk=planned.pk)
    assert refused(lambda: again.update(live_until=after and later + after)) == OFF_THE_SCHEDULE


@pytest.mark.parametrize("way", ["corrected", "unpublished"])
def test_what_was_corrected_or_unpublished_does_not_come_back_by_moving_when_it_ended(way):
    wrong = factories.print_edition(at=timezone.now() - timedelta(days=1))
    if way == "corrected":
        newest = happenings.corrected(wrong).edition
    else:
        newest = press.withdraw(wrong.article, by=wrong.by, note="It was wrong.")
    newest.end(newest.live_from)
    Edition.objects.filter(pk=wrong.pk).update(live_until=wrong.live_from + timedelta(hours=1))
    again = Edition.objects.filter(pk=wrong.pk)
    assert refused(lambda: again.update(live_until=None)) == STAYS_REPLACED
    assert refused(lambda: again.update(live_until=newest.live_from + timedelta(days=1))) == STAYS_REPLACED


def test_the_rows_of_an_edition_name_only_what_its_revision_names():
    edition = factories.print_edition(lead_image=factories.CreditFactory().image)
    other = factories.ContributorFactory(name="Somebody else")
    line = EditionByline(edition=edition, contributor=other, position=5, name="Somebody else")
    assert refused(line.save) == "A published byline names the authors of its revision."
    picture = EditionPicture(edition=edition, image=factories.CreditFactory().image, place="text")
    assert refused(picture.save) == "A published picture is one of its revision."
    filed = EditionTopic(edition=edition, topic=Topic.objects.create(name="Other", slug="other"))
    assert refused(filed.save) == "A published topic is one of its version."
