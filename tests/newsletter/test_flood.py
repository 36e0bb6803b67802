"""A flood of sign-ups aimed at one inbox; `python -m tests.bench.subscriptions` does it with 100,000."""

from tests.newsletter.flood import Served


def test_two_thousand_posts_at_one_victim_are_one_mail(migrated, tmp_path):
    with Served(tmp_path, empty=migrated).running() as site:
        answers = site.flood(2000)
        mails = site.settled()
        site.flood(20)
        assert site.settled() == mails
    assert answers == {200: 2000}
    assert len(mails) == 1
