"""Joining lines that are parts of one line: hard-wrapped texts, and sentences cut at links.

Knows widths and punctuation. A text is hard-wrapped if its longest lines are about equally long and end in the middle
of a sentence, and the first word of the next line would not have fitted. The parts are joined with the line ends
between them, so that each keeps its number; `newsparse.layout.assemble` replaces them by spaces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from newsparse.lines.classify import classify
from newsparse.lines.rules import CODE
from newsparse.record import PROSE, Kind, Lines
from newsparse.signs import CLOSERS, COLONS, DASHES, SENTENCE_ENDS
from newsparse.text import rare
from newsparse.words.vocab import Settings

MIN_WRAP_COLUMNS, MAX_WRAP_COLUMNS = 50, 140
MIN_BROKEN_SHARE = 0.8  # of the width: a line this long was broken by it
MAX_SLACK_COLUMNS = 2  # for spaces that the clean-up took out
MIN_BROKEN_LINES = 5  # that prove it
MIN_SURE_PARAGRAPHS = 2  # broken to the end of a sentence that prove it too; one needs another broken line
MAX_LINK_CHARS = 40  # of Latin words inside an Arabic sentence
MAX_SMALL_WORD_CHARS = 12  # of a line in small letters that may be a menu's
CONTINUES = "،,.؛;!؟?)»”…"  # a line does not begin with these, but the rest of a cut one does
JOINABLE = frozenset({Kind.SHORT, Kind.SENTENCE, Kind.PARAGRAPH, Kind.NAME, Kind.FURNITURE, Kind.CAPTION, Kind.BYLINE})
OPENING_KINDS = JOINABLE - {Kind.FURNITURE, Kind.CAPTION}  # what may be the text before a link

_MARKS = rare("[\u064b-\u065f\u0670\u200c-\u200f]")
_MAY_GO_ON = frozenset(CONTINUES + DASHES)  # with small letters


def joined(lines: Lines, settings: Settings) -> Lines:
    """The lines, with parts of one line joined; the same object if there are none."""
    texts = lines.texts
    width = wrap_width(texts, lines.numbers)
    if width:
        joins = [
            b - a == 1 and not _is_ended(text) and not _would_fit(text, below, width)
            for (a, b), (text, below) in zip(pairwise(lines.numbers), pairwise(texts), strict=True)
        ]
        joins = [any(two) for two in zip(joins, _joins_of_cut_sentences(lines) or joins, strict=True)]
    else:
        joins = _joins_of_cut_sentences(lines)
    if settings.feed:  # a line that it knows is whole
        known = [*map(settings.feed.knows, lines.founds)]
        joins = [is_joined and not (known[i] and known[i + 1]) for i, is_joined in enumerate(joins)]
    return _put_together(lines, joins, settings) if any(joins) else lines


def wrap_width(texts: Sequence[str], numbers: Sequence[int]) -> int:
    """The width in columns at which the lines were wrapped, or 0. No line above a gap was broken."""
    if columns(max(texts, key=len, default="")) > MAX_WRAP_COLUMNS:
        return 0
    lengths = [*map(columns, texts)]
    width = max(lengths, default=0)
    if not MIN_WRAP_COLUMNS <= width <= MAX_WRAP_COLUMNS:
        return 0
    full = [i for i, n in enumerate(lengths[:-1]) if n >= MIN_BROKEN_SHARE * width and numbers[i + 1] == numbers[i] + 1]
    broken = [i for i in full if not _is_ended(texts[i])]
    if len(broken) < MIN_SURE_PARAGRAPHS:
        return 0
    fitting = {i for i in broken if _would_fit(texts[i], texts[i + 1], width)}
    are_many = len(broken) >= MIN_BROKEN_LINES and len(broken) >= 0.6 * len(full) and len(fitting) <= 0.2 * len(broken)
    return width if are_many or _are_sure(frozenset(broken), fitting, texts) else 0


def _are_sure(broken: Collection[int], fitting: Collection[int], texts: Sequence[str]) -> bool:
    """Whether the broken lines go on until a full stop, as titles in a row do not; one title is allowed."""
    leading = [(i, end) for i, end in _runs(broken) if _is_ended(texts[end])]
    if any(i in fitting for i, _ in leading) or len(broken) - len(leading) > 1:
        return False
    return len({end for _, end in leading}) >= MIN_SURE_PARAGRAPHS or len(leading) > MIN_SURE_PARAGRAPHS


def _runs(broken: Collection[int]) -> Iterator[tuple[int, int]]:
    """The runs of broken lines: the first line, and the line in which the run ends."""
    end = -1
    for i in sorted(broken, reverse=True):
        end = end if i + 1 in broken else i + 1
        yield i, end


def columns(text: str) -> int:
    """The columns that a text takes; marks on letters take none."""
    return len(text) if text.isascii() else len(text) - len(_MARKS.findall(text))


def _is_ended(text: str) -> bool:
    return text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS


def _would_fit(text: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would have fitted on this line, so the break was meant."""
    return columns(text) + 1 + columns(following.split(" ", 1)[0]) <= width - MAX_SLACK_COLUMNS


def _joins_of_cut_sentences(lines: Lines) -> list[bool]:
    """For each line, whether it goes on in the next line, which cannot begin a sentence or is a link before such a
    line.

    Few lines begin like this, so the first characters of all lines are looked at together.
    """
    texts, kinds = lines.texts, lines.kinds
    firsts = [text[0] for text in texts]
    different = {*firsts}
    beginnings = {first for first in different if first in _MAY_GO_ON or first.islower()}
    is_latin = "".join(different).isascii()
    latin = () if is_latin else {first for first in different if first.isascii() and first.isalpha()}
    if not beginnings and not latin:
        return []
    cut = {i for i, first in enumerate(firsts) if first in beginnings and _goes_on(lines, i)}
    for i, first in enumerate(firsts):
        if first in latin and not firsts[i - 1].isascii() and _is_foreign_link(lines, i):
            cut.add(i + 1)
    joins = [False] * (len(firsts) - 1) if cut else []
    start = end = len(firsts)  # of the run that was looked at last, so that no line is visited twice
    has_prose = False
    for i in sorted(cut, reverse=True):
        if _is_word(texts[i], kinds[i]):
            last = i + 1
            while last < start and last < len(joins) and joins[last]:
                last += 1
            has_prose = not PROSE.isdisjoint(kinds[i + 1 : last + 1]) or (last == start and has_prose)
            start, end = i + 1, end if last == start else last
            if not has_prose or end == len(firsts) or lines.numbers[i + 1] - lines.numbers[i] != 1:
                continue
            if " " in texts[i] and end == i + 1:  # two words may be the end of a sub-head
                continue
            joins[i] = True
        joins[i - 1] = True
        if i > 1 and kinds[i - 2] in OPENING_KINDS and _is_open(texts[i - 2]):
            joins[i - 2] = lines.numbers[i - 1] - lines.numbers[i - 2] == 1
    return joins


def _goes_on(lines: Lines, i: int) -> bool:
    """Whether line `i` begins unlike a sentence, and the sentence above has not ended."""
    text, kind = lines.texts[i], lines.kinds[i]
    if not i or _is_ended(lines.texts[i - 1]) or CODE in lines.whys[i - 1 : i + 1]:
        return False
    above = lines.kinds[i - 1]
    if above not in JOINABLE and not (above is Kind.SECTION and (text[0] in CONTINUES or _is_word(text, kind))):
        return False
    if text[1:2] in (".", "…") or lines.numbers[i] - lines.numbers[i - 1] != 1:
        return False
    if text[0] in CONTINUES:
        return kind is not Kind.CAPTION and not text.startswith("![")  # «،تصویر کا ذریعہ …», a picture of Markdown
    if text[0] in DASHES:
        return kind in PROSE and text[1:2] == " " and text[2:3].islower() and lines.texts[i - 1][0] not in DASHES
    is_address = above is Kind.NAME and " " not in text and any(sign in text[:-1] for sign in "@./_")
    if not text[0].islower() or Kind.BYLINE in (above, kind) or is_address:
        return False  # "of the Harbour Times" below the writer; an address or a file's name
    return kind in JOINABLE if len(text) > MAX_SMALL_WORD_CHARS else _is_word(text, kind)


def _is_word(text: str, kind: Kind) -> bool:
    """Whether the line is one or two short words, as between two links of a sentence, and no menu entry."""
    return kind is Kind.SHORT and len(text) <= MAX_SMALL_WORD_CHARS and text.replace(" ", "").isalpha()


def _is_foreign_link(lines: Lines, i: int) -> bool:
    """Whether line `i` is a few Latin words inside an Arabic sentence. The line above begins with other letters."""
    texts, numbers = lines.texts, lines.numbers
    if not 0 < i < len(texts) - 1 or len(texts[i]) > MAX_LINK_CHARS or not texts[i].isascii():
        return False
    if lines.kinds[i] in (Kind.FURNITURE, Kind.BOXED) and texts[i].count(" ") > 1:  # a button; "Facebook" may be a link
        return False
    if (numbers[i] - numbers[i - 1], numbers[i + 1] - numbers[i]) != (1, 1):  # a gap, or blocks of one line
        return False
    if lines.kinds[i + 1] not in PROSE or texts[i + 1][0].isascii():
        return False
    return lines.kinds[i - 1] is Kind.SHORT and texts[i - 1].count(" ") < 4


def _is_open(text: str) -> bool:
    """Whether the text has more than one word and ends without a sign that ends a line."""
    return " " in text and text[-1] not in SENTENCE_ENDS + COLONS + CLOSERS


def _put_together(lines: Lines, joins: Sequence[bool], settings: Settings) -> Lines:
    """Join the lines; ``joins[i]``: line `i` goes on in the next line."""
    starts = [0, *(i for i, joined in enumerate(joins, 1) if not joined)]
    result = lines.at(starts)
    for k, (start, end) in enumerate(pairwise([*starts, len(lines)])):
        if end - start > 1:
            parts = lines.texts[start:end]
            line = classify([" ".join(parts)], settings, lines.numbers[start])[0]
            for column, value in zip(result.columns(), line._replace(text="\n".join(parts)), strict=True):
                column[k] = value
    return result
