"""Identifiers of what is cited: DOI and PubMed id, bare and as links. Everything that keeps, reads or compares one asks
here, so that one paper has one name.
"""

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)  # DOI Handbook, 2.2; its letters may be written in either case
_PMID = re.compile(r"\d{1,8}", re.ASCII)
_BEFORE_DOI = re.compile(
    r"(?:<|(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:urn:|info:)?doi[:/\s]\s*|doi(?=10\.))+", re.IGNORECASE
)
_BEFORE_PMID = re.compile(
    r"(?:<|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|pubmed\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/)"
    r"|(?:pmid|pubmed(?:\s?id)?)(?![a-z])[:\s]*)+",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def normalize_doi(text: str) -> str:
    """The bare DOI in lower case: "10.1001/jama.2016.1464". Raises ValueError with one sentence."""
    bare = bare_doi(text)
    if not bare:
        raise ValueError("A DOI begins with “10.” and has a slash, as 10.1001/jama.2016.1464.")
    return bare


def bare_doi(text: str) -> str:
    """The same; "" for what is no DOI."""
    written = _UNSEEN.sub("", text).strip()
    bare = _BEFORE_DOI.sub("", written, count=1) if _BEFORE_DOI.match(written) else written
    if "://" in written:
        bare = re.split(r"[?#]", bare, maxsplit=1)[0]
    bare = _without_closing(unquote(bare)).lower()
    return bare if _DOI.fullmatch(bare) else ""


def normalize_pmid(text: str) -> str:
    """The bare PubMed id: "26977696". Raises ValueError with one sentence."""
    bare = bare_pmid(text)
    if not bare:
        raise ValueError("A PubMed id is a number of up to eight digits, as 26977696.")
    return bare


def bare_pmid(text: str) -> str:
    """The same; "" for what is no PubMed id."""
    written = _UNSEEN.sub("", text).strip()
    bare = _BEFORE_PMID.sub("", written, count=1) if _BEFORE_PMID.match(written) else written
    bare = _without_closing(re.split(r"[?#]", unquote(bare), maxsplit=1)[0]).lstrip("0")
    return bare if _PMID.fullmatch(bare) else ""


def _without_closing(written: str) -> str:
    """An identifier without the punctuation that closes the sentence, or the brackets, around it."""
    end = len(written)
    opened = {sign: written.count(opening) - written.count(sign) for sign, opening in _CLOSING.items()}
    while end and (written[end - 1] in ".,;:/'\"’” \u00a0" or opened.get(written[end - 1], 0) < 0):
        opened[written[end - 1]] = opened.get(written[end - 1], 0) + 1
        end -= 1
    return written[:end]


def doi_url(doi: str) -> str:
    return f"https://doi.org/{doi}"


def pmid_url(pmid: str) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
