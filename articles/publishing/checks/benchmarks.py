"""What is left of the four JAMA benchmarks, so that no page is printed that misses one.

Silberg WM, Lundberg GD, Musacchio RA. Assessing, controlling, and assuring the quality of medical information on the
Internet. JAMA. 1997;277(15):1244-1245. Authorship: `byline.missing`, and authors are known. Attribution:
`reference.none`, or the text links to its source. Disclosure: `disclosure.missing`, and the reviewer's interests.
Currency needs no check: every edition has its days.
"""

from collections.abc import Iterator

from articles.publishing.checks.gate import ERROR, Draft, Finding, check


@check("jama.authorship")
def authorship(draft: Draft) -> Iterator[Finding]:
    """Each author with credentials, or with what they do."""
    for author in draft.authors.values():
        if not author.is_known:
            message = f"Readers can’t tell who {author.name} is. Add credentials or a role under Contributors."
            yield Finding("jama.authorship", ERROR, message, "byline")


@check("jama.attribution")
def attribution(draft: Draft) -> Iterator[Finding]:
    """What a section that needs no references rests on: one all the same, or a link to the source in the text."""
    if not draft.section or draft.section.requires_references or draft.content["references"]:
        return
    if 'href="http' not in draft.body:
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
