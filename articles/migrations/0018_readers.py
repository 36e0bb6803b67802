"""What readers send back, what is known about papers that were retracted, and who may see and answer it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations, models

READ = ["Author", "Medical reviewer", "Editor", "Site administrator"]
ANSWER = ["Editor"]
SEEN = ["view_sentencereport", "view_retractionnotice", "view_acknowledgement"]


def allow(apps, schema_editor):
    config = apps.get_app_config("articles")
    config.models_module = True
    create_contenttypes(config, apps=apps, verbosity=0)
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for roles, codenames in (
        (READ, SEEN),
        (ANSWER, ["answer_sentencereport"]),
        (["Site administrator"], ["delete_sentencereport"]),
    ):
        found = Permission.objects.filter(codename__in=codenames, content_type__app_label="articles")
        for group in Group.objects.filter(name__in=roles):
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_knowledge"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="closing_question",
            field=models.CharField(
                blank=True,
                help_text="Shown at the end; readers answer yes, no or not sure with one tap.",
                max_length=200,
            ),
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AnswerTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=200)),
                ("yes", models.PositiveIntegerField(default=0)),
                ("no", models.PositiveIntegerField(default=0)),
                ("unsure", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "answer tallies",
            },
        ),
        migrations.CreateModel(
            name="RetractionNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_id", models.PositiveIntegerField(help_text="Its number in the file.", unique=True)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("retracted", "Retraction"),
                            ("doubted", "Expression of concern"),
                            ("corrected", "Correction"),
                            ("reinstated", "Reinstatement"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.TextField(blank=True)),
                ("journal", models.CharField(blank=True, max_length=300)),
                ("noticed_on", models.DateField(blank=True, null=True)),
                ("doi", models.CharField(blank=True, db_index=True, max_length=300, verbose_name="DOI of the paper")),
                (
                    "pmid",
                    models.CharField(blank=True, db_index=True, max_length=10, verbose_name="PubMed id of the paper"),
                ),
                ("notice_doi", models.CharField(blank=True, max_length=300, verbose_name="DOI of the notice")),
                ("notice_pmid", models.CharField(blank=True, max_length=10, verbose_name="PubMed id of the notice")),
                ("reasons", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "retraction notice",
                "ordering": ["-noticed_on", "-record_id"],
            },
        ),
        migrations.CreateModel(
            name="SentenceReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "passage",
                    models.PositiveIntegerField(default=0, help_text="Its number in the text; 0 is the whole article."),
                ),
                ("quoted", models.TextField(help_text="The words that it is about, as they were printed.")),
                ("wrong", models.TextField(verbose_name="what is wrong")),
                (
                    "reader_severity",
                    models.CharField(
                        choices=[
                            ("harm", "Somebody could be harmed by it"),
                            ("wrong", "It is wrong"),
                            ("unclear", "It is hard to understand"),
                            ("typo", "It has a slip of the pen"),
                        ],
                        max_length=10,
                        verbose_name="as the reader sees it",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("harm", "Somebody could be harmed by it"),
                            ("wrong", "It is wrong"),
                            ("unclear", "It is hard to understand"),
                            ("typo", "It has a slip of the pen"),
                        ],
                        help_text="As the desk judges it.",
                        max_length=10,
                        verbose_name="how severe",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="address for the answer")),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "It was put right"),
                            ("unchanged", "It stays as it is"),
                            ("unusable", "No report: advertising or abuse"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mailed_at",
                    models.DateTimeField(blank=True, help_text="When the reader was mailed the answer.", null=True),
                ),
            ],
            options={
                "verbose_name": "report by a reader",
                "verbose_name_plural": "reports by readers",
                "ordering": ["-received_at", "-id"],
                "permissions": [("answer_sentencereport", "Can answer what readers report")],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("network", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="TraceKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("key", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="draft_key",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Of the form that began it, so that it begins once.",
                max_length=64,
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("draft_key", ""), _negated=True),
                fields=("created_by", "draft_key"),
                name="article_begun_once",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="acknowledgements", to="articles.article"
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answertally",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="articles.article"
            ),
        ),
        migrations.AddConstraint(
            model_name="retractionnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["retracted", "doubted", "corrected", "reinstated"])),
                name="retraction_nature_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="retractionnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("doi", ""), _negated=True), models.Q(("pmid", ""), _negated=True), _connector="OR"
                ),
                name="retraction_of_a_known_paper",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="articles.retractionnotice",
            ),
        ),
        migrations.AddField(
            model_name="sentencereport",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sentencereport",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="articles.edition"
            ),
        ),
        migrations.AddField(
            model_name="sentencereport",
            name="mended_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.edition",
            ),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(fields=["network", "at"], name="trace_of_a_network"),
        ),
        migrations.AddConstraint(
            model_name="answertally",
            constraint=models.UniqueConstraint(fields=("article", "question"), name="tally_of_a_question_once"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(fields=("article", "notice"), name="acknowledged_once_per_article"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="acknowledgement_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="sentencereport",
            index=models.Index(fields=["answered_at", "severity"], name="report_open"),
        ),
        migrations.AddConstraint(
            model_name="sentencereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("severity__in", ["harm", "wrong", "unclear", "typo"]),
                    ("reader_severity__in", ["harm", "wrong", "unclear", "typo"]),
                ),
                name="report_severity_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentencereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong", ""), _negated=True), name="report_says_what_is_wrong"
            ),
        ),
        migrations.AddConstraint(
            model_name="sentencereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("outcome", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("outcome__in", ["corrected", "unchanged"]),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False), ("outcome", "unusable")),
                    _connector="OR",
                ),
                name="report_open_or_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="sentencereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mended_in__isnull", False), ("outcome", "corrected")),
                    models.Q(models.Q(("outcome", "corrected"), _negated=True), ("mended_in__isnull", True)),
                    _connector="OR",
                ),
                name="report_corrected_in_an_edition",
            ),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
