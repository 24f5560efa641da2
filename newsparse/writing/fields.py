"""The fields that an output may have, by name; its columns; the JSON Schema.

Knows the derived fields, which are computed from others, and how to get the value of each field from an article. The
bytes of a column are the business of the format (`newsparse.writing.jsontext`, `newsparse.writing.cells`, ...).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from newsparse.reading.inputs import near
from newsparse.record import DROPPED, FIELDS, Article, NewsparseError, Role
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


_derived = partial(Field, in_table=False, is_found=False)
DERIVED = (
    _derived(
        *("date", Type.DAY, "Date", "التاريخ", "The day of `published`."),
        in_table=True, after="published", compute=_part(0, 10),
    ),
    _derived(
        *("time", Type.LINE, "Time", "الوقت", "The clock time of `published`."),
        after="published", compute=_part(11, 19),
    ),
    _derived(
        *("offset", Type.LINE, "Offset", "فارق التوقيت", "The offset of `published`."),
        after="published", compute=_part(19, None),
    ),
    _derived(
        *("published_utc", Type.LINE, "Published (UTC)", "النشر بالتوقيت العالمي"),
        "`published` in UTC, where an offset is known.", after="published", compute=published_utc,
    ),
    _derived(
        *("text", Type.TEXT, "Text", "النص الكامل", "The paragraphs, joined by a blank line."),
        width=90, after="body", compute=lambda article: PARAGRAPH_BREAK.join(article.body) or None,
    ),
    _derived(
        *("text_search", Type.TEXT, "Text for search", "نص البحث", "The same, normalized for search."),
        width=90, after="body", compute=lambda article: for_search(PARAGRAPH_BREAK.join(article.body)) or None,
    ),
    _derived(
        *("story", Type.LINE, "Story", "القصة", "The `id` of the first version of the same story."), after="line"
    ),
    _derived(
        *("replaces", Type.LINE, "Replaces", "يحل محل"),
        "The `id` of the version of the story before this one.", after="line",
    ),
)  # fmt: skip

BY_NAME = {row.name: row for field in FIELDS for row in (field, *(row for row in DERIVED if row.after == field.name))}
RECORD = tuple(row.name for row in FIELDS)
TABLE = tuple(row.name for row in BY_NAME.values() if row.in_table)
FOUND = tuple(row.name for row in BY_NAME.values() if row.is_found)
RUN_FIELDS = ("story", "replaces")  # that only the run knows
_GET = {name: row.compute or attrgetter(name) for name, row in BY_NAME.items() if name not in RUN_FIELDS}


def values_of(names: Sequence[str], article: Article, extra: Extra | None = None) -> list[Any]:
    """The values of an article in the columns with these names: str, int, None or a tuple; any JSON value for kept
    fields. What is no field of the record is in `extra`: from the input, or from the run."""
    given = extra or {}
    return [_GET[name](article) if name in _GET else given.get(name) for name in names]


def columns_of(default: Sequence[str], fields: Sequence[str] | None, keep: Collection[str]) -> tuple[str, ...]:
    """The names of an output's columns: `fields`, or `default` if that is None, and then the kept fields of the input.

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
    return tuple(dict.fromkeys([*(default if fields is None else fields), *keep]))


def column_label(name: str, language: str | None) -> str:
    """The name of a column for readers, in English or Arabic; without a language, or for a kept field, its own name."""
    row = BY_NAME.get(name)
    return (row.arabic if language == "ar" else row.english) if row and language else name


def json_schema() -> str:
    """The JSON Schema of the record as text: draft 2020-12."""
    derived = "Where --fields names it: "
    properties: dict[str, Any] = {
        name: {"description": (row.meaning if name in RECORD else derived + row.meaning), **row.type.schema}
        for name, row in BY_NAME.items()
    }
    roles = [role.value for role in Role if role in DROPPED]
    items = properties["dropped"]["items"]
    properties["dropped"]["items"] = items | {"properties": items["properties"] | {"role": {"enum": roles}}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:newsparse:record",
        "title": "newsparse record",
        "description": "One news article. Every key is always there; unknown is null, an empty list is [].",
        "type": "object",
        "required": RECORD,
        "properties": properties,
        "additionalProperties": {"description": "A field of the input that --keep names: any JSON."},
    }
    return json.dumps(schema, indent=2)
