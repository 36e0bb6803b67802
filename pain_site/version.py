"""The product's version: the one that `pyproject.toml` names, in this checkout."""

import tomllib

from pain_site.environment import BASE_DIR

VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]
