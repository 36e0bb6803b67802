"""The search page: a GET, so that a result can be kept and sent to somebody. And what to suggest while one types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Topic
from articles.search import misses
from articles.search.finding import find
from articles.search.questions import MOST_CHARACTERS, MOST_WORDS
from articles.search.things import suggested
from articles.views.forms import AGES, SearchForm
from articles.views.paging import asked_for

SUGGESTED = 8
LONGEST_BEGINNING = 60  # characters; who has typed more knows what they look for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    sections, topics = cache.sections(), cache.by_state("topics", lambda: list(Topic.objects.all()))
    chosen = SearchForm(request.GET, sections=sections, topics=topics).chosen()
    narrowed = any(chosen[name] for name in ("section", "topic", "age"))
    found = find(
        chosen["q"],
        section=next((section for section in sections if section.slug == chosen["section"]), None),
        topic=chosen["topic"],
        days=int(chosen["age"]) if chosen["age"] else None,
        page=asked_for(request.GET.get("page")),
        exact=bool(chosen["exact"]),
    )
    if found.question and found.is_empty and not narrowed:
        misses.note(chosen["q"])
    context = {
        "typed": chosen["q"][:MOST_CHARACTERS],
        "searched_for": chosen["q"][:MOST_CHARACTERS],  # in the field of the masthead
        "found": found,
        "answers": found.answers if found.page == 1 else None,
        "topics": topics,
        "ages": AGES,
        "chosen": chosen,
        "narrowed": narrowed,
        "most_words": MOST_WORDS,
        "previous": found.page - 1,
        "next": found.page + 1,
        "structured_data": structured_data.simple("WebPage", request.path, "Search"),
    }
    return render(request, "articles/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Names that go on as `q` does, what they are and where they lead, each in a list of its own: the format of
    OpenSearch suggestions, https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki.
    """
    typed = request.GET.get("q", "")[:LONGEST_BEGINNING]
    found = suggested(typed, most=SUGGESTED)
    lists = [[thing.name for thing in found], [thing.kind for thing in found], [thing.url for thing in found]]
    return JsonResponse([typed, *lists], safe=False)
