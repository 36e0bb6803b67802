"""Cards of articles in lists, each found again while nothing that it shows changes."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.models.cards import Card
from articles.views import fragments


def of_list(cards: Iterable[Card]) -> list[SafeString]:
    """The picture of the first is at the top of the page, and loaded at once."""
    return [html(card, is_first=place == 0) for place, card in enumerate(cards)]


def html(card: Card, template: str = "_card", *, is_first: bool = False) -> SafeString:
    return fragments.kept(
        fragments.CARDS,
        (template, card.row, is_first),
        lambda: render_to_string(f"articles/{template}.html", {"edition": card.edition, "first": is_first}),
    )
