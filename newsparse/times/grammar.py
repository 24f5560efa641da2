"""The grammar: the shapes of dates, clocks, ages and zones in a line of codes (`newsparse.times.lexer`).

SHAPES is the whole grammar, one row a shape, over the line's skeleton: its codes with 0 for every digit. The first
shape that fits takes its characters; digits that no shape takes make the line no timestamp. Minutes have two digits and
a year four, so a glued ``13:2217/09/2024`` has one cut. Does not know what a part says (`newsparse.times.readers`), nor
how the parts go together (`newsparse.times.stamp`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

SAYS_NOTHING = frozenset({"word", "digits", "neutral"})
TIMES = frozenset({"date", "clock", "both", "ago", "monthly"})


class TimePart(NamedTuple):
    """One part of a line: ``skeleton[start:end]``."""

    kind: str
    shape: str
    start: int
    end: int
    word: int  # the place of its first word
    letters: str  # of its words


_PIECES = {  # a piece that holds others stands before them
    "year": "0000(?:(?!0|:(?! |00?:))|(?=0?0 ?[:HhUu]|{dated}))",
    "dated": "00?[ ,./-]{0,3}[MowIPmi]|00? ?[/.-] ?00?[ /.-]|0000 ?[/.-] ?0",  # begins a date: so what is stuck ends
    "s": " ?[/.-] ?",  # between numbers
    "j": r"[ ,./()-]{0,4}(?:[FunB][ .,]{0,2}){0,2}",  # between a day, a month's name and a year
    "month": r"(?:(?:[MowIP]|[mi] ?0(?!0))(?:\)?[ /(-]{1,3}[Mow])?)",
    "day": "00?(?!0)",
    "year2": r"['’]?00(?:(?![0:])|(?=0?0 ?[:Hh]))(?! ?[/.-] ?0(?!0? ?[:HhAa]))",
    "last": "(?:00(?=00 ?[:Hh])|00?(?![0:]))(?![/.-]0(?!0? ?[:Hh]))",
    "mark": r"(?: (?!a0)\(?[Ggaj]\)?|\(?[Ggaj]\)?)?",
    "period": r"(?:[ ,]{0,2}(?:F )?\(?[AaD]\)?)?",
    "minutes": "(?: [QN])?",
    # an offset from UTC behind its minus sign
    "west": r"(?:(?<=:00:00-)|(?<=:00:00 -)|(?<=F00:00-)|(?<=[.,]000-)|(?<=[.,]000000-))"
    r"00:?00(?![0:])|(?<=:00 -)0000(?!0)",
    # an amount of time: «3 hours», «ساعتين»
    "much": "(?:(?:(?:0{1,3}|[Nn](?: ?Y ?N)?)[ -]?)?[Uuh](?: [NQ])?|N Q)",
}
SHAPES = (  # kind, order of its numbers, pattern; a longer reading before a shorter one
    ("", "", r"(?:[^0A-Za-z©+(-]|\+(?!0)|-(?!{west})|\((?! ?V ?\)))+"),
    ("word", "", "[XE]|(?<=[Xz] )[Ww](?= [Xz])"),
    ("ago", "age", "[Oo][ :]{0,2}{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5}|{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5} [Oo]"),
    ("both", "dhmy", "{day} 00?:00 0000 [Mow](?!{j}0)"),  # «01 15:01 2023 فيفري», right to left
    ("both", "ymdh", "0000{s}00?{s}000 ?: ?00(?: ?: ?00)?{period}"),
    ("date", "ymd", "0000{s}00?{s}{last}{mark}"),
    ("date", "ymd", "0000:00:00(?=[ .]00:00)"),  # as cameras write it
    ("date", "ynd", "0000{j}{month}{j}{last}{mark}"),
    ("date", "dmy", "00?{s}00?{s}{year}{mark}"),
    ("date", "dny", "(?:{day}|t){j}{month}{j}{year}{mark}"),
    ("date", "unread", "00? ?(?:[XMINtz] ?){1,3}0000{mark}(?= ?[,-]? ?B)"),  # a damaged half of a twin
    ("clock", "", r"(?:(?<=0000 )|(?<=0000, )|(?<=0000 - ))00?\.00\.00(?![.0])(?: ?H)?"),  # «20.11.2024 21.05.43»
    ("year", "", "0000(?= W[ ,]{1,3}{day}{j}{month}(?!{j}0000))"),  # «2024 الثلاثاء ,19 آذار»
    ("year", "", "(?:(?<=:00 )|(?<=Z )|(?<=[+-]0000 )|(?<=[+-]00:00 ))0000$"),  # "Tue Sep 17 13:22:00 UTC 2024"
    ("date", "dnY", "{day}{j}{month}{j}{year2}(?! ?[AaHhYUu]){mark}"),
    (
        "date",
        "dmY",
        r"00? ?(?:/ ?00? ?/|\. ?00? ?\.|- ?00? ?-) ?{year2}{mark}",
    ),  # one sign: «16.41 - 19 Temmuz» is a clock
    (
        "clock",
        "",
        "(?:[AaHh][ :.]{0,2})?00?(?::00(?::00(?!/00?/0000)(?:[.,]0{1,9})?)?| ?: ?00(?: ?: ?00(?!/00?/0000))?){period}",
    ),
    (
        "clock",
        "",
        "(?:[Hh] ?)?00? ?(?:[Hh][ .]{0,2}00|Y ?00?)(?:(?!0)|(?={dated}))(?: ?U(?: ?00 ?[Uu](?= |$))?)?{period}",
    ),
    ("clock", "run", "0000(?= ?Z)|(?<=00000000F)0000(?:00)?(?!0)"),
    ("clock", "run2", "(?<=0000 )0000(?! ?[^ Aa])"),
    ("date", "ymd", "00000000(?=[ F]{0,2}00:00|F0000(?:00)?(?!0))"),
    ("date", "dmy", "00? 00? 0000(?!0)"),
    ("date", "dn", "{day}{j}{month}"),
    (
        "clock",
        "",
        "(?:[AaHh][ :.]{0,2})?00?(?![0:./-])(?: ?[Hh]|{period}(?<=[Aa]))|[Hh][ :]{0,2}00?(?![0:./-]){period}",
    ),
    ("clock", "dotted", r"(?:[Hh] ?)?00?\.00(?!0|\.)(?: ?H(?! ?00?:))?{period}"),
    ("date", "ndy", "{month}{j}{day}{j}{year}{mark}"),
    ("date", "nyd", "{month}{j}{year} {day}(?![:./-])"),
    ("monthly", "", "{month}{j}{year}(?!{s}0){mark}"),
    ("date", "nd", r"{month}[ .]{0,2}{day}(?!:|{j}{month})F?"),
    ("clock", "spoken", "(?:(?:[Hh] )?D|[Hh] d){minutes}{period}|d{minutes}{period}(?<=[Aa])"),
    ("offset", "", r"Z ?\+ 00?(?![0:/.-])|Z ?00?\+(?!0)|00?\+ ?Z"),  # «(غرينتش + 3)», «3+ غرينتش»: right to left
    ("offset", "", r"Z ?[+-]00?(?::?00)?(?!0)|[+-]00?(?::?00)?(?: ?Z|(?![0:]))"),
    ("zone", "", r"K[ :(]{0,2}z|(?<=0 \()z|(?<=0\()z"),  # «بتوقيت مكة المكرمة», «16:25 (مكة المكرمة)»
    ("zone", "", r"Z|(?:(?<=[Aa])|(?<=[Aa][. ])|(?<=[Aa]\. ))e"),
    ("ago", "", "R"),
    ("role", "", r"\( ?V ?\)|V$"),  # «(آخر تحديث)»: of the whole timestamp
    ("label", "", "[LVCTS]"),
    ("weekday", "", "W"),
    ("weekday", "", "w"),
    ("period", "", "A(?= [WR])|(?<=[WR] )A"),  # «مساء الجمعة»: of the clock, wherever that stands
    ("neutral", "", "O(?= ?:)|(?<=V )[Oo]|[FunHhKYAaGgjB]"),
    ("digits", "", "0[0.,/:-]*|©"),
    ("word", "", "[A-Za-z]"),
)


_LETTER = re.compile("[A-Za-z]")


@lru_cache(maxsize=1)  # made for the first line that may be a timestamp
def _pattern() -> re.Pattern[str]:
    """The shapes as one pattern; behind each an empty group, whose number is the place of the shape in SHAPES.

    The groups stand behind, so that the engine sees at each shape's first character whether it can fit.
    """
    shapes = []
    for *_, shape in SHAPES:
        for name, piece in _PIECES.items():
            shape = shape.replace("{" + name + "}", piece)
        shapes.append(f"(?:{shape})()")
    return re.compile("|".join(shapes))


def cut(skeleton: str) -> list[TimePart]:
    """All parts of the skeleton; what lies between them are separators."""
    found: list[TimePart] = []
    word = 0
    for match in _pattern().finditer(skeleton):
        kind, shape, _ = SHAPES[(match.lastindex or 1) - 1]
        if kind:
            letters = "".join(_LETTER.findall(match[0]))
            if kind == "offset" and not letters and not (found and found[-1].kind in ("clock", "both", "zone")):
                kind = "digits"
            found.append(TimePart(kind, shape, *match.span(), word, letters))
            word += len(letters)
    return found
