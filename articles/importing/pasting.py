"""What comes in by the clipboard, read as a file is: the text, and an account of what was no part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from articles.importing import classification, convert, plain_text
from articles.importing.blocks import PLACE, Entry, to_html
from articles.importing.importer import waiting_credit
from articles.models import Article, ImageCredit
from articles.refusal import Refused
from articles.richtext import sanitizer

LONGEST = 2_000_000  # characters that are read; a longer paste goes in as it is


@dataclass(frozen=True)
class Pasted:
    """`html` is safe to store. `credits` are credit lines as they stood there; `entries` say what was taken out, moved
    or changed.
    """

    html: str
    title: str
    closing_question: str
    credits: list[str]
    entries: list[Entry]


def read(html: str, text: str, *, is_whole: bool) -> Pasted:
    """Reads what the clipboard holds as HTML and as plain text. Of a whole article the title and the closing question
    are told apart; of a part (not `is_whole`) they stay where they are. Raises Refused for more than is read.
    """
    if max(len(html), len(text)) > LONGEST:
        raise Refused("This is too long to be read, so it was pasted as it is. Look through it before you save.")
    alone = classification.stands_alone
    dropped: list[Entry] = []
    pictures: list[tuple[str, str]] = []
    head, blocks = None, plain_text.parse(text, alone=alone) if not html.strip() else []
    if html.strip():
        page = convert.parse(html.replace(PLACE, ""), alone=alone, keeps_pictures=True)
        dropped, blocks, head, pictures = page.dropped, page.blocks, page.head, page.pictures
    parts = classification.sort(blocks, head=head if is_whole else None, finds_ends=is_whole)
    told = [entry for entry in [*parts.entries, *dropped] if not entry.kept or entry.what not in PLAIN or entry.why]
    return Pasted(
        sanitizer.clean(_with_pictures(to_html(parts.body), pictures)),
        parts.title if is_whole else "",
        parts.closing_question,
        [credit.raw for credit in parts.credits],
        sorted(_worth_telling(told), key=lambda entry: entry.lines),
    )


def _with_pictures(html: str, pictures: Iterable[tuple[str, str]]) -> str:
    """Pictures of other sites where they stood: the editor shows their addresses, and the gate asks for their files."""
    for src, alt in pictures:
        html = html.replace(PLACE, f'<img src="{escape(src)}" alt="{escape(alt)}">', 1)
    return html


PLAIN = frozenset({"paragraph", "heading", "list item", "quotation", "separator", "table"})
# What every page of a word processor or browser is full of, and nobody misses.
NEVER_MISSED = frozenset({"<style>", "<svg>", "empty mark", "page title"})


def _worth_telling(entries: Iterable[Entry]) -> list[Entry]:
    conditional = ("[if ", "[endif", "StartFragment", "EndFragment")
    return [
        entry
        for entry in entries
        if entry.what not in NEVER_MISSED and not (entry.what == "comment" and entry.text.startswith(conditional))
    ]


def keep_credits(article: Article, lines: Iterable[str]) -> None:
    """Credit lines that were pasted, waiting for their pictures as those of an imported file do; each line once."""
    waiting = set(article.waiting_credits.values_list("raw", flat=True))
    found = [line for line in dict.fromkeys(each.strip() for each in lines) if line and line not in waiting]
    ImageCredit.objects.bulk_create(waiting_credit(article, line) for line in found)
