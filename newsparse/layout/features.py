"""The model of the body: the features of a line, and a fitted sum of small decision trees over them.

Knows lengths, signs, kinds and gaps of a line and of the lines around it, and the words of the densest part of the
page. Every feature is a small integer, the number of a bin. Knows newsparse/data/body.json, which `benchmarks/fit.py`
writes from labelled pages: trees with a feature, a bound, and the mean log-odds of body at every node. The span of the
body is found in `newsparse.layout.body`.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from itertools import accumulate, pairwise, repeat
from types import CodeType
from typing import Any

from newsparse.layout.page import Page
from newsparse.record import Kind
from newsparse.signs import COLONS, COMMAS, PHRASE_ENDS, SENTENCE_ENDS
from newsparse.text import fold
from newsparse.words.vocab import DATA, Vocab

BODY_MODEL = f"{DATA}/body.json"
Node = Any  # [feature, bound, log-odds, node up to the bound, node above it]; a leaf is its log-odds alone
Scorer = Callable[..., float]


def log_odds(rows: Sequence[tuple[int, ...]]) -> list[float]:
    """The log-odds of body for each row of features; above 0, body is more likely than not."""
    score = scorer()
    return [score(*row) for row in rows]


def shares(row: tuple[int, ...]) -> list[tuple[str, float]]:
    """The share of each feature in the log-odds of a row, the largest first.

    The share is the sum of the changes at the nodes that test the feature (Saabas 2014).
    """
    found: dict[str, float] = {}
    for node in trees()["trees"]:
        while isinstance(node, list):
            feature, bound, value, low, high = node
            node = low if row[feature] <= bound else high
            step = (node[2] if isinstance(node, list) else node) - value
            found[FEATURE_NAMES[feature]] = found.get(FEATURE_NAMES[feature], 0.0) + step
    return sorted(found.items(), key=lambda item: -abs(item[1]))


@lru_cache(maxsize=1)
def trees() -> dict[str, Any]:
    """The fitted model: its bias and its trees."""
    with open(BODY_MODEL, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        loaded: dict[str, Any] = json.load(file)
    return loaded


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The trees compiled to one Python function of the features, which is five times as fast."""
    loader = _Model("body", BODY_MODEL)
    try:
        code = loader.get_code("body")
    except (EOFError, ImportError, TypeError, ValueError):  # what is kept is broken
        code = None
    code = code or loader.source_to_code(loader.get_data(BODY_MODEL), BODY_MODEL)
    made: Scorer = eval(code, {})  # noqa: S307 - numbers of our own data file alone
    return made


class _Model(SourceFileLoader):
    """A loader that compiles the trees once. Python keeps the code like that of a module, beside newsparse/data."""

    def path_stats(self, path: str) -> dict[str, Any]:
        """The size of the model, and as its time a sum that changes when the model or this module changes."""
        model, maker = os.stat(path), os.stat(__file__)  # noqa: PTH116
        times = (model.st_mtime_ns + maker.st_mtime_ns) // 1000
        return {"mtime": times + maker.st_size, "size": model.st_size}

    def source_to_code(self, data: bytes, path: str, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """The code of one function: a sum with a term for each tree."""
        model = json.loads(data)
        terms = "+".join([str(model["bias"]), *map(_expression, model["trees"])])
        names = ",".join([f"f{i}" for i in range(len(FEATURE_NAMES))])
        return compile(f"lambda {names}: {terms}", path, "eval", dont_inherit=True)


def _expression(node: Node) -> str:
    if not isinstance(node, list):
        return f"({float(node)})"
    feature, bound, _, low, high = node
    return f"({_expression(low)} if f{int(feature)}<={int(bound)} else {_expression(high)})"


# Features of a line ---------------------------------------------------------------------------------------------------

LENGTHS = (4, 8, 14, 20, 28, 40, 60, 90, 120, 160, 240, 400)  # characters; a bin is the number of bounds passed
SHARES = (-0.1, -0.02, 0.05, 0.1, 0.2, 0.35, 0.5)  # of words with capitals, more than usual
DISTANCES = (1, 2, 3, 4, 6, 10, 20)  # lines
REACH = (1, 2, 3, 5, 9, 16, 20)  # lines to the densest part of the page
PARTS_OF_USUAL = (0.15, 0.3, 0.5, 0.7, 1.0, 1.5)  # of the usual length
REACHES = (2, 5)  # lines above and below, in which sentences are counted
DENSITIES = (1, 10, 25, 50, 80, 120, 170, 240)  # characters of sentences a line
PARTS = (0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999)
WORDS_OF_BODY = (0.05, 0.15, 0.25, 0.35, 0.5, 0.7)
LINES_OF_PAGE = (1, 2, 4, 6)  # lines of menus and buttons
MAX_BOX_LINES = 12
STRIPPED = "\"'«»“”‘’().,،:;؛!?؟*"  # around a word
MAX_PARTS = 3  # that may hold the article
MIN_SHARE_OF_DENSEST = 0.1  # of the worth of the densest part
MAX_ROLES = 2
MAX_TIMES_PRINTED = 3
ENDS_OF_TITLE = " .…!"  # at the end of a line that is printed again
MAX_WORDS_TO_READERS = 6  # of a line that count
MAX_MASS_CHARS = 400  # of one line that count
LONG_CHARS = 120
SENTENCE_CHARS = 60
MIN_WORD_CHARS = 4  # of a word that tells what a text is about
MAX_PHRASE_CHARS = 25
MAX_WORTH_CHARS = 300  # of one line that count for the densest part
COST_OF_PHRASE, COST_OF_WORD = 24.0, 42.0  # characters of sentences that a short line outweighs
CLOSING = frozenset("\"'»”’)]")
END_SIGNS = frozenset(SENTENCE_ENDS)
BREAKS = frozenset(COMMAS)

GROUPS: dict[Kind, int] = {
    **dict.fromkeys((Kind.PARAGRAPH, Kind.SENTENCE, Kind.SHORT, Kind.BLANK), 0),
    **dict.fromkeys((Kind.STAMP, Kind.CLOCK), 1),
    Kind.BYLINE: 2,
    Kind.NAME: 3,
    **dict.fromkeys((Kind.TAGS, Kind.TAG_LABEL), 4),
    Kind.SECTION: 5,
    **dict.fromkeys((Kind.FURNITURE, Kind.BOXED), 6),
    Kind.FURNITURE_HEAD: 7,
    Kind.END: 8,
    Kind.CAPTION: 9,
    Kind.SEPARATOR: 10,
}
PAGE_GROUPS = (5, 6, 7)
AFTER = 11  # the heading of a box that stands after an article, such as comments
NO_LINE = (13, 7, 12)  # length, end and group of the lines before the first and behind the last

FEATURE_NAMES = (
    *("length", "length beside the usual", "end", "start", "capitals beside the usual", "kind"),
    *("length of the line above", "end of the line above", "kind of the line above"),
    *("length of the line below", "kind of the line below", "length of the line 2 below"),
    *("sentences in 2 lines around", "sentences in 5 lines around"),
    *("distance to a long line above", "distance to a long line below"),
    *("sentences above", "sentences below", "menu lines in the text", "place beside the densest part", "box"),
    *(
        "goes on with what was said",
        "words of the densest part",
        "words to readers",
        "words of a biography",
        "times printed",
    ),
)


class Region:
    """The lines near the densest parts of a page, with a row of features for each; no other line can be body.

    Attributes:
        first, last: the lines ``[first:last]`` of the densest part.
        lines: the indexes of the lines near this part or another dense one.
        rows: for each of them a tuple of bins, in the order of FEATURE_NAMES.
    """

    def __init__(self, page: Page) -> None:
        """The region of a page with known kinds. Columns of neighbours have two lines more at the top and bottom."""
        texts, vocab, headings = page.texts, page.settings.vocab, page.places[Kind.FURNITURE_HEAD]
        self._page = page
        ends, groups = [*map(_end, texts)], [GROUPS[kind] for kind in page.kinds]
        for i in headings:
            if page.founds[i] == "after":
                groups[i] = AFTER
        self._menu = bisect_right(LINES_OF_PAGE, sum(map(groups.count, PAGE_GROUPS)))
        self._boxes = _boxes(groups, headings)
        lengths = [bisect_right(LENGTHS, size) for size in map(len, texts)]
        self._near = [[no, no, *column, no, no] for no, column in zip(NO_LINE, (lengths, ends, groups), strict=True)]
        masses = [min(len(text), MAX_MASS_CHARS) * (0 < end < 3) for text, end in zip(texts, ends, strict=True)]
        self._sums = [0, *accumulate(masses)]
        said = [key.rstrip(ENDS_OF_TITLE) for key in page.keys]
        printed = Counter(said)
        self._printed = [min(MAX_TIMES_PRINTED, printed[key]) for key in said]
        self._reader_words, self._roles = _spelled(vocab, "reader_words"), _spelled(vocab, "roles")
        parts = dense_parts(texts, ends)
        self.first, self.last = parts[0]
        self.lines: list[int] = []
        self.rows: list[tuple[int, ...]] = []
        for first, last, start, end in _with_reach(parts, len(page)):
            self.lines += range(start, end)
            self.rows += self._rows(first, last, start, end)

    def _rows(self, first: int, last: int, start: int, end: int) -> Iterator[tuple[int, ...]]:
        """The rows of the lines ``[start:end]`` near the dense part ``[first:last]``."""
        page, texts, sums = self._page, self._page.texts, self._sums
        total = sums[-1] or 1
        usual, near = _usual(texts[first:last]), texts[start:end]
        is_long = [len(text) >= min(LONG_CHARS, usual) for text in texts]
        words = [*map(_words, near)]
        inside = [i for i in range(first - start, last - start) if len(near[i]) >= SENTENCE_CHARS]
        told = Counter([word for i in inside for word in set(words[i])])
        told_twice = {word for word, lines in told.items() if lines > 1}
        others: list[Collection[str]] = [told] * len(near)
        for i in inside:
            others[i] = told_twice
        capitals = [*map(share_of_capitals, near)]
        usual_capitals = sum([capitals[i] for i in inside]) / (len(inside) or 1)
        lengths, ends, groups = self._near

        def beside(column: Sequence[int], lines: int) -> Sequence[int]:
            return column[start + 2 + lines : end + 2 + lines]

        return zip(
            beside(lengths, 0),
            [bisect_right(PARTS_OF_USUAL, len(text) / usual) for text in near],
            beside(ends, 0),
            [_start(texts, i) for i in range(start, end)],
            [bisect_right(SHARES, share - usual_capitals) for share in capitals],
            beside(groups, 0),
            beside(lengths, -1),
            beside(ends, -1),
            beside(groups, -1),
            beside(lengths, 1),
            beside(groups, 1),
            beside(lengths, 2),
            *[self._densities(start, end, reach) for reach in REACHES],
            [bisect_right(DISTANCES, lines) for lines in _lines_since(is_long)[start:end]],
            [bisect_right(DISTANCES, lines) for lines in _lines_since(is_long[::-1])[::-1][start:end]],
            [bisect_right(PARTS, above / total) for above in sums[start:end]],
            [bisect_right(PARTS, (total - above) / total) for above in sums[start + 1 : end + 1]],
            [self._menu] * len(near),
            [_place(i, first, last) for i in range(start, end)],
            self._boxes[start:end],
            [int(ends[i + 2] > 0 and goes_on(page, i)) for i in range(start, end)],
            [_share_of_known(known, of) for known, of in zip(others, words, strict=True)],
            [min(MAX_WORDS_TO_READERS, _count(self._reader_words, of)) for of in words],
            [min(MAX_ROLES, _count(self._roles, of)) for of in words],
            self._printed[start:end],
            strict=True,
        )

    def _densities(self, start: int, end: int, reach: int) -> list[int]:
        """For each of the lines ``[start:end]``, the sentences in so many lines above and below it."""
        sums = [*self._sums, *[self._sums[-1]] * reach]
        above = [0] * max(0, reach - start) + sums[max(0, start - reach) : end]
        below = sums[start + reach + 1 : end + reach + 1]
        return [bisect_right(DENSITIES, (b - a) / (2 * reach + 1)) for a, b in zip(above, below, strict=False)]


def dense_parts(texts: Sequence[str], ends: Sequence[int]) -> list[tuple[int, int]]:
    """The spans of lines in which sentences outweigh short lines the most, the densest first.

    A comment section, or the notes of a site, may be denser than the article. There is always one part at least.
    """
    worths = [*map(_worth, texts, ends)]
    found: list[tuple[float, int, int]] = []
    pieces = [_densest(worths, 0, len(worths))]
    while pieces and len(found) < MAX_PARTS:
        part = worth, first, last, start, end = max(pieces)
        pieces.remove(part)
        if found and worth <= MIN_SHARE_OF_DENSEST * found[0][0]:
            break
        found.append((worth, first, last))
        pieces += [_densest(worths, start, first), _densest(worths, last, end)]
    return [(first, last) for _, first, last in found]


def _densest(worths: Sequence[float], start: int, end: int) -> tuple[float, int, int, int, int]:
    """The greatest sum in the lines ``[start:end]``, the lines that have it, and these bounds."""
    first, last = greatest_stretch(worths[start:end])
    return sum(worths[start + first : start + last]), start + first, start + last, start, end


def _with_reach(found: Sequence[tuple[int, int]], count: int) -> Iterator[tuple[int, int, int, int]]:
    """The parts in the order of the page, each with the lines that are near, and nearer to it than to another part."""
    parts = sorted(found)
    middles = [(above[1] + below[0]) // 2 for above, below in pairwise(parts)]
    for (first, last), top, bottom in zip(parts, [0, *middles], [*middles, count], strict=True):
        yield first, last, max(top, first - REACH[-1]), min(bottom, last + REACH[-1])


def greatest_stretch(values: Sequence[float]) -> tuple[int, int]:
    """The span with the greatest sum of consecutive values (Kadane 1977); ``(n, n)`` if no value is above zero."""
    best, best_start, best_end = 0.0, len(values), len(values)
    total, start = 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, best_start, best_end = total, start, i + 1
    return best_start, best_end


def _worth(text: str, end: int) -> float:
    size = len(text)
    if size >= LONG_CHARS or (size >= SENTENCE_CHARS and 0 < end < 3):
        return min(size, MAX_WORTH_CHARS)
    return -COST_OF_PHRASE if size >= MAX_PHRASE_CHARS else -COST_OF_WORD


def _end(text: str) -> int:
    """The end of a line: 1 sentence, 2 sentence in quotes or brackets, 3 quotation, 4 colon, 5 comma, 6 digit."""
    last = text[-1]
    if last in CLOSING:
        return 2 if text[-2:-1] in END_SIGNS else 3
    if last in END_SIGNS:
        return 1
    return 4 if last in COLONS else 5 if last in BREAKS else 6 if last.isdigit() else 0


def _start(texts: Sequence[str], i: int) -> int:
    """The start of a line: 0 small letter, 1 capital, 2 digit, 3 letter without case, 4 sign, 5 sign of a list."""
    first = texts[i][0]
    if first.isalnum():
        return 0 if first.islower() else 1 if first.isupper() else 3 if first.isalpha() else 2
    return 5 if any(text[0] == first for text in (*texts[max(0, i - 1) : i], *texts[i + 1 : i + 2])) else 4


def _boxes(groups: Sequence[int], headings: Sequence[int]) -> list[int]:
    """For each line the box whose heading is near above: 0 none, 1 a box inside an article, 2 a box after it."""
    found = [0] * len(groups)
    for i in headings:
        lines = range(i + 1, min(i + 1 + MAX_BOX_LINES, len(groups)))
        found[lines.start : lines.stop] = [2 if groups[i] == AFTER else 1] * len(lines)
    return found


def _lines_since(is_found: Sequence[bool]) -> list[int]:
    """For each line the number of lines from the last one above it that is found, or from the line itself: 0."""
    return [*accumulate(is_found, lambda passed, found: 0 if found else passed + 1, initial=DISTANCES[-1])][1:]


def share_of_capitals(text: str) -> float:
    """The share of the words that begin with a capital letter."""
    return 0.0 if text == text.lower() else sum([word[0].isupper() for word in text.split()]) / (text.count(" ") + 1)


def _share_of_known(known: Collection[str], words: Sequence[str]) -> int:
    """The bin of the share of words that are known; 0 if there are no words."""
    return 1 + bisect_right(WORDS_OF_BODY, sum(map(known.__contains__, words)) / len(words)) if words else 0


def goes_on(page: Page, i: int) -> bool:
    """Whether a line continues a text, with words that open no story: «وأضاف أن …»."""
    first = fold(page.texts[i].partition(" ")[0]).rstrip(PHRASE_ENDS)
    return first in page.settings.vocab.continuations


def words_to_readers(page: Page, i: int) -> int:
    """The number of words with which prose speaks to a page's readers: terms of use, rules for comments, consent."""
    return _count(_spelled(page.settings.vocab, "reader_words"), _words(page.texts[i])) if page.prose[i] else 0


def _count(known: frozenset[str], words: Iterable[str]) -> int:
    """The number of words that are known; most lines have none."""
    return 0 if known.isdisjoint(words) else sum(map(known.__contains__, words))


@lru_cache(maxsize=16)
def _spelled(vocab: Vocab, table: str) -> frozenset[str]:
    """The words of a table, both as written and as folded, so that the text need not be folded."""
    return frozenset(getattr(vocab, table)).union(vocab.spelled(table).values())


def _usual(texts: Sequence[str]) -> int:
    """The median length of sentences and paragraphs, in characters."""
    sizes = sorted(size for size in map(len, texts) if size >= SENTENCE_CHARS)
    return sizes[len(sizes) // 2] if sizes else LONG_CHARS


def _words(text: str) -> list[str]:
    """The words of a line in small letters, without short ones and without the signs around them."""
    return [*map(str.strip, [word for word in text.lower().split() if len(word) >= MIN_WORD_CHARS], repeat(STRIPPED))]


def _place(i: int, first: int, last: int) -> int:
    """The place of line `i`: 0 to 7 above the densest part, 8 to 10 in it, 11 to 18 below it."""
    if i < first:
        return 7 - bisect_right(REACH, first - i - 1)
    if i >= last:
        return 11 + bisect_right(REACH, i - last)
    return 8 if i < first + 2 else 9 if i < last - 2 else 10
