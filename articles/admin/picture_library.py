"""The library as a list: what each credit lacks, where each picture is, how one is found; and its private preview."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.admin.paginator import LongListPaginator
from articles.admin.picture_intake import as_json
from articles.images import licenses
from articles.images.licenses import rules
from articles.models import Image
from articles.numbers import positive
from articles.publishing import pictures

IN_CHOOSER = 24
NAME = Lower(
    Coalesce(NullIf("credit__title", Value("")), NullIf("alt", Value("")), "file_name")
)  # as `Image.__str__` has it
PREVIEW_WIDTHS = (320, 640, 1280)


class CreditFilter(admin.SimpleListFilter):
    title = "credit"
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("lacking", "Incomplete"), ("complete", "Complete")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: Any = queryset
        asked = {"lacking": found.lacking_credit, "complete": found.with_complete_credit}
        return asked.get(self.value() or "", found.all)()


class LicenseFilter(admin.SimpleListFilter):
    title = "license"
    parameter_name = "license"
    NOT_STATED = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.NOT_STATED, "Not stated"), *((family, _family_name(family)) for family in rules.RULES)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == self.NOT_STATED:
            return queryset.filter(Q(credit=None) | Q(credit__license=""))
        codes = [license.code for license in licenses.LICENSES.values() if license.family == chosen]
        return queryset.filter(credit__license__in=codes) if codes else queryset


def _family_name(family: str) -> str:
    """“CC BY-SA” for all versions and ports; the license's own name where there is but one."""
    names = [license.name for license in licenses.LICENSES.values() if license.family == family]
    if len(names) == 1:
        return names[0]
    return " ".join(names[0].split()[:2]) if names else family


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"
    NEVER = "never"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.NEVER, "Never used"), ("withdrawn", "Taken down"), ("replaced", "Replaced by another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == self.NEVER:
            return queryset.filter(pk__in=pictures.never_used().values("pk"))
        if chosen == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        return queryset.filter(replaced_by__isnull=False) if chosen == "replaced" else queryset


class LibraryViews(admin.ModelAdmin):
    """The columns of the list, the chooser's answers, and previews for staff."""

    change_list_template = "admin/articles/image/change_list.html"
    list_display = ["picture", "name", "credit_state", "license", "where_used"]
    list_display_links = ["name"]
    list_filter = [CreditFilter, LicenseFilter, UseFilter]
    list_select_related = ["credit", "replaced_by__credit"]
    list_per_page = 30
    show_full_result_count = False
    paginator = LongListPaginator
    search_fields = ["alt", "file_name", "credit__title", "credit__creator", "credit__source"]
    search_help_text = "Searches alt text, title, creator and source."
    when_empty = "No pictures yet. Upload the first one above. Its page says what it needs before readers can see it."
    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("library/", wrap(self.library), name="articles_image_library"),
            path("<int:pk>/preview/", wrap(require_safe(self.preview)), name="articles_image_preview"),
        ]
        return own + super().get_urls()

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Counts the places of the pictures on the page, all at once."""
        found = super().get_changelist_instance(request)
        found.result_list = list(found.result_list)
        is_anywhere = request.GET.get(UseFilter.parameter_name) != UseFilter.NEVER
        places = pictures.counted(found.result_list) if is_anywhere else {}
        for image in found.result_list:
            image.places = places.get(image.pk, pictures.Places())
        return found

    @admin.display(description="picture")
    def picture(self, image: Image) -> SafeString:
        address = reverse("admin:articles_image_preview", args=[image.pk])
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy" width="96" height="64">', address)

    @admin.display(description="name", ordering=NAME)
    def name(self, image: Image) -> str:
        return str(image)

    @admin.display(description="credit")
    def credit_state(self, image: Image) -> SafeString:
        if image.withdrawn_at is not None:
            return format_html('<span class="state withdrawn">{}</span>', "Taken down")
        if image.replaced_by is not None:
            return format_html('<span class="state half">Replaced by “{}”</span>', image.replaced_by)
        credit = getattr(image, "credit", None)
        if credit is None:
            return format_html('<span class="state changes">{}</span>', "No credit yet")
        shape, words = ("live", "Complete") if credit.is_complete() else ("changes", "Incomplete")
        return format_html('<span class="state {}">{}</span><br>{}', shape, words, credit)

    @admin.display(description="license")
    def license(self, image: Image) -> str:
        credit = getattr(image, "credit", None)
        known = licenses.LICENSES.get(credit.license) if credit else None
        return known.name if known else "not stated"

    @admin.display(description="used in")
    def where_used(self, image: Any) -> SafeString:
        places = image.places
        uses = [
            f"Published on {_pages(len(places.live))}" if places.live else "",
            f"In {len(places.drafts)} draft{'s' if len(places.drafts) > 1 else ''}" if places.drafts else "",
            f"Formerly on {_pages(len(places.past))}" if places.past else "",
        ]
        rows = [(each,) for each in uses if each] or [("Not used",)]
        return format_html_join("", '<span class="place">{}</span>', rows)

    def library(self, request: HttpRequest) -> JsonResponse:
        """Pictures for the editor's chooser: the newest, those that fit `q`, or the one whose `id` is given."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted, query = request.GET.get("id", ""), request.GET.get("q", "").strip()
        found: QuerySet[Any] = Image.objects.with_credit()
        if wanted:
            found = found.filter(pk=positive(wanted))
        else:
            available = Image.objects.with_credit().available()
            found, _distinct = self.get_search_results(request, available, query)
        return JsonResponse({"pictures": [as_json(image) for image in found[:IN_CHOOSER]]})

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The picture for users who may see the library, whatever its credit; `?width=` in pixels."""
        image = get_object_or_404(Image, pk=pk)
        if not self.has_view_permission(request, image):
            raise PermissionDenied
        asked = positive(request.GET.get("width", ""))
        try:
            data, kind = pictures.preview_bytes(image, next((w for w in PREVIEW_WIDTHS if w >= asked), 1280))
        except pictures.PicturesRefused as refusal:
            raise Http404(str(refusal)) from refusal
        response = HttpResponse(data, content_type=kind)
        response["Cache-Control"] = "private, max-age=300"
        return response


def _pages(number: int) -> str:
    return f"{number} page{'' if number == 1 else 's'}"
