"""What belongs to an old page, and what only looks so."""

import pytest

from articles.importing.boilerplate import asks_reader, is_weak, reason


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            "Weekly updates on conditions, treatments, and news about everything happening inside pain medicine.",
            "subscribe box",
        ),
        ("You have Successfully Subscribed!", "subscribe box"),
        ("Sign up for our newsletter!", "subscribe box"),
        ("Sign up for our free weekly e-newsletter today", "subscribe box"),
        ("Thank you for subscribing.", "subscribe box"),
        ("Join Our Newsletter", "subscribe box"),
        ("Enter your email address to subscribe to this blog", "subscribe box"),
        ("We respect your privacy. Unsubscribe at any time.", "subscribe box"),
        ("Share", "share and print buttons"),
        ("» Print this page", "share and print buttons"),
        ("Share on Facebook", "share and print buttons"),
        ("Facebook | Twitter | Email", "share and print buttons"),
        ("Leave a comment", "comment box"),
        ("12 Comments", "comment box"),
        ("Tell us in the comments below!", "comment box"),
        ("Share your story in the comments", "comment box"),
        ("« Previous post", "navigation"),
        ("Read more…", "navigation"),
        ("You might also like:", "navigation"),
        ("This website uses cookies to improve your visit.", "cookie notice"),
        ("© 2019 Northgate Pain Clinic. All rights reserved.", "copyright footer"),
    ],
)
def test_whole_lines_of_an_old_page_are_boilerplate(said: str, why: str):
    assert reason(said) == why


@pytest.mark.parametrize(
    "said",
    [
        "Share decisions with your doctor.",
        "Print this page and take it to your next appointment.",
        "Weekly updates on conditions helped her more than any drug.",
        "Thank you for subscribing to the idea that pain is real.",
        "Sign up for our newsletter! Then read on about what helps.",
        "Home exercises are the best part of the plan.",
        "Like this exercise, the next one is done lying down.",
        "Read more about the risks of the procedure in the leaflet.",
        "Subscribe to one theory of pain and you miss the others.",
        "Email",
        "",
    ],
)
def test_sentences_of_a_text_are_not(said: str):
    assert reason(said) == ""


def test_some_words_are_boilerplate_only_beside_it():
    assert [is_weak(said) for said in ("Your email", "Submit", "About", "Rest", "First name *")] == [
        True,
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Has a trial of stimulation changed how you live with pain?",
        "What helps?",
        "Everybody paces differently. What works for you?",
        "What works for you? Tell us in the comments below!",
        "Was hilft Ihnen?",
    ],
)
def test_a_last_paragraph_can_ask_the_reader(said: str):
    assert asks_reader(said)


@pytest.mark.parametrize(
    "said",
    [
        "Ask your doctor.",
        "What is pain? It is a message.",
        "The trial ended early. But why did it?",
        "“Why me?”",
        "Would you " + "really " * 40 + "do it?",
    ],
)
def test_other_last_paragraphs_do_not(said: str):
    assert not asks_reader(said)
