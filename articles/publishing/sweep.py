"""Where else an error still stands once it is corrected: published texts, drafts, scheduled versions, newsletter issues
that can be stopped, and the words of pictures. They are read as words (`wording`), after a first look by the database.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property, reduce
from html import unescape
from itertools import islice
from operator import or_
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, Correction, Edition, Image, Issue
from articles.publishing import knowledge, numerals
from articles.publishing.corrected import CorrectedError, Fields
from articles.publishing.wording import FREQUENT, UNITS, Passage, Wording, folded

# What the database can look through; the search text has an edition's title, standfirst and text.
IN_EDITION = ("search_text", "closing_question", "disclosure", "lead_caption")
IN_ARTICLE = ("title", "standfirst", "body", "lead_caption", "closing_question", "disclosure")
IN_PICTURE = ("alt", "work")
CAN_BE_STOPPED = [Issue.DRAFT, Issue.APPROVED, Issue.SENDING, Issue.HELD]
RARE = 2  # words that the database is asked for: a text has either, even where markup cuts through the other
AT_ONCE = 200  # rows
MOST = 40  # places of one kind: more are only said to be there
# Words that a text may have in a form that is not known here.
REWRITTEN = frozenset([*UNITS.values(), *["time", "not", "can", "will", "is", "are", "have", "to", "per", "one"]])

_TAG = re.compile("<[^>]*>")
Row = TypeVar("Row", bound=Model)
NEARLY = " (nearly the same words)"


def also_said(correction: Correction, *, at: datetime | None = None) -> list[str]:
    """A line about each other place; an article that still says it itself comes first."""
    return Sweep(correction, at=at).places()


class Sweep:
    """One correction, and how each kind of text is held against it."""

    def __init__(self, correction: Correction, *, at: datetime | None = None) -> None:
        self.correction, self.at = correction, at or timezone.now()
        self.wording = Wording(knowledge.medicines())
        self.error = CorrectedError(correction, self.wording)
        self.own = correction.edition.article_id

    def places(self) -> list[str]:
        kinds = {
            "this article": self._itself(),
            "published and scheduled articles": self._published(),
            "drafts": self._drafts(),
            "issues": self._issues(),
            "pictures": self._pictures(),
        }
        return [place for kind, found in kinds.items() for place in _at_most(MOST, found, f"more {kind}")]

    # Kinds of text ----------------------------------------------------------------------------------------------------

    def _itself(self) -> Iterator[str]:
        live = Edition.objects.live(self.at).filter(article=self.own).first()
        if live is not None and self._says(self._of_edition(live)) == "":
            yield f"this article, published version {live.number}"

    def _published(self) -> Iterator[str]:
        others = Edition.objects.exclude(article=self.own)
        for word, editions in (("published", others.live(self.at)), ("scheduled", others.scheduled(self.at))):
            for edition in self._first_look(editions.only(*IN_EDITION, "title"), IN_EDITION):
                if (how := self._says(self._of_edition(edition))) is not None:
                    yield f"“{edition.title}”, {word}{how}"

    def _drafts(self) -> Iterator[str]:
        for article in self._first_look(Article.objects.exclude(pk=self.own), IN_ARTICLE):
            fields = {name: self.wording.of(getattr(article, name)) for name in IN_ARTICLE if name != "body"}
            if (how := self._says({**fields, "body": self.wording.of_html(article.body)})) is not None:
                yield f"“{article}”, draft{how}"

    def _issues(self) -> Iterator[str]:
        carried = Prefetch("editions", Edition.objects.only(*IN_EDITION))
        issues = Issue.objects.filter(state__in=CAN_BE_STOPPED).exclude(correction=self.correction)
        for issue in issues.order_by("number").prefetch_related(carried):
            words = {name: self.wording.of(getattr(issue, name)) for name in ("subject", "introduction")}
            texts = [words]
            if issue.state != Issue.DRAFT:  # a draft takes its articles as they are when it is approved
                texts += map(self._of_edition, issue.editions.all())
            found = [how for text in texts if (how := self._says(text, by_subject=False)) is not None]
            if found:
                yield f"issue {issue.number}, {issue.get_state_display().lower()}{min(found)}"

    def _pictures(self) -> Iterator[str]:
        shown = Image.objects.select_related("credit").annotate(work=Coalesce("credit__title", Value("")))
        for image in self._first_look(shown.order_by("pk"), IN_PICTURE):
            fields = {name: self.wording.of(getattr(image, name)) for name in IN_PICTURE}
            if (how := self._says(fields, by_subject=False)) is not None:
                yield f"picture “{image}”{how}"

    def _of_edition(self, edition: Edition) -> Fields:
        fields = {name: self.wording.of(getattr(edition, name)) for name in IN_EDITION[1:]}
        return {"body": self.wording.of_lines(edition.search_text), **fields}

    # What is looked for -----------------------------------------------------------------------------------------------

    def _says(self, fields: Fields, *, by_subject: bool = True) -> str | None:
        """How a text says it: word by word (""), nearly so, or by leaving out what was missing; None if it does not."""
        for room, how in ((0, ""), (None, NEARLY)):
            if any(True for wrong in self.error.wrong for _field in self.error.says(fields, wrong, room=room)):
                return how
        if self.error.was or not by_subject or any(text.states(self.error.right) for text in fields.values()):
            return None
        words = {word for passage in fields.values() for word in passage.words}
        if named := sorted(self._medicines & words):
            return f" (names {named[0].replace('_', ' ')} and doesn’t say this)"
        is_on_it = not self._medicines and self._subject and words.issuperset(self._subject)
        return " (on the same subject and doesn’t say this)" if is_on_it else None

    @cached_property
    def _medicines(self) -> set[str]:
        """Those that a missing statement is about: named in it, or in the article's title or standfirst."""
        if self.error.was:
            return set()
        corrected = self.correction.corrected
        above = self.wording.of(corrected.title) + self.wording.of(corrected.standfirst)
        return self.wording.medicines_in(self.error.right) or self.wording.medicines_in(above)

    @cached_property
    def _subject(self) -> list[str]:
        """The rarest words of a missing statement."""
        plain = [word for word in self._by_rarity(self.error.right) if self._forms(word) == {word}]
        return [] if self.error.was else plain[:RARE]

    # The first look ---------------------------------------------------------------------------------------------------

    def _first_look(self, rows: QuerySet[Row], columns: Sequence[str]) -> Iterator[Row]:
        """Those of the rows that may say it: all of them would take too long to read. The database finds those that
        have a rare word; what they say is held against all words, without folding more than letters and tags.
        """
        words = {
            form for wrong in self.error.wrong for word in self._by_rarity(wrong)[:RARE] for form in self._forms(word)
        }
        missing = {form for medicine in self._medicines for form in self._forms(medicine)} or {*self._subject}
        asked = [Q(**{f"{column}__icontains": word}) for column in columns for word in words | missing]
        for row in rows.filter(reduce(or_, asked, Q(pk__in=[]))).iterator(chunk_size=AT_ONCE):
            text = "\n".join(_plain(getattr(row, column)) for column in columns)
            if any(word in text for word in missing) or any(self._may_say(text, wrong) for wrong in self.error.wrong):
                yield row

    def _may_say(self, text: str, wrong: Passage) -> bool:
        """Whether all words of a wrong passage stand near its rarest one."""
        first, *others = [self._forms(word) for word in self._by_rarity(wrong)] or [{""}]
        reach = 3 * sum(map(len, wrong.words)) + 200
        for form in first:
            place = text.find(form)
            while place >= 0:
                around = text[max(0, place - reach) : place + reach]
                if all(any(other in around for other in each) for each in others):
                    return True
                place = text.find(form, place + 1) if form else -1
        return False

    def _by_rarity(self, passage: Passage) -> list[str]:
        """Its words that have known forms: the longest, which are the rarest as a rule, before names and numbers."""
        words = [word for word in dict.fromkeys(passage.words) if self._forms(word)]
        return sorted(words, key=lambda word: (self._forms(word) != {word}, word in FREQUENT, -len(word), word))

    def _forms(self, word: str) -> set[str]:
        """What a text has in any case that says a word: one of these. None where that is not known."""
        if word in self.wording.medicines:
            return {*self.wording.medicines[word]}
        if word[:1].isdecimal():
            return numerals.forms(word)
        return {word} if word.isascii() and word.isalpha() and word not in REWRITTEN else set()


def _at_most(most: int, found: Iterator[str], more: str) -> Iterator[str]:
    yield from islice(found, most)
    if next(found, None) is not None:
        yield more


def _plain(text: str) -> str:
    return folded(unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text)
