"""Readers of rows: JSON Lines, JSON arrays, CSV and TSV with a header.

Knows where rows end and which field holds the text. Each row is an article. A bad row is one error, and the rows after
it are read. Decoding and limits are those of `newsparse.reading.read`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from io import StringIO
from itertools import chain, zip_longest
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from newsparse.reading.inputs import InputError
from newsparse.reading.read import MAX_LINE_BYTES, Source, damages, size_in_words
from newsparse.record import Article, WarningCode

if TYPE_CHECKING:
    from newsparse.markup import Markup


class Row(NamedTuple):
    """The text of one article, its line in the input, and the kept fields."""

    text: str
    line: int
    extra: Mapping[str, Any] = {}
    warnings: tuple[str, ...] = ()
    source: str | None = None  # of a row that is an input of its own, in which lines are counted
    unfit: Callable[[Article], str | None] | None = None  # why what it gives is no article after all
    feed: Any = None  # the field that names its source
    markup: Markup | None = None  # what the tags of a page say


_BEGINS_SPREAD = re.compile(r"\[\s{0,99}\{|[\[{]$")  # an array of objects, or an object over several lines
_BETWEEN_VALUES = re.compile(r"[\s,\[\]]*")
RowStream = Iterator["Row | InputError"]  # what is wrong with a row stands in its place


def jsonl(source: Source) -> RowStream:
    """The rows of JSON Lines, or the objects of a JSON array; a text may also be a list of paragraphs."""
    found: Iterator[tuple[int, str]] = enumerate(row_lines(source), 1)
    begin, first = next(((number, line) for number, line in found if not line.isspace()), (1, ""))
    found = chain([(begin, first)], found)
    if _BEGINS_SPREAD.match(first.strip()):
        yield from _spread(source, found, begin)
    else:
        yield from (_object(source, line, number) for number, line in found if line.strip())


def _object(source: Source, text: str, number: int) -> Row | InputError:
    try:
        row = _decoder().decode(text)
    except (ValueError, RecursionError) as error:
        return source.fail(f"not JSON ({_json_fault(error)}); one object a line is expected", number)
    return _row_of_json(source, row, text, number)


def _row_of_json(source: Source, row: Any, text: str, number: int) -> Row | InputError:
    if not isinstance(row, dict):
        return source.fail("no JSON object; one object a line, or an array of objects, is expected", number)
    warnings: tuple[str, ...] = ()
    if "\\ud" in text or "\\uD" in text:  # UTF-8 cannot hold lone surrogates
        said = json.dumps(row, ensure_ascii=False)
        whole = said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        row, warnings = json.loads(whole), (WarningCode.TEXT_SURROGATE.value,) if said != whole else ()
    return row_of(source, row, warnings, line=number)


def _spread(source: Source, found: Iterable[tuple[int, str]], line: int) -> RowStream:
    """The rows of a JSON array, or of objects on several lines each. What follows a part that is not JSON is not read.

    Lines are collected until a line may end an object. After a failed attempt the text has to grow by a quarter before
    the next one, so that the time stays linear.
    """
    decode = _decoder().raw_decode
    text, enough, fault = "", 0, ""
    for number, more in chain(found, [(0, "")]):
        text += more
        if len(text) > MAX_LINE_BYTES:
            raise source.fail(too_long(MAX_LINE_BYTES), line)
        if number and (len(text) < enough or more.rstrip()[-1:] not in ("}", "]", ",")):
            continue
        done, at, enough = 0, _value_at(text, 0), 0
        while at < len(text):
            line += text.count("\n", done, at)
            try:
                row, done = decode(text, at)
            except (ValueError, RecursionError) as error:
                done, fault, enough = at, _json_fault(error), (len(text) - at) * 5 // 4
                break
            yield _row_of_json(source, row, text[at:done], line)
            line += text.count("\n", at, done)
            at = _value_at(text, done)
        line += text.count("\n", done, at)
        text = text[at:]
    if text:
        raise source.fail(f"not JSON ({fault}); what begins here was not read", line)


def _value_at(text: str, at: int) -> int:
    """The position of the next value, behind the signs between values."""
    between = _BETWEEN_VALUES.match(text, at)
    return between.end() if between else at


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(parse_constant=lambda name: None, parse_float=_finite, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object as a dict, or ValueError if a name occurs twice, so that a value would be lost."""
    row = dict(pairs)
    if len(row) < len(pairs):
        twice = next(name for name, number in Counter(name for name, _ in pairs).items() if number > 1)
        raise ValueError(f"the name {twice!r} stands twice in an object")
    return row


def _json_fault(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).partition(":")[0].lower()


def csv(source: Source) -> RowStream:
    """The rows of CSV, or of TSV if the name says so or the header has tabs and no comma. After a wrong quote the rows
    cannot be told apart, and the rest is not read."""
    from csv import Error, field_size_limit, reader

    field_size_limit(MAX_LINE_BYTES)
    cut = _with_plain_ends(row_lines(source))
    header = next(cut, "")
    if not header:
        return
    delimiter = _delimiter(source.name, header)
    rows = reader(chain([header], cut), delimiter=delimiter, strict=True)
    start = 1
    try:
        names = next(rows, [])
        if source.reading.text_field not in names:
            raise source.fail(no_field(source, names, "column"))
        for name in (source.reading.text_field, *source.reading.keep.values()):
            if names.count(name) > 1:
                raise source.fail(
                    f"the header has the column {name!r} {names.count(name)} times; rename all but one", 1
                )
        start = rows.line_num + 1
        for cells in rows:
            if len(cells) > len(names):
                yield source.fail(f"{len(cells)} cells, but {len(names)} columns; is a cell not quoted?", start)
            elif cells:
                swallowed = any(_holds_rows(cell, len(names), delimiter) for cell in cells)
                warnings = (WarningCode.TEXT_ROWS.value,) if swallowed else ()
                yield row_of(source, dict(zip_longest(names, cells)), warnings, line=start)
            start = rows.line_num + 1
    except Error as error:
        what = str(error).replace("unexpected end of data", "the file ends inside quotes")
        upto = f", at line {rows.line_num}" if rows.line_num > start else ""
        raise source.fail(
            f"not CSV ({what}{upto}); a quote is not closed or not doubled in the row that "
            "begins here, and what follows it was not read",
            start,
        ) from None


def _holds_rows(cell: str, columns: int, delimiter: str) -> bool:
    """Whether lines of a cell look like rows that an unclosed quote has swallowed: they have as many cells as there
    are columns, and no space behind a delimiter; prose has one behind a comma."""
    if columns < 2 or cell.count("\n") < 2 or cell.count(delimiter) < 2:
        return False
    inner = cell.split("\n")[1:]
    alike = sum(line.count(delimiter) == columns - 1 and f"{delimiter} " not in line for line in inner)
    return alike * 2 >= len(inner)


def names_of(source: Source, form: str) -> list[str]:
    """The names of the fields in the first row of CSV or of JSON Lines."""
    first = next(row_lines(source), "")
    if form == "csv":
        from csv import reader

        return next(reader([first], delimiter=_delimiter(source.name, first)), [])
    return list(_decoder().decode(first)) if form == "jsonl" and first[:1] == "{" else []


def row_lines(source: Source) -> Iterator[str]:
    r"""The lines of an input, each with its ``\n``, as soon as it is complete."""
    limit = min(source.reading.max_size or MAX_LINE_BYTES, MAX_LINE_BYTES)
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
    """The row with these fields, or its error."""
    text = row.get(source.reading.text_field)
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n".join(text)
    if not isinstance(text, str):
        return source.fail(no_field(source, list(row), "field"), line)
    extra = {name: row[field] for name, field in source.reading.keep.items() if field in row}
    feed = row.get(source.reading.feed_by) if source.reading.feed_by else None
    found = () if source.reading.text_format == "html" else damages(text)
    return Row(text, line, extra, (*found, *warnings), feed=feed)


def no_field(source: Source, names: list[str], kind: str) -> str:
    """The message for an input, or a row, without the field of the text."""
    wanted = source.reading.text_field
    if wanted in names:
        return f"the field {wanted!r} holds no text; check this row"
    known = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return f"no {kind} {wanted!r}; there are: {known[:200] or 'none'}. Name one with --text-field"


def too_long(limit: int) -> str:
    """The message for a row that is longer than the limit, in bytes."""
    return f"a row of more than {size_in_words(limit)}; raise --max-size, or leave this input out"


def _finite(number: str) -> float | str:
    """The number as a float; as text if it is too large for a float, since JSON has no infinity."""
    value = float(number)
    return value if isfinite(value) else number


def _with_plain_ends(found: Iterable[str]) -> Iterator[str]:
    """The lines without bare CR and NUL, so that the csv module of every Python version reads them alike."""
    for line in found:
        yield from StringIO(line.replace("\0", " "), newline=None) if "\r" in line or "\0" in line else (line,)


def _delimiter(name: str, header: str) -> str:
    if ".tsv" in name[-8:].lower() or ("\t" in header and "," not in header):
        return "\t"
    return ";" if ";" in header and "," not in header else ","
