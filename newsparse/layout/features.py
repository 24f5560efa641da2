"""The features of a line from which the model tells whether it belongs to the body.

Knows lengths, signs, kinds and gaps of a line and of the lines around it, and the words of the densest part of the
page. Every feature is a small integer, the number of a bin. The weights are in `newsparse.layout.model`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from newsparse.layout.page import Page
from newsparse.record import Kind
from newsparse.signs import COLONS, COMMAS, PHRASE_ENDS, SENTENCE_ENDS
from newsparse.text import fold

LENGTHS = (4, 8, 14, 20, 28, 40, 60, 90, 120, 160, 240, 400)  # characters; a bin is the number of bounds passed
SHARES = (0.001, 0.05, 0.1, 0.2, 0.35, 0.5)
DISTANCES = (1, 2, 3, 4, 6, 10, 20)  # lines
REACH = (1, 2, 3, 5, 9, 16, 30)  # lines to the densest part of the page
PARTS_OF_USUAL = (0.15, 0.3, 0.5, 0.7, 1.0, 1.5)  # of the usual length
DENSITIES = (1, 10, 25, 50, 80, 120, 170, 240)  # characters of sentences a line
PARTS = (0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999)
WORDS_OF_BODY = (0.05, 0.15, 0.25, 0.35, 0.5, 0.7)
LINES_OF_PAGE = (1, 2, 4, 6)  # lines of menus and buttons
MAX_COMMAS = 3
MAX_GAP_LINES = 3
MAX_BOX_LINES = 12
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
    *("in an announced list", "words of the densest part"),
)


class Region:
    """The lines near the densest part of a page, with a row of features for each; no other line can be body.

    Attributes:
        first, last: the lines ``[first:last]`` of the densest part.
        start, end: the lines ``[start:end]`` of the region.
        rows: for each of them a tuple of bins, in the order of NAMES.
    """

    def __init__(self, page: Page) -> None:
        """The region of a page with known kinds."""
        texts = page.texts
        ends = [*map(_end, texts)]
        first, last = densest_part(texts, ends)
        self.first, self.last = first, last
        self.start, self.end = max(0, first - REACH[-1]), min(len(texts), last + REACH[-1])
        self.rows = [*_rows(page, ends, first, last, self.start, self.end)]


def densest_part(texts: Sequence[str], ends: Sequence[int]) -> tuple[int, int]:
    """The span of lines in which sentences outweigh short lines the most."""
    return greatest_stretch([*map(_worth, texts, ends)])


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


def _rows(page: Page, ends: Sequence[int], first: int, last: int, start: int, end: int) -> Iterator[tuple[int, ...]]:
    """The rows of the lines ``[start:end]``; ``[first:last]`` is the densest part."""
    texts, numbers, count = page.texts, page.numbers, len(page.texts)
    lengths = [bisect_right(LENGTHS, size) for size in map(len, texts)]
    groups = [GROUPS[kind] for kind in page.kinds]
    for i in page.of_kind(Kind.FURNITURE_HEAD):
        if page.founds[i] == "after":
            groups[i] = AFTER
    headings = [i for i in page.of_kind(Kind.FURNITURE_HEAD) if i < end]
    mass = [min(len(text), MAX_MASS_CHARS) if 0 < end < 3 else 0 for text, end in zip(texts, ends, strict=True)]
    sums = [0, *accumulate(mass)]
    total = sums[-1] or 1
    menu = bisect_right(LINES_OF_PAGE, sum(map(groups.count, PAGE_GROUPS)))
    short = bisect_right((0.2, 0.4, 0.6, 0.8), sum(length < 6 for length in lengths) / count)
    announced = _announced(texts, ends)
    usual = _usual(texts[first:last])
    long = [i for i, text in enumerate(texts) if len(text) >= min(LONG_CHARS, usual)]
    told = Counter(word for text in texts[first:last] if len(text) >= SENTENCE_CHARS for word in set(_words(text)))
    for i in range(start, end):
        text = texts[i]
        above, below = i - 1, i + 1
        spaces = text.count(" ") + 1
        capitals = 0 if text.upper() == text.lower() else sum(word[:1].isupper() for word in text.split()) / spaces
        k = bisect_right(long, i)
        words = _words(text)
        once = 1 if first <= i < last and len(text) >= SENTENCE_CHARS else 0
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
            *(
                bisect_right(DENSITIES, (sums[min(count, i + n + 1)] - sums[max(0, i - n)]) / (2 * n + 1))
                for n in (2, 5, 12)
            ),
            bisect_right(DISTANCES, i - long[k - 1] if k else 99),
            bisect_right(DISTANCES, 0 if k and long[k - 1] == i else long[k] - i if k < len(long) else 99),
            bisect_right(PARTS, sums[i] / total),
            bisect_right(PARTS, (total - sums[i + 1]) / total),
            menu,
            short,
            _gap(numbers, above) if i else MAX_GAP_LINES,
            _gap(numbers, i) if below < count else MAX_GAP_LINES,
            _place(i, first, last),
            _box(groups, headings, i),
            int(goes_on(page, i)) if ends[i] else 0,
            announced[i],
            1 + bisect_right(WORDS_OF_BODY, sum(told[word] > once for word in words) / len(words)) if words else 0,
        )


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
    """Whether a line continues a text, as no other story begins: «وأضاف أن …»."""
    first = fold(page.texts[i].partition(" ")[0]).rstrip(PHRASE_ENDS)
    return first in page.settings.vocab.continuations


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
