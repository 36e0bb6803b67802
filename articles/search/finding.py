"""Find: a reader's words and what they narrow it to, in; a page of live editions with their passages, out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import IntegerField, Value
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import cache
from articles.models import Drug, Edition, Section, Term, Topic
from articles.models.taxonomy import TopicTree
from articles.search import spelling
from articles.search.engines import Narrowing, engine
from articles.search.passages import Marker, Piece, html
from articles.search.questions import Question, Synonyms, ask, synonyms

MOST_FOUND = 200  # nobody pages further; a sharper question finds more
ON_A_PAGE = 12
SHOWN = ("slug", "page_type", "title", "search_text", "topics", "first_live_from", "section__name")
REVIEW = ("review__withdrawn_at", "review__due_on")


@dataclass(frozen=True)
class Hit:
    """One live edition that answers, with its title and a passage in pieces."""

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

    `total` is how many were found (`is_capped`: at least so many); `suggestion` what may have been meant ("" if
    nothing); `is_loose` if no text has all the words and these have some of them.
    """

    question: Question
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_capped: bool = False
    is_loose: bool = False
    suggestion: str = ""
    page: int = 1
    pages: int = 1


def find(
    typed: str,
    *,
    section: Section | None = None,
    topic: str = "",
    days: int | None = None,
    page: int = 1,
    at: datetime | None = None,
) -> Found:
    """What is live at a moment (now) and answers `typed`, the best first; narrowed to a section, the slug of a topic,
    and to articles first published in the last `days` days. Never raises on anything that a reader can type."""
    at = at or timezone.now()
    names = cache.by_state("names of things", _names)
    question = ask(typed, names.synonyms)
    if not question:
        return Found(question)
    since = at - timedelta(days=days) if days else None
    narrowing = Narrowing(section.pk if section else None, topic, since)
    ids, is_loose = engine().best(question, narrowing, at=at, limit=MOST_FOUND + 1), False
    meant = "" if ids else spelling.suggestion(typed, names.every)
    if not ids and len(question.clauses) > 1:
        question, is_loose = question.loosened(), True
        ids = engine().best(question, narrowing, at=at, limit=MOST_FOUND + 1)
    is_capped, ids = len(ids) > MOST_FOUND, ids[:MOST_FOUND]
    pages = max(1, -(-len(ids) // ON_A_PAGE))
    page = min(max(1, page), pages)
    hits = _hits(ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], question, at)
    return Found(question, hits, len(ids), is_capped, is_loose and bool(ids), meant, page, pages)


def _hits(ids: list[int], question: Question, at: datetime) -> list[Hit]:
    editions = Edition.objects.live(at).select_related("section", "review").only(*SHOWN, *REVIEW)
    there, marker = editions.in_bulk(ids), Marker(question)
    return [
        Hit(there[pk], marker.marked(there[pk].title), marker.passage(_below_the_title(there[pk])))
        for pk in ids
        if pk in there
    ]


def _below_the_title(edition: Edition) -> str:
    """The standfirst and the text."""
    return edition.search_text.removeprefix(edition.title)


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
    return _Names([name for group in groups for name in group], synonyms(groups, beneath=beneath))
