"""A bounded cache of results by text. Knows nothing of what the results are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MAX_TEXTS = 2048  # texts, and as many of those before

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(dict[Key, Value]):
    """A dict that computes missing values. When it is full it starts again; values that are asked again are kept."""

    def __init__(self, work_out: Callable[[Key], Value]) -> None:
        """An empty cache; `work_out` computes the value of a text."""
        super().__init__()
        self._work_out = work_out
        self._before: dict[Key, Value] = {}

    def __missing__(self, text: Key) -> Value:
        """The value of a text that is not in the dict: from the one before it, or computed."""
        if len(self) >= MAX_TEXTS:
            self._before = self.copy()
            self.clear()
        before = self._before  # another thread may begin anew meanwhile
        value = self[text] = before[text] if text in before else self._work_out(text)
        return value
