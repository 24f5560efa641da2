"""Parsing for Arrow: record batches with a column of text in, record batches of records out.

Ray, Spark, DuckDB and datatrove hand batches in and take batches out (docs/scale.md); this module imports none of them.
Each row in gives one row out, in the same order. The columns are defined in `newsparse.writing.parquet`.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}; newsparse.arrow needs the extra newsparse[arrow]", name=error.name) from None

import newsparse
from newsparse.reading.parquet import value
from newsparse.reading.read import damages
from newsparse.record import Article, DecodeError, Kind, Line, Lines, WarningCode
from newsparse.writing.parquet import MAX_BATCH_CHARS, SCHEMA, SCHEMA_DDL, arrays_of
from newsparse.writing.write import RECORD, FieldError, columns_of, values_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["SCHEMA", "SCHEMA_DDL", "parse_batches", "parse_table", "schema"]

MAX_BATCH_ROWS = 1024  # of a batch that comes out, at most


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    text: str = "text",
    keep: Sequence[str] | Mapping[str, str] = ("url",),
    **options: Unpack[newsparse.ParseOptions],
) -> Iterator[pa.RecordBatch]:
    """Parse the texts in a column, row by row. Memory is that of one or two batches.

    A row never raises. A row without text, or with bytes that are no text, gives nulls and a warning
    (``text.missing``, ``text.undecodable``). ``source`` is ``-``, and ``line`` counts within the text.

    Args:
        batches: with the texts as strings, as bytes in UTF-8, or as lists of paragraphs.
        text: the name of the column of texts.
        keep: the names of columns to copy, or a mapping of new names to names, ``{"doc": "id"}``. A column that does
            not exist gives nulls.
        options: as for `newsparse.parse`. A feed can be sent to other machines (pickled).

    Yields:
        Batches of `schema`, of at most 1,024 rows.

    Raises:
        FieldError: the column of texts does not exist, or a kept name is a field of the record.
    """
    known = newsparse.settings(**options)
    for batch in batches:
        if text not in batch.schema.names:
            raise FieldError(f"no column {text!r}; there are: {', '.join(batch.schema.names)}. Name one with text=")
        indices = map(batch.schema.get_field_index, _names(keep).values())
        kept = [pa.nulls(batch.num_rows, pa.string()) if index < 0 else batch.column(index) for index in indices]
        rows: list[list[Any]] = []
        chars = 0
        for number, found in enumerate(map(value, batch.column(text)), 1):
            source, warnings = _text(found)
            rows.append(values_of(RECORD, _article(source, warnings, known)))
            chars += len(source)
            if len(rows) >= MAX_BATCH_ROWS or chars >= MAX_BATCH_CHARS or number == batch.num_rows:
                arrays = [*arrays_of(RECORD, rows), *(column.slice(number - len(rows), len(rows)) for column in kept)]
                yield pa.record_batch(arrays, schema=schema(batch.schema, keep))
                rows, chars = [], 0
        if not batch.num_rows:
            yield pa.RecordBatch.from_pylist([], schema=schema(batch.schema, keep))


def parse_table(
    table: pa.Table, text: str = "text", keep: Sequence[str] | Mapping[str, str] = ("url",), **options: Any
) -> pa.Table:
    """Parse a table that fits into memory; see `parse_batches`."""
    batches = parse_batches(table.to_batches(), text, keep, **options)
    return pa.Table.from_batches(batches, schema(table.schema, keep))


def schema(inputs: pa.Schema, keep: Sequence[str] | Mapping[str, str] = ("url",)) -> pa.Schema:
    """The schema of what `parse_batches` yields for batches of the schema `inputs`: `SCHEMA`, then the kept columns.

    Raises:
        FieldError: a kept name is a field of the record.
    """
    found = SCHEMA
    for name, field in _names(keep).items():
        known = inputs.get_field_index(field) >= 0
        found = found.append(inputs.field(field).with_name(name) if known else pa.field(name, pa.string()))
    return found


def _text(value: Any) -> tuple[str, tuple[str, ...]]:
    """The text of a value, and the warnings for it."""
    if isinstance(value, bytes):
        try:
            value = newsparse.text_of(value)
        except DecodeError:
            return "", (WarningCode.TEXT_UNDECODABLE.value,)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    if not isinstance(value, str):
        return "", (WarningCode.TEXT_MISSING.value,)
    return value, damages(value)


def _article(text: str, warnings: tuple[str, ...], known: newsparse.Settings) -> Article:
    try:
        lines = next(newsparse.explained([text], known), Lines.of([]))
        return newsparse.article(lines, warnings=warnings or (() if lines else (WarningCode.TEXT_MISSING.value,)))
    except ModuleNotFoundError:
        raise  # no other row can be read either
    except Exception:  # a fault of ours costs this row, and not the job of many machines
        failed = [Line(n, line, "", Kind.BLANK) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        return newsparse.article(failed, warnings=(*warnings, WarningCode.TEXT_FAULT.value))


def _names(keep: Sequence[str] | Mapping[str, str]) -> Mapping[str, str]:
    names = keep if isinstance(keep, Mapping) else {name: name for name in keep}
    columns_of(RECORD, None, tuple(names))
    for name in names:
        if name in SCHEMA.names:
            raise FieldError(f"the record has a column {name!r} itself; keep that of the input under another name")
    return names
