"""Articles on the desk: the form they are written in, and the buttons that ask `publishing` to act."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.timezone import is_naive, localtime, make_aware
from django.views.decorators.http import require_POST

from articles.admin import judgement, mails
from articles.admin.article_form import ArticleForm
from articles.admin.revisions import RevisionViews, as_number, side_by_side
from articles.admin.site import EDITOR_POLICY, under
from articles.models import Article, Byline, Edition, Override, Reference, Review
from articles.newsletter import sending
from articles.publishing import desk, overrides, press, revisions
from articles.publishing.press import PublishingRefused


class BylineInline(admin.TabularInline):
    model = Byline
    extra = 1
    autocomplete_fields = ["contributor"]
    fields = ["contributor", "position"]
    verbose_name_plural = "byline"


class ReferenceInline(admin.StackedInline):
    model = Reference
    extra = 0
    fields = ["citation", ("doi", "pmid"), ("url", "position")]


class StateFilter(admin.SimpleListFilter):
    title = "what needs attention"
    parameter_name = "state"
    QUESTIONS = {
        "waiting": ("Waits for a reviewer", Q(submitted_at__isnull=False)),
        "unsigned": ("Not signed as it is", Q(is_signed=False)),
        "ready": ("Signed, not printed", Q(is_signed=True, is_printed=False, scheduled_for=None, is_withdrawn=False)),
        "rewrite": ("Live, with changes on the desk", Q(live_number__isnull=False, is_printed=False)),
        "scheduled": ("Scheduled", Q(scheduled_for__isnull=False)),
        "live": ("Live", Q(live_number__isnull=False)),
        "withdrawn": ("Withdrawn", Q(is_withdrawn=True)),
        "picture": ("Without a lead picture", Q(lead_image=None)),
        "imported": ("Imported, title wanted", Q(title__startswith=Article.PLACEHOLDER)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in self.QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(self.QUESTIONS[chosen][1]) if chosen in self.QUESTIONS else queryset


@admin.register(Article)
class ArticleAdmin(RevisionViews):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    inlines = [BylineInline, ReferenceInline]
    autocomplete_fields = ["lead_image", "topics"]
    readonly_fields = ["lead_preview"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "state", "section", "by_whom", "changed_at"]
    list_filter = [StateFilter, "section"]
    list_select_related = ["section"]
    search_fields = ["title", "standfirst", "body", "byline__contributor__name"]
    date_hierarchy = "changed_at"
    list_per_page = 50
    actions = None
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"]}),
        ("Where it appears", {"fields": [("section", "slug"), "topics"]}),
        ("Lead picture and its credit", {"fields": ArticleForm.PICTURE_LAYOUT, "classes": ["picture"]}),
        ("At the end", {"fields": ["closing_question", "disclosure"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        articles: Any = super().get_queryset(request)
        return articles.with_state().prefetch_related("byline__contributor")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Saved states are kept, so an article stays; what was public is withdrawn."""
        return False

    @admin.display(description="state")
    def state(self, article: Any) -> str:
        standing = judgement.standing(article)
        return format_html('<span class="state {}">{}</span>', standing.shape, standing.words)

    @admin.display(description="As it is now")
    def lead_preview(self, article: Article) -> str:
        image = article.lead_image
        if image is None:
            return "No lead picture yet."
        return format_html(
            '<img class="preview" src="{}" alt="{}" width="{}" height="{}">',
            image.url,
            image.alt,
            image.width,
            image.height,
        )

    @admin.display(description="byline")
    def by_whom(self, article: Article) -> str:
        return ", ".join(str(line.contributor.name) for line in article.byline.all()) or "–"

    class Media:
        js = [Script("articles/desk.js", type="module")]

    # Saving ----------------------------------------------------------------------------------------------------------

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_picture(by=request.user)
        if not change:
            form.instance.created_by = request.user
        desk.save(form.instance, by=request.user)
        revisions.thin(form.instance, by=request.user, keep=0)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A save that was refused as stale shows both texts side by side."""
        form = context["adminform"].form
        context["stale"] = side_by_side(form.against_theirs()) if getattr(form, "theirs", None) else None
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        article = self.get_object(request, object_id) if object_id else None
        if article is not None and not self.has_view_permission(request, article):
            raise PermissionDenied
        extra = judgement.context(article, request.user) if article is not None else {"judgement": None}
        view = under(EDITOR_POLICY)(super().changeform_view)
        return view(
            request, object_id, form_url, {**extra, "show_save_and_add_another": False, **(extra_context or {})}
        )

    # Deeds: each button posts to an address of its own ---------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        deeds = {
            "submit": self.submit,
            "ask-reviewer": self.ask_reviewer,
            "sign-off": self.sign_off,
            "publish": self.publish,
            "unschedule": self.unschedule,
            "correct": self.correct,
            "carry-over": self.carry_over,
            "set-aside": self.set_aside,
            "agree": self.agree,
            "mend-slip": self.mend_slip,
            "withdraw": self.withdraw,
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(deed)),
                name=f"articles_article_{deed.__name__}",
            )
            for name, deed in deeds.items()
        ]
        return own + super().get_urls()

    def _article(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(Article, pk=pk)
        if isinstance(request.user, AnonymousUser) or not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _back(self, request: HttpRequest, article: Article, said: str = "") -> HttpResponse:
        if said:
            messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _refused(self, request: HttpRequest, article: Article, sentences: list[str]) -> HttpResponse:
        for sentence in sentences:
            messages.error(request, sentence)
        return self._back(request, article)

    def submit(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        try:
            desk.submit(article, by=request.user)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        return self._back(request, article, "It is on the reviewers' desk now.")

    def ask_reviewer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mails a signed link to a reviewer's own address. It is shown to nobody: whoever has it can sign with it."""
        article = self._article(request, pk)
        chosen = request.POST.get("reviewer", "")
        reviewer = judgement.reviewers_by_mail(article).filter(pk=as_number(chosen)).first()
        if reviewer is None:
            return self._refused(request, article, ["Choose a reviewer whose e-mail address is known."])
        try:
            revision = desk.submit(article, by=request.user)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        mail = mails.review_request(revision, reviewer, by=request.user)
        if not sending.deliver(mail, to=reviewer.email):
            return self._refused(request, article, ["The mail server did not take the mail. Please try again later."])
        return self._back(request, article, f"{reviewer} has a mail with a link to exactly this text.")

    def sign_off(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        revision = get_object_or_404(article.revisions, pk=as_number(request.POST.get("revision", "")))
        decision = Review.APPROVED if request.POST.get("decision") == Review.APPROVED else Review.CHANGES
        comments = request.POST.get("comments", "")
        try:
            desk.sign_off(revision, by=request.user, decision=decision, comments=comments)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        done = "You have signed this text." if decision == Review.APPROVED else "The authors see what you ask for."
        return self._back(request, article, done)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        try:
            at = parse_datetime(request.POST.get("at", ""))
        except ValueError:  # well formed, and no date
            at = None
        if request.POST.get("deed") == "schedule" and at is None:
            return self._refused(request, article, ["Choose the day and the time at which it goes live."])
        if at is not None and is_naive(at):
            at = make_aware(at)
        try:
            edition = press.publish(article, by=request.user, at=at, note=request.POST.get("note", "").strip())
        except PublishingRefused as refusal:
            return self._refused(request, article, [finding.message for finding in refusal.findings])
        when_live = f"goes live on {localtime(edition.live_from):%-d %B %Y at %H:%M}" if at else "is live"
        return self._back(request, article, f"Edition {edition.number} {when_live}.")

    def carry_over(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        try:
            review = desk.carry_over(article, by=request.user)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        return self._back(request, article, f"The sign-off of {review.full_name} stands for this text too.")

    def set_aside(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        finding, message, reason = (request.POST.get(name, "") for name in ("finding", "message", "reason"))
        try:
            overrides.ask(article, finding=finding, message=message, reason=reason, by=request.user)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        return self._back(request, article, "It is set aside as soon as another editor agrees.")

    def agree(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        chosen = request.POST.get("override", "")
        override = get_object_or_404(Override, article=article, pk=as_number(chosen))
        try:
            overrides.agree(override, by=request.user)
        except desk.DeskRefused as refusal:
            return self._refused(request, article, refusal.problems)
        return self._back(request, article, "Set aside. Readers will see that, and why.")

    def mend_slip(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        was, now = request.POST.get("was", ""), request.POST.get("now", "")
        try:
            edition = press.mend_slip(article, was=was, now=now, by=request.user)
        except PublishingRefused as refusal:
            return self._refused(request, article, [finding.message for finding in refusal.findings])
        return self._back(
            request, article, f"Edition {edition.number} is live; what waits here is untouched but for it."
        )

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        said = {name: request.POST.get(name, "") for name in ("was", "now", "why", "severity")}
        try:
            correction = press.correct(article, press.Erratum(**said), by=request.user)
        except PublishingRefused as refusal:
            return self._refused(request, article, [finding.message for finding in refusal.findings])
        same = press.also_said(correction)
        warning = f"The same words also stand in: {'; '.join(same)}." if same else ""
        if warning:
            messages.warning(request, warning)
        return self._back(request, article, f"Edition {correction.edition.number} is live as a correction.")

    def unschedule(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        with transaction.atomic():
            edition = Edition.objects.scheduled().filter(article=article).order_by("live_from").first()
            if edition is None:
                return self._refused(request, article, ["Nothing of this article is on the schedule."])
            try:
                press.unschedule(edition, by=request.user)
            except PublishingRefused as refusal:
                return self._refused(request, article, [finding.message for finding in refusal.findings])
        return self._back(request, article, "It is off the schedule.")

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        try:
            press.withdraw(article, by=request.user, note=request.POST.get("note", ""))
        except PublishingRefused as refusal:
            return self._refused(request, article, [finding.message for finding in refusal.findings])
        return self._back(request, article, "It is withdrawn; its address answers with your note.")
