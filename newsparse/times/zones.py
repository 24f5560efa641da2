"""Zones by name: IANA names and offsets, as the vocabulary and the text give them.

Knows the standard library's zoneinfo, imported when the first name is met. Does not know text of articles, nor the
option --tz (`newsparse.running.options`).
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache

_OFFSET = re.compile(r"([+-])(\d\d?)(?::?([0-5]\d))?", re.ASCII)
FARTHEST = 14 * 60  # minutes from UTC (Kiribati)


@lru_cache(maxsize=256)
def named(name: str) -> tzinfo | None:
    """The zone of an IANA name or of an offset (``+3``, ``+0300``, ``+03:00``); None where there is no such zone."""
    if name == "UTC":
        return timezone.utc
    if name[:1] in ("+", "-"):
        return _offset(name)
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; not a name; the name of a folder
        return None


def _offset(text: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > FARTHEST:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
