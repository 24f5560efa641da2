"""Times that count from --now: «منذ 3 ساعات», «أمس 21:40», a weekday without its date.

Knows how to count back hours, days, months and years, also across a change of the clocks. Knows no text.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from newsparse.times.calendars import iso, now_of
from newsparse.times.readers import Age, Clock
from newsparse.words.vocab import Settings

FINE_UNITS = ("hours", "minutes", "seconds")
NO_DATE = (None, "a weekday without its date")


def counted(
    ago: Any, clock: Clock | None, zone: str | None, weekday: int | None, settings: Settings
) -> tuple[str | None, str]:
    """The time that lies so long `ago`, to the minute for hours and minutes, else the day; and the reason.

    `ago` is an Age, a number of days, "now", or "today": at some time of it; or None: the weekday and the clock say it.
    The time is None if it is not certain.
    """
    now = now_of(settings)
    if ago is None and weekday:
        last = _last(weekday, time(*clock), now) if now and clock and clock.is_valid else None
        return (iso(*last, zone, settings.tz or now.tzinfo), "the last such weekday") if last and now else NO_DATE
    if now is None:
        return None, "counts from now, and --now is not given"
    if isinstance(ago, tuple):
        then = _before(now, ago)
    else:
        then = now if ago == "now" else (now + timedelta(ago if ago != "today" else 0)).date()
    if then is None:
        return None, "counts from now, but says not how much"
    day = then.date() if isinstance(then, datetime) else then
    if weekday and day.isoweekday() != weekday:  # «أمس الخميس», read on a Saturday
        return None, "counts from now, but the weekday contradicts"
    if clock is not None and clock.is_valid:
        return iso(day, time(*clock), zone, settings.tz or now.tzinfo), "from now"
    return (then.replace(second=0, microsecond=0) if isinstance(then, datetime) else then).isoformat(), "from now"


def _before(now: datetime, age: Age) -> datetime | date | None:
    """The time so long ago; a day where an amount is of days or more. Hours are counted in UTC, across any change of
    the clocks."""
    then, is_fine = now, True
    for unit, amount in age:
        if amount is None or (amount % 1 and unit not in ("hours", "minutes", "days")):
            return None
        try:
            if unit in ("months", "years"):
                from dateutil.relativedelta import relativedelta

                then -= relativedelta(months=int(amount) * (12 if unit == "years" else 1))
            elif now.tzinfo and unit in FINE_UNITS:
                then = (then.astimezone(timezone.utc) - timedelta(**{unit: amount})).astimezone(now.tzinfo)
            else:
                then -= timedelta(**{unit: amount})
        except (OverflowError, ValueError):
            return None
        is_fine = is_fine and (unit in FINE_UNITS or amount == 0.5)
    return then if is_fine else then.date()


def _last(weekday: int, clock: time, now: datetime) -> tuple[date, time] | None:
    """The last such weekday and clock that is not to come: «الأربعاء 21:40»."""
    days = [now.date() - timedelta(back) for back in range(8)]
    past = [day for day in days if datetime.combine(day, clock) <= now.replace(tzinfo=None)]
    return next(((day, clock) for day in past if day.isoweekday() == weekday), None)
