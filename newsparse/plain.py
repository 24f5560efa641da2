"""Stamps that leave nothing to decide, as most do: a Gregorian day of a full year, its clock, weekday, zone, label.

A layout of these parts alone is known for a plain one when it is made; the numbers of its lines then give the time at
once. Where they do not, for the day is none, or the weekday contradicts, `newsparse.groups` decides, as for all other
layouts; what both read, they read the same. Does not know what stands beside a stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Any, NamedTuple

from newsparse import zones
from newsparse.beside import Proof
from newsparse.calendars import FIRST_YEAR, GREGORIAN, LAST_YEAR
from newsparse.groups import AGREES, DATE_SAYS, Value, iso
from newsparse.parts import Field

YEAR_MONTH_DAY = {  # by the shape of a date: the places of its numbers, and the order that they say
    "ymd": ((0, 1, 2), "YMD"),
    "dmy": ((2, 1, 0), "DMY"),
    "dny": ((1, None, 0), ""),
    "ndy": ((1, None, 0), ""),
    "ynd": ((0, None, 1), ""),
    "nyd": ((0, None, 1), ""),
}
PARTS = frozenset({"date", "clock", "weekday", "label", "zone", "offset"})


class Plain(NamedTuple):
    """Where the lines of a plain layout have their numbers, and what else they say."""

    year: slice
    month: slice | int  # where the month is a word, the month
    day: slice
    order: str
    has_dots: bool  # between the numbers: the day comes first
    clock: Field | None
    weekday: int | None
    label: str | None
    zone: str | None
    offset: Field | None

    @property
    def proof(self) -> Proof:
        """What says that its lines are stamps."""
        if self.clock:
            return Proof.CLOCK
        return Proof.WEEKDAY_OR_LABEL if self.weekday or self.label else Proof.DATE


def plain(fields: Sequence[Field]) -> Plain | None:
    """The fields of one stamp as a plain layout; None if they leave more to decide."""
    found = {field.kind: field for field in fields}
    date, clock, offset = found.get("date"), found.get("clock"), found.get("offset")
    if date is None or date.shape not in YEAR_MONTH_DAY or not found.keys() <= PARTS or (offset and "zone" in found):
        return None
    if clock and not 1 <= len(clock.numbers) <= 3:  # in words, or with the second's fraction
        return None
    weekday, label, zone = (found[kind].said if kind in found else None for kind in ("weekday", "label", "zone"))
    (year, month, day), order = YEAR_MONTH_DAY[date.shape]
    said, numbers = date.said, date.numbers
    if (said.mark if order else said.calendar) not in (None, GREGORIAN) or not (order or said.month):
        return None
    at = said.month if month is None else numbers[month]
    return Plain(numbers[year], at, numbers[day], order, said.sign == ".", clock, weekday, label, zone, offset)


def value_of(it: Plain, text: str, tz: tzinfo | None) -> Value | None:
    """The time of a line of the layout, where `tz` is the zone of bare times; None where its numbers leave a doubt."""
    month = it.month
    try:
        day = date(int(text[it.year]), month if isinstance(month, int) else int(text[month]), int(text[it.day]))
    except ValueError:
        return None
    weekday = it.weekday
    warnings: tuple[str, ...] = ()
    if not FIRST_YEAR <= day.year <= LAST_YEAR or (weekday and day.isoweekday() != weekday):
        return None
    if it.order == "DMY" and day.day <= 12 and day.day != day.month and not it.has_dots:
        if weekday and day.replace(month=day.day, day=day.month).isoweekday() == weekday:
            return None
        warnings = () if weekday else ("ambiguous_order",)
    when = day.isoformat()
    if it.clock:
        clock, zone = _said(it.clock, text), it.zone or (it.offset and _said(it.offset, text))
        if clock is None or not clock.is_valid or (it.offset and zone is None):
            return None
        when = iso(day, clock, (zones.named(zone) if zone else None) or tz)
    why = f"{DATE_SAYS.get(it.order) or GREGORIAN} {when}"
    return Value(when, warnings, why + AGREES if weekday else why)


def _said(field: Field, text: str) -> Any:
    """What the field says in the line."""
    return field.read([int(text[number]) for number in field.numbers], field.said, None) if field.read else field.said
