"""The features of a line that tell whether an article begins there.

Knows the lines that are held and where the present article begins. Kinds are asked only of lines near a candidate.
Does not know what a feature is worth: `newsparse.stream.boundary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import compress
from math import sqrt

from newsparse.lines.classify import kind_of
from newsparse.names.byline import dateline
from newsparse.record import PROSE, Kind
from newsparse.signs import CLOSERS, FULL_STOPS, PHRASE_ENDS, QUOTES, SENTENCE_ENDS
from newsparse.text import fold
from newsparse.words.vocab import Settings

MIN_PROSE_CHARS = 100
MIN_SENTENCE_CHARS = 50  # of a line that ends in a full stop
LOOK_AHEAD = 40  # lines that are not blank
HEADER_LINES = 6  # in which the parts of a header are looked for
MAX_HEADER_LINES = 40  # above the first prose of an article
LINES_ABOVE = 20  # in which the heading of a box is looked for
LINES_BACK = 200  # that are looked at of a long article
VOCABULARY_WORDS = 120  # before and after a line
MAX_COUNTED_CHARS, MAX_GAP, MAX_SUBHEADS, MAX_PROSE_CHARS = 400, 4, 6, 5000  # greater values count as these
FAR_LINES = 9  # the distance of what is not near
MIN_STEM_CHARS = 4
TIME_KINDS = frozenset({Kind.STAMP, Kind.CLOCK})
CLOSINGS = frozenset({Kind.TAGS, Kind.END})
_WORD = re.compile(r"[^\W\d_]{3,}")


class Held:
    """The lines of a stream that are held, blank ones left out, and what was worked out of each.

    Attributes:
        texts, numbers: of the lines, in order; the present article begins with the first.
        openers, closers: short lines, folded, that stood above the body of this or an earlier article, and below one.
    """

    def __init__(self, settings: Settings) -> None:
        """No lines yet."""
        self.settings = settings
        self.texts: list[str] = []
        self.numbers: list[int] = []
        self.openers: set[str] = set()
        self.closers: set[str] = set()
        self.forget()

    def forget(self) -> None:
        """Forget what was worked out: the lines have moved."""
        self._keys: dict[int, str] = {}
        self._words: dict[int, list[str]] = {}
        self._kinds: dict[int, Kind] = {}

    def key(self, i: int) -> str:
        """Line `i`, folded."""
        if i not in self._keys:
            self._keys[i] = fold(self.texts[i])
        return self._keys[i]

    def words(self, i: int) -> list[str]:
        """The stems of line `i`, without frequent words."""
        if i not in self._words:
            frequent = self.settings.vocab.frequent_words
            self._words[i] = [_stem(word) for word in _WORD.findall(self.key(i)) if word not in frequent]
        return self._words[i]

    def kind(self, i: int) -> Kind:
        """The kind of line `i`."""
        if i not in self._kinds:
            self._kinds[i] = kind_of(self.texts[i], self.settings)
        return self._kinds[i]

    def first(self, kinds: frozenset[Kind], lines: Iterable[int]) -> int:
        """The distance to the first of the lines that has one of the kinds: 1, 2, …; FAR_LINES where none has."""
        return next((distance for distance, i in enumerate(lines, 1) if self.kind(i) in kinds), FAR_LINES)


def _stem(word: str) -> str:
    """The word without an Arabic conjunction, preposition and article before it."""
    if len(word) > MIN_STEM_CHARS and word[0] in "وفبلك":
        word = word[1:]
    if len(word) > MIN_STEM_CHARS and word[:2] == "ال":
        return word[2:]
    return word[1:] if len(word) > MIN_STEM_CHARS and word[0] == "ل" else word


def is_prose(text: str) -> bool:
    """Whether the line looks like a paragraph."""
    return len(text) >= MIN_PROSE_CHARS or (len(text) >= MIN_SENTENCE_CHARS and text.rstrip(CLOSERS)[-1:] in FULL_STOPS)


def features(held: Held, i: int) -> Mapping[str, float]:
    """What tells whether an article begins at line `i`, by name. `i` is not the first line, and prose stands below."""
    below = range(i + 1, min(len(held.texts), i + LOOK_AHEAD))
    prose_below = next((j for j in below if is_prose(held.texts[j])), i + 1)
    prose_above = next((j for j in range(i - 1, max(0, i - LINES_BACK) - 1, -1) if is_prose(held.texts[j])), 0)
    return {
        **_of_title(held, i),
        **_of_vocabulary(held, i, below),
        **_of_header(held, i, below[:HEADER_LINES], prose_below),
        **_of_body_before(held, i, prose_above),
        "lines_to_prose": prose_below - i,
        "prose_below_chars": min(sum(len(t) for j in below[:12] if is_prose(t := held.texts[j])), MAX_PROSE_CHARS),
    }


def _of_title(held: Held, i: int) -> Mapping[str, float]:
    text = held.texts[i]
    first, last = text[0], text[-1]
    return {
        "title_chars": len(text),
        "title_digits": sum(map(str.isdigit, text)),
        "title_opens": 0 if first.isalnum() else 1 if first in QUOTES else 2,
        "title_ends": 0 if last.isalnum() else 1 if last in SENTENCE_ENDS else 2,
        "title_is_name": held.kind(i) in (Kind.NAME, Kind.BYLINE),
        "title_is_opener": held.key(i) in held.openers,
    }


def _of_vocabulary(held: Held, i: int, below: Iterable[int]) -> Mapping[str, float]:
    """Lexical cohesion (Hearst 1997): few words come before and after the place where an article begins."""
    key = held.key(i)
    after = _some_words(held, (j for j in below if held.key(j) != key))
    before = _some_words(held, range(i - 1, -1, -1))
    title = held.words(i)
    share_after, share_before = (sum(map(words.__contains__, title)) / (len(title) or 1) for words in (after, before))
    return {
        "cosine": len(after & before) / sqrt(len(after) * len(before) or 1),
        "title_after": share_after,
        "title_after_less_before": share_after - share_before,
    }


def _some_words(held: Held, lines: Iterable[int]) -> set[str]:
    words: list[str] = []
    for j in lines:
        new = held.words(j)
        words += new if not words or len(new) < VOCABULARY_WORDS else new[:VOCABULARY_WORDS]
        if len(words) >= VOCABULARY_WORDS:
            break
    return set(words)


def _of_header(held: Held, i: int, below: range, prose: int) -> Mapping[str, float]:
    key, texts, numbers = held.key(i), held.texts, held.numbers
    stamp, byline = held.first(TIME_KINDS, below), held.first(frozenset({Kind.BYLINE}), below)
    again = next((n for n, j in enumerate(below, 1) if held.key(j).startswith(key)), FAR_LINES)
    is_dated = dateline(texts[prose], held.settings.vocab) is not None if prose < len(texts) else False
    return {
        "stamp_below": stamp,
        "byline_below": byline,
        "name_below": held.first(frozenset({Kind.NAME}), below[:2]),
        "section_below": held.first(frozenset({Kind.SECTION}), below[:2]),
        "dateline": is_dated,
        "repeated_below": again,
        "header_parts": sum(distance < FAR_LINES for distance in (stamp, byline, again)) + is_dated,
        "same_layout": _same_layout(held, i, prose),
        "openers_below": sum(held.key(j) in held.openers for j in range(i + 1, min(prose, i + 1 + HEADER_LINES))),
        "below_chars": min(len(texts[i + 1]), MAX_COUNTED_CHARS) if below else 0,
        "gap_below": min(numbers[i + 1] - numbers[i], MAX_GAP) if below else 0,
    }


def _same_layout(held: Held, i: int, prose: int) -> int:
    """How many lines from `i` to the prose below have the kinds that stand above the present article's first prose."""
    first = next((j for j in range(min(i, MAX_HEADER_LINES)) if is_prose(held.texts[j])), 0)
    size = prose - i
    same = (_look(held, i + n) == _look(held, first - size + n) for n in range(size))
    return size if size <= first and all(same) else 0


def _look(held: Held, i: int) -> Kind:
    """The kind of line `i`; titles may end as sentences do."""
    kind = held.kind(i)
    return Kind.SHORT if kind in PROSE else kind


def _of_body_before(held: Held, i: int, prose: int) -> Mapping[str, float]:
    texts, numbers = held.texts, held.numbers
    above = range(i - 1, max(prose, i - 1 - HEADER_LINES), -1)
    last = texts[i - 1].rstrip(CLOSERS)[-1:]
    ends = 1 if last in FULL_STOPS else 2 if last in SENTENCE_ENDS else 3 if last in PHRASE_ENDS else 0
    back = max(0, i - LINES_BACK)
    is_prose_above = [*map(is_prose, texts[back:i])]
    patterns = zip(is_prose_above, is_prose_above[1:], is_prose_above[2:], strict=False)
    return {
        "above_chars": min(len(texts[i - 1]), MAX_COUNTED_CHARS),
        "above_ends": ends if last else 0,
        "gap_above": min(numbers[i] - numbers[i - 1], MAX_GAP),
        "lines_from_prose": min(i - prose, FAR_LINES),
        "stamp_above": held.first(TIME_KINDS, above),
        "closing_above": held.first(CLOSINGS, above),
        "rule_above": held.kind(i - 1) is Kind.SEPARATOR,
        "section_above": held.first(frozenset({Kind.SECTION}), above[:2]),
        "box_above": held.first(frozenset({Kind.FURNITURE_HEAD}), range(i - 1, max(prose, i - LINES_ABOVE), -1)),
        "opener_above": any(held.key(j) in held.openers for j in above[:3]),
        "closer_above": held.key(i - 1) in held.closers,
        "repeated_above": any(held.key(j) == held.key(i) for j in range(back, i)),
        "prose_above_chars": min(sum(map(len, compress(texts[back:i], is_prose_above))), MAX_PROSE_CHARS),
        "subheads_above": min(sum(pattern == (True, False, True) for pattern in patterns), MAX_SUBHEADS),
        "is_stamped": held.first(TIME_KINDS, range(min(i, 12))) < FAR_LINES,
    }
