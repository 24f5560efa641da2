"""Standard forms that are not in the grammar: basic and week forms of ISO 8601, and the order of ctime in C.

ISO 8601 (``20240917T102200Z``, ``2024-W38-2``) goes to python-dateutil. Does not know the vocabulary.
"""

from __future__ import annotations

import re

from newsparse.patterns import rare
from newsparse.times.stamp import Timestamp
from newsparse.words.vocab import Settings

_ISO_FORM = rare(r"\d{8}T\d{2}(?:\d{2}){0,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{4}-?W\d\d(?:-?[1-7])?", re.ASCII)
_CTIME = rare(
    r"\b([A-Z][a-z]+\.? \d\d?) (\d\d?:\d\d(?::\d\d)?(?: [A-Z]{2,5})?(?: ?[+-]\d\d:?\d\d)?) (\d{4})$", re.ASCII
)


def is_standard(text: str) -> bool:
    """Whether a line has one of these forms; its digits may be 0."""
    return bool(_ISO_FORM.fullmatch(text.replace("0", "1")) or _CTIME.search(text))


def reordered(text: str) -> str:
    """The line with the year behind the day: "Tue Sep 17 13:22:00 UTC 2024" has it at the end."""
    return _CTIME.sub(r"\1 \3 \2", text)


def read_standard(text: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line in a form of ISO 8601; None for any other line."""
    if not _ISO_FORM.fullmatch(text):
        return None
    from dateutil.parser import isoparse

    try:
        found = isoparse(text)
    except ValueError:
        return Timestamp(None, warnings=("published.invalid",), why="ISO 8601, but no date")
    if "T" not in text:
        return Timestamp(found.date().isoformat(), why="ISO 8601")
    if found.tzinfo is None and settings.tz:
        found = found.replace(tzinfo=settings.tz)
    return Timestamp(found.isoformat(), why="ISO 8601")
