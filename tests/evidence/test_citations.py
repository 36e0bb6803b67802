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
        "https://www.doi.org/10.1001/JAMA.2016.1464",
        "HTTPS://DX.DOI.ORG/10.1001/jama.2016.1464",
        "https://doi.org/10.1001%2Fjama.2016.1464",
        "https://doi.org/10.1001/jama.2016.1464?nosfx=y#abstract",
        "https://doi.org/doi:10.1001/jama.2016.1464",
        "doi10.1001/jama.2016.1464",
        "info:doi/10.1001/jama.2016.1464",
        "<https://doi.org/10.1001/jama.2016.1464>",
        "10.1001/jama.2016.1464).",
        "10.1001/jama.2016.1464;",
        "10.1001/jama.2016.1464/",
        "\u200b10.1001/jama.2016.1464\u00a0",
    ],
)
def test_a_doi_is_kept_bare(pasted):
    assert citations.normalize_doi(pasted) == "10.1001/jama.2016.1464"


@pytest.mark.parametrize(
    "doi", ["10.1016/s0140-6736(05)12345-6", "10.1002/(sici)1096-9136(199605)13:5<424::aid-d>3.0.co;2-4"]
)
def test_brackets_that_belong_to_a_doi_stay_in_it(doi):
    assert citations.normalize_doi(f"https://doi.org/{doi.upper()}.") == doi
    assert citations.normalize_doi(citations.normalize_doi(doi)) == doi


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
        "http://ncbi.nlm.nih.gov/pubmed/26977696?dopt=Abstract",
        "https://pubmed.gov/26977696.",
        "PubMed ID: 26977696",
        "PMID: 026977696;",
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
