"""The floors of the house: imports point down, and some doors have one key."""

import ast
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
    assert files_that_say(r"\bmark_safe\b") == {"articles/richtext/render.py"}
    assert all(name.startswith("articles/images/") for name in files_that_say(r"^\s*(import|from) PIL"))
    assert all(name.startswith("articles/mail/") for name in files_that_say(r"(import|from) django\.core\.mail"))
    assert files_that_say(r"^\s*(import|from) (storages|boto3|botocore)\b") == {"articles/images/bucket.py"}
    assert files_that_say(r"^\s*(import|from) redis\b") == {"pain_site/redis_cache.py"}


def test_the_cache_holds_nothing_that_the_site_would_miss():
    """Those on this list can do with a cache that is empty at every moment (decision 7); limits are in the database."""
    assert files_that_say(r"django\.core\.cache import") - {"pain_site/redis_cache.py"} == {
        "articles/admin/certificate.py",  # without it, the certificate is asked for each time
        "articles/publishing/pictures/receivers.py",  # where the clock goes on; without it, it begins at the first
        "articles/publishing/share_cards.py",  # the same
        "articles/views/fragments.py",  # without it, a page is made each time
        "articles/views/readiness.py",  # asks whether anything is kept
    }


def test_nothing_but_the_press_makes_an_edition_and_nothing_gets_past_its_gate():
    made = r"(?<!class )\bEdition\(|\beditions\.a?(create|add|bulk|get_or|update_or)"
    made += r"|Edition\.objects\.a?(create|bulk_create|get_or_create|update_or_create)"
    assert files_that_say(made) == {"articles/publishing/printing.py"}
    assert files_that_say(r"\bprint_edition\b") == {"articles/publishing/printing.py", "articles/publishing/press.py"}
    press = ast.parse((ROOT / "articles/publishing/press.py").read_text())
    calls = {
        verb.name: {
            call.func.id for call in ast.walk(verb) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        }
        for verb in press.body
        if isinstance(verb, ast.FunctionDef)
    }
    # A withdrawal prints that there is nothing to read any more, and nothing that the gate would judge.
    assert {name for name, called in calls.items() if "print_edition" in called} == {"_judge_and_print", "withdraw"}
    judged = ast.unparse(next(verb for verb in press.body if getattr(verb, "name", "") == "_judge_and_print"))
    assert judged.index("checks.examine(") < judged.index("raise PublishingRefused") < judged.index("print_edition(")


def test_every_exception_is_a_refusal_but_a_signal_to_stop():
    named = files_that_say(r"^class \w+\((Exception|\w*Error)\)")
    assert {name for name in named if name.startswith("articles/")} == {
        "articles/refusal.py",
        "articles/images/storage.py",
        "articles/management/commands/serve.py",
        "articles/mail/transports/smtp.py",
    }


def test_parsers_and_rule_tables_are_plain_python():
    plain = ["importing/plain_text.py", "richtext/policy.py"]
    for room in ("licenses", "credit_line"):
        plain += [str(path.relative_to(ROOT / "articles")) for path in (ROOT / "articles/images" / room).glob("*.py")]
    plain += [str(path.relative_to(ROOT / "articles")) for path in (ROOT / "articles/evidence").glob("*.py")]
    assert not files_that_say(r"^\s*(import|from) django") & {f"articles/{name}" for name in plain}


def test_migrations_import_no_application_code():
    migrations = list((ROOT / "articles/migrations").glob("*.py"))
    assert [
        path.name for path in migrations if re.search(r"^\s*(import|from) articles", path.read_text(), re.MULTILINE)
    ] == []
