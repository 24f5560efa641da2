"""Boundaries: the evidence for a new article in a stream of lines.

Knows kinds of lines, and looks at neighbouring lines. An article begins below a line of signs (``---``) if a header
follows, or where a new header follows a finished body: a headline, a timestamp or byline right below it, and then
prose. Does not know where the lines come from (`newsparse.stream.split`), nor the roles of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from newsparse.lines.classify import classify
from newsparse.lines.looks import is_labelled_as_box
from newsparse.record import PROSE, Kind, Lines
from newsparse.signs import CLOSERS, DASHES, FULL_STOPS, NO_TITLE_ENDS, SENTENCE_ENDS
from newsparse.words.vocab import Settings

AHEAD = 16  # lines that a decision may look ahead
HEADER_LINES = 6  # from the headline to the timestamp or byline below it
TO_PROSE = 14  # lines from the timestamp to the first prose
LEAST_PROSE, LEAST_CHARACTERS = 3, 500  # lines of prose, or characters, that make an article without a timestamp
MENU = 400  # lines above a headline in which it may have stood before
LONGEST_TITLE = 180  # characters, with the site's name
LONGEST_STANDFIRST = 420
SHORTEST_HEADLINE = 12  # characters
ENDS_ARTICLE = frozenset({Kind.TAGS, Kind.END, Kind.SEPARATOR})
OPENS_HEADER = frozenset({Kind.STAMP, Kind.BYLINE})
MAY_CUT = OPENS_HEADER | {Kind.SEPARATOR}
MAY_STAND_IN_HEADER = OPENS_HEADER | {Kind.NAME, Kind.CLOCK, Kind.SECTION, Kind.SHORT, Kind.CAPTION}


def is_header(kinds: Sequence[Kind], i: int, plain_rule: bool) -> bool:
    """Whether an article begins at line `i`, below a rule."""
    if i >= len(kinds) or (kinds[i] in PROSE and not plain_rule):
        return False
    following = kinds[i + 1 : i + 1 + HEADER_LINES]
    if not OPENS_HEADER.isdisjoint(following):
        return True
    return plain_rule and kinds[i] is Kind.SHORT and not PROSE.isdisjoint(following[:2])


def new_header(lines: Lines, i: int, settings: Settings) -> int | None:
    """The first line of a new article to which the timestamp or byline `i` belongs; None if there is none."""
    if lines.kinds[i] is Kind.STAMP and not lines.founds[i].published:
        return None
    if lines.texts[i][0] in DASHES:  # «— name, date» signs a quoted post
        return None
    if lines.kinds[i] is Kind.BYLINE and is_labelled_as_box(lines.keys[i], settings.vocab):
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
    """Whether the lines before `end` are an article: they have a header or a long body."""
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
    """The place ("inside" or "after") of a box of other stories that is open before `end`; None if there is none."""
    for k in range(end - 1, -1, -1):
        kind = lines.kinds[k]
        if kind in PROSE:
            return None
        if kind is Kind.FURNITURE_HEAD:
            return str(lines.founds[k])
    return None


def _body_follows(kinds: Sequence[Kind], i: int) -> bool:
    """Whether there is more than a summary between the time or byline `i` and the next time."""
    below = kinds[i + 1 : i + 1 + AHEAD]
    stamps = [k for k, kind in enumerate(below) if kind is Kind.STAMP and k > 1] or [len(below)]
    return sum(kind in PROSE for kind in below[: stamps[0]]) > 1


def _is_long(lines: Lines, end: int) -> bool:
    """Whether the lines before `end` have as much prose as an article."""
    count = characters = 0
    for i in range(end):
        if lines.kinds[i] in PROSE:
            count += 1
            characters += len(lines.texts[i])
            if count >= LEAST_PROSE or characters > LEAST_CHARACTERS:
                return True
    return False


def is_body(lines: Lines, i: int) -> bool:
    """Whether line `i` belongs to a body: it ends in a full stop, or is too long for a title."""
    text = lines.texts[i]
    return lines.kinds[i] in PROSE and (text.rstrip(CLOSERS)[-1:] in FULL_STOPS or len(text) > LONGEST_TITLE)


def _prose_follows(lines: Lines, i: int) -> bool:
    """Whether a body (a paragraph, or two sentences) begins soon below, with only lines of a header between."""
    sentences = 0
    for k in range(i + 1, min(i + 1 + TO_PROSE, len(lines))):
        kind = lines.kinds[k]
        sentences += is_body(lines, k)
        if kind is Kind.PARAGRAPH or sentences > 1:
            return True
        if kind not in MAY_STAND_IN_HEADER and kind not in (Kind.SENTENCE, Kind.FURNITURE):
            return False
    return False


def _headline_at_end_of(texts: Sequence[str], i: int) -> str | None:
    """The headline at the end of the line above, which also ends the article before; its repetition below proves it."""
    above = texts[i - 1]
    for text in texts[i + 1 : i + 5]:
        if SHORTEST_HEADLINE <= len(text) < len(above) and above.endswith(text):
            return text
    return None


def _cut_line(lines: Lines, i: int, headline: str, settings: Settings) -> int:
    """Cut line `i` before the headline, and return the index of the headline."""
    number, text = lines.numbers[i], lines.texts[i]
    halves = classify([text[: -len(headline)].rstrip(), headline], settings, number)
    halves.numbers[:] = [number, number]
    lines.replace(i, i + 1, halves)
    return i + 1


def _top_of_header(lines: Lines, i: int) -> int | None:
    """The headline above the timestamp or byline `i`, if it is apart from the lines above it."""
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
    """Whether line `k` is apart from the lines above: by a gap, tags of another article, or its repetition below."""
    if lines.numbers[k] - lines.numbers[k - 1] > 1 or lines.kinds[k - 1] in ENDS_ARTICLE:
        return True
    return lines.keys[k] in lines.keys[i + 1 : i + 5]


def _may_open(lines: Lines, k: int, i: int) -> bool:
    """Whether line `k` may be the headline above the timestamp or byline `i`; above a byline it must be near."""
    if lines.kinds[k] not in (Kind.SHORT, Kind.SENTENCE, Kind.NAME) or len(lines.texts[k]) < SHORTEST_HEADLINE:
        return False
    if lines.kinds[i] is Kind.BYLINE:
        return i == k + 1 and lines.kinds[i + 1 : i + 2] == [Kind.PARAGRAPH]
    return lines.texts[k][-1] not in NO_TITLE_ENDS + "…"
