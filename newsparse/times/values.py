"""The parts of a line put together: one group a stamp, and the time that a group says.

Knows parts (`newsparse.times.grammar`) and how date, weekday, clock, zone and label make one time. Does not know what
else stands on the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from newsparse.times import calendars, zones
from newsparse.times.calendars import GREGORIAN, HIJRI, Day, Reading
from newsparse.times.grammar import ALONE
from newsparse.times.readers import Age, Bare, Clock, Field, hour_in
from newsparse.words.vocab import Settings

SLACK = 2  # days that a Hijri date may be off its twin


class Group:
    """The parts of one stamp: a label and what stands behind it, up to the next."""

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
        """Whether a date stands in it."""
        return bool(self.days) or self.bare is not None

    @property
    def is_empty(self) -> bool:
        """Whether no time stands in it."""
        return not (self.days or self.clock or self.bare or self.ago is not None or self.monthly)


class Value(NamedTuple):
    """The time of a group: ISO 8601 or None, and the codes of its warnings, without the field."""

    time: str | None
    warnings: tuple[str, ...] = ()
    why: str = ""
    relative: bool = False
    is_hijri: bool = False


def grouped(fields: Sequence[Field], text: str, today: date | None, are_one: bool = False) -> list[Group] | None:
    """The parts of the line put together, one group a stamp, those without a time left out; None where one is none.

    `are_one` says that they are of one stamp, as their kinds alone show.
    """
    group = Group()
    groups = [group]
    seen: set[str] = set()
    for field in fields:
        kind, value = field.kind, field.says(text, today)
        if value is None:
            return None
        if not are_one:
            if seen and (kind in seen or kind in ALONE) and _opens(kind, value, group):
                group = Group()
                groups.append(group)
                seen = set()
            seen.add(kind)
        if kind in AS_THEY_ARE:
            setattr(group, kind, value)
        else:
            _take(kind, value, group)
    if len(groups) > 1:
        groups = _with_halves_joined(groups)
    for each in groups:
        if each.period and each.clock:
            each.clock = each.clock._replace(hour=hour_in(each.period, each.clock.hour))
    return groups if group.days and len(groups) == 1 else [group for group in groups if not group.is_empty]


AS_THEY_ARE = frozenset({"clock", "weekday", "label", "year"})  # parts that go into a group as they are


def _opens(kind: str, value: Any, group: Group) -> bool:
    """Whether the part begins the next stamp, because the group has what it brings."""
    if kind == "date":
        return group.bare is not None or (bool(group.days) and not _are_twins(group.days[-1], value, group.clock))
    if kind == "weekday":
        return group.has_day and group.weekday != value
    if kind == "label" and group.label == value:  # «الوقت: 21:03 التاريخ: 28/02/2025»
        return False
    if kind == "relative" and group.clock and not group.has_day and group.ago is None:  # «21:40 أمس»
        return False
    return kind == "clock" or (kind in ALONE and not group.is_empty)


def _with_halves_joined(groups: list[Group]) -> list[Group]:
    """The groups, with two side by side as one where they are of one stamp."""
    found = groups[:1]
    for group in groups[1:]:
        if _are_halves(found[-1], group):
            found[-1] = _joined(found[-1], group)
        else:
            found.append(group)
    return found


def _are_halves(first: Group, second: Group) -> bool:
    """Whether two groups say one time.

    One has the day and the other the clock: «21/11/2023 الوقت 16:40»; or one the date and the other how long ago that
    is: «21/11/2023 (منذ 5 ساعات)».
    """
    if isinstance(first.ago, Age) != isinstance(second.ago, Age):
        return second.label is None and bool(first.days) != bool(second.days)
    if first.label == "updated" or second.label != "published" or first.ago is not None or second.ago is not None:
        return False
    return (first.has_day, first.clock is None) == (second.clock is not None, not second.has_day)


def _joined(first: Group, second: Group) -> Group:
    """The two as one."""
    one = Group()
    for half in (second, first):
        vars(one).update(vars(half))
    one.label = first.label or second.label
    return one


def _are_twins(first: Day, second: Day | Bare, clock: Clock | None) -> bool:
    """Whether two dates side by side are one day: of two calendars, or printed twice, for eyes and screen readers."""
    if isinstance(second, Bare) or not first.readings or not second.readings:
        return False
    if first.readings[0].calendar != second.readings[0].calendar:
        return True
    return clock is None and bool(calendars.shared(first, second).readings)


def _take(kind: str, value: Any, group: Group) -> None:
    """Put a part into its group."""
    if kind == "date":
        if isinstance(value, Bare):
            group.bare = value
        elif group.days and (same := calendars.shared(group.days[-1], value)).readings:
            group.days = (*group.days[:-1], same)
        else:
            group.days += (value,)
    elif kind == "both":
        group.days, group.clock = (value[0],), value[1]
    elif kind == "offset" or (kind == "zone" and group.zone is None):
        group.zone = value
    elif kind in ("age", "relative"):
        group.ago = value
    elif kind == "month":
        group.monthly = True
    elif kind == "period":
        group.period = value


# What a group says ------------------------------------------------------------------------------------------------


def value_of(group: Group, settings: Settings, other: Group | None = None) -> Value:
    """The time of the group: its date, else what counts from now.

    What it leaves open, the `other` stamp of its line may say: order, zone, day, year.
    """
    if group.ago is not None and not group.days:
        return _relative(group, settings)
    if group.weekday and not group.has_day and not (other and other.has_day):
        return _last_weekday(group, settings)
    reading, warnings = _day(group, settings, other)
    if reading is None:
        return Value(None, warnings, "a date, but none that is certain")
    day, calendar, order = reading
    clock = group.clock
    if clock is not None and clock.is_valid:
        when = iso(day, clock, _zone(group, other, settings))
    else:
        when = day.isoformat()
        warnings = (*warnings, "bad_time") if clock else warnings
    why = f"{DATE_SAYS.get(order) or calendar} {when}"
    if group.weekday:
        why += AGREES if day.isoweekday() == group.weekday else ", weekday contradicts"
    return Value(when, warnings, why, False, calendar == HIJRI)


AGREES = ", weekday agrees"
DATE_SAYS = {"DMY": "day first,", "MDY": "month first,", "YMD": "year first,"}


def iso(day: date, clock: Clock, zone: tzinfo | None) -> str:
    """ISO 8601, with the offset that the zone has then."""
    if zone is None:
        return f"{day.isoformat()}T{time(*clock).isoformat()}"
    return datetime.combine(day, time(*clock), zone).isoformat()


def _zone(group: Group, other: Group | None, settings: Settings) -> tzinfo | None:
    """The zone that the line names, at this stamp or the other, else that of --tz."""
    name = group.zone or (other.zone if other else None)
    return (zones.named(name) if name else None) or settings.tz


def _day(group: Group, settings: Settings, other: Group | None) -> tuple[Reading | None, tuple[str, ...]]:
    """The day that the group names, checked by its weekday and its twin of another calendar."""
    days = group.days
    if len(days) == 1 and group.bare is None:
        return calendars.chosen(days[0], group.weekday, _order(other) if other else None)
    if group.bare is not None:
        day = _with_year(group, group.bare, settings, other)
        return calendars.chosen(day, group.weekday, None)
    if not days and other and other.ago is not None:  # «أمس 16:40 - آخر تحديث 17:05»
        return _day_of(_relative(other, settings))
    if not days:
        return _day(other, settings, None) if other else (None, ())
    main = next((day for day in days if day.readings and day.readings[0].calendar == GREGORIAN), days[0])
    reading, warnings = calendars.chosen(main, group.weekday, _order(other))
    if reading is not None and not _agree(reading.day, days):
        warnings = (*warnings, "hijri_mismatch")
    return reading, warnings


def _day_of(value: Value) -> tuple[Reading | None, tuple[str, ...]]:
    """The day of a time that counts from now."""
    if value.time is None:
        return None, value.warnings
    return Reading(date.fromisoformat(value.time[:10]), "from now", ""), ()


def twin_clock(group: Group, other: Group) -> Group:
    """The stamp, with the zone that a second clock proves: «13:22 (10:22 GMT)»."""
    first, second = group.clock, other.clock
    if group.zone is None and first and second and first.is_valid and second.is_valid and other.zone == "UTC":
        ahead = (first.hour - second.hour) * 60 + first.minute - second.minute
        if ahead % 15 == 0:
            ahead = (ahead + 720) % 1440 - 720
            group.zone = f"{'-' if ahead < 0 else '+'}{abs(ahead) // 60:02}:{abs(ahead) % 60:02}"
    return group


def _with_year(group: Group, bare: Bare, settings: Settings, other: Group | None) -> Day:
    """The day without a year: in that of the line, or of its other stamp, else in the last one before --now."""
    if group.year:
        return calendars.named(bare.day, bare.month, group.year, GREGORIAN)
    if other and other.has_day and other.bare is None:
        reading, _ = _day(other, settings, None)
        if reading is not None:
            return calendars.named(bare.day, bare.month, reading.day.year, GREGORIAN)
    return calendars.without_year(bare.day, bare.month, group.weekday, today(settings))


def _order(other: Group | None) -> str | None:
    """The order of day and month that the line's other date proves."""
    if other is None or len(other.days) != 1 or len(other.days[0].readings) != 1:
        return None
    return other.days[0].readings[0].order


def _agree(day: date, days: Iterable[Day]) -> bool:
    """Whether each date is within the slack of `day`, in one of its readings."""
    return all(
        any(abs(reading.day - day) <= timedelta(SLACK) for reading in twin.readings) for twin in days if twin.readings
    )


# Times that count from now ----------------------------------------------------------------------------------------


def today(settings: Settings) -> date | None:
    """The day of --now, where the page is."""
    if settings.now is None:
        return None
    now = _now(settings)
    return now.date() if now else None


def _now(settings: Settings) -> datetime | None:
    now = settings.now
    if now is not None and settings.tz is not None:
        now = now.astimezone(settings.tz) if now.tzinfo else now.replace(tzinfo=settings.tz)
    return now


def _relative(group: Group, settings: Settings) -> Value:
    """«منذ 3 ساعات», «أمس 21:40»: to the minute for hours and minutes, else the day."""
    now = _now(settings)
    if now is None:
        return Value(None, ("relative",), "counts from now, and --now is not given", True)
    if isinstance(group.ago, Age):
        then = _before(now, group.ago)
    else:
        then = now if group.ago == "now" else (now + timedelta(group.ago if group.ago != "today" else 0)).date()
    if then is None:
        return Value(None, ("relative",), "counts from now, but says not how much", True)
    if group.weekday and _as_day(then).isoweekday() != group.weekday:  # «أمس الخميس», read on a Saturday
        return Value(None, ("relative",), "counts from now, but the weekday contradicts", True)
    if group.clock is not None and group.clock.is_valid:
        return Value(iso(_as_day(then), group.clock, _zone(group, None, settings) or now.tzinfo), (), "from now", True)
    if isinstance(then, datetime):
        then = then.replace(second=0, microsecond=0)
    return Value(then.isoformat(), (), "from now", True)


def _as_day(then: date | datetime) -> date:
    return then.date() if isinstance(then, datetime) else then


def _before(now: datetime, age: Age) -> datetime | date | None:
    """The time so long ago; a day where an amount is of days or more."""
    then, fine = now, True
    for unit, amount in age.amounts:
        if amount is None or (amount % 1 and unit not in ("hours", "minutes", "days")):
            return None
        try:
            if unit in ("months", "years"):
                from dateutil.relativedelta import relativedelta

                count = int(amount)
                then = then - (relativedelta(months=count) if unit == "months" else relativedelta(years=count))
            else:
                then = then - timedelta(**{unit: amount})
        except (OverflowError, ValueError):
            return None
        fine = fine and (unit in ("hours", "minutes", "seconds") or amount == 0.5)
    return then if fine else then.date()


def _last_weekday(group: Group, settings: Settings) -> Value:
    """«الأربعاء 21:40»: the last such time that is not to come."""
    now = _now(settings)
    if now is None or group.clock is None or not group.clock.is_valid:
        return Value(None, ("relative",), "a weekday without its date", True)
    zone = _zone(group, None, settings)
    for back in range(8):
        day = now.date() - timedelta(back)
        then = datetime.combine(day, time(*group.clock))
        if day.isoweekday() == group.weekday and then <= now.replace(tzinfo=None):
            return Value(iso(day, group.clock, zone or now.tzinfo), (), "the last such weekday", True)
    return Value(None, ("relative",), "a weekday without its date", True)
