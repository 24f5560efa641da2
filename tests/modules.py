"""The modules of the package: where they lie, and which import which. No tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import newsparse

PACKAGE = Path(newsparse.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "data")
FOLDERS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def name_of(path: Path) -> str:
    """A module's name below ``newsparse``: ``lines.classify``, ``record``, ``__init__``; a folder's is its own."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


def tree(path: Path) -> ast.Module:
    """What Python reads in a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[str]:
    """All that is imported by some statements, as dotted names."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def own(names: Iterator[str]) -> set[str]:
    """Those of the imported names that are modules of the package."""
    folders = {folder.name for folder in FOLDERS}
    return {short for name in names if (short := name.removeprefix("newsparse.")) in NAMES and short not in folders}
