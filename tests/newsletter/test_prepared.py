"""Queries that are put together once: every value in its place, and nothing mistaken for one."""

from datetime import UTC, datetime

import pytest

from articles.models import Issue
from articles.newsletter.delivery.prepared import Question

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("microsecond", [190_700, 1_907, 719_071, 0])
def test_a_moment_of_the_query_itself_is_not_taken_for_a_value(microsecond):
    own = NOON.replace(microsecond=microsecond)
    question = Question(lambda at: Issue.objects.filter(built_at__gt=own, until__lte=at).values_list("pk"), at=datetime)
    assert question.rows(at=NOON) == []


def test_a_value_that_is_changed_on_its_way_cannot_be_prepared():
    question = Question(lambda at: Issue.objects.filter(built_at__year=at.year), at=datetime)
    with pytest.raises(TypeError, match="cannot be prepared"):
        question.rows(at=NOON)
