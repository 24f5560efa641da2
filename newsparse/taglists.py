"""Which lines below the body are the list of the article's tags: under a label, or by their shape and words alone.

Knows kinds of lines, their signs and gaps, and the words of the text. Does not know how one line of tags is cut: see
`newsparse.tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsparse import tags
from newsparse.article import Kind, Line
from newsparse.body import Stretch
from newsparse.lines import SENTENCE_ENDS
from newsparse.text import fold

MOST_WORDS = 6  # of a tag under a label
MOST_SPACES = 3  # in a tag without a label
MOST_TAGS = 25  # of a list without a label
LEAST_CLOSING = 3  # tags of a list that closes the text
OF_TEXT = 0.7  # of the words of a list without a label stand in the text
LEAST_WITH_AND = 4  # letters of a word in which a first «و» may be "and"
MARKS = "#•·*▪■□◦"  # before each item of a list
PHRASES = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.CAPTION})


def below_label(lines: Sequence[Line], is_open: Sequence[bool], label: int) -> list[int]:
    """The lines of the list under the label: short ones, up to one that has not the sign of the first before it."""
    found: list[int] = []
    mark = None
    for i in range(label + 1, len(lines)):
        line = lines[i]
        if is_open[i] and i == label + 1 and line.kind is Kind.FURNITURE:
            continue
        sign = line.text[0] if line.text[0] in MARKS else ""
        if not is_open[i]:
            mark = sign if line.kind is Kind.TAGS else mark
            continue
        if mark not in (None, sign) or not _may_be_tag(line, first=not found):
            break
        mark = sign
        found.append(i)
    return found


def without_label(lines: Sequence[Line], is_open: Sequence[bool], stretch: Stretch) -> tuple[list[int], str]:
    """The short lines right below the body, or at the end of all, if they are words of the text; and the reason."""
    end = stretch.end
    run = _run(lines, is_open, range(_below_unknown_label(lines, end), len(lines)))
    closing = _run(lines, is_open, range(len(lines) - 1, end - 1 + len(run), -1))[::-1]
    if not run and len(closing) < LEAST_CLOSING:
        return [], ""
    text = fold("\n".join([line.text for line in lines[:end]]))
    if run and _is_set_apart(lines, run, stretch.page) and _is_of_text(lines, run, text):
        return run, "in a list below the body, of words of the text"
    while len(closing) >= LEAST_CLOSING:
        if _is_of_text(lines, closing, text):
            return closing, "in a list that closes the text, of its words"
        del closing[0]  # a title above the list
    return [], ""


def _below_unknown_label(lines: Sequence[Line], end: int) -> int:
    """Past a short line with a colon that no list knows, right below the body."""
    if end < len(lines) and lines[end].kind in PHRASES and lines[end].text[-1] == ":":
        return end + 1 if lines[end].text.count(" ") < MOST_SPACES else end
    return end


def _may_be_tag(line: Line, first: bool) -> bool:
    """Whether the line is short and no sentence; the first may be a whole list that lost its separators."""
    if line.kind not in PHRASES or line.text[-1] in SENTENCE_ENDS + ":":
        return False
    return line.text.count(" ") < MOST_WORDS or (first and tags.may_be_glued(line.text))


def _run(lines: Sequence[Line], is_open: Sequence[bool], places: Iterable[int]) -> list[int]:
    """The first of the places, as long as each may be a tag; none where they are too many."""
    run: list[int] = []
    for i in places:
        if not is_open[i] or lines[i].text.count(" ") > MOST_SPACES or not _may_be_tag(lines[i], first=False):
            break
        run.append(i)
        if len(run) > MOST_TAGS:
            return []
    return run


def _is_set_apart(lines: Sequence[Line], run: list[int], page: bool) -> bool:
    """Whether the list is no part of the text: it is on a page, or below a gap and has none itself."""
    gap = lines[run[0]].number - lines[run[0] - 1].number if run[0] else 0
    if len(run) == 1:
        return gap > 1 and (page or (run[0] > 1 and lines[run[0] - 1].number - lines[run[0] - 2].number == 1))
    return page or (gap > 1 and lines[run[-1]].number - lines[run[0]].number < len(run))


def _is_of_text(lines: Sequence[Line], run: list[int], text: str) -> bool:
    """Whether most words of the run stand in the text, which is folded."""
    words = [word for i in run for word in lines[i].key.split()]
    return sum(_bare(word) in text for word in words) >= OF_TEXT * len(words)


def _bare(word: str) -> str:
    """The word without the article and «and» that Arabic writes with it."""
    return (word[1:] if word[0] == "و" and len(word) > LEAST_WITH_AND else word).removeprefix("ال")
