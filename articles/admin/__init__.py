"""Editors' side: one file per noun; forms and buttons, no decisions. Decisions are `publishing`'s.

Nothing is imported here: Django loads `site` from this package before there is a desk to register anything on, and
`apps.DeskConfig` loads the nouns after that.
"""
