"""Zones by name: IANA names and offsets, as the vocabulary and the text give them.

Knows the rules of the tzdata package; the machine's own files count only where that package is missing. So the same
text has the same offset on every machine. Does not know text of articles, nor the option --tz
(`newsparse.running.options`).
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import import_module
from types import ModuleType

_OFFSET = re.compile(r"([+-])(\d\d?)(?::?([0-5]\d))?", re.ASCII)
_NAME = re.compile(r"\w[\w+/-]*", re.ASCII)
MAX_OFFSET_MINUTES = 14 * 60  # from UTC (Kiribati)


@lru_cache(maxsize=256)
def named(name: str) -> tzinfo | None:
    """The zone of an IANA name or of an offset (``+3``, ``+0300``, ``+03:00``); None where there is no such zone."""
    if name == "UTC":
        return timezone.utc
    if name[:1] in ("+", "-"):
        return _offset(name)
    from zoneinfo import ZoneInfo

    if not _NAME.fullmatch(name):
        return None
    try:
        if package := _package():
            with open(f"{package.__path__[0]}/zoneinfo/{name}", "rb") as file:  # noqa: PTH123 (pathlib takes long)
                return ZoneInfo.from_file(file, key=name)
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; no zone; the name of a folder
        return None


def version() -> str:
    """The version of the tzdata package, such as "2024.1"; "" where it is not installed."""
    return getattr(_package(), "__version__", "")


def _package() -> ModuleType | None:
    """The tzdata package; None where it is not installed."""
    try:
        return import_module("tzdata")
    except ImportError:
        return None


def _offset(text: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > MAX_OFFSET_MINUTES:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
