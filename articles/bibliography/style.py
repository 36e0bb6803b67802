"""A record of a source as a citation in the style of the AMA Manual of Style, 11th edition, by citeproc.

The style is the Citation Style Language’s own, in `american-medical-association.csl` as it came (CC BY-SA
3.0; its authors are named in it).
"""

import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from articles.bibliography.records import Record, words

STYLE = Path(__file__).with_name("american-medical-association.csl")
# Shown beside the words, each as a link.
_BESIDE = ("DOI", "PMID", "PMCID", "URL", "accessed")
_NUMBER = re.compile(r"^1\.\s*")
_TWICE = re.compile(r"^(.{1,400}?\.) \1(?= |$)")  # a title that took the place of the authors is its own as well


def citation(record: Record) -> str:
    """The citation in words, without DOI and address; the bare title where citeproc can make nothing of the rest."""
    shown = {name: value for name, value in record.items() if name not in _BESIDE} | {"id": "1"}
    try:
        made = _bibliography(shown)
    except Exception:  # citeproc has no error of its own for what it can't format
        made = ""
    return _TWICE.sub(r"\1", words(_NUMBER.sub("", made))) or f"{record['title']}."


def _bibliography(record: Record) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # 9 MB that readers never need
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CitationStylesBibliography(_style(), CiteProcJSON([record]), formatter.plain)
        made.register(Citation([CitationItem("1")]))
        return str(made.bibliography()[0])


@cache
def _style() -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(STYLE), validate=False)
