"""What other systems write into a cell is read where it means one thing, and left where it may mean two."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.newsletter.subscriptions import list_cells

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MAY_31 = "2024-05-31 00:00"

MOMENTS = {
    "31/05/2024": MAY_31,
    "5/31/2024": MAY_31,
    "31.05.2024": MAY_31,
    "31. 5. 2024": MAY_31,
    "31-05-2024": MAY_31,
    "2024/05/31": MAY_31,
    "2024.05.31": MAY_31,
    "20240531": MAY_31,
    "5/31/24": MAY_31,
    "31.05.24": MAY_31,
    "31-May-24": MAY_31,
    "Friday, May 31, 2024": MAY_31,
    "45443": MAY_31,
    "45443.375": "2024-05-31 09:00",
    "45443,75": "2024-05-31 18:00",
    "31.05.2024 09:00": "2024-05-31 09:00",
    "5/31/2024 9:00:07 PM": "2024-05-31 21:00",
    "5/31/2024, 12:00 AM": MAY_31,
    "May 31, 2024, 9:00 AM": "2024-05-31 09:00",
    "Fri, 31 May 2024 09:00:00 +0200": "2024-05-31 07:00",
    "2024-05-31 09:00:00 UTC": "2024-05-31 09:00",
    "2024-05-31T09:00:00.000Z": "2024-05-31 09:00",
    "04.03.2026": "2026-03-04 00:00",
    "04/04/2026": "2026-04-04 00:00",
    "03/12/2026": "2026-03-12 00:00",  # in December nobody has agreed yet
}


@pytest.mark.parametrize(("cell", "moment"), MOMENTS.items())
def test_a_moment_is_read_as_the_spreadsheets_of_many_countries_write_it(cell, moment):
    assert [f"{one.astimezone(UTC):%Y-%m-%d %H:%M}" for one in list_cells.moments(cell, at=NOW)] == [moment]


@pytest.mark.parametrize("cell", ["03/04/2026", "3-4-2026", "03/04/26", "15/10/24", "10/11/2024 09:00"])
def test_a_day_that_may_be_two_is_not_chosen(cell):
    assert len(list_cells.moments(cell, at=NOW)) > 1


@pytest.mark.parametrize(
    "cell", ["", "May 2024", "May-24", "31/31/2024", "30.02.2024", "5/31/2024 13:00 PM", "4544", "1/2/3", "31 Mai 2024"]
)
def test_what_is_no_day_is_no_moment(cell):
    assert list_cells.moments(cell, at=NOW) == []


@pytest.mark.parametrize(
    "cell",
    [
        "Ada <ada@example.org>",
        '"Lovelace, Ada" <ada@example.org>',
        "Ada<mailto:ada@example.org>",
        "'ada@example.org' <ADA@example.org>",
        "<ada@example.org>",
        "ada@example.org (Ada Lovelace)",
        "MAILTO:ada@example.org",
        "“ada@example.org”",
        "\u200bada@example.org\u00a0",
    ],
)
def test_the_address_is_found_beside_its_owner_and_between_marks(cell):
    assert list_cells.address(cell).lower() == "ada@example.org"


@pytest.mark.parametrize(
    "cell",
    [
        "Ada <ada@example.org>; Bo <bo@example.org>",
        "bo@example.org <ada@example.org>",
        "ada@example.org (now bo@example.org)",
        "ada@example.org;bo@example.org",
        "Ada ada@example.org",
        "12 High Street",
    ],
)
def test_a_cell_that_may_name_another_address_stays_as_it_is_and_is_none(cell):
    assert list_cells.address(cell) == cell
    assert not list_cells.is_address(cell)


@given(st.text(max_size=40))
def test_no_cell_is_an_error(cell):
    assert isinstance(list_cells.address(cell), str)
    assert isinstance(list_cells.moments(cell, at=NOW), list)
