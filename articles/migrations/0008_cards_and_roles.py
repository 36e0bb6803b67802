"""The first cards of medicines, and who may read and change them."""

import tomllib
from pathlib import Path

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

READ = ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]
CHANGE = ["Editor", "Site administrator"]


def load(apps, schema_editor):
    """Written from the labels; nobody of this newsroom has checked them yet, and each card says so."""
    Drug = apps.get_model("articles", "Drug")
    cards = tomllib.loads((Path(__file__).parent / "medicines.toml").read_text(encoding="utf-8"))["medicines"]
    for card in cards:
        Drug.objects.get_or_create(name=card["name"], defaults=card)


def allow(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for roles, codenames in ((READ, ["view_drug", "view_correction"]), (CHANGE, ["add_drug", "change_drug"])):
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")
        for group in Group.objects.filter(name__in=roles):
            group.permissions.add(*found)


def make(apps, schema_editor):
    load(apps, schema_editor)
    allow(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_medicines"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
