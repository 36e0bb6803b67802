"""Accounts on the desk: who is above a site administrator stays out of their reach."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin.accounts import as_it_is, role_of
from articles.admin.editorial_status import reviewers_by_mail
from articles.mail.kinds import KINDS
from articles.models import Article, OutgoingMail
from articles.publishing import closing, desk, links, review_requests
from articles.roles import IN_WORDS
from tests import factories
from tests.admin.accounts import DESK, LOGIN, PASSWORD, account, address_of, enter
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
    answer = client.post(page, {"username": "new"})
    assert errors_of(answer) == ["Choose what they may do."]
    assert 'value="new"' in answer.content.decode()


# Closing and reopening ------------------------------------------------------------------------------------------------


def closing_page(user):
    return reverse("admin:auth_user_closing", args=[user.pk])


def told(client, user, verb):
    answer = client.post(closing_page(user), {"verb": verb}, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_a_closed_account_is_signed_out_at_once_keeps_its_name_and_is_reopened(client):
    other, theirs = account(role="Editor", first_name="Ada", last_name="Rey"), Client()
    theirs.force_login(other)
    article = factories.ArticleFactory(created_by=other)
    client.force_login(account(role="Site administrator"))
    assert closing_page(other) in client.get(reverse("admin:auth_user_change", args=[other.pk])).content.decode()
    assert "Nothing waits for them." in client.get(closing_page(other)).content.decode()
    assert theirs.get(DESK).status_code == 200
    assert told(client, other, "close") == ["Closed."]
    assert address_of(theirs.get(DESK)) == LOGIN
    assert enter(theirs, other.username).status_code == 200
    assert Article.objects.get(pk=article.pk).created_by == other
    assert "Editor (closed)" in client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert told(client, other, "reopen") == ["Reopened."]
    assert enter(theirs, other.username).status_code == 302
    history = LogEntry.objects.filter(object_id=other.pk).order_by("pk").values_list("change_message", flat=True)
    assert list(history) == ["Closed.", "Reopened."]


def test_what_waits_for_a_closed_account_is_listed_and_links_mailed_to_its_reviewer_end(client):
    reviewer = factories.ReviewerFactory(email="ada@example.org")
    assigned = factories.ArticleFactory(title="Assigned to Ada", assigned_to=reviewer.user)
    Article.objects.filter(pk=factories.print_edition().article_id).update(assigned_to=reviewer.user)
    article, editor = factories.ArticleFactory(title="Asked of Ada"), factories.editor()
    for _twice in range(2):
        revision = desk.submit(article, by=editor)
        review_requests.ask(revision, reviewer, by=editor)
    link = reverse("review", args=[links.for_review(revision, reviewer)])
    assert client.get(link).status_code == 200
    client.force_login(account(role="Site administrator"))
    told(client, reviewer.user, "close")
    context = client.get(closing_page(reviewer.user)).context
    assert context["waiting"] == [("Assigned", assigned), ("Review asked", article)]
    assert context["summary"] == "1 assignment and 1 review"
    assert client.get(link).status_code == 410
    assert KINDS["review_request"].write(OutgoingMail.objects.filter(kind="review_request")[0], timezone.now()) is None
    assert reviewer not in reviewers_by_mail(article)


def test_nobody_closes_their_own_account_or_the_last_administrators(client):
    administrator = account(role="Site administrator")
    client.force_login(administrator)
    assert told(client, administrator, "close") == ["You can’t close your own account. Another administrator can."]
    other = account(role="Site administrator")
    Group.objects.get(name="Site administrator").user_set.remove(administrator)
    administrator.user_permissions.add(Permission.objects.get(codename="change_user"))
    client.force_login(get_user_model().objects.get(pk=administrator.pk))
    last = "No one else can manage users. Make someone else a site administrator first."
    assert told(client, other, "close") == [last]
    page = reverse("admin:auth_user_change", args=[other.pk])
    assert errors_of(client.post(page, form_of(client, page, role="Author"))) == [last]
    assert (read(other).is_active, role_of(read(other))) == (True, "Site administrator")
    assert client.post(reverse("admin:auth_user_delete", args=[administrator.pk]), {"post": "yes"}).status_code == 403


def test_who_may_not_change_a_user_neither_closes_nor_reopens_them(client):
    root, other = get_user_model().objects.create_superuser("root", "root@example.org", PASSWORD), account()
    client.force_login(account(role="Site administrator"))
    assert client.post(closing_page(root), {"verb": "close"}).status_code == 403
    editor = account(role="Editor")
    client.force_login(editor)
    assert client.post(closing_page(other), {"verb": "close"}).status_code == 403
    with pytest.raises(closing.ClosingRefused, match="Only site administrators"):
        closing.close(other, by=editor)
    assert read(root).is_active
    assert read(other).is_active
