"""The headline: its candidates above the body, their features, and a body whose first line is the headline.

Knows where the body is, the kinds of lines, what the header repeats, the words of the body, the lines that the feed
knows, and what of its line is the headline. The name of a feature is the reason that ``--explain`` prints. The choice
is made in `newsparse.layout.slots`. Does not know the other slots of the header.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from newsparse.layout.features import ENDS_OF_TITLE, share_of_capitals
from newsparse.layout.page import (
    HEADER_KINDS,
    MAX_HEADLINE_CHARS,
    MIN_LABELLED_CHARS,
    NAME_KINDS,
    Page,
    Stretch,
    is_headline_like,
    long_words,
    share_of_words,
)
from newsparse.layout.slots import Features, Slot, binned
from newsparse.lines import tags
from newsparse.lines.rules import Steps
from newsparse.record import PROSE, Kind
from newsparse.signs import CLOSERS, FIRST_UNSPACED, FULL_STOPS, ITEM_MARKS, NO_TITLE_ENDS, PHRASE_ENDS, SENTENCE_ENDS
from newsparse.text import fold, letters, rare
from newsparse.times import timestamp
from newsparse.times.beside import is_unlisted_outlet
from newsparse.words.vocab import Feed

MAX_LINES_AROUND = 8  # whose lengths are compared, and in which times and credits are passed over
MIN_FULL_REPEAT_CHARS = 40  # of a line that comes again; for a shorter one the feature is less than 1
MIN_LONG_BELOW_CHARS = 80  # of what may be a standfirst below the headline
MENU_REACH_LINES = 3  # on either side, among which menu lines are counted
MIN_SPACES = 4  # in a headline above a line that goes on from it
MIN_TITLE_SPACES = 3  # in another title above
MAX_LINES_TO_LEARNED = 6  # above, in which a line of the feed is looked for
MENU = frozenset({Kind.FURNITURE, Kind.SECTION})
KINDS_BESIDE_TITLE = HEADER_KINDS | {Kind.SECTION}  # what else stands in the header of a plain text
MAX_KICKER_CHARS = 40  # a longer line may be a headline itself
CHARS_OF_WORD = 2  # of Chinese and Japanese
MANY_CAPITALS = 0.7  # of the words
MIN_LIST_PHRASES = 3  # long phrases, one below the other: other headlines
TEXT = PROSE | {Kind.SHORT}

DISTANCE_BINS = (
    (1, "right above the body"),
    (3, "2 or 3 lines above the body"),
    (8, "4 to 8 lines above the body"),
    (20, "9 to 20 lines above the body"),
    (60, "21 to 60 lines above the body"),
    (inf, "far above the body"),
)
SIZES = (
    (3, "1 to 3 words"),
    (6, "4 to 6 words"),
    (12, "7 to 12 words"),
    (20, "13 to 20 words"),
    (28, "21 to 28 words"),
    (inf, "over 28 words"),
)
SHARE_BINS = (
    (0.01, "none of its words open the body"),
    (0.34, "a few of its words open the body"),
    (0.67, "half of its words open the body"),
    (inf, "most of its words open the body"),
)


def headline_features(i: int, page: Page, among: Sequence[int]) -> Features:
    """The features of line `i` as one of the candidates for the headline."""
    text, key, kinds, start, again = page.texts[i], page.keys[i], page.kinds, page.stretch.start, page.again
    full = min(1.0, len(key) / MIN_FULL_REPEAT_CHARS)
    following = _following(i, page)
    below = kinds[following] if following < start else None
    above = kinds[i - 1] if i else None
    around = kinds[max(0, i - MENU_REACH_LINES) : i + MENU_REACH_LINES + 1]
    size = text.count(" ") + 1 if text < FIRST_UNSPACED else len(text) // CHARS_OF_WORD
    is_stopped = (text.rstrip(CLOSERS) or text)[-1] in FULL_STOPS
    words = long_words(key)
    share = share_of_words(words, page.opening)
    feed = page.settings.feed
    return {
        "repeated": again.counts[key] > 1 and full,
        "stands again behind a label": key in again.labelled and len(key) >= MIN_LABELLED_CHARS,
        "another with the site's name": key in again.wrapped,
        "first line": i == 0,
        "alone in the header": KINDS_BESIDE_TITLE.issuperset(kinds[:i] + kinds[i + 1 : start]),
        "above the stamp": below is Kind.STAMP,
        "above the byline": below is Kind.BYLINE,
        "above a name": below is Kind.NAME,
        "above a longer line": below is not None
        and below not in HEADER_KINDS
        and len(page.texts[following]) > max(MIN_LONG_BELOW_CHARS, len(text)),
        "below the stamp": above is Kind.STAMP,
        "below the byline": above is Kind.BYLINE,
        "below the section": above is Kind.SECTION or (i > 0 and isinstance(page.founds[i - 1], Steps)),
        "the standfirst of the line above": _is_standfirst_of_line_above(i, page),
        binned(start - i, DISTANCE_BINS): True,
        # with a feed, a list of titles that other pages have looks like a menu
        "menu lines around": not feed and sum(map(around.count, MENU)) / len(around),
        "no blank lines above the body": start < len(page) and page.numbers[start] - page.numbers[0] == start,
        "a gap above": page.gap(i) > 0,
        "a gap below": page.gap(i + 1) > 0,
        binned(size, SIZES): True,
        "ends in a full stop": is_stopped,
        "goes on": not is_stopped and text[-1] in PHRASE_ENDS,
        "asks or calls": not is_stopped and text[-1] in SENTENCE_ENDS,
        "begins with the mark of an item": text[0] in ITEM_MARKS,
        "most words have a capital": share_of_capitals(text) > MANY_CAPITALS,
        binned(share, SHARE_BINS): True,
        "its words open the body": share * full,
        "its words stand in the body": share_of_words(words, page.folded_body) * full,
        **(_features_of_feed(i, page, feed) if feed else {}),
    }


def _features_of_feed(i: int, page: Page, feed: Feed) -> Features:
    """What the feed knows of the line and the lines above and below it from other pages."""
    learned, texts = page.learned, page.texts
    return {
        "on most pages of the feed": i in learned and page.founds[i].is_common,
        "below a line of the feed": i - 1 in learned,
        "above a line of the feed": i + 1 in learned,
        "below the same line as other headlines": i > 0 and feed.share_beside_headline(texts[i - 1], True),
        "above the same line as other headlines": i + 1 < len(page) and feed.share_beside_headline(texts[i + 1], False),
        "the first title below a line of the feed": _is_first_below_learned(i, page),
    }


def _is_first_below_learned(i: int, page: Page) -> bool:
    """Whether a line of the feed is near above, and no other title between."""
    for k in range(i - 1, max(-1, i - 1 - MAX_LINES_TO_LEARNED), -1):
        if k in page.learned:
            return True
        if page.kinds[k] in TEXT and page.texts[k].count(" ") >= MIN_TITLE_SPACES:
            break
    return False


def _following(i: int, page: Page) -> int:
    """The next line below that counts: repetitions and, below a text, captions are passed over."""
    after, start = i + 1, page.stretch.start
    is_text = page.kinds[i] in TEXT
    while after < start and (page.keys[after] == page.keys[i] or (is_text and page.kinds[after] is Kind.CAPTION)):
        after += 1
    return after


def _is_standfirst_of_line_above(i: int, page: Page) -> bool:
    """Whether the line above, after passing over a few times and credits, is rather the headline."""
    above = i - 1
    while above > i - MAX_LINES_AROUND and above > 0 and page.kinds[above] in HEADER_KINDS:
        above -= 1
    return above >= 0 and (_may_be_standfirst(i, above, page) or _goes_on_from(i, above, page))


def _goes_on_from(i: int, above: int, page: Page) -> bool:
    """Whether the line begins with a word such as «after», and the one above, long enough for a headline, does not."""
    are_short = page.kinds[i] is page.kinds[above] is Kind.SHORT and page.texts[above].count(" ") >= MIN_SPACES
    return are_short and page.begins_with_frequent(i) and not page.begins_with_frequent(above)


def _may_be_standfirst(i: int, above: int, page: Page) -> bool:
    """Whether the line above is a phrase too long for a kicker, not one of a list, and may be this line's headline."""
    if page.kinds[i] is not Kind.SHORT:
        return False
    lines = range(above, max(-1, above - MIN_LIST_PHRASES), -1)
    is_phrase = [page.kinds[k] is Kind.SHORT and len(page.texts[k]) >= MAX_KICKER_CHARS for k in lines]
    return is_phrase[0] and (not all(is_phrase) or len(lines) < MIN_LIST_PHRASES) and not _is_of_another(i, above, page)


def _is_of_another(i: int, above: int, page: Page) -> bool:
    """Whether the line above is no headline of this line: it begins with a word such as «in», and this one does not, or
    half as many of its words open the body. It is another story's title, the site's motto, or a long kicker."""
    if page.begins_with_frequent(above) and not page.begins_with_frequent(i):
        return True
    share, share_above = (share_of_words(long_words(page.keys[k]), page.opening) for k in (i, above))
    return share_above < share / 2


MAX_REPEATED_HEADLINE_CHARS = 400  # of a headline that is printed twice
MAX_HEADER_SPAN_LINES = 600  # above the body, in which a headline is looked for

_ARABIC = rare(r"[\u0620-\u06d3]{2}")  # a text that has this is in Arabic script
MAX_LINES_TO_OTHER_TITLE = 8  # lines above the body in which another headline would stand
MIN_NEXT_LINE_RATIO = 1.5
MIN_TITLES_OF_OTHERS = 6  # one below the other, right above the body
MAX_SHARE_OF_OTHERS = 0.25  # of the words of such a title, that open the body


def cut_off(page: Page) -> Stretch:
    """The body without its first line, if that line is the headline; else the body as it is.

    It is the headline if it is no sentence, no other headline stands above it, and the lines below are the same again,
    are longer, are no prose, or come after a gap.
    """
    stretch = start, end, is_page = page.stretch
    texts, kinds = page.texts, page.kinds
    if end - start < 2 or start in page.entries:
        return stretch
    first = texts[start]
    is_twice = page.keys[start + 1].rstrip(ENDS_OF_TITLE) == page.keys[start]
    most = MAX_REPEATED_HEADLINE_CHARS if is_twice else MAX_HEADLINE_CHARS
    if first.rstrip(CLOSERS)[-1:] in NO_TITLE_ENDS or len(first) > most:
        return stretch
    for i in range(max(0, start - MAX_LINES_TO_OTHER_TITLE), start):
        if kinds[i] in NAME_KINDS or (is_headline_like(kinds[i], texts[i]) and texts[i].count(" ") >= MIN_TITLE_SPACES):
            return stretch
    longer = any(len(text) > MIN_NEXT_LINE_RATIO * len(first) for text in texts[start + 1 : start + 3])
    if is_twice or page.gap(start + 1) > 0 or longer or kinds[start + 1] not in PROSE:
        following = range(start + 1 + is_twice, end)
        return Stretch(next((i for i in following if kinds[i] in TEXT), start + 1), end, is_page)
    return stretch


def headline_candidates(page: Page) -> list[int]:
    """The lines above the body that look like a headline, each text once. A line that the feed knows may be one, and so
    may a longer line that is printed twice.

    A place or a desk without a person is a dateline, and a listed name a byline. The name of an outlet, Latin letters
    above a text in Arabic, or one or two words alone above a text without a time or credit, are the name of the site.
    """
    start, learned, counts = page.stretch.start, page.learned, page.again.counts
    is_arabic = start < len(page) and _ARABIC.search(page.texts[start]) is not None
    first: dict[str, int] = {}
    for i in range(max(0, start - MAX_HEADER_SPAN_LINES), start):
        text, key, kind, found = page.texts[i], page.keys[i], page.kinds[i], page.founds[i]
        if i in learned:
            kind = Kind.SHORT
        elif key in first or (is_arabic and text.isascii()):
            continue
        if kind is Kind.NAME and (found.known or not found.authors + found.agencies):
            continue
        if counts[key] > 1 and len(text) <= MAX_REPEATED_HEADLINE_CHARS:
            text = text[:MAX_HEADLINE_CHARS]
        if is_headline_like(kind, text):
            first[key] = i
    vocab = page.settings.vocab
    lines = [i for i in sorted(first.values()) if not is_unlisted_outlet(page.texts[i], vocab)]
    if page.again.listed:
        lines = [i for i in lines if not _is_of_contents(page, i)]
    if _are_of_others(page, lines):
        return []
    if len(lines) == 1 and HEADER_KINDS.isdisjoint(page.kinds[:start]):
        return [i for i in lines if page.texts[i].count(" ") > 1 or page.texts[i] > FIRST_UNSPACED]
    return lines


def _is_of_contents(page: Page, i: int) -> bool:
    """Whether the line is in a table of contents: it and a line beside it are sub-heads of the body."""
    beside = page.keys[max(0, i - 1) : i] + page.keys[i + 1 : i + 2]
    return page.keys[i] in page.again.listed and not page.again.listed.isdisjoint(beside)


def _are_of_others(page: Page, lines: Sequence[int]) -> bool:
    """Whether the candidates are titles of other stories, which stand as a list right above the body of a text without
    a headline: hardly a word of any of them opens the body, and no time or credit stands among them."""
    end = page.stretch.start
    while end and page.kinds[end - 1] in HEADER_KINDS:
        end -= 1
    if page.markup_features or not HEADER_KINDS.isdisjoint(page.kinds[:end]):
        return False
    first = end
    while first and page.kinds[first - 1] is Kind.SHORT and page.texts[first - 1].count(" ") >= MIN_TITLE_SPACES:
        first -= 1
    shares = (share_of_words(long_words(page.keys[i]), page.opening) for i in lines)
    return end - first >= MIN_TITLES_OF_OTHERS and all(share <= MAX_SHARE_OF_OTHERS for share in shares)


def given(page: Page, i: int, is_dated: bool) -> dict[str, Any] | None:
    """The fields of the headline's line, if the headline is only a part of it; None if it is the whole line.

    The "#" of Markdown or a label («العنوان:») before it and the name of the site are left out; and so is a time at
    either end, which is the article's where no other line has that (`is_dated`). The whole line is dropped too.
    """
    line, settings, fields = page.texts[i].replace("\n", " "), page.settings, {}
    title = line
    if not is_dated and (found := timestamp.beside_title(line, settings)):
        title, stamp = found
        fields = {"published": stamp.published, "updated": stamp.updated, "warnings": stamp.warnings}
    title = settings.feed.without_site(title) if settings.feed else title
    if tags.is_heading(title):
        title = title.lstrip("#").lstrip()
    label, colon, rest = title.partition(":")
    if colon and rest.strip() and letters(fold(label)) in settings.vocab.headline_labels:
        title = rest.strip()
    return {"headline": title, "dropped": ("echo", line), **fields} if title != line else None


HEADLINE_SLOT = Slot("headline", headline_candidates, headline_features)
