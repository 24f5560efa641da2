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
from newsparse.writing.arrowtypes import arrays_of, fields_of
from newsparse.writing.encoder import Stream, Table
from newsparse.writing.fields import BY_NAME, Extra, FieldError, Options
from newsparse.writing.jsontext import dumps

ROW_GROUP_ROWS = 4096  # of one row group, at most
ROW_GROUP_CHARS = 1 << 23  # of bodies


class ParquetTable(Table):
    """A Parquet file of records."""

    def __init__(self, stream: Stream, name: str, options: Options) -> None:
        """Begin a file in the stream."""
        super().__init__(stream, name, options)
        self._columns = options.columns
        self._kept = [index for index, name in enumerate(options.columns.names) if name not in BY_NAME]
        self._schema = _schema(options.columns.names)
        self._rows: list[list[Any]] = []
        self._characters = 0
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """Add one record."""
        row = self._columns.values(article, extra)
        for index in self._kept:
            row[index] = row[index] if row[index] is None or isinstance(row[index], str) else dumps(row[index])
        self._rows.append(row)
        self._characters += sum(map(len, article.body))
        if len(self._rows) >= ROW_GROUP_ROWS or self._characters >= ROW_GROUP_CHARS:
            self._write()

    def finish(self) -> None:
        """Write the rest of the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        """Write the collected rows as one row group."""
        if self._rows:
            arrays = arrays_of(self._columns.names, self._rows)
            self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
            self._rows, self._characters = [], 0


def _schema(names: Sequence[str]) -> pa.Schema:
    found = pa.schema(fields_of(names))
    for name in found.names:
        if found.names.count(name) > 1:
            raise FieldError(f"there would be two columns {name!r}; leave one out, or keep it under another name")
    return found
