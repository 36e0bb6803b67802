"""Sixteen threads at once get exactly what one alone gets: the server runs eight in every process.

What all threads share is listed in `articles/README.md`.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from articles.evidence import drugs
from articles.images import credit_line, intake, metadata
from articles.publishing import pictures
from articles.richtext import readability, render, sanitizer, text
from articles.search import language, questions
from articles.views import fragments
from tests import factories
from tests.evidence.test_drugs import GABAPENTIN, MORPHINE, ZICONOTIDE

THREADS = 16
ENDINGS = """migraines migraine fibromyalgia fibromyalgic opioids opioid injections injected inflammatory inflammation
    neuropathic neuropathies generalization generously relational conditional rationalizing hopefulness triplicate
    gabapentinoids pregabalin sensitization sensitized rehabilitation rehabilitated arthritis arthritic"""
WORDS = ENDINGS.split()
STRANGE = '<p>One <b>two <i>three</b> four</i> & “five” <a href="/x?a=1&b=2">six</a><script>7</script> opioid [1]'
TEXTS = [STRANGE, factories.BODY, *(f"<h2>{word}</h2><p>{word} and {STRANGE}" for word in WORDS[:6])]
LINES = [f"Photo: {word.title()} Vale / Flickr, CC BY-SA 2.0" for word in WORDS]
SENTENCES = [f"<p>Ziconotide is an opioid, {word}. Gabapentin, an NSAID, and morphine.</p>" for word in WORDS[:8]]
CARDS = [ZICONOTIDE, GABAPENTIN, MORPHINE]
Question = Callable[[], object]


def rendered(html: str) -> object:
    return render.page_html(html, figures={}, references=3, terms={"opioid": "opioid", "two": "two"}, in_place=True)


def rooms() -> dict[str, list[Question]]:
    """Questions by room, past the caches, which would hide a wrong result here and keep it for readers."""
    files = [factories.picture_bytes(kind, (64 + side, 48)) for kind in ("JPEG", "PNG", "WEBP") for side in range(3)]
    return {
        "stems": [partial(language.stem.__wrapped__, word) for word in WORDS],
        "search": [partial(questions.ask, f"{word} pain -{word}") for word in WORDS],
        "sanitizer": [partial(sanitizer.clean, html) for html in TEXTS],
        "rendering": [partial(rendered, html) for html in TEXTS],
        "text": [partial(read, html) for html in TEXTS for read in (text.plain_text, text.passages, text.links)],
        "readability": [partial(readability.measure, html, ["ziconotide"]) for html in TEXTS],
        "evidence": [partial(drugs.find_conflicts, html, CARDS) for html in SENTENCES],
        "credit lines": [partial(credit_line.parse, line) for line in LINES],
        "kept pages": [partial(fragments.kept, fragments.CARDS, (word,), partial(str.upper, word)) for word in WORDS],
        "pictures": [partial(take, file) for file in files for take in (intake.accept, metadata.read)],
    }


@pytest.fixture
def hasty():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def differing(asked: list[Question], *, rounds: int) -> list[tuple[object, object]]:
    """What each question gets alone, and what it got in a crowd, where that is not the same."""
    alone = [question() for question in asked]
    start = Barrier(THREADS)

    def one_of_many(number: int) -> list[tuple[object, object]]:
        first = number * len(asked) // THREADS
        start.wait()
        try:
            return [
                (alone[place], got)
                for _round in range(rounds)
                for place in (*range(first, len(asked)), *range(first))
                if (got := asked[place]()) != alone[place]
            ]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [pair for pairs in pool.map(one_of_many, range(THREADS)) for pair in pairs]


ROUNDS = {"stems": 30, "credit lines": 3, "search": 3}


@pytest.mark.parametrize("room", rooms())
def test_a_room_tells_many_threads_what_it_tells_one(hasty, room):
    assert differing(rooms()[room], rounds=ROUNDS.get(room, 1))[:3] == []


@pytest.mark.campaign
@pytest.mark.parametrize("room", rooms())
def test_a_room_tells_many_threads_for_long_what_it_tells_one(hasty, room):
    assert differing(rooms()[room], rounds=10 * ROUNDS.get(room, 1))[:3] == []


def page(address: str) -> tuple[int, bytes]:
    answer = Client().get(address)
    return answer.status_code, answer.content


@pytest.fixture
def addresses():
    lead = pictures.store(factories.picture_bytes("JPEG", (400, 230)), name="a.jpg", alt="Lines that meet.")
    factories.CreditFactory(image=lead)
    factories.print_edition(slug="pumps", title="Pumps & pain", lead_image=lead)
    return ["/", "/articles/pumps/", "/treatments/", "/feed/", "/feed.json", "/search/?q=pumps"]


@pytest.mark.django_db(transaction=True)
def test_pages_show_many_readers_what_they_show_one(hasty, addresses):
    assert differing([partial(page, address) for address in addresses], rounds=1)[:3] == []


@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_pages_show_many_readers_for_long_what_they_show_one(hasty, addresses):
    assert differing([partial(page, address) for address in addresses], rounds=10)[:3] == []
