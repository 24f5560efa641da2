"""The lines of a stream that are held in memory, and the features of a line that tell whether an article begins there.

Knows what earlier articles of the stream taught. Kinds are asked only of lines near a candidate. Does not know what a
feature is worth: `newsparse.stream.boundary`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache, partial
from itertools import islice, takewhile
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
MAX_COUNTED_CHARS, MAX_GAP, MAX_PROSE_CHARS = 400, 4, 5000  # greater values count as these
MAX_RUN_LINES, MAX_LINES_BESIDE = 6, 60
MAX_CACHED = 4096  # texts
MIN_OPENERS = 3  # lines of a header that comes again
FAR_LINES = 9  # the distance of what is not near
MIN_STEM_CHARS = 4
TIME_KINDS = frozenset({Kind.STAMP, Kind.CLOCK})
CLOSINGS = frozenset({Kind.TAGS, Kind.END})
_WORD = re.compile(r"[^\W\d_]{3,}")


class Held:
    """The lines of a stream that are held, blank ones left out, and what is known of each text.

    Attributes:
        texts, numbers: the lines and their numbers, in order; the present article begins with the first.
        openers: folded short lines that stood above the body of this or an earlier article, and their places there.
        header_size: the number of lines above the first prose of the present article.
        later: folded short lines that stood below the first prose of an earlier article, and their places there.
    """

    def __init__(self, settings: Settings) -> None:
        """No lines yet."""
        self.settings = settings
        self.texts: list[str] = []
        self.numbers: list[int] = []
        self.openers: dict[str, int] = {}
        self.header_size = 0
        self.later: dict[str, int] = {}

    @cached_property
    def key(self) -> Callable[[str], str]:
        """A function from a line's text to its folded text."""
        return lru_cache(MAX_CACHED)(fold)

    @cached_property
    def words(self) -> Callable[[str], list[str]]:
        """A function from a line's text to the stems of its words, without frequent ones."""
        return lru_cache(MAX_CACHED)(self._words)

    @cached_property
    def kind(self) -> Callable[[str], Kind]:
        """A function from a line's text to its kind."""
        return lru_cache(MAX_CACHED)(partial(kind_of, settings=self.settings))

    def _words(self, text: str) -> list[str]:
        frequent = self.settings.vocab.frequent_words
        return [_stem(word) for word in _WORD.findall(self.key(text)) if word not in frequent]

    def looks(self, text: str) -> Kind:
        """The kind of a line, where prose and names count as short lines: titles may look like these."""
        kind = self.kind(text)
        return Kind.SHORT if kind in PROSE or kind is Kind.NAME else kind

    def first(self, kinds: frozenset[Kind], texts: Iterable[str]) -> int:
        """The distance to the first of the texts that has one of the kinds: 1, 2, …; FAR_LINES where none has."""
        return next((distance for distance, text in enumerate(texts, 1) if self.kind(text) in kinds), FAR_LINES)

    def count_openers(self, texts: Iterable[str]) -> int:
        """How many of the texts opened an article."""
        return sum(self.key(text) in self.openers for text in texts)


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
    texts = held.texts
    above = texts[max(0, i - LINES_BACK) : i][::-1]
    below = texts[i + 1 : i + LOOK_AHEAD]
    header = [*takewhile(lambda text: not is_prose(text), below)]
    return {
        **_of_title(held, texts[i], above),
        **_of_vocabulary(held, texts[i], above, below),
        **_of_header(held, i, below, header),
        **_of_earlier(held, i, above, header),
        **_of_page(above, below[len(header) :]),
        **_of_line_above(held, i, above),
        "is_stamped": held.first(TIME_KINDS, texts[: min(i, 12)]) < FAR_LINES,
    }


def _of_title(held: Held, text: str, above: Iterable[str]) -> Mapping[str, float]:
    first, last, key = text[0], text[-1], held.key(text)
    return {
        "title_chars": len(text),
        "title_digits": sum(map(str.isdigit, text)),
        "title_opens": 0 if first.isalnum() else 1 if first in QUOTES else 2,
        "title_ends": 0 if last.isalnum() else 1 if last in SENTENCE_ENDS else 2,
        "title_is_name": held.kind(text) in (Kind.NAME, Kind.BYLINE),
        "title_is_opener": key in held.openers,
        "title_is_later": key in held.later,
        "repeated_above": any(len(other) <= 2 * len(text) and held.key(other) == key for other in above),
    }


def _of_vocabulary(held: Held, title: str, above: Iterable[str], below: Iterable[str]) -> Mapping[str, float]:
    """Lexical cohesion (Hearst 1997): where an article begins, the lines above and below share few words."""
    key = held.key(title)
    after = _some_words(held, (text for text in below if held.key(text) != key))
    before = _some_words(held, above)
    words = held.words(title)
    share_after, share_before = (sum(map(some.__contains__, words)) / (len(words) or 1) for some in (after, before))
    return {
        "cosine": len(after & before) / sqrt(len(after) * len(before) or 1),
        "title_after": share_after,
        "title_after_less_before": share_after - share_before,
    }


def _some_words(held: Held, texts: Iterable[str]) -> set[str]:
    words: list[str] = []
    for text in texts:
        new = held.words(text)
        words += new if not words or len(new) < VOCABULARY_WORDS else new[:VOCABULARY_WORDS]
        if len(words) >= VOCABULARY_WORDS:
            break
    return set(words)


def _of_header(held: Held, i: int, below: list[str], header: list[str]) -> Mapping[str, float]:
    """Of the lines between the title and the prose below it."""
    near, key = below[:HEADER_LINES], held.key(held.texts[i])
    stamp, byline = held.first(TIME_KINDS, near), held.first(frozenset({Kind.BYLINE}), near)
    again = next((n for n, text in enumerate(near, 1) if held.key(text).startswith(key)), FAR_LINES)
    prose = below[len(header) : len(header) + 1]
    is_dated = bool(prose) and dateline(prose[0], held.settings.vocab) is not None
    return {
        "stamp_below": stamp,
        "byline_below": byline,
        "name_below": held.first(frozenset({Kind.NAME}), below[:2]),
        "dateline": is_dated,
        "repeated_below": again,
        "header_parts": sum(distance < FAR_LINES for distance in (stamp, byline, again)) + is_dated,
        "below_chars": min(len(below[0]), MAX_COUNTED_CHARS) if below else 0,
        "gap_below": min(held.numbers[i + 1] - held.numbers[i], MAX_GAP) if below else 0,
    }


def _of_earlier(held: Held, i: int, above: list[str], header: list[str]) -> Mapping[str, float]:
    """What the headers of earlier articles, and of the present one, say of the lines around the title."""
    above = [*takewhile(lambda text: not is_prose(text), above)]
    prose = held.texts[i + 1 + len(header) :][:1]
    openers_above, openers_below = held.count_openers(above), held.count_openers(header)
    openers = openers_above + openers_below
    upper, lower = _place(held, above), _place(held, header)
    place_by_upper = 0 if upper is None else upper[0] + upper[1]
    place_by_lower = held.header_size - 1 - len(header) if lower is None else lower[0] - lower[1]
    is_in_place = place_by_upper == place_by_lower
    return {
        "openers_above": openers_above,
        "openers_below": openers_below,
        "new_lines_below": len(header) - openers_below,
        "header_again": openers / max(openers, held.header_size - 1) if openers >= MIN_OPENERS else 0,
        "later_above": sum(held.key(text) in held.later for text in above),
        "in_place": is_in_place * (1 + (upper is not None) + (lower is not None)),
        "same_layout": _same_layout(held, [held.texts[i], *header]),
        "same_prose": prose == [*islice(filter(is_prose, held.texts[:i]), 1)],
    }


def _place(held: Held, texts: Iterable[str]) -> tuple[int, int] | None:
    """The place of the first opener among the texts, in the header of its article, and its distance: 1, 2, …."""
    keys = map(held.key, texts)
    return next(((held.openers[key], n) for n, key in enumerate(keys, 1) if key in held.openers), None)


def _same_layout(held: Held, lines: list[str]) -> int:
    """The number of lines if the lines above the present article's first prose have the same kinds; else 0."""
    first = [*takewhile(lambda text: not is_prose(text), held.texts[:MAX_HEADER_LINES])][-len(lines) :]
    return len(lines) if [*map(held.looks, first)] == [*map(held.looks, lines)] else 0


def _of_page(above: list[str], below: list[str]) -> Mapping[str, float]:
    """The features that tell a body from teasers and menus, by how prose and other lines alternate on either side."""
    upper, lower = [*map(is_prose, above)], [*map(is_prose, below)]
    runs = "".join(".P"[prose] for prose in upper).split(".")
    nearest = upper.index(True) if any(upper) else len(upper)
    return {
        "prose_above_chars": min(sum(len(t) for t, prose in zip(above, upper, strict=True) if prose), MAX_PROSE_CHARS),
        "prose_above_lines": min(sum(upper), MAX_LINES_BESIDE),
        "other_above_lines": min(len(upper) - sum(upper), MAX_LINES_BESIDE),
        "longest_run_above": min(max(map(len, runs)), MAX_RUN_LINES),
        "last_run_above": min(len([*takewhile(bool, upper[nearest:])]), MAX_RUN_LINES),
        "single_runs_above": min(runs.count("P"), MAX_RUN_LINES),
        "lines_from_prose": min(nearest, MAX_LINES_BESIDE),
        "prose_below_chars": min(
            sum(len(t) for t, prose in zip(below[:12], lower, strict=False) if prose), MAX_PROSE_CHARS
        ),
        "run_below": min(len([*takewhile(bool, lower)]), MAX_RUN_LINES),
        "prose_below_lines": sum(lower[:12]),
    }


def _of_line_above(held: Held, i: int, above: list[str]) -> Mapping[str, float]:
    near = [*takewhile(lambda text: not is_prose(text), above[:LINES_ABOVE])]
    last = above[0].rstrip(CLOSERS)[-1:]
    ends = 1 if last in FULL_STOPS else 2 if last in SENTENCE_ENDS else 3 if last in PHRASE_ENDS else 0
    return {
        "above_chars": min(len(above[0]), MAX_COUNTED_CHARS),
        "above_ends": ends if last else 0,
        "gap_above": min(held.numbers[i] - held.numbers[i - 1], MAX_GAP),
        "stamp_above": held.first(TIME_KINDS, near[:HEADER_LINES]),
        "closing_above": held.first(CLOSINGS, near[:HEADER_LINES]),
        "rule_above": held.kind(above[0]) is Kind.SEPARATOR,
        "section_above": held.first(frozenset({Kind.SECTION}), near[:2]),
        "box_above": held.first(frozenset({Kind.FURNITURE_HEAD}), near),
    }
