"""The Timestamp of a line: the time of each group, and whether it is the time of publication or of an update.

Knows groups (`newsparse.times.groups`), --now and --tz. Knows no text.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import NamedTuple

from newsparse.text import fold
from newsparse.times import calendars
from newsparse.times.beside import STRETCH_EDGES
from newsparse.times.calendars import GREGORIAN, HIJRI, Day, DayReading
from newsparse.times.groups import DATED, Group, TimeValue
from newsparse.times.readers import Bare
from newsparse.times.relative import counted, last_weekday, today
from newsparse.times.zones import iso
from newsparse.words.vocab import Settings

MAX_TWIN_GAP = timedelta(2)  # between a Hijri date and its Gregorian twin
LABEL_RANKS = ("published", DATED, None, "created", "updated", "event")  # the best for a time of publication first
DAY_CHARS, MINUTES_CHARS = len("2024-09-17"), len("2024-09-17T13:22")  # of times as they are written


class Timestamp(NamedTuple):
    """The result of reading a line.

    published, updated: ISO 8601 as the clock of the page shows it; an offset only where the text or --tz proves it.
    rest: the other words of the line, without separators at their ends.
    clock: if the line is only a clock, "13:22:00", perhaps with a zone ("11:02:00 Asia/Riyadh").
    warnings: codes, "published.invalid".
    why: one sentence for --explain.
    label: the kind of label on the line («نشر في» is "published"): published, updated, created, dated, or None.
    has_unknown: whether unknown words are beside it; then the time may be that of an event or a picture.
    relative: whether the time counts from now.
    is_hijri: whether the day was computed from a Hijri date; then it may be wrong by one day.
    """

    published: str | None
    updated: str | None = None
    rest: str = ""
    clock: str | None = None
    warnings: tuple[str, ...] = ()
    why: str = ""
    label: str | None = None
    has_unknown: bool = False
    relative: bool = False
    is_hijri: bool = False

    @property
    def labelled(self) -> bool:
        """Whether a label stands on the line."""
        return self.label is not None


def stamp_of(groups: list[Group], rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of the groups of a line; None if they are of an event, or in an impossible order."""
    if len(groups) == 1 and groups[0].label != "event":
        return _single(groups[0], rest, settings)
    if len(groups) == 2 and groups[1].label is None and not groups[1].has_day and groups[1].zone:
        groups = [twin_clock(*groups)]
    published, updated = _roles(groups)
    if published is None or updated is None:
        one = published or updated
        return _single(one, rest, settings) if one else None
    first, second = value_of(published, settings, updated), value_of(updated, settings, published)
    if updated.label is None and (second.time or "") < (first.time or ""):
        return None
    if updated.label is None and (second.time or "")[:MINUTES_CHARS] == (first.time or "")[:MINUTES_CHARS]:
        return _labelled(first, published.label, rest)  # printed twice
    warnings = _coded("published", first) + _coded("updated", second)
    why = f"{first.why}; updated: {second.why}"
    label = published.label or DATED
    return Timestamp(first.time, second.time, rest, None, warnings, why, label, False, first.relative, first.is_hijri)


def _roles(groups: list[Group]) -> tuple[Group | None, Group | None]:
    """The times of publication and of an update: by their labels, or else by their order."""
    groups = [group for group in groups if group.label != "event"]
    updated = next((group for group in reversed(groups) if group.label == "updated"), None)
    others = [group for group in groups if group.label != "updated"]
    if len(others) == 2 and updated is None and others[1].label is None and all(each.clock for each in others):
        return others[0], others[1]
    return min(others, key=lambda group: LABEL_RANKS.index(group.label), default=None), updated


def _single(group: Group, rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line with one time."""
    if not group.has_day and (group.monthly or (group.clock and group.ago is None and not group.weekday)):
        return _dayless(group, rest, settings)
    return _labelled(value_of(group, settings), group.label, rest)


def _labelled(value: TimeValue, label: str | None, rest: str) -> Timestamp:
    """The timestamp of one time, which its label makes that of publication or of an update."""
    field = "updated" if label == "updated" else "published"
    published, updated = (None, value.time) if field == "updated" else (value.time, None)
    warnings = _coded(field, value)
    return Timestamp(published, updated, rest, None, warnings, value.why, label, False, value.relative, value.is_hijri)


def _dayless(group: Group, rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line with a month alone, or a clock alone."""
    clock = group.clock
    if clock is None or group.monthly:
        return Timestamp(None, None, rest, None, ("published.no_day",), "a month without a day", group.label)
    if not clock.is_valid or fold(rest) in settings.vocab.units or _is_prayer(group, settings):
        return None  # «02:35 دقيقة»: how long a video is
    wall = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    zone = f" {group.zone}" if group.zone else ""
    return Timestamp(None, None, rest, wall + zone, (), f"a clock, {wall}", group.label)


def _is_prayer(group: Group, settings: Settings) -> bool:
    """Whether the clock stands behind the name of a prayer, which is a time of day with its article: «العصر 15:30»."""
    first = fold(group.text.lstrip(STRETCH_EDGES).partition(" ")[0]).strip(STRETCH_EDGES)
    return first.startswith("ال") and first in settings.vocab.day_periods


def _coded(field: str, value: TimeValue) -> tuple[str, ...]:
    return tuple([f"{field}.{code}" for code in value.warnings])


def with_unknown(stamp: Timestamp, has_unknown: bool) -> Timestamp | None:
    """The timestamp beside words that no list knows, or a damaged weekday; None where the weekday contradicts it.

    It is warned of: the time may be of an event or a picture.
    """
    if any(code.endswith(".weekday_mismatch") for code in stamp.warnings):
        return None
    field = "updated" if stamp.published is None else "published"
    if not has_unknown or not (stamp.published or stamp.updated):
        return stamp
    return stamp._replace(has_unknown=True, warnings=(*stamp.warnings, f"{field}.unknown_words"))


def with_label(stamp: Timestamp, label: str) -> Timestamp:
    """The timestamp under a label on a line of its own ("published", "updated", "event", …).

    One with a label or two times stays; one of an event has no time.
    """
    if stamp.labelled or stamp.updated or stamp.clock:
        return stamp
    if label == "event":
        return stamp._replace(published=None, label=label, warnings=())
    if label != "updated":
        return stamp._replace(label=label)
    warnings = tuple(code.replace("published.", "updated.", 1) for code in stamp.warnings)
    return stamp._replace(published=None, updated=stamp.published, warnings=warnings, label=label)


def join(dated: Timestamp, timed: Timestamp, settings: Settings) -> Timestamp:
    """A date and a clock that stand on two lines, as one; a date that has its own clock stays as it is.

    A clock with the label of an update («آخر تحديث: 04:18») says when the article of that day was updated.
    """
    wall, _, zone = (timed.clock or "").partition(" ")
    at = time.fromisoformat(wall)

    def joined(day: str | None) -> str | None:
        return iso(date.fromisoformat(day), at, zone, settings.tz) if day and len(day) == DAY_CHARS else day

    published, updated = joined(dated.published), joined(dated.updated)
    if timed.label == "updated" and dated.published and not dated.updated:
        published, updated = dated.published, published
    if (published, updated) == (dated.published, dated.updated):
        return dated
    return dated._replace(published=published, updated=updated, why=f"{dated.why}, time {wall[:5]} from another line")


# What a group says ------------------------------------------------------------------------------------------------


def value_of(group: Group, settings: Settings, other: Group | None = None) -> TimeValue:
    """The time of the group: its date, else what counts from now.

    What it leaves open, the `other` stamp of its line may say: order, zone, day, year.
    """
    if group.ago is not None and not group.days:
        return counted(group, settings)
    if group.weekday and not group.has_day and not (other and other.has_day):
        return last_weekday(group, settings)
    reading, warnings = _day(group, settings, other)
    if reading is None:
        return TimeValue(None, warnings, "a date, but none that is certain")
    day, calendar, order = reading
    now = today(settings)
    if calendars.is_to_come(day, now) if now else day.year >= calendars.MAX_TWO_DIGIT_YEAR:
        warnings = (*warnings, "future")
    if group.days and group.days[0].is_uneven:
        warnings = (*warnings, "uneven_digits")
    if order == "MDY" and group.weekday and not group.text.isascii() and "ambiguous_order" not in warnings:
        warnings = (*warnings, "ambiguous_order")  # an Arabic page seldom puts the month first
    clock = group.clock
    if clock is not None and clock.is_valid:
        when = iso(day, clock.time, group.zone or (other.zone if other else None), settings.tz)
    else:
        when = day.isoformat()
        warnings = (*warnings, "bad_time") if clock else warnings
    why = f"{DATE_SAYS.get(order) or calendar} {when}"
    if group.weekday:
        why += AGREES if day.isoweekday() == group.weekday else ", weekday contradicts"
    return TimeValue(when, warnings, why, False, calendar == HIJRI)


AGREES = ", weekday agrees"
DATE_SAYS = {"DMY": "day first,", "MDY": "month first,", "YMD": "year first,"}


def _day(group: Group, settings: Settings, other: Group | None) -> tuple[DayReading | None, tuple[str, ...]]:
    """The day that the group names, checked by its weekday and its twin of another calendar."""
    days = group.days
    if len(days) == 1 and group.bare is None:
        return calendars.chosen(days[0], group.weekday, _order(other) if other else None)
    if group.bare is not None:
        day = _with_year(group, group.bare, settings, other)
        return calendars.chosen(day, group.weekday, None)
    if not days and other and other.ago is not None:  # «أمس 16:40 - آخر تحديث 17:05»
        return _day_of(counted(other, settings))
    if not days:
        return _day(other, settings, None) if other else (None, ())
    main = next((day for day in days if day.calendar == GREGORIAN), days[0])
    reading, warnings = calendars.chosen(main, group.weekday, _order(other))
    if reading and not all(any(abs(twin.day - reading.day) <= MAX_TWIN_GAP for twin in day.readings) for day in days):
        warnings = (*warnings, "hijri_mismatch")
    return reading, warnings


def _day_of(value: TimeValue) -> tuple[DayReading | None, tuple[str, ...]]:
    """The day of a time that counts from now."""
    if value.time is None:
        return None, value.warnings
    return DayReading(date.fromisoformat(value.time[:10]), "from now", ""), ()


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
        return calendars.month_named(bare.day, bare.month, group.year, GREGORIAN)
    if other and other.has_day and other.bare is None:
        reading, _ = _day(other, settings, None)
        if reading is not None:
            return calendars.month_named(bare.day, bare.month, reading.day.year, GREGORIAN)
    return calendars.without_year(bare.day, bare.month, group.weekday, today(settings))


def _order(other: Group | None) -> str | None:
    """The order of day and month that the line's other date proves."""
    if other is None or len(other.days) != 1 or len(other.days[0].readings) != 1:
        return None
    return other.days[0].readings[0].order
