"""Licences: what there is (`catalogue`), what each asks for (`rules`), how it is said (`wording`), and which one a text
states (`stated`). Plain Python. It reads licences as an editor does; it is no legal advice.
"""

from articles.images.licences.catalogue import FAMILIES, LICENCES, Licence, choices, jurisdictions
from articles.images.licences.rules import (
    Credit,
    Problem,
    allows_crops,
    asking,
    has_ended,
    is_breached,
    missing_facts,
    needs_title,
    problems,
    unchangeable,
    why,
)
from articles.images.licences.stated import parse_licence
from articles.images.licences.wording import Metadata, Part, attribution, attribution_text, metadata

__all__ = [
    "FAMILIES",
    "LICENCES",
    "Credit",
    "Licence",
    "Metadata",
    "Part",
    "Problem",
    "allows_crops",
    "asking",
    "attribution",
    "attribution_text",
    "choices",
    "has_ended",
    "is_breached",
    "jurisdictions",
    "metadata",
    "missing_facts",
    "needs_title",
    "parse_licence",
    "problems",
    "unchangeable",
    "why",
]
