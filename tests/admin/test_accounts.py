"""Accounts on the desk: who is above a site administrator stays out of their reach."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.html import escape
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin.accounts import as_it_is, role_of
from articles.roles import IN_WORDS
from tests.admin.accounts import PASSWORD, account
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db


def made(client, page, **changes):
    """Saves an account's page with changes, and it is saved."""
    answer = client.post(page, {**form_of(client, page), **changes}, follow=True)
    assert answer.redirect_chain, errors_of(answer)


def test_a_site_administrator_makes_nobody_a_superuser_and_touches_no_superuser(client):
    administrator = account(role="Site administrator")
    root = get_user_model().objects.create_superuser("root", "root@example.org", PASSWORD)
    TOTPDevice.objects.create(user=root, name="Authenticator app")
    client.force_login(administrator)
    own = reverse("admin:auth_user_change", args=[administrator.pk])
    answer = client.post(own, {**form_of(client, own), "role": "Superuser"})
    assert errors_of(answer) == ["Select a valid choice. Superuser is not one of the available choices."]
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
    made(client, page, role="Superuser")
    other.refresh_from_db()
    assert other.is_superuser


def test_a_role_is_chosen_by_what_it_may_do_and_is_the_only_one(client):
    other = account(role="Editor", is_staff=False)
    other.groups.add(Group.objects.create(name="Proofreaders"))
    other.user_permissions.add(Permission.objects.get(codename="approve_issue"))
    client.force_login(account(role="Site administrator"))
    page = reverse("admin:auth_user_change", args=[other.pk])
    choices = client.get(page).context["adminform"].form.fields["role"].choices
    own = "<b>Proofreaders</b> <span>A role of this newsroom’s own.</span>"
    kept = "Editor, Proofreaders and permissions of their own, without signing in"
    assert dict(choices) == {
        "": f"<b>As it is now</b> <span>{kept}.</span>",
        **{name: f"<b>{name}</b> <span>{escape(words)}</span>" for name, words in IN_WORDS.items()},
        "Proofreaders": own,
    }
    made(client, page, first_name="Ada")
    assert (role_of(read(other)), as_it_is(read(other))) == ("", kept)
    made(client, page, role="Author")
    assert role_of(read(other)) == "Author"
    made(client, page, first_name="Bea")
    assert role_of(read(other)) == "Author"


def read(user):
    return get_user_model().objects.get(pk=user.pk)


def test_a_form_without_a_role_is_refused_and_keeps_what_was_typed(client):
    other = account(role="Editor")
    client.force_login(account(role="Site administrator"))
    page = reverse("admin:auth_user_change", args=[other.pk])
    answer = client.post(page, {"username": "new", "is_active": "on"})
    assert errors_of(answer) == ["Choose what they may do."]
    assert 'value="new"' in answer.content.decode()
