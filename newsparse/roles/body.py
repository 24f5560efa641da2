"""Where the body is: the stretch of lines whose sum of weights is greatest, found in one pass.

Knows only the kinds of lines and their lengths. A paragraph earns its words, a stranger costs; so a menu between two
paragraphs is crossed, and a list of other stories below the last one is not. Does not know what a stranger inside
the stretch is, nor what stands above it: see `newsparse.roles.header` and `newsparse.roles.grammar`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsparse.article import PROSE, Kind
from newsparse.kinds import tags
from newsparse.kinds.lines import SENTENCE_ENDS
from newsparse.kinds.looks import is_labelled_as_box
from newsparse.roles.boxes import opens_box
from newsparse.roles.page import Page, Stretch
from newsparse.text import fold
from newsparse.words.vocab import Table

CHARACTERS_PER_WORD = 6
MOST_WORDS = 60  # of one line that count in full, so that one endless line of terms does not outweigh an article
PART_OF_THE_REST = 0.1

COST = {
    Kind.STAMP: 14.0,
    Kind.CLOCK: 8.0,
    Kind.BYLINE: 8.0,
    Kind.NAME: 6.0,
    Kind.SECTION: 9.0,
    Kind.FURNITURE: 8.0,
    Kind.CAPTION: 5.0,
    Kind.TAGS: 25.0,
    Kind.TAG_LABEL: 70.0,
    Kind.END: 400.0,
    Kind.SEPARATOR: 80.0,
    Kind.BOXED: 0.0,
}
COST_OF_BOX = {"inside": 6.0, "after": 110.0}
COST_IN_BOX = 2.0
COST_OF_TITLE = 10.0  # of a long line without a full stop below the heading of a list of other stories
COST_ALONE = 50.0
MOST_TO_SIGNATURE = 5  # lines
COST_OF_AUTHOR = 40.0  # of a name that stands above the body too: the box about the author begins
COST_OF_ITEM = 1.0  # of a list with numbers
MARKS = frozenset("•-–*▪■□◦✓✔►▶")  # before the items of a list
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
GOES_ON = 25.0  # what a sentence earns more below a stranger, if it goes on with what was said above
CLOSES = frozenset({Kind.BYLINE, Kind.END})  # right above a box: who wrote the text that ends there
ENTRY = frozenset({Kind.SHORT, Kind.NAME})
PHRASES = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION})
ITEMS = frozenset({Kind.SHORT, Kind.NAME})  # of a list that is announced
IN_BOX = frozenset({Kind.SHORT, Kind.STAMP, Kind.CLOCK, Kind.NAME, Kind.CAPTION})
FIRST_SHORT_LINE, NEXT_SHORT_LINE = 4.0, 10.0  # a sub-head, then more of them: a list of links
NEXT_PHRASE = 16.0  # the next of several phrases of a few words: a list of tags
PHRASE = 24  # characters
SPEAKS = "-–—•*"  # before what is asked or answered: «- تعالوا.»
SHORT_IN_PLAIN_TEXT = 1.0

ENDS = ".!?؟…۔。:؛\"'»”’)"  # of prose, closing quotes too
PAGE = frozenset({Kind.BOXED, Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.SECTION, Kind.TAG_LABEL})
NAMES = frozenset({Kind.NAME, Kind.BYLINE})
HEADER = frozenset({Kind.STAMP, Kind.CLOCK, Kind.BYLINE})


def find(page: Page) -> Stretch:
    """The stretch of lines that is the body; empty at the end of the text where there is no prose."""
    is_page = sum([len(page.places[kind]) for kind in PAGE.intersection(page.places)]) >= 2
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


def weights(page: Page, is_page: bool) -> list[float]:
    """What each line adds to the body that it would be in: its words, or what a stranger costs."""
    result = []
    run = 0
    box = listed = announced = False
    entries = page.entries
    alone = _stand_alone(page) if is_page else frozenset()
    authors = _authors_again(page)
    teasers = _buttons_of_teasers(page)
    going_on = page.settings.vocab.continuations
    for i, kind in enumerate(page.kinds):
        text = page.texts[i]
        if kind is Kind.PARAGRAPH or kind is Kind.SENTENCE:
            run = 0
            box = False
            announced = text[-1] == ":"
            if listed and text[-1] not in ENDS:
                result.append(-COST_OF_TITLE)
                continue
            listed = False
            words = len(text) / CHARACTERS_PER_WORD
            if i and not page.prose[i - 1] and _goes_on(text, going_on):
                words += GOES_ON
            result.append(words if words <= MOST_WORDS else MOST_WORDS + (words - MOST_WORDS) * PART_OF_THE_REST)
        elif i in entries:
            run = 0
            result.append(0.0)
        elif i - 1 in entries and kind in ENTRY:  # all of an entry
            result.append(len(text) / CHARACTERS_PER_WORD)
        elif i in authors:
            result.append(-COST_OF_AUTHOR)
        elif i in alone:
            result.append(-COST_ALONE)
        elif box and kind in IN_BOX:
            result.append(-COST_IN_BOX)
        elif kind in ITEMS and text[-1] == ":" and _goes_on(text, going_on):
            announced = True
            result.append(0.0)
        elif (announced and kind in ITEMS) or (kind is Kind.SHORT and not listed and _is_numbered(text)):
            result.append(-COST_OF_ITEM)
        elif kind is Kind.SHORT or (run and kind is Kind.NAME):
            cost = FIRST_SHORT_LINE if not run else NEXT_PHRASE if len(text) <= PHRASE else NEXT_SHORT_LINE
            result.append(-cost if is_page else -SHORT_IN_PLAIN_TEXT)
            run += 1
        elif kind is Kind.FURNITURE_HEAD:
            place = "after" if i in teasers or (i and page.kinds[i - 1] in CLOSES) else page.founds[i]
            result.append(-COST_OF_BOX[place])
            run += 1
            box = place == "inside"
            listed, announced = not box, False
        elif kind is Kind.BYLINE and is_labelled_as_box(page.keys[i], page.settings.vocab):
            result.append(-COST_OF_BOX["after"])
        else:
            result.append(-COST[kind])
            run += kind is Kind.NAME
    return result


def _buttons_of_teasers(page: Page) -> frozenset[int]:
    """The headings of boxes that are buttons: three alike and more, a sentence and a time between two of them."""
    places: dict[str, list[int]] = {}
    for i in page.of_kind(Kind.FURNITURE_HEAD):
        places.setdefault(page.keys[i], []).append(i)
    alike = [same for same in places.values() if len(same) > 2]
    return frozenset(i for same in alike if all(_is_teaser(page, *two) for two in pairwise(same)) for i in same)


def _is_teaser(page: Page, start: int, end: int) -> bool:
    return page.prose.count(1, start, end) == 1 and Kind.STAMP in page.kinds[start:end]


def _is_numbered(text: str) -> bool:
    """Whether the line is an item of a list with numbers: «3. …», «3- …», «3) …»."""
    return text[0].isdigit() and text.lstrip(DIGITS)[:1] in (".", "-", ")", "–", "ـ")


def _goes_on(text: str, words: Table) -> bool:
    """Whether a sentence goes on with what was said, as no other story begins: «وأضاف أن …»."""
    return text[-1] in ENDS and fold(text.partition(" ")[0]).rstrip(":،") in words


def _authors_again(page: Page) -> frozenset[int]:
    """The lines that are a name, and nothing else, which stands above too, over the first sentence or a timestamp."""
    names = page.of_kind(Kind.NAME)
    if len(names) < 2:
        return frozenset()
    first, seen, again = page.prose.find(1), set(), []
    for i in names:
        if i > first and page.keys[i] in seen:
            again.append(i)
        elif i < first or Kind.STAMP in page.kinds[i + 1 : i + 3]:
            seen.add(page.keys[i])
    return frozenset(again)


def _stand_alone(page: Page) -> frozenset[int]:
    """The phrases with more room around them than the text's lines have: tags, links, not sub-heads."""
    gaps = [b - a for a, b in pairwise(page.numbers)]
    if max(gaps, default=1) < 2:
        return frozenset()
    kinds = page.kinds
    paragraphs = [gap for kind, gap in zip(kinds, gaps, strict=False) if kind is Kind.PARAGRAPH]
    prose = sorted(paragraphs or [gap for kind, gap in zip(kinds, gaps, strict=False) if kind is Kind.SENTENCE])
    usual = prose[len(prose) // 2] if prose else 1
    return frozenset(
        i
        for i in range(1, len(gaps))
        if gaps[i - 1] > usual < gaps[i] - 1 and kinds[i] in PHRASES and len(page.texts[i]) <= PHRASE
    )


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
    passed = not HEADER.isdisjoint(kinds[max(0, start - 8) : start])
    prose, most = 0, 1 if passed else 2
    for i in range(start, min(end, start + 12)):
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
    role = page.settings.vocab.credit_words.get(page.keys[i - 1].strip(" :"))
    return role is not None and str(role).startswith("author")


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
    i = end
    if (
        kinds[i : i + 1] == [Kind.SHORT]
        and texts[i][-1] == ":"
        and _goes_on(texts[i], page.settings.vocab.continuations)
    ):
        i += 1
    elif texts[i - 1][-1] != ":":
        return end
    first, mark = i, texts[i][:1] if i < len(kinds) else ""
    while (
        i < len(kinds) and kinds[i] in PHRASES and (_is_numbered(texts[i]) or (mark in MARKS and texts[i][0] == mark))
    ):
        i += 1
    return i if i > first else end


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
