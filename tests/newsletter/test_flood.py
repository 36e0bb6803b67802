"""A flood of sign-ups aimed at one inbox; `python -m tests.bench.subscriptions` does it with 100,000."""

import pytest

from tests.management.serving import empty_site
from tests.newsletter.flood import Served


@pytest.mark.parametrize("posts", [100, pytest.param(10_000, marks=pytest.mark.campaign)])
def test_hundreds_of_posts_at_one_victim_are_one_mail(posts, migrated, shared_folder, tmp_path):
    empty_site(tmp_path, migrated, shared_folder)
    with Served(tmp_path, empty=migrated).running() as site:
        answers = site.flood(posts)
        mails = site.settled()
        site.flood(20)
        assert site.settled() == mails
    assert answers == {200: posts}
    assert len(mails) == 1
