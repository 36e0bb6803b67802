"""What strangers send costs time that grows with its length alone: each parser reads shapes that slowed one somewhere.

Time is the CPU's, and only compared within one run: ten times the text may take fifteen times as long.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import pytest

from articles.evidence import (
    attributions,
    citations,
    drugs,
    figures,
    hazards,
    labels,
    procedures,
    promises,
    red_flags,
    retractions,
    routes,
    spl,
    subjects,
)
from articles.evidence.hazards import Section
from articles.images import credit_line, metadata
from articles.importing import classification, convert, decoding, plain_text
from articles.mail import addresses
from articles.mail.bounces import reports
from articles.newsletter.subscriptions import csv_lists, list_cells
from articles.publishing import published_numbers
from articles.refusal import Refused
from articles.richtext import blocks, languages, pasted, readability, sentences, text
from articles.richtext.render import page_html
from articles.richtext.sanitizer import clean
from articles.search import questions
from tests.evidence.test_hazards import CARDS
from tests.evidence.test_procedure_sentences import CARDS as PROCEDURES
from tests.evidence.test_routes import CARDS as CARDS_WITH_ROUTES
from tests.factories import picture_bytes

LABEL = Path(__file__).with_name("evidence").joinpath("labels", "ziconotide.xml").read_text()
SHAPES = {
    "nothing but blanks": " ",
    "one letter": "a",
    "codes": "5.1.1 ",
    "one digit": "1",
    "lines": "\n",
    "lines of Windows": "\r\n",
    "wide blanks": "\u3000",
    "accents": "e\u0301",
    "words": "word ",
    "sentences": "It hurts. ",
    "abbreviations": "Dr. e.g. ",
    "stops": ".",
    "dashes": "-",
    "lone dashes": " – ",
    "semicolons": "a=b; ",
    "quotation marks": '"',
    "apostrophes": "it’s ",
    "open brackets": "a (",
    "closed brackets": ")",
    "citations": "[1–3]",
    "citations never closed": "[1,",
    "addresses": "a@",
    "dotted addresses": "a@b.c.",
    "links": "https://a.b/",
    "encoded words": "=?utf-8?q?",
    "entities": "&amp;",
    "words with entities": "and &amp; or ",
    "entities never closed": "&#1",
    "control characters as entities": "&#1;",
    "open tags": "<p>",
    "closed tags": "</p>",
    "tags never closed": "<a ",
    "attributes": '<a a="b" c=d e ',
    "quotes never closed": '<a href="',
    "comments never closed": "<!--",
    "tags in a comment never closed": "<!-- <b>",
    "marked sections": "<![CDATA[",
    "nested lists": "<ul><li>",
    "nested quotations": "<blockquote>",
    "nested unknown tags": "<x>",
    "nested languages": '<span lang="fr">',
    "scripts": "<script>",
    "credits": "Photo by A B via ",
    "licenses": "CC BY-SA 4.0 / ",
    "nested links": "[x](http://a.b/) ",
    "medicines": "ziconotide is not an NSAID and ",
    "lists of medicines": "NSAIDs such as morphine, ",
    "lists of medicines and routes": "oral ibuprofen, ziconotide and morphine in a pump, by mouth ",
    "classes and routes": "an NSAID in a pump and lasmiditan, ketorolac in the epidural space can harm, ",
    "uses that are not approved": "Fentanyl in a pump helps. Clonidine is not approved. ",
    "routes": "into a vein, by mouth or epidural injections of ",
    "a medicine and negations": "ziconotide not not ",
    "questions": "What is it? ",
    "studies": "a recent study of mice found that it helps, so ",
    "signs": "chest pain: see your doctor next week; ",
    "numbers": "one in 8 people, 4 to 72 mg ",
    "procedures": "a nerve block ",
    "parts in places": "the pump is placed in the ",
    "promises": "unlike surgery it will show which ",
    "shares": "1 in 2 ",
    "years": "2021;",
}


def of_a_list(words: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        for before in ("email,source\n", "reader@example.org\n"):
            path.write_text(before + words, newline="")
            list(csv_lists.read(path))


def of_a_picture(words: str) -> None:
    said = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="{words}">{words}</a></x:xmpmeta>'
    metadata.read(picture_bytes("JPEG", xmp=said.encode()[:60_000]))


def of_a_report(words: str) -> None:
    kind = f"multipart/report; report-type=delivery-status; boundary=b; a={words}"
    part = f"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; {words}\nDiagnostic-Code: smtp; {words}"
    reports.read(f"Content-Type: {kind}\nSubject: {words}\nTo: {words}\n\n--b\n{part}\n\n{words}--b--\n".encode())


def of_a_label(words: str) -> None:
    spl.read(BytesIO(LABEL.replace("See the subsections.", words).encode()))


def beside_a_card(words: str) -> None:
    label = spl.read(BytesIO(LABEL.replace("hallucinations", escape(words)).encode()))
    labels.differences(CARDS[0], replace(label, boxed_warning=words, indications=words))


def of_stored(read: Callable[[str], object]) -> Callable[[str], object]:
    """A parser that meets nothing but what the sanitizer wrote."""
    return lambda words: read(clean(words))


def of_a_procedure(words: str) -> None:
    sections = [Section("Intrathecal pumps", words[:40]), Section("Pain pumps", f"A pump is placed. {words}")]
    for subject in procedures.subjects(sections, [], PROCEDURES):
        procedures.untold_risks(subject)
        procedures.untold_signs(subject)
        list(procedures.misplaced(subject))
        list(promises.promises(subject))


def page(html: str) -> object:
    return page_html(html, figures={}, references=3, terms={"word": "w", "hurts": "h"}, in_place=True)


PARSERS: dict[str, Callable[[str], object]] = {
    "sanitizer": clean,
    "text": of_stored(text.plain_text),
    "page": of_stored(page),
    "pasted pictures": of_stored(lambda html: pasted.in_place_of(html, "x", 1)),
    "an address that holds a picture": lambda words: pasted.data_of(f"data:;base64,{words}"),
    "languages": of_stored(languages.named),
    "blocks to compare": of_stored(blocks.blocks),
    "sentences": of_stored(sentences.cited),
    "sentences of a text": sentences.split,
    "readability": of_stored(lambda html: readability.measure(html, ["word", "spinal word"])),
    "a kind of question": text.is_yes_or_no,
    "an HTML file": lambda words: classification.sort(convert.parse(words, alone=classification.stands_alone).blocks),
    "a text file": lambda words: classification.sort(plain_text.parse(words, alone=classification.stands_alone)),
    "an encoding": lambda words: decoding.decode(f"{words}é".encode("latin-1", "replace")),
    "credit lines": lambda words: [credit_line.parse(start + words) for start in ("", "Photo: ", "© ", "“", "<i>")],
    "what resembles a credit line": credit_line.resembles,
    "a picture’s metadata": of_a_picture,
    "medicines": lambda words: drugs.find_conflicts(words, CARDS),
    "routes of medicines": lambda words: routes.find_route_conflicts(words, CARDS_WITH_ROUTES),
    "unknown medicines": lambda words: drugs.unknown_drugs(words, CARDS),
    "warnings that are missing": lambda words: hazards.untold([Section(words[:40], f"ziconotide {words}")], CARDS),
    "a label": of_a_label,
    "a label beside a card": beside_a_card,
    "what is said to be found": lambda words: attributions.find_gaps([attributions.Part(sentences.blocks(words))]),
    "other subjects": lambda words: subjects.find_transfers([("", words)], CARDS, about=["Spinal cord stimulation"]),
    "red flags": lambda words: red_flags.find_urgency_conflicts([("", words)], about="Low back pain"),
    "numbers that recur": lambda words: published_numbers.read("", [], words),
    "an article about a procedure": of_a_procedure,
    "identifiers": lambda words: (citations.normalize_doi(words), citations.normalize_pmid(words)),
    "a year": citations.year,
    "figures": figures.states_figure,
    "a reference": lambda words: retractions.identifiers({"doi": words, "pmid": words, "text": words, "url": words}),
    "retractions": lambda words: list(retractions.read(words.splitlines())),
    "a search": questions.ask,
    "a mail": of_a_report,
    "a mail server’s words": lambda words: reports.classify("5.1.1", reports.without_addresses(words)),
    "an address": lambda words: addresses.normalize(words),
    "a list of subscribers": of_a_list,
    "a day of consent": lambda words: list_cells.moments(words, at=datetime.now(UTC)),
}
AT_LEAST = 0.003  # seconds; what is quicker is not measured
READ_AT_MOST = {"credit lines": credit_line.LONGEST - 10}  # characters; what is longer is not read at all


def spent(read: Callable[[str], object], shape: str, size: int) -> float:
    words = (shape * (size // len(shape) + 1))[:size]
    began = time.process_time()
    with suppress(Refused, ValueError):
        read(words)
    return time.process_time() - began


def too_fast(read: Callable[[str], object], shape: str, large: int) -> str:
    """How the time grows, where that is faster than the text. What is quick for the long one needs no short one."""
    many = spent(read, shape, large)
    few = spent(read, shape, large // 10) if many > 15 * AT_LEAST else AT_LEAST
    for _again in range(5):  # the CPU's time, too, is longer on a busy machine; what grows too fast always does
        if many > 15 * max(few, AT_LEAST):
            few, many = min(few, spent(read, shape, large // 10)), min(many, spent(read, shape, large))
    return f"{few:.4f} s, then {many:.3f} s" if many > 15 * max(few, AT_LEAST) else ""


@pytest.mark.parametrize("large", [10_000, pytest.param(1_000_000, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("parser", PARSERS)
def test_ten_times_the_text_takes_ten_times_as_long(parser: str, large: int) -> None:
    large = min(large, READ_AT_MOST.get(parser, large))
    slow = {name: too_fast(PARSERS[parser], shape, large) for name, shape in SHAPES.items()}
    assert {name: grown for name, grown in slow.items() if grown} == {}


def test_what_takes_time_by_the_square_of_the_text_is_seen() -> None:
    assert too_fast(lambda words: re.search(r"\s+$", f"{words}x"), SHAPES["nothing but blanks"], 10_000)
