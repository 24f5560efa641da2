"""The ends of the body: lines that are added to the span, or taken from it, after the model has found it.

Adds answers, lists and poems below it. Takes away terms of use, rules for comments, biographies of writers and the
name of the outlet at its top or bottom. The span itself is found in `newsparse.layout.body`.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.layout import features
from newsparse.layout.page import Page, opens_box
from newsparse.lines import tags
from newsparse.record import Kind
from newsparse.signs import BULLETS, COLONS, DASHES, DIGITS, ITEM_MARKS, SENTENCE_ENDS, TATWEEL
from newsparse.text import fold, letters
from newsparse.times.beside import is_unlisted_outlet

ITEMS = frozenset({Kind.SHORT, Kind.NAME})
SPEAKS = DASHES + BULLETS  # before what is asked or answered: «- تعالوا.»
MIN_WORDS_TO_READERS = 3  # in a line of prose that speaks to them
MAX_WORDS_TO_READERS_OF_ARTICLE = 0.5  # of its own lines in the mean; else the article tells of such things
MAX_LINES_OF_BIOGRAPHY = 4  # its name and paragraphs
MAX_NAME_SPACES = 3
MIN_LINES_TO_NAME = 5  # other lines of a poem to one that looks like a name
MIN_SPACES_OF_ANNOUNCEMENT = 3  # in a line with a colon that announces what stands below it
MIN_MARKED_ITEMS = 3  # of a list that nothing announces
NUMBER_ENDS = (".", ")", TATWEEL, *DASHES)  # behind the number of an item
PHRASES = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION})


def is_numbered(text: str) -> bool:
    """Whether the line is an item of a list with numbers: «3. …», «3- …», «3) …»."""
    return text[0].isdigit() and text.lstrip(DIGITS)[:1] in NUMBER_ENDS


def to_the_last_answer(page: Page, end: int) -> int:
    """The end of the body after the few words that end a conversation: «- تعالوا.»."""
    for i in range(end, len(page.kinds)):
        text = page.texts[i]
        if page.kinds[i] is not Kind.SHORT or text[0] not in SPEAKS or text[-1] not in SENTENCE_ENDS:
            return i
    return len(page.kinds)


def over_list(page: Page, end: int) -> int:
    """The end of the body after the items of a list below a last line with a colon: marked, numbered, or alike; or
    below any last line, if dashes mark them."""
    texts, kinds = page.texts, page.kinds
    first = end
    if end < len(kinds) and kinds[end] in ITEMS and texts[end][-1] in COLONS and features.goes_on(page, end):
        first = end + 1
    elif texts[end - 1][-1] != ":" and not are_marked(texts[end : end + MIN_MARKED_ITEMS]):
        return end
    below = first
    while below < len(kinds) and kinds[below] in PHRASES and _is_item(texts, below, first):
        below += 1
    return below if below > first else end


def are_marked(items: Sequence[str]) -> bool:
    """Whether these lines are enough for a list, and begin with the same dash."""
    return len(items) == MIN_MARKED_ITEMS and items[0][0] in DASHES and len({text[0] for text in items}) == 1


def _is_item(texts: Sequence[str], i: int, first: int) -> bool:
    """Whether the line has a number, the same mark as the first item of the list, or its first word."""
    text, mark = texts[i], texts[first][0]
    if is_numbered(text) or (mark in ITEM_MARKS and text[0] == mark):
        return True
    word = texts[first].partition(" ")[0] + " "
    return text.startswith(word) and "".join(texts[first + 1 : first + 2]).startswith(word)


def to_the_end_of_plain_text(page: Page, end: int) -> int:
    """The end of the body, moved to the end of the text if only short lines follow: a poem, a list, a cut text.

    Few of these lines may look like names; all may, if a line with a colon announces them.
    """
    vocab = page.settings.vocab
    tail = page.kinds[end:]
    lines_to_name = 1 if _announces(page, end) else MIN_LINES_TO_NAME
    if tail.count(Kind.NAME) * lines_to_name > tail.count(Kind.SHORT):
        return end
    for i in range(end, len(page.kinds)):
        text = page.texts[i]
        if page.kinds[i] not in ITEMS or (page.kinds[i] is Kind.NAME and i in (end, len(page) - 1)):
            return end
        if opens_box(page, i) or tags.label_before(text, page.keys[i], vocab.tag_labels):
            return end
        label, colon, _ = text.partition(":")
        if colon and not _announces(page, i) and (text[-1] == ":" or letters(fold(label)) in vocab.credit_words):
            return end
    return len(page.kinds)


def _announces(page: Page, i: int) -> bool:
    """Whether the line has some words and a colon, and another line is below it."""
    text = page.texts[i] if i + 1 < len(page) else ""
    return text[-1:] == ":" and text.count(" ") >= MIN_SPACES_OF_ANNOUNCEMENT


def without_words_to_readers(page: Page, start: int, end: int) -> tuple[int, int]:
    """The span without what a page tells its readers above and below the article: terms, rules, a biography."""
    first, last, most = start, end, 0
    while first < end and _words_to_readers(page, first) >= MIN_WORDS_TO_READERS:
        first += 1
    while last > first and ((count := _words_to_readers(page, last - 1)) > 1 or not page.prose[last - 1]):
        last, most = last - 1, max(most, count)
    if first > start or most >= MIN_WORDS_TO_READERS:
        counts = [_words_to_readers(page, i) for i in range(start, end) if page.prose[i]]
        own = [count for count in counts if count < MIN_WORDS_TO_READERS]
        if own and sum(own) <= MAX_WORDS_TO_READERS_OF_ARTICLE * len(own):
            start, end = first, last if most >= MIN_WORDS_TO_READERS else end
    for i in range(max(start + 1, end - MAX_LINES_OF_BIOGRAPHY), end - 1):
        if _opens_biography(page, i) and page.prose[i - 1]:
            return start, i
    return start, end


def without_outlet(page: Page, start: int, end: int) -> tuple[int, int]:
    """The span without the name of an outlet that no list has, which opens or signs it: «ميناء نيوز :». In a text
    that is about outlets there are several, and they stay."""
    vocab = page.settings.vocab
    phrases = [i for i in page.places[Kind.SHORT] if start <= i < end]
    outlets = [i for i in phrases if is_unlisted_outlet(page.texts[i].strip(" :"), vocab)]
    if len(outlets) != 1 or end - start < 2:
        return start, end
    return start + (outlets[0] == start), end - (outlets[0] == end - 1)


def _words_to_readers(page: Page, i: int) -> int:
    return features.words_to_readers(page, i) if page.prose[i] else 0


def _opens_biography(page: Page, i: int) -> bool:
    """Whether the line is a name, and the prose below it begins with what writers are: «كاتب وصحفي من …»."""
    if page.kinds[i] not in ITEMS | {Kind.BYLINE} or page.texts[i].count(" ") > MAX_NAME_SPACES:
        return False
    first = fold(page.texts[i + 1].partition(" ")[0])
    return bool(page.prose[i + 1]) and first in page.settings.vocab.roles
