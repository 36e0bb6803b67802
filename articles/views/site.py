"""What every public page knows about the site, and the pages that tell about the site itself."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.newsletter.subscriptions.consent import WORDING

DESCRIPTION = "Weekly updates on conditions, treatments, and news about everything happening inside pain medicine."
SECURITY_EXPIRES_AFTER = timedelta(days=180)
ICONS = (192, 512)  # pixels
PAPER = "#faf7f1"  # --paper of tokens.css
kept_for_a_day = cache_control(public=True, max_age=86_400)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor; `sections` and `house_pages` are looked up only where a template shows them."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "sections": cache.sections,
        "house_pages": cache.house_pages,
        "is_demonstration": settings.DEMONSTRATION,
        "consent_wording": WORDING.format(site=settings.SITE_NAME),
        "postal_address": settings.POSTAL_ADDRESS,
        "this_year": timezone.localdate().year,
    }


@require_safe
def how_we_review(request: HttpRequest) -> HttpResponse:
    data = structured_data.simple("AboutPage", request.path, "How we review")
    return render(request, "articles/how_we_review.html", {"structured_data": data})


@require_safe
@kept_for_a_day
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309."""
    forms = ["/unsubscribe/", "/subscribe/confirm/", "/subscribe/not-me/", "/preferences/", "/preview/", "/review/"]
    forms += ["/stop-change/", "/articles/*/report/", "/articles/*/answer/"]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in ("/admin/", *forms))]
    maps = [f"Sitemap: {settings.SITE_URL}{reverse(name)}" for name in ("sitemap", "sitemap-news")]
    lines += ["", *maps, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@kept_for_a_day
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """By which search engines know that what they are told about this site comes from it."""
    if not settings.INDEXNOW_KEY or key != settings.INDEXNOW_KEY:
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


@require_safe
@kept_for_a_day
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a hole. It expires, so that a copy somewhere does not outlive its truth."""
    expires = datetime.combine(datetime.now(UTC).date() + SECURITY_EXPIRES_AFTER, time(), UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@kept_for_a_day
def manifest(request: HttpRequest) -> HttpResponse:
    """The W3C's Web Application Manifest: how the site stands on a telephone's screen."""
    icons = [
        {"src": static("articles/mark.svg"), "type": "image/svg+xml", "sizes": "any"},
        *(
            {"src": static(f"articles/icon-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}"}
            for size in ICONS
        ),
        {"src": static("articles/icon-maskable.png"), "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
    ]
    manifest = {
        "id": "/",
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": DESCRIPTION,
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@require_safe
@kept_for_a_day
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("articles/favicon.ico"))
