"""Writing an issue: what is typed is kept, two editors lose nothing; what was read is approved, and undone."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from articles.models import Issue, UnsavedIssue
from articles.newsletter.delivery.ledger import Ledger
from articles.newsletter.issues import building, rendering
from tests import factories, markup
from tests.admin.test_issues import address, do, form
from tests.newsletter.happenings import DAY, updated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def draft():
    factories.print_edition(title="Pumps")
    factories.subscription()
    return building.build()


def typed(client, issue, **words):
    """The answer to what the open form sends every few seconds."""
    return json.loads(client.post(address(issue, "autosave"), words).content)


def opened(issue, **changes):
    """The form as a browser sends it: each field with the words that it began with."""
    began = {"initial-subject": issue.subject, "initial-introduction": issue.introduction}
    return form(issue, **began) | changes


def problems(answer):
    return [str(error) for errors in answer.context["adminform"].form.errors.values() for error in errors]


# Kept while it is typed -----------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_beside_the_draft_and_offered_to_its_writer_alone(client, chief, draft):
    with time_machine.travel("2026-11-24T19:49:00+00:00", tick=False):
        client.force_login(chief)
        assert typed(client, draft, subject=draft.subject, introduction="Dear reader")["clock"] == "19:49"
    client.force_login(chief)
    draft.refresh_from_db()
    assert draft.introduction == ""
    assert "from November 24, 19:49" in (page := markup.page(client.get(address(draft))))
    assert ">Dear reader</dd>" in page
    assert "Dear reader" in client.get(address(draft, "html") + "?typed=1").content.decode()
    assert "Dear reader" not in client.get(address(draft, "html")).content.decode()
    client.force_login(factories.newsletter_editor())
    assert "Dear reader" not in markup.page(client.get(address(draft)))


def test_saving_forgets_what_the_form_had_kept_and_nothing_of_another_tab(client, chief, draft):
    first = typed(client, draft, introduction="One")["kept"]
    client.post(address(draft), opened(draft, introduction="One", autosaved=str(first)))
    assert not UnsavedIssue.objects.exists()
    first = typed(client, draft, introduction="Two")["kept"]
    typed(client, draft, introduction="In another tab")
    client.post(address(draft), opened(draft, introduction="Two", autosaved=str(first)))
    assert UnsavedIssue.objects.get().introduction == "In another tab"
    client.post(address(draft, "discard"))
    assert not UnsavedIssue.objects.exists()


def test_words_that_add_nothing_and_a_sign_of_life_keep_nothing(client, chief, draft):
    assert typed(client, draft, subject=draft.subject, introduction="")["kept_at"] is None
    typed(client, draft, introduction="Kept\x00")
    assert typed(client, draft)["kept_at"] is None
    assert UnsavedIssue.objects.get().introduction == "Kept"


def test_no_other_role_keeps_anything(client, draft):
    client.force_login(factories.UserFactory(role="Author"))
    assert client.post(address(draft, "autosave"), {"introduction": "Mine"}).status_code == 403
    assert not UnsavedIssue.objects.exists()


# Two editors ----------------------------------------------------------------------------------------------------------


def test_a_save_that_began_from_older_words_is_merged_where_it_can_be(client, chief, draft):
    Issue.objects.update(introduction="First.\n\nSecond.")
    draft.refresh_from_db()
    mine = opened(draft, introduction="First, mine.\r\n\r\nSecond.")
    other = factories.newsletter_editor()
    other.first_name, other.last_name = "Tom", "Beck"
    other.save()
    client.force_login(other)
    client.post(address(draft), opened(draft, introduction="First.\n\nSecond, theirs.", subject="Theirs"))
    client.force_login(chief)
    page = markup.page(client.post(address(draft), mine, follow=True))
    draft.refresh_from_db()
    assert (draft.subject, draft.introduction) == ("Theirs", "First, mine.\n\nSecond, theirs.")
    assert "Both were merged." in page
    assert "Tom Beck saved at" in page


def test_what_both_changed_waits_with_both_texts_and_the_next_save_decides(client, chief, draft):
    mine = opened(draft, introduction="Mine")
    Issue.objects.update(introduction="Theirs")
    answer = client.post(address(draft), mine)
    assert problems(answer) == ["It was changed: “Theirs” Yours is still in the field. Save again to keep it."]
    assert 'name="initial-introduction" value="Theirs"' in (page := markup.page(answer))
    assert ">Mine</textarea>" in page
    assert Issue.objects.get().introduction == "Theirs"
    client.post(address(draft), mine | {"initial-introduction": "Theirs"})
    assert Issue.objects.get().introduction == "Mine"


def test_what_is_sent_after_an_approval_is_kept_for_its_writer(client, chief, draft):
    late = opened(draft, introduction="Too late")
    building.approve(draft, by=chief)
    page = markup.page(client.post(address(draft), late, follow=True))
    assert "The issue isn’t a draft any more, so it wasn’t changed. What you typed is kept below." in page
    assert ">Too late</dd>" in page
    assert Issue.objects.get().introduction == ""


# Approved, for a time, and undone -------------------------------------------------------------------------------------


def test_nothing_leaves_for_a_minute_and_undoing_makes_it_the_draft_that_it_was(client, chief, draft, mailoutbox):
    assert do(client, draft, "approve") == ["Approved. It goes to 1 subscriber."]
    left = (draft.send_at - timezone.now()).total_seconds()
    assert 55 < left <= 60
    page = markup.page(client.get(address(draft)))
    assert "Nothing has left yet." in page
    assert "Undo the approval" in page
    assert do(client, draft, "undo") == ["The approval was undone. Nothing was sent, and the issue is a draft again."]
    assert (draft.state, draft.send_at, draft.deliveries.count()) == ("draft", None, 0)


def test_once_it_has_begun_undoing_is_refused_and_not_offered(client, chief, draft, settings):
    settings.NEWSLETTER_UNDO = 0
    do(client, draft, "approve")
    Ledger(draft, "one").turn()
    assert "Undo the approval" not in markup.page(client.get(address(draft)))
    assert do(client, draft, "undo") == ["It’s sending, so its approval can’t be undone."]


def test_the_question_names_how_many_and_the_time_that_was_chosen(client, chief, draft, settings):
    settings.TIME_ZONE = "America/New_York"
    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False), timezone.override("America/New_York"):
        client.force_login(chief)
        page = client.get(address(draft, "preview"), {"approve": "1", "at": "2026-12-03T09:00"})
        assert "Send to 1 subscriber on Thursday, December 3 at 09:00?" in markup.page(page)
        asked = page.context["asked"]
        sent = {"at": asked.at.isoformat(), "seen": asked.seen}
        assert do(client, draft, "approve", **sent) == [
            "Approved. It goes to 1 subscriber on Thursday, December 3 at 09:00."
        ]
    assert draft.send_at == datetime(2026, 12, 3, 9, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at": "2026-11-29T09:00"}, "That time has passed. Choose a later one, or send it now."),
        ({"at": "soon"}, "That isn’t a date and time. Choose both."),
        ({"at": "2026-02-30T09:00"}, "That isn’t a date and time. Choose both."),
        ({"at": "2027-03-14T02:30"}, "clocks go forward in America/New_York, so 02:30 doesn’t exist."),
        ({"at": "2027-11-07T01:30"}, "clocks go back in America/New_York, so 01:30 comes twice."),
    ],
)
def test_a_time_that_is_none_is_said_in_a_sentence_with_what_was_typed(client, chief, draft, given, said, settings):
    settings.TIME_ZONE = "America/New_York"
    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False), timezone.override("America/New_York"):
        client.force_login(chief)
        page = markup.page(client.get(address(draft, "preview"), {"approve": "1", **given}))
    assert said in page
    assert f'value="{given["at"]}"' in page


def test_what_changed_since_it_was_read_is_not_approved(client, chief, draft):
    seen = rendering.digest(draft)
    assert rendering.digest(draft) == seen
    updated(draft.items.get().edition, title="Pumps, again")
    said = ["It has changed since you read it. Read it again, then approve it."]
    assert do(client, draft, "approve", seen=seen) == said
    assert draft.state == "draft"


def test_a_page_that_was_left_open_past_its_time_approves_nothing(client, chief, draft):
    at = (timezone.now() - DAY).isoformat()
    assert do(client, draft, "approve", at=at) == ["That time has passed. Choose a later one, or send it now."]
    assert draft.state == "draft"
