"""How an article is found from outside: its words in search engines, and where it was published first."""

from django.db import models
from django.db.models import Q

from articles.models.links import LinkField
from articles.models.page_type import ARTICLE

FOR_SEARCH = ("search_title", "search_description")
COLUMNS = (*FOR_SEARCH, "first_published_url", "first_published_in")


class Found(models.Model):
    """The columns that a working copy and its published versions have alike."""

    search_title = models.CharField(
        "title for search",
        max_length=200,
        blank=True,
        help_text="What search engines show instead of the title.",
    )
    search_description = models.CharField(
        "description for search",
        max_length=300,
        blank=True,
        help_text="What search engines show instead of the standfirst.",
    )
    first_published_url = LinkField(
        "address there",
        max_length=500,
        blank=True,
        help_text="Only for an article that another site published first: search engines are sent there. It begins "
        "with https://.",
    )
    first_published_in = models.CharField(
        "first published in", max_length=120, blank=True, help_text="The publication’s name, which readers see."
    )

    class Meta:
        abstract = True


IS_WHOLE = Q(first_published_url="", first_published_in="") | (
    Q(page_type=ARTICLE) & ~Q(first_published_url="") & ~Q(first_published_in="")
)
