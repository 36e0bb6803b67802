"""Ways in besides the sections: topics, A to Z, the archive by month, the glossary."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Edition, Section, Term, Topic
from articles.models.knowledge import capitalized
from articles.models.taxonomy import TopicTree
from articles.search.alphabet import OTHER, filed, letter_of
from articles.views import cards
from articles.views.articles import ON_A_PAGE, section_or_404
from articles.views.paging import EditionPages


class _HasName(Protocol):
    @property
    def name(self) -> str: ...


Named = TypeVar("Named", bound=_HasName)


@dataclass
class Branch:
    """A topic in the tree that a page shows, and what stands under it."""

    topic: Topic
    branches: list["Branch"] = field(default_factory=list)


def _branches(tree: TopicTree, topic: Topic | None = None) -> list[Branch]:
    return [Branch(child, _branches(tree, child)) for child in tree.under(topic)]


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    data = structured_data.simple("CollectionPage", request.path, "Topics")
    context = {"branches": _branches(Topic.objects.tree()), "structured_data": data}
    return render(request, "articles/topics.html", context)


class Entry(NamedTuple):
    """A line of an A to Z: a subject by its own name, or by another one, with the name that its page has."""

    name: str
    url: str
    see: str = ""


@require_safe
def a_to_z(request: HttpRequest, slug: str) -> HttpResponse:
    """The subjects of a section, whatever its articles are called."""
    section = section_or_404(slug)
    shown = by_letter(_subjects(section))
    crumbs = [(section.name, section.get_absolute_url())]
    context = {
        "section": section,
        "letters": [letter for letter, _entries in shown],
        "shown": shown,
        "structured_data": structured_data.simple("CollectionPage", request.path, f"{section} A to Z", crumbs),
    }
    return render(request, "articles/a_to_z.html", context)


def _subjects(section: Section) -> list[Entry]:
    """Its topics by each of their names, and the medicines where its articles must name risks, as those about
    treatments do. Kept until the next change, because the topics take two queries over all that is live.
    """

    def named() -> list[Entry]:
        topics = Topic.objects.in_section(section)
        names = {topic.name.casefold() for topic in topics}
        entries = [Entry(topic.name, topic.get_absolute_url()) for topic in topics]
        for topic in topics:
            others = (name for name in topic.also_called() if name.casefold() not in names)
            entries += [Entry(capitalized(name), topic.get_absolute_url(), topic.name) for name in others]
        return entries

    topics = cache.by_state(f"subjects of {section.pk} until {cache.next_change(timezone.now())}", named)
    medicines = cache.medicines() if section.requires_risks else ()
    return [*topics, *(Entry(card.capitalized, card.get_absolute_url()) for card in medicines)]


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = list(Term.objects.all())
    shown = by_letter(terms)
    context = {
        "letters": [letter for letter, _terms in shown],
        "shown": shown,
        "structured_data": structured_data.glossary(terms),
    }
    return render(request, "articles/glossary.html", context)


def by_letter(entries: Iterable[Named]) -> list[tuple[str, list[Named]]]:
    """Entries under their first letters, A first; a leading article or quotation mark does not count."""
    groups: dict[str, list[Named]] = {}
    for entry in entries:
        groups.setdefault(letter_of(entry.name), []).append(entry)
    return [(letter, sorted(groups[letter], key=lambda entry: filed(entry.name))) for letter in _in_their_order(groups)]


def _in_their_order(letters: Iterable[str]) -> list[str]:
    return sorted(letters, key=lambda letter: (letter == OTHER, letter))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every month in which something went live that still is, by year."""
    months = Edition.objects.live().articles().months()
    years = [(year, list(group)) for year, group in groupby(months, key=lambda month: month[0].year)]
    data = structured_data.simple("CollectionPage", request.path, "Archive")
    return render(request, "articles/archive.html", {"years": years, "structured_data": data})


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """For those who shorten an address: a year is a part of the archive's page."""
    return HttpResponsePermanentRedirect(f"{reverse('archive')}#y{year}")


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """What first went live in a month of the newsroom's calendar."""
    first = date(year, month, 1)
    start, end = _midnight(first), _midnight(date(year + month // 12, month % 12 + 1, 1))
    editions = Edition.objects.live().articles().for_list().first_live_in(start, end)
    pages = EditionPages(editions, ON_A_PAGE, name=request.path)
    page = pages.get_page(request.GET.get("page"))
    name, crumbs = date_format(first, "F Y"), [("Archive", reverse("archive"))]
    data = structured_data.listing(request.path, name, page, crumbs=crumbs, first=page.start_index())
    context = {"month": first, "page": page, "cards": cards.of_list(page), "structured_data": data}
    return render(request, "articles/month.html", context)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
