"""Putting an article under a topic."""

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, Topic
from articles.models.page_type import PAGE
from articles.publishing import deletions, desk
from articles.publishing.desk import DeskRefused


def against(article: Article) -> list[str]:
    """Why an article gets no topic."""
    return ["It’s a site page, and those have none."] if article.page_type == PAGE else []


@transaction.atomic
def add_topic(article: Article, topic: Topic, *, by: User) -> None:
    """Adds a topic to the draft; readers see it when the draft is published. Raises DeskRefused."""
    if not by.has_perm("articles.change_article"):
        raise DeskRefused("You don’t have permission to change articles.")
    held = deletions.locked(article)
    deletions.require(held)
    if reasons := against(held):
        raise DeskRefused(*(f"“{held}” gets no topic. {reason}" for reason in reasons))
    if held.topics.filter(pk=topic.pk).exists():
        raise DeskRefused(f"“{held}” has the topic “{topic}” already.")
    held.topics.add(topic)
    desk.save(held, by=by)
