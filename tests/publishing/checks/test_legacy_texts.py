"""Texts from the site before this one, in a folder beside this repository: each is refused, with every gap by name.

Their kinds are tested with words of our own in `test_old_explainer`.
"""

from pathlib import Path

import pytest

from articles.importing import importer
from articles.models import Article, Edition
from articles.publishing import checks, press
from articles.publishing.press import PublishingRefused
from tests import factories

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "legacy"
IN_EACH = {
    "standfirst.missing", "byline.missing", "disclosure.missing", "structure.risks", "review.missing", "reference.none",
}  # fmt: skip
BESIDES = {
    "migraine-weather.txt": {"evidence.unreferenced", "question.open", "credit.waiting"},
    "nerve-block.html": {"procedure.risk", "procedure.signs", "credit.waiting"},
    "pacing-your-day.txt": set(),
    "spinal-cord-stimulation.txt": {"title.placeholder", "credit.waiting"},
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the texts of the old site are not beside this repository"),
]


@pytest.mark.parametrize(("name", "besides"), BESIDES.items())
def test_a_text_of_the_old_site_is_refused_with_every_gap_by_name(name, besides):
    importer.import_files([FOLDER / name], section=factories.section())
    article = Article.objects.get()
    assert {finding.id for finding in checks.run(article)} == IN_EACH | besides
    with pytest.raises(PublishingRefused):
        press.publish(article, by=factories.editor())
    assert not Edition.objects.exists()
