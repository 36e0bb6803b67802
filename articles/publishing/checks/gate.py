"""The gate itself: what a finding is, what a check may look at, and how all of them are asked together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from articles.models import Article, Contributor, Drawing, Image, Override, Review, ReviewAnswer, Section, Term
from articles.models.found import FOR_SEARCH
from articles.models.page_type import PAGE
from articles.publishing import currency, knowledge, retractions, review_answers, snapshot
from articles.publishing.checks.mends import Mend
from articles.publishing.currency import Stale
from articles.publishing.retractions import State
from articles.publishing.snapshot import Content
from articles.richtext import text

ERROR, WARNING = "error", "warning"
# Findings of rules that read language, and can misread it, or that judge by what an article was before. What people
# have to bring (a credit, the sign-off that a section requires, an author, a disclosure) is never set aside.
MACHINE_MAY_ERR = (
    *("drug.class", "drug.boxed_warning", "procedure.risk", "evidence.unreferenced"),
    *("heading.order", "link.text", "correction.returns", "review.moved", "review.dose", "review.page"),
)


@dataclass(frozen=True)
class Question:
    """What only a medical reviewer can decide: about a sentence, its subject (the name of a medicine, a procedure, a
    source, a sign), and why the house asks, in one line.

    `why` names what the question rests on, such as the class on a medicine's entry: when it changes, the house asks
    again.
    """

    subject: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Finding:
    """What a check found: in plain words, and the field of the article's form (`where`) that can mend it.

    A check says what it asks (`question`); whether that `waits` for its first answer is said here. `places` are the
    words in the text that it is about, each within one block, `mends` what can be done about it at one click: neither
    tells findings apart.
    """

    id: str
    level: str
    message: str
    where: str
    question: Question | None = None
    waits: bool = False
    places: tuple[str, ...] = field(default=(), compare=False)
    mends: tuple[Mend, ...] = field(default=(), compare=False)

    @property
    def shown_at(self) -> tuple[str, ...]:
        """Its places; of a question, the sentence."""
        return self.places or ((self.question.sentence,) if self.question else ())

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    def as_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("id", "level", "message", "where")}


@dataclass(frozen=True)
class Asked:
    """A question that a check put, the key by which answers know it, and the answer that counts, if there is one."""

    finding: Finding
    question: Question
    key: str
    answer: ReviewAnswer | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None or not self.answer.is_correct


class Draft:
    """A content that may be printed of an article, with what more than one check wants to know, looked up once.

    `at` is the moment from which on readers would have it: the rights to its pictures have to hold then.
    """

    def __init__(self, article: Article, content: Content, pictures: Mapping[int, Image], at: datetime) -> None:
        self.article, self.content, self.at = article, content, at
        self._by_check: dict[Check, list[Finding]] = {}
        self.body: str = content["body"]
        self.text = text.Text(self.body)
        self.words = f"{content['title']}\n{content['standfirst']}\n{self.text.plain}"
        self.cards = knowledge.medicines()
        self.sections = [(content["title"], content["standfirst"]), *text.sections(self.body)]
        names = ("closing_question", "disclosure", *FOR_SEARCH)
        beside = [*(content[name] for name in names), *(shown["alt"] for shown in content["pictures"])]
        self.beside = "\n".join(words for words in beside if words)  # read as medicine too, though no part of the text
        self.headings = [words for _level, words in self.text.headings]
        shown = {picture["id"]: picture["place"] for picture in reversed(content["pictures"])}
        self.missing_pictures = [pk for pk in self.text.picture_ids if pk not in pictures]
        self.pictures = [
            (picture.present, "lead_image" if shown[pk] == "lead" else "body") for pk, picture in pictures.items()
        ]

    @classmethod
    def of(cls, article: Article, content: Content | None = None, at: datetime | None = None) -> "Draft":
        """The working copy as the database has it, or another content of the article with its pictures of today."""
        content = content or snapshot.written(article)
        pictures = snapshot.pictures_in(content)
        return cls(article, snapshot.as_shown_now(content, pictures), pictures, at or timezone.now())

    @cached_property
    def overrides(self) -> dict[tuple[str, str], Override]:
        """What two editors have set aside of what was found in this content, by the finding's id and message."""
        found = {(finding.id, finding.message) for finding in self.found if finding.id in MACHINE_MAY_ERR}
        if not found:
            return {}
        own = Override.objects.filter(article=self.article, digest=snapshot.digest(self.content))
        agreed = own.filter(finding__in=MACHINE_MAY_ERR, agreed_by__isnull=False)
        by_finding = {(override.finding, override.message): override for override in agreed}
        return {finding: override for finding, override in by_finding.items() if finding in found}

    @cached_property
    def authors(self) -> dict[int, Contributor]:
        """Those of its byline whom the site still knows, by id."""
        return Contributor.objects.in_bulk([line["id"] for line in self.content["byline"]])

    @cached_property
    def drawings(self) -> dict[int, Drawing]:
        """The labeled drawings in its text that there are, by id."""
        ids = self.text.drawing_ids
        return Drawing.objects.defer("svg", "words").in_bulk(ids) if ids else {}

    @cached_property
    def glossary(self) -> list[Term]:
        return knowledge.terms()

    @cached_property
    def states(self) -> list[State | None]:
        """What became of each of its references."""
        return retractions.states(self.content["references"])

    @cached_property
    def stale(self) -> list[Stale]:
        """Those of them that are old or superseded on the day it goes live."""
        return currency.stale(self.content["references"], timezone.localdate(self.at), self.states)

    @cached_property
    def section(self) -> Section | None:
        own, slug = self.article.section, self.content["section"]
        return own if own and own.slug == slug else Section.objects.filter(slug=slug).first()

    @property
    def is_site_page(self) -> bool:
        """One about the site itself, which brings no medicine and needs none of what medicine needs."""
        return bool(self.content["page_type"] == PAGE)

    @cached_property
    def review(self) -> Review | None:
        """The newest approval of exactly this text, by somebody who did not write it."""
        signed = Review.objects.approving(self.article, snapshot.signed_digest(self.content))
        return signed.select_related("reviewer__user").first()

    @cached_property
    def found(self) -> list[Finding]:
        """What the checks say, in the order of the registry, before any word of people on it."""
        return [finding for function in dict.fromkeys(REGISTRY.values()) for finding in self._found_by(function)]

    def _found_by(self, function: "Check") -> list[Finding]:
        if function not in self._by_check:
            self._by_check[function] = list(function(self))
        return self._by_check[function]

    @cached_property
    def questions(self) -> list[Asked]:
        """What only a medical reviewer can decide in it, each question once, with the answer that counts."""
        asked: dict[str, Asked] = {}
        for finding in (finding for function in ASKING for finding in self._found_by(function)):
            if finding.question:
                key = review_answers.key(finding.id, finding.question)
                asked.setdefault(key, Asked(finding, finding.question, key))
        given = review_answers.counting(self.article, asked)
        return [replace(each, answer=given.get(key)) for key, each in asked.items()]

    def terms(self) -> list[list[str]]:
        """Words that nobody should be advised to simplify: names of medicines, of the glossary, and of the topics."""
        return [
            self.cards.own_names,
            [name for term in self.glossary for name in term.names],
            [topic["name"] for topic in self.content["topics"]],
        ]


Check = Callable[[Draft], Iterator[Finding]]
REGISTRY: dict[str, Check] = {}
ASKING: list[Check] = []  # the checks that may ask a question: a sign-off runs these alone


def check(*ids: str, asks: bool = False) -> Callable[[Check], Check]:
    """Registers a check under the ids of the findings that it may yield; whether one `asks` something."""

    def register(function: Check) -> Check:
        if asks:
            ASKING.append(function)
        for id in ids:
            REGISTRY[id] = function
        return function

    return register


def run(article: Article, at: datetime | None = None) -> list[Finding]:
    """Every finding about the working copy as it is in the database, were it live from `at` (now) on: errors first, in
    the order of the registry.

    An error that two editors have set aside for exactly this text is a warning. A question is an error until a medical
    reviewer answers it, and nothing that two editors can set aside.
    """
    return examine(Draft.of(article, at=at))


def examine(draft: Draft) -> list[Finding]:
    plain = [
        _eased(finding, draft.overrides.get((finding.id, finding.message)))
        for finding in draft.found
        if not finding.question
    ]
    waiting = [_open(asked) for asked in draft.questions if asked.is_open]
    return sorted([*plain, *waiting], key=lambda finding: not finding.is_error)


def _eased(finding: Finding, override: Override | None) -> Finding:
    if override is None:
        return finding
    return replace(finding, level=WARNING, message=f"Set aside ({override.reason}): {finding.message}")


def _open(asked: Asked) -> Finding:
    finding, answer = asked.finding, asked.answer
    if answer is None:
        return replace(finding, level=ERROR, message=f"A medical reviewer has to answer: {finding.message}", waits=True)
    message = f"{answer.review.full_name} answered “Wrong” ({answer.note}). The text says: “{answer.sentence}”"
    return replace(finding, level=ERROR, message=message)
