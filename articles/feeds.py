"""The Atom feeds (RFC 4287): what is live, newest first, with full text; a correction moves `updated`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from articles.models import Edition, Image, Section
from articles.views.articles import page_context

ENTRIES = 20


class PictureFeed(Atom1Feed):
    """Atom with every picture and its credit as Media RSS 1.5.1 words them."""

    def root_attributes(self) -> Any:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for image in item["pictures"]:
            self._add_picture(handler, image)

    def _add_picture(self, handler: Any, image: Image) -> None:
        said, shape = image.credit.metadata(), image.full
        size = {"width": str(shape.width), "height": str(shape.height)}
        url = f"{settings.SITE_URL}{shape.url(shape.width)}"
        handler.startElement("media:content", {"url": url, "medium": "image", "type": "image/jpeg", **size})
        handler.addQuickElement("media:title", said.title)
        handler.addQuickElement("media:description", image.alt)
        handler.addQuickElement("media:credit", said.creator, {"role": "author", "scheme": "urn:ebu"})
        handler.addQuickElement("media:copyright", said.credit_line, {"url": said.web_statement})
        handler.endElement("media:content")


@require_safe
def atom(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Everything, or one section by its slug."""
    section = get_object_or_404(Section, slug=slug) if slug else None
    live = Edition.objects.live().for_page().order_by("-first_live_from", "-id")
    editions = live.in_section(section)[:ENTRIES] if section else live[:ENTRIES]
    home = settings.SITE_URL + (section.get_absolute_url() if section else "/")
    feed = PictureFeed(
        title=f"{settings.SITE_NAME}: {section}" if section else settings.SITE_NAME,
        link=home,
        description=section.summary if section else "",
        feed_url=settings.SITE_URL + request.path,
        language="en",
        feed_guid=home,
    )
    for edition in editions:
        _add(feed, edition)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed: PictureFeed, edition: Edition) -> None:
    """One article. Its id stays when its address changes (a tag URI, RFC 4151)."""
    context = page_context(edition, in_place=False)
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    feed.add_item(
        title=edition.title,
        link=_address(edition),
        description=_text(edition, context),
        pictures=context["pictures"],
        author_name=", ".join(str(line) for line in edition.bylines.all()),
        unique_id=f"tag:{host},{edition.first_live_from:%Y-%m-%d}:article-{edition.article_id}",
        pubdate=edition.first_live_from,
        updateddate=edition.live_from,
        categories=[edition.section.name, *(topic["name"] for topic in edition.topics)],
    )


def _text(edition: Edition, context: dict[str, Any]) -> str:
    """Corrections first, then the standfirst, the pictures with their credits, and the text; addresses are whole."""
    said = format_html_join(
        "",
        "<p><strong>Corrected on {}.</strong> It said: {} It says now: {} Why: {}</p>",
        ((one["on"], one["was"] or "–", one["now"], one["why"]) for one in edition.corrections),
    )
    lead = render_to_string("articles/figure.html", {"image": edition.lead_picture}) if edition.lead_picture else ""
    figure = format_html("<figure>{}</figure>", lead) if lead else ""
    whole = format_html("{}<p>{}</p>{}{}", said, edition.standfirst, figure, context["body"])
    return (
        whole.replace('src="/', f'src="{settings.SITE_URL}/')
        .replace('srcset="/', f'srcset="{settings.SITE_URL}/')
        .replace(", /media/", f", {settings.SITE_URL}/media/")
        .replace('href="#', f'href="{_address(edition)}#')
    )


def _address(edition: Edition) -> str:
    return str(settings.SITE_URL) + edition.get_absolute_url()
