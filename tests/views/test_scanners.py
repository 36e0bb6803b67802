"""Mail scanners over real HTTP: whatever opens a link of a mail, nothing changes until somebody presses a button."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from articles.models import ConsentEvent, OutgoingMail, Subscription, SubscriptionToken, Suppression
from articles.newsletter.subscriptions import consent, tokens
from tests.newsletter.conftest import reader

TABLES = (Subscription, ConsentEvent, SubscriptionToken, Suppression, OutgoingMail)


def ask(server, method, path, headers=None):
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=120)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.django_db(transaction=True)
def test_head_get_and_prefetch_of_every_link_change_nothing_and_one_post_does(live_server):
    subscription = reader()
    pending = Subscription.objects.create(email="pending@example.org")
    confirm = tokens.mint(pending, SubscriptionToken.CONFIRM)
    leave = urlsplit(consent.leave_link(subscription)).path
    links = [
        f"/subscribe/confirm/{confirm}/",
        f"/subscribe/not-me/{consent.not_me_token(pending)}/",
        f"/preferences/{tokens.mint(subscription, SubscriptionToken.MANAGE)}/",
        f"/subscribe/confirm/{tokens.mint(subscription, SubscriptionToken.MOVE, new_email='new@example.org')}/",
        urlsplit(consent.preferences_link(subscription)).path,
        leave,
    ]
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    for link in links:
        for method in ("GET", "HEAD"):
            for headers in ({}, {"Sec-Purpose": "prefetch"}, {"User-Agent": "Scanner/1", "Range": "bytes=0-99"}):
                answer, _body = ask(live_server, method, link, headers)
                assert (answer.status, answer.getheader("Set-Cookie")) == (200, None)
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before
    answer, _body = ask(live_server, "POST", leave, {"Content-Length": "0"})
    assert (answer.status, answer.getheader("Location")) == (200, None)
    assert Subscription.objects.get(pk=subscription.pk).state == "ended"
