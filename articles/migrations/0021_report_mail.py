"""When the answer to a reader’s report was begun to be mailed: after a crash it is neither lost nor doubled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_list_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentencereport",
            name="mail_began_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the mail was begun; until it was mailed, nobody knows whether it went.",
                null=True,
            ),
        ),
    ]
