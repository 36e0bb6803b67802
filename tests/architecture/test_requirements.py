"""What is installed: the pins that people read, and the lock file with every version and hash behind them."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import needs

ROOT = Path(__file__).parents[2]
PINNED = ["requirements.txt", "pain_site/deploy/requirements.txt", "tests/requirements.txt"]
LOCK = ROOT / "tests/requirements.lock"
LOCKED = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+")


def pins(name: str) -> dict[str, str]:
    """The versions that a file asks for exactly, by package."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    asked = [Requirement(line) for line in lines if line and not line.startswith("-r ")]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in asked}


def locked() -> list[str]:
    """The lock file's packages, each on one line with its hashes."""
    text = re.sub(r"^ *#.*\n", "", LOCK.read_text(), flags=re.MULTILINE)
    return re.sub(r" \\\n +", " ", text).splitlines()


def locked_here() -> dict[str, str]:
    """The versions that the lock file asks for on this machine."""
    asked = [Requirement(line.partition(" --hash")[0]) for line in locked()]
    return {one.name: str(one.specifier)[2:] for one in asked if one.marker is None or one.marker.evaluate()}


@pytest.mark.parametrize("name", PINNED)
def test_every_pin_is_locked_at_its_version(name):
    asked, kept = pins(name), locked_here()
    assert {package: kept.get(package) for package in asked} == asked


def test_the_lock_file_holds_versions_and_hashes_and_no_address():
    assert [line for line in locked() if not LOCKED.fullmatch(line)] == []


def test_what_is_installed_is_what_the_lock_file_says():
    """`pip install -r` takes the newest release of what our packages ask for; `.ci/run` installs what is locked."""
    installed = {canonicalize_name(one.metadata["Name"]): one.version for one in metadata.distributions()}
    kept = locked_here()
    if other := {name: installed.get(name) for name in kept if installed.get(name) != kept[name]}:
        how = "pip install --require-hashes -r tests/requirements.lock"
        needs.left_out(f"The locked version of {', '.join(other)}", how)


def test_the_oldest_python_is_the_same_wherever_it_has_to_be_named():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    oldest = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["mypy"]["python_version"] == oldest
    assert "target-version" not in project["tool"]["ruff"], "ruff reads requires-python"
    assert f"Python {oldest} or later" in (ROOT / "README.md").read_text()
    assert f"--python-version {oldest} " in LOCK.read_text()


def test_new_versions_are_proposed_for_every_folder_that_pins_some():
    proposed = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())["updates"]
    folders = {one["package-ecosystem"]: one.get("directories") or [one["directory"]] for one in proposed}
    assert {f"/{name}".rpartition("/")[0] or "/" for name in PINNED} <= set(folders["pip"])
    assert folders["docker"] == folders["docker-compose"] == ["/pain_site/deploy"]
    named = {name for folder in folders.values() for name in folder}
    assert [name for name in named if not (ROOT / name.lstrip("/")).is_dir()] == []
