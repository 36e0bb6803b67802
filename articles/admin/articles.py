"""Articles: the form. Their list is in `article_list`, their actions in `actions`."""

import secrets
from typing import Any

from csp.constants import SELF
from django.contrib import admin, messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from articles.admin import deleted, editorial_status, panels, site_pages, stale_saves, together
from articles.admin.actions import ArticleActions
from articles.admin.article_form import ArticleForm
from articles.admin.article_list import ArticleList
from articles.admin.card_preview import CardPreview
from articles.admin.chosen import ChosenAdmin, ChosenForm
from articles.admin.deleted import DeletedDrafts
from articles.admin.evidence_form import listed
from articles.admin.links import LinkTargets
from articles.admin.paste import PasteIsImport
from articles.admin.pasted import PastedPictures
from articles.admin.references import ReferenceInline, ReferencesByIdentifier
from articles.admin.site import EDITOR_POLICY, under
from articles.admin.together import TogetherActions
from articles.admin.unsaved import UnsavedChecks
from articles.models import Article, Byline
from articles.models.found import FOR_SEARCH
from articles.publishing import desk, revisions

MERGED = "merged_article"  # in the session: what this browser sent is in the text, though the text is another
PICTURE = ["picture", "panel-picture"]
MODULES = (  # what the article's screen does in the browser
    "desk",
    "panels",
    "marks",
    "preview",
    "found",
    "paste",
    "credit",
    "lead",
    "comments",
    "keyboard",
)
# The preview stands beside the text, in a frame.
WRITING_POLICY = {**EDITOR_POLICY, "frame-src": [SELF]}


class BylineForm(ChosenForm):
    bound_field_class = panels.PanelField


class BylineInline(ChosenAdmin, admin.TabularInline):
    model = Byline
    form = BylineForm
    formset = panels.PanelFormSet
    extra = 1
    autocomplete_fields = ["contributor"]
    fields = ["contributor", "position"]
    verbose_name_plural = "byline"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contributor")


@admin.register(Article)
class ArticleAdmin(
    ChosenAdmin,
    PastedPictures,
    PasteIsImport,
    ReferencesByIdentifier,
    LinkTargets,
    CardPreview,
    UnsavedChecks,
    TogetherActions,
    ArticleActions,
    ArticleList,
    DeletedDrafts,
):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [BylineInline, ReferenceInline]
    autocomplete_fields = ["lead_image", "topics", "hub_of"]
    readonly_fields = ["lead_preview", "evidence"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"]}),
        ("Where it appears", {"fields": [("section", "slug"), "topics"], "classes": ["panel-details"]}),
        ("At the end", {"fields": ["closing_question", "disclosure"], "classes": ["panel-details"]}),
        ("In search engines", {"fields": list(FOR_SEARCH), "classes": ["panel-search"]}),
        (
            "First published elsewhere",
            {"fields": ["first_published_in", "first_published_url"], "classes": ["panel-search"]},
        ),
        ("Kind of page", {"fields": [("page_type", "hub_of")], "classes": ["panel-details"]}),
        ("Lead picture and its credit", {"fields": ArticleForm.PICTURE_LAYOUT, "classes": PICTURE}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Saved states are kept, so an article stays; what was public is withdrawn."""
        return False

    @admin.display(description="evidence on record")
    def evidence(self, article: Article) -> str:
        return listed(getattr(article.lead_image, "credit", None))

    @admin.display(description="current picture")
    def lead_preview(self, article: Article) -> str:
        return render_to_string("admin/articles/article/lead.html", {"image": article.lead_image})

    class Media:
        js = [Script(f"articles/{name}.js", type="module") for name in MODULES]

    # Saving -----------------------------------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), **site_pages.initial(request.GET.get("page", ""))}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What kind of page it is, is settled once it is published: links and lists rely on it."""
        own = super().get_readonly_fields(request, obj)
        is_settled = obj is not None and (obj.live_number or obj.is_withdrawn or obj.scheduled_for)
        return [*own, "page_type", "hub_of"] if is_settled else own

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        form.rebased = getattr(request, "rebased", None)
        return form

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_picture(by=request.user)
        for problem in form.bring_in_pasted(by=request.user):
            messages.warning(request, f"{problem} It was left out of the text.")
        self.order_references(request, form.instance, formsets)
        if not change:
            form.instance.created_by = request.user
            form.instance.draft_key = form.cleaned_data["draft_key"]
        if form.rebased is not None:
            form.rebased.keep_mine(form.instance, by=request.user)
            messages.info(request, f"Merged with {form.rebased.whose(request.user)}.")
            request.session[MERGED] = form.instance.pk
        desk.save(form.instance, by=request.user)
        self.keep_pasted_credits(request, form.instance)
        revisions.drop_saved(form.instance, by=request.user, numbers=request.POST.get("autosaved"))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Every button sends the whole form: what comes after it is about what the editor sees."""
        if "_then" in request.POST:
            return self.after_saving(obj, request.POST["_then"])
        if "_continue" in request.POST:
            messages.success(request, "Saved.")
            return self.after_saving(obj, "")
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if {"_then", "_continue"} & request.POST.keys():
            return self.response_change(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """A refused form has left its words in `obj`, so the status column reads the article again. What it is based on
        stays what it was.
        """
        rebased = getattr(request, "rebased", None)
        context["conflicts"] = rebased.shown() if rebased is not None else []
        if request.method == "GET" and request.session.get(MERGED) == (obj and obj.pk):
            context["is_merged"] = bool(request.session.pop(MERGED, None))
        context["based_on"] = request.POST.get("based_on", "")
        saved = self.get_object(request, str(obj.pk)) if obj and request.method == "POST" else obj
        if saved is not None:
            context |= editorial_status.context(saved, request.user)
            context |= together.context_of(saved, request.user)
            context |= deleted.deletion_of(saved, request.user)
        context["panels"] = panels.context(context["adminform"], context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        object_id = object_id or self._begun(request)
        view = under(WRITING_POLICY)(super().changeform_view)
        if object_id and request.method == "POST":
            self._rebase(request, object_id)
        key = request.POST.get("draft_key") or secrets.token_urlsafe(24)
        extra = {"status": None, "draft_key": key, "show_save_and_add_another": False, **(extra_context or {})}
        try:
            return view(request, object_id, form_url, extra)
        except IntegrityError:
            if object_id or (begun := self._begun(request)) is None:
                raise
            return self.changeform_view(request, begun, form_url, extra_context)  # its own draft came in between

    def _rebase(self, request: HttpRequest, object_id: str) -> None:
        article = self.get_object(request, object_id)
        if article is not None and self.has_change_permission(request, article):
            request.rebased = stale_saves.rebase(request, article)  # type: ignore[attr-defined]

    def _begun(self, request: HttpRequest) -> str | None:
        """The draft that the form of a new article began already: a save of that form goes on with it."""
        key = request.POST.get("draft_key", "") if request.method == "POST" else ""
        begun = revisions.begun(key, by=request.user) if request.user.is_authenticated else None
        return str(begun.pk) if begun else None
