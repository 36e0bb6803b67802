"""The publish gate: small checks with dotted ids, collected and reported together, after Django's own system checks.

Drafts always save; these run when an article is to be printed, on every path, and whenever the desk shows an article.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format

from articles.evidence import drugs
from articles.models import Article, Drug, Edition, Image, LinkHealth, Override, RetractionNotice, Review, Term
from articles.publishing import link_check, retractions, snapshot
from articles.richtext import readability, text

ERROR, WARNING = "error", "warning"
LONG_ENOUGH = 100  # words; a grade says little about less
# Findings of rules that read language, and can misread it. What people have to bring (a credit, a sign-off, an author,
# a disclosure) is never set aside.
MACHINE_MAY_ERR = ("drug.class", "drug.boxed_warning", "heading.order", "link.text")
EASY_ENOUGH = 9  # school grade; the NIH and the AMA ask for 6 to 8 where patients read


@dataclass(frozen=True)
class Finding:
    """What a check found: in plain words, and the field of the article's form (`where`) that can mend it."""

    id: str
    level: str
    message: str
    where: str

    @property
    def is_error(self) -> bool:
        return self.level == ERROR

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class Draft:
    """An article with what more than one check wants to know about it, looked up once.

    `at` is the moment (now) from which on readers would have it: the rights to its pictures have to hold then.
    """

    def __init__(self, article: Article, at: datetime | None = None) -> None:
        self.article = article
        self.at = at or timezone.now()
        self.section = article.section
        found = snapshot.pictures_of(article)
        self.content = snapshot.content_of(article, found)
        self.words = f"{article.title}\n{article.standfirst}\n{text.plain_text(article.body)}"
        self.cards = list(Drug.objects.all())
        self.headings = [words for _level, words in text.headings(article.body)]
        self.in_text = text.picture_ids(article.body)
        self.missing_pictures = [pk for pk in self.in_text if pk not in found]
        self.pictures = [
            (picture.present, "lead_image" if pk == article.lead_image_id else "body") for pk, picture in found.items()
        ]

        agreed = Override.objects.filter(
            article=article, digest=snapshot.digest(self.content), finding__in=MACHINE_MAY_ERR, agreed_by__isnull=False
        )
        # What two editors have set aside for exactly this content, by a finding's id and message.
        self.overrides = {(override.finding, override.message): override for override in agreed}

    @cached_property
    def review(self) -> Review | None:
        """The newest approval of exactly this text, by somebody who did not write it."""
        return Review.objects.approving(self.article, snapshot.signed_digest(self.content)).first()

    def terms(self) -> list[str]:
        """Words that nobody should be advised to simplify: names of medicines, of the topics, and of the glossary."""
        return [
            *(name for card in self.cards for name in card.names),
            *(name for term in Term.objects.all() for name in term.names),
            *(topic["name"] for topic in self.content["topics"]),
        ]


Check = Callable[[Draft], Iterator[Finding]]
REGISTRY: dict[str, Check] = {}


def check(*ids: str) -> Callable[[Check], Check]:
    """Registers a check under the ids of the findings that it may yield."""

    def register(function: Check) -> Check:
        for id in ids:
            REGISTRY[id] = function
        return function

    return register


def run(article: Article, at: datetime | None = None) -> list[Finding]:
    """Every finding about the working copy as it is in the database, were it live from `at` (now) on: errors first, in
    the order of the registry.

    An error that two editors have set aside for exactly this text is a warning.
    """
    return examine(Draft(article, at))


def examine(draft: Draft) -> list[Finding]:
    found = [finding for function in dict.fromkeys(REGISTRY.values()) for finding in function(draft)]
    findings = [_eased(finding, draft.overrides.get((finding.id, finding.message))) for finding in found]
    return sorted(findings, key=lambda finding: not finding.is_error)


def _eased(finding: Finding, override: Override | None) -> Finding:
    if override is None:
        return finding
    return replace(finding, level=WARNING, message=f"Set aside ({override.reason}): {finding.message}")


PLACEHOLDER = re.compile(r"^(\W*|untitled|title|draft|new article|tb[ad]|to ?do|x+|test|lorem ipsum.*)$", re.IGNORECASE)


@check("title.placeholder")
def title(draft: Draft) -> Iterator[Finding]:
    words = draft.article.title.strip()
    if words.startswith(Article.PLACEHOLDER):
        message = "The title was made from the first sentence at import. Write one."
        yield Finding("title.placeholder", ERROR, message, "title")
    elif PLACEHOLDER.match(words):
        yield Finding("title.placeholder", ERROR, "The article has no title yet. Write one.", "title")


@check("address.missing", "address.taken")
def address(draft: Draft) -> Iterator[Finding]:
    slug = draft.article.slug
    if not slug:
        yield Finding("address.missing", ERROR, "The article has no web address yet.", "slug")
        return
    if Edition.objects.live().filter(slug=slug).exclude(article=draft.article).exists():
        message = f"Another article is live under the address “{slug}”. Choose a different one."
        yield Finding("address.taken", ERROR, message, "slug")


@check("section.missing")
def section(draft: Draft) -> Iterator[Finding]:
    if draft.section is None:
        yield Finding("section.missing", ERROR, "Choose the section in which it will appear.", "section")


@check("body.missing")
def body(draft: Draft) -> Iterator[Finding]:
    if not text.plain_text(draft.article.body).strip():
        yield Finding("body.missing", ERROR, "The article has no text yet.", "body")


@check("standfirst.missing")
def standfirst(draft: Draft) -> Iterator[Finding]:
    if not draft.article.standfirst.strip():
        message = "The standfirst is empty: readers see it under the title and in every list."
        yield Finding("standfirst.missing", ERROR, message, "standfirst")


@check("byline.missing")
def byline(draft: Draft) -> Iterator[Finding]:
    if not draft.content["byline"]:
        yield Finding("byline.missing", ERROR, "Nobody is named as its author.", "byline")


@check("credit.missing")
def missing_credits(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        if getattr(picture, "credit", None) is None:
            message = f"{_named(picture, where)} has no credit. Say who made it and under which licence."
            yield Finding("credit.missing", ERROR, message, where)
    for pk in draft.missing_pictures:
        yield Finding("credit.missing", ERROR, f"Picture {pk} in the text is not in the library. Take it out.", "body")
    for source in text.raw_images(draft.article.body):
        yield Finding("credit.missing", ERROR, about_pasted(source), "body")


def about_pasted(source: str) -> str:
    """What the finding about a raw `<img>` says."""
    return f"A pasted picture ({source or 'without address'}) has no credit. Bring it into the library, or take it out."


def _named(picture: Image, where: str) -> str:
    return "The lead picture" if where == "lead_image" else f"The picture “{picture}” in the text"


@check("credit.incomplete", "credit.no_derivatives", "credit.ended", "credit.ends")
def credits(draft: Draft) -> Iterator[Finding]:
    """What the licence asks for and the credit does not state; what it forbids; and rights that end on a day."""
    day = timezone.localdate(draft.at)
    for picture, where in draft.pictures:
        credit = getattr(picture, "credit", None)
        if credit is None:
            continue
        name = _named(picture, where)
        for problem in credit.problems(day):
            message = f"The credit of {name[0].lower()}{name[1:]} {problem.says} Until it is mended, nobody sees it."
            yield Finding(f"credit.{problem.kind}", ERROR, message, where)
        if credit.rights_end_on and not credit.has_ended(day):
            end = date_format(credit.rights_end_on, "j F Y")
            message = f"{name} leaves the page on {end}, when our rights to it end. Plan for another one."
            yield Finding("credit.ends", WARNING, message, where)


@check("picture.withdrawn")
def withdrawn_pictures(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        if picture.withdrawn_at is not None:
            message = f"The picture “{picture}” was withdrawn, so nobody sees it. Take it out, or choose another."
            yield Finding("picture.withdrawn", ERROR, message, where)


@check("credit.waiting")
def waiting_credit(draft: Draft) -> Iterator[Finding]:
    for credit in draft.article.waiting_credits.waiting():
        message = f"An old credit line waits for its picture: “{credit.raw}”. Add the picture, or dismiss the line."
        yield Finding("credit.waiting", WARNING, message, "lead_image")


FILE_NAME = re.compile(
    r"^\S+\.(jpe?g|png|gif|webp|avif|tiff?|bmp|heic|svg)$|^(img|dsc|dscn|image|photo|picture)[-_ ]?\d+$", re.IGNORECASE
)


@check("alt.missing")
def alternative_text(draft: Draft) -> Iterator[Finding]:
    for picture, where in draft.pictures:
        alt = picture.alt.strip()
        name = _named(picture, where)
        if picture.is_decorative:
            continue
        if not alt:
            message = f"{name} has no text for those who cannot see it. Describe it, or mark it as decorative."
            yield Finding("alt.missing", ERROR, message, where)
        elif FILE_NAME.match(alt):
            message = f"{name} has a file name (“{alt}”) where those who cannot see it need a description."
            yield Finding("alt.missing", ERROR, message, where)


@check("review.missing", "review.stale")
def review(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_review:
        return
    if draft.review is not None:
        return
    message = f"Articles in {draft.section} need a medical reviewer's approval of exactly this text."
    yield Finding("review.missing", ERROR, message, "review")
    before = Review.objects.filter(revision__article=draft.article, decision=Review.APPROVED, carried_from=None).first()
    if before is not None:
        message = (
            f"{before.full_name} signed an earlier text on {date_format(before.decided_at, 'j F Y')}. It has changed "
            "since, or its reviewer is now an author; ask for review again."
        )
        yield Finding("review.stale", WARNING, message, "review")


@check("reference.none")
def references(draft: Draft) -> Iterator[Finding]:
    if draft.section and draft.section.requires_references and not draft.content["references"]:
        yield Finding("reference.none", ERROR, f"Articles in {draft.section} need references.", "references")


@check("reference.dangling")
def dangling_references(draft: Draft) -> Iterator[Finding]:
    there = len(draft.content["references"])
    for number in sorted(text.citations(draft.article.body)):
        if not 1 <= number <= there:
            has = {0: "there are no references", 1: "there is one reference"}.get(
                there, f"there are {there} references"
            )
            yield Finding("reference.dangling", ERROR, f"The text cites [{number}], and {has}.", "references")


@check("reference.retracted", "reference.doubted", "reference.corrected")
def papers_in_doubt(draft: Draft) -> Iterator[Finding]:
    """A retracted paper stops the press until an editor has said why it stays; every doubt stops a new sign-off."""
    for doubt in retractions.doubts(draft.article, draft.content["references"]):
        said = doubt.acknowledged
        grave = doubt.state.nature == RetractionNotice.RETRACTED and said is None
        kept = f" It stays, says {said.by}: {said.reason}" if said else ""
        where = "doubts" if said is None else "references"
        message = retractions.describe(doubt) + kept
        yield Finding(f"reference.{doubt.state.nature}", ERROR if grave else WARNING, message, where)


@check("structure.risks")
def risks_and_benefits(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_risks:
        return
    if not any(text.is_about_risks(heading) for heading in draft.headings):
        message = f"Articles in {draft.section} need a heading on risks, so that nobody has to search for them."
        yield Finding("structure.risks", ERROR, message, "body")
    if not any(text.is_about_benefits(heading) for heading in draft.headings):
        message = f"Articles in {draft.section} need a heading on benefits, to weigh the risks against."
        yield Finding("structure.risks", ERROR, message, "body")


@check("drug.class", "drug.boxed_warning", "drug.unknown")
def medicines(draft: Draft) -> Iterator[Finding]:
    for conflict in drugs.find_conflicts(draft.words, draft.cards):
        card = conflict.card
        said = f"“{conflict.sentence}” – {card.name} is no {conflict.said}."
        message = f"{said} Its card says: {card.drug_class} ({card.source})."
        yield Finding("drug.class", ERROR, message, "body")
    for card in drugs.missing_warnings(draft.words, draft.cards):
        message = (
            f"The label of {card.name} has a boxed warning, and the text does not tell of it: {card.boxed_warning} "
            f"({card.source})"
        )
        yield Finding("drug.boxed_warning", ERROR, message, "body")
    if unknown := drugs.unknown_drugs(draft.words, draft.cards):
        message = f"No card is there for {', '.join(unknown)}. If they are medicines, somebody should write one."
        yield Finding("drug.unknown", WARNING, message, "body")


@check("heading.order")
def heading_order(draft: Draft) -> Iterator[Finding]:
    before = 1
    for level, words in text.headings(draft.article.body):
        if not words:
            yield Finding("heading.order", ERROR, "A heading has no words. Take it out.", "body")
        elif level > before + 1:
            message = f"The heading “{words}” is two ranks below the one before it; those who listen lose their way."
            yield Finding("heading.order", ERROR, message, "body")
        before = level


VAGUE = re.compile(
    r"^(click |tap |see |read )?(here|this|link|more|this (link|page|site|article)|read more|learn more"
    r"|more info(rmation)?|website|details)[.!:…›»→ ]*$|^(https?://|www\.)\S+$",
    re.IGNORECASE,
)


@check("link.text")
def link_text(draft: Draft) -> Iterator[Finding]:
    for address, words in text.links(draft.article.body):
        if address and (not words or VAGUE.match(words)):
            told = f"“{words}”" if words else f"to {address}, without words,"
            message = f"The link {told} does not say where it leads. Name the page."
            yield Finding("link.text", ERROR, message, "body")


@check("link.broken")
def broken_links(draft: Draft) -> Iterator[Finding]:
    """Advice only: a page may be away for a week, and a publisher may refuse machines."""
    where = dict.fromkeys(link_check.cited(draft.content["references"]), "references")
    where |= dict.fromkeys(link_check.linked(draft.article.body), "body")
    for health in LinkHealth.objects.broken().filter(url__in=where):
        since = date_format(health.failing_since, "j F Y") if health.failing_since else ""
        message = f"{health.url} has not answered since {since}: {health.said}"
        yield Finding("link.broken", WARNING, message, where[health.url])


@check("review.expired")
def review_due(draft: Draft) -> Iterator[Finding]:
    signed = draft.review
    if signed is not None and signed.due_on and signed.is_due():
        message = (
            f"The review by {signed.full_name} was due by {date_format(signed.due_on, 'j F Y')}. Ask for a new one."
        )
        yield Finding("review.expired", ERROR, message, "review")


def _is_latin(words: str) -> bool:
    """Whether most letters are Latin: the formulas say nothing about other scripts."""
    letters = [letter for letter in words if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 > len(letters)


@check("reading.level")
def reading_level(draft: Draft) -> Iterator[Finding]:
    if not _is_latin(draft.words):
        return
    level = readability.measure(draft.article.body, terms=draft.terms())
    if level.words >= LONG_ENOUGH and level.grade_without_terms > EASY_ENOUGH:
        told = "; ".join(f"“{sentence.text}”" for sentence in level.costliest)
        message = (
            f"It reads at school grade {level.grade:.0f} ({level.grade_without_terms:.0f} without its terms; "
            f"LIX {level.lix:.0f}). Its costliest sentences: {told}"
        )
        yield Finding("reading.level", WARNING, message, "body")


@check("question.open")
def closing_question(draft: Draft) -> Iterator[Finding]:
    asked = draft.article.closing_question.strip()
    if asked and not text.is_yes_or_no(asked):
        message = (
            "Yes, no or not sure does not answer the closing question, so its page offers no buttons. "
            "Ask “Would you …?” or “Has …?” if readers should answer it."
        )
        yield Finding("question.open", WARNING, message, "closing_question")


@check("disclosure.missing")
def disclosure(draft: Draft) -> Iterator[Finding]:
    if not draft.article.disclosure.strip():
        message = "Say who paid for this and what could have swayed its makers; “None” if nothing did."
        yield Finding("disclosure.missing", ERROR, message, "disclosure")


from articles.publishing import benchmarks  # noqa: E402, F401  registers its own
