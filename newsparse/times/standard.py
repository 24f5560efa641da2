"""The standard forms that the grammar has not, as python-dateutil reads them: it never fills a field from today.

They are ISO 8601's basic and week forms (``20240917T102200Z``, ``2024-W38-2``), and whole English lines with their
parts in another order (``Tue Sep 17 13:22:00 UTC 2024``).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

from newsparse.patterns import rare
from newsparse.times import zones
from newsparse.times.lexer import Lexed
from newsparse.times.stamp import Timestamp
from newsparse.words.vocab import Settings

_DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 11, 28))  # no field the same: what both give, the text says
_ISO_FORM = rare(r"\d{8}T\d{2}(?:\d{2}){0,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{4}-?W\d\d(?:-?[1-7])?", re.ASCII)
_BEFORE_OFFSET = rare(r"\b(?:GMT|UTC)(?=[+-]\d)")


def may_be(lexed: Lexed) -> bool:
    """Whether the line may have a form that python-dateutil reads and the grammar has not."""
    text, code = lexed.text.strip(), lexed.code
    if _ISO_FORM.fullmatch(text.replace("0", "1")):
        return True
    return text.isascii() and "M" in code and "X" not in code and "E" not in code


def read(text: str, settings: Settings) -> Timestamp | None:
    """ISO 8601's basic and week forms, and English with its parts in any order."""
    from dateutil.parser import isoparse

    if not text[:4].isdecimal():
        return _english(text, settings)
    if not _ISO_FORM.fullmatch(text):
        return _english(text, settings)
    try:
        return _from(isoparse(text), "T" in text, "ISO 8601", settings)
    except ValueError:
        return Timestamp(None, warnings=("published.invalid",), why="ISO 8601, but no date")


def _english(text: str, settings: Settings) -> Timestamp | None:
    """What dateutil makes of the whole line, if today's date has no part in it."""
    from dateutil.parser import parse

    table = settings.vocab.zones
    text = _BEFORE_OFFSET.sub("", text)  # dateutil takes GMT+3 for three hours behind

    def known(name: str | None, seconds: int | None) -> tzinfo | None:
        if seconds is not None:
            return timezone(timedelta(seconds=seconds))
        return zones.named(str(table.get((name or "").casefold(), "")))

    try:
        found = [parse(text, default=default, tzinfos=known) for default in _DEFAULTS]
    except (ValueError, OverflowError, ArithmeticError, TypeError):  # also an offset of three days
        return None
    if found[0].date() != found[1].date():
        return None
    return _from(found[0], ":" in text, "English", settings)


def _from(found: datetime, timed: bool, why: str, settings: Settings) -> Timestamp:
    """The timestamp of what dateutil found."""
    if not timed:
        return Timestamp(found.date().isoformat(), why=why)
    if found.tzinfo is None and settings.tz:
        found = found.replace(tzinfo=settings.tz)
    return Timestamp(found.isoformat(), why=why)
