"""The picture library: what is there, where it is used, and what its credit still lacks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.html import format_html

from articles.admin.credits import CreditInline
from articles.images import intake
from articles.models import Article, Edition, Image
from articles.publishing import pictures

IN_CHOOSER = 24


class UploadForm(forms.ModelForm):
    """Takes a file where the picture has none yet; the same bytes twice lead to the picture that is there."""

    file_to_store = forms.FileField(label="picture", help_text="JPEG, PNG, GIF, WebP or AVIF, up to 40 MB.")

    class Meta:
        model = Image
        fields = ("alt", "is_decorative")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["file_to_store"]

    def clean_file_to_store(self) -> Any:
        file = self.cleaned_data["file_to_store"]
        self.uploaded = file.read(intake.MOST_BYTES + 1)
        try:
            accepted = intake.accept(self.uploaded, name=file.name)
        except intake.RefusedPicture as refusal:
            raise ValidationError(str(refusal)) from refusal
        if (known := Image.objects.filter(digest=accepted.digest).first()) is not None:
            raise ValidationError(f"This picture is in the library already, as “{known}”.")
        return file

    def save(self, commit: bool = True) -> Any:
        """Stores the file; the instance, which the credit's form points to already, becomes the stored picture."""
        if not self.instance.pk:
            data = self.cleaned_data
            self.instance.pk = pictures.store(
                self.uploaded, name=data["file_to_store"].name, alt=data["alt"], is_decorative=data["is_decorative"]
            ).pk
            self.instance.refresh_from_db()
        return super().save(commit)


class CreditFilter(admin.SimpleListFilter):
    title = "credit"
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("lacking", "Not complete"), ("complete", "Complete")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        lacking = Image.objects.lacking_credit().values("pk")
        if self.value() == "lacking":
            return queryset.filter(pk__in=lacking)
        return queryset.exclude(pk__in=lacking) if self.value() == "complete" else queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = UploadForm
    inlines = [CreditInline]
    list_display = ["thumbnail", "name", "credit_line", "size", "uploaded_at"]
    list_display_links = ["thumbnail", "name"]
    list_filter = [CreditFilter]
    list_select_related = ["credit"]
    list_per_page = 30
    search_fields = ["alt", "credit__title", "credit__creator", "credit__source"]
    readonly_fields = ["preview", "where_used"]
    actions = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["preview", "alt", "is_decorative", "where_used"] if obj else ["file_to_store", "alt", "is_decorative"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        return format_html(
            '<img class="thumb" src="{}" alt="" loading="lazy" width="96" height="64">', image.thumbnail_url
        )

    @admin.display(description="picture")
    def preview(self, image: Image) -> str:
        return format_html('<img class="preview" src="{}" alt="{}">', image.rendition_url(640), image.alt)

    @admin.display(description="name")
    def name(self, image: Image) -> str:
        return str(image)

    @admin.display(description="credit")
    def credit_line(self, image: Image) -> str:
        credit = getattr(image, "credit", None)
        if credit is None:
            return format_html('<span class="state changes">{}</span>', "No credit")
        if missing := credit.missing_facts():
            return format_html(
                '<span class="state changes">Missing: {}</span> {}', ", ".join(missing).replace("_", " "), credit
            )
        return format_html('<span class="state live">Complete</span> {}', credit)

    @admin.display(description="pixels")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="where it is")
    def where_used(self, image: Image) -> str:
        mark = f'data-picture="{image.pk}"'
        live = (
            Edition.objects.live().filter(Q(lead_image=image) | Q(body__contains=mark)).values_list("title", flat=True)
        )
        desk = Article.objects.filter(Q(lead_image=image) | Q(body__contains=mark)).values_list("title", flat=True)
        said = [f"Live in “{title}”" for title in live] + [f"On the desk in “{title}”" for title in desk]
        return "; ".join(said) or "Nowhere yet"

    # The chooser in the editor ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        library = path("library/", self.admin_site.admin_view(self.library), name="articles_image_library")
        return [library, *super().get_urls()]

    def library(self, request: HttpRequest) -> JsonResponse:
        """Pictures for the editor's chooser: the newest, those that fit `q`, or the one whose `id` is given."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: QuerySet[Any] = Image.objects.select_related("credit")
        wanted, query = request.GET.get("id", ""), request.GET.get("q", "").strip()
        if wanted:
            is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 18
            found = found.filter(pk=int(wanted)) if is_number else found.none()
        elif query:
            found, _distinct = self.get_search_results(request, found, query)
        return JsonResponse({"pictures": [_as_json(image) for image in found[:IN_CHOOSER]]})


def _as_json(image: Image) -> dict[str, Any]:
    credit = getattr(image, "credit", None)
    return {
        "id": image.pk,
        "title": str(image),
        "thumbnail": image.thumbnail_url,
        "alt": image.alt,
        "credit": str(credit or ""),
        "complete": image.is_shown,
    }
