"""The store: an SQLite database with a row for each article, its sources, its dropped lines, and a full-text index.

Knows the tables ``articles``, ``sources`` and ``dropped``, the index ``articles_fts`` of their folded words, and the
views ``latest`` (the newest version of each story) and ``field_rates`` (by source and week). The memory of
inputs is `newsparse.running.state`; the versions of stories are found by `newsparse.stories`.

The words are folded and indexed here and not by a trigger: FTS5 would write its tree for each row, and other programs
could not add to a table whose trigger calls Python. A row that is deleted stays in the index, where it finds nothing:
its number is never given again.

Articles are collected and written in batches, each in a transaction of its own: a run that is killed leaves whole
batches, other runs may write between them, and readers are never in the way. The columns are those of the record; a
store that lacks one gets it when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsparse import stories
from newsparse.record import Article, Dropped
from newsparse.running import state
from newsparse.running.run import Outcome
from newsparse.running.state import Input, State
from newsparse.text import fold_words
from newsparse.writing.database import Database
from newsparse.writing.output import Say
from newsparse.writing.write import BY_NAME, FOUND, RECORD, Extra, dumps, values_of

if TYPE_CHECKING:
    from sqlite3 import Connection

MAX_BATCH_ARTICLES = 500
MAX_PENDING_CHARS = 1 << 22
STORED_NAMES = tuple(name for name in RECORD if name not in ("id", "dropped"))
COLUMNS = {  # besides the id, which is the key, and the number, by which the index knows a row
    **{name: BY_NAME[name].type.sql for name in (*STORED_NAMES, "date", "text", "story", "replaces")},
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
    """Open the store at the path; it is made if it does not exist. `say` gets a message if another run is waited for.

    Raises:
        OutputError: the file cannot be written, or is no store of this version.
    """
    database = Database(path, (*state.STATE_SCHEMA, *stories.STORIES_SCHEMA, *_TABLES), state.SCHEMA_VERSION, say)
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


class _Event(NamedTuple):
    """What waits to be written: an article of an input, or the end of the input."""

    input: Input
    article: Article | None = None
    extra: Extra | None = None
    outcome: Outcome | None = None


class Store:
    """Writes the articles of a run to the database."""

    def __init__(self, state: State) -> None:
        """`state` has the inputs of the run, and the database."""
        self._state, self._transaction, connection = state, state.database.transaction, state.database.connection
        self._do, self._do_many = connection.execute, connection.executemany
        self._stories = stories.Stories(connection)
        self._columns = (*STORED_NAMES, "date", "text")
        self._lists = [index for index, name in enumerate(self._columns) if BY_NAME[name].type.is_list]
        names = [*self._columns, "kept", "last_seen"]
        marks = ", ".join("?" * len(names))
        added = ", ".join([*names, "id", "number", "story", "replaces", "first_seen"])
        self._insert = f"INSERT INTO articles ({added}) VALUES ({marks}, ?, ?, ?, ?, ?)"  # noqa: S608
        self._update = f"UPDATE articles SET ({', '.join(names)}) = ({marks}) WHERE id = ?"  # noqa: S608
        self._batch: list[_Event] = []
        self._indexed: list[tuple[int, str, str]] = []  # numbers, headlines and texts of new articles, folded
        self._dropped: dict[str, Sequence[Dropped]] = {}  # by the ids of new and changed articles
        self._chars = 0
        self._articles = 0

    def add(self, article: Article, extra: Extra | None = None) -> None:
        """Add an article of the input that is being read."""
        self._batch.append(_Event(self._state.reading, article, extra))
        self._articles += 1
        self._chars += sum(map(len, article.body)) + sum([len(line.text) for line in article.dropped])
        if self._articles >= MAX_BATCH_ARTICLES or self._chars >= MAX_PENDING_CHARS:
            self.flush()

    def done(self, outcome: Outcome) -> None:
        """Finish an input."""
        self._batch.append(_Event(self._state.take(), outcome=outcome))

    def flush(self) -> None:
        """Write the collected articles, and the results of finished inputs."""
        if not self._batch:
            return
        with self._transaction():
            now = state.timestamp()
            number = self._do(_LAST_NUMBER).fetchone()[0]
            inputs = {event.input.path: event.input for event in self._batch}
            numbers = {path: self._state.number(one) for path, one in inputs.items()}
            sources = []
            for one, article, extra, _ in self._batch:
                if article:
                    number += self._write(article, extra, number + 1, now)
                    sources.append((article.id, numbers[one.path], article.source, article.line, self._state.run))
            self._do_many(_INDEX, self._indexed)
            self._do_many(_SOURCE, sources)
            self._do_many(_DROPPED, [(id, *line) for id, lines in self._dropped.items() for line in lines])
            for one, *_, outcome in self._batch:
                if outcome:
                    self._state.write_of(one, outcome, numbers[one.path])
                    if one.about and outcome.failure is None:  # what it gave in an earlier run alone is removed
                        self._do(_REPLACED, (now, numbers[one.path], self._state.run))
        self._batch, self._indexed, self._dropped, self._chars, self._articles = [], [], {}, 0, 0

    def _write(self, article: Article, extra: Extra | None, number: int, now: str) -> bool:
        """Write an article. True if it is new; otherwise the row of its first source stays."""
        first = self._do("SELECT source, line FROM articles WHERE id = ?", (article.id,)).fetchone()
        if first is None:
            values = self._values(article, extra, now)
            words = stories.folded_body(article)
            self._indexed.append((number, fold_words(article.headline or ""), words))
            self._do(self._insert, [*values, article.id, number, *self._stories.place(article, words, number), now])
        elif first == (article.source, article.line):
            self._do(self._update, [*self._values(article, extra, now), article.id])
            self._do("DELETE FROM dropped WHERE article = ?", (article.id,))
        else:
            self._do("UPDATE articles SET last_seen = ? WHERE id = ?", (now, article.id))
            return False
        self._dropped[article.id] = article.dropped
        return first is None

    def _values(self, article: Article, extra: Extra | None, now: str) -> Sequence[Any]:
        values = values_of(self._columns, article)
        for index in self._lists:
            values[index] = dumps(values[index])
        return [*values, dumps(extra) if extra else None, now]
