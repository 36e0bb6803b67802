"""An issue as it was sent, and what became of its articles since."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from articles.mail.wrapping import paragraphs
from articles.models import Correction, Edition, Issue
from articles.newsletter.issues import rendering
from articles.newsletter.issues.rendering import Item, by_section


@dataclass(frozen=True)
class Entry(Item):
    """One article as it stood in the newsletter. Withdrawn, it keeps its title and loses its words."""

    corrections: tuple[Correction, ...] = ()
    withdrawal: Edition | None = None


def page(issue: Issue) -> dict[str, Any]:
    """What the archive's page of an issue shows; as many queries for one article as for twenty."""
    editions = [item.edition for item in rendering.render(issue).items]
    articles = [edition.article_id for edition in editions]
    corrections = defaultdict(list)
    for correction in Correction.objects.public().filter(edition__article__in=articles):
        corrections[correction.edition.article_id].append(correction)
    gone = {
        edition.article_id: edition
        for edition in Edition.objects.at().filter(article__in=articles, kind=Edition.WITHDRAWN)
    }
    entries = [
        Entry(
            edition,
            tuple(
                correction
                for correction in corrections[edition.article_id]
                if correction.edition.number > edition.number
            ),
            gone.get(edition.article_id),
        )
        for edition in editions
    ]
    return {
        "issue": issue,
        "introduction": paragraphs(issue.introduction),
        "lead": entries[0] if entries else None,
        "parts": by_section(entries[1:]),
        "correction": issue.correction,
    }
