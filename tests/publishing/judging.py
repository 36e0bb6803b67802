"""Articles to be judged, what the gate finds in them, and why the press refuses."""

import pytest

from articles.models import Article
from articles.publishing import checks
from articles.publishing.press import PublishingRefused
from tests import factories


def found(article: Article) -> list[tuple[str, str]]:
    return [(finding.id, finding.where) for finding in checks.run(article)]


def asked(article: Article) -> list[checks.Finding]:
    """What a medical reviewer is asked, answered or not."""
    return [question.finding for question in checks.Draft.of(article).questions]


def about(words):
    return factories.publishable_article(
        in_section="news", signed=False, title="A remedy", standfirst="What it is.", body=f"<p>{words}</p>"
    )


def refusals(deed) -> list[str]:
    with pytest.raises(PublishingRefused) as refused:
        deed()
    return [finding.id for finding in refused.value.findings]


def in_text(image):
    return f'{factories.BODY}<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
