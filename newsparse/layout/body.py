"""Where the body is: the stretch of lines whose sum of weights is greatest, found in one pass.

Prose earns, a stranger costs (`newsparse.layout.weights`); so a menu between two paragraphs is crossed, and a list of
other stories below the last one is not. Knows how a header goes over into the text, and what may close one below its
last sentence: an answer, a list, a signature. Does not know what a stranger inside the stretch is, nor what stands
above it: see `newsparse.layout.header` and `newsparse.layout.grammar`.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.layout.boxes import opens_box
from newsparse.layout.page import Page, Stretch
from newsparse.layout.weights import PHRASE, PHRASES, announces, is_numbered, weights
from newsparse.lines import tags
from newsparse.names import byline
from newsparse.record import PROSE, Kind
from newsparse.signs import BULLETS, DASHES, ITEM_MARKS, SENTENCE_ENDS

MOST_TO_SIGNATURE = 5  # lines
SPEAKS = DASHES + BULLETS  # before what is asked or answered: «- تعالوا.»
LEAST_OF_PAGE = 2  # lines that only pages have, which show that the text is one
ABOVE, BELOW = 8, 12  # lines from the top of the stretch in which the header may end
PAGE = frozenset({Kind.BOXED, Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.SECTION, Kind.TAG_LABEL})
NAMES = frozenset({Kind.NAME, Kind.BYLINE})
HEADER = frozenset({Kind.STAMP, Kind.CLOCK, Kind.BYLINE})


def find(page: Page) -> Stretch:
    """The stretch of lines that is the body; empty at the end of the text where there is no prose."""
    is_page = sum([len(page.places[kind]) for kind in PAGE.intersection(page.places)]) >= LEAST_OF_PAGE
    prose = page.prose
    start, end = prose.find(1), prose.rfind(1) + 1
    if not end:
        return Stretch(len(prose), len(prose), is_page)
    if prose.find(0, start, end) >= 0:  # strangers in between: it depends on what they cost
        start, end = greatest_stretch(weights(page, is_page))
        start = _after_header(page, start, end)
        start -= start - 1 in page.entries
    end = _to_the_last_answer(page, end)
    end = _to_signature(page, _over_list(page, end))
    return Stretch(start, end if is_page else _to_the_end_of_plain_text(page, end), is_page)


def greatest_stretch(values: Sequence[float]) -> tuple[int, int]:
    """Where the sum of consecutive values is greatest (Kadane 1977); ``(n, n)`` where none is above zero."""
    best, best_start, best_end = 0.0, len(values), len(values)
    total, start = 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best:
            best, best_start, best_end = total, start, i + 1
    return best_start, best_end


def _after_header(page: Page, start: int, end: int) -> int:
    """Past a timestamp or byline near the top: what stands above it is headline and standfirst, however long."""
    kinds = page.kinds
    passed = not HEADER.isdisjoint(kinds[max(0, start - ABOVE) : start])
    prose, most = 0, 1 if passed else 2
    for i in range(start, min(end, start + BELOW)):
        kind = kinds[i]
        if kind is Kind.FURNITURE_HEAD or prose > most or i in page.entries:
            break
        if _is_of_header(page, i) and page.prose.find(1, i + 1, end) >= 0:
            start, prose, most = i + 1, 0, 1
        elif kind in PROSE:
            prose += 1
    while (
        start < end and kinds[start] not in PROSE and kinds[start] is not Kind.SHORT and start - 1 not in page.entries
    ):
        start += 1
    return start


def _is_of_header(page: Page, i: int) -> bool:
    """Whether the line is a time, a byline, or a name that stands as one."""
    kind = page.kinds[i]
    return kind in HEADER or (kind is Kind.NAME and (_is_source_or_place(page, i) or is_below_credit(page, i)))


def _is_source_or_place(page: Page, i: int) -> bool:
    """Whether what may be a name is an agency's, though it is also a word, or a place with a colon: "Muscat:"."""
    found = page.founds[i]
    return bool(found.agencies) or (found.location is not None and page.texts[i][-1] == ":")


def is_below_credit(page: Page, i: int) -> bool:
    """Whether a line that may be a name stands below "By" on a line of its own."""
    if page.kinds[i] not in NAMES or not i:
        return False
    return byline.label(page.keys[i - 1], page.settings.vocab) == "author"


def _to_the_last_answer(page: Page, end: int) -> int:
    """Over the few words with which a conversation ends: «- تعالوا.»."""
    for i in range(end, len(page.kinds)):
        text = page.texts[i]
        if page.kinds[i] is not Kind.SHORT or text[0] not in SPEAKS or text[-1] not in SENTENCE_ENDS:
            return i
    return len(page.kinds)


def _over_list(page: Page, end: int) -> int:
    """Over the marked or numbered items below a last line that announces them with a colon."""
    texts, kinds = page.texts, page.kinds
    first = end
    if end < len(kinds) and announces(page, end):
        first = end + 1
    elif texts[end - 1][-1] != ":":
        return end
    below = first
    while below < len(kinds) and kinds[below] in PHRASES and _is_item(texts[below], texts[first][0]):
        below += 1
    return below if below > first else end


def _is_item(text: str, mark: str) -> bool:
    """Whether the line has a number, or the mark of the list's first item."""
    return is_numbered(text) or (mark in ITEM_MARKS and text[0] == mark)


def _to_signature(page: Page, end: int) -> int:
    """Over a few lines, more than phrases, below the last paragraph, up to the agency or mark that closes the text."""
    for i in range(end, min(end + MOST_TO_SIGNATURE, len(page.kinds))):
        kind = page.kinds[i]
        if kind is Kind.END or (kind is Kind.BYLINE and page.founds[i].agencies and not page.founds[i].authors):
            return i if any(len(text) > PHRASE for text in page.texts[end:i]) else end
        if kind is not Kind.SHORT and kind not in PROSE:
            break
    return end


def _to_the_end_of_plain_text(page: Page, end: int) -> int:
    """Over the short lines below the last sentence, where nothing below is a page's: a poem, a list, a cut text."""
    labels = page.settings.vocab.tag_labels
    for i in range(end, len(page.kinds)):
        text = page.texts[i]
        if page.kinds[i] is not Kind.SHORT or text[-1] == ":" or opens_box(page, i):
            return end
        if tags.label_before(text, page.keys[i], labels):
            return end
    return len(page.kinds)
