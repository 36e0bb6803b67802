"""Sections and topics."""

from django.contrib import admin

from articles.models import Section, Topic


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    list_display = ["name", "position", "requires_review", "requires_references", "requires_risks"]
    prepopulated_fields = {"slug": ["name"]}
    actions = None


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "definition"]
    search_fields = ["name", "definition"]
    prepopulated_fields = {"slug": ["name"]}
    actions = None
