"""Records as columns of Arrow, and as rows of a Parquet file.

Knows fields and types, and how many records to hold in memory. Parsing is in `newsparse.arrow`.

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

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone
from io import BytesIO
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from newsparse.record import Article, Type
from newsparse.writing.write import BY_NAME, RECORD, Encoder, Extra, FieldError, dumps, values_of, without_surrogates

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
DDL = {pa.string(): "STRING", pa.int64(): "BIGINT", pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP_NTZ"}


def fields_of(names: Iterable[str]) -> list[pa.Field]:
    """The columns of the fields with these names; a time has three."""
    found = []
    for name in names:
        if _is_time(name):
            found += [pa.field(name, pa.timestamp("us")), pa.field(f"{name}_utc", pa.timestamp("us", "UTC"))]
            found += [pa.field(f"{name}_date", pa.date32())]
        else:
            found.append(pa.field(name, _type(name)))
    return found


def arrays_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[pa.Array]:
    """The arrays for the columns of `fields_of`. A row has the values of the fields in the order of `names`."""
    arrays: list[pa.Array] = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        if _is_time(name):
            clocks, instants, days = zip(*map(_moments, column), strict=True)
            arrays += [pa.array(clocks, pa.timestamp("us")), pa.array(instants, pa.timestamp("us", "UTC"))]
            arrays += [pa.array(days, pa.date32())]
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


class ParquetTable(Encoder):
    """A Parquet file of records."""

    def begin(self) -> bytes:
        """Begin the file."""
        schema = pa.schema(fields_of(self.options.columns))
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
        row = values_of(self.options.columns, article, extra)
        for index, name in enumerate(self.options.columns):
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
        arrays = arrays_of(self.options.columns, self._rows)
        self._writer.write_batch(pa.record_batch(arrays, schema=self._writer.schema))
        self._rows, self._characters = [], 0
        return self._taken()

    def _taken(self) -> bytes:
        """The bytes that the library has written so far, each once."""
        data = self._bytes.getvalue()
        self._bytes.seek(0)
        self._bytes.truncate()
        return data
