"""The entry of this package: the timestamp of a line, or of the first words of an article.

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

from newsparse.names import lexicon
from newsparse.patterns import rare
from newsparse.text import fold
from newsparse.times import standard
from newsparse.times.beside import (
    STRETCH_EDGES,
    Neighbour,
    Proof,
    Standing,
    damaged_weekday,
    is_known,
    is_source,
    is_unlisted_zone,
    rest_of,
    standing,
)
from newsparse.times.grammar import SkeletonPart, cut, plan
from newsparse.times.groups import Group, grouped
from newsparse.times.lexer import DIGIT, MAX_WORD_CHARS, UNKNOWN, ZEROS, Lexed, date_words, lex, visible
from newsparse.times.readers import LayoutField, field_of
from newsparse.times.relative import today
from newsparse.times.stamp import Timestamp, stamp_of, with_unknown
from newsparse.words.vocab import Settings, Vocab

MAX_STAMP_LINE_CHARS = 200
MAX_LAYOUTS = 4096  # remembered
MAX_SPELLED_OUT_CHARS = 60  # of a line that may end as times without a digit do
MAX_OPENING_CHARS = 90
MAX_OPENING_WORDS = 10  # before the number of a dateline's date
MAX_SOURCE_WORDS = 4  # of a source
BY_CHANCE = (0, "now")  # «اليوم», «الآن»: words of menus and names too
DATED_KINDS = frozenset({"date", "weekday", "clock"})  # what a dateline's time may begin with
BARE = frozenset({"dn", "nd"})  # shapes of a day without a year
DAMAGED = LayoutField("weekday", "damaged", None, (), None)
UNLISTED_ZONE = LayoutField("zone", "zone", None, (), "?")
BRACKETS = "([])"

_JOINED = re.compile(r"\d\s?[:∶：/.٫\-‐‑‒–—―−ـ\\_⁄∕hH]\s?\d|\d{4}|\d [\d]{1,2} \d")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS = rare(r"[-–—ـ:/\])]\s*$")
_SIGNED = rare(r"(?:[:/()«»]|\s[-–—ـ]\s)\s*")
_OPENER = re.compile(r"[\W\d_]*([^\W\d_]+)")


class Layout(NamedTuple):
    """The common properties of all lines with the same words and signs, whatever their digits are.

    fields: the parts with a meaning; empty if the grammar does not fit.
    are_one: no kind of part occurs twice, so all belong to one timestamp.
    beside: what stands beside the timestamps; `places`, where in the line, if it has digits; else `standing`: whether
        it may stand there.
    is_standard: whether python-dateutil may read the line where the grammar does not.
    """

    fields: tuple[LayoutField, ...]
    are_one: bool
    proof: Proof | None
    beside: tuple[Neighbour, ...]
    places: tuple[slice, ...]
    standing: Standing
    is_standard: bool


# Lines ------------------------------------------------------------------------------------------------------------


def may_hold_timestamp(text: str, vocab: Vocab) -> bool:
    """A prefilter: whether a line may have a timestamp, by its digits and words. Most lines of a page have none.

    It takes a microsecond. In a line without digits, the first or last words decide.
    """
    words = _signs_of_time(vocab)
    if DIGIT.search(text):
        return _JOINED.search(text) is not None or not words.dated.isdisjoint(_LETTERS.findall(text.lower()))
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
    layout = _layout(text.translate(ZEROS), vocab) if may_hold_timestamp(text, vocab) else None
    if layout is None:
        return None
    groups = grouped(layout.fields, text, today(settings), layout.are_one)
    if not groups or not _are_one_line(groups):
        if not layout.is_standard:
            return None
        other = standard.reordered(text)
        return read_timestamp(other, settings) if other != text else standard.read_standard(text.strip(), settings)
    if groups[0].ago == 0 and settings.now is None and not (groups[0].clock or groups[0].label or groups[0].days):
        return None  # «اليوم» alone is a word of menus, and a paper
    beside = layout.beside
    if layout.places:
        beside = tuple([it._replace(text=text[at]) for it, at in zip(beside, layout.places, strict=True)])
        known = standing(beside, layout.proof, vocab) if layout.proof else Standing.REFUSED
    else:
        known = layout.standing
    stamp = stamp_of(groups, rest_of(beside), settings) if known else None
    if stamp and (known is Standing.UNKNOWN or layout.fields[-1].shape == DAMAGED.shape):
        return with_unknown(stamp, known is Standing.UNKNOWN)
    return stamp


@lru_cache(maxsize=MAX_LAYOUTS)
def _layout(zeros: str, vocab: Vocab) -> Layout | None:
    """The layout of a visible line with 0 for each digit; None if no such line is a timestamp."""
    lexed = lex(zeros, date_words(vocab))
    if lexed is None:
        return None
    is_standard = standard.is_standard(zeros.strip())
    parts, stretches, are_one = plan(lexed.skeleton)
    if stretches is None:
        return Layout((), False, None, (), (), Standing.REFUSED, is_standard) if is_standard else None
    places = lexed.places
    fields = tuple([field_of(part, lexed, places) for part in parts])
    cuts = tuple([slice(places[stretch.start], places[stretch.end]) for stretch in stretches])
    beside = tuple(
        [Neighbour(zeros[at], it.sign, it.leads, it.labelled) for at, it in zip(cuts, stretches, strict=True)]
    )
    proof = _proof(fields)
    if proof is Proof.CLOCK and beside and is_unlisted_zone(beside[-1], vocab):
        beside, cuts, fields = beside[:-1], cuts[:-1], (*fields, UNLISTED_ZONE)
    if proof in (Proof.DATE, Proof.CLOCK) and beside and (weekday := damaged_weekday(beside[0], vocab)):
        beside, cuts, fields = beside[1:], cuts[1:], (*fields, DAMAGED._replace(said=weekday))
    if any(DIGIT.search(neighbour.text) for neighbour in beside):
        return Layout(fields, are_one, proof, beside, cuts, Standing.REFUSED, is_standard)
    known = Standing.KNOWN if not beside else standing(beside, proof, vocab) if proof else Standing.REFUSED
    return Layout(fields, are_one, proof, beside, (), known, is_standard) if known or is_standard else None


def _proof(fields: Sequence[LayoutField]) -> Proof | None:
    """The evidence that the line is a timestamp; None if no other words are allowed beside it."""
    kinds = {field.kind for field in fields}
    relative = [field.said for field in fields if field.kind == "relative"]
    dated = "both" in kinds or any(field.kind == "date" and field.shape not in BARE for field in fields)
    timed = "clock" in kinds or "both" in kinds
    if relative and (dated or (not timed and any(said in BY_CHANCE for said in relative))):
        return None  # «اليوم - تبوك»: a paper and a place; «عصر هذا اليوم الأحد الموافق ...»: prose
    if not dated:
        return Proof.DAY_OF_DATELINE if (relative or "date" in kinds) and not timed else Proof.NO_DATE
    if timed:
        return Proof.CLOCK
    return Proof.LABEL if "label" in kinds else Proof.WEEKDAY if "weekday" in kinds else Proof.DATE


def _are_one_line(groups: list[Group]) -> bool:
    """Whether the groups are one timestamp, perhaps with its update. A range of days is not."""
    if len(groups) > 2:
        return all(group.label for group in groups[1:])
    if len(groups) == 2 and not any(group.label for group in groups):
        first, second = groups
        return bool(first.has_day and first.clock and (second.has_day or second.zone) and second.clock)
    return not groups[0].monthly or bool(groups[0].label)


# Openings of paragraphs -------------------------------------------------------------------------------------------


def opening(text: str, settings: Settings) -> Timestamp | None:
    """The date in the dateline that opens a paragraph: «بريدة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس …».

    Before it stands a place or nothing, and right behind it a source; or before it both, and a sign behind it.
    """
    if not _may_open(text, settings.vocab):
        return None
    lexed = lex(visible(text[:MAX_OPENING_CHARS]), date_words(settings.vocab))
    if lexed is None:
        return None
    found = cut(lexed.skeleton)
    first = next((i for i, part in enumerate(found) if part.kind in DATED_KINDS), len(found))
    last = next((i for i in range(first, len(found)) if found[i].kind in ("word", "digits")), len(found))
    if first == last or last == len(found) or not _is_signed(found, first, last, lexed, settings.vocab):
        return None
    places = lexed.places
    fields = [field_of(part, lexed, places) for part in found[first:last] if part.kind != "neutral"]
    groups = grouped(fields, lexed.text, today(settings))
    if not groups or len(groups) > 1 or not groups[0].has_day:
        return None
    return stamp_of(groups, "", settings)


def closing(text: str, settings: Settings) -> Timestamp | None:
    """The date that stands with a source behind the last sentence: «… نهاية العام. 04.03.2026, الجسر عربي»."""
    _, sign, tail = text[-MAX_OPENING_CHARS:].rpartition(". ")
    day, comma, source = tail.replace("،", ",").partition(",")
    if not (sign and comma and DIGIT.match(day) and 0 < len(source.split()) <= MAX_SOURCE_WORDS):
        return None
    stamp = read_timestamp(day, settings)
    return stamp if stamp and stamp.published else None


def _may_open(text: str, vocab: Vocab) -> bool:
    """Whether a paragraph may open with a dateline that has a date: with a word of a name or of a date."""
    opener = _OPENER.match(text, 0, MAX_OPENING_CHARS)
    number = DIGIT.search(text, 0, MAX_OPENING_CHARS)
    if opener is None or number is None or text.count(" ", 0, number.start()) > MAX_OPENING_WORDS:
        return False
    word = opener[1]
    if len(word) > MAX_WORD_CHARS:
        return False
    key = fold(word)
    if any(key in table for table in (vocab.given_names, vocab.furniture, vocab.sections)):
        return True
    return key in lexicon.index(vocab).openers or date_words(vocab).word(word).code != UNKNOWN


def _is_signed(found: Sequence[SkeletonPart], first: int, last: int, lexed: Lexed, vocab: Vocab) -> bool:
    """Whether nothing but a known name stands before part `first`, and a source from part `last` on."""
    text, places = lexed.text, lexed.places
    if first and found[first - 1].kind == "neutral":
        first -= 1
    before = text[: places[found[first].start]].strip(STRETCH_EDGES)
    if before and not is_known(before, vocab):
        return False
    behind = places[found[last].start]
    if _ENDS.search(text[:behind]) and any(
        is_source(piece.strip(STRETCH_EDGES), vocab) for piece in _SIGNED.split(before)
    ):
        return True  # «باريس (أ ف ب) - 28 فبراير 2025 - قال …»
    sources = [text[behind : places[part.end]] for part in found[last : last + MAX_SOURCE_WORDS]]
    if any(is_source(source, vocab) for source in sources):
        return True
    pieces = _SIGNED.split(text[behind:])
    return len(pieces) > 1 and any(is_source(piece.rstrip(), vocab) for piece in pieces[:2])
