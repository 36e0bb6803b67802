"""The definition of "public": what is live when, what an address answers, and when the next change comes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.models import Article, Edition
from articles.publishing import desk, press
from articles.publishing.press import PublishingRefused
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def reprint(edition, *, at, **change):
    """The article's next edition, with a change that its reviewer signs again."""
    article = Article.objects.get(pk=edition.article_id)
    for name, value in change.items():
        setattr(article, name, value)
    desk.save(article, by=None)
    factories.sign(article)
    return press.publish(article, by=edition.by, at=at, is_backdated=True)


@pytest.fixture
def history():
    """Live on Monday as "pumps", from Tuesday as "pain-pumps", withdrawn on Wednesday."""
    with time_machine.travel(MONDAY, tick=False):
        first = factories.print_edition(slug="pumps")
    with time_machine.travel(MONDAY + DAY, tick=False):
        second = reprint(first, at=None, slug="pain-pumps")
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        gone = press.withdraw(Article.objects.get(), by=first.by, note="It named a wrong dose.")
    return first, second, gone


def test_an_address_answers_for_its_moment(history):
    first, second, gone = history
    expected = {
        ("pumps", -DAY): (404, None),
        ("pumps", timedelta()): (200, first),
        ("pain-pumps", timedelta()): (404, None),
        ("pumps", DAY): (301, second),
        ("pain-pumps", DAY): (200, second),
        ("pumps", 2 * DAY): (410, gone),
        ("pain-pumps", 2 * DAY): (410, gone),
        ("elsewhere", DAY): (404, None),
    }
    answers = {asked: Edition.objects.resolve(asked[0], at=MONDAY + asked[1]) for asked in expected}
    assert {asked: (answer.status, answer.edition) for asked, answer in answers.items()} == expected


def test_live_is_the_interval_without_tombstones(history):
    first, second, _gone = history
    moments = [MONDAY - DAY, MONDAY, MONDAY + DAY - timedelta(seconds=1), MONDAY + DAY, MONDAY + 2 * DAY]
    assert [list(Edition.objects.live(at)) for at in moments] == [[], [first], [first], [second], []]


def test_a_scheduled_edition_is_live_at_its_time_with_no_job_running():
    with time_machine.travel(MONDAY, tick=False):
        edition = factories.print_edition(at=MONDAY + DAY)
        assert list(Edition.objects.live()) == []
        assert list(Edition.objects.scheduled()) == [edition]
        assert Edition.objects.next_change() == MONDAY + DAY
    with time_machine.travel(MONDAY + DAY, tick=False):
        assert list(Edition.objects.live()) == [edition]
        assert list(Edition.objects.scheduled()) == []
        assert Edition.objects.next_change() is None


def test_an_edition_taken_off_the_schedule_was_never_public():
    with time_machine.travel(MONDAY, tick=False):
        first = factories.print_edition(slug="pumps")
        second = reprint(first, at=MONDAY + DAY, slug="later")
        press.unschedule(second, by=first.by)
        assert Edition.objects.next_change() is None
        assert list(Edition.objects.scheduled()) == []
    for at in (MONDAY, MONDAY + DAY, MONDAY + 9 * DAY):
        assert list(Edition.objects.live(at)) == [first]
    assert Edition.objects.resolve("later", at=MONDAY + 2 * DAY).status == 404


def test_an_address_that_was_given_up_is_used_by_no_other_article(history):
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        before = Edition.objects.resolve("pumps")
        with pytest.raises(PublishingRefused, match="“pumps” is an address of “"):
            factories.print_edition(slug="pumps", title="Another article")
        assert Edition.objects.resolve("pumps") == before
    assert before.status == 410


def test_lists_are_in_order_of_the_first_day():
    with time_machine.travel(MONDAY, tick=False):
        old = factories.print_edition()
    with time_machine.travel(MONDAY + DAY, tick=False):
        young = factories.print_edition()
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        old = reprint(old, at=None, title="Old, corrected")
    with time_machine.travel(MONDAY + 3 * DAY, tick=False):
        assert list(Edition.objects.live().for_list()) == [young, old]


def test_a_page_and_a_list_take_as_many_queries_for_one_as_for_three(django_assert_num_queries):
    for _number in range(3):
        factories.print_edition(lead_image=factories.CreditFactory().image)
    with django_assert_num_queries(1):
        for edition in Edition.objects.live().for_list():
            assert edition.section.name
            assert edition.lead_image.credit.is_complete()
    with django_assert_num_queries(2):
        for edition in Edition.objects.live().for_page():
            assert [str(line.contributor) for line in edition.bylines.all()]
            assert edition.review.reviewer.full_name
