"""What to read next: live articles that share a text's topics and the words of its title, in one query."""

from datetime import datetime

from django.utils import timezone

from articles.models import Edition
from articles.search.engines import Narrowing, engine
from articles.search.language import STOP_WORDS, stem, words
from articles.search.questions import Alternative, Question

MOST_ASKED = 20  # words


def related(edition: Edition, *, most: int = 3, at: datetime | None = None) -> list[Edition]:
    """The nearest live editions of other articles, the nearest first, with title, slug and standfirst only."""
    names = " ".join(topic["name"] for topic in edition.topics)
    asked = [word for word in words(f"{names} {edition.title}") if word not in STOP_WORDS and len(word) > 2]
    clauses = tuple((Alternative((stem(word),)),) for word in dict.fromkeys(asked[:MOST_ASKED]))
    if not clauses:
        return []
    sql, values = engine().ranked(
        Question(clauses, any_will_do=True), Narrowing(), at=at or timezone.now(), limit=most + 1
    )
    nearest = Edition.objects.raw(
        "SELECT edition.id, edition.article_id, edition.slug, edition.title, edition.standfirst "  # noqa: S608
        f"FROM ({sql}) best JOIN articles_edition edition ON edition.id = best.edition_id "
        "ORDER BY best.place, edition.id DESC",
        values,
    )
    return [other for other in nearest if other.article_id != edition.article_id][:most]
