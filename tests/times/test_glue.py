"""The glue, exhaustively: 100,000 stamps in every order, stuck together or apart, and each is read exactly.

What is unique before the weekday decides is counted twice over: by brute force over all cuts of the glued digits, and
by the readings of day and month that the reader itself sees.
"""

import itertools
import random
import re
from datetime import date, datetime, timedelta

import pytest

from newsparse.times import timestamp
from newsparse.times.lexer import cut, date_words, lex
from newsparse.times.readers import meaning
from newsparse.times.timestamp import grouped
from newsparse.words import vocab

COUNT = 100_000
SETTINGS = vocab.Settings(vocab.shipped())

SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
SEPARATORS = (" ", ", ", "، ", " - ", " | ", " – ")
CLOCKS = ("{0.hour}:{0:%M}", "{0:%H:%M}", "{0:%H:%M:%S}")
PERIODS = (("", ""), ("ص", "م"), ("صباحا", "مساء"), ("صباحًا", "مساءً"), ("AM", "PM"))
WEEKDAYS = (
    ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    ("الإثنين", "الثلثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد"),
)
MONTHS = tuple(
    tuple(names.split("/"))
    for names in (
        "يناير/فبراير/مارس/أبريل/مايو/يونيو/يوليو/أغسطس/سبتمبر/أكتوبر/نوفمبر/ديسمبر",
        "كانون الثاني/شباط/آذار/نيسان/أيار/حزيران/تموز/آب/أيلول/تشرين الأول/تشرين الثاني/كانون الأول",
        "جانفي/فيفري/مارس/أفريل/ماي/جوان/جويلية/أوت/سبتمبر/أكتوبر/نوفمبر/ديسمبر",
        "يناير/فبراير/مارس/أبريل/ماي/يونيو/يوليوز/غشت/شتنبر/أكتوبر/نونبر/دجنبر",
        "يناير/فبراير/مارس/ابريل/مايو/يونيه/يوليه/اغسطس/سبتمبر/اكتوبر/نوفمبر/ديسمبر",
    )
)
DUAL = tuple(f"{gulf}/ {levant}" for gulf, levant in zip(MONTHS[0], MONTHS[1], strict=True))
DATES = (  # each a function of the day and a choice among its month names
    lambda day, names: f"{day:%d/%m/%Y}",
    lambda day, names: f"{day.day}/{day.month}/{day.year}",
    lambda day, names: f"{day:%d-%m-%Y}",
    lambda day, names: f"{day:%d.%m.%Y}",
    lambda day, names: f"{day:%Y-%m-%d}",
    lambda day, names: f"{day:%Y/%m/%d}",
    lambda day, names: f"{day.day} {names[day.month - 1]} {day.year}",
    lambda day, names: f"{day.day}{names[day.month - 1]}{day.year}",
    lambda day, names: f"{names[day.month - 1]} {day.day}, {day.year}",
)
PLACES = ("none", "before", "between", "after")

CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
YMD = re.compile(r"((?:19|20)\d\d)[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])")
DMY = re.compile(r"(0?[1-9]|[12]\d|3[01])[-/.](0?[1-9]|1[0-2])[-/.]((?:19|20)\d\d)")


def stamps():
    """Text and time, over the product of all choices that matter to how the parts touch; the rest is drawn."""
    draw = random.Random(20240917)
    axes = itertools.product((True, False), PLACES, (True, False), DATES, CLOCKS, PERIODS, SCRIPTS)
    for clock_first, place, stuck, dated, clocked, periods, script in itertools.islice(itertools.cycle(axes), COUNT):
        time = datetime(1995, 1, 1) + timedelta(seconds=draw.randrange(40 * 365 * 86400))
        text = written(draw, time, clock_first, place, stuck, dated, clocked, periods)
        if script != SCRIPTS[0]:
            text = text.translate(str.maketrans(SCRIPTS[0], script))
        yield text, time if "%S" in clocked else time.replace(second=0), place != "none", stuck


def written(draw, time, clock_first, place, stuck, dated, clocked, periods):
    """One stamp as a page would print it."""
    names = draw.choice((*MONTHS, DUAL))
    day = dated(time, names)
    shown = time
    if periods[0]:
        shown = time.replace(hour=(time.hour - 1) % 12 + 1)
    gap = draw.choice(("", " ")) if periods[0] else ""
    clock = clocked.format(shown) + gap + periods[time.hour >= 12]
    parts = [clock, day] if clock_first else [day, clock]
    if place != "none":
        parts.insert(PLACES.index(place) - 1, draw.choice(WEEKDAYS)[time.weekday()])
    if not stuck:
        return draw.choice(SEPARATORS).join(parts)
    return "".join(parts)


def cuts(text):
    """How many ways there are to cut glued digits into a clock and a date, by trying every place."""
    found = set()
    text = "".join(str(int(character)) if character.isdigit() else character for character in text)
    for i in range(1, len(text)):
        for clock, day in ((text[:i], text[i:]), (text[i:], text[:i])):
            if CLOCK.fullmatch(clock) and (DMY.fullmatch(day) or YMD.fullmatch(day)):
                found.add((clock, day))
    return len(found)


def readings(text):
    """The days that the date may be before its weekday is looked at."""
    line = lex(text, date_words(SETTINGS.vocab))
    (group,) = grouped([(part.kind, meaning(part, line, None)) for part in cut(line.skeleton)], line)
    return {reading.day for reading in group.days[0].readings}


def test_every_glued_stamp_is_read_exactly(capsys):
    unique = decided = glued = one_cut = 0
    distinct = set()
    for text, time, has_weekday, stuck in stamps():
        distinct.add(text)
        found = timestamp.read_timestamp(text, SETTINGS)
        assert found is not None and found.published == time.isoformat(), (text, time, found)
        assert found.rest == "" and "published.weekday_mismatch" not in found.warnings, (text, found)
        if len(readings(text)) == 1:
            unique += 1
        elif has_weekday:
            decided += "published.ambiguous_order" not in found.warnings
        if stuck and not has_weekday and not any(map(str.isalpha, text)):
            glued += 1
            one_cut += cuts(text) == 1
    with capsys.disabled():
        print(
            f"\n{len(distinct):,} stamps, all read: {unique:,} unique before the weekday decided, {decided:,} of the "
            f"others by it; of {glued:,} glued digits alone {one_cut:,} have one cut"
        )
    assert len(distinct) > 0.99 * COUNT
    assert one_cut == glued > 1000


@pytest.mark.parametrize("names", [*MONTHS, DUAL])
def test_months_stuck_to_clock_and_weekday(names):
    for month, name in enumerate(names, 1):
        day = date(2025, month, 5)
        for weekday in (WEEKDAYS[0][day.weekday()], ""):
            found = timestamp.read_timestamp(f"21:03{weekday}{name} 5, 2025", SETTINGS)
            assert found and found.published == f"{day}T21:03:00", name
