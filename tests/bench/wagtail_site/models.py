"""An article with a picture, and the list that holds them."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class ArticleList(Page):
    template = "list.html"

    def get_context(self, request, *args, **kwargs):
        articles = ArticlePage.objects.live().child_of(self).order_by("-first_published_at").select_related("picture")
        page = Paginator(articles, 12).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"articles": page}


class ArticlePage(Page):
    template = "article.html"
    standfirst = models.TextField()
    body = RichTextField()
    picture = models.ForeignKey("wagtailimages.Image", models.PROTECT, null=True, related_name="+")
    search_fields = [*Page.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
