"""Splitting: a stream of lines into the lines of one article after the other.

Knows the lines that wait for the end of their article, and the limits. An article ends at a page break, at a match of
``--split``, or where another one begins (`newsparse.stream.boundary`). Does not know the roles of lines.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from newsparse.lines.classify import classify
from newsparse.record import PROSE, Kind, Lines, NewsparseError
from newsparse.stream.boundary import AHEAD, MAY_CUT, is_body, is_header, new_header
from newsparse.text import FORM_FEED, clean, clean_lines
from newsparse.words.vocab import Settings

MOST_LINES = 400_000  # of one article: what is held in memory at once
MOST_CHARACTERS = 64 << 20
PIECE = 1 << 20  # characters that are looked at in one go
AT_ONCE = 2048  # lines that are given to the cutter; each cut moves those that wait


class TooLongError(NewsparseError):
    """An article does not end within the limits."""


def articles(blocks: Iterable[str], settings: Settings) -> Iterator[Lines]:
    """The classified lines of one article after the other. `blocks` are decoded text of any size.

    Raises:
        TooLongError: no end of an article within MOST_LINES lines or MOST_CHARACTERS characters.
    """
    cutter = Cutter(settings)
    for number, text, last in whole_lines(blocks):
        lines = classify(clean_lines(text, settings.normalize), settings, number)
        if last and number == 1 and _is_one(lines, text, settings.split):
            if lines:
                yield lines
            return
        for start in range(0, len(lines) or 1, AT_ONCE):
            end = start + AT_ONCE
            yield from cutter.add(lines[start:end], last and end >= len(lines))


def single(texts: Sequence[str], settings: Settings) -> list[Lines | None]:
    """The classified lines of each text that is surely one article; None for the others, which `articles` splits."""
    cleaned = [clean_lines(text, settings.normalize) for text in texts]
    classified = [classify(lines, settings) for lines in cleaned]
    return [
        lines if lines and _is_one(lines, text, settings.split) else None
        for lines, text in zip(classified, texts, strict=True)
    ]


def _is_one(lines: Lines, text: str, split: str) -> bool:
    """Whether a whole text is surely one article: nothing below its prose may begin another one."""
    if split != "auto" or FORM_FEED in text:
        return False
    first_prose = next((i for i, kind in enumerate(lines.kinds) if kind in PROSE), 0)
    return MAY_CUT.isdisjoint(lines.kinds[first_prose:])


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
    if len(block) <= PIECE:
        return (block,)
    return (block[start : start + PIECE] for start in range(0, len(block), PIECE))


def count_lines(text: str) -> int:
    """The number of line ends in the text, of any kind."""
    if text.count("\n") == len(text):
        return len(text)
    return clean(text, "none").count("\n")


_NONE = Lines([], [], [], [], [], [])  # never added to: others take its place


class Cutter:
    """The lines that wait for the end of their article, and those of them that may show it.

    Only lines of certain kinds show that a new article has begun; all others are skipped.
    """

    def __init__(self, settings: Settings) -> None:
        """A cutter without lines, for these settings."""
        self.settings = settings
        self.lines = _NONE
        self.characters = 0
        self.taken = 0  # lines that are gone
        self.signs: deque[int] = deque()  # lines that may show an end, counted from the first of all
        self.pattern = None if settings.split in ("auto", "none") else re.compile(settings.split)
        self._begin(0)

    def add(self, lines: Lines, last: bool) -> Iterator[Lines]:
        """Add lines, and return the articles that end in them; `is_last`: also the rest.

        Raises:
            TooLongError: no end within the limits.
        """
        self.signs += self._signs_in(lines)
        if self.lines:
            self.lines.replace(len(self.lines), len(self.lines), lines)
        else:
            self.lines = lines
        whole = True
        while (cut := self._next_cut(last)) is not None:
            whole = False
            if taken := self._take(cut):
                yield taken
        if last:
            if taken := self._take(len(self.lines)):
                yield taken
            return
        new = sum(map(len, lines.texts if whole else self.lines.texts))
        self.characters = self.characters + new if whole else new
        if len(self.lines) > MOST_LINES or self.characters > MOST_CHARACTERS:
            raise TooLongError(
                f"line {self.lines.numbers[0]}: no end of the article within {len(self.lines):,} lines; "
                "cut the input, or say with --split where an article ends"
            )

    def _signs_in(self, lines: Lines) -> list[int]:
        """The indexes of new lines that may show the end of an article."""
        first = self.taken + len(self.lines)
        if self.pattern:
            return [i for i, text in enumerate(lines.texts, first) if self.pattern.search(text)]
        if self.settings.split == "none":
            return []
        return [i for i, kind in enumerate(lines.kinds, first) if kind in MAY_CUT]

    def _take(self, cut: int) -> Lines:
        """Take out the lines before `cut`, without page breaks."""
        if cut == len(self.lines):
            taken, self.lines = self.lines, _NONE
        else:
            taken = self.lines[:cut]
            self.lines.replace(0, cut, _NONE)
        self.taken += cut
        return Lines.of([line for line in taken if line.text != FORM_FEED]) if FORM_FEED in taken.texts else taken

    def _next_cut(self, last: bool) -> int | None:
        """The first line of the next article, if it can be known now."""
        end = len(self.lines) - (0 if last or self.pattern else AHEAD)
        while self.signs and (i := self.signs[0] - self.taken) < end:
            if i >= self.looked:
                cut = self._cut_at(i)
                if cut is not None:
                    self._begin(max(cut, i) - cut)
                    return cut
            self.signs.popleft()
        return None

    def _begin(self, i: int) -> None:
        """Begin an article at the first line; line `i` has been looked at."""
        self.looked = i if self.pattern else i + 1
        self.body_seen = False

    def _cut_at(self, i: int) -> int | None:
        """The first line of a new article, if line `i` shows one; else None."""
        text = self.lines.texts[i]
        if self.pattern or text == FORM_FEED:
            return i + 1
        if not self._has_body_above(i):
            return None
        if self.lines.kinds[i] is Kind.SEPARATOR:
            return i + 1 if is_header(self.lines.kinds, i + 1, text[0] in "-=_") else None
        before = len(self.lines)
        cut = new_header(self.lines, i, self.settings)
        self.taken -= len(self.lines) - before  # a line was cut in two
        return cut

    def _has_body_above(self, i: int) -> bool:
        """Whether the article has a body above line `i`; each line is tested once."""
        while not self.body_seen and self.looked < i:
            self.body_seen = is_body(self.lines, self.looked)
            self.looked += 1
        return self.body_seen
