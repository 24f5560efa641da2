"""The fields that an output may have, by name, and its columns.

Knows the derived fields, which are computed from others, and how to get the value of each field from an article. The
bytes of a column are the business of the format (`newsparse.writing.jsontext`, `newsparse.writing.cells`, ...).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from newsparse.reading.inputs import near
from newsparse.record import FIELDS, Article, NewsparseError
from newsparse.text import for_search
from newsparse.types import Field, Type

Extra = Mapping[str, Any]  # fields of the input that are kept, by name

PARAGRAPH_BREAK = "\n\n"


class FieldError(NewsparseError):
    """A field does not exist, or its name is taken."""


def _part(start: int, end: int | None) -> Callable[[Article], str | None]:
    """A function that returns the characters ``[start:end]`` of the time of publication."""
    return lambda article: (article.published or "")[start:end] or None


def published_utc(article: Article) -> str | None:
    """The time of publication in UTC, where its offset is known."""
    if not article.published or not article.published[19:]:
        return None
    from datetime import datetime, timezone

    try:
        return datetime.fromisoformat(article.published).astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    except OverflowError:  # the first day of the year 1, the last of the year 9999
        return None


class Derived(NamedTuple):
    """A field that is computed from others: where it stands, and how; None where only the run knows it."""

    after: str
    row: Field
    compute: Callable[[Article], Any] | None = None


def _derived(
    after: str,
    name: str,
    type: Type,
    english: str,
    arabic: str,
    meaning: str,
    compute: Callable[[Article], Any] | None = None,
    in_table: bool = False,
    width: int = 20,
) -> Derived:
    row = Field(name, type, english, arabic, meaning, in_table=in_table, is_found=False, width=width)
    return Derived(after, row, compute)


DERIVED = (
    _derived(
        *("published", "date", Type.DAY, "Date", "التاريخ", "The day of `published`."), _part(0, 10), in_table=True
    ),
    _derived("published", "time", Type.LINE, "Time", "الوقت", "The clock time of `published`.", _part(11, 19)),
    _derived("published", "offset", Type.LINE, "Offset", "فارق التوقيت", "The offset of `published`.", _part(19, None)),
    _derived(
        *("published", "published_utc", Type.LINE, "Published (UTC)", "النشر بالتوقيت العالمي"),
        "`published` in UTC, where an offset is known.",
        published_utc,
    ),
    _derived(
        *("body", "text", Type.TEXT, "Text", "النص الكامل", "The paragraphs, joined by a blank line."),
        lambda article: PARAGRAPH_BREAK.join(article.body) or None,
        width=90,
    ),
    _derived(
        *("body", "text_search", Type.TEXT, "Text for search", "نص البحث", "The same, normalized for search."),
        lambda article: for_search(PARAGRAPH_BREAK.join(article.body)) or None,
        width=90,
    ),
    _derived("line", "story", Type.LINE, "Story", "القصة", "The `id` of the first version of the same story."),
    _derived(
        "line", "replaces", Type.LINE, "Replaces", "يحل محل", "The `id` of the version of the story before this one."
    ),
)

BY_NAME = {
    row.name: row
    for field in FIELDS
    for row in (field, *(derived.row for derived in DERIVED if derived.after == field.name))
}
RECORD = tuple(row.name for row in FIELDS)
TABLE = tuple(row.name for row in BY_NAME.values() if row.in_table)
FOUND = tuple(row.name for row in BY_NAME.values() if row.is_found)
_GET: dict[str, Callable[[Article], Any]] = {
    **{name: attrgetter(name) for name in RECORD},
    **{derived.row.name: derived.compute for derived in DERIVED if derived.compute},
}
RUN_FIELDS = tuple(derived.row.name for derived in DERIVED if not derived.compute)


class Columns:
    """The columns of an output, in order.

    Attributes:
        names: the names of the columns, each once.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """Columns with these names. What is no field of the record comes from the input, or from the run."""
        self.names = tuple(names)

    def values(self, article: Article, extra: Extra | None) -> list[Any]:
        """The values in the columns: str, int, None or a tuple; any JSON value for kept fields."""
        given = extra or {}
        return [_GET[name](article) if name in _GET else given.get(name) for name in self.names]


def columns_of(default: Sequence[str], fields: Sequence[str] | None, keep: Sequence[str]) -> Columns:
    """The columns of an output: `fields`, or `default` if that is None, and then the kept fields of the input.

    Raises:
        FieldError: an unknown name (the message has similar ones), or a kept name that is a field of the record.
    """
    for name in keep:
        if name in BY_NAME:
            raise FieldError(f"the record has a field {name!r} itself; keep that of the input under another name")
    for name in fields or ():
        if name not in BY_NAME and name not in keep:
            known = [*BY_NAME, *keep]
            hint = near(name, zip(known, known, strict=True)) or f"; there are: {', '.join(known)}"
            raise FieldError(f"there is no field {name!r}{hint}")
    return Columns(tuple(dict.fromkeys([*(default if fields is None else fields), *keep])))


def column_label(name: str, language: str | None) -> str:
    """The name of a column for readers, in English or Arabic; without a language, or for a kept field, its own name."""
    row = BY_NAME.get(name)
    return (row.arabic if language == "ar" else row.english) if row and language else name


class Options(NamedTuple):
    """The options of a format, as `newsparse.writing.write.encoder_of` gets them."""

    columns: Columns
    list_sep: str = "|"
    labels: str | None = None  # the language of headers; None is the names of the fields
    tz: Any = None  # datetime.tzinfo
