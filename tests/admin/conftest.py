"""Forms of the desk, filled in as a browser would send them."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.admin.accounts import account


def change_url(article: Any) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(client: Any, url: str, **changes: Any) -> dict[str, Any]:
    """What the page's form would send as it stands, with changes."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    status = context.get("status")  # of an article; a new one has none
    data = {"based_on": status["digest"]} if status else {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                data[bound.html_name] = "on"
            elif value is not None and value is not False and value != "":
                data[bound.html_name] = value
    return {**data, "_continue": "Save", **changes}


def errors_of(answer: Any) -> list[str]:
    """Every complaint that a page shows about its form."""
    context = answer.context
    said = [message for messages in context["adminform"].form.errors.values() for message in messages]
    for formset in context["inline_admin_formsets"]:
        for errors in formset.formset.errors:
            said += [message for messages in errors.values() for message in messages]
        said += formset.formset.non_form_errors()
    return said


@pytest.fixture
def user() -> Any:
    return account()


@pytest.fixture
def chief(client: Any) -> Any:
    """Who edits the newsletter, signed in."""
    user = factories.newsletter_editor()
    client.force_login(user)
    return user
