"""The cards that the checks share: the same objects while the rows say the same, and never anything else."""

from datetime import date

import pytest
from django.db import connection, transaction

from articles.models import Drug, Procedure, Term
from articles.publishing import knowledge
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_same_objects_are_read_until_a_row_changes():
    before = knowledge.medicines()
    assert before == list(Drug.objects.all())
    assert all(one is other for one, other in zip(before, knowledge.medicines(), strict=True))


@pytest.mark.parametrize(
    ("read", "model"), [(knowledge.medicines, Drug), (knowledge.procedures, Procedure), (knowledge.terms, Term)]
)
def test_the_objects_are_what_django_reads_itself_in_the_same_order(read, model):
    if model is Procedure:  # a day and a person, where there was none
        model.objects.update(checked_by=factories.ReviewerFactory(), checked_on=date(2026, 11, 2))
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = [[getattr(row, name) for name in columns] for row in model.objects.all()]
    assert [[getattr(row, name) for name in columns] for row in read()] == rows != []


def test_names_and_their_wording_follow_a_brand_that_is_added_to_a_card():
    before = knowledge.medicines()
    assert "Newbrand" not in before.own_names
    assert before.wording.of("Newbrand helps.") != before.wording.of("Ziconotide helps.")
    card = Drug.objects.get(name="ziconotide")
    card.brands = ["Newbrand"]
    factories.public(card)
    after = knowledge.medicines()
    assert "Newbrand" in after.own_names
    assert after.wording.of("Newbrand helps.") == after.wording.of("Ziconotide helps.")
    assert [card.name for mention in after.names.mentions("Newbrand helps.") for card in mention.cards] == [
        "ziconotide"
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles_drug SET drug_class = 'made-up class' WHERE name = 'ziconotide'",
        "UPDATE articles_drug SET hazards = '[]' WHERE name = 'ziconotide'",
        "UPDATE articles_drug SET name = 'ziconotide acetate' WHERE name = 'ziconotide'",
    ],
)
def test_a_change_by_any_path_is_seen_at_once_and_so_is_taking_it_back(change):
    before = [(card.name, card.drug_class, card.hazards) for card in knowledge.medicines()]
    point = transaction.savepoint()
    Drug.objects.filter(name="ziconotide").update(hazards=[{"sense": "One.", "told_by": ["one"]}])
    with connection.cursor() as cursor:
        cursor.execute(change)
    changed = [(card.name, card.drug_class, card.hazards) for card in knowledge.medicines()]
    assert changed == [(card.name, card.drug_class, card.hazards) for card in Drug.objects.all()] != before
    transaction.savepoint_rollback(point)
    assert [(card.name, card.drug_class, card.hazards) for card in knowledge.medicines()] == before
