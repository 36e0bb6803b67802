"""The page of an article: what it shows of a live edition, found again while nothing of it changes; or of a proof."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles import cache, public_state
from articles.evidence import citations
from articles.metadata import structured_data
from articles.models import Edition, EditionByline, Image, RetractionNotice, shown
from articles.models.cards import Card, of_articles
from articles.models.page_type import ARTICLE, PAGE
from articles.publishing import drawings, page_texts, retractions, share_cards
from articles.publishing.page_texts import WorkedOut
from articles.readers import answers
from articles.richtext import text
from articles.richtext.render import BACK, page_text
from articles.search.related import SHOWN, related
from articles.views import cards, fragments, media

TEMPLATES = {PAGE: "articles/site_page.html"}  # of proofs, too; all others read like an article
CONTENTS_FROM = 4  # headings; a shorter text needs no list of them


def of(
    live: shown.ShownArticle,
    request: HttpRequest,
    *,
    template: str = "",
    beside: tuple[Any, ...] = (),
    more: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> str:
    """The page of a live edition, in at most three queries more: for pictures, notices, and articles to read next.

    `more` says what another template shows besides, given what an article’s shows; it is made of `beside`.
    """
    number, words = public_state.current(), page_texts.words()
    template = template or template_of(live.page_type)
    worked_out = page_texts.kept_of(live) or fragments.kept(
        fragments.PAGES, (live.row, words.names), lambda: page_texts.anew(live)
    )
    pictures = shown.Pictures.of([*live.lead_image_ids, *worked_out.pictures])
    notices = shown.notices(worked_out.dois, worked_out.pmids)
    neighbors, topics = _neighbors(live) if live.page_type == ARTICLE else [], list(cache.topics().items())
    near = [card.row for card in neighbors]
    made_of = (live.rows, pictures.rows, notices, near, topics, words.facts, template, beside)

    def make() -> SafeString:
        edition = live.edition()
        edition.lead_image = next(iter(pictures.among(live.lead_image_ids).values()), None)
        context = _context(edition, worked_out, pictures.among(worked_out.pictures), live.bylines(edition))
        context |= {
            "references": _references(edition, worked_out.page.cited, shown.notice_models(notices)),
            "related": [cards.html(card, "_next") for card in neighbors],
            "can_report": True,
            "structured_data": structured_data.article(
                edition, context["bylines"], context["pictures"], context["medicines"]
            ),
        }
        return render_to_string(template, context | (more(context) if more else {}), request)

    return fragments.page(request, number, made_of, make)


def template_of(page_type: str) -> str:
    return TEMPLATES.get(page_type, "articles/article.html")


def _neighbors(live: shown.ShownArticle) -> list[Card]:
    return related(live.edition()) if live.nearest is None else of_articles(live.nearest)[:SHOWN]


def _references(
    edition: Edition, cited: Sequence[int], notices: Sequence[RetractionNotice] | None = None
) -> list[dict[str, Any]]:
    """The references with their year and site, what became of them, and the letters of the places that cite them."""
    marked = retractions.marked(edition.references, notices)
    return [
        {
            **reference,
            "year": citations.year(reference["citation"]),
            "site": (urlsplit(reference["url"]).hostname or "").removeprefix("www."),
            "back": BACK[:times],
        }
        for reference, times in zip(marked, cited, strict=True)
    ]


def page_context(
    edition: Edition, bylines: Sequence[EditionByline] = (), *, in_place: bool = True, is_private: bool = False
) -> dict[str, Any]:
    """What `article.html` shows of an edition that is not live, as of a proof, which is in no table. One query more if
    its text has pictures, and one if it has references.

    Not `in_place`, references are links and nothing stands around the text: for feeds. What `is_private` shows may hold
    pictures that aren’t public.
    """
    ids = text.picture_ids(edition.body)
    pictures = Image.objects.with_credit().in_bulk(ids) if ids else {}
    if is_private:
        media.let_in([*([edition.lead_image] if edition.lead_image else []), *pictures.values()])
    if in_place:
        worked_out = page_texts.work_out(edition)
        context = _context(edition, worked_out, pictures, bylines)
        return context | {"references": _references(edition, worked_out.page.cited)}
    text_of_page = page_text(edition.body, references=len(edition.references))
    drawn = drawings.shown(text_of_page.drawings, page=edition.get_absolute_url())
    body = text_of_page.with_figures(_figures(edition, pictures), drawn)
    return {"edition": edition, "body": body.html, "pictures": _shown(edition, pictures.values())}


def _context(
    edition: Edition, worked_out: WorkedOut, pictures: Mapping[int, Image], bylines: Sequence[EditionByline]
) -> dict[str, Any]:
    """What a page where everything opens in place shows, references aside."""
    lead = render_to_string("articles/_lead_picture.html", {"edition": edition}) if edition.lead_image else ""
    drawn = drawings.shown(worked_out.page.drawings)
    body = worked_out.page.with_figures(_figures(edition, pictures), drawn, lead)
    parts = [heading for heading in body.headings if heading.level == 2 and text.box_of(heading.text) != "key"]
    corrected = [{**one, "on": date.fromisoformat(one["on"])} for one in reversed(edition.corrections)]
    return {
        "edition": edition,
        "topic": next((topic for topic in edition.topics if topic["slug"] in cache.topics()), None),
        "body": body.html,
        "pictures": _shown(edition, pictures.values()),
        "terms": cache.terms(body.terms),
        "question_key": answers.question_key(edition.closing_question) if answers.can_be_answered(edition) else "",
        "contents": parts if len(parts) >= CONTENTS_FROM else [],
        "has_signs": body.has_signs,
        "share_card": share_cards.card_of(edition),
        "has_blocks": worked_out.page.has_blocks,
        "has_drawings": any(worked_out.page.drawings),
        "tells_of_crisis": worked_out.tells_of_crisis,
        "medicines": worked_out.cards(cache.medicines()),
        "corrections": corrected,
        "swapped": _swapped(edition, pictures.values()),
        "bylines": bylines,
    }


def _figures(edition: Edition, pictures: Mapping[int, Image]) -> dict[int, str]:
    return {
        pk: render_to_string("articles/figure.html", {"image": edition.shown(image)}) for pk, image in pictures.items()
    }


def _shown(edition: Edition, in_text: Iterable[Image]) -> list[Image]:
    """The pictures that readers are sent with the page, the lead picture first, each once."""
    every = [*([edition.lead_image] if edition.lead_image else []), *in_text]
    return [image for image in dict.fromkeys(map(edition.shown, every)) if image.is_shown]


def _swapped(edition: Edition, in_text: Iterable[Image]) -> list[Image]:
    """Pictures that were replaced after the review that vouches for them."""
    if edition.review is None:
        return []
    every = [*([edition.lead_image] if edition.lead_image else []), *in_text]
    return [image for image in every if image.replaced_at and image.replaced_at > edition.review.decided_at]
