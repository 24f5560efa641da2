"""Splitting: a stream of lines into the lines of one article after the other.

An article ends at a page break, at a line ``==> NAME <==`` as ``tail`` and ``head`` print it, where the pattern of
``--split`` matches, or where another one begins. Such a beginning looks like a title, has a finished body above it and
prose soon below it. Its features give a probability by the small trees of data/boundaries.json, which
benchmarks/fit_stream.py fits; some of them compare its lines with those of earlier articles of the stream.

A decision looks at LINES_AHEAD lines below it and at the present article above it; of the articles before, nothing is
held but some short lines that opened and closed them. Kinds are asked only of lines near a candidate. Does not know
which line is what inside an article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, takewhile
from math import exp, sqrt
from typing import Any, NamedTuple

from newsparse.lines.classify import classified, kind_of
from newsparse.names.byline import dateline
from newsparse.record import PROSE, Kind, Lines, NewsparseError, WarningCode
from newsparse.signs import CLOSERS, FULL_STOPS, NO_TITLE_ENDS
from newsparse.text import FORM_FEED, clean_lines, fold
from newsparse.words.vocab import DATA, Pattern, Settings, Vocab

MIN_PROSE_CHARS, MIN_SENTENCE_CHARS = 100, 50  # of a line of prose; the latter with a full stop at its end
MIN_BODY_CHARS, MIN_BODY_SENTENCE_CHARS = 141, 60  # likewise of a line that is surely of a body
MIN_TITLE_CHARS, MAX_TITLE_CHARS = 10, 140
MAX_LINES_TO_PROSE = 8  # below a title, without those that opened an earlier article
LOOK_AHEAD = 40  # lines that are not blank
TIME_KINDS = frozenset({Kind.STAMP, Kind.CLOCK})

# The lines that are held --------------------------------------------------------------------------------------------

MIN_STEM_CHARS = 4  # of a word that loses its article
MAX_CACHED = 4096  # texts
FAR_LINES = 9  # the distance of what is not near
_WORD = re.compile(r"[^\W\d_]{3,}")


class Held:
    """The lines of a stream that are held, blank ones left out, and what earlier articles had above and below.

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

    def kind(self, text: str) -> Kind:
        """The kind of a line."""
        return _kind(text, self.settings)

    def looks(self, text: str) -> Kind:
        """The kind of a line, where prose and names count as short lines: titles may look like these."""
        kind = self.kind(text)
        return Kind.SHORT if kind in PROSE or kind is Kind.NAME else kind

    def first(self, kinds: frozenset[Kind], texts: Iterable[str]) -> int:
        """The distance to the first of the texts that has one of the kinds: 1, 2, …; FAR_LINES where none has."""
        return next((distance for distance, text in enumerate(texts, 1) if self.kind(text) in kinds), FAR_LINES)

    def count_openers(self, texts: Iterable[str]) -> int:
        """How many of the texts opened an article."""
        return sum(key_of(text) in self.openers for text in texts)


key_of = lru_cache(MAX_CACHED)(fold)
_kind = lru_cache(MAX_CACHED)(kind_of)


@lru_cache(MAX_CACHED)
def _stems(text: str, vocab: Vocab) -> list[str]:
    """The stems of the words of a line, without frequent ones."""
    return [_stem(word) for word in _WORD.findall(fold(text)) if word not in vocab.frequent_words]


def _stem(word: str) -> str:
    """The word without an Arabic conjunction, preposition and article before it."""
    if len(word) > MIN_STEM_CHARS and word[0] in "وفبلك":
        word = word[1:]
    if len(word) > MIN_STEM_CHARS and word[:2] == "ال":
        return word[2:]
    return word[1:] if len(word) > MIN_STEM_CHARS and word[0] == "ل" else word


def is_prose(text: str, least: int = MIN_PROSE_CHARS, least_of_sentence: int = MIN_SENTENCE_CHARS) -> bool:
    """Whether the line looks like a paragraph: it is long, or a sentence."""
    return len(text) >= least or (len(text) >= least_of_sentence and text.rstrip(CLOSERS)[-1:] in FULL_STOPS)


def is_body(text: str) -> bool:
    """Whether the line is surely of a body."""
    return is_prose(text, MIN_BODY_CHARS, MIN_BODY_SENTENCE_CHARS)


# Titles above prose -------------------------------------------------------------------------------------------------

MIN_OPENER_WORD_CHARS = 4  # of a word that is looked for in prose
MAX_LEARNED_CHARS, MAX_LEARNED = 80, 2000  # of a line that the stream teaches, and how many of them
LINES_OF_TOP = 30  # above a headline in which its page's first lines are looked for, and as many are learned
MAX_LINES_APART = 3  # of those lines, from one that is known to the next
HEADER_LINES = 6  # in which the parts of a header are looked for
MIN_SHARE_OF_HEADER = 0.6  # of the lines of a header, which come again
PROBABILITY_OF_KNOWN = 0.5
TITLE_KINDS = frozenset({Kind.SHORT, Kind.SENTENCE, Kind.NAME, Kind.BYLINE, Kind.PARAGRAPH})
MODEL = f"{DATA}/boundaries.json"


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


def openings(texts: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """The lines in ``[start:end]`` that may be a title with prose fewer than LOOK_AHEAD lines below: the indexes of
    both.

    Most files have none below their body: these are one article.
    """
    found: list[tuple[int, int]] = []
    prose, limit = start, min(len(texts), end + LOOK_AHEAD)
    for i in range(start, end):
        text = texts[i]
        if MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS and text.rstrip(CLOSERS)[-1:] not in NO_TITLE_ENDS:
            prose = next((j for j in range(max(prose, i + 1), limit) if is_prose(texts[j])), limit)
            if prose == limit:
                break
            if prose - i < LOOK_AHEAD:
                found.append((i, prose))
    return found


def candidates(held: Held, openings: Iterable[tuple[int, int]], is_file: bool = False) -> Iterator[int]:
    """The indexes of those openings (`openings`) that may begin an article, prose soon below.

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
    top, place = headline, held.openers.get(key_of(texts[headline]), LINES_OF_TOP)
    has_stamp = held.first(TIME_KINDS, texts[headline + 1 : headline + 1 + HEADER_LINES]) < FAR_LINES
    for i in range(headline - 1, max(0, headline - 1 - LINES_OF_TOP), -1):
        text, kind, key = texts[i], held.kind(texts[i]), key_of(texts[i])
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
            key = key_of(held.texts[i])
            known.pop(key, None)
            known[key] = i
    while len(known) > MAX_LEARNED:
        del known[next(iter(known))]


# What tells where an article begins ---------------------------------------------------------------------------------

NEAR_LINES = 12  # at an article's beginning in which a time is looked for; below a header in which prose is counted
MAX_HEADER_LINES = 40  # above the first prose of an article
LINES_BACK, VOCABULARY_WORDS = 200, 120  # that are looked at of a long article; of these on either side of a line
MIN_OPENERS = 3  # lines of a header that comes again


def features(held: Held, i: int) -> Mapping[str, float]:
    """What tells whether an article begins at line `i`, by name. `i` is not the first line, and prose stands below."""
    texts = held.texts
    above = texts[max(0, i - LINES_BACK) : i][::-1]
    below = texts[i + 1 : i + LOOK_AHEAD]
    header = _until_prose(below)
    return {
        **_of_title(held, i),
        **vocabulary(held, i),
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
        "title_is_opener": key_of(text) in held.openers,
        "title_is_later": key_of(text) in held.later,
        "gap_above": held.numbers[i] - held.numbers[i - 1],
        "gap_below": held.numbers[i + 1] - held.numbers[i],
        "is_stamped": held.first(TIME_KINDS, held.texts[: min(i, NEAR_LINES)]) < FAR_LINES,
    }


def vocabulary(held: Held, i: int) -> Mapping[str, float]:
    """Lexical cohesion (Hearst 1997): where an article begins, the lines above and below share few words."""
    title = held.texts[i]
    key = key_of(title)
    after = _some_words(held, (text for text in held.texts[i + 1 : i + LOOK_AHEAD] if key_of(text) != key))
    before = _some_words(held, held.texts[max(0, i - LINES_BACK) : i][::-1])
    words = _stems(title, held.settings.vocab)
    share_after, share_before = (sum(map(some.__contains__, words)) / (len(words) or 1) for some in (after, before))
    return {
        "cosine": len(after & before) / sqrt(len(after) * len(before) or 1),
        "title_after": share_after,
        "title_after_less_before": share_after - share_before,
    }


def _some_words(held: Held, texts: Iterable[str]) -> set[str]:
    words: list[str] = []
    for text in texts:
        words += _stems(text, held.settings.vocab)[: VOCABULARY_WORDS if words else None]
        if len(words) >= VOCABULARY_WORDS:
            break
    return set(words)


def _of_header(held: Held, title: str, below: Sequence[str], prose: Sequence[str]) -> Mapping[str, float]:
    """Of the lines between the title and the prose below it."""
    near, key = below[:HEADER_LINES], key_of(title)
    stamp, byline = held.first(TIME_KINDS, near), held.first(frozenset({Kind.BYLINE}), near)
    again = next((n for n, text in enumerate(near, 1) if key_of(text).startswith(key)), FAR_LINES)
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
        "later_above": sum(key_of(text) in held.later for text in above),
        "in_place": (place_by_upper == place_by_lower) * (1 + (upper is not None) + (lower is not None)),
        "same_layout": _same_layout(held, [held.texts[i], *header]),
    }


def _place(held: Held, texts: Iterable[str]) -> tuple[int, int] | None:
    """The place of the first opener among the texts, in the header of its article, and its distance: 1, 2, …."""
    known = ((held.openers[key], n) for n, key in enumerate(map(key_of, texts), 1) if key in held.openers)
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


# Cutting ------------------------------------------------------------------------------------------------------------

MAX_ARTICLE_LINES = 400_000  # of one article: what is held in memory at once
MAX_HELD_CHARS = 64 << 20
PIECE_CHARS = 1 << 15  # of the text that is given to the cutter at once; each cut moves the lines that wait
WINDOW_LINES = 64  # lines that are looked at in one go
LINES_AHEAD = LOOK_AHEAD + MAX_LINES_TO_PROSE + 2  # lines that are not blank; a decision waits for them
MIN_OF_STREAM, MIN_OF_FILE = 0.3, 0.99  # the probability from which a stream, or a named file, is cut
MAX_COSINE_OF_FILE = 0.1  # of the words on either side of a line; of 140 true boundaries 136 have less
BOUNDARY_MARKS = FORM_FEED + "="  # the first characters of lines that stand between articles
ALWAYS = 1.1  # more than any probability: only marks cut
MIN_DOUBTFUL = 0.15  # from which a record has the warning split.doubtful
MAX_MATCHED_HEADER_LINES = 8  # between two lines that match the pattern of --split


class Piece(NamedTuple):
    """The lines of one article; the file that a line ``==> NAME <==`` names; the line where another may begin."""

    lines: Lines
    name: str | None
    doubtful: int | None


def articles(blocks: Iterable[str], settings: Settings, is_file: bool = False) -> Iterator[Piece]:
    """One article after the other; `blocks` are decoded text, cut anywhere. A file is cut where it is almost sure.

    Raises:
        NewsparseError: no end of an article within MAX_ARTICLE_LINES lines or MAX_HELD_CHARS characters.
    """
    cutter = Cutter(settings, MIN_OF_FILE if is_file else MIN_OF_STREAM)
    for number, text, last in whole_lines(blocks):
        yield from cutter.add(clean_lines(text, settings.normalize), number, last)


def with_notes(lines: Lines, piece: Piece) -> Lines:
    """The lines, which have roles, with the name of the file and the warning of their piece."""
    if piece.name is not None:
        lines.gives[0] = {"source": piece.name}
    if piece.doubtful is not None:
        i = max(i for i, number in enumerate(lines.numbers) if number <= piece.doubtful)
        gives = lines.gives[i] or {}
        warnings = (*gives.get("warnings", ()), WarningCode.SPLIT_DOUBTFUL.value)
        lines.gives[i] = {**gives, "warnings": warnings}
        lines.whys[i] = f"{lines.whys[i]}; another article may begin here".removeprefix("; ")
    return lines


def whole_lines(blocks: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """The blocks, split again at line ends: the number of the first line, the text, and whether it is the last.

    A line over many blocks is joined only once, and a very long block is split. Otherwise both would take quadratic
    time.
    """
    number = 1
    waiting: list[str] = []  # only the last of them may hold line ends
    for block in blocks:
        for start in range(0, len(block), PIECE_CHARS):
            piece = block[start : start + PIECE_CHARS]
            last = waiting.pop() if waiting else ""
            end = max(last.rfind("\n"), last.rfind("\r", 0, -1)) + 1
            if end:
                text = "".join([*waiting, last[:end]])
                if not text.isspace() or FORM_FEED in text:  # line ends alone are only counted
                    yield number, text[:-1], False
                number += count_lines(text)
                waiting, last = [], last[end:]
            if last[-1:] == "\r":  # half a line end, perhaps
                piece = last + piece
            elif last:
                waiting.append(last)
            waiting.append(piece)
    yield number, "".join(waiting), True


def count_lines(text: str) -> int:
    """The number of line ends in the text, of any kind."""
    if text.count("\n") == len(text):
        return len(text)
    return len(clean_lines(text, "none")) - 1


class Cutter(Held):
    """The lines that wait for the end of their article."""

    def __init__(self, settings: Settings, threshold: float) -> None:
        """No lines yet; a new article begins where its probability is at least the threshold."""
        super().__init__(settings)
        self.threshold = threshold
        self.characters = 0
        pattern = re.compile(settings.split) if isinstance(settings.split, str) else settings.split
        self.pattern: Pattern | None = None if settings.split in ("auto", "none") else pattern
        self._begin()

    def _begin(self) -> None:
        """An article begins at the first line, and no line of it has been looked at."""
        self.looked = 0
        self.first_prose: int | None = None  # the first line that is prose
        self.first_body: int | None = None  # the first line that is surely of a body
        self.doubtful: int | None = None
        self.doubt = MIN_DOUBTFUL

    def add(self, texts: Sequence[str], first: int, last: bool) -> Iterator[Piece]:
        """The articles that end in these lines, of which the first has this number; with the last of them, the rest.

        Raises:
            NewsparseError: no end within the limits.
        """
        self.texts += filter(None, texts)
        self.numbers += compress(range(first, first + len(texts)), texts)
        self.characters += sum(map(len, texts))
        while (cut := self._next_cut(last)) is not None:
            if self.first_prose is not None:
                learn_lines(self, range(self.first_prose, cut), self.later)
            if piece := self._take(cut):
                yield piece
        if last and (piece := self._take(len(self.texts))):
            yield piece
        if len(self.texts) > MAX_ARTICLE_LINES or self.characters > MAX_HELD_CHARS:
            raise NewsparseError(
                f"line {self.numbers[0]}: no end of the article within {len(self.texts):,} lines; "
                "cut the input, or say with --split where an article ends"
            )

    def _take(self, cut: int) -> Piece | None:
        """The lines before `cut`, without page breaks."""
        texts, numbers = self.texts[:cut], self.numbers[:cut]
        del self.texts[:cut], self.numbers[:cut]
        self.characters -= sum(map(len, texts))
        name = _file_named(texts[0]) if texts and self.settings.split == "auto" else None
        if FORM_FEED in texts:
            numbers = [number for number, text in zip(numbers, texts, strict=True) if text != FORM_FEED]
            texts = [text for text in texts if text != FORM_FEED]
        lines = classified(numbers, texts, self.settings)
        if name is not None:
            lines.kinds[0], lines.whys[0], lines.founds[0] = Kind.SEPARATOR, "names the file", None
        doubtful = self.doubtful
        self._begin()
        return Piece(lines, name, doubtful) if texts else None

    def _next_cut(self, last: bool) -> int | None:
        """The first line of the next article, if it can be known now."""
        if self.settings.split == "none":
            return None
        if self.pattern:
            return self._cut_at_pattern(self.pattern, last)
        texts = self.texts
        end = len(texts) if last else len(texts) - LINES_AHEAD
        while self.looked < end:
            stop = min(end, self.looked + WINDOW_LINES)
            for i in range(self.looked, stop):
                if texts[i][0] in BOUNDARY_MARKS and (texts[i] == FORM_FEED or (i and _file_named(texts[i]))):
                    self.threshold = ALWAYS  # such a mark stands between all articles of the stream
                    return self._boundary(i, i) or i + (texts[i] == FORM_FEED)
            if cut := self._boundary(stop, len(texts)):
                return cut
        return None

    def _cut_at_pattern(self, pattern: Pattern, last: bool) -> int | None:
        """The index below the next line that matches the pattern; None if more lines are needed.

        A pattern may match above and below a header. The header is then joined to its body.
        """
        texts = self.texts
        while self.looked < len(texts):
            i = self.looked
            if pattern.search(texts[i]):
                if i + 1 == len(texts) and not last:
                    return None
                is_header = i <= MAX_MATCHED_HEADER_LINES and not any(map(is_prose, texts[:i]))
                if i and not (is_header and texts[i + 1 :] and is_prose(texts[i + 1])):
                    return i + 1
            self.looked = i + 1
        return None

    def _boundary(self, end: int, limit: int) -> int | None:
        """The first line before `end` at which an article begins; `limit` is that of the lines that may be seen."""
        texts, start = self.texts, self.looked
        self.looked = max(start, end)
        if self.first_prose is None:
            self.first_prose = next(compress(range(start, end), map(is_prose, texts[start:end])), None)
        if self.first_prose is None:
            return None
        if self.first_body is None:
            start = max(start, self.first_prose)
            self.first_body = next(compress(range(start, end), map(is_body, texts[start:end])), None)
            if self.first_body is None:
                return None
            start = self.first_body + 1
        found = openings(texts, start, min(end + MAX_LINES_TO_PROSE, limit))
        if not found:
            return None
        learn_header(self, self.first_prose)
        cut = self._best(found, end)
        lines = range(max(start - 1, found[0][0] - HEADER_LINES), min(end if cut is None else cut + 1, found[-1][0]))
        return self._glued_title(lines) or cut

    def _best(self, found: Iterable[tuple[int, int]], end: int) -> int | None:
        """The first line of the article that begins at the best of some candidates; None if none is good enough.

        Candidates are compared until prose stands between two. Those from line `end` on may only be better than one
        above `end`; alone they are left for later.
        """
        best, chosen = 0.0, -1
        for i in candidates(self, found, self.threshold > MIN_OF_STREAM):
            if chosen >= 0 and any(map(is_prose, self.texts[chosen:i])):
                if self._is_cut(best, chosen):
                    break
                best, chosen = 0.0, -1
            if i >= end and chosen < 0:
                break
            if self.threshold == MIN_OF_FILE and vocabulary(self, i)["cosine"] > MAX_COSINE_OF_FILE:
                continue  # one subject; this is asked before the other features, which cost more
            if (share := score(self, i)) > best:
                best, chosen = share, i
        return top_of_header(self, chosen) if chosen >= 0 and self._is_cut(best, chosen) else None

    def _is_cut(self, share: float, i: int) -> bool:
        if share < self.threshold and share >= self.doubt:
            self.doubt, self.doubtful = share, self.numbers[i]
        return share >= self.threshold

    def _glued_title(self, lines: range) -> int | None:
        """Cut in two the line to whose end a title is glued that is printed again below it; the index of that title."""
        texts, numbers = self.texts, self.numbers
        for i in lines:
            whole, below = texts[i], tuple(texts[i + 1 : i + 1 + HEADER_LINES])
            if whole[-1] in NO_TITLE_ENDS or not whole.endswith(below):
                continue
            title = next((t for t in below if MIN_TITLE_CHARS <= len(t) < len(whole) and whole.endswith(t)), None)
            if title is None:
                continue
            texts[i : i + 1] = [whole[: -len(title)].rstrip(), title]
            numbers.insert(i, numbers[i])
            if self._best(openings(texts, i + 1, i + 2), i + 2) is not None:
                return i + 1
            texts[i : i + 2] = [whole]
            del numbers[i]
        return None


def _file_named(text: str) -> str | None:
    """The file that a line ``==> NAME <==`` names."""
    return text[4:-4] or None if text.startswith("==> ") and text.endswith(" <==") else None
