"""Identifiers of what is cited: DOI and PubMed id, bare and as links."""

import re

_DOI = re.compile(r"^10\.\d{4,9}/\S+$")  # DOI Handbook, 2.2
_PMID = re.compile(r"^\d{1,8}$")


def normalize_doi(text: str) -> str:
    """The bare DOI in lower case: "10.1001/jama.2016.1464". Raises ValueError with one sentence."""
    bare = re.sub(r"^(https?://)?(dx\.)?doi\.org/|^doi:\s*", "", text.strip(), flags=re.IGNORECASE)
    bare = bare.rstrip(".,;").lower()
    if not _DOI.match(bare):
        raise ValueError("A DOI begins with “10.” and has a slash, as 10.1001/jama.2016.1464.")
    return bare


def normalize_pmid(text: str) -> str:
    """The bare PubMed id: "26977696". Raises ValueError with one sentence."""
    bare = re.sub(
        r"^(https?://)?(pubmed\.ncbi\.nlm\.nih\.gov/|www\.ncbi\.nlm\.nih\.gov/pubmed/)|^pmid:?\s*",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    bare = bare.strip("/. ")
    if not _PMID.match(bare):
        raise ValueError("A PubMed id is a number of up to eight digits, as 26977696.")
    return bare


def doi_url(doi: str) -> str:
    return f"https://doi.org/{doi}"


def pmid_url(pmid: str) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
