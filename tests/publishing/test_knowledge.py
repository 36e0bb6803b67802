"""The cards that the checks share: the same objects while the rows say the same, and never anything else."""

import pytest
from django.db import connection, transaction

from articles.models import Drug
from articles.publishing import knowledge

pytestmark = pytest.mark.django_db


def test_the_same_objects_are_read_until_a_row_changes():
    before = knowledge.medicines()
    assert before == list(Drug.objects.all())
    assert all(one is other for one, other in zip(before, knowledge.medicines(), strict=True))


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
