"""The part of schema.org that the pages use, by hand from its definitions, and a checker that knows nothing else.

A type is known with what it is a kind of; a property with the types that may have it and what it may hold.
"""

import json
import re
from datetime import date, datetime

KINDS = {
    "Thing": (),
    "CreativeWork": ("Thing",),
    "Article": ("CreativeWork",),
    "ScholarlyArticle": ("Article",),
    "Comment": ("CreativeWork",),
    "CorrectionComment": ("Comment",),
    "DefinedTermSet": ("CreativeWork",),
    "MediaObject": ("CreativeWork",),
    "ImageObject": ("MediaObject",),
    "WebPage": ("CreativeWork",),
    "AboutPage": ("WebPage",),
    "CollectionPage": ("WebPage",),
    "ContactPage": ("WebPage",),
    "MedicalWebPage": ("WebPage",),
    "ProfilePage": ("WebPage",),
    "WebSite": ("CreativeWork",),
    "Intangible": ("Thing",),
    "DefinedTerm": ("Intangible",),
    "ItemList": ("Intangible",),
    "BreadcrumbList": ("ItemList",),
    "ListItem": ("Intangible",),
    "MedicalEntity": ("Thing",),
    "MedicalCondition": ("MedicalEntity",),
    "Substance": ("MedicalEntity",),
    "Drug": ("Substance",),
    "DrugClass": ("MedicalEntity",),
    "MedicalCode": ("DefinedTerm", "MedicalEntity"),  # by way of CategoryCode and MedicalIntangible
    "Audience": ("Intangible",),
    "MedicalAudience": ("Audience",),  # and PeopleAudience, a kind of it
    "Enumeration": ("Intangible",),
    "Specialty": ("Enumeration",),
    "MedicalSpecialty": ("Specialty",),
    "Organization": ("Thing",),
    "Person": ("Thing",),
}
PROPERTIES = {
    "about": (["CreativeWork"], ["Thing"]),
    "acquireLicensePage": (["CreativeWork"], ["CreativeWork", "URL"]),
    "administrationRoute": (["Drug"], ["Text"]),
    "alternateName": (["Thing"], ["Text"]),
    "articleSection": (["Article"], ["Text"]),
    "audience": (["CreativeWork"], ["Audience"]),
    "audienceType": (["Audience"], ["Text"]),
    "author": (["CreativeWork"], ["Organization", "Person"]),
    "breadcrumb": (["WebPage"], ["BreadcrumbList", "Text"]),
    "caption": (["ImageObject"], ["MediaObject", "Text"]),
    "citation": (["CreativeWork"], ["CreativeWork", "Text"]),
    "code": (["MedicalEntity"], ["MedicalCode"]),
    "codeValue": (["MedicalCode"], ["Text"]),
    "codingSystem": (["MedicalCode"], ["Text"]),
    "contentUrl": (["MediaObject"], ["URL"]),
    "copyrightNotice": (["CreativeWork"], ["Text"]),
    "correction": (["CreativeWork"], ["CorrectionComment", "Text", "URL"]),
    "correctionsPolicy": (["Organization"], ["CreativeWork", "URL"]),
    "creator": (["CreativeWork"], ["Organization", "Person"]),
    "creditText": (["CreativeWork"], ["Text"]),
    "dateModified": (["CreativeWork"], ["Date", "DateTime"]),
    "datePublished": (["CreativeWork"], ["Date", "DateTime"]),
    "description": (["Thing"], ["Text"]),
    "drugClass": (["Drug"], ["DrugClass"]),
    "hasDefinedTerm": (["DefinedTermSet"], ["DefinedTerm"]),
    "hasPart": (["CreativeWork"], ["CreativeWork"]),
    "headline": (["CreativeWork"], ["Text"]),
    "honorificSuffix": (["Person"], ["Text"]),
    "identifier": (["Thing"], ["Text", "URL"]),
    "image": (["Thing"], ["ImageObject", "URL"]),
    "inLanguage": (["CreativeWork"], ["Text"]),
    "isAccessibleForFree": (["CreativeWork"], ["Boolean"]),
    "isPartOf": (["CreativeWork"], ["CreativeWork", "URL"]),
    "item": (["ListItem"], ["Thing"]),
    "itemListElement": (["ItemList"], ["ListItem", "Text", "Thing"]),
    "jobTitle": (["Person"], ["DefinedTerm", "Text"]),
    "keywords": (["CreativeWork"], ["DefinedTerm", "Text", "URL"]),
    "lastReviewed": (["WebPage"], ["Date"]),
    "license": (["CreativeWork"], ["CreativeWork", "URL"]),
    "logo": (["Organization"], ["ImageObject", "URL"]),
    "mainEntity": (["CreativeWork"], ["Thing"]),
    "mainEntityOfPage": (["Thing"], ["CreativeWork", "URL"]),
    "mentions": (["CreativeWork"], ["Thing"]),
    "name": (["Thing"], ["Text"]),
    "nonProprietaryName": (["Drug"], ["Text"]),
    "position": (["CreativeWork", "ListItem"], ["Integer", "Text"]),
    "prescribingInfo": (["Drug"], ["URL"]),
    "publisher": (["CreativeWork"], ["Organization", "Person"]),
    "publishingPrinciples": (["CreativeWork", "Organization", "Person"], ["CreativeWork", "URL"]),
    "reviewedBy": (["WebPage"], ["Organization", "Person"]),
    "sameAs": (["Thing"], ["URL"]),
    "specialty": (["WebPage"], ["Specialty"]),
    "text": (["CreativeWork"], ["Text"]),
    "timeRequired": (["CreativeWork"], ["Duration"]),
    "url": (["Thing"], ["URL"]),
    "warning": (["Drug"], ["Text", "URL"]),
}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def in_page(html):
    """The one data block of a page."""
    [block] = BLOCK.findall(html)
    return json.loads(block)


def nodes(value):
    """Every node, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


def of_type(data, kind):
    return [node for node in nodes(data) if node["@type"] == kind]


def kinds(name):
    """A type and everything that it is a kind of."""
    return {name}.union(*(kinds(above) for above in KINDS[name]))


def problems(data):
    """What is not schema.org about a document, as sentences; nothing, if it is."""
    if data.get("@context") != "https://schema.org" or set(data) != {"@context", "@graph"}:
        return ["It is no graph of schema.org."]
    known = {node["@id"]: node["@type"] for node in nodes(data) if "@id" in node and node["@type"] in KINDS}
    return [problem for node in data["@graph"] for problem in _of_node(node, known)]


def _of_node(node, known):
    kind = node.get("@type")
    if kind not in KINDS:
        yield f"{kind} is no type that is known here."
        return
    for name, value in node.items():
        if name == "@id":
            if not _is_url(value):
                yield f"{value} is no address of a {kind}."
        elif name == "@type":
            continue
        elif name not in PROPERTIES:
            yield f"{name} is no property that is known here."
        else:
            domain, expected = PROPERTIES[name]
            if not kinds(kind) & set(domain):
                yield f"{kind} has no {name}."
            for one in value if isinstance(value, list) else [value]:
                yield from _of_value(f"{kind}.{name}", one, expected, known)


def _of_value(where, value, expected, known):
    if isinstance(value, dict) and set(value) == {"@id"}:
        kind = known.get(value["@id"])
        if not _is_url(value["@id"]) or (kind and not kinds(kind) & set(expected)):
            yield f"{where} refers to {value['@id']}, a {kind}."
    elif isinstance(value, dict):
        if value.get("@type") in KINDS and not kinds(value["@type"]) & set(expected):
            yield f"{where} is a {value['@type']}, and should be one of {expected}."
        yield from _of_node(value, known)
    elif not any(FORMS[kind](value) for kind in expected if kind in FORMS):
        yield f"{where} is {value!r}, and should be one of {expected}."


def _is_url(value):
    return isinstance(value, str) and bool(re.match(r"^https?://[^\s<>\"]+$", value))


def _is_parsed(parse):
    def check(value):
        try:
            return isinstance(value, str) and bool(parse(value))
        except ValueError:
            return False

    return check


FORMS = {
    "Text": lambda value: isinstance(value, str) and value.strip() != "",
    "URL": _is_url,
    "Boolean": lambda value: isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Duration": lambda value: isinstance(value, str) and bool(re.match(r"^PT\d+M$", value)),
    "Date": _is_parsed(lambda value: date.fromisoformat(value)),
    "DateTime": _is_parsed(lambda value: "T" in value and datetime.fromisoformat(value).tzinfo),
}
