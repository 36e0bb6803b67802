"""The search page: a GET, so that a result can be kept and sent to somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.metadata import structured_data
from articles.models import Section, Topic
from articles.search.finding import find
from articles.search.questions import MOST_CHARACTERS, MOST_WORDS
from articles.views.paging import asked_for

AGES = {"30": "In the last month", "183": "In the last six months", "366": "In the last year"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    given = request.GET
    typed = given.get("q", "").replace("\x00", " ").strip()
    sections, topics = list(Section.objects.all()), list(Topic.objects.all())
    section = next((one for one in sections if one.slug == given.get("section")), None)
    topic = next((one for one in topics if one.slug == given.get("topic")), None)
    age = given.get("age", "") if given.get("age", "") in AGES else ""
    found = find(
        typed,
        section=section,
        topic=topic.slug if topic else "",
        days=int(age) if age else None,
        page=asked_for(given.get("page")),
    )
    kept = {
        "q": typed[:MOST_CHARACTERS],
        "section": section.slug if section else "",
        "topic": topic.slug if topic else "",
    }
    context = {
        "typed": typed[:MOST_CHARACTERS],
        "found": found,
        "topics": topics,
        "ages": AGES,
        "chosen": {**kept, "age": age},
        "narrowed": bool(section or topic or age),
        "most_words": MOST_WORDS,
        "previous": found.page - 1,
        "next": found.page + 1,
        "structured_data": structured_data.simple("WebPage", request.path, "Search"),
    }
    return render(request, "articles/search.html", context)
