"""The base class of all formats of text: bytes before, of and after the records; notes and warnings.

Knows no format. The formats are subclasses: `newsparse.writing.jsontext`, `newsparse.writing.cells`,
`newsparse.writing.standards`.
"""

from __future__ import annotations

from collections import Counter

from newsparse.record import Article
from newsparse.writing.fields import Extra, Options


class Encoder:
    """Records to bytes, in one pass.

    Attributes:
        between: the bytes between two records.
        notes: messages for the user, each once.
        added: the number of warnings that the format added to records, by code.
    """

    between = b""

    def __init__(self, options: Options) -> None:
        """An encoder with these options."""
        self.notes: set[str] = set()
        self.added: Counter[str] = Counter()

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        raise NotImplementedError

    def end(self) -> bytes:
        """The bytes after the last record."""
        return b""
