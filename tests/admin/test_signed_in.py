"""Who is signed in: permissions in one query, the second step's device with the account, and never somebody else's."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin.signed_in import DeskBackend
from tests import factories
from tests.admin.accounts import INDEX, address_of, verified
from tests.admin.test_dashboard import ROLES

pytestmark = pytest.mark.django_db


def with_device(client, persistent_id):
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = persistent_id
    session.save()


def enters(client):
    return client.get(INDEX).status_code == 200


@pytest.mark.parametrize("role", [None, *ROLES])
def test_permissions_are_those_that_django_finds_in_one_query(role):
    user = factories.UserFactory(role=role)
    user.groups.add(Group.objects.get(name="Author"))
    user.user_permissions.add(Permission.objects.get(codename="view_drug"))
    with CaptureQueriesContext(connection) as queries:
        found = DeskBackend().get_all_permissions(user)
    assert len(queries) == 1
    assert "articles.view_drug" in found
    del user._perm_cache
    assert found == ModelBackend().get_all_permissions(user)


def test_a_superuser_has_every_permission_and_nobody_or_somebody_inactive_has_none():
    every = DeskBackend().get_all_permissions(factories.UserFactory(is_superuser=True))
    assert len(every) == Permission.objects.count()
    assert DeskBackend().get_all_permissions(factories.UserFactory(role="Editor", is_active=False)) == set()
    assert DeskBackend().get_all_permissions(AnonymousUser()) == set()


def test_an_account_that_was_closed_is_nobody():
    user = factories.editor()
    assert DeskBackend().get_user(user.pk) == user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert DeskBackend().get_user(user.pk) is None
    assert DeskBackend().get_user(0) is None


def test_the_device_of_a_verified_session_comes_with_the_account(client):
    user = factories.editor()
    verified(client, user)
    client.get(INDEX)
    with CaptureQueriesContext(connection) as queries:
        assert enters(client)
    own_queries = [
        each["sql"] for each in queries if 'FROM "otp_' in each["sql"] and 'FROM "auth_user"' not in each["sql"]
    ]
    assert own_queries == []


def test_a_recovery_code_verifies_a_session_too(client):
    user = factories.editor()
    verified(client, user)
    with_device(client, StaticDevice.objects.create(user=user, name="Recovery codes").persistent_id)
    assert enters(client)


def test_a_second_app_of_the_same_account_verifies_a_session_too(client):
    user = factories.editor()
    verified(client, user)
    with_device(client, TOTPDevice.objects.create(user=user, name="Another phone").persistent_id)
    assert enters(client)


def test_the_device_of_somebody_else_an_unconfirmed_one_and_one_that_is_gone_verify_nobody(client):
    user = factories.editor()
    verified(client, user)
    own = TOTPDevice.objects.get(user=user)
    theirs = TOTPDevice.objects.create(user=factories.editor(), name="App")
    unconfirmed = TOTPDevice.objects.create(user=user, name="App", confirmed=False)
    for known in (theirs.persistent_id, unconfirmed.persistent_id, "otp_totp.totpdevice/0", "nonsense"):
        with_device(client, known)
        answer = client.get(INDEX)
        assert answer.status_code == 302, known
        assert "two-step/code" in address_of(answer), known
    with_device(client, own.persistent_id)
    assert enters(client)
    TOTPDevice.objects.filter(pk=own.pk).update(confirmed=False)
    with_device(client, own.persistent_id)
    client.get(INDEX)
    assert DEVICE_ID_SESSION_KEY not in client.session
