"""Editors' side: one file per noun; forms and buttons, no decisions. Decisions are `publishing`'s."""

from articles.admin import articles, editions, people, pictures, subscriptions, taxonomy

__all__ = ["articles", "editions", "people", "pictures", "subscriptions", "taxonomy"]
