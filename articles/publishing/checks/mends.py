"""What an editor can do about a finding at one click: never by itself, and the editor's undo takes it back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.evidence import wording
from articles.evidence.drugs import Conflict
from articles.richtext import sentences

REPLACE, INSERT, HEADING, LEVEL, LINK, PICTURE, REFERENCE = (
    *("replace", "insert", "heading", "level", "link", "picture", "reference"),
)


@dataclass(frozen=True)
class Mend:
    """What the editing screen offers: its `kind`, the words on its button, and what it puts in.

    REPLACE puts `words` in the place of `of` in the sentence that the finding is about; INSERT adds a paragraph after
    it, and HEADING a heading at the end of the text; LEVEL makes the heading one of the level `words` ("h2"). LINK
    opens the link's dialog, PICTURE the form of the picture whose number is `words`, REFERENCE the references.
    """

    kind: str
    label: str
    words: str = ""
    of: str = ""


def picture_form(pk: int, where: str) -> tuple[Mend, ...]:
    """The form of a picture in the text; that of the lead picture is beside it."""
    return (Mend(PICTURE, "Alt text and credit", str(pk)),) if where == "body" else ()


ADD_REFERENCE = Mend(REFERENCE, "Add a reference")


def right_class(conflict: Conflict) -> tuple[Mend, ...]:
    """The class on the medicine's card for the wrong one, where that stands in the sentence once."""
    wrong = re.escape(conflict.claimed)
    found = list(re.finditer(rf"(\ban?\s+)?(?<!\w){wrong}(?!\w)", conflict.sentence, re.IGNORECASE))
    if conflict.denied or len(found) != 1:
        return ()
    own = conflict.card.drug_class
    words = wording.with_article(own) if found[0][1] else own
    return (Mend(REPLACE, f"Replace with “{words}”", words, found[0][0]),)


def boxed_warning(card: Any, senses: Sequence[str]) -> tuple[Mend, ...]:
    words = wording.warning_sentence(card, senses)
    return (Mend(INSERT, "Insert a sentence", words),)


def first_naming(text: str, card: Any) -> tuple[str, ...]:
    """The first sentence that names a medicine or one of its brands, as a place in the text; none where none does."""
    names = "|".join(re.escape(name) for name in (card.name, *card.brands) if name)
    called = re.compile(rf"(?<!\w)(?:{names})s?(?!\w)", re.IGNORECASE)
    for line in text.splitlines():
        if called.search(line):
            return tuple(each for each in sentences.split(line) if called.search(each))[:1]
    return ()
