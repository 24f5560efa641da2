"""SQLite databases of newsparse: opening, checking, locking, and writing in complete transactions.

Knows the errors of SQLite and turns them into messages. Knows no tables: `newsparse.writing.store` and
`newsparse.running.state` bring theirs. SQLite is imported when the first database is opened.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from newsparse.reading.inputs import printed
from newsparse.writing.output import READ_ONLY, OutputError, Say, UnfitError, checked, errors_of

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

APPLICATION = 0x6E707331  # «nps1», in the header of every file that newsparse made
WAIT_SECONDS = 30.0  # for another run; it holds the lock only while it writes what it has parsed
QUIET_SECONDS = 1.0  # of it before a word is said
PAGE_BYTES = 8192  # twice the usual size: most articles are longer than that
_ERRORS = {  # what a message of SQLite holds, and what to say
    "readonly": READ_ONLY,
    "unable to open": "cannot be opened; its folder has to exist and be writable, for SQLite writes beside the file",
    "is full": "cannot be written: no space left on the device; make room, or write elsewhere",
    "disk I/O": "cannot be written: the disk failed or is full (df -h shows it)",
    "not a database": "is no SQLite database; {advice}",
    "malformed": "is a damaged database; {advice}",
}
_HEADER = """SELECT application_id, user_version, EXISTS (SELECT * FROM sqlite_master)
FROM pragma_application_id, pragma_user_version"""  # one statement: another run may be making the tables just now
ANOTHER_FILE = "bring it back from a backup, or name another file"


class Database:
    """A database, open for writing: `connection` is for reading, and for writing within `transaction`.

    Every failure is an `OutputError`.
    """

    def __init__(self, path: str, schema: Sequence[str], version: int, say: Say, advice: str = ANOTHER_FILE) -> None:
        """Open the database. The statements of `schema` add what a new file or one of an older `version` lacks.

        `say` gets a message if another run is waited for. `advice`: what to do with a file that is no database of ours.
        """
        import sqlite3

        self.path, self._say, self._error, self._advice = path, say, sqlite3.Error, advice
        with self._in_words():
            old = checked(path)
            if old and not stat.S_ISREG(old.st_mode):
                raise UnfitError("is no regular file, and a database needs one; name another")
            self.connection = sqlite3.connect(path, timeout=QUIET_SECONDS, isolation_level=None)
            try:
                self._open(schema, version)
            except BaseException:
                self.connection.close()
                if not old:
                    _remove_empty(path)
                raise

    def _open(self, schema: Sequence[str], newest: int) -> None:
        """Check the database, and make what it lacks.

        Raises:
            UnfitError: the database belongs to another program, or to a later newsparse.
        """
        owner, version, has_tables = self._patiently(_HEADER).fetchone()
        if owner != APPLICATION and has_tables:
            raise UnfitError(f"is a database of another program; {self._advice}")
        if version > newest:
            raise UnfitError(f"was written by a later newsparse (schema {version}); upgrade, or name another file")
        self._patiently(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file
        self._patiently("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")  # whole after a kill; the disk is waited for at the end
        if version < newest:
            with self.transaction() as connection:
                for statement in (*schema, f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {newest}"):
                    connection.execute(statement)

    def _patiently(self, sql: str) -> Cursor:
        """Execute a statement that may have to wait for another run."""
        end = time.monotonic() + WAIT_SECONDS
        said = False
        while True:
            try:
                return self.connection.execute(sql)
            except self._error as error:
                if "locked" not in str(error):
                    raise
                if time.monotonic() > end:
                    raise UnfitError(
                        f"another program has held its lock for {WAIT_SECONDS:.0f} seconds; end it, and run again"
                    ) from None
            if not said:
                self._say(f"{printed(self.path)}: another run is writing to it; waiting", False)
                said = True

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction: everything in the block is written at its end, or nothing. One may stand in another."""
        if self.connection.in_transaction:
            yield self.connection
            return
        with self._in_words():
            self._patiently("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException as error:
            with suppress(self._error):
                self.connection.execute("ROLLBACK")
            if isinstance(error, self._error):
                raise self._said(error) from None
            raise

    def close(self) -> None:
        """Close the database; if no other program has it open, everything is in one file then."""
        with self._in_words():
            self.connection.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            with errors_of(self.path):
                yield
        except self._error as error:
            raise self._said(error) from None

    def _said(self, error: Exception) -> OutputError:
        what = next((said for part, said in _ERRORS.items() if part in str(error)), f"cannot be written: {error}")
        return OutputError(self.path, what.replace("{advice}", self._advice))


def _remove_empty(path: str) -> None:
    """Remove a file without tables, and the files of SQLite beside it."""
    wal = f"{path}-wal"
    with suppress(OSError):
        if os.path.getsize(path) > PAGE_BYTES or (os.path.exists(wal) and os.path.getsize(wal)):  # noqa: PTH110, PTH202
            return
        for name in (path, wal, f"{path}-shm"):
            if os.path.exists(name):  # noqa: PTH110
                os.unlink(name)  # noqa: PTH108
