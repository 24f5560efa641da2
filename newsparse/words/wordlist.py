"""The format of word lists: tables of words, as columns.

Knows the small part of TOML that newsparse/data keeps to (a test holds it): a table's name, then an entry a line,
``"word" = value``, where the value is also JSON. A user's file may be any TOML and goes to tomllib. Does not know what
a table is for.

The words of a table stay one text, a word a line, as long as they can: it is cut, folded and joined as a whole, since
a loop over words takes four times as long. What comes of the shipped lists is kept: see `newsparse.words.wordcache`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

IS_TRUE = '" = true'


class Column(NamedTuple):
    """A table: its words, a line each, and the value of each."""

    words: str
    values: Sequence[Any]


def read_toml(content: str) -> dict[str, Column]:
    """The tables of a file, by name.

    Raises:
        ValueError: the content is not TOML, or not made of tables.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    columns = {}
    for name, table in tomllib.loads(content).items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} stands outside a [table]")
        if any("\n" in word for word in table):
            raise ValueError(f"a word of [{name}] has more than one line")
        columns[name] = Column("\n".join(table), [*table.values()])
    return columns


def read_plain(content: str) -> dict[str, str]:
    """The entries of each table, for `column`, by the table's name; the content may be that of several files."""
    tables: dict[str, list[str]] = {}
    for part in content.split("\n[")[1:]:
        name, _, entries = part.partition("]\n")
        tables.setdefault(name, []).append(_without_comments(entries) if "#" in entries else entries.strip("\n"))
    return {name: "\n".join(filter(None, parts)) for name, parts in tables.items()}


def _without_comments(entries: str) -> str:
    """The entries without lines that are comments, and without empty lines around these."""
    first, *others = f"\n{entries}".split("\n#")
    parts = [first, *[other.partition("\n")[2] for other in others]]
    return "\n".join(filter(None, [part.strip("\n") for part in parts]))


def column(entries: str) -> Column:
    """The entries of a table, cut all at once; a list of words, of which most tables are, without a look at values.

    Raises:
        ValueError: they do not keep to the small part of TOML.
    """
    count = entries.count("\n") + 1
    if entries.count(IS_TRUE) == count:
        return Column(entries[1 : -len(IS_TRUE)].replace(f'{IS_TRUE}\n"', "\n"), [True] * count)
    if entries.count('" = "') == count:
        parts = entries[1:-1].replace('" = "', "\n").replace('"\n"', "\n").split("\n")
        return Column("\n".join(parts[::2]), parts[1::2])
    table = json.loads("{" + entries.replace('" = ', '":').replace("\n", ",") + "}")
    return Column("\n".join(table), [*table.values()])
