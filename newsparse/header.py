"""What stands above the body: headline, standfirst, times, byline, rubric; each a slot that its best line takes.

Knows the lines' kinds and where the body is. How the headline is found: `newsparse.headline`. Does not decide about
the body's own lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsparse import when
from newsparse.article import Kind, Line
from newsparse.body import PROSE, Stretch
from newsparse.headline import Again, find_headline
from newsparse.lines import Steps, letters
from newsparse.vocab import Vocab

LONGEST_RUBRIC = 20  # characters
BULLETS = "•·*▪■□◦"  # before the entries of a menu
NEAR = 3  # lines
NAMES = frozenset({Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.SHORT})


class Slots(NamedTuple):
    """The index of the line in each slot, or None; `why` tells the headline's reasons."""

    headline: int | None
    why: str
    published: int | None
    updated: int | None
    bylines: tuple[int, ...]
    standfirst: int | None
    section: int | None
    again: Again


def read(lines: Sequence[Line], stretch: Stretch, vocab: Vocab) -> Slots:
    """Which line of ``lines[:stretch.start]`` fills which slot."""
    again = Again.of(lines, stretch)
    headline, why = find_headline(lines, stretch, again)
    published, updated = find_times(lines, stretch, headline)
    bylines = find_bylines(lines, stretch, headline, published, vocab)
    taken = {headline, published, updated, *bylines}
    standfirst = find_standfirst(lines, stretch, headline, taken, again)
    section = find_section(lines, headline, published)
    return Slots(headline, why, published, updated, bylines, standfirst, section, again)


# Times ------------------------------------------------------------------------------------------------------------


def find_times(lines: Sequence[Line], stretch: Stretch, headline: int | None) -> tuple[int | None, int | None]:
    """The lines of the time of publication and of the update."""
    stamps = [i for i in range(stretch.start) if lines[i].kind is Kind.STAMP]
    if not stamps:
        below = range(stretch.end, min(stretch.end + NEAR, len(lines)))
        stamps = [i for i in below if lines[i].kind is Kind.STAMP and (i <= stretch.end + 1 or lines[i].found.labelled)]
    place = headline if headline is not None else 0
    known = [i for i in stamps if lines[i].found.published or not lines[i].found.updated]
    near = [i for i in known if i > place or place - i <= NEAR or lines[i].found.labelled]
    published = min(near, key=lambda i: (not lines[i].found.published, i < place, abs(i - place)), default=None)
    updates = [i for i in stamps if lines[i].found.updated and i != published]
    updated = min(updates, key=lambda i: abs(i - place), default=None)
    return published, updated


def with_labels(lines: Sequence[Line], kinds: Sequence[Kind], vocab: Vocab) -> Sequence[Line]:
    """The lines, with the times below a label that is a line of its own («آخر تحديث», "Published") as it says."""
    below = [i for i, kind in enumerate(kinds) if kind is Kind.STAMP and i and kinds[i - 1] is not Kind.STAMP]
    labels = {i: vocab.stamp_labels.get(letters(lines[i - 1].key)) for i in below}
    changed = {i: when.with_label(lines[i].found, label) for i, label in labels.items() if label}
    return [line._replace(found=changed.get(i, line.found)) for i, line in enumerate(lines)] if changed else lines


# Bylines ----------------------------------------------------------------------------------------------------------


def find_bylines(
    lines: Sequence[Line], stretch: Stretch, headline: int | None, published: int | None, vocab: Vocab
) -> tuple[int, ...]:
    """The lines that credit agency, authors and place: near the headline or the time, or signing the body."""
    anchors = [i for i in (headline, published) if i is not None]
    top = min(anchors, default=0)
    found = []
    for i in range(max(0, top - 2), stretch.start):
        line = lines[i]
        if line.kind is Kind.BYLINE or (
            line.kind is Kind.NAME and i != headline and _is_credited(i, lines, stretch, headline, published, vocab)
        ):
            found.append(i)
    return tuple(found) or find_signature(lines, stretch)


def find_signature(lines: Sequence[Line], stretch: Stretch) -> tuple[int, ...]:
    """The byline right below the body, or below the time there; a bare name only where it stands alone."""
    for i in range(stretch.end, min(stretch.end + NEAR, len(lines))):
        kind = lines[i].kind
        if kind is Kind.BYLINE:
            return (i,)
        if kind is Kind.NAME:
            following = lines[i + 1] if i + 1 < len(lines) else None
            return () if following and following.kind in NAMES and len(following.text) < 30 else (i,)
        if kind not in (Kind.STAMP, Kind.CLOCK):
            break
    return ()


def _is_credited(
    i: int, lines: Sequence[Line], stretch: Stretch, headline: int | None, published: int | None, vocab: Vocab
) -> bool:
    """Whether a line that merely looks like a name stands where a byline does."""
    if i and lines[i - 1].key.strip(" :") in vocab.credit_words:
        return True
    neighbours = {i - 1, i + 1}
    if headline is not None and i < headline:
        return bool(lines[i].found.agencies) and published in neighbours
    beside = [lines[k].kind for k in neighbours if 0 <= k < len(lines)]
    return headline in neighbours or i + 1 == stretch.start or Kind.STAMP in beside or Kind.BYLINE in beside


# Standfirst and rubric --------------------------------------------------------------------------------------------


def find_standfirst(
    lines: Sequence[Line], stretch: Stretch, headline: int | None, taken: set[int | None], again: Again
) -> int | None:
    """A sentence between the headline and the slots below it; or the first of the body, where it stands apart."""
    if headline is None:
        return None
    key = lines[headline].key
    beside = True  # only headline and echoes in between
    for i in range(headline + 1, stretch.start):
        line = lines[i]
        if i in taken or line.key.startswith(key):
            continue
        if line.kind in PROSE:
            return i
        if beside and _is_phrase(line) and again.counts[line.key] == 1:
            return i
        beside = False
    return _standfirst_in_body(lines, stretch, headline)


def _is_phrase(line: Line) -> bool:
    """Whether the line is too much for a caption's or a link's few words, though no full stop ends it."""
    return line.kind is Kind.SHORT and len(line.text) >= 30 and line.text.count(" ") >= 5


def _standfirst_in_body(lines: Sequence[Line], stretch: Stretch, headline: int) -> int | None:
    """The first line of the body, if it is one short sentence, and longer ones follow."""
    start, end = stretch.start, stretch.end
    if end - start > 1 and lines[start].text == lines[start + 1].text:
        return start
    if end - start < 3:
        return None
    first, rest = lines[start], [len(line.text) for line in lines[start + 1 : end] if line.kind in PROSE]
    if first.kind is not Kind.SENTENCE or len(first.text) < 40 or len(rest) < 2:
        return None
    typical = sorted(rest)[len(rest) // 2]
    if len(first.text) * 1.5 < typical and len(first.text) * 1.5 < rest[0]:
        return start
    return None


def find_section(lines: Sequence[Line], headline: int | None, published: int | None) -> int | None:
    """The rubric: the nearest above or below the headline, a breadcrumb's last step, or a word right above it."""
    anchors = [i for i in (headline, published) if i is not None]
    if not anchors:
        return None
    for i in range(max(anchors), max(-1, min(anchors) - NEAR - 1), -1):
        if (lines[i].kind is Kind.SECTION and lines[i].text[0] not in BULLETS) or (
            isinstance(lines[i].found, Steps) and lines[i].found.rubric
        ):
            return i
    if headline and lines[headline - 1].kind is Kind.SHORT and len(lines[headline - 1].text) <= LONGEST_RUBRIC:
        return headline - 1 if headline == 1 else None
    return None
