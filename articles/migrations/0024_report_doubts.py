"""How often an answer to a reader's report was tried without anybody seeing the end: no third copy goes out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_search_by_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentencereport",
            name="mail_doubts",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Attempts of which nobody knows how they ended."
            ),
        ),
    ]
