"""What is pasted: the text, what it becomes of the article, and an account of the rest."""

import pytest

from articles.importing import pasting
from articles.models import ImageCredit
from articles.refusal import Refused
from tests import factories

OLD_PAGE = (
    "<h1>What a pump does</h1><p>A pump holds a medicine.</p><p>Image by quiet-harbor via Flickr</p>"
    "<p>It is placed in an operation.</p><p>Weekly updates on conditions, treatments, and news about everything "
    "happening inside pain medicine.</p><p>You have Successfully Subscribed!</p><p>Would you want a pump?</p>"
)


def test_of_a_whole_article_title_question_and_credit_are_told_apart_and_boilerplate_is_named():
    read = pasting.read(OLD_PAGE, "", is_whole=True)
    assert (read.title, read.closing_question) == ("What a pump does", "Would you want a pump?")
    assert read.credits == ["Image by quiet-harbor via Flickr"]
    assert read.html.replace("\n", "") == "<p>A pump holds a medicine.</p><p>It is placed in an operation.</p>"
    assert [entry.what for entry in read.entries if not entry.kept] == ["subscribe box", "subscribe box"]


def test_of_a_part_no_title_and_no_question_is_taken():
    read = pasting.read("<h2>Risks</h2><p>It may harm.</p><p>Would you want it?</p>", "", is_whole=False)
    assert (read.title, read.closing_question) == ("", "")
    assert read.html.replace("\n", "") == "<h2>Risks</h2><p>It may harm.</p><p>Would you want it?</p>"
    assert read.entries == []


def test_plain_text_is_read_where_there_is_no_html():
    read = pasting.read("", "Take these:\n\n• One\n• Two\n", is_whole=False)
    assert read.html.replace("\n", "") == "<p>Take these:</p><ul><li>One</li><li>Two</li></ul>"


def test_what_only_word_processors_write_is_not_told():
    page = "<style>p{}</style><!--StartFragment--><p><![if !supportLists]>Some words.<![endif]></p><!--EndFragment-->"
    assert pasting.read(page, "", is_whole=False).entries == []


def test_a_picture_of_another_site_keeps_its_place_and_one_of_a_disk_and_a_film_are_named():
    page = (
        '<p>Words <img src="https://e.org/a.jpg" alt="A"> more.</p><iframe src="https://e.org/film"></iframe>'
        '<p><img src="https://e.org/b.jpg"><br>Photo: Ada Doe / Flickr</p><img src="file:///C:/c.png">'
    )
    read = pasting.read(page, "", is_whole=False)
    assert '<p>Words <img src="https://e.org/a.jpg" alt="A"> more.</p>' in read.html
    assert '<img src="https://e.org/b.jpg" alt="">' in read.html
    told = [(entry.what, entry.text) for entry in read.entries]
    assert ("picture", "file:///C:/c.png") in told
    assert ("film or frame", "https://e.org/film") in told


@pytest.mark.parametrize(
    "page", ["", "<p>\x00\ufffe</p>", "<ul><li>" * 10_000, "<![if !IE]><![>", "<b>" * 5000 + "x", "<p>" + "x" * 500_000]
)
def test_no_paste_is_too_odd_to_be_read(page):
    assert isinstance(pasting.read(page, "", is_whole=True).html, str)


def test_more_than_is_read_is_refused():
    with pytest.raises(Refused):
        pasting.read("<p>" + "x" * pasting.LONGEST + "</p>", "", is_whole=True)


@pytest.mark.django_db
def test_a_pasted_credit_line_waits_for_its_picture_once():
    article = factories.publishable_article()
    for _again in range(2):
        pasting.keep_credits(article, ["Image by quiet-harbor via Flickr", "", "Image by quiet-harbor via Flickr"])
    [credit] = ImageCredit.objects.filter(found_in=article)
    assert (credit.raw, credit.creator, credit.source) == ("Image by quiet-harbor via Flickr", "quiet-harbor", "Flickr")
