"""After an erasure the address stands nowhere: looked for in the bytes of the database and in every file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from articles.mail import sender, suppression
from articles.mail.bounces import rule
from articles.models import SentenceReport, Subscription, SubscriptionToken, Suppression
from articles.newsletter.subscriptions import consent, erasure, list_import, preferences, requests
from articles.newsletter.subscriptions.consent import Consent
from tests import factories
from tests.newsletter.conftest import delivery_to, link_in, reader
from tests.newsletter.happenings import harmful
from tests.newsletter.subscribing import subscribe

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
YES = Consent("Send me the letter.", "/")
NAME = "quite-unmistakable"
ADDRESS = f"{NAME}@reader.example"


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.mail.eml_folder.EmlFolder", tmp_path / "mail"
    return tmp_path


def everything_that_names_a_reader():
    """A reader who did all that leaves a trace, then waits for two mails more."""
    requests.subscribe(ADDRESS, consent=YES, at=NOW)
    sender.send_due(at=NOW)
    subscription = Subscription.objects.get()
    token = SubscriptionToken.objects.get()
    Subscription.objects.filter(pk=subscription.pk).update(state="active", confirmed_at=NOW)
    token.delete()
    subscription.refresh_from_db()
    other = reader("other@example.org")
    requests.move(other, ADDRESS, at=NOW + 2 * DAY)
    requests.key(subscription, at=NOW + 2 * DAY)
    sender.send_due(at=NOW + 2 * DAY)
    preferences.choose(subscription, wants="weekly", sections=["news"], at=NOW)
    answer = f"550 5.1.1 <{ADDRESS.upper()}>: unknown"
    sent = delivery_to(subscription, state="refused", settled_at=NOW, answer=answer)
    waiting = delivery_to(subscription)
    rule.refused(delivery_to(other), f"452 4.2.2 {ADDRESS} is full", at=NOW)
    requests.key(subscription, at=NOW + 3 * DAY)
    requests.subscribe(ADDRESS.upper(), consent=YES, at=NOW + 3 * DAY)
    SentenceReport.objects.filter(pk=harmful(factories.print_edition()).pk).update(email=ADDRESS.upper())
    return subscription, sent, waiting


def rows_that_name(needle):
    """Tables and columns in which a text stands, whatever their type."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE LOWER(CAST("{column.name}" AS TEXT)) LIKE %s',
                    [f"%{needle}%"],
                )
                if cursor.fetchone()[0]:
                    found.append((table, column.name))
    return found


@pytest.mark.django_db
def test_no_row_and_no_file_names_whoever_was_erased(folder):
    _subscription, sent, waiting = everything_that_names_a_reader()
    named = rows_that_name(NAME)
    tables = {"articles_subscription", "articles_outgoingmail", "articles_delivery", "articles_sentencereport"}
    assert {table for table, _column in named} >= tables
    files = [path for path in folder.rglob("*") if path.is_file() and NAME in path.read_text()]
    assert len(files) == 3  # two questions and a key
    assert erasure.erase(ADDRESS, at=NOW + 4 * DAY) is True
    assert rows_that_name(NAME) == []
    assert [path for path in folder.rglob("*") if path.is_file() and NAME in path.read_text()] == []
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.subscription, sent.state, sent.answer) == (None, "refused", "550 5.1.1 <(erased)>: unknown")
    assert (waiting.subscription, waiting.state, waiting.settled_at) == (None, "withheld", NOW + 4 * DAY)
    assert Subscription.objects.get().email == "other@example.org"


@pytest.mark.django_db
def test_mails_to_others_stay(folder):
    for address in (ADDRESS, f"not-{ADDRESS}", "other@example.org"):
        requests.subscribe(address, consent=YES, at=NOW)
    sender.send_due(at=NOW)
    erasure.erase("other@example.org", at=NOW)
    assert len(list((folder / "mail").glob("*.eml"))) == 2


@pytest.mark.django_db
def test_a_later_list_cannot_bring_an_erased_address_back_and_its_owner_alone_can(folder, tmp_path, mailoutbox):
    reader(ADDRESS)
    erasure.erase(ADDRESS, at=NOW)
    path = tmp_path / "list.csv"
    path.write_text(f"email,confirmed_at,source\n{ADDRESS.upper()},2020-01-01,old system\n")
    by = factories.UserFactory(role="Site administrator")
    *_before, outcome = list_import.import_list(path, by=by, at=NOW)
    assert (Subscription.objects.count(), [line for line, _why in outcome.left_out]) == (0, [2])
    requests.subscribe(ADDRESS, consent=YES, at=NOW)
    sender.send_due(at=NOW)
    assert (Subscription.objects.get().state, Suppression.objects.count()) == ("pending", 1)


@pytest.mark.django_db
def test_an_address_without_a_subscription_can_be_kept_out_too(folder):
    assert erasure.erase(ADDRESS, at=NOW) is False
    assert suppression.of(ADDRESS).reason == "erased"


@pytest.mark.django_db
def test_a_link_to_leave_of_an_erased_reader_is_no_error(folder):
    subscription = reader(ADDRESS)
    token = consent.leave_link(subscription, at=NOW).rstrip("/").rpartition("/")[2]
    erasure.erase(ADDRESS, at=NOW)
    consent.unsubscribe(token, consent=YES, at=NOW)
    assert not Subscription.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_the_database_name_nobody_after_the_clock_went_round(folder, tmp_path):
    """On SQLite the very file is searched, its log too; on PostgreSQL the sweep runs and every row is searched."""
    everything_that_names_a_reader()
    for number in range(300):  # so that the address stands on pages among others
        reader(f"reader{number}@example.org")
    erasure.erase(ADDRESS, at=NOW + 4 * DAY)
    assert erasure.sweep(at=NOW + 5 * DAY) is True
    assert not Suppression.objects.filter(swept_at=None).exists()
    assert rows_that_name(NAME) == []
    if connection.vendor == "sqlite":
        assert b"other@example.org" in bytes_of_the_database(tmp_path)
        assert NAME.encode() not in bytes_of_the_database(tmp_path).lower()


def bytes_of_the_database(tmp_path):
    """The file and its log; a database in memory is written out by its pages, free ones too."""
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:
        return connection.connection.serialize()
    return b"".join(Path(name + end).read_bytes() for end in ("", "-wal") if Path(name + end).exists())


@pytest.mark.django_db
def test_a_reader_sees_all_that_is_kept(folder):
    subscription, _sent, _waiting = everything_that_names_a_reader()
    kept = json.loads(erasure.as_json(subscription))
    assert (kept["address"], kept["state"], kept["sections"]) == (ADDRESS, "active", ["News"])
    assert [one["what"] for one in kept["consent"]] == ["asked", "changed"]
    assert kept["consent"][0] == {
        "what": "asked",
        "wording": YES.wording,
        "page": "/",
        "source": "",
        "at": NOW.isoformat(),
    }
    assert [one["issue"] for one in kept["newsletters"]] == [1, 2]
    assert (kept["newsletters"][0]["state"], kept["newsletters"][0]["at"]) == ("refused", NOW.isoformat())
    [report] = SentenceReport.objects.all()
    assert kept["reports"] == [
        {
            "article": report.edition.title,
            "about": "It may help.",
            "wrong": "It made me worse.",
            "severity": "It could harm someone",
            "at": report.received_at.isoformat(),
            "answer": "",
            "answered_at": None,
        }
    ]


# Forgetting -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_whoever_left_before_and_did_not_confirm_again_is_where_they_were(mailoutbox):
    subscription = reader()
    delivery = delivery_to(subscription)
    consent.end(subscription, consent=YES, at=NOW)
    subscribe("reader@example.org", consent=YES, at=NOW + DAY)
    assert Subscription.objects.get().state == "pending"
    erasure.forget(at=NOW + 9 * DAY)
    subscription.refresh_from_db()
    delivery.refresh_from_db()
    assert (subscription.state, subscription.ended_at, delivery.subscription) == ("ended", NOW, subscription)
    erasure.forget(at=NOW + 400 * DAY)
    assert Subscription.objects.exists()


@pytest.mark.django_db
def test_whoever_said_no_to_the_first_question_is_forgotten_too(mailoutbox):
    subscribe("reader@example.org", consent=YES, at=NOW)
    consent.unsubscribe(link_in(mailoutbox[0], "unsubscribe"), consent=YES, at=NOW)
    erasure.forget(at=NOW + 8 * DAY)
    assert not Subscription.objects.exists()


@pytest.mark.django_db
def test_a_list_that_moved_in_is_asked_before_it_is_forgotten(mailoutbox):
    Subscription.objects.create(email="slow@example.org", requested_at=NOW, source="old system")
    Subscription.objects.create(email="form@example.org", requested_at=NOW)
    erasure.forget(at=NOW + 10 * DAY)
    assert Subscription.objects.get().email == "slow@example.org"
    assert requests.ask_imported(at=NOW + 10 * DAY) == 1
    sender.send_due(at=NOW + 10 * DAY)
    erasure.forget(at=NOW + 16 * DAY)
    assert Subscription.objects.exists()
    erasure.forget(at=NOW + 17 * DAY)
    assert not Subscription.objects.exists()
