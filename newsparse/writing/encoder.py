"""The base classes of the formats: an encoder gives the bytes of each record, a table is written by a library.

Knows no format. The encoders are in `newsparse.writing.jsontext`, `newsparse.writing.cells` and
`newsparse.writing.standards`, the tables in `newsparse.writing.xlsx` and `newsparse.writing.parquet`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsparse.record import Article
from newsparse.writing.fields import Extra, Options

if TYPE_CHECKING:
    from newsparse.writing.target import Output


class Format:
    """A format with some options.

    Attributes:
        notes: messages for the user, each once.
        added: the number of warnings that the format added to records, by code.
    """

    def __init__(self, options: Options) -> None:
        """A format with these options."""
        self.notes: set[str] = set()
        self.added: Counter[str] = Counter()


class Encoder(Format):
    """Records to bytes, in one pass.

    Attributes:
        between: the bytes between two records.
    """

    between = b""

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        raise NotImplementedError

    def end(self) -> bytes:
        """The bytes after the last record."""
        return b""


class Stream:
    """The output as a file object for a library. What the library writes after a failure is ignored."""

    closed = False

    def __init__(self, output: Output) -> None:
        """A stream into the output. It stops when `output` is set to None."""
        self.output: Output | None = output

    def write(self, data: bytes) -> int:
        """Write the bytes, and return their number."""
        if self.output:
            self.output.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: everything is written at the end."""


class Table(Format):
    """A file of records that a library writes to a stream."""

    def __init__(self, stream: Stream, name: str, options: Options) -> None:
        """A table in the stream; `name` is that of the output, for messages."""
        super().__init__(options)

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """Add one record."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write the rest of the file."""
        raise NotImplementedError

    def release(self) -> None:
        """Close the files that the library still has open, also after a failure."""
