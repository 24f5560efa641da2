"""The format of word lists: tables of words, as columns.

Knows the small part of TOML that newsparse/data keeps to (a test holds it): a table's name, then an entry a line,
``"word" = value``, where the value is also JSON. A user's file may be any TOML and goes to tomllib. Does not know what
a table is for.

The words of a table stay one text, a word a line, as long as they can: it is cut, folded and joined as a whole, since
a loop over words takes four times as long. So all the shipped words are there in a few milliseconds, and no cache is
needed that could go stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

IS_TRUE = '" = true'


class Column(NamedTuple):
    """A table: its words, a line each, and the value of each."""

    words: str
    values: Sequence[Any]


@dataclass
class Spellings:
    """The words as the files spell them, by table; a table is made when it is asked for."""

    _columns: dict[str, list[tuple[Sequence[str], str]]] = field(default_factory=dict)
    _made: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, name: str, folded: Sequence[str], words: str) -> None:
        """More words for a table, folded and as written (a line each)."""
        self._columns.setdefault(name, []).append((folded, words))
        self._made.pop(name, None)

    def get(self, name: str, default: Mapping[str, str]) -> Mapping[str, str]:
        """The words of a table: folded -> as written."""
        if name not in self._made and name in self._columns:
            pairs = [zip(folded, words.split("\n"), strict=True) for folded, words in self._columns[name]]
            self._made[name] = {key: word for column in pairs for key, word in column}
        return self._made.get(name, default)


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


def read_plain(content: str) -> dict[str, Column]:
    """The tables of a file that keeps to the small part of TOML, by name; a comment stands above the first.

    Raises:
        ValueError: a table does not keep to it.
    """
    columns = {}
    for part in content.split("\n[")[1:]:
        name, _, entries = part.partition("]\n")
        columns[name] = _column(_without_comments(entries.strip("\n")))
    return columns


def _without_comments(entries: str) -> str:
    if "#" not in entries:
        return entries
    return "\n".join([line for line in entries.split("\n") if line and line[0] != "#"])


def _column(entries: str) -> Column:
    """The entries of a table, cut all at once: first the two kinds of table that are most of them."""
    count = entries.count("\n") + 1
    if entries.count(IS_TRUE) == count:
        return Column(entries[1 : -len(IS_TRUE)].replace(f'{IS_TRUE}\n"', "\n"), [True] * count)
    if entries.count('" = "') == count:
        parts = entries[1:-1].replace('" = "', "\n").replace('"\n"', "\n").split("\n")
        return Column("\n".join(parts[::2]), parts[1::2])
    table = json.loads("{" + entries.replace('" = ', '":').replace("\n", ",") + "}")
    return Column("\n".join(table), [*table.values()])
