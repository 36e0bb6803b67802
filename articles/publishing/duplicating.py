"""Using an article as a start for a new one."""

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, Reference
from articles.models.page_type import ARTICLE, HUB
from articles.publishing import deletions, desk
from articles.publishing.desk import DeskRefused

COPIED = ["standfirst", "page_type", "section", "lead_image", "lead_caption", "body", "closing_question", "disclosure"]
COPY = " (copy)"


@transaction.atomic
def duplicate(article: Article, *, by: User) -> Article:
    """A new draft of one person, with the text, pictures, references, section and topics of an article as it is saved.

    Who wrote, reviewed or commented on that one did so there. A topic has one page, so a copy of it is an article.
    Raises DeskRefused.
    """
    if not by.has_perm("articles.add_article"):
        raise DeskRefused("You don’t have permission to add articles.")
    deletions.require(article)
    copied = {name: getattr(article, name) for name in COPIED}
    longest = Article._meta.get_field("title").max_length or 0
    copied["title"] = f"{str(article)[: longest - len(COPY)]}{COPY}"
    if article.page_type == HUB:
        copied["page_type"] = ARTICLE
    made = Article.objects.create(created_by=by, **copied)
    made.topics.set(article.topics.all())
    references = list(article.references.all())
    for reference in references:
        reference.pk, reference.article = None, made
    Reference.objects.bulk_create(references)
    desk.save(made, by=by)
    return made
