"""Every page of the desk that this project makes or dresses, and what a browser finds wrong with one."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.axe import AA, violations
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
        "articles": f"{OURS}/article/",
        "an article": f"{OURS}/article/1/change/",
        "its history": f"{OURS}/article/1/history/",
        "what changed": f"{OURS}/article/1/compare/?old=1",
        "everything": "/admin/articles/",
        "its preview": f"{OURS}/article/1/preview/",
        "pictures": f"{OURS}/image/",
        "a picture": f"{OURS}/image/first",
        "a picture replaced": f"{OURS}/image/1/replace/",
        "a picture withdrawn": f"{OURS}/image/1/withdraw/",
        "credits": f"{OURS}/imagecredit/?state=all",
        "a credit": f"{OURS}/imagecredit/first",
        "printed": f"{OURS}/edition/",
        "an edition": f"{OURS}/edition/first",
        "reports": f"{OURS}/sentencereport/",
        "a report": f"{OURS}/sentencereport/first",
        "people": f"{OURS}/contributor/",
        "a person": f"{OURS}/contributor/first",
        "a person's history": f"{OURS}/contributor/1/history/",
        "medicines": f"{OURS}/drug/",
        "a medicine": f"{OURS}/drug/first",
        "topics": f"{OURS}/topic/",
        "a topic": f"{OURS}/topic/first",
        "glossary": f"{OURS}/term/",
        "a term": f"{OURS}/term/first",
        "retractions": f"{OURS}/retractionnotice/",
        "two steps, set up": "/admin/two-step/setup/",
        "password": "/admin/password_change/",
    },
    "newsletter": {
        "letters": f"{OURS}/issue/",
        "a letter": f"{OURS}/issue/first",
        "a letter as sent": f"{OURS}/issue/1/preview/",
        "counts": f"{OURS}/subscription/",
    },
    "admin": {
        "subscribers": f"{OURS}/subscription/",
        "a subscriber": f"{OURS}/subscription/first",
        "never written to": f"{OURS}/suppression/",
        "bounces": f"{OURS}/bounceevent/",
        "sections": f"{OURS}/section/",
        "a section": f"{OURS}/section/first",
        "accounts": "/admin/auth/user/",
        "an account": "/admin/auth/user/first",
        "roles": "/admin/auth/group/",
        "a role": "/admin/auth/group/first",
        "an account deleted": "/admin/auth/user/1/delete/",
    },
}
NARROW, WIDE = (320, 800), (1280, 900)
LOOKS = [  # how the page is looked at: colours, whether they are forced, how wide the window is
    ("light", "none", NARROW),
    ("light", "none", WIDE),
    ("dark", "none", NARROW),
    ("dark", "none", WIDE),
    ("light", "active", NARROW),
]


def opened(page: Page, address: str) -> None:
    response = page.goto(address.removesuffix("first"))
    if address.endswith("first"):
        row = page.locator("#result_list tbody a[href*='/change/']").first
        response = page.goto(str(row.get_attribute("href")))
    else:
        assert urlsplit(page.url).path == urlsplit(address).path, f"{address} leads to {page.url}"
    assert response, address
    assert response.status == 200, address
    if "/article/" in address and page.locator(".django-ckeditor-widget").count():
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()


def seen(page: Page) -> dict[object, object]:
    """What axe finds, by the rules of WCAG 2.2 A and AA, in each scheme."""
    found: dict[object, object] = {}
    for colours, forced, (width, height) in LOOKS:
        page.emulate_media(color_scheme=colours, forced_colors=forced, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        found[colours, forced, width] = violations(page, tags=AA)
    page.emulate_media(color_scheme="light", forced_colors="none")
    return {where: wrong for where, wrong in found.items() if wrong}


def fitted(page: Page) -> dict[str, object]:
    """What scrolls sideways or is cut off at 320 px, with the text as it is and spaced out, everything unfolded."""
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.evaluate(looks.UNFOLD)
    found: dict[str, object] = {}
    asked = (looks.TOO_WIDE, looks.CUT_OFF, looks.SCROLLS_ASIDE)
    for name, spacing in (("as it is", looks.SPACE_BACK), ("spaced out", looks.SPACE_OUT)):
        page.evaluate(spacing)
        found[name] = [one for look in asked for one in page.evaluate(look)]
    page.evaluate(looks.SPACE_BACK)
    return {name: wrong for name, wrong in found.items() if wrong}


def come_to(page: Page) -> dict[int, object]:
    """What is wrong with the walk by keyboard, everything unfolded: in a narrow window, and where something sticks in
    a wide one, in that."""
    page.evaluate(looks.UNFOLD)
    found = {}
    for width, height in (NARROW, WIDE) if page.locator(".judge").count() else (NARROW,):
        page.set_viewport_size({"width": width, "height": height})
        found[width] = walked(page)
    return {width: wrong for width, wrong in found.items() if wrong}
