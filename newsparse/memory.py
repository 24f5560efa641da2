"""What was worked out for a text and may be asked again. Knows nothing of what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 2048  # texts, and as many of those before

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(dict[Key, Value]):
    """A dict that works out what it has not: what it has costs no call. When it is full it begins anew, and what is
    asked again comes over from what was there before."""

    def __init__(self, work_out: Callable[[Key], Value]) -> None:
        """Nothing yet."""
        super().__init__()
        self._work_out = work_out
        self._before: dict[Key, Value] = {}

    def __missing__(self, text: Key) -> Value:
        """The value of a text that is new, or was not asked for a while."""
        if len(self) >= MOST:
            self._before = self.copy()
            self.clear()
        before = self._before  # another thread may begin anew meanwhile
        value = self[text] = before[text] if text in before else self._work_out(text)
        return value
