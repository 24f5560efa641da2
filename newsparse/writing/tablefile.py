"""The base class of binary table files: complete when they appear, and removed after a failure.

Knows no format. The formats are subclasses: `newsparse.writing.xlsx`, `newsparse.writing.parquet`.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TypeVar

from newsparse.record import Article
from newsparse.writing.fields import Extra
from newsparse.writing.output import Output

Self = TypeVar("Self", bound="TableFile")


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


class TableFile:
    """A file of records; a context manager that commits on a clean exit and discards on an exception.

    Attributes:
        notes: messages for the user, each once.
        added: the number of warnings that the format added to records, by code.
    """

    notes: set[str]
    added: Counter[str]

    def __init__(self, output: Output, stream: Stream, stack: ExitStack) -> None:
        """A file that is written through the stream. The stack closes the output and other open resources."""
        self._output = output
        self._stream = stream
        self._stack = stack
        self._is_open = True

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """Add one record."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish the file."""
        self.__exit__(None, None, None)

    def __enter__(self: Self) -> Self:
        """The file itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Finish the file, or remove it after an exception."""
        if not self._is_open:
            return
        self._is_open = False
        with self._stack:
            try:
                self._save() if kind is None else self._output.discard()
            finally:
                self._stream.output = None
                self._let_go()

    def _save(self) -> None:
        """Write the rest of the file."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Close the files that the library still has open."""
