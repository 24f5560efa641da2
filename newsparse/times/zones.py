"""Time zones by name: IANA names and offsets, from word lists and texts.

Knows the rules of the tzdata package. The files of the machine count only if that package is missing, so a text has the
same offset on every machine. The option --tz is parsed in `newsparse.running.options`.
"""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import import_module
from types import ModuleType

_OFFSET = re.compile(r"([+-])(\d\d?)(?::?([0-5]\d))?", re.ASCII)
_NAME = re.compile(r"\w[\w+/-]*", re.ASCII)
ABBREVIATIONS = {"KSA": "SA", "UAE": "AE", "UK": "GB", "USA": "US"}  # that are no ISO codes
MAX_OFFSET_MINUTES = 14 * 60  # from UTC (Kiribati)


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """The zone for an IANA name or an offset (``+3``, ``+0300``, ``+03:00``); None if there is no such zone."""
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


def of_country(name: str) -> list[str]:
    """The IANA names of a country's zones; the country by its English name, its ISO code or a common abbreviation."""
    package = _package()
    if package is None:
        return []
    name = ABBREVIATIONS.get(name.upper(), name).casefold()
    countries = {country.casefold(): code.casefold() for code, country in _table(package, "iso3166.tab")}
    name = countries.get(name, name)
    return [zone for code, _, zone in _table(package, "zone.tab") if code.casefold() == name]


def _table(package: ModuleType, name: str) -> list[list[str]]:
    """The first columns of a table of the tzdata package."""
    with open(f"{package.__path__[0]}/zoneinfo/{name}", encoding="utf-8") as file:  # noqa: PTH123
        return [line.rstrip("\n").split("\t")[: 2 + (name == "zone.tab")] for line in file if line[0] != "#"]


def version() -> str:
    """The version of the tzdata package, such as "2024.1"; "" if it is not installed."""
    return getattr(_package(), "__version__", "")


def _package() -> ModuleType | None:
    """The tzdata package; None if it is not installed."""
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
