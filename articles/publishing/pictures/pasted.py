"""Pictures that were pasted into a text as raw `<img>` come into the library, and stand in the text by their number.

The server asks no address that a person supplied: the file comes from the person, or from the address itself (`data:`).
"""

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, Image, Revision
from articles.publishing import desk
from articles.publishing.pictures.library import store
from articles.publishing.pictures.refusal import PicturesRefused
from articles.refusal import Refused
from articles.richtext import pasted, text

NAME = "The pasted picture"


@transaction.atomic
def bring_in(article: Article, source: str, picture: Image, *, by: User) -> Revision:
    """Puts a picture of the library where an `<img>` with this address stands in the working copy, as a revision.

    Raises PicturesRefused if it stands there no more, or if the picture is out of use.
    """
    held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    problems = []
    if source not in text.raw_images(held.body):
        problems.append("That picture is no longer in the text. Someone removed it or already added it.")
    if not Image.objects.available().filter(pk=picture.pk).exists():
        problems.append(f"“{picture}” was taken down or replaced. Choose another one.")
    if problems:
        raise PicturesRefused(*problems)
    held.body = pasted.in_place_of(held.body, source, picture.pk)
    return desk.save(held, by=by)


def bring_in_data(html: str, *, by: User) -> tuple[str, list[str]]:
    """The text with every `data:` picture in the library and in its place, and a sentence about each that is refused.

    One that is refused stays as it is, and the sanitizer takes its address away.
    """
    problems: list[str] = []
    for source in dict.fromkeys(text.raw_images(html)):
        data = pasted.data_of(source)
        if data is None:
            continue
        try:
            html = pasted.in_place_of(html, source, store(data, name=NAME, by=by).pk)
        except Refused as refusal:
            problems += refusal.problems
    return html, problems
