"""The lock-out after wrong passwords: for one name from one address, and for one address whatever the names."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests import markup
from tests.admin.accounts import DESK, PASSWORD, account, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-01T09:00:10Z", tick=False) as traveled:
        yield traveled


# One name from one address --------------------------------------------------------------------------------------------


def test_five_wrong_passwords_lock_one_name_at_one_address_for_a_quarter_of_an_hour(client, user, clock):
    other = account()
    for _attempt in range(4):
        assert enter(client, user.username, "wrong").status_code == 200
    answer = enter(client, user.username, "wrong")
    assert answer.status_code == 429
    assert "Try again in 15 minutes." in markup.page(answer)
    assert answer["Retry-After"] == "900"
    assert enter(Client(), user.username).status_code == 429
    assert enter(Client(), other.username).status_code == 302
    assert enter(Client(), user.username, REMOTE_ADDR="192.0.2.7").status_code == 302
    clock.shift(timedelta(minutes=14))
    answer = enter(client, user.username)
    assert answer.status_code == 429
    assert "Try again in 1 minute." in markup.page(answer)
    clock.shift(timedelta(minutes=1, seconds=1))
    assert enter(client, user.username).status_code == 302


def test_a_success_ends_the_count(client, user):
    for _round in range(3):
        for _attempt in range(4):
            assert enter(client, user.username, "wrong").status_code == 200
        assert enter(client, user.username).status_code == 302


def test_known_and_unknown_names_and_those_who_may_not_enter_are_told_the_same(user, clock):
    stranger = account(is_staff=False)
    gone = account(is_active=False)
    attempts = [
        ("nobody", "wrong"),
        (user.username, "wrong"),
        (stranger.username, PASSWORD),
        (gone.username, PASSWORD),
    ]
    told = {}
    for name, password in attempts:
        client = Client()
        answers = [enter(client, name, password) for _attempt in range(6)]
        pages = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
        told[name] = ([answer.status_code for answer in answers], pages)
    assert told["nobody"][0] == [200] * 4 + [429] * 2
    assert all(found == told["nobody"] for found in told.values())


def test_a_forged_address_changes_nothing(client, user):
    statuses = [
        enter(client, user.username, "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").status_code
        for number in range(5)
    ]
    assert statuses[-1] == 429


# One address, whatever the names --------------------------------------------------------------------------------------


def spray(client, *, names=30, **extra):
    """One wrong password for each of many names; the statuses."""
    return [enter(client, f"name{number}", "Summer2026!", **extra).status_code for number in range(names)]


def test_thirty_wrong_passwords_for_any_names_lock_their_address_for_a_quarter_of_an_hour(user, clock):
    assert spray(Client(), names=31) == [200] * 30 + [429]
    answer = enter(Client(), user.username)
    assert answer.status_code == 429
    assert "Too many wrong passwords from your network. Try again in 15 minutes." in markup.page(answer)
    assert answer["Retry-After"] == "900"
    assert enter(Client(), user.username, REMOTE_ADDR="192.0.2.7").status_code == 302
    clock.shift(timedelta(minutes=15, seconds=1))
    assert enter(Client(), user.username).status_code == 302


def test_one_strangers_network_is_counted_as_one_address(user, clock):
    for number in range(30):
        enter(Client(), f"name{number}", "Summer2026!", REMOTE_ADDR=f"2001:db8:0:1::{number:x}")
    assert enter(Client(), user.username, REMOTE_ADDR="2001:db8:0:1:ffff::1").status_code == 429
    assert enter(Client(), user.username, REMOTE_ADDR="2001:db8:0:2::1").status_code == 302


def test_a_stranger_at_an_offices_address_locks_out_nobody_who_is_or_was_signed_in_there(user, clock):
    inside, outside = Client(), Client()
    for client in (inside, outside):
        assert enter(client, user.username).status_code == 302
    outside.post("/admin/logout/")
    spray(Client(), names=40)
    assert inside.get(DESK).status_code == 200
    assert enter(outside, user.username).status_code == 302
    clock.shift(timedelta(days=60))
    spray(Client(), names=40)
    assert enter(outside, user.username).status_code == 302


def test_a_browser_that_was_signed_in_may_try_its_own_name_five_times_and_no_other(user, clock):
    own, other = Client(), account()
    enter(own, user.username)
    own.post("/admin/logout/")
    spray(Client())
    assert enter(own, other.username).status_code == 429
    assert [enter(own, user.username, "wrong").status_code for _attempt in range(5)] == [200] * 4 + [429]
    assert enter(own, user.username).status_code == 429


def test_neither_a_success_nor_a_cookie_of_ones_own_making_ends_the_count_of_an_address(user, clock):
    attacker = Client()
    spray(attacker, names=29)
    assert enter(attacker, account().username).status_code == 302
    assert enter(attacker, "name29", "Summer2026!").status_code == 200
    forged = Client()
    forged.cookies["known"] = user.username
    assert enter(forged, user.username).status_code == 429


def test_what_remembers_a_browser_is_for_the_desk_alone_and_for_no_script(client, user, settings):
    assert "known" not in enter(client, user.username, "wrong").cookies
    cookie = enter(client, user.username).cookies["known"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    settings.SESSION_COOKIE_SECURE = True
    assert enter(Client(), user.username).cookies["known"]["secure"]
