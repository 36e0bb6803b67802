"""The desk as a place: its front page, its name, who gets in where, and what its pages may load."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin.dashboard import for_user
from articles.models import AnswerTally, HourOfOpens, Override, ReviewTask, SearchMiss, Subscription
from articles.publishing import assignments, desk
from tests import factories, markup

pytestmark = pytest.mark.django_db

ROLES = ["Author", "Medical reviewer", "Editor", "Newsletter editor", "Site administrator"]


def signed_in(client, role):
    user = factories.UserFactory(role=role)
    client.force_login(user)
    return user


def panel(client, name):
    return [line.title for line in client.get(reverse("admin:index")).context[name]]


@time_machine.travel("2026-11-23T10:00:00+00:00")  # a Monday: no letter is due, which would be a line of its own
@pytest.mark.parametrize("role", ROLES)
def test_the_front_page_greets_everyone_with_their_own_work(client, role):
    user = signed_in(client, role)
    waiting = factories.publishable_article(signed=False, title="Waits for review")
    desk.submit(waiting, by=factories.editor())
    factories.publishable_article(signed=False, title="My draft", created_by=user)
    factories.publishable_article(title="Signed, not printed")
    factories.print_edition(title="Is live")
    expected = {
        "Author": ["My draft"],
        "Medical reviewer": ["Waits for review"],
        "Editor": ["My draft", "Signed, not printed"],
        "Newsletter editor": [],
        "Site administrator": [],
    }[role]
    assert sorted(panel(client, "waiting")) == expected
    assert panel(client, "live") == ["Is live"]


def test_what_waits_says_why_and_how_urgent_it_is():
    user, reviewer = factories.editor(), factories.ReviewerFactory(name="Salome Wendt")
    asked = factories.publishable_article(signed=False, title="Heat", created_by=user)
    desk.sign_off(desk.save(asked, by=None), by=reviewer.user, decision="changes", comments="Say how hot.")
    assigned = factories.publishable_article(signed=False, title="Cold")
    assignments.assign(assigned, user, due_on=timezone.localdate() + timedelta(days=1), by=factories.editor())
    late = factories.publishable_article(signed=False, title="Sleep")
    assignments.assign(late, user, due_on=timezone.localdate() - timedelta(days=1), by=factories.editor())
    factories.publishable_article(title="Signed")
    overridden = factories.publishable_article(signed=False, title="Overridden")
    digest = desk.save(overridden, by=None).digest
    other = factories.UserFactory(role="Editor", username="ida")
    for article_digest in (digest, "0" * 64):  # the second is of a text that is gone
        Override.objects.create(
            article=overridden, digest=article_digest, finding="x", message="X.", reason="It is meant.", asked_by=other
        )
    shown = [(item.title, item.about, item.reason, item.tone) for item in for_user(user)["waiting"]]
    overdue = f"Overdue since {date_format(late.due_on, 'F j')}"
    today = date_format(timezone.localtime(), "F j")
    assert shown == [
        ("Overridden", "ida asks to override a check: It is meant.", "Confirm the override", "care"),
        ("Heat", f"Salome Wendt, {today}: “Say how hot.”", "The reviewer asked for changes", "care"),
        ("Sleep", "Assigned to you", overdue, "stop"),
        ("Cold", "Assigned to you", "Due tomorrow", "care"),
        ("Signed", "Signed off, not published yet", "Publish", ""),
    ]


def test_a_reviewer_sees_by_when_a_review_was_asked_of_them():
    reviewer = factories.ReviewerFactory()
    article = factories.publishable_article(signed=False, title="Heat")
    task = {"article": article, "revision": desk.submit(article, by=factories.editor()), "reviewer": reviewer}
    assert [item.reason for item in for_user(reviewer.user)["waiting"]] == ["Review"]
    ReviewTask.objects.create(**task, due_on=timezone.localdate())
    assert [(item.reason, item.tone) for item in for_user(reviewer.user)["waiting"]] == [("Due today", "care")]


def test_everybodys_articles_are_counted_by_state_and_each_count_leads_to_its_list(client):
    user = signed_in(client, "Editor")
    desk.submit(factories.publishable_article(signed=False), by=user)
    factories.publishable_article(signed=False)
    factories.publishable_article()
    factories.print_edition()
    states = client.get(reverse("admin:index")).context["states"]
    assert [(name, number) for name, number, _url in states] == [
        ("Draft", 1),
        ("Waiting for review", 1),
        ("Signed off, not published", 1),
        ("Scheduled", 0),
        ("Published, with unpublished changes", 0),
        ("Published", 1),
    ]
    for name, number, url in states:
        assert client.get(url).context["cl"].result_count == number, name


@pytest.mark.parametrize(("hour", "words"), [(3, "evening"), (4, "morning"), (12, "afternoon"), (18, "evening")])
def test_people_are_greeted_by_name_on_the_newsrooms_clock(client, hour, words):
    with time_machine.travel(timezone.localtime().replace(hour=hour)):
        client.force_login(factories.UserFactory(role="Editor", first_name="Ines"))
        assert f"<h1>Good {words}, Ines</h1>" in client.get(reverse("admin:index")).content.decode()


def test_the_dashboard_shows_this_week_and_what_readers_opened_and_answered(client):
    signed_in(client, "Editor")
    edition = factories.print_edition(title="Pumps")
    other = factories.print_edition(title="Nerves")
    for article, count in ((edition.article, 200), (other.article, 50)):
        HourOfOpens.objects.create(article=article, at=timezone.now(), count=count)
    AnswerTally.objects.create(article=other.article, question="Did it help?", yes=3, no=1)
    page = client.get(reverse("admin:index"))
    assert [(one.title, one.count, one.share) for one in page.context["most_read"]] == [
        ("Pumps", 200, 100),
        ("Nerves", 50, 25),
    ]
    assert [item.about for item in page.context["answers"]] == ["Nerves: 3 yes, 1 no, 0 not sure"]
    events = [event.title for day in page.context["week"].days for event in day.events]
    assert {"Pumps", "Nerves"} <= set(events)


def test_an_empty_desk_says_so(client):
    signed_in(client, "Author")
    assert "Nothing is waiting for you" in client.get(reverse("admin:index")).content.decode()


def test_the_front_page_asks_as_often_for_one_article_as_for_four(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, "Editor")
    factories.print_edition()
    client.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("admin:index"))
    asked = len(counted)
    for _number in range(3):
        factories.print_edition()
    client.get(reverse("admin:index"))  # what is public has changed
    with django_assert_num_queries(asked):
        client.get(reverse("admin:index"))


def test_nothing_of_the_defaults_is_in_sight(client):
    for url in (reverse("admin:login"),):
        assert "Django" not in client.get(url).content.decode()
    signed_in(client, "Editor")
    for url in (
        reverse("admin:index"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_image_add"),
    ):
        page = client.get(url).content.decode()
        assert "Django" not in page, url
        assert "Inside Pain Medicine" in page, url
        assert "articles/mark.svg" in page, url


def every_page():
    """The list and the form for a new row of everything on the desk."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{name}_changelist")
        yield reverse(f"admin:{name}_add")


def test_every_page_of_the_desk_opens_for_whoever_may_and_for_nobody_else(client):
    opened = {}
    for role in [None, *ROLES]:
        client.logout()
        if role:
            signed_in(client, role)
        opened[role] = {url for url in every_page() if client.get(url).status_code == 200}
    assert opened[None] == set()
    subscriptions = reverse("admin:articles_subscription_changelist")
    users = reverse("admin:auth_user_changelist")
    for role in ROLES:
        assert (subscriptions in opened[role]) == (role in ("Site administrator", "Newsletter editor")), role
        assert (users in opened[role]) == (role == "Site administrator"), role
        assert reverse("admin:articles_article_changelist") in opened[role], role


def test_every_page_opens_for_a_superuser(admin_client):
    statuses = {url: admin_client.get(url).status_code for url in every_page()}
    assert {url: status for url, status in statuses.items() if status not in (200, 403)} == {}


def test_every_page_of_the_desk_has_a_policy_without_other_hosts(client):
    signed_in(client, "Editor")
    article = factories.publishable_article()
    for url in (reverse("admin:index"), reverse("admin:articles_article_changelist")):
        policy = client.get(url)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
    policy = client.get(reverse("admin:articles_article_change", args=[article.pk]))["Content-Security-Policy"]
    scripts = policy.partition("script-src ")[2].partition(";")[0]
    assert scripts.strip() == "'self'"
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_no_button_of_the_desk_confirms_a_subscription_or_adds_one(admin_client):
    subscription = Subscription.objects.create(email="reader@example.org")
    change = reverse("admin:articles_subscription_change", args=[subscription.pk])
    assert admin_client.get(reverse("admin:articles_subscription_add")).status_code == 403
    assert admin_client.post(change, {"state": "active"}).status_code == 403
    subscription.refresh_from_db()
    assert subscription.state == "pending"


def test_editions_are_shown_and_cannot_be_changed(admin_client):
    edition = factories.print_edition()
    change = reverse("admin:articles_edition_change", args=[edition.pk])
    assert admin_client.get(change).status_code == 200
    assert admin_client.post(change, {"title": "x"}).status_code == 403
    assert admin_client.post(reverse("admin:articles_edition_delete", args=[edition.pk])).status_code == 403


LISTS = {
    "article": "Start one above",
    "image": "Upload the first one above",
    "edition": "Every version that readers see",
    "review": "Ask a medical reviewer",
    "imagecredit": "Credit lines from imported posts",
    "contributor": "Add the people who write and review",
    "issue": "Each week the clock drafts one",
    "sentencereport": "what they send waits here",
    "sourcenote": "why the source is still the best",
    "retractionnotice": "manage.py import_retractions FILE.csv",
    "subscription": "manage.py import_subscribers FILE.csv",
    "suppression": "when mail to it bounces",
    "bounceevent": "manage.py read_bounces",
}


@pytest.mark.parametrize(("noun", "words"), LISTS.items(), ids=LISTS)
def test_a_list_that_is_empty_says_what_will_stand_there(noun, words, client):
    signed_in(client, "Site administrator")
    page = client.get(reverse(f"admin:articles_{noun}_changelist")).content.decode()
    assert page.count('<p class="empty">') == 1
    assert words in page


def test_a_list_that_a_search_or_a_filter_empties_leads_back_to_the_whole(client):
    signed_in(client, "Editor")
    address = reverse("admin:articles_article_changelist")
    article = factories.publishable_article()
    for asked in ({"q": "nothing like it"}, {"section__id__exact": "0"}):
        page = markup.page(client.get(address, asked))
        assert 'No matches. <a href="?">' in page
    whole = markup.page(client.get(address))
    assert article.title in whole
    assert '<p class="empty">' not in whole


def test_what_readers_searched_for_in_vain_is_listed_for_editors_once_three_asked(client):
    for question, times in (("numbat", 3), ("bilby", 2)):
        SearchMiss.objects.create(question=question, on=timezone.localdate(), count=times)
    signed_in(client, "Editor")
    page = client.get(reverse("admin:index")).content.decode()
    assert "Readers searched and found nothing" in page
    assert '<a href="/search/?q=numbat">“numbat”</a><p>At least 3 times in the last month</p>' in page
    assert "bilby" not in page
    signed_in(client, "Author")
    assert "numbat" not in client.get(reverse("admin:index")).content.decode()
