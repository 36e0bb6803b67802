"""Uploading pictures: a plain form, and the endpoint for drop and paste."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from articles.admin.article_form import CREDIT_FIELDS
from articles.admin.credit_line import CreditLineFields, line_field
from articles.admin.license_field import LicenseFormField
from articles.admin.sign_in import DeskRequest
from articles.images import intake, licenses, metadata
from articles.models import Image, ImageCredit
from articles.publishing import pictures
from articles.refusal import Refused

MOST_FILES = 40  # in one go; a browser sends them one by one

DescriptionForm = forms.modelform_factory(Image, fields=("alt", "is_decorative"))


class CreditForm(CreditLineFields, forms.ModelForm):
    line = line_field()
    field_order = ("line", "license")

    class Meta:
        model = ImageCredit
        fields = CREDIT_FIELDS
        field_classes = {"license": LicenseFormField}


@dataclass(frozen=True)
class Outcome:
    """The result of an upload: `stored`, `twin` (already in the library) or `refused`."""

    kind: str
    name: str
    sentence: str = ""
    image: Image | None = None
    twins: list[pictures.Twin] = field(default_factory=list)
    found: metadata.FoundCredit = field(default_factory=metadata.FoundCredit)

    @property
    def query(self) -> str:
        """What the file said of itself, for the address of the page where the picture is described."""
        return urlencode(offered(self.found))


def receive(file: UploadedFile, *, by: User, anyway: bool = False) -> Outcome:
    """Brings a file into the library, unless it is there already; `anyway` stores one that only looks the same."""
    name = Truncator(file.name or "picture").chars(120)
    try:
        accepted = intake.accept(file.read(intake.MOST_BYTES + 1), name=name)
        twins = pictures.twins(accepted)
        if twins and (not anyway or twins[0].same_bytes):
            return Outcome("twin", name, _about(twins, name), twins=twins, found=accepted.credit)
        image = pictures.keep(accepted, name=name, by=by)
    except Refused as refusal:
        return Outcome("refused", name, str(refusal))
    return Outcome("stored", name, f"“{name}” is in the library.", image=image, found=accepted.credit)


def _about(twins: list[pictures.Twin], name: str) -> str:
    if twins[0].same_bytes:
        return f"“{name}” is already in the library, as “{twins[0].image}”."
    return f"“{name}” looks like “{twins[0].image}” in the library. Is it the same picture?"


def offered(found: metadata.FoundCredit) -> dict[str, str]:
    """What a file says of itself, as a credit that a person has yet to agree to. No license is guessed."""
    stated = (found.license_url, found.usage_terms, found.rights)
    license = next(filter(None, map(licenses.parse_license, stated)), "")
    known = {
        "title": found.title,
        "creator": found.creator,
        "source": found.source,
        "source_url": found.source_url,
        "description": found.description,
        "license": license,
    }
    return {name: _short(name, value) for name, value in known.items() if value}


def _short(name: str, value: str) -> str:
    column: Any = ImageCredit._meta.get_field(name)
    return value[: column.max_length]


def lacking(credit: ImageCredit | None) -> list[str]:
    """What a credit still lacks, as sentences; empty where readers may see the picture."""
    return [str(problem) for problem in (credit or ImageCredit()).problems()]


def as_json(image: Image) -> dict[str, Any]:
    credit = getattr(image, "credit", None)
    return {
        "id": image.pk,
        "title": str(image),
        "thumbnail": reverse("admin:articles_image_preview", args=[image.pk]),
        "page": reverse("admin:articles_image_change", args=[image.pk]),
        "describe": reverse("admin:articles_image_describe", args=[image.pk]),
        "alt": image.alt,
        "decorative": image.is_decorative,
        "credit": str(credit or ""),
        "complete": image.is_shown,
        "size": f"{image.width} × {image.height}",
    }


class IntakeViews(admin.ModelAdmin):
    """What `ImageAdmin` answers to somebody who brings a picture."""

    upload_template = "admin/articles/image/upload.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("upload/", wrap(require_POST(self.upload)), name="articles_image_upload"),
            path("<int:pk>/describe/", wrap(self.describe), name="articles_image_describe"),
        ]
        return own + super().get_urls()

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The plain form: any number of files, and what became of each."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        outcomes, complaint = [], ""
        if request.method == "POST":
            files = request.FILES.getlist("file")
            anyway = request.POST.get("anyway") == "1"
            outcomes = [receive(file, by=request.user, anyway=anyway) for file in files[:MOST_FILES]]
            if not files:
                complaint = "Choose a picture first."
            elif len(files) > MOST_FILES:
                complaint = f"Only the first {MOST_FILES} were uploaded. Upload the rest separately."
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Upload pictures",
            "outcomes": outcomes,
            "complaint": complaint,
            "has_twins": any(outcome.kind == "twin" and not outcome.twins[0].same_bytes for outcome in outcomes),
        }
        return TemplateResponse(request, self.upload_template, context)

    def upload(self, request: DeskRequest) -> JsonResponse:
        """One file from a drop, a paste or a dialog. `outcome` is what became of it; `sentence` says it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        file = request.FILES.get("file")
        if file is None:
            return JsonResponse({"outcome": "refused", "sentence": "No picture was received. Try again."})
        outcome = receive(file, by=request.user, anyway=request.POST.get("anyway") == "1")
        answer: dict[str, Any] = {"outcome": outcome.kind, "name": outcome.name, "sentence": outcome.sentence}
        if outcome.image is not None:
            answer |= {"picture": as_json(outcome.image), "form": self._form(request, outcome.image, outcome.found)}
        answer["twins"] = [{**as_json(twin.image), "same": twin.same_bytes} for twin in outcome.twins]
        return JsonResponse(answer)

    def describe(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Text and credit of a picture: a piece of a page to fill in. A POST keeps it, or with `ask` only answers
        what would still be lacking.
        """
        image = get_object_or_404(Image.objects.select_related("credit"), pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponse(self._form(request, image))
        words = DescriptionForm(request.POST, instance=image)
        credit = CreditForm(request.POST, instance=getattr(image, "credit", None) or ImageCredit(image=image))
        is_sound = words.is_valid() & credit.is_valid()
        lacks = lacking(credit.instance)
        if "ask" in request.POST:
            return JsonResponse({"lacks": lacks})
        if not is_sound:
            return JsonResponse({"kept": False, "form": _filled_in(request, image, words, credit)})
        self._keep(request, words, credit)
        return JsonResponse({"kept": True, "lacks": lacks, "picture": as_json(Image.objects.get(pk=pk))})

    @transaction.atomic
    def _keep(self, request: HttpRequest, words: Any, credit: Any) -> None:
        changed = [*words.changed_data, *credit.changed_data]
        if words.changed_data:
            words.instance.save(update_fields=["alt", "is_decorative"])
        if credit.changed_data:
            credit.save()
        if changed:
            self.log_change(request, words.instance, [{"changed": {"fields": changed}}])

    def _form(self, request: HttpRequest, image: Image, found: metadata.FoundCredit | None = None) -> str:
        known = getattr(image, "credit", None)
        initial = offered(found) if found is not None and known is None else {}
        words, credit = DescriptionForm(instance=image), CreditForm(instance=known, initial=initial)
        return _filled_in(request, image, words, credit, initial)


def _filled_in(request: HttpRequest, image: Image, words: Any, credit: Any, initial: Any = None) -> str:
    for form in (words, credit):
        form.label_suffix = ""
        form.auto_id = "describe_%s"
    if not credit.is_bound:
        for name, value in (initial or {}).items():
            setattr(credit.instance, name, value)
    context = {
        "image": image,
        "words": words,
        "credit": credit,
        "lacks": lacking(credit.instance),
        "found": bool(initial),
    }
    return render_to_string("admin/articles/image/describe.html", context, request=request)
