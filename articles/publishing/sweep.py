"""Where else an error still stands once it is corrected: published texts, drafts, scheduled versions, newsletter issues
that can be stopped, and the words of pictures. They are read as words (`wording`), after a first look by the database.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Correction, Drug, Edition, Image, Issue
from articles.publishing import numerals
from articles.publishing.corrected import CorrectedError, Fields
from articles.publishing.wording import FREQUENT, UNITS, Passage, Wording

# What the database can look through; the search text has an edition's title, standfirst and text.
IN_EDITION = ("search_text", "closing_question", "disclosure", "lead_caption")
IN_ARTICLE = ("title", "standfirst", "body", "lead_caption", "closing_question", "disclosure")
CAN_BE_STOPPED = [Issue.DRAFT, Issue.APPROVED, Issue.SENDING, Issue.HELD]
RARE = 2  # words that a first look asks for: a text has either, even where markup cuts through the other
AT_ONCE = 200  # rows
# Words that a text may have in another form; the database is not asked for them.
REWRITTEN = frozenset([*UNITS.values(), *["time", "not", "can", "will", "is", "are", "have", "to", "per", "one"]])

NEARLY = " (nearly the same words)"


def also_said(correction: Correction, *, at: datetime | None = None) -> list[str]:
    """A line about each other place; an article that still says it itself comes first."""
    return Sweep(correction, at=at).places()


class Sweep:
    """One correction, and how each kind of text is held against it."""

    def __init__(self, correction: Correction, *, at: datetime | None = None) -> None:
        self.correction, self.at = correction, at or timezone.now()
        self.wording = Wording(Drug.objects.all())
        self.error = CorrectedError(correction, self.wording)
        self.own = correction.edition.article_id

    def places(self) -> list[str]:
        return [*self._itself(), *self._published(), *self._drafts(), *self._issues(), *self._pictures()]

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
        shown = Image.objects.select_related("credit").annotate(title=F("credit__title")).order_by("pk")
        for image in self._first_look(shown, ("alt", "credit__title")):
            fields = {"alt": self.wording.of(image.alt), "title": self.wording.of(image.title or "")}
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
        return [] if self.error.was else self._rare(self.error.right)

    @cached_property
    def _asked_for(self) -> set[str]:
        """Words of which every text that can say it has one."""
        wanted = {word for wrong in self.error.wrong for word in self._rare(wrong) or self._forms(wrong)}
        names = {form for medicine in self._medicines for form in self.wording.medicines[medicine]}
        return wanted | (names or set(self._subject))

    def _rare(self, passage: Passage) -> list[str]:
        """The longest words, which are the rarest as a rule, of those that have one form only."""
        unsure = FREQUENT | REWRITTEN | self.wording.medicines.keys()
        plain = {word for word in passage.words if word.isascii() and word.isalpha() and word not in unsure}
        return sorted(plain, key=lambda word: (-len(word), word))[:RARE]

    def _forms(self, passage: Passage) -> Iterable[str]:
        """For a passage of nothing but names and numbers: each form that one of them may have."""
        for medicine in self.wording.medicines_in(passage):
            return self.wording.medicines[medicine]
        if number := next((word for word in passage.words if word.isdecimal()), ""):
            return {number, f"{int(number):,}", *numerals.WORDS}
        return passage.words[:1]

    def _first_look(self, rows: QuerySet, columns: Iterable[str]) -> Iterator:
        """Those of the rows in which the database finds one of the words; all of them would take too long to read."""
        found = Q(pk__in=[])
        for column in columns:
            for word in self._asked_for:
                found |= Q(**{f"{column}__icontains": word})
        return rows.filter(found).iterator(chunk_size=AT_ONCE)
