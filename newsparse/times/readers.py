"""Readers: the meaning of one part of a line, such as a day, a clock, a zone, an age.

READERS has a short function for each shape of `newsparse.times.grammar`. If a reader returns None, the line is no
timestamp. A reader knows only its part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from newsparse.times import calendars, zones
from newsparse.times.calendars import GREGORIAN, HIJRI, PERSIAN, Day
from newsparse.times.grammar import SkeletonPart
from newsparse.times.lexer import ZEROS, Lexed

MIN_HISTORIC_YEARS = 20  # ago: no page says so of itself


class Clock(NamedTuple):
    """A time of day with its numbers as printed, even if they are impossible."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0

    @property
    def is_valid(self) -> bool:
        """Whether the time of day exists."""
        hour, minute, second, _ = self
        return 0 <= hour < 24 and 0 <= minute < 60 and second < 60

    @property
    def time(self) -> time:
        """The clock as a `datetime.time`."""
        return time(*self)


class Bare(NamedTuple):
    """A day and month without a year."""

    day: int
    month: int


class Age(NamedTuple):
    """How long ago: pairs of unit and amount; the amount is None if the text has none."""

    amounts: tuple[tuple[str, float | None], ...]


class Meaning(NamedTuple):
    """The meaning of a part that does not depend on its numbers."""

    printed: str  # in codes, with the digits of the layout
    letters: str  # of its words
    values: tuple[Any, ...]  # of its words
    sign: str  # between its numbers
    mark: str | None  # the calendar that its last word names
    month: Any  # that its words name; 0 for none, and for two that disagree; a pair where a number chooses
    calendar: str  # of the month
    period: str | None  # of the day
    twelve: int | None  # the hour that a 12 is, in «12:00 منتصف الليل»
    is_persian: bool  # its digits are those of Persian and Urdu


Reader = Callable[[list[int], Meaning, "date | None"], Any]


class LayoutField(NamedTuple):
    """A part in the layout of a line: its meaning, or the place of its numbers and their reader."""

    kind: str
    shape: str
    read: Reader | None  # None where no number is in it: it says the same on all lines of the layout
    numbers: tuple[slice, ...]  # in the line
    said: Any  # the Said of its reader; or what the part says, None if that is nothing
    choice: slice | None = None  # the number that says which of two months it is: «تشرين 2»

    def says(self, text: str, today: date | None) -> Any:
        """The meaning of the part in a line; None if it has none."""
        if self.read is None:
            return self.said
        said = self.said
        if self.choice is not None:
            if text[self.choice] not in "12١٢۱۲":
                return None
            said = said._replace(month=said.month[int(text[self.choice]) - 1])
        return self.read([int(text[place]) for place in self.numbers], said, today)


def field_of(part: SkeletonPart, lexed: Lexed, places: Sequence[int]) -> LayoutField:
    """The part as a field: with the reader of its shape, else with the value of its word.

    `places` are those of the codes in the line.
    """
    kind, shape, start, end, letters, word = part
    if shape not in READERS:
        return LayoutField(kind, shape, None, (), lexed.values[word])
    printed = lexed.code[start:end]
    values = tuple(lexed.values[word : word + len(letters)])
    is_persian = bool(_PERSIAN_DIGITS.search(printed))
    sign = _SIGN.search(lexed.skeleton, start, end)
    month, calendar = _month(letters, values)
    said = Meaning(
        printed,
        letters,
        values,
        sign[0] if sign else "",
        _MARKS.get(letters[-1:]),
        month,
        calendar,
        *_hours(letters, values),
        is_persian,
    )
    numbers = [
        slice(places[start + found.start()], places[start + found.end()]) for found in _FIGURES.finditer(printed)
    ]
    if any(len(set(figure)) > 1 for figure in _FIGURES.findall(printed.translate(ZEROS))):
        return LayoutField(kind, shape, None, (), None)  # digits of two scripts in one number: one was misread
    if not numbers:
        return LayoutField(kind, shape, None, (), READERS[shape]([], said, None))
    choice = None
    if marked := _CHOICE.search(printed):
        number = numbers.pop(len(_FIGURES.findall(printed, 0, marked.start())))
        choice = number if isinstance(month, tuple) else None
    return LayoutField(kind, shape, READERS[shape], tuple(numbers), said, choice)


def _month(letters: str, values: tuple[Any, ...]) -> tuple[Any, str]:
    """The month that the words name, 0 where two disagree, and its calendar."""
    month: Any = 0
    calendar = GREGORIAN
    for letter, value in zip(letters, values, strict=True):
        if letter in MONTHS:
            value = value[0] if letter in "ow" else value
            calendar = MONTHS[letter]
            if month and month != value and not (isinstance(month, tuple) and value in month):
                return 0, calendar
            month = value
    return month, calendar


def _hours(letters: str, values: tuple[Any, ...]) -> tuple[str | None, int | None]:
    """The period of the day that the words name, and the hour that 12 is beside them."""
    period = twelve = None
    for letter, value in zip(letters, values, strict=True):
        if letter in "Aa":
            period = value if letter == "A" else value[0]
        elif letter == "D" and twelve is None:
            twelve = int(value)
    return period, twelve


MONTHS = {**dict.fromkeys("Mmow", GREGORIAN), **dict.fromkeys("Ii", HIJRI), "P": PERSIAN}  # calendars by letter
_FIGURES = re.compile(r"\d+")
_CHOICE = re.compile("[mi]")
_SIGN = re.compile("[./-]")
_MARKS = {"G": HIJRI, "g": GREGORIAN, "a": GREGORIAN, "j": PERSIAN}
_PERSIAN_DIGITS = re.compile("[۰-۹]")
_FIELD = re.compile(r"\d+|[A-Za-z]")


# Dates ------------------------------------------------------------------------------------------------------------


def _year_last(numbers: list[int], it: Meaning, today: date | None) -> Day | None:
    day, month, year = numbers
    if not it.sign and not 1900 <= year < 2100:  # three numbers with spaces
        return None
    found = calendars.year_last(day, month, year, it.sign, it.mark, it.is_persian, today)
    if max(day, month) < 10 and len({len(figure) for figure in _FIGURES.findall(it.printed)[:2]}) > 1:
        return found._replace(is_uneven=True)
    return found


def _year_first(numbers: list[int], it: Meaning, _: date | None) -> Day | None:
    year, month, day = numbers
    if it.sign == "-" and 1500 <= year < 1900 and month <= 12:
        return calendars.INVALID
    if not (1900 <= year < 2200 or 1300 <= year < 1500 or year == 0):
        return None
    return calendars.year_first(year, month, day, it.sign, it.mark, it.is_persian)


def _glued_hour(numbers: list[int], it: Meaning, today: date | None) -> tuple[Day, Clock] | None:
    """«2024-09-713:22»: three digits are day and hour. Where either cut is possible, the month's width decides."""
    year, month, run, *rest = numbers
    fits = []
    for day, hour in (divmod(run, 10), divmod(run, 100)):
        found = calendars.year_first(year, month, day, it.sign, None, False)
        if found.readings and hour < 24:
            fits.append((found, _clock([hour, *rest], it, today)))
    if not fits or (len(fits) > 1 and len(_FIGURES.findall(it.printed)[1]) < 2):
        return None
    return fits[0]


def _compact(numbers: list[int], *_: Any) -> Day | None:
    year, rest = divmod(numbers[0], 10000)
    day = calendars.year_first(year, *divmod(rest, 100), "", None, False)
    return day if day.readings else None


def _basic(numbers: list[int], it: Meaning, today: date | None) -> tuple[Day, Clock] | None:
    """ISO 8601's basic form, «20240917T102200»."""
    day = _compact(numbers[:1], it, today)
    if len(_FIGURES.findall(it.printed)[1]) == 4:
        return (day, Clock(*divmod(numbers[1], 100))) if day else None
    return (day, Clock(*divmod(numbers[1] // 100, 100), numbers[1] % 100)) if day else None


def _named(day: int, it: Meaning, year: int) -> Day | None:
    """A date whose month is a word; a Hijri year that no news has is history, so no timestamp."""
    if it.calendar == HIJRI and year < calendars.FIRST_HIJRI_YEAR:
        return None
    return calendars.month_named(day, it.month, year, it.calendar)


# Clocks and zones -------------------------------------------------------------------------------------------------


def _clock(numbers: list[int], it: Meaning, _: date | None) -> Clock:
    hour = hour_of_day(numbers[0], it) if it.letters else numbers[0]
    if len(numbers) < 4:
        return Clock(hour, *numbers[1:])
    digits = len(_FIGURES.findall(it.printed)[3])  # of the second's fraction
    return Clock(hour, numbers[1], numbers[2], numbers[3] * 10**6 // 10**digits)


def _dotted(numbers: list[int], it: Meaning, _: date | None) -> Clock | None:
    clock = _clock(numbers, it, None)
    return clock if clock.is_valid else None


def _spoken(numbers: list[int], it: Meaning, _: date | None) -> Clock | None:
    """«الساعة الثامنة إلا ربعا», «الثامنة مساء», «منتصف الليل»."""
    minutes = sum(numbers)
    hour = 0
    for letter, value in zip(it.letters, it.values, strict=True):
        if letter in "Dd":
            hour = value
        elif letter in "NQ":
            minutes += int(value * 60) if 0 < value < 1 else int(value)
    return Clock(*divmod(hour_of_day(hour, it) * 60 + minutes, 60))


def hour_of_day(hour: int, it: Meaning) -> int:
    """The hour of 24; an hour above 12 stands, whatever the word beside it says."""
    return it.twelve if hour == 12 and it.twelve is not None else hour_in(it.period, hour)


def hour_in(period: str | None, hour: int) -> int:
    """The hour of 24 in a period of the day."""
    if period is None or hour > 12:
        return hour
    if period == "am" or (period == "night" and (hour == 12 or hour < 6)):
        return hour % 12
    if period == "noon" and hour >= 10:
        return hour
    return hour % 12 + 12


def _offset(numbers: list[int], it: Meaning, _: date | None) -> str | None:
    """«GMT+3», «+0300», «+3:30», as ±HH:MM."""
    hour, minute = (*numbers, 0)[:2]
    if hour >= 100:
        hour, minute = divmod(hour, 100)
    name = f"{'+' if '+' in it.printed else '-'}{hour:02}:{minute:02}"
    return name if zones.zone_named(name) else None


# How long ago -----------------------------------------------------------------------------------------------------


def _age(numbers: list[int], it: Meaning, _: date | None) -> Age | None:
    """«3 ساعات», «ساعتين و15 دقيقة», «ساعة ونصف»: a number, spelled or not, a unit, and what may follow it."""
    amounts: list[tuple[str, float | None]] = []
    values, counts = iter(it.values), iter(numbers)
    number: float | None = None
    for field in _FIELD.findall(it.printed):
        if field.isdigit():
            number = next(counts)
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
    return Age(tuple(amounts))


def _spelled_number(amounts: list[tuple[str, float | None]], value: float) -> float | None:
    """A spelled number: of the unit to come; or behind one, in «ساعة واحدة» and «ساعة ونصف»."""
    unit, amount = amounts[-1] if amounts else ("", None)
    if amount is None:
        return value
    if value < 1:
        amounts[-1] = (unit, amount + value)
        return None
    return None if value == amount else value


READERS: dict[str, Reader] = {
    "ymd": _year_first,
    "dmy": _year_last,
    "ymdh": _glued_hour,
    "ymd8": _compact,
    "ymd8h": _basic,
    "dmy2": lambda numbers, it, today: calendars.short((numbers[0], numbers[1], numbers[2]), it.sign, it.mark, today),
    **dict.fromkeys(("dny", "ndy"), lambda numbers, it, _: _named([it.values[0], *numbers][-2], it, numbers[-1])),
    **dict.fromkeys(("ynd", "nyd"), lambda numbers, it, _: _named(numbers[1], it, numbers[0])),
    "dny2": lambda numbers, it, today: calendars.named_short(
        numbers[0], it.month, numbers[1], it.calendar, it.mark, today
    ),
    **dict.fromkeys(
        ("dn", "nd"),
        lambda numbers, it, _: Bare(numbers[0], it.month) if it.calendar == GREGORIAN else calendars.NO_YEAR,
    ),
    "weekday2": lambda _, it, __: int(it.values[0][1]),
    "year": lambda numbers, *_: numbers[0],
    "clock": _clock,
    "dotted": _dotted,
    "hhmm": lambda numbers, *_: Clock(*divmod(numbers[0], 100)),
    "hhmm2": lambda numbers, *_: None if 1900 <= numbers[0] < 2100 else Clock(*divmod(numbers[0], 100)),  # no year
    "unread": lambda *_: calendars.invalid(HIJRI),
    "dhmy": lambda numbers, it, _: (_named(numbers[0], it, numbers[3]), Clock(*numbers[1:3])),
    "spoken": _spoken,
    "period": lambda _, it, __: it.period,
    "zone": lambda _, it, __: it.values[0][0] if it.letters == "e" else it.values[0],
    "offset": _offset,
    "age": _age,
}
