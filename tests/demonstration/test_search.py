"""150 labeled questions over the demonstration: what readers look for stands first."""

import pytest

from articles.search.finding import find
from tests.search.labeled import QUESTIONS, answers, ndcg

pytestmark = pytest.mark.django_db


def test_there_are_150_and_each_names_articles_that_are_there(loaded):
    from articles.models import Edition

    live = set(Edition.objects.live().values_list("slug", flat=True))
    assert len(QUESTIONS) == 150
    assert {slug for labels in QUESTIONS.values() for slug in labels} <= live


def test_what_readers_look_for_stands_first(loaded, capsys):
    scores = {typed: ndcg(found, labels) for typed, found, labels in answers(find)}
    mean = sum(scores.values()) / len(scores)
    weak = {typed: round(score, 2) for typed, score in scores.items() if score < 0.8}
    with capsys.disabled():
        print(f"\nnDCG@10 over {len(scores)} questions: {mean:.3f}")
    assert mean >= 0.9, (mean, weak)


def test_the_article_that_a_question_is_about_is_the_first(loaded):
    missed = [
        (typed, found[:3])
        for typed, found, labels in answers(find)
        if max(labels.values()) == 3 and (not found or labels.get(found[0], 0) < 3)
    ]
    assert len(missed) <= len(QUESTIONS) // 10, missed
