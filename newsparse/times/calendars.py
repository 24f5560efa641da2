"""Calendars: from numbers to a day. Gregorian, Hijri and Persian dates; the order of day and month; the weekday.

Knows which dates exist, and which of two readings a weekday proves. Knows no text. Hijri is Umm al-Qura (hijridate,
imported for the first such date); Persian is the 33-year cycle, right from 1799 to 2256 (Borkowski 1996, "The Persian
calendar for 3000 years").
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

GREGORIAN, HIJRI, PERSIAN = "Gregorian", "Hijri", "Persian"
FIRST_YEAR, LAST_YEAR = 1900, 2099  # of news; a year outside is a slip or a joke
MAX_TWO_DIGIT_YEAR = 2040  # a year of two digits is before it, where no --now says what is past
HIJRI_CENTURY_ENDS = 70  # a Hijri year of two digits is of 1400 and later if it is before this one
FIRST_HIJRI_YEAR = 1343  # of the calendar Umm al-Qura; an earlier one is history
MAX_PAST_YEARS = 50  # years; a year of two digits is of later ones, if it may be: «23/12/31»
MAX_DAYS_WITHOUT_YEAR = 300  # days; an older date would have its year
MIN_HIJRI_YEAR = 1413  # the first year without a mark that cannot be a Persian one of our time


class DayReading(NamedTuple):
    """One reading of the numbers of a date; `order` is the order of day, month and year."""

    day: date
    calendar: str
    order: str


class Day(NamedTuple):
    """The possible readings of a date, the most likely first; none if the date is impossible.

    `sign` is between the numbers. `warnings` have no field yet: "invalid", "two_digit_year".
    """

    readings: tuple[DayReading, ...]
    sign: str = ""
    warnings: tuple[str, ...] = ()
    printed_in: str = GREGORIAN  # the calendar, where no reading is a date
    is_uneven: bool = False  # «6/03/2024»: one number has a leading zero, the other one digit, so one may be lost

    @property
    def calendar(self) -> str:
        """The calendar of the likeliest reading."""
        return self.readings[0].calendar if self.readings else self.printed_in


INVALID = Day((), "", ("invalid",))
NO_YEAR = Day((), "", ("no_year",))


def to_gregorian(year: int, month: int, day: int, calendar: str = GREGORIAN) -> date | None:
    """The day in the Gregorian calendar; None if the calendar has no such day, or if it is not of our time."""
    if calendar == GREGORIAN:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        try:
            return date(year, month, day)
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


def invalid(calendar: str) -> Day:
    """The Day for an impossible date of a calendar."""
    return INVALID._replace(printed_in=calendar)


def _day(calendar: str, sign: str, *forms: tuple[str, str, int, int, int]) -> Day:
    """The forms that are dates: order, calendar, year, month and day each; an invalid date of `calendar` for none."""
    found = [(to_gregorian(year, month, day, name), name, order) for order, name, year, month, day in forms]
    readings = tuple([DayReading(day, name, order) for day, name, order in found if day])
    return Day(readings, sign) if readings else invalid(calendar)


def year_last(
    day: int, month: int, year: int, sign: str, mark: str | None, persian: bool, today: date | None = None
) -> Day:
    """A date of numbers with its year of four digits at the end.

    Args:
        day: the first number; the month, if that makes a date and the other order does not.
        month: the second number.
        year: the year, in any calendar.
        sign: what stands between the numbers; with dots it is always the day that comes first.
        mark: the calendar that a mark names («هـ»).
        persian: the digits are the Persian ones.
        today: where it is known, a date that has passed is likelier than one to come.
    """
    names = _calendars_of(year, mark, persian)
    forms = [("DMY", name, year, month, day) for name in names]
    if day <= 12 and day != month and names[0] == GREGORIAN:
        forms.append(("MDY", GREGORIAN, year, day, month))
    found = _day(names[0], sign, *forms)
    if today and len(found.readings) > 1 and is_to_come(found.readings[0].day, today):
        found = found._replace(readings=tuple(sorted(found.readings, key=lambda one: is_to_come(one.day, today))))
    return found


def year_first(year: int, month: int, day: int, sign: str, mark: str | None, persian: bool) -> Day:
    """A date of numbers with its year of four digits first: ISO 8601's order, and never another."""
    names = _calendars_of(year, mark, persian)
    return _day(names[0], sign, *[("YMD", name, year, month, day) for name in names])


def is_to_come(day: date, today: date) -> bool:
    """Whether the day is after tomorrow: so far ahead no page's clock can be."""
    return (day - today).days > 1


def _calendars_of(year: int, marked: str | None, persian: bool) -> tuple[str, ...]:
    """The calendars that the year may be of."""
    if marked and marked != GREGORIAN:
        return (marked,)
    if year >= 1600:
        return (GREGORIAN,)
    if persian and year < 1430:
        return (PERSIAN,)
    return (HIJRI,) if year >= MIN_HIJRI_YEAR else (HIJRI, PERSIAN)


def short(numbers: tuple[int, int, int], sign: str, mark: str | None, today: date | None) -> Day:
    """A date of three numbers of two digits: «17/09/24», «24/09/17», «5/7/45هـ»."""
    a, b, c = numbers
    if mark == HIJRI:
        return _day(HIJRI, sign, ("DMY", HIJRI, _hijri_year(c), b, a))
    last, first = full_year(c, today), full_year(a, today)
    found = _day(
        GREGORIAN, sign, ("DMY", GREGORIAN, last, b, a), ("MDY", GREGORIAN, last, a, b), ("YMD", GREGORIAN, first, b, c)
    )
    if not found.readings:
        return found
    if today is None:
        return found._replace(warnings=("two_digit_year",))
    past = [one for one in found.readings if not is_to_come(one.day, today)] or found.readings
    return found._replace(readings=tuple([one for one in past if today.year - one.day.year < MAX_PAST_YEARS] or past))


def month_named(day: int, month: int, year: int, calendar: str) -> Day:
    """A date whose month is a word."""
    return _day(calendar, "", ("", calendar, year, month, day))


def named_short(day: int, month: int, year: int, calendar: str, mark: str | None, today: date | None) -> Day:
    """A date whose month is a word, with a year of two digits: «17 سبتمبر 24», «5 رجب 45هـ»."""
    if calendar != GREGORIAN:
        return month_named(day, month, _hijri_year(year), HIJRI) if calendar == mark == HIJRI else invalid(calendar)
    found = month_named(day, month, full_year(year, today), GREGORIAN)
    return found if today or found.warnings else found._replace(warnings=("two_digit_year",))


def without_year(day: int, month: int, weekday: int | None, today: date | None) -> Day:
    """The last such day up to tomorrow; where the weekday says another year of late, that one."""
    if today is None:
        return NO_YEAR
    days = (to_gregorian(today.year + 1 - back, month, day) for back in range(6))
    past = [found for found in days if found and not is_to_come(found, today)]
    if not past:
        return INVALID
    best = next((found for found in past if found.isoweekday() == weekday), past[0])
    if weekday is None and (today - best).days > MAX_DAYS_WITHOUT_YEAR:
        return NO_YEAR
    return Day((DayReading(best, GREGORIAN, ""),))


def shared(first: Day, second: Day) -> Day:
    """The readings of one date that another of the same calendar has too: «09/07/2024» and «7 سبتمبر 2024»."""
    days = {(reading.day, reading.calendar) for reading in second.readings}
    readings = tuple([reading for reading in first.readings if (reading.day, reading.calendar) in days])
    return Day(readings, first.sign, first.warnings)


def _hijri_year(year: int) -> int:
    """The Hijri year of two digits: 45 is 1445, 95 is 1395."""
    return 1400 + year if year < HIJRI_CENTURY_ENDS else 1300 + year


def full_year(year: int, today: date | None) -> int:
    """The year of two digits that is not to come: 24 is 2024, 52 is 1952."""
    last = today.year + 1 if today else MAX_TWO_DIGIT_YEAR - 1
    return last - (last - year) % 100


def chosen(day: Day, weekday: int | None, order: str | None) -> tuple[DayReading | None, tuple[str, ...]]:
    """The reading that the weekday proves, else that of `order` (another date's on the line), else the first.

    Also the warnings, without their field: where the weekday contradicts all, and where nothing decides.
    """
    readings, warnings = day.readings, day.warnings
    if not readings:
        return None, warnings
    if weekday:
        proven = tuple([reading for reading in readings if reading.day.isoweekday() == weekday])
        if len(proven) == 1:
            return proven[0], ()
        warnings = () if proven else (*warnings, "weekday_mismatch")
        readings = proven or readings
    first = readings[0]
    for reading in readings:
        if reading.order == order:
            return reading, warnings
    if day.sign == "." or all(reading.day == first.day for reading in readings):
        return first, warnings
    if any(reading.calendar != first.calendar for reading in readings):
        return None, (*warnings, "ambiguous_calendar")
    return first, (*warnings, "ambiguous_order")
