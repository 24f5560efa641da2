"""Inputs that hold a text in each row: JSON, an object a line; CSV and TSV with a header.

Knows how rows are cut and which field holds the text. Each row is one article of its own; a bad one is an error of
its own, and the rows after it are read. Decoding and limits are those of `newsparse.reading.read`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from math import isfinite
from typing import Any, NamedTuple

from newsparse.codes import WarningCode
from newsparse.reading.inputs import InputError
from newsparse.reading.read import LONGEST_LINE, Source, in_words
from newsparse.reading.signs import damages
from newsparse.record import Article


class Row(NamedTuple):
    """The text of one article, the line of the input at which it stands, and the fields to keep."""

    text: str
    line: int
    extra: Mapping[str, Any] = {}
    warnings: tuple[str, ...] = ()
    source: str | None = None  # of a row that is an input of its own, in which lines are counted
    unfit: Callable[[Article], str | None] | None = None  # why what it gives is no article after all


Rows = Iterator["Row | InputError"]  # what is wrong with a row stands in its place


def jsonl(source: Source) -> Rows:
    """The rows of JSON Lines; a text may also be a list of paragraphs.

    Raises:
        InputError: the input as a whole cannot be read.
    """
    decode = json.JSONDecoder(parse_constant=lambda name: None, parse_float=_finite).decode
    for number, line in enumerate(lines(source), 1):
        if line.isspace():
            continue
        try:
            row = decode(line)
        except (ValueError, RecursionError) as error:
            why = str(error).partition(":")[0].lower()
            yield source.fail(f"not JSON ({why}); one object a line is expected", number)
            continue
        if not isinstance(row, dict):
            yield source.fail("no JSON object; one object a line is expected (jq -c '.[]' makes them)", number)
        elif "\\ud" in line or "\\uD" in line:
            yield row_of(source, *_without_surrogates(row), line=number)
        else:
            yield row_of(source, row, line=number)


def csv(source: Source) -> Rows:
    """The rows of CSV; tab-separated where the name says so, or the header has tabs and no comma.

    Raises:
        InputError: the input as a whole cannot be read, or has no column for the text.
    """
    from csv import Error, field_size_limit, reader

    field_size_limit(LONGEST_LINE)
    cut = _with_plain_ends(lines(source))
    header = next(cut, "")
    rows = reader(chain([header], cut), delimiter=_delimiter(source.name, header))
    try:
        names = next(rows, [])
        if source.reading.text_field not in names:
            raise source.fail(no_field(source, names, "column"))
        start = rows.line_num + 1
        for cells in rows:
            if len(cells) > len(names):
                yield source.fail(f"{len(cells)} cells, but {len(names)} columns; is a cell not quoted?", start)
            elif cells:
                yield row_of(source, dict(zip_longest(names, cells, fillvalue="")), line=start)
            start = rows.line_num + 1
    except Error as error:
        raise source.fail(f"not CSV ({error}); look for a quote that is not closed", rows.line_num) from None


def lines(source: Source) -> Iterator[str]:
    r"""The lines of an input, each with its ``\n``, as soon as it is complete.

    Raises:
        InputError: a line that is longer than the limits, or what is wrong with the input.
    """
    limit = min(source.reading.max_size or LONGEST_LINE, LONGEST_LINE)
    rest: list[str] = []
    number = size = 0
    for block in source.blocks(rows=True):
        *whole, last = block.split("\n")
        if whole:
            whole[0] = "".join([*rest, whole[0]])
            rest, size = [], 0
        rest.append(last)
        size += len(last)
        for line in whole:
            number += 1
            if len(line) > limit:
                raise source.fail(too_long(limit), number)
            yield line + "\n"
        if size > limit:
            raise source.fail(too_long(limit), number + 1)
    if any(rest):
        yield "".join(rest)


def row_of(source: Source, row: Mapping[str, Any], warnings: tuple[str, ...] = (), *, line: int) -> Row | InputError:
    """The row of these fields, or what is wrong with it."""
    text = row.get(source.reading.text_field)
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n".join(text)
    if not isinstance(text, str):
        return source.fail(no_field(source, list(row), "field"), line)
    extra = {name: row.get(field) for name, field in source.reading.keep.items()}
    return Row(text, line, extra, (*damages(text), *warnings))


def no_field(source: Source, names: list[str], kind: str) -> str:
    """What to say of an input, or a row of it, in which the text is not where it was looked for."""
    wanted = source.reading.text_field
    if wanted in names:
        return f"the field {wanted!r} holds no text; check this row"
    known = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return f"no {kind} {wanted!r}; there are: {known[:200] or 'none'}. Name one with --text-field"


def too_long(limit: int) -> str:
    """What to say of a row beyond the limit, in bytes."""
    return f"a row of more than {in_words(limit)}; raise --max-size, or leave this input out"


def _finite(number: str) -> float | str:
    """The number; one that no float holds stays as it is written, for JSON has no infinity."""
    value = float(number)
    return value if isfinite(value) else number


def _without_surrogates(row: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The row with halves of characters replaced, since no UTF-8 can hold them; and a warning where there are any."""
    text = json.dumps(row, ensure_ascii=False)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.loads(whole), (WarningCode.TEXT_SURROGATE.value,) if text != whole else ()


def _with_plain_ends(found: Iterable[str]) -> Iterator[str]:
    """The lines as the csv module of every Python reads them: no bare CR, no NUL."""
    for line in found:
        if "\0" in line:
            line = line.replace("\0", " ")
        if "\r" in line:
            *whole, last = line.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            yield from (part + "\n" for part in whole)
            if last:
                yield last
        else:
            yield line


def _delimiter(name: str, header: str) -> str:
    if ".tsv" in name[-8:].lower() or ("\t" in header and "," not in header):
        return "\t"
    return ";" if ";" in header and "," not in header else ","
