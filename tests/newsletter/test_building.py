"""Which editions stand in a week’s letter, and in which order; nothing twice, and nothing lost between weeks."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from articles.models import Issue
from articles.newsletter.issues import building
from articles.readers import reports
from tests import factories
from tests.newsletter.happenings import DAY, HOUR, WEEK, corrected, harmful, said, updated, withdrawn

pytestmark = pytest.mark.django_db


def test_the_newest_article_leads_and_the_others_follow_by_section():
    now = timezone.now()
    for hours, place in ((5, "news"), (4, "conditions"), (3, "treatments"), (2, "conditions"), (1, "news")):
        factories.print_edition(title=f"{place} {hours}", in_section=place, at=now - hours * HOUR)
    issue = building.build()
    assert said(issue) == ["news 1", "conditions 2", "conditions 4", "treatments 3", "news 5"]
    assert issue.subject == "news 1, and 4 more"
    assert issue.state == "draft"


def test_a_week_is_built_once_and_a_draft_takes_in_what_went_live_since():
    factories.print_edition(title="One")
    first = building.build()
    first.subject, first.introduction = "Ours", "Dear reader"
    first.save()
    factories.print_edition(title="Two")
    again = building.build()
    assert again.pk == first.pk
    assert said(again) == ["One", "Two"]
    assert (again.subject, again.introduction) == ("Ours", "Dear reader")
    assert said(building.build()) == ["One", "Two"]
    assert Issue.objects.count() == 1


def test_what_an_editor_took_out_does_not_come_back():
    factories.print_edition(title="One")
    factories.print_edition(title="Two")
    issue = building.build()
    issue.items.filter(edition__title="One").delete()
    assert said(building.build()) == ["Two"]


def test_each_article_once_over_the_weeks(chief):
    edition = factories.print_edition(title="One")
    building.approve(building.build(), by=chief)
    with time_machine.travel(timezone.now() + WEEK):
        nothing = building.build()
        assert (nothing.state, said(nothing)) == ("skipped", [])
        assert nothing.reason == building.NOTHING
        updated(edition, title="One, much changed", body=edition.body + "<p>A new trial.</p>")
        assert said(building.build()) == ["One, much changed"]


def test_an_update_between_build_and_approval_goes_out_with_it_and_not_again(chief):
    edition = factories.print_edition(title="One")
    issue = building.build()
    newer = updated(edition, body=edition.body + "<p>A new trial.</p>")
    issue = building.approve(issue, by=chief)
    assert [item.edition for item in issue.items.all()] == [newer]
    assert building.build(now=timezone.now() + WEEK).state == "skipped"


def test_typos_and_changes_of_unsigned_fields_are_no_news(chief):
    edition = factories.print_edition(body=factories.BODY.replace("may help", "may hepl"))
    asked = factories.print_edition(title="Asked")
    building.approve(building.build(), by=chief)
    with time_machine.travel(timezone.now() + WEEK):
        factories.fix_typo(edition.article, was="hepl", now="help", by=factories.editor())
        updated(asked, closing_question="And you?")
        corrected(asked)
        assert said(building.build()) == []


def test_a_slip_mended_after_a_material_change_hides_it_not(chief):
    edition = factories.print_edition(body=factories.BODY.replace("may help", "may hepl"))
    factories.fix_typo(edition.article, was="hepl", now="help", by=factories.editor())
    issue = building.build()
    assert [item.edition.number for item in issue.items.all()] == [2]


def test_withdrawn_scheduled_and_expired_have_no_place():
    withdrawn(factories.print_edition(title="Withdrawn"))
    factories.print_edition(title="Scheduled", at=timezone.now() + DAY)
    expiring = factories.print_edition(title="Expiring")
    due = datetime.combine(expiring.review.due_on, datetime.min.time(), UTC)
    assert said(building.build()) == ["Expiring"]
    Issue.objects.all().delete()
    factories.print_edition(title="Late news", in_section="news", signed=False, at=due + DAY)
    assert said(building.build(now=due + 2 * DAY)) == ["Late news"]


def test_what_a_reader_reported_as_harmful_has_no_place_until_an_editor_answers():
    factories.print_edition(title="Sound")
    report = harmful(factories.print_edition(title="Doubtful"))
    assert said(building.build()) == ["Sound"]
    Issue.objects.all().delete()
    reports.answer(report, outcome="unchanged", answer="It is right: see the label.", by=factories.editor())
    assert said(building.build()) == ["Doubtful", "Sound"]


def test_an_unapproved_draft_gives_its_articles_to_the_next_weeks_letter():
    factories.print_edition(title="One")
    old = building.build()
    with time_machine.travel(timezone.now() + WEEK):
        factories.print_edition(title="Two")
        new = building.build()
        old.refresh_from_db()
        assert (old.state, old.reason) == ("skipped", building.MOVED_ON)
        assert said(new) == ["Two", "One"]


def test_a_week_left_out_gives_its_articles_to_the_next(chief):
    factories.print_edition(title="One")
    building.skip(building.build(), reason="Holidays.", by=chief)
    assert building.build().state == "skipped"
    assert said(building.build(now=timezone.now() + WEEK)) == ["One"]


def test_the_first_letter_is_the_newest_twelve_of_an_old_archive():
    now = timezone.now()
    for days in range(14):
        factories.print_edition(title=f"{days}", at=now - (days + 1) * 30 * DAY)
    assert said(building.build()) == [f"{days}" for days in range(12)]
    assert said(building.build(since=now - 100 * DAY)) == [f"{days}" for days in range(12)]


def test_since_by_hand():
    now = timezone.now()
    for days in (1, 3, 9):
        factories.print_edition(title=f"{days}", at=now - days * DAY)
    assert said(building.build(since=now - 4 * DAY)) == ["1", "3"]
