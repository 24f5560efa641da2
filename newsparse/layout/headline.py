"""The headline: its candidates above the body, their features, and a body whose first line is the headline.

Knows where the body is, the kinds of lines, what the header repeats, the words of the body, the lines that the feed
knows, and what of its line is the headline. The name of a feature is the reason that ``--explain`` prints. The choice
is made in `newsparse.layout.slots`. Does not know the other slots of the header.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from newsparse.layout.assemble import one_line
from newsparse.layout.features import ENDS_OF_TITLE
from newsparse.layout.page import (
    HEADER_KINDS,
    MAX_HEADLINE_CHARS,
    MIN_LABELLED_CHARS,
    NAME_KINDS,
    Again,
    Page,
    Stretch,
    is_headline_like,
    long_words,
    share_of_words,
)
from newsparse.layout.slots import Feature, Header, Slot, binned
from newsparse.lines import tags
from newsparse.lines.rules import Steps
from newsparse.record import PROSE, Kind
from newsparse.signs import CLOSERS, FIRST_UNSPACED, FULL_STOPS, ITEM_MARKS, NO_TITLE_ENDS, PHRASE_ENDS, SENTENCE_ENDS
from newsparse.text import fold, letters, rare
from newsparse.times import timestamp
from newsparse.times.beside import is_unlisted_outlet

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

ABOVE = {
    **{kind: f"above the {kind.value}" for kind in (Kind.STAMP, Kind.BYLINE)},
    Kind.NAME: "above a name",
}
BELOW = {**{kind: f"below the {kind.value}" for kind in (Kind.STAMP, Kind.BYLINE)}, Kind.SECTION: "below the section"}
DISTANCE_BINS = (
    (1, "right above the body"),
    (3, "2 or 3 lines above the body"),
    (8, "4 to 8 lines above the body"),
    (20, "9 to 20 lines above the body"),
    (60, "21 to 60 lines above the body"),
)
SIZES = (
    (3, "1 to 3 words"),
    (6, "4 to 6 words"),
    (12, "7 to 12 words"),
    (20, "13 to 20 words"),
    (28, "21 to 28 words"),
)
SHARE_BINS = (
    (0.01, "none of its words open the body"),
    (0.34, "a few of its words open the body"),
    (0.67, "half of its words open the body"),
    (2, "most of its words open the body"),
)


def headline_features(i: int, header: Header, among: Sequence[int]) -> list[Feature]:
    """The features of line `i` as one of the candidates for the headline."""
    page = header.page
    return [
        *_features_of_repetition(i, page, header.again),
        *_features_of_place(i, page),
        *_features_of_shape(i, page),
        *_features_of_words(i, page),
        *_features_of_feed(i, page),
    ]


def _features_of_words(i: int, page: Page) -> list[Feature]:
    """How many of its words open the body, and stand anywhere in it."""
    key = page.keys[i]
    full = min(1.0, len(key) / MIN_FULL_REPEAT_CHARS)
    words = long_words(key)
    share = share_of_words(words, page.opening)
    return [
        binned(share, SHARE_BINS, SHARE_BINS[-1][1]),
        ("its words open the body", share * full),
        ("its words stand in the body", share_of_words(words, page.folded_body) * full),
    ]


# What is said again -----------------------------------------------------------------------------------------------


def _features_of_repetition(i: int, page: Page, again: Again) -> list[Feature]:
    """Whether the header has the line's text again, alone or as a part of another line, as it has the headline."""
    key = page.keys[i]
    features: list[Feature] = []
    if again.counts[key] > 1:
        features.append(("repeated", min(1.0, len(key) / MIN_FULL_REPEAT_CHARS)))
    if key in again.labelled and len(key) >= MIN_LABELLED_CHARS:
        features.append(("stands again behind a label", 1))
    if key in again.wrapped:
        features.append(("another with the site's name", 1))
    return features


# Where it stands --------------------------------------------------------------------------------------------------


def _features_of_place(i: int, page: Page) -> list[Feature]:
    """What the lines around line `i` say of it."""
    kinds, start = page.kinds, page.stretch.start
    features: list[Feature] = []
    if i == 0:
        features.append(("first line", 1))
    if KINDS_BESIDE_TITLE.issuperset(kinds[:i]) and KINDS_BESIDE_TITLE.issuperset(kinds[i + 1 : start]):
        features.append(("alone in the header", 1))
    features += _features_of_line_below(i, _following(i, page), page)
    if i and kinds[i - 1] in BELOW:
        features.append((BELOW[kinds[i - 1]], 1))
    elif i and isinstance(page.founds[i - 1], Steps):
        features.append((BELOW[Kind.SECTION], 1))
    above = _above_times(i, page)
    if above >= 0 and (_may_be_standfirst(i, above, page) or _goes_on_from(i, above, page)):
        features.append(("the standfirst of the line above", 1))
    features.append(binned(start - i, DISTANCE_BINS, "far above the body"))
    around = kinds[max(0, i - MENU_REACH_LINES) : i + MENU_REACH_LINES + 1]
    if page.settings.feed is None:  # else a list of titles that other pages have looks like a menu
        features.append(("menu lines around", sum(map(around.count, MENU)) / len(around)))
    numbers = page.numbers
    if start < len(numbers) and numbers[start] - numbers[0] == start:
        features.append(("no blank lines above the body", 1))
    if i and numbers[i] - numbers[i - 1] > 1:
        features.append(("a gap above", 1))
    if i + 1 < len(numbers) and numbers[i + 1] - numbers[i] > 1:
        features.append(("a gap below", 1))
    return features


def _following(i: int, page: Page) -> int:
    """The next line below that counts: repetitions and, below a text, captions are passed over."""
    after, start = i + 1, page.stretch.start
    is_text = page.kinds[i] in TEXT
    while after < start and (page.keys[after] == page.keys[i] or (is_text and page.kinds[after] is Kind.CAPTION)):
        after += 1
    return after


def _features_of_line_below(i: int, after: int, page: Page) -> list[Feature]:
    """The features that line `after`, the next that counts, tells of line `i`; none if it is in the body."""
    texts, start = page.texts, page.stretch.start
    if after >= start:
        return []
    below = page.kinds[after]
    if below in ABOVE:
        return [(ABOVE[below], 1)]
    if len(texts[after]) > max(MIN_LONG_BELOW_CHARS, len(texts[i])):
        return [("above a longer line", 1)]
    return []


def _goes_on_from(i: int, above: int, page: Page) -> bool:
    """Whether the line begins with a word such as «after», and the one above, long enough for a headline, does not."""
    kinds = page.kinds
    if kinds[i] is not Kind.SHORT or kinds[above] is not Kind.SHORT or page.texts[above].count(" ") < MIN_SPACES:
        return False
    return page.begins_with_frequent(i) and not page.begins_with_frequent(above)


def _above_times(i: int, page: Page) -> int:
    """The line above, after passing over a few times and credits; -1 above the first line."""
    above = i - 1
    while above > i - MAX_LINES_AROUND and above > 0 and page.kinds[above] in HEADER_KINDS:
        above -= 1
    return above


def _may_be_standfirst(i: int, above: int, page: Page) -> bool:
    """Whether the line above is a phrase too long for a kicker, not one of a list, and may be this line's headline."""
    if page.kinds[i] is not Kind.SHORT:
        return False
    first = above
    while first >= 0 and above - first < MIN_LIST_PHRASES and _is_long_phrase(first, page):
        first -= 1
    return 0 < above - first < MIN_LIST_PHRASES and not _is_of_another(i, above, page)


def _is_of_another(i: int, above: int, page: Page) -> bool:
    """Whether the line above is no headline of this line: it begins with a word such as «in», and this one does not, or
    half as many of its words open the body. It is another story's title, the site's motto, or a long kicker."""
    if page.begins_with_frequent(above) and not page.begins_with_frequent(i):
        return True
    share, share_above = (share_of_words(long_words(page.keys[k]), page.opening) for k in (i, above))
    return share_above < share / 2


def _is_long_phrase(i: int, page: Page) -> bool:
    return page.kinds[i] is Kind.SHORT and len(page.texts[i]) >= MAX_KICKER_CHARS


def _features_of_feed(i: int, page: Page) -> list[Feature]:
    """The lines nearby that the feed knows from other pages."""
    learned = page.learned
    features: list[Feature] = []
    if i in learned:
        features += [("on most pages of the feed", 1)] if page.founds[i].is_common else []
    beside = (("below", i - 1), ("above", i + 1))
    features += [(f"{side} a line of the feed", 1) for side, k in beside if k in learned]
    if feed := page.settings.feed:
        around = [(side, feed.share_beside_headline(page.texts[k], k < i)) for side, k in beside if 0 <= k < len(page)]
        features += [(f"{side} the same line as other headlines", share) for side, share in around if share]
    for k in range(i - 1, max(-1, i - 1 - MAX_LINES_TO_LEARNED), -1):
        if k in learned:
            features.append(("the first title below a line of the feed", 1))
        if k in learned or (page.kinds[k] in TEXT and page.texts[k].count(" ") >= MIN_TITLE_SPACES):
            break
    return features


# What it looks like -----------------------------------------------------------------------------------------------


def _features_of_shape(i: int, page: Page) -> list[Feature]:
    """What the line itself looks like."""
    text = page.texts[i]
    words = text.count(" ") + 1 if text < FIRST_UNSPACED else len(text) // CHARS_OF_WORD
    features = [binned(words, SIZES, "over 28 words")]
    if (text.rstrip(CLOSERS) or text)[-1] in FULL_STOPS:
        features.append(("ends in a full stop", 1))
    elif text[-1] in PHRASE_ENDS:
        features.append(("goes on", 1))
    elif text[-1] in SENTENCE_ENDS:
        features.append(("asks or calls", 1))
    if text[0] in ITEM_MARKS:
        features.append(("begins with the mark of an item", 1))
    if sum([word[:1].isupper() for word in text.split()]) > MANY_CAPITALS * words:
        features.append(("most words have a capital", 1))
    return features


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
    texts, kinds, numbers = page.texts, page.kinds, page.numbers
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
    apart = numbers[start + 1] - numbers[start] > 1
    longer = any(len(text) > MIN_NEXT_LINE_RATIO * len(first) for text in texts[start + 1 : start + 3])
    if is_twice or apart or longer or kinds[start + 1] not in PROSE:
        following = range(start + 1 + is_twice, end)
        return Stretch(next((i for i in following if kinds[i] in TEXT), start + 1), end, is_page)
    return stretch


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
    end = page.stretch.start
    while end and page.kinds[end - 1] in HEADER_KINDS:
        end -= 1
    first = end
    while first and page.kinds[first - 1] is Kind.SHORT and page.texts[first - 1].count(" ") >= MIN_TITLE_SPACES:
        first -= 1
    if end - first < MIN_TITLES_OF_OTHERS or page.markup_features or not HEADER_KINDS.isdisjoint(page.kinds[:end]):
        return False
    return all(share_of_words(long_words(page.keys[i]), page.opening) <= MAX_SHARE_OF_OTHERS for i in lines)


def given(page: Page, i: int, is_dated: bool) -> dict[str, Any] | None:
    """The fields of the headline's line, if the headline is only a part of it; None if it is the whole line.

    The "#" of Markdown or a label («العنوان:») before it and the name of the site are left out; and so is a time at
    either end, which is the article's where no other line has that (`is_dated`). The whole line is dropped too.
    """
    line, settings, fields = one_line(page.texts[i]), page.settings, {}
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
