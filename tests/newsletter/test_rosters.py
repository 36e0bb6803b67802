"""A roster names one address on each line; comments, boxes and headings about them are understood or named."""

import pytest

from articles.newsletter.subscriptions import list_columns, rosters


def read(text):
    assert rosters.begins(text)
    return [(email, problem) for _line, email, problem in rosters.read(text.splitlines(keepends=True))]


@pytest.mark.parametrize(
    "line",
    [
        "ada@example.org",
        "Ada Fox <ada@example.org>",
        '"Fox, Ada" <ada@example.org>',
        "Fox, Ada <ada@example.org>",
        '"Fox, Ada <ada@example.org>"',
        "[ ] ada@example.org",
        "[] Ada <ada@example.org>",
        "ada@example.org [ ]",
        "ada@example.org (Ada Fox)",
        "ada@example.org  # Ada, since 2019",
        "Ada #1 <ada@example.org>,",
        "  ada@example.org;",
    ],
)
@pytest.mark.parametrize("before", ["", "email\n", "# Members of the letter\n\n", "# Members\nE-Mail\n"])
def test_a_line_names_its_address_whatever_mailman_puts_around_it(before, line):
    assert read(f"{before}{line}\n\n# end\n") == [("ada@example.org", "")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[x] ada@example.org", rosters.TICKED.format("x")),
        ("ada@example.org [x]", rosters.TICKED.format("x")),
        ("[*] ada@example.org", rosters.TICKED.format("*")),
        ("# ada@example.org", rosters.IN_COMMENT),
        ("(ada@example.org)", rosters.IN_PARENTHESES),
        ("ada@example.org # unsubscribed 2023", list_columns.NO_WISH.format("# unsubscribed 2023")),
        ("ada@example.org (opted out)", list_columns.NO_WISH.format("(opted out)")),
        ("Ada, do not mail <ada@example.org>", list_columns.NO_WISH.format("Ada, do not mail")),
    ],
)
def test_an_address_with_a_mark_that_may_mean_no_is_kept_out_with_why(line, why):
    assert read(f"first@example.org\n{line}\n") == [("first@example.org", ""), ("", why)]


def test_a_heading_needs_no_sign_and_is_named_as_a_line_without_an_address():
    lines = "Members (weekly):\n    a@example.org\n\nUnsubscribed members:\n    b@example.org\n"
    left = list_columns.NO_WISH.format("Unsubscribed members:")
    assert read(lines) == [("", ""), ("a@example.org", ""), ("", ""), ("b@example.org", left)]


def test_who_is_listed_under_a_heading_that_says_they_left_is_kept_out_with_the_heading():
    gone = "# Unsubscribed in May\nb@example.org\n\nc@example.org\n"
    lines = f"# Members\na@example.org\n{gone}# Members since May\nd@example.org"
    left = list_columns.NO_WISH.format("# Unsubscribed in May")
    assert read(lines) == [
        ("a@example.org", ""),
        ("b@example.org", left),
        ("c@example.org", left),
        ("d@example.org", ""),
    ]


@pytest.mark.parametrize(
    "text", ["", "# a@example.org\n", "email,name\n", "a@example.org,x\n", "a@example.org x\n", "hello\n"]
)
def test_what_is_no_roster_is_not_read_as_one(text):
    assert not rosters.begins(text)
