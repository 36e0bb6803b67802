"""Picture credits: the credit beside a picture, and old credit lines without a picture."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import FileField
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from articles.admin.article_form import CREDIT_FIELDS
from articles.admin.credit_line import CreditLineFields, line_field
from articles.admin.evidence_form import EvidenceForm, download, listed
from articles.admin.license_field import LicenseFormField
from articles.admin.sign_in import DeskRequest
from articles.images import intake
from articles.models import ImageCredit
from articles.models.credit import LicenseField
from articles.publishing import pictures
from articles.refusal import Refused

CREDIT_LAYOUT: Any = [
    "license",
    ("creator", "creator_url"),
    "title",
    ("description", "is_untitled"),
    ("source", "source_url"),
    "is_noncommercial",
    "modifications",
    "permission",
    ("rights_end_on", "made_with"),
]
EVIDENCE_LAYOUT: Any = ["evidence", ("evidence_page", "evidence_document"), "evidence_note"]
LICENSE_IN_TWO: Any = {LicenseField: {"form_class": LicenseFormField}}


class PictureCreditForm(CreditLineFields, EvidenceForm):
    line = line_field()


class CreditInline(admin.StackedInline):
    model = ImageCredit
    form = PictureCreditForm
    fields = ["line", *CREDIT_LAYOUT, *EVIDENCE_LAYOUT]
    readonly_fields = ["evidence"]
    formfield_overrides = LICENSE_IN_TWO
    extra = 1
    max_num = 1
    can_delete = False
    verbose_name_plural = "credit"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.by = request.user
        return formset

    @admin.display(description="evidence on record")
    def evidence(self, credit: ImageCredit) -> str:
        return listed(credit)


class OldLineForm(EvidenceForm):
    """An old credit line gets its picture: one of the library, or one uploaded here."""

    upload = FileField(label="or upload a picture", required=False)

    class Meta:
        model = ImageCredit
        fields = ("image", *CREDIT_FIELDS)

    def clean(self) -> Any:
        data = super().clean()
        file = data.get("upload")
        if file:
            try:
                data["image"] = pictures.store(file.read(intake.MOST_BYTES + 1), name=file.name, by=self.by)
            except Refused as refusal:
                self.add_error("upload", str(refusal))
        image = data.get("image")
        if image and ImageCredit.objects.filter(image=image).exclude(pk=self.instance.pk).exists():
            message = f"“{image}” already has a credit. If that credit says the same, dismiss this line."
            self.add_error("upload" if file else "image", message)
        return data


class StateFilter(admin.SimpleListFilter):
    """The queue, unless something else is asked for."""

    title = "status"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("read", "Has a picture"), ("dismissed", "Dismissed"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "Waiting"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        credits: Any = queryset
        asked: dict[str | None, Any] = {
            "all": credits,
            "dismissed": credits.filter(dismissed_at__isnull=False),
            "read": credits.filter(image__isnull=False),
        }
        return asked.get(self.value(), credits.waiting())


@admin.register(ImageCredit)
class ImageCreditAdmin(admin.ModelAdmin):
    """Credit lines from old posts that have no picture yet; a picture's own credit is edited beside the picture."""

    form = OldLineForm
    formfield_overrides = LICENSE_IN_TWO
    list_display = ["raw", "shown_in", "creator", "source", "license", "found_in"]
    list_filter = [StateFilter]
    list_select_related = ["found_in"]
    list_per_page = 50
    search_fields = ["raw", "creator", "source"]
    when_empty = (
        "No old credit lines are waiting. Credit lines from imported posts stay here until they have a picture."
    )
    autocomplete_fields = ["image"]
    readonly_fields = ["evidence"]
    fieldsets = [
        ("Picture", {"fields": ["image", "upload"]}),
        ("Credit", {"fields": CREDIT_LAYOUT}),
        ("Evidence", {"fields": EVIDENCE_LAYOUT}),
    ]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return ImageCredit.objects.exclude(raw="").with_times_shown()

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-times_shown", "id"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        form.record(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Old lines are kept: what is no credit is dismissed."""
        return False

    @admin.display(description="appears in", ordering="times_shown")
    def shown_in(self, credit: Any) -> str:
        return f"{credit.times_shown} published article{'' if credit.times_shown == 1 else 's'}"

    @admin.display(description="evidence on record")
    def evidence(self, credit: ImageCredit) -> str:
        return listed(credit)

    # Actions ----------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/dismiss/", wrap(self.dismiss), name="articles_imagecredit_dismiss"),
            path("evidence/<int:pk>/", wrap(self.document), name="articles_imagecredit_document"),
            *super().get_urls(),
        ]

    def dismiss(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Takes a line out of the queue, with who and why."""
        line = get_object_or_404(ImageCredit.objects.exclude(raw=""), pk=pk)
        if not self.has_change_permission(request, line):
            raise PermissionDenied
        if request.method != "POST" or line.dismissed_at or line.image_id:
            return HttpResponseRedirect(reverse("admin:articles_imagecredit_change", args=[pk]))
        line.dismiss(by=request.user, reason=request.POST.get("reason", "").strip())
        messages.success(request, "Dismissed. You can still find the line under “Dismissed”.")
        return HttpResponseRedirect(reverse("admin:articles_imagecredit_changelist"))

    def document(self, request: HttpRequest, pk: int) -> FileResponse:
        if not request.user.has_perm("articles.view_creditevidence"):
            raise PermissionDenied
        return download(pk)
