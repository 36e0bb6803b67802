"""Prints how large the house is: `python -m tests.bench.house`. Lines of product and tests, and what is too long."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONG_FILE, LONG_FUNCTION = 400, 50  # lines


def sources(*folders: str) -> list[Path]:
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    )


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONG_FUNCTION:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({length})"


def private_imports(path: Path) -> Iterator[str]:
    """Names with one underscore before them that come from another package."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and not node.level and not (node.module or "").startswith("tests"):
            names = [name.name for name in node.names if name.name.startswith("_") and not name.name.startswith("__")]
            if names or any(part.startswith("_") and not part.startswith("__") for part in str(node.module).split(".")):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.module} {', '.join(names)}"


def main() -> None:
    product, tests = sources("articles", "pain_site"), sources("tests")
    print(f"product {sum(map(lines, product)):,} lines in {len(product)} files, without migrations")
    print(f"tests   {sum(map(lines, tests)):,} lines in {len(tests)} files")
    found = {
        f"files over {LONG_FILE} lines": [
            str(path.relative_to(ROOT)) for path in product + tests if lines(path) > LONG_FILE
        ],
        f"functions over {LONG_FUNCTION} lines": [name for path in product + tests for name in long_functions(path)],
        "imports of private names": [name for path in product for name in private_imports(path)],
    }
    for what, places in found.items():
        print(f"{what}: {len(places)}", *places, sep="\n  ")


if __name__ == "__main__":
    main()
