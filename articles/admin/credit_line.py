"""A credit line as it was found, pasted into a credit: read into its fields while one writes, or by the save."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse_lazy
from django.views.decorators.http import require_POST

from articles.admin.license_field import LicenseWidget
from articles.images import credit_line, licenses
from articles.models import ImageCredit

SHOWN = {  # in the order in which it is told what a line says
    "creator": "Creator",
    "source": "Source",
    "title": "Title of the work",
    "source_url": "Link to the work",
    "license": "License",
}


UNREAD = "This doesn’t read like a credit line. Fill in the fields below instead, and clear this one."


def read(text: str, *, as_typed: str = "") -> dict[str, str]:
    """What a line states, by fields; nothing if it is no credit line. What was typed into another field is one only if
    it is more than a name.
    """
    line = credit_line.parse(text)
    if line is None or (as_typed and as_typed in (line.creator, line.source, line.title, line.url)):
        return {}
    return ImageCredit.stated(line)


class CreditLineFields(forms.Form):
    """The field for a line, which no column keeps. `credit_prefix` is what the form puts before a credit's fields.

    Without a script, a save reads the line; what was typed into a field beside it stays.
    """

    credit_prefix = ""

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        line, creator = f"{self.credit_prefix}line", f"{self.credit_prefix}creator"
        said = read(data.get(line) or "")
        if data.get(line) and not said:
            self.add_error(line, UNREAD)
        typed = (data.get(creator) or "").strip()
        if creator in self.changed_data and (as_creator := read(typed, as_typed=typed)):
            data[creator] = as_creator.get("creator", "")
            said = {**as_creator, **said}
        for name, words in said.items():
            if f"{self.credit_prefix}{name}" not in self.changed_data:
                data[f"{self.credit_prefix}{name}"] = words
                self.changed_data.append(f"{self.credit_prefix}{name}")
        return data


def line_field() -> forms.CharField:
    return forms.CharField(
        label="Credit line",
        required=False,
        max_length=credit_line.LONGEST_MARKUP,
        help_text="Paste it as you found it, for example “Image by Ada Doe via Flickr (CC BY 2.0)”.",
        widget=forms.TextInput(
            attrs={
                "data-credit-line": reverse_lazy("admin:articles_image_read_credit"),
                "autocomplete": "off",
            }
        ),
    )


class ReadsCreditLines(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.read_credit))
        return [path("read-credit/", view, name="articles_image_read_credit"), *super().get_urls()]

    def read_credit(self, request: HttpRequest) -> JsonResponse:
        """What a pasted `html` or `text` states: `fields` to fill in, and `said`, everything that was looked for, in
        words. `elsewhere` is set where it was pasted into another field than the line's. Nothing is written.
        """
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        html, text = request.POST.get("html", ""), request.POST.get("text", "").strip()
        as_typed = text if request.POST.get("elsewhere") else ""
        stated = read(html, as_typed=as_typed) or read(text, as_typed=as_typed)
        if not stated:
            return JsonResponse({"fields": {}, "said": [], "sentence": UNREAD})
        known = licenses.LICENSES.get(stated.get("license", ""))
        which, port = LicenseWidget().format_value(stated.pop("license", ""))
        fields = {**stated, **({"license": which, "license_port": port} if which else {})}
        words = {**stated, **({"license": known.name} if known else {})}
        said = [{"what": label, "words": words.get(name, "")} for name, label in SHOWN.items()]
        return JsonResponse({"fields": fields, "said": said})
