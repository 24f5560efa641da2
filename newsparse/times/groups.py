"""Groups: the parts of a line that belong to one timestamp.

Knows the meanings of parts (`newsparse.times.readers`) and which of them belong together. Does not know the rest of the
line, nor the time of a group (`newsparse.times.stamp`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from newsparse.times import calendars
from newsparse.times.calendars import Day
from newsparse.times.grammar import ALONE
from newsparse.times.readers import Age, Bare, Clock, LayoutField, hour_in

DATED = "dated"  # the label of any time: «بتاريخ», "date"


class Group:
    """The parts of one timestamp: a label and everything behind it, up to the next timestamp."""

    text = ""  # of the line
    label: str | None = None
    weekday: int | None = None
    days: tuple[Day, ...] = ()  # more than one: the same day in several calendars
    bare: Bare | None = None
    year: int | None = None  # of the day without one, where it stands before the weekday
    clock: Clock | None = None
    zone: str | None = None
    period: str | None = None  # of the day, where it stands beside the weekday
    ago: Any = None  # an Age, or the value of a relative word
    monthly = False

    @property
    def has_day(self) -> bool:
        """Whether the group has a date."""
        return bool(self.days) or self.bare is not None

    @property
    def is_empty(self) -> bool:
        """Whether the group has no time."""
        return not (self.days or self.clock or self.bare or self.ago is not None or self.monthly)


def grouped(fields: Sequence[LayoutField], text: str, today: date | None, are_one: bool = False) -> list[Group] | None:
    """The groups of a line that have a time; None if one of its parts says that the line is no timestamp.

    `are_one`: all parts belong to one timestamp, by their kinds.
    """
    group = Group()
    group.text = text
    groups = [group]
    seen: set[str] = set()
    for field in fields:
        kind = field.kind
        value = field.said if field.read is None else field.says(text, today)
        if value is None:
            return None
        if not are_one and (kind in seen or kind in ALONE) and seen and _opens(kind, value, group):
            group, seen = Group(), set()
            group.text = text
            groups.append(group)
        seen.add(kind)
        _take(kind, value, group)
    if len(groups) > 1:
        groups = _with_halves_joined(groups)
    for group in groups:
        if group.period and group.clock:
            group.clock = group.clock._replace(hour=hour_in(group.period, group.clock.hour))
    return [group for group in groups if not group.is_empty]


def _opens(kind: str, value: Any, group: Group) -> bool:
    """Whether the part begins the next timestamp, because the group already has such a part."""
    if kind == "date":
        return group.bare is not None or (bool(group.days) and not _are_twins(group.days[-1], value, group.clock))
    if kind == "weekday":
        return group.has_day and group.weekday != value
    if kind == "label" and group.label and value in (DATED, group.label):
        return False  # «الوقت: 21:03 التاريخ: 28/02/2025», «آخر تعديل بواسطة سامي بتاريخ 28/02/2025»
    if kind == "ago" and group.clock and not group.has_day and group.ago is None:  # «21:40 أمس»
        return False
    return kind == "clock" or (kind in ALONE and not group.is_empty)


def _are_twins(first: Day, second: Day | Bare, clock: Clock | None) -> bool:
    """Whether two dates side by side are one day: of two calendars, or printed twice, for eyes and screen readers."""
    if isinstance(second, Bare):
        return False
    return first.calendar != second.calendar or (clock is None and bool(calendars.shared(first, second).readings))


def _take(kind: str, value: Any, group: Group) -> None:
    """Put a part into the group."""
    if kind == "date":
        if isinstance(value, Bare):
            group.bare = value
        elif group.days and (same := calendars.shared(group.days[-1], value)).readings:
            group.days = (*group.days[:-1], same)
        else:
            group.days += (value,)
    elif kind == "both":
        group.days, group.clock = (value[0],), value[1]
    elif kind == "offset":
        group.zone = value
    elif kind == "role":
        group.label = group.label or value
    elif not ((kind == "zone" and group.zone) or (value == DATED and group.label)):
        setattr(group, kind, value)


def _with_halves_joined(groups: list[Group]) -> list[Group]:
    """The groups, with neighbours joined that belong to one timestamp."""
    found = groups[:1]
    for group in groups[1:]:
        if _are_halves(found[-1], group):
            vars(group).update({**vars(group), **vars(first := found.pop()), "label": first.label or group.label})
        found.append(group)
    return found


def _are_halves(first: Group, second: Group) -> bool:
    """Whether two groups say one time.

    One has the day and the other the clock: «21/11/2023 الوقت 16:40»; or one the date and the other how long ago that
    is: «21/11/2023 (منذ 5 ساعات)».
    """
    if isinstance(first.ago, Age) != isinstance(second.ago, Age):
        return second.label is None and bool(first.days) != bool(second.days)
    if first.label == "updated" or first.ago is not None or second.label not in ("published", DATED):
        return False
    return (first.has_day, first.clock is None) == (second.clock is not None, not second.has_day)
