"""Parquet files: rows of text from one, records to one.

Knows Parquet's files and how much of one to hold. The columns and their types are those of
`newsparse.writing.arrowtypes`; kept fields are strings, and what is no text is JSON in them, since a column has one
type and fields of JSON have any.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, time
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from newsparse.reading.inputs import STDIN, InputError, plainly
from newsparse.reading.read import LONGEST_LINE, Source
from newsparse.reading.rows import Row, Rows, no_field, row_of, too_long
from newsparse.record import Article, DecodeError
from newsparse.text import decode
from newsparse.writing.arrowtypes import CHARACTERS, arrays_of, fields_of, values
from newsparse.writing.fields import BY_NAME, Extra, FieldError, Options
from newsparse.writing.jsontext import dumps
from newsparse.writing.output import Output
from newsparse.writing.tablefile import Stream, TableFile

BATCH = 256  # rows that are read, or made into arrays, at a time
GROUP = 1 << 25  # bytes of records that are written as one row group
BUFFER = 1 << 20


def rows(source: Source) -> Rows:
    """The rows of a Parquet file, a few at a time; a text may be a string, UTF-8 bytes or a list of paragraphs.

    Raises:
        InputError: the file cannot be read, or has no column for the text.
    """
    try:
        with _opened(source) as stream:
            file = parquet.ParquetFile(stream, buffer_size=BUFFER, pre_buffer=False)
            known = file.schema_arrow.names
            if source.reading.text_field not in known:
                raise source.fail(no_field(source, known, "column"))
            wanted = {source.reading.text_field, *source.reading.keep.values()}.intersection(known)
            number = 0
            for batch in file.iter_batches(BATCH, columns=sorted(wanted), use_threads=False):
                for row in zip(*map(values, batch.columns), strict=True):
                    number += 1
                    yield _row(source, dict(zip(batch.schema.names, row, strict=True)), number)
    except (OSError, ValueError, pa.ArrowException) as error:  # pyarrow's are of the first two kinds as well
        raise source.fail(_why(error)) from None


def _opened(source: Source) -> BinaryIO:
    """The file, or standard input where that is one: Parquet is read from its end."""
    stream = open(0 if source.name == STDIN else source.name, "rb", closefd=source.name != STDIN)  # noqa: SIM115 (who asked closes it)
    if stream.seekable():
        return stream
    stream.close()
    raise source.fail("Parquet is read from its end, which a pipe does not have; write it to a file, and name that")


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return plainly(error)
    what = str(error).partition("\n")[0][:200]
    return f"no Parquet file, or a damaged one ({what}); get it again, or name its format with --from"


def _row(source: Source, fields: dict[str, Any], number: int) -> Row | InputError:
    name = source.reading.text_field
    text = fields[name]
    if isinstance(text, bytes):
        try:
            text = decode(text)
        except DecodeError as error:
            return source.fail(f"{str(error).partition(';')[0]}; check what wrote this row", number)
    if isinstance(text, str) and len(text) > LONGEST_LINE:
        return source.fail(too_long(LONGEST_LINE), number)
    fields = {field: text if field == name else plain(value) for field, value in fields.items()}
    return row_of(source, fields, line=number)


def plain(value: Any) -> Any:
    """A value as JSON has it: times are ISO 8601, bytes and decimals text, a map is pairs.

    >>> plain({"seen": date(2024, 9, 17), "by": [b"a", None, 1.5]})
    {'seen': '2024-09-17', 'by': ['a', None, 1.5]}
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)


class Table(TableFile):
    """A Parquet file of records."""

    def __init__(self, path: str | None, options: Options) -> None:
        """Begin a file at the path, or on standard output where it is None."""
        self.notes: set[str] = set()
        self.added: Counter[str] = Counter()
        self._columns = options.columns
        self._kept = [index for index, name in enumerate(options.columns.names) if name not in BY_NAME]
        self._schema = _schema(options.columns.names)
        self._rows: list[list[Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._characters = self._bytes = 0
        with ExitStack() as stack:
            output = stack.enter_context(Output(path))
            stream = Stream(output)
            self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
            super().__init__(output, stream, stack.pop_all())

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """One more record."""
        row = self._columns.values(article, extra)
        for index in self._kept:
            row[index] = row[index] if row[index] is None or isinstance(row[index], str) else dumps(row[index])
        self._rows.append(row)
        self._characters += sum(map(len, article.body))
        if len(self._rows) >= BATCH or self._characters >= CHARACTERS:
            self._collect()

    def _save(self) -> None:
        self._collect()
        self._write()
        self._writer.close()

    def _collect(self) -> None:
        """The rows so far to a batch: a fraction of their size."""
        if self._rows:
            arrays = arrays_of(self._columns.names, self._rows)
            self._batches.append(pa.record_batch(arrays, schema=self._schema))
            self._bytes += self._batches[-1].nbytes
            self._rows, self._characters = [], 0
        if self._bytes >= GROUP:
            self._write()

    def _write(self) -> None:
        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches))
            self._batches, self._bytes = [], 0


def _schema(names: Sequence[str]) -> pa.Schema:
    found = pa.schema(fields_of(names))
    for name in found.names:
        if found.names.count(name) > 1:
            raise FieldError(f"the record has a column {name!r} itself; keep that of the input under another name")
    return found
