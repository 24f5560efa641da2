"""Records as columns of Arrow: record batches of texts parsed to record batches of records, and Parquet files.

Ray, Spark, DuckDB and datatrove hand batches in and take batches out (docs/scale.md); this module imports none of them.
Each row in gives one row out, in the same order.

The columns have the names of the record's fields. Lists are lists, ``dropped`` is a list of structs. A time has three
columns, because a page may not show a full point in time:

- ``published``: the time that the page's clock shows, without a zone; null if only the day is known.
- ``published_utc``: the point in time, in UTC; null if no offset is known.
- ``published_date``: the day on the page; null if nothing is known.

The same holds for ``updated``. The offset is the difference between the first two, so nothing is lost. In a file kept
fields are strings, and values of them that are not text are JSON, because a column has only one type.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Any

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}; newsparse.arrow needs the extra newsparse[arrow]", name=error.name) from None
from pyarrow import parquet

import newsparse
from newsparse.reading.parquet import value
from newsparse.reading.read import damages
from newsparse.record import Article, DecodeError, Kind, Line, Lines, Type, WarningCode
from newsparse.writing.write import (
    BY_NAME,
    RECORD,
    Encoder,
    Extra,
    FieldError,
    columns_of,
    dumps,
    values_of,
    without_surrogates,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["SCHEMA", "SCHEMA_DDL", "parse_batches", "parse_table", "schema"]

MAX_BATCH_ROWS = 1024  # of a batch that comes out, at most
MAX_BATCH_CHARS = 1 << 22  # of text that go into one batch, at most
ROW_GROUP_ROWS = 4096  # of one row group, at most
ROW_GROUP_CHARS = 1 << 23  # of bodies

TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "date32": pa.date32(),
    "list<string>": pa.list_(pa.string()),
    "list<dropped>": pa.list_(pa.struct([("line", pa.int64()), ("role", pa.string()), ("text", pa.string())])),
}
TIME_COLUMNS = {"": pa.timestamp("us"), "_utc": pa.timestamp("us", "UTC"), "_date": pa.date32()}
DDL = {pa.string(): "STRING", pa.int64(): "BIGINT", pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP_NTZ"}


def fields_of(names: Iterable[str]) -> list[pa.Field]:
    """The columns of the fields with these names; a time has three."""
    found = []
    for name in names:
        if _is_time(name):
            found += [pa.field(name + suffix, type) for suffix, type in TIME_COLUMNS.items()]
        else:
            found.append(pa.field(name, _type(name)))
    return found


def arrays_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[pa.Array]:
    """The arrays for the columns of `fields_of`. A row has the values of the fields in the order of `names`."""
    arrays: list[pa.Array] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        if _is_time(name):
            arrays += map(pa.array, zip(*map(_moments, column), strict=True), TIME_COLUMNS.values())
        elif _type(name) == pa.date32():
            arrays.append(pa.array([day and date.fromisoformat(day) for day in column], pa.date32()))
        else:
            arrays.append(_array(column, _type(name)))
    return arrays


def _is_time(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].type is Type.TIME


def _type(name: str) -> pa.DataType:
    """The type of a column that is not a time; kept fields are strings."""
    return TYPES[BY_NAME[name].type.arrow] if name in BY_NAME else pa.string()


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


def _ddl(type: pa.DataType) -> str:
    """The name of a type in the SQL of Spark."""
    if pa.types.is_list(type):
        return f"ARRAY<{_ddl(type.value_type)}>"
    if pa.types.is_struct(type):
        return f"STRUCT<{', '.join(f'{field.name}: {_ddl(field.type)}' for field in type)}>"
    return DDL.get(type) or "TIMESTAMP"  # with a zone


SCHEMA = pa.schema(fields_of(RECORD))
SCHEMA_DDL = ", ".join(f"{field.name} {_ddl(field.type)}" for field in SCHEMA)


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


class ParquetTable(Encoder):
    """A Parquet file of records."""

    def begin(self) -> bytes:
        """Begin the file."""
        schema = pa.schema(fields_of(self.names))
        for name in schema.names:
            if schema.names.count(name) > 1:
                raise FieldError(f"there would be two columns {name!r}; leave one out, or keep it under another name")
        self._rows: list[list[Any]] = []
        self._characters = 0
        self._bytes = BytesIO()
        self._writer = parquet.ParquetWriter(self._bytes, schema, compression="zstd")
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """Add one record. The bytes are those of a row group, once it is full."""
        row = values_of(self.names, article, extra)
        for index, name in enumerate(self.names):
            if name not in BY_NAME and not (row[index] is None or isinstance(row[index], str)):
                row[index] = dumps(row[index])
        self._rows.append(row)
        self._characters += sum(map(len, article.body))
        if len(self._rows) < ROW_GROUP_ROWS and self._characters < ROW_GROUP_CHARS:
            return b""
        return self._row_group()

    def end(self) -> Iterable[bytes]:
        """The last row group, and what ends the file."""
        if self._rows:
            yield self._row_group()
        self._writer.close()
        yield self._taken()

    def _row_group(self) -> bytes:
        """Write the collected rows as one row group."""
        arrays = arrays_of(self.names, self._rows)
        self._writer.write_batch(pa.record_batch(arrays, schema=self._writer.schema))
        self._rows, self._characters = [], 0
        return self._taken()

    def _taken(self) -> bytes:
        """The bytes that the library has written so far, each once."""
        data = self._bytes.getvalue()
        self._bytes.seek(0)
        self._bytes.truncate()
        return data
