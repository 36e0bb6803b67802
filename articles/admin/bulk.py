"""The same for several articles of the list: one page says what will happen to each and why not, and asks once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.admin import deleted
from articles.admin.editorial_status import status_label
from articles.models import Article, Topic
from articles.numbers import positive
from articles.publishing import assignments, deletions, filing, review_requests
from articles.refusal import Refused

MOST = 100  # articles at a time


class WriterField(forms.ModelChoiceField):
    def label_from_instance(self, user: Any) -> str:
        return user.get_full_name() or str(user)


class AssignForm(forms.Form):
    to = WriterField(None, required=False, label="Writer", empty_label="No one")
    due_on = forms.DateField(required=False, label="Due (optional)", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = assignments.writers()  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(
        Topic.objects.order_by("name"), empty_label="Choose…", error_messages={"required": "Choose a topic."}
    )


@dataclass(frozen=True)
class Bulk:
    """`{}` is how many articles."""

    words: str  # in the menu
    asks: str
    says: str
    button: str
    done: str
    permission: str
    act: Callable[..., None]
    against: Callable[[Article, Any], list[str]] = lambda article, by: []
    form: type[forms.Form] = forms.Form


BULK = {
    "assign": Bulk(
        "Assign…",
        "Assign {}?",
        "Those assigned until now no longer are.",
        "Assign",
        "{} assigned.",
        "articles.change_article",
        assignments.assign,
        form=AssignForm,
    ),
    "topic": Bulk(
        "Add a topic…",
        "Add a topic to {}?",
        "Published articles show it once their draft is published.",
        "Add the topic",
        "Topic added to {}.",
        "articles.change_article",
        filing.add_topic,
        lambda article, by: filing.against(article),
        form=TopicForm,
    ),
    "review": Bulk(
        "Ask again for review…",
        "Ask again for a medical review of {}?",
        "Every medical reviewer who signs in here will find them on their dashboard.",
        "Ask for review",
        "Review asked for {}.",
        "articles.submit_article",
        review_requests.ask_again,
        lambda article, by: review_requests.against(article),
    ),
    "delete": Bulk(
        "Delete…",
        "Delete {}?",
        "They leave every list, and links sent for them stop working. You can put them back for 30 days.",
        "Delete",
        "{} deleted.",
        "articles.change_article",
        deletions.delete,
        deletions.against,
    ),
}


def _counted(number: int) -> str:
    return f"{number} article{'' if number == 1 else 's'}"


def _begin(name: str) -> Callable[..., Any]:
    @admin.action(description=BULK[name].words)
    def begin(self: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        keys = list(chosen.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            messages.error(request, f"Choose at most {MOST} articles at a time.")
            return None
        return self.ask(request, name, keys, BULK[name].form())

    return begin


class BulkActions(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.bulk))
        return [path("bulk/<str:name>/", view, name="articles_article_bulk"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        if deleted.is_asked_for(request):
            return {}
        return {
            name: (_begin(name), name, each.words)
            for name, each in BULK.items()
            if request.user.has_perm(each.permission)
        }

    def get_action_choices(self, request: HttpRequest, default_choices: Any = None) -> Any:
        return super().get_action_choices(request, [("", "Choose…")])

    def ask(
        self, request: HttpRequest, name: str, keys: Iterable[int], form: forms.Form, status: int = 200
    ) -> HttpResponse:
        """The page that asks."""
        bulk = BULK[name]
        able: list[Any] = []
        unable: list[Any] = []
        for article in Article.objects.with_state().filter(pk__in=keys):
            reasons = bulk.against(article, request.user)
            (unable if reasons else able).append((article, status_label(article).words, reasons))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": bulk.asks.format(_counted(len(able))) if able else bulk.words.rstrip("…"),
            "bulk": bulk,
            "name": name,
            "form": form,
            "able": able,
            "unable": unable,
        }
        return TemplateResponse(request, "admin/articles/article/bulk.html", context, status=status)

    def bulk(self, request: Any, name: str) -> HttpResponse:
        if name not in BULK:
            raise Http404
        bulk = BULK[name]
        if not (self.has_view_permission(request) and request.user.has_perm(bulk.permission)):
            raise PermissionDenied
        keys = [pk for given in request.POST.getlist("article")[:MOST] if (pk := positive(given))]
        form = bulk.form(request.POST)
        if not form.is_valid():
            return self.ask(request, name, keys, form, status=422)
        done: list[Article] = []
        refused: list[str] = []
        for article in Article.objects.filter(pk__in=keys):
            try:
                bulk.act(article, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                refused += refusal.problems
            else:
                done.append(article)
        if name == "delete":
            deleted.offer_undo(request, done)
        elif done:
            messages.success(request, bulk.done.format(_counted(len(done))))
        for sentence in refused:
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
