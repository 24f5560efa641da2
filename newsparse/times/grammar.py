"""The grammar: the shapes of dates, clocks, ages and zones in a line of codes (`newsparse.times.lexer`).

SHAPES is the whole grammar, one row a shape, over the line's skeleton: its codes with 0 for every digit. The first
shape that fits takes its characters; digits that no shape takes make the line no timestamp. Minutes have two digits and
a year four, so a glued ``13:2217/09/2024`` has one cut. Does not know what a part says (`newsparse.times.readers`), nor
how the parts go together (`newsparse.times.stamp`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class SkeletonPart(NamedTuple):
    """One part of a skeleton, ``skeleton[start:end]``."""

    kind: str
    shape: str
    start: int
    end: int
    letters: str  # of its words
    word: int  # the place of the first


class Neighbour(NamedTuple):
    """Words on one side of a timestamp, and the separators or the label between them."""

    text: str
    place: slice  # in the line
    sign: str
    leads: bool  # before the first timestamp
    labelled: bool  # a label lies between


# The grammar ------------------------------------------------------------------------------------------------------

_PIECES = {  # those of other pieces first
    "year": "0000(?:(?!0|:(?! |00?:))|(?=0?0 ?[:HhUu]|{dated}))",
    "dated": "00?[ ,./-]{0,3}[MowIPmi]|00? ?[/.-] ?00?[ /.-]|0000 ?[/.-] ?0",  # begins a date: so what is stuck ends
    "s": " ?[/.-] ?",  # between numbers
    "j": r"[ ,./()-]{0,4}(?:[FunB][ .,]{0,2}){0,2}",  # between a day, a month's name and a year
    "month": r"(?:(?:[MowIP]|[mi] ?0(?!0))(?:\)?[ /(-]{1,3}[Mow]\)?)?)",
    "day": "00?(?!0)",
    "year2": r"['’]?00(?:(?![0:])|(?=0?0 ?[:Hh]))(?! ?[/.-] ?0(?!0?(?: ?[:HhAa]|\.00(?!0))))",
    "last": "(?:00(?=00 ?[:Hh])|00?(?![0:]))(?![/.-]0(?!0? ?[:Hh]))",
    "mark": r"(?: (?!a0)\(?[Ggaj]\)?|\(?[Ggaj]\)?)?",
    "period": r"(?:[ ,.:]{0,2}(?:[Fun] )?\(?[AaD]\)?)?",
    "minutes": "(?: [QN]){0,2}(?: ?Y ?(?:N|00?) U)?",
    "west": r"(?:(?<=:00:00-)|(?<=:00:00 -)|(?<=F00:00-)|(?<=:00[.,]0-)|(?<=[.,]00-)|(?<=[.,]000-)|(?<=[.,]000000-))"
    r"00:?00(?![0:])|(?<=:00 -)0000(?!0)",
    "much": "(?:(?:(?:0{1,3}|[Nn](?: ?Y ?N)?)[ -]?)?[Uuh](?: [NQ])?(?: ?Y ?N)?|N Q)",
}
SHAPES = (  # in this order: a longer reading before a shorter one
    ("", r"(?:[^0A-Za-z©+(-]|\+(?!0)|-(?!{west})|\((?! ?V ?\)))+"),
    ("word", "[XE]|(?<=X )[Ww](?= X)"),
    ("age", "[Oo][ :]{0,2}{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5}|{much}(?:[ ,]{0,2}(?:Y ?)?{much}){0,5} [Oo]"),
    ("dhmy", "{day} 00?:00 0000 [Mow](?!{j}0)"),  # «01 15:01 2023 فيفري», right to left
    ("ymdh", "0000{s}00?{s}000 ?: ?00(?: ?: ?00)?{period}"),
    ("ymd", "0000{s}00?{s}{last}{mark}"),
    ("ymd", "0000:00:00(?=[ .]00:00)"),  # as cameras write it
    ("ynd", "0000{j}{month}{j}{last}{mark}"),
    ("dmy", "00?{s}00?{s}{year}{mark}"),
    ("dny", "(?:{day}|t){j}{month}{j}{year}{mark}"),
    ("unread", "00? ?(?:[XMINt] ?){1,3}0000{mark}(?= ?[,-]? ?B)"),  # a damaged half of a twin
    ("clock", r"(?:(?<=0000 )|(?<=0000, )|(?<=0000 - ))00?\.00\.00(?![.0])(?: ?H)?"),  # «20.11.2024 21.05.43»
    ("year", "0000(?= W[ ,]{1,3}{day}{j}{month}(?!{j}0000))"),  # «2024 الثلاثاء ,19 آذار»
    ("year", "(?:(?<=:00 )|(?<=Z )|(?<=[+-]0000 )|(?<=[+-]00:00 ))0000$"),  # "Tue Sep 17 13:22:00 UTC 2024"
    ("dny2", "{day}{j}{month}{j}{year2}(?! ?[AaHhYUu]){mark}"),
    ("dmy2", r"00? ?(?:/ ?00? ?/|\. ?00? ?\.|- ?00? ?-) ?{year2}{mark}"),  # one sign: «16.41 - 19 Temmuz» is a clock
    (
        "clock",
        "(?:[AaHh][ :.]{0,2})?00?(?::00(?::00(?!/00?/0000)(?:[.,]0{1,9})?)?| ?: ?00(?: ?: ?00(?!/00?/0000))?){period}",
    ),
    (
        "clock",
        "(?:[Hh] ?)?00? ?(?:[Hh][ .]{0,2}00|Y ?00?)(?:(?!0)|(?={dated}))(?: ?U(?: ?00 ?[Uu](?= |$))?)?{period}",
    ),
    ("hhmm", "0000(?= ?Z)|(?<=00000000F)0000(?:00)?(?!0)"),
    ("hhmm2", "(?<=0000 )0000(?! ?[^ Aa])"),
    ("ymd8", "00000000(?=[ F]{0,2}00:00|F0000(?:00)?(?!0))"),
    ("dmy", "00? 00? 0000(?!0)"),
    ("dn", "{day}{j}{month}"),
    ("clock", "(?:[AaHh][ :.]{0,2})?00?(?![0:./-])(?: ?[Hh]|{period}(?<=[Aa]))|[Hh][ :]{0,2}00?(?![0:./-]){period}"),
    ("dotted", r"(?:[Hh] ?)?00?\.00(?!0|\.)(?: ?H(?! ?00?:))?{period}"),
    ("ndy", "{month}{j}{day}{j}{year}{mark}"),
    ("nyd", "{month}{j}{year} {day}(?![:./-])"),
    ("ny", "{month}{j}{year}(?!{s}0){mark}"),
    ("nd", r"{month}[ .]{0,2}{day}(?!:|{j}{month})F?"),
    ("spoken", "(?:(?:[Hh] )?D|[Hh] d){minutes}{period}|d{minutes}{period}(?<=[Aa])"),
    ("offset", r"Z ?\+ 00?(?![0:/.-])|Z ?00?\+(?!0)|00?\+ ?Z"),  # «(غرينتش + 3)», «3+ غرينتش»: right to left
    ("offset", r"Z ?[+-]00?(?::?00)?(?!0)|[+-]00?(?::?00)?(?: ?Z|(?![0:]))"),
    ("zone", r"Z|(?:(?<=[Aa])|(?<=[Aa][. ])|(?<=[Aa]\. ))e"),
    ("relative", "R"),
    ("role", r"\( ?V ?\)|V$"),  # «(آخر تحديث)»: of the whole timestamp
    ("label", "[LVCTS]"),
    ("weekday", "W"),
    ("weekday2", "w"),
    ("period", "A(?= [WR])|(?<=[WR] )A"),  # «مساء الجمعة»: of the clock, wherever that stands
    ("neutral", "O(?= ?:)|(?<=V )[Oo]|[FunHhKYAaGgjB]"),
    ("digits", "0[0.,/:-]*|©"),
    ("word", "[A-Za-z]"),
)


@lru_cache(maxsize=1)  # made for the first line that may be a timestamp
def _pattern() -> re.Pattern[str]:
    """The shapes as one pattern; behind each an empty group, whose number is the place of the shape in SHAPES.

    The groups stand behind, so that the engine sees at each shape's first character whether it can fit.
    """
    shapes = []
    for _, shape in SHAPES:
        for name, piece in _PIECES.items():
            shape = shape.replace("{" + name + "}", piece)
        shapes.append(f"(?:{shape})()")
    return re.compile("|".join(shapes))


_LETTER = re.compile("[A-Za-z]")
KINDS = {
    **dict.fromkeys(("ymd", "ynd", "dmy", "dny", "dny2", "dmy2", "ymd8", "dn", "ndy", "nyd", "nd"), "date"),
    **dict.fromkeys(("dotted", "hhmm", "hhmm2", "spoken"), "clock"),
    **dict.fromkeys(("ymdh", "dhmy"), "both"),  # a date and a clock in one
    "unread": "date",
    **dict.fromkeys(("age", "relative"), "ago"),
    "ny": "monthly",
    "weekday2": "weekday",  # of a word that is also a month's
}
SAYS_NOTHING = frozenset({"word", "digits", "neutral"})
TIMES = frozenset({"date", "clock", "both", "ago", "monthly"})
COUNTED = frozenset({"date", "clock"})  # what a counter may stand behind
FULL_DATES = frozenset({"ymd", "ynd", "dmy", "dny", "ndy"})
TIE = "&"  # in place of a separator: a preposition ties the words to the date
MAX_COUNTER_DIGITS = 3
ALONE = frozenset({"label", "both", "ago"})  # kinds that never follow another time of one stamp


def cut(skeleton: str) -> list[SkeletonPart]:
    """All parts of the skeleton; what lies between them are separators."""
    found: list[SkeletonPart] = []
    word = 0
    for match in _pattern().finditer(skeleton):
        shape, _ = SHAPES[(match.lastindex or 1) - 1]
        if shape:
            start, end = match.span()
            letters = match[0] if match[0].isalpha() else "".join(_LETTER.findall(skeleton, start, end))
            part = SkeletonPart(KINDS.get(shape, shape), shape, start, end, letters, word)
            if shape == "offset" and not part.letters and not (found and found[-1].kind in ("clock", "both", "zone")):
                part = part._replace(kind="digits")
            word += len(part.letters)
            found.append(part)
    return found


# The words beside ----------------------------------------------------------------------------------------------


def neighbours_of(
    found: Sequence[SkeletonPart], skeleton: str, text: str, places: Sequence[int]
) -> list[Neighbour] | None:
    """The words between and around the timestamps of a line; None where digits stand alone, or no time is there at all.

    `places` are those of the skeleton's characters in the text.
    """
    times = [part for part in found if part.kind in TIMES]
    if not times or (len(times) == 1 and times[0].shape == "dotted" and not times[0].letters):  # «3.14»
        return None
    neighbours: list[Neighbour] = []
    start = 0
    for end in range(len(found) + 1):
        if end < len(found) and found[end].kind in SAYS_NOTHING:
            continue
        if start < end:
            first, last = _without_ties(found, start, end, skeleton)
            inner = {part.kind for part in found[first:last]} - {"neutral"}
            if inner == {"digits"}:
                return neighbours if _is_counter(found, first, last, skeleton) else None
            if inner:
                sign, leads, labelled = _signed(found, first, last - 1, skeleton)
                place = slice(places[found[first].start], places[found[last - 1].end])
                neighbours.append(Neighbour(text[place], place, sign, leads, labelled))
        start = end + 1
    return neighbours


def _is_counter(found: Sequence[SkeletonPart], first: int, last: int, skeleton: str) -> bool:
    """Whether the parts ``found[first:last]`` are a number at the line's end, of comments: «28 فبراير 2025 0»."""
    if not 0 < first == last - 1 == len(found) - 1 or found[first - 1].kind not in COUNTED:
        return False
    if FULL_DATES.isdisjoint([part.shape for part in found]):
        return False
    sign = skeleton[found[first - 1].end : found[first].start] or skeleton[found[first].start]
    return len(skeleton[found[first].start :].rstrip()) <= MAX_COUNTER_DIGITS and not sign.strip(" |-")


def _without_ties(found: Sequence[SkeletonPart], start: int, end: int, skeleton: str) -> tuple[int, int]:
    """The parts ``found[start:end]`` without the little words that tie them to a stamp: «المنامة في», "avec AFP le"."""
    while end > start and end < len(found) and found[end - 1].kind == "neutral":
        if skeleton[found[end - 1].end : found[end].start].strip(" :"):
            break
        end -= 1
    while 0 < start < end and found[start].kind == "neutral":
        if skeleton[found[start - 1].end : found[start].start].strip(" :"):
            break
        start += 1
    return start, end


def _signed(found: Sequence[SkeletonPart], first: int, last: int, skeleton: str) -> tuple[str, bool, bool]:
    """What lies between the parts from `first` to `last` and the nearest time: a sign, whether they lead, a label."""
    leads = TIMES.isdisjoint([part.kind for part in found[:first]])
    beyond = found[last + 1] if leads else found[first - 1]
    sign = skeleton[found[last].end : beyond.start] if leads else skeleton[beyond.end : found[first].start]
    if beyond.kind == "neutral" and beyond.letters in "FunB":
        sign = ":" if skeleton[beyond.end : beyond.end + 1] == ":" else TIE
    if leads and first and found[first - 1].letters in ("V", "L" if sign == TIE else "V"):
        return " ", leads, True  # "Last edited by Layla on 20 November", «نشر في PAPER يوم 20 نوفمبر»
    return sign, leads, beyond.kind == "label"
