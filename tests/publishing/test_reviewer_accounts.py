"""Whoever changes a reviewer's password, address or second step cannot sign in their name: it is told, and sign-offs
wait a day.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin import sign_in
from articles.models import OutgoingMail, Review, SafeguardChange, SettledAccount
from articles.models.safeguards import ACCOUNT
from articles.publishing import desk, links, persons, safeguards
from articles.publishing.desk import DeskRefused
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "a long walk on a wet road"
DAY = timedelta(hours=24)


@pytest.fixture
def reviewer():
    account = factories.UserFactory(role="Medical reviewer", username="ada", email="ada@home.example.org")
    account.set_password("what Ada drew herself")
    account.save()
    return factories.ReviewerFactory(name="Ada Rey", email="ada@example.org", user=account)


@pytest.fixture
def revision():
    return factories.publishable_article(signed=False).revisions.get()


@pytest.fixture
def administrator():
    return factories.administrator(email="first@example.org")


def told() -> set[str]:
    return set(OutgoingMail.objects.filter(kind="safeguard_change").values_list("to", flat=True))


def refused(action) -> str:
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value).splitlines()[0]


def by_the_page_of_passwords(user, client, administrator):
    client.force_login(administrator)
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"})


def by_the_form_of_the_user(user, client, administrator):
    client.force_login(administrator)
    data = {"username": "ada", "email": "eve@example.org", "is_active": "on", "role": "Medical reviewer"}
    client.post(reverse("admin:auth_user_change", args=[user.pk]), data)


def by_the_command(user, client, administrator):
    from django.contrib.auth.management.commands import changepassword

    kept, changepassword.getpass.getpass = changepassword.getpass.getpass, lambda prompt: PASSWORD
    try:
        call_command("changepassword", user.username, verbosity=0)
    finally:
        changepassword.getpass.getpass = kept


def in_a_shell(user, client, administrator):
    user.set_password(PASSWORD)
    user.save()


def by_a_new_address_in_a_shell(user, client, administrator):
    user.email = "eve@example.org"
    user.save()


WAYS = [
    by_the_page_of_passwords,
    by_the_form_of_the_user,
    by_the_command,
    in_a_shell,
    by_a_new_address_in_a_shell,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_who_changes_a_reviewers_password_or_address_does_not_sign_in_their_name_for_a_day(
    way, client, reviewer, revision, administrator, time_machine
):
    user = get_user_model().objects.get(pk=reviewer.user_id)
    way(user, client, administrator)
    user.refresh_from_db()
    assert user.check_password(PASSWORD) or user.email == "eve@example.org"
    [change] = SafeguardChange.objects.open().filter(contributor=reviewer, field__in=ACCOUNT)
    assert told() == {"ada@example.org", "ada@home.example.org", "first@example.org"}
    with pytest.raises(DeskRefused, match=r"The password, email address or two-step sign-in of Ada Rey, MD’s"):
        desk.sign_off(revision, by=user)
    with pytest.raises(DeskRefused, match="was changed"):
        desk.sign_off_by_link(revision, reviewer=reviewer, decision=Review.APPROVED)
    time_machine.move_to(change.takes_effect_at)
    assert safeguards.apply_due() == 1
    assert desk.sign_off(revision, by=user).decision == Review.APPROVED


def test_the_database_takes_no_sign_off_by_an_account_that_was_just_changed(reviewer, revision):
    by_a_new_address_in_a_shell(reviewer.user, None, None)
    row = {"revision": revision, "reviewer": reviewer, "signed_digest": revision.signed_digest, "name": reviewer.name}
    signature = Review(**row, decision=Review.APPROVED, due_on=timezone.localdate())
    sentence = "Nobody signs off by an account whose password, address or second step has just been changed."
    assert refused(signature.save) == sentence


def test_the_database_changes_no_address_of_a_reviewers_account_untold(reviewer):
    accounts = get_user_model().objects.filter(pk=reviewer.user_id)
    sentence = "The address of a reviewer’s account changes with a record that it did."
    assert refused(lambda: accounts.update(email="eve@example.org")) == sentence
    other = factories.editor()
    assert get_user_model().objects.filter(pk=other.pk).update(email="eve@example.org") == 1


def test_a_second_administrator_confirms_it_and_the_one_who_did_it_cannot(client, reviewer, revision, administrator):
    by_the_page_of_passwords(reviewer.user, client, administrator)
    change = SafeguardChange.objects.open().get()
    assert (change.asked_by, safeguards.in_words(change)) == (administrator, "Account of Ada Rey, MD: a new password")
    with pytest.raises(safeguards.SafeguardRefused, match="A second person must confirm it"):
        safeguards.confirm(change, by=administrator)
    safeguards.confirm(change, by=factories.administrator())
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED


def test_the_link_in_the_mail_closes_the_account_and_another_password_opens_it_for_no_sign_off(client, reviewer):
    in_a_shell(reviewer.user, None, None)
    mail = OutgoingMail.objects.get(to="ada@home.example.org")
    message = safeguards.SafeguardMail().write(mail, timezone.now())
    assert "no one can sign off with this account" in " ".join(message.text.split())
    path = safeguards.link_to_stop(mail.context["changes"]).partition("/stop-change/")[2]
    assert b"The account is closed." in client.post(f"/stop-change/{path}").content
    user = get_user_model().objects.get(pk=reviewer.user_id)
    assert (user.is_active, user.has_usable_password()) == (False, False)
    in_a_shell(user, None, None)
    assert SafeguardChange.objects.open().filter(field="password").exists()


def test_a_second_change_begins_a_second_day(reviewer, time_machine):
    in_a_shell(reviewer.user, None, None)
    first = SafeguardChange.objects.open().get()
    time_machine.move_to(timezone.now() + DAY - timedelta(minutes=1))
    in_a_shell(reviewer.user, None, None)
    second = SafeguardChange.objects.open().get()
    assert second.takes_effect_at - first.takes_effect_at >= DAY - timedelta(minutes=2)


def test_links_made_before_end_with_the_change(client, reviewer, revision):
    address = reverse("review", args=[links.for_review(revision, reviewer)])
    assert client.get(address).status_code == 200
    in_a_shell(reviewer.user, None, None)
    assert client.get(address).status_code == 410


def test_the_old_address_of_an_account_is_still_that_persons(reviewer):
    by_a_new_address_in_a_shell(reviewer.user, None, None)
    publisher = factories.UserFactory(role="Editor", email="ada+desk@home.example.org")
    assert persons.is_contributor(publisher, reviewer)


def test_ones_own_new_password_and_the_accounts_of_others_wait_for_nothing(client, reviewer, revision):
    client.force_login(reviewer.user)
    own = {"old_password": "what Ada drew herself", "new_password1": PASSWORD, "new_password2": PASSWORD}
    client.post(reverse("admin:password_change"), own)
    reviewer.user.refresh_from_db()
    assert reviewer.user.check_password(PASSWORD)
    in_a_shell(factories.editor(), None, None)
    assert not SafeguardChange.objects.open().exists()
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED


def test_a_stronger_hash_of_the_same_password_changes_nothing(client, reviewer, revision, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    before = reviewer.user.password
    client.post(reverse("admin:login"), {"username": "ada", "password": "what Ada drew herself"})
    reviewer.user.refresh_from_db()
    assert (reviewer.user.password != before, safeguards.note_what_differs()) == (True, 0)
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED


# Past the desk, and past what Django reports --------------------------------------------------------------------------


def by_sql(user):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_user SET password = %s WHERE id = %s", [make_password(PASSWORD), user.pk])


def by_an_update(user):
    get_user_model().objects.filter(pk=user.pk).update(password=make_password(PASSWORD))


def by_assignment(user):
    user.password = make_password(PASSWORD)
    user.save()


def by_many_at_once(user):
    user.password = make_password(PASSWORD)
    get_user_model().objects.bulk_update([user], ["password"])


def by_a_stronger_hash_of_another_password(user):
    by_sql(user)
    user.refresh_from_db()
    get_user_model().objects.get(pk=user.pk).check_password(PASSWORD)


def by_another_app(user):
    TOTPDevice.objects.create(user=user, confirmed=True)


PAST_THE_DESK = [
    by_sql,
    by_an_update,
    by_assignment,
    by_many_at_once,
    by_a_stronger_hash_of_another_password,
    by_another_app,
]


@pytest.mark.parametrize("way", PAST_THE_DESK, ids=lambda way: way.__name__)
def test_what_is_changed_past_the_desk_is_told_by_the_clock_and_signs_nothing_before_or_for_a_day(
    way, reviewer, revision, administrator, time_machine
):
    way(reviewer.user)
    with pytest.raises(DeskRefused, match="account was changed outside the desk"):
        desk.sign_off(revision, by=reviewer.user)
    row = {"revision": revision, "reviewer": reviewer, "signed_digest": revision.signed_digest, "name": reviewer.name}
    signature = Review(**row, decision=Review.APPROVED, due_on=timezone.localdate())
    sentence = "Nobody signs off by an account whose password or second step was changed without a record."
    assert refused(signature.save) == sentence
    assert safeguards.apply_due() == 0  # the clock
    assert safeguards.apply_due() == 0
    [change] = SafeguardChange.objects.open()
    assert told() == {"ada@example.org", "ada@home.example.org", "first@example.org"}
    with pytest.raises(DeskRefused, match="They can sign off after"):
        desk.sign_off(revision, by=reviewer.user)
    time_machine.move_to(change.takes_effect_at)
    assert safeguards.apply_due() == 1
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED


def test_a_second_change_past_the_desk_begins_its_own_day(reviewer, time_machine):
    by_sql(reviewer.user)
    safeguards.apply_due()
    first = SafeguardChange.objects.open().get()
    time_machine.move_to(first.takes_effect_at - timedelta(minutes=1))
    by_sql(reviewer.user)
    time_machine.move_to(first.takes_effect_at)
    assert safeguards.apply_due() == 0
    assert SafeguardChange.objects.open().get().takes_effect_at == first.takes_effect_at + DAY


def test_a_confirmation_settles_what_was_told_and_nothing_that_came_after(client, reviewer, revision, administrator):
    by_the_page_of_passwords(reviewer.user, client, administrator)
    change = SafeguardChange.objects.open().get()
    by_sql(reviewer.user)
    safeguards.confirm(change, by=factories.administrator())
    with pytest.raises(DeskRefused, match="account was changed outside the desk"):
        desk.sign_off(revision, by=reviewer.user)


@pytest.mark.parametrize("way", [in_a_shell, by_a_new_address_in_a_shell, by_sql], ids=lambda way: way.__name__)
def test_what_nobody_signed_in_for_is_confirmed_by_nobody(way, client, reviewer, administrator):
    way(reviewer.user, *([] if way is by_sql else [None, None]))
    safeguards.note_what_differs()
    change = SafeguardChange.objects.open().get()
    with pytest.raises(safeguards.SafeguardRefused, match="It isn’t known who changed this account"):
        safeguards.confirm(change, by=administrator)
    row = SafeguardChange.objects.filter(pk=change.pk)
    now = timezone.now()
    told = refused(lambda: row.update(confirmed_by=administrator, confirmed_at=now, applied_at=now))
    assert told == "A change of a safeguard takes two people."
    client.force_login(administrator)
    assert (
        '<td class="field-asked_by_whom">Not known</td>'
        in client.get(reverse("admin:articles_safeguardchange_changelist")).content.decode()
    )


def test_an_account_that_was_closed_is_told_of_once(reviewer):
    by_sql(reviewer.user)
    safeguards.note_what_differs()
    safeguards.stop(SafeguardChange.objects.open().get(), by=None)
    assert (safeguards.note_what_differs(), reviewer.user.is_active) == (0, True)


def test_what_an_account_settled_with_stands_on_no_page(reviewer):
    assert SettledAccount not in admin.site._registry
    assert reviewer.user.password == reviewer.settled_account.password


# The second step ------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_app(reviewer):
    app = TOTPDevice.objects.create(user=reviewer.user, confirmed=True)
    SettledAccount.objects.begin(reviewer)
    return app


def test_removing_a_reviewers_second_step_is_told_and_sign_offs_wait(
    client, reviewer, with_app, revision, administrator
):
    client.force_login(administrator)
    chosen = {"action": "remove_two_step", "_selected_action": [reviewer.user.pk], "confirmed": "yes"}
    client.post(reverse("admin:auth_user_changelist"), chosen)
    change = SafeguardChange.objects.open().get()
    words = "Account of Ada Rey, MD: its two-step sign-in was removed or set up anew"
    assert (change.asked_by, safeguards.in_words(change)) == (administrator, words)
    assert told() == {"ada@example.org", "ada@home.example.org", "first@example.org"}
    with pytest.raises(DeskRefused, match="They can sign off after"):
        desk.sign_off(revision, by=reviewer.user)
    safeguards.confirm(change, by=factories.administrator())
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED


@pytest.mark.parametrize("way", ["rows", "sql", "key"])
def test_a_second_step_that_is_changed_past_the_desk_signs_nothing(way, reviewer, with_app, revision):
    if way == "rows":
        TOTPDevice.objects.all().delete()
    elif way == "key":
        TOTPDevice.objects.update(key="00" * 20)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM otp_totp_totpdevice")
    with pytest.raises(DeskRefused, match="account was changed outside the desk"):
        desk.sign_off(revision, by=reviewer.user)
    assert safeguards.note_what_differs() == 1


def test_ones_own_second_step_waits_for_nothing(client, reviewer, revision):
    client.force_login(reviewer.user)
    page = reverse("admin:two_step_setup")
    client.get(page)
    app = TOTPDevice(key=client.session[sign_in.SECRET])
    client.post(page, {"code": f"{TOTP(app.bin_key, app.step, app.t0, app.digits).token():06}"})
    assert TOTPDevice.objects.get(user=reviewer.user).key == app.key
    assert desk.sign_off(revision, by=reviewer.user).decision == Review.APPROVED
    assert not SafeguardChange.objects.open().exists()
