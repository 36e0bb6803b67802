"""Which devices of whom count as the second step, however somebody signed in."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import factories
from tests.admin.accounts import DESK, LOGIN, address_of, verified

pytestmark = pytest.mark.django_db


def with_device(client, persistent_id):
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = persistent_id
    session.save()


def enters(client):
    return client.get(DESK).status_code == 200


class AnotherBackend(ModelBackend):
    """As a site that signs people in by its own directory would name one."""


def test_another_way_of_signing_in_leads_to_the_second_step_too(client, settings):
    here = f"{__name__}.AnotherBackend"
    settings.AUTHENTICATION_BACKENDS = [here]
    settings.TWO_FACTOR_REQUIRED = True
    user = factories.editor()
    client.force_login(user, backend=here)
    assert address_of(client.get(DESK)) == reverse("admin:two_step_setup")
    TOTPDevice.objects.create(user=user, name="Authenticator app")
    assert address_of(client.get(DESK)) == reverse("admin:two_step_code")


def test_an_account_that_was_closed_is_nobody(client):
    user = factories.editor()
    verified(client, user)
    assert enters(client)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert address_of(client.get(DESK)) == LOGIN


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
        answer = client.get(DESK)
        assert answer.status_code == 302, known
        assert "two-step/code" in address_of(answer), known
    with_device(client, own.persistent_id)
    assert enters(client)
    TOTPDevice.objects.filter(pk=own.pk).update(confirmed=False)
    with_device(client, own.persistent_id)
    client.get(DESK)
    assert DEVICE_ID_SESSION_KEY not in client.session
