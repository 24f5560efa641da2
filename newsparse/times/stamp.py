"""The Timestamp of a line: its times with their roles (published, updated), and what joins it with other lines.

Knows groups of parts (`newsparse.times.values`) and their labels. Does not know text.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from newsparse.text import fold
from newsparse.times import zones
from newsparse.times.readers import Clock
from newsparse.times.values import Group, Value, iso, twin_clock, value_of
from newsparse.words.vocab import Settings

DAY, MINUTES = len("2024-09-17"), len("2024-09-17T13:22")  # of times as they are written


class Timestamp(NamedTuple):
    """What the line of a timestamp says.

    published, updated: ISO 8601 as the clock of the page shows it; an offset only where the text or --tz proves it.
    rest: what of the line is neither timestamp nor label, separators trimmed.
    clock: where the line is a clock alone, "13:22:00", with its zone behind it ("11:02:00 Asia/Riyadh").
    warnings: codes, "published.invalid".
    why: one sentence for --explain.
    labelled: whether a label («نشر في») stands on the line; `update`, whether the only one is of an update.
    relative: whether the time counts from now.
    is_hijri: whether the day was counted out from a Hijri date, so that it may be off by one.
    """

    published: str | None
    updated: str | None = None
    rest: str = ""
    clock: str | None = None
    warnings: tuple[str, ...] = ()
    why: str = ""
    labelled: bool = False
    update: bool = False
    relative: bool = False
    is_hijri: bool = False


def stamp_of(groups: list[Group], rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line's one or two groups."""
    if len(groups) == 1:
        return _single(groups[0], rest, settings)
    published, updated = _roles(groups)
    if updated is None:
        return _single(published, rest, settings)
    first, second = value_of(published, settings, updated), value_of(updated, settings, published)
    if updated.label is None and (second.time or "") < (first.time or ""):
        return None
    if updated.label is None and (second.time or "")[:MINUTES] == (first.time or "")[:MINUTES]:
        return _labelled(first, published.label, rest)  # printed twice
    return Timestamp(
        first.time,
        second.time,
        rest,
        None,
        _coded("published", first) + _coded("updated", second),
        f"{first.why}; updated: {second.why}",
        True,
        False,
        first.relative,
        first.is_hijri,
    )


def _roles(groups: list[Group]) -> tuple[Group, Group | None]:
    """Which of two times is of publication, and which of an update, if either: by label, else by order."""
    first, second = groups
    if second.label is None and not second.has_day and second.zone:
        return twin_clock(first, second), None
    if second.label == "updated":
        return first, second if first.label != "updated" else None
    if first.label == "updated":
        return second, first
    if second.label == "published":
        return (second if first.label is None else first), None  # before the label: the day of the page
    return first, second if first.clock and second.clock else None


def _single(group: Group, rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line with one time."""
    if not group.has_day and (group.monthly or (group.clock and group.ago is None and not group.weekday)):
        return _dayless(group, rest, settings)
    return _labelled(value_of(group, settings), group.label, rest)


def _labelled(value: Value, label: str | None, rest: str) -> Timestamp:
    """The timestamp of one time, of publication or of an update as its label says."""
    update = label == "updated"
    published, updated = (None, value.time) if update else (value.time, None)
    warnings = _coded("updated" if update else "published", value)
    return Timestamp(
        published, updated, rest, None, warnings, value.why, label is not None, update, value.relative, value.is_hijri
    )


def _dayless(group: Group, rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line with a month alone, or a clock alone."""
    labelled, update = group.label is not None, group.label == "updated"
    clock = group.clock
    if clock is None or group.monthly:
        return Timestamp(None, None, rest, None, ("published.no_day",), "a month without a day", labelled, update)
    if not clock.is_valid or fold(rest) in settings.vocab.units:
        return None  # «02:35 دقيقة»: how long a video is
    wall = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    zone = f" {group.zone}" if group.zone else ""
    return Timestamp(None, None, rest, wall + zone, (), f"a clock, {wall}", labelled, update)


def _coded(field: str, value: Value) -> tuple[str, ...]:
    return tuple([f"{field}.{code}" for code in value.warnings])


def with_label(stamp: Timestamp, label: str) -> Timestamp:
    """The timestamp under a label on a line of its own ("published", "updated").

    One with a label or two times stays.
    """
    if stamp.labelled or stamp.updated or stamp.clock:
        return stamp
    if label != "updated":
        return stamp._replace(labelled=True)
    warnings = tuple(code.replace("published.", "updated.", 1) for code in stamp.warnings)
    return stamp._replace(published=None, updated=stamp.published, warnings=warnings, labelled=True, update=True)


def join(date: Timestamp, clock: str, settings: Settings) -> Timestamp:
    """A date and a clock that stand on two lines, as one; a date that has its own clock stays as it is."""
    wall, _, zone = clock.partition(" ")
    hour, minute, second = map(int, wall.split(":"))
    where = (zones.named(zone) if zone else None) or settings.tz

    def timed(day: str | None) -> str | None:
        return iso(_date(day), Clock(hour, minute, second), where) if day and len(day) == DAY else day

    published, updated = timed(date.published), timed(date.updated)
    if (published, updated) == (date.published, date.updated):
        return date
    return date._replace(published=published, updated=updated, why=f"{date.why}, time {wall[:5]} from another line")


def _date(text: str) -> date:
    return date.fromisoformat(text)
