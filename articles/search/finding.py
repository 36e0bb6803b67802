"""Find: a reader's words and what they narrow it to, in; a page of live editions with their passages, out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import IntegerField, Value
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import cache
from articles.models import Drug, Edition, Section, Term, Topic
from articles.models.cards import cards
from articles.models.taxonomy import TopicTree
from articles.search import lexicon, spelling, things
from articles.search.engines import Narrowing, engine
from articles.search.passages import Marker, Piece, html
from articles.search.questions import Question, Synonyms, ask, synonyms
from articles.search.things import NO_ANSWERS, Answers

MOST_FOUND = 200  # nobody pages further; a sharper question finds more
ON_A_PAGE = 12
EVERYWHERE = Narrowing()
FEW = 3  # found of a mistyped word, by its stem alone


@dataclass(frozen=True)
class Hit:
    """One live edition that answers, as lists show it, with its title and a passage in pieces."""

    edition: Edition
    title: list[Piece]
    passage: list[Piece]

    @property
    def title_html(self) -> SafeString:
        return html(self.title)

    @property
    def passage_html(self) -> SafeString:
        return html(self.passage)


@dataclass(frozen=True)
class Found:
    """One page of an answer.

    `total` is how many articles were found (`is_capped`: at least so many); `is_loose` if no text has all the words and
    these have some of them. `answers` are topics, medicines, words and people. `corrected` is the question that was
    answered, where the typed one finds nothing ("" where it was the typed one).
    """

    question: Question
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    is_loose: bool = False
    corrected: str = ""
    answers: Answers = NO_ANSWERS
    page: int = 1
    pages: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.hits or self.answers)


def find(
    typed: str,
    *,
    section: Section | None = None,
    topic: str = "",
    days: int | None = None,
    page: int = 1,
    exact: bool = False,
    at: datetime | None = None,
) -> Found:
    """What is live at a moment (now) and answers `typed`, the best first; narrowed to a section, the slug of a topic,
    and to articles first published in the last `days` days. `exact`: as it was typed, without a correction. Never
    raises on anything that a reader can type."""
    at = at or timezone.now()
    names = cache.by_state("names of things", _names)
    question = ask(typed, names.synonyms)
    if not question:
        return Found(question)
    since = at - timedelta(days=days) if days else None
    narrowing = Narrowing(section.pk if section else None, topic, since)
    answers = NO_ANSWERS if narrowing != EVERYWHERE else things.answers(typed)
    ids, corrected = _ids(question, narrowing, at), ""
    if len(ids) < FEW and not (answers.best or exact):
        corrected, question, ids, answers = _corrected(typed, names, narrowing, at) or ("", question, ids, answers)
    is_loose = not ids and len(question.clauses) > 1
    if is_loose:
        question = question.loosened()
        ids = engine().best(question, narrowing, at=at, limit=MOST_FOUND + 1)
    is_capped, ids = len(ids) > MOST_FOUND, ids[:MOST_FOUND]
    pages = max(1, -(-len(ids) // ON_A_PAGE))
    page = min(max(1, page), pages)
    hits = _hits(ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], question, at)
    return Found(question, hits, len(ids), is_capped, is_loose and bool(ids), corrected, answers, page, pages)


def _ids(question: Question, narrowing: Narrowing, at: datetime) -> list[int]:
    """What has the very words first, then what has others that mean the same or lead there."""
    most, narrowed = MOST_FOUND + 1, question.narrowed()
    ids = engine().best(narrowed, narrowing, at=at, limit=most)
    if narrowed != question and len(ids) < most:
        ids += [pk for pk in engine().best(question, narrowing, at=at, limit=most) if pk not in ids]
    return ids[:most]


def _corrected(
    typed: str, names: "_Names", narrowing: Narrowing, at: datetime
) -> tuple[str, Question, list[int], Answers] | None:
    """The question as it was meant, if that finds something."""
    corrected = spelling.corrected(typed, names.every)
    if not corrected:
        return None
    question = ask(corrected, names.synonyms)
    answers = NO_ANSWERS if narrowing != EVERYWHERE else things.answers(corrected)
    ids = _ids(question, narrowing, at)
    return (corrected, question, ids, answers) if ids or answers.best else None


def _hits(ids: list[int], question: Question, at: datetime) -> list[Hit]:
    live = Edition.objects.live(at).order_by().filter(pk__in=ids)
    texts, marker = dict(live.values_list("pk", "search_text")), Marker(question)
    found = [card.edition for card in cards([pk for pk in ids if pk in texts])]
    return [
        # Below the title are the standfirst and the text.
        Hit(edition, marker.marked(edition.title), marker.passage(texts[edition.pk].removeprefix(edition.title)))
        for edition in found
    ]


@dataclass(frozen=True)
class _Names:
    every: list[str]
    synonyms: Synonyms


def _names() -> _Names:
    """Names of one thing – a medicine and its brands, a topic, a term of the glossary – and those of what is beneath a
    topic; in one query.

    Kept in no index, so that a name is known as soon as it is saved, and a topic that is moved in its tree is found
    where it stands.
    """
    nowhere = Value(None, IntegerField())
    topics = Topic.objects.order_by().values_list("name", "synonyms", "pk", "parent")
    medicines = Drug.objects.filter(is_class=False).order_by()
    sold = medicines.values_list("name", "brands", nowhere, nowhere)
    former = medicines.exclude(former_brands=[]).values_list("name", "former_brands", nowhere, nowhere)
    terms = Term.objects.order_by().values_list("name", "synonyms", nowhere, nowhere)
    rows = [*topics.union(sold, former, terms, all=True)]
    tree = TopicTree(Topic(pk=pk, name=name, parent_id=parent) for name, _others, pk, parent in rows if pk)
    beneath = {topic.name: [below.name for below in tree.whole(topic)[1:]] for topic in tree}
    groups = [[name, *others] for name, others, _pk, _parent in rows]
    typed = [asked for asked, _found in lexicon.pairs()]
    every = [*(name for group in groups for name in group), *typed, *(thing.name for thing in things.things().every)]
    return _Names(every, synonyms(groups, beneath=beneath, weaker=lexicon.pairs()))
