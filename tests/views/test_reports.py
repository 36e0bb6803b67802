"""A reader reports a sentence without an account, a script or a cookie; machines and floods get nowhere."""

import re

import pytest

from articles.models import SentenceReport
from articles.publishing import desk, press
from articles.readers import reports
from tests import factories, markup

pytestmark = pytest.mark.django_db

URL = "/articles/pumps/report/"
BODY = """<p>One is true. Two is not.[1] Three is [1].</p>
<h2>Benefits</h2><ul><li>It may help.</li></ul><h2>Risks</h2><blockquote><p>It may <em>harm</em>.</p></blockquote>"""


@pytest.fixture
def edition():
    return factories.print_edition(slug="pumps", title="Pumps", body=BODY)


def send(client, network="192.0.2.7", **changes):
    given = {"e": "1", "p": "1", "s": "2", "wrong": "It is.", "severity": "wrong"}
    return client.post(URL, {**given, **changes}, REMOTE_ADDR=network)


def kept():
    return list(SentenceReport.objects.order_by("pk").values_list("passage", "quoted", "wrong", "severity"))


def test_every_paragraph_has_an_anchor_and_a_link_that_names_it(client, edition):
    page = client.get("/articles/pumps/").content.decode()
    links = re.findall(
        r'<p id="p(\d+)">.*?<a class="r" href="report/\?e=1&amp;p=(\d+)">Report passage (\d+)</a></p>', page
    )
    assert links == [("1", "1", "1"), ("6", "6", "6")]
    assert f'href="{URL}?e=1">Tell us what’s wrong</a>' in page


def test_no_other_page_carries_these_links(client, edition):
    assert 'class="r"' not in client.get("/feed/").content.decode()
    client.force_login(factories.editor())
    assert 'class="r"' not in client.get(f"/admin/articles/article/{edition.article_id}/preview/").content.decode()


def test_a_link_opens_the_form_at_its_passage(client, edition):
    page = client.get(URL, {"e": 1, "p": 1}).content.decode()
    assert "<blockquote>One is true. Two is not. Three is.</blockquote>" in page
    assert re.findall(r'<label for="s\d">(.*?)</label>', page) == [
        "All of it",
        "One is true.",
        "Two is not.",
        "Three is.",
    ]


def test_without_a_passage_the_form_offers_each_of_them(client, edition):
    page = client.get(URL).content.decode()
    assert re.findall(r'<option value="(\d+)">(.*?)</option>', page)[1:] == [
        ("1", "One is true. Two is not. Three is."),
        ("2", "Benefits"),
        ("3", "It may help."),
        ("4", "Risks"),
        ("6", "It may harm."),
    ]


@pytest.mark.parametrize(
    ("places", "quoted"),
    [
        ({"p": "1", "s": "2"}, (1, "Two is not.")),
        ({"p": "1", "s": ""}, (1, "One is true. Two is not. Three is.")),
        ({"p": "6", "s": "0"}, (6, "It may harm.")),
        ({"p": "", "s": "3"}, (0, "Pumps")),
        ({"p": "5", "s": "1"}, (0, "Pumps")),
        ({"p": "99999999999999999999", "s": "-1"}, (0, "Pumps")),
        ({"p": "1e3", "s": "٣"}, (0, "Pumps")),
    ],
)
def test_a_report_quotes_the_words_that_were_printed(client, edition, places, quoted):
    answer = send(client, **places)
    assert answer.status_code == 200
    assert "Thank you for telling us" in answer.content.decode()
    assert not answer.cookies
    assert kept() == [(*quoted, "It is.", "wrong")]


def test_a_report_is_about_the_edition_that_was_read(client, edition):
    article = edition.article
    article.body = BODY.replace("Two is not.", "Two is.")
    desk.save(article, by=None)
    factories.sign(article)
    press.publish(article, by=edition.by)
    send(client, e="1")
    send(client, e="2", wrong="Still.")
    send(client, e="77", wrong="Which?")
    told = SentenceReport.objects.order_by("pk").values_list("edition__number", "quoted")
    assert list(told) == [(1, "Two is not."), (2, "Two is."), (2, "Two is.")]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, edition, method):
    answer = getattr(client, method)(URL, {"p": 1, "wrong": "It is.", "severity": "wrong"})
    assert answer.status_code == 200
    assert kept() == []


def test_what_is_refused_stays_in_the_form(client, edition):
    words = "It is not so. " * 1500
    answer = send(client, wrong=words, severity="harm", email="no address")
    page = markup.page(answer)
    assert answer.status_code == 422
    assert "Please use at most 4,000" in page
    assert words.strip() in page
    assert 'value="no address"' in page
    assert re.search(r'value="harm" required checked', page)
    assert re.search(r'name="s" value="2" checked', page)
    assert kept() == []


def test_scripts_are_shown_as_text_on_the_form_and_on_the_desk(client, edition):
    evil = '"><script>alert(1)</script>'
    page = send(client, wrong=evil, severity="", email=evil).content.decode()
    assert "<script" not in page
    send(client, wrong=evil)
    client.force_login(factories.editor())
    for address in ("", f"{SentenceReport.objects.get().pk}/change/"):
        page = client.get(f"/admin/articles/sentencereport/{address}").content.decode()
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nul_bytes_in_every_field_end_in_a_sentence(client, edition):
    for name in ("e", "p", "s", "wrong", "severity", "email", "website"):
        assert send(client, network="192.0.2.99", **{name: "\x00"}).status_code in (200, 422), name
    assert all("\x00" not in str(row) for row in kept())


def test_a_machine_that_fills_in_every_field_gets_the_same_thanks_and_leaves_nothing(client, edition):
    assert send(client, website="http://evil.example/").content == send(client, network="192.0.2.8").content
    assert len(kept()) == 1


def test_a_flood_is_told_to_come_back_and_keeps_its_words(client, edition):
    codes = [send(client, wrong=f"Not {number}.").status_code for number in range(reports.MOST_IN_AN_HOUR + 20)]
    assert codes == [200] * reports.MOST_IN_AN_HOUR + [429] * 20
    assert "Kept words." in send(client, wrong="Kept words.").content.decode()
    assert len(kept()) == reports.MOST_IN_AN_HOUR


def test_a_report_sent_from_another_site_is_refused_and_keeps_its_words(client, edition):
    answer = client.post(URL, {"wrong": "It is.", "severity": "wrong"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "It is." in answer.content.decode()
    assert kept() == []


def test_old_addresses_lead_on_with_their_passage_and_withdrawn_ones_end(client, edition):
    article = edition.article
    article.slug = "pumps-now"
    desk.save(article, by=None)
    press.publish(article, by=edition.by)
    assert client.get(URL, {"e": 1, "p": 1})["Location"] == "/articles/pumps-now/report/?e=1&p=1"
    assert send(client).status_code == 200
    press.withdraw(article, by=edition.by, note="It was wrong.")
    assert client.get("/articles/pumps-now/report/").status_code == 410
    assert client.get("/articles/none/report/").status_code == 404


def test_drafts_and_editions_to_come_are_not_told(client):
    factories.publishable_article(slug="pumps")
    assert (client.get(URL).status_code, send(client).status_code) == (404, 404)


def test_the_figures_are_public(client, edition):
    assert "Reader reports" not in markup.page(client.get("/corrections/"))
    send(client)
    reports.answer(SentenceReport.objects.get(), outcome="unchanged", answer="It is right.", by=factories.editor())
    page = markup.page(client.get("/corrections/"))
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page) == [
        ("Reader reports", "1"),
        ("Answered", "1"),
        ("Median days to an answer", "under 1"),
    ]
