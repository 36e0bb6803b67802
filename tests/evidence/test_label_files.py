"""Files of labels: one label, a zip, zips in a zip; what is broken in it is named, and the rest is read."""

import io
import zipfile
from pathlib import Path

import pytest

from articles.evidence import label_files

LABELS = Path(__file__).parent / "labels"


def read(path):
    """The generic name of each label, or why there is none, by its place in the file."""
    return [(found.file, found.label.generics[0] if found.label else found.problem) for found in label_files.read(path)]


def zipped(members, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data):
        path = tmp_path / "labels.zip"
        path.write_bytes(data)
        return path

    return write


LABEL = (LABELS / "gabapentin.xml").read_bytes()


def test_a_file_is_one_label():
    assert read(LABELS / "ziconotide.xml") == [("ziconotide.xml", "ziconotide acetate")]


def test_a_release_has_zips_in_a_zip():
    assert read(LABELS / "release.zip") == [
        ("release.zip/prescription/2025_naproxen.zip/naproxen.xml", "Naproxen Sodium"),
        ("release.zip/prescription/2025_gabapentin.zip/gabapentin.xml", "gabapentin"),
    ]


def test_what_is_no_label_is_named_and_the_rest_is_read(file):
    whole = zipped({"a.xml": LABEL})
    path = file(
        zipped({"letter.xml": b"Dear", "cut.zip": whole[:-30], "deep.zip": zipped({"in.zip": whole}), "a.xml": LABEL})
    )
    assert read(path) == [
        ("labels.zip/letter.xml", "It isn’t XML."),
        ("labels.zip/cut.zip", "It is a broken zip."),
        ("labels.zip/deep.zip/in.zip", "It is a zip in a zip in a zip."),
        ("labels.zip/a.xml", "gabapentin"),
    ]


def test_a_member_that_is_damaged_is_named_and_the_rest_is_read(file):
    data = bytearray(zipped({"a.xml": LABEL, "b.xml": LABEL}))
    data[60:90] = bytes(30)
    assert read(file(bytes(data))) == [
        ("labels.zip/a.xml", "It is broken within its zip."),
        ("labels.zip/b.xml", "gabapentin"),
    ]


def test_an_encrypted_member_is_named(file):
    data = bytearray(zipped({"a.xml": LABEL}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert read(file(bytes(data))) == [("labels.zip/a.xml", "It is encrypted.")]


def test_a_zip_without_labels_says_so(file):
    assert read(file(zipped({"a.jpg": b"\xff\xd8"}))) == [("labels.zip", "There is no XML file in it.")]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert read(tmp_path / "gone.xml") == [("gone.xml", "It can’t be read: No such file or directory.")]
    assert read(tmp_path) == [(tmp_path.name, "It can’t be read: Is a directory.")]


def bomb(blanks):
    """XML that is blanks, which pack a thousandfold."""
    return LABEL.replace(b"</document>", b" " * blanks + b"</document>")


@pytest.mark.parametrize("inner", [False, True])
def test_a_zip_that_unpacks_without_end_is_left_after_what_labels_may_take(file, monkeypatch, inner):
    monkeypatch.setattr(label_files, "AT_LEAST", 1_000_000)
    bombs = {f"{number}.xml": bomb(800_000) for number in range(4)}
    path = file(zipped({"in.zip": zipped(bombs), "a.xml": LABEL}) if inner else zipped({**bombs, "a.xml": LABEL}))
    found = read(path)
    assert [answer for _place, answer in found if answer == "gabapentin"] == ["gabapentin"]
    assert found[-1] == ("labels.zip", "It unpacks to far more than labels do. The rest of this zip was not read.")


def test_a_zip_in_a_zip_is_copied_no_further_than_its_limit(file, monkeypatch):
    monkeypatch.setattr(label_files, "LARGEST_ZIP", 1_000_000)
    path = file(zipped({"in.zip": bytes(2_000_000), "a.xml": LABEL}))
    assert read(path) == [("labels.zip/in.zip", "It is larger than 1 MB."), ("labels.zip/a.xml", "gabapentin")]


def test_a_zip_with_too_many_members_is_refused(file, monkeypatch):
    monkeypatch.setattr(label_files, "MOST_MEMBERS", 1)
    assert read(file(zipped({"a.xml": LABEL, "b.xml": LABEL}))) == [("labels.zip", "It has more than 1 files.")]
