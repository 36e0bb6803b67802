"""The form in which an article is written, with its lead picture and that picture's credit on the same screen."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.admin.chosen import ChosenForm
from articles.admin.credit_line import CreditLineFields, line_field
from articles.admin.evidence_form import EvidenceFields
from articles.admin.license_field import LicenseFormField
from articles.admin.panels import PanelField
from articles.admin.stale_saves import Rebased
from articles.images import intake
from articles.models import Article, Image, ImageCredit, found
from articles.models.credit import LicenseField
from articles.publishing import pictures, printing, snapshot
from articles.publishing.checks.elsewhere import address_problem

CREDIT_FIELDS = (
    "title", "is_untitled", "description", "creator", "creator_url", "source", "source_url", "license",
    "is_noncommercial", "modifications", "made_with", "permission", "rights_end_on",
)  # fmt: skip


def _form_field(name: str) -> Any:
    field: Any = ImageCredit._meta.get_field(name)
    chosen = {"form_class": LicenseFormField} if isinstance(field, LicenseField) else {}
    return field.formfield(required=False, **chosen)


# The admin lays out declared fields only, so these are declared from the model's own.
CreditFields = type(
    "CreditFields",
    (forms.Form,),
    {f"credit_{name}": _form_field(name) for name in CREDIT_FIELDS},
)


class ArticleForm(CreditLineFields, CreditFields, EvidenceFields, ChosenForm):  # type: ignore[misc, valid-type]
    """Fields named `credit_…` and `picture_…` belong to the picture that was uploaded here, or to the present one."""

    PICTURE_LAYOUT = (
        "lead_preview",
        "lead_image",
        "picture_file",
        ("picture_alt", "picture_is_decorative"),
        "lead_caption",
        "credit_line",
        "credit_license",
        ("credit_creator", "credit_title"),
        ("credit_source", "credit_source_url"),
        "credit_is_noncommercial",
        ("credit_creator_url", "credit_modifications"),
        "credit_description",
        "credit_is_untitled",
        "credit_permission",
        ("credit_rights_end_on", "credit_made_with"),
        "evidence",
        ("evidence_page", "evidence_document"),
        "evidence_note",
    )

    bound_field_class = PanelField
    credit_prefix = "credit_"
    by: User  # who fills it in
    rebased: Rebased | None = None  # where somebody saved after the form was opened

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)  # digest of the content that was opened
    draft_key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)  # of a new article's form
    credit_line = line_field()
    picture_file = forms.FileField(
        label="or upload one", required=False, help_text="JPEG, PNG, GIF, WebP or AVIF, up to 40 MB."
    )
    picture_alt = forms.CharField(
        label="Alt text",
        required=False,
        max_length=300,
        help_text="Describe what the picture shows, for people who can’t see it.",
    )
    picture_is_decorative = forms.BooleanField(label="Decorative: it adds no information", required=False)

    class Meta:
        model = Article
        fields = (
            "page_type", "hub_of", "title", "slug", "standfirst", "section", "topics", "lead_image", "lead_caption",
            "body", "closing_question", "disclosure", *found.COLUMNS,
        )  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "title", "maxlength": 200}),
            "standfirst": forms.Textarea(attrs={"rows": 3, "class": "standfirst"}),
            "disclosure": forms.Textarea(attrs={"rows": 2}),
            "search_description": forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
            "first_published_url": forms.URLInput(attrs={"placeholder": "https://"}),
        }
        help_texts = {  # the editor says nothing of its keys
            "body": "Keyboard: Alt+F10 moves to the toolbar, Tab and the arrow keys move between its buttons, Escape "
            "goes back. In the text, Tab moves to the next field; in a table it moves to the next cell, and the arrow "
            "keys leave the table."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.present: Image | None = self.instance.lead_image if self.instance.pk else None
        credit = getattr(self.present, "credit", None) or ImageCredit()
        for name in CREDIT_FIELDS:
            self.fields[f"credit_{name}"].initial = getattr(credit, name)
        if self.present is not None:
            self.fields["picture_alt"].initial = self.present.alt
            self.fields["picture_is_decorative"].initial = self.present.is_decorative

    def clean(self) -> Any:
        """Refuses a save that is based on an older state. Contents are compared, not clocks, and nothing is lost."""
        data = super().clean()
        if self.rebased is not None and self.rebased.conflicts:
            raise ValidationError(self.rebased.problem(self.by))
        if self.instance.pk and self.cleaned_data.get("based_on"):
            stored = (
                Article.everything.select_for_update(of=("self",)).select_related("section").get(pk=self.instance.pk)
            )
            if stored.deleted_at is not None:
                raise ValidationError("Someone deleted this draft at the same moment. Nothing of yours is lost.")
            content = snapshot.content_of(stored)
            if snapshot.digest(content) != self.cleaned_data["based_on"]:
                raise ValidationError(
                    "Someone else saved this article at the same moment. Nothing of yours is lost: save again."
                )
        self._evidence_of_the_shown_picture()
        self._keep_uploaded()
        return data

    def _keep_uploaded(self) -> None:
        """Stored before anything is saved, so that a full disk is reported beside the field."""
        file = self.cleaned_data.get("picture_file")
        if not file or self.errors:
            return
        try:
            self.uploaded = pictures.keep(self.accepted, name=file.name, by=self.by)
        except pictures.PicturesRefused as refusal:
            self.add_error("picture_file", str(refusal))

    def _evidence_of_the_shown_picture(self) -> None:
        """Evidence is about the picture that the form shows, or the one that is uploaded with it; about no other."""
        chosen = self.cleaned_data.get("lead_image")
        if not self.has_evidence() or self.cleaned_data.get("picture_file") or (chosen and chosen == self.present):
            return
        message = "Save the article with its picture first, then add evidence for the credit."
        self.add_error("evidence_page" if self.cleaned_data.get("evidence_page") else "evidence_document", message)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and (problem := printing.address_taken(slug, of=self.instance, page_type=self._type())):
            raise ValidationError(problem)
        return slug

    def _type(self) -> str:
        """The type that the form says; that of a published article is not asked any more."""
        return self.cleaned_data.get("page_type") or self.instance.page_type

    def clean_first_published_url(self) -> str:
        url: str = self.cleaned_data["first_published_url"]
        if url and (problem := address_problem(url)):
            raise ValidationError(problem)
        return url

    def clean_search_description(self) -> str:
        return " ".join(self.cleaned_data["search_description"].split())

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_picture_file(self) -> Any:
        """Reads the file into `accepted`, once."""
        file = self.cleaned_data.get("picture_file")
        if file:
            try:
                self.accepted = intake.accept(file.read(intake.MOST_BYTES + 1), name=file.name)
            except intake.RefusedPicture as refusal:
                raise ValidationError(str(refusal)) from refusal
        return file

    def bring_in_pasted(self, *, by: User) -> list[str]:
        """Takes pictures that were pasted as `data:` into the library; a sentence about each that is refused."""
        self.instance.body, problems = pictures.bring_in_data(self.cleaned_data.get("body") or "", by=by)
        return problems

    def save_picture(self, *, by: User) -> None:
        """Makes an uploaded picture the lead picture; alt text and credit go to the picture they are about."""
        data = self.cleaned_data
        if data.get("picture_file"):
            self.instance.lead_image = self.uploaded
        elif self.instance.lead_image_id is None or self.instance.lead_image != self.present:
            return  # another picture was chosen: what the form shows is about the one before
        image = self.instance.lead_image
        if {"picture_alt", "picture_is_decorative"} & set(self.changed_data):
            image.alt, image.is_decorative = data["picture_alt"], data["picture_is_decorative"]
            image.save(update_fields=["alt", "is_decorative"])
        self._save_credit(image, by=by)

    def _save_credit(self, image: Image, *, by: User) -> None:
        changed = [name for name in CREDIT_FIELDS if f"credit_{name}" in self.changed_data]
        if not changed and not self.has_evidence():
            return
        credit, _created = ImageCredit.objects.get_or_create(image=image)
        for name in changed:
            setattr(credit, name, self.cleaned_data[f"credit_{name}"])
        if changed:
            credit.save()
        self.record_evidence(credit, by=by)
