"""Damaged stamps: a character lost, doubled, swapped or misread gives the day, no day, or a warning; no other day."""

import random
from datetime import datetime, timedelta

from newsparse.times import timestamp
from newsparse.words import vocab

COUNT = 2_000
MAX_SILENT = 0.002  # share of days that are wrong without a warning
SETTINGS = vocab.Settings(vocab.shipped())
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
FORMS = (
    "{t:%H:%M}{t:%d/%m/%Y}, {w}",
    "{t:%H:%M} {t:%d/%m/%Y}، {w}",
    "{w} {t.day} {m} {t.year} - {t:%H:%M}",
    "{w}، {t.day} {l} {t.year}",
    "{w} {t:%d-%m-%Y} {t:%H:%M}",
    "نشر في: {w} {t:%d/%m/%Y} الساعة {t:%H:%M}",
    "{t:%A}, {t:%B} {t.day}, {t.year} {t:%H:%M}",
    "{t:%a, %d %b %Y %H:%M:%S} GMT",
)
MISREAD = {
    **{
        "0": "Oo٥",
        "1": "lI7",
        "2": "Zz٢",
        "3": "8B٣",
        "4": "A٤",
        "5": "S6",
        "6": "bG5",
        "7": "?T1",
        "8": "3B&",
        "9": "gq4",
    },
    **{"م": "نح", "ت": "ث", "ح": "خج", "ف": "ق", "ي": "ى", "س": "ش", "د": "ذ", "ر": "ز"},
}


def damaged(draw: random.Random, text: str) -> str:
    """The text with one character lost, doubled, swapped with the next, or misread."""
    i = draw.randrange(len(text) - 1)
    kind = draw.randrange(4)
    if kind == 0:
        return text[:i] + text[i + 1 :]
    if kind == 1:
        return text[: i + 1] + text[i:]
    if kind == 2:
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text[:i] + draw.choice(MISREAD.get(text[i], "x.")) + text[i + 1 :]


def test_a_damaged_stamp_says_no_other_day_in_silence():
    draw = random.Random(20240917)
    silent, right = [], 0
    for number in range(COUNT):
        time = datetime(2005, 1, 1) + timedelta(minutes=draw.randrange(20 * 365 * 1440))
        form = FORMS[number % len(FORMS)]
        text = form.format(t=time, w=WEEKDAYS[time.weekday()], m=MONTHS[time.month - 1], l=LEVANT[time.month - 1])
        assert (timestamp.read_timestamp(text, SETTINGS) or "")[0][:10] == f"{time:%Y-%m-%d}", text
        text = damaged(draw, text)
        found = timestamp.read_timestamp(text, SETTINGS)
        day = found and (found.published or found.updated)
        right += bool(day) and day[:10] == f"{time:%Y-%m-%d}"
        if day and day[:10] != f"{time:%Y-%m-%d}" and not found.warnings:
            silent.append((text, day, f"{time:%Y-%m-%d}"))
    assert len(silent) <= MAX_SILENT * COUNT, silent
    assert right > COUNT / 3
