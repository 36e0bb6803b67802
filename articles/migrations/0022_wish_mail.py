"""A wish stays until its mail was taken: when it is seen to, when its mail was begun, how often in doubt."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_report_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="wish",
            name="began_at",
            field=models.DateTimeField(blank=True, help_text="When its mail was first begun, and counted.", null=True),
        ),
        migrations.AddField(
            model_name="wish",
            name="doubts",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Attempts of which nobody knows how they ended."
            ),
        ),
        migrations.AddField(
            model_name="wish",
            name="next_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="When it is seen to, or seen to again."
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(("began_at__isnull", False), ("doubts", 0), _connector="OR"),
                name="wish_doubted_once_it_was_begun",
            ),
        ),
    ]
