"""Joining by a link from a mail: once, for seven days, with a name and a password that nobody else knows."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from articles.admin.accounts import role_of
from articles.models import Invitation
from articles.newsletter.subscriptions import rate_limits
from articles.publishing import invitations
from tests import factories
from tests.admin.accounts import DESK, INDEX, LOGIN, PASSWORD, address_of

pytestmark = pytest.mark.django_db

GIVEN = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD}
ENDED = (
    "This invitation was accepted, withdrawn or sent again. Sign in if you have a user. Ask the person who invited you "
    "for a new one."
)


@pytest.fixture
def invitation():
    by = factories.administrator(email="first@example.org")
    asked = Invitation(email="ada@example.org", first_name="Ada", last_name="Rey", role="Editor", invited_by=by)
    invitations.invite(asked)
    return asked


def address(invitation):
    return "/admin/" + invitations.link_to(invitation).partition("/admin/")[2]


def refusal(client, page, status=410):
    """What both a look and a try are told; nobody joins."""
    for answer in (client.get(page), client.post(page, GIVEN)):
        assert answer.status_code == status
        assert "form" not in answer.context
    assert not get_user_model().objects.filter(username="ada").exists()
    return answer.context["sentence"]


def test_an_invited_person_chooses_name_and_password_and_is_signed_in_as_what_they_were_invited(client, invitation):
    page = address(invitation)
    assert client.get(page).context["form"]["username"].value() == "ada"
    answer = client.post(page, GIVEN)
    assert address_of(answer) == INDEX
    assert client.get(DESK).status_code == 200
    user = get_user_model().objects.get(username="ada")
    assert (user.email, user.get_full_name(), role_of(user)) == ("ada@example.org", "Ada Rey", "Editor")
    assert user.check_password(PASSWORD)
    assert not Invitation.objects.exists()


def test_the_second_step_is_owed_at_once_where_everybody_has_one(client, invitation, settings):
    settings.TWO_FACTOR_REQUIRED = True
    client.post(address(invitation), GIVEN)
    assert address_of(client.get(INDEX)) == reverse("admin:two_step_setup")


def test_a_link_works_once(client, invitation):
    page = address(invitation)
    client.post(page, GIVEN)
    again = client.post(page, {**GIVEN, "username": "eve"})
    assert (again.status_code, again.context["sentence"]) == (410, ENDED)
    assert not get_user_model().objects.filter(username="eve").exists()


def test_withdrawing_and_sending_again_end_a_link(client, invitation):
    page = address(invitation)
    invitations.send_again(invitation, by=invitation.invited_by)
    assert refusal(client, page) == ENDED
    invitation.refresh_from_db()
    page = address(invitation)
    assert client.get(page).status_code == 200
    invitation.delete()
    assert refusal(client, page) == ENDED


def test_a_link_ends_after_seven_days(client, invitation):
    page = address(invitation)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7))
    invitation.refresh_from_db()
    assert refusal(client, page) == ENDED
    sentence = "This invitation has expired. Ask the person who invited you for a new one."
    assert refusal(client, address(invitation)) == sentence


def test_a_link_ends_with_the_right_of_who_invited_by_it(client, invitation):
    invitation.invited_by.groups.clear()
    assert refusal(client, address(invitation)) == ENDED


def test_a_link_that_is_cut_or_altered_opens_nothing(client, invitation):
    sentence = "This link is incomplete or isn’t ours. Copy the whole address from the email."
    for page in (address(invitation)[:-2] + "/", reverse("admin:join", args=["x"])):
        assert refusal(client, page, 404) == sentence


def test_somebody_who_got_a_user_meanwhile_is_told(client, invitation):
    factories.UserFactory(email="Ada@example.org", username="rey")
    assert refusal(client, address(invitation)) == "rey (ada@example.org) is a user already."


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"username": "Taken"}, "A user with that username already exists."),
        ({"username": ""}, "This field is required."),
        ({"password2": "another battery"}, "The two password fields didn’t match."),
        ({"password1": "ada@example.org", "password2": "ada@example.org"}, "The password is too similar to the email"),
    ],
)
def test_what_cannot_be_used_is_said_beside_it_and_the_link_still_works(client, invitation, change, problem):
    factories.UserFactory(username="taken")
    page = address(invitation)
    answer = client.post(page, {**GIVEN, **change})
    said = [str(sentence) for sentences in answer.context["form"].errors.values() for sentence in sentences]
    assert len(said) == 1
    assert said[0].startswith(problem)
    assert f'value="{change.get("username", "ada")}"' in answer.content.decode() or not change.get("username", "ada")
    assert address_of(client.post(page, GIVEN)) == INDEX


def test_a_network_tries_only_so_often_a_day(client, invitation, monkeypatch):
    monkeypatch.setattr(rate_limits, "NETWORK_A_DAY", 1)
    page = address(invitation)
    client.post(page, {**GIVEN, "username": ""})
    answer = client.post(page, GIVEN)
    assert (answer.status_code, answer.context["sentence"]) == (
        429,
        "Too many tries from your network today. Try again tomorrow.",
    )
    assert client.get(page).status_code == 200


def test_nobody_joins_from_another_sites_page(invitation):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(address(invitation), GIVEN).status_code == 403


def test_a_refused_page_leads_to_signing_in(client):
    answer = client.get(reverse("admin:join", args=["x"]))
    assert f'href="{INDEX}"' in answer.content.decode()
    assert address_of(client.get(INDEX)) == LOGIN
