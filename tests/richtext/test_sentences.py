"""Which sentence cites which reference: a mark behind the full stop belongs to the sentence before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext.sentences import cited


def read(html):
    return [(sentence.text, sentence.cites) for sentence in cited(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>It helps.[1] It harms. [2,3]</p>", [("It helps.", (1,)), ("It harms.", (2, 3))]),
        ("<p>It helps [1]. It harms[4-6].</p>", [("It helps.", (1,)), ("It harms.", (4, 5, 6))]),
        ("<p>Take 5 mg daily.[1] Dr. Doe agrees.</p>", [("Take 5 mg daily.", (1,)), ("Dr. Doe agrees.", ())]),
        ("<h2>Risks</h2><ul><li>One[1]</li><li>Two</li></ul>", [("Risks", ()), ("One", (1,)), ("Two", ())]),
        ("<p>Does it help?[1] Yes!</p>", [("Does it help?", (1,)), ("Yes!", ())]),
        ("<p></p>", []),
    ],
)
def test_each_sentence_knows_what_it_cites(html, expected):
    assert read(html) == expected


@given(st.text(max_size=200))
def test_no_text_is_an_error(text):
    cited(f"<p>{text}</p>")
