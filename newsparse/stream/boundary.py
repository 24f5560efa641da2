"""Where a new article begins: the lines that are held in memory, candidates, and their scores by a fitted model.

A candidate looks like a title, has a finished body above it and prose soon below it. Its features give a probability
by the small trees of data/boundaries.json, which benchmarks/fit_stream.py fits. Some features compare its lines with
those of earlier articles of the stream. Kinds are asked only of lines near a candidate. Does not know where lines come
from (`newsparse.stream.split`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import takewhile
from math import exp, sqrt
from typing import Any

from newsparse.lines.classify import kind_of
from newsparse.names.byline import dateline
from newsparse.record import PROSE, Kind
from newsparse.signs import CLOSERS, FULL_STOPS, NO_TITLE_ENDS
from newsparse.text import fold
from newsparse.words.vocab import DATA, Settings

MIN_TITLE_CHARS, MAX_TITLE_CHARS = 10, 140
MIN_BODY_CHARS, MIN_BODY_SENTENCE_CHARS = 140, 60  # of a line that is a body; the latter with a full stop at its end
MAX_LINES_TO_PROSE = 8  # below a title, without those that opened an earlier article
MIN_OPENER_WORD_CHARS, MIN_STEM_CHARS = 4, 4  # of a word that is looked for in prose; of one that loses its article
MAX_LEARNED_CHARS, MAX_LEARNED = 80, 2000  # of a line that the stream teaches, and how many of them
LINES_OF_TOP = 30  # above a headline in which its page's first lines are looked for, and as many are learned
MAX_LINES_APART = 3  # of those lines, from one that is known to the next
MIN_SHARE_OF_HEADER = 0.6  # of the lines of a header, which come again
PROBABILITY_OF_KNOWN = 0.5
TITLE_KINDS = frozenset({Kind.SHORT, Kind.SENTENCE, Kind.NAME, Kind.BYLINE, Kind.PARAGRAPH})
MODEL = f"{DATA}/boundaries.json"
MIN_PROSE_CHARS, MIN_SENTENCE_CHARS = 100, 50  # the latter of a line that ends in a full stop
LOOK_AHEAD = 40  # lines that are not blank
HEADER_LINES = 6  # in which the parts of a header are looked for
NEAR_LINES = 12  # at an article's beginning in which a time is looked for; below a header in which prose is counted
MAX_HEADER_LINES = 40  # above the first prose of an article
LINES_BACK, VOCABULARY_WORDS = 200, 120  # that are looked at of a long article; of these on either side of a line
MAX_CACHED = 4096  # texts
MIN_OPENERS = 3  # lines of a header that comes again
MAX_COSINE_OF_FILE = 0.1  # of the words on either side of a line; of 140 true boundaries 136 have less
FAR_LINES = 9  # the distance of what is not near
TIME_KINDS = frozenset({Kind.STAMP, Kind.CLOCK})
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


@lru_cache(maxsize=1)
def model() -> Mapping[str, Any]:
    """The fitted model: the features with their shares, the start of the sum, the trees.

    A tree is a number, or a list: feature, threshold, the tree for values up to it, the tree for those above it.
    """
    with open(MODEL, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        found: Mapping[str, Any] = json.load(file)
    return found


def probability(values: Mapping[str, float]) -> float:
    """The probability that an article begins where these are the features."""
    total = model()["start"]
    for tree in model()["trees"]:
        while isinstance(tree, list):
            name, threshold, low, high = tree
            tree = low if values[name] <= threshold else high
        total += tree
    return 1 / (1 + exp(-total))


def is_body(text: str) -> bool:
    """Whether the line is surely of a body."""
    size = len(text)
    return size > MIN_BODY_CHARS or (size >= MIN_BODY_SENTENCE_CHARS and text.rstrip(CLOSERS)[-1:] in FULL_STOPS)


def may_open(text: str) -> bool:
    """Whether the line may be a title, by its length and its end."""
    if not MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS or text[-1] in NO_TITLE_ENDS:
        return False
    return text.rstrip(CLOSERS)[-1:] not in NO_TITLE_ENDS


def candidates(held: Held, openings: Iterable[tuple[int, int]], is_file: bool = False) -> Iterator[int]:
    """The indexes of those openings (`newsparse.stream.split.openings`) that may begin an article, prose soon below.

    The lines above them have a body. In a file, a candidate must also have more words in common with the first prose
    below than with the lines above. So most files have none, and need no closer look.
    """
    texts = held.texts
    for i, prose in openings:
        if is_file and _is_bound_to_above(held, i, prose):
            continue
        between = texts[i + 1 : prose]
        is_near = len(between) < MAX_LINES_TO_PROSE or len(between) - held.count_openers(between) < MAX_LINES_TO_PROSE
        if is_near and held.kind(texts[i]) in TITLE_KINDS:
            yield i


def _is_bound_to_above(held: Held, i: int, prose: int) -> bool:
    words = [word for word in held.texts[i].split() if len(word) >= MIN_OPENER_WORD_CHARS]
    count = sum(map(held.texts[prose].__contains__, words))
    return not count or count <= sum(map(" ".join(held.texts[max(0, i - LINES_OF_TOP) : i]).__contains__, words))


def is_one_subject(held: Held, i: int) -> bool:
    """Whether the lines above and below line `i` have so many words in common that no article of a file begins there.

    This is asked before the other features, which cost more.
    """
    return _vocabulary(held, i)["cosine"] > MAX_COSINE_OF_FILE


def score(held: Held, i: int) -> float:
    """The probability that an article begins at candidate `i`.

    It is at least PROBABILITY_OF_KNOWN where the header of an earlier article comes again.
    """
    values = features(held, i)
    is_known = max(values["in_place"], values["same_layout"]) > 1 and values["header_again"] >= MIN_SHARE_OF_HEADER
    return max(probability(values), PROBABILITY_OF_KNOWN * is_known)


def top_of_header(held: Held, headline: int) -> int:
    """The index of the first line of the article with this headline: above it may stand section, time, and menu lines.

    A menu line counts if it opened an earlier article, in the same order, ended none, and is near the next that counts.
    """
    texts = held.texts
    top, place = headline, held.openers.get(held.key(texts[headline]), LINES_OF_TOP)
    has_stamp = held.first(TIME_KINDS, texts[headline + 1 : headline + 1 + HEADER_LINES]) < FAR_LINES
    for i in range(headline - 1, max(0, headline - 1 - LINES_OF_TOP), -1):
        text, kind, key = texts[i], held.kind(texts[i]), held.key(texts[i])
        if is_prose(text) or not place:
            break
        found = LINES_OF_TOP if key in held.later else held.openers.get(key, LINES_OF_TOP)
        is_part = kind is Kind.SECTION or (kind in TIME_KINDS and not has_stamp)
        if (found < place and top - i <= MAX_LINES_APART) or (is_part and i == top - 1):
            top, place = i, min(found, place)
            has_stamp = has_stamp or kind in TIME_KINDS
    return top


def learn_header(held: Held, first: int) -> None:
    """Remember the lines of the present article above line `first`, its first prose."""
    held.header_size = first
    learn_lines(held, range(min(first, LINES_OF_TOP)), held.openers)


def learn_lines(held: Held, lines: range, known: dict[str, int]) -> None:
    """Add short lines to `known`, each with its first place among `lines`. The oldest are forgotten."""
    for i in reversed(lines):
        if len(held.texts[i]) <= MAX_LEARNED_CHARS:
            key = fold(held.texts[i])
            known.pop(key, None)
            known[key] = i
    while len(known) > MAX_LEARNED:
        del known[next(iter(known))]


def features(held: Held, i: int) -> Mapping[str, float]:
    """What tells whether an article begins at line `i`, by name. `i` is not the first line, and prose stands below."""
    texts = held.texts
    above = texts[max(0, i - LINES_BACK) : i][::-1]
    below = texts[i + 1 : i + LOOK_AHEAD]
    header = _until_prose(below)
    return {
        **_of_title(held, i),
        **_vocabulary(held, i),
        **_of_header(held, texts[i], below, below[len(header) :]),
        **_of_earlier(held, i, above, header),
        **_of_page(held, above, below[len(header) :]),
    }


def _until_prose(texts: Iterable[str]) -> list[str]:
    return [*takewhile(lambda text: not is_prose(text), texts)]


def _of_title(held: Held, i: int) -> Mapping[str, float]:
    text = held.texts[i]
    return {
        "title_chars": len(text),
        "title_digits": sum(map(str.isdigit, text)),
        "title_is_name": held.kind(text) in (Kind.NAME, Kind.BYLINE),
        "title_is_opener": held.key(text) in held.openers,
        "title_is_later": held.key(text) in held.later,
        "gap_above": held.numbers[i] - held.numbers[i - 1],
        "gap_below": held.numbers[i + 1] - held.numbers[i],
        "is_stamped": held.first(TIME_KINDS, held.texts[: min(i, NEAR_LINES)]) < FAR_LINES,
    }


def _vocabulary(held: Held, i: int) -> Mapping[str, float]:
    """Lexical cohesion (Hearst 1997): where an article begins, the lines above and below share few words."""
    title = held.texts[i]
    key = held.key(title)
    after = _some_words(held, (text for text in held.texts[i + 1 : i + LOOK_AHEAD] if held.key(text) != key))
    before = _some_words(held, held.texts[max(0, i - LINES_BACK) : i][::-1])
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
        words += held.words(text)[: VOCABULARY_WORDS if words else None]
        if len(words) >= VOCABULARY_WORDS:
            break
    return set(words)


def _of_header(held: Held, title: str, below: Sequence[str], prose: Sequence[str]) -> Mapping[str, float]:
    """Of the lines between the title and the prose below it."""
    near, key = below[:HEADER_LINES], held.key(title)
    stamp, byline = held.first(TIME_KINDS, near), held.first(frozenset({Kind.BYLINE}), near)
    again = next((n for n, text in enumerate(near, 1) if held.key(text).startswith(key)), FAR_LINES)
    is_dated = any(dateline(text, held.settings.vocab) for text in prose[:1])
    return {
        "stamp_below": stamp,
        "byline_below": byline,
        "name_below": held.first(frozenset({Kind.NAME}), below[:2]),
        "below_chars": len(below[0]),
        "repeated_below": again,
        "header_parts": sum(distance < FAR_LINES for distance in (stamp, byline, again)) + is_dated,
    }


def _of_earlier(held: Held, i: int, above: list[str], header: list[str]) -> Mapping[str, float]:
    """What the headers of earlier articles, and of the present one, say of the lines around the title."""
    above = _until_prose(above)
    openers_above, openers_below = held.count_openers(above), held.count_openers(header)
    openers = openers_above + openers_below
    upper, lower = _place(held, above), _place(held, header)
    place_by_upper = 0 if upper is None else upper[0] + upper[1]
    place_by_lower = held.header_size - 1 - len(header) if lower is None else lower[0] - lower[1]
    return {
        "openers_above": openers_above,
        "new_lines_below": len(header) - openers_below,
        "header_again": openers / max(openers, held.header_size - 1) if openers >= MIN_OPENERS else 0,
        "later_above": sum(held.key(text) in held.later for text in above),
        "in_place": (place_by_upper == place_by_lower) * (1 + (upper is not None) + (lower is not None)),
        "same_layout": _same_layout(held, [held.texts[i], *header]),
    }


def _place(held: Held, texts: Iterable[str]) -> tuple[int, int] | None:
    """The place of the first opener among the texts, in the header of its article, and its distance: 1, 2, …."""
    known = ((held.openers[key], n) for n, key in enumerate(map(held.key, texts), 1) if key in held.openers)
    return next(known, None)


def _same_layout(held: Held, lines: list[str]) -> int:
    """The number of lines if the lines above the present article's first prose have the same kinds; else 0."""
    first = _until_prose(held.texts[:MAX_HEADER_LINES])[-len(lines) :]
    pairs = zip(first, lines, strict=False)
    return len(lines) if len(first) == len(lines) and all(held.looks(a) is held.looks(b) for a, b in pairs) else 0


def _of_page(held: Held, above: Sequence[str], below: Sequence[str]) -> Mapping[str, float]:
    """The features that tell a body from teasers and menus: prose and other lines on either side, the line above."""
    prose = [len(text) for text in above if is_prose(text)]
    following = [len(text) for text in below[:NEAR_LINES] if is_prose(text)]
    return {
        "prose_above_chars": sum(prose),
        "prose_above_lines": len(prose),
        "other_above_lines": len(above) - len(prose),
        "lines_from_prose": len(_until_prose(above)),
        "prose_below_chars": sum(following),
        "prose_below_lines": len(following),
        "run_below": len([*takewhile(is_prose, below)]),
        "above_chars": len(above[0]),
        "stamp_above": held.first(TIME_KINDS, _until_prose(above[:HEADER_LINES])),
        "rule_above": held.kind(above[0]) is Kind.SEPARATOR,
        "section_above": held.first(frozenset({Kind.SECTION}), _until_prose(above[:2])),
    }
