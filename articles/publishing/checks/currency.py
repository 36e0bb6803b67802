"""Whether a text's sources are current on the day it goes live, and whether figures and risks have a source."""

import re
from collections.abc import Iterator

from articles.evidence import figures
from articles.publishing.checks import mends
from articles.publishing.checks.gate import WARNING, Draft, Finding, Question, check
from articles.richtext import blocks, sentences, text
from articles.richtext.sentences import Sentence

MOST_SENTENCES = 5  # that are shown of those that cite one source
SHOWN = 3  # sentences that cite nothing
_ADVICE = re.compile(r"(ask|tell|call|see|talk|stop and|do not|don[’']t|show|write)\b", re.IGNORECASE)


@check("reference.old", "reference.superseded", asks=True)
def aging(draft: Draft) -> Iterator[Finding]:
    written = sentences.in_order(draft.text.plain) if draft.stale else []
    for source in draft.stale:
        citing = [sentence.text for sentence in written if source.number in sentence.cites]
        question = Question(source.subject, " ".join(citing[:MOST_SENTENCES]) or source.citation, source.why)
        id = "reference.superseded" if source.is_superseded else "reference.old"
        message = f"Reference {source.number}: {source.why} Does what rests on it still hold? “{source.citation}”"
        yield Finding(id, WARNING, message, "references", question)


@check("reference.uncited")
def uncited(draft: Draft) -> Iterator[Finding]:
    """Sentences on risks and sentences with a figure that rest on nothing, where a section asks for references."""
    if draft.section is None or not draft.section.requires_references or not draft.content["references"]:
        return
    if bare := list(_bare(draft.body)):
        shown = "; ".join(f"“{words}”" for words in bare[:SHOWN])
        count, verb = ("1 sentence", "cites") if len(bare) == 1 else (f"{len(bare)} sentences", "cite")
        message = f"{count} with numbers or risks {verb} nothing, such as {shown}"
        yield Finding("reference.uncited", WARNING, message, "body", places=tuple(bare), mends=(mends.ADD_REFERENCE,))


def _bare(html: str) -> Iterator[str]:
    """A citation at the end of a paragraph is about all of it; one that introduces a list, about all of its items.

    Advice, and signs for getting help, need none.
    """
    risks_at, introduced = 0, False  # the level of the heading on risks that the block is under
    for block in blocks.blocks(html):
        if block.place.startswith("heading"):
            level = int(block.place.split()[2])
            if not risks_at or level <= risks_at:
                risks_at = level if text.is_about_risks(block.words) else 0
            introduced = False
            continue
        written = sentences.cited_in(block.words)
        is_of_a_list = block.place.startswith(("item", "row"))
        if not (written and written[-1].cites) and not (is_of_a_list and introduced):
            yield from (sentence.text for sentence in written if _wants_a_source(sentence, bool(risks_at)))
        if not is_of_a_list:
            is_cited = bool(written) and bool(written[-1].cites) and written[-1].text.endswith(":")
            introduced = is_cited or bool(text.HELP_AT_ONCE.search(block.words))


def _wants_a_source(sentence: Sentence, is_on_risks: bool) -> bool:
    if sentence.cites or sentence.text.endswith("?") or text.HELP_AT_ONCE.search(sentence.text):
        return False
    return (is_on_risks and not _ADVICE.match(sentence.text)) or figures.states_figure(sentence.text)
