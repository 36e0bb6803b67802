"""What became of the papers that a text cites, looked up when it is shown, checked or signed; and what editors decided.

Nothing is stored with a reference: a notice that comes in finds every reference to its paper, new or years old, and a
reference that is written finds every notice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.formats import date_format

from articles.evidence import retractions
from articles.models import Acknowledgement, Article, Edition, Reference, RetractionNotice
from articles.publishing import snapshot

AT_ONCE = 200  # editions whose references are looked up in one query
LOOKED_UP_AT_ONCE = 10_000  # identifiers
NOTICES = {
    retractions.RETRACTED: "Notice of a retraction",
    retractions.DOUBTED: "Notice of an expression of concern",
    retractions.CORRECTED: "Notice of a correction",
}
IDENTIFIERS = ("doi", "pmid", "notice_doi", "notice_pmid")  # of a notice: its paper’s, and its own
WORDS = {
    retractions.RETRACTED: "Retracted",
    retractions.DOUBTED: "Under an expression of concern",
    retractions.CORRECTED: "Corrected by its journal",
}


@dataclass(frozen=True)
class State:
    """What holds of one cited paper: `nature` (retracted, doubted or corrected), since when, and the notice for it.
    `is_notice` is whether what is cited is that notice itself.
    """

    nature: str
    notice: RetractionNotice
    is_notice: bool = False

    @property
    def words(self) -> str:
        return (NOTICES if self.is_notice else WORDS)[self.nature]

    @property
    def on(self) -> date | None:
        return self.notice.noticed_on

    @property
    def url(self) -> str:
        """The notice's own page, or the paper's, or nothing."""
        doi = self.notice.notice_doi or self.notice.doi
        return f"https://doi.org/{doi}" if doi else ""

    def as_dict(self) -> dict[str, Any]:
        """For `record.json`: `{"state": …, "on": ISO date or null, "notice": address, "reasons": […]}`."""
        on = self.on.isoformat() if self.on else None
        return {"state": self.nature, "on": on, "notice": self.url, "reasons": list(self.notice.reasons)}


def states(
    references: Sequence[Mapping[str, str]], notices: Sequence[RetractionNotice] | None = None
) -> list[State | None]:
    """What became of each reference, in their order; None where nothing is known. One query, or none without ids, and
    none where `notices` about all of them, the oldest first, were looked up before.

    A reference is a mapping with `citation`, `doi`, `pmid` and `url`, as editions and revisions keep them.
    """
    if notices is not None and not notices:
        return [None] * len(references)
    known = [retractions.identifiers(reference) for reference in references]
    if notices is None:
        dois, pmids = ({one for ids in kind for one in ids} for kind in zip(*known, strict=True)) if known else ((), ())
        notices = list(RetractionNotice.objects.about(dois, pmids)) if dois or pmids else []
    return [
        _state([notice for notice in notices if notice.doi in own or notice.pmid in ids])
        or _state([one for one in notices if one.notice_doi in own or one.notice_pmid in ids], is_notice=True)
        for own, ids in known
    ]


def _state(notices: list[RetractionNotice], *, is_notice: bool = False) -> State | None:
    nature = retractions.standing((notice.noticed_on, notice.nature) for notice in notices)
    if not nature:
        return None
    return State(nature, [notice for notice in notices if notice.nature == nature][-1], is_notice)


def marked(
    references: Sequence[Mapping[str, str]], notices: Sequence[RetractionNotice] | None = None
) -> list[dict[str, Any]]:
    """The references with their `state`, for templates."""
    found = states(references, notices)
    return [{**reference, "state": state} for reference, state in zip(references, found, strict=True)]


@dataclass(frozen=True)
class Doubt:
    """A reference of a working copy that something became of: its number, its state, and an editor's reason if any."""

    number: int
    citation: str
    state: State
    acknowledged: Acknowledgement | None


def doubts(
    article: Article,
    references: Sequence[Mapping[str, str]] | None = None,
    known: Sequence[State | None] | None = None,
) -> list[Doubt]:
    """Every reference of an article that was retracted, corrected or doubted, in their order. Their states may be known
    already.
    """
    references = snapshot.content_of(article)["references"] if references is None else references
    known = states(references) if known is None else known
    found = [(number, state) for number, state in enumerate(known, 1) if state is not None]
    acknowledgements = Acknowledgement.objects.filter(article=article).select_related("by", "notice") if found else []
    decided = {one.notice_id: one for one in acknowledgements}
    return [
        Doubt(number, references[number - 1]["citation"], state, decided.get(state.notice.pk))
        for number, state in found
    ]


def reasons_against_signing(article: Article, references: Sequence[Mapping[str, str]]) -> list[str]:
    """Sentences for a reviewer who would sign a text with a doubtful reference that no editor has decided about."""
    return [
        f"{describe(doubt)} An editor must explain why it stays, or remove it, before anyone can sign off."
        for doubt in doubts(article, references)
        if doubt.acknowledged is None
    ]


def describe(doubt: Doubt) -> str:
    when = f" on {date_format(doubt.state.on, 'F j, Y')}" if doubt.state.on else ""
    what_happened = {
        retractions.RETRACTED: f"was retracted{when}",
        retractions.DOUBTED: f"is under an expression of concern since {date_format(doubt.state.on, 'F j, Y')}"
        if doubt.state.on
        else "is under an expression of concern",
        retractions.CORRECTED: f"was corrected by its journal{when}",
    }[doubt.state.nature]
    if doubt.state.is_notice:
        title = f"“{doubt.state.notice.title}”" if doubt.state.notice.title else "a paper"
        return f"Reference {doubt.number} is itself the notice that {title} {what_happened}: “{doubt.citation}”"
    why = f" ({'; '.join(doubt.state.notice.reasons[:3])})" if doubt.state.notice.reasons else ""
    return f"Reference {doubt.number} {what_happened}{why}: “{doubt.citation}”"


def to_look_at(articles: QuerySet[Article]) -> Iterator[tuple[Article, Doubt]]:
    """Those of the articles whose references need a decision: one line each, with the first such reference.

    The articles are found by their own reference lists, in three queries; each of them is then read whole.
    """
    cited = Reference.objects.filter(article=OuterRef("pk"))
    named = Q(pk__in=_named_in_words())
    for name in ("doi", "pmid"):
        own = cited.exclude(**{name: ""})
        for column in (name, f"notice_{name}"):
            notices = RetractionNotice.objects.exclude(**{column: ""}).values(column)
            named |= Q(Exists(own.filter(**{f"{name}__in": notices})))
    for article in articles.filter(named):
        undecided = [doubt for doubt in doubts(article) if doubt.acknowledged is None]
        if undecided:
            yield article, undecided[0]


def _named_in_words() -> set[int]:
    """Articles with a reference whose words or page name a paper that a notice is about and its own fields do not, or
    whose identifiers were kept otherwise than bare, past the models.
    """
    signs = Q(pmid__startswith="0") | ~Q(doi=Lower("doi")) | (~Q(doi="") & ~Q(doi__startswith="10."))
    for sign in retractions.SIGNS_OF_IDENTIFIERS:
        signs |= Q(citation__icontains=sign) | Q(url__icontains=sign)
    citing: dict[str, set[int]] = {}
    rows = Reference.objects.filter(signs).order_by().values_list("article", "citation", "doi", "pmid", "url")
    for article, citation, doi, pmid, url in rows:
        dois, pmids = retractions.identifiers({"citation": citation, "doi": doi, "pmid": pmid, "url": url})
        for one in (dois | pmids) - {doi, pmid}:
            citing.setdefault(one, set()).add(article)
    found: set[int] = set()
    left = iter(citing)
    while batch := list(islice(left, LOOKED_UP_AT_ONCE)):
        for ids in RetractionNotice.objects.about(batch, batch).values_list(*IDENTIFIERS):
            found.update(*(citing.get(one, ()) for one in ids))
    return found


def live_and_doubtful(at: datetime | None = None) -> Iterator[tuple[Edition, int, State]]:
    """Every live edition that cites such a paper, with the reference's number; one query for many editions."""
    return _doubtful(_cited(Edition.objects.live(at)))


def still_printed() -> Iterator[tuple[Edition, int, State]]:
    """Those whose working copy has dropped the reference since, while the page that is live cites it.

    No editor has decided to let it stand. `to_look_at` names those whose working copy cites it too.
    """
    rewritten = Article.objects.with_state("is_printed").filter(is_printed=False).order_by().values("pk")
    for edition, number, state in _doubtful(_cited(Edition.objects.live().filter(article__in=rewritten))):
        decided = Acknowledgement.objects.filter(article=edition.article_id, notice=state.notice)
        if not decided.exists() and state.notice not in [doubt.state.notice for doubt in doubts(edition.article)]:
            yield edition, number, state


def _cited(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.only("title", "slug", "article", "references")


def _doubtful(editions: QuerySet[Edition]) -> Iterator[tuple[Edition, int, State]]:
    left = editions.iterator()
    while batch := list(islice(left, AT_ONCE)):
        cited = [(edition, number) for edition in batch for number in range(1, len(edition.references) + 1)]
        found = states([edition.references[number - 1] for edition, number in cited])
        for (edition, number), state in zip(cited, found, strict=True):
            if state is not None:
                yield edition, number, state
