"""The messages of a run on standard error, one line each, safe for terminals; and the errors that end a run.

Knows the forms of messages: plain or JSON. Does not decide which messages there are, nor the exit status. If standard
error is closed or full, a message is lost and the run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import InputError, printed
from newsparse.record import NewsparseError
from newsparse.writing.write import dumps, inert, utf8

if TYPE_CHECKING:
    from newsparse.showing.show import Progress

STDERR = 2


class WorkerError(NewsparseError):
    """A worker process ended before its work was done."""


class Messages:
    """The messages of a run."""

    def __init__(self, quiet: bool = False, as_json: bool = False) -> None:
        """`quiet`: print only failures. `as_json`: print each message as a JSON object."""
        self.quiet, self.as_json = quiet, as_json
        self.progress: Progress | None = None  # the progress bar, which is cleared before a message
        self._held: list[bytes] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold messages back until the block ends, because a pager uses the terminal."""
        held: list[bytes] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            self.write(b"".join(held))

    def failed(self, error: InputError) -> None:
        """Report that an input, or a row, gave no record."""
        name = printed(error.name)
        if self.as_json:
            self.event("failure", input=name, line=error.line, message=error.what)
        else:
            self.say(f"{name}: {error.what}" if error.line is None else f"{name}:{error.line}: {error.what}")

    def error(self, what: str) -> None:
        """Report that the run cannot go on."""
        self.event("error", message=what) if self.as_json else self.say(what)

    def note(self, what: str, always: bool = False) -> None:
        """Print a message that is not a failure. `always`: also with --quiet."""
        if self.as_json:
            self.event("note", message=what)
        elif always or not self.quiet:
            self.say(what)

    def say(self, what: str) -> None:
        """Print one line, with all control characters made harmless."""
        self.write(f"newsparse: {inert(what)}\n".encode())

    def event(self, name: str, **fields: Any) -> None:
        """Print one JSON object with the time in UTC."""
        from datetime import datetime, timezone

        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        self.write(utf8(dumps({"event": name, "time": now, **fields}) + "\n"))

    def write(self, data: bytes) -> None:
        """Write bytes to standard error."""
        if self._held is not None:
            self._held.append(data)
            return
        if self.progress:
            self.progress.clear()
        with suppress(OSError):
            while data:
                data = data[os.write(STDERR, data) :]
