"""The checks of the gate without which a live page would miss a JAMA benchmark (`Edition.objects.lacking_jama`).

Currency needs none: every edition has its days.
"""

from collections.abc import Iterator

from articles.models import Contributor
from articles.publishing.checks.gate import ERROR, Draft, Finding, check


@check("jama.authorship")
def authorship(draft: Draft) -> Iterator[Finding]:
    """Each author with credentials, or with what they do."""
    named = [line["id"] for line in draft.content["byline"]]
    for author in Contributor.objects.filter(pk__in=named, credentials="", role=""):
        message = f"Readers can't tell who {author.name} is. Add credentials or a role under Contributors."
        yield Finding("jama.authorship", ERROR, message, "byline")


@check("jama.attribution")
def attribution(draft: Draft) -> Iterator[Finding]:
    """What a section that needs no references rests on: one all the same, or a link to the source in the text."""
    if not draft.section or draft.section.requires_references or draft.content["references"]:
        return
    if 'href="http' not in draft.content["body"]:
        message = "The article names no source. Add a reference, or link to the source in the text."
        yield Finding("jama.attribution", ERROR, message, "references")


@check("jama.interests")
def interests(draft: Draft) -> Iterator[Finding]:
    if draft.review and not draft.review.interests.strip():
        message = (
            f"{draft.review.name} signed off without stating interests. Add them under Contributors (“None” if there "
            "are "
        )
        yield Finding("jama.interests", ERROR, f"{message}none), then ask for a new sign-off.", "review")
