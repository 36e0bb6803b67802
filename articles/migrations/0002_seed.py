"""What a new site begins with: its sections, and the first entries of the glossary and cards of medicines and procedures."""

import tomllib
from pathlib import Path

from django.db import migrations
from django.utils.text import slugify

SECTIONS = [
    {
        "slug": "conditions",
        "name": "Conditions",
        "position": 1,
        "summary": "What hurts, why, and what is known about it.",
    },
    {
        "slug": "treatments",
        "name": "Treatments",
        "position": 2,
        "summary": "What can help, how well, and at what price.",
        "requires_risks": True,
    },
    {
        "slug": "news",
        "name": "News",
        "position": 3,
        "summary": "What changed inside pain medicine, and what it means for you.",
        "requires_review": False,
        "requires_references": False,
    },
]


def entries(name):
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


LABEL = "US prescribing information, title and dosage and administration"


def cards():
    """Each medicine and each class, its hazards and routes written out."""
    data, texts = entries("medicines"), entries("medicine_texts")
    hazards = {hazard.pop("key"): hazard for hazard in data["hazards"]}
    routes = {route.pop("key"): route for route in data["routes"]}
    classes = [{"drug_class": row["name"], "is_class": True, **row} for row in data["classes"]]
    for row in (*classes, *data["medicines"]):
        approved = [(row.pop("approved"), {})]
        approved += [(names, {"brands": [brand]}) for brand, names in row.pop("approved_as", {}).items()]
        rows = [{"status": "approved", "routes": names, **brands, "source": LABEL} for names, brands in approved]
        yield {
            "slug": slugify(row["name"]),
            **texts.pop(row["name"], {}),
            **row,
            "hazards": [hazards[key] for key in row.get("hazards", [])],
            "routes": rows + [routes[key] for key in row.get("routes", [])],
        }
    if texts:
        raise ValueError(f"There is no card of {', '.join(texts)}.")


def procedures():
    """Each procedure and device, its risks and signs written out; a risk of a medicine is written with the medicines."""
    data = entries("procedures")
    phrases = {phrase.pop("key"): phrase for phrase in (*entries("medicines")["hazards"], *data["phrases"])}
    for row in data["procedures"]:
        yield {**row, **{told: [phrases[key] for key in row[told]] for told in ("hazards", "signs")}}


def fill(apps, schema_editor):
    """Nobody in this newsroom has checked the cards yet, and each says so. Existing rows stay as they are."""
    terms = [{"slug": slugify(term["name"]), **term} for term in entries("glossary")["terms"]]
    first = {"Section": SECTIONS, "Term": terms, "Drug": list(cards()), "Procedure": list(procedures())}
    for name, rows in first.items():
        model = apps.get_model("articles", name)
        model.objects.bulk_create((model(**row) for row in rows), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
