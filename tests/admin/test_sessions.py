"""Sessions end at once with a password, a role, or a group's permissions, and hours after they were last used."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin import notifications
from tests.admin.accounts import DESK, LOGIN, PASSWORD, account, address_of, enter
from tests.admin.test_dashboard import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(user):
    """The user's other session, and one of somebody else."""
    theirs, others = Client(), Client()
    theirs.force_login(user)
    others.force_login(account())
    assert theirs.get(DESK).status_code == others.get(DESK).status_code == 200
    yield theirs
    assert others.get(DESK).status_code == 200


def test_a_new_password_ends_the_other_session_and_keeps_this_one(client, user, elsewhere):
    enter(client, user.username)
    form = {"old_password": PASSWORD, "new_password1": "another long one", "new_password2": "another long one"}
    assert client.post(reverse("admin:password_change"), form).status_code == 302
    assert client.get(DESK).status_code == 200
    assert address_of(elsewhere.get(DESK)) == LOGIN


def give_group(user):
    user.groups.add(Group.objects.get(name="Author"))


def take_group(user):
    Group.objects.get(name="Editor").user_set.remove(user)


def clear_groups(user):
    user.groups.clear()


def give_permission(user):
    user.user_permissions.add(Permission.objects.get(codename="view_group"))


def make_superuser(user):
    user.is_superuser = True
    user.save()


def save_as_no_staff(user):
    user.is_staff = False
    user.save(update_fields=["is_staff"])


def deactivate(user):
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "change", [give_group, take_group, clear_groups, give_permission, make_superuser, save_as_no_staff, deactivate]
)
def test_a_change_of_role_ends_every_session_of_that_person_only(user, elsewhere, change):
    change(get_user_model().objects.get(pk=user.pk))
    assert address_of(elsewhere.get(DESK)) == LOGIN


@pytest.mark.parametrize("change", ["permissions", "members"])
def test_a_change_of_a_group_ends_the_sessions_of_everyone_in_it(client, change):
    user = signed_in(client, "Newsletter editor")
    group = user.groups.get()
    if change == "permissions":
        group.permissions.remove(group.permissions.first())
    else:
        group.user_set.clear()
    assert address_of(client.get(DESK)) == LOGIN


def test_a_change_without_consequence_for_the_role_ends_no_session(user, elsewhere):
    again = get_user_model().objects.get(pk=user.pk)
    again.first_name = "Ann"
    again.save()
    again.groups.add(*again.groups.all())
    assert elsewhere.get(DESK).status_code == 200


def test_an_administrator_who_changes_another_ends_their_session_and_stays(admin_client, user, elsewhere):
    from tests.admin.conftest import form_of

    change = reverse("admin:auth_user_change", args=[user.pk])
    form = form_of(admin_client, change, role="Author")
    answer = admin_client.post(change, form)
    assert answer.status_code == 302, answer.context["errors"]
    assert [group.name for group in user.groups.all()] == ["Author"]
    assert address_of(elsewhere.get(DESK)) == LOGIN
    assert admin_client.get(DESK).status_code == 200


def test_who_changes_their_own_role_keeps_this_session_alone(admin_client, admin_user):
    from tests.admin.conftest import form_of

    other = Client()
    other.force_login(admin_user)
    change = reverse("admin:auth_user_change", args=[admin_user.pk])
    form = form_of(admin_client, change, role="Site administrator")
    assert admin_client.post(change, form).status_code == 302
    assert admin_client.get(DESK).status_code == 200
    assert address_of(other.get(DESK)) == LOGIN


# How long they last ---------------------------------------------------------------------------------------------------


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-01T09:00:00Z", tick=False) as traveled:
        yield traveled


def test_a_session_ends_when_it_was_not_used_for_the_time_of_the_setting(client, user, clock, settings):
    settings.SESSION_COOKIE_AGE = 2 * 3600
    enter(client, user.username)
    for _hour in range(5):
        clock.shift(timedelta(hours=1, minutes=59))
        assert client.get(DESK).status_code == 200
    clock.shift(timedelta(hours=2, seconds=1))
    assert address_of(client.get(DESK)) == LOGIN


def test_a_session_is_renewed_once_in_ten_minutes(client, user, clock):
    enter(client, user.username)
    renewed = []
    for _minute in range(25):
        clock.shift(timedelta(minutes=1))
        renewed.append("desk" in client.get(DESK).cookies)
    assert [minute for minute, is_renewed in enumerate(renewed, 1) if is_renewed] == [10, 20]
    assert Session.objects.get().expire_date == timezone.now() - timedelta(minutes=5) + timedelta(hours=12)


def test_a_page_that_only_looks_whether_something_changed_keeps_nobody_signed_in(client, user, clock):
    enter(client, user.username)
    clock.shift(timedelta(hours=11))
    assert client.get(DESK, HTTP_X_UNATTENDED="1").status_code == 200
    clock.shift(timedelta(hours=2))
    assert address_of(client.get(DESK)) == LOGIN


def test_a_session_that_ends_in_the_middle_of_a_request_is_not_renewed_and_breaks_nothing(client, clock, monkeypatch):
    def ends(request, context):
        request.user.groups.clear()
        return HttpResponse()

    monkeypatch.setattr(notifications, "choose", ends)
    signed_in(client, "Site administrator")
    clock.shift(timedelta(minutes=11))
    assert client.get(reverse("admin:notifications")).status_code == 200
    assert not Session.objects.exists()
    assert address_of(client.get(DESK)) == LOGIN
