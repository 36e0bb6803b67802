"""What holds of topic pages and site pages alone: their type, their topic, their section and what is left to write."""

from collections.abc import Iterator

from articles import site_pages
from articles.models import Edition
from articles.models.page_type import HUB, PAGE
from articles.publishing.checks.gate import ERROR, Draft, Finding, check


@check("type.changed")
def kept_type(draft: Draft) -> Iterator[Finding]:
    """Links, lists and addresses rely on it."""
    public = Edition.objects.printed_of(draft.article.pk).select_related("hub_of").first()
    if public is None:
        return
    before = public.page_type, public.hub_of.slug if public.hub_of else ""
    if before != (draft.content["page_type"], draft.content["hub_of"]):
        of = f" of “{public.hub_of}”" if public.hub_of else ""
        message = f"This was published as “{public.get_page_type_display()}”{of}. Choose that type again."
        yield Finding("type.changed", ERROR, message, "page_type")


@check("hub.taken")
def one_hub(draft: Draft) -> Iterator[Finding]:
    if draft.content["page_type"] != HUB:
        return
    others = Edition.objects.filter(hub_of__slug=draft.content["hub_of"]).exclude(article=draft.article)
    if (other := others.first()) is not None:
        message = f"This topic has a topic page already: “{other.title}”. Change that one."
        yield Finding("hub.taken", ERROR, message, "hub_of")


@check("page.section")
def section_of_a_page(draft: Draft) -> Iterator[Finding]:
    if draft.content["page_type"] == PAGE and draft.content["section"]:
        message = "A site page belongs to no section. Leave the section empty."
        yield Finding("page.section", ERROR, message, "section")


@check("page.open")
def left_to_write(draft: Draft) -> Iterator[Finding]:
    for words in dict.fromkeys(site_pages.OPEN.findall(f"{draft.words}\n{draft.beside}")):
        yield Finding("page.open", ERROR, f"This is still to be written: {words}", "body")
