"""The same sign, the same urgency; the same fact, the same number: an article against the house's list of red flags and
against what other published pages say.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from articles.evidence import red_flags
from articles.publishing import published_numbers
from articles.publishing.checks.gate import WARNING, Draft, Finding, Question, check

MOST_DIFFERENCES = 5  # of one text


@check("sign.urgency", asks=True)
def urgency(draft: Draft) -> Iterator[Finding]:
    yield from about_signs(draft.sections, about=draft.content["title"])


def about_signs(sections: Sequence[tuple[str, str]], *, about: str) -> Iterator[Finding]:
    """Questions about signs that are told with another urgency than the list's; `about` is the title or the term."""
    for sign, urgency, sentence in red_flags.find_urgency_conflicts(sections, about=about):
        listed, stated = red_flags.IN_WORDS[sign.urgency], red_flags.IN_WORDS[urgency]
        why = f"Our list of red flags has {sign.name} as “{listed}” ({sign.source}); this reads as “{stated}”."
        question = Question(sign.name, sentence, why)
        yield Finding("sign.urgency", WARNING, f"{why} “{sentence}”", "body", question)


@check("number.differs")
def numbers(draft: Draft) -> Iterator[Finding]:
    topics = [topic["slug"] for topic in draft.content["topics"]]
    page = published_numbers.read(draft.content["title"], topics, draft.words)
    if not page.figures:
        return
    others = published_numbers.live_pages(topics, but_of=draft.article.pk)
    names = published_numbers.names_of(card for card in draft.cards if not card.is_class)
    for difference in islice(published_numbers.differences(page, others, names), MOST_DIFFERENCES):
        message = (
            f"“{difference.title}” gives another number for this. Here: “{difference.here}” There: “{difference.there}”"
        )
        yield Finding("number.differs", WARNING, message, "body", places=(difference.here,))
