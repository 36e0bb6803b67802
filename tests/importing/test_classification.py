"""Which block is title, credit line, closing question or boilerplate."""

from articles.importing import classification
from articles.importing.blocks import HEADING, Block, Entry, to_html
from articles.importing.plain_text import parse

OLD_PAGE = "it belongs to the old page, not to the article"


def sort(text: str, **options) -> classification.Sorted:
    return classification.sort(parse(text, alone=classification.stands_alone), **options)


POST = """TENS AND YOU

A small device sends pulses through the skin.

Before you begin

• Read the leaflet

What do you expect of it?

Photo: Mara Fern / Flickr

Sign up for our newsletter!

Email

Submit
"""


def test_a_post_is_taken_apart_and_every_line_accounted_for():
    found = sort(POST)
    assert (found.title, found.closing_question) == ("TENS and you", "What do you expect of it?")
    assert to_html(found.body) == (
        "<p>A small device sends pulses through the skin.</p>\n<h2>Before you begin</h2>\n"
        "<ul><li>Read the leaflet</li></ul>"
    )
    assert [(line.creator, line.source, line.license, line.raw) for line in found.credits] == [
        ("Mara Fern", "Flickr", "", "Photo: Mara Fern / Flickr")
    ]
    assert found.entries == [
        Entry((1,), True, "title", "TENS and you", "was all in capitals. Check names and abbreviations"),
        Entry((3,), True, "paragraph", "A small device sends pulses through the skin."),
        Entry((5,), True, "heading", "Before you begin"),
        Entry((7,), True, "list item", "Read the leaflet"),
        Entry((9,), True, "closing question", "What do you expect of it?"),
        Entry(
            (11,),
            True,
            "credit line",
            "Photo: Mara Fern / Flickr",
            "author Mara Fern, source Flickr; not stated: license, link",
        ),
        Entry((13,), False, "subscribe box", "Sign up for our newsletter!", OLD_PAGE),
        Entry((15,), False, "subscribe box", "Email", OLD_PAGE),
        Entry((17,), False, "subscribe box", "Submit", OLD_PAGE),
    ]


def test_credit_line_and_question_are_found_in_either_order_and_without_blank_lines():
    text = "Text one.\n\n{}\n{}\nYou have Successfully Subscribed!"
    question, credit = "Has it helped you?", "Image by quiet-hill via Flickr"
    for lines in ((question, credit), (credit, question)):
        found = sort(text.format(*lines))
        assert (found.closing_question, [line.raw for line in found.credits]) == (question, [credit])
        assert to_html(found.body) == "<p>Text one.</p>"


def test_a_given_title_keeps_the_texts_own_as_a_heading():
    found = sort("Pacing\n\nRest is a skill.", title="How to rest")
    assert (found.title, to_html(found.body)) == ("How to rest", "<h2>Pacing</h2>\n<p>Rest is a skill.</p>")


def test_a_sentence_at_the_top_is_no_title():
    found = sort("Pain is real.\n\nAnd it can last.")
    assert (found.title, to_html(found.body)) == ("", "<p>Pain is real.</p>\n<p>And it can last.</p>")


def test_a_text_of_one_line_stays_a_text():
    for words in ("What helps you?", "Pacing your day"):
        found = sort(words)
        assert (found.title, found.closing_question, to_html(found.body)) == ("", "", f"<p>{words}</p>")


def test_questions_elsewhere_are_no_closing_question():
    assert sort("One.\n\nBut does it help you?\n\nIt can.").closing_question == ""
    assert sort("Ask.\n\n- What can you do?\n- Does it hurt you?").closing_question == ""
    assert sort("Ask.\n\n## Does it hurt you?").closing_question == ""


def test_a_short_question_above_a_text_is_a_heading_and_a_rhetorical_one_is_not():
    assert (
        to_html(sort("One.\n\nWhat are the risks?\n\nFew.").body)
        == "<p>One.</p>\n<h2>What are the risks?</h2>\n<p>Few.</p>"
    )
    assert to_html(sort("One.\n\nSo why bother?\n\nWell.").body) == "<p>One.</p>\n<p>So why bother?</p>\n<p>Well.</p>"


def test_a_line_with_nothing_under_it_is_no_heading():
    assert to_html(sort("Pain is real.\n\nDr. Ana Roe").body) == "<p>Pain is real.</p>\n<p>Dr. Ana Roe</p>"


def test_words_of_a_real_list_are_never_boilerplate_and_a_list_of_buttons_is():
    assert (
        to_html(sort("Ways to cope.\n\n- Share\n- Rest").body)
        == "<p>Ways to cope.</p>\n<ul><li>Share</li><li>Rest</li></ul>"
    )
    assert to_html(sort("Ways to cope.\n\n- Share\n- Email").body) == "<p>Ways to cope.</p>"


def test_a_word_like_email_stays_when_no_boilerplate_is_near():
    assert "Email" in to_html(sort("Stay in touch.\n\nEmail\n\nWrite to the team.").body)


def test_a_list_mark_without_words_is_dropped_and_said():
    assert sort("One.\n\n-\n").entries[-1] == Entry((3,), False, "empty mark", "", "it has no words")


def test_a_caption_stays_in_the_text_and_its_credit_is_read_too():
    caption = "The pump lies under the skin. Photo: Mara Fern / Flickr"
    found = sort(f"Pumps\n\nText one.\n\n{caption}")
    assert to_html(found.body) == f"<p>Text one.</p>\n<p>{caption}</p>"
    [credit] = found.credits
    assert (credit.creator, credit.source, credit.raw) == ("Mara Fern", "Flickr", caption)
    why = "it ends in a credit: author Mara Fern, source Flickr; not stated: license, link"
    assert found.entries[-1] == Entry((5,), True, "paragraph", caption, why=why)


def test_the_addresses_behind_a_credit_line_are_part_of_it():
    html = 'Photo by <a href="https://flickr.com/p/7?a=1&amp;b=2">Mara Fern</a> via Flickr'
    linked = Block("paragraph", "Photo by Mara Fern via Flickr", html, (2,))
    [credit] = classification.sort([Block("paragraph", "Text.", "Text.", (1,)), linked]).credits
    assert (credit.creator, credit.source, credit.url) == ("Mara Fern", "Flickr", "https://flickr.com/p/7?a=1&b=2")
    assert credit.raw == "Photo by Mara Fern via Flickr (https://flickr.com/p/7?a=1&b=2)"


def test_a_title_too_long_for_its_field_stays_in_the_text():
    long = Block(HEADING, "Pain " * 50, "Pain " * 50, (1,), level=1)
    found = classification.sort([Block("paragraph", "Text.", "Text.", (2,))], head=long)
    assert (found.title, [block.kind for block in found.body]) == ("", ["heading", "paragraph"])
