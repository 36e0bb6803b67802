"""Buttons of an article's page on the desk, pressed as a signed-in person does."""

from typing import Any

from django.urls import reverse

from tests import factories


def signed_in(client: Any, role: str) -> Any:
    user = factories.UserFactory(role=role)
    client.force_login(user)
    return user


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def act(client: Any, name: str, article: Any, **data: Any) -> Any:
    """Presses a button of the article's page as it is now."""
    sent = {"seen": factories.seen(article), **data}
    return client.post(reverse(f"admin:articles_article_{name}", args=[article.pk]), sent, follow=True)
