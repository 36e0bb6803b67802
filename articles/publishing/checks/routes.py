"""How medicines are given: a route that a card does not approve is a question for the medical reviewer."""

from collections.abc import Iterator

from articles.evidence import wording
from articles.evidence.routes import find_route_conflicts
from articles.publishing.checks.gate import WARNING, Draft, Finding, Question, check


@check("drug.route", asks=True)
def routes(draft: Draft) -> Iterator[Finding]:
    """About all words that are read: title, standfirst, body, closing question, disclosure and alt texts."""
    words = "\n".join([*(f"{heading}\n{text}" for heading, text in draft.sections), draft.beside])
    for conflict in find_route_conflicts(words, draft.cards):
        question = Question(conflict.card.name, conflict.sentence, wording.why_route_asked(conflict))
        yield Finding("drug.route", WARNING, wording.route_question(conflict), "body", question)
