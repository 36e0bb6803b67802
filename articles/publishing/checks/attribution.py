"""Evidence that matches its subject: what is said to be found, known or proven is referenced, and is about the text's
own device, species, route and medicine.
"""

from collections.abc import Iterator

from articles.evidence import attributions, subjects
from articles.evidence.attributions import Part
from articles.evidence.subjects import Transfer
from articles.publishing.checks import mends
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, Question, check
from articles.richtext import sentences, text


@check("evidence.unreferenced", "evidence.undated")
def authorities(draft: Draft) -> Iterator[Finding]:
    """Refused where the section requires references, advice elsewhere; a title and a standfirst have no room for it."""
    level = ERROR if draft.section and draft.section.requires_references else WARNING
    parts = [
        Part(sentences.blocks(words), is_summary=box == "key")
        for heading, words in draft.sections[1:]
        if (box := text.box_of(heading)) != "ask"
    ]
    gaps = attributions.find_gaps(parts)
    for gap in gaps.unreferenced:
        message = f"“{gap.words}” needs a reference, such as [1], in the sentence or after it: “{gap.sentence}”"
        places, added = (gap.sentence,), (mends.ADD_REFERENCE,)
        yield Finding("evidence.unreferenced", level, message, "body", places=places, mends=added)
    for gap in gaps.undated:
        message = f"Say when: “{gap.words}” will be read for years. “{gap.sentence}”"
        yield Finding("evidence.undated", WARNING, message, "body", places=(gap.sentence,))


@check("evidence.other_subject", asks=True)
def other_subjects(draft: Draft) -> Iterator[Finding]:
    about = [draft.content["title"], *(topic["name"] for topic in draft.content["topics"])]
    for transfer in subjects.find_transfers(draft.sections, draft.cards, about=about):
        why = why_asked(transfer)
        question = Question(transfer.of, transfer.sentence, why)
        yield Finding("evidence.other_subject", WARNING, f"{why} “{transfer.sentence}”", "body", question)


def why_asked(transfer: Transfer) -> str:
    if transfer.kind == subjects.TAMPERING:
        return (
            "The security flaws that the FDA warned of on June 27, 2019, were in worn insulin pumps. Does the source "
            f"say this of the {transfer.about}?"
        )
    if transfer.kind == subjects.DEVICE:
        return f"This is told of another device ({transfer.of}). Does it hold for the {transfer.about}?"
    if transfer.kind == subjects.SPECIES:
        return f"This was seen {transfer.of}. Does the source say it of people?"
    return f"The evidence is about {transfer.of}, and the conclusion about {transfer.about}. Does the source say so?"
