"""The letter on the desk: editing a draft, actions, previews, live counts, the dashboard; and what a role may not."""

import json

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.mail import sender
from articles.models import Alarm, Issue, OutgoingMail
from articles.newsletter.issues import building
from articles.publishing import desk
from tests import factories, markup
from tests.newsletter.happenings import WEEK, corrected, handed_over, updated, withdrawn

pytestmark = pytest.mark.django_db

ACTIONS = ["refresh", "approve", "hold", "resume", "send_to_the_rest", "close", "skip", "test_send"]


@pytest.fixture
def edition():
    return factories.print_edition(title="Pumps")


@pytest.fixture
def draft(edition):
    factories.print_edition(title="Nerves")
    return building.build()


def address(issue, name="change"):
    return reverse(f"admin:articles_issue_{name}", args=[issue.pk])


def do(client, issue, name, **data):
    """Posts an action; what the next page says about it."""
    response = client.post(address(issue, name), data, follow=True)
    issue.refresh_from_db()
    return [str(message) for message in response.context["messages"]]


def form(issue, **changes):
    items = list(issue.items.all())
    data = {"subject": issue.subject, "introduction": issue.introduction, "_continue": "1"}
    data |= {"items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": len(items)}
    for place, item in enumerate(items):
        data |= {
            f"items-{place}-id": item.pk,
            f"items-{place}-issue": issue.pk,
            f"items-{place}-edition": item.edition_id,
            f"items-{place}-position": item.position,
        }
    return {**data, **changes}


# A draft --------------------------------------------------------------------------------------------------------------


def test_approving_saves_the_introduction_shows_it_and_asks_how_many_may_get_it(client, chief, draft):
    for _n in range(3):
        factories.subscription()
    sent = {**form(draft, introduction="Typed just now."), "_then": "approve"}
    answer = client.post(address(draft), sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{address(draft, 'preview')}?approve=1"
    assert "Send to 3 subscribers now?" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.introduction, draft.state) == ("Typed just now.", "draft")


def test_a_test_carries_the_words_that_are_on_the_screen(client, chief, draft):
    client.post(address(draft), {**form(draft, introduction="Typed just now."), "_then": "test_send"})
    draft.refresh_from_db()
    assert draft.introduction == "Typed just now."


def test_subject_introduction_and_order_are_edited(client, chief, draft):
    first, second = draft.items.all()
    changes = {"items-0-position": 2, "items-1-position": 1}
    client.post(address(draft), form(draft, subject="Ours", introduction="Dear reader", **changes))
    draft.refresh_from_db()
    assert (draft.subject, draft.introduction) == ("Ours", "Dear reader")
    assert list(draft.items.all()) == [second, first]


def test_an_article_is_taken_out_and_another_put_in_but_none_twice(client, chief, draft, edition):
    older = factories.print_edition(title="Older", at=timezone.now() - 20 * WEEK)
    add = {"items-TOTAL_FORMS": 3, "items-2-issue": draft.pk, "items-2-position": 3}
    client.post(address(draft), form(draft, **{"items-0-DELETE": "on", **add, "items-2-edition": older.pk}))
    assert [item.edition for item in draft.items.all()][-1] == older
    assert draft.items.count() == 2
    newer = updated(older, title="Older, again")
    page = client.post(address(draft), form(draft, **{**add, "items-2-edition": newer.pk})).content.decode()
    assert "“Older, again” is listed twice." in page or "“Older” is listed twice." in page
    assert draft.items.count() == 2


def test_what_is_not_public_cannot_be_put_in(client, chief, draft):
    later = factories.print_edition(title="Later", at=timezone.now() + WEEK)
    add = {"items-TOTAL_FORMS": 3, "items-2-issue": draft.pk, "items-2-position": 3, "items-2-edition": later.pk}
    assert "Select a valid choice" in client.post(address(draft), form(draft, **add)).content.decode()
    assert draft.items.count() == 2


@pytest.mark.parametrize("subject", ["", "a\r\nBcc: x@example.org", "x\x0bc", "x" * 151])
def test_a_subject_that_cannot_be_mailed_is_refused_and_nothing_is_lost(client, chief, draft, subject):
    page = client.post(address(draft), form(draft, subject=subject, introduction="My words")).content.decode()
    assert "errorlist" in page
    assert "My words" in page
    draft.refresh_from_db()
    assert draft.subject != subject


def test_a_form_that_was_open_while_it_was_approved_changes_nothing(client, chief, draft, monkeypatch):
    data = form(draft, subject="Too late")
    building.approve(draft, by=chief)
    response = client.post(address(draft), data, follow=True)
    assert response.status_code in (200, 403)
    draft.refresh_from_db()
    assert draft.subject != "Too late"


# Actions --------------------------------------------------------------------------------------------------------------


def test_the_page_says_how_many_get_it_before_and_how_it_goes_after(client, chief, draft):
    for _n in range(3):
        factories.subscription()
    assert "3 subscribers as of now" in client.get(address(draft)).content.decode()
    assert do(client, draft, "approve") == ["Approved. It goes to 3 subscribers."]
    page = client.get(address(draft)).content.decode()
    assert 'data-count="total">3<' in page
    assert "data-progress" in page
    draft.deliveries.filter(pk=draft.deliveries.first().pk).update(was_uncertain=True)
    assert "1 was unknown for a while" in client.get(address(draft)).content.decode()


def test_hold_resume_mend_and_close(client, chief, draft, edition):
    factories.subscription()
    do(client, draft, "approve")
    assert do(client, draft, "hold", reason="") == ["Say why it’s on hold."]
    assert do(client, draft, "hold", reason="Wait.")[0].startswith("On hold.")
    assert do(client, draft, "resume") == ["Resumed. It goes to subscribers who haven’t received it."]
    do(client, draft, "hold", reason="Wait.")
    corrected(edition)
    assert "“Pumps” has been corrected since." in do(client, draft, "resume")
    assert do(client, draft, "send_to_the_rest") == [
        "Issue 2 is the corrected issue for the remaining subscribers. Read it, then approve it."
    ]
    mended = Issue.objects.get(number=2)
    assert "received" in client.get(address(mended)).content.decode()
    do(client, mended, "approve")
    do(client, mended, "hold", reason="Enough.")
    assert do(client, mended, "close", reason="Enough.") == ["Closed. No one else will receive it."]


def test_a_halted_draft_says_why_and_offers_no_approval(client, chief, draft, edition):
    withdrawn(edition)
    page = markup.page(client.get(address(draft)))
    assert "“Pumps” is no longer published." in page
    assert "disabled>Approve…" in page
    assert do(client, draft, "approve") == ["“Pumps” is no longer published."]


def test_leaving_out_and_taking_in(client, chief, draft):
    factories.print_edition(title="Fresh")
    assert do(client, draft, "refresh") == ["Added 1 article."]
    assert do(client, draft, "refresh") == ["Nothing new has been published since."]
    assert do(client, draft, "skip", reason="Holidays.") == ["Skipped."]


def test_a_test_goes_to_ones_own_address_and_to_no_other(client, chief, draft, mailoutbox):
    do(client, draft, "test_send", email="victim@example.org", to="victim@example.org")
    assert sender.send_due() == 1
    [mail] = mailoutbox
    assert mail.to == [chief.email]
    assert mail.subject == f"[Test] {draft.subject}"
    assert "A test: only you got this." in mail.body
    chief.email = ""
    chief.save()
    assert do(client, draft, "test_send") == ["Your account has no email address to send it to."]
    assert draft.deliveries.count() == 0


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Editor", "Site administrator", None])
def test_no_other_role_does_any_deed(client, draft, role):
    client.force_login(factories.UserFactory(role=role, email="other@example.org"))
    before = list(Issue.objects.values())
    for name in ACTIONS:
        client.post(address(draft, name), {"reason": "No."})
    client.post(address(draft), form(draft, subject="Mine"))
    assert list(Issue.objects.values()) == before
    assert not OutgoingMail.objects.exists()


def test_a_link_that_is_opened_does_nothing(client, chief, draft):
    answers = {name: client.get(address(draft, name)).status_code for name in ACTIONS}
    assert answers == dict.fromkeys(ACTIONS, 405)


def test_nobody_here_sees_an_address(client, chief, draft):
    reader = factories.subscription("secret@example.org")
    building.approve(draft, by=chief)
    handed_over(draft, reader)
    draft.deliveries.update(was_uncertain=True)
    for name in ("change", "preview", "html", "progress_json", "history"):
        assert "secret" not in client.get(address(draft, name)).content.decode()
    assert f"Subscriber ···{reader.pk % 100:02}" in client.get(address(draft)).content.decode()
    assert "secret" not in client.get(reverse("admin:articles_subscription_changelist")).content.decode()


# Previews and counts --------------------------------------------------------------------------------------------------


def test_the_preview_is_framed_by_us_alone_and_runs_nothing(client, chief, draft):
    frame = client.get(address(draft, "html"))
    policy = frame.headers["Content-Security-Policy"]
    assert frame.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    page = client.get(address(draft, "preview"))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.content.decode().count("<iframe") == 2
    assert "Pumps" in page.content.decode()


def test_the_counts_are_asked_for_with_permission(client, chief, draft):
    factories.subscription()
    building.approve(draft, by=chief)
    counted = json.loads(client.get(address(draft, "progress_json")).content)
    assert counted["state"] == "approved"
    assert counted["counts"] == {
        "queued": 1, "claimed": 0, "handed_over": 0, "refused": 0, "uncertain": 0, "withheld": 0,
        "total": 1, "settled": 0,
    }  # fmt: skip
    for role in ("Author", "Medical reviewer", None):
        client.force_login(factories.UserFactory(role=role))
        assert client.get(address(draft, "progress_json")).status_code in (302, 403)


# Corrections ----------------------------------------------------------------------------------------------------------


def test_a_correction_is_offered_with_how_many_it_reaches_and_mailed_with_two_clicks(client, chief, draft, edition):
    readers = [factories.subscription() for _n in range(2)]
    building.approve(draft, by=chief)
    handed_over(draft, readers[0])
    correction = corrected(edition)
    page = markup.page(client.get(reverse("admin:articles_issue_changelist")))
    assert "1 subscriber received it" in page
    client.post(reverse("admin:articles_issue_correct"), {"correction": correction.pk})
    issue = Issue.objects.get(kind="correction")
    page = markup.page(client.get(address(issue)))
    assert "1 subscriber who received, or may have received, the article before it was corrected" in page
    assert "Send to 1 subscriber" in page
    assert do(client, issue, "approve") == ["Approved. It goes to 1 subscriber."]


def test_an_editor_sees_who_was_sent_which_version_and_leaves_one_out_with_a_reason(client, chief, draft, edition):
    reader = factories.subscription()
    building.approve(draft, by=chief)
    handed_over(draft, reader)
    issue = building.correction_issue(corrected(edition), by=chief)
    page = markup.page(client.get(address(issue)))
    assert "Published version 1" in page
    assert f"sent to 1 reader in issue {draft.number}, {date_format(draft.started_at, 'F j, Y')}" in page
    assert do(client, issue, "leave_out", version=edition.pk, reason=" ") == ["Say why its readers don’t need it."]
    assert do(client, issue, "leave_out", version=edition.pk, reason="It was right then.") == [
        "Version 1 is left out. Its readers get this correction only if they were sent another."
    ]
    page = markup.page(client.get(address(issue)))
    assert "Version 1 was left out: It was right then." in page
    assert "disabled" in page[page.index("Send to 0 subscribers") - 60 : page.index("Send to 0 subscribers")]
    assert do(client, issue, "approve") == ["Version 1 was left out: It was right then."]
    assert do(client, issue, "take_in", version=edition.pk) == ["The correction goes to readers of version 1 again."]
    assert do(client, issue, "approve") == ["Approved. It goes to 1 subscriber."]
    assert do(client, issue, "leave_out", version=edition.pk, reason="Late.") == [
        "It’s already approved. Its recipients can’t change any more."
    ]
    assert client.post(address(issue, "leave_out"), {"version": "x"}).status_code == 404


def test_a_correction_that_reaches_nobody_is_listed_with_the_reason(client, chief, edition):
    corrected(edition)
    page = markup.page(client.get(reverse("admin:articles_issue_changelist")))
    assert "reaches no one. No subscriber was sent this article before the correction" in page
    assert "Draft the email" not in page


def published_as_a_correction(client, edition, **erratum):
    """What the article's page says after an editor published a saved change as a correction."""
    article = edition.article
    article.refresh_from_db()
    article.standfirst += " And what it cannot."
    desk.save(article, by=None)
    factories.sign(article)
    data = {"was": "", "now": "It can harm.", "why": "It was left out.", "severity": "safety", **erratum}
    data["seen"] = factories.seen(article)
    response = client.post(reverse("admin:articles_article_correct", args=[article.pk]), data, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_who_publishes_a_correction_reads_whom_it_reaches_or_why_nobody(client, chief, draft, edition):
    reader = factories.subscription()
    building.approve(draft, by=chief)
    handed_over(draft, reader)
    client.force_login(factories.editor())
    nobody = "No subscriber gets this correction by email. No subscriber was sent this article before the correction"
    assert any(said.startswith(nobody) for said in published_as_a_correction(client, factories.print_edition()))
    assert not any("email" in said for said in published_as_a_correction(client, edition, severity="minor"))
    assert (
        "1 subscriber was sent this article before. A newsletter editor can email them the correction under Newsletter "
        "issues."
    ) in published_as_a_correction(client, edition)


@pytest.mark.parametrize("given", ["", "x", "0", "99999999999999999999999"])
def test_a_correction_that_is_none_is_no_error(client, chief, given):
    assert client.post(reverse("admin:articles_issue_correct"), {"correction": given}).status_code == 404


# The dashboard --------------------------------------------------------------------------------------------------------


def panels(client):
    context = client.get(reverse("admin:index")).context
    return [line.title for line in context["waiting"]], [line.title for line in context["upcoming"]]


@pytest.fixture
def tuesday():
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False):
        yield


def test_the_desk_names_the_draft_the_next_letter_and_what_is_held(tuesday, client, chief, edition):
    assert panels(client) == ([], ["Newsletter for week 48"])
    issue = building.build()
    assert panels(client) == (["Issue 1: Pumps"], ["Newsletter for week 49"])
    building.approve(issue, by=chief)
    assert panels(client) == ([], ["Issue 1: Pumps", "Newsletter for week 49"])
    building.hold(issue, reason="“Pumps” has been corrected since.")
    assert panels(client) == (["Issue 1 is on hold: “Pumps” has been corrected since."], ["Newsletter for week 49"])


def test_the_desk_says_that_a_week_was_empty_and_that_a_clock_missed_one(client, chief):
    with time_machine.travel("2026-11-26T09:00:00+00:00", tick=False):
        building.build()
    with time_machine.travel("2026-11-26T09:05:00+00:00", tick=False):
        client.force_login(chief)
        assert panels(client) == ([], ["No newsletter in week 48", "Newsletter for week 49"])
    with time_machine.travel("2026-12-03T09:01:01+00:00", tick=False):
        client.force_login(chief)
        assert panels(client)[0] == ["The newsletter for week 49 hasn’t been built"]
    assert not Alarm.objects.exists()
