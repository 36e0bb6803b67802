"""A change of who reviews, or of what a section requires, waits for a second person or a day, on every path."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Contributor, OutgoingMail, Review, SafeguardChange, Section
from articles.publishing import links, press, review_requests, safeguards
from articles.publishing.safeguards import SafeguardRefused
from tests import factories

pytestmark = pytest.mark.django_db

IDENTITY = [
    ("email", "eve@example.org"),
    ("user_id", None),
    ("name", "Eve"),
    ("credentials", "PhD"),
    ("is_medical_reviewer", False),
]
RULES = [("requires_review", False), ("requires_references", False), ("requires_risks", False), ("review_months", 120)]


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


@pytest.mark.parametrize(("column", "value"), IDENTITY)
def test_the_database_refuses_another_identity_of_a_reviewer_saved_or_in_bulk(column, value):
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    sentence = "Who a medical reviewer is changes only when a second person confirms it, or after a day."
    assert refused(lambda: Contributor.objects.filter(pk=reviewer.pk).update(**{column: value})) == sentence
    setattr(reviewer, column, value)
    assert refused(reviewer.save) == sentence


def test_the_database_lets_an_author_change_but_makes_no_reviewer_of_them():
    author = factories.ContributorFactory()
    assert Contributor.objects.filter(pk=author.pk).update(email="new@example.org") == 1
    sentence = refused(lambda: Contributor.objects.filter(pk=author.pk).update(is_medical_reviewer=True))
    assert sentence.startswith("Who a medical reviewer is")
    factories.ask_change(author, {"is_medical_reviewer": True})
    assert refused(lambda: Contributor.objects.filter(pk=author.pk).update(email="eve@example.org"))


def as_raw_sql(row) -> None:
    fields = [field for field in row._meta.fields if field.name != "id"]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({marks})", values)


INSERTS = {
    "save": lambda row: row.save(),
    "in bulk": lambda row: type(row).objects.bulk_create([row]),
    "raw SQL": as_raw_sql,
}


@pytest.mark.parametrize("insert", INSERTS.values(), ids=INSERTS)
def test_no_row_begins_as_a_medical_reviewer_by_a_shell_in_bulk_or_by_raw_sql(insert):
    eve = Contributor(name="Eve", slug="eve", is_medical_reviewer=True, user=factories.editor())
    sentence = "Nobody begins as a medical reviewer: a second person confirms it, or a day passes."
    assert refused(lambda: insert(eve)) == sentence
    eve.is_medical_reviewer = False
    insert(eve)
    assert Contributor.objects.filter(slug="eve", is_medical_reviewer=False).exists()


@pytest.mark.parametrize("insert", INSERTS.values(), ids=INSERTS)
@pytest.mark.parametrize(
    "loose", [{"requires_review": False}, {"requires_references": False}, {"review_months": 25}], ids=str
)
def test_no_section_begins_with_looser_rules_by_a_shell_in_bulk_or_by_raw_sql(insert, loose):
    sentence = "A section begins with a review at least every two years and with references."
    assert refused(lambda: insert(Section(name="Notes", slug="notes", **loose))) == sentence
    insert(Section(name="Devices", slug="devices", requires_risks=True))
    assert Section.objects.filter(slug="devices").exists()


def test_a_sign_off_in_the_name_of_somebody_who_is_no_medical_reviewer_is_not_written_by_raw_sql():
    revision = factories.publishable_article(signed=False).revisions.get()
    row = {"revision": revision, "reviewer": factories.ContributorFactory(), "signed_digest": revision.signed_digest}
    signature = Review(**row, name="Eve", decision=Review.APPROVED, due_on=timezone.localdate())
    assert refused(lambda: as_raw_sql(signature)) == "Only medical reviewers sign off."
    signature.carried_from, signature.carried_by = factories.print_edition().review, factories.editor()
    kept = "A sign-off is kept from an earlier one by the same reviewer on the same article."
    assert refused(lambda: as_raw_sql(signature)) == kept


@pytest.mark.parametrize(("column", "value"), RULES)
def test_the_database_refuses_another_rule_of_a_section_and_one_that_was_confirmed_once_is_no_way_back(column, value):
    section = factories.section()
    before = getattr(section, column)
    rows = Section.objects.filter(pk=section.pk)
    sentence = "What a section requires changes only when a second person confirms it, or after a day."
    assert refused(lambda: rows.update(**{column: value})) == sentence
    for step in (value, before):
        factories.change(section, **{column: step})
        assert getattr(section, column) == step
    factories.ask_change(section, {column: value})
    assert refused(lambda: rows.update(**{column: value})) == sentence


@pytest.mark.parametrize(("column", "value"), IDENTITY)
def test_a_second_administrator_puts_a_change_of_a_reviewer_in_force(column, value):
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    before = getattr(reviewer, column)
    [change] = factories.ask_change(reviewer, {column: value})
    reviewer.refresh_from_db()
    assert getattr(reviewer, column) == before
    safeguards.confirm(change, by=factories.administrator())
    reviewer.refresh_from_db()
    assert getattr(reviewer, column) == value


@pytest.mark.parametrize("second", ["asker", "same inbox", "editor"])
def test_no_change_is_confirmed_by_who_asked_for_it_or_by_an_editor(second):
    reviewer = factories.ReviewerFactory()
    [change] = factories.ask_change(reviewer, {"email": "eve@example.org"})
    by = {
        "asker": lambda: change.asked_by,
        "same inbox": lambda: factories.administrator(email="First+2@example.org"),
        "editor": factories.editor,
    }[second]()
    with pytest.raises(SafeguardRefused) as refusal:
        safeguards.confirm(change, by=by)
    assert refusal.value.problems == (
        "Only site administrators can change this."
        if second == "editor"
        else "You asked for this change. A second person must confirm it.",
    )
    if second != "editor":
        at = timezone.now()
        row = SafeguardChange.objects.filter(pk=change.pk)
        assert refused(lambda: row.update(confirmed_by=by, confirmed_at=at, applied_at=at))


def test_an_editor_cannot_ask_for_a_change():
    with pytest.raises(SafeguardRefused) as refusal:
        safeguards.ask(factories.ReviewerFactory(), {"email": "eve@example.org"}, by=factories.editor())
    assert refusal.value.problems == ("Only site administrators can change this.",)


def test_a_change_takes_effect_after_a_day_with_the_clock_and_not_before():
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    [change] = factories.ask_change(reviewer, {"email": "new@example.org"})
    assert safeguards.apply_due(change.asked_at + timedelta(hours=23, minutes=59)) == 0
    row = SafeguardChange.objects.filter(pk=change.pk)
    assert refused(lambda: row.update(applied_at=change.asked_at + timedelta(hours=23)))
    assert safeguards.apply_due(change.asked_at + timedelta(hours=24)) == 1
    reviewer.refresh_from_db()
    assert reviewer.email == "new@example.org"
    assert safeguards.apply_due(change.asked_at + timedelta(hours=25)) == 0


def test_the_clock_puts_due_changes_in_force(time_machine):
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    factories.ask_change(reviewer, {"email": "new@example.org"})
    time_machine.move_to(timezone.now() + timedelta(hours=24))
    call_command("clock", once=True, verbosity=0)
    reviewer.refresh_from_db()
    assert reviewer.email == "new@example.org"


def test_the_database_takes_no_change_that_waits_less_than_a_day_or_is_decided_at_once():
    reviewer, by, now = factories.ReviewerFactory(), factories.administrator(), timezone.now()
    row = {"contributor": reviewer, "field": "email", "becomes": "eve@example.org", "asked_by": by, "asked_at": now}
    day = timedelta(days=1)
    for bad in (
        {"takes_effect_at": now},
        {"takes_effect_at": now + day - timedelta(minutes=1)},
        {"takes_effect_at": now + day, "applied_at": now + day},
        {"takes_effect_at": now + day, "confirmed_by": factories.editor(), "confirmed_at": now},
    ):
        assert refused(SafeguardChange(**row, **bad).save) == "A change of a safeguard waits a day."
    SafeguardChange(**row, takes_effect_at=now + day).save()


def test_a_decided_change_is_history():
    reviewer = factories.ReviewerFactory()
    [change] = factories.ask_change(reviewer, {"email": "eve@example.org"})
    safeguards.stop(change, by=factories.administrator())
    rows = SafeguardChange.objects.filter(pk=change.pk)
    assert refused(lambda: rows.update(stopped_at=None)) == "A change of a safeguard is decided once."
    assert refused(lambda: rows._raw_delete("default")) == "A change of a safeguard cannot be deleted."
    with pytest.raises(SafeguardRefused, match="stopped already"):
        safeguards.confirm(change, by=factories.administrator())


def test_a_change_of_the_same_value_waits_only_once():
    reviewer = factories.ReviewerFactory(name="Ada Rey", credentials="MD")
    factories.ask_change(reviewer, {"email": "eve@example.org"})
    with pytest.raises(SafeguardRefused, match="is waiting already"):
        factories.ask_change(reviewer, {"email": "eva@example.org"})


def test_the_old_address_and_every_administrator_are_told_and_the_link_stops_it(client):
    reviewer = factories.ReviewerFactory(name="Ada Rey", credentials="MD", email="ada@example.org")
    factories.administrator(email="boss@example.org")
    factories.ask_change(reviewer, {"email": "eve@example.org"})
    mails = OutgoingMail.objects.filter(kind="safeguard_change")
    assert set(mails.values_list("to", flat=True)) == {"ada@example.org", "boss@example.org", "first@example.org"}
    mail = mails.get(to="ada@example.org")
    message = safeguards.SafeguardMail().write(mail, timezone.now())
    assert "Email address of Ada Rey, MD: from ada@example.org to eve@example.org" in message.text
    token = safeguards.link_to_stop(mail.context["changes"]).split("/stop-change/")[1]
    assert "/stop-change/" in message.text
    page = client.get(f"/stop-change/{token}")
    assert b"Stop this change?" in page.content
    assert SafeguardChange.objects.open().count() == 1
    assert b"Nothing was changed" in client.post(f"/stop-change/{token}").content
    assert SafeguardChange.objects.open().count() == 0
    assert safeguards.SafeguardMail().write(mail, timezone.now()) is None
    assert b"Nothing left to stop" in client.post(f"/stop-change/{token}").content
    assert safeguards.apply_due(timezone.now() + timedelta(days=2)) == 0


def test_another_site_cannot_stop_a_change(client):
    [change] = factories.ask_change(factories.ReviewerFactory(), {"email": "eve@example.org"})
    path = safeguards.link_to_stop([change.pk]).partition("/stop-change/")[2]
    answer = client.post(f"/stop-change/{path}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert SafeguardChange.objects.open().count() == 1


def test_a_change_that_is_asked_for_ends_the_open_review_links():
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    article = factories.publishable_article(signed=False)
    token = links.for_review(article.revisions.get(), reviewer)
    assert links.open_review(token).reviewer == reviewer
    factories.ask_change(reviewer, {"email": "eve@example.org"})
    with pytest.raises(links.LinkRefused, match="details changed since"):
        links.open_review(token)


def test_an_editor_who_gives_a_reviewer_their_own_address_gets_no_link_and_cannot_publish():
    """All three steps of it are refused: the address, the signature by link, and the version."""
    editor = factories.UserFactory(role="Editor", email="eve@example.org")
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    article = factories.publishable_article(signed=False)
    with pytest.raises(SafeguardRefused):
        safeguards.ask(reviewer, {"email": editor.email}, by=editor)
    review_requests.ask(article.revisions.get(), reviewer, by=editor)
    assert OutgoingMail.objects.get().to == "ada@example.org"
    factories.change(reviewer, email=editor.email)
    factories.sign(article, reviewer)
    factories.change(reviewer, email="ada@example.org")  # back again: the change is remembered
    with pytest.raises(press.PublishingRefused, match="another editor must publish it"):
        press.publish(article, by=editor)


def test_what_cannot_be_put_in_force_is_stopped_and_says_why():
    reviewer, other = factories.ReviewerFactory(), factories.ContributorFactory()
    user = factories.UserFactory()
    [change] = factories.ask_change(reviewer, {"user_id": user.pk})
    Contributor.objects.filter(pk=other.pk).update(user=user)
    with pytest.raises(SafeguardRefused, match="Another contributor has this user now"):
        safeguards.confirm(change, by=factories.administrator())
    assert safeguards.apply_due(change.takes_effect_at) == 1
    change.refresh_from_db()
    assert change.state == "Stopped"
