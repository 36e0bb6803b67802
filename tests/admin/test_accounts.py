"""Accounts on the desk: who is above a site administrator stays out of their reach."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.accounts import PASSWORD, account
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db


def made(client, page, **changes):
    """Saves an account's page with changes, and it is saved."""
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "09:00:00"}
    answer = client.post(page, {**form_of(client, page), **joined, **changes}, follow=True)
    assert answer.redirect_chain, errors_of(answer)


def test_a_site_administrator_makes_nobody_a_superuser_and_touches_no_superuser(client):
    administrator = account(role="Site administrator")
    root = get_user_model().objects.create_superuser("root", "root@example.org", PASSWORD)
    TOTPDevice.objects.create(user=root, name="Authenticator app")
    client.force_login(administrator)
    own = reverse("admin:auth_user_change", args=[administrator.pk])
    made(client, own, is_superuser="on", first_name="Ada")
    administrator.refresh_from_db()
    assert (administrator.is_superuser, administrator.first_name) == (False, "Ada")

    theirs = reverse("admin:auth_user_change", args=[root.pk])
    assert client.post(theirs, {"username": "root", "email": "mine@example.org"}).status_code == 403
    password = {"password1": "another battery staple", "password2": "another battery staple"}
    assert client.post(reverse("admin:auth_user_password_change", args=[root.pk]), password).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
    many = reverse("admin:auth_user_changelist")
    for action in ("delete_selected", "remove_two_step"):
        client.post(many, {"action": action, "_selected_action": [root.pk], "post": "yes"}, follow=True)
    again = get_user_model().objects.get(pk=root.pk)
    assert (again.email, again.check_password(PASSWORD)) == ("root@example.org", True)
    assert again.totpdevice_set.exists()


def test_a_superuser_makes_another(client):
    root = get_user_model().objects.create_superuser("root", "root@example.org", PASSWORD)
    other = account(role="Editor")
    client.force_login(root)
    page = reverse("admin:auth_user_change", args=[other.pk])
    made(client, page, is_superuser="on")
    other.refresh_from_db()
    assert other.is_superuser
