"""The format of word lists: tables of words, as columns.

Knows the small part of TOML that newsparse/data keeps to: a table's name, then an entry a line, ``"word" = value``,
where the value is also JSON. Whatever is not in it (a user's file may be any TOML) goes to tomllib. Does not know
what a table is for.

A table is read all at once, since a loop over its lines takes four times as long; so all the shipped words are there
in a few milliseconds, and no cache is needed that could go stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A table: its words, and the value of each."""

    words: Sequence[str]
    values: Sequence[Any]


@dataclass
class Spellings:
    """The words as the files spell them, by table; a table is made when it is asked for."""

    _columns: dict[str, list[tuple[Sequence[str], Sequence[str]]]] = field(default_factory=dict)
    _made: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, name: str, folded: Sequence[str], words: Sequence[str]) -> None:
        """More words for a table, folded and as written."""
        self._columns.setdefault(name, []).append((folded, words))
        self._made.pop(name, None)

    def get(self, name: str, default: Mapping[str, str]) -> Mapping[str, str]:
        """The words of a table: folded -> as written."""
        if name not in self._made and name in self._columns:
            pairs = [zip(folded, words, strict=True) for folded, words in self._columns[name]]
            self._made[name] = {key: word for column in pairs for key, word in column}
        return self._made.get(name, default)


def read_columns(content: str) -> dict[str, Column]:
    """The tables of a file, by name.

    Raises:
        ValueError: the content is not TOML, or not made of tables.
    """
    columns = read_plain(content)
    if columns is None:
        columns = {name: Column([*table], [*table.values()]) for name, table in _read_toml(content).items()}
    return columns


def _read_toml(content: str) -> dict[str, dict[str, Any]]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    tables: dict[str, Any] = tomllib.loads(content)
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} stands outside a [table]")
        if any("\n" in word for word in table):
            raise ValueError(f"a word of [{name}] has more than one line")
    return tables


def read_plain(content: str) -> dict[str, Column] | None:
    """The tables of a file that keeps to the small part of TOML, else None."""
    top, *parts = ("\n" + content).split("\n[")
    if _without_comments(top):
        return None
    columns = {}
    for part in parts:
        name, end, body = part.partition("]\n")
        column = _column(_without_comments(body)) if end and name.isidentifier() and name not in columns else None
        if column is None:
            return None
        columns[name] = column
    return columns


def _without_comments(lines: str) -> str:
    lines = lines.strip("\n")
    if "\n\n" in lines or "\n#" in lines or lines[:1] == "#":
        lines = "\n".join([line for line in lines.split("\n") if line and line[0] != "#"])
    return lines


def _column(lines: str) -> Column | None:
    """The entries of a table, cut at the quotes all at once; or None if they are not plain."""
    parts = lines.split('"')
    if parts[0] or "\\" in lines:
        return None
    if len(parts) == 1:
        return Column([], [])
    if set(parts[2::2]) <= {" = true\n", " = true"}:
        return Column(parts[1::2], [True] * (len(parts) // 2))
    if set(parts[2::4]) == {" = "} and set(parts[4:-1:4]) <= {"\n"} and len(parts) % 4 == 1 and not parts[-1]:
        return Column(parts[1::4], parts[3::4])
    return _json_column(lines)


def _json_column(lines: str) -> Column | None:
    count = lines.count("\n") + 1
    if lines.count('" = ') != count:
        return None
    try:
        table = json.loads("{" + lines.replace('" = ', '":').replace("\n", ",") + "}")
    except ValueError:
        return None
    return Column([*table], [*table.values()]) if len(table) == count else None
