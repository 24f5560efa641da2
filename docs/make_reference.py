"""Write the tables of the documentation: fields, formats, warnings, roles, kinds, options and modules.

    python docs/make_reference.py

A table stands below a comment with its name, ``<!-- fields -->``, in architecture.md or in a page of
reference/. Everything else in these pages is written by hand. A test fails where a table is not up to date.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from newsparse.record import DROPPED, FIELDS, Kind, Role, WarningCode
from newsparse.running import cli
from newsparse.writing.write import BY_NAME, DERIVED

HERE = Path(__file__).parent
PAGES = (HERE / "architecture.md", *sorted((HERE / "reference").glob("*.md")))
PACKAGE = HERE.parent / "newsparse"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    cells = [[cell.replace("|", "\\|").replace("&", "&amp;") for cell in row] for row in rows]
    lines = [header, ["---"] * len(header), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def fields() -> str:
    """The fields of the record."""
    rows = [(f"`{field.name}`", field.type.told, f"{field.english}, {field.arabic}", field.meaning) for field in FIELDS]
    return table(("key", "type", "label", "meaning"), rows)


def derived() -> str:
    """The fields that are computed from others."""
    rows = [(f"`{row.name}`", row.type.told, f"{row.english}, {row.arabic}", row.meaning) for row in DERIVED]
    return table(("key", "type", "label", "meaning"), rows)


def formats() -> str:
    """Each field in each format."""
    rows = [
        (
            f"`{field.name}`",
            "yes" if field.in_table else "",
            ", ".join(_property(name, shape) for name, shape in field.ninjs.items()),
            ", ".join(_property(name, shape) for name, shape in field.jsonld.items()),
            f"`{field.type.arrow}`",
            f"`{field.type.sql}`",
        )
        for field in BY_NAME.values()
    ]
    return table(("field", "CSV", "ninjs", "JSON-LD", "Parquet", "SQLite"), rows)


def _property(name: str, shape: Any) -> str:
    """A property, with the constant that tells it from others of the same name."""
    inner = shape[0] if isinstance(shape, list) else shape
    said = [
        f"{key} `{inner[key]}`" for key in ("rel", "role", "propertyID") if isinstance(inner, dict) and key in inner
    ]
    return f"`{name}`" + "".join(f" ({each})" for each in said)


def warnings() -> str:
    """The warnings."""
    rows = [(f"`{code.value}`", code.meaning.replace("*", "NAME")) for code in WarningCode]
    return table(("code", "meaning"), [(code.replace("encoding.*", "encoding.NAME"), said) for code, said in rows])


def roles() -> str:
    """The roles of lines."""
    rows = [(f"`{role.value}`", "dropped" if role in DROPPED else "kept", role.meaning) for role in Role]
    return table(("role", "its line is", "meaning"), rows)


def kinds() -> str:
    """The kinds of lines."""
    return table(("kind", "meaning"), [(f"`{kind.value}`", kind.meaning) for kind in Kind])


def options() -> str:
    """The options, as the help has them."""
    context = click.Context(cli.newsparse)
    groups = cli.OPTION_GROUPS.items()
    records = [(name, *(option.get_help_record(context) or ("", ""))) for name, group in groups for option in group]
    return table(("group", "option", "meaning"), [(group, f"`{name}`", said) for group, name, said in records])


def modules() -> str:
    """The modules of the package, each with the first sentence of its docstring."""
    rows = []
    for path in sorted(PACKAGE.rglob("*.py")):
        said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").replace("\n", " ")
        sentence = re.split(r"(?<=[.!?])(?= [A-Z]|  )", said)[0]
        name = str(path.relative_to(PACKAGE)).replace("/__init__.py", "/")
        rows.append((f"[`{name}`](../newsparse/{name})", re.sub(r"`newsparse\.([\w.]+)`", r"`\1`", sentence)))
    return table(("module", "purpose"), rows)


TABLES = {made.__name__: made for made in (fields, derived, formats, warnings, roles, kinds, options, modules)}


def updated(page: str) -> str:
    """The page with each table as the program has it."""
    return re.sub(r"<!-- (\w+) -->\n(?:\|.*\n)*", lambda match: f"<!-- {match[1]} -->\n{TABLES[match[1]]()}", page)


def main() -> None:
    """Write the pages."""
    for path in PAGES:
        path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
