"""The demonstration's sources: the file of retractions finds each of them, and the old ones are noted as classics."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from articles.evidence import citations
from articles.models import Article, Edition, Reference, SourceNote
from articles.publishing import checks, currency, retractions
from tests.evidence.test_retractions import COLUMNS, row

pytestmark = pytest.mark.django_db

PRINTED = datetime(2026, 11, 30, tzinfo=UTC)  # sources that were new then grow old
WRITTEN = {
    "as its publisher writes it": str,
    "in capitals": str.upper,
    "in small letters": str.lower,
    "as a link": citations.doi_url,
}


def imported(tmp_path, dois):
    """What `import_retractions` made of a file that says of each paper that its journal corrected it."""
    rows = [
        row(Record_ID=str(number), OriginalPaperDOI=doi, OriginalPaperPubMedID="0", RetractionNature="Correction")
        for number, doi in enumerate(dois, 1)
    ]
    file = tmp_path / "retractions.csv"
    file.write_text("\n".join([COLUMNS, *rows]))
    call_command("import_retractions", str(file))


@pytest.mark.parametrize("written", WRITTEN)
def test_the_file_of_retractions_finds_every_source_however_it_writes_it(loaded, tmp_path, written):
    cited = Reference.objects.exclude(doi="")
    dois = set(cited.values_list("doi", flat=True))
    assert len(dois) >= 25
    imported(tmp_path, [WRITTEN[written](doi) for doi in sorted(dois)])
    found = {article.slug for article, _doubt in retractions.to_look_at(Article.objects.all())}
    assert found == set(cited.values_list("article__slug", flat=True))
    for edition in Edition.objects.live():
        states = retractions.states(edition.references)
        assert [state is not None for state in states] == [bool(ref["doi"]) for ref in edition.references]


def test_notices_of_other_papers_find_none(loaded, tmp_path):
    imported(tmp_path, ["10.1016/j.pain.2007.07.02", "10.1000/10.1111/ene.13103", "10.1177/033310241773820"])
    assert list(retractions.to_look_at(Article.objects.all())) == []
    assert list(retractions.live_and_doubtful()) == []


def test_no_article_asks_about_an_old_source_and_no_note_is_idle(loaded):
    ours = ("reference.old", "reference.superseded")
    found = [(article.slug, found.id) for article in Article.objects.all() for found in checks.run(article, PRINTED)]
    assert [(slug, id) for slug, id in found if id in ours] == []
    noted = set(SourceNote.objects.exclude(classic="").values_list("citation", flat=True))
    SourceNote.objects.all().delete()
    cited = [edition.references for edition in Edition.objects.live()]
    stale = currency.stale_lists(cited, PRINTED.date())
    assert noted == {source.citation for sources in stale for source in sources}
