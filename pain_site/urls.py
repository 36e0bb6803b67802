"""Two doors: the desk for editors, and the publication for everyone else (`articles.urls`)."""

from django.contrib import admin
from django.urls import include, path

handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]
