"""What a text rests on: its references, what became of them, what it links to, and the cards of medicines."""

from collections.abc import Iterator

from django.utils.formats import date_format

from articles.evidence import drugs, hazards, wording
from articles.evidence.hazards import Section
from articles.models import Drug, LinkHealth, RetractionNotice
from articles.publishing import link_check, retractions
from articles.publishing.checks import mends
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, Question, check


@check("reference.none")
def references(draft: Draft) -> Iterator[Finding]:
    if draft.section and draft.section.requires_references and not draft.content["references"]:
        yield Finding("reference.none", ERROR, f"Articles in {draft.section} need references.", "references")


@check("reference.dangling")
def dangling_references(draft: Draft) -> Iterator[Finding]:
    there = len(draft.content["references"])
    for number in sorted(draft.text.citations):
        if not 1 <= number <= there:
            has = {0: "there are no references", 1: "there is one reference"}.get(
                there, f"there are {there} references"
            )
            message = f"The text cites [{number}], but {has}."
            yield Finding("reference.dangling", ERROR, message, "references", mends=(mends.ADD_REFERENCE,))


@check("reference.retracted", "reference.doubted", "reference.corrected")
def papers_in_doubt(draft: Draft) -> Iterator[Finding]:
    """A retracted paper stops the press until an editor has said why it stays; every doubt stops a new sign-off."""
    for doubt in retractions.doubts(draft.article, draft.content["references"], draft.states):
        acknowledgement = doubt.acknowledged
        grave = doubt.state.nature == RetractionNotice.RETRACTED and acknowledgement is None
        kept = f" Kept by {acknowledgement.by}: {acknowledgement.reason}" if acknowledgement else ""
        where = "doubts" if acknowledgement is None else "references"
        message = retractions.describe(doubt) + kept
        yield Finding(f"reference.{doubt.state.nature}", ERROR if grave else WARNING, message, where)


@check("drug.class", "drug.question", "drug.boxed_warning", "drug.unknown", asks=True)
def medicines(draft: Draft) -> Iterator[Finding]:
    yield from about_medicines([Section(*part) for part in draft.sections], draft.cards, beside=draft.beside)


def about_medicines(sections: list[Section], cards: list[Drug], *, beside: str = "") -> Iterator[Finding]:
    """What some words say of medicines against their cards; nobody looks for warnings in the words `beside` them."""
    words = "\n".join([*(f"{section.heading}\n{section.text}" for section in sections), beside])
    for conflict in drugs.find_conflicts(words, cards):
        if conflict.certainty == drugs.CLAIM:
            yield Finding(
                "drug.class",
                ERROR,
                wording.contradiction(conflict),
                "body",
                places=(conflict.sentence,),
                mends=mends.right_class(conflict),
            )
        else:
            question = Question(conflict.card.name, conflict.sentence, wording.why_asked(conflict))
            yield Finding("drug.question", WARNING, wording.question(conflict), "body", question)
    for card, senses in hazards.by_card(hazards.untold(sections, cards)):
        level = WARNING if card.is_class else ERROR
        yield Finding(
            "drug.boxed_warning",
            level,
            wording.missing_warning(card, senses),
            "body",
            places=mends.first_naming(words, card),
            mends=mends.boxed_warning(card, senses),
        )
    if unknown := drugs.unknown_drugs(words, cards):
        message = f"No entry under Medicines for {', '.join(unknown)}. If this is a medicine, add it."
        yield Finding("drug.unknown", WARNING, message, "body")


@check("link.broken")
def broken_links(draft: Draft) -> Iterator[Finding]:
    """Advice only: a page may be away for a week, and a publisher may refuse machines."""
    where = dict.fromkeys(link_check.cited(draft.content["references"]), "references")
    where |= dict.fromkeys(link_check.web_pages(draft.text.links), "body")
    for health in LinkHealth.objects.broken().filter(url__in=where):
        since = date_format(health.failing_since, "F j, Y") if health.failing_since else ""
        message = f"Broken link since {since}: {health.url} ({health.said})"
        yield Finding("link.broken", WARNING, message, where[health.url])
