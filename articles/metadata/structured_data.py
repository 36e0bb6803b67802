"""Pages in the words of schema.org, as JSON-LD. What is said here a reader can see on the page.

`reviewedBy` and `lastReviewed` belong to the page (MedicalWebPage) and stand there only while the sign-off holds and is
not overdue; `dateModified` moves when what is said changes; a picture is told of only while its credit is complete.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import html_safe

from articles import cache
from articles.evidence import citations
from articles.models import Contributor, Drug, Edition, EditionByline, Image, Review, Term, Topic
from articles.models.cards import Card

Node = dict[str, Any]
Crumb = tuple[str, str]  # a name and a path
# As Django's `json_script`: nothing in a data block can end it, or begin another element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@html_safe
class JsonLd:
    """A data block for a page's head. Browsers do not run it, so the policy that forbids scripts lets it be."""

    def __init__(self, *nodes: Node) -> None:
        self.data: Node = {"@context": "https://schema.org", "@graph": [*nodes, organization(), website()]}

    @property
    def name(self) -> str:
        """Of the page, as its card says it where its address is passed on."""
        return str(self.data["@graph"][0]["name"])

    @property
    def url(self) -> str:
        return str(self.data["@graph"][0]["url"])

    def __str__(self) -> str:
        text = json.dumps(_without_empty(self.data), ensure_ascii=False, separators=(",", ":"))
        return f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_empty(part) for name, part in value.items() if part not in ("", None, [], {})}
    if isinstance(value, list):
        return [_without_empty(part) for part in value]
    return value


def absolute(path: str) -> str:
    return str(settings.SITE_URL) + path


def _reference(anchor: str) -> Node:
    """A link to a node that is described once, in the same graph or on its own page."""
    return {"@id": absolute(anchor)}


PUBLISHER, SITE = "/#organization", "/#website"
# Of every page with medicine on it. Schema.org's own list of specialties lacks this one.
MEDICAL: Node = {
    "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
    "specialty": {"@type": "MedicalSpecialty", "name": "Pain medicine"},
}


def organization() -> Node:
    return {
        "@type": "Organization",
        "@id": absolute(PUBLISHER),
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "contentUrl": absolute(static("articles/icon-512.png"))},
        "publishingPrinciples": absolute(reverse("how-we-review")),
        "correctionsPolicy": absolute(reverse("corrections")),
    }


def website() -> Node:
    return {
        "@type": "WebSite",
        "@id": absolute(SITE),
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "inLanguage": "en",
        "publisher": _reference(PUBLISHER),
    }


def page(kind: str, path: str, name: str, *, crumbs: Sequence[Crumb] = (), **more: Any) -> Node:
    """A WebPage or one of its kinds; `crumbs` lead from the home page to it, itself left out."""
    node = {
        "@type": kind,
        "@id": absolute(path),
        "url": absolute(path),
        "name": name,
        "inLanguage": "en",
        "isPartOf": _reference(SITE),
        "publisher": _reference(PUBLISHER),
        **more,
    }
    return {**node, "breadcrumb": _breadcrumb([*crumbs, (name, path)])} if crumbs else node


def _breadcrumb(crumbs: Sequence[Crumb]) -> Node:
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": _reference(path)}
        for position, (name, path) in enumerate([(settings.SITE_NAME, "/"), *crumbs], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


# Articles -------------------------------------------------------------------------------------------------------------


def article(
    edition: Edition,
    bylines: Iterable[EditionByline],
    pictures: Iterable[Image],
    medicines: Sequence[Drug] = (),
) -> JsonLd:
    """An edition fetched with `for_page()`, the pictures of it that are shown, and the cards of medicines that it
    names. Asks the database nothing.
    """
    path, section = edition.get_absolute_url(), edition.section
    if section is None:
        return site_page(edition)
    topics = [_topic_reference(topic["slug"], topic["name"]) for topic in edition.topics]
    subjects = [card for card in medicines if _is_named(card, edition.title)]
    dates = {"datePublished": _moment(edition.first_live_from), "dateModified": _moment(edition.changed_at)}
    return JsonLd(
        page(
            "MedicalWebPage",
            path,
            edition.title,
            crumbs=[(section.name, section.get_absolute_url())],
            description=edition.standfirst,
            **dates,
            **_review(edition.review),
            **MEDICAL,
            about=[*topics, *map(_drug_reference, subjects)],
            mentions=[_drug_reference(card) for card in medicines if card not in subjects],
            mainEntity={
                "@type": "Article",
                "@id": absolute(f"{path}#article"),
                "headline": edition.title,
                "description": edition.standfirst,
                **dates,
                "inLanguage": "en",
                "author": [_person(line.contributor, line.name, line.credentials) for line in bylines],
                "publisher": _reference(PUBLISHER),
                "articleSection": section.name,
                "keywords": [topic["name"] for topic in edition.topics],
                "timeRequired": f"PT{edition.minutes}M",
                "isAccessibleForFree": True,
                "image": [image.structured() for image in pictures],
                "citation": [_citation(reference) for reference in edition.references],
                "correction": [_correction(correction) for correction in edition.corrections],
                "mainEntityOfPage": absolute(path),
                "isBasedOn": _first_published(edition),
            },
        )
    )


def hub(
    edition: Edition,
    bylines: Iterable[EditionByline],
    pictures: Iterable[Image],
    of: Topic,
    *,
    crumbs: Sequence[Crumb],
) -> JsonLd:
    """The page of a topic that has a text of its own."""
    dates: Node = {"datePublished": _moment(edition.first_live_from), "dateModified": _moment(edition.changed_at)}
    return JsonLd(
        page(
            "MedicalWebPage",
            edition.get_absolute_url(),
            edition.title,
            crumbs=crumbs,
            description=edition.standfirst,
            **dates,
            **_review(edition.review),
            **MEDICAL,
            about=topic(of),
            mainEntity=_reference(f"{edition.get_absolute_url()}#topic"),
            author=[_person(line.contributor, line.name, line.credentials) for line in bylines],
            image=[image.structured() for image in pictures],
            citation=[_citation(reference) for reference in edition.references],
            correction=[_correction(correction) for correction in edition.corrections],
        )
    )


def site_page(edition: Edition) -> JsonLd:
    """A page about the site itself."""
    kind = {"about": "AboutPage", "contact": "ContactPage"}.get(edition.slug, "WebPage")
    dates: Node = {"datePublished": _moment(edition.first_live_from), "dateModified": _moment(edition.changed_at)}
    return JsonLd(page(kind, edition.get_absolute_url(), edition.title, description=edition.standfirst, **dates))


def _first_published(edition: Edition) -> Node:
    """The article as another site published it first."""
    if not edition.first_published_url:
        return {}
    publication = {"@type": "Organization", "name": edition.first_published_in}
    return {"@type": "Article", "url": edition.first_published_url, "publisher": publication}


def _moment(at: Any) -> str:
    return str(timezone.localtime(at).isoformat(timespec="seconds"))


def _review(review: Review | None) -> Node:
    if review is None or not review.holds():
        return {}
    by = _person(review.reviewer, review.name, review.credentials)
    return {"lastReviewed": timezone.localdate(review.decided_at).isoformat(), "reviewedBy": by}


def _person(known: Contributor, name: str, credentials: str) -> Node:
    """Somebody with the name and credentials that are printed, which may have been others on that day."""
    path = known.get_absolute_url()
    return {
        "@type": "Person",
        "@id": absolute(f"{path}#person"),
        "name": name,
        "honorificSuffix": credentials,
        "jobTitle": known.role,
        "url": absolute(path),
    }


def _citation(reference: dict[str, str]) -> Node:
    doi, pmid = reference["doi"], reference["pmid"]
    return {
        "@type": "ScholarlyArticle" if doi or pmid else "CreativeWork",
        "name": reference["citation"],
        "identifier": [*([f"doi:{doi}"] if doi else []), *([f"pmid:{pmid}"] if pmid else [])],
        "sameAs": [*([citations.doi_url(doi)] if doi else []), *([citations.pmid_url(pmid)] if pmid else [])],
        "url": reference["url"],
    }


def _correction(correction: dict[str, str]) -> Node:
    change = (
        f"It said: “{correction['was']}” It should say: “{correction['now']}”"
        if correction["was"]
        else f"We left out: “{correction['now']}”"
    )
    return {
        "@type": "CorrectionComment",
        "text": f"{change} Why: {correction['why']}",
        "datePublished": correction["on"],
    }


# Lists, people, words -------------------------------------------------------------------------------------------------


def home() -> JsonLd:
    return JsonLd(page("WebPage", "/", settings.SITE_NAME, mainEntity=_reference(PUBLISHER)))


def listing(
    path: str,
    name: str,
    editions: Iterable[Edition | Card] = (),
    *,
    crumbs: Sequence[Crumb] = (),
    first: int = 1,
    **more: Any,
) -> JsonLd:
    """A page that lists articles; `first` is the place of its first one among those of all its pages."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": edition.title,
            "url": absolute(edition.get_absolute_url()),
        }
        for position, edition in enumerate(editions, start=first)
    ]
    entity = {"@type": "ItemList", "itemListElement": items} if items else None
    return JsonLd(page("CollectionPage", path, name, crumbs=crumbs or [], mainEntity=entity, **more))


def credits(images: Iterable[Image]) -> JsonLd:
    """The page that lists every picture shown, each with its rights."""
    entity = [image.structured() for image in images]
    return JsonLd(page("CollectionPage", reverse("credits"), "Picture credits", hasPart=entity))


def simple(kind: str, path: str, name: str, crumbs: Sequence[Crumb] = ()) -> JsonLd:
    return JsonLd(page(kind, path, name, crumbs=crumbs))


def topic(topic: Topic) -> Node:
    """A topic as a medical notion; its MeSH id is the code by which machines know it."""
    return {
        **_topic_reference(topic.slug, topic.name),
        "description": topic.definition,
        "alternateName": topic.synonyms,
    }


def _topic_reference(slug: str, name: str) -> Node:
    path, known = reverse("topic", args=[slug]), cache.topics().get(slug)
    code = known and {
        "@type": "MedicalCode",
        "codeValue": known.mesh_id,
        "codingSystem": "MeSH",
        "url": known.mesh_url,
    }
    return {
        "@type": "MedicalCondition" if known and known.is_condition else "MedicalEntity",
        "@id": absolute(f"{path}#topic"),
        "name": name,
        "url": absolute(path),
        "code": code if known and known.mesh_id else None,
    }


def _drug_reference(card: Drug) -> Node:
    path = card.get_absolute_url()
    return {"@type": "Drug", "@id": absolute(f"{path}#drug"), "name": card.name}


def _is_named(card: Drug, words: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) for name in card.names)


def person(known: Contributor) -> JsonLd:
    entity = {**_person(known, known.name, known.credentials), "description": known.biography}
    crumbs = [("Our people", reverse("people"))]
    return JsonLd(page("ProfilePage", known.get_absolute_url(), known.full_name, crumbs=crumbs, mainEntity=entity))


def people(everyone: Iterable[Contributor]) -> JsonLd:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": person.full_name,
            "url": absolute(person.get_absolute_url()),
        }
        for position, person in enumerate(everyone, start=1)
    ]
    entity = {"@type": "ItemList", "itemListElement": items} if items else None
    return JsonLd(page("CollectionPage", reverse("people"), "Our people", mainEntity=entity))


def glossary(terms: Iterable[Term]) -> JsonLd:
    """A set of defined terms; the definitions themselves stand on the page, once."""
    path = reverse("glossary")
    defined = [{"@type": "DefinedTerm", "@id": absolute(term.get_absolute_url()), "name": term.name} for term in terms]
    entity = {"@type": "DefinedTermSet", "@id": absolute(f"{path}#set"), "name": "Glossary", "hasDefinedTerm": defined}
    return JsonLd(page("WebPage", path, "Glossary", mainEntity=entity))


def medicines(cards: Iterable[Drug]) -> JsonLd:
    items = [
        {"@type": "ListItem", "position": position, "name": card.name, "url": absolute(card.get_absolute_url())}
        for position, card in enumerate(cards, start=1)
    ]
    entity = {"@type": "ItemList", "itemListElement": items} if items else None
    return JsonLd(page("CollectionPage", reverse("medicines"), "Medicines A–Z", mainEntity=entity))


def medicine(card: Drug, description: str, *, has_page: bool) -> JsonLd:
    """The card of a medicine, and who checked it, if they have a page. A demonstration's is vouched for by nobody."""
    path, checked, by = card.get_absolute_url(), card.checked_on, card.checked_by
    vouched: Node = {}
    if card.is_checked and checked and by:
        by_whom = _person(by, by.name, by.credentials) if has_page else None
        vouched = {"lastReviewed": checked.isoformat(), "reviewedBy": by_whom}
    entity = {
        **_drug_reference(card),
        "url": absolute(path),
        "nonProprietaryName": card.name,
        "alternateName": [*card.brands, *card.former_brands],
        "description": card.what_it_is,
        "drugClass": {"@type": "DrugClass", "name": card.drug_class},
        "administrationRoute": list(dict.fromkeys(name for row in card.given()["approved"] for name in row["routes"])),
        "warning": card.boxed_warning,
        "prescribingInfo": card.label_page[1] if card.label_page else None,
    }
    crumbs = [("Medicines A–Z", reverse("medicines"))]
    more = {"description": description, "dateModified": _moment(card.changed_at), **vouched, **MEDICAL}
    about = _reference(f"{path}#drug")
    return JsonLd(page("MedicalWebPage", path, card.capitalized, crumbs=crumbs, about=about, mainEntity=entity, **more))
