"""The page of a topic: what its topic page says, where it has one; its medicines, and the articles about it by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Drug, Edition, Section, Topic, shown
from articles.models.cards import Card
from articles.views import article_page, cards
from articles.views.articles import ON_A_PAGE
from articles.views.paging import EditionPages


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What is live under a topic and under those beneath it, after its topic page on the first page of the list."""
    tree = Topic.objects.tree()
    topic = tree.find(slug)
    if topic is None:
        raise Http404
    editions = Edition.objects.live().articles().for_list().about(tree.whole(topic))
    page = EditionPages(editions, ON_A_PAGE, name=request.path).get_page(request.GET.get("page"))
    around = Around(topic, tree.path(topic)[:-1], tree.under(topic), page, medicines_of(topic))
    has_hub = getattr(topic, "has_hub", False) and page.number == 1
    live = shown.hub_of(topic.pk, timezone.now()) if has_hub else None
    if live is None:
        about, first = structured_data.topic(topic), page.start_index()
        data = structured_data.listing(request.path, topic.name, page, crumbs=around.crumbs, first=first, about=about)
        return render(request, "articles/topic.html", {**around.context(), "structured_data": data})

    def more(context: dict[str, Any]) -> dict[str, Any]:
        named = [card for card in context["medicines"] if card not in around.medicines]
        return {
            **around.context(),
            "topic_medicines": sorted([*around.medicines, *named], key=lambda card: card.name),
            "medicines": [],  # they stand beside the text
            "jumps": [replace(heading, text=heading.text.split(":")[0]) for heading in context["contents"]],
            "structured_data": structured_data.hub(
                context["edition"], context["bylines"], context["pictures"], topic, crumbs=around.crumbs
            ),
        }

    return HttpResponse(article_page.of(live, request, template="articles/hub.html", beside=around.made_of, more=more))


def medicines_of(topic: Topic) -> list[Drug]:
    """Those of its medicines whose cards readers may see."""
    ids = set(topic.medicines.order_by().values_list("pk", flat=True))
    return [card for card in cache.medicines() if card.pk in ids] if ids else []


@dataclass(frozen=True)
class Around:
    """What a topic's page shows with or without a text of its own."""

    topic: Topic
    path: list[Topic]
    under: list[Topic]
    page: Page[Card]
    medicines: list[Drug]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("Topics", reverse("topics")), *((above.name, above.get_absolute_url()) for above in self.path)]

    @property
    def made_of(self) -> tuple[Any, ...]:
        """All of it that may change, to find the page again by."""
        topic, page = self.topic, self.page
        own = topic.name, topic.slug, topic.definition, topic.synonyms, topic.mesh_id
        links = [(each.name, each.slug) for each in (*self.path, *self.under)]
        return own, links, len(self.path), [card.row for card in page], page.paginator.num_pages, self._medicines

    @property
    def _medicines(self) -> list[tuple[str, str, str]]:
        return [(card.name, card.slug, card.drug_class) for card in self.medicines]

    def context(self) -> dict[str, Any]:
        return {
            "topic": self.topic,
            "path": self.path,
            "under": self.under,
            "page": self.page,
            "by_section": by_section(self.page),
            "topic_medicines": self.medicines,
        }


def by_section(page: Iterable[Card]) -> list[tuple[Section, list[SafeString]]]:
    """The articles of a page by kind, in the order of the menu; of each kind the newest first."""
    listed = [(card.edition.filed_in, cards.html(card, "_row")) for card in page]
    listed.sort(key=lambda pair: (pair[0].position, pair[0].name))
    return [(section, [html for _section, html in group]) for section, group in groupby(listed, lambda pair: pair[0])]
