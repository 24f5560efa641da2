"""The progress bar on standard error.

Knows how to redraw one line on a terminal. It never draws elsewhere, and not in the first second, in which most runs
end. It uses no thread and does not hide the cursor, so the terminal is fine if the program is killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import TextIO

from newsparse.showing.show import inert, is_terminal
from newsparse.showing.summary import percent

DELAY_SECONDS, INTERVAL_SECONDS = 1.0, 0.1  # seconds before the first drawing, and between two
BAR_COLUMNS = 16
RED, GREEN = "31", "32"

# Drawn with wrapping off, so that the terminal cuts what is wider than it seems.
_OPEN, _CLOSE, _ERASE = "\r\x1b[?7l", "\x1b[K\x1b[?7h", "\r\x1b[K"


class Progress:
    """The progress of a run: a bar if `total` is known, the rate, the time left, the failures, the current name."""

    def __init__(
        self,
        total: int | None = None,
        stream: TextIO | None = None,
        enabled: bool | None = None,
        *,
        color: bool = True,
        unit: str = "articles",
    ) -> None:
        """`enabled`: False never draws, True draws at once on a terminal, None after a second. `stream`: stderr."""
        self.total = total
        self.done = self.failures = 0
        self.stream = sys.stderr if stream is None else stream
        self.active = enabled is not False and is_terminal(self.stream)
        self.color = color
        self.unit = unit
        self._began = time.monotonic()
        self._next = self._began + (0 if enabled else DELAY_SECONDS)
        self._drawn = False

    def step(self, name: str = "", failed: int = 0) -> None:
        """Count a finished item with `failed` failures; `name` is the input that was read."""
        self.done += 1
        self.failures += failed
        if self.active and (now := time.monotonic()) >= self._next:
            self._next = now + INTERVAL_SECONDS
            self._write(f"{_OPEN}{self.line(now - self._began, name, _columns(self.stream))}{_CLOSE}")
            self._drawn = True

    def clear(self) -> None:
        """Clear the bar, so that a message can be written. The next step draws it again."""
        if self._drawn:
            self._drawn = False
            self._next = 0.0
            self._write(_ERASE)

    def line(self, seconds: float, name: str, columns: int = 80) -> str:
        """The text of the bar after these seconds. The end of the name fills the remaining columns."""
        parts = [*self._parts(seconds)]
        room = columns - sum(len(text) + 2 for text, _ in parts) - 1
        if name and room > 1:
            name = inert(name[-columns:])
            parts.append((name if len(name) <= room else f"…{name[1 - room :]}", ""))
        return "  ".join([f"\x1b[{code}m{text}\x1b[0m" if code and self.color else text for text, code in parts])

    def _parts(self, seconds: float) -> Iterator[tuple[str, str]]:
        """The texts and their colours."""
        rate = self.done / max(seconds, 0.001)
        if self.total:
            share = min(self.done / self.total, 1.0)
            full = int(share * BAR_COLUMNS)
            yield "━" * full + "─" * (BAR_COLUMNS - full), GREEN
            yield percent(share), ""
            yield f"{self.done:,} of {self.total:,}", ""
        else:
            yield f"{self.done:,} {self.unit}", ""
        yield (f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"), ""
        if self.total and self.done:
            yield f"{duration(max(self.total - self.done, 0) / rate)} left", ""
        if self.failures:
            yield f"{self.failures:,} failed", RED

    def _write(self, text: str) -> None:
        """Write to the terminal. If it is gone, the bar ends, but not the run."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.active = False


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def duration(seconds: float) -> str:
    """A number of seconds in words.

    >>> duration(7), duration(187), duration(7384)
    ('7 s', '3 min 7 s', '2 h 3 min')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
