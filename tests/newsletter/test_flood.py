"""A flood of sign-ups aimed at one inbox; `python -m tests.bench.subscriptions` does it with 100,000.

In every run, `test_requests.py` shows the same of 400 requests without a server, and the journeys sign up at one.
"""

import pytest

from tests.management.serving import empty_site
from tests.newsletter.flood import Served

POSTS = 10_000


@pytest.mark.campaign
def test_thousands_of_posts_at_one_victim_are_one_mail(migrated, shared_folder, tmp_path):
    empty_site(tmp_path, migrated, shared_folder)
    with Served(tmp_path, empty=migrated).running() as site:
        answers = site.flood(POSTS)
        mails = site.settled()
        site.flood(20)
        assert site.settled() == mails
    assert answers == {200: POSTS}
    assert len(mails) == 1
