"""In how many places pictures are, for lists of them: one query for a page of pictures, whatever their number."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Exists, IntegerField, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from articles.models import Article, Edition, EditionPicture, Image

MARK = re.compile(r'data-picture="(\d{1,18})"')
WITH_PICTURES = 'data-picture="'
REPLACED = "replaced"


@dataclass
class Places:
    """Articles, by their number: on whose live page a picture is, in whose print it was, on whose desk it lies."""

    live: set[int] = field(default_factory=set)
    printed: set[int] = field(default_factory=set)
    desk: set[int] = field(default_factory=set)

    @property
    def past(self) -> set[int]:
        return self.printed - self.live

    @property
    def drafts(self) -> set[int]:
        return self.desk - self.printed


def counted(images: Iterable[Image]) -> dict[int, Places]:
    """Where each picture is and was; one that replaced another is where that one was put."""
    wanted = {image.pk for image in images}
    rows = list(_printed(wanted).union(_leads(wanted), _texts(), _replaced(wanted), all=True))
    instead = {old: new for new, old, _is_live, words in rows if words == REPLACED}
    found: dict[int, Places] = defaultdict(Places)
    for picture, article, is_live, words in rows:
        if words == REPLACED:
            continue
        if words:
            for pk in {int(mark) for mark in MARK.findall(words)}:
                found[instead.get(pk, pk)].desk.add(article)
        else:
            _add(found[picture], article, is_live)
    return found


def _add(places: Places, article: int, is_live: bool | None) -> None:
    (places.desk if is_live is None else places.printed).add(article)
    if is_live:
        places.live.add(article)


def never_used() -> QuerySet[Image]:
    """Pictures that were never printed, lie on no desk and stand in for none."""
    in_texts = {int(pk) for body in _bodies() for pk in MARK.findall(body)}
    printed = EditionPicture.objects.filter(image=OuterRef("pk"))
    leads = Article.everything.filter(lead_image=OuterRef("pk"))
    return Image.objects.filter(~Exists(printed), ~Exists(leads), stands_in_for=None).exclude(pk__in=in_texts)


def _bodies() -> QuerySet[Any]:
    return Article.everything.filter(body__contains=WITH_PICTURES).order_by().values_list("body", flat=True)


# What the query's parts tell, in four columns: picture, article, whether it is live there (on the desk: none), words.
NO_WORDS, ON_DESK = Value("", output_field=TextField()), Value(None, output_field=BooleanField())


def _printed(wanted: set[int]) -> QuerySet[Any]:
    live = Exists(Edition.objects.live().filter(pk=OuterRef("edition")))
    rows = EditionPicture.objects.annotate(shown=Coalesce("image__replaced_by", "image")).filter(shown__in=wanted)
    return rows.order_by().values_list("shown", "edition__article", live, NO_WORDS)


def _leads(wanted: set[int]) -> QuerySet[Any]:
    rows = Article.everything.annotate(shown=Coalesce("lead_image__replaced_by", "lead_image")).filter(shown__in=wanted)
    return rows.order_by().values_list("shown", "pk", ON_DESK, NO_WORDS)


def _texts() -> QuerySet[Any]:
    rows = Article.everything.filter(body__contains=WITH_PICTURES).order_by()
    return rows.values_list(Value(None, output_field=IntegerField()), "pk", ON_DESK, "body")


def _replaced(wanted: set[int]) -> QuerySet[Any]:
    rows = Image.objects.filter(replaced_by__in=wanted).order_by()
    return rows.values_list("replaced_by", "pk", ON_DESK, Value(REPLACED, output_field=TextField()))
