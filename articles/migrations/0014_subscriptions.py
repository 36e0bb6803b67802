"""Choices, wishes and counts of subscriptions, reports of bounces, and who may see counts or handle addresses."""

import django.db.models.deletion
import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations, models

GRANTS = {
    "Newsletter editor": ["count_subscription"],
    "Site administrator": ["count_subscription", "export_subscription", "view_bounceevent", "view_suppression"],
}


def drop_old_tokens(apps, schema_editor):
    """Links to leave are signed from now on, and need no row."""
    apps.get_model("articles", "SubscriptionToken").objects.filter(purpose="unsubscribe").delete()


def allow(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in GRANTS.items():
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")
        for group in Group.objects.filter(name=name):
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_pictures"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(drop_old_tokens, migrations.RunPython.noop),
        migrations.CreateModel(
            name="BounceEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "The address takes no mail"),
                            ("soft", "Not now"),
                            ("ours", "Refused for a reason that is not the reader's"),
                            ("complaint", "Called unwanted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status", models.CharField(blank=True, help_text="RFC 3463, as 5.1.1.", max_length=12)),
                ("said", models.CharField(blank=True, max_length=500)),
                (
                    "digest",
                    models.CharField(
                        help_text="Of the report: read twice, it counts once.", max_length=64, unique=True
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="InboxCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(help_text="HMAC-SHA-256 of the inbox.", max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "A question to confirm, or its answer"),
                            ("key", "A link to one's own data"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="NetworkCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(help_text="HMAC-SHA-256 of the day and the network.", max_length=64, unique=True),
                ),
                ("on", models.DateField()),
                ("wishes", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subscribe", "To subscribe"),
                            ("key", "To see, export or erase one's own data"),
                            ("move", "To get the letter at another address"),
                            ("moved", "To be told, at the old address, that it moved"),
                        ],
                        default="subscribe",
                        max_length=10,
                    ),
                ),
                ("email", models.EmailField(help_text="Where the answer goes.", max_length=254)),
                (
                    "digest",
                    models.CharField(
                        help_text="HMAC-SHA-256 of kind, subscription and address.", max_length=64, unique=True
                    ),
                ),
                ("wording", models.TextField(blank=True, help_text="The exact words beside the button.")),
                ("page", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "wishes",
                "ordering": ["id"],
            },
        ),
        migrations.AlterModelOptions(
            name="subscription",
            options={
                "ordering": ["-requested_at", "-id"],
                "permissions": [
                    ("count_subscription", "Can see how many subscribe, and no address"),
                    ("export_subscription", "Can import and export the addresses of subscribers"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="subscriptiontoken",
            name="token_purpose_known",
        ),
        migrations.AddField(
            model_name="consentevent",
            name="recorded_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="source",
            field=models.CharField(blank=True, help_text="Where it was given, if not here.", max_length=200),
        ),
        migrations.AddField(
            model_name="subscriptiontoken",
            name="new_email",
            field=models.EmailField(blank=True, help_text="The address to move to.", max_length=254),
        ),
        migrations.AddField(
            model_name="suppression",
            name="swept_at",
            field=models.DateTimeField(
                blank=True, help_text="When the space that an erased address had stood in was overwritten.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now, help_text="When it was given."),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "Asked"),
                    ("confirmed", "Confirmed"),
                    ("imported", "Given elsewhere, and imported"),
                    ("changed", "Changed their choices"),
                    ("moved", "Changed their address"),
                    ("ended", "Ended"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="subscriptiontoken",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("confirm", "Confirm"),
                    ("manage", "Manage one's own data"),
                    ("move", "Confirm another address"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriptiontoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_email", ""), ("purpose__in", ["confirm", "manage"])),
                    models.Q(("purpose", "move"), models.Q(("new_email", ""), _negated=True)),
                    _connector="OR",
                ),
                name="token_purpose_known",
            ),
        ),
        migrations.AddField(
            model_name="bounceevent",
            name="delivery",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="bounce_events",
                to="articles.delivery",
            ),
        ),
        migrations.AddField(
            model_name="bounceevent",
            name="subscription",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bounce_events", to="articles.subscription"
            ),
        ),
        migrations.AddIndex(
            model_name="inboxcount",
            index=models.Index(fields=["digest", "kind", "at"], name="inbox_count"),
        ),
        migrations.AddIndex(
            model_name="inboxcount",
            index=models.Index(fields=["kind", "at"], name="inbox_count_at"),
        ),
        migrations.AddConstraint(
            model_name="inboxcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["question", "key"])), name="inbox_count_kind_known"
            ),
        ),
        migrations.AddField(
            model_name="wish",
            name="subscription",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wishes",
                to="articles.subscription",
            ),
        ),
        migrations.AddConstraint(
            model_name="bounceevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["hard", "soft", "ours", "complaint"])), name="bounce_event_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "subscribe"), ("subscription__isnull", True)),
                    models.Q(("kind__in", ["key", "move", "moved"]), ("subscription__isnull", False)),
                    _connector="OR",
                ),
                name="wish_kind_known",
            ),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
