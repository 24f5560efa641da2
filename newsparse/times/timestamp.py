"""The Timestamp of a line, and the date in the first or last words of a paragraph.

A line passes the lexer, the grammar and the readers. Here its parts become one time or several, and it is settled which
time is of publication and which of an update. Knows --now and --tz.

Grammar of a line, once its parts are known (separators between parts are free)::

    line      = [ beside ], timestamp, { [ beside ], timestamp }, [ beside ] ;
    timestamp = { label | weekday | date | twin date | clock | zone | relative } ;
    beside    = what newsparse.times.beside lets stand there ;

Nothing is guessed: a timestamp without a certain time has None and a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from newsparse.names.byline import read_byline
from newsparse.names.lexicon import agency
from newsparse.record import WarningCode
from newsparse.signs import BARS, BULLETS, DASHES, EDGES_BESIDE
from newsparse.text import fold, parts, rare
from newsparse.times import readers
from newsparse.times.beside import (
    Neighbour,
    Proof,
    Standing,
    damaged_weekday,
    names_zone,
    neighbours_of,
    standing,
)
from newsparse.times.lexer import DIGIT, OTHERS, SAYS_NOTHING, TIMES, Lexed, TimePart, cut, date_words, lex, visible
from newsparse.times.readers import GREGORIAN, HIJRI, Day, DayReading, hour_in, iso, meaning, today
from newsparse.words.vocab import Settings, Vocab

MAX_TWIN_GAP = timedelta(2)  # between a Hijri date and its Gregorian twin
DATED = "dated"  # the label of any time: «بتاريخ», "date"
LABEL_RANKS = ("published", DATED, None, "created", "updated", "event")  # the best for a time of publication first
DAY_CHARS, MINUTES_CHARS = len("2024-09-17"), len("2024-09-17T13:22")  # of times as they are written
ALONE = frozenset({"label", "both", "ago"})  # kinds that never follow another time of one stamp
AGREES = ", weekday agrees"
DATE_SAYS = {"DMY": "day first,", "MDY": "month first,", "YMD": "year first,"}


class Timestamp(NamedTuple):
    """The result of reading a line.

    published, updated: ISO 8601 as the clock of the page shows it; an offset only where the text or --tz proves it.
    rest: the other words of the line, without separators at their ends.
    clock: if the line is only a clock, "13:22:00", perhaps with a zone ("11:02:00 Asia/Riyadh").
    warnings: codes, "published.invalid".
    why: one sentence for --explain.
    label: the kind of label on the line («نشر في» is "published"): published, updated, created, dated, or None.
    has_unknown: whether unknown words are beside it; then the time may be that of an event or a picture.
    is_hijri: whether the day was computed from a Hijri date; then it may be wrong by one day.
    """

    published: str | None
    updated: str | None = None
    rest: str = ""
    clock: str | None = None
    warnings: tuple[str, ...] = ()
    why: str = ""
    label: str | None = None
    has_unknown: bool = False
    is_hijri: bool = False


class Group:
    """The parts of one timestamp: a label and everything behind it, up to the next timestamp."""

    label: str | None = None
    weekday: int | None = None
    days: tuple[Day, ...] = ()  # more than one: the same day in several calendars
    year: int | None = None  # of the day without one, where it stands before the weekday
    clock: time | str | None = None  # BAD_CLOCK if there is no such time
    zone: str | None = None
    period: str | None = None  # of the day, where it stands beside the weekday
    ago: Any = None  # an Age, or the value of a relative word
    monthly = False

    def __init__(self, line: Lexed) -> None:
        """A group of a line, without parts yet."""
        self.line = line

    @property
    def is_empty(self) -> bool:
        """Whether the group has no time."""
        return not (self.days or self.clock or self.ago is not None or self.monthly)


# The parts of each time -------------------------------------------------------------------------------------------


def grouped(parts: Iterable[tuple[str, Any]], line: Lexed) -> list[Group]:
    """The groups of a line that have a time, from the kinds and meanings of its parts."""
    group = Group(line)
    groups = [group]
    seen: set[str] = set()
    for kind, value in parts:
        if (kind in seen or kind in ALONE) and _opens(kind, value, group):
            group, seen = Group(line), set()
            groups.append(group)
        seen.add(kind)
        _take(kind, value, group)
    joined = groups[:1]
    for group in groups[1:]:
        if _are_halves(joined[-1], group):
            label = joined[-1].label or group.label
            vars(group).update(vars(joined.pop()), label=label)
        joined.append(group)
    for group in joined:
        if group.period and isinstance(group.clock, time):
            group.clock = group.clock.replace(hour=hour_in(group.period, group.clock.hour))
    return [group for group in joined if not group.is_empty]


def _opens(kind: str, value: Any, group: Group) -> bool:
    """Whether the part begins the next timestamp, because the group already has such a part."""
    if kind == "date":  # unless it is the same day: in another calendar, or printed twice, for eyes and screen readers
        last = group.days[-1]
        is_same = not {one.day for one in last.readings}.isdisjoint([one.day for one in value.readings])
        return last.calendar == value.calendar and not (is_same and group.clock is None)
    if kind == "weekday":
        return bool(group.days) and group.weekday != value
    if kind == "ago" and group.ago is None and (isinstance(value, tuple) or not group.days):
        return False  # «21:40 أمس», «21/11/2023 (منذ 5 ساعات)»
    return kind == "clock" or not group.is_empty


def _take(kind: str, value: Any, group: Group) -> None:
    """Put a part into the group."""
    if kind == "date":
        group.days += (value,)
    elif kind == "both":
        group.days, group.clock = (value[0],), value[1]
    elif kind == "offset":
        group.zone = value
    elif kind == "role":
        group.label = value
    elif not ((kind == "zone" and group.zone) or (value == DATED and group.label)):
        setattr(group, kind, value)


def _are_halves(first: Group, second: Group) -> bool:
    """Whether one group has the day and the other the clock of one time: «21/11/2023 الوقت 16:40»."""
    if first.label == "updated" or second.label not in ("published", DATED):
        return False
    return (bool(first.days), first.clock is None) == (second.clock is not None, not second.days)


# The time of each group -------------------------------------------------------------------------------------------


def stamp_of(groups: list[Group], rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of the groups of a line; None if they are of an event."""
    if len(groups) == 2 and groups[1].label is None and not groups[1].days and groups[1].zone:
        _set_zone(groups[0], groups.pop())
    if len(groups) == 1:
        return _single(groups[0], rest, settings) if groups[0].label != "event" else None
    published, updated = _roles([group for group in groups if group.label != "event"])
    if published is None or updated is None:
        one = published or updated
        return _single(one, rest, settings) if one else None
    _lend(published, updated)
    _lend(updated, published)
    first, second = value_of(published, settings, rest), value_of(updated, settings, "")
    earlier, later = first.published or "", second.published or ""
    if updated.label is None and later[:MINUTES_CHARS] == earlier[:MINUTES_CHARS]:
        return first  # printed twice
    second = of_update(second)
    why, warnings = f"{first.why}; updated: {second.why}", first.warnings + second.warnings
    return first._replace(updated=second.updated, label=published.label or DATED, warnings=warnings, why=why)


def _roles(groups: list[Group]) -> tuple[Group | None, Group | None]:
    """The times of publication and of an update: by their labels, or else by their order."""
    updated = next((group for group in reversed(groups) if group.label == "updated"), None)
    others = [group for group in groups if group.label != "updated"]
    if len(others) == 2 and updated is None and others[1].label is None:
        return others[0], others[1]
    return min(others, key=lambda group: LABEL_RANKS.index(group.label), default=None), updated


def _set_zone(group: Group, other: Group) -> None:
    """Set the zone that a second clock proves: «13:22 (10:22 GMT)»."""
    first, second = group.clock, other.clock
    if group.zone is None and isinstance(first, time) and isinstance(second, time) and other.zone == "UTC":
        ahead = ((first.hour - second.hour) * 60 + first.minute - second.minute + 720) % 1440 - 720
        group.zone = f"{'-' if ahead < 0 else '+'}{abs(ahead) // 60:02}:{abs(ahead) % 60:02}"


def _lend(group: Group, other: Group) -> None:
    """Give a group what it leaves open and the other one of its line says: zone, day, year, order of day and month."""
    group.zone = group.zone or other.zone
    readings = other.days[0].readings if len(other.days) == 1 else ()
    if not group.days and group.ago is None:
        group.days, group.year, group.ago, group.weekday = other.days, other.year, other.ago, other.weekday
    elif readings and group.days and group.days[0].bare:
        group.year = readings[0].day.year
    elif group.days and len(readings) == 1:
        proven = tuple([one for one in group.days[0].readings if one.order == readings[0].order])
        group.days = (group.days[0]._replace(readings=proven or group.days[0].readings), *group.days[1:])


def _single(group: Group, rest: str, settings: Settings) -> Timestamp | None:
    """The timestamp of a line with one time."""
    if group.days or group.ago is not None or group.weekday:
        stamp = value_of(group, settings, rest)
        return of_update(stamp) if group.label == "updated" else stamp
    if group.monthly:
        warning = WarningCode.NO_DAY.of("published")
        return Timestamp(None, None, rest, None, (warning,), "a month without a day", group.label)
    first = fold(group.line.words[0]) if group.line.words else ""
    is_prayer = first.startswith("ال") and first in settings.vocab.day_periods  # «العصر 15:30»
    if not isinstance(group.clock, time) or fold(rest) in settings.vocab.units or is_prayer:
        return None  # «02:35 دقيقة»: how long a video is
    wall = group.clock.isoformat("seconds")
    return Timestamp(None, None, rest, f"{wall} {group.zone or ''}".rstrip(), (), f"a clock, {wall}", group.label)


def of_update(stamp: Timestamp) -> Timestamp:
    """The timestamp, as that of an update."""
    warnings = tuple([code.replace("published.", "updated.", 1) for code in stamp.warnings])
    return stamp._replace(published=None, updated=stamp.published, warnings=warnings)


def value_of(group: Group, settings: Settings, rest: str) -> Timestamp:
    """The time of the group, as one of publication: its date, else what counts from now."""
    clock = group.clock if isinstance(group.clock, time) else None
    if not group.days:
        when, why = readers.counted(group.ago, clock, group.zone, group.weekday, settings)
        return Timestamp(when, None, rest, None, () if when else _codes(WarningCode.RELATIVE), why, group.label)
    reading, warnings = _day(group, settings)
    if reading is None:
        return Timestamp(None, None, rest, None, _codes(*warnings), "a date, but none that is certain", group.label)
    day, calendar, order = reading
    now = today(settings)
    if readers.is_to_come(day, now) if now else day.year >= readers.MAX_TWO_DIGIT_YEAR:
        warnings = (*warnings, WarningCode.FUTURE)
    if group.days[0].is_uneven:
        warnings = (*warnings, WarningCode.UNEVEN_DIGITS)
    if order == "MDY" and group.weekday and not "".join(group.line.words).isascii():
        warnings = (*warnings, WarningCode.AMBIGUOUS_ORDER)  # an Arabic page seldom puts the month first
    if group.clock and not clock:
        warnings = (*warnings, WarningCode.BAD_TIME)
    when = iso(day, clock, group.zone, settings.tz) if clock else day.isoformat()
    why = f"{DATE_SAYS.get(order) or calendar} {when}"
    if group.weekday:
        why += AGREES if day.isoweekday() == group.weekday else ", weekday contradicts"
    return Timestamp(when, None, rest, None, _codes(*warnings), why, group.label, False, calendar == HIJRI)


def _codes(*warnings: WarningCode) -> tuple[str, ...]:
    return tuple([code.of("published") for code in dict.fromkeys(warnings)]) if warnings else ()


def _day(group: Group, settings: Settings) -> tuple[DayReading | None, tuple[WarningCode, ...]]:
    """The day that the group names, checked by its weekday and its twin of another calendar."""
    main, *twins = group.days
    if twins:
        main, *twins = sorted(group.days, key=lambda day: day.calendar != GREGORIAN)
    if main.bare and group.year:
        main = readers.named(*main.bare, group.year)
    elif main.bare:
        main = readers.without_year(*main.bare, group.weekday, today(settings))
    reading, warnings = readers.chosen(main, group.weekday)
    if reading and not all(any(abs(twin.day - reading.day) <= MAX_TWIN_GAP for twin in day.readings) for day in twins):
        warnings = (*warnings, WarningCode.HIJRI_MISMATCH)
    return reading, warnings


# Timestamps of two lines ------------------------------------------------------------------------------------------


def with_label(stamp: Timestamp, label: str) -> Timestamp:
    """The timestamp under a label on a line of its own ("published", "updated", "event", …).

    One with a label or two times stays; one of an event has no time.
    """
    if stamp.label or stamp.updated or stamp.clock:
        return stamp
    if label == "event":
        return stamp._replace(published=None, label=label, warnings=())
    return (of_update(stamp) if label == "updated" else stamp)._replace(label=label)


def join(dated: Timestamp, timed: Timestamp, settings: Settings) -> Timestamp:
    """A date and a clock that stand on two lines, as one; a date that has its own clock stays as it is.

    A clock with the label of an update («آخر تحديث: 04:18») says when the article of that day was updated.
    """
    is_update = timed.label == "updated" or not dated.published
    day = (dated.updated if is_update else None) or dated.published
    if not day or len(day) > DAY_CHARS:
        return dated
    wall, _, zone = (timed.clock or "").partition(" ")
    when = iso(date.fromisoformat(day), time.fromisoformat(wall), zone, settings.tz)
    dated = dated._replace(why=f"{dated.why}, time {wall[:5]} from another line")
    return dated._replace(updated=when) if is_update else dated._replace(published=when)


# The timestamp of a line ----------------------------------------------------------------------------------------------

MAX_STAMP_LINE_CHARS = 200
MAX_SPELLED_OUT_CHARS = 60  # of a line that may end as times without a digit do
MAX_OPENING_CHARS = 90
MAX_SOURCE_WORDS = 4
MIN_TITLE_WORDS, MAX_TIME_WORDS = 3, 12  # of a line that has both
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
    dated, spelled = words_of_times(vocab)
    if number:
        return bool(_JOINED.search(text, number.start())) or not dated.isdisjoint(words)
    return len(text) < MAX_SPELLED_OUT_CHARS and not spelled.isdisjoint(words)


@lru_cache(maxsize=8)
def words_of_times(vocab: Vocab) -> tuple[frozenset[str], frozenset[str]]:
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
        times = [part for part in found if part.kind in TIMES]
        is_number = len(times) == 1 and times[0].shape == "dotted" and not times[0].letters  # «3.14»
        if times and not is_number:
            has_others = not OTHERS.isdisjoint([part.kind for part in found])
            beside = neighbours_of(found, line) if has_others else []
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
    if beside and proof in (Proof.DATE, Proof.CLOCK) and (weekday := damaged_weekday(beside[0].text, vocab)):
        said.append(("weekday", weekday))
        is_damaged = True
        del beside[0]
    if beside and proof is None:
        return None
    groups = grouped(said, line)
    if not _are_one_line(groups):
        return None
    if groups[0].ago == 0 and settings.now is None and not (groups[0].clock or groups[0].label or groups[0].days):
        return None  # «اليوم» alone is a word of menus, and a paper
    known = standing(beside, proof, vocab) if proof else Standing.KNOWN
    rest = " | ".join([neighbour.text.strip(EDGES_BESIDE) for neighbour in beside])
    stamp = stamp_of(groups, rest, settings) if known else None
    if stamp is None or not (known is Standing.UNKNOWN or is_damaged):
        return stamp
    if any(code.endswith(".weekday_mismatch") for code in stamp.warnings):
        return None
    if known is Standing.KNOWN:
        return stamp
    warning = WarningCode.UNKNOWN_WORDS.of("updated" if stamp.published is None else "published")
    return stamp._replace(has_unknown=True, warnings=(*stamp.warnings, warning))


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
    if DIGIT.search(text, 0, MAX_OPENING_CHARS) is None:
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
        if stamp and stamp.published and _has_source(stamp.rest, is_signed and end == ends[0], settings.vocab):
            return stamp
    return None


def _has_source(rest: str, is_signed: bool, vocab: Vocab) -> bool:
    """Whether the words beside a date name an agency; or, where a sign follows the date, a place."""
    if any(agency(piece, vocab) for piece in _SIGNED.split(rest)):
        return True
    credit = read_byline(rest, vocab) if is_signed else None
    return credit is not None and credit.location is not None


def closing(text: str, settings: Settings) -> Timestamp | None:
    """The date that stands with a source behind the last sentence: «… نهاية العام. 04.03.2026, الجسر عربي»."""
    day, _, source = text[-MAX_OPENING_CHARS:].rpartition(". ")[2].replace("،", ",").partition(",")
    if not (DIGIT.match(day) and 0 < len(source.split()) <= MAX_SOURCE_WORDS):
        return None
    stamp = read_timestamp(day, settings)
    return stamp if stamp and stamp.published else None


def beside_title(text: str, settings: Settings) -> tuple[str, Timestamp] | None:
    """The title and the time of a line that has both; None for other lines.

    The time is at one end, and has a clock or is set apart by a sign. Another date in a title is that of an event.
    """
    words = text.split() if DIGIT.search(text) else []
    for size in range(min(MAX_TIME_WORDS, len(words) - MIN_TITLE_WORDS), 0, -1):
        for edge, title in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            stamp = read_timestamp(" ".join(edge), settings) if any(map(DIGIT.search, edge)) else None
            is_apart = not (edge[0].strip(TITLE_EDGES) and edge[-1].strip(TITLE_EDGES))
            if stamp and stamp.published and not stamp.rest and (len(stamp.published) > DAY_CHARS or is_apart):
                return " ".join(title).strip(TITLE_EDGES), stamp
    return None
