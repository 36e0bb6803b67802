"""The pages about itself that a site still needs: on the dashboard, each with the form that begins it."""

from typing import Any

from django.urls import reverse

from articles import cache, site_pages
from articles.admin.dashboard_item import DashboardItem
from articles.models import Article
from articles.models.page_type import PAGE


def needed(user: Any) -> list[DashboardItem]:
    """For those who may publish; what somebody began already leads to that draft."""
    if not (user.has_perm("articles.publish_article") and user.has_perm("articles.add_article")):
        return []
    missing = cache.missing_pages()
    slugs = [page.slug for page in missing]
    begun = Article.everything.filter(page_type=PAGE, slug__in=slugs).values_list("slug", "pk")
    drafts = {slug: reverse("admin:articles_article_change", args=[pk]) for slug, pk in begun}
    new = reverse("admin:articles_article_add")
    return [DashboardItem(page.title, page.says, drafts.get(page.slug, f"{new}?page={page.slug}")) for page in missing]


def initial(slug: str) -> dict[str, str]:
    """What the form of a new article holds for one of these pages; nothing for any other address."""
    page = site_pages.BY_SLUG.get(slug)
    if page is None:
        return {}
    return {"page_type": PAGE, "slug": page.slug, "title": page.title, "body": page.skeleton}
