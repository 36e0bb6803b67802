"""Text is compressed on its way; pictures are compressed already, and a strong ETag names exactly their bytes."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class TextCompression(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/") and response["Content-Type"] != "image/svg+xml":
            return response
        return super().process_response(request, response)
