"""What one part of a line says: a day, a clock, a zone, how long ago.

READERS has a short function for each shape of `newsparse.shapes`. A reader that answers None says that the line is no
timestamp. Knows neither the other parts of the line nor what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from newsparse import calendars, zones
from newsparse.calendars import GREGORIAN, HIJRI, PERSIAN, Day
from newsparse.shapes import Part, calendar_of
from newsparse.tokens import Spelled


class Clock(NamedTuple):
    """A time of day, its numbers as printed, right or wrong."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0

    @property
    def is_valid(self) -> bool:
        """Whether a day has such a time."""
        hour, minute, second, _ = self
        return 0 <= hour < 24 and 0 <= minute < 60 and second < 60


class Bare(NamedTuple):
    """A day and month without a year."""

    day: int
    month: int


class Age(NamedTuple):
    """How long ago: (unit, amount) each, the amount None where the text does not say."""

    amounts: tuple[tuple[str, float | None], ...]


class Saying(NamedTuple):
    """What a reader gets: the part's numbers, the values of its words, and the part in codes, with its digits."""

    numbers: list[int]
    values: Sequence[Any]
    part: Part
    printed: str
    today: date | None

    @property
    def has_persian_digits(self) -> bool:
        """Whether the part's digits are those of Persian and Urdu."""
        return bool(_PERSIAN_DIGITS.search(self.printed))


def said(part: Part, spelled: Spelled, today: date | None) -> Any:
    """What the part of the line says: by its reader, else the value of its word."""
    _, shape, start, end, letters, word, sign, _ = part
    if shape not in READERS:
        return spelled.values[word]
    printed = spelled.code[start:end]
    values = tuple(spelled.values[word : word + len(letters)]) if letters else ()
    if shape in REMEMBERED:
        return _remembered(shape, printed, values, letters, sign)
    return READERS[shape](_saying(part, printed, values, today))


@lru_cache(maxsize=8192)
def _remembered(shape: str, printed: str, values: tuple[Any, ...], letters: str, sign: str) -> Any:
    """What a part says that says it on any line: a day has 1,440 clocks, an archive few days."""
    part = Part("", shape, 0, len(printed), letters, 0, sign, calendar_of(letters))
    return READERS[shape](_saying(part, printed, values, None))


def _saying(part: Part, printed: str, values: Sequence[Any], today: date | None) -> Saying:
    return Saying(list(map(int, _FIGURES.findall(printed))), values, part, printed, today)


REMEMBERED = frozenset({"clock", "dmy", "ymd", "dny", "ndy"})
_FIGURES = re.compile(r"\d+")
_PERSIAN_DIGITS = re.compile("[۰-۹]")
_FIELD = re.compile(r"\d+|[A-Za-z]")


# Dates ------------------------------------------------------------------------------------------------------------


def _year_last(it: Saying) -> Day | None:
    day, month, year = it.numbers
    part = it.part
    if not part.sign and not 1900 <= year < 2100:  # three numbers with spaces
        return None
    return calendars.year_last(day, month, year, part.sign, part.mark, year < 1600 and it.has_persian_digits)


def _year_first(it: Saying) -> Day | None:
    year, month, day = it.numbers
    if not (1900 <= year < 2200 or 1300 <= year < 1500 or year == 0):
        return None
    return calendars.year_first(year, month, day, it.part.sign, it.part.mark, year < 1600 and it.has_persian_digits)


def _glued_hour(it: Saying) -> tuple[Day, Clock] | None:
    """«2024-09-713:22»: three digits are day and hour. Where either cut is possible, the month's width decides."""
    year, month, run, *rest = it.numbers
    fits = []
    for day, hour in (divmod(run, 10), divmod(run, 100)):
        found = calendars.year_first(year, month, day, it.part.sign, None, False)
        if found.readings and hour < 24:
            fits.append((found, _clock(it._replace(numbers=[hour, *rest]))))
    if not fits or (len(fits) > 1 and len(it.printed.split(it.part.sign)[1].strip()) < 2):
        return None
    return fits[0]


def _compact(it: Saying) -> Day | None:
    year, rest = divmod(it.numbers[0], 10000)
    day = calendars.year_first(year, *divmod(rest, 100), "", None, False)
    return day if day.readings else None


def _short(it: Saying) -> Day:
    a, b, c = it.numbers
    return calendars.short((a, b, c), it.part.sign, it.today)


def _month(it: Saying) -> tuple[int, str]:
    """The month that the words name, 0 where two disagree, and its calendar."""
    month, calendar = 0, GREGORIAN
    for letter, value in zip(it.part.letters, it.values, strict=True):
        if letter in "MowIP":
            if letter in "ow":
                value = value[0]
            elif letter != "M":
                calendar = HIJRI if letter == "I" else PERSIAN
            if month and month != value:
                return 0, calendar
            month = value
    return month, calendar


def _named(it: Saying) -> Day:
    month, calendar = _month(it)
    return calendars.named(it.numbers[0], month, it.numbers[1], calendar)


def _named_year_first(it: Saying) -> Day:
    month, calendar = _month(it)
    return calendars.named(it.numbers[1], month, it.numbers[0], calendar)


def _named_short(it: Saying) -> Day:
    month, calendar = _month(it)
    if calendar != GREGORIAN:
        return calendars.INVALID
    return calendars.named_short(it.numbers[0], month, it.numbers[1], it.today)


def _bare(it: Saying) -> Bare | Day:
    month, calendar = _month(it)
    return Bare(it.numbers[0], month) if calendar == GREGORIAN else calendars.NO_YEAR


def _weekday(it: Saying) -> int:
    return int(it.values[0][1])


# Clocks and zones -------------------------------------------------------------------------------------------------


def _clock(it: Saying) -> Clock:
    numbers = it.numbers
    hour = _hour_of_day(numbers[0], it) if it.values else numbers[0]
    if len(numbers) < 4:
        return Clock(hour, *numbers[1:])
    fraction = _FRACTION.findall(it.printed)[0]
    return Clock(hour, numbers[1], numbers[2], int(fraction.ljust(6, "0")[:6]))


_FRACTION = re.compile(r"[.,](\d{1,9})")


def _dotted(it: Saying) -> Clock | None:
    clock = _clock(it)
    return clock if clock.is_valid else None


def _spoken(it: Saying) -> Clock | None:
    """«الساعة الثامنة إلا ربعا», «الثامنة مساء», «منتصف الليل»; «الثامنة» alone may be a bulletin."""
    minutes = sum(it.numbers)
    hour = 0
    for letter, value in zip(it.part.letters, it.values, strict=True):
        if letter == "D":
            hour = value
        elif letter in "NQ":
            minutes += int(value * 60) if 0 < value < 1 else int(value)
    if hour not in (0, 12) and set("HhAa").isdisjoint(it.part.letters):
        return None
    return Clock(*divmod(_hour_of_day(hour, it) * 60 + minutes, 60))


def _hour_of_day(hour: int, it: Saying) -> int:
    """The hour of 24; an hour above 12 stands, whatever the word beside it says."""
    period = None
    for letter, value in zip(it.part.letters, it.values, strict=True):
        if letter in "Aa":
            period = value if letter == "A" else value[0]
        elif letter == "D" and hour == 12:  # «12:00 منتصف الليل»
            return int(value)
    if period is None or hour > 12:
        return hour
    if period == "am" or (period == "night" and (hour == 12 or hour < 6)):
        return hour % 12
    if period == "noon" and hour >= 10:
        return hour
    return hour % 12 + 12


def _zone(it: Saying) -> str:
    value = it.values[0]
    return str(value[0] if it.part.letters == "e" else value)


def _offset(it: Saying) -> str | None:
    """«GMT+3», «+0300», «+3:30», as ±HH:MM."""
    hour, minute = (*it.numbers, 0)[:2]
    if hour >= 100:
        hour, minute = divmod(hour, 100)
    name = f"{'+' if '+' in it.printed else '-'}{hour:02}:{minute:02}"
    return name if zones.named(name) else None


# How long ago -----------------------------------------------------------------------------------------------------


def _age(it: Saying) -> Age:
    """«3 ساعات», «ساعتين و15 دقيقة», «ساعة ونصف»: a number, spelled or not, a unit, and what may follow it."""
    amounts: list[tuple[str, float | None]] = []
    values = iter(it.values)
    number: float | None = None
    for field in _FIELD.findall(it.printed):
        if field.isdigit():
            number = int(field)
            continue
        value = next(values)
        if field in "Nn":
            number = _spelled_number(amounts, value[0] if field == "n" else value, number)
        elif field == "Q":
            amounts.append(("minutes", value))
        elif field in "Uuh":
            unit, own = value[0] if field in "uh" else value
            amounts.append((unit, number if number is not None else own or None))
            number = None
    return Age(tuple(amounts))


def _spelled_number(amounts: list[tuple[str, float | None]], value: float, number: float | None) -> float | None:
    """A spelled number: of the unit to come; or behind one, in «ساعة واحدة» and «ساعة ونصف»."""
    unit, amount = amounts[-1] if amounts else ("", None)
    if amount is None:
        return value
    if value < 1:
        amounts[-1] = (unit, amount + value)
        return None
    return None if value == amount else value


READERS: dict[str, Callable[[Saying], Any]] = {
    "ymd": _year_first,
    "dmy": _year_last,
    "ymdh": _glued_hour,
    "ymd8": _compact,
    "dmy2": _short,
    "dny": _named,
    "ndy": _named,
    "ynd": _named_year_first,
    "nyd": _named_year_first,
    "dny2": _named_short,
    "dn": _bare,
    "nd": _bare,
    "weekday2": _weekday,
    "clock": _clock,
    "dotted": _dotted,
    "spoken": _spoken,
    "zone": _zone,
    "offset": _offset,
    "age": _age,
}
