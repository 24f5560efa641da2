"""The entry of this package: the timestamp of a line, and the date in the first or last words of a paragraph.

A line passes the lexer, the grammar and the calendars, and becomes a Timestamp.

Grammar of a line, once its parts are known (separators between parts are free)::

    line      = [ beside ], timestamp, { [ beside ], timestamp }, [ beside ] ;
    timestamp = { label | weekday | date | twin date | clock | zone | relative } ;
    beside    = what newsparse.times.beside lets stand there ;

Nothing is guessed: a timestamp without a certain time has None and a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from newsparse.codes import WarningCode
from newsparse.names.byline import read_byline
from newsparse.names.lexicon import agency
from newsparse.signs import BARS, BULLETS, DASHES
from newsparse.text import parts, rare
from newsparse.times.beside import (
    Neighbour,
    Proof,
    Standing,
    damaged_weekday,
    is_dateline,
    names_zone,
    neighbours_of,
    rest_of,
    standing,
)
from newsparse.times.calendars import today
from newsparse.times.grammar import SAYS_NOTHING, TimePart, cut
from newsparse.times.lexer import DIGIT, Lexed, date_words, lex, visible
from newsparse.times.readers import meaning
from newsparse.times.stamp import Group, Timestamp, grouped, stamp_of, with_unknown
from newsparse.words.vocab import Settings, Vocab

MAX_STAMP_LINE_CHARS = 200
MAX_SPELLED_OUT_CHARS = 60  # of a line that may end as times without a digit do
MAX_OPENING_CHARS = 90
MAX_OPENING_WORDS = 10  # before the number of a dateline's date
MAX_SOURCE_WORDS = 4
MIN_TITLE_WORDS, MAX_TIME_WORDS = 3, 12  # of a line that has both
CLOCK_SIGN = "T"  # in a time of the record
TITLE_EDGES = " " + DASHES + BARS + BULLETS  # between title and time
BARE = frozenset({"dn", "nd"})  # shapes of a day without a year
BY_CHANCE = (0, "now")  # «اليوم», «الآن»: words of menus and names too
ISO_FORM = rare(r"\d{8}T\d{2}(?:\d{2}){0,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{4}-?W\d\d(?:-?[1-7])?", re.ASCII)

DATED_KINDS = frozenset({"date", "weekday", "clock"})  # what a dateline's time may begin with
OPENING_ENDS = ("-", ":", "/", ")")
_SIGN = r"\s?[/؍\-‐‑‒–—―−ـ\\_⁄∕]\s?"  # between two numbers, of which a third follows, of a date
_JOINED = re.compile(rf"\d(?:\s?[:∶：.٫hH]\s?\d|{_SIGN}\d{{1,2}}{_SIGN}\d|[,،] ?\d{{4}}| \d{{1,2}} \d)")
_SIGNED = rare(r"(?:[:/()«»|]|\s[-–—ـ]\s)\s*")


def may_hold_timestamp(text: str, words: Iterable[str], vocab: Vocab) -> bool:
    """A prefilter: whether a line may have a timestamp, by its digits and its folded `words`. Most lines have none."""
    number = DIGIT.search(text)
    dated, spelled = _words_of_times(vocab)
    if number:
        return bool(_JOINED.search(text, number.start())) or not dated.isdisjoint(words)
    return len(text) < MAX_SPELLED_OUT_CHARS and not spelled.isdisjoint(words)


@lru_cache(maxsize=8)
def _words_of_times(vocab: Vocab) -> tuple[frozenset[str], frozenset[str]]:
    """Two sets of folded words, of times with a digit and without.

    Where no sign joins the numbers of a time, it has a word of the first set. A time without a digit has one of the
    second. A phrase in which no other of these words is gives its longest word.
    """
    tables = (
        ("relative_times", "ago_words"),
        ("months", "hijri_months", "persian_months", "weekdays", "day_periods", "zones"),
    )
    found: set[str] = set()
    sets = []
    for names in tables:
        phrases = [phrase.split(" ") for name in names for phrase in getattr(vocab, name)]
        found.update([phrase[0] for phrase in phrases if len(phrase) == 1])
        found.update([max(phrase, key=len) for phrase in phrases if found.isdisjoint(phrase)])
        sets.append(frozenset(found))
    return sets[1], sets[0]


def read_timestamp(text: str, settings: Settings, words: str | None = None) -> Timestamp | None:
    """The timestamp in a line; None if the line is none (prose, a score, a price, a telephone number).

    `words` are the letters of the folded text, if the caller has them (`newsparse.text.parts`).
    """
    if len(text) > MAX_STAMP_LINE_CHARS:
        return None
    text, vocab = visible(text), settings.vocab
    words = parts(text)[1] if words is None else words
    line = lex(text, date_words(vocab)) if may_hold_timestamp(text, words.split(" "), vocab) else None
    if line is not None:
        found = cut(line.skeleton)
        beside = neighbours_of(found, line)
        if beside is not None:
            return _read(found, line, beside, settings)
    return read_iso(text, settings) if text[:1].isdigit() and ISO_FORM.fullmatch(text) else None


def _read(found: Sequence[TimePart], line: Lexed, beside: list[Neighbour], settings: Settings) -> Timestamp | None:
    """The timestamp of the parts of a line, with these words beside it."""
    vocab, day = settings.vocab, today(settings)
    said: list[tuple[str, Any]] = []
    for part in found:
        if part.kind not in SAYS_NOTHING:
            said.append((part.kind, meaning(part, line, day)))
            if said[-1][1] is None:
                return None
    is_damaged = False
    proof = _proof(found, said) if beside else None
    if proof is Proof.CLOCK and names_zone(beside[-1], vocab):
        said.append(("zone", "?"))
        beside.pop()
    if beside and proof in (Proof.DATE, Proof.CLOCK) and (weekday := damaged_weekday(beside[0], vocab)):
        said.append(("weekday", weekday))
        is_damaged = True
        del beside[0]
    if beside and proof is None:
        return None
    groups = grouped(said, line)
    if not groups or not _are_one_line(groups):
        return None
    if groups[0].ago == 0 and settings.now is None and not (groups[0].clock or groups[0].label or groups[0].days):
        return None  # «اليوم» alone is a word of menus, and a paper
    known = standing(beside, proof, vocab) if beside and proof else Standing.KNOWN
    stamp = stamp_of(groups, rest_of(beside), settings) if known else None
    if stamp and (known is Standing.UNKNOWN or is_damaged):
        return with_unknown(stamp, known is Standing.UNKNOWN)
    return stamp


def _proof(found: Iterable[TimePart], said: Iterable[tuple[str, Any]]) -> Proof | None:
    """The evidence that the line is a timestamp; None if no other words are allowed beside it."""
    kinds = {kind for kind, _ in said}
    relative = [value for kind, value in said if kind == "ago" and not isinstance(value, tuple)]
    dated = "both" in kinds or any(part.kind == "date" and part.shape not in BARE for part in found)
    timed = "clock" in kinds or "both" in kinds
    if relative and (dated or (not timed and any(said in BY_CHANCE for said in relative))):
        return None  # «اليوم - تبوك»: a paper and a place; «عصر هذا اليوم الأحد الموافق ...»: prose
    if not dated:
        return Proof.DAY_OF_DATELINE if (relative or "date" in kinds) and not timed else Proof.NO_DATE
    if timed:
        return Proof.CLOCK
    return Proof.LABEL if "label" in kinds else Proof.WEEKDAY if "weekday" in kinds else Proof.DATE


def _are_one_line(groups: Sequence[Group]) -> bool:
    """Whether the groups are one timestamp, perhaps with its update. A range of days is not."""
    if len(groups) > 2:
        return all(group.label for group in groups[1:])
    if len(groups) == 2 and not any(group.label for group in groups):
        first, second = groups
        return bool(first.days and first.clock and (second.days or second.zone) and second.clock)
    return not groups[0].monthly or bool(groups[0].label)


def read_iso(text: str, settings: Settings) -> Timestamp:
    """The timestamp of a line in the basic or week form of ISO 8601, which the grammar does not have."""
    from dateutil.parser import isoparse

    try:
        found = isoparse(text)
    except ValueError:
        return Timestamp(None, warnings=(WarningCode.INVALID.of("published"),), why="ISO 8601, but no date")
    if found.tzinfo is None and settings.tz:
        found = found.replace(tzinfo=settings.tz)
    return Timestamp(found.isoformat() if "T" in text else found.date().isoformat(), why="ISO 8601")


# In a paragraph ---------------------------------------------------------------------------------------------------


def opening(text: str, settings: Settings) -> Timestamp | None:
    """The date in the dateline that opens a paragraph: «بريدة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس …».

    With a place or a source before it, and a source or a sign behind it, it is a timestamp line of its own.
    """
    number = DIGIT.search(text, 0, MAX_OPENING_CHARS)
    if number is None or text.count(" ", 0, number.start()) > MAX_OPENING_WORDS:
        return None
    line = lex(visible(text[:MAX_OPENING_CHARS]), date_words(settings.vocab), MAX_OPENING_CHARS)
    found = cut(line.skeleton) if line else []
    first = next((i for i, part in enumerate(found) if part.kind in DATED_KINDS), len(found))
    last = next((i for i in range(first, len(found)) if found[i].kind in ("word", "digits")), 0)
    if not (line and last):
        return None
    ends = [part.end for part in found[last : last + MAX_SOURCE_WORDS]]
    while found[last - 1].kind == "neutral":  # "(December 22, 2013) — The …"
        last -= 1
    is_signed = line.skeleton[: found[last].start].rstrip()[-1:] in OPENING_ENDS
    if is_signed:
        ends.insert(0, found[last].start)  # «باريس (أ ف ب) - 28 فبراير 2025 - قال …»
    for end in ends:
        stamp = read_timestamp(line.printed(0, end), settings)
        if (
            stamp
            and not (stamp.clock or stamp.updated or stamp.has_unknown)
            and _has_source(stamp.rest, is_signed and end == ends[0], settings.vocab)
        ):
            return stamp
    return None


def _has_source(rest: str, is_signed: bool, vocab: Vocab) -> bool:
    """Whether the words beside a date name an agency; or, where a sign follows the date, a place, alone or with a
    person."""
    if any(agency(piece, vocab) for piece in _SIGNED.split(rest)):
        return True
    if not (rest and is_signed):
        return False
    if is_dateline(rest, vocab):
        return True
    credit = read_byline(rest, vocab)
    return credit is not None and bool(credit.location)


def closing(text: str, settings: Settings) -> Timestamp | None:
    """The date that stands with a source behind the last sentence: «… نهاية العام. 04.03.2026, الجسر عربي»."""
    _, sign, tail = text[-MAX_OPENING_CHARS:].rpartition(". ")
    day, comma, source = tail.replace("،", ",").partition(",")
    if not (sign and comma and DIGIT.match(day) and 0 < len(source.split()) <= MAX_SOURCE_WORDS):
        return None
    stamp = read_timestamp(day, settings)
    return stamp if stamp and stamp.published else None


def beside_title(text: str, settings: Settings) -> tuple[str, Timestamp] | None:
    """The title and the time of a line that has both; None for other lines.

    The time is at one end, and has a clock or is set apart by a sign. Another date in a title is that of an event.
    """
    words = text.split() if DIGIT.search(text) else []
    for size in range(min(MAX_TIME_WORDS, len(words) - MIN_TITLE_WORDS), 0, -1):
        for time, title in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            stamp = read_timestamp(" ".join(time), settings) if any(map(DIGIT.search, time)) else None
            if stamp and stamp.published and not stamp.rest and (CLOCK_SIGN in stamp.published or _is_apart(time)):
                return " ".join(title).strip(TITLE_EDGES), stamp
    return None


def _is_apart(time: Sequence[str]) -> bool:
    return any(not word.strip(TITLE_EDGES) for word in (time[0], time[-1]))
