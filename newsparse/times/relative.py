"""Times that count from --now: «منذ 3 ساعات», «أمس 21:40», a weekday without its date.

Knows how to count back hours, days, months and years, also across a change of the clocks. Knows no text.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from newsparse.times.groups import Group, TimeValue
from newsparse.times.readers import Age
from newsparse.times.zones import iso
from newsparse.words.vocab import Settings


def today(settings: Settings) -> date | None:
    """The day of --now in the zone of the page."""
    if settings.now is None:
        return None
    now = _now(settings)
    return now.date() if now else None


def _now(settings: Settings) -> datetime | None:
    now = settings.now
    if now is not None and settings.tz is not None:
        now = now.astimezone(settings.tz) if now.tzinfo else now.replace(tzinfo=settings.tz)
    return now


def counted(group: Group, settings: Settings) -> TimeValue:
    """«منذ 3 ساعات», «أمس 21:40»: to the minute for hours and minutes, else the day."""
    now = _now(settings)
    if now is None:
        return TimeValue(None, ("relative",), "counts from now, and --now is not given", True)
    if isinstance(group.ago, Age):
        then = _before(now, group.ago)
    else:
        then = now if group.ago == "now" else (now + timedelta(group.ago if group.ago != "today" else 0)).date()
    if then is None:
        return TimeValue(None, ("relative",), "counts from now, but says not how much", True)
    if group.weekday and _as_day(then).isoweekday() != group.weekday:  # «أمس الخميس», read on a Saturday
        return TimeValue(None, ("relative",), "counts from now, but the weekday contradicts", True)
    if group.clock is not None and group.clock.is_valid:
        return TimeValue(
            iso(_as_day(then), group.clock.time, group.zone, settings.tz or now.tzinfo), (), "from now", True
        )
    if isinstance(then, datetime):
        then = then.replace(second=0, microsecond=0)
    return TimeValue(then.isoformat(), (), "from now", True)


def _as_day(then: date | datetime) -> date:
    return then.date() if isinstance(then, datetime) else then


def _before(now: datetime, age: Age) -> datetime | date | None:
    """The time so long ago; a day where an amount is of days or more. Hours are counted in UTC, across any change of
    the clocks."""
    then, fine = now, True
    for unit, amount in age.amounts:
        if amount is None or (amount % 1 and unit not in ("hours", "minutes", "days")):
            return None
        try:
            if unit in ("months", "years"):
                from dateutil.relativedelta import relativedelta

                count = int(amount)
                then = then - (relativedelta(months=count) if unit == "months" else relativedelta(years=count))
            elif now.tzinfo and unit in ("hours", "minutes", "seconds"):
                then = (then.astimezone(timezone.utc) - timedelta(**{unit: amount})).astimezone(now.tzinfo)
            else:
                then = then - timedelta(**{unit: amount})
        except (OverflowError, ValueError):
            return None
        fine = fine and (unit in ("hours", "minutes", "seconds") or amount == 0.5)
    return then if fine else then.date()


def last_weekday(group: Group, settings: Settings) -> TimeValue:
    """«الأربعاء 21:40»: the last such time that is not to come."""
    now = _now(settings)
    if now is None or group.clock is None or not group.clock.is_valid:
        return TimeValue(None, ("relative",), "a weekday without its date", True)
    for back in range(8):
        day = now.date() - timedelta(back)
        then = datetime.combine(day, group.clock.time)
        if day.isoweekday() == group.weekday and then <= now.replace(tzinfo=None):
            when = iso(day, group.clock.time, group.zone, settings.tz or now.tzinfo)
            return TimeValue(when, (), "the last such weekday", True)
    return TimeValue(None, ("relative",), "a weekday without its date", True)
