"""The shapes that the other modules pass on: a line, an article, an error.

Knows what a record holds (the contract stands in README.md, "The record"). Knows nothing of text, words or files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, overload


class Kind(str, Enum):
    """What a line looks like, whatever stands around it."""

    __hash__ = str.__hash__  # Enum's own is written in Python, and kinds are looked up for every line

    BLANK = "blank"
    STAMP = "stamp"
    CLOCK = "clock"
    BYLINE = "byline"
    NAME = "name"
    TAGS = "tags"
    TAG_LABEL = "tag label"
    SECTION = "section"
    FURNITURE = "furniture"
    FURNITURE_HEAD = "furniture head"
    END = "end of article"
    CAPTION = "caption"
    SHORT = "short"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SEPARATOR = "separator"
    BOXED = "boxed"  # inside the body, but none of it, as advertisements are, and boxes that say where they end


PROSE = frozenset({Kind.PARAGRAPH, Kind.SENTENCE})


class Role(str, Enum):
    """What a line is in its article; the values are what ``--explain`` prints."""

    __hash__ = str.__hash__

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    PUBLISHED = "published"
    UPDATED = "updated"
    BYLINE = "byline"
    SECTION = "section"
    BODY = "body"
    CONTINUED = "continued"
    HASHTAGS = "hashtags"
    ECHO = "echo"
    FURNITURE = "furniture"
    CAPTION = "caption"
    TIMESTAMP = "timestamp"
    OTHER = "other"


DROPPED = frozenset({Role.ECHO, Role.FURNITURE, Role.CAPTION, Role.TIMESTAMP, Role.OTHER})


class Line(NamedTuple):
    """One line of the input, what it is taken for, and why.

    ``key`` is the text folded for comparison (`newsparse.text.fold`). ``gives`` are the fields of the record that
    this line settles, by name; where it is None, the text itself goes to the field of the role. A record is nothing
    but the sum of its lines: see `newsparse.layout.assemble.article`. ``found`` is what the reader of its kind saw in
    it (a `newsparse.times.when.Stamp`, a `newsparse.names.byline.Credit`, tags), before anyone decided what it is here.
    """

    number: int
    text: str
    key: str
    kind: Kind
    role: Role = Role.OTHER
    why: str = ""
    gives: Mapping[str, Any] | None = None
    found: Any = None


class Lines(Sequence[Line]):
    """Lines by columns: a list for each thing that `Line` says of them.

    Most work asks one thing of all lines, or looks for a few of them, and lists are searched as a whole. A `Line` is
    made where one is asked for.
    """

    __slots__ = ("founds", "gives", "keys", "kinds", "numbers", "roles", "texts", "whys")
    numbers: list[int]
    texts: list[str]
    keys: list[str]
    kinds: list[Kind]
    roles: list[Role]
    whys: list[str]
    gives: list[Mapping[str, Any] | None]
    founds: list[Any]

    def __init__(
        self,
        numbers: list[int],
        texts: list[str],
        keys: list[str],
        kinds: list[Kind],
        whys: list[str],
        founds: list[Any],
    ) -> None:
        """Lines whose roles nobody knows yet; the lists are the lines' own from now on."""
        roles, gives = [Role.OTHER] * len(texts), [None] * len(texts)
        self._fill((numbers, texts, keys, kinds, roles, whys, gives, founds))

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Lines:
        """The lines by columns."""
        return cls._with([*map(list, zip(*lines, strict=True))] or [[] for _ in Line._fields])

    @classmethod
    def _with(cls, columns: Sequence[list[Any]]) -> Lines:
        lines = cls.__new__(cls)
        lines._fill(columns)
        return lines

    def columns(self) -> tuple[list[Any], ...]:
        """The lists, in the order of what `Line` has."""
        return self.numbers, self.texts, self.keys, self.kinds, self.roles, self.whys, self.gives, self.founds

    def __len__(self) -> int:
        """How many lines."""
        return len(self.texts)

    def __iter__(self) -> Iterator[Line]:
        """Each as a `Line`."""
        return map(_new_line, zip(*self.columns(), strict=True))

    @overload
    def __getitem__(self, i: int) -> Line: ...
    @overload
    def __getitem__(self, i: slice) -> Lines: ...
    def __getitem__(self, i: int | slice) -> Line | Lines:
        """One line; or several, by columns."""
        if isinstance(i, slice):
            return Lines._with([column[i] for column in self.columns()])
        return _new_line(tuple(column[i] for column in self.columns()))

    def _fill(self, columns: Sequence[list[Any]]) -> None:
        self.numbers, self.texts, self.keys, self.kinds, self.roles, self.whys, self.gives, self.founds = columns

    def replace(self, start: int, end: int, lines: Lines) -> None:
        """Put others in the place of the lines ``[start:end]``."""
        for own, new in zip(self.columns(), lines.columns(), strict=True):
            own[start:end] = new


_new_line: Callable[[tuple[Any, ...]], Line] = partial(tuple.__new__, Line)  # for half of what ``Line(...)`` costs


class Dropped(NamedTuple):
    """A line that is in no field of the record, and what it was."""

    line: int
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article: the fields of the record, as tuples and strings.

    Times are ISO 8601 strings as the page's clock shows them; None is unknown. See README.md, "The record".
    """

    id: str
    headline: str | None
    standfirst: str | None
    published: str | None
    updated: str | None
    agency: str | None
    authors: tuple[str, ...]
    location: str | None
    byline: str | None
    section: str | None
    body: tuple[str, ...]
    hashtags: tuple[str, ...]
    language: str | None
    dropped: tuple[Dropped, ...]
    warnings: tuple[str, ...]
    source: str
    line: int

    def to_dict(self) -> dict[str, Any]:
        """The record: every key, in the order of the contract, lists and strings alone."""
        return {
            "id": self.id,
            "headline": self.headline,
            "standfirst": self.standfirst,
            "published": self.published,
            "updated": self.updated,
            "agency": self.agency,
            "authors": list(self.authors),
            "location": self.location,
            "byline": self.byline,
            "section": self.section,
            "body": list(self.body),
            "hashtags": list(self.hashtags),
            "language": self.language,
            "dropped": [{"line": d.line, "role": d.role, "text": d.text} for d in self.dropped],
            "warnings": list(self.warnings),
            "source": self.source,
            "line": self.line,
        }


class NewsparseError(Exception):
    """Something that the user can mend; the message says where, what was expected and what to do next."""


class VocabError(NewsparseError):
    """A word list that is not in the format of newsparse/data."""


class DecodeError(NewsparseError):
    """Bytes that are not in the encoding that was asked for."""
