"""What every file of a form of its own has in common: it is put in its place whole, or leaves no trace.

Knows no format. Each is a subclass: `newsparse.writing.xlsx`, `newsparse.writing.parquet`.
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
    """The output as a library wants it; what it still writes after a failure is nobody's."""

    closed = False

    def __init__(self, output: Output) -> None:
        """A stream into the output, until that is taken away."""
        self.output: Output | None = output

    def write(self, data: bytes) -> int:
        """Pass the bytes on; how many they are."""
        if self.output:
            self.output.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """All is written in the end."""


class TableFile:
    """A file of records; a context manager that commits on a clean exit and discards on an exception.

    Attributes:
        notes: what to tell the user once.
        added: how many warnings the format added to records, by code.
    """

    notes: set[str]
    added: Counter[str]

    def __init__(self, output: Output, stream: Stream, stack: ExitStack) -> None:
        """A file that is written through the stream; the stack closes the output and what else is open for it."""
        self._output = output
        self._stream = stream
        self._stack = stack
        self._is_open = True

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """One more record."""
        raise NotImplementedError

    def close(self) -> None:
        """Put the whole file in its place."""
        self.__exit__(None, None, None)

    def __enter__(self: Self) -> Self:
        """The file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Put the whole file in its place, or leave no trace of it after an exception."""
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
        """Write what is left of the file."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Close what the library still has open."""
