"""Whose a picture is: the credit beside a picture, and old credit lines that wait for theirs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.article_form import CREDIT_FIELDS
from articles.admin.licence_field import LicenceFormField
from articles.images import intake
from articles.models import ImageCredit
from articles.models.credit import LicenceField
from articles.publishing import pictures

CREDIT_LAYOUT: Any = [
    ("creator", "creator_url"),
    "title",
    ("description", "is_untitled"),
    ("source", "source_url"),
    "licence",
    "is_noncommercial",
    "modifications",
    "made_with",
    "permission",
    "rights_end_on",
]
LICENCE_IN_TWO: Any = {LicenceField: {"form_class": LicenceFormField}}


class CreditInline(admin.StackedInline):
    model = ImageCredit
    fields = CREDIT_LAYOUT
    formfield_overrides = LICENCE_IN_TWO
    extra = 1
    max_num = 1
    can_delete = False
    verbose_name_plural = "credit"


class CreditForm(forms.ModelForm):
    """An old credit line gets its picture: one of the library, or one uploaded here."""

    upload = forms.FileField(label="or upload the picture", required=False)

    class Meta:
        model = ImageCredit
        fields = ("image", *CREDIT_FIELDS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file = data.get("upload")
        if file:
            try:
                data["image"] = pictures.store(file.read(intake.MOST_BYTES + 1), name=file.name)
            except intake.RefusedPicture as refusal:
                self.add_error("upload", str(refusal))
        return data


@admin.register(ImageCredit)
class ImageCreditAdmin(admin.ModelAdmin):
    """Credit lines of old posts that wait for their picture; a picture's own credit is mended beside the picture."""

    form = CreditForm
    formfield_overrides = LICENCE_IN_TWO
    list_display = ["raw", "creator", "source", "licence", "found_in"]
    list_select_related = ["found_in"]
    search_fields = ["raw", "creator", "source"]
    autocomplete_fields = ["image"]
    readonly_fields = ["raw", "found_in"]
    fields = ["raw", "found_in", "image", "upload", *CREDIT_FIELDS]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(raw="")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
