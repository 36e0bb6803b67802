"""Two doors: the desk for editors, and the publication for everyone else (`articles.urls`)."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"

# A provider's reports are let in only where the secret is set that they are told by.
reports = [path("anymail/", include("anymail.urls"))] if getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET") else []

urlpatterns = [
    *reports,
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
