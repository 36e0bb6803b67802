"""Signing in: the second step and who owes it."""

import re
import time
from binascii import unhexlify
from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLResolver, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin import sign_in
from tests import factories
from tests.admin.accounts import DESK, INDEX, LOGIN, LOGOUT, PASSWORD, account, address_of, enter
from tests.admin.test_dashboard import ROLES, signed_in

pytestmark = pytest.mark.django_db

CODE, SETUP, MANAGE = (reverse(f"admin:{name}") for name in ("two_step_code", "two_step_setup", "two_step"))


@pytest.fixture
def required(settings):
    settings.TWO_FACTOR_REQUIRED = True


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-01T09:00:10Z", tick=False) as traveled:
        yield traveled


def code_of(secret, *, steps=0):
    totp = TOTP(unhexlify(secret))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def set_up(client):
    """Through the pages, as a person does it; answers with the recovery codes."""
    client.get(SETUP)
    answer = client.post(SETUP, {"code": code_of(client.session[sign_in.SECRET])})
    return answer.context["codes"]


def with_app(user):
    """An app that was confirmed long ago, so that the next code is a new one."""
    TOTPDevice.objects.create(user=user, name="Authenticator app")
    return sign_in.new_recovery_codes(user)


def app_code(user, **kwargs):
    return code_of(TOTPDevice.objects.get(user=user).key, **kwargs)


def every_address():
    """Each address under /admin/, with 1 for every argument."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                filled = re.sub(r"<[^>]+>", "1", route)
                yield pattern.name, "/admin/" + filled

    for name, address in walk(admin.site.get_urls(), ""):
        if not re.search(r"[\^$()?]", address):
            yield name, address


# The second step is required ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "every"),
    [
        ("Site administrator", 1),
        *((role, 5) for role in ROLES if role != "Site administrator"),
        *(pytest.param(role, 1, marks=pytest.mark.campaign) for role in ROLES if role != "Site administrator"),
    ],
)
def test_nothing_but_the_setup_opens_for_anybody_without_a_second_step(client, required, role, every):
    """Nobody's rights are asked for before the second step, so who may most is asked for every address, and the others
    for every fifth, each for others.
    """
    signed_in(client, role)
    closed = [address for name, address in every_address() if name not in sign_in.OPEN["two_step_setup"]]
    assert len(closed) > 150
    for address in closed[ROLES.index(role) % every :: every]:
        answer = client.get(address)
        assert (answer.status_code, address_of(answer)) == (302, SETUP), address
        assert client.post(address).status_code == 302, address
    assert client.get(SETUP).status_code == 200
    assert client.get(reverse("admin:password_change")).status_code == 200
    assert client.post(LOGOUT).status_code == 200


def test_after_the_setup_the_desk_is_open_and_the_codes_are_not_shown_again(client, required, user):
    client.force_login(user)
    codes = set_up(client)
    assert len(set(codes)) == 10
    assert client.get(DESK).status_code == 200
    for address in (SETUP, MANAGE):
        page = client.get(address, follow=True).content.decode()
        assert not [code for code in codes if code in page], address
    assert sign_in.SECRET not in client.session


def test_a_wrong_first_code_sets_nothing_up(client, required, user, clock):
    client.force_login(user)
    client.get(SETUP)
    wrong = code_of(client.session[sign_in.SECRET], steps=7)
    for code in (wrong, "", "abcdef", "12345"):
        assert client.post(SETUP, {"code": code}).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert address_of(client.get(DESK)) == SETUP


def test_the_setup_shows_a_code_to_scan_and_the_secret_to_type_without_script_or_style(client, user):
    client.force_login(user)
    answer = client.get(SETUP)
    page = answer.content.decode()
    assert '<svg class="qr"' in page
    assert "otpauth://totp/Inside%20Pain%20Medicine" in page
    assert answer.context["secret"] in page
    for nothing in ("<script", "style=", "data:", "<style"):
        assert nothing not in page
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_the_qr_code_says_what_the_link_says():
    drawn = sign_in.qr("otpauth://totp/x?secret=ABC")
    assert drawn["size"] > 29
    assert drawn["path"].startswith("M4 4h1v1h-1z")


# The code after the password ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("demonstration", [False, True])
def test_who_has_an_app_is_asked_for_a_code_after_the_password(client, settings, user, clock, demonstration):
    settings.TWO_FACTOR_REQUIRED = not demonstration
    with_app(user)
    wanted = reverse("admin:articles_article_changelist")
    answer = client.post(f"{LOGIN}?next={wanted}", {"username": user.username, "password": PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == CODE
    for name, address in every_address():
        if name not in sign_in.OPEN["two_step_code"]:
            assert address_of(client.get(address)) == CODE, address
    before = client.session.session_key
    answer = client.post(CODE, {"code": app_code(user), "next": wanted})
    assert address_of(answer) == wanted
    assert client.get(wanted).status_code == 200
    assert client.session.session_key != before


def test_wrong_codes_used_codes_and_early_ones_get_the_same_answer(client, required, user, clock):
    with_app(user)
    right = app_code(user)
    enter(client, user.username)
    assert client.post(CODE, {"code": right}).status_code == 302
    client.logout()
    enter(client, user.username)
    said = set()
    for code in (right, app_code(user, steps=5), "aaaa-bbbb", right):
        answer = client.post(CODE, {"code": code})
        said |= set(answer.context["form"].errors["code"])
    assert said == {sign_in.REFUSED}
    # After a wrong code even the next right one has to wait.
    clock.shift(timedelta(seconds=30))
    assert client.post(CODE, {"code": app_code(user)}).status_code == 302


def test_many_wrong_codes_make_the_next_one_wait(client, required, user, clock):
    with_app(user)
    enter(client, user.username)
    for _attempt in range(12):
        clock.shift(timedelta(seconds=1200))
        client.post(CODE, {"code": app_code(user, steps=9)})
    clock.shift(timedelta(seconds=60))
    assert client.post(CODE, {"code": app_code(user)}).status_code == 200
    clock.shift(timedelta(days=1))
    assert client.post(CODE, {"code": app_code(user)}).status_code == 302


def test_a_recovery_code_opens_the_desk_once(client, required, user):
    codes = with_app(user)
    enter(client, user.username)
    typed = f" {codes[0][:4].upper()}-{codes[0][4:].upper()} "
    assert client.post(CODE, {"code": typed}).status_code == 302
    assert client.get(DESK).status_code == 200
    client.logout()
    enter(client, user.username)
    assert client.post(CODE, {"code": codes[0]}).status_code == 200
    assert StaticToken.objects.count() == 9


def test_nobody_elses_code_is_accepted(client, required, user, clock):
    other = account()
    theirs = with_app(other)
    with_app(user)
    enter(client, user.username)
    assert client.post(CODE, {"code": theirs[0]}).status_code == 200
    assert client.post(CODE, {"code": app_code(other)}).status_code == 200


def test_no_code_page_leads_to_another_site(client, user):
    with_app(user)
    enter(client, user.username)
    answer = client.post(CODE, {"code": app_code(user), "next": "https://example.com/admin/"})
    assert answer["Location"] == INDEX


# Looking after it -----------------------------------------------------------------------------------------------------


def test_in_the_demonstration_it_is_offered_and_nothing_waits_for_it(client, user):
    client.force_login(user)
    assert f'href="{MANAGE}"' in client.get(INDEX).content.decode()
    assert address_of(client.get(MANAGE)) == SETUP
    assert address_of(client.get(CODE)) == INDEX


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(client, user, clock):
    client.force_login(user)
    old = set_up(client)
    assert client.post(MANAGE, {"action": "codes", "code": "000000"}).status_code == 200
    clock.shift(timedelta(minutes=1))
    new = client.post(MANAGE, {"action": "codes", "code": app_code(user)}).context["codes"]
    assert not set(new) & set(old)
    assert sorted(StaticToken.objects.values_list("token", flat=True)) == sorted(new)
    assert client.get(DESK).status_code == 200


def test_removing_needs_a_code_and_then_the_setup_is_owed_again(client, required, user, clock):
    client.force_login(user)
    codes = set_up(client)
    assert client.post(MANAGE, {"action": "remove", "code": "wrong"}).status_code == 200
    assert TOTPDevice.objects.exists()
    clock.shift(timedelta(minutes=1))
    assert client.post(MANAGE, {"action": "remove", "code": codes[3]}).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    assert address_of(client.get(DESK)) == SETUP


def test_a_site_administrator_sees_and_removes_a_second_step_and_an_editor_does_not(client, user):
    other = Client()
    other.force_login(user)
    set_up(other)
    signed_in(client, "Site administrator")
    accounts = reverse("admin:auth_user_changelist")
    assert "Since " in client.get(accounts).content.decode()
    page = client.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert "Since " in page
    assert TOTPDevice.objects.get().key not in page
    answer = client.post(accounts, {"action": "remove_two_step", "_selected_action": [user.pk]}, follow=True)
    assert "Removed two-step sign-in for" in answer.content.decode()
    assert not TOTPDevice.objects.exists()
    assert address_of(other.get(DESK)) == LOGIN
    signed_in(client, "Editor")
    assert client.get(accounts).status_code == 403


def test_the_list_of_accounts_asks_as_often_for_one_as_for_five(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, "Site administrator")
    accounts = reverse("admin:auth_user_changelist")
    client.get(accounts)
    with CaptureQueriesContext(connection) as counted:
        client.get(accounts)
    for _number in range(4):
        with_app(factories.UserFactory())
    with django_assert_num_queries(len(counted)):
        client.get(accounts)


def test_neither_devices_nor_attempts_have_pages_or_permissions_on_the_desk(admin_client):
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels == {"articles", "auth"}
    assert not {Group, Permission} & set(admin.site._registry)


# Pages ----------------------------------------------------------------------------------------------------------------


def test_the_pages_of_signing_in_are_plain(client, user, clock):
    with_app(user)
    pages = {"login": client.get(LOGIN)}
    for _attempt in range(5):
        pages["locked out"] = enter(client, "somebody", "wrong")
    enter(client, user.username)
    pages["code"] = client.get(CODE)
    client.post(CODE, {"code": app_code(user)})
    pages["manage"] = client.get(MANAGE)
    clock.shift(timedelta(minutes=1))
    pages["codes"] = client.post(MANAGE, {"code": app_code(user)})
    for name, answer in pages.items():
        page = answer.content.decode()
        assert "<script" not in page, name
        assert "style=" not in page, name
        assert "Django" not in page, name
        assert page.count("<h1>") == 1, name
        assert 'lang="en' in page, name
        assert "script-src 'self'" in answer["Content-Security-Policy"], name
        assert "no-store" in answer["Cache-Control"], name
    assert pages["codes"].context["codes"]


def test_no_public_page_sets_a_cookie_for_whoever_is_signed_in(client, user):
    client.force_login(user)
    set_up(client)
    factories.print_edition()
    for address in ("/", "/treatments/", "/subscribe/"):
        assert not client.get(address).cookies, address
