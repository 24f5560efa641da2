"""Records as columns of Arrow: the types of the columns, and arrays of their values.

Knows fields and types. Parsing is in `newsparse.arrow`, files are in `newsparse.writing.parquet`.

The columns have the names of the record's fields. Lists are lists, ``dropped`` is a list of structs. A time has three
columns, because a page may not show a full point in time:

- ``published``: the time that the page's clock shows, without a zone; null if only the day is known.
- ``published_utc``: the point in time, in UTC; null if no offset is known.
- ``published_date``: the day on the page; null if nothing is known.

The same holds for ``updated``. The offset is the difference between the first two, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timezone
from typing import Any

import pyarrow as pa

from newsparse.types import Type
from newsparse.writing.fields import BY_NAME, RECORD
from newsparse.writing.jsontext import without_surrogates

MAX_BATCH_CHARS = 1 << 22  # of text that go into one batch, at most

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
