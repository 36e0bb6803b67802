"""A list moves in from whatever wrote it: every row is taken, known, or named with its line and the reason."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles.mail import sender, suppression
from articles.models import ConsentEvent, Subscription
from articles.newsletter.subscriptions import csv_lists, list_import, requests
from articles.newsletter.subscriptions.list_import import ImportRefused, ListRefused
from tests import factories
from tests.newsletter.conftest import reader
from tests.properties import examples

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def administrator():
    return factories.UserFactory(role="Site administrator")


@pytest.fixture
def take(tmp_path, administrator):
    def take_in(text, encoding="utf-8", **kwargs):
        path = tmp_path / "list.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        *_before, outcome = list_import.import_list(path, by=administrator, at=NOW, **kwargs)
        return outcome

    return take_in


def test_the_day_and_the_source_of_a_consent_are_kept(take):
    outcome = take("email,confirmed_at,source,sections\nReader@Example.org,2024-05-31T09:00:00+02:00,Old letter,news\n")
    subscription, event = Subscription.objects.get(), ConsentEvent.objects.get()
    agreed = datetime(2024, 5, 31, 7, tzinfo=UTC)
    assert outcome.as_dict() == {"imported": 1, "to_be_asked": 0, "known": 0, "left_out": []}
    assert (subscription.email, subscription.state, subscription.confirmed_at) == (
        "Reader@example.org",
        "active",
        agreed,
    )
    assert (subscription.source, [one.slug for one in subscription.sections.all()]) == ("Old letter", ["news"])
    assert (event.kind, event.wording, event.source) == ("imported", list_import.AGREED, "Old letter")
    assert (event.at, event.recorded_at) == (agreed, NOW)


LISTS_OF_OTHERS = {
    "Email Address,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON\nleft@example.org,2021-03-16,2023-01-02,NORMAL\n": (
        "UNSUB_TIME: 2023-01-02"
    ),
    "Email Address,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\ndead@example.org,2022-05-02,May\n": "CLEAN_TIME: 2022-05-02",
    "uuid,email,status\n1,blocked@example.org,blocklisted\n": "status: blocklisted",
    "id,email,subscribed_to_emails\n1,no@example.org,false\n": "subscribed_to_emails: false",
    "email,Unsubscribed At\nleft@example.org,2024-01-01\n": "Unsubscribed At: 2024-01-01",
    "email,Status\nleft@example.org,Hard bounced\n": "Status: Hard bounced",
    "email,status\nnever@example.org,unconfirmed\n": "status: unconfirmed",
    "email,state\nodd@example.org,zurückgezogen\n": "state: zurückgezogen",
    "email;opt-out\nleft@example.org;ja\n": "opt-out: ja",
    "email\tEmail Marketing Status\nleft@example.org\tOpted out\n": "Email Marketing Status: Opted out",
    "email,bounced\ndead@example.org,1\n": "bounced: 1",
}


@pytest.mark.parametrize(("text", "why"), LISTS_OF_OTHERS.items(), ids=LISTS_OF_OTHERS.values())
def test_who_left_another_system_stays_out_and_is_named_with_what_their_list_says(take, text, why):
    outcome = take(text)
    assert outcome.left_out == [(2, f"The list says that they don’t want mail ({why}).")]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "email,status\na@example.org,enabled\n",
        "email,subscribed_to_emails,deleted_at\na@example.org,true,\n",
        "email,unsubscribed,bounced\na@example.org,0,false\n",
        "Email_Address,Status,UNSUB_TIME\na@example.org,Subscribed,\n",
        "sep=;\nemail;Opted in\na@example.org;yes\n",
        "email,note\na@example.org,unsubscribed once and came back\n",
    ],
)
def test_who_wants_mail_by_their_list_is_taken_in(take, text):
    assert take(text).as_dict() == {"imported": 0, "to_be_asked": 1, "known": 0, "left_out": []}


def test_the_day_of_consent_is_found_under_the_names_that_other_systems_give_it(take):
    take("Email Address,OPTIN_TIME,CONFIRM_TIME\na@example.org,2021-03-16 14:38:07,2021-03-16 14:40:47\n")
    take("Email Address,OPTIN_TIME,CONFIRM_TIME\nb@example.org,2021-03-16 14:38:07,\n")
    days = dict(Subscription.objects.values_list("email", "confirmed_at"))
    assert [f"{days[email]:%H:%M}" for email in ("a@example.org", "b@example.org")] == ["14:40", "14:38"]


@pytest.mark.parametrize("cell", ["news|treatments", "News; Treatments", '"News, Treatments"'])
def test_sections_are_found_by_name_or_address_whatever_stands_between_them(cell, take):
    assert take(f"email,sections\na@example.org,{cell}\n").left_out == []
    assert {one.slug for one in Subscription.objects.get().sections.all()} == {"news", "treatments"}


def test_a_day_that_may_be_two_is_named_with_both_and_nobody_is_taken_in_by_it(take):
    outcome = take("email,confirmed_at\na@example.org,03/04/2026\nb@example.org,31/05/2024\n")
    assert outcome.left_out == [(2, "confirmed_at can mean more than one day. Write it as 2026-03-04 or 2026-04-03.")]
    assert [one.email for one in Subscription.objects.all()] == ["b@example.org"]


@pytest.mark.parametrize(
    "text",
    [
        'email,source\n"Lovelace, Ada" <ada@example.org>,x\n',
        'email,source\n"""Lovelace, Ada"" <ada@example.org>",x\n',
        'source;email\nx;"Ada" <ada@example.org>\n',
        "email,source\nAda <ada@example.org>,x\n",
        "# exported in May\n\nemail,source\nada@example.org,x\n",
        "sep=;\rsource;email\rx;ada@example.org\r",
        '"Ada Fox" <ada@example.org>\n',
    ],
)
def test_an_address_is_found_beside_its_owners_name_and_below_what_stands_before_a_list(text, take):
    assert take(text).left_out == []
    assert [one.email for one in Subscription.objects.all()] == ["ada@example.org"]


def test_a_postal_address_over_several_lines_with_another_mail_address_in_it_is_a_note(take):
    assert take('email,address\na@example.org,"12 High Street\nSpringfield\nb@example.org"\n').left_out == []
    assert [one.email for one in Subscription.objects.all()] == ["a@example.org"]


def test_no_column_of_a_roster_is_unused(tmp_path):
    (tmp_path / "list.txt").write_text("ada@example.org # Ada\n")
    assert csv_lists.unused(tmp_path / "list.txt") == []


def test_columns_that_were_not_used_are_named(tmp_path, administrator, capsys):
    path = tmp_path / "list.csv"
    path.write_text("email,First Name,status,LEID\na@example.org,Ada,active,1\n")
    call_command("import_subscribers", str(path), "--by", administrator.username)
    assert "Columns that weren’t used: First Name, LEID." in capsys.readouterr().out


def test_a_row_without_a_day_is_asked_and_nobody_is_confirmed_by_it(take, mailoutbox):
    outcome = take("email,confirmed_at\nreader@example.org,\n")
    assert (outcome.counts["to_be_asked"], Subscription.objects.get().state) == (1, "pending")
    assert ConsentEvent.objects.get().kind == "asked"

    assert requests.ask_imported(at=NOW) == 1
    assert requests.ask_imported(at=NOW) == 0
    sender.send_due(at=NOW)
    assert [mail.to for mail in mailoutbox] == [["reader@example.org"]]


BAD_ROWS = [
    ("", "This line has no address."),
    ("no address", "This isn’t an email address we can write to."),
    ('"a@example.org\nBcc: b@example.org"', csv_lists.UNREADABLE.format("Lines 3 to 4")),
    ("a" * 300 + "@example.org", "This isn’t an email address we can write to."),
    ("#ada@example.org", "This address stands in a comment."),
    ("ü@example.org", "This isn’t an email address we can write to."),
]


@pytest.mark.parametrize(("cell", "why"), BAD_ROWS)
def test_a_bad_address_is_named_with_its_line_and_the_others_are_in(cell, why, take):
    outcome = take(f"email,source\nfirst@example.org,x\n{cell},x\nlast@example.org,x\n")
    assert [(why_not) for _line, why_not in outcome.left_out] == [why]
    assert outcome.left_out[0][0] in (3, 4)
    assert Subscription.objects.count() == 2


@pytest.mark.parametrize(
    "day", ["yesterday", "31.13.2024", "2024-13-01", "2999-01-01", "1980-01-01", "2024-02-30", "9" * 50]
)
def test_a_day_that_is_none_is_named(day, take):
    outcome = take(f"email,confirmed_at\nreader@example.org,{day}\n")
    assert [line for line, _why in outcome.left_out] == [2]
    assert "confirmed_at" in outcome.left_out[0][1]
    assert not Subscription.objects.exists()


def test_who_left_or_is_suppressed_stays_out_and_who_is_known_is_not_touched(take):
    known = reader("known@example.org", wants="corrections")
    Subscription.objects.create(email="left@example.org", state="ended", ended_at=NOW)
    Subscription.objects.create(email="pending@example.org")
    suppression.add(suppression.digest("bounced@example.org"), "bounced")
    suppression.add(suppression.digest("victim@example.org"), "not_me")
    names = ("KNOWN", "left", "pending", "bounced", "victim+2", "new", "new")
    outcome = take("email,confirmed_at\n" + "".join(f"{name}@example.org,2024-01-01\n" for name in names))
    assert outcome.as_dict()["known"] == 2
    assert [line for line, _why in sorted(outcome.left_out)] == [3, 5, 6, 8]
    known.refresh_from_db()
    assert (known.wants, Subscription.objects.get(email="pending@example.org").state) == ("corrections", "pending")
    assert Subscription.objects.count() == 4


def test_run_again_it_changes_nothing(take):
    text = "email,confirmed_at\n" + "".join(f"reader{number}@example.org,2024-01-01\n" for number in range(1200))
    assert take(text).counts["imported"] == 1200
    assert take(text).as_dict() == {"imported": 0, "to_be_asked": 0, "known": 1200, "left_out": []}
    assert ConsentEvent.objects.count() == 1200


def test_a_dry_run_says_the_same_and_writes_nothing(take):
    text = "email,confirmed_at\nreader@example.org,2024-01-01\nREADER@example.org,2024-01-01\nx,\n"
    said = take(text, dry_run=True).as_dict()
    assert not Subscription.objects.exists()
    assert take(text).as_dict() == said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_whatever_wrote_it_it_is_read(encoding, delimiter, ending, take):
    lines = [("E-Mail", "Source", "Name"), ("reader@example.org", "Café", "x"), ("", "", "")]
    take(ending.join(delimiter.join(line) for line in lines), encoding)
    subscription = Subscription.objects.get()
    assert (subscription.email, subscription.source) == ("reader@example.org", "Café")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_names_in_another_script_hide_no_encoding(encoding, take):
    take(f"email,source\n{reader_lines('一二三四五六七八九十' * 3)}".encode(encoding))
    assert Subscription.objects.filter(source__startswith="一二三").count() == 9


def reader_lines(source):
    return "".join(f"a{number}@example.org,{source}\n" for number in range(1, 10))


@pytest.mark.parametrize("text", ["", "name,source\nx,y\n", "\x00\x01", "reader@example.org,x\n"])
def test_a_file_that_is_no_list_is_refused_whole(text, take):
    with pytest.raises(ListRefused):
        take(text)


@pytest.mark.parametrize(
    ("rows", "lines", "imported"),
    [
        ('"never closed,x\nb@example.org,x\n', "Lines 2 to 3", []),
        ('a@example.org,"never closed\nb@example.org,x\n', "Lines 2 to 3", []),
        ('a@example.org,"closed\nb@example.org,x\nc@example.org,"later"\nd@example.org,x\n', "Lines 2 to 4", ["d"]),
        ('a@example.org,"closed\nb@example.org,at the end"\nc@example.org,x\n', "Lines 2 to 3", ["c"]),
        ('a@example.org,"stands"alone\nb@example.org,x\n', "This line", ["b"]),
    ],
)
def test_a_quotation_mark_that_is_not_closed_hides_no_row(rows, lines, imported, take):
    outcome = take(f"email,source\n{rows}")
    assert outcome.left_out == [(2, csv_lists.UNREADABLE.format(lines))]
    assert [one.email for one in Subscription.objects.order_by("pk")] == [f"{name}@example.org" for name in imported]


@pytest.mark.parametrize(
    "note",
    ["met in May,\nat the fair", "first line\r\nwrote to c@example.org", "Tel. 12, c@example.org\n\nc@example.org"],
)
def test_a_note_over_several_lines_hides_nothing(note, take):
    outcome = take(f'email,note,source\na@example.org,"{note}",x\nb@example.org,"said ""yes""",x\n')
    assert outcome.left_out == []
    assert [one.email for one in Subscription.objects.order_by("pk")] == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize("role", ["Editor", "Newsletter editor", "Author", ""])
def test_only_a_site_administrator_brings_addresses_in_or_takes_them_out(role, tmp_path):
    by = factories.UserFactory(role=role)
    (tmp_path / "list.csv").write_text("email\nreader@example.org\n")
    with pytest.raises(ImportRefused):
        list(list_import.import_list(tmp_path / "list.csv", by=by))
    with pytest.raises(ImportRefused):
        list_import.export_list(by=by)
    assert not Subscription.objects.exists()


@hypothesis_settings(max_examples=examples(15))
@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=5), max_size=8))
@example([["email"], ['=HYPERLINK("http://x")']])
def test_no_cell_that_leaves_is_run_by_a_spreadsheet_and_each_is_read_back(rows):
    import csv
    import io

    written = "".join(csv_lists.write(rows))
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert not any(cell.startswith(csv_lists.FORMULA) for row in read for cell in row)


@given(st.text(max_size=30))
def test_a_neutral_cell_is_the_cell_that_it_was(cell):
    assert csv_lists.plain(csv_lists.neutral(cell)) == (cell if not cell.startswith("'") else csv_lists.plain(cell))


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(30)
)
@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda end: b"email,source\n" + end)))
def test_no_bytes_are_an_error_that_is_not_a_sentence(content, take):
    try:
        sentences = [why for line, why in take(content, dry_run=True).left_out if line >= 1]
    except ListRefused as refused:
        sentences = [str(refused)]
    assert all(sentence.endswith(".") for sentence in sentences)


def test_the_list_that_moves_out_moves_in_again(take, administrator):
    formula = "=cmd|x!a0@example.org"
    first = reader(formula, source="=1+1", confirmed_at=datetime(2024, 1, 1, tzinfo=UTC))
    first.sections.set([factories.section("news")])
    Subscription.objects.create(email="pending@example.org")
    text = "".join(list_import.export_list(by=administrator))
    assert text.splitlines()[0] == "email,confirmed_at,source,sections,wants,paused_until"
    assert text.splitlines()[1] == f"'{formula},2024-01-01T00:00:00+00:00,'=1+1,news,weekly,"
    assert len(text.splitlines()) == 2
    Subscription.objects.all().delete()
    assert take(text).counts["imported"] == 1
    again = Subscription.objects.get()
    assert (again.email, again.confirmed_at, again.source) == (formula, first.confirmed_at, "=1+1")


def test_the_queries_do_not_grow_with_the_rows_of_a_batch(take, django_assert_max_num_queries):
    text = "email,confirmed_at\n" + "".join(f"reader{number}@example.org,2024-01-01\n" for number in range(500))
    with django_assert_max_num_queries(20):
        take(text)
