"""What each line adds to the body that it would be in: prose earns its words, a stranger costs.

Knows kinds of lines and their lengths, and how lists, boxes and running files go on from one line to the next. Does not
know where the body is: see `newsparse.layout.body`.
"""

from __future__ import annotations

from itertools import pairwise

from newsparse.layout.page import Page
from newsparse.lines.looks import is_labelled_as_box
from newsparse.record import Kind
from newsparse.signs import CLOSERS, COLONS, DASHES, DIGITS, SEMICOLONS, SENTENCE_ENDS, TATWEEL
from newsparse.text import fold

CHARACTERS_PER_WORD = 6
MOST_WORDS = 60  # of one line that count in full, so that one endless line of terms does not outweigh an article
PART_OF_THE_REST = 0.1
GOES_ON = 25.0  # what a sentence earns more below a stranger, if it goes on with what was said above
NUMBER_ENDS = (".", ")", TATWEEL, *DASHES)  # behind the number of an item
ENDS = SENTENCE_ENDS + COLONS + SEMICOLONS + CLOSERS  # of prose, closing quotes too

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
FIRST_LEARNED, NEXT_LEARNED = 12.0, 24.0  # lines that the feed knows, then more of them: else comments become body
COST_OF_BOX = {"inside": 6.0, "after": 110.0}
COST_IN_BOX = 2.0
COST_OF_TITLE = 10.0  # of a long line without a full stop below the heading of a list of other stories
COST_ALONE = 50.0
COST_OF_AUTHOR = 40.0  # of a name that stands above the body too: the box about the author begins
COST_OF_ITEM = 1.0  # of a list that is announced, or has numbers
FIRST_SHORT_LINE, NEXT_SHORT_LINE = 4.0, 10.0  # a sub-head, then more of them: a list of links
NEXT_PHRASE = 16.0  # the next of several phrases of a few words: a list of tags
SHORT_IN_PLAIN_TEXT = 1.0
PHRASE = 24  # characters
LEAST_TEASERS = 3  # that say together that the heading of each is a button

CLOSES = frozenset({Kind.BYLINE, Kind.END})  # right above a box: who wrote the text that ends there
PHRASES = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION})
ITEMS = frozenset({Kind.SHORT, Kind.NAME})  # of a list, of a running file
IN_BOX = ITEMS | {Kind.STAMP, Kind.CLOCK, Kind.CAPTION}


def weights(page: Page, is_page: bool) -> list[float]:
    """The weight of each line; `is_page` is whether the text shows the furniture of a page."""
    texts, entries = page.texts, page.entries
    fixed = _fixed(page, is_page)
    strangers = _Strangers(page, is_page)
    result: list[float] = []
    for i, is_prose in enumerate(page.prose):
        if is_prose:
            is_title = strangers.are_titles and texts[i][-1] not in ENDS
            strangers.pass_prose(texts[i], is_title)
            result.append(-COST_OF_TITLE if is_title else _earned(page, i))
        elif i in fixed:
            if i in entries:
                strangers.run = 0
            result.append(fixed[i])
        else:
            result.append(-strangers.cost(i))
    return result


def _earned(page: Page, i: int) -> float:
    """What a line of prose earns: its words, of which those of an endless line count little."""
    text = page.texts[i]
    words = len(text) / CHARACTERS_PER_WORD
    if i and not page.prose[i - 1] and goes_on(page, i):
        words += GOES_ON
    return words if words <= MOST_WORDS else MOST_WORDS + (words - MOST_WORDS) * PART_OF_THE_REST


def goes_on(page: Page, i: int) -> bool:
    """Whether a sentence goes on with what was said, as no other story begins: «وأضاف أن …»."""
    text = page.texts[i]
    return text[-1] in ENDS and fold(text.partition(" ")[0]).rstrip(":،") in page.settings.vocab.continuations


def announces(page: Page, i: int) -> bool:
    """Whether a line that is no prose announces a list: it goes on with what was said, to a colon."""
    return page.kinds[i] in ITEMS and page.texts[i][-1] == ":" and goes_on(page, i)


def is_numbered(text: str) -> bool:
    """Whether the line is an item of a list with numbers: «3. …», «3- …», «3) …»."""
    return text[0].isdigit() and text.lstrip(DIGITS)[:1] in NUMBER_ENDS


class _Strangers:
    """What lines that are no prose cost, asked from the first to the last, for it depends on what stands above.

    Attributes:
        run: how many short lines stand above, since the last line of prose or the last entry; learned: how many that
            the feed knows.
        box: whether a box inside the article is open.
        are_titles: whether a list of other stories is open, whose titles may be as long as prose.
        announced: whether a list is, that a colon announced.
    """

    __slots__ = ("announced", "are_titles", "box", "is_page", "learned", "page", "run", "teasers")

    def __init__(self, page: Page, is_page: bool) -> None:
        self.page, self.is_page = page, is_page
        self.run, self.box, self.are_titles, self.announced, self.learned = 0, False, False, False, 0
        self.teasers = _buttons_of_teasers(page)

    def pass_prose(self, text: str, is_title: bool) -> None:
        """Close boxes and lists at a line of prose; but a list of other stories not at the title of one."""
        self.run, self.box, self.are_titles, self.announced, self.learned = 0, False, is_title, text[-1] == ":", 0

    def cost(self, i: int) -> float:
        """What line `i` costs."""
        kind = self.page.kinds[i]
        if self.box and kind in IN_BOX:
            return COST_IN_BOX
        if kind is Kind.FURNITURE_HEAD:
            return self._of_heading(i)
        if kind is Kind.SHORT or kind is Kind.NAME:
            return self._of_phrase(i, kind)
        if self.page.settings.feed and self.page.settings.feed.knows(self.page.founds[i]):
            self.learned += 1
            return FIRST_LEARNED if self.learned == 1 else NEXT_LEARNED
        return COST[kind]

    def _of_heading(self, i: int) -> float:
        """The heading of a box, which begins there."""
        place: str = self.page.founds[i]
        if i in self.teasers or (i and self.page.kinds[i - 1] in CLOSES):
            place = "after"
        self.box = place == "inside"
        self.run, self.are_titles, self.announced = self.run + 1, not self.box, False
        return COST_OF_BOX[place]

    def _of_phrase(self, i: int, kind: Kind) -> float:
        """A short line, or what may be a name: an item of a list, a sub-head, one of several links or tags."""
        text = self.page.texts[i]
        if announces(self.page, i):
            self.announced = True
            return 0.0
        if self.announced or (kind is Kind.SHORT and not self.are_titles and is_numbered(text)):
            return COST_OF_ITEM
        passed, self.run = self.run, self.run + 1
        if kind is Kind.NAME and not passed:
            return COST[kind]
        if not self.is_page:
            return SHORT_IN_PLAIN_TEXT
        return FIRST_SHORT_LINE if not passed else NEXT_PHRASE if len(text) <= PHRASE else NEXT_SHORT_LINE


# Lines that weigh the same whatever stands above them -------------------------------------------------------------


def _fixed(page: Page, is_page: bool) -> dict[int, float]:
    """Their weights: labels of boxes about authors, phrases that stand alone, authors again, and entries."""
    labels = [i for i in page.of_kind(Kind.BYLINE) if is_labelled_as_box(page.keys[i], page.settings.vocab)]
    fixed = dict.fromkeys(labels, -COST_OF_BOX["after"])
    if is_page:
        fixed.update(dict.fromkeys(_stand_alone(page), -COST_ALONE))
    fixed.update(dict.fromkeys(_authors_again(page), -COST_OF_AUTHOR))
    for i in page.entries:
        fixed[i] = 0.0
        if i + 1 < len(page.kinds) and page.kinds[i + 1] in ITEMS:  # all of the entry
            fixed[i + 1] = len(page.texts[i + 1]) / CHARACTERS_PER_WORD
    return fixed


def _authors_again(page: Page) -> list[int]:
    """The lines that are a name, and nothing else, which stands above too, over the first sentence or a timestamp."""
    names = page.of_kind(Kind.NAME)
    if len(names) < 2:
        return []
    first, seen, again = page.prose.find(1), set(), []
    for i in names:
        if i > first and page.keys[i] in seen:
            again.append(i)
        elif i < first or Kind.STAMP in page.kinds[i + 1 : i + 3]:
            seen.add(page.keys[i])
    return again


def _stand_alone(page: Page) -> list[int]:
    """The phrases with more room around them than the text's lines have: tags, links, not sub-heads."""
    gaps = [b - a for a, b in pairwise(page.numbers)]
    if max(gaps, default=1) < 2:
        return []
    kinds = page.kinds
    paragraphs = [gap for kind, gap in zip(kinds, gaps, strict=False) if kind is Kind.PARAGRAPH]
    prose = sorted(paragraphs or [gap for kind, gap in zip(kinds, gaps, strict=False) if kind is Kind.SENTENCE])
    usual = prose[len(prose) // 2] if prose else 1
    return [
        i
        for i in range(1, len(gaps))
        if gaps[i - 1] > usual < gaps[i] - 1 and kinds[i] in PHRASES and len(page.texts[i]) <= PHRASE
    ]


def _buttons_of_teasers(page: Page) -> frozenset[int]:
    """The headings of boxes that are buttons: several alike, a sentence and a time between two of them."""
    places: dict[str, list[int]] = {}
    for i in page.of_kind(Kind.FURNITURE_HEAD):
        places.setdefault(page.keys[i], []).append(i)
    alike = [same for same in places.values() if len(same) >= LEAST_TEASERS]
    return frozenset(i for same in alike if all(_is_teaser(page, *two) for two in pairwise(same)) for i in same)


def _is_teaser(page: Page, start: int, end: int) -> bool:
    return page.prose.count(1, start, end) == 1 and Kind.STAMP in page.kinds[start:end]
