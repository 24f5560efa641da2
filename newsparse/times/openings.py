"""The date in the first or last words of a paragraph: of a dateline, or behind the last sentence.

Knows what stands beside such a date: a place and a source. The date itself is read as in a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsparse.names import byline, lexicon
from newsparse.patterns import rare
from newsparse.signs import EDGES_BESIDE
from newsparse.text import fold
from newsparse.times.beside import is_known
from newsparse.times.calendars import today
from newsparse.times.grammar import SkeletonPart, cut
from newsparse.times.lexer import DIGIT, MAX_WORD_CHARS, UNKNOWN, date_words, lex, visible, with_zeros
from newsparse.times.readers import field_of
from newsparse.times.stamp import Timestamp, grouped, stamp_of
from newsparse.times.when import read_timestamp
from newsparse.words.vocab import Settings, Vocab

MAX_OPENING_CHARS = 90
MAX_OPENING_WORDS = 10  # before the number of a dateline's date
MAX_SOURCE_WORDS = 4  # of a source
DATED_KINDS = frozenset({"date", "weekday", "clock"})  # what a dateline's time may begin with

_OPENER = re.compile(r"[\W\d_]*([^\W\d_]+)")
_ENDS = rare(r"[-–—ـ:/\])]\s*$")
_SIGNED = rare(r"(?:[:/()«»]|\s[-–—ـ]\s)\s*")


def opening(text: str, settings: Settings) -> Timestamp | None:
    """The date in the dateline that opens a paragraph: «بريدة 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس …».

    Before it stands a place or nothing, and right behind it a source; or before it both, and a sign behind it.
    """
    if not _may_open(text, settings.vocab):
        return None
    text = visible(text[:MAX_OPENING_CHARS])
    lexed = lex(with_zeros(text), date_words(settings.vocab), MAX_OPENING_CHARS)
    if lexed is None:
        return None
    found, places = cut(lexed.skeleton), lexed.places
    first = next((i for i, part in enumerate(found) if part.kind in DATED_KINDS), len(found))
    last = next((i for i in range(first, len(found)) if found[i].kind in ("word", "digits")), len(found))
    if first == last or last == len(found) or not _is_signed(found, first, last, text, places, settings.vocab):
        return None
    fields = [field_of(part, lexed, places) for part in found[first:last] if part.kind != "neutral"]
    groups = grouped(fields, text, today(settings))
    return stamp_of(groups, "", settings) if groups and len(groups) == 1 and groups[0].days else None


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
    words = date_words(vocab)
    return key in lexicon.index(vocab).openers or words.letter(word) != UNKNOWN or bool(words.cut(word))


def _is_signed(
    found: Sequence[SkeletonPart], first: int, last: int, text: str, places: Sequence[int], vocab: Vocab
) -> bool:
    """Whether nothing but a known name stands before part `first`, and a source from part `last` on."""
    if first and found[first - 1].kind == "neutral":
        first -= 1
    before = text[: places[found[first].start]].strip(EDGES_BESIDE)
    if before and not is_known(before, vocab):
        return False
    behind = places[found[last].start]
    if _ENDS.search(text[:behind]) and any(
        byline.agency(piece.strip(EDGES_BESIDE), vocab) for piece in _SIGNED.split(before)
    ):
        return True  # «باريس (أ ف ب) - 28 فبراير 2025 - قال …»
    sources = [text[behind : places[part.end]] for part in found[last : last + MAX_SOURCE_WORDS]]
    pieces = _SIGNED.split(text[behind:])
    return any(byline.agency(source.rstrip(), vocab) for source in sources + (pieces[:2] if len(pieces) > 1 else []))
