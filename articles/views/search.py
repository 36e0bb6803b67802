"""The search page: a GET, so that a result can be kept and sent to somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Topic
from articles.search.finding import find
from articles.search.questions import MOST_CHARACTERS, MOST_WORDS
from articles.views.forms import AGES, SearchForm
from articles.views.paging import asked_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    sections, topics = cache.sections(), cache.by_state("topics", lambda: list(Topic.objects.all()))
    chosen = SearchForm(request.GET, sections=sections, topics=topics).chosen()
    found = find(
        chosen["q"],
        section=next((section for section in sections if section.slug == chosen["section"]), None),
        topic=chosen["topic"],
        days=int(chosen["age"]) if chosen["age"] else None,
        page=asked_for(request.GET.get("page")),
    )
    context = {
        "typed": chosen["q"][:MOST_CHARACTERS],
        "found": found,
        "topics": topics,
        "ages": AGES,
        "chosen": chosen,
        "narrowed": any(chosen[name] for name in ("section", "topic", "age")),
        "most_words": MOST_WORDS,
        "previous": found.page - 1,
        "next": found.page + 1,
        "structured_data": structured_data.simple("WebPage", request.path, "Search"),
    }
    return render(request, "articles/search.html", context)
