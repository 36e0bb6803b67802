"""The front pages: home and a section's. A lead and two more, rows for the rest, and ways in by what hurts."""

from itertools import chain
from string import ascii_uppercase

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles import cache, public_state
from articles.metadata import structured_data
from articles.models import Edition
from articles.models.cards import newest_in_each
from articles.search.alphabet import letter_of
from articles.views import cards, fragments, tiles
from articles.views.articles import ON_A_PAGE, section_or_404, site_page
from articles.views.paging import EditionPages

IN_A_LANE = 3  # articles of each section on the home page
BESIDE_THE_LEAD = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    number, sections = public_state.current(), cache.sections()
    newest = newest_in_each(sections, IN_A_LANE + BESIDE_THE_LEAD + 1)
    where, helps, medicines = tiles.of_home("where"), tiles.of_home("help"), cache.medicines()
    letters = {letter_of(card.name) for card in medicines}

    def make() -> SafeString:
        every = sorted(chain(*newest.values()), key=lambda card: (card.edition.first_live_from, card.pk), reverse=True)
        reviewed = (card for card in every if card.edition.review and card.edition.review.holds())
        lead = next(chain(reviewed, every), None)
        front = [card for card in every if card is not lead][:BESIDE_THE_LEAD]
        rest = [(section, [card for card in newest[section.pk] if card not in (lead, *front)]) for section in sections]
        context = {
            "where": where,
            "helps": helps,
            "lead": lead and cards.html(lead, "_lead", is_first=True),
            "front": [cards.html(card, "_second") for card in front],
            "lanes": [
                (section, [cards.html(card, "_row") for card in own[:IN_A_LANE]]) for section, own in rest if own
            ],
            "medicines": len(medicines),
            "letters": [(letter, letter in letters) for letter in ascii_uppercase],
            "structured_data": structured_data.home(),
        }
        return render_to_string("articles/home.html", context, request)

    made_of = ([card.row for card in chain(*newest.values())], where, helps, len(medicines), sorted(letters))
    return HttpResponse(fragments.page(request, number, made_of, make))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section, or a page about the site itself, which has an address of the same form."""
    is_section = any(section.slug == slug for section in cache.sections())
    return (None if is_section else site_page(request, slug)) or _section(request, slug)


def _section(request: HttpRequest, slug: str) -> HttpResponse:
    number, found = public_state.current(), section_or_404(slug)
    pages = EditionPages(Edition.objects.live().articles().for_list().in_section(found), ON_A_PAGE, name=request.path)
    page, subjects = pages.get_page(request.GET.get("page")), tiles.of_section(found)

    def make() -> SafeString:
        data = structured_data.listing(
            found.get_absolute_url(), found.name, page, first=page.start_index(), description=found.summary
        )
        shown = list(page)
        lead = shown.pop(0) if shown and page.number == 1 else None
        front = shown[:BESIDE_THE_LEAD] if lead else []
        context = {
            "section": found,
            "subjects": subjects,
            "page": page,
            "lead": lead and cards.html(lead, "_lead", is_first=True),
            "front": [cards.html(card, "_second") for card in front],
            "rows": [cards.html(card, "_row") for card in shown[len(front) :]],
            "structured_data": data,
        }
        return render_to_string("articles/section.html", context, request)

    if request.GET.keys() - {"page"}:  # the links to other pages have them too
        return HttpResponse(make())
    made_of = (found.name, found.summary, subjects, page.number, pages.num_pages, [card.row for card in page])
    return HttpResponse(fragments.page(request, number, made_of, make))
