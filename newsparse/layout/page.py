"""The lines of one article by columns, while their roles are being settled.

Knows which line is still open, and what several steps ask of the whole article: how its body opens, its words, the
times above the entries of a running file, the repetitions above the body. Corrects the kinds of lines in boxes and
below captions by the lines around them. Does not know what else a line is: that is for the modules that ask and settle.
A column is searched as a whole, at the price of a few looks at single lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from newsparse.lines import rules
from newsparse.names import byline
from newsparse.names.byline import Credit
from newsparse.record import PROSE, Kind, Lines, Role
from newsparse.signs import FIRST_UNSPACED
from newsparse.text import fold, letters
from newsparse.words.vocab import Settings


class Stretch(NamedTuple):
    """The body: the lines ``[start:end]``; `is_page` is whether the text shows the furniture of a page."""

    start: int
    end: int
    is_page: bool


OPENING_CHARS = 900  # characters of the body's first words
MIN_HEADLINE_CHARS, MAX_HEADLINE_CHARS = 8, 220
MAY_BE_HEADLINE = PROSE | {Kind.SHORT, Kind.NAME, Kind.TAGS}
MAX_FOLDED_BODY_CHARS = 6000
NOWHERE = Stretch(0, 0, False)
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
NO_ENTRIES: frozenset[int] = frozenset()


class Page(Lines):
    """The lines of one article."""

    def __init__(self, lines: Lines, settings: Settings) -> None:
        """None of the lines is settled; their columns are the page's own from now on."""
        super().__init__(lines.columns())
        self.settings = settings
        self.open = bytearray(b"\1") * len(lines)  # 1 for lines whose role is not settled
        self.stretch = NOWHERE  # where the body is
        self.odds = [0.0] * len(lines)  # the log-odds of body of each line; 0 where nobody asked
        self.rows: dict[int, tuple[int, ...]] = {}  # the features of the lines that the body's model was asked about
        self.shares: dict[int, list[tuple[str, float]]] = {}  # of lines in slots: what each feature adds to the score
        self.is_credited = False  # whether a line gives an agency
        self._datelines: dict[int, Credit | None] = {}
        # what the tags tell (`newsparse.layout.evidence`): parts of the log-odds, and for each slot features of lines
        self.markup_odds: Sequence[float] = ()
        self.markup_features: Mapping[str, Mapping[int, list[tuple[str, float]]]] = {}
        self.look_up_kinds()

    def look_up_kinds(self) -> None:
        """Look up where each kind is, after kinds have changed."""
        self.prose = bytes(map(PROSE.__contains__, self.kinds))  # 1 for paragraphs and sentences
        self.places: dict[Kind, list[int]] = defaultdict(list)  # the indexes of the other lines, by kind
        for i, kind in enumerate(self.kinds):
            if kind not in PROSE:
                self.places[kind].append(i)
        self.entries = self._entries()  # the indexes of the times above the entries of a running file

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
        self.open[i] = 0
        if gives and gives.get("agencies"):
            self.is_credited = True

    def unsettled(self, start: int = 0, end: int | None = None) -> list[int]:
        """The indexes of those of the lines ``[start:end]`` whose role is not settled."""
        if self.open.find(1, start, end) < 0:
            return []
        return [i for i, is_open in enumerate(self.open[start:end], start) if is_open]

    def only(self, kept: Sequence[int]) -> Page:
        """The page as if it had these lines alone."""
        page = Page(self.at(kept), self.settings)
        start, end, is_page = self.stretch
        page.stretch = Stretch(bisect_left(kept, start), bisect_left(kept, end), is_page)
        page.is_credited = self.is_credited
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

    def dateline(self, i: int) -> Credit | None:
        """The credit in the dateline that opens line `i`, or None. Several steps ask; it is read once."""
        if i not in self._datelines:
            self._datelines[i] = byline.dateline(self.texts[i], self.settings.vocab)
        return self._datelines[i]

    def begins_with_frequent(self, i: int) -> bool:
        """Whether line `i` begins with a frequent word, such as «in» or «after»."""
        return self.keys[i].partition(" ")[0] in self.settings.vocab.frequent_words

    @cached_property
    def learned(self) -> dict[int, int]:
        """The lines that the feed knows from other pages: the index of each, and how often this page has it."""
        feed = self.settings.feed
        if not feed:
            return {}
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
    words = [w for word in key.split() if len(w := word.strip("\"'«»“”.,،:؛!?؟()")) >= MIN_LONG_WORD_CHARS]
    return [word.removeprefix("ال") for word in words]


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
        again = cls({}, set(), set(), set())
        counts = again.counts
        for key in page.keys[:start]:
            counts[key] = counts.get(key, 0) + 1
        said = "\n".join(counts)
        for sign in SUFFIX_SIGNS:
            if sign in said:
                again.cut_at(sign)
        if ": " in said:
            again.labelled.update(part for key in counts if ": " in key for part in _behind(key, ": "))
        again.cut_steps([*counts])
        shorts = page.places[Kind.SHORT]
        if shorts and shorts[-1] >= start:
            again.listed.update([page.keys[i] for i in shorts if start <= i < end])
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
