"""The lines of one article by columns, while their roles are being settled.

Knows which line is still open, which lines fill the slots, and what several steps ask of the whole article: how its
body opens, its words, the times above the entries of a running file, the repetitions above the body. Corrects the kinds
of lines in boxes and below captions by the lines around them. Does not know what else a line is: that is for the
modules that ask and settle. A column is searched as a whole, at the price of a few looks at single lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from newsparse.lines import rules, tags
from newsparse.names import byline
from newsparse.names.byline import Credit
from newsparse.record import PROSE, Kind, Lines, Role
from newsparse.signs import FIRST_UNSPACED
from newsparse.text import fold, letters
from newsparse.words.vocab import Feed, Settings


class Stretch(NamedTuple):
    """The body: the lines ``[start:end]``; `is_page` is whether the text shows the furniture of a page."""

    start: int
    end: int
    is_page: bool


Shares = list[tuple[str, float]]  # what each feature, by its name, adds to a score

OPENING_CHARS = 900  # characters of the body's first words
MIN_HEADLINE_CHARS, MAX_HEADLINE_CHARS = 8, 220
MAY_BE_HEADLINE = PROSE | {Kind.SHORT, Kind.NAME, Kind.TAGS}
MAX_FOLDED_BODY_CHARS = 6000
MAX_SEARCHED_CHARS = 1 << 16
MIN_ENTRIES = 3  # of a running file, each below its clock
MAX_PARAGRAPHS_ABOVE_ENTRIES = 1  # paragraphs above the first entry: a standfirst
AROUND_FIGURE = "()[].-"
MAX_FIGURE_CHARS = 8
LABELLED = (Kind.SHORT, Kind.NAME, Kind.BYLINE)
NAME_KINDS = frozenset({Kind.NAME, Kind.BYLINE})
HEADER_KINDS = NAME_KINDS | {Kind.STAMP, Kind.CLOCK}
CELLS = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.CLOCK})
MAX_TABLE_CELL_CHARS = 30
MIN_FIGURES = 3  # or labels, of a table
MIN_LONG_WORD_CHARS = 4
WORD_EDGES = "\"'«»“”.,،:؛!?؟()"
NO_ENTRIES: frozenset[int] = frozenset()


class Page(Lines):
    """The lines of one article.

    Attributes:
        roles: OTHER for a line whose role is not settled.
        stretch: where the body is.
        headline, published, updated, standfirst, section: the line that fills the slot; None while it is empty.
        bylines, tags: the lines that credit somebody, and those with tags (hashtags need no slot), from the top.
        candidates: the candidates for each slot that has some, as the slot gives them.
        shares: for the lines in slots, what each feature adds to the score.
        odds: the log-odds of body of each line; 0 where nobody asked.
        rows: the features of the lines that the model of the body was asked about.
        markup_odds, markup_features: what the tags tell (`newsparse.layout.evidence`): parts of the log-odds, and for
            each slot the features of lines.
    """

    stretch = Stretch(0, 0, False)
    headline: int | None = None
    published: int | None = None
    updated: int | None = None
    bylines: Sequence[int] = ()
    standfirst: int | None = None
    section: int | None = None
    tags: Sequence[int] = ()
    markup_odds: Sequence[float] = ()

    def __init__(self, lines: Lines, settings: Settings) -> None:
        """None of the lines is settled; their columns are the page's own from now on."""
        super().__init__(lines.columns())
        self.settings = settings
        self.candidates: dict[str, Any] = {}
        self.shares: dict[int, Shares] = {}
        self.odds = [0.0] * len(lines)
        self.rows: dict[int, tuple[int, ...]] = {}
        self.markup_features: Mapping[str, Mapping[int, dict[str, float]]] = {}
        self._datelines: dict[int, Credit | None] = {}
        self.look_up_kinds()

    def look_up_kinds(self) -> None:
        """Look up where each kind is, after kinds have changed."""
        self.prose = bytes(map(PROSE.__contains__, self.kinds))  # 1 for paragraphs and sentences
        self.places: dict[Kind, list[int]] = defaultdict(list)  # the indexes of the other lines, by kind
        for i, kind in enumerate(self.kinds):
            if not self.prose[i]:
                self.places[kind].append(i)
        self.entries = self._entries()  # the indexes of the times above the entries of a running file
        self.learned = self._learned(self.settings.feed) if self.settings.feed else {}

    def are(self, kind: Kind, places: Sequence[int], why: str) -> None:
        """Give the lines at these places another kind, with its reason. What was found in them is forgotten."""
        for i in places:
            self.kinds[i], self.whys[i], self.founds[i] = kind, why, None
        self.look_up_kinds()

    def settle(self, i: int, role: Role, why: str, gives: Mapping[str, Any] | None = None) -> None:
        """Give line `i` its role, for good, and its fields. Without a `why`, the reason for its kind stays."""
        self.roles[i] = role
        if why:
            self.whys[i] = why
        self.gives[i] = gives

    def give(self, i: int, **fields: Any) -> None:
        """Let line `i` give these fields too."""
        self.gives[i] = {**(self.gives[i] or {}), **fields}

    def giving(self, field: str) -> tuple[int, Mapping[str, Any]] | None:
        """The first line that gives the field, and what it gives; None if none does."""
        return next(((i, gives) for i, gives in enumerate(self.gives) if gives and gives.get(field)), None)

    def unsettled(self, start: int, end: int) -> list[int]:
        """The indexes of those of the lines ``[start:end]`` whose role is not settled."""
        return [i for i, role in enumerate(self.roles[start:end], start) if role is Role.OTHER]

    def only(self, kept: Sequence[int]) -> Page:
        """The page as if it had these lines alone."""
        page = Page(self.at(kept), self.settings)
        start, end, is_page = self.stretch
        page.stretch = Stretch(bisect_left(kept, start), bisect_left(kept, end), is_page)
        return page

    def _entries(self) -> frozenset[int]:
        """The times above the entries of a running file: lines of their own, most of them right above prose.

        They are clocks; or timestamps, if no text stands above them, for readers' comments below a text have these.
        """
        for kind in (Kind.CLOCK, Kind.STAMP):
            times = self.places[kind]
            if len(times) < MIN_ENTRIES:
                continue
            surely = [i for i in times if self._is_above_prose(i)]
            if kind is Kind.STAMP:
                surely = [i for i in surely if self.prose[i - 1 : i] == b"\1"]
                if self.prose.count(1, 0, min(surely, default=0)) > MAX_PARAGRAPHS_ABOVE_ENTRIES:
                    continue
                first = times.index(surely[0]) - 1 if surely else 0
                surely = [*times[first : first + 1], *surely] if first > 0 else surely  # the one above is the header's
            if len(surely) >= MIN_ENTRIES:
                return frozenset(i for i in times if surely[0] <= i <= surely[-1])
        return NO_ENTRIES

    def _is_above_prose(self, i: int) -> bool:
        return self.prose[i + 1 : i + 2] == b"\1"

    def gap(self, i: int) -> int:
        """The number of blank lines between line `i` and the one above; 0 at the top and behind the last line."""
        return self.numbers[i] - self.numbers[i - 1] - 1 if 0 < i < len(self.numbers) else 0

    def dateline(self, i: int) -> Credit | None:
        """The credit in the dateline that opens line `i`, or None. Several steps ask; it is read once."""
        if i not in self._datelines:
            self._datelines[i] = byline.dateline(self.texts[i], self.settings.vocab)
        return self._datelines[i]

    def begins_with_frequent(self, i: int) -> bool:
        """Whether line `i` begins with a frequent word, such as «in» or «after»."""
        return self.keys[i].partition(" ")[0] in self.settings.vocab.frequent_words

    def _learned(self, feed: Feed) -> dict[int, int]:
        """The lines that the feed knows from other pages: the index of each, and how often this page has it."""
        known = [i for i in self.places[Kind.FURNITURE] if feed.knows(self.founds[i])]
        often = Counter([id(self.founds[i]) for i in known])
        return {i: often[id(self.founds[i])] for i in known}

    @cached_property
    def cells(self) -> frozenset[int]:
        """The cells of tables with a cell a line, the lines of a list of labels, and the numbers above sections.

        They are inside the text: «الهلال / 9 / النصر / 6», «الوسط: نادر حمدان», «(1)».
        """
        figures = {i for i in self.places[Kind.FURNITURE] if _is_figure(self.texts[i])}
        top = self.prose.find(1)  # no table stands above it
        labels = {i for kind in LABELLED for i in self.places[kind] if i > top and ":" in self.texts[i][1:-1]}
        sections: list[int] = []
        for i in sorted(figures):
            if self._is_above_prose(i) and int(self.texts[i].strip(AROUND_FIGURE)) == len(sections) + 1:
                sections.append(i)
        found = {*sections} if len(sections) > 1 else set()
        row: list[int] = []
        for i in range(len(self) + 1) if max(len(figures), len(labels)) >= MIN_FIGURES else ():
            if i < len(self) and self._may_be_cell(i):
                row.append(i)
            elif row:
                is_inside = self.prose[row[0] - 1 : row[0]] == b"\1" and (i == len(self) or self.prose[i])
                most = max(len(figures.intersection(row)), len(labels.intersection(row)))
                if is_inside and most >= MIN_FIGURES:
                    found.update(row)
                row = []
        return frozenset(found)

    def _may_be_cell(self, i: int) -> bool:
        text = self.texts[i]
        if self.kinds[i] is Kind.FURNITURE:
            return not any(map(str.isalpha, text))
        if self.kinds[i] not in CELLS or len(text) > MAX_TABLE_CELL_CHARS:
            return False
        return ":" not in text or letters(fold(text.partition(":")[0])) not in self.settings.vocab.credit_words

    @cached_property
    def opening(self) -> str:
        """The first words of the body, folded, for comparison with what stands above it."""
        start = self.stretch.start
        return " " + fold(" ".join(self.texts[start : start + 3])[:OPENING_CHARS]) + " "

    @cached_property
    def folded_body(self) -> str:
        """The first MAX_FOLDED_BODY_CHARS characters of the body, folded."""
        start, end, _ = self.stretch
        return " " + fold(" ".join(self.texts[start:end])[:MAX_FOLDED_BODY_CHARS]) + " "

    @cached_property
    def folded_text(self) -> str:
        """Headline and prose of the body, folded; of a long article only the beginning."""
        start, end, _ = self.stretch
        texts = [self.texts[i] for i in range(end) if i == self.headline or (i >= start and self.prose[i])]
        return fold("\n".join(texts)[:MAX_SEARCHED_CHARS])

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of `folded_text`. Tags that were run together are cut by them."""
        return tags.article_words(self.folded_text)

    def share_of_text(self, key: str) -> float:
        """The share of the words of a folded text, from 0 to 1, that the article has too."""
        words = key.split()
        return sum([tags.bare(word) in self.folded_text for word in words]) / (len(words) or 1)

    @cached_property
    def taken(self) -> frozenset[int]:
        """The lines that fill slots, print the headline again, or name a person whom the header credits."""
        keys = {fold(name) for i in self.bylines for name in self.founds[i].authors}
        if self.headline is not None:
            keys.add(self.keys[self.headline])
        return frozenset({*self.shares, *[i for i, key in enumerate(self.keys) if key in keys]})

    @cached_property
    def again(self) -> Again:
        """The repetitions above the body."""
        return Again.of(self)


def _is_figure(text: str) -> bool:
    return len(text) <= MAX_FIGURE_CHARS and text.strip(AROUND_FIGURE).isdecimal()


def is_headline_like(kind: Kind, text: str) -> bool:
    """Whether a headline may look like this line."""
    return (
        kind in MAY_BE_HEADLINE
        and MIN_HEADLINE_CHARS <= len(text) <= MAX_HEADLINE_CHARS
        and (" " in text or text > FIRST_UNSPACED)
    )


def long_words(key: str) -> list[str]:
    """The words of a folded line, short ones aside, without the Arabic article."""
    return [w.removeprefix("ال") for word in key.split() if len(w := word.strip(WORD_EDGES)) >= MIN_LONG_WORD_CHARS]


def share_of_words(words: Sequence[str], opening: str) -> float:
    """The share of the words, from 0 to 1, that stand in a folded text too."""
    return sum(map(opening.__contains__, words)) / len(words) if words else 0.0


def opens_box(page: Page, i: int) -> bool:
    """Whether the line begins like the heading of a box with the stories of somebody: «المزيد من صحيفتنا»."""
    words, vocab = page.keys[i].split(" ", 2), page.settings.vocab
    opening = " ".join(words[:2])
    return len(words) > 2 and opening in vocab.boxes


def look_again(page: Page) -> None:
    """Correct the kinds of lines by the lines around them: those in boxes with skip links, and credits of pictures."""
    if links := page.places[Kind.BOXED]:
        page.are(Kind.BOXED, rules.boxed(page, links), "in a box that ends below")
    between = [i for i in page.places[Kind.CAPTION] if page.prose[i - 1 : i + 3 : 3] == b"\1\1"]
    if credits := [i + 1 for i in between if page.kinds[i + 1] in NAME_KINDS]:
        page.are(Kind.CAPTION, credits, "whose picture it is")


# What the header says again -------------------------------------------------------------------------------------------

SUFFIX_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
MIN_TITLE_AGAIN_CHARS = 12  # characters of a headline that stands again with the site's name
MAX_LINES_BELOW_STEPS = 3  # lines from a breadcrumb to the headline that it runs into
MIN_LABELLED_CHARS = 30  # characters of a headline that a button repeats


class Again(NamedTuple):
    """The repetitions above the body.

    counts: the number of times each line occurs. labelled: the text behind the label of a button («مشاركة: …»), the
    name of the site, or a breadcrumb. wrapped: the lines that contain another line in this way. listed: the short lines
    in the body, which a table of contents repeats.
    """

    counts: dict[str, int]
    labelled: set[str]
    wrapped: set[str]
    listed: set[str]

    @classmethod
    def of(cls, page: Page) -> Again:
        """The repetitions of the lines above the body."""
        start, end, _ = page.stretch
        counts: dict[str, int] = {}
        for key in page.keys[:start]:
            counts[key] = counts.get(key, 0) + 1
        listed = {page.keys[i] for i in page.places[Kind.SHORT] if start <= i < end}
        again = cls(counts, set(), set(), listed)
        said = "\n".join(counts)
        for sign in SUFFIX_SIGNS:
            if sign in said:
                again.cut_at(sign)
        if ": " in said:
            again.labelled.update(*[_behind(key, ": ") for key in counts if ": " in key])
        again.cut_steps([*counts])
        return again

    def cut_steps(self, keys: list[str]) -> None:
        """Find breadcrumbs that were joined with the headline, which follows right below or soon."""
        for distance in range(1, min(MAX_LINES_BELOW_STEPS + 1, len(keys))):
            for key, below in zip(keys, keys[distance:], strict=False):
                if key.endswith(below) and len(below) >= len(key) / 2:
                    self.wrapped.add(key)
                    self.labelled.add(below)

    def cut_at(self, sign: str) -> None:
        """Find the texts before and behind the sign that separates the name of the site, in each line."""
        for key in [key for key in self.counts if sign in key]:
            before, behind = {key[: key.index(sign)], key[: key.rindex(sign)]}, _behind(key, sign)
            behind.update(part for title in before if ": " in title for part in _behind(title, ": "))
            self.labelled.update(behind)
            known = [part for part in before | behind if part in self.counts]
            if any(len(part) >= MIN_TITLE_AGAIN_CHARS for part in known):
                self.wrapped.add(key)


def _behind(key: str, sign: str) -> set[str]:
    """The texts behind the first and behind the last sign."""
    return {key.partition(sign)[2], key.rpartition(sign)[2]}
