"""The store: an SQLite database with a row for each article and each input; and the memory of --new, its small twin.

Knows the errors of SQLite, locks, and complete transactions. Knows the tables ``articles``, ``sources`` and
``dropped``, the index ``articles_fts`` of their folded words, and the views ``latest`` (the newest version of each
story) and ``field_rates`` (by source and week). The versions of stories are found by `newsparse.stories`.

The tables ``inputs`` and ``runs`` are in a store, and in the file FILE.state beside another output. They say which
inputs are new or changed, which failures are known, and what a run gave. An input is the same if its absolute path,
size and time of modification are; after a failure also the time of the last change of any kind, so that it is read
again when it becomes readable.

The words are folded and indexed here and not by a trigger: FTS5 would write its tree for each row, and other programs
could not add to a table whose trigger calls Python. A row that is deleted stays in the index, where it finds nothing:
its number is never given again.

Articles are collected and written in batches, each in a transaction of its own: a run that is killed leaves whole
batches, other runs may write between them, and readers are never in the way. The columns are those of the record; a
store that lacks one gets it when it is opened.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from newsparse import stories
from newsparse.reading.inputs import STDIN_NAME, InputError, printed, regular_file
from newsparse.record import Article, Dropped, NewsparseError
from newsparse.running.run import InputItem, Outcome, Parsed
from newsparse.showing.messages import Messages, count_of
from newsparse.text import fold_words
from newsparse.version import __version__
from newsparse.writing.output import READ_ONLY, OutputError, Say, UnfitError, checked, errors_of
from newsparse.writing.write import BY_NAME, FOUND, RECORD, Extra, dumps, values_of

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

    from newsparse.showing.messages import Tally

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
    """A database, open for writing: `connection` is for reading, and for writing within `transaction`. Every failure
    is an `OutputError`."""

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
        """Check the database, and make what it lacks."""
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
            except BaseException:
                with suppress(self._error):
                    self.connection.execute("ROLLBACK")
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
            what = next((said for part, said in _ERRORS.items() if part in str(error)), f"cannot be written: {error}")
            raise OutputError(self.path, what.replace("{advice}", self._advice)) from None


def _remove_empty(path: str) -> None:
    """Remove a file without tables, and the files of SQLite beside it."""
    wal = f"{path}-wal"
    with suppress(OSError):
        if os.path.getsize(path) > PAGE_BYTES or (os.path.exists(wal) and os.path.getsize(wal)):  # noqa: PTH110, PTH202
            return
        for name in (path, wal, f"{path}-shm"):
            if os.path.exists(name):  # noqa: PTH110
                os.unlink(name)  # noqa: PTH108


# The runs and the inputs that they read -------------------------------------------------------------------------------

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
_BEGAN = "INSERT INTO runs (began, version, options) VALUES (?, ?, ?)"
_ENDED = "UPDATE runs SET ended=?, inputs=?, records=?, failures=?, known_failures=?, fields=? WHERE number=?"


class Input(NamedTuple):
    """An input of this run: its name as given, its path, and its status before it was read."""

    name: str
    path: str
    about: os.stat_result | None


class State:
    """The inputs that a run reads, and their results."""

    def __init__(self, database: Database, values: Mapping[str, Any]) -> None:
        """The state in a database. It remembers the options that decide what a record holds, and word lists by their
        content."""
        self.database = database
        options: dict[str, Any] = {name: values[name] for name in RECORD_OPTIONS if values.get(name)}
        options["now"] = bool(values.get("now"))
        if values.get("vocab"):
            from hashlib import sha256
            from pathlib import Path

            options["vocab"] = [sha256(Path(path).read_bytes()).hexdigest()[:16] for path in values["vocab"]]
        self._options = json.dumps(options, ensure_ascii=False, sort_keys=True, default=str)
        self.known_failures: list[InputError] = []  # of inputs that are not read again
        self.unsettled = 0  # inputs that changed too recently to be read
        self.unlike = 0  # skipped inputs that were read by another version or with other options
        self.run = 0  # the number of this run
        self._folder = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 (pathlib is not imported at start-up)
        self.waiting: deque[Input] = deque()  # the inputs to read, in the order of `chosen`; the first is being read

    def to_read(self, items: Iterable[InputItem], values: Mapping[str, Any]) -> Iterable[InputItem]:
        """The inputs to read. Raises NewsparseError if others were read by another version or with other options."""
        chosen: Iterable[InputItem] = self.chosen(items, values["new"], values["settle"])
        if isinstance(items, list) or values["new"]:
            chosen = list(chosen)
        if self.unlike:
            raise NewsparseError(
                f"{count_of(self.unlike, 'input')} in {printed(values['output'])} were read by another version of "
                "newsparse or with other options, and --new would mix; run once without --new, which reads all again"
            )
        return chosen

    def chosen(self, items: Iterable[InputItem], only_new: bool, settle: float) -> Iterator[InputItem]:
        """The inputs to read, in order. Their present status is noted, so that the next run sees a later change.

        `only_new`: without those that were read before and have not changed. `settle`: without files that changed less
        than this number of seconds ago.
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
                self.waiting.append(Input(name, path, about))
                yield item

    def begin(self) -> None:
        """Write that a run has begun."""
        with self.database.transaction():
            self.run = self._do(_BEGAN, timestamp(), __version__, self._options).lastrowid or 0

    def number(self, one: Input) -> int:
        """The number of an input in the database; it gets one if it has none."""
        self._do(_INPUT, one.path, printed(one.name), self.run)
        number: int = self._do("SELECT number FROM inputs WHERE path = ?", one.path).fetchone()[0]
        return number

    def write(self, outcome: Outcome) -> None:
        """Write the result of the input that was read."""
        self._write_result(self.waiting.popleft(), outcome)

    def _write_result(self, one: Input, outcome: Outcome) -> None:
        about, number = one.about, self.number(one)
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
        with self.database.transaction():
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


# Articles -------------------------------------------------------------------------------------------------------------

MAX_BATCH_EVENTS = 1000  # articles, and ends of inputs
MAX_PENDING_CHARS = 1 << 22
STORED_NAMES = (*(name for name in RECORD if name not in ("id", "dropped")), "date", "text")
COLUMNS = {  # besides the id, which is the key, and the number, by which the index knows a row
    **{name: BY_NAME[name].type.sql for name in (*STORED_NAMES, "story", "replaces")},
    **dict.fromkeys(("kept", "first_seen", "last_seen"), "TEXT"),
}

_TABLES = (
    "CREATE TABLE IF NOT EXISTS articles (id TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL UNIQUE)",
    """CREATE TABLE IF NOT EXISTS sources (
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, input INTEGER NOT NULL REFERENCES inputs (number),
    source TEXT NOT NULL, line INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs (number), replaced TEXT,
    PRIMARY KEY (article, input, line))""",
    """CREATE TABLE IF NOT EXISTS dropped (
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, line INTEGER NOT NULL, role TEXT NOT NULL,
    text TEXT NOT NULL)""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS articles_fts USING fts5(headline, text, content = '', tokenize = 'ascii')""",
)
_OF_COLUMNS = (  # what depends on the columns, and is made again when some are added
    *(f"CREATE INDEX IF NOT EXISTS articles_{name} ON articles ({name})" for name in ("date", "agency", "section")),
    "CREATE INDEX IF NOT EXISTS articles_story ON articles (story) WHERE story <> id",
    "CREATE INDEX IF NOT EXISTS sources_input ON sources (input)",
    "CREATE INDEX IF NOT EXISTS dropped_article ON dropped (article)",
    *("DROP TRIGGER IF EXISTS articles_deleted", "DROP VIEW IF EXISTS latest", "DROP VIEW IF EXISTS field_rates"),
    """CREATE TRIGGER articles_deleted AFTER DELETE ON articles
    BEGIN DELETE FROM versions WHERE number = old.number; END""",
    """CREATE VIEW latest AS SELECT * FROM articles WHERE number = (
    SELECT number FROM articles AS version
    WHERE (version.id = articles.story OR (version.story <> version.id AND version.story = articles.story))
    AND EXISTS (SELECT 1 FROM sources WHERE article = version.id AND replaced IS NULL)
    ORDER BY julianday(coalesce(updated, published)) DESC, number DESC LIMIT 1)""",
    f"""CREATE VIEW field_rates AS
    SELECT coalesce(nullif(rtrim(source, replace(source, '/', '')), ''), source) AS source,
    date(first_seen, 'weekday 0', '-6 days') AS week, count(*) AS articles,
    {", ".join(f"round(avg({name} IS NOT NULL AND {name} <> '[]'), 3) AS {name}" for name in FOUND)}
    FROM articles GROUP BY 1, 2""",  # noqa: S608 (names of columns)
)
_LAST_NUMBER = "SELECT coalesce(max(id), 0) FROM articles_fts_docsize"  # of a row that was deleted, too
_INDEX = "INSERT INTO articles_fts (rowid, headline, text) VALUES (?, ?, ?)"
_DROPPED = "INSERT INTO dropped (article, line, role, text) VALUES (?, ?, ?, ?)"
_SOURCE = """INSERT INTO sources (article, input, source, line, run) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET source = excluded.source, run = excluded.run, replaced = NULL"""
_REPLACED = "UPDATE sources SET replaced = ? WHERE input = ? AND run < ? AND replaced IS NULL"


def opened_store(path: str, say: Say) -> Database:
    """Open the store at the path, or make it. `say` gets a message if another run is waited for."""
    database = Database(path, (*STATE_SCHEMA, *stories.STORIES_SCHEMA, *_TABLES), SCHEMA_VERSION, say)
    if _lacking(database.connection):
        with database.transaction() as connection:
            for name in _lacking(connection):  # asked again: another run may have added them
                connection.execute(f"ALTER TABLE articles ADD COLUMN {name} {COLUMNS[name]}")
            for statement in _OF_COLUMNS:
                connection.execute(statement)
    return database


def _lacking(connection: Connection) -> list[str]:
    present = {row[1] for row in connection.execute("PRAGMA table_info(articles)")}
    return [name for name in COLUMNS if name not in present]


class Store(State):
    """Writes also the articles of a run to the database."""

    def __init__(self, database: Database, values: Mapping[str, Any]) -> None:
        """The articles, and the inputs, in a database of `opened_store`."""
        super().__init__(database, values)
        self._do_many = database.connection.executemany
        self._stories = stories.Stories(database.connection)
        self._batch: list[tuple[Input, Parsed | Outcome]] = []  # what waits to be written: articles, and ends of inputs
        self._indexed: list[tuple[int, str, str]] = []  # numbers, headlines and texts of new articles, folded
        self._dropped: dict[str, Sequence[Dropped]] = {}  # by the ids of new and changed articles
        self._chars = 0

    def add(self, found: Parsed) -> None:
        """Add an article of the input that is being read."""
        self._batch.append((self.waiting[0], found))
        self._chars += sum(map(len, found.article.body)) + sum([len(line.text) for line in found.article.dropped])
        if len(self._batch) >= MAX_BATCH_EVENTS or self._chars >= MAX_PENDING_CHARS:
            self.flush()

    def write(self, outcome: Outcome) -> None:
        """Finish an input."""
        self._batch.append((self.waiting.popleft(), outcome))

    def flush(self) -> None:
        """Write the collected articles, and the results of finished inputs."""
        if not self._batch:
            return
        with self.database.transaction():
            now = timestamp()
            number = self._do(_LAST_NUMBER).fetchone()[0]
            numbers = {one: self.number(one) for one in dict.fromkeys(one for one, _ in self._batch)}
            sources = []
            for one, found in self._batch:
                if isinstance(found, Parsed):
                    article = found.article
                    number += self._write(article, found.extra, number + 1, now)
                    sources.append((article.id, numbers[one], article.source, article.line, self.run))
                else:
                    self._write_result(one, found)
                    if one.about and found.failure is None:  # what it gave in an earlier run alone is removed
                        self._do(_REPLACED, now, numbers[one], self.run)
            self._do_many(_INDEX, self._indexed)
            self._do_many(_SOURCE, sources)
            self._do_many(_DROPPED, [(id, *line) for id, lines in self._dropped.items() for line in lines])
        self._batch, self._indexed, self._dropped, self._chars = [], [], {}, 0

    def _write(self, article: Article, extra: Extra | None, number: int, now: str) -> bool:
        """Write an article. True if it is new; otherwise the row of its first source stays."""
        first = self._do("SELECT source, line FROM articles WHERE id = ?", article.id).fetchone()
        if first not in (None, (article.source, article.line)):
            self._do("UPDATE articles SET last_seen = ? WHERE id = ?", now, article.id)
            return False
        row: dict[str, Any] = dict(zip(STORED_NAMES, values_of(STORED_NAMES, article), strict=True))
        row.update({name: dumps(value) for name, value in row.items() if isinstance(value, tuple)})
        row.update(kept=dumps(extra) if extra else None, last_seen=now)
        if first is None:
            words = stories.folded_body(article)
            self._indexed.append((number, fold_words(article.headline or ""), words))
            story, replaces = self._stories.place(article, words, number)
            row.update(id=article.id, number=number, story=story, replaces=replaces, first_seen=now)
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        if first is None:
            self._do(f"INSERT INTO articles ({names}) VALUES ({marks})", *row.values())  # noqa: S608
        else:
            self._do(f"UPDATE articles SET ({names}) = ({marks}) WHERE id = ?", *row.values(), article.id)  # noqa: S608
            self._do("DELETE FROM dropped WHERE article = ?", article.id)
        self._dropped[article.id] = article.dropped
        return first is None
