"""A stream of lines, cut into the lines of one article at a time.

Knows kinds of lines. An article ends at a page break, at a rule (``---``) below which another header stands, or where
a new header follows a finished body: a headline, with a timestamp or a byline right below it and prose after that.
Does not know which line is what inside an article.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from newsparse.article import PROSE, Kind, Lines, NewsparseError
from newsparse.lines import CLOSERS, SENTENCE_ENDS, classify
from newsparse.text import FORM_FEED, clean, clean_lines
from newsparse.vocab import Settings

MOST_LINES = 400_000  # of one article: what is held in memory at once
MOST_CHARACTERS = 64 << 20
PIECE = 1 << 20  # characters that are looked at in one go
AT_ONCE = 2048  # lines that are given to the cutter; each cut moves those that wait
AHEAD = 16  # lines that a decision may look ahead
HEADER_LINES = 6  # from the headline to the timestamp or byline below it
TO_PROSE = 14  # lines from the timestamp to the first prose
LEAST_PROSE, LEAST_CHARACTERS = 3, 500  # lines of prose, or characters, that make an article without a timestamp
MENU = 400  # lines above a headline in which it may have stood before
LONGEST_TITLE = 180  # characters, with the site's name
LONGEST_STANDFIRST = 420
SHORTEST_HEADLINE = 12  # characters
ENDS_ARTICLE = frozenset({Kind.TAGS, Kind.END, Kind.SEPARATOR})
DASHES = "-–—"  # «— name, date» signs a quoted post
OPENS_HEADER = frozenset({Kind.STAMP, Kind.BYLINE})
MAY_CUT = OPENS_HEADER | {Kind.SEPARATOR}
MAY_STAND_IN_HEADER = OPENS_HEADER | {Kind.NAME, Kind.CLOCK, Kind.SECTION, Kind.SHORT, Kind.CAPTION}


class TooLongError(NewsparseError):
    """One article that does not end within the limits."""


def articles(blocks: Iterable[str], settings: Settings) -> Iterator[Lines]:
    """The classified lines of one article after the other; `blocks` are decoded text, cut anywhere.

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


def _is_one(lines: Lines, text: str, split: str) -> bool:
    """Whether a whole text is surely one article: most are, and nothing below their prose may begin another."""
    if split != "auto" or FORM_FEED in text:
        return False
    first_prose = next((i for i, kind in enumerate(lines.kinds) if kind in PROSE), 0)
    return MAY_CUT.isdisjoint(lines.kinds[first_prose:])


def whole_lines(blocks: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """The blocks, cut at line ends instead: the number of the first line, the text, whether it is the last.

    A line that goes on over many blocks is joined once, and a text that came as one block is cut into several:
    both would take quadratic time else.
    """
    number = 1
    waiting: list[str] = []  # only the last of them may hold line ends
    for block in chain.from_iterable(map(_pieces, blocks)):
        if waiting:
            last = waiting.pop()
            end = max(last.rfind("\n"), last.rfind("\r", 0, -1)) + 1
            if end:
                text = "".join([*waiting, last[:end]])
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
    """How many line ends the text has, of any kind."""
    return clean(text, "none").count("\n")


_NONE = Lines([], [], [], [], [], [])  # never added to: others take its place


class Cutter:
    """The lines that wait for the end of their article, and those of them that may show it.

    Only lines of certain kinds show that a new article has begun; all others are passed over unseen.
    """

    def __init__(self, settings: Settings) -> None:
        """No lines yet, to be cut as the settings say."""
        self.settings = settings
        self.lines = _NONE
        self.characters = 0
        self.taken = 0  # lines that are gone
        self.signs: deque[int] = deque()  # lines that may show an end, counted from the first of all
        self.pattern = None if settings.split in ("auto", "none") else re.compile(settings.split)
        self._begin(0)

    def add(self, lines: Lines, last: bool) -> Iterator[Lines]:
        """The articles that end in these lines; with the last of them, the rest.

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
        """Which of the new lines may show that an article has ended."""
        first = self.taken + len(self.lines)
        if self.pattern:
            return [i for i, text in enumerate(lines.texts, first) if self.pattern.search(text)]
        if self.settings.split == "none":
            return []
        return [i for i, kind in enumerate(lines.kinds, first) if kind in MAY_CUT]

    def _take(self, cut: int) -> Lines:
        """The lines before `cut`, without page breaks."""
        if cut == len(self.lines):
            taken, self.lines = self.lines, _NONE
        else:
            taken = self.lines[:cut]
            self.lines.replace(0, cut, _NONE)
        self.taken += cut
        return Lines.of([line for line in taken if line.text != FORM_FEED]) if FORM_FEED in taken.texts else taken

    def _next_cut(self, last: bool) -> int | None:
        """Where the next article begins, if the lines tell."""
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
        """An article begins at the first line, and is to be looked at below line `i`."""
        self.looked = i if self.pattern else i + 1
        self.body_seen = False

    def _cut_at(self, i: int) -> int | None:
        """Where a new article begins, if line `i` shows that one does."""
        text = self.lines.texts[i]
        if self.pattern or text == FORM_FEED:
            return i + 1
        if not self._has_body_above(i):
            return None
        if self.lines.kinds[i] is Kind.SEPARATOR:
            return i + 1 if _is_header(self.lines.kinds, i + 1, text[0] in "-=_") else None
        before = len(self.lines)
        cut = _new_header(self.lines, i, self.settings)
        self.taken -= len(self.lines) - before  # a line was cut in two
        return cut

    def _has_body_above(self, i: int) -> bool:
        """Whether the article has a body by line `i`; each line is asked once."""
        while not self.body_seen and self.looked < i:
            self.body_seen = _is_body(self.lines, self.looked)
            self.looked += 1
        return self.body_seen


def _is_header(kinds: Sequence[Kind], i: int, plain_rule: bool) -> bool:
    """Whether an article begins at line `i`, below a rule."""
    if i >= len(kinds) or (kinds[i] in PROSE and not plain_rule):
        return False
    following = kinds[i + 1 : i + 1 + HEADER_LINES]
    if not OPENS_HEADER.isdisjoint(following):
        return True
    return plain_rule and kinds[i] is Kind.SHORT and not PROSE.isdisjoint(following[:2])


def _new_header(lines: Lines, i: int, settings: Settings) -> int | None:
    """Where the article begins to which the timestamp or byline `i` belongs, if it is a new one."""
    if (lines.kinds[i] is Kind.STAMP and not lines.founds[i].published) or lines.texts[i][0] in DASHES:
        return None
    if not _prose_follows(lines, i):
        return None
    shared = _headline_at_end_of(lines.texts, i)
    if shared is not None:
        return _cut_line(lines, i - 1, shared, settings)
    top = _top_of_header(lines, i)
    if top is None or not _is_complete(lines, top, i):
        return None
    return top


def _is_complete(lines: Lines, end: int, i: int) -> bool:
    """Whether an article stands before `end` that the header there is not part of: it has a header or a long body."""
    menu = slice(max(0, end - MENU), end)
    text, key = lines.texts[end], lines.keys[end]
    if any(other.startswith(key) for other in lines.keys[menu]) or any(
        other.startswith(text) for other in lines.texts[menu]
    ):
        return False
    box = _box_above(lines, end)
    if box == "inside" or (box and not _body_follows(lines.kinds, i)):
        return False
    return any(kind in OPENS_HEADER for kind in islice(lines.kinds, end)) or _is_long(lines, end)


def _box_above(lines: Lines, end: int) -> str | None:
    """Which box of other stories stands open below the last prose before `end`: "inside" or "after" an article."""
    for k in range(end - 1, -1, -1):
        kind = lines.kinds[k]
        if kind in PROSE:
            return None
        if kind is Kind.FURNITURE_HEAD:
            return str(lines.founds[k])
    return None


def _body_follows(kinds: Sequence[Kind], i: int) -> bool:
    """Whether more than the summary of a story stands below its time or byline `i`, before the next time."""
    below = kinds[i + 1 : i + 1 + AHEAD]
    stamps = [k for k, kind in enumerate(below) if kind is Kind.STAMP and k > 1] or [len(below)]
    return sum(kind in PROSE for kind in below[: stamps[0]]) > 1


def _is_long(lines: Lines, end: int) -> bool:
    """Whether the lines before `end` hold as much prose as an article."""
    count = characters = 0
    for i in range(end):
        if lines.kinds[i] in PROSE:
            count += 1
            characters += len(lines.texts[i])
            if count >= LEAST_PROSE or characters > LEAST_CHARACTERS:
                return True
    return False


def _is_body(lines: Lines, i: int) -> bool:
    """Whether line `i` is of a body: it ends in a full stop, or is too long to be a title."""
    text = lines.texts[i]
    return lines.kinds[i] in PROSE and (text.rstrip(CLOSERS)[-1:] in ".۔。" or len(text) > LONGEST_TITLE)


def _prose_follows(lines: Lines, i: int) -> bool:
    """Whether a body begins soon below, with nothing but header lines between: a paragraph, or two sentences."""
    sentences = 0
    for k in range(i + 1, min(i + 1 + TO_PROSE, len(lines))):
        kind = lines.kinds[k]
        sentences += _is_body(lines, k)
        if kind is Kind.PARAGRAPH or sentences > 1:
            return True
        if kind not in MAY_STAND_IN_HEADER and kind not in (Kind.SENTENCE, Kind.FURNITURE):
            return False
    return False


def _headline_at_end_of(texts: Sequence[str], i: int) -> str | None:
    """The headline that the line above shares with the end of the article before: its repetition below tells."""
    above = texts[i - 1]
    for text in texts[i + 1 : i + 5]:
        if SHORTEST_HEADLINE <= len(text) < len(above) and above.endswith(text):
            return text
    return None


def _cut_line(lines: Lines, i: int, headline: str, settings: Settings) -> int:
    """Cut line `i` in two, the second of them the headline; the index of that one."""
    number, text = lines.numbers[i], lines.texts[i]
    halves = classify([text[: -len(headline)].rstrip(), headline], settings, number)
    halves.numbers[:] = [number, number]
    lines.replace(i, i + 1, halves)
    return i + 1


def _top_of_header(lines: Lines, i: int) -> int | None:
    """The headline above the timestamp or byline `i`, which stands apart from what is above it."""
    kinds = lines.kinds
    standfirst = False
    for k in range(i - 1, max(0, i - 1 - HEADER_LINES), -1):
        if kinds[k] not in MAY_STAND_IN_HEADER and kinds[k] not in PROSE:
            return None
        if _is_apart(lines, k, i) and _may_open(lines, k, i):
            return None if standfirst and kinds[k - 1] is Kind.STAMP else k
        if kinds[k] in PROSE and lines.texts[k][-1] in SENTENCE_ENDS:
            if standfirst or len(lines.texts[k]) > LONGEST_STANDFIRST:
                return None
            standfirst = True
    return None


def _is_apart(lines: Lines, k: int, i: int) -> bool:
    """Whether line `k` is not part of what is above: a gap, the tags of another article, its repetition below."""
    if lines.numbers[k] - lines.numbers[k - 1] > 1 or lines.kinds[k - 1] in ENDS_ARTICLE:
        return True
    return lines.keys[k] in lines.keys[i + 1 : i + 5]


def _may_open(lines: Lines, k: int, i: int) -> bool:
    if lines.kinds[k] not in (Kind.SHORT, Kind.SENTENCE, Kind.NAME) or len(lines.texts[k]) < SHORTEST_HEADLINE:
        return False
    if lines.kinds[i] is Kind.BYLINE:
        return i == k + 1 and lines.kinds[i + 1 : i + 2] == [Kind.PARAGRAPH]
    return lines.texts[k][-1] not in "،,:.؛…"
