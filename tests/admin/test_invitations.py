"""Inviting people: one open invitation for an address, a mail that only they get, and no password of anybody's."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from articles.mail.kinds import KINDS
from articles.models import Alarm, Invitation, OutgoingMail
from articles.publishing import invitations
from articles.roles import IN_WORDS
from tests.admin.accounts import account
from tests.admin.conftest import errors_of

pytestmark = pytest.mark.django_db

LIST, ADD = (reverse(f"admin:articles_invitation_{name}") for name in ("changelist", "add"))
ADA = {"first_name": "Ada", "last_name": "Rey", "email": "Ada@Example.org ", "role": "Author"}


@pytest.fixture
def administrator(client):
    user = account(role="Site administrator", first_name="Bo", last_name="Ek", email="bo@example.org")
    client.force_login(user)
    return user


def invited(by, **changes):
    made = Invitation(**{**ADA, "email": "ada@example.org", "invited_by": by, **changes})
    invitations.invite(made)
    return made


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def mail():
    [waiting] = OutgoingMail.objects.all()
    return KINDS["invitation"].write(waiting, timezone.now())


def test_an_administrator_gives_name_address_and_role_and_the_person_gets_one_mail(client, administrator):
    choices = client.get(ADD).context["adminform"].form.fields["role"].choices
    assert [name for name, _words in choices] == list(IN_WORDS)
    answer = client.post(ADD, ADA, follow=True)
    assert said(answer) == ["We’re emailing Ada Rey (Ada@example.org) a link that works for 7 days."]
    [made] = Invitation.objects.all()
    assert (str(made), made.role, made.invited_by) == ("Ada Rey (Ada@example.org)", "Author", administrator)
    message = mail()
    assert message.subject == "Join Inside Pain Medicine"
    assert "Bo Ek invites you" in message.text
    assert IN_WORDS["Author"] in message.html
    assert IN_WORDS["Author"] in " ".join(message.text.split())
    assert invitations.link_to(made) in message.text
    assert not get_user_model().objects.filter(email__iexact="ada@example.org").exists()


def test_the_list_says_who_was_invited_by_whom_and_until_when(client, administrator):
    invited(administrator, email="old@example.org", sent_at=timezone.now() - timedelta(days=8))
    invited(administrator)
    page = client.get(LIST)
    rows = page.context["cl"].result_list
    assert [(row.email, row.invited_by) for row in rows] == [
        ("ada@example.org", administrator),
        ("old@example.org", administrator),
    ]
    assert page.content.decode().count("Expired") == 1
    assert LIST in client.get(reverse("admin:auth_user_changelist")).content.decode()


def test_sending_again_makes_one_mail_with_the_link_that_works(client, administrator):
    made = invited(account(role="Site administrator", email="other@example.org"))
    before = invitations.link_to(made)
    client.post(LIST, {"action": "send_again", "_selected_action": [made.pk]})
    made.refresh_from_db()
    assert made.invited_by == administrator
    assert invitations.link_to(made) in mail().text
    assert before not in mail().text


def test_what_was_withdrawn_is_not_mailed(client, administrator):
    made = invited(administrator)
    answer = client.post(LIST, {"action": "withdraw", "_selected_action": [made.pk]}, follow=True)
    assert said(answer) == ["Withdrawn: Ada Rey (ada@example.org)."]
    assert mail() is None
    with pytest.raises(invitations.InvitationRefused, match="was accepted or withdrawn just now"):
        invitations.send_again(made, by=administrator)


@pytest.mark.parametrize(
    ("is_active", "problem"),
    [
        (True, "Ada Rey (ada@example.org) is a user already."),
        (False, "Ada Rey (ada@example.org) is a user whose account is closed. Reopen it instead."),
    ],
)
def test_an_address_that_has_a_user_is_said_and_nothing_typed_is_lost(client, administrator, is_active, problem):
    account(email="ADA@example.org", first_name="Ada", last_name="Rey", is_active=is_active)
    answer = client.post(ADD, {**ADA, "email": "ada@example.org"})
    assert errors_of(answer) == [problem]
    assert 'value="Ada"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_address_is_invited_once_whoever_of_two_administrators_is_quicker(client, administrator, monkeypatch):
    invited(administrator)
    answer = client.post(ADD, ADA)
    assert errors_of(answer) == ["This address has an open invitation. Send that one again, or withdraw it."]
    with pytest.raises(invitations.InvitationRefused, match=r"ADA@example.org was invited by someone else just now\."):
        invited(administrator, email="ADA@example.org")
    monkeypatch.setattr(Invitation, "validate_constraints", lambda *args, **kwargs: None)
    assert said(client.post(ADD, ADA, follow=True)) == ["Ada@example.org was invited by someone else just now."]
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 1


def test_a_mail_that_is_refused_is_told(administrator):
    made = invited(administrator)
    KINDS["invitation"].not_sent(OutgoingMail.objects.get(), timezone.now())
    sentence = f"The invitation didn’t reach {made}: the mail server refuses the address."
    assert Alarm.objects.get().sentence == sentence


def test_only_site_administrators_invite_and_nobody_makes_a_user_with_a_password(client, administrator):
    assert client.get("/admin/auth/user/add/").status_code == 403
    client.force_login(account(role="Editor"))
    assert {client.get(LIST).status_code, client.post(ADD, ADA).status_code} == {403}
