"""Every page of the desk that this project makes or dresses, and what a browser finds wrong with one."""

import re
from html import unescape
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.axe import AA, AA_COLORS, SIZES, Viewer, violations
from tests.journeys.keyboard import walked

OURS = "/admin/articles"
# Who opens what. A list leads to its first line where the address ends on “first”.
PAGES = {
    "author": {"the desk": "/admin/", "a new article": f"{OURS}/article/add/"},
    "reviewer": {
        "reading": f"{OURS}/article/1/change/",
        "reviews": f"{OURS}/review/",
        "a review": f"{OURS}/review/first",
    },
    "editor": {
        "the desk": "/admin/",
        "the calendar": "/admin/calendar/",
        "a move": "/admin/calendar/1/move/",
        "a search": "/admin/search/?q=nerve",
        "articles": f"{OURS}/article/",
        "an article": f"{OURS}/article/1/change/",
        "its history": f"{OURS}/article/1/history/",
        "what changed": f"{OURS}/article/1/compare/?old=1",
        "everything": "/admin/articles/",
        "its preview": f"{OURS}/article/1/preview/",
        "pictures": f"{OURS}/image/",
        "a picture": f"{OURS}/image/first",
        "a picture replaced": f"{OURS}/image/1/replace/",
        "a picture taken down": f"{OURS}/image/1/take-down/",
        "credits": f"{OURS}/imagecredit/?state=all",
        "a credit": f"{OURS}/imagecredit/first",
        "printed": f"{OURS}/edition/",
        "an edition": f"{OURS}/edition/first",
        "reports": f"{OURS}/sentencereport/",
        "a report": f"{OURS}/sentencereport/first",
        "people": f"{OURS}/contributor/",
        "a person": f"{OURS}/contributor/first",
        "a person’s history": f"{OURS}/contributor/1/history/",
        "medicines": f"{OURS}/drug/",
        "a medicine": f"{OURS}/drug/first",
        "labels": f"{OURS}/label/",
        "a label": f"{OURS}/label/first",
        "drawings": f"{OURS}/drawing/",
        "a drawing": f"{OURS}/drawing/first",
        "procedures": f"{OURS}/procedure/",
        "a procedure": f"{OURS}/procedure/first",
        "topics": f"{OURS}/topic/",
        "a topic": f"{OURS}/topic/first",
        "glossary": f"{OURS}/term/",
        "a term": f"{OURS}/term/first",
        "retractions": f"{OURS}/retractionnotice/",
        "notes on sources": f"{OURS}/sourcenote/",
        "a note on a source": f"{OURS}/sourcenote/add/",
        "notifications": "/admin/notifications/",
        "two steps, set up": "/admin/two-step/setup/",
        "password": "/admin/password_change/",
    },
    "newsletter": {
        "newsletters": f"{OURS}/issue/",
        "a letter": f"{OURS}/issue/first",
        "a letter as sent": f"{OURS}/issue/1/preview/",
        "a letter that is approved": f"{OURS}/issue/2/preview/?approve=1",
        "counts": f"{OURS}/subscription/",
    },
    "admin": {
        "subscribers": f"{OURS}/subscription/",
        "a subscriber": f"{OURS}/subscription/first",
        "a subscriber erased": f"{OURS}/subscription/1/erase/",
        "never written to": f"{OURS}/suppression/",
        "bounces": f"{OURS}/bounceevent/",
        "sections": f"{OURS}/section/",
        "a section": f"{OURS}/section/first",
        "accounts": "/admin/auth/user/",
        "an account": "/admin/auth/user/first",
        "invitations": f"{OURS}/invitation/",
        "an invitation": f"{OURS}/invitation/add/",
        "system": "/admin/system/",
        "an account closed": "/admin/auth/user/1/closing/",
        "an account deleted": "/admin/auth/user/1/delete/",
    },
}
SCHEMES = {"dark": {"color_scheme": "dark"}, "forced colors": {"forced_colors": "active"}}
NARROW, WIDE = (320, 800), (1280, 900)


def wrong_with(page: Page, *, in_every_way: bool = False) -> str:
    """What axe finds with a page as it stands, what does not fit into 320 px, what the keyboard does not come to there.

    In every way, axe asks all rules in each window and each scheme, and the keyboard walks in a wide window as well.
    """
    walks = (NARROW, WIDE) if in_every_way else (NARROW,)
    looked = {"axe": seen(page, asks_all=in_every_way), "fit": fitted(page), "keyboard": come_to(page, walks)}
    return "\n".join(f"{look}, {where}: {what}" for look, found in looked.items() for where, what in found.items())


def opened(page: Page, address: str) -> None:
    if address.endswith("first"):
        address = first_line(page, address.removesuffix("first"))
    response = page.goto(address)
    assert urlsplit(page.url).path == urlsplit(address).path, f"{address} leads to {page.url}"
    assert response, address
    assert response.status == 200, address
    if "/article/" in address and page.locator(".django-ckeditor-widget").count():
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()


def first_line(page: Page, list_address: str) -> str:
    """Where a list's first line leads to. The list is only read: it is shown where it is what is looked at."""
    found = re.search(
        r'id="result_list".*?href="([^"]+/change/[^"]*)"', page.request.get(list_address).text(), re.DOTALL
    )
    assert found, f"{list_address} is empty"
    return unescape(found[1])


def seen(page: Page, *, asks_all: bool) -> dict[str, object]:
    """What axe finds by the rules of WCAG 2.2 A and AA: by all in light in a wide window, where most is shown;
    there, in the dark and in forced colors, by those that read colors; at 320 px by those that read sizes or colors.
    """
    viewer = Viewer(page, AA, asks_all=asks_all)
    shown(page, WIDE)
    found: dict[str, object] = {"light, 1280 px": viewer.look(SIZES)}
    for name, scheme in SCHEMES.items():
        shown(page, WIDE, **scheme)
        found[f"{name}, 1280 px"] = viewer.look(AA_COLORS, scheme=name)
    shown(page, NARROW)
    found["light, 320 px"] = violations(page, tags=AA, rules=None if asks_all else [*SIZES, *AA_COLORS])
    if asks_all:
        shown(page, NARROW, **SCHEMES["dark"])
        found["dark, 320 px"] = violations(page, tags=AA)
    return {where: wrong for where, wrong in found.items() if wrong}


def shown(page: Page, size: tuple[int, int], color_scheme: str = "light", forced_colors: str = "none") -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=color_scheme, forced_colors=forced_colors, reduced_motion="reduce")


def fitted(page: Page) -> dict[str, object]:
    """What scrolls sideways or is cut off at 320 px, with the text as it is and spaced out, everything unfolded."""
    shown(page, NARROW)
    page.evaluate(looks.UNFOLD)
    asked = (looks.TOO_WIDE, looks.CUT_OFF, looks.SCROLLS_ASIDE)
    how = {"as it is": looks.together(*asked), "spaced out": looks.spaced_out(*asked)}
    return {name: wrong for name, look in how.items() if (wrong := page.evaluate(look))}


def come_to(page: Page, sizes: tuple[tuple[int, int], ...]) -> dict[str, object]:
    """What is wrong with the walk by keyboard in a window of each size, everything unfolded."""
    page.evaluate(looks.UNFOLD)
    found: dict[str, object] = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found[f"{width} px"] = walked(page)
    return {width: wrong for width, wrong in found.items() if wrong}
