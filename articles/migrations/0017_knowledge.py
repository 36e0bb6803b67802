"""Topics in a tree, the glossary with its first entries, and when what an edition says last changed."""

import tomllib
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations, models
from django.utils.text import slugify

READ = ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]
CHANGE = ["Editor", "Site administrator"]


def date_changes(apps, schema_editor):
    """Nothing tells a slip from a change in what was printed before: each edition counts as a change."""
    apps.get_model("articles", "Edition").objects.update(changed_at=models.F("live_from"))


def load(apps, schema_editor):
    Term = apps.get_model("articles", "Term")
    terms = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text(encoding="utf-8"))["terms"]
    for term in terms:
        Term.objects.get_or_create(slug=slugify(term["name"]), defaults=term)


def file_editions(apps, schema_editor):
    """What was printed before is filed under those of its topics that are still there."""
    Edition, EditionTopic = apps.get_model("articles", "Edition"), apps.get_model("articles", "EditionTopic")
    topics = {topic.slug: topic for topic in apps.get_model("articles", "Topic").objects.all()}
    for edition in Edition.objects.filter(filed_under=None).only("topics").iterator():
        filed = {topic["slug"] for topic in edition.topics} & topics.keys()
        EditionTopic.objects.bulk_create(EditionTopic(edition=edition, topic=topics[slug]) for slug in sorted(filed))


def allow(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for roles, codenames in ((READ, ["view_term"]), (CHANGE, ["add_term", "change_term", "delete_term"])):
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")
        for group in Group.objects.filter(name__in=roles):
            group.permissions.add(*found)


def make(apps, schema_editor):
    load(apps, schema_editor)
    file_editions(apps, schema_editor)
    allow(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_sending"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="As it stands in a sentence: “allodynia”, “CGRP”.", max_length=80)),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                (
                    "synonyms",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Other forms, abbreviations and lay words, one a line.",
                        verbose_name="other names",
                    ),
                ),
                (
                    "definition",
                    models.TextField(help_text="In plain words of our own; a sentence or two.", max_length=600),
                ),
                (
                    "source",
                    models.CharField(blank=True, help_text="What the definition follows, if anything.", max_length=200),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="its page")),
            ],
            options={
                "verbose_name": "glossary term",
                "ordering": [django.db.models.functions.text.Lower("name")],
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(date_changes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="edition",
            name="changed_at",
            field=models.DateTimeField(
                help_text="When what it says last changed: no slip of the pen, minor correction or new address moves it."
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="mesh_id",
            field=models.CharField(
                blank=True,
                help_text="Of the same notion in the Medical Subject Headings of the US National Library of Medicine.",
                max_length=10,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[DC]\\d{6,9}\\Z", "A MeSH id is a letter and a number, as D009437."
                    )
                ],
                verbose_name="MeSH id",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="articles.topic",
                verbose_name="stands under",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="synonyms",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="By which people may look for it, one a line.",
                verbose_name="other names",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="definition",
            field=models.CharField(blank=True, help_text="One or two sentences; they open its page.", max_length=300),
        ),
        migrations.AlterField(
            model_name="topic",
            name="slug",
            field=models.SlugField(unique=True, verbose_name="address"),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="topic_not_under_itself",
                violation_error_message="A topic cannot stand under itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(
                condition=models.Q(("mesh_id", ""), _negated=True),
                fields=("mesh_id",),
                name="topic_mesh_id_once",
                violation_error_message="Another topic has this MeSH id.",
            ),
        ),
        migrations.AddField(
            model_name="editiontopic",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="filed_under", to="articles.edition"
            ),
        ),
        migrations.AddField(
            model_name="editiontopic",
            name="topic",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.topic"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                name="term_named_once",
                violation_error_message="The glossary has this term.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("definition", ""), _negated=True)),
                name="term_says_something",
                violation_error_message="A term has a name and a definition.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editiontopic",
            constraint=models.UniqueConstraint(fields=("edition", "topic"), name="edition_filed_once_under_topic"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["live_until"], name="edition_end"),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
