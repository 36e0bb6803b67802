"""The command `import_text`, as a person and a program meet it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from articles.importing import convert
from articles.models import Article, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text("Pacing\n\nRest is a skill [1].\n\nPhoto: M. Fern / Flickr\n\nPrint\n")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_text", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as done:
        return int(done.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_person_reads_what_was_kept_what_was_dropped_and_what_the_gate_wants(post: Path):
    code, out, err = run(post, "--section", "news")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:6] == [
        f"{post}: imported (UTF-8)",
        "  draft    “Pacing”, address pacing, news",
        "  kept     1 title, 1 paragraph, 1 credit line",
        "  line 5: kept as credit line; author M. Fern, source Flickr; not stated: license, link",
        "  line 7: dropped share and print buttons “Print”; it belongs to the old page, not to the article",
        "  Must fix before publishing:",
    ]
    assert [line.split()[0] for line in lines[6:]] == [
        "standfirst.missing",
        "byline.missing",
        "disclosure.missing",
        "reference.dangling",
        "jama.attribution",
        "credit.waiting",
    ]


def test_json_is_one_document_and_nothing_else(post: Path, tmp_path: Path):
    code, out, err = run(post, tmp_path / "gone.txt", "--json")
    assert (code, err) == (1, f"{tmp_path / 'gone.txt'} was not imported: file not found.\n")
    first, second = json.loads(out)["files"]
    assert (first["outcome"], first["slug"], first["kept"]) == (
        "imported", "pacing", {"title": 1, "paragraph": 1, "credit line": 1}
    )  # fmt: skip
    assert first["lines"][-1] == {
        "lines": [7],
        "kept": False,
        "as": "share and print buttons",
        "text": "Print",
        "why": "it belongs to the old page, not to the article",
    }
    assert (second["outcome"], second["problem"], second["lines"]) == ("unreadable", "file not found.", [])


def test_the_other_files_come_in_when_some_cannot_be_read(post: Path, tmp_path: Path):
    (tmp_path / "empty.txt").touch()
    code, _out, err = run(tmp_path, tmp_path / "empty.txt", post)
    assert (code, err.splitlines()) == (
        1,
        [
            f"{tmp_path} was not imported: it is a directory. Name the files in it.",
            f"{tmp_path / 'empty.txt'} was not imported: it is empty.",
        ],
    )
    assert Article.objects.get().title == "Pacing"


def test_a_dry_run_says_so_and_writes_nothing(post: Path):
    code, out, _err = run(post, "--dry-run")
    assert (code, out.splitlines()[0]) == (0, f"{post}: would be imported (UTF-8)")
    assert not Article.objects.exists()


def test_a_second_run_says_that_nothing_was_changed(post: Path):
    run(post)
    code, out, _err = run(post)
    assert (code, out.splitlines()[0], Article.objects.count()) == (0, f"{post}: in already", 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--section", "recipes"],
            "Section “recipes” doesn’t exist. Choose one of conditions, treatments, news. Nothing was imported.",
        ),
        (["--title", "x" * 201], "A title must be one line of at most 200 characters. Nothing was imported."),
        (["--title", "a\nb"], "A title must be one line of at most 200 characters. Nothing was imported."),
        (
            ["other.txt", "--title", "Pacing"],
            "--title works for a single file only. Nothing was imported.",
        ),
    ],
)
def test_arguments_that_cannot_be_are_refused_before_anything_is_imported(
    post: Path, arguments: list[str], sentence: str
):
    with pytest.raises(CommandError) as refused:
        run(post, *arguments)
    assert str(refused.value) == sentence
    assert not Article.objects.exists()


def test_a_remark_on_more_than_one_line_names_them_all(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        "<p>Rest.</p><style>\np { color: red; and many other things that make a line too long to show }</style>"
    )
    _code, out, _err = run(path)
    assert out.splitlines()[3] == (
        "  lines 1-2: dropped <style> “p { color: red; and many other things that make a line too long to…”;"
        " it belonged to the old page’s code and is not text"
    )


def test_a_database_that_answers_nothing_is_told_in_one_sentence(post: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*arguments: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(Section.objects, "all", fail)
    with pytest.raises(CommandError, match=r"^Nothing was imported: the database is locked by another program; "):
        run(post, "--section", "news")


def test_a_title_can_be_given(post: Path):
    run(post, "--title", " How to rest ")
    assert Article.objects.get().title == "How to rest"


@pytest.mark.parametrize("marked", ["<![ if !IE]>", "<![>", "<![endif]>", "<![foo["])
def test_a_marked_section_of_a_word_processor_keeps_no_file_out(tmp_path: Path, marked: str):
    path = tmp_path / "old.html"
    path.write_text(f"<h1>Pacing</h1><p>Rest is a skill.</p>{marked}<p>So is work.</p>")
    code, _out, err = run(path)
    assert (code, err) == (0, "")
    assert "Rest is a skill." in Article.objects.get().body


def test_a_file_that_a_reader_of_ours_stumbles_over_keeps_no_other_out(tmp_path: Path, post: Path, monkeypatch):
    odd = tmp_path / "odd.html"
    odd.write_text("<p>Odd.</p>")
    parse = convert.parse

    def stumble(html: str, **kwargs: Any) -> object:
        if "Odd" in html:
            raise AssertionError("unknown status keyword")
        return parse(html, **kwargs)

    monkeypatch.setattr(convert, "parse", stumble)
    code, _out, err = run(odd, post)
    problem = "it holds something that can’t be read; the server’s log says more."
    assert (code, err) == (1, f"{odd} was not imported: {problem}\n")
    assert Article.objects.get().title == "Pacing"
