"""Where else an error still stands once it is corrected: published texts, drafts, scheduled versions, newsletter issues
that can be stopped, texts beside the articles, and the words of pictures, as they were signed and as the library has
them. They are read as words (`wording`), after a first look by the database. What is found waits for somebody's look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from html import unescape
from itertools import islice
from operator import or_
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from articles.models import (
    Article,
    Contributor,
    Correction,
    Drug,
    Edition,
    Image,
    Issue,
    PossibleRepeat,
    Section,
    Term,
    Topic,
)
from articles.models.found import FOR_SEARCH
from articles.models.text_change import PUBLIC
from articles.publishing import knowledge
from articles.publishing.corrected import CorrectedError, Fields
from articles.publishing.wording import FREQUENT, Passage, folded
from articles.refusal import Refused

# What the database can look through; the search text has an edition's title, standfirst and text.
IN_EDITION = ("search_text", "closing_question", "disclosure", "lead_caption", *FOR_SEARCH, "signed_words")
COLUMNS = (*IN_EDITION[:-1], "signed_pictures")
IN_ARTICLE = ("title", "standfirst", "body", "lead_caption", "closing_question", "disclosure", *FOR_SEARCH)
IN_PICTURE = ("alt", "work")
BESIDE = {Term: "definition of", Topic: "topic", Section: "section", Contributor: "page of", Drug: "medicine"}
CAN_BE_STOPPED = [Issue.DRAFT, Issue.APPROVED, Issue.SENDING, Issue.HELD]
RARE = 2  # words that the database is asked for: a text has either, even where markup cuts through the other
AT_ONCE = 200  # rows
MOST = 40  # places of one kind: more are only said to be there

_TAG = re.compile("<[^>]*>")
Row = TypeVar("Row", bound=Model)
NEARLY = " (nearly the same words)"


class RepeatRefused(Refused):
    """A decision about a possible repeat that cannot be taken."""


@dataclass(frozen=True)
class Place:
    """Where an error may be said again: in words, and the row whose page on the desk shows it."""

    words: str
    row: Model | None = None


def also_said(correction: Correction, *, at: datetime | None = None) -> list[str]:
    """A line about each other place; an article that still says it itself comes first."""
    return [place.words for place in Sweep(correction, at=at).places()]


def keep(correction: Correction, *, at: datetime | None = None) -> list[PossibleRepeat]:
    """Writes down each other place, where it waits until somebody has looked."""
    repeats = [
        PossibleRepeat(
            correction=correction,
            place=place.words,
            kind=str(place.row._meta.model_name) if place.row else "",
            row=place.row.pk if place.row else None,
        )
        for place in {place.words: place for place in Sweep(correction, at=at).places()}.values()
    ]
    return PossibleRepeat.objects.bulk_create(repeats)


@transaction.atomic
def decide(repeat: PossibleRepeat, decision: str, *, by: User, at: datetime | None = None) -> PossibleRepeat:
    """Says that a place was corrected, or that it says something else. Raises RepeatRefused."""
    repeat = PossibleRepeat.objects.select_for_update(of=("self",)).get(pk=repeat.pk)
    if not by.has_perm("articles.publish_article"):
        raise RepeatRefused("Only editors can decide this.")
    if repeat.decision:
        raise RepeatRefused(f"{repeat.decided_by} decided this already: {repeat.get_decision_display().lower()}.")
    repeat.decision, repeat.decided_by, repeat.decided_at = decision, by, at or timezone.now()
    repeat.save(update_fields=["decision", "decided_by", "decided_at"])
    return repeat


class Sweep:
    """One correction, and how each kind of text is held against it."""

    def __init__(self, correction: Correction, *, at: datetime | None = None) -> None:
        self.correction, self.at = correction, at or timezone.now()
        self.wording = knowledge.medicines().wording
        self.error = CorrectedError(correction, self.wording)
        self.own = correction.edition.article_id

    def places(self) -> list[Place]:
        kinds = {
            "this article": self._itself(),
            "published and scheduled articles": self._published(),
            "drafts": self._drafts(),
            "issues": self._issues(),
            "pictures": self._pictures(),
            "definitions, summaries, biographies and medicines": self._beside(),
        }
        return [place for kind, found in kinds.items() for place in _at_most(MOST, found, f"more {kind}")]

    # Kinds of text ----------------------------------------------------------------------------------------------------

    def _itself(self) -> Iterator[Place]:
        live = Edition.objects.live(self.at).filter(article=self.own).first()
        if live is not None and self._says(self._of_edition(live)) == "":
            yield Place(f"this article, published version {live.number}", self.correction.edition.article)

    def _published(self) -> Iterator[Place]:
        others = Edition.objects.exclude(article=self.own).annotate(signed_words=Cast("signed_pictures", TextField()))
        for word, editions in (("published", others.live(self.at)), ("scheduled", others.scheduled(self.at))):
            for edition in self._first_look(editions.only(*COLUMNS, "title", "article"), IN_EDITION):
                if (how := self._says(self._of_edition(edition))) is not None:
                    yield Place(f"“{edition.title}”, {word}{how}", Article(pk=edition.article_id))

    def _drafts(self) -> Iterator[Place]:
        for article in self._first_look(Article.objects.exclude(pk=self.own), IN_ARTICLE):
            fields = {name: self.wording.of(getattr(article, name)) for name in IN_ARTICLE if name != "body"}
            if (how := self._says({**fields, "body": self.wording.of_html(article.body)})) is not None:
                yield Place(f"“{article}”, draft{how}", article)

    def _issues(self) -> Iterator[Place]:
        carried = Prefetch("editions", Edition.objects.only(*COLUMNS))
        issues = Issue.objects.filter(state__in=CAN_BE_STOPPED).exclude(correction=self.correction)
        for issue in issues.order_by("number").prefetch_related(carried):
            words = {name: self.wording.of(getattr(issue, name)) for name in ("subject", "introduction")}
            texts = [words]
            if issue.state != Issue.DRAFT:  # a draft takes its articles as they are when it is approved
                texts += map(self._of_edition, issue.editions.all())
            found = [how for text in texts if (how := self._says(text, by_subject=False)) is not None]
            if found:
                yield Place(f"issue {issue.number}, {issue.get_state_display().lower()}{min(found)}", issue)

    def _pictures(self) -> Iterator[Place]:
        shown = Image.objects.select_related("credit").annotate(work=Coalesce("credit__title", Value("")))
        for image in self._first_look(shown.order_by("pk"), IN_PICTURE):
            fields = {name: self.wording.of(getattr(image, name)) for name in IN_PICTURE}
            if (how := self._says(fields, by_subject=False)) is not None:
                yield Place(f"picture “{image}”{how}", image)

    def _beside(self) -> Iterator[Place]:
        """Texts beside the articles. A definition or a card speaks of its name without saying it."""
        for model, what in BESIDE.items():
            columns = [name for name in PUBLIC[str(model._meta.model_name)][1] if name not in ("slug", "source_url")]
            rows: QuerySet[Any] = model._default_manager.order_by("pk")
            for row in self._first_look(rows, columns):
                fields = {name: self.wording.of(getattr(row, name)) for name in columns}
                if (how := self._says(fields, by_subject=False)) is not None:
                    yield Place(f"{what} “{row.name}”{how}", row)

    def _of_edition(self, edition: Edition) -> Fields:
        fields = {name: self.wording.of(getattr(edition, name)) for name in IN_EDITION[1:-1]}
        alts = self.wording.of_lines("\n".join(picture["alt"] for picture in edition.signed_pictures))
        return {"body": self.wording.of_lines(edition.search_text), "pictures": alts, **fields}

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
        plain = [word for word in self._by_rarity(self.error.right) if self.wording.forms(word) == {word}]
        return [] if self.error.was else plain[:RARE]

    # The first look ---------------------------------------------------------------------------------------------------

    def _first_look(self, rows: QuerySet[Row], columns: Sequence[str]) -> Iterator[Row]:
        """Those of the rows that may say it: all of them would take too long to read. The database finds those that
        have a rare word; what they say is held against all words, without folding more than letters and tags.
        """
        words = {
            form
            for wrong in self.error.wrong
            for word in self._by_rarity(wrong)[:RARE]
            for form in self.wording.forms(word)
        }
        missing = {form for medicine in self._medicines for form in self.wording.forms(medicine)} or {*self._subject}
        asked = [Q(**{f"{column}__icontains": word}) for column in columns for word in words | missing]
        for row in rows.filter(reduce(or_, asked, Q(pk__in=[]))).iterator(chunk_size=AT_ONCE):
            text = "\n".join(_plain(getattr(row, column)) for column in columns)
            if any(word in text for word in missing) or any(self._may_say(text, wrong) for wrong in self.error.wrong):
                yield row

    def _may_say(self, text: str, wrong: Passage) -> bool:
        """Whether all words of a wrong passage stand near its rarest one."""
        first, *others = [self.wording.forms(word) for word in self._by_rarity(wrong)] or [{""}]
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
        words = [word for word in dict.fromkeys(passage.words) if self.wording.forms(word)]
        return sorted(words, key=lambda word: (self.wording.forms(word) != {word}, word in FREQUENT, -len(word), word))


def _at_most(most: int, found: Iterator[Place], more: str) -> Iterator[Place]:
    yield from islice(found, most)
    if next(found, None) is not None:
        yield Place(more)


def _plain(text: str) -> str:
    return folded(unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text)
