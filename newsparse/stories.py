"""Stories: which articles are versions of one story, such as an update, or the same wire text in another paper.

Knows texts and their sketches, and keeps them in two tables of an SQLite database. Knows nothing of files or formats.

The body is cut before each word that begins with a common letter, the same in every text: a change in one place moves
no other cut. The pieces are hashed; the 64 smallest hashes are the sketch of the article (bottom-k MinHash). An article
is of the same story as another one if three quarters of the shorter text are in the longer one, or two fifths of both
are common. Candidates are the articles of which one of the 4 smallest hashes is among the 12 smallest of this one. A
hash that 4 stories have is boilerplate and finds nothing any more: so the work for an article does not grow.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from newsparse.record import Article
from newsparse.text import fold_words

if TYPE_CHECKING:
    from sqlite3 import Connection

CUTS = (" ا", " و", " a")  # where a piece begins
MIN_PIECE_BYTES = 24
SKETCH_HASHES = 64
KEY_HASHES = 4
ASKED_HASHES = 12
MIN_COMMON_HASHES = 3
MIN_SHARE_OF_SHORTER = 0.75
MIN_SHARE_OF_BOTH = 0.4
MAX_STORIES_OF_HASH = 4
MAX_CANDIDATES = 4
CACHE_KIB = 1 << 16  # of a temporary database; the rest of it is on disk
BOILERPLATE = 0  # in the place of a version's number

STORIES_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS versions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, story TEXT NOT NULL, first INTEGER NOT NULL, replaces TEXT, time REAL,
    sketch BLOB NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS versions_first ON versions (first) WHERE first <> number",
    """CREATE TABLE IF NOT EXISTS version_hashes (
    hash INTEGER NOT NULL, first INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (hash, first)) WITHOUT ROWID""",
)
_WITH_HASHES = f"SELECT hash, number FROM version_hashes WHERE hash IN ({', '.join('?' * ASKED_HASHES)})"  # noqa: S608
_VERSIONS = f"""SELECT number, id, story, first, replaces, sketch FROM versions
WHERE number IN ({", ".join("?" * MAX_CANDIDATES)})"""  # noqa: S608
_BEFORE = """SELECT id FROM versions WHERE (number = ? OR (first = ? AND first <> number))
AND NOT coalesce(time > julianday(?), 0) ORDER BY number DESC LIMIT 1"""
_ADD = """INSERT INTO versions (number, id, story, first, replaces, time, sketch)
VALUES (?, ?, ?, ?, ?, julianday(?), ?)"""
_ADD_HASH = "INSERT OR REPLACE INTO version_hashes (hash, first, number) VALUES (?, ?, ?)"


class Version(NamedTuple):
    """A version that was seen before, and its likeness to the article in question."""

    likeness: float
    number: int
    id: str
    story: str
    first: int  # the number of the story's first version
    replaces: str | None


class Stories:
    """The stories that have been seen."""

    def __init__(self, database: Connection) -> None:
        """Stories in the tables of this database, which has the `STORIES_SCHEMA`."""
        self._do = database.execute
        self._do_many = database.executemany

    @classmethod
    def of_run(cls) -> Stories:
        """The stories of one run, in a temporary database, so that memory is bounded."""
        import sqlite3

        database = sqlite3.connect("", isolation_level=None)
        database.execute("PRAGMA journal_mode = OFF")
        database.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        for statement in (*STORIES_SCHEMA, "BEGIN"):
            database.execute(statement)
        return cls(database)

    def fields(self, article: Article) -> dict[str, str | None]:
        """The result of `place`, by the names of fields."""
        return dict(zip(("story", "replaces"), self.place(article, folded_body(article)), strict=True))

    def place(self, article: Article, words: str, number: int | None = None) -> tuple[str, str | None]:
        """The story of an article, as the id of its first version, and the id of the version that it replaces.

        An article that comes again is the same version. `words` are its `folded_body`. `number` is a number for it
        that no other has; without one it gets the next.
        """
        hashes = sketch(words)
        if len(hashes) < MIN_COMMON_HASHES:
            return article.id, None
        asked = hashes[:ASKED_HASHES]
        known: dict[int, list[int]] = {value: [] for value in asked}
        for value, with_hash in self._do(_WITH_HASHES, _filled(asked, ASKED_HASHES)):
            known[value].append(with_hash)
        useful = [value for value in asked if BOILERPLATE not in known[value]]
        alike = self._alike(hashes, [one for value in useful for one in known[value]])
        for version in alike:
            if version.id == article.id:
                return version.story, version.replaces
        if number is None:
            number = self._do("SELECT coalesce(max(number), 0) + 1 FROM versions").fetchone()[0]
        time = article.updated or article.published
        story, first, replaces = article.id, number, None
        if alike:
            _, _, _, story, first, *_ = max(alike)
            before = self._do(_BEFORE, (first, first, time)).fetchone()
            replaces = before[0] if before else None
        self._do(_ADD, (number, article.id, story, first, replaces, time, array("I", hashes).tobytes()))
        rows = []
        for value in useful[:KEY_HASHES]:
            if len(known[value]) < MAX_STORIES_OF_HASH:
                rows.append((value, first, number))  # of each story the newest version is noted
            else:
                self._do("DELETE FROM version_hashes WHERE hash = ?", (value,))
                rows.append((value, BOILERPLATE, BOILERPLATE))
        self._do_many(_ADD_HASH, rows)
        return story, replaces

    def _alike(self, hashes: Sequence[int], numbers: Sequence[int]) -> list[Version]:
        """The versions that are so similar to this sketch that they are of the same story."""
        if not numbers:
            return []
        likely = [number for number, _ in Counter(numbers).most_common(MAX_CANDIDATES)]
        found = []
        for *about, data in self._do(_VERSIONS, _filled(likely, MAX_CANDIDATES)):
            other = array("I")
            other.frombytes(data)
            if share := likeness(hashes, other):
                found.append(Version(share, *about))
        return found


def _filled(values: Sequence[int], size: int) -> list[int | None]:
    return [*values, *[None] * (size - len(values))]


def folded_body(article: Article) -> str:
    """The words of the body, folded."""
    return fold_words(" ".join(article.body))


def sketch(words: str) -> list[int]:
    """The smallest hashes of the pieces of a folded text, in ascending order."""
    first, *others = CUTS
    for cut in others:
        words = words.replace(cut, first)
    pieces = words.encode().split(first.encode())
    return sorted({crc32(piece) for piece in pieces if len(piece) >= MIN_PIECE_BYTES})[:SKETCH_HASHES]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the shorter text that is in the longer one too, by their sketches; 0 if they are other stories."""
    common = len(set(one).intersection(other))
    if common < MIN_COMMON_HASHES:
        return 0
    ends = [hashes[-1] for hashes in (one, other) if len(hashes) == SKETCH_HASHES]
    end = min(ends, default=max(one[-1], other[-1]))  # above it, a full sketch says nothing
    first, second = bisect_right(one, end), bisect_right(other, end)
    of_shorter = common / min(first, second)
    is_same = of_shorter >= MIN_SHARE_OF_SHORTER or common >= MIN_SHARE_OF_BOTH * (first + second - common)
    return of_shorter if is_same else 0
