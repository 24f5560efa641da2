"""The shapes that the other modules pass on: a line, an article, an error.

Knows what a record holds (the contract stands in README.md, "The record"). Knows nothing of text, words or files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple


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
    but the sum of its lines: see `newsparse.record.article`. ``found`` is what the reader of its kind saw in it
    (a `newsparse.when.Stamp`, a `newsparse.byline.Credit`, tags), before anyone decided what it is here.
    """

    number: int
    text: str
    key: str
    kind: Kind
    role: Role = Role.OTHER
    why: str = ""
    gives: Mapping[str, Any] | None = None
    found: Any = None


new_line: Callable[[tuple[Any, ...]], Line] = partial(tuple.__new__, Line)
"""A line of its eight values, for half of what ``Line(...)`` costs: one is made for each line of the input."""


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
