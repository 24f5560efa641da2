"""The features of a line from which the model tells whether it belongs to the body.

Knows lengths, signs, kinds and gaps of a line and of the lines around it, and the words of the densest part of the
page. Every feature is a small integer, the number of a bin. The weights are in `newsparse.layout.model`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from newsparse.layout.page import Page
from newsparse.record import Kind
from newsparse.signs import COLONS, COMMAS, PHRASE_ENDS, SENTENCE_ENDS
from newsparse.text import fold
from newsparse.words.vocab import Vocab

LENGTHS = (4, 8, 14, 20, 28, 40, 60, 90, 120, 160, 240, 400)  # characters; a bin is the number of bounds passed
SHARES = (0.001, 0.05, 0.1, 0.2, 0.35, 0.5)
DISTANCES = (1, 2, 3, 4, 6, 10, 20)  # lines
REACH = (1, 2, 3, 5, 9, 16, 30)  # lines to the densest part of the page
PARTS_OF_USUAL = (0.15, 0.3, 0.5, 0.7, 1.0, 1.5)  # of the usual length
REACHES = (2, 5, 12)  # lines above and below, in which sentences are counted
DENSITIES = (1, 10, 25, 50, 80, 120, 170, 240)  # characters of sentences a line
PARTS = (0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999)
WORDS_OF_BODY = (0.05, 0.15, 0.25, 0.35, 0.5, 0.7)
LINES_OF_PAGE = (1, 2, 4, 6)  # lines of menus and buttons
MAX_COMMAS = 3
MAX_GAP_LINES = 3
MAX_BOX_LINES = 12
STRIPPED = "\"'«»“”‘’().,،:;؛!?؟*"  # around a word
MAX_PARTS = 3  # that may hold the article
MIN_SHARE_OF_DENSEST = 0.1  # of the worth of the densest part
MAX_WORDS_TO_READERS = 6  # of a line that count
MAX_ROLES = 2
MAX_MASS_CHARS = 400  # of one line that count
LONG_CHARS = 120
SENTENCE_CHARS = 60
MIN_WORD_CHARS = 4  # of a word that tells what a text is about
MAX_PHRASE_CHARS = 25
COST_OF_PHRASE, COST_OF_WORD = 24.0, 42.0  # characters of sentences that a short line outweighs
COLON_END = 4
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
    *("length", "length beside the usual", "end", "start", "commas", "capitals", "kind"),
    *("length of the line 2 above", "kind of the line 2 above"),
    *("length of the line above", "end of the line above", "kind of the line above"),
    *("length of the line below", "end of the line below", "kind of the line below", "length of the line 2 below"),
    *("sentences in 2 lines around", "sentences in 5 lines around", "sentences in 12 lines around"),
    *("distance to a long line above", "distance to a long line below"),
    *("sentences above", "sentences below", "menu lines in the text", "short lines in the text"),
    *("gap above", "gap below", "place beside the densest part", "box", "goes on with what was said"),
    *("in an announced list", "words of the densest part", "words to readers", "words to readers around"),
    *("words of a biography", "rank of the part"),
)


class DensePart(NamedTuple):
    """The lines ``[first:last]`` of a dense part, and the lines ``[start:end]`` near it."""

    first: int
    last: int
    start: int
    end: int
    rank: int


class Region:
    """The lines near the densest parts of a page, with a row of features for each; no other line can be body.

    Attributes:
        first, last: the lines ``[first:last]`` of the densest part.
        lines: the indexes of the lines near this part or another dense one.
        rows: for each of them a tuple of bins, in the order of FEATURE_NAMES.
    """

    def __init__(self, page: Page) -> None:
        """The region of a page with known kinds."""
        columns = _Columns(page)
        found = dense_parts(page.texts, columns.ends)
        self.first, self.last = found[0]
        parts = _with_reach(found, len(page))
        self.lines = [i for part in parts for i in range(part.start, part.end)]
        self.rows = [row for part in parts for row in columns.rows(part)]


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


def _with_reach(found: Sequence[tuple[int, int]], count: int) -> list[DensePart]:
    """The parts in the order of the page, each with the lines that are nearer to it than to another part."""
    parts: list[DensePart] = []
    for first, last in sorted(found):
        start = max(0, first - REACH[-1])
        if parts:
            middle = (parts[-1].last + first) // 2
            parts[-1] = parts[-1]._replace(end=min(parts[-1].end, middle))
            start = max(start, middle)
        rank = min(MAX_PARTS, found.index((first, last)))
        parts.append(DensePart(first, last, start, min(count, last + REACH[-1]), rank))
    return parts


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
        return min(size, 300)
    return -COST_OF_PHRASE if size >= MAX_PHRASE_CHARS else -COST_OF_WORD


def _end(text: str) -> int:
    """The end of a line: 1 sentence, 2 sentence in quotes or brackets, 3 quotation, 4 colon, 5 comma, 6 digit."""
    last = text[-1]
    if last in CLOSING:
        return 2 if text[-2:-1] in END_SIGNS else 3
    if last in END_SIGNS:
        return 1
    return 4 if last in COLONS else 5 if last in BREAKS else 6 if last.isdigit() else 0


def _start(text: str) -> int:
    """The start of a line: 0 small letter, 1 capital, 2 digit, 3 letter without case, 4 sign."""
    first = text[0]
    return 0 if first.islower() else 1 if first.isupper() else 2 if first.isdigit() else 3 if first.isalpha() else 4


class _Columns:
    """What the features of all lines of a page are made from, by columns."""

    def __init__(self, page: Page) -> None:
        """The columns of a page with known kinds."""
        texts, vocab = page.texts, page.settings.vocab
        self.page = page
        self.ends = [*map(_end, texts)]
        self.lengths = [bisect_right(LENGTHS, size) for size in map(len, texts)]
        self.groups = [GROUPS[kind] for kind in page.kinds]
        for i in page.of_kind(Kind.FURNITURE_HEAD):
            if page.founds[i] == "after":
                self.groups[i] = AFTER
        self.headings = page.of_kind(Kind.FURNITURE_HEAD)
        mass = [
            min(len(text), MAX_MASS_CHARS) if 0 < end < 3 else 0 for text, end in zip(texts, self.ends, strict=True)
        ]
        self.sums = [0, *accumulate(mass)]
        self.menu = bisect_right(LINES_OF_PAGE, sum(map(self.groups.count, PAGE_GROUPS)))
        self.short = bisect_right((0.2, 0.4, 0.6, 0.8), sum(length < 6 for length in self.lengths) / len(texts))
        self.announced = _announced(texts, self.ends)
        self.reader_words, self.roles = _spelled(vocab, "reader_words"), _spelled(vocab, "roles")

    def rows(self, part: DensePart) -> Iterator[tuple[int, ...]]:
        """The rows of the lines near a part."""
        page, texts, numbers, count = self.page, self.page.texts, self.page.numbers, len(self.page)
        lengths, ends, groups, sums = self.lengths, self.ends, self.groups, self.sums
        first, last, start, end, rank = part
        total = sums[-1] or 1
        usual = _usual(texts[first:last])
        long = [i for i, text in enumerate(texts) if len(text) >= min(LONG_CHARS, usual)]
        words = {i: _words(texts[i]) for i in range(max(0, start - 2), min(count, end + 2))}
        bare = {i: _bare(of) for i, of in words.items()}
        to_readers = {i: _count(self.reader_words, of) for i, of in bare.items()}
        told = Counter(word for i in range(first, last) if len(texts[i]) >= SENTENCE_CHARS for word in set(words[i]))
        told_twice = {word for word, lines in told.items() if lines > 1}
        densities = [*zip(*[self._densities(start, end, n) for n in REACHES], strict=True)]
        for i in range(start, end):
            text = texts[i]
            above, below = i - 1, i + 1
            spaces = text.count(" ") + 1
            capitals = 0 if text == text.lower() else sum([word[0].isupper() for word in text.split()]) / spaces
            k = bisect_right(long, i)
            others = told_twice if first <= i < last and len(text) >= SENTENCE_CHARS else told
            yield (
                lengths[i],
                bisect_right(PARTS_OF_USUAL, len(text) / usual),
                ends[i],
                _start(text),
                min(MAX_COMMAS, sum(map(text.count, COMMAS))),
                bisect_right(SHARES, capitals),
                groups[i],
                lengths[i - 2] if i > 1 else NO_LINE[0],
                groups[i - 2] if i > 1 else NO_LINE[2],
                lengths[above] if i else NO_LINE[0],
                ends[above] if i else NO_LINE[1],
                groups[above] if i else NO_LINE[2],
                lengths[below] if below < count else NO_LINE[0],
                ends[below] if below < count else NO_LINE[1],
                groups[below] if below < count else NO_LINE[2],
                lengths[i + 2] if i + 2 < count else NO_LINE[0],
                *densities[i - start],
                bisect_right(DISTANCES, i - long[k - 1] if k else 99),
                bisect_right(DISTANCES, 0 if k and long[k - 1] == i else long[k] - i if k < len(long) else 99),
                bisect_right(PARTS, sums[i] / total),
                bisect_right(PARTS, (total - sums[i + 1]) / total),
                self.menu,
                self.short,
                _gap(numbers, above) if i else MAX_GAP_LINES,
                _gap(numbers, i) if below < count else MAX_GAP_LINES,
                _place(i, first, last),
                _box(groups, self.headings, i),
                int(goes_on(page, i)) if ends[i] else 0,
                self.announced[i],
                1 + bisect_right(WORDS_OF_BODY, sum(map(others.__contains__, words[i])) / len(words[i]))
                if words[i]
                else 0,
                min(MAX_WORDS_TO_READERS, to_readers[i]),
                min(MAX_WORDS_TO_READERS, sum(to_readers.get(near, 0) for near in (i - 2, i - 1, i + 1, i + 2))),
                min(MAX_ROLES, _count(self.roles, bare[i])),
                rank,
            )

    def _densities(self, start: int, end: int, reach: int) -> list[int]:
        """For each of the lines ``[start:end]``, the sentences in so many lines above and below it."""
        sums = [*self.sums, *[self.sums[-1]] * reach]
        above = [0] * max(0, reach - start) + sums[max(0, start - reach) : end]
        below = sums[start + reach + 1 : end + reach + 1]
        return [bisect_right(DENSITIES, (b - a) / (2 * reach + 1)) for a, b in zip(above, below, strict=False)]


def _box(groups: Sequence[int], headings: Sequence[int], i: int) -> int:
    """The box whose heading is near above: 0 none, 1 a box inside an article, 2 a box after it."""
    k = bisect_right(headings, i - 1)
    if not k or i - headings[k - 1] > MAX_BOX_LINES:
        return 0
    return 2 if groups[headings[k - 1]] == AFTER else 1


def _announced(texts: Sequence[str], ends: Sequence[int]) -> list[int]:
    """For each line, whether it is one of the short lines below a colon."""
    found, is_open = [0] * len(texts), 0
    for i, text in enumerate(texts):
        if len(text) >= SENTENCE_CHARS or ends[i] == COLON_END:
            is_open = int(ends[i] == COLON_END)
        else:
            found[i] = is_open
    return found


def goes_on(page: Page, i: int) -> bool:
    """Whether a line continues a text, with words that open no story: «وأضاف أن …»."""
    first = fold(page.texts[i].partition(" ")[0]).rstrip(PHRASE_ENDS)
    return first in page.settings.vocab.continuations


def words_to_readers(page: Page, i: int) -> int:
    """The number of words with which a page speaks to its readers: terms of use, rules for comments, consent."""
    return _count(_spelled(page.settings.vocab, "reader_words"), {*_bare(_words(page.texts[i]))})


def _count(known: frozenset[str], words: Iterable[str]) -> int:
    """The number of words that are known; most lines have none."""
    return 0 if known.isdisjoint(words) else sum(map(known.__contains__, words))


def _bare(words: Iterable[str]) -> list[str]:
    return [word.strip(STRIPPED) for word in words]


@lru_cache(maxsize=16)
def _spelled(vocab: Vocab, table: str) -> frozenset[str]:
    """The words of a table, both as written and as folded, so that the text need not be folded."""
    return frozenset(getattr(vocab, table)).union(vocab.spelled(table).values())


def _usual(texts: Sequence[str]) -> int:
    """The median length of sentences and paragraphs, in characters."""
    sizes = sorted(size for size in map(len, texts) if size >= SENTENCE_CHARS)
    return sizes[len(sizes) // 2] if sizes else LONG_CHARS


def _gap(numbers: Sequence[int], i: int) -> int:
    """The number of blank lines below line `i`; blocks of one line have none between."""
    return min(MAX_GAP_LINES, max(0, numbers[i + 1] - numbers[i] - 1))


def _words(text: str) -> list[str]:
    return [word for word in text.lower().split() if len(word) >= MIN_WORD_CHARS]


def _place(i: int, first: int, last: int) -> int:
    """The place of line `i`: 0 to 7 above the densest part, 8 to 10 in it, 11 to 18 below it."""
    if i < first:
        return 7 - bisect_right(REACH, first - i - 1)
    if i >= last:
        return 11 + bisect_right(REACH, i - last)
    return 8 if i < first + 2 else 9 if i < last - 2 else 10
