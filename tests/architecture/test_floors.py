"""The floors of the house: imports point down, and some doors have one key."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [path for name in ("articles", "pain_site") for path in (ROOT / name).rglob("*.py")]


def test_imports_point_down():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files_that_say(pattern: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in SOURCES if re.search(pattern, path.read_text(), re.MULTILINE)}


def test_each_of_these_is_imported_in_one_place():
    assert files_that_say(r"^\s*(import|from) ckeditor") == {"articles/richtext/widgets.py"}
    assert files_that_say(r"^\s*(import|from) nh3") == {"articles/richtext/sanitizer.py"}
    assert files_that_say(r"(import|from) django\.core\.mail") == {"articles/newsletter/sending/door.py"}
    assert files_that_say(r"\bmark_safe\b") == {"articles/richtext/render.py"}
    assert all(name.startswith("articles/images/") for name in files_that_say(r"^\s*(import|from) PIL"))


def test_parsers_and_rule_tables_are_plain_python():
    plain = ["importing/plain_text.py", "richtext/policy.py"]
    for room in ("licences", "credit_line"):
        plain += [str(path.relative_to(ROOT / "articles")) for path in (ROOT / "articles/images" / room).glob("*.py")]
    plain += [str(path.relative_to(ROOT / "articles")) for path in (ROOT / "articles/evidence").glob("*.py")]
    assert not files_that_say(r"^\s*(import|from) django") & {f"articles/{name}" for name in plain}


def test_migrations_import_no_application_code():
    migrations = list((ROOT / "articles/migrations").glob("*.py"))
    assert [
        path.name for path in migrations if re.search(r"^\s*(import|from) articles", path.read_text(), re.MULTILINE)
    ] == []
