"""Labeled drawings: a form that takes SVG, its preview by day and by night, and the list that the editor inserts from.

What is saved of a drawing that is there becomes a new one; only who checked it is noted on the same row.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.admin.credits import LICENSE_IN_TWO
from articles.models import Drawing
from articles.publishing import drawings
from articles.refusal import Refused
from articles.richtext.drawings import LARGEST, taken_in
from articles.richtext.render import page_text

IN_CHOOSER = 60


class DrawingForm(forms.ModelForm):
    """SVG comes as a file or as text; the rest is what readers are told of it."""

    file = forms.FileField(
        label="SVG file", required=False, help_text="Or paste the SVG below. A file takes the place of what is there."
    )

    class Meta:
        model = Drawing
        fields = ("title", "svg", "words", "creator", "source_url", "license", "checked_by", "checked_on")
        widgets = {
            "title": forms.TextInput(attrs={"size": 70}),
            "svg": forms.Textarea(attrs={"rows": 6, "cols": 100, "spellcheck": "false"}),
            "words": forms.Textarea(attrs={"rows": 6, "cols": 100}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "svg" in self.fields:
            self.fields["svg"].required = False

    def clean(self) -> Any:
        data = super().clean() or {}
        svg = _text_of(data.get("file")) or data.get("svg") or ""
        try:
            data["svg"] = taken_in(svg) if svg.strip() else ""
        except Refused as refused:
            self.add_error("svg", str(refused))
        if not svg.strip():
            self.add_error("svg", "Upload an SVG file, or paste the SVG here.")
        if bool(data.get("checked_by")) != bool(data.get("checked_on")):
            self.add_error("checked_on", "Enter who checked it and on which day, or neither.")
        license, creator = data.get("license") or "", data.get("creator")
        if license.startswith("cc-by") and creator != settings.SITE_NAME and not data.get("source_url"):
            self.add_error("source_url", "This license asks for a link to the work.")
        return data

    def says_other(self) -> bool:
        """Whether anything but the check is not as it was; SVG that was cleaned again is the same."""
        changed = {*self.changed_data} - drawings.CHECKED - {"svg", "file"}
        return bool(changed) or self.cleaned_data["svg"] != self.initial.get("svg")


def _text_of(file: UploadedFile | None) -> str:
    return file.read(LARGEST + 1).decode("utf-8", "replace") if file else ""


@admin.register(Drawing)
class DrawingAdmin(admin.ModelAdmin):
    form = DrawingForm
    formfield_overrides = LICENSE_IN_TWO
    actions = None
    change_form_template = "admin/articles/drawing/change_form.html"
    list_display = ["title", "checker", "checked_on", "is_newest"]
    list_filter = [("checked_by", admin.EmptyFieldListFilter)]
    list_select_related = ["drawing"]
    search_fields = ["title", "words"]
    autocomplete_fields = ["checked_by"]
    readonly_fields = ["preview"]
    when_empty = "No drawings yet. Add one as SVG, with its description in words."
    fieldsets = [
        (None, {"fields": ["title", "preview", "file", "svg", "words"]}),
        ("Credit", {"fields": ["creator", "source_url", "license"]}),
        ("Checked", {"fields": [("checked_by", "checked_on")]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        library = self.admin_site.admin_view(require_safe(self.library))
        return [path("library/", library, name="articles_drawing_library"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions name drawings for ever."""
        return False

    def library(self, request: HttpRequest) -> JsonResponse:
        """The newest of each drawing, for the editor’s chooser: all whose title has what was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Drawing.objects.filter(drawing=None, title__icontains=request.GET.get("q", ""))[:IN_CHOOSER]
        listed = [{"id": row.pk, "title": row.title, "checked": bool(row.checker)} for row in found.defer("svg")]
        return JsonResponse({"drawings": listed})

    @admin.display(description="newest", boolean=True)
    def is_newest(self, drawing: Drawing) -> bool:
        return not hasattr(drawing, "drawing")

    @admin.display(description="as readers see it")
    def preview(self, drawing: Drawing) -> SafeString | str:
        if drawing.pk is None:
            return "Save the drawing to see it as readers do."
        figure = f'<figure data-drawing="{drawing.pk}"></figure>'
        shown = page_text(figure, references=0).with_figures({}, drawings.shown([drawing.pk])).html
        return format_html('<div class="drawing-day">{}</div><div class="drawing-night" inert>{}</div>', shown, shown)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        checked = {name: form.cleaned_data[name] for name in drawings.CHECKED}
        if not change:
            drawings.keep(obj, **checked)
        elif form.says_other():
            if not {*form.changed_data} & drawings.CHECKED and checked["checked_by"]:
                checked = dict.fromkeys(drawings.CHECKED)
                messages.warning(request, "The drawing changed, so it is no longer marked as checked.")
            drawings.keep(obj, **checked, following=Drawing.objects.get(pk=obj.pk))
            messages.info(request, "Saved as a new drawing. Texts that show the old one keep it until you exchange it.")
        elif {*form.changed_data} & drawings.CHECKED:
            drawings.note_check(obj, **checked)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except drawings.DrawingsRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The new drawing has a page of its own."""
        if "_continue" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_drawing_change", args=[obj.pk]))
        return super().response_change(request, obj)
