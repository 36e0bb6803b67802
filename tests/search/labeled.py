"""The labeled questions, and how well a ranking answers them: nDCG at 10 (Järvelin and Kekäläinen, 2002), over the
articles that were there when the questions were labeled (a condensed list: Sakai, 2007).
"""

import math
import tomllib
from pathlib import Path

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))["questions"]
JUDGED = {slug for labels in QUESTIONS.values() for slug in labels}
AT = 10


def ndcg(found, labels):
    """1 where the labeled articles stand first, in the order of their labels; 0 where none is among the first ten."""
    best = sorted(labels.values(), reverse=True)[:AT]
    return _gain([labels.get(slug, 0) for slug in found[:AT]]) / _gain(best)


def _gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def answers(find):
    """What is found for each question of what was judged, by address."""
    for typed, labels in QUESTIONS.items():
        slugs = [hit.edition.slug for hit in find(typed).hits]
        yield typed, [slug for slug in slugs if slug in JUDGED], labels
