"""Word lists: their format, two readers for it, and the cache of the shipped words.

The files of newsparse/data use a small part of TOML: the name of a table, then lines ``"word" = value`` whose values
are also JSON. A fast reader knows only this part. Files of users may be any TOML; tomllib reads them. The words of a
table stay one text with a word on each line, because a loop over words takes four times as long. Knows how words are
folded, and where newsparse/data lies. Does not know what a table is for.

Reading and folding all lists takes 10 ms, reading the cache 1 ms. The cache lies where Python keeps the compiled
data/words.py. Python's own import system writes it: whole or not at all, even if many processes start at once. It is
out of date when a list, or a module that makes it, has another time or size. Where Python may not write, each start
folds the words again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any, NamedTuple

from newsparse.text import fold

HERE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 (pathlib is not imported at start-up)
DATA = f"{HERE}/data"
MAKERS = ("signs", "text", "words/wordlist")  # modules
OF_PAGES = frozenset({"boxes", "captions", "endings", "furniture", "sections", "tag_labels"})  # asked by letters alone
BETWEEN_LETTERS = ("-", "'", "’", " & ")
MAX_DOTS_IN_LINE = 1000  # a key of so many parts takes tomllib a time and memory that grow with their square
IS_TRUE = '" = true'


class Column(NamedTuple):
    """A table: its words in one text, a word on each line, and their values."""

    words: str
    values: Sequence[Any]


def toml(content: str) -> dict[str, Any]:
    """The tables of a text in TOML.

    Raises:
        ValueError: the content is not TOML, is nested too deeply, or has too many dots on one line.
    """
    if any(line.count(".") > MAX_DOTS_IN_LINE for line in content.splitlines()):
        raise ValueError(f"a line has more than {MAX_DOTS_IN_LINE} dots")
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        tables: dict[str, Any] = tomllib.loads(content)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return tables


def read_toml(content: str) -> dict[str, Column]:
    """The tables of a file, by name.

    Raises:
        ValueError: the content is not TOML, or has something outside a table.
    """
    columns = {}
    for name, table in toml(content).items():
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


# The cache ----------------------------------------------------------------------------------------------------------


Folded = tuple[bytes, Sequence[Any], bytes, bytes, bytes]
"""The words of a table, in UTF-8 and a line each, since memory that is touched first is what costs most. The words
folded; the value of each, none where all are True; those that are written otherwise, folded and as written; the first
words of all, folded and as written."""


def shipped_tables() -> Mapping[str, Folded]:
    """The tables of newsparse/data, by name."""
    lists = _Lists("words", f"{DATA}/words.py")
    try:
        tables = _of_code(lists.get_code("words"))
    except (EOFError, ImportError, TypeError, ValueError):  # what is kept is broken
        tables = None
    return tables or lists.tables(lists.get_data(lists.path))


def _of_code(code: CodeType | None) -> Mapping[str, Folded] | None:
    """The tables: the first constant of the code object in the cache. None if one is missing or has a wrong type."""
    tables, names = code.co_consts[:2] if code and len(code.co_consts) == 3 else (None, None)
    is_whole = isinstance(tables, dict) and [*tables] == names and all(map(_is_folded, tables.values()))
    return tables if is_whole else None


def _is_folded(table: Any) -> bool:
    if not isinstance(table, tuple) or len(table) != 5 or not isinstance(table[1], (list, tuple)):
        return False
    return all(isinstance(text, bytes) for text in (table[0], *table[2:]))


class _Lists(SourceFileLoader):
    """A loader that takes all lists of words as the source of one module."""

    def path_stats(self, path: str) -> dict[str, Any]:
        """The size of all lists together, and as their time a sum that changes when any list or maker changes."""
        lists = [os.stat(name) for name in _lists()]  # noqa: PTH116
        makers = [os.stat(f"{HERE}/{name}.py") for name in MAKERS]  # noqa: PTH116
        times = sum(each.st_mtime_ns for each in (*lists, *makers)) // 1000
        return {"mtime": times + sum(each.st_size for each in makers), "size": sum(each.st_size for each in lists)}

    def get_data(self, path: str) -> bytes:
        """The lists one after the other; or the content of the cache, if `path` is the cache."""
        return b"".join(map(super().get_data, _lists())) if path == self.path else super().get_data(path)

    def source_to_code(self, data: bytes, path: str, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """A code object that does nothing and has the tables and their names as constants: the content of the cache."""
        tables = self.tables(data)
        return compile("", path, "exec", dont_inherit=True).replace(co_consts=(tables, [*tables], None))

    def tables(self, data: bytes) -> dict[str, Folded]:
        """The tables of the lists."""
        columns = {name: column(entries) for name, entries in read_plain(data.decode()).items() if entries}
        return {name: folded(name, each) for name, each in columns.items()}


def _lists() -> list[str]:
    return [f"{DATA}/{name}" for name in sorted(os.listdir(DATA)) if name.endswith(".toml")]  # noqa: PTH208


def folded(name: str, column: Column) -> Folded:
    """The words of a table, folded. Where several words fold to one, the last value counts."""
    words = column.words
    for sign in BETWEEN_LETTERS if name in OF_PAGES else ():
        words = words.replace(sign, " ")
    keys = fold(words).split("\n")
    values = dict(zip(keys, column.values, strict=True))
    written = {key: word for key, word in zip(keys, column.words.split("\n"), strict=True) if word != key}
    are_plain = all(value is True for value in values.values())
    first = dict.fromkeys([word.partition(" ")[0] for word in (*values, *written.values())])
    texts = ["\n".join(each).encode() for each in (values, written, written.values(), first)]
    return texts[0], () if are_plain else [*values.values()], texts[1], texts[2], texts[3]


def table_lines(text: bytes) -> list[str]:
    """The words in a text with a word on each line."""
    return text.decode().split("\n")
