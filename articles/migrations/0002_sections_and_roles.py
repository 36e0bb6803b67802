"""The three sections, and the groups that make up the roles."""

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

SECTIONS = [
    {
        "slug": "conditions",
        "name": "Conditions",
        "position": 1,
        "summary": "What hurts, why, and what is known about it.",
        "requires_review": True,
        "requires_references": True,
        "requires_risks": False,
    },
    {
        "slug": "treatments",
        "name": "Treatments",
        "position": 2,
        "summary": "What can help, how well, and at what price.",
        "requires_review": True,
        "requires_references": True,
        "requires_risks": True,
    },
    {
        "slug": "news",
        "name": "News",
        "position": 3,
        "summary": "What changed inside pain medicine, and what it means for you.",
        "requires_review": False,
        "requires_references": False,
        "requires_risks": False,
    },
]


def every(*models):
    return [f"{deed}_{model}" for model in models for deed in ("add", "change", "view")]


def view(*models):
    return [f"view_{model}" for model in models]


DESK = ["article", "byline", "reference", "image", "imagecredit"]
KNOWN = ["section", "topic", "contributor", "revision", "review", "edition"]
AUTHOR = [*every(*DESK), *view(*KNOWN), "delete_byline", "delete_reference", "submit_article"]
EDITOR = [*AUTHOR, *every("topic", "contributor"), "change_section", "delete_imagecredit", "publish_article"]
ROLES = {
    "Author": AUTHOR,
    "Medical reviewer": [*view(*DESK, *KNOWN), "sign_off_article"],
    "Editor": EDITOR,
    "Newsletter editor": view("article", "edition", "section", "topic", "image", "imagecredit"),
    "Site administrator": [
        *view(*DESK, *KNOWN, "subscription", "consentevent"),
        *every("section", "topic", "contributor", "user", "group"),
        "delete_topic",
        "delete_user",
    ],
}


def make(apps, schema_editor):
    Section = apps.get_model("articles", "Section")
    for section in SECTIONS:
        Section.objects.get_or_create(slug=section["slug"], defaults=section)
    # Permissions are otherwise made after the last migration only.
    for label in ("articles", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_contenttypes(config, apps=apps, verbosity=0)
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label__in=["articles", "auth"])
        group.permissions.set(found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
