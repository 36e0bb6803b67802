"""What an article about a procedure or device leaves out, puts in the wrong place, promises or contradicts."""

from collections.abc import Iterator

from articles.evidence import procedures, promises
from articles.evidence.hazards import Section
from articles.evidence.procedures import Misplaced, Subject
from articles.evidence.promises import Promise
from articles.publishing import knowledge
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, Question, check


@check("procedure.risk", "procedure.signs", "procedure.place", "procedure.absolute", "text.contradiction", asks=True)
def about_procedures(draft: Draft) -> Iterator[Finding]:
    sections = [Section(*part) for part in draft.sections]
    topics = [topic["name"] for topic in draft.content["topics"]]
    for subject in procedures.subjects(sections, topics, knowledge.procedures()):
        yield from _left_out(subject)
        yield from map(_misplaced, procedures.misplaced(subject))
        yield from map(_contradiction, promises.contradictions(subject))
        yield from map(_promise, promises.promises(subject))


def _left_out(subject: Subject) -> Iterator[Finding]:
    card = subject.card
    if risks := procedures.untold_risks(subject):
        message = f"The article is about {card.name} and doesn’t mention: {' '.join(risks)} ({card.source})"
        yield Finding("procedure.risk", ERROR, message, "body")
    if signs := procedures.untold_signs(subject):
        message = f"The article is about {card.name}. Say to get help for: {' '.join(signs)} ({card.source})"
        yield Finding("procedure.signs", WARNING, message, "body")


def _misplaced(found: Misplaced) -> Finding:
    name = found.part["names"][0]
    why = f"{found.card.name.capitalize()}, {name}: {found.part['lies']} The sentence says “{found.place}”."
    return _asked("procedure.place", f"Is the {name} in the right place?", found.card.name, found.sentence, why)


def _promise(found: Promise) -> Finding:
    kinds = ", ".join(f"“{kind}”" for kind in found.kinds)
    why = f"A promise ({kinds}) without a reference."
    return _asked("procedure.absolute", "Does the evidence promise this?", found.card.name, found.sentence, why)


def _contradiction(found: Promise) -> Finding:
    why = f"Elsewhere the article says: “{found.against}”"
    return _asked("text.contradiction", "Can both be true?", found.card.name, found.sentence, why)


def _asked(id: str, asked: str, subject: str, sentence: str, why: str) -> Finding:
    return Finding(id, WARNING, f"{asked} “{sentence}” {why}", "body", Question(subject, sentence, why))
