"""Every page of the desk that this project makes or dresses: axe finds nothing that WCAG 2.2 A or AA asks for."""

from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.factories import picture_bytes
from tests.journeys.axe import AA, violations
from tests.journeys.conftest import Site
from tests.journeys.pages import letter, reported
from tests.journeys.test_main_path import sign_in

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
        "its preview": f"{OURS}/article/1/preview/",
        "pictures": f"{OURS}/image/",
        "a picture": f"{OURS}/image/first",
        "a picture replaced": f"{OURS}/image/1/replace/",
        "a picture withdrawn": f"{OURS}/image/1/withdraw/",
        "credits": f"{OURS}/imagecredit/?state=all",
        "a credit": f"{OURS}/imagecredit/1/change/",
        "printed": f"{OURS}/edition/",
        "an edition": f"{OURS}/edition/first",
        "reports": f"{OURS}/sentencereport/",
        "a report": f"{OURS}/sentencereport/first",
        "people": f"{OURS}/contributor/",
        "a person": f"{OURS}/contributor/first",
        "medicines": f"{OURS}/drug/",
        "a medicine": f"{OURS}/drug/first",
        "topics": f"{OURS}/topic/",
        "a topic": f"{OURS}/topic/first",
        "glossary": f"{OURS}/term/",
        "a term": f"{OURS}/term/first",
        "retractions": f"{OURS}/retractionnotice/",
        "two steps": "/admin/two-step/",
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
        "never written to": f"{OURS}/suppression/",
        "bounces": f"{OURS}/bounceevent/",
        "sections": f"{OURS}/section/",
        "a section": f"{OURS}/section/first",
        "accounts": "/admin/auth/user/",
        "an account": "/admin/auth/user/first",
        "roles": "/admin/auth/group/",
    },
}
SIZES = {"phone": (390, 844), "desk": (1280, 900)}


@pytest.fixture(scope="module")
def filled(site: Site, browser: Browser) -> None:
    """A letter, and something that a reader reported."""
    page = browser.new_page()
    letter(site, page)
    reported(site, page)
    page.close()


@pytest.fixture(scope="module", params=PAGES)
def signed_in(request: pytest.FixtureRequest, site: Site, browser: Browser, filled: None) -> Iterator[tuple[str, Page]]:
    page = browser.new_page(
        base_url=site.url
    )  # axe itself writes styles, which the desk's policy has the browser refuse
    sign_in(page, site, request.param)
    yield request.param, page
    page.close()


def test_axe_finds_nothing_on_the_desk(signed_in: tuple[str, Page]) -> None:
    username, page = signed_in
    found = {}
    for name, address in PAGES[username].items():
        opened(page, address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for size, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                found[name, scheme, size] = violations(page, tags=AA)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_no_page_of_the_desk_scrolls_sideways_on_a_phone(signed_in: tuple[str, Page]) -> None:
    username, page = signed_in
    page.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for name, address in PAGES[username].items():
        opened(page, address)
        found[name] = page.evaluate("document.documentElement.scrollWidth")
    assert {name: width for name, width in found.items() if width > 390} == {}


PASSWORD = "a-long-word-of-their-own"
# An account of which nothing else here knows, and an article into which somebody pasted a picture of another site.
CAREFUL = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
careful = get_user_model().objects.create_user("careful", password="{PASSWORD}", is_staff=True)
careful.groups.add(Group.objects.get(name="Editor"))
"""
PASTED = """
from django.contrib.auth import get_user_model
from articles.models import Article, Section
from articles.publishing import desk
pasted = Article(title="Pasted", section=Section.objects.first(), body='<p><img src="https://x.test/a.jpg" alt=""></p>')
desk.save(pasted, by=get_user_model().objects.get(username="editor"))
print("pk", pasted.pk)
"""


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(base_url=site.url)
    yield page
    page.close()


def seen(page: Page) -> dict[tuple[str, str], list[object]]:
    """What axe finds wrong with the page as it stands, by scheme and size."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            found[scheme, size] = violations(page, tags=AA)
    return {where: wrong for where, wrong in found.items() if wrong}


def entered(page: Page, username: str, password: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Name of your account").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_axe_finds_nothing_where_people_sign_in_and_are_locked_out(page: Page) -> None:
    page.goto("/admin/")
    assert seen(page) == {}
    entered(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("correct")
    assert seen(page) == {}
    for _time in range(4):
        entered(page, "nobody", "wrong")
    expect(page.get_by_role("heading", level=1)).to_have_text("Locked for a while")
    assert seen(page) == {}


def test_axe_finds_nothing_at_the_second_step_and_on_the_recovery_codes(site: Site, page: Page) -> None:
    made = site.manage("shell", "-v", "0", "-c", CAREFUL)
    assert made.returncode == 0, made.stderr
    entered(page, "careful", PASSWORD)
    page.goto("/admin/two-step/setup/")
    secret = b32decode(page.locator("code.secret").inner_text().replace(" ", ""))
    page.get_by_label("The six digits").fill("000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("not accepted")
    assert seen(page) == {}
    page.get_by_label("The six digits").fill(f"{totp(secret):06}")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    code = page.locator(".recovery-codes code").first.inner_text()
    assert seen(page) == {}
    page.goto("/admin/two-step/")
    expect(page.get_by_role("main")).to_contain_text("recovery codes")
    assert seen(page) == {}
    page.context.clear_cookies()
    entered(page, "careful", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("The code from your app")
    assert seen(page) == {}
    page.get_by_label("Six digits").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not accepted")
    assert seen(page) == {}
    page.wait_for_timeout(2000)  # a wrong code has to be waited for
    page.get_by_label("Six digits").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_axe_finds_nothing_where_a_pasted_picture_is_brought_in(site: Site, page: Page, tmp_path: Path) -> None:
    made = site.manage("shell", "-v", "0", "-c", PASTED)
    assert made.returncode == 0, made.stderr
    bring_in = f"{OURS}/article/{made.stdout.split()[-1]}/bring-in/?source=https://x.test/a.jpg"
    sign_in(page, site, "editor")
    page.goto(bring_in)
    expect(page.get_by_text("The text shows a picture of another site")).to_be_visible()
    assert seen(page) == {}
    broken, picture = tmp_path / "broken.png", tmp_path / "picture.png"
    broken.write_bytes(b"no picture")
    picture.write_bytes(picture_bytes("PNG", (1000, 560)))
    page.get_by_label("The file of the picture").set_input_files(broken)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".outcome")).to_be_visible()
    assert seen(page) == {}
    page.get_by_label("The file of the picture").set_input_files(picture)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/image/*/change/**")
    assert seen(page) == {}
    page.goto(bring_in)
    expect(page.get_by_text("That picture is not in the text as it was saved")).to_be_visible()
    assert seen(page) == {}


def test_axe_finds_nothing_where_pictures_came_in_without_a_script(site: Site, page: Page, tmp_path: Path) -> None:
    page.route("**/pictures*.js", lambda asked: asked.abort())
    sign_in(page, site, "editor")
    files = [tmp_path / "broken.png", tmp_path / "new.png"]
    files[0].write_bytes(b"no picture")
    files[1].write_bytes(picture_bytes("PNG", (1010, 570)))
    page.goto(f"{OURS}/image/")
    page.locator(".drop input[type=file]").first.set_input_files(files)
    page.locator(".drop button").first.click()
    expect(page.locator(".outcomes li")).to_have_count(2)
    assert seen(page) == {}


def opened(page: Page, address: str) -> None:
    response = page.goto(address.removesuffix("first"))
    if address.endswith("first"):
        row = page.locator("#result_list tbody a[href*='/change/']").first
        response = page.goto(str(row.get_attribute("href")))
    assert response, address
    assert response.status == 200, address
    if "/article/" in address and page.locator(".django-ckeditor-widget").count():
        expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
