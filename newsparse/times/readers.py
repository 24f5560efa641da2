"""Readers: what one part of a line says, such as a day, a clock, a zone, an age.

`field_of` prepares a part once for all lines of the same layout. READERS has a short function for each shape of
`newsparse.times.grammar` that has numbers. If a reader returns None, the line is no timestamp. A reader knows only its
part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from newsparse.codes import WarningCode
from newsparse.times import calendars, zones
from newsparse.times.calendars import GREGORIAN, HIJRI, PERSIAN, Day
from newsparse.times.grammar import SkeletonPart
from newsparse.times.lexer import Lexed

MIN_HISTORIC_YEARS = 20  # ago: no page says so of itself
FIRST_HIJRI_YEAR = 1343  # of the calendar Umm al-Qura; an earlier one is history
MONTHS = {**dict.fromkeys("Mmow", GREGORIAN), **dict.fromkeys("Ii", HIJRI), "P": PERSIAN}  # calendars by letter
_MARKS = {"G": HIJRI, "g": GREGORIAN, "a": GREGORIAN, "j": PERSIAN}
_FIGURES = re.compile(r"\d+")
_CHOICE = re.compile("[mi]")  # a month that a number names: «تشرين 2»
_SIGN = re.compile("[./-]")
_FIELD = re.compile(r"\d+|[A-Za-z]")


class Clock(NamedTuple):
    """A time of day with its numbers as printed, even if they are impossible."""

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0

    @property
    def is_valid(self) -> bool:
        """Whether the time of day exists."""
        return self[0] < 24 and self[1] < 60 and self[2] < 60


Age = tuple[tuple[str, "float | None"], ...]
"""How long ago: pairs of unit and amount; the amount is None if the text has none."""


class LayoutField(NamedTuple):
    """A part in the layout of a line: what it always says, or the places of its numbers and their reader."""

    kind: str
    shape: str
    said: Any = None  # on every line of the layout; None if that is nothing, or if `read` says it
    read: Reader | None = None
    figures: tuple[slice, ...] = ()  # the places of its numbers in the line
    letters: str = ""  # of its words
    values: Sequence[Any] = ()  # of its words
    printed: str = ""  # in codes
    sign: str = ""  # between its numbers
    mark: str | None = None  # the calendar that its last word names
    month: Any = 0  # that its words name; 0 for none, and for two that disagree; a pair where a number chooses
    calendar: str = GREGORIAN  # of the month
    period: Any = None  # of the day; or the hour that a 12 is, in «12:00 منتصف الليل»
    choice: slice | None = None  # the number that says which of two months it is
    is_persian: bool = False  # its digits are those of Persian and Urdu

    def says(self, text: str, today: date | None) -> Any:
        """The meaning in a line of a part that has a reader; None if it has none."""
        it = self
        if it.choice is not None:
            if (number := int(text[it.choice])) not in (1, 2):
                return None
            it = it._replace(month=it.month[number - 1])
        return it.read([int(text[place]) for place in it.figures], it, today)  # type: ignore[misc]

    def width(self, i: int) -> int:
        """The number of digits of a number."""
        return int(self.figures[i].stop - self.figures[i].start)


Reader = Callable[[list[int], LayoutField, "date | None"], Any]


def field_of(part: SkeletonPart, lexed: Lexed, places: Sequence[int]) -> LayoutField:
    """The part as a field. `places` are those of the codes in the line."""
    kind, shape, start, end, letters, word = part
    values = lexed.values[word : word + len(letters)]
    read = READERS.get(shape)
    if read is None:
        return LayoutField(kind, shape, values[0])
    printed = lexed.code[start:end]
    found = [*_FIGURES.finditer(printed)]
    figures = [slice(places[start + each.start()], places[start + each.end()]) for each in found]
    zeros = "".join([each[0][0] for each in found])
    if any(each[0].strip(each[0][0]) for each in found):
        return LayoutField(kind, shape)  # digits of two scripts in one number: one was misread
    sign = _SIGN.search(lexed.skeleton, start, end)
    month, calendar, period = _meaning(letters, values)
    choice = None
    if figures and (marked := _CHOICE.search(printed)):
        number = figures.pop(len(_FIGURES.findall(printed, 0, marked.start())))
        choice = number if isinstance(month, tuple) else None
    said = LayoutField(
        kind,
        shape,
        None,
        read,
        tuple(figures),
        letters,
        values,
        printed,
        sign[0] if sign else "",
        _MARKS.get(letters[-1:]),
        month,
        calendar,
        period,
        choice,
        "۰" in zeros,
    )
    return said if found else LayoutField(kind, shape, read([], said, None))


def _meaning(letters: str, values: Sequence[Any]) -> tuple[Any, str, Any]:
    """The month that the words name, 0 where two disagree, its calendar, and the period of the day."""
    month: Any = 0
    calendar, period = GREGORIAN, None
    for letter, value in zip(letters, values, strict=True):
        if letter in MONTHS:
            value = value[0] if letter in "ow" else value
            calendar = MONTHS[letter]
            if month and month != value and not (isinstance(month, tuple) and value in month):
                return 0, calendar, None
            month = value
        elif letter in "Aa":
            period = value if letter == "A" else value[0]
        elif letter == "D" and period is None:
            period = int(value)
    return month, calendar, period


# Dates ------------------------------------------------------------------------------------------------------------


def _year_last(numbers: list[int], it: LayoutField, today: date | None) -> Day | None:
    day, month, year = numbers
    if not it.sign and not 1900 <= year < 2100:  # three numbers with spaces
        return None
    forms = [("DMY", name, year, month, day) for name in calendars.of_year(year, it.mark, it.is_persian)]
    if day <= 12 and day != month and forms[0][1] == GREGORIAN:
        forms.append(("MDY", GREGORIAN, year, day, month))
    found = calendars.possible(it.sign, *forms)
    if today and [calendars.is_to_come(one.day, today) for one in found.readings] == [True, False]:
        found = found._replace(readings=found.readings[::-1])  # one that has passed is likelier
    is_uneven = max(day, month) < 10 and it.width(0) != it.width(1)
    return found._replace(is_uneven=True) if is_uneven else found


def _year_first(numbers: list[int], it: LayoutField, _: date | None) -> Day | None:
    year, month, day = numbers
    if it.sign == "-" and 1500 <= year < 1900 and month <= 12:
        return calendars.impossible(GREGORIAN)
    if not (1900 <= year < 2200 or 1300 <= year < 1500 or year == 0):
        return None
    names = calendars.of_year(year, it.mark, it.is_persian)
    return calendars.possible(it.sign, *[("YMD", name, year, month, day) for name in names])


def _glued_hour(numbers: list[int], it: LayoutField, today: date | None) -> tuple[Day, Clock] | None:
    """«2024-09-713:22»: three digits are day and hour. Where either cut is possible, the month's width decides."""
    year, month, run, *rest = numbers
    fits = []
    for day, hour in (divmod(run, 10), divmod(run, 100)):
        found = calendars.possible(it.sign, ("YMD", GREGORIAN, year, month, day))
        if found.readings and hour < 24:
            fits.append((found, _clock([hour, *rest], it, today)))
    return fits[0] if fits and (len(fits) == 1 or it.width(1) == 2) else None


def _compact(numbers: list[int], *_: Any) -> Day | None:
    year, rest = divmod(numbers[0], 10000)
    day = calendars.possible("", ("YMD", GREGORIAN, year, *divmod(rest, 100)))
    return day if day.readings else None


def _named(day: int, it: LayoutField, year: int) -> Day | None:
    """A date whose month is a word; a Hijri year that no news has is history, so no timestamp."""
    is_history = it.calendar == HIJRI and year < FIRST_HIJRI_YEAR
    return None if is_history else calendars.named(day, it.month, year, it.calendar)


def _named_short(numbers: list[int], it: LayoutField, today: date | None) -> Day:
    """A date whose month is a word, with a year of two digits: «17 سبتمبر 24», «5 رجب 45هـ»."""
    day, year = numbers
    if it.calendar == GREGORIAN:
        found = calendars.named(day, it.month, calendars.full_year(year, today))
        is_open = not today and found.readings
        return found._replace(warnings=(WarningCode.TWO_DIGIT_YEAR,)) if is_open else found
    if it.calendar == it.mark == HIJRI:
        return calendars.named(day, it.month, calendars.hijri_year(year), HIJRI)
    return calendars.impossible(it.calendar)


# Clocks and zones -------------------------------------------------------------------------------------------------


def _clock(numbers: list[int], it: LayoutField, _: date | None) -> Clock:
    hour, *rest = numbers
    if len(rest) == 3:  # with a fraction of the second
        rest[2] = rest[2] * 10**6 // 10 ** it.width(3)
    return Clock(hour_in(it.period, hour), *rest)


def _dotted(numbers: list[int], it: LayoutField, _: date | None) -> Clock | None:
    clock = _clock(numbers, it, None)
    return clock if clock.is_valid else None


def _run(numbers: list[int], it: LayoutField, _: date | None) -> Clock:
    """«2103 GMT», the end of "20240917T102200"."""
    minutes, second = (numbers[0], 0) if it.width(0) == 4 else divmod(numbers[0], 100)
    return Clock(*divmod(minutes, 100), second)


def _spoken(numbers: list[int], it: LayoutField, _: date | None) -> Clock | None:
    """«الساعة الثامنة إلا ربعا», «الثامنة مساء», «منتصف الليل»."""
    minutes, hour = sum(numbers), 0
    for letter, value in zip(it.letters, it.values, strict=True):
        if letter in "Dd":
            hour = value
        elif letter in "NQ":
            minutes += int(value * 60) if 0 < value < 1 else int(value)
    return Clock(*divmod(hour_in(it.period, hour) * 60 + minutes, 60))


def hour_in(period: str | int | None, hour: int) -> int:
    """The hour of 24 in a period of the day; an hour above 12 stands, whatever the word beside it says."""
    if isinstance(period, int):
        return period if hour == 12 else hour
    if period is None or hour > 12 or (period == "noon" and hour >= 10):
        return hour
    if period == "am" or (period == "night" and (hour == 12 or hour < 6)):
        return hour % 12
    return hour % 12 + 12


def _offset(numbers: list[int], it: LayoutField, _: date | None) -> str | None:
    """«GMT+3», «+0300», «+3:30», as ±HH:MM."""
    hour, minute = (*numbers, 0)[:2]
    if hour >= 100:
        hour, minute = divmod(hour, 100)
    name = f"{'+' if '+' in it.printed else '-'}{hour:02}:{minute:02}"
    return name if zones.zone_named(name) else None


# How long ago -----------------------------------------------------------------------------------------------------


def _age(numbers: list[int], it: LayoutField, _: date | None) -> Age | None:
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


READERS: dict[str, Reader] = {
    "ymd": _year_first,
    "dmy": _year_last,
    "ymdh": _glued_hour,
    "ymd8": _compact,
    "dmy2": lambda numbers, it, today: calendars.short((numbers[0], numbers[1], numbers[2]), it.sign, it.mark, today),
    **dict.fromkeys(("dny", "ndy"), lambda numbers, it, _: _named([it.values[0], *numbers][-2], it, numbers[-1])),
    **dict.fromkeys(("ynd", "nyd"), lambda numbers, it, _: _named(numbers[1], it, numbers[0])),
    "dny2": _named_short,
    **dict.fromkeys(
        ("dn", "nd"),
        lambda numbers, it, _: Day((), bare=(numbers[0], it.month)) if it.calendar == GREGORIAN else calendars.NO_YEAR,
    ),
    "weekday2": lambda _, it, __: int(it.values[0][1]),
    "year": lambda numbers, *_: numbers[0] if 1900 <= numbers[0] < 2100 else None,
    "clock": _clock,
    "dotted": _dotted,
    "hhmm": _run,
    "hhmm2": lambda numbers, it, today: None if 1900 <= numbers[0] < 2100 else _run(numbers, it, today),  # no year
    "unread": lambda *_: calendars.impossible(HIJRI),
    "dhmy": lambda numbers, it, _: (_named(numbers[0], it, numbers[3]), Clock(*numbers[1:3])),
    "spoken": _spoken,
    "period": lambda _, it, __: it.period,
    "zone": lambda _, it, __: it.values[0][0] if it.letters == "e" else it.values[0],
    "offset": _offset,
    "age": _age,
}
