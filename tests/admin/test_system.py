"""The System page: for administrators alone; what /health/ready finds, what waits, which versions run."""

from datetime import timedelta

import django
import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Delivery, Issue, OutgoingMail
from articles.newsletter import heartbeat
from articles.views import readiness
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
SYSTEM = "/admin/system/"


@pytest.fixture(autouse=True)
def two_findings(monkeypatch):
    checks = {"database": "", "migrations": "3 not applied.", "media_writable": "Nothing can be written."}
    monkeypatch.setattr(readiness, "GROUPS", [{name: (lambda said=said: said) for name, said in checks.items()}])


@pytest.fixture
def administrator(client):
    client.force_login(factories.UserFactory(role="Site administrator"))
    return client


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Editor", "Newsletter editor"])
def test_it_is_closed_to_all_others_and_no_link_leads_there(client, role):
    client.force_login(factories.UserFactory(role=role))
    assert client.get(SYSTEM).status_code == 403
    assert SYSTEM not in client.get(reverse("admin:index")).content.decode()


def test_it_is_open_to_administrators_who_find_it_on_the_dashboard(administrator, client, settings):
    front = administrator.get(reverse("admin:index")).content.decode()
    assert front.count(f'href="{SYSTEM}"') == 2, "the menu of the user, and the dashboard"
    assert settings.VERSION in front
    assert administrator.get(SYSTEM).status_code == 200
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    assert client.get(SYSTEM).status_code == 200


def test_each_check_has_its_state_in_words_and_a_shape_and_its_reason(administrator):
    checks = [(one.name, one.label.words, one.reason) for one in administrator.get(SYSTEM).context["checks"]]
    assert checks == [
        ("Database", "OK", ""),
        ("Migrations", "Failed", "3 not applied."),
        ("Media writable", "Warning", "Nothing can be written."),
    ]


def test_versions_queues_and_the_clock_are_told(administrator, settings):
    at = timezone.now()
    heartbeat.beat()
    hours = at - timedelta(hours=2)
    OutgoingMail.objects.create(kind="key", to="reader@example.org", digest="d", queued_at=hours, next_at=at)
    about = {"week": "2026-W07", "subject": "News", "since": hours, "until": at}
    approved = {"approved_at": hours, "approved_by": factories.newsletter_editor(), "started_at": hours}
    issue = Issue.objects.create(number=7, state=Issue.SENDING, **about, **approved)
    for number in range(3):
        Delivery.objects.create(issue=issue, message_id=f"<{number}@x>")
    page = administrator.get(SYSTEM)
    panels = dict(page.context["panels"])
    mail, machine = (dict(panels[name]) for name in ("Mail", "Machine"))
    assert (machine["This product"], machine["Django"]) == (settings.VERSION, django.get_version())
    assert mail == {
        "Single emails waiting": "1",
        "The oldest of them": "2\N{NO-BREAK SPACE}hours",
        "Issue 7": "Queued: 3",
    }
    assert machine["Clock last ran"] != "Never"
    assert "GB" in machine["Free disk space for data"] or "MB" in machine["Free disk space for data"]
    assert "reader@" not in page.content.decode()


def test_a_new_site_has_nothing_waiting_and_a_clock_that_never_ran(administrator):
    panels = dict(administrator.get(SYSTEM).context["panels"])
    assert panels["Mail"] == [("Single emails waiting", "0"), ("The oldest of them", "None")]
    assert panels["Machine"][5:7] == [("Clock last ran", "Never"), ("Last backup", "Never")]


@pytest.mark.parametrize(("role", "address"), [("Site administrator", SYSTEM), ("Editor", "/health/ready")])
def test_a_clock_that_stopped_leads_those_there_who_may_see_it(client, role, address):
    client.force_login(factories.UserFactory(role=role))
    heartbeat.beat(timezone.now() - heartbeat.LATE)
    lines = client.get(reverse("admin:index")).context["waiting"]
    assert [line.url for line in lines if line.title == "The clock isn’t running"] == [address]
