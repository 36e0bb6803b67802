"""The record of trust beside each article, and the schema that describes it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.metadata import record as records
from articles.models import Edition


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """As the article's own address: 200, 301 to the present one, or 410 with why it was withdrawn and its history."""
    answer = Edition.objects.resolve(slug)
    if answer.edition is None:
        raise Http404
    if answer.status == 301:
        return HttpResponsePermanentRedirect(reverse("record", args=[answer.edition.slug]))
    return JsonResponse(records.of(answer.edition), status=answer.status, json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(public=True, max_age=86_400)
def schema(request: HttpRequest) -> HttpResponse:
    return JsonResponse(records.schema(), content_type="application/schema+json")
