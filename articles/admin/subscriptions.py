"""Subscribers. This is health data: only a site administrator sees and exports addresses, a newsletter editor sees
counts. No button confirms a subscription.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from articles.admin.editions import ReadOnlyAdmin
from articles.admin.paginator import LongListPaginator
from articles.admin.sign_in import DeskRequest
from articles.models import BounceEvent, ConsentEvent, Section, Subscription, Suppression
from articles.newsletter.subscriptions import erasure, list_import

COUNT, EXPORT, ERASE = "articles.count_subscription", list_import.PERMISSION, "articles.delete_subscription"


class ConsentInline(admin.TabularInline):
    model = ConsentEvent
    extra = 0
    can_delete = False
    fields = ["at", "kind", "wording", "page", "source"]
    readonly_fields = ["at", "kind", "wording", "page", "source"]


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["email", "state", "gets", "requested_at", "confirmed_at", "ended_at"]
    list_filter = ["state", "wants"]
    search_fields = ["email"]
    paginator = LongListPaginator
    fields = [
        "email",
        "state",
        ("requested_at", "asked_at"),
        ("confirmed_at", "ended_at"),
        ("wants", "paused_until"),
        "sections",
        "source",
    ]
    inlines = [ConsentInline]
    when_empty = (
        "No subscribers yet. Readers sign up on the site and appear here right away, but nothing is sent until they "
        "confirm. manage.py import_subscribers FILE.csv imports a list you already have."
    )

    @admin.display(description="Wants", ordering="wants")
    def gets(self, subscription: Subscription) -> str:
        """Short: the list has no room for sentences."""
        return "Newsletter and corrections" if subscription.wants == Subscription.WEEKLY else "Corrections"

    def get_urls(self) -> list[Any]:
        ours = self.admin_site.admin_view
        return [
            path("export/", ours(self.export), name="articles_subscription_export"),
            path("<int:pk>/export/", ours(self.export_one), name="articles_subscription_export_one"),
            path("<int:pk>/erase/", ours(self.erase), name="articles_subscription_erase"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) or request.user.has_perm(COUNT)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Users who see only counts also find this page in the list of models."""
        perms = super().get_model_perms(request)
        return {**perms, "view": perms["view"] or request.user.has_perm(COUNT)}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_view_permission(request):
            context = {"counts": Subscription.objects.counts(), "may_export": request.user.has_perm(EXPORT)}
            return super().changelist_view(request, {**(extra_context or {}), **context})
        if not request.user.has_perm(COUNT):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), **counts(), "opts": self.opts, "title": "Subscribers"}
        return TemplateResponse(request, "admin/articles/subscription/counts.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        may = {"may_export": request.user.has_perm(EXPORT), "may_erase": request.user.has_perm(ERASE)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    def export_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything kept of one reader, as they get it themselves on their own page."""
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        subscription = get_object_or_404(Subscription, pk=pk)
        self.log_change(request, subscription, "Exported.")
        answer = HttpResponse(erasure.as_json(subscription), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="subscriber-{pk}.json"'
        return answer

    def erase(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once, and erases."""
        if not request.user.has_perm(ERASE):
            raise PermissionDenied
        subscription = Subscription.objects.filter(pk=pk).first()
        if request.method == "POST" and subscription is not None:
            erasure.erase(subscription.email)
            self.log_change(request, subscription, "Erased.")
            done = "Erased. The clock overwrites the address’s space in the database within a minute."
            messages.success(request, done)
        elif subscription is None:
            messages.warning(request, "This subscriber was erased already.")
        else:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Erase a subscriber"}
            context |= {"email": subscription.email, "pk": pk}
            return TemplateResponse(request, "admin/articles/subscription/erase.html", context)
        return HttpResponseRedirect(reverse("admin:articles_subscription_changelist"))

    def export(self, request: DeskRequest) -> Any:
        """The list as CSV, line by line; a post, so that no page elsewhere can point a browser here."""
        if not request.user.has_perm(EXPORT):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        lines = list_import.export_list(by=request.user)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="subscribers-{timezone.localdate()}.csv"'
        return answer


def counts() -> dict[str, Any]:
    """How many subscribe, to what, and how many must not be written to: numbers only."""
    getting = Subscription.objects.getting_the_newsletter()
    everything = getting.filter(sections=None).count()
    return {
        "counts": Subscription.objects.counts(),
        "sections": [(one.name, everything + getting.filter(sections=one).count()) for one in Section.objects.all()],
        "suppressed": [
            (label, Suppression.objects.filter(reason=reason).count()) for reason, label in Suppression.REASONS
        ],
    }


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = ["reason", "at"]
    list_filter = ["reason"]
    when_empty = (
        "No suppressed addresses. An address is added here, as a fingerprint no one can read, when mail to it "
        "bounces, when its owner marks the newsletter as spam, never signed up, or asks us to erase it."
    )
    fields = ["reason", "at"]


@admin.register(BounceEvent)
class BounceEventAdmin(ReadOnlyAdmin):
    list_display = ["kind", "status", "said", "at"]
    list_filter = ["kind"]
    when_empty = (
        "No bounces. When a mail server can’t deliver an issue, or a reader marks it as spam, the report appears "
        "here. The clock fetches it from BOUNCE_MAILBOX, or manage.py read_bounces reads it from a file."
    )
    fields = ["kind", "status", "said", "at", "subscription", "delivery"]
