"""Identifiers however they were pasted: bare inside, links outside, one sentence where they are none."""

import pytest

from articles.evidence import citations


@pytest.mark.parametrize(
    "pasted",
    [
        "10.1001/jama.2016.1464",
        " doi:10.1001/JAMA.2016.1464 ",
        "https://doi.org/10.1001/jama.2016.1464",
        "http://dx.doi.org/10.1001/jama.2016.1464.",
        "DOI: 10.1001/jama.2016.1464",
    ],
)
def test_a_doi_is_kept_bare(pasted):
    assert citations.normalize_doi(pasted) == "10.1001/jama.2016.1464"


@pytest.mark.parametrize("pasted", ["", "jama.2016.1464", "10.1001", "10.1/x", "10.1001/a b", "https://example.org/x"])
def test_what_is_no_doi_is_refused(pasted):
    with pytest.raises(ValueError, match=r"^A DOI begins with"):
        citations.normalize_doi(pasted)


@pytest.mark.parametrize(
    "pasted",
    [
        "26977696",
        "PMID: 26977696",
        "pmid26977696",
        "https://pubmed.ncbi.nlm.nih.gov/26977696/",
        "https://www.ncbi.nlm.nih.gov/pubmed/26977696",
    ],
)
def test_a_pubmed_id_is_kept_bare(pasted):
    assert citations.normalize_pmid(pasted) == "26977696"


@pytest.mark.parametrize("pasted", ["", "PMC4862086", "123456789", "26977696a", "-1"])
def test_what_is_no_pubmed_id_is_refused(pasted):
    with pytest.raises(ValueError, match=r"^A PubMed id is a number"):
        citations.normalize_pmid(pasted)


def test_links_lead_to_the_official_pages():
    assert citations.doi_url("10.1001/x") == "https://doi.org/10.1001/x"
    assert citations.pmid_url("1") == "https://pubmed.ncbi.nlm.nih.gov/1/"
