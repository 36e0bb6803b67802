"""One tap answers the question: counted once, by nobody in particular, however often and from wherever it is sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import AnswerTally, Trace
from articles.publishing import desk, press
from articles.readers import answers
from tests import factories, markup

pytestmark = pytest.mark.django_db

URL = "/articles/pumps/answer/"


@pytest.fixture
def edition():
    return factories.print_edition(slug="pumps", closing_question="Would a pump be worth it to you?")


def tap(client, choice="yes", agent="Firefox", network="192.0.2.7", key=None, **headers):
    data = {"answer": choice, "q": answers.question_key("Would a pump be worth it to you?") if key is None else key}
    return client.post(URL, data, headers={"user-agent": agent, **headers}, REMOTE_ADDR=network)


def totals():
    return list(AnswerTally.objects.values_list("yes", "no", "unsure"))


def test_the_page_asks_with_three_buttons_and_shows_no_totals(client, edition):
    tap(client)
    page = client.get("/articles/pumps/").content.decode()
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["yes", "no", "unsure"]
    assert f'action="{URL}"' in page
    assert "100%" not in page


def test_an_open_question_is_shown_without_buttons(client):
    factories.print_edition(slug="pumps", closing_question="Which of the two helps you?")
    assert 'name="answer"' not in client.get("/articles/pumps/").content.decode()
    assert client.get(URL).status_code == 404


def test_answers_are_counted_and_shown_as_text(client, edition):
    for number, choice in enumerate(["yes"] * 5 + ["no"] * 4 + ["unsure"]):
        answer = tap(client, choice, network=f"192.0.2.{number}")
    page = markup.page(answer)
    assert totals() == [(5, 4, 1)]
    for line in ("5 of 10, 50%", "4 of 10, 40%", "You said: Not sure."):
        assert line in page
    assert not answer.cookies
    assert answer["Cache-Control"].startswith("max-age=0")


def test_fewer_than_ten_answers_are_counted_without_shares(client, edition):
    for number in range(9):
        answer = tap(client, network=f"192.0.2.{number}")
    page = markup.page(answer)
    assert "9 of 9" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_same_browser_counts_once_a_day_and_is_told_the_same(client, edition):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first, second = tap(client), tap(client)
        assert first.content == second.content
        assert totals() == [(1, 0, 0)]
        clock.shift(timedelta(days=1))
        tap(client, "no")
    assert totals() == [(1, 1, 0)]


def test_votes_by_the_thousand_from_one_network_stop_at_the_cap(client, edition):
    seen = [tap(client, agent=f"robot {number}").status_code for number in range(answers.MOST_IN_AN_HOUR + 10)]
    assert set(seen[: answers.MOST_IN_AN_HOUR]) == {200}
    assert set(seen[answers.MOST_IN_AN_HOUR :]) == {429}
    assert totals() == [(answers.MOST_IN_AN_HOUR, 0, 0)]
    page = markup.page(tap(client, agent="one more"))
    assert "this one wasn’t counted" in page
    assert "What readers answered" in page


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, edition, method):
    answer = getattr(client, method)(URL, {"answer": "yes", "q": answers.question_key(edition.closing_question)})
    assert answer.status_code == 200
    assert (AnswerTally.objects.count(), Trace.objects.count()) == (0, 0)


@pytest.mark.parametrize("choice", ["", "maybe", "total", "yes\x00", "<script>alert(1)</script>", "y" * 100_000])
def test_no_other_answer_is_taken(client, edition, choice):
    answer = tap(client, choice)
    assert answer.status_code == 422
    assert "Please choose one of the three answers." in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert totals() == []


def test_an_answer_sent_from_another_site_is_refused(client, edition):
    assert tap(client, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert tap(client, origin="https://elsewhere.example").status_code == 403
    assert totals() == []


def test_a_changed_question_starts_anew_and_old_forms_do_not_answer_it(client, edition):
    tap(client)
    article = edition.article
    article.closing_question = "Have you had a pump?"
    desk.save(article, by=None)
    press.publish(article, by=edition.by)
    late = tap(client, network="192.0.2.8")
    assert late.status_code == 409
    assert "Have you had a pump?" in late.content.decode()
    tap(client, "no", key=answers.question_key("Have you had a pump?"))
    assert list(AnswerTally.objects.order_by("pk").values_list("question", "yes", "no")) == [
        ("Would a pump be worth it to you?", 1, 0),
        ("Have you had a pump?", 0, 1),
    ]


def test_an_old_address_leads_on_and_a_withdrawn_article_takes_no_answer(client, edition):
    article = edition.article
    article.slug = "pumps-now"
    desk.save(article, by=None)
    press.publish(article, by=edition.by)
    assert client.get(URL)["Location"] == "/articles/pumps-now/answer/"
    assert tap(client).status_code == 200
    press.withdraw(article, by=edition.by, note="It was wrong.")
    assert client.post("/articles/pumps-now/answer/", {"answer": "yes"}).status_code == 410
    assert totals() == [(1, 0, 0)]


def test_a_draft_has_no_question(client):
    factories.publishable_article(slug="pumps", closing_question="Would you?")
    assert tap(client).status_code == 404
