"""A reader reports a passage without an account, a script or a cookie; machines and floods get nowhere."""

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
    given = {"e": "1", "p": "1", "wrong": "It is.", "severity": "wrong"}
    return client.post(URL, {**given, **changes}, REMOTE_ADDR=network)


def kept():
    return list(SentenceReport.objects.order_by("pk").values_list("passage", "quoted", "wrong", "severity"))


def test_an_article_offers_one_way_to_report_at_its_end(client, edition):
    page = markup.page(client.get("/articles/pumps/"))
    assert re.findall(r'<a href="([^"]*/report/[^"]*)">([^<]*)</a>', page) == [(f"{URL}?e=1", "Report it")]
    assert page.index("Something wrong on this page?") > page.index('id="references"')


def picks(page):
    return re.findall(r'<h2>(.*?)</h2>|name="p" value="([1-9]\d*)"( checked autofocus)?><span>(.*?)</span>', page)


def test_the_form_offers_every_passage_in_its_words_under_its_heading(client, edition):
    page = markup.page(client.get(URL))
    assert picks(page) == [
        ("", "1", "", "One is true. Two is not. Three is."),
        ("Benefits", "", "", ""),
        ("", "2", "", "This heading"),
        ("", "3", "", "It may help."),
        ("Risks", "", "", ""),
        ("", "4", "", "This heading"),
        ("", "6", "", "It may harm."),
    ]
    assert re.findall(r'name="p" value="(\d)" checked', page) == ["0"]


def test_what_follows_the_list_of_risks_stands_by_itself(client):
    risks = "<ul><li>It may bleed.</li></ul><p>Get help at once if it does.</p><p>Most go home.</p>"
    html = f"<h2>Benefits</h2><p>Less pain.</p><h2>Risks</h2>{risks}"
    factories.print_edition(slug="pumps", title="Pumps", body=html)
    assert picks(markup.page(client.get(URL)))[3:] == [
        ("Risks", "", "", ""),
        ("", "3", "", "This heading"),
        ("", "4", "", "It may bleed."),
        ("", "5", "", "Get help at once if it does."),
        ("After this list", "", "", ""),
        ("", "6", "", "Most go home."),
    ]


def test_an_old_link_to_a_passage_opens_the_form_with_it_chosen(client, edition):
    page = markup.page(client.get(URL, {"e": 1, "p": 6, "s": 1}))
    assert ("", "6", " checked autofocus", "It may harm.") in picks(page)
    assert page.count(" checked") == 1


@pytest.mark.parametrize(
    ("places", "quoted"),
    [
        ({"p": "1"}, (1, "One is true. Two is not. Three is.")),
        ({"p": "6"}, (6, "It may harm.")),
        ({"p": ""}, (0, "Pumps")),
        ({"p": "0"}, (0, "Pumps")),
        ({"p": "5"}, (0, "Pumps")),
        ({"p": "99999999999999999999"}, (0, "Pumps")),
        ({"p": "1e3"}, (0, "Pumps")),
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
    before, after = "One is true. Two is not. Three is.", "One is true. Two is. Three is."
    assert list(told) == [(1, before), (2, after), (2, after)]


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
    assert re.search(r'name="p" value="1" checked', page)
    assert kept() == []


def test_scripts_are_shown_as_text_on_the_form_and_on_the_desk(client, edition):
    evil = '"><script>alert(1)</script>'
    page = send(client, wrong=evil, severity="", email=evil).content.decode()
    assert "<script>" not in page
    send(client, wrong=evil)
    client.force_login(factories.editor())
    for address in ("", f"{SentenceReport.objects.get().pk}/change/"):
        page = client.get(f"/admin/articles/sentencereport/{address}").content.decode()
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nul_bytes_in_every_field_end_in_a_sentence(client, edition):
    for name in ("e", "p", "wrong", "severity", "email", "website"):
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
