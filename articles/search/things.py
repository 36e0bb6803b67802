"""What the site has a page for beside articles: topics, medicines, words, people, and pages of its own; found by name.

A word typed by a reader finds those that are called so, before any article. What readers may not see isn't among them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone

from articles import cache
from articles.models import Contributor, Topic
from articles.search.language import stem, words
from articles.search.lexicon import lexicon
from articles.search.questions import MOST_CHARACTERS, Name, key

MOST = 4  # beside the best
OWN = "Page"
DENYING = {"no", "non", "not", "without"}
LONGEST = 160  # characters of what is said of one
# A page of the site's own: its name in `urls`, its name, what else people may call it, what it is.
OWN_PAGES = (
    ("subscribe", "Newsletter", ("subscribe", "sign up", "weekly email"), "One email a week. Subscribe here."),
    ("how-we-review", "How we review", ("medical review", "editorial process"), "Who checks what we publish, and how."),
    ("corrections", "Corrections", ("errors", "mistakes"), "What we got wrong, and what we did about it."),
    ("people", "Our people", ("authors", "reviewers", "staff", "team"), "Who writes here, and who reviews it."),
    ("glossary", "Glossary", ("words explained", "dictionary", "terms"), "Medical words, explained in plain ones."),
    ("medicines", "Medicines A–Z", ("medicines", "drugs", "list of medicines"), "Every medicine we have a page for."),
    ("credits", "Picture credits", ("image credits", "photos"), "Who made our pictures, and under which license."),
    ("archive", "Archive", ("old articles", "past articles"), "Everything we have published, by month."),
)


@dataclass(frozen=True)
class Thing:
    """One of them, with its names, the first of which is its own, and what is said about it."""

    kind: str
    name: str
    url: str
    about: str
    names: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.about if len(self.about) <= LONGEST else f"{self.about[: LONGEST - 1].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class Answers:
    """The thing that is called just as was typed, if any, and others near it."""

    best: Thing | None = None
    others: tuple[Thing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.best or self.others)

    def __len__(self) -> int:
        return len(self.others) + bool(self.best)


NO_ANSWERS = Answers()


def _topics() -> Iterator[Thing]:
    tree = Topic.objects.tree()
    for topic in tree:
        if tree.is_shown(topic):
            names = (topic.name, *topic.also_called())
            yield Thing("Topic", topic.name, topic.get_absolute_url(), topic.definition, names)


def _medicines() -> Iterator[Thing]:
    for card in cache.medicines():
        about = card.what_it_is or card.drug_class
        yield Thing("Medicine", card.name.capitalize(), card.get_absolute_url(), about, tuple(card.names))


def _words() -> Iterator[Thing]:
    for term in cache.glossary():
        name = term.name[:1].upper() + term.name[1:]
        yield Thing("Word", name, term.get_absolute_url(), term.definition, tuple(term.names))


def _people() -> Iterator[Thing]:
    for person in Contributor.objects.public():
        kind = "Reviewer" if person.is_medical_reviewer else "Author"
        about = person.role[:1].upper() + person.role[1:]
        names = (person.name, person.full_name, person.name.split()[-1])
        yield Thing(kind, person.full_name, person.get_absolute_url(), about, names)


def _own_pages() -> Iterator[Thing]:
    for page in cache.house_pages():
        yield Thing(OWN, page.title, page.address, "", (page.title, page.slug.replace("-", " ")))
    for name, title, others, about in OWN_PAGES:
        yield Thing(OWN, title, reverse(name), about, (title, *others))


# Of several things with one name the first is the best. Another kind is a line here.
SOURCES: tuple[Callable[[], Iterable[Thing]], ...] = (_topics, _medicines, _words, _people, _own_pages)


@dataclass(frozen=True)
class Things:
    """All of them, and by which stems they are found. Never changed."""

    every: tuple[Thing, ...]
    called: dict[Name, list[Thing]] = field(default_factory=dict)  # in the order of SOURCES
    with_stem: dict[str, dict[Thing, None]] = field(default_factory=dict)  # in one of its names
    about: dict[str, dict[Thing, None]] = field(default_factory=dict)  # the same, or in what is said about it
    spelled: list[tuple[list[str], Thing]] = field(default_factory=list)  # the words of each name

    @classmethod
    def of(cls, every: Iterable[Thing]) -> "Things":
        things = cls(tuple(every))
        for is_own in (True, False):  # a thing's own name comes before other names
            for thing in things.every:
                for name in thing.names[:1] if is_own else thing.names[1:]:
                    called = things.called.setdefault(key(words(name)), [])
                    if thing not in called:
                        called.append(thing)
        for thing in things.every:
            spelled = [words(name) for name in thing.names]
            things.spelled.extend((parts, thing) for parts in spelled)
            named = {stem(word) for parts in spelled for word in parts}
            for part in named:
                things.with_stem.setdefault(part, {})[thing] = None
            about = words(thing.about)
            is_so = {stem(word) for before, word in pairwise(["", *about]) if before not in DENYING}
            for part in named | is_so:
                things.about.setdefault(part, {})[thing] = None
        return things


def things(at: datetime | None = None) -> Things:
    """Those that are public now, read once for each state of the site."""
    until = cache.next_change(at or timezone.now())
    return cache.by_state(f"things, {until}", lambda: Things.of(thing for source in SOURCES for thing in source()))


def answers(typed: str) -> Answers:
    """What is called as was typed, or, beside it, has those words in a name or in what is said about it."""
    known, asked = things(), key(words(typed[:MOST_CHARACTERS]))
    if not asked:
        return NO_ANSWERS
    same, leads = _others(asked)
    exact = [thing for name in (asked, *same) for thing in known.called.get(name, ())]
    near = [thing for name in leads for thing in known.called.get(name, ())]
    parts = tuple(map(stem, asked))
    found = [*exact, *near, *_with_all(parts, known.with_stem), *_named_in(asked, known)]
    found += _with_all(parts, known.about)
    best = exact[0] if exact else None
    once = {thing.name.casefold(): thing for thing in reversed([*exact[:1], *found])}
    others = [thing for thing in dict.fromkeys(found) if thing != best and once[thing.name.casefold()] == thing]
    return Answers(best, tuple(others[:MOST]))


def _with_all(parts: Name, index: dict[str, dict[Thing, None]]) -> list[Thing]:
    first, *rest = (index.get(part, {}) for part in parts)
    return [thing for thing in first if all(thing in others for others in rest)]


def _named_in(asked: Name, known: Things) -> Iterator[Thing]:
    """Those whose whole name is a part of what was typed: “tramadol and alcohol”. “Pain” names nothing here."""
    at = 0
    while at < len(asked):
        ends = range(len(asked), at, -1)
        end = next((end for end in ends if asked[at:end] in known.called and asked[at:end] != ("pain",)), at)
        yield from (thing for thing in known.called.get(asked[at:end], ()) if thing.kind != OWN)
        at = max(end, at + 1)


def _others(asked: Name) -> tuple[list[Name], list[Name]]:
    """Other names of the same, and what it leads to, by `synonyms.toml`."""
    same, leads = _lexicon()
    names = same.get(asked, [])
    return names, [found for name in (asked, *names) for found in leads.get(name, ())]


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[Name, list[Name]], dict[Name, list[Name]]]:
    same: dict[Name, list[Name]] = {}
    for group in lexicon().same:
        keys = list(dict.fromkeys(key(words(name)) for name in group))
        for name in keys:
            same.setdefault(name, []).extend(other for other in keys if other != name)
    leads: dict[Name, list[Name]] = {}
    for asked, found in lexicon().leads_to:
        leads.setdefault(key(words(asked)), []).extend(key(words(name)) for name in found)
    return same, leads


def suggested(typed: str, *, most: int) -> list[Thing]:
    """Things with a name that goes on as what is being typed, or has a word that does; those first that begin so."""
    begun = words(typed)
    if not begun:
        return []
    *whole, last = begun
    first: dict[Thing, None] = {}
    later: dict[Thing, None] = {}
    for parts, thing in things().spelled:
        if parts[: len(whole)] == whole and len(parts) > len(whole) and parts[len(whole)].startswith(last):
            first[thing] = None
        elif set(whole) <= set(parts) and any(part.startswith(last) for part in parts):
            later[thing] = None
    return [*{**first, **later}][:most]
