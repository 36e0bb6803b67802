"""Where an article was first published: another site's address, which search engines are sent to, and its name."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from articles.models.page_type import ARTICLE
from articles.publishing.checks.gate import ERROR, Draft, Finding, check


@check("elsewhere.address", "elsewhere.name", "elsewhere.page")
def elsewhere(draft: Draft) -> Iterator[Finding]:
    url, name = draft.content["first_published_url"], draft.content["first_published_in"]
    if (url or name) and draft.content["page_type"] != ARTICLE:
        message = "Only an article can be first published elsewhere. Empty both fields, or make this page an article."
        yield Finding("elsewhere.page", ERROR, message, "first_published_url")
    elif problem := address_problem(url) if url else name and "Add the address of the first publication.":
        yield Finding("elsewhere.address", ERROR, problem, "first_published_url")
    elif url and not name:
        message = "Name the publication that had the article first. Readers see it."
        yield Finding("elsewhere.name", ERROR, message, "first_published_in")


def address_problem(url: str) -> str:
    """Why search engines can't be sent there; empty if they can."""
    try:
        address = urlsplit(url)
        host = (address.hostname or "").rstrip(".")
    except ValueError:
        host = ""
    if not url.startswith("https://") or "." not in host:
        return "The address of the first publication has to begin with https:// and the name of its site."
    if _bare(host) == _bare(settings.HOST_NAME):
        return "This address is on our own site. “First published” is for articles that another site had first."
    return ""


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")
