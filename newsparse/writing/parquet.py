"""Parquet: records as rows of a file.

Knows how many records to hold in memory. The columns and their types are in `newsparse.writing.arrowtypes`. Kept fields
are strings, and values of them that are not text are JSON, because a column has only one type.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from newsparse.record import Article
from newsparse.writing.arrowtypes import MAX_BATCH_CHARS, arrays_of, fields_of
from newsparse.writing.encoder import Stream, Table
from newsparse.writing.fields import BY_NAME, Extra, FieldError, Options
from newsparse.writing.jsontext import dumps

BATCH_ROWS = 256  # rows that are made into arrays at a time
ROW_GROUP_BYTES = 1 << 25  # bytes of records that are written as one row group


class ParquetTable(Table):
    """A Parquet file of records."""

    def __init__(self, stream: Stream, name: str, options: Options) -> None:
        """Begin a file in the stream."""
        super().__init__(stream, name, options)
        self._columns = options.columns
        self._kept = [index for index, name in enumerate(options.columns.names) if name not in BY_NAME]
        self._schema = _schema(options.columns.names)
        self._rows: list[list[Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._characters = self._bytes = 0
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """Add one record."""
        row = self._columns.values(article, extra)
        for index in self._kept:
            row[index] = row[index] if row[index] is None or isinstance(row[index], str) else dumps(row[index])
        self._rows.append(row)
        self._characters += sum(map(len, article.body))
        if len(self._rows) >= BATCH_ROWS or self._characters >= MAX_BATCH_CHARS:
            self._collect()

    def finish(self) -> None:
        """Write the rest of the file."""
        self._collect()
        self._write()
        self._writer.close()

    def _collect(self) -> None:
        """Turn the collected rows into a batch, which is much smaller."""
        if self._rows:
            arrays = arrays_of(self._columns.names, self._rows)
            self._batches.append(pa.record_batch(arrays, schema=self._schema))
            self._bytes += self._batches[-1].nbytes
            self._rows, self._characters = [], 0
        if self._bytes >= ROW_GROUP_BYTES:
            self._write()

    def _write(self) -> None:
        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches))
            self._batches, self._bytes = [], 0


def _schema(names: Sequence[str]) -> pa.Schema:
    found = pa.schema(fields_of(names))
    for name in found.names:
        if found.names.count(name) > 1:
            raise FieldError(f"there would be two columns {name!r}; leave one out, or keep it under another name")
    return found
