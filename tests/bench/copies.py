"""Fills a site with copies of the demonstration's articles: they have the texts, pictures, topics, authors and reviews
of those that they copy, addresses of their own, and older dates. The rows are written past the press, with the guards
lifted.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle, islice
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from articles.models import Article, Edition, EditionByline, EditionPicture, EditionTopic, Revision, guards
from articles.search import index

AT_ONCE = 2000


def fill(articles: int) -> None:
    """Until so many are public."""
    originals = list(Edition.objects.live().order_by("pk"))
    guards.lift()
    numbers = range(len(originals), articles)
    copied = list(islice(cycle(originals), len(numbers)))
    articles_of = Article.objects.bulk_create(
        (
            _copy(edition.article, slug=f"{edition.slug}-{number}")
            for edition, number in zip(copied, numbers, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    revisions = Revision.objects.bulk_create(
        (_copy(edition.revision, article=article) for edition, article in zip(copied, articles_of, strict=True)),
        batch_size=AT_ONCE,
    )
    editions = Edition.objects.bulk_create(_editions(copied, articles_of, revisions), batch_size=AT_ONCE)
    for model in (EditionByline, EditionPicture, EditionTopic):
        of = {edition.pk: list(model.objects.filter(edition=edition)) for edition in originals}
        model.objects.bulk_create(
            (
                _copy(row, edition=copy)
                for edition, copy in zip(copied, editions, strict=True)
                for row in of[edition.pk]
            ),
            batch_size=AT_ONCE,
        )
    _wanted, learning = index.rebuild()
    for _learned in learning:
        pass
    call_command("migrate", verbosity=0)  # the guards, and what else follows a migration
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _editions(copied: list[Edition], articles: list[Article], revisions: list[Revision]) -> Iterator[Edition]:
    for number, edition, article, revision in zip(count(1), copied, articles, revisions, strict=False):
        at = edition.first_live_from - timedelta(days=30, minutes=number)
        moments = {"live_from": at, "first_live_from": at, "changed_at": at, "published_at": at}
        yield _copy(edition, article=article, revision=revision, slug=article.slug, number=1, **moments)


def _copy(row: Model, **changed: Any) -> Any:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    for name in changed:
        kept.pop(f"{name}_id", None)
    return type(row)(**kept | changed)
