"""The archive: each issue as it was sent, with a note on what was corrected or withdrawn since."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Issue
from articles.newsletter.issues import building
from tests import factories, markup
from tests.newsletter.happenings import WEEK, corrected, handed_over, updated, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.newsletter_editor()


def sent(chief, *readers):
    issue = building.approve(building.build(), by=chief)
    handed_over(issue, *readers)
    return issue


def page(client, issue):
    response = client.get(reverse("issue", args=[issue.number]))
    return response.status_code, markup.page(response)


def test_nobody_sees_an_issue_before_it_is_sent(client, chief):
    factories.print_edition(title="Pumps")
    issue = building.build()
    for state in ("draft", "skipped"):
        Issue.objects.update(state=state, reason="Not now.")
        assert page(client, issue)[0] == 404
    Issue.objects.update(state="draft")
    issue = building.approve(issue, by=chief)
    assert page(client, issue)[0] == 404
    building.hold(issue, reason="Wait.", by=chief)
    assert page(client, issue)[0] == 404
    assert "hasn’t been sent yet" in client.get(reverse("newsletter")).content.decode()
    building.close(issue, reason="A secret of the desk.", by=chief)
    assert page(client, issue)[0] == 404


def test_an_issue_that_is_sent_shows_what_it_said(client, chief):
    reader = factories.subscription()
    picture = factories.CreditFactory(creator="Jane Doe").image
    edition = factories.print_edition(title="Pumps", standfirst="As it was.", lead_image=picture)
    issue = sent(chief, reader)
    updated(edition, standfirst="As it is.")
    status, html = page(client, issue)
    assert status == 200
    assert "As it was." in html
    assert "As it is." not in html
    assert "Jane Doe" in html
    assert f'src="{picture.full.src}"' in html
    assert reader.email not in html
    assert "/unsubscribe/" not in html
    assert "invalid" not in html
    listed = client.get(reverse("newsletter")).content.decode()
    assert reverse("issue", args=[issue.number]) in listed


def test_a_corrected_article_carries_a_note_and_a_withdrawn_one_loses_its_words(client, chief):
    edition = factories.print_edition(title="Pumps", standfirst="About pumps.")
    gone = factories.print_edition(title="Cures", standfirst="It cures everything.")
    issue = sent(chief, factories.subscription())
    corrected(edition)
    withdrawn(gone)
    _status, html = page(client, issue)
    assert "It rarely helps." in html
    assert "after this issue was sent" in html
    assert "<del>Cures</del>" in html
    assert "It was unsound." in html
    assert "It cures everything." not in html


def test_an_error_corrected_before_the_letter_is_no_note_of_the_letter(client, chief):
    corrected(factories.print_edition(title="Pumps"))
    _status, html = page(client, sent(chief, factories.subscription()))
    assert "after this issue was sent" not in html


def test_a_correction_and_a_continuation_say_what_they_are(client, chief):
    reader, rest = factories.subscription(), factories.subscription()
    edition = factories.print_edition(title="Pumps")
    issue = sent(chief, reader)
    correction = corrected(edition)
    building.hold(issue, reason="A secret of the desk.")
    mended = building.approve(building.continue_with_the_rest(issue, by=chief), by=chief)
    handed_over(mended, rest)
    told = building.approve(building.correction_issue(correction, by=chief), by=chief)
    handed_over(told, reader)
    assert "hadn’t received" in page(client, mended)[1]
    assert "stopped before everyone received it" in page(client, issue)[1]
    assert "A secret of the desk" not in page(client, issue)[1]
    assert "It rarely helps." in page(client, told)[1]
    listed = markup.page(client.get(reverse("newsletter")))
    assert listed.count('<li><h2><a href="/newsletter/') == 3


def test_the_page_takes_as_many_queries_for_one_article_as_for_five(client, chief, django_assert_max_num_queries):
    factories.print_edition()
    first = sent(chief, factories.subscription())
    with time_machine.travel(timezone.now() + WEEK):
        for _n in range(5):
            corrected(factories.print_edition(lead_image=factories.CreditFactory().image))
        second = sent(chief, factories.subscription())
        client.get(reverse("issue", args=[first.number]))
        for issue in (first, second):
            with django_assert_max_num_queries(8):
                client.get(reverse("issue", args=[issue.number]))


@pytest.mark.parametrize("path", ["/newsletter/0/", "/newsletter/99999999/", "/newsletter/?page=x", "/newsletter/-1/"])
def test_numbers_that_are_none_are_no_error(client, path):
    assert client.get(path).status_code in (200, 404)


def test_what_nobody_reviewed_says_so_in_an_issue_as_on_cards(client, chief):
    factories.print_edition(title="Pumps")
    factories.print_edition(title="Only reported", in_section="news", signed=False)
    _status, html = page(client, sent(chief))
    assert html.count("Not medically reviewed") == 1
    assert html.index("Only reported") < html.index("Not medically reviewed")
