"""Record batches with a column of text in, record batches of the record out: for Arrow and all that speak it.

Knows the types of the record's columns. Imports no engine: Ray, Spark, DuckDB and datatrove hand batches in and take
batches out (docs/scale.md). A row in is a row out, in the same order, whatever is in it.

The columns have the names of the record's fields, lists are lists, ``dropped`` is a list of structs. A time is three
columns, since it may be less than a point in time:

- ``published``: what the page's clock shows, without a zone; null where only the day is known.
- ``published_utc``: the point in time, in UTC; null where the text proves no offset and no `tz` gives one.
- ``published_date``: the day on the page; null where nothing is known.

``updated`` likewise. Nothing of the text ``2024-09-17T13:22:00+03:00`` is lost: the offset is the difference.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timezone, tzinfo
from typing import Any

import pyarrow as pa

import newsparse
from newsparse.article import Article, DecodeError, Kind, Line
from newsparse.fields import RECORD, Columns, FieldError, columns
from newsparse.jsontext import without_surrogates
from newsparse.signs import is_mojibake
from newsparse.text import decode

__all__ = ["SCHEMA", "SCHEMA_DDL", "parse_batches", "parse_table", "schema"]

ROWS = 1024  # of a batch that comes out, at most
CHARACTERS = 1 << 22  # of text that goes into one
SLICE = 64  # values that are Python objects at a time

TIMES = ("published", "updated")
TEXTS = pa.list_(pa.string())
TYPES = {  # of the fields that are no text
    **dict.fromkeys(("authors", "body", "hashtags", "warnings"), TEXTS),
    "dropped": pa.list_(pa.struct([("line", pa.int64()), ("role", pa.string()), ("text", pa.string())])),
    "date": pa.date32(),
    "line": pa.int64(),
}
DDL = {pa.string(): "STRING", pa.int64(): "BIGINT", pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP_NTZ"}


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    text: str = "text",
    keep: Sequence[str] | Mapping[str, str] = ("url",),
    *,
    vocab: newsparse.Vocab | None = None,
    tz: tzinfo | None = None,
    now: datetime | None = None,
    normalize: str = "light",
) -> Iterator[pa.RecordBatch]:
    """The records of the texts in a column, row for row; the memory of a batch or two, however many there are.

    A row never raises. Without text, or with bytes that are none, it is a row of nulls with a warning
    (``text.missing``, ``text.undecodable``). ``source`` is ``-``, and ``line`` counts within the text.

    Args:
        batches: with the texts as strings, as bytes in UTF-8, or as lists of paragraphs.
        text: the name of their column.
        keep: columns to hand on as they are; or a mapping of new names to those of columns, ``{"doc": "id"}``.
            One that is not there is a column of null strings.
        vocab, tz, now, normalize: as for `newsparse.parse`.

    Yields:
        Batches of `schema`, of at most 1,024 rows.

    Raises:
        FieldError: there is no such column of text, or a name to keep is one of the record's.
    """
    known = newsparse.settings(vocab=vocab, tz=tz, now=now, normalize=normalize)
    for batch in batches:
        if text not in batch.schema.names:
            raise FieldError(f"no column {text!r}; there are: {', '.join(batch.schema.names)}. Name one with text=")
        kept = _kept(batch, keep)
        start = 0
        for articles in _portions(values(batch.column(text)), known):
            rows = [_FIELDS.values(article, None) for article in articles]
            arrays = [*arrays_of(RECORD, rows), *(column.slice(start, len(rows)) for column in kept)]
            yield pa.record_batch(arrays, schema=schema(batch.schema, keep))
            start += len(rows)
        if not batch.num_rows:
            yield pa.RecordBatch.from_pylist([], schema=schema(batch.schema, keep))


def parse_table(
    table: pa.Table, text: str = "text", keep: Sequence[str] | Mapping[str, str] = ("url",), **options: Any
) -> pa.Table:
    """The records of a table that fits into memory, as `parse_batches` makes them."""
    batches = parse_batches(table.to_batches(), text, keep, **options)
    return pa.Table.from_batches(batches, schema(table.schema, keep))


def schema(inputs: pa.Schema, keep: Sequence[str] | Mapping[str, str] = ("url",)) -> pa.Schema:
    """The schema of what `parse_batches` makes of batches of the schema `inputs`: `SCHEMA`, then what is kept.

    Raises:
        FieldError: a name to keep is one of the record's.
    """
    found = SCHEMA
    for name, field in _names(keep).items():
        known = inputs.get_field_index(field) >= 0
        found = found.append(inputs.field(field).with_name(name) if known else pa.field(name, pa.string()))
    return found


def fields_of(names: Iterable[str]) -> list[pa.Field]:
    """The columns of the record's fields of these names; a time has three."""
    found = []
    for name in names:
        if name in TIMES:
            found += [pa.field(name, pa.timestamp("us")), pa.field(f"{name}_utc", pa.timestamp("us", "UTC"))]
            found += [pa.field(f"{name}_date", pa.date32())]
        else:
            found.append(pa.field(name, TYPES.get(name, pa.string())))
    return found


def arrays_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[pa.Array]:
    """The rows, each the values of the fields in order (`newsparse.fields.Columns`), as arrays of `fields_of`."""
    arrays: list[pa.Array] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        if name in TIMES:
            clocks, instants, days = zip(*map(_moments, column), strict=True)
            arrays += [pa.array(clocks, pa.timestamp("us")), pa.array(instants, pa.timestamp("us", "UTC"))]
            arrays += [pa.array(days, pa.date32())]
        elif name == "date":
            arrays.append(pa.array([day and date.fromisoformat(day) for day in column], pa.date32()))
        else:
            arrays.append(_array(column, TYPES.get(name, pa.string())))
    return arrays


def values(column: pa.Array) -> Iterator[Any]:
    """What stands in a column, one value at a time; a string that is not UTF-8 comes as its bytes."""
    for start in range(0, len(column), SLICE):
        part = column.slice(start, SLICE)
        try:
            found = part.to_pylist()
        except UnicodeDecodeError:
            found = list(map(_value, part))
        yield from found


def _value(scalar: pa.Scalar) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        scalar = scalar.value if isinstance(scalar, pa.DictionaryScalar) else scalar
        return scalar.as_buffer().to_pybytes() if hasattr(scalar, "as_buffer") else None


def _portions(texts: Iterator[Any], known: newsparse.Settings) -> Iterator[list[Article]]:
    """The articles of the texts, as many at a time as make a batch."""
    articles: list[Article] = []
    size = 0
    for value in texts:
        text, warnings = _text(value)
        articles.append(_article(text, warnings, known))
        size += len(text)
        if len(articles) >= ROWS or size >= CHARACTERS:
            yield articles
            articles, size = [], 0
    if articles:
        yield articles


def _text(value: Any) -> tuple[str, tuple[str, ...]]:
    """The text of a value, and what is to say of it."""
    if isinstance(value, bytes):
        try:
            value = decode(value)
        except DecodeError:
            return "", ("text.undecodable",)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    if not isinstance(value, str):
        return "", ("text.missing",)
    return value, ("text.mojibake",) if is_mojibake(value) else ()


def _article(text: str, warnings: tuple[str, ...], known: newsparse.Settings) -> Article:
    try:
        lines = next(newsparse.explained([text], known), [])
        return newsparse.article(lines, warnings=warnings or (() if lines else ("text.missing",)))
    except Exception:  # a fault of ours costs this row, and not the job of many machines
        lines = [Line(n, line, "", Kind.BLANK) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        return newsparse.article(lines, warnings=(*warnings, "text.fault"))


def _moments(time: str | None) -> tuple[datetime | None, datetime | None, date | None]:
    """The three columns of a time."""
    if time is None:
        return None, None, None
    moment = datetime.fromisoformat(time)
    if len(time) == len("2024-09-17"):
        return None, None, moment.date()
    clock = moment.replace(tzinfo=None)
    try:
        return clock, moment.astimezone(timezone.utc) if moment.tzinfo else None, clock.date()
    except OverflowError:  # the first day of the year 1, the last of the year 9999
        return clock, None, clock.date()


def _array(column: Sequence[Any], type: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, type)
    except UnicodeEncodeError:
        return pa.array([value and without_surrogates(value) for value in column], type)


def _kept(batch: pa.RecordBatch, keep: Sequence[str] | Mapping[str, str]) -> list[pa.Array]:
    indices = map(batch.schema.get_field_index, _names(keep).values())
    return [pa.nulls(batch.num_rows, pa.string()) if index < 0 else batch.column(index) for index in indices]


def _names(keep: Sequence[str] | Mapping[str, str]) -> Mapping[str, str]:
    names = keep if isinstance(keep, Mapping) else {name: name for name in keep}
    columns(RECORD, None, tuple(names))
    for name in names:
        if name in SCHEMA.names:
            raise FieldError(f"the record has a column {name!r} itself; keep that of the input under another name")
    return names


def _ddl(type: pa.DataType) -> str:
    """A type as Spark's SQL names it."""
    if pa.types.is_list(type):
        return f"ARRAY<{_ddl(type.value_type)}>"
    if pa.types.is_struct(type):
        return f"STRUCT<{', '.join(f'{field.name}: {_ddl(field.type)}' for field in type)}>"
    return DDL.get(type) or "TIMESTAMP"  # with a zone


_FIELDS = Columns(RECORD)
SCHEMA = pa.schema(fields_of(RECORD))
SCHEMA_DDL = ", ".join(f"{field.name} {_ddl(field.type)}" for field in SCHEMA)
