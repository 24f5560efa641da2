"""Readers: what one part of a line says, such as a day, a clock, a zone, an age.

READERS has a function for each kind of part with numbers. If it returns None, the line is no timestamp. A reader knows
only its part. Knows which days exist in the Gregorian, Hijri and Persian calendars, how a time is written, and the
names of time zones. Hijri is Umm al-Qura (hijridate, imported for the first such date); Persian is the 33-year cycle,
right from 1799 to 2256 (Borkowski 1996, "The Persian calendar for 3000 years"). The rules of zones are those of the
tzdata package; the files of the machine count only if it is missing, so a text has the same offset on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from newsparse.record import WarningCode
from newsparse.times.lexer import Lexed, TimePart
from newsparse.words.vocab import Settings

_OFFSET = re.compile(r"([+-])(\d\d?)(?::?([0-5]\d))?", re.ASCII)
_NAME = re.compile(r"\w[\w+/-]*", re.ASCII)
ABBREVIATIONS = {"KSA": "SA", "UAE": "AE", "UK": "GB", "USA": "US"}  # that are no ISO codes
MAX_OFFSET_MINUTES = 14 * 60  # from UTC (Kiribati)


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """The zone for an IANA name or an offset (``+3``, ``+0300``, ``+03:00``); None if there is no such zone."""
    if name == "UTC":
        return timezone.utc
    if name[:1] in ("+", "-"):
        return _written_offset(name)
    from zoneinfo import ZoneInfo

    if not _NAME.fullmatch(name):
        return None
    try:
        if package := _package():
            with open(f"{package.__path__[0]}/zoneinfo/{name}", "rb") as file:  # noqa: PTH123 (pathlib takes long)
                return ZoneInfo.from_file(file, key=name)
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; no zone; the name of a folder
        return None


def of_country(name: str) -> list[str]:
    """The IANA names of a country's zones; the country by its English name, its ISO code or a common abbreviation."""
    package = _package()
    if package is None:
        return []
    name = ABBREVIATIONS.get(name.upper(), name).casefold()
    countries = {country.casefold(): code.casefold() for code, country in _table(package, "iso3166.tab")}
    name = countries.get(name, name)
    return [zone for code, _, zone, *_ in _table(package, "zone.tab") if code.casefold() == name]


def _table(package: ModuleType, name: str) -> list[list[str]]:
    """The rows of a table of the tzdata package."""
    with open(f"{package.__path__[0]}/zoneinfo/{name}", encoding="utf-8") as file:  # noqa: PTH123
        return [line.rstrip("\n").split("\t") for line in file if line[0] != "#"]


def version() -> str:
    """The version of the tzdata package, such as "2024.1"; "" if it is not installed."""
    return getattr(_package(), "__version__", "")


def _package() -> ModuleType | None:
    """The tzdata package; None if it is not installed."""
    try:
        return import_module("tzdata")
    except ImportError:
        return None


def _written_offset(text: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > MAX_OFFSET_MINUTES:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


# Calendars ------------------------------------------------------------------------------------------------------------

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


@lru_cache(maxsize=8)
def today(settings: Settings) -> date | None:
    """The day of --now in the zone of the page."""
    now = now_of(settings)
    return now and now.date()


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
    if ago is None and not weekday:
        return None, "a clock without its date"
    if ago is None and not (now and clock):
        return None, "a weekday without its date"
    if now is None:
        return None, "counts from now, and --now is not given"
    if ago is None and weekday and clock:  # «الأربعاء 21:40»: the last one that is not in the future
        back = (now.isoweekday() - weekday) % 7
        ago = -back if back or clock <= now.time() else -7
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
    return then if all(unit in FINE_UNITS for unit, _ in age) else then.date()


# What each part says --------------------------------------------------------------------------------------------------

MIN_HISTORIC_YEARS = 20  # ago: no page says so of itself
BAD_CLOCK = "no such time"  # in place of a time of day
FIRST_HIJRI_YEAR = 1343  # of the calendar Umm al-Qura; an earlier one is history
MONTHS = {**dict.fromkeys("Mmow", GREGORIAN), **dict.fromkeys("Ii", HIJRI), "P": PERSIAN}  # calendars by letter
_MARKS = {"G": HIJRI, "g": GREGORIAN, "a": GREGORIAN, "j": PERSIAN}
_FIGURES = re.compile(r"\d+")
_CHOICE = re.compile("[mi]")  # a month that a number names: «تشرين 2»
_SIGN = re.compile("[./-]")
_FIELD = re.compile(r"\d+|[A-Za-z]")


Age = tuple[tuple[str, "float | None"], ...]
"""How long ago: pairs of unit and amount; the amount is None if the text has none."""


class Printed(NamedTuple):
    """A part as its reader gets it."""

    shape: str
    code: str
    sign: str  # between its numbers
    figures: Sequence[str]
    letters: str  # of its words
    values: Sequence[Any]  # of its words

    @property
    def mark(self) -> str | None:
        """The calendar that the last word names."""
        return _MARKS.get(self.letters[-1:])


def meaning(part: TimePart, line: Lexed, today: date | None) -> Any:
    """What the part says: a Day, a time of day, both, an Age, a zone, the value of its word; None if it is no time."""
    values = line.values[part.word : part.word + len(part.letters)]
    if (reader := READERS.get(part.kind)) is None:
        return values[0]
    code = line.code[part.start : part.end]
    sign = _SIGN.search(line.skeleton, part.start, part.end)
    printed = Printed(part.shape, code, sign[0] if sign else "", _FIGURES.findall(code), part.letters, values)
    return reader(printed, today)


# Dates ------------------------------------------------------------------------------------------------------------


def _date(it: Printed, today: date | None) -> Day | None:
    if it.shape == "unread":
        return impossible(HIJRI)
    if "n" in it.shape:
        return _named(it, today)
    is_run = len(it.figures) == 1
    run = it.figures[0]
    first, second, third = map(int, (run[:4], run[4:6], run[6:]) if is_run else it.figures)
    if it.shape == "dmY":
        return short((first, second, third), it.sign, it.mark, today)
    year = first if it.shape == "ymd" else third
    names = of_year(year, it.mark, "۰" <= run[0] <= "۹")
    if it.shape == "dmy":
        return _year_last(it, names, (first, second, year), today)
    found = possible(it.sign, *[("YMD", name, year, second, third) for name in names])
    return found if found.readings or not is_run else None


def _year_last(it: Printed, names: Sequence[str], numbers: tuple[int, int, int], today: date | None) -> Day:
    day, month, year = numbers
    forms = [("DMY", name, year, month, day) for name in names]
    found = possible(it.sign, *forms, ("MDY", GREGORIAN, year, day, month))
    if today and [is_to_come(one.day, today) for one in found.readings] == [True, False]:
        found = found._replace(readings=found.readings[::-1])  # one that has passed is likelier
    is_uneven = max(day, month) < 10 and len(it.figures[0]) != len(it.figures[1])
    return found._replace(is_uneven=True) if is_uneven else found


def _named(it: Printed, today: date | None) -> Day | None:
    """A date whose month is a word; a Hijri year that no news has is history, so no timestamp."""
    numbers = [*map(int, it.figures)]
    month, calendar = _month(it)
    if marked := _CHOICE.search(it.code):  # «17 تشرين 2 2024»
        choice = numbers.pop(len(_FIGURES.findall(it.code, 0, marked.start())))
        if isinstance(month, tuple):
            if choice not in (1, 2):
                return None
            month = month[choice - 1]
    if it.letters[0] == "t":
        numbers.insert(0, it.values[0])
    said = dict(zip(it.shape.replace("n", ""), numbers, strict=True))
    day = said["d"]
    if not {"y", "Y"} & said.keys():
        return Day((), bare=(day, month)) if calendar == GREGORIAN else NO_YEAR
    if "y" in said:
        is_history = calendar == HIJRI and said["y"] < FIRST_HIJRI_YEAR
        return None if is_history else named(day, month, said["y"], calendar)
    if calendar != GREGORIAN:  # «5 رجب 45هـ»
        is_hijri = calendar == it.mark == HIJRI
        return named(day, month, hijri_year(said["Y"]), HIJRI) if is_hijri else impossible(calendar)
    found = named(day, month, full_year(said["Y"], today))  # «17 سبتمبر 24»
    return found if today or not found.readings else found._replace(warnings=(WarningCode.TWO_DIGIT_YEAR,))


def _month(it: Printed) -> tuple[Any, str]:
    """The month that the words name and its calendar; 0 where two disagree, a pair where a number chooses."""
    month: Any = 0
    calendar = GREGORIAN
    for letter, value in zip(it.letters, it.values, strict=True):
        if letter in MONTHS:
            value = value[0] if letter in "ow" else value
            calendar = MONTHS[letter]
            if month and month != value and not (isinstance(month, tuple) and value in month):
                return 0, calendar
            month = value
    return month, calendar


def _date_and_clock(it: Printed, today: date | None) -> tuple[Day | None, time | str] | None:
    """«2024-09-713:22»: three digits are day and hour. Where either cut is possible, the month's width decides."""
    if it.shape == "dhmy":  # «01 15:01 2023 فيفري»
        first, *clock, last = it.figures
        return _named(it._replace(shape="dny", figures=(first, last)), today), _time(*map(int, clock))
    year, month, run, *rest = map(int, it.figures)
    fits = []
    for day, hour in (divmod(run, 10), divmod(run, 100)):
        found = possible(it.sign, ("YMD", GREGORIAN, year, month, day))
        if found.readings and hour < 24:
            fits.append((found, _time(hour_in(_period(it), hour), *rest)))
    return fits[0] if fits and (len(fits) == 1 or len(it.figures[1]) == 2) else None


# Clocks and zones -------------------------------------------------------------------------------------------------


def _clock(it: Printed, _: date | None) -> time | str | None:
    if it.shape == "spoken":
        return _spoken(it)
    hour, *rest = map(int, it.figures)
    if it.shape in ("run", "run2"):  # «2103 GMT», the end of "20240917T102200"
        minutes, second = (hour, 0) if len(it.figures[0]) == 4 else divmod(hour, 100)
        return _time(*divmod(minutes, 100), second)
    if len(rest) == 3:  # with a fraction of the second
        rest[2] = rest[2] * 10**6 // 10 ** len(it.figures[3])
    clock = _time(hour_in(_period(it), hour), *rest)
    return None if it.shape == "dotted" and clock is BAD_CLOCK else clock


def _time(*numbers: int) -> time | str:
    try:
        return time(*numbers)  # type: ignore[arg-type]
    except ValueError:
        return BAD_CLOCK


def _spoken(it: Printed) -> time | str:
    """«الساعة الثامنة إلا ربعا», «الثامنة مساء», «منتصف الليل»."""
    minutes = sum(map(int, it.figures))
    hour = 0
    for letter, value in zip(it.letters, it.values, strict=True):
        if letter in "Dd":
            hour = value
        elif letter in "NQ":
            minutes += int(value * 60) if 0 < value < 1 else int(value)
    return _time(*divmod(hour_in(_period(it), hour) * 60 + minutes, 60))


def _period(it: Printed) -> str | int | None:
    """The period of the day; or the hour that a 12 is, in «12:00 منتصف الليل»."""
    period: str | int | None = None
    for letter, value in zip(it.letters, it.values, strict=True):
        if letter in "Aa":
            period = value if letter == "A" else value[0]
        elif letter == "D" and period is None:
            period = int(value)
    return period


def hour_in(period: str | int | None, hour: int) -> int:
    """The hour of 24 in a period of the day; an hour above 12 stands, whatever the word beside it says."""
    if isinstance(period, int):
        return period if hour == 12 else hour
    if period is None or hour > 12 or (period == "noon" and hour >= 10):
        return hour
    if period == "am" or (period == "night" and (hour == 12 or hour < 6)):
        return hour % 12
    return hour % 12 + 12


def _offset(it: Printed, _: date | None) -> str | None:
    """«GMT+3», «+0300», «+3:30», as ±HH:MM."""
    hour, minute = (*map(int, it.figures), 0)[:2]
    if hour >= 100:
        hour, minute = divmod(hour, 100)
    name = f"{'+' if '+' in it.code else '-'}{hour:02}:{minute:02}"
    return name if zone_named(name) else None


# How long ago -----------------------------------------------------------------------------------------------------


def _age(it: Printed, _: date | None) -> Any:
    """«3 ساعات», «ساعتين و15 دقيقة», «ساعة ونصف»: a number, spelled or not, a unit, and what may follow it."""
    if not it.shape:
        return it.values[0]
    amounts: list[tuple[str, float | None]] = []
    values = iter(it.values)
    number: float | None = None
    for field in _FIELD.findall(it.code):
        if field.isdigit():
            number = int(field)
            continue
        value = next(values)
        if field in "Nn":
            number = (number or 0) + (value[0] if field == "n" else value)
        elif field == "Q" and amounts and amounts[-1][0] not in ("hours", "minutes"):  # «يوم ونصف»
            amounts[-1] = (amounts[-1][0], (amounts[-1][1] or 0) + value / 60)
        elif field == "Q":
            amounts.append(("minutes", value + (number or 0)))
            number = None
        elif field in "Uuh":
            unit, own = value[0] if field in "uh" else value
            amounts.append((unit, number if number is not None else own or None))
            number = None
    if any(unit == "years" and (amount or 0) >= MIN_HISTORIC_YEARS for unit, amount in amounts):
        return None  # «قبل 30 عاما»: history
    return tuple(amounts)


READERS: dict[str, Callable[[Printed, date | None], Any]] = {
    "date": _date,
    "clock": _clock,
    "both": _date_and_clock,
    "ago": _age,
    "offset": _offset,
    "year": lambda it, _: year if 1900 <= (year := int(it.figures[0])) < 2100 else None,
    "weekday": lambda it, _: it.values[0][1] if it.letters == "w" else it.values[0],
    "period": lambda it, _: _period(it),
    "zone": lambda it, _: it.values[0][0] if it.letters == "e" else it.values[-1],
}
