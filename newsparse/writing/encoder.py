"""What every format of text has in common: bytes before, of and after the records, and what it has to tell.

Knows no format. Each is a subclass: `newsparse.writing.jsontext`, `newsparse.writing.cells`,
`newsparse.writing.standards`.
"""

from __future__ import annotations

from collections import Counter

from newsparse.record import Article
from newsparse.writing.fields import Extra, Options


class Encoder:
    """Records to bytes, in one pass.

    Attributes:
        between: what stands between two records.
        notes: what to tell the user once.
        added: how many warnings the format added to records, by code.
    """

    between = b""

    def __init__(self, options: Options) -> None:
        """A format with the options that the command gives it."""
        self.notes: set[str] = set()
        self.added: Counter[str] = Counter()

    def begin(self) -> bytes:
        """What stands before the first record."""
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The record of an article."""
        raise NotImplementedError

    def end(self) -> bytes:
        """What stands after the last record."""
        return b""
