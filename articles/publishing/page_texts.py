"""What follows from an edition alone, worked out when it is printed and kept beside it (`models.page_text`): its text
as page HTML, and what that names. What is missing or made of other names or by other code is worked out anew where it
is asked for, and written by the clock.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from articles import cache
from articles.evidence import citations, drugs, mentions, retractions
from articles.models import Drug, Edition, PageText
from articles.models.shown import ShownArticle
from articles.richtext import languages, policy, render, sanitizer, text
from articles.richtext.render import Heading

AT_ONCE = 100  # editions in one round of the clock, a second's work
MADE_BY = (render, sanitizer, policy, languages, text, mentions, citations, retractions)


def _code() -> str:
    sources = b"".join(Path(module.__file__).read_bytes() for module in (*MADE_BY, drugs) if module.__file__)
    return sha256(sources + Path(__file__).read_bytes()).hexdigest() + version("nh3")


CODE = _code()


@dataclass(frozen=True)
class WorkedOut:
    """What a page shows of an edition, pictures aside. `medicines` are the ids of cards, in the text's order."""

    page: render.PageText
    medicines: list[int]
    tells_of_crisis: bool
    pictures: list[int]
    dois: list[str]
    pmids: list[str]

    def cards(self, known: Iterable[Drug]) -> list[Drug]:
        by_id = {card.pk: card for card in known}
        return [by_id[pk] for pk in self.medicines if pk in by_id]


def report_address(edition: Edition) -> str:
    """Where readers report a passage of it: the number of the passage comes behind this."""
    return f"report/?e={edition.number}&p="


@dataclass(frozen=True)
class Words:
    """Digests of what pages say in the site's words: `names` of what texts are made from, `facts` of all of it."""

    names: str
    facts: str


_words: dict[str, tuple[object, object, Words]] = {}  # the latest, and the objects that it was made of


def words() -> Words:
    terms, medicines = cache.glossary(), cache.medicines()
    known = _words.get("latest")
    if known is not None and known[0] is terms and known[1] is medicines:
        return known[2]
    names = [(term.slug, term.names) for term in terms]
    brands = [(card.pk, card.name, card.brands, card.former_brands) for card in medicines]
    facts = [*map(_facts, terms), *map(_card_facts, medicines)]
    made = Words(_digest(CODE, names, brands), _digest(CODE, facts))
    _words["latest"] = terms, medicines, made
    return made


def _card_facts(card: Drug) -> Any:
    return _facts(card), _facts(card.checked_by), _facts(card.checked_label), card.is_checked


def _facts(row: Model | None) -> Any:
    """All columns of a row."""
    return row and [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _digest(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def work_out(edition: Edition, *, report: str) -> WorkedOut:
    """What the page of an edition shows where everything opens in place; `report` as in `render.page_text`."""
    page = render.page_text(
        edition.body,
        references=len(edition.references),
        terms=cache.term_keys(but_of=edition.title),
        in_place=True,
        report=report,
    )
    medicines = cache.medicines()
    numbers = {id(card): card.pk for card in medicines}
    papers = [retractions.identifiers(reference) for reference in edition.references]
    return WorkedOut(
        page,
        medicines=[numbers[id(card)] for card in drugs.named(edition.search_text, medicines)],
        tells_of_crisis=bool(text.CRISIS.search(edition.search_text)),
        pictures=[picture for picture in dict.fromkeys(page.pictures) if picture],
        dois=sorted({doi for dois, _pmids in papers for doi in dois}),
        pmids=sorted({pmid for _dois, pmids in papers for pmid in pmids}),
    )


def write(editions: Iterable[Edition]) -> None:
    """Called by the press in its transaction, and by the clock. One query."""
    digest = words().names
    rows = []
    for edition in editions:
        made = asdict(work_out(edition, report=report_address(edition)))
        names = {name: made.pop(name) for name in ("pictures", "dois", "pmids")}
        rows.append(PageText(edition=edition, digest=digest, names=names, content=json.dumps(made, ensure_ascii=False)))
    values = ["digest", "names", "content"]
    PageText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["edition"], update_fields=values)


def read(content: str, names: dict[str, Any]) -> WorkedOut:
    """What `write` kept."""
    made = json.loads(content)
    page = made.pop("page")
    headings = [Heading(**heading) for heading in page.pop("headings")]
    return WorkedOut(render.PageText(headings=headings, **page), **made, **names)


def kept_of(article: ShownArticle) -> WorkedOut | None:
    """Of a live article: what was written, if it is still right."""
    is_right = article.text_content is not None and article.text_digest == words().names
    return read(article.text_content or "", article.names) if is_right else None


def anew(article: ShownArticle) -> WorkedOut:
    """The same worked out, with a query more for its text."""
    edition = Edition.objects.get(pk=article.row[0])
    return work_out(edition, report=report_address(edition))


def catch_up(*, most: int = AT_ONCE) -> int:
    """The clock's round: writes what is missing or out of date of live editions, the newest first; drops what ended."""
    now = timezone.now()
    right = PageText.objects.filter(digest=words().names)
    PageText.objects.filter(edition__live_until__lte=now).delete()
    left = Edition.objects.live(now).filter(~Q(pk__in=right.values("pk"))).order_by("-first_live_from", "-id")
    ids = list(left.values_list("pk", flat=True)[:most])
    write(Edition.objects.filter(pk__in=ids))
    return len(ids)
