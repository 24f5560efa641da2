"""The headline: its candidates above the body, and a body whose first line is the headline.

Knows where the body is, and what of its line is the headline. The features of a candidate are in
`newsparse.layout.headline_features`, and the choice is made in `newsparse.layout.slots`. Does not know the other slots
of the header.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from newsparse.layout.again import SUFFIX_SIGNS
from newsparse.layout.assemble import credited, one_line
from newsparse.layout.features import ENDS_OF_TITLE
from newsparse.layout.headline_features import MIN_TITLE_SPACES, headline_features
from newsparse.layout.page import (
    HEADER_KINDS,
    MAX_HEADLINE_CHARS,
    NAME_KINDS,
    Page,
    Stretch,
    is_headline_like,
    long_words,
    share_of_words,
)
from newsparse.layout.slots import Header, Slot
from newsparse.lines import tags
from newsparse.names import byline
from newsparse.record import PROSE, Kind
from newsparse.signs import CLOSERS, FIRST_UNSPACED, NO_TITLE_ENDS
from newsparse.text import fold, letters, rare
from newsparse.times import when
from newsparse.times.beside import is_unlisted_outlet

MAX_REPEATED_HEADLINE_CHARS = 400  # of a headline that is printed twice
MAX_HEADER_SPAN_LINES = 600  # above the body, in which a headline is looked for

_ARABIC = rare(r"[\u0620-\u06d3]{2}")  # a text that has this is in Arabic script
MAX_LINES_TO_OTHER_TITLE = 8  # lines above the body in which another headline would stand
MIN_NEXT_LINE_RATIO = 1.5
MIN_TITLES_OF_OTHERS = 6  # one below the other, right above the body
MAX_SHARE_OF_OTHERS = 0.25  # of the words of such a title, that open the body


def cut_off(page: Page) -> Stretch:
    """The body without its first line, if that line is the headline; else the body as it is.

    It is the headline if it is no sentence and one of these holds: it stands above the body too; or no other headline
    does, and the lines below are the same again, are longer, are no prose, or come after a gap.
    """
    stretch = start, end, is_page = page.stretch
    texts, kinds, numbers = page.texts, page.kinds, page.numbers
    if end - start < 2 or start in page.entries:
        return stretch
    first = texts[start]
    if first.rstrip(CLOSERS)[-1:] in NO_TITLE_ENDS:
        return stretch
    is_above = _stands_above(page, start)
    is_twice = page.keys[start + 1].rstrip(ENDS_OF_TITLE) == page.keys[start]
    if len(first) > (MAX_REPEATED_HEADLINE_CHARS if is_above or is_twice else MAX_HEADLINE_CHARS):
        return stretch
    for i in range(max(0, start - MAX_LINES_TO_OTHER_TITLE), start) if not is_above else ():
        if kinds[i] in NAME_KINDS or (is_headline_like(kinds[i], texts[i]) and texts[i].count(" ") >= MIN_TITLE_SPACES):
            return stretch
    apart = numbers[start + 1] - numbers[start] > 1
    longer = any(len(text) > MIN_NEXT_LINE_RATIO * len(first) for text in texts[start + 1 : start + 3])
    if is_above or is_twice or apart or longer or kinds[start + 1] not in PROSE:
        following = range(start + 1 + is_twice, end)
        below = next((i for i in following if page.prose[i] or (kinds[i] is Kind.SHORT and not is_above)), start + 1)
        return Stretch(below, end, is_page)
    return stretch


def _stands_above(page: Page, start: int) -> bool:
    """Whether the body's first line stands above it too, alone or with the site's name: it is the headline again."""
    key = page.keys[start]
    above = [other for other in page.keys[:start] if other.startswith(key)]
    return any(other == key or other[len(key) :].startswith(SUFFIX_SIGNS) for other in above)


def headline_candidates(header: Header) -> list[int]:
    """The lines above the body that look like a headline, each text once. A line that the feed knows may be one, and so
    may a longer line that is printed twice.

    A place or a desk without a person is a dateline, and a listed name a byline. The name of an outlet, Latin letters
    above a text in Arabic, or one or two words alone above a text without a time or credit, are the name of the site.
    """
    page = header.page
    is_arabic = page.stretch.start < len(page) and _ARABIC.search(page.texts[page.stretch.start]) is not None
    first: dict[str, int] = {}
    for i in range(max(0, page.stretch.start - MAX_HEADER_SPAN_LINES), page.stretch.start):
        is_known = i in page.learned
        kind = Kind.SHORT if is_known else page.kinds[i]
        text = page.texts[i]
        is_name = kind is Kind.NAME and (page.founds[i].known or not page.founds[i].authors + page.founds[i].agencies)
        if is_name or (is_arabic and text.isascii() and not is_known):
            continue
        if header.again.counts[page.keys[i]] > 1 and len(text) <= MAX_REPEATED_HEADLINE_CHARS:
            text = text[:MAX_HEADLINE_CHARS]
        if (is_known or page.keys[i] not in first) and is_headline_like(kind, text):
            first[page.keys[i]] = i
    lines = [i for i in sorted(first.values()) if not is_unlisted_outlet(page.texts[i], page.settings.vocab)]
    lines = [i for i in lines if not _is_of_contents(page, i, header.again.listed)]
    if _are_of_others(page, lines):
        return []
    if len(lines) == 1 and HEADER_KINDS.isdisjoint(page.kinds[: page.stretch.start]):
        return [i for i in lines if page.texts[i].count(" ") > 1 or page.texts[i] > FIRST_UNSPACED]
    return lines


def _is_of_contents(page: Page, i: int, sub_heads: Collection[str]) -> bool:
    """Whether the line is in a table of contents: it and a line beside it are sub-heads of the body."""
    beside = page.keys[max(0, i - 1) : i] + page.keys[i + 1 : i + 2]
    return page.keys[i] in sub_heads and any(key in sub_heads for key in beside)


def _are_of_others(page: Page, lines: Sequence[int]) -> bool:
    """Whether the candidates are titles of other stories, which stand as a list right above the body of a text without
    a headline: hardly a word of any of them opens the body, and no time or credit stands among them."""
    start = first = page.stretch.start
    while first and page.kinds[first - 1] is Kind.SHORT and page.texts[first - 1].count(" ") >= MIN_TITLE_SPACES:
        first -= 1
    if start - first < MIN_TITLES_OF_OTHERS or page.markup_features or not HEADER_KINDS.isdisjoint(page.kinds[:start]):
        return False
    return all(share_of_words(long_words(page.keys[i]), page.opening) <= MAX_SHARE_OF_OTHERS for i in lines)


def given(page: Page, i: int, is_dated: bool) -> dict[str, Any] | None:
    """The fields of the headline's line, if the headline is only a part of it; None if it is the whole line.

    The "#" of Markdown or a label («العنوان:») before it, the name of the site and a byline behind it are left out; and
    so is a time at either end, which is the article's where no other line has that (`is_dated`). The whole line is
    dropped too.
    """
    line, settings, fields = one_line(page.texts[i]), page.settings, {}
    title = line
    if not is_dated and (found := when.beside_title(line, settings)):
        title, stamp = found
        fields = {"published": stamp.published, "updated": stamp.updated, "warnings": stamp.warnings}
    title = settings.feed.without_site(title) if settings.feed else title
    if tags.is_heading(title):
        title = title.lstrip("#").lstrip()
    if behind := byline.behind_title(title, settings.vocab):
        title, credit, printed = behind
        fields |= credited(credit, printed)
    label, colon, rest = title.partition(":")
    if colon and rest.strip() and letters(fold(label)) in settings.vocab.headline_labels:
        title = rest.strip()
    return {"headline": title, "dropped": ("echo", line), **fields} if title != line else None


HEADLINE_SLOT = Slot("headline", headline_candidates, headline_features)
