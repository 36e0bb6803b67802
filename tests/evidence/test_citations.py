"""Identifiers however they were pasted: bare inside, links outside, one sentence where they are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.evidence import citations
from tests.properties import examples


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


@pytest.mark.parametrize(
    ("citation", "year"),
    [
        ("Doe J. Pumps. Lancet. 2021;398(10294):78-92.", 2021),
        ("Doe J. Pumps. Pain. 2021 Jan 5;398(10270):2019-2031. Epub 2020 Dec 1.", 2021),
        ("Doe J. Pumps. J Pain. 2019-2020;12:3-4.", 2020),
        ("Doe J. Pumps. J Pain. 2019/20;12:3.", 2019),
        ("Doe J. Pumps. J Pain. 2022;(suppl 1):3.", 2022),
        ("Wolfe F, et al. 2016 revisions to the 2010/2011 criteria. Semin Arthritis Rheum. 2017;46(3):319.", 2017),
        ("GBD. Burden, 1990–2020, and projections to 2050. Lancet Rheumatol. 2023;5(6):e316-e329.", 2023),
        ("How care is accessed. JAMA. 2020;3(1):2.", 2020),
        ("Melzack R. Textbook of Pain. 6th ed. Elsevier; 2013:12-20.", 2013),
        ("WHO guideline on back pain. Geneva: World Health Organization; 2023.", 2023),
        ("Smith, J. (2019). Pain in 2012. Journal of Pain, 20(3), 2001-2010.", 2019),
        ("US Food and Drug Administration. FDA warns about opioids. August 31, 2016.", 2016),
        ("Prialt, prescribing information: sections 1 and 4. Revised August 2025. Drugs@FDA.", 2025),
        ("Doe J. Pumps. J Pain. Published online May 3, 2021. doi:10.1001/jama.2020.1464", 2021),
        ("Doe J. Pumps. medRxiv. Preprint posted online 2021-05-03.", 2021),
        ("CDC. Opioids. Published May 3, 2019. Updated June 2, 2023. Accessed Jan. 3, 2026.", 2023),
        ("NICE guideline NG206. 2021.", 2021),
        ("IASP. Terminology. Accessed March 3, 2024. https://example.org/2019/pain", None),
        ("IASP. Terminology. [cited 2022 Mar 3]. Available from: https://example.org/", None),
        ("IASP. Terminology. Retrieved on 3 May 2022 from https://example.org/", None),
        ("Prialt, prescribing information. Drugs@FDA, application 021060.", None),
        ("2016 revisions to the 2010/2011 criteria", None),
        ("Doe J. Pumps. J Pain. In press.", None),
        ("", None),
    ],
)
def test_a_citation_knows_its_year_and_takes_no_other_number_for_it(citation, year):
    assert citations.year(citation) == year


YEARS = st.integers(1850, 2099)
JOURNALS = st.sampled_from(["{y};398(10294):{p}.", "{y} Jan;3(2):{p}.", "{y};12:e{p}.", "{y}; 4(suppl 1):{p}-2050."])


@settings(max_examples=examples(50))
@given(year=YEARS, other=YEARS, page=YEARS, looked=YEARS, where=JOURNALS)
def test_the_year_is_the_journal_s_whatever_years_the_title_the_pages_and_the_address_have(
    year, other, page, looked, where
):
    issue = where.format(y=year, p=page)
    title = f"Trends from {other} to {page}: a review of {other}, {page} and (2011) data"
    citation = f"Doe J, Roe R. {title}. J Pain. {issue} Accessed May 3, {looked}. https://example.org/{other}/{page}"
    assert citations.year(citation) == year
    assert citations.year(citation + f" doi:10.1001/jama.{other}.{page}") == year


@settings(max_examples=examples(50))
@given(st.text())
def test_any_words_at_all_have_a_year_or_none(words):
    assert citations.year(words) is None or 1800 <= citations.year(words) <= 2099
