"""What follows from an edition alone, worked out when it is printed and kept beside it (`models.page_text`): its text
as page HTML, and what that names. What is missing or made of other names or by other code is worked out anew where it
is asked for, and written by the clock.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from articles import cache
from articles.evidence import citations, drugs, mentions, retractions
from articles.models import Drug, Edition, PageText, Term
from articles.models.shown import ShownArticle
from articles.publishing import knowledge
from articles.richtext import languages, policy, render, sanitizer, text
from articles.richtext.render import Heading

# Names of glossary terms that explain themselves where they stand: the glossary lists them, no page marks them.
EVERYDAY = frozenset(
    {"flare", "inflammatory", "numbness", "pain relief", "pain reliever", "painkiller", "pins and needles"}
    | {"side effect", "side effects", "slowed breathing"}
)
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


class Words:
    """The terms and medicines that pages explain, and digests of what the site says of them: `names` of what texts are
    made from, `facts` of all of it.
    """

    def __init__(self, terms: Sequence[Term], medicines: Sequence[Drug]) -> None:
        self.terms, self.medicines = terms, medicines
        self._names_of = [(term, [_spaced(name) for name in term.names]) for term in terms]

    @cached_property
    def names(self) -> str:
        names = [(term.slug, term.names) for term in self.terms]
        brands = [(card.pk, card.name, card.brands, card.former_brands) for card in self.medicines]
        return _digest(CODE, names, brands)

    @cached_property
    def facts(self) -> str:
        return _digest(CODE, [*map(_facts, self.terms), *map(_card_facts, self.medicines)])

    def term_keys(self, *, but_of: str = "") -> dict[str, str]:
        """The names by which texts mention glossary terms, and the key (its slug) of the term that each names.

        Not the everyday words among them; and no term that `but_of`, a title, names: its article explains it better.
        """
        title = _spaced(but_of)
        explained = [term for term, names in self._names_of if not any(name in title for name in names)]
        return {name: term.slug for term in explained for name in term.names if name.casefold() not in EVERYDAY}


_words: dict[str, Words] = {}  # the latest by who asked: pages, and the press


def words() -> Words:
    """As pages have them."""
    return _latest("pages", cache.glossary(), cache.medicines())


def words_now(terms: Sequence[Term] | None = None, medicines: knowledge.Medicines | None = None) -> Words:
    """As the database has them in this transaction; what was read of it already need not be read again."""
    terms = knowledge.terms() if terms is None else terms
    medicines = knowledge.medicines() if medicines is None else medicines
    return _latest("press", terms, medicines.shown)


def _latest(asker: str, terms: Sequence[Term], medicines: Sequence[Drug]) -> Words:
    """The same while these are the same objects."""
    known = _words.get(asker)
    if known is None or known.terms is not terms or known.medicines is not medicines:
        known = _words[asker] = Words(terms, medicines)
    return known


def _spaced(text: str) -> str:
    """Its words alone, each between spaces, so that one text is found in another by whole words."""
    return re.sub(r"\W+", " ", f" {text.casefold()} ")


def _card_facts(card: Drug) -> Any:
    return _facts(card), _facts(card.checked_by), _facts(card.checked_label), card.is_checked


def _facts(row: Model | None) -> Any:
    """All columns of a row."""
    return row and [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _digest(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()


def work_out(edition: Edition, *, known: Words | None = None) -> WorkedOut:
    """What the page of an edition shows where everything opens in place."""
    known = known or words()
    page = render.page_text(
        edition.body,
        references=len(edition.references),
        terms=known.term_keys(but_of=edition.title),
        in_place=True,
    )
    numbers = {id(card): card.pk for card in known.medicines}
    papers = [retractions.identifiers(reference) for reference in edition.references]
    return WorkedOut(
        page,
        medicines=[numbers[id(card)] for card in drugs.named(edition.search_text, known.medicines)],
        tells_of_crisis=bool(text.CRISIS.search(edition.search_text)),
        pictures=[picture for picture in dict.fromkeys(page.pictures) if picture > 0],
        dois=sorted({doi for dois, _pmids in papers for doi in dois}),
        pmids=sorted({pmid for _dois, pmids in papers for pmid in pmids}),
    )


def write(editions: Iterable[Edition], known: Words, *, is_first: bool = False) -> None:
    """Called by the press in its transaction, of an edition that had no text before (`is_first`), and by the clock.

    Two queries at most of first texts, four of others.
    """
    rows, named = [], set()
    for edition in editions:
        made = asdict(work_out(edition, known=known))
        names = {name: made.pop(name) for name in ("pictures", "dois", "pmids")}
        named |= {(edition.pk, medicine) for medicine in made["medicines"]}
        rows.append(
            PageText(edition=edition, digest=known.names, names=names, content=json.dumps(made, ensure_ascii=False))
        )
    values = ["digest", "names", "content"]
    PageText.objects.bulk_create(rows, update_conflicts=True, unique_fields=["edition"], update_fields=values)
    _link([] if is_first else [row.pk for row in rows], named)


def _link(texts: list[int], named: set[tuple[int, int]]) -> None:
    """Medicines to the texts that name them: pages look there, so nothing is written that is there already.

    `texts` are those that may have had others before.
    """
    links = PageText.medicines.through.objects.filter(pagetext__in=texts)
    known = {(text, medicine): pk for pk, text, medicine in links.values_list("pk", "pagetext", "drug")}
    if gone := [pk for pair, pk in known.items() if pair not in named]:
        links.filter(pk__in=gone).delete()
    new = [links.model(pagetext_id=text, drug_id=medicine) for text, medicine in sorted(named - known.keys())]
    links.bulk_create(new, ignore_conflicts=True)


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
    return work_out(Edition.objects.get(pk=article.row[0]))


def catch_up(*, most: int = AT_ONCE) -> int:
    """The clock's round: writes what is missing or out of date of live editions, the newest first; drops what ended."""
    now, known = timezone.now(), words_now()
    right = PageText.objects.filter(digest=known.names)
    PageText.objects.filter(edition__live_until__lte=now).delete()
    left = Edition.objects.live(now).filter(~Q(pk__in=right.values("pk"))).order_by("-first_live_from", "-id")
    ids = list(left.values_list("pk", flat=True)[:most])
    write(Edition.objects.filter(pk__in=ids), known)
    return len(ids)
