"""Mail that comes back: whose fault it was, from when on nothing more is sent, and that no stranger can forge it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.mail import suppression
from articles.mail.bounces import reports, return_paths, rule
from articles.models import BounceEvent, Subscription
from articles.newsletter.subscriptions import consent, incoming
from articles.newsletter.subscriptions.consent import Consent
from tests.newsletter.conftest import delivery_to, link_in, reader
from tests.newsletter.reports import arf, dsn
from tests.newsletter.subscribing import subscribe

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def taken(raw, *, at):
    """What becomes of a report."""
    return rule.take(reports.read(raw), digest=sha256(raw).hexdigest(), at=at)


# The return path ------------------------------------------------------------------------------------------------------


@given(st.integers(1, 2**62))
def test_a_return_path_says_which_delivery_it_was_made_for_whatever_servers_do_to_its_case(number):
    path = return_paths.return_path(number)
    assert path == return_paths.return_path(number)
    for spelled in (path, path.upper(), f" <{path}> "):
        assert return_paths.delivery_of(spelled) == number


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_token_of_one_delivery_is_no_token_of_another(one, other):
    forged = return_paths.return_path(one).replace(f"+{one}-", f"+{other}-")
    assert return_paths.delivery_of(forged) == (one if one == other else None)


@given(st.text(max_size=80))
@example("letter+1-@testserver")
@example("letter+9999999999999999999-aaaaaaaaaaaaaaaa@testserver")
@example("letter+١-aaaaaaaaaaaaaaaa@testserver")
def test_what_we_did_not_make_is_nobodys(address):
    assert return_paths.delivery_of(address) is None


def test_the_return_path_stands_on_the_bounce_address(settings):
    settings.DEFAULT_FROM_EMAIL = "Inside <letter@example.org>"
    assert return_paths.return_path(7).startswith("letter+7-")
    settings.BOUNCE_ADDRESS = "Bounces@mail.example.org"
    path = return_paths.return_path(7)
    assert path.startswith("bounces+7-")
    assert path.endswith("@mail.example.org")
    assert len(path.split("@")[0]) <= 64
    settings.BOUNCE_ADDRESS = ""
    assert return_paths.delivery_of(path) is None


# Whose fault ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("hard", "5.1.1", "550 5.1.1 no such user"),
        ("hard", "5.1.10", "556 5.1.10 null MX"),
        ("hard", "5.2.1", "550 5.2.1 mailbox disabled"),
        ("hard", "5.4.4", "Host or domain name not found"),
        ("hard", "5.0.0", "550 User unknown"),
        ("hard", "", "550 No such user here"),
        ("hard", "5.0.0", "550-5.1.1 The email account that you tried to reach does not exist."),
        ("soft", "5.2.2", "552 5.2.2 mailbox full"),
        ("soft", "4.4.1", "connection timed out"),
        ("soft", "4.2.2", "452 4.2.2 over quota"),
        ("soft", "", "451 try again later"),
        ("soft", "5.0.0", "552 over quota"),
        ("soft", "5.4.6", "routing loop"),
        ("soft", "5.0.0", "554 something went wrong"),
        ("soft", "", ""),
        ("ours", "5.7.1", "550 5.7.1 blocked by policy, see https://example.net"),
        ("ours", "5.7.26", "550 5.7.26 unauthenticated, DMARC"),
        ("ours", "5.3.4", "552 5.3.4 message too big"),
        ("ours", "5.6.0", "554 5.6.0 bad content"),
        ("ours", "5.1.8", "553 5.1.8 bad sender address"),
        ("ours", "", "554 rejected as spam"),
    ],
)
def test_a_failure_is_the_address_the_moment_or_our_own(kind, status, said):
    assert reports.classify(status, said) == kind


def test_what_is_kept_of_an_answer_names_no_address():
    said = "550 5.1.1 <Reader@example.org>: unknown\r\n (in reply to RCPT TO:<reader+x@mail.example.org>)\x00"
    kept = reports.without_addresses(said)
    assert kept == "550 5.1.1 <(address)>: unknown (in reply to RCPT TO:<(address)>)"


# The rule -------------------------------------------------------------------------------------------------------------


def came_back(subscription, status="5.1.1", at=NOW):
    delivery = delivery_to(subscription)
    return taken(dsn(return_paths.return_path(delivery.pk), status, f"{status} said"), at=at)


@pytest.mark.django_db
def test_one_hard_failure_ends_a_subscription_and_keeps_the_address_out():
    subscription = reader()
    assert came_back(subscription) == "hard"
    subscription.refresh_from_db()
    event = BounceEvent.objects.get()
    assert (subscription.state, subscription.ended_at) == ("ended", NOW)
    assert (event.kind, event.status, event.said, event.at) == ("hard", "5.1.1", "smtp; 5.1.1 said", NOW)
    assert suppression.of("reader@example.org").reason == "bounced"
    ended = subscription.consent_events.last()
    assert (ended.kind, ended.wording, ended.source) == ("ended", "Mail to this address bounced.", "mail server")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "ended"),
    [((0, 7), False), ((0, 7, 14), True), ((0, 7, 15), False), ((0, 0, 0), True), ((0, 8, 15, 16), True)],
)
def test_three_soft_failures_within_fourteen_days_end_a_subscription(days, ended):
    subscription = reader()
    for day in days:
        assert came_back(subscription, "5.2.2", NOW + day * DAY) == "soft"
    subscription.refresh_from_db()
    assert (subscription.state == "ended") is ended


@pytest.mark.django_db
def test_what_is_our_own_fault_or_only_late_ends_nothing():
    subscription = reader()
    for _number in range(5):
        assert came_back(subscription, "5.7.1") == "ours"
    delivery = delivery_to(subscription)
    assert taken(dsn(return_paths.return_path(delivery.pk), "4.4.1", action="delayed"), at=NOW) == "no failure"
    subscription.refresh_from_db()
    assert (subscription.state, suppression.of("reader@example.org")) == ("active", None)


@pytest.mark.django_db
def test_a_report_read_twice_counts_once():
    subscription = reader()
    raw = dsn(return_paths.return_path(delivery_to(subscription).pk), "5.2.2")
    assert [taken(raw, at=NOW) for _number in range(4)] == ["soft", "seen before", "seen before", "seen before"]
    assert Subscription.objects.get().state == "active"


@pytest.mark.django_db
def test_a_forged_report_is_ignored_and_counted():
    subscription = reader()
    delivery = delivery_to(subscription)
    true = return_paths.return_path(delivery.pk)
    forged = ["reader@example.org", "letter@testserver", true.replace("-", "-a", 1), f"letter+{delivery.pk}@testserver"]
    ends = incoming.take_all(
        [*(dsn(to) for to in forged), arf(original=forged[2]), b"", b"Subject: hello\r\n\r\nhello"]
    )
    assert ends == {"forged": 5, "no report": 2}
    subscription.refresh_from_db()
    assert (subscription.state, BounceEvent.objects.count()) == ("active", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["to", "original", "returned"])
def test_a_complaint_ends_it_for_good(place, mailoutbox):
    subscription = reader()
    raw = arf(**{place: return_paths.return_path(delivery_to(subscription).pk)})
    assert taken(raw, at=NOW) == "complaint"
    assert suppression.of("reader@example.org").reason == "complained"
    subscribe("reader@example.org", consent=Consent("Yes.", "/"), at=NOW)
    assert mailoutbox == []


@pytest.mark.django_db
def test_not_spam_is_no_complaint():
    subscription = reader()
    raw = arf(to=return_paths.return_path(delivery_to(subscription).pk), type="not-spam")
    assert taken(raw, at=NOW) == "no failure"


@pytest.mark.django_db
def test_a_refusal_while_handing_over_counts_as_a_report_does_once_the_issue_has_gone_out():
    subscription = reader()
    delivery = delivery_to(subscription)
    assert rule.refused(delivery, "550 5.1.1 <reader@example.org>: no such user", at=NOW) == "hard"
    assert rule.refused(delivery, "550 5.1.1 <reader@example.org>: no such user", at=NOW) == "hard"
    event = BounceEvent.objects.get()
    assert (event.status, event.said) == ("5.1.1", "550 5.1.1 <(address)>: no such user")
    assert (event.is_pending, Subscription.objects.get().state) == (True, "active")
    assert rule.end_pending(delivery.issue_id, at=NOW) == 1
    assert Subscription.objects.get().state == "ended"


@pytest.mark.django_db
def test_whoever_confirmed_again_begins_anew(mailoutbox):
    subscription = reader()
    for day in (0, 1, 2):
        came_back(subscription, "5.2.2", NOW + day * DAY)
    subscribe("reader@example.org", consent=Consent("Yes.", "/"), at=NOW + 3 * DAY)
    consent.confirm(link_in(mailoutbox[0], "confirm"), consent=Consent("Yes.", "/"), at=NOW + 3 * DAY)
    subscription.refresh_from_db()
    came_back(subscription, "5.2.2", NOW + 4 * DAY)
    assert Subscription.objects.get().state == "active"


@pytest.mark.django_db
def test_a_report_about_an_erased_reader_names_nobody():
    subscription = reader()
    raw = dsn(return_paths.return_path(delivery_to(subscription).pk))
    subscription.delete()
    assert taken(raw, at=NOW) == "erased"


# Hostile mails --------------------------------------------------------------------------------------------------------

REPORT = dsn("letter@testserver")


@given(st.binary(max_size=2000))
def test_no_bytes_are_an_error(raw):
    assert reports.read(raw) is None or reports.read(raw).addressed_to is not None


@given(st.integers(0, len(REPORT)), st.integers(0, len(REPORT)), st.binary(max_size=60))
def test_a_report_that_was_damaged_anywhere_is_no_error(start, end, junk):
    report = reports.read(REPORT[: min(start, end)] + junk + REPORT[max(start, end) :])
    assert report is None or report.kind in ("", "hard", "soft", "ours")


@pytest.mark.parametrize(
    "raw",
    [
        b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n'
        + b'--a\r\nContent-Type: multipart/mixed; boundary="a"\r\n\r\n' * 3000,
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
        b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\n",
        b"To: " + b"(" * 100_000 + b"\r\n\r\n",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n--\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: " + b"5." * 100_000,
        b"Content-Type: message/feedback-report; charset=nonsense\r\nContent-Transfer-Encoding: base64\r\n\r\n====",
        b"Content-Type: text/plain; charset*=unknown''x\r\n\r\n",
    ],
    ids=lambda raw: raw[:40].decode("latin-1"),
)
def test_a_mail_made_to_hurt_is_read_or_left(raw):
    report = reports.read(raw)
    assert report is None or len(report.said) <= 500
