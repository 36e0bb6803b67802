"""Accounts of the desk with a password, and signing in with it as a person does."""

from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import factories

INDEX, LOGIN, LOGOUT = (reverse(f"admin:{name}") for name in ("index", "login", "logout"))
DESK = reverse("admin:app_list", args=["articles"])  # open to whoever has a role, and quicker than the front page
PASSWORD = "correct horse battery"


def account(role="Editor", **kwargs):
    user = factories.UserFactory(role=role, **kwargs)
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password}, **extra)


def verified(client, user):
    """Signed in, and past the second step with an app."""
    client.force_login(user)
    device = TOTPDevice.objects.create(user=user, name="Authenticator app")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def address_of(response):
    return response["Location"].partition("?")[0]
