"""What a text itself lacks: title, address, section, byline, headings, words of links; and how hard it is to read."""

import re
from collections.abc import Iterator

from articles.models import Article
from articles.publishing import printing
from articles.publishing.checks import mends
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check
from articles.richtext import readability, text

LONG_ENOUGH = 100  # words; a grade says little about less
WORD = re.compile(r"\w+")
EASY_ENOUGH = 9  # school grade; more than this is pointed out
AIM = 8  # the NIH and the AMA ask for 6 to 8 where patients read


PLACEHOLDER = re.compile(r"^(\W*|untitled|title|draft|new article|tb[ad]|to ?do|x+|test|lorem ipsum.*)$", re.IGNORECASE)


@check("title.placeholder")
def title(draft: Draft) -> Iterator[Finding]:
    words = draft.content["title"]
    if words.startswith(Article.PLACEHOLDER):
        message = "The title was made from the first sentence at import. Write a real one."
        yield Finding("title.placeholder", ERROR, message, "title")
    elif PLACEHOLDER.match(words):
        yield Finding("title.placeholder", ERROR, "The article has no title yet.", "title")


@check("address.missing", "address.taken")
def address(draft: Draft) -> Iterator[Finding]:
    slug = draft.content["slug"]
    if not slug:
        yield Finding("address.missing", ERROR, "The article has no web address yet.", "slug")
        return
    if problem := printing.address_taken(slug, of=draft.article, page_type=draft.content["page_type"]):
        yield Finding("address.taken", ERROR, problem, "slug")


@check("section.missing")
def section(draft: Draft) -> Iterator[Finding]:
    if draft.section is None and not draft.is_site_page:
        yield Finding("section.missing", ERROR, "Choose a section.", "section")


@check("body.missing")
def body(draft: Draft) -> Iterator[Finding]:
    if not draft.text.plain:
        yield Finding("body.missing", ERROR, "The article has no text yet.", "body")


@check("standfirst.missing")
def standfirst(draft: Draft) -> Iterator[Finding]:
    if not draft.content["standfirst"]:
        message = "The standfirst is empty. Readers see it under the title and in every list."
        yield Finding("standfirst.missing", ERROR, message, "standfirst")


@check("byline.missing")
def byline(draft: Draft) -> Iterator[Finding]:
    if not draft.content["byline"] and not draft.is_site_page:
        yield Finding("byline.missing", ERROR, "The article has no author.", "byline")


@check("disclosure.missing")
def disclosure(draft: Draft) -> Iterator[Finding]:
    if not draft.content["disclosure"] and not draft.is_site_page:
        message = (
            "Say who paid for this and what could have influenced its authors. If nothing did, write “The authors "
            "report no conflicts of interest.”"
        )
        yield Finding("disclosure.missing", ERROR, message, "disclosure")


@check("structure.risks")
def risks_and_benefits(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_risks:
        return
    if not any(text.is_about_risks(heading) for heading in draft.headings):
        message = f"Articles in {draft.section} need a heading on risks, so that readers can find them."
        yield Finding("structure.risks", ERROR, message, "body", mends=_heading("Risks"))
    if not any(text.is_about_benefits(heading) for heading in draft.headings):
        message = f"Articles in {draft.section} need a heading on benefits, so that readers can weigh the risks."
        yield Finding("structure.risks", ERROR, message, "body", mends=_heading("Benefits"))


def _heading(words: str) -> tuple[mends.Mend, ...]:
    return (mends.Mend(mends.HEADING, f"Insert the heading “{words}”", words),)


@check("heading.order")
def heading_order(draft: Draft) -> Iterator[Finding]:
    before = 1
    for level, words in draft.text.headings:
        if not words:
            yield Finding("heading.order", ERROR, "A heading is empty. Remove it.", "body")
        elif level > before + 1:
            message = f"The heading “{words}” skips a level, which confuses screen-reader users."
            mend = mends.Mend(mends.LEVEL, f"Make it a heading {before + 1}", f"h{before + 1}")
            yield Finding("heading.order", ERROR, message, "body", places=(words,), mends=(mend,))
        before = level


VAGUE = re.compile(
    r"^(click |tap |see |read )?(here|this|link|more|this (link|page|site|article)|read more|learn more"
    r"|more info(rmation)?|website|details)[.!:…›»→ ]*$|^(https?://|www\.)\S+$",
    re.IGNORECASE,
)


@check("link.text")
def link_text(draft: Draft) -> Iterator[Finding]:
    for address, words in draft.text.links:
        if address and (not words or VAGUE.match(words)):
            link = f"“{words}”" if words else f"to {address}"
            message = f"The link {link} doesn’t say where it goes. Name the page."
            yield Finding(
                "link.text",
                ERROR,
                message,
                "body",
                places=(words,) if words else (),
                mends=(mends.Mend(mends.LINK, "Select the link", address),),
            )


@check("question.open")
def closing_question(draft: Draft) -> Iterator[Finding]:
    asked = draft.content["closing_question"]
    if asked and not text.is_yes_or_no(asked):
        message = (
            "The closing question isn’t a yes-or-no question, so readers get no answer buttons. Ask “Would you …?” or "
            "“Has …?” if they should answer."
        )
        yield Finding("question.open", WARNING, message, "closing_question")


def _is_latin(words: str) -> bool:
    """Whether most letters are Latin: the formulas say nothing about other scripts."""
    letters = [letter for letter in words if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 > len(letters)


@check("reading.level")
def reading_level(draft: Draft) -> Iterator[Finding]:
    if not _is_latin(draft.words) or len(WORD.findall(draft.words)) < LONG_ENOUGH:
        return
    level = readability.measure_text(draft.text.plain, *draft.terms())
    if level.words >= LONG_ENOUGH and level.grade_without_terms > EASY_ENOUGH:
        hardest = "; ".join(f"“{sentence.text}”" for sentence in level.costliest)
        message = (
            f"Reading level: grade {level.grade:.0f}, or {level.grade_without_terms:.0f} without medical terms (aim "
            f"for {AIM}). Hardest sentences: {hardest}"
        )
        yield Finding("reading.level", WARNING, message, "body", places=tuple(each.text for each in level.costliest))
