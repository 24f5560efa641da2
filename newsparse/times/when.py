"""Timestamps of news, in one line or around an article's first words: what they say, and what was left of the line.

Every form that Arabic news prints is read here, from the line as codes (`newsparse.times.tokens`), by the shapes of
`newsparse.times.shapes`, which are sought once for all lines of a layout (`newsparse.times.layouts`). To
python-dateutil go ISO 8601's basic and week forms (``20240917T102200Z``, ``2024-W38-2``), whole English lines in an
order that no shape has (``Tue Sep 17 13:22:00 UTC 2024``; never fuzzy, and only where no field is filled from today),
and relativedelta for months and years ago. Nothing else does: it swaps day and month in silence, and knows neither glue
nor Arabic.

Grammar of a line, once its parts are known (separators between parts are free)::

    line   = [ beside ], stamp, [ beside, [ stamp ] ], [ beside ] ;   (* the second: an update *)
    stamp  = { label | weekday | date | twin date | clock | zone | relative } ;
    beside = what newsparse.times.beside lets stand there ;

Nothing is guessed: a line that is a timestamp but says no certain time has None and a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from newsparse.patterns import rare
from newsparse.text import fold
from newsparse.times import plain, zones
from newsparse.times.beside import EDGES, Proof, is_known, is_source, may_stand, rest_of
from newsparse.times.gate import LONGEST_OPENING, may_open
from newsparse.times.groups import Group, Value, grouped, iso, today, twin_clock, value_of
from newsparse.times.layouts import ENGLISH, ISO_8601, ISO_FORM, layout_of
from newsparse.times.parts import Clock, field_of
from newsparse.times.shapes import Part, cut
from newsparse.times.tokens import Spelled, single_spaced, spell, visible, words_of
from newsparse.words.vocab import Settings, Vocab

LONGEST_LINE = 200  # characters
DAY, MINUTES = len("2024-09-17"), len("2024-09-17T13:22")  # of times as they are written
MOST_IN_NAME = 4  # words of a source's name
BY_CHANCE = (0, "now")  # «اليوم», «الآن»: words of menus and names too
DATED = frozenset({"date", "weekday", "clock"})  # what a dateline's time may begin with
_DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 11, 28))  # no field the same: what both give, the text says

_BEFORE_OFFSET = rare(r"\b(?:GMT|UTC)(?=[+-]\d)")
_ENDS = rare(r"[-–—ـ:/\])]\s*$")
_SIGNED = rare(r"(?:[:/()«»]|\s[-–—ـ]\s)\s*")


class Stamp(NamedTuple):
    """What a timestamp's line says.

    published, updated: ISO 8601 as the clock of the page shows it; an offset only where the text or --tz proves it.
    rest: what of the line is neither stamp nor label, separators trimmed.
    clock: where the line is a clock alone, "13:22:00", with its zone behind it ("11:02:00 Asia/Riyadh").
    warnings: codes, "published.invalid".
    why: one sentence for --explain.
    labelled: whether a label («نشر في») stands on the line; `update`, whether the only one is of an update.
    relative: whether the time counts from now.
    is_hijri: whether the day was counted out from a Hijri date, so that it may be off by one.
    """

    published: str | None
    updated: str | None = None
    rest: str = ""
    clock: str | None = None
    warnings: tuple[str, ...] = ()
    why: str = ""
    labelled: bool = False
    update: bool = False
    relative: bool = False
    is_hijri: bool = False


# Lines ------------------------------------------------------------------------------------------------------------


def read(text: str, settings: Settings) -> Stamp | None:
    """The timestamp that the line is; None where it is none (prose, a score, a price, a telephone number)."""
    if len(text) > LONGEST_LINE:
        return None
    text = visible(text)
    layout = layout_of(text, settings.vocab)
    if layout is None:
        return None
    text = single_spaced(text)
    if layout.plain and (value := plain.value_of(layout.plain, text, settings.tz)):
        return _labelled(value, layout.plain.label, layout.rest)
    groups = grouped(layout.fields, text, today(settings), layout.are_one)
    if not groups or not _are_one_line(groups):
        return _standard(text, layout.standard, settings) if layout.standard else None
    if groups[0].ago == 0 and settings.now is None and not (groups[0].clock or groups[0].label or groups[0].days):
        return None  # «اليوم» alone is a word of menus, and a paper
    beside = layout.neighbours(text)
    if beside and not ((proof := _proof(groups)) and may_stand(beside, proof, settings.vocab)):
        return None
    return _stamp(groups, rest_of(beside), settings)


def _are_one_line(groups: list[Group]) -> bool:
    """Whether the groups are one stamp, or one and its update; a range of days is neither."""
    if len(groups) > 2:
        return False
    if len(groups) == 2 and not any(group.label for group in groups):
        first, second = groups
        return bool(first.has_day and first.clock and (second.has_day or second.zone) and second.clock)
    return not groups[0].monthly or bool(groups[0].label)


def _proof(groups: list[Group]) -> Proof | None:
    """What says that the line is a stamp's, whatever stands beside; None where nothing may stand there."""
    named = [group for group in groups if isinstance(group.ago, (int, str))]
    if any(group.days or (group.ago in BY_CHANCE and group.clock is None) for group in named):
        return None  # «اليوم - تبوك»: a paper and a place; «عصر هذا اليوم الأحد الموافق ...»: prose
    if (groups[0].bare or groups[0] in named) and not groups[0].clock:
        return Proof.DAY_OF_DATELINE
    if all(group.bare or not group.has_day for group in groups):
        return Proof.NO_DATE
    if any(group.clock for group in groups):
        return Proof.CLOCK
    return Proof.WEEKDAY_OR_LABEL if any(group.weekday or group.label for group in groups) else Proof.DATE


# From groups to the stamp -----------------------------------------------------------------------------------------


def _stamp(groups: list[Group], rest: str, settings: Settings) -> Stamp | None:
    """The stamp of a line's one or two groups."""
    if len(groups) == 1:
        return _single(groups[0], rest, settings)
    published, updated = _roles(groups)
    if updated is None:
        return _single(published, rest, settings)
    first, second = value_of(published, settings, updated), value_of(updated, settings, published)
    if updated.label is None and (second.time or "") < (first.time or ""):
        return None
    if updated.label is None and (second.time or "")[:MINUTES] == (first.time or "")[:MINUTES]:
        return _labelled(first, published.label, rest)  # printed twice
    return Stamp(
        first.time,
        second.time,
        rest,
        None,
        _coded("published", first) + _coded("updated", second),
        f"{first.why}; updated: {second.why}",
        True,
        False,
        first.relative,
        first.is_hijri,
    )


def _roles(groups: list[Group]) -> tuple[Group, Group | None]:
    """Which of two stamps is of publication, and which of an update, if either: by label, else by order."""
    first, second = groups
    if second.label is None and not second.has_day and second.zone:
        return twin_clock(first, second), None
    if second.label == "updated":
        return first, second if first.label != "updated" else None
    if first.label == "updated":
        return second, first
    if second.label == "published":
        return (second if first.label is None else first), None  # before the label: the day of the page
    return first, second if first.clock and second.clock else None


def _single(group: Group, rest: str, settings: Settings) -> Stamp | None:
    """The stamp of a line with one time."""
    if not group.has_day and (group.monthly or (group.clock and group.ago is None and not group.weekday)):
        return _dayless(group, rest, settings)
    return _labelled(value_of(group, settings), group.label, rest)


def _labelled(value: Value, label: str | None, rest: str) -> Stamp:
    """The stamp of one time, of publication or of an update as its label says."""
    update = label == "updated"
    field = "updated" if update else "published"
    published, updated = (None, value.time) if update else (value.time, None)
    warnings = _coded(field, value) if value.warnings else ()
    return Stamp(
        published, updated, rest, None, warnings, value.why, label is not None, update, value.relative, value.is_hijri
    )


def _dayless(group: Group, rest: str, settings: Settings) -> Stamp | None:
    """The stamp of a line with a month alone, or a clock alone."""
    labelled, update = group.label is not None, group.label == "updated"
    clock = group.clock
    if clock is None or group.monthly:
        return Stamp(None, None, rest, None, ("published.no_day",), "a month without a day", labelled, update)
    if not clock.is_valid or fold(rest) in settings.vocab.units:
        return None  # «02:35 دقيقة»: how long a video is
    wall = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    zone = f" {group.zone}" if group.zone else ""
    return Stamp(None, None, rest, wall + zone, (), f"a clock, {wall}", labelled, update)


def _coded(field: str, value: Value) -> tuple[str, ...]:
    return tuple(f"{field}.{code}" for code in value.warnings)


def with_label(stamp: Stamp, label: str) -> Stamp:
    """The stamp under a label on a line of its own ("published", "updated"); one with a label or two times stays."""
    if stamp.labelled or stamp.updated or stamp.clock:
        return stamp
    if label != "updated":
        return stamp._replace(labelled=True)
    warnings = tuple(code.replace("published.", "updated.", 1) for code in stamp.warnings)
    return stamp._replace(published=None, updated=stamp.published, warnings=warnings, labelled=True, update=True)


def opening(text: str, settings: Settings) -> Stamp | None:
    """The date in the dateline that opens a paragraph: «بريدة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس …».

    Before it stands a place or nothing, and right behind it a source; or before it both, and a sign behind it.
    """
    if not may_open(text, settings.vocab):
        return None
    spelled = spell(visible(text[:LONGEST_OPENING]), words_of(settings.vocab))
    if spelled is None:
        return None
    found = cut(spelled.skeleton)
    first = next((i for i, part in enumerate(found) if part.kind in DATED), len(found))
    last = next((i for i in range(first, len(found)) if found[i].kind in ("word", "digits")), len(found))
    if first == last or last == len(found) or not _is_signed(found, first, last, spelled, settings.vocab):
        return None
    places = spelled.places
    fields = [field_of(part, spelled, places) for part in found[first:last] if part.kind != "neutral"]
    groups = grouped(fields, spelled.text, today(settings))
    if not groups or len(groups) > 1 or not groups[0].has_day:
        return None
    return _stamp(groups, "", settings)


def _is_signed(found: Sequence[Part], first: int, last: int, spelled: Spelled, vocab: Vocab) -> bool:
    """Whether nothing but a known name stands before part `first`, and a source from part `last` on."""
    text, places = spelled.text, spelled.places
    if first and found[first - 1].kind == "neutral":
        first -= 1
    before = text[: places[found[first].start]].strip(EDGES)
    if before and not is_known(before, vocab):
        return False
    behind = places[found[last].start]
    if _ENDS.search(text[:behind]) and any(is_source(piece.strip(EDGES), vocab) for piece in _SIGNED.split(before)):
        return True  # «باريس (أ ف ب) - 28 فبراير 2025 - قال …»
    sources = [text[behind : places[part.end]] for part in found[last : last + MOST_IN_NAME]]
    if any(is_source(source, vocab) for source in sources):
        return True
    pieces = _SIGNED.split(text[behind:])
    return len(pieces) > 1 and any(is_source(piece.rstrip(), vocab) for piece in pieces[:2])


def join(date: Stamp, clock: str, settings: Settings) -> Stamp:
    """A date and a clock that stand on two lines, as one stamp; a date that has its own clock stays as it is."""
    wall, _, zone = clock.partition(" ")
    hour, minute, second = map(int, wall.split(":"))
    where = (zones.named(zone) if zone else None) or settings.tz

    def timed(day: str | None) -> str | None:
        return iso(_date(day), Clock(hour, minute, second), where) if day and len(day) == DAY else day

    published, updated = timed(date.published), timed(date.updated)
    if (published, updated) == (date.published, date.updated):
        return date
    return date._replace(published=published, updated=updated, why=f"{date.why}, time {wall[:5]} from another line")


def _date(text: str) -> date:
    return date.fromisoformat(text)


# What python-dateutil reads ---------------------------------------------------------------------------------------


def _standard(text: str, form: str, settings: Settings) -> Stamp | None:
    """The standard forms that no shape has: ISO 8601's basic and week forms, English with its parts in any order."""
    text = text.strip()
    if form == ENGLISH:
        return _english(text, settings)
    return _iso_form(text, settings) if ISO_FORM.fullmatch(text) else None


def _iso_form(text: str, settings: Settings) -> Stamp | None:
    from dateutil.parser import isoparse

    try:
        return _from(isoparse(text), "T" in text, ISO_8601, settings)
    except ValueError:
        return Stamp(None, warnings=("published.invalid",), why="ISO 8601, but no date")


def _english(text: str, settings: Settings) -> Stamp | None:
    """What dateutil makes of the whole line, if today's date has no part in it."""
    from dateutil.parser import parse

    table = settings.vocab.zones
    text = _BEFORE_OFFSET.sub("", text)  # dateutil takes GMT+3 for three hours behind

    def known(name: str | None, seconds: int | None) -> tzinfo | None:
        if seconds is not None:
            return timezone(timedelta(seconds=seconds))
        return zones.named(str(table.get((name or "").casefold(), "")))

    try:
        found = [parse(text, default=default, tzinfos=known) for default in _DEFAULTS]
    except (ValueError, OverflowError, ArithmeticError, TypeError):  # also an offset of three days
        return None
    if found[0].date() != found[1].date():
        return None
    return _from(found[0], ":" in text, ENGLISH, settings)


def _from(found: datetime, timed: bool, why: str, settings: Settings) -> Stamp:
    """The stamp of what dateutil found."""
    if not timed:
        return Stamp(found.date().isoformat(), why=why)
    if found.tzinfo is None and settings.tz:
        found = found.replace(tzinfo=settings.tz)
    return Stamp(found.isoformat(), why=why)
