"""A picture's page in the library: what it shows, where its middle is, whose it is. The rest of `ImageAdmin` is in
`picture_library` (the list), `picture_intake` (what comes in), `credit_line` (a pasted credit) and `picture_actions`
(what is replaced or withdrawn).
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.admin.article_form import CREDIT_FIELDS
from articles.admin.credit_line import ReadsCreditLines
from articles.admin.credits import CreditInline
from articles.admin.picture_actions import PictureActions, beside
from articles.admin.picture_intake import IntakeViews
from articles.admin.picture_library import LibraryViews
from articles.models import Image


class PictureForm(forms.ModelForm):
    """The focal point is two numbers; where scripts run, a click on the preview or the arrow keys set them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    class Meta:
        model = Image
        fields = ("focal_x", "focal_y", "alt", "is_decorative")
        widgets = {
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"}),
            "alt": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        }


@admin.register(Image)
class ImageAdmin(PictureActions, ReadsCreditLines, IntakeViews, LibraryViews):
    form = PictureForm
    inlines = [CreditInline]
    change_form_template = "admin/articles/image/change_form.html"
    fieldsets = [
        (None, {"fields": [("focal_x", "focal_y")], "classes": ["focus"]}),
        ("Alt text", {"fields": ["alt", "is_decorative"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editions name pictures for ever; one that may not be shown is withdrawn."""
        return False

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The address may carry what the file said of itself (`picture_intake.Outcome.query`)."""
        known: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        offered = {name: request.GET[name] for name in CREDIT_FIELDS if name in request.GET}
        if isinstance(inline, CreditInline) and request.method == "GET" and offered and not hasattr(obj, "credit"):
            known["initial"] = [offered]
        return known

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        image = self.get_object(request, object_id)
        extra = beside(image, request.user) if image and self.has_view_permission(request, image) else {}
        hidden = {"show_save_and_add_another": False, "show_save": False}
        return super().change_view(request, object_id, form_url, {**extra, **hidden, **(extra_context or {})})
