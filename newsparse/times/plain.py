"""Stamps that leave nothing to decide, as most do: a Gregorian day of a full year, its clock, weekday, zone, label.

A layout of these parts alone is known for a plain one when it is made; the numbers of its lines then give the time at
once. Where they do not, for the day is none, or the weekday contradicts, `newsparse.times.groups` decides, as for all
other layouts; what both read, they read the same. Does not know what stands beside a stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from newsparse.times import zones
from newsparse.times.beside import Proof
from newsparse.times.calendars import FIRST_YEAR, GREGORIAN, LAST_YEAR
from newsparse.times.groups import AGREES, DATE_SAYS, Value
from newsparse.times.parts import Field, Said, hour_of_day

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
    date_says: str  # what the date is, for the reason
    is_open: bool  # day and month may be the other way round
    clock: tuple[slice, ...]
    hours: Said | None  # of a clock with words: which hour it is
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


def plain_of(fields: Sequence[Field]) -> Plain | None:
    """The fields of one stamp as a plain layout; None if they leave more to decide."""
    found = {field.kind: field for field in fields}
    date, clock, offset = found.get("date"), found.get("clock"), found.get("offset")
    if date is None or date.shape not in YEAR_MONTH_DAY or not found.keys() <= PARTS or (offset and "zone" in found):
        return None
    if clock and (clock.shape != "clock" or len(clock.numbers) > 3):  # not with the second's fraction
        return None
    (year, month, day), order = YEAR_MONTH_DAY[date.shape]
    said, numbers = date.said, date.numbers
    if (said.mark if order else said.calendar) not in (None, GREGORIAN) or not (order or said.month):
        return None
    at_month = said.month if month is None else numbers[month]
    says, is_open = DATE_SAYS.get(order, GREGORIAN), order == "DMY" and said.sign != "."
    weekday, label, zone = (found[kind].said if kind in found else None for kind in ("weekday", "label", "zone"))
    hours = clock.said if clock and clock.said.letters else None
    at_clock = clock.numbers if clock else ()
    return Plain(numbers[year], at_month, numbers[day], says, is_open, at_clock, hours, weekday, label, zone, offset)


def value_of(it: Plain, text: str, tz: tzinfo | None) -> Value | None:
    """The time of a line of the layout, where `tz` is the zone of bare times; None where its numbers leave a doubt."""
    month, weekday = it.month, it.weekday
    clock: list[Any] = [int(text[number]) for number in it.clock]
    if it.hours:
        clock[0] = hour_of_day(clock[0], it.hours)
    if not isinstance(month, int):
        month = int(text[month])
    try:
        then = datetime(int(text[it.year]), month, int(text[it.day]), *clock)
    except ValueError:
        return None
    if not FIRST_YEAR <= then.year <= LAST_YEAR or (weekday and then.isoweekday() != weekday):
        return None
    warnings: tuple[str, ...] = ()
    if it.is_open and then.day <= 12 and then.day != month:
        if weekday and then.replace(month=then.day, day=month).isoweekday() == weekday:
            return None
        warnings = () if weekday else ("ambiguous_order",)
    if not clock:
        when = then.isoformat()[:10]
    else:
        zone = it.offset.says(text, None) if it.offset else it.zone
        if it.offset and zone is None:
            return None
        tz = (zones.named(zone) if zone else None) or tz
        when = (then.replace(tzinfo=tz) if tz else then).isoformat()
    why = f"{it.date_says} {when}"
    return Value(when, warnings, why + AGREES if weekday else why)
