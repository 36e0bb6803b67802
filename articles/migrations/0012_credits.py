"""The credit in full, the evidence for it, old lines that were dismissed; and who may add evidence and read it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations, models


ADD, READ = ["Author", "Editor"], ["Author", "Editor", "Medical reviewer", "Site administrator"]


def allow(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for roles, codename in ((ADD, "add_creditevidence"), (READ, "view_creditevidence")):
        found = Permission.objects.filter(codename=codename, content_type__app_label="articles")
        for group in Group.objects.filter(name__in=roles):
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_newsletter"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CreditEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.URLField(blank=True, max_length=500, verbose_name="page seen")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seen")),
                (
                    "file_digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256 of the picture’s file as it was then.",
                        max_length=64,
                    ),
                ),
                ("note", models.CharField(blank=True, help_text="What the page or the letter says.", max_length=300)),
                (
                    "document",
                    models.FileField(
                        blank=True,
                        help_text="Never shown to readers.",
                        max_length=120,
                        upload_to="",
                        verbose_name="saved page or letter",
                    ),
                ),
                ("document_name", models.CharField(blank=True, editable=False, max_length=200)),
                ("document_digest", models.CharField(blank=True, editable=False, help_text="SHA-256.", max_length=64)),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["seen_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="dismissed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="dismissed_because",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="dismissed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="is_noncommercial",
            field=models.BooleanField(
                default=False,
                help_text="Licences with NC ask this: no advertising beside it, nothing sold with it. Ask whoever knows.",
                verbose_name="our use of it is not commercial",
            ),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="is_untitled",
            field=models.BooleanField(
                default=False,
                help_text="Look before you tick it: Creative Commons licences before 4.0 end where a title is left out.",
                verbose_name="its author gave it no title",
            ),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="made_with",
            field=models.CharField(
                blank=True,
                help_text="For AI-generated pictures: which system and version, and what it was given.",
                max_length=200,
                verbose_name="how a machine made it",
            ),
        ),
        migrations.AddField(
            model_name="imagecredit",
            name="rights_end_on",
            field=models.DateField(
                blank=True, help_text="The first day without rights: from it on nobody is shown the picture.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="imagecredit",
            name="licence",
            field=models.CharField(
                blank=True,
                help_text="As the page of the work states it, with its version; a platform’s name implies none. This is no legal advice.",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="imagecredit",
            name="modifications",
            field=models.CharField(
                blank=True,
                help_text="As “cropped”. Another size or format is no change.",
                max_length=200,
                verbose_name="what we changed",
            ),
        ),
        migrations.AlterField(
            model_name="imagecredit",
            name="permission",
            field=models.TextField(
                blank=True,
                help_text="Who allowed what, when, for which use; the agency’s number.",
                verbose_name="permission or contract",
            ),
        ),
        migrations.AddIndex(
            model_name="imagecredit",
            index=models.Index(fields=["rights_end_on"], name="credit_rights_end"),
        ),
        migrations.AddConstraint(
            model_name="imagecredit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dismissed_at__isnull", True), ("dismissed_by__isnull", True)),
                    models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False)),
                    _connector="OR",
                ),
                name="credit_dismissed_by_somebody",
                violation_error_message="A line is dismissed by somebody at some moment.",
            ),
        ),
        migrations.AddField(
            model_name="creditevidence",
            name="by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="creditevidence",
            name="credit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="articles.imagecredit"
            ),
        ),
        migrations.AddConstraint(
            model_name="creditevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("page", ""), _negated=True), models.Q(("document", ""), _negated=True), _connector="OR"
                ),
                name="evidence_shows_something",
                violation_error_message="Evidence is a page that was seen, or a document.",
            ),
        ),
        migrations.AddConstraint(
            model_name="creditevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document", ""), ("document_digest", "")),
                    models.Q(
                        models.Q(("document", ""), _negated=True), models.Q(("document_digest", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="evidence_document_with_digest",
            ),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
