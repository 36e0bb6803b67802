"""The forms of readers, subscribers and reviewers: what was typed, and a sentence where something is missing.

Pages write their fields themselves, each beside its label. What is required of a report is said by `readers.reports`.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.evidence import red_flags
from articles.models import AnswerTally, Contributor, Drug, Procedure, Review, Section, Subscription, Topic
from articles.publishing import review_answers
from articles.publishing.checks import Asked
from articles.publishing.desk import DeskRefused, SignOffRefused

AGES = [("30", "In the last month"), ("183", "In the last six months"), ("366", "In the last year")]  # days
MOST_IN_A_COMMENT = 20_000  # characters


def says(sentence: str) -> dict[str, Any]:
    """The arguments of a choice whose only complaint is one sentence."""
    return {"error_messages": dict.fromkeys(("required", "invalid_choice"), sentence)}


class Words(forms.CharField):
    """Anything that somebody can type or leave out. No database keeps a NUL."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\x00", " ") if isinstance(value, str) else value) or ""


class Number(forms.IntegerField):
    """The number of something on the page; 0, which nothing has, for whatever is none."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=999_999)

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except ValidationError:
            return 0


class Slugs(forms.MultipleChoiceField):
    """Any slugs; those that name nothing are for the caller to leave out."""

    def valid_value(self, value: str) -> bool:
        return True


class PageForm(forms.Form):
    """A form that its page writes out itself."""

    def problems(self) -> list[str]:
        return [str(problem) for problems in self.errors.values() for problem in problems]


class SearchForm(forms.Form):
    """What is looked for. A choice that is none narrows nothing."""

    q = Words()
    age = forms.ChoiceField(choices=AGES, required=False)
    exact = forms.ChoiceField(choices=[("1", "As it was typed")], required=False)

    def __init__(self, data: Any, *, sections: Sequence[Section], topics: Sequence[Topic]) -> None:
        super().__init__(data)
        for name, rows in (("section", sections), ("topic", topics)):
            self.fields[name] = forms.ChoiceField(choices=[(row.slug, row.name) for row in rows], required=False)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class AnswerForm(forms.Form):
    """The answer to the question at the end of an article; `q` is the key of the question that was asked."""

    answer = forms.ChoiceField(choices=AnswerTally.ANSWERS, **says("Please choose one of the three answers."))
    q = Words()


class ReportForm(forms.Form):
    """What is wrong with which passage of which edition; `website` is filled in by machines alone."""

    e, p = Number(), Number()
    wrong, severity, email = Words(), Words(), Words()
    website = Words()


class SubscribeForm(forms.Form):
    """An address, and the page on which it was entered; `website` is filled in by machines alone."""

    email, page, website = Words(), Words(), Words()

    def agreed_on(self) -> str:
        """The page, if it is a path of ours."""
        page: str = self.cleaned_data["page"][:300]
        return page if page.startswith("/") and page.isprintable() else ""


class ChoicesForm(PageForm):
    """Which issues a subscriber wants, and which sections; a section that is none narrows nothing."""

    wants = forms.ChoiceField(
        choices=Subscription.WANTED, **says("Please choose the weekly newsletter or corrections only.")
    )
    sections = Slugs(required=False)


class PauseForm(PageForm):
    until = forms.DateField(
        error_messages=dict.fromkeys(("required", "invalid"), "Please choose a date, for example 2026-12-31.")
    )


class MoveForm(PageForm):
    email = Words()


class EraseForm(PageForm):
    sure = forms.BooleanField(**says("Please tick that you’re sure. Erasing can’t be undone."))


class AnswersForm(PageForm):
    """A medical reviewer's answers to the questions of a text; those that were given before are filled in."""

    ANSWER, NOTE = "answer-", "note-"

    def __init__(self, data: Any = None, *, questions: Sequence[Asked], reviewer: Contributor | None = None) -> None:
        super().__init__(data)
        self.questions, self.reviewer = questions, reviewer
        names = [f"{part}{asked.key}" for asked in questions for part in (self.ANSWER, self.NOTE)]
        self.fields |= {name: Words() for name in names}

    def written(self, name: str) -> str:
        return self.cleaned_data.get(name, "") if self.is_bound else ""

    def given(self) -> dict[str, review_answers.Given]:
        """By the key of each question, those included that the text no longer asks."""
        sent = {name: self.data[name].strip() for name in self.data if name.startswith(self.ANSWER)}
        keys = {name.removeprefix(self.ANSWER): answer for name, answer in sent.items() if answer}
        return {key: review_answers.Given(answer, self.written(f"{self.NOTE}{key}")) for key, answer in keys.items()}

    def ask_for_answers(self, decision: str) -> None:
        pk = self.reviewer.pk if self.reviewer else None
        problems = review_answers.problems(self.questions, self.given(), decision=decision, reviewer=pk)
        for key, sentence in problems.items():
            self.add_error(f"{self.ANSWER}{key}", sentence)

    def refuse(self, refusal: DeskRefused) -> None:
        """Puts each sentence beside the question that it is about, and the others above the form."""
        beside = refusal.answers if isinstance(refusal, SignOffRefused) else {}
        known = [problem for problems in self.errors.values() for problem in problems]
        for key, sentence in beside.items():
            if sentence not in known:
                self.add_error(f"{self.ANSWER}{key}", sentence)
        self.add_error(None, [each for each in refusal.problems if each not in [*known, *beside.values()]])

    def rows(self) -> list[dict[str, Any]]:
        """What the page shows of each question: the one thing that its template asks for."""
        entries = _entries({asked.question.subject for asked in self.questions})
        return [
            {
                "asked": asked,
                "entry": entries.get(asked.question.subject, {}),
                "chosen": self._kept(asked, self.ANSWER, asked.answer.answer if asked.answer else ""),
                "note": self._kept(asked, self.NOTE, asked.answer.note if asked.answer else ""),
                "problems": self.errors.get(f"{self.ANSWER}{asked.key}", []),
            }
            for asked in self.questions
        ]

    def _kept(self, asked: Asked, part: str, before: str) -> str:
        return self.data.get(f"{part}{asked.key}", "") if self.is_bound else before


def _entries(subjects: set[str]) -> dict[str, dict[str, Any]]:
    """What the house has on each subject of a question: a medicine, a procedure or device, or a sign of the list."""
    entries: dict[str, dict[str, Any]] = {
        sign.name: {"sign": sign, "urgency": red_flags.IN_WORDS[sign.urgency]}
        for sign in red_flags.signs()
        if sign.name in subjects
    }
    for kind, model in (("procedure", Procedure), ("medicine", Drug)):
        if left := subjects - set(entries):
            entries |= {card.name: {kind: card} for card in model._default_manager.filter(name__in=left)}
    return entries


class ReviewForm(AnswersForm):
    """A medical reviewer's decision, with comments on the whole and on each of the claims."""

    decision = forms.ChoiceField(choices=Review.DECISIONS, **says("Choose whether to sign off or request changes."))
    is_me = forms.BooleanField(required=False)
    comment = Words()

    def __init__(self, data: Any = None, *, claims: Sequence[str], **asked: Any) -> None:
        super().__init__(data, **asked)
        self.claims = {f"comment-{number}": claim for number, claim in enumerate(claims)}
        self.fields |= {name: Words() for name in self.claims}

    def clean(self) -> None:
        decision = self.cleaned_data.get("decision")
        if decision == Review.APPROVED and not self.cleaned_data["is_me"]:
            self.add_error("is_me", "Please confirm that you’re the person we asked and that you’ve read the text.")
        says_what = self.comments() or any(given.note.strip() for given in self.given().values())
        if decision == Review.CHANGES and not says_what:
            self.add_error("comment", "Say what should change, in the overall comment or next to a sentence.")
        if decision:
            self.ask_for_answers(decision)

    def beside_sentences(self) -> dict[str, str]:
        """What was written beside sentences, by the sentence."""
        return {claim: self.written(name) for name, claim in self.claims.items() if self.written(name).strip()}

    def comments(self) -> str:
        """The comment as a whole, then each one with the sentence that it is about."""
        about = [f"On “{claim}”: {self.written(name)}" for name, claim in self.claims.items() if self.written(name)]
        return "\n\n".join(filter(None, [self.written("comment"), *about]))[:MOST_IN_A_COMMENT]
