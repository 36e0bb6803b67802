"""What follows from a published version and is worked out once, so that no reader waits for it. None of it is history:
`publishing.page_texts` writes it with the version, and the clock writes anew what is out of date.
"""

from django.db import models

from articles.models.edition import Edition
from articles.models.knowledge import Drug


class PageText(models.Model):
    """An edition's text as page HTML with gaps for its pictures, and what it names; used while `digest` is right."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="page_text")
    digest = models.CharField(
        max_length=64,
        db_index=True,
        help_text="Of what else it was made from: the names of terms and medicines, and the code.",
    )
    names = models.JSONField(default=dict, help_text="Pictures in the text and papers that it cites, by their ids.")
    content = models.TextField(help_text="JSON.")
    medicines = models.ManyToManyField(
        Drug, related_name="+", help_text="Those that the text names, so that a medicine’s page finds its articles."
    )

    def __str__(self) -> str:
        return str(self.edition)


class ReadNext(models.Model):
    """The articles that are nearest to an edition's, as of a moment; a page links those of them that are live."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="read_next")
    articles = models.JSONField(default=list, help_text="Their ids, the nearest first.")
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.edition)


class ShareCard(models.Model):
    """That the card which travels with an edition's address lies in the media folder, under its digest."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="share_card")
    digest = models.CharField(max_length=24, db_index=True, help_text="Of what the card says.")

    def __str__(self) -> str:
        return str(self.edition)
