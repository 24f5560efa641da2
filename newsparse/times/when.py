"""The entry of this package: the timestamp of a line.

A line passes the lexer, the grammar, the readers and the calendars, and becomes a Timestamp. A feed prints one layout
thousands of times, so layouts (lines with 0 for each digit) are cached here.

Grammar of a line, once its parts are known (separators between parts are free)::

    line      = [ beside ], timestamp, { [ beside ], timestamp }, [ beside ] ;
    timestamp = { label | weekday | date | twin date | clock | zone | relative } ;
    beside    = what newsparse.times.beside lets stand there ;

Nothing is guessed: a timestamp without a certain time has None and a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsparse.codes import WarningCode
from newsparse.patterns import rare
from newsparse.times.beside import (
    Proof,
    Standing,
    damaged_weekday,
    is_unlisted_zone,
    rest_of,
    standing,
)
from newsparse.times.calendars import today
from newsparse.times.grammar import SAYS_NOTHING, Neighbour, cut, neighbours_of
from newsparse.times.lexer import DIGIT, date_words, lex, visible, with_zeros
from newsparse.times.readers import LayoutField, field_of
from newsparse.times.stamp import Group, Timestamp, grouped, stamp_of, with_unknown
from newsparse.words.vocab import Settings, Vocab

MAX_STAMP_LINE_CHARS = 200
MAX_LAYOUTS = 4096  # remembered
MAX_SPELLED_OUT_CHARS = 60  # of a line that may end as times without a digit do
BY_CHANCE = (0, "now")  # «اليوم», «الآن»: words of menus and names too
BARE = frozenset({"dn", "nd"})  # shapes of a day without a year
UNLISTED_ZONE = LayoutField("zone", "zone", "?")
DAMAGED = "damaged"  # the shape of a weekday that is not spelled right
BRACKETS = "([])"
ISO_FORM = rare(r"\d{8}T\d{2}(?:\d{2}){0,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d{4}-?W\d\d(?:-?[1-7])?", re.ASCII)

_JOINED = re.compile(r"\d\s?[:∶：/.٫\-‐‑‒–—―−ـ\\_⁄∕hH]\s?\d|\d{4}|\d [\d]{1,2} \d")
_LETTERS = re.compile(r"[^\W\d_]+")


class Layout(NamedTuple):
    """The common properties of all lines with the same words and signs, whatever their digits are."""

    fields: Sequence[LayoutField]  # the parts with a meaning
    proof: Proof | None
    beside: Sequence[Neighbour]  # what stands beside the timestamps
    standing: Standing | None  # whether it may stand there; None where it has digits, so that each line is asked


def may_hold_timestamp(text: str, vocab: Vocab) -> bool:
    """A prefilter: whether a line may have a timestamp, by its digits and words. Most lines of a page have none.

    It takes a microsecond. In a line without digits, the first or last words decide.
    """
    words = _signs_of_time(vocab)
    if number := DIGIT.search(text):
        return _JOINED.search(text, number.start()) is not None or not words.dated.isdisjoint(
            _LETTERS.findall(text.lower())
        )
    text = text.strip(BRACKETS).lower()
    if text.partition(" ")[0] in words.openers:
        return True
    return len(text) < MAX_SPELLED_OUT_CHARS and not words.closers.isdisjoint(text.rsplit(" ", 2)[-2:])


class _Signs(NamedTuple):
    """The words that make a line worth reading, folded and as written."""

    dated: frozenset[str]  # words that a number of a date stands beside
    openers: frozenset[str]  # words that a time without a digit begins with
    closers: frozenset[str]  # words that it ends with


@lru_cache(maxsize=8)
def _signs_of_time(vocab: Vocab) -> _Signs:
    closers = vocab.first_words("relative_times", "ago_words")
    openers = closers | vocab.first_words("weekdays", "stamp_labels", "units", "numbers")
    months = vocab.first_words("months", "hijri_months", "persian_months")
    return _Signs(months | closers | vocab.first_words("weekdays", "day_periods", "zones"), openers, closers)


def read_timestamp(text: str, settings: Settings) -> Timestamp | None:
    """The timestamp in a line; None if the line is none (prose, a score, a price, a telephone number)."""
    if len(text) > MAX_STAMP_LINE_CHARS:
        return None
    text, vocab = visible(text), settings.vocab
    layout = _layout(with_zeros(text), vocab) if may_hold_timestamp(text, vocab) else None
    if layout is None:
        return read_iso(text, settings) if ISO_FORM.fullmatch(text) else None
    groups = grouped(layout.fields, text, today(settings))
    if not groups or not _are_one_line(groups):
        return None
    if groups[0].ago == 0 and settings.now is None and not (groups[0].clock or groups[0].label or groups[0].days):
        return None  # «اليوم» alone is a word of menus, and a paper
    beside, known = layout.beside, layout.standing
    if known is None:
        beside = [it._replace(text=text[it.place]) for it in beside]
        known = standing(beside, layout.proof, vocab) if layout.proof else Standing.REFUSED
    stamp = stamp_of(groups, rest_of(beside) if beside else "", settings) if known else None
    if stamp and (known is Standing.UNKNOWN or layout.fields[-1].shape == DAMAGED):
        return with_unknown(stamp, known is Standing.UNKNOWN)
    return stamp


@lru_cache(maxsize=MAX_LAYOUTS)
def _layout(zeros: str, vocab: Vocab) -> Layout | None:
    """The layout of a visible line with 0 for each digit; None if no such line is a timestamp."""
    lexed = lex(zeros, date_words(vocab))
    if lexed is None:
        return None
    skeleton, places = lexed.skeleton, lexed.places
    found = cut(skeleton)
    beside = neighbours_of(found, skeleton, zeros, places)
    if beside is None:
        return None
    fields = [field_of(part, lexed, places) for part in found if part.kind not in SAYS_NOTHING]
    proof = _proof(fields)
    if proof is Proof.CLOCK and beside and is_unlisted_zone(beside[-1], vocab):
        beside.pop()
        fields.append(UNLISTED_ZONE)
    if proof in (Proof.DATE, Proof.CLOCK) and beside and (weekday := damaged_weekday(beside[0], vocab)):
        del beside[0]
        fields.append(LayoutField("weekday", DAMAGED, weekday))
    if not beside:
        return Layout(fields, proof, beside, Standing.KNOWN)
    if proof is None:
        return None
    has_digits = any(DIGIT.search(neighbour.text) for neighbour in beside)
    known = None if has_digits else standing(beside, proof, vocab)
    return None if known is Standing.REFUSED else Layout(fields, proof, beside, known)


def _proof(fields: Sequence[LayoutField]) -> Proof | None:
    """The evidence that the line is a timestamp; None if no other words are allowed beside it."""
    kinds = {field.kind for field in fields}
    relative = [field.said for field in fields if field.shape == "relative"]
    dated = "both" in kinds or any(field.kind == "date" and field.shape not in BARE for field in fields)
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
