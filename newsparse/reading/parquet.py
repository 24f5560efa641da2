"""Reader of Parquet files: the text in each row, and limits for what a file may hold.

Knows Parquet files and their metadata. A small file can hold gigabytes of text, since pages are compressed and one text
may be in a million rows. So the metadata is checked before the pages are read, repeated texts are held once, and each
value is measured before it becomes a Python object.

Needs pyarrow, the extra ``newsparse[arrow]``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet

from newsparse.reading.inputs import STDIN_NAME, InputError, plainly
from newsparse.reading.read import MAX_LINE_BYTES, Source, size_in_words
from newsparse.reading.rows import Row, RowStream, no_field, row_of, too_long
from newsparse.record import DecodeError
from newsparse.text import decode

MAX_READ_ROWS = 256  # rows that are read at a time
MAX_READ_BYTES = 1 << 24
MAX_BYTES_PER_BYTE = 100  # bytes, or rows, that one byte of a file may stand for; real text is compressed to a tenth
BUFFER_BYTES = 1 << 20


def rows(source: Source) -> RowStream:
    """The rows of a Parquet file, a few at a time; a text may be a string, UTF-8 bytes or a list of paragraphs."""
    try:
        with open(0 if source.name == STDIN_NAME else source.name, "rb", closefd=source.name != STDIN_NAME) as stream:
            if not stream.seekable():
                raise source.fail(
                    "Parquet is read from its end, which a pipe does not have; write it to a file, and name that"
                )
            yield from _rows(source, stream)
    except (OSError, ValueError, pa.ArrowException) as error:  # pyarrow's are of the first two kinds as well
        if isinstance(error, OSError) and error.errno:
            raise source.fail(plainly(error)) from None
        what = f"no Parquet file, or a damaged one ({str(error).partition(chr(10))[0][:200]})"
        raise source.fail(f"{what}; get it again, or name its format with --from") from None


def _rows(source: Source, stream: BinaryIO) -> RowStream:
    about = parquet.read_metadata(stream)
    known = about.schema.to_arrow_schema().names
    reading = source.reading
    if reading.text_field not in known:
        raise source.fail(no_field(source, known, "column"))
    wanted = {reading.text_field, *reading.keep.values(), reading.feed_by or ""}.intersection(known)
    paths = [about.schema.column(index).path for index in range(about.num_columns)]
    leaves = [index for index, path in enumerate(paths) if path.split(".")[0] in wanted]
    file_size = os.fstat(stream.fileno()).st_size
    if about.num_rows > MAX_BYTES_PER_BYTE * file_size:
        raise source.fail(f"{about.num_rows:,} rows in {file_size:,} bytes are no articles; leave it out")
    room = max(reading.max_size, MAX_BYTES_PER_BYTE * file_size) if reading.max_size else sys.maxsize
    too_large = f"more than {size_in_words(room)}; raise --max-size, or split it"
    groups = map(about.row_group, range(about.num_row_groups))
    size = sum(group.column(index).total_uncompressed_size for group in groups for index in leaves)
    if size > room:
        raise source.fail(too_large)
    file = parquet.ParquetFile(
        stream,
        metadata=about,
        read_dictionary=[paths[index] for index in leaves],
        buffer_size=BUFFER_BYTES,
        pre_buffer=False,
    )
    batch_rows = max(1, min(MAX_READ_ROWS, MAX_READ_BYTES * about.num_rows // (size + 1)))
    row_limit = min(reading.max_size or MAX_LINE_BYTES, MAX_LINE_BYTES)
    number = 0
    for batch in file.iter_batches(batch_rows, columns=sorted(wanted), use_threads=False):
        for row in zip(*batch.columns, strict=True):
            number += 1
            size = sum(map(_size, row))
            if size > row_limit:
                yield source.fail(too_long(row_limit), number)
                continue
            room -= size
            if room < 0:
                raise source.fail(too_large)
            yield _row(source, dict(zip(batch.schema.names, row, strict=True)), number)


def _row(source: Source, scalars: dict[str, pa.Scalar], number: int) -> Row | InputError:
    fields = {}
    for field, scalar in scalars.items():
        try:
            found = value(scalar)
            fields[field] = decode(found) if isinstance(found, bytes) and field == source.reading.text_field else found
        except DecodeError as error:
            return source.fail(f"{str(error).partition(';')[0]}; check what wrote this row", number)
        except (OverflowError, ValueError) as error:  # a day after the year 9999
            return source.fail(f"the field {field!r} cannot be read ({error}); leave it out of --keep", number)
    return row_of(source, {name: json_value(found) for name, found in fields.items()}, line=number)


def _size(scalar: pa.Scalar) -> int:
    """The approximate number of bytes of a value, without making a Python object."""
    if not scalar.is_valid:
        return 1
    if isinstance(scalar, pa.DictionaryScalar):
        scalar = scalar.value
    if hasattr(scalar, "as_buffer"):
        return int(scalar.as_buffer().size)
    if isinstance(scalar, pa.ListScalar):  # a map is one as well
        return sum(map(_size, scalar.values), len(scalar.values))
    return sum(map(_size, scalar.values())) if isinstance(scalar, pa.StructScalar) else 8


def value(scalar: pa.Scalar) -> Any:
    """A value as a Python object; a string that is not UTF-8 becomes bytes.

    Raises:
        OverflowError: Python cannot hold the value, such as a day after the year 9999.
    """
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        scalar = scalar.value if isinstance(scalar, pa.DictionaryScalar) else scalar
        return scalar.as_buffer().to_pybytes() if hasattr(scalar, "as_buffer") else None


def json_value(value: Any) -> Any:
    """A value that JSON can hold: times become ISO 8601, bytes and decimals text, a map a list of pairs.

    >>> json_value({"seen": date(2024, 9, 17), "by": [b"a", None, 1.5]})
    {'seen': '2024-09-17', 'by': ['a', None, 1.5]}
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(name): json_value(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)
