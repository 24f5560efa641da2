"""The format of word lists, and two readers for it.

The files of newsparse/data use a small part of TOML: the name of a table, then lines ``"word" = value`` whose values
are also JSON. A fast reader knows only this part. Files of users may be any TOML; tomllib reads them. Does not know
what a table is for.

The words of a table stay one text with a word on each line, because a loop over words takes four times as long. The
result for the shipped lists is cached: `newsparse.words.wordcache`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

IS_TRUE = '" = true'


class Column(NamedTuple):
    """A table: its words in one text, a word on each line, and their values."""

    words: str
    values: Sequence[Any]


def read_toml(content: str) -> dict[str, Column]:
    """The tables of a file, by name.

    Raises:
        ValueError: the content is not TOML, or has something outside a table.
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
    """The entries of each table, by its name, as `column` takes them. The content may be several files together."""
    tables: dict[str, list[str]] = {}
    for part in content.split("\n[")[1:]:
        name, _, entries = part.partition("]\n")
        tables.setdefault(name, []).append(_without_comments(entries) if "#" in entries else entries.strip("\n"))
    return {name: "\n".join(filter(None, parts)) for name, parts in tables.items()}


def _without_comments(entries: str) -> str:
    """The entries without comments, and without empty lines around them."""
    first, *others = f"\n{entries}".split("\n#")
    parts = [first, *[other.partition("\n")[2] for other in others]]
    return "\n".join(filter(None, [part.strip("\n") for part in parts]))


def column(entries: str) -> Column:
    """Cut the entries of a table, all at once. Most tables are plain lists of words and need no look at values.

    Raises:
        ValueError: the entries are not in the small part of TOML.
    """
    count = entries.count("\n") + 1
    if entries.count(IS_TRUE) == count:
        return Column(entries[1 : -len(IS_TRUE)].replace(f'{IS_TRUE}\n"', "\n"), [True] * count)
    if entries.count('" = "') == count:
        parts = entries[1:-1].replace('" = "', "\n").replace('"\n"', "\n").split("\n")
        return Column("\n".join(parts[::2]), parts[1::2])
    table = json.loads("{" + entries.replace('" = ', '":').replace("\n", ",") + "}")
    return Column("\n".join(table), [*table.values()])
