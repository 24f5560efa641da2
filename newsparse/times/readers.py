"""Readers: what one part of a line says, such as a day, a clock, a zone, an age.

READERS has a function for each kind of part with numbers. If it returns None, the line is no timestamp. A reader knows
only its part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from newsparse.codes import WarningCode
from newsparse.times import calendars
from newsparse.times.calendars import GREGORIAN, HIJRI, PERSIAN, Day
from newsparse.times.grammar import TimePart
from newsparse.times.lexer import Lexed
from newsparse.times.zones import zone_named

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
    figures = _FIGURES.findall(code)
    if not code.isascii() and any(len({ord(digit) - int(digit) for digit in figure}) > 1 for figure in figures):
        return None  # digits of two scripts in one number: one was misread
    sign = _SIGN.search(line.skeleton, part.start, part.end)
    return reader(Printed(part.shape, code, sign[0] if sign else "", figures, part.letters, values), today)


# Dates ------------------------------------------------------------------------------------------------------------


def _date(it: Printed, today: date | None) -> Day | None:
    if it.shape == "unread":
        return calendars.impossible(HIJRI)
    if "n" in it.shape:
        return _named(it, today)
    is_run = len(it.figures) == 1
    run = it.figures[0]
    first, second, third = map(int, (run[:4], run[4:6], run[6:]) if is_run else it.figures)
    if it.shape == "dmY":
        return calendars.short((first, second, third), it.sign, it.mark, today)
    year = first if it.shape == "ymd" else third
    names = calendars.of_year(year, it.mark, any("۰" <= figure[0] <= "۹" for figure in it.figures))
    if it.shape == "dmy":
        return _year_last(it, names, (first, second, year), today) if it.sign or 1900 <= year < 2100 else None
    if 1500 <= year < 1900:
        return calendars.impossible(GREGORIAN)
    if not (1900 <= year < 2200 or 1300 <= year < 1500 or year == 0):
        return None
    found = calendars.possible(it.sign, *[("YMD", name, year, second, third) for name in names])
    return found if found.readings or not is_run else None


def _year_last(it: Printed, names: Sequence[str], numbers: tuple[int, int, int], today: date | None) -> Day:
    day, month, year = numbers
    forms = [("DMY", name, year, month, day) for name in names]
    found = calendars.possible(it.sign, *forms, ("MDY", GREGORIAN, year, day, month))
    if today and [calendars.is_to_come(one.day, today) for one in found.readings] == [True, False]:
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
        return Day((), bare=(day, month)) if calendar == GREGORIAN else calendars.NO_YEAR
    if "y" in said:
        is_history = calendar == HIJRI and said["y"] < FIRST_HIJRI_YEAR
        return None if is_history else calendars.named(day, month, said["y"], calendar)
    if calendar != GREGORIAN:  # «5 رجب 45هـ»
        is_hijri = calendar == it.mark == HIJRI
        return (
            calendars.named(day, month, calendars.hijri_year(said["Y"]), HIJRI)
            if is_hijri
            else calendars.impossible(calendar)
        )
    found = calendars.named(day, month, calendars.full_year(said["Y"], today))  # «17 سبتمبر 24»
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
    if it.shape == "dhmy":
        day, hour, minute, year = it.figures
        return _named(it._replace(shape="dny", figures=(day, year)), today), _time(int(hour), int(minute))
    return _glued_hour(it)


def _glued_hour(it: Printed) -> tuple[Day, time | str] | None:
    """«2024-09-713:22»: three digits are day and hour. Where either cut is possible, the month's width decides."""
    year, month, run, *rest = map(int, it.figures)
    fits = []
    for day, hour in (divmod(run, 10), divmod(run, 100)):
        found = calendars.possible(it.sign, ("YMD", GREGORIAN, year, month, day))
        if found.readings and hour < 24:
            fits.append((found, _time(hour_in(_period(it), hour), *rest)))
    return fits[0] if fits and (len(fits) == 1 or len(it.figures[1]) == 2) else None


# Clocks and zones -------------------------------------------------------------------------------------------------


def _clock(it: Printed, _: date | None) -> time | str | None:
    if it.shape == "spoken":
        return _spoken(it)
    hour, *rest = map(int, it.figures)
    if it.shape in ("run", "run2"):  # «2103 GMT», the end of "20240917T102200"
        if it.shape == "run2" and 1900 <= hour < 2100:
            return None  # a year
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
            tens, number = number or 0, _spelled_number(amounts, value[0] if field == "n" else value)
            number = number and number + tens
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


def _spelled_number(amounts: list[tuple[str, float | None]], value: float) -> float | None:
    """A spelled number: of the unit to come; or behind one, in «ساعة واحدة» and «ساعة ونصف»."""
    unit, amount = amounts[-1] if amounts else ("", None)
    if amount is None:
        return value
    if value < 1:
        amounts[-1] = (unit, amount + value)
        return None
    return None if value == amount else value


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
