"""Pages of the desk that come once something was done: signing in, the second step, a picture that is brought in."""

from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.demo_site import Site
from tests.factories import picture_bytes
from tests.journeys.axe import brought_along
from tests.journeys.desk_pages import OURS, wrong_with
from tests.journeys.visitors import come, enter

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
    page = brought_along(browser.new_page(base_url=site.url))
    yield page
    page.close()


@pytest.fixture
def editors(site: Site, browser: Browser) -> Iterator[Page]:
    page = brought_along(come(browser, site, "editor"))
    yield page
    page.context.close()


def test_nothing_is_wrong_where_people_sign_in_and_are_locked_out(page: Page) -> None:
    page.goto("/admin/")
    assert wrong_with(page) == ""
    enter(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("correct")
    assert wrong_with(page) == ""
    for _time in range(4):
        enter(page, "nobody", "wrong")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-in locked")
    assert wrong_with(page) == ""


def test_nothing_is_wrong_at_the_second_step_and_on_the_recovery_codes(site: Site, page: Page) -> None:
    made = site.manage("shell", "-v", "0", "-c", CAREFUL)
    assert made.returncode == 0, made.stderr
    enter(page, "careful", PASSWORD)
    page.goto("/admin/two-step/setup/")
    secret = b32decode(page.locator("code.secret").inner_text().replace(" ", ""))
    page.get_by_label("Six digits").fill("000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("wasn’t accepted")
    assert wrong_with(page) == ""
    page.get_by_label("Six digits").fill(f"{totp(secret):06}")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    code = page.locator(".recovery-codes code").first.inner_text()
    assert wrong_with(page) == ""
    page.goto("/admin/two-step/")
    expect(page.get_by_role("main")).to_contain_text("recovery codes")
    assert wrong_with(page) == ""
    page.context.clear_cookies()
    enter(page, "careful", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("The code from your app")
    assert wrong_with(page) == ""
    page.get_by_label("Six digits").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("wasn’t accepted")
    assert wrong_with(page) == ""
    page.wait_for_timeout(2000)  # a wrong code has to be waited for
    page.get_by_label("Six digits").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good")


def test_nothing_is_wrong_where_a_pasted_picture_is_brought_in(site: Site, editors: Page, tmp_path: Path) -> None:
    made = site.manage("shell", "-v", "0", "-c", PASTED)
    assert made.returncode == 0, made.stderr
    bring_in = f"{OURS}/article/{made.stdout.split()[-1]}/import-picture/?source=https://x.test/a.jpg"
    editors.goto(bring_in)
    expect(editors.get_by_text("The text contains a picture from another site")).to_be_visible()
    assert wrong_with(editors) == ""
    broken, picture = tmp_path / "broken.png", tmp_path / "picture.png"
    broken.write_bytes(b"no picture")
    picture.write_bytes(picture_bytes("PNG", (1000, 560)))
    editors.get_by_label("Picture file").set_input_files(broken)
    editors.get_by_role("button", name="Upload").click()
    expect(editors.locator(".outcome")).to_be_visible()
    assert wrong_with(editors) == ""
    editors.get_by_label("Picture file").set_input_files(picture)
    editors.get_by_role("button", name="Upload").click()
    editors.wait_for_url("**/image/*/change/**")
    assert wrong_with(editors) == ""
    editors.goto(bring_in)
    expect(editors.get_by_text("That picture is no longer in the saved text")).to_be_visible()
    assert wrong_with(editors) == ""


def test_nothing_is_wrong_where_pictures_came_in_without_a_script(editors: Page, tmp_path: Path) -> None:
    editors.route("**/pictures*.js", lambda asked: asked.abort())
    files = [tmp_path / "broken.png", tmp_path / "new.png"]
    files[0].write_bytes(b"no picture")
    files[1].write_bytes(picture_bytes("PNG", (1010, 570)))
    editors.goto(f"{OURS}/image/")
    editors.locator(".drop input[type=file]").first.set_input_files(files)
    editors.locator(".drop button").first.click()
    expect(editors.locator(".outcomes li")).to_have_count(2)
    assert wrong_with(editors) == ""
