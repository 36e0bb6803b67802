"""Issues that continue a stopped one, sections of a delivery, alarms; and who may do what with issues."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations, models

READ = ["view_issue", "view_issueitem", "view_alarm"]
ROLES = {
    "Newsletter editor": [
        *READ,
        "change_issue",
        "approve_issue",
        *(f"{deed}_issueitem" for deed in ("add", "change", "delete")),
        "view_correction",
    ],
    "Editor": READ,
    "Site administrator": READ,
}


def make(apps, schema_editor):
    """Newsletter editors see how many get an issue and how it went; no right here shows an address."""
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")
        Group.objects.get(name=name).permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="What it is about, as “held:12”.", max_length=80, unique=True)),
                ("sentence", models.TextField()),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, help_text="When the newsletter editors had it by mail.", null=True
                    ),
                ),
                ("over_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-raised_at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="issue",
            name="issue_once_a_week",
        ),
        migrations.AddField(
            model_name="delivery",
            name="sections",
            field=models.CharField(
                blank=True,
                help_text="Slugs of the sections that this letter tells of, as “,conditions,news,”; empty for all.",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="continues",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                help_text="The issue that was stopped half way, whose remaining readers get this one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="articles.issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("week", ""), _negated=True), ("continues", None)),
                fields=("week",),
                name="issue_once_a_week",
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="issue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alarms",
                to="articles.issue",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
