"""Timestamps of two lines: a label above a time, and a clock beside a date.

Knows Timestamps alone. Which lines belong together is decided in `newsparse.layout.stamps`.
"""

from __future__ import annotations

from datetime import date, time

from newsparse.times.calendars import iso
from newsparse.times.stamp import DAY_CHARS, Timestamp, of_update
from newsparse.words.vocab import Settings


def with_label(stamp: Timestamp, label: str) -> Timestamp:
    """The timestamp under a label on a line of its own ("published", "updated", "event", …).

    One with a label or two times stays; one of an event has no time.
    """
    if stamp.labelled or stamp.updated or stamp.clock:
        return stamp
    if label == "event":
        return stamp._replace(published=None, label=label, warnings=())
    return (of_update(stamp) if label == "updated" else stamp)._replace(label=label)


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
