"""What a run says on standard error: messages of one line each, safe for terminals, and the numbers of --stats.

Knows the forms of messages, plain or JSON, and what is counted. Does not decide which messages there are, nor the exit
status. If standard error is closed or full, a message is lost and the run goes on.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from typing import Any

from newsparse.reading.inputs import STDIN_NAME, InputError, printed
from newsparse.record import Article, NewsparseError, WarningCode
from newsparse.writing.write import FOUND, dumps, inert, utf8

STDERR = 2


class WorkerError(NewsparseError):
    """A worker process ended before its work was done."""


class Messages:
    """The messages of a run."""

    def __init__(self, quiet: bool = False, as_json: bool = False) -> None:
        """`quiet`: print only failures. `as_json`: print each message as a JSON object."""
        self.quiet, self.as_json = quiet, as_json
        self.clear: Callable[[], None] | None = None  # clears the progress bar, before a message
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
        place = name if error.line is None else f"{name}:{error.line}"
        self._say("failure", error.what, f"{place}: {error.what}", input=name, line=error.line)

    def error(self, what: str) -> None:
        """Report that the run cannot go on."""
        self._say("error", what, what)

    def note(self, what: str, always: bool = False) -> None:
        """Print a message that is not a failure. `always`: also with --quiet."""
        if always or self.as_json or not self.quiet:
            self._say("note", what, what)

    def _say(self, event: str, message: str, plain: str, **fields: Any) -> None:
        """Print one JSON object, or one plain line with all control characters made harmless."""
        if self.as_json:
            self.event(event, **fields, message=message)
        else:
            self.write(f"newsparse: {inert(plain)}\n".encode())

    def event(self, name: str, **fields: Any) -> None:
        """Print one JSON object with the time in UTC."""
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        self.write(utf8(dumps({"event": name, "time": now, **fields}) + "\n"))

    def write(self, data: bytes) -> None:
        """Write bytes to standard error."""
        if self._held is not None:
            self._held.append(data)
            return
        if self.clear:
            self.clear()
        with suppress(OSError):
            while data:
                data = data[os.write(STDERR, data) :]


MIN_GREEN_SHARE = 0.8  # the share from which a bar is green
STATS_BAR_COLUMNS = 20


class Tally:
    """The counts of a run."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.inputs = self.records = self.failures = 0
        self.repeated = 0  # records left out by --unique
        self.skipped = 0  # pages that are no articles
        self.warned = 0  # records with warnings
        self.doubtful = 0  # records from standard input that may hold several articles
        self.found: Counter[str] = Counter()  # how many records have each field
        self.warnings: Counter[str] = Counter()  # by code

    def count(self, article: Article) -> None:
        """Count a record."""
        self.records += 1
        self.found.update([name for name in FOUND if getattr(article, name)])
        if article.warnings:
            self.warned += 1
            self.warnings.update(article.warnings)
            self.doubtful += article.source == STDIN_NAME and WarningCode.SPLIT_DOUBTFUL in article.warnings

    def share(self, field: str) -> float:
        """The share of records that have the field, 0 to 1."""
        return self.found[field] / self.records if self.records else 0.0

    def by_code(self) -> list[tuple[str, int]]:
        """The warnings with their numbers of records, the most frequent first."""
        return sorted(self.warnings.items(), key=lambda item: (-item[1], item[0]))

    def numbers(self) -> Mapping[str, Any]:
        """The counts by name, for the last message of --log-json."""
        names = ("inputs", "records", "failures", "repeated", "skipped")
        return {name: getattr(self, name) for name in names} | {"fields": self.found, "warnings": self.warnings}

    def table(self, seconds: float, color: bool = False) -> str:
        """The summary, at most 80 columns wide; `seconds` is the duration of the run."""
        rate = f"{self.records / max(seconds, 0.001):,.0f} a second"
        counts = [
            ["inputs", f"{self.inputs:,}"],
            ["records", f"{self.records:,}", rate, f"{seconds:,.1f} s in all"],
            ["failures", f"{self.failures:,}"],
        ]
        fields = [[name, f"{self.found[name]:,}", percent(self.share(name)), ""] for name in FOUND if self.records]
        for row in fields:
            share = self.share(row[0])
            bar = "━" * round(share * STATS_BAR_COLUMNS)
            row[3] = f"\x1b[{32 if share >= MIN_GREEN_SHARE else 33}m{bar}\x1b[0m" if color else bar
        codes = [[inert(code), f"{count:,}", percent(count / max(self.records, 1))] for code, count in self.by_code()]
        return "\n\n".join("\n".join(_aligned(rows)) for rows in (counts, fields, codes) if rows) + "\n"


def percent(share: float) -> str:
    """The share in whole percent; 0 is none and 100 is all.

    >>> percent(0.001), percent(0.5), percent(0.999)
    ('1 %', '50 %', '99 %')
    """
    if 0 < share < 1:
        return f"{min(max(round(share * 100), 1), 99)} %"
    return "100 %" if share else "0 %"


def count_of(number: int, what: str) -> str:
    """The number with its noun: ``1 input``, ``2 inputs``."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows with the first column left-aligned, and the second and third right-aligned."""
    widths = [max((len(row[column]) for row in rows if len(row) > column), default=0) for column in range(3)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:3], widths[1:]), *row[3:]]).rstrip() for row in rows
    ]
