"""What was worked out for a text and may be asked again. Knows nothing of what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 4096  # texts that are remembered

Value = TypeVar("Value")


class Memory(dict[str, Value]):
    """A dict that works out what it has not: what it has costs no call. When it is full it forgets everything."""

    def __init__(self, work_out: Callable[[str], Value]) -> None:
        """Nothing yet."""
        super().__init__()
        self._work_out = work_out

    def __missing__(self, text: str) -> Value:
        """The value of a text that is new."""
        if len(self) >= MOST:
            self.clear()
        value = self[text] = self._work_out(text)
        return value
