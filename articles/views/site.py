"""What every public page knows about the site, and the pages that tell about the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Section
from articles.newsletter.consent import WORDING


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor; `sections` asks the database only where a template shows them."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "sections": Section.objects.all(),
        "is_demonstration": settings.DEMONSTRATION,
        "consent_wording": WORDING.format(site=settings.SITE_NAME),
        "postal_address": settings.POSTAL_ADDRESS,
        "this_year": timezone.localdate().year,
    }


@require_safe
def how_we_review(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/how_we_review.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /unsubscribe/", "Disallow: /subscribe/confirm/"]
    lines += [
        "Disallow: /subscribe/not-me/",
        "Disallow: /preferences/",
        "Disallow: /preview/",
        "Disallow: /review/",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("articles/mark.svg"))
