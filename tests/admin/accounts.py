"""Accounts of the desk with a password, and signing in with it as a person does."""

from django.urls import reverse

from tests import factories

INDEX, LOGIN, LOGOUT = (reverse(f"admin:{name}") for name in ("index", "login", "logout"))
PASSWORD = "correct horse battery"


def account(role="Editor", **kwargs):
    user = factories.UserFactory(role=role, **kwargs)
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def address_of(response):
    return response["Location"].partition("?")[0]
