"""Which of the sources that a text cites are old or superseded, but for those called the best all the same.

Nothing is stored with a reference: a note on a source finds every reference to it when a text is checked or listed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from textwrap import shorten

from django.db.models import F, Q
from django.utils import timezone

from articles.evidence import citations, retractions
from articles.models import Edition, SourceNote
from articles.publishing.retractions import State, states

OLD_AFTER = 5  # years
REASONS = {"retract and replace": "Retracted and replaced", "withdrawn (out of date)": "Withdrawn as out of date"}
LONGEST_SUBJECT = 120  # characters of a citation, by which people know it
LIVE_LOOKED_AT = 100  # editions: those whose next review is the nearest

Citation = Mapping[str, str]


@dataclass(frozen=True)
class Stale:
    """A reference that a reviewer should look at: its number, its citation, and in one line why.

    `successor` cites a later version, with its address; "" where none is known. What is not superseded is old.
    """

    number: int
    citation: str
    year: int | None
    is_superseded: bool
    why: str
    successor: str = ""
    note: SourceNote | None = None

    @property
    def subject(self) -> str:
        """The citation, cut to what people know it by: what a question about it is about."""
        return shorten(self.citation, LONGEST_SUBJECT, placeholder=" …")


def stale(references: Sequence[Citation], on: date, known: Sequence[State | None] | None = None) -> list[Stale]:
    """The references that are old or superseded on a day, in their order; their states may be `known` already."""
    return stale_lists([references], on, known)[0]


def stale_lists(
    lists: Sequence[Sequence[Citation]], on: date, known: Sequence[State | None] | None = None
) -> list[list[Stale]]:
    """The same for several texts, in two queries. A reference has `citation`, `doi`, `pmid` and `url`."""
    cited = [reference for references in lists for reference in references]
    judged = iter(zip(cited, _notes(cited), states(cited) if known is None else known, strict=True))
    return [
        [
            found
            for number, reference in enumerate(islice(judged, len(references)), 1)
            if (found := _look(number, *reference, on)) is not None
        ]
        for references in lists
    ]


def _look(number: int, reference: Citation, note: SourceNote | None, state: State | None, on: date) -> Stale | None:
    citation, year = reference["citation"], citations.year(reference["citation"])
    if note is not None and note.classic:
        return None
    if note is not None:
        successor = f"{note.successor} ({note.successor_address})"
        return Stale(number, citation, year, True, f"A later edition exists: {successor}", successor, note)
    if state is not None and (update := _update(state)):
        return Stale(number, citation, year, True, update)
    if year is not None and on.year - year > OLD_AFTER:
        return Stale(number, citation, year, False, f"Published {year}; more than five years old.")
    return None


def _update(state: State) -> str:
    """What a notice says of a later version: the file of retractions has two reasons that do."""
    named = next((REASONS[reason.lower()] for reason in state.notice.reasons if reason.lower() in REASONS), "")
    return f"{named}. The notice: {state.url}" if named and state.url else named


def _notes(references: Sequence[Citation]) -> list[SourceNote | None]:
    """The newest note on the source of each reference; one query, or none without references."""
    keys = [_keys(reference) for reference in references]
    dois, pmids, words = ({key for own in keys for key in own[place]} for place in range(3))
    about = Q(doi__in=dois) | Q(pmid__in=pmids) | Q(citation__in=words)
    notes = list(SourceNote.objects.filter(about)) if references else []
    return [
        next((note for note in notes if note.doi in own or note.pmid in ids or note.citation in words), None)
        for own, ids, words in keys
    ]


def _keys(reference: Citation) -> tuple[set[str], set[str], set[str]]:
    """By what a note finds a reference: its DOIs, its PubMed ids, its words."""
    return *retractions.identifiers(reference), {" ".join(reference["citation"].split())}


def reviewed_soonest() -> list[Edition]:
    """Live editions, those first that are reviewed again the soonest; one query."""
    by_review = (F("review__due_on").asc(nulls_last=True), "-live_from")
    soonest = Edition.objects.live().order_by(*by_review).values("pk")[:LIVE_LOOKED_AT]  # sorted without their texts
    editions = Edition.objects.filter(pk__in=soonest).order_by(*by_review)
    return list(editions.only("title", "article", "references", "answers"))


def unanswered(editions: Sequence[Edition]) -> Iterator[tuple[Edition, list[Stale]]]:
    """Those of them with such references that no reviewer has answered for; two queries."""
    found = stale_lists([edition.references for edition in editions], timezone.localdate())
    for edition, stale in zip(editions, found, strict=True):
        answered = {(answer["subject"], answer["why"]) for answer in edition.answers}
        if sources := [source for source in stale if (source.subject, source.why) not in answered]:
            yield edition, sources
