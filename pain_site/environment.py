"""The environment: where every setting comes from, and the list of what is wrong in it.

A value that is missing or malformed does not stop the settings from loading, so that all of them can be named at once.
`pain_site.checks` names them, and keeps every command and every server from starting.
"""

import io
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
ENTRY = re.compile(r"(?:export )?[A-Za-z_0-9]+=")  # what django-environ reads; it passes over all other lines


class Malformed(ValueError):
    """A value that cannot be used. The words follow the variable's name; they never repeat what may be a password."""


class Problem(NamedTuple):
    """A setting that is missing or malformed, and what to set instead."""

    name: str
    wrong: str
    hint: str

    def __str__(self) -> str:
        return f"{self.name} {self.wrong}."


class Environment:
    """Variables, read through parsers; `problems` is what was wrong with them."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[Problem] = []

    def read(self, name: str, default: Any, parse: Callable[[str], Any], hint: str, *, unset: str = "") -> Any:
        """The value of a variable, parsed; its default where it is empty or malformed. `unset` is parsed when empty."""
        given = self.variables.get(name, "").strip() or unset
        if not given:
            return default
        try:
            given.encode()
            return parse(given)
        except Malformed as problem:
            self.refuse(name, str(problem), hint)
        except UnicodeEncodeError:
            self.refuse(name, "is not written in UTF-8", hint)
        return default

    def refuse(self, name: str, wrong: str, hint: str) -> None:
        self.problems.append(Problem(name, wrong, hint))


def loaded(path: Path) -> Environment:
    """The environment of this process, and below it the lines of a `.env`."""
    environment = Environment(os.environ)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return environment
    except (OSError, UnicodeDecodeError):
        environment.refuse(path.name, "cannot be read", "Write it in UTF-8, and let this account read it.")
        return environment
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#") and not ENTRY.match(line):
            hint = "Write NAME=value, without spaces before or after the name; begin a comment with #."
            environment.refuse(path.name, f"has a line {number} that sets nothing", hint)
    environ.Env.read_env(io.StringIO("\n".join(filter(ENTRY.match, lines))))
    return environment
