"""`import_labels`: every file is accounted for; what is refused is one line, and the rest goes on."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.management.base import CommandError
from articles.models import Drug, Label

INJECTED = [{"status": "approved", "routes": ["under the skin"], "source": "label"}]

pytestmark = pytest.mark.django_db

LABELS = Path(__file__).parents[1] / "evidence" / "labels"


def run(*files, **options):
    """What the command wrote, and how it ended."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_labels", *map(str, files), stdout=out, stderr=err, **options)
    except SystemExit as ended:
        code = ended.code
    return out.getvalue(), err.getvalue(), code


def test_labels_are_read_from_files_and_zips():
    out, err, code = run(LABELS / "ziconotide.xml", LABELS / "release.zip")
    assert (err, code) == ("", 0)
    assert out.splitlines() == [
        "ziconotide.xml: ziconotide, version 3, new",
        "release.zip/prescription/2025_naproxen.zip/naproxen.xml: naproxen, version 1, new",
        "release.zip/prescription/2025_gabapentin.zip/gabapentin.xml: gabapentin, version 7, new",
        "3 labels: 3 new, 0 older, 0 unchanged, 0 no card, 0 refused. What differs waits on the desk, under Labels.",
    ]
    assert set(Drug.objects.exclude(label=None).values_list("name", flat=True)) == {
        "ziconotide",
        "naproxen",
        "gabapentin",
    }


def test_what_differs_is_named():
    Drug.objects.filter(name="gabapentin").update(routes=INJECTED)
    out, _err, _code = run(LABELS / "gabapentin.xml")
    assert "  The label’s route is oral; the card says “under the skin”." in out.splitlines()


def test_what_is_refused_is_one_line_and_the_rest_goes_on(tmp_path):
    cut, letter, spanish = (tmp_path / f"{name}.xml" for name in ("cut", "letter", "spanish"))
    words = (LABELS / "ziconotide.xml").read_text()
    cut.write_text(words[:2000])
    letter.write_text("Dear editors")
    spanish.write_text(words.replace("en-US", "es"))
    out, err, code = run(cut, letter, spanish, tmp_path / "gone.xml", LABELS / "naproxen.xml")
    assert code == 1
    assert err.splitlines() == [
        "cut.xml was refused: It breaks off or isn’t well-formed XML at line 37.",
        "letter.xml was refused: It isn’t XML.",
        "spanish.xml was refused: It is written in another language (es).",
        "gone.xml was refused: It can’t be read: No such file or directory.",
    ]
    assert "5 labels: 1 new, 0 older, 0 unchanged, 0 no card, 4 refused." in out
    assert [str(label) for label in Label.objects.all()] == ["Specimol, version 1"]


def test_running_again_changes_nothing():
    run(LABELS / "release.zip")
    before = list(Label.objects.values())
    out, _err, _code = run(LABELS / "release.zip")
    assert "2 labels: 0 new, 0 older, 2 unchanged, 0 no card, 0 refused." in out
    assert list(Label.objects.values()) == before


def test_json_is_one_document_and_nothing_else(tmp_path):
    letter = tmp_path / "letter.xml"
    letter.write_text("Dear editors")
    out, _err, code = run(LABELS / "gabapentin.xml", letter, json=True)
    assert code == 1
    assert json.loads(out) == {
        "files": [
            {
                "file": "gabapentin.xml",
                "outcome": "new",
                "set_id": "00000000-0000-4000-8000-000000000003",
                "version": 7,
                "title": "Gabapentin capsules",
                "card": "gabapentin",
                "differences": [],
            },
            {"file": "letter.xml", "outcome": "refused", "problem": "It isn’t XML."},
        ]
    }


def test_it_wants_a_file():
    with pytest.raises(CommandError, match="FILE"):
        call_command("import_labels")
