"""A medical reviewer without an account, on a phone: from the mail to the signature in print."""

from playwright.sync_api import Browser, expect

from tests.demo_site import Site
from tests.journeys.axe import violations
from tests.journeys.visitors import link, open_panel, visiting

REVIEWER = "tomas.reyk@example.org"
QUESTIONABLE = "Ziconotide acts on opioid receptors."  # what only a medical reviewer can judge


def test_a_reviewer_signs_on_a_phone_by_the_link_in_their_mail(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/article/add/")
        page.locator("#id_title").fill("Sleep and pain")
        page.locator("#id_standfirst").fill(f"Each makes the other worse. {QUESTIONABLE}")
        open_panel(page, "details")
        page.locator("#id_section").select_option(label="Conditions")
        page.get_by_role("button", name="Ask for review").click()
        page.get_by_label("Or ask one reviewer by email").select_option(label="Tomas Reyk, MD")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("A link to this version is on its way")).to_be_visible()
        assert "/review/" not in page.content()
        desk = page.url

    body = site.newest_mail(REVIEWER).get_body(("plain",))
    assert body is not None
    address = link(body.get_content(), "review")
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(address)
    expect(page.get_by_text("This link was made for")).to_contain_text("Tomas Reyk, MD")
    expect(page.get_by_text("1 question for the medical reviewer")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("radio", name="Wrong").check()
    page.get_by_label("What is wrong").fill("A friend’s words are no evidence.")
    page.get_by_role("button", name="Sign off", exact=True).tap()
    expect(page.get_by_role("alert")).to_contain_text("confirm that you’re the person")
    expect(page.locator("fieldset")).to_contain_text("You answered “Wrong” about ziconotide")
    expect(page.get_by_label("What is wrong")).to_have_value("A friend’s words are no evidence.")
    assert violations(page) == []
    page.get_by_role("radio", name="Correct as written").check()
    expect(page.get_by_label("What is wrong")).to_be_hidden()
    page.get_by_label("I am Tomas Reyk, MD").tap()
    page.get_by_role("button", name="Sign off", exact=True).tap()
    expect(page.get_by_role("heading", name="You signed off on this version")).to_be_visible()
    assert violations(page) == []
    assert phone.cookies() == []
    page.goto(address)
    expect(page.get_by_role("heading", name="You signed off on this version")).to_be_visible()
    phone.close()

    with visiting(browser, site, "editor") as page:
        page.goto(desk)
        expect(page.locator("#review")).to_contain_text("Tomas Reyk, MD approved this version")


def test_a_correction_goes_from_the_desk_to_the_page_and_the_list(site: Site, browser: Browser) -> None:
    with visiting(browser, site, "editor") as page:
        page.goto("/admin/articles/article/?q=boxed")
        page.get_by_role("link", name="What a boxed warning is").first.click()
        page.locator("#id_standfirst").fill(
            "It says what can go wrong. It does not say that a medicine is never to be taken."
        )
        page.get_by_role("button", name="Save").first.click()
        page.get_by_role("button", name="Publish as a correction…").click()
        page.locator("#was").fill("an error of ours")
        page.locator("#now").fill("what is right")
        page.locator("#why").fill("A reader told us.")
        page.locator("#severity").select_option("factual")
        page.get_by_role("button", name="Publish the correction").click()
        expect(page.get_by_text("as a correction.")).to_be_visible()
    for address in ("/articles/boxed-warning/", "/corrections/"):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(site.url + address)
        expect(page.locator("del").first).to_have_text("an error of ours")
        expect(page.locator("main")).to_contain_text("A reader told us.")
        assert violations(page) == []
        context.close()
