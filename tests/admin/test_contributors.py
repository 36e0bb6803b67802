"""Contributors on the desk: the day their credentials were checked, by whom, and when they are due again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Contributor, TextChange
from articles.publishing import safeguards
from tests import factories
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db

DUE = reverse("admin:articles_contributor_changelist") + "?credentials=due"
YEAR = timedelta(days=365)


@pytest.fixture
def editor(client):
    user = factories.UserFactory(role="Editor", first_name="Bo", last_name="Ek")
    client.force_login(user)
    return user


def page(contributor):
    return reverse("admin:articles_contributor_change", args=[contributor.pk])


def saved(client, contributor, **changes):
    answer = client.post(page(contributor), form_of(client, page(contributor), **changes))
    assert answer.status_code == 302, errors_of(answer)
    contributor.refresh_from_db()
    return contributor


def test_readers_see_the_day_on_which_an_editor_checked_credentials_and_its_history_is_kept(client, editor):
    reviewer = factories.print_edition().review.reviewer
    address = reviewer.get_absolute_url()
    assert "Credentials checked" not in client.get(address).content.decode()
    saved(client, reviewer, credentials_checked_on="2026-05-03")
    assert (reviewer.credentials_checked_on, reviewer.credentials_checked_by) == (date(2026, 5, 3), editor)
    assert "May 3, 2026</time>" in client.get(address).content.decode()
    assert "Bo Ek" in client.get(page(reviewer)).content.decode()
    [change] = [change for change in TextChange.objects.all() if change.texts_after.get("credentials_checked")]
    assert (change.by, list(change.differences())) == (editor, [("credentials_checked", "", "2026-05-03")])
    saved(client, reviewer, credentials_checked_on="")
    assert (reviewer.credentials_checked_on, reviewer.credentials_checked_by) == (None, None)


def test_other_credentials_than_those_that_were_checked_are_to_be_checked_again(client, editor):
    reviewer = factories.ReviewerFactory(name="Ada Rey", credentials="MD")
    saved(client, reviewer, credentials_checked_on="2026-05-03", role="physician")
    saved(client, reviewer, role="surgeon")
    assert reviewer.credentials_checked_on == date(2026, 5, 3)
    [change] = factories.ask_change(reviewer, {"credentials": "MD, PhD"})
    safeguards.apply_due(change.takes_effect_at)
    reviewer.refresh_from_db()
    assert (reviewer.credentials, reviewer.credentials_checked_on, reviewer.credentials_checked_by) == (
        "MD, PhD",
        None,
        None,
    )


def test_a_day_in_the_future_and_ones_own_credentials_are_refused(client, editor):
    someone = factories.ContributorFactory(credentials="MD", user=editor)
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    answer = client.post(page(someone), form_of(client, page(someone), credentials_checked_on=tomorrow))
    assert errors_of(answer) == ["This day is in the future. Enter the day they were checked."]
    answer = client.post(page(someone), form_of(client, page(someone), credentials_checked_on="2026-05-03"))
    assert errors_of(answer) == ["These are your own credentials. Someone else has to check them."]


def test_who_may_not_publish_sees_the_day_and_does_not_set_it(client):
    reviewer = factories.ReviewerFactory(name="Ada Rey", credentials="MD")
    client.force_login(factories.administrator())
    assert "credentials_checked_on" not in client.get(page(reviewer)).context["adminform"].form.fields


def test_the_list_finds_the_reviewers_whose_credentials_were_not_checked_within_a_year(client, editor):
    today = timezone.localdate()
    never, old, new, gone = (
        factories.ReviewerFactory(name=name, credentials="MD") for name in ("Never", "Old", "New", "Gone")
    )
    factories.ContributorFactory(credentials="MD")
    Contributor.objects.filter(pk=old.pk).update(credentials_checked_on=today - YEAR)
    Contributor.objects.filter(pk=new.pk).update(credentials_checked_on=today - YEAR + timedelta(days=1))
    gone.user.is_active = False
    gone.user.save()
    assert list(client.get(DUE).context["cl"].result_list) == [never, old]


def test_the_database_keeps_nobody_as_the_checker_of_what_was_checked_on_no_day():
    someone = factories.ContributorFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contributor.objects.filter(pk=someone.pk).update(credentials_checked_by=factories.editor())
