"""Texts that readers see beside the articles change only by an editor, after the checks, with their history."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Contributor, Drug, SafeguardChange, Section, Term, TextChange, Topic
from articles.publishing import public_texts
from articles.publishing.press import PublishingRefused
from tests import factories
from tests.admin.accounts import account, verified
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db

DOSE = "Take 500 mg twice a day."
SENTENCE = "A text that readers see is changed with its history."


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


def rows():
    """One row of each kind, as an editor writes it, and the column with its sentence."""
    checked = {"checked_by": factories.ContributorFactory(), "checked_on": timezone.localdate()}
    return {
        "term": (Term(name="bilby", slug="bilby", definition="An animal."), "definition"),
        "topic": (Topic(name="Pumps", slug="pumps", definition="Of pumps."), "definition"),
        "section": (Section(name="Devices", slug="devices", summary="Machines."), "summary"),
        "contributor": (Contributor(name="Ada Rey", slug="ada", biography="She writes."), "biography"),
        "drug": (
            Drug(name="exampline", slug="exampline", drug_class="example", source="label", route="by mouth", **checked),
            "route",
        ),
    }


KINDS = ["term", "topic", "section", "contributor", "drug"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_changed_by_an_editor_is_in_the_history_with_who_when_from_and_to(kind):
    row, column = rows()[kind]
    factories.public(row)
    said, editor, at = getattr(row, column), factories.editor(), timezone.now()
    setattr(row, column, "Something else.")
    change = public_texts.save(row, by=editor, at=at)
    row.refresh_from_db()
    assert getattr(row, column) == "Something else."
    assert change.differences() == [(column, said, "Something else.")]
    assert (change.by, change.at, change.kind) == (editor, at, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_no_path_past_the_history_writes_such_a_text(kind):
    row, column = rows()[kind]
    assert refused(row.save) == SENTENCE
    model = type(row)
    assert refused(lambda: model.objects.bulk_create([row])) == SENTENCE
    row = factories.public(type(row)(**{field.name: getattr(row, field.name) for field in model._meta.fields}))
    known = model.objects.filter(pk=row.pk)
    assert refused(lambda: known.update(**{column: DOSE})) == SENTENCE
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        statement = f"UPDATE {table} SET {column} = %s WHERE id = %s"
        assert refused(lambda: cursor.execute(statement, [DOSE, row.pk])) == SENTENCE
    setattr(row, column, DOSE)
    assert refused(row.save) == SENTENCE


def test_what_the_migrations_wrote_cannot_be_changed_past_the_history_either():
    assert refused(lambda: Term.objects.filter(slug="opioid").update(definition=DOSE)) == SENTENCE
    assert refused(lambda: Section.objects.update(summary=DOSE)) == SENTENCE


def test_the_history_of_one_text_lets_no_other_be_written():
    factories.public(Term(name="bilby", slug="bilby", definition="An animal."))
    other = Term(name="dalgyte", slug="dalgyte", definition="An animal.")
    assert refused(other.save) == SENTENCE
    assert refused(lambda: Term.objects.filter(slug="bilby").update(name="morphine")) == SENTENCE


def test_an_earlier_text_does_not_come_back_past_the_history():
    term = factories.public(Term(name="bilby", slug="bilby", definition="An animal."))
    term.definition = "A small animal."
    factories.public(term)
    assert refused(lambda: Term.objects.filter(pk=term.pk).update(definition="An animal.")) == SENTENCE


def test_a_card_that_nobody_checked_is_seen_by_nobody_and_may_be_drafted():
    card = Drug.objects.create(name="exampline", slug="exampline", drug_class="example", source="label")
    Drug.objects.filter(pk=card.pk).update(drug_class="another")
    assert refused(
        lambda: Drug.objects.filter(pk=card.pk).update(
            checked_by=factories.ContributorFactory(), checked_on=timezone.localdate()
        )
    )


def test_a_demonstration_s_card_is_seen_and_changes_with_its_history_alone():
    card = Drug(name="exampline", slug="exampline", drug_class="example", source="label", is_demonstration=True)
    assert refused(card.save) == SENTENCE
    card = factories.public(
        Drug(name="exampline", slug="exampline", drug_class="example", source="label", is_demonstration=True)
    )
    assert refused(lambda: Drug.objects.filter(pk=card.pk).update(drug_class="another")) == SENTENCE
    assert TextChange.objects.get().texts_after["checked"] == "Demonstration card"


def test_the_history_is_kept():
    factories.public(Term(name="bilby", slug="bilby", definition="An animal."))
    kept = "A change of a public text cannot be changed."
    assert refused(lambda: TextChange.objects.update(texts_after={})) == kept
    assert refused(lambda: TextChange.objects.all()._raw_delete("default")) == kept.replace("changed.", "deleted.")


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Newsletter editor", "Site administrator"])
def test_only_somebody_who_may_publish_changes_such_a_text(role):
    term = Term.objects.get(slug="opioid")
    term.definition = "Another."
    with pytest.raises(PublishingRefused, match="You don’t have permission to change texts that readers see"):
        public_texts.save(term, by=factories.UserFactory(role=role))
    assert not TextChange.objects.exists()


def test_an_administrator_adds_a_contributor_whom_an_editor_describes():
    administrator = factories.UserFactory(role="Site administrator")
    ada = Contributor(name="Ada Rey", slug="ada")
    public_texts.save(ada, by=administrator)
    ada.biography = DOSE
    with pytest.raises(PublishingRefused):
        public_texts.save(ada, by=administrator)


@pytest.mark.parametrize("kind", ["term", "topic", "section", "contributor"])
def test_a_text_that_names_a_medicine_s_wrong_class_is_refused_with_the_gate_s_words(kind):
    row, column = rows()[kind]
    setattr(row, column, "Gabapentin is an opioid.")
    with pytest.raises(PublishingRefused, match=r"Gabapentin is not an opioid\. It is an anticonvulsant"):
        public_texts.save(row, by=factories.editor())


def test_a_term_s_name_counts_as_the_beginning_of_its_definition():
    term = Term(name="gabapentin", slug="gabapentin", definition="An opioid for nerve pain.")
    with pytest.raises(PublishingRefused, match="Gabapentin is not an opioid"):
        public_texts.save(term, by=factories.editor())


def test_removing_a_text_is_in_its_history():
    term = factories.public(Term(name="bilby", slug="bilby", definition="An animal."))
    removed = public_texts.remove(term, by=factories.editor())
    assert removed.texts_before["definition"] == "An animal."
    assert refused(Term(name="bilby", slug="bilby", definition="An animal.").save) == SENTENCE


# At the desk ----------------------------------------------------------------------------------------------------------

OPIOID = "admin:articles_term_change"


def opioid():
    return reverse(OPIOID, args=[Term.objects.get(slug="opioid").pk])


def test_an_editor_changes_a_definition_at_the_desk_and_the_history_shows_it():
    client = verified(Client(), account())
    client.post(opioid(), form_of(client, opioid(), definition="A strong pain reliever."))
    assert Term.objects.get(slug="opioid").definition == "A strong pain reliever."
    change = TextChange.objects.get()
    page = client.get(reverse("admin:articles_textchange_change", args=[change.pk])).content.decode()
    assert "It says: A strong pain reliever." in page
    assert f"It said: {change.texts_before['definition'][:20]}" in page


def test_a_definition_that_is_refused_at_the_desk_says_why_and_keeps_what_was_typed():
    client = verified(Client(), account())
    typed = "A kind of medicine. Gabapentin is an opioid."
    answer = client.post(opioid(), form_of(client, opioid(), definition=typed))
    assert [error for error in errors_of(answer) if error.startswith("Gabapentin is not an opioid.")]
    assert typed in answer.content.decode()
    assert not TextChange.objects.exists()


def test_an_administrator_reads_definitions_and_writes_none():
    client = verified(Client(), account("Site administrator"))
    before = Term.objects.get(slug="opioid").definition
    client.post(opioid(), {"definition": DOSE, "name": "opioid", "slug": "opioid"})
    assert Term.objects.get(slug="opioid").definition == before
    assert client.get(reverse("admin:articles_term_add")).status_code == 403


def test_an_administrator_asks_to_change_a_section_s_rules_and_does_not_change_its_words():
    section = Section.objects.get(slug="news")
    client = verified(Client(), account("Site administrator"))
    url = reverse("admin:articles_section_change", args=[section.pk])
    client.post(url, form_of(client, url, requires_review="on", summary=DOSE))
    changed = Section.objects.get(slug="news")
    assert (changed.requires_review, changed.summary) == (False, section.summary)
    assert SafeguardChange.objects.open().get().field == "requires_review"
