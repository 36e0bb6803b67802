"""Files to drafts: what is written, what never is, and the account of every line."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.db import OperationalError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.importing import importer
from articles.importing.blocks import is_blank
from articles.importing.importer import import_file, import_files
from articles.models import Article, Edition, ImageCredit, Reference, Review, Revision, Section
from articles.publishing import desk
from articles.richtext import text as richtext
from tests.properties import examples

POST = """\ufeffWalking with sciatica

Short walks help more people than long rests do [2].

- Start with five\u00a0minutes
  - on flat ground
- Add one a day

Image by still-meadow via Flickr

What got you walking again?

Weekly updates on conditions, treatments, and news about everything happening inside pain medicine.
You have Successfully Subscribed!
"""
PAGE = """<title>A nerve test | Our Clinic</title>
<h1>A nerve test</h1>
<p onclick="go()">It is short. <a href="javascript:go()">Watch</a><script>go()</script></p>
<p><img src="room.jpg"><br><em>Photo: Mara Fern / Flickr, CC BY 2.0, https://flickr.com/p/7</em></p>
<p>Was yours?</p>
"""


def written(folder: Path, text: str, name: str = "post.txt") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, newline="")
    return path


def everything() -> dict[str, int]:
    return {
        model.__name__: model.objects.count() for model in (Article, Revision, ImageCredit, Review, Edition, Reference)
    }


NOTHING = dict.fromkeys(("Article", "Revision", "ImageCredit", "Review", "Edition", "Reference"), 0)


@pytest.mark.django_db
def test_a_post_becomes_a_draft_with_its_credit_line_and_question(tmp_path: Path):
    report = import_file(written(tmp_path, POST), section=Section.objects.get(slug="conditions"))

    article = Article.objects.get()
    assert (article.title, article.slug, article.section.slug) == (
        "Walking with sciatica",
        "walking-with-sciatica",
        "conditions",
    )
    assert article.body == (
        "<p>Short walks help more people than long rests do [2].</p>\n"
        "<ul><li>Start with five minutes<ul><li>on flat ground</li></ul></li><li>Add one a day</li></ul>"
    )
    assert article.closing_question == "What got you walking again?"
    assert (article.standfirst, article.disclosure, article.created_by, article.version) == ("", "", None, 1)
    credit = article.waiting_credits.get()
    assert (credit.image, credit.creator, credit.source, credit.source_url, credit.license, credit.raw) == (
        None, "still-meadow", "Flickr", "", "", "Image by still-meadow via Flickr"
    )  # fmt: skip
    assert everything() == NOTHING | {"Article": 1, "Revision": 1, "ImageCredit": 1}
    assert [(list(entry.lines), entry.kept, entry.what) for entry in report.entries] == [
        ([1], True, "title"),
        ([3], True, "paragraph"),
        ([5], True, "list item"),
        ([6], True, "list item"),
        ([7], True, "list item"),
        ([9], True, "credit line"),
        ([11], True, "closing question"),
        ([13], False, "subscribe box"),
        ([14], False, "subscribe box"),
    ]
    assert {finding.id for finding in report.findings} >= {"byline.missing", "review.missing", "reference.dangling"}


@pytest.mark.django_db
def test_a_page_comes_in_clean_and_only_a_license_that_its_line_states(tmp_path: Path):
    report = import_file(written(tmp_path, PAGE, "page.html"))

    article = Article.objects.get()
    assert (article.title, article.body, article.closing_question, article.section) == (
        "A nerve test", "<p>It is short. Watch</p>", "Was yours?", None
    )  # fmt: skip
    credit = article.waiting_credits.get()
    assert (credit.creator, credit.source, credit.source_url, credit.license) == (
        "Mara Fern", "Flickr", "https://flickr.com/p/7", "cc-by-2.0"
    )  # fmt: skip
    assert [(entry.what, entry.text) for entry in report.dropped] == [
        ("page title", "A nerve test | Our Clinic"),
        ("script", "onclick=go()"),
        ("link", "javascript:go()"),
        ("script", "go()"),
        ("picture", "room.jpg"),
    ]


@pytest.mark.django_db
def test_a_post_from_windows_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / "heat.txt"
    path.write_bytes(
        "HEAT OR ICE\r\n\r\nIt doesn’t matter much — try both:\r\n\r\n1. Heat.\r\n2. Ice.\r\n".encode("cp1252")
    )
    report = import_file(path)
    article = Article.objects.get()
    assert (report.encoding, article.title, article.body) == (
        "windows-1252",
        "Heat or ice",
        "<p>It doesn’t matter much — try both:</p>\n<ol><li>Heat.</li><li>Ice.</li></ol>",
    )
    assert report.entries[0].why == "was all in capitals. Check names and abbreviations"


@pytest.mark.django_db
def test_a_text_without_a_title_gets_a_placeholder_that_the_gate_refuses(tmp_path: Path):
    report = import_file(
        written(tmp_path, "Pain that stays after an operation has many names and one thing in common. More.\n\nEnd.")
    )
    article = Article.objects.get()
    assert article.title == "[Title wanted] Pain that stays after an operation has many names and one…"
    assert article.slug == "pain-that-stays-after-an-operation-has-many-names-and-one"
    assert "title.placeholder" in {finding.id for finding in report.findings}
    assert report.notes == [
        "It has no title. One was made from its first sentence; write a real one before publishing."
    ]


@pytest.mark.django_db
def test_a_second_import_of_the_same_bytes_changes_nothing_and_says_so(tmp_path: Path):
    path = written(tmp_path, POST)
    import_file(path)
    before = everything(), list(Article.objects.values())
    again = [import_file(path), import_file(written(tmp_path, POST, "other.txt"), title="Other")]
    assert (everything(), list(Article.objects.values())) == before
    on = Article.objects.get().created_at
    assert [(report.outcome, report.slug, report.notes) for report in again] == [
        (
            "unchanged",
            "walking-with-sciatica",
            [f"These exact bytes were imported on {on:%Y-%m-%d}. Nothing was changed."],
        )
    ] * 2


@pytest.mark.django_db
def test_a_changed_file_overwrites_nothing_and_comes_in_under_a_title_of_its_own(tmp_path: Path):
    path = written(tmp_path, POST)
    import_file(path)
    before = everything(), list(Article.objects.values())
    written(tmp_path, POST.replace("Short walks", "Slow walks"))
    report = import_file(path)
    assert (everything(), list(Article.objects.values())) == before
    assert (report.outcome, report.slug, report.notes[0][:49]) == (
        "differs", "walking-with-sciatica", "It differs from the file of this name that was im"
    )  # fmt: skip
    assert import_file(path, title="Slow walks").outcome == "imported"
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_files_of_one_name_in_two_folders_are_two_texts(tmp_path: Path):
    paths = [written(tmp_path / year, f"Pain in {year}.", "index.txt") for year in ("2012", "2013")]
    assert [report.outcome for report in import_files(paths)] == ["imported", "imported"]


@pytest.mark.django_db
def test_equal_titles_get_addresses_of_their_own(tmp_path: Path):
    paths = [written(tmp_path, f"Pacing\n\nText {number}.", f"{number}.txt") for number in range(3)]
    assert [report.slug for report in import_files(paths)] == ["pacing", "pacing-2", "pacing-3"]


@pytest.mark.django_db
def test_a_long_title_gets_an_address_of_whole_words(tmp_path: Path):
    report = import_file(written(tmp_path, "Text."), title="Understanding " * 10)
    assert report.slug == "-".join(["understanding"] * 5)


@pytest.mark.django_db
def test_a_title_without_latin_letters_gets_no_address_by_itself(tmp_path: Path):
    report = import_file(written(tmp_path, "痛みと天気\n\n痛みは天気で変わる。"))
    assert (report.title, report.slug) == ("痛みと天気", "")


@pytest.mark.django_db
def test_a_dry_run_reports_all_and_changes_nothing(tmp_path: Path):
    path = written(tmp_path, POST)
    dry = import_file(path, dry_run=True)
    assert everything() == NOTHING
    real = import_file(path)
    assert (dry.outcome, dry.slug, dry.entries, dry.findings) == ("imported", real.slug, real.entries, real.findings)


@pytest.mark.django_db
def test_one_unreadable_file_does_not_keep_the_others_out(tmp_path: Path):
    paths = [written(tmp_path, "One."), tmp_path / "gone.txt", written(tmp_path, "Two.", "two.txt")]
    assert [(report.outcome, report.problem) for report in import_files(paths)] == [
        ("imported", ""),
        ("unreadable", "file not found."),
        ("imported", ""),
    ]


@pytest.mark.django_db
def test_a_file_of_nothing_but_boilerplate_makes_no_article(tmp_path: Path):
    report = import_file(written(tmp_path, "You have Successfully Subscribed!\n"))
    assert (report.outcome, report.problem) == ("unreadable", "it contains no text for an article.")
    assert [entry.what for entry in report.entries] == ["subscribe box"]
    assert everything() == NOTHING


@pytest.mark.django_db
def test_what_may_be_a_credit_and_cannot_be_read_waits_on_the_desk_and_stays_in_the_text(tmp_path: Path):
    line = "Photo: The pump before (left) and after (right), by somebody of the clinic"
    report = import_file(written(tmp_path, f"A pump is small.\n\n{line}\n\nImage by image the scan builds up.\n"))
    credit = ImageCredit.objects.waiting().get()
    assert (credit.raw, credit.creator, credit.source, credit.license) == (line, "", "", "")
    assert line in richtext.plain_text(Article.objects.get().body)
    assert "credit.waiting" in [finding.id for finding in report.findings]
    [entry] = [entry for entry in report.entries if entry.text == line]
    assert entry.why == "it may be a picture’s credit; an editor should check it"


@pytest.mark.django_db
def test_a_title_that_a_credit_line_quotes_is_kept(tmp_path: Path):
    import_file(written(tmp_path, "Text.\n\n“Winter harbour” by Nadia Fenn via Flickr, CC BY 2.0"))
    credit = ImageCredit.objects.get()
    assert (credit.title, credit.creator, credit.license) == ("Winter harbour", "Nadia Fenn", "cc-by-2.0")


@pytest.mark.django_db
def test_what_a_credit_line_says_at_too_great_length_stays_in_its_raw_line(tmp_path: Path):
    line = f"Photo: Mara Fern / Flickr, https://flickr.com/{'7' * 170}"
    import_file(written(tmp_path, f"Text.\n\n{line}"))
    assert ImageCredit.objects.get().raw == line
    long = importer.CreditLine(
        creator="M" * 201, source="S" * 121, license="no-such", url="https://x.org/" + "y" * 500, raw="r"
    )
    credit = importer._stated(Article.objects.get(), long)
    assert (credit.creator, credit.source, credit.license, credit.source_url, credit.raw) == ("", "", "", "", "r")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("database is locked", "the database is locked by another program; try again later."),
        ("attempt to write a readonly database", "the database is read-only for this user."),
        ("disk I/O error\nmore", "the database refused it (disk I/O error)."),
    ],
)
def test_a_database_that_takes_nothing_is_told_in_one_sentence(tmp_path: Path, monkeypatch, said: str, sentence: str):
    def fail(*args, **options):
        raise OperationalError(said)

    monkeypatch.setattr(importer.ImageCredit.objects, "bulk_create", fail)
    reports = import_files([written(tmp_path, POST), written(tmp_path, "Two.", "two.txt")])
    assert [(report.outcome, report.problem) for report in reports] == [
        ("failed", sentence),
        ("failed", "it was not tried after the earlier error."),
    ]
    assert everything() == NOTHING


MARKS = st.sampled_from(["", "", "", "- ", "  • ", "1. ", "2. ", "> ", "## ", "    "])
WORDS = st.sampled_from(
    ["Pain stays", "pain stays.", "What helps you?", "[3] of 5\u00a0mg", "BEFORE YOU GO", "Share", "Email",
     "Photo: M. Fern / Flickr", "Image by still-meadow via Flickr", "Sign up for our newsletter!", "* * *", "<b>&amp;",
     "Photo: The pump before (left) and after, 2014", "Rest", "a", "Write:", "", ""]
)  # fmt: skip


@pytest.fixture
def unsaved(monkeypatch: pytest.MonkeyPatch) -> dict:
    """What would be written, with the database left out: the property below runs many times."""
    kept: dict = {}
    monkeypatch.setattr(desk, "save", lambda article, by: kept.update(article=article))
    monkeypatch.setattr(importer.checks, "run", lambda article: [])
    monkeypatch.setattr(importer.ImageCredit.objects, "bulk_create", lambda made: kept.update(credits=list(made)))
    return kept


def test_every_line_is_accounted_for_once_and_what_is_kept_is_in_the_draft(unsaved: dict):
    @settings(max_examples=examples(50))
    @given(st.lists(st.builds("{}{}".format, MARKS, WORDS), max_size=10))
    @example(["## ", "1. Photo: M. Fern / Flickr"])
    def check(lines: list[str]) -> None:
        unsaved.clear()
        read = importer.source.Source("post.txt", "post.txt", "\n".join(lines), "UTF-8", "0" * 64)
        report = importer._draft(read, title="", section=None, dry_run=False)
        accounted = [number for entry in report.entries for number in entry.lines]
        assert accounted == [number for number, line in enumerate(lines, 1) if not is_blank(line)]
        if report.outcome == "imported":
            article = unsaved["article"]
            waiting = {entry.text for entry in report.entries if entry.why.endswith("an editor should check it")}
            assert waiting <= {credit.raw for credit in unsaved["credits"]}
            captions = {entry.text for entry in report.entries if "it ends in a credit" in entry.why}
            title = "" if article.title.startswith(Article.PLACEHOLDER) else article.title
            parts = [
                title,
                richtext.plain_text(article.body),
                article.closing_question,
                *(c.raw for c in unsaved["credits"] if c.raw not in waiting | captions),  # which stay in the body
            ]
            said = [entry.text for entry in report.entries if entry.kept and entry.what != "separator"]
            assert words(" ".join(parts)) == words(" ".join(said))

    check()


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))
