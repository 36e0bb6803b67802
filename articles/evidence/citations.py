"""Identifiers of what is cited: DOI and PubMed id, bare and as links; and its year. Everything that keeps, reads or
compares one asks here, so that one paper has one name.
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


_YEAR = r"(?:18|19|20)\d\d(?!\w)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAYS = r"\d{1,2}(?:\s?[-–]\s?\d{1,2})?"
# Numbers that look like years and are none: of an address, an identifier, or the day on which somebody looked.
_NO_YEARS = re.compile(
    r"https?://\S+|\bdoi:?\s?\S+|\b10\.\d{4,9}/\S+|\bpmid:?\s?\d+"
    r"|\b(?:accessed|access date|retrieved|viewed|visited|cited):?\s(?:on\s)?"
    rf"(?:(?:{_DAYS}\s)?{_MONTH}\s(?:{_DAYS},?\s)?|\d{{1,2}}[/.]\d{{1,2}}[/.])?{_YEAR}(?:-\d\d-\d\d)?",
    re.IGNORECASE,
)
# Where a citation has its year, the surest place first; of several in one place the last.
_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # a journal's: "2021;398:", "2021 Jan 5;398(2):", "2019-2020;12:"
        rf"(?<!\w)({_YEAR})(?:[-/–]\d\d(?!\w))?(?:\s{_MONTH}(?:[-/–]{_MONTH})?(?:\s{_DAYS})?)?"
        r";\s?(?=[\d:(]|suppl|[a-z]{1,3}\d)",
        rf";\s?[c©]?({_YEAR})(?=[\s.,:)\]]|$)",  # a book's: "Springer; 2013:12-20"
        rf"\(({_YEAR})(?:,[^()]{{0,30}})?\)\.",  # after the authors: "Doe, J. (2019)."
        rf"\b{_MONTH}\s(?:{_DAYS},?\s)?({_YEAR})|(?<!\w)({_YEAR})-\d\d-\d\d(?!\w)",  # a day or a month
        rf"(?:^|[.,:(©]\s?|\b(?:published|updated|revised|copyright)\s)({_YEAR})(?=\s?[.);:,]|\s?$)",
    )
)


def year(citation: str) -> int | None:
    """The year in which what is cited was published, or last updated; None where the citation has none.

    Years in titles, pages and addresses, and the day on which a page was looked at, are not the year. The places are
    those of the AMA Manual of Style, 11th edition, chapter 3; authors’ years in brackets are the APA’s.
    """
    words = _NO_YEARS.sub(" ", citation)
    for place in _PLACES:
        if found := [int(next(filter(None, match.groups()))) for match in place.finditer(words)]:
            return found[-1]
    return None
