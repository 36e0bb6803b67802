"""Readers' side: a request, a queryset, a template. No cookie, no session, no script."""
