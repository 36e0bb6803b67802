"""Who gets the letter. Health data: only a site administrator sees addresses, and no button confirms anybody."""

from django.contrib import admin

from articles.admin.editions import ReadOnlyAdmin
from articles.models import ConsentEvent, Subscription


class ConsentInline(admin.TabularInline):
    model = ConsentEvent
    extra = 0
    can_delete = False
    fields = ["at", "kind", "wording", "page"]
    readonly_fields = ["at", "kind", "wording", "page"]


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["email", "state", "requested_at", "confirmed_at", "ended_at"]
    list_filter = ["state"]
    search_fields = ["email"]
    fields = ["email", "state", "requested_at", "asked_at", "confirmed_at", "ended_at"]
    inlines = [ConsentInline]
