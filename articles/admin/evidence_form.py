"""Evidence beside a credit: a page seen or a document, added in the same form; what is there already is shown."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from articles.models import CreditEvidence, ImageCredit
from articles.publishing import evidence


class EvidenceFields(forms.Form):
    """One more piece of evidence, filled in beside a credit."""

    evidence_page = forms.URLField(
        label="Page seen today",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="The page that shows what the credit says. It’s recorded with your name, the time and the "
        "picture’s hash.",
    )
    evidence_document = forms.FileField(
        label="Document",
        required=False,
        help_text="A letter or a copy of the page, up to 20 MB. Only editorial staff can open it.",
    )
    evidence_note = forms.CharField(label="What it says", required=False, max_length=300)

    def clean_evidence_document(self) -> Any:
        file = self.cleaned_data.get("evidence_document")
        if file and file.size > evidence.MOST_BYTES:
            raise ValidationError("The document is larger than 20 MB. Upload only the page that matters.")
        return file

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        if data.get("evidence_note") and not (data.get("evidence_page") or data.get("evidence_document")):
            self.add_error("evidence_note", "Add the page that says so, or upload the document.")
        if data.get("evidence_document") and not self.errors:
            self._keep(data["evidence_document"])
        return data

    def _keep(self, file: Any) -> None:
        """On the disk before any row is written; `record_evidence` finds it there."""
        try:
            evidence.keep(file.read())
        except evidence.EvidenceRefused as refusal:
            self.add_error("evidence_document", str(refusal))
        file.seek(0)

    def has_evidence(self) -> bool:
        return bool(self.cleaned_data.get("evidence_page") or self.cleaned_data.get("evidence_document"))

    def record_evidence(self, credit: ImageCredit, *, by: User) -> None:
        """Puts on record what was filled in, if anything was; once."""
        if not self.has_evidence():
            return
        page, file = self.cleaned_data.get("evidence_page", ""), self.cleaned_data.get("evidence_document")
        document = {"document": file.read(), "document_name": file.name} if file else {}
        evidence.record(credit, by=by, page=page, note=self.cleaned_data.get("evidence_note", ""), **document)
        self.cleaned_data |= {"evidence_page": "", "evidence_document": None}


class EvidenceForm(EvidenceFields, forms.ModelForm):
    """A credit's form that records evidence when it is saved; `by` is who fills it in."""

    by: User

    def save(self, commit: bool = True) -> Any:
        credit = super().save(commit)
        if commit:
            self.record(credit)
        return credit

    def record(self, credit: ImageCredit) -> None:
        self.record_evidence(credit, by=self.by)


def listed(credit: ImageCredit | None) -> str:
    """What is on record for a credit: when, by whom, where; and the document to download."""
    if credit is None or not credit.pk:
        return "None yet"
    rows = [(_in_a_line(seen),) for seen in credit.evidence.select_related("by")]
    items = format_html_join("", "<li>{}</li>", rows)
    return format_html('<ul class="evidence">{}</ul>', items) if rows else "None yet"


def _in_a_line(seen: CreditEvidence) -> str:
    document = reverse("admin:articles_imagecredit_document", args=[seen.pk])
    parts = (
        date_format(localtime(seen.seen_at), "F j, Y, H:i"),
        seen.by,
        _link(seen.page, seen.page),
        _link(document, seen.document_name),
        seen.note,
    )
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _link(address: str, words: str) -> str:
    return format_html('<a href="{}" rel="noreferrer">{}</a>', address, words) if words else ""


def download(evidence_id: int) -> FileResponse:
    """A document as a download that no browser opens by itself. The caller has checked permission."""
    seen = CreditEvidence.objects.filter(pk=evidence_id).exclude(document="").first()
    if seen is None or not seen.document.storage.exists(str(seen.document.name)):
        raise Http404
    response = FileResponse(
        seen.document.open(), as_attachment=True, filename=seen.document_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
