"""Every type of public page, and how a reader comes to it: by its address, by a link in a mail, by sending a form."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from django.urls import resolve
from playwright.sync_api import Page, Response, expect

from tests.demo_site import Site, text_of

PUMPS = "/articles/intrathecal-pumps/"
Reach = Callable[[Site, Page], Response]

# What search engines may list, and so what has to be found well.
LISTED = {
    "home": "/",
    "section": "/treatments/",
    "article": PUMPS,
    "search": "/search/",
    "topics": "/topics/",
    "topic": "/topics/medicines/",
    "glossary": "/glossary/",
    "A to Z": "/conditions/a-z/",
    "medicines": "/medicines/",
    "medicine": "/medicines/tramadol/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "month": "/archive/2026/11/",
    "people": "/people/",
    "corrections": "/corrections/",
    "picture credits": "/credits/",
    "how we review": "/how-we-review/",
    "subscribe": "/subscribe/",
    "newsletters": "/newsletter/",
}
UNLISTED = {
    "history": PUMPS + "history/",
    "search with hits": "/search/?q=pump",
    "search with a typo": "/search/?q=zikonotide",
    "search without hits": "/search/?q=zzzqqqzz",
    "empty month": "/archive/2001/01/",
    "question": PUMPS + "answer/",
    "report": PUMPS + "report/",
    "report of a passage": PUMPS + "report/?e=1&p=1",
    "refused link": "/subscribe/confirm/cut/",
    "not found": "/articles/no-such-article/",
}
READER, OWNER, NEXT, MOVED = (f"{name}@pages.example.org" for name in ("reader", "owner", "next", "moved"))
# As it stands in a letter.
PREFERENCES = f"""
from articles.models import Subscription
from articles.newsletter.subscriptions.consent import preferences_link
print(preferences_link(Subscription.objects.get(email="{OWNER}")))
"""
# As the desk hands them out, for the text that is live.
PROOFS = """
from articles.models import Contributor, Edition
from articles.publishing import links, safeguards
live = Edition.objects.live().exclude(review=None).select_related("revision").order_by("pk").first()
reviewer = Contributor.objects.filter(is_medical_reviewer=True).exclude(pk=live.review.reviewer_id).first()
print("/preview/" + links.for_preview(live.revision) + "/")
print("/review/" + links.for_review(live.revision, reviewer) + "/")
print("/stop-change/" + safeguards.link_to_stop([]).split("/stop-change/")[1])
"""
# Public routes that are not pages of their own, and what they are.
NO_PAGES = {
    "record": "JSON beside an article",
    "record-schema": "JSON",
    "suggest": "JSON, for the search field",
    "feed": "Atom",
    "section-feed": "Atom",
    "json-feed": "JSON",
    "section-json-feed": "JSON",
    "topic-feed": "Atom",
    "topic-json-feed": "JSON",
    "sitemap": "XML",
    "sitemap-news": "XML",
    "sitemap-part": "XML",
    "robots": "plain text",
    "indexnow-key": "plain text",
    "security": "plain text",
    "manifest": "JSON",
    "favicon": "leads to a file",
    "media": "files of pictures",
    "share-card": "a picture",
    "health-live": "for machines that watch",
    "health-ready": "for machines that watch",
    "metrics": "for machines that watch",
    "archive-year": "leads to a part of the archive",
    "confirm-mangled": "the page “confirm”, under an address that a mail program has spoilt",
    "not-me-mangled": "the page “not me”, likewise",
    "unsubscribe-mangled": "the page “unsubscribe”, likewise",
    "preferences-mangled": "the page “preferences”, likewise",
}


def at(address: str) -> Reach:
    return lambda site, page: went(page, site.url + address)


def went(page: Page, address: str) -> Response:
    response = page.goto(address)
    assert response is not None
    return response


def pressed(page: Page, button: str) -> Response:
    """What a button sends, whatever the browser itself would have said about the form."""
    page.locator("main form").evaluate_all("forms => forms.forEach((form) => { form.noValidate = true })")
    with page.expect_navigation() as going:
        page.locator("main").get_by_role("button", name=button, exact=True).click()
    return going.value


def person(site: Site, page: Page) -> Response:
    went(page, site.url + "/people/")
    return went(page, site.url + str(page.locator("main a[href^='/people/']").first.get_attribute("href")))


def withdrawn(site: Site, page: Page) -> Response:
    address = site.url + "/articles/suzetrigine/"
    response = went(page, address)
    if response.status == 410:
        return response
    done = site.manage("withdraw_article", "suzetrigine", "--by", "editor", "--note", "For a test.")
    assert done.returncode == 0, done.stderr
    return went(page, address)


def letter(site: Site, page: Page) -> Response:
    """The one that the demonstration sent."""
    went(page, site.url + "/newsletter/")
    sent = page.locator("main a[href^='/newsletter/']")
    return went(page, site.url + str(sent.first.get_attribute("href")))


def answered(site: Site, page: Page) -> Response:
    went(page, site.url + PUMPS)
    return pressed(page, "Yes")


def unsaid(site: Site, page: Page) -> Response:
    went(page, site.url + PUMPS + "report/?e=1&p=3")
    return pressed(page, "Send the report")


def reported(site: Site, page: Page) -> Response:
    unsaid(site, page)
    expect(page.get_by_role("alert")).to_contain_text("Say what’s wrong, in a sentence.")
    page.get_by_label("What’s wrong, and how do you know?").fill("This is not clear to me.")
    page.get_by_label("It is hard to understand").check()
    response = pressed(page, "Send the report")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    return response


def refused_review(site: Site, page: Page) -> Response:
    proof("review")(site, page)
    return pressed(page, "Sign off")


def no_address(site: Site, page: Page) -> Response:
    went(page, site.url + "/subscribe/")
    page.locator("main").get_by_label("Your email address").fill("not an address")
    return pressed(page, "Subscribe")


def subscribed(site: Site, page: Page) -> Response:
    no_address(site, page)
    page.locator("main").get_by_label("Your email address").fill(READER)
    return pressed(page, "Subscribe")


def by_mail(part: str, button: str = "") -> Reach:
    """The page behind a link that a mail carries, or what comes when its button is pressed."""

    def reach(site: Site, page: Page) -> Response:
        response = went(page, links(site)[part])
        return pressed(page, button) if button else response

    return reach


@cache
def links(site: Site) -> dict[str, str]:
    """What mails open: to one who confirmed and asked for the key to their data, and to one who did not confirm."""
    found = asked_by(site, OWNER)
    ask(found["confirm"])
    shown = site.manage("shell", "-v", "0", "-c", PREFERENCES)
    found["preferences"] = shown.stdout.strip()
    ask(found["preferences"], action="key")
    found["key"] = links_in(site.newest_mail(OWNER, saying="/preferences/"))["preferences"]
    ask(found["key"], action="move", email=MOVED)
    found["move"] = links_in(site.newest_mail(MOVED))["confirm"]
    return found | {"confirm": asked_by(site, NEXT)["confirm"]}


def proof(kind: str) -> Reach:
    """A text that is not printed, as those read it who were sent its link: `kind` is preview, review or stop-change."""
    return lambda site, page: went(page, site.url + previews(site)[kind])


@cache
def previews(site: Site) -> dict[str, str]:
    shown = site.manage("shell", "-v", "0", "-c", PROOFS)
    return {address.split("/")[1]: address for address in shown.stdout.split()}


def asked_by(site: Site, reader: str) -> dict[str, str]:
    ask(site.url + "/subscribe/", email=reader)
    mail = site.newest_mail(reader)
    return links_in(mail) | {"unsubscribe": mail["List-Unsubscribe"].strip(" <>")}


def ask(address: str, **fields: str) -> None:
    urlopen(address, urlencode(fields).encode(), timeout=60).close()


def links_in(mail: EmailMessage) -> dict[str, str]:
    """The addresses in a mail, by what they are for."""
    return {found[1]: found[0] for found in re.finditer(r"https?://\S+?/([a-z-]+)/[\w-]{30,}/", text_of(mail))}


KINDS: dict[str, Reach] = {name: at(address) for name, address in (LISTED | UNLISTED).items()} | {
    "person": person,
    "withdrawn": withdrawn,
    "letter": letter,
    "answered": answered,
    "report refused": unsaid,
    "reported": reported,
    "address refused": no_address,
    "check your inbox": subscribed,
    "confirm": by_mail("confirm"),
    "not me": by_mail("not-me"),
    "confirmed": by_mail("confirm", "Yes, subscribe me"),
    "preferences": by_mail("preferences"),
    "preferences, owner": by_mail("key"),
    "preferences kept": by_mail("key", "Save my choices"),
    "confirm a new address": by_mail("move"),
    "moved": by_mail("move", "Yes, send it here"),
    "unsubscribe": by_mail("unsubscribe"),
    "not me, done": by_mail("not-me", "I didn’t sign up. Never email me again."),
    "unsubscribed": by_mail("unsubscribe", "Unsubscribe"),
    "preview": proof("preview"),
    "review": proof("review"),
    "review refused": refused_review,
    "stop a change": proof("stop-change"),
}
# The routes of those that are not what stands at an address of their own.
ROUTES = {
    "year": "archive",
    "person": "person",
    "withdrawn": "article",
    "letter": "issue",
    "answered": "answer",
    "report refused": "report",
    "reported": "report",
    "address refused": "subscribe",
    "check your inbox": "subscribe",
    "confirm": "confirm",
    "not me": "not-me",
    "confirmed": "confirm",
    "preferences": "preferences",
    "preferences, owner": "preferences",
    "preferences kept": "preferences",
    "confirm a new address": "confirm",
    "moved": "confirm",
    "unsubscribe": "unsubscribe",
    "not me, done": "not-me",
    "unsubscribed": "unsubscribe",
    "preview": "preview",
    "review": "review",
    "review refused": "review",
    "stop a change": "stop-change",
}


def route(kind: str) -> str:
    """The name of the public route that a kind of page is."""
    return ROUTES.get(kind) or str(resolve(urlsplit((LISTED | UNLISTED)[kind]).path).url_name)
