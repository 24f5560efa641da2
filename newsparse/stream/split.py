"""Splitting: a stream of lines into the lines of one article after the other.

Knows which lines are held, and the limits. An article ends at a page break, at a line ``==> NAME <==`` as ``tail`` and
``head`` print it, where the pattern of ``--split`` matches, or where another one begins (`newsparse.stream.boundary`).
A decision looks at LINES_AHEAD lines below it and at the present article above it; of the articles before, nothing is
held but some short lines that opened and closed them. Does not know which line is what inside an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from typing import NamedTuple

from newsparse.codes import WarningCode
from newsparse.lines.classify import classified
from newsparse.record import Kind, Lines, NewsparseError
from newsparse.signs import NO_TITLE_ENDS
from newsparse.stream import boundary
from newsparse.stream.boundary import HEADER_LINES, LOOK_AHEAD, Held, is_prose, may_open
from newsparse.text import FORM_FEED, clean, clean_lines
from newsparse.words.vocab import Pattern, Settings

MAX_ARTICLE_LINES = 400_000  # of one article: what is held in memory at once
MAX_HELD_CHARS = 64 << 20
PIECE_CHARS = 1 << 20  # characters that are looked at in one go
MAX_LINES_AT_ONCE = 2048  # lines that are given to the cutter; each cut moves those that wait
WINDOW_LINES = 64  # lines that are looked at in one go
LINES_AHEAD = LOOK_AHEAD + boundary.MAX_LINES_TO_PROSE + 2  # lines that are not blank; a decision waits for them
MIN_OF_STREAM, MIN_OF_FILE = 0.3, 0.99  # the probability from which a stream, or a named file, is cut
BOUNDARY_MARKS = FORM_FEED + "="  # the first characters of lines that stand between articles
ALWAYS = 1.1  # more than any probability: only marks cut
MIN_DOUBTFUL = 0.15  # from which a record has the warning split.doubtful
MAX_MATCHED_HEADER_LINES = 8  # between two lines that match the pattern of --split


class TooLongError(NewsparseError):
    """An article does not end within the limits."""


class Piece(NamedTuple):
    """The lines of one article; the file that a line ``==> NAME <==`` names; the line where another may begin."""

    lines: Lines
    name: str | None
    doubtful: int | None


def articles(blocks: Iterable[str], settings: Settings, is_file: bool = False) -> Iterator[Piece]:
    """One article after the other; `blocks` are decoded text, cut anywhere. A file is cut where it is almost sure.

    Raises:
        TooLongError: no end of an article within MAX_ARTICLE_LINES lines or MAX_HELD_CHARS characters.
    """
    cutter = Cutter(settings, MIN_OF_FILE if is_file else MIN_OF_STREAM)
    for number, text, last in whole_lines(blocks):
        lines = clean_lines(text, settings.normalize)
        for start in range(0, len(lines), MAX_LINES_AT_ONCE):
            end = start + MAX_LINES_AT_ONCE
            yield from cutter.add(lines[start:end], number + start, last and end >= len(lines))


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
    for block in chain.from_iterable(map(_pieces, blocks)):
        if waiting:
            last = waiting.pop()
            end = max(last.rfind("\n"), last.rfind("\r", 0, -1)) + 1
            if end:
                text = "".join([*waiting, last[:end]])
                if not text.isspace() or FORM_FEED in text:  # line ends alone are only counted
                    yield number, text[:-1], False
                number += count_lines(text)
                waiting, last = [], last[end:]
            if last[-1:] == "\r":  # half a line end, perhaps
                block = last + block
            else:
                waiting.append(last)
        waiting.append(block)
    yield number, "".join(waiting), True


def _pieces(block: str) -> Iterable[str]:
    if len(block) <= PIECE_CHARS:
        return (block,)
    return (block[start : start + PIECE_CHARS] for start in range(0, len(block), PIECE_CHARS))


def count_lines(text: str) -> int:
    """The number of line ends in the text, of any kind."""
    if text.count("\n") == len(text):
        return len(text)
    return clean(text, "none").count("\n")


class Cutter:
    """The lines that wait for the end of their article."""

    def __init__(self, settings: Settings, threshold: float) -> None:
        """No lines yet; a new article begins where its probability is at least the threshold."""
        self.settings = settings
        self.threshold = threshold
        self.held = Held(settings)
        self.characters = 0
        pattern = re.compile(settings.split) if isinstance(settings.split, str) else settings.split
        self.pattern: Pattern | None = None if settings.split in ("auto", "none") else pattern
        self.first: int | None = None  # the first line that is prose
        self.body: int | None = None  # the first line that is surely of a body
        self._begin(0)

    def add(self, texts: Sequence[str], first: int, last: bool) -> Iterator[Piece]:
        """The articles that end in these lines, of which the first has this number; with the last of them, the rest.

        Raises:
            TooLongError: no end within the limits.
        """
        self.held.texts += filter(None, texts)
        self.held.numbers += compress(range(first, first + len(texts)), texts)
        self.characters += sum(map(len, texts))
        while (cut := self._next_cut(last)) is not None:
            if self.first is not None:
                boundary.learn_lines(self.held, range(self.first, cut), self.held.later)
            if piece := self._take(cut):
                yield piece
        if last and (piece := self._take(len(self.held.texts))):
            yield piece
        if len(self.held.texts) > MAX_ARTICLE_LINES or self.characters > MAX_HELD_CHARS:
            raise TooLongError(
                f"line {self.held.numbers[0]}: no end of the article within {len(self.held.texts):,} lines; "
                "cut the input, or say with --split where an article ends"
            )

    def _begin(self, looked: int) -> None:
        """An article begins at the first line; the lines from `looked` on are still to be looked at."""
        self.looked = looked
        self.first = self.body = None
        self.doubtful: int | None = None
        self.doubt = MIN_DOUBTFUL

    def _take(self, cut: int) -> Piece | None:
        """The lines before `cut`, without page breaks."""
        held = self.held
        texts, numbers = held.texts[:cut], held.numbers[:cut]
        del held.texts[:cut], held.numbers[:cut]
        self.characters -= sum(map(len, texts))
        name = _file_named(texts[0]) if texts and self.settings.split == "auto" else None
        if FORM_FEED in texts:
            numbers = [number for number, text in zip(numbers, texts, strict=True) if text != FORM_FEED]
            texts = [text for text in texts if text != FORM_FEED]
        lines = classified(numbers, texts, self.settings)
        if name is not None:
            lines.kinds[0], lines.whys[0], lines.founds[0] = Kind.SEPARATOR, "names the file", None
        doubtful = self.doubtful
        self._begin(0)
        return Piece(lines, name, doubtful) if lines else None

    def _next_cut(self, last: bool) -> int | None:
        """The first line of the next article, if it can be known now."""
        texts = self.held.texts
        if self.settings.split == "none":
            return None
        if self.pattern:
            return self._cut_at_pattern(self.pattern, last)
        end = len(texts) if last else len(texts) - LINES_AHEAD
        while self.looked < end:
            start, stop = self.looked, min(end, self.looked + WINDOW_LINES)
            mark = next((i for i in range(start, stop) if texts[i][0] in BOUNDARY_MARKS and self._is_mark(i)), None)
            if mark is not None:
                self.threshold = ALWAYS  # such a mark stands between all articles of the stream
                stop = mark
            cut = self._boundary(stop, len(texts) if mark is None else mark)
            if cut is not None or mark is not None:
                return cut if cut is not None or mark is None else mark + (texts[mark] == FORM_FEED)
        return None

    def _is_mark(self, i: int) -> bool:
        """Whether line `i` is a page break, or names the next file."""
        text = self.held.texts[i]
        return text == FORM_FEED or (i > 0 and _file_named(text) is not None)

    def _cut_at_pattern(self, pattern: Pattern, last: bool) -> int | None:
        """The index below the next line that matches the pattern; None if more lines are needed.

        A pattern may match above and below a header. The header is then joined to its body.
        """
        texts = self.held.texts
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
        held = self.held
        while self.body is None and self.looked < end:
            i = self.looked
            if self.first is None and is_prose(held.texts[i]):
                self.first = i
            if self.first is not None and boundary.is_body(held.texts[i]):
                self.body = i
            self.looked += 1
        start, self.looked = self.looked, max(self.looked, end)
        if self.first is None or self.body is None:
            return None
        found = openings(held.texts, start, min(end + boundary.MAX_LINES_TO_PROSE, limit))
        if not found:
            return None
        boundary.learn_header(held, self.first)
        cut = self._best(found, end)
        lines = range(max(start - 1, found[0][0] - HEADER_LINES), min(end if cut is None else cut + 1, found[-1][0]))
        return self._glued_title(lines) or cut

    def _best(self, found: Iterable[tuple[int, int]], end: int) -> int | None:
        """The first line of the article that begins at the best of some candidates; None if none is good enough.

        Candidates are compared until prose stands between two. Those from line `end` on may only be better than one
        above `end`; alone they are left for later.
        """
        held = self.held
        best, chosen = 0.0, -1
        for i in boundary.candidates(held, found, self.threshold > MIN_OF_STREAM):
            if chosen >= 0 and any(map(is_prose, held.texts[chosen:i])):
                if self._is_cut(best, chosen):
                    break
                best, chosen = 0.0, -1
            if i >= end and chosen < 0:
                break
            if self.threshold == MIN_OF_FILE and boundary.is_one_subject(held, i):
                continue
            if (share := boundary.score(held, i)) > best:
                best, chosen = share, i
        return boundary.top_of_header(held, chosen) if chosen >= 0 and self._is_cut(best, chosen) else None

    def _is_cut(self, share: float, i: int) -> bool:
        if share < self.threshold and share >= self.doubt:
            self.doubt, self.doubtful = share, self.held.numbers[i]
        return share >= self.threshold

    def _glued_title(self, lines: range) -> int | None:
        """Cut in two the line to whose end a title is glued that is printed again below it; the index of that title."""
        held, texts = self.held, self.held.texts
        for i in lines:
            whole, below = texts[i], tuple(texts[i + 1 : i + 1 + HEADER_LINES])
            if whole[-1] in NO_TITLE_ENDS or not whole.endswith(below):
                continue
            title = next((t for t in below if len(t) < len(whole) and whole.endswith(t) and may_open(t)), None)
            if title is None:
                continue
            texts[i : i + 1] = [whole[: -len(title)].rstrip(), title]
            held.numbers.insert(i, held.numbers[i])
            if self._best(openings(texts, i + 1, i + 2), i + 2) is not None:
                return i + 1
            texts[i : i + 2] = [whole]
            del held.numbers[i]
        return None


def openings(texts: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """The lines in ``[start:end]`` that may be a title with prose fewer than LOOK_AHEAD lines below: the indexes of
    both.

    Most files have none below their body: these are one article.
    """
    found: list[tuple[int, int]] = []
    prose, limit = start, min(len(texts), end + LOOK_AHEAD)
    for i in range(start, end):
        if may_open(texts[i]):
            prose = next((j for j in range(max(prose, i + 1), limit) if is_prose(texts[j])), limit)
            if prose == limit:
                break
            if prose - i < LOOK_AHEAD:
                found.append((i, prose))
    return found


def _file_named(text: str) -> str | None:
    """The file that a line ``==> NAME <==`` names."""
    return text[4:-4] or None if text.startswith("==> ") and text.endswith(" <==") else None
