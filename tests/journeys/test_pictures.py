"""Pictures are pasted, dragged and chosen in the editor; the gate refuses one for its credit; it is mended and printed,
and the credit is read back out of the file that readers are sent, by two readers.
"""

import base64
import json
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from PIL import Image as Pixels
from playwright.sync_api import Browser, Page, Route, expect

from articles.images import metadata
from tests.demo_site import Site
from tests.journeys.axe import violations
from tests.journeys.visitors import ask_for_review, choose_author, enter, open_panel, publish, type_in_editor, visiting

TITLE = "Cold packs after a sprain"
CREDIT = "“Evening field” by Ada Doe via Openplace, CC BY-SA 3.0"
# What a browser does when a file is pasted into the text, or dropped on its first paragraph.
GIVE = """([kind, data, name]) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/png" }));
  const text = CKEDITOR.instances.id_body.editable().$;
  const usual = { bubbles: true, cancelable: true };
  if (kind === "paste") return text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, ...usual }));
  const place = text.querySelector("p");
  const { left, top } = place.getBoundingClientRect();
  for (const each of ["dragenter", "dragover", "drop"]) {
    const where = { clientX: left + 4, clientY: top + 4 };
    place.dispatchEvent(new DragEvent(each, { dataTransfer: transfer, ...usual, ...where }));
  }
}"""
PASTE_HTML = """(html) => {
  const transfer = new DataTransfer();
  transfer.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
  CKEDITOR.instances.id_body.editable().$.dispatchEvent(event);
}"""

# What a browser does when text is pasted into the field that has the focus.
PASTE_LINE = """(text) => {
  const transfer = new DataTransfer();
  transfer.setData("text/plain", text);
  const field = document.activeElement;
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
  if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""


def drawn(seed: int, size: tuple[int, int] = (900, 600), format: str = "PNG") -> bytes:
    """A picture with a look of its own for every seed."""
    fields = Pixels.frombytes("RGB", (9, 8), bytes((seed * n * n + 31 * n + seed) % 256 for n in range(216)))
    out = BytesIO()
    fields.resize(size, Pixels.Resampling.BICUBIC).save(out, format)
    return out.getvalue()


def give(page: Page, kind: str, data: bytes, name: str) -> None:
    page.evaluate(GIVE, [kind, base64.b64encode(data).decode(), name])


def describe(page: Page, alt: str, **credit: str) -> None:
    """Fills in the form that follows a picture, and keeps it."""
    box = page.get_by_role("dialog")
    expect(box.get_by_role("heading", level=2)).to_have_text("Alt text and credit")
    box.locator("#describe_alt").fill(alt)
    for name, value in credit.items():
        field = box.locator(f"#describe_{name}")
        field.select_option(value) if name == "license" else field.fill(value)
    box.get_by_role("button", name="Save").click()
    expect(box).to_be_hidden()


def test_pictures_are_pasted_dragged_and_chosen_and_carry_their_credit_into_print(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        desk = write(page)
        paste_one(page)
        drag_one(page)
        choose_one(page)
        data = page.evaluate("CKEDITOR.instances.id_body.getData()")
        assert len(re.findall(r'<figure data-picture="\d+">', data)) == 3
        assert "<img" not in data
        upload_lead(page)
        expect(page.locator("#checks")).to_contain_text("“Evening field” in the text needs")
        ask_for_review(page)

    with visiting(browser, site, "editor") as page:
        page.goto(desk)
        page.get_by_role("button", name="Publish…").click()
        expect(page.get_by_role("heading", name="to fix first")).to_be_visible()
        complete(page)

    with visiting(browser, site, "reviewer") as page:
        page.goto(desk)
        page.get_by_role("button", name="Sign off", exact=True).click()
        expect(page.get_by_text("You signed off on this version.")).to_be_visible()

    with visiting(browser, site, "editor") as page:
        page.goto(desk)
        publish(page)

    with visiting(browser, site) as page:
        page.goto("/articles/cold-packs-after-a-sprain/")
        figure = page.locator("figure.picture", has_text="Evening field")
        expect(figure).to_contain_text(CREDIT)
        address = figure.locator("img").get_attribute("src")
    read_back(site.url + str(address))


def write(page: Page) -> str:
    page.goto("/admin/articles/article/add/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_standfirst").fill("What cold can do, and what it cannot.")
    type_in_editor(page)
    open_panel(page, "details")
    page.locator("#id_section").select_option(label="Treatments")
    page.locator("#id_disclosure").fill("Nobody paid for this text.")
    choose_author(page)
    open_panel(page, "references")
    page.get_by_text("Add another Reference").click()
    page.locator("#id_references-0-citation").fill("Doe J. Cold packs and warmth. J Pain. In press.")
    page.locator("#id_references-0-doi").fill("10.1002/14651858.CD004750.pub2")
    page.locator("#id_references-0-position").fill("1")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#checks")).to_be_visible()
    expect(page.frame_locator("iframe.cke_wysiwyg_frame").locator("h2").first).to_be_visible()
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").last.click()
    page.keyboard.press("End")
    return page.url


def paste_one(page: Page) -> None:
    """Its form says what the license asks for and the credit lacks; the author leaves it like that for now."""
    give(page, "paste", drawn(3), "image.png")
    box = page.get_by_role("dialog")
    expect(box.locator("[data-lacks]")).to_contain_text("Readers can’t see it yet")
    expect(box).to_contain_text("not legal advice")
    assert violations(page, "dialog") == []
    describe(page, "A field in the evening.", title="Evening field", creator="Ada Doe", source="Openplace")
    expect(page.locator(".picture-said")).to_contain_text("credit is incomplete")


def drag_one(page: Page) -> None:
    give(page, "drop", drawn(7), "dropped.png")
    describe(page, "A cold pack.", title="Cold pack", creator="Inside Pain Medicine", license="own-work")
    expect(page.locator(".picture-said")).to_contain_text("“Cold pack” was added to the text.")


def choose_one(page: Page) -> None:
    page.locator(".cke_button__picture").click()
    box = page.get_by_role("dialog", name="Choose a picture")
    box.get_by_label("Search the library").fill("Slow tide")
    expect(box.get_by_role("listitem")).to_have_count(1)
    box.get_by_role("button", name="Slow tide").click()
    expect(page.frame_locator("iframe.cke_wysiwyg_frame").locator("figure")).to_have_count(3)


def upload_lead(page: Page) -> None:
    """The save waits for a picture on its way: it isn't sent without one that failed, and goes on once it is there."""
    open_panel(page, "picture")
    panel, bar = page.locator("#panel-picture"), page.locator(".article-bar")
    held: list[Route] = []
    page.route("**/image/upload/", lambda route: held.append(route))  # a builtin is none that it can call
    panel.get_by_role("button", name="Choose a picture").click()
    chooser = page.get_by_role("dialog", name="Choose a picture")
    lead = {"name": "lead.png", "mimeType": "image/png", "buffer": drawn(23)}
    chooser.get_by_label("Upload one").set_input_files(lead)
    bar.get_by_role("button", name="Save", exact=True).click()
    expect(bar).to_contain_text("Saving waits for a picture.")
    expect(panel.get_by_role("progressbar")).to_be_visible()
    held.pop().fulfill(body="cut off")
    expect(bar).to_contain_text("Not saved: a picture didn’t arrive.")
    page.unroute("**/image/upload/")
    assert violations(page, "#panel-picture") == []
    panel.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("dialog")).to_contain_text("Alt text and credit")
    page.keyboard.press("Control+s")
    expect(bar).to_contain_text("Saving waits for a picture.")
    describe(page, "A bright field.", title="Bright field", creator="Inside Pain Medicine", license="own-work")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(panel.locator("figure")).to_contain_text("Bright field")


def complete(page: Page) -> None:
    page.goto("/admin/articles/image/?q=Evening+field")
    page.get_by_role("link", name="Evening field").click()
    expect(page.get_by_role("complementary")).to_contain_text("a license: “Flickr” is not a license.")
    page.locator("#id_credit-0-license").select_option("cc-by-sa-3.0")
    page.locator("#id_credit-0-source_url").fill("https://openplace.example/evening-field")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("complementary")).to_contain_text("Readers can see it")


def read_back(address: str) -> None:
    """With our own reader over Pillow, and with exiftool."""
    with urlopen(address, timeout=60) as answer:
        data = answer.read()
    found = metadata.read(data)
    assert (found.title, found.creator, found.credit_line) == ("Evening field", "Ada Doe", CREDIT)
    exiftool = shutil.which("exiftool")
    if exiftool is None:
        pytest.skip("exiftool is missing: apt-get install libimage-exiftool-perl")
    done = subprocess.run([exiftool, "-j", "-"], input=data, capture_output=True, check=True)
    [tags] = json.loads(done.stdout)
    assert (tags["Title"], tags["Creator"], tags["Credit"]) == ("Evening field", "Ada Doe", CREDIT)
    assert not [name for name in tags if name.startswith("GPS")]


def test_a_raw_picture_is_not_loaded_and_is_brought_in(site: Site, browser: Browser, tmp_path: Path) -> None:
    """It would tell another site who writes here; the finding leads to where its file takes its place."""
    file = tmp_path / "猫.png"
    file.write_bytes(drawn(11))
    with visiting(browser, site, "author") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/admin/articles/article/add/")
        page.locator("#id_title").fill("A raw picture")
        page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
        page.keyboard.type("Words.")
        page.evaluate(PASTE_HTML, '<p>Before <img src="https://elsewhere.example/far.jpg"> after</p>')
        expect(page.frame_locator("iframe.cke_wysiwyg_frame").locator(".pasted-picture")).to_be_visible()
        page.get_by_role("button", name="Save").first.click()
        page.locator("#checks").get_by_role("link", name="Add it").click()
        assert violations(page, ".action-page") == []
        page.get_by_label("Picture file").set_input_files(file)
        page.get_by_role("button", name="Upload").click()
        expect(page.locator(".messagelist")).to_contain_text("Added to “A raw picture”.")
        assert [url for url in asked if not url.startswith(site.url)] == []


def test_a_pasted_credit_line_is_read_and_only_what_its_license_needs_is_asked(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "author") as page:
        page.goto("/admin/articles/article/add/")
        open_panel(page, "picture")
        page.locator("#id_credit_source").fill("Elsewhere")
        page.locator("#id_credit_line").focus()
        page.evaluate(PASTE_LINE, "Image by Ada Doe via Flickr (CC BY 2.0)")
        read = page.locator(".credit-read")
        expect(read.get_by_role("listitem")).to_have_text(
            ["Creator: Ada Doe", "Source: Flickr", "Title of the work: not stated", "Link to the work: not stated",
             "License: CC BY 2.0"]
        )  # fmt: skip
        expect(page.locator("#id_credit_creator")).to_have_value("Ada Doe")
        expect(page.locator("#id_credit_license")).to_have_value("cc-by-2.0")
        expect(page.locator("#id_credit_is_untitled")).to_be_visible()
        expect(page.locator("#id_credit_permission")).to_be_hidden()
        assert violations(page, "#panel-picture") == []
        read.get_by_role("button", name="Undo").click()
        expect(page.locator("#id_credit_creator")).to_have_value("")
        expect(page.locator("#id_credit_source")).to_have_value("Elsewhere")
        page.locator("#id_credit_license").select_option("permission")
        expect(page.locator("#id_credit_permission")).to_be_visible()
        expect(page.locator("#id_credit_license_port")).to_be_hidden()


def test_a_session_that_ends_on_the_way_loses_nothing(site: Site, browser: Browser, tmp_path: Path) -> None:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/image/")
        page.context.clear_cookies(name="desk")
        files = [tmp_path / "text.jpg", tmp_path / "large.jpg", tmp_path / "fine.png"]
        for path, data in zip(files, (b"words", b"0" * (41 * 1024 * 1024), drawn(13)), strict=True):
            path.write_bytes(data)
        page.locator("#drop-file").set_input_files(files)
        row = page.locator(".outcome", has_text="fine.png")
        expect(row).to_contain_text("you’re signed out. Nothing is lost")
        expect(page.locator(".outcome", has_text="large.jpg")).to_contain_text("larger than 40 MB")
        other = page.context.new_page()
        enter(other, "editor", site.password("editor"))
        expect(other.get_by_role("heading", level=1)).to_contain_text("Good")
        other.close()
        row.get_by_role("button", name="Try again").click()
        expect(row).to_contain_text("is in the library")
        page.locator(".outcome", has_text="text.jpg").get_by_role("button", name="Try again").click()
        expect(page.locator(".outcome", has_text="text.jpg")).to_contain_text("isn’t a supported picture")
        assert violations(page, ".drop") == []


def test_a_twin_is_shown_beside_the_picture_before_it_is_stored_twice(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/image/")
        choose = page.locator("#drop-file")
        choose.set_input_files({"name": "one.png", "mimeType": "image/png", "buffer": drawn(17)})
        expect(page.locator(".outcome", has_text="one.png")).to_contain_text("is in the library")
        again = {"name": "two.webp", "mimeType": "image/webp", "buffer": drawn(17, (450, 300), "WEBP")}
        choose.set_input_files(again)
        row = page.locator(".outcome", has_text="two.webp")
        expect(row).to_contain_text("Is it the same picture?")
        assert violations(page, ".drop") == []
        row.get_by_role("button", name="store it anyway").click()
        expect(row).to_contain_text("“two.webp” is in the library.")


def test_the_middle_of_a_picture_is_moved_with_the_keys_and_by_a_click(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/image/?q=Echo")
        page.get_by_role("link", name="Echo").click()
        point = page.get_by_role("button", name="Focal point")
        point.focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowDown")
        expect(page.locator("#id_focal_x")).to_have_value("0.48")
        expect(page.locator("#id_focal_y")).to_have_value("0.6")
        box = page.locator("[data-focal] img").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
        expect(page.locator("#id_focal_x")).to_have_value("0.25")
        state = page.context.storage_state()
        # axe tries styles of its own there, which the desk's policy would complain of.
        other = browser.new_context(storage_state=state, bypass_csp=True).new_page()
        other.goto(page.url)
        assert violations(other, ".status-column") == []
        other.context.close()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#id_focal_x")).to_have_value("0.25")
