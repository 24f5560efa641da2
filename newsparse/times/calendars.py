"""Calendars: from the numbers of a date to its possible days, and to the one that the weekday proves.

Knows which days exist in the Gregorian, Hijri and Persian calendars, and how a time is written. Knows no text. Hijri is
Umm al-Qura (hijridate, imported for the first such date); Persian is the 33-year cycle, right from 1799 to 2256
(Borkowski 1996, "The Persian calendar for 3000 years").
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from newsparse.codes import WarningCode
from newsparse.times.zones import zone_named
from newsparse.words.vocab import Settings

GREGORIAN, HIJRI, PERSIAN = "Gregorian", "Hijri", "Persian"
FIRST_YEAR, LAST_YEAR = 1900, 2099  # of news; a year outside is a slip or a joke
MAX_TWO_DIGIT_YEAR = 2040  # a year of two digits is before it, where no --now says what is past
HIJRI_CENTURY_ENDS = 70  # a Hijri year of two digits is of 1400 and later if it is before this one
MAX_PAST_YEARS = 50  # years; a year of two digits is of later ones, if it may be: «23/12/31»
MAX_DAYS_WITHOUT_YEAR = 300  # days; an older date would have its year
FINE_UNITS = ("hours", "minutes", "seconds")
MIN_HIJRI_YEAR = 1413  # the first year without a mark that cannot be a Persian one of our time


class DayReading(NamedTuple):
    """One reading of the numbers of a date; `order` is the order of day, month and year, such as "DMY"."""

    day: date
    calendar: str
    order: str


class Day(NamedTuple):
    """The possible readings of a date, the most likely first; none if the date is impossible."""

    readings: tuple[DayReading, ...]
    sign: str = ""  # between the numbers
    warnings: tuple[WarningCode, ...] = ()
    printed_in: str = GREGORIAN  # the calendar, where no reading is a date
    bare: tuple[int, int] | None = None  # day and month, where the text has no year
    is_uneven: bool = False  # «6/03/2024»: one number has a leading zero, the other one digit, so one may be lost

    @property
    def calendar(self) -> str:
        """The calendar of the likeliest reading."""
        return self.readings[0].calendar if self.readings else self.printed_in


NO_YEAR = Day((), "", (WarningCode.NO_YEAR,))


def now_of(settings: Settings) -> datetime | None:
    """The time of --now in the zone of the page."""
    now, tz = settings.now, settings.tz
    return now if now is None or tz is None else now.astimezone(tz) if now.tzinfo else now.replace(tzinfo=tz)


def today(settings: Settings) -> date | None:
    """The day of --now in the zone of the page."""
    return None if settings.now is None else now_of(settings).date()  # type: ignore[union-attr]


def iso(day: date, clock: time, zone: str | None, tz: tzinfo | None) -> str:
    """The time as ISO 8601, with the offset of the zone at that time; `tz` is the zone if the text names none.

    "BST@Europe/London" has an offset only while this zone uses the name BST; "?" has no offset.
    """
    if zone:
        name, _, place = zone.rpartition("@")
        tz = zone_named(place)
        if tz and name and datetime.combine(day, clock, tz).tzname() != name:
            tz = None
    if tz is None:
        return f"{day.isoformat()}T{clock.isoformat()}"
    return datetime.combine(day, clock, tz).isoformat()


def to_gregorian(year: int, month: int, day: int, calendar: str = GREGORIAN) -> date | None:
    """The day in the Gregorian calendar; None if the calendar has no such day, or if it is not of our time."""
    if calendar == GREGORIAN:
        try:
            return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
        except ValueError:
            return None
    found = _from_hijri(year, month, day) if calendar == HIJRI else _from_persian(year, month, day)
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _from_hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def _from_persian(year: int, month: int, day: int) -> date | None:
    if not (1178 <= year <= 1634 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    if month == 12 and day == 30 and not _is_persian_leap(year):
        return None
    leaps = sum(_is_persian_leap(y) for y in range(min(year, 1400), max(year, 1400)))
    days = (year - 1400) * 365 + (leaps if year > 1400 else -leaps)
    return date(2021, 3, 21) + timedelta(days + 30 * (month - 1) + min(month - 1, 6) + day - 1)


def _is_persian_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def possible(sign: str, *forms: tuple[str, str, int, int, int]) -> Day:
    """The Day of a date that may be read in several forms: order, calendar, year, month and day each."""
    readings = [
        DayReading(found, calendar, order)
        for order, calendar, year, month, day in forms
        if (found := to_gregorian(year, month, day, calendar))
    ]
    return Day(tuple(readings), sign) if readings else impossible(forms[0][1])


def impossible(calendar: str) -> Day:
    """The Day for a date that a calendar does not have."""
    return Day((), "", (WarningCode.INVALID,), calendar)


def named(day: int, month: int, year: int, calendar: str = GREGORIAN) -> Day:
    """The Day of a date whose month is a word."""
    return possible("", ("", calendar, year, month, day))


def is_to_come(day: date, today: date | None) -> bool:
    """Whether the day is after tomorrow, which no page's clock can show yet. False if today is not known."""
    return today is not None and (day - today).days > 1


def of_year(year: int, mark: str | None, persian: bool) -> tuple[str, ...]:
    """The calendars that a year may be of. `mark`: the one that a mark names («هـ»); `persian`: digits are Persian."""
    if mark and mark != GREGORIAN:
        return (mark,)
    if year >= 1600:
        return (GREGORIAN,)
    if persian and year < 1430:
        return (PERSIAN,)
    return (HIJRI,) if year >= MIN_HIJRI_YEAR else (HIJRI, PERSIAN)


def short(numbers: tuple[int, int, int], sign: str, mark: str | None, today: date | None) -> Day:
    """A date of three numbers of two digits: «17/09/24», «24/09/17», «5/7/45هـ»."""
    a, b, c = numbers
    if mark == HIJRI:
        return possible(sign, ("DMY", HIJRI, hijri_year(c), b, a))
    last = full_year(c, today)
    forms = ("DMY", last, b, a), ("MDY", last, a, b), ("YMD", full_year(a, today), b, c)
    found = possible(sign, *[(order, GREGORIAN, year, month, day) for order, year, month, day in forms])
    if not found.readings:
        return found
    if today is None:
        return found._replace(warnings=(WarningCode.TWO_DIGIT_YEAR,))
    past = [one for one in found.readings if not is_to_come(one.day, today)] or found.readings
    return found._replace(readings=tuple([one for one in past if today.year - one.day.year < MAX_PAST_YEARS] or past))


def without_year(day: int, month: int, weekday: int | None, today: date | None) -> Day:
    """The latest such day up to tomorrow; of the last years, that in which it falls on the weekday, if there is one."""
    if today is None:
        return NO_YEAR
    days = (to_gregorian(today.year + 1 - back, month, day) for back in range(6))
    past = [found for found in days if found and not is_to_come(found, today)]
    if not past:
        return impossible(GREGORIAN)
    best = next((found for found in past if found.isoweekday() == weekday), past[0])
    if weekday is None and (today - best).days > MAX_DAYS_WITHOUT_YEAR:
        return NO_YEAR
    return Day((DayReading(best, GREGORIAN, ""),))


def shared(first: Day, second: Day) -> Day:
    """The readings of one date that another of the same calendar has too: «09/07/2024» and «7 سبتمبر 2024»."""
    days = {(reading.day, reading.calendar) for reading in second.readings}
    readings = tuple([reading for reading in first.readings if (reading.day, reading.calendar) in days])
    return Day(readings, first.sign, first.warnings)


def hijri_year(year: int) -> int:
    """The Hijri year of two digits: 45 is 1445, 95 is 1395."""
    return 1400 + year if year < HIJRI_CENTURY_ENDS else 1300 + year


def full_year(year: int, today: date | None) -> int:
    """The four digits of a year of two, at most next year: 24 is 2024, 52 is 1952."""
    last = today.year + 1 if today else MAX_TWO_DIGIT_YEAR - 1
    return last - (last - year) % 100


def chosen(day: Day, weekday: int | None) -> tuple[DayReading | None, tuple[WarningCode, ...]]:
    """The reading that the weekday proves, else the first.

    Also the warnings: where the weekday contradicts all, and where nothing decides.
    """
    readings, warnings = day.readings, day.warnings
    if weekday and readings:
        proven = tuple([reading for reading in readings if reading.day.isoweekday() == weekday])
        if len(proven) == 1:
            return proven[0], ()
        warnings = () if proven else (*warnings, WarningCode.WEEKDAY_MISMATCH)
        readings = proven or readings
    first = readings[0] if readings else None
    if first is None or day.sign == "." or all(reading.day == first.day for reading in readings):
        return first, warnings
    if any(reading.calendar != first.calendar for reading in readings):
        return None, (*warnings, WarningCode.AMBIGUOUS_CALENDAR)
    return first, (*warnings, WarningCode.AMBIGUOUS_ORDER)


# Times that count from --now --------------------------------------------------------------------------------------


def counted(
    ago: Any, clock: time | None, zone: str | None, weekday: int | None, settings: Settings
) -> tuple[str | None, str]:
    """The time that is `ago` before now, and the reason. A day, or to the minute where hours or minutes are counted.

    `ago` is an Age, a number of days, "now", or "today": at some time of it; or None: the weekday and the clock say it.
    The time is None if it is not certain.
    """
    now = now_of(settings)
    if ago is None and weekday:
        last = _last(weekday, clock, now) if now and clock else None
        return (
            (iso(*last, zone, settings.tz or now.tzinfo), "the last such weekday")
            if last and now
            else (None, "a weekday without its date")
        )
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
    if clock is not None:
        return iso(day, clock, zone, settings.tz or now.tzinfo), "from now"
    return (then.replace(second=0, microsecond=0) if isinstance(then, datetime) else then).isoformat(), "from now"


def _before(now: datetime, age: tuple[tuple[str, float | None], ...]) -> datetime | date | None:
    """The time so long ago; a day where an amount is of days or more. Hours are counted in UTC, across any change of
    the clocks."""
    from dateutil.relativedelta import relativedelta

    then = now
    for unit, amount in age:
        if amount is None or (amount % 1 and unit not in ("hours", "minutes", "days")):
            return None
        in_utc = now.tzinfo is not None and unit in FINE_UNITS
        back = relativedelta(**{unit: amount if amount % 1 else int(amount)})  # type: ignore[arg-type]
        try:
            then = (then.astimezone(timezone.utc) - back).astimezone(now.tzinfo) if in_utc else then - back
        except (OverflowError, ValueError):
            return None
    return then if all(unit in FINE_UNITS or amount == 0.5 for unit, amount in age) else then.date()


def _last(weekday: int, clock: time, now: datetime) -> tuple[date, time] | None:
    """The last such weekday and clock that is not in the future: «الأربعاء 21:40»."""
    days = [now.date() - timedelta(back) for back in range(8)]
    past = [day for day in days if datetime.combine(day, clock) <= now.replace(tzinfo=None)]
    return next(((day, clock) for day in past if day.isoweekday() == weekday), None)
