"""A folder of lists that once went wrong, kept beside this repository, or where `CASES=FOLDER` says.

Their kinds are tested with words of our own in `test_list_import`, `test_list_cells` and `test_rosters`.
"""

import os
from pathlib import Path

import pytest

from articles.models import Subscription
from articles.newsletter.subscriptions import list_import
from tests import factories

FOLDER = Path(os.environ.get("CASES", Path(__file__).parents[3] / "shared" / "data" / "cases"), "lists")
MAY_31 = "2024-05-31 00:00"
MAY_31_AT_9 = "2024-05-31 09:00"

RIGHT: dict[
    str, tuple[dict[str, str], list[int]]
] = {  # who is taken in, with the day of consent, and the lines left out
    "c01": ({"one": "2021-03-16 14:40"}, []),
    "c02": ({}, [2]),
    "c03": ({}, [2]),
    "c04": ({"enabled": ""}, [3, 4]),
    "c05": ({"yes": ""}, [3]),
    "c07": ({"eins": MAY_31, "zwei": MAY_31_AT_9}, []),
    "c08": ({"eins": MAY_31}, []),
    "c09": ({"eins": MAY_31}, []),
    "c10": ({"eins": MAY_31}, []),
    "c11": (
        dict.fromkeys(("uk", "us", "de", "xl"), MAY_31)
        | {"bar": MAY_31_AT_9, "z": MAY_31_AT_9, "sp": "2024-05-31 07:00"},
        [],
    ),
    "c12": ({"one": MAY_31, "two": MAY_31}, []),
    "c13": ({"one": ""}, []),
    "c14": ({"one": ""}, []),
    "c15": ({"one": ""}, []),
    "c16": ({"one": "", "two": ""}, []),
    "c17": (
        dict.fromkeys(("ada", "bo", "dee", "eve", "fay", "IVY", "o'k", "lee", "nil"), ""),
        [4, 8, 10, 11, 12, 15],
    ),
    "c18": ({"one": "", "two": ""}, []),
    "c19": ({"one": ""}, []),
    "c20": ({"one": ""}, []),
    "c21": ({"one": MAY_31}, []),
    "c22": ({"one": ""}, []),
    "c23": ({"one": MAY_31, "two": MAY_31}, []),
    "c24": ({"ada": ""}, []),
    "c25": ({"one": ""}, []),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", RIGHT)
def test_a_list_that_went_wrong_is_read_rightly(name):
    found = sorted(FOLDER.glob(f"{name}-*"))
    if not found:
        pytest.skip("the folder of cases is missing: set CASES to one that holds lists/")
    *_before, outcome = list_import.import_list(found[0], by=factories.UserFactory(role="Site administrator"))
    days = {
        email.partition("@")[0]: f"{day:%Y-%m-%d %H:%M}" if day else ""
        for email, day in Subscription.objects.values_list("email", "confirmed_at")
    }
    assert (days, [line for line, _why in outcome.left_out]) == RIGHT[name]
