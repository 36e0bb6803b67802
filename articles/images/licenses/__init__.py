"""Licenses: what there is (`catalog`), what each asks for (`rules`), how it is said (`wording`), and which one a text
states (`stated`). Plain Python. It reads licenses as an editor does; it is no legal advice.
"""

from articles.images.licenses.catalog import FAMILIES, LICENSES, License, choices, jurisdictions
from articles.images.licenses.rules import (
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
    unneeded,
    why,
)
from articles.images.licenses.stated import parse_license
from articles.images.licenses.wording import Metadata, Part, attribution, attribution_text, metadata

__all__ = [
    "FAMILIES",
    "LICENSES",
    "Credit",
    "License",
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
    "parse_license",
    "problems",
    "unchangeable",
    "unneeded",
    "why",
]
