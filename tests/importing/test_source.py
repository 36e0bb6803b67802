"""Reading files, and refusing them in one sentence."""

import os
from pathlib import Path

import pytest

from articles.importing import source


def refusal(path: Path) -> str:
    with pytest.raises(source.UnreadableFile) as refused:
        source.read(path)
    return str(refused.value)


def test_a_file_is_read_with_its_encoding_and_digest(tmp_path: Path):
    path = tmp_path / "post.txt"
    path.write_bytes(b"don\x92t stop\r\n")
    assert source.read(path) == source.Source(
        name=str(path),
        place=str(path.resolve()),
        text="don’t stop\n",
        encoding="windows-1252",
        digest="c478ee6e85bfdca3cd6d48be2f3362c22b304c6534512de49ea3f01331b6d19a",
    )


def test_what_is_no_readable_text_is_refused_in_one_sentence(tmp_path: Path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\n* * *\n")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02")
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "gone.txt") == "file not found."
    assert refusal(tmp_path) == "it is a directory. Name the files in it."
    assert refusal(tmp_path / "empty.txt") == "it is empty."
    assert refusal(tmp_path / "blank.txt") == "it contains no words."
    assert refusal(tmp_path / "binary.txt") == "it is not text: it contains binary data."
    assert refusal(tmp_path / "pipe.txt") == "it is not a regular file."
    assert refusal(tmp_path / ("x" * 300)) == "it could not be read (File name too long)."


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *args, **options: pytest.fail("it was opened"))
    assert refusal(path) == "it is larger than 5 MB. Extract the article’s text first."


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "secret.txt"
    path.write_text("Pain.")

    def forbid(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    assert refusal(path) == "you don’t have permission to read it."


def test_a_name_is_printed_on_one_line_whatever_it_holds():
    assert source.printable(os.fsdecode(b"a\nb\xff.txt")) == "a\ufffdb\ufffd.txt"
