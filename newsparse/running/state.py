"""The memory of earlier runs: which inputs are new or changed, which failures are known, what a run gave.

Knows the tables ``inputs`` and ``runs`` of a store, or of the small file FILE.state beside another output, and the
options --new and --settle with their messages. Knows no articles. An input is the same if its absolute path, size and
time of modification are; after a failure also the time of the last change of any kind, so that it is read again when it
becomes readable.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newsparse.reading.inputs import STDIN_NAME, InputError, printed, regular_file
from newsparse.running.convert import InputItem
from newsparse.running.messages import Messages, MisuseError
from newsparse.running.run import Outcome
from newsparse.showing.summary import count_of
from newsparse.version import __version__

if TYPE_CHECKING:
    from sqlite3 import Cursor

    from newsparse.showing.summary import Tally
    from newsparse.writing.database import Database

RECORD_OPTIONS = ("from", "text_field", "keep", "split", "encoding", "tz", "normalize", "feed", "learn", "feed_by")
SCHEMA_VERSION = 1
STATE_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, version TEXT NOT NULL, options TEXT NOT NULL,
    inputs INTEGER, records INTEGER, failures INTEGER, known_failures INTEGER, fields TEXT)""",
    """CREATE TABLE IF NOT EXISTS inputs (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER, mtime REAL, ctime REAL,
    read TEXT, records INTEGER, failure TEXT, run INTEGER NOT NULL REFERENCES runs (number))""",
)
_INPUT = "INSERT OR IGNORE INTO inputs (path, name, run) VALUES (?, ?, ?)"
_READ = "UPDATE inputs SET name=?, size=?, mtime=?, ctime=?, read=?, records=?, failure=?, run=? WHERE number=?"
_KNOWN = """SELECT path, size, mtime, ctime, failure, version = ? AND options = ?
FROM inputs JOIN runs ON inputs.run = runs.number WHERE read IS NOT NULL"""
_ENDED = "UPDATE runs SET ended=?, inputs=?, records=?, failures=?, known_failures=?, fields=? WHERE number=?"


class Input(NamedTuple):
    """An input of this run: its name as given, its path, and its status before it was read."""

    name: str
    path: str
    about: os.stat_result | None


class State:
    """The inputs that a run reads, and their results."""

    def __init__(self, database: Database, options: Mapping[str, Any]) -> None:
        """The state in a database. `options` are the options that decide what a record holds."""
        self.database = database
        self._options = json.dumps(options, ensure_ascii=False, sort_keys=True, default=str)
        self.known_failures: list[InputError] = []  # of inputs that are not read again
        self.unsettled = 0  # inputs that changed too recently to be read
        self.unlike = 0  # skipped inputs that were read by another version or with other options
        self.run = 0  # the number of this run
        self._folder = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 (pathlib is not imported at start-up)
        self._waiting: deque[Input] = deque()

    # Which inputs are read

    def to_read(self, items: Iterable[InputItem], values: Mapping[str, Any]) -> Iterable[InputItem]:
        """The inputs to read.

        Raises:
            MisuseError: skipped inputs were read by another version or with other options.
        """
        chosen: Iterable[InputItem] = self.chosen(items, values["new"], values["settle"])
        if isinstance(items, list) or values["new"]:
            chosen = list(chosen)
        if self.unlike:
            raise MisuseError(
                f"{count_of(self.unlike, 'input')} in {printed(values['output'])} were read by another version of "
                "newsparse or with other options, and --new would mix; run once without --new, which reads all again"
            )
        return chosen

    def chosen(self, items: Iterable[InputItem], only_new: bool, settle: float) -> Iterator[InputItem]:
        """The inputs to read, in order. Their present status is noted, so that the next run sees a later change.

        Args:
            items: all inputs.
            only_new: leave out inputs that were read before and have not changed.
            settle: leave out files that changed less than this number of seconds ago.
        """
        known: dict[str, Any] = {}  # rows by path: plain tuples, which the garbage collector soon lets alone
        if only_new:
            known = {row[0]: row for row in self._do(_KNOWN, __version__, self._options)}
        now = time.time()
        for item in items:
            name = item.name if isinstance(item, InputError) else item
            path = name if name == STDIN_NAME else printed(name if name[:1] == "/" else self._folder + name)
            about = None if isinstance(item, InputError) or item == STDIN_NAME else regular_file(item)
            _, *before, failure, is_alike = known.get(path) or (None, None, None)
            if path in known and _is_same(before, failure, item, about):
                self.unlike += not is_alike
                if failure is not None:
                    self.known_failures.append(InputError(name, failure))
            elif about and abs(now - about.st_mtime) < settle:
                self.unsettled += 1
            else:
                self._waiting.append(Input(name, path, about))
                yield item

    # What comes of them

    @property
    def reading(self) -> Input:
        """The input that is being read; inputs are read in the order of `chosen`."""
        return self._waiting[0]

    def take(self) -> Input:
        """The input that was read; the next one is now being read."""
        return self._waiting.popleft()

    # What is written

    def begin(self) -> None:
        """Write that a run has begun."""
        sql = "INSERT INTO runs (began, version, options) VALUES (?, ?, ?)"
        self.run = self._do(sql, timestamp(), __version__, self._options).lastrowid or 0

    def number(self, one: Input) -> int:
        """The number of an input in the database; it gets one if it has none."""
        added = self._do(_INPUT, one.path, printed(one.name), self.run)
        if added.rowcount:
            return added.lastrowid or 0
        number: int = self._do("SELECT number FROM inputs WHERE path = ?", one.path).fetchone()[0]
        return number

    def write(self, outcome: Outcome) -> None:
        """Write the result of the input that was read."""
        one = self.take()
        self.write_of(one, outcome, self.number(one))

    def write_of(self, one: Input, outcome: Outcome, number: int) -> None:
        """Write the result of an input, whose number is known."""
        about = one.about
        marks = (about.st_size, about.st_mtime, about.st_ctime) if about else (None, None, None)
        self._do(_READ, printed(one.name), *marks, timestamp(), outcome.records, outcome.failure, self.run, number)

    def forget_unless(self, is_added_to: bool, has_records: bool) -> None:
        """Forget all inputs if the output is written anew, or has lost the records that it had."""
        if not is_added_to or (not has_records and self._do("SELECT 1 FROM inputs WHERE records > 0").fetchone()):
            self._do("DELETE FROM inputs")

    def end(self, tally: Tally) -> None:
        """Write the results of the run."""
        shares = {name: round(count / tally.records, 4) for name, count in sorted(tally.found.items())}
        counts = (tally.inputs, tally.records, tally.failures, len(self.known_failures))
        self._do(_ENDED, timestamp(), *counts, json.dumps(shares), self.run)

    def say_left(self, messages: Messages, verbose: bool) -> None:
        """Report which inputs were left out, and why."""
        if self.unsettled:
            messages.note(f"{count_of(self.unsettled, 'input')} changed just now, left for the next run (--settle)")
        if self.known_failures:
            hint = "" if verbose else ", -v names them"
            messages.note(f"{count_of(len(self.known_failures), 'known failure')}{hint}")
        for error in self.known_failures if verbose else ():
            messages.note(f"known failure: {error}")

    def _do(self, sql: str, *values: Any) -> Cursor:
        return self.database.connection.execute(sql, values)


def of_run(database: Database, values: Mapping[str, Any]) -> State:
    """The state of a run. It remembers the options that decide what a record holds, and word lists by their content."""
    found: dict[str, Any] = {name: values[name] for name in RECORD_OPTIONS if values.get(name)}
    found["now"] = bool(values["now"])
    if values["vocab"]:
        from hashlib import sha256
        from pathlib import Path

        found["vocab"] = [sha256(Path(path).read_bytes()).hexdigest()[:16] for path in values["vocab"]]
    return State(database, found)


def timestamp() -> str:
    """The current time in UTC: ``2024-09-17T13:22:00Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _is_same(before: list[Any], failure: str | None, item: InputItem, about: os.stat_result | None) -> bool:
    """Whether an input has not changed since it was read (its size, mtime, ctime), or since it failed."""
    if isinstance(item, InputError):
        return failure == item.what
    if about is None or before[:2] != [about.st_size, about.st_mtime]:
        return False
    return failure is None or before[2] == about.st_ctime
