"""How medicines are given: a route that a card does not approve is a question for the medical reviewer."""

from collections.abc import Iterator

from articles.evidence import wording
from articles.evidence.routes import find_route_conflicts
from articles.publishing.checks.gate import WARNING, Draft, Finding, Question, check


@check("drug.route")
def routes(draft: Draft) -> Iterator[Finding]:
    """About all words that are read: title, standfirst, body, closing question, disclosure and alt texts."""
    words = "\n".join([*(f"{heading}\n{text}" for heading, text in draft.sections), draft.beside])
    for conflict in find_route_conflicts(words, draft.cards):
        why = wording.why_route_asked(conflict)
        message = (
            f"Is {conflict.card.name} given like this (“{conflict.said}”)? {why} The text says: “{conflict.sentence}”"
        )
        yield Finding("drug.route", WARNING, message, "body", Question(conflict.card.name, conflict.sentence, why))
