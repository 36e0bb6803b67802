"""The medicines: all of them from A to Z with their brands, and a page for each one whose card readers may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Contributor, Drug, Edition, Topic
from articles.models.cards import cards as newest
from articles.models.knowledge import capitalized
from articles.search.alphabet import letter_of
from articles.views import cards
from articles.views.browse import by_letter

MOST = 20  # articles on a medicine's page; a search finds the others
LONGEST = 160  # characters of a description; search engines cut off what is more


@dataclass(frozen=True)
class Brand:
    """A brand or another name, and the medicines that are in it: of several, it is a combination."""

    name: str
    medicines: tuple[str, ...]
    is_former: bool

    @property
    def slug(self) -> str:
        return slugify(self.name)


@dataclass(frozen=True)
class Line:
    """A line of the list: a medicine, or the name of a brand with what is in it."""

    name: str
    card: Drug | None = None
    brand: Brand | None = None
    ingredients: tuple[tuple[str, str], ...] = ()  # names, and addresses of those that have a page


@require_safe
def medicines(request: HttpRequest) -> HttpResponse:
    known = {card.name: card for card in cache.medicines()}
    lines = [Line(card.capitalized, card) for card in known.values()]
    lines += [
        Line(capitalized(brand.name), brand=brand, ingredients=_addresses(brand.medicines, known))
        for brand in _brands().values()
        if known.keys() & set(brand.medicines)
    ]
    shown = by_letter(lines)
    context = {
        "letters": [letter for letter, _lines in shown],
        "shown": shown,
        "structured_data": structured_data.medicines(known.values()),
    }
    return render(request, "articles/medicines.html", context)


@require_safe
def medicine(request: HttpRequest, slug: str) -> HttpResponse:
    """Under a brand's name leads to what is in it."""
    known = {card.name: card for card in cache.medicines()}
    card = next((card for card in known.values() if card.slug == slug), None)
    if card is None:
        return _of_a_brand(slug, known)
    brands = [brand for brand in _brands().values() if card.name in brand.medicines]
    found = newest(Edition.objects.live().for_list().naming(card).ids(0, MOST + 1))
    description = _description(card)
    has_page = Contributor.objects.public().filter(pk=card.checked_by_id).exists() if card.checked_by_id else False
    context = {
        "card": card,
        "letter": letter_of(card.name),
        "brands": [brand.name for brand in brands if len(brand.medicines) == 1 and not brand.is_former],
        "former": [brand.name for brand in brands if brand.is_former],
        "combinations": [_combination(brand, card, known) for brand in brands if len(brand.medicines) > 1],
        "topics": Topic.objects.filter(medicines=card),
        "articles": [cards.html(card, "_row") for card in found[:MOST]],
        "are_more": len(found) > MOST,
        "terms": cache.terms(["boxed-warning"]),
        "description": description,
        "has_page": has_page,
        "structured_data": structured_data.medicine(card, description, has_page=has_page),
    }
    return render(request, "articles/medicine.html", context)


def _of_a_brand(slug: str, known: dict[str, Drug]) -> HttpResponse:
    """The way to the medicine that is in it; of a combination, to its line in the list."""
    brand = next((brand for brand in _brands().values() if brand.slug == slug), None)
    within = [known[name] for name in brand.medicines if name in known] if brand else []
    if brand is None or not within:
        raise Http404
    is_alone = len(brand.medicines) == 1
    address = within[0].get_absolute_url() if is_alone else f"{reverse('medicines')}#{brand.slug}"
    return HttpResponsePermanentRedirect(address)


def _brands() -> dict[str, Brand]:
    """By their names. What is in a combination is true whether or not readers may see each card."""

    def read() -> dict[str, Brand]:
        rows = Drug.objects.filter(is_class=False).values_list("name", "brands", "former_brands")
        within: dict[str, list[str]] = {}
        former = {brand for _name, _brands, gone in rows for brand in gone}
        for name, brands, gone in rows:
            for brand in dict.fromkeys([*brands, *gone]):
                within.setdefault(brand, []).append(name)
        return {brand: Brand(brand, tuple(names), brand in former) for brand, names in within.items()}

    return cache.by_state("brands of medicines", read)


def _addresses(names: Sequence[str], known: dict[str, Drug]) -> tuple[tuple[str, str], ...]:
    return tuple((name, known[name].get_absolute_url() if name in known else "") for name in names)


def _combination(brand: Brand, card: Drug, known: dict[str, Drug]) -> Line:
    """A brand with what is in it beside a medicine."""
    others = [name for name in brand.medicines if name != card.name]
    return Line(brand.name, brand=brand, ingredients=_addresses(others, known))


def _description(card: Drug) -> str:
    """One sentence for machines and lists of results, with a brand and the class while they fit."""
    about = "what it is, how it is given, its label"
    if card.boxed_warning:
        about = f"its boxed warning, {about}"
    brand = f" ({card.brands[0]})" if card.brands else ""
    name = card.capitalized
    sentences = (f"{name}{brand}, {card.drug_class}: {about}.", f"{name}, {card.drug_class}: {about}.")
    return next((sentence for sentence in sentences if len(sentence) <= LONGEST), f"{name}: {about}.")
