"""Which lines inside the body are titles of other stories: below a heading, beside a time, or several in a row.

Knows kinds of lines, and that a text has one sub-head at a time, and no times of its own. Before the body is looked
for, it takes out what the lines around alone can tell: boxes that say themselves where they end
(`newsparse.lines.skips`), the credit below a caption. Does not know where the body is.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.layout.page import Page
from newsparse.lines import skips
from newsparse.record import Kind
from newsparse.signs import BULLETS, DASHES, DIGITS, SENTENCE_ENDS

LONGEST_TITLE = 100  # characters of a title that asks or calls
SHORTEST_TITLE = 20  # characters of one beside a time, or among others
LEAST_SPACES = 3  # in it
MOST_IN_ROW = 4  # titles without a heading; more of them are a list
MOST_TIMES = 2  # inside the body; more of them are those of live news
TITLES = frozenset({Kind.SHORT, Kind.NAME})
PHRASES = TITLES | {Kind.SECTION}
MARKS = "#" + BULLETS + DASHES + DIGITS  # before the items of a list


def look_again(page: Page) -> None:
    """Lines that are of another kind than they look alone: in a box that says where it ends, and pictures' credits."""
    if links := page.of_kind(Kind.BOXED):
        page.are(Kind.BOXED, skips.boxed(page, links), "in a box that ends below")
    if credits := [i + 1 for i in page.of_kind(Kind.CAPTION) if _is_credit_of_picture(page, i + 1)]:
        page.are(Kind.CAPTION, credits, "whose picture it is")


def _is_credit_of_picture(page: Page, i: int) -> bool:
    """Whether an agency alone stands right below a caption, and prose above and below both."""
    if i < 2 or page.prose[i - 2 : i + 2 : 3] != b"\1\1" or page.kinds[i] not in (Kind.BYLINE, Kind.NAME):
        return False
    found = page.founds[i]
    return bool(found.agencies) and not found.authors and found.location is None


def titles(page: Page) -> dict[int, str]:
    """The indexes of such lines in the body, with the reason."""
    start, end, is_page = page.stretch
    found: dict[int, str] = {}
    headings = [i for i in page.of_kind(Kind.FURNITURE_HEAD) if start <= i < end]
    if headings:
        found.update(dict.fromkeys(_below_headings(page, headings), "in a box of other stories"))
    times = [i for i in page.of_kind(Kind.STAMP) if start <= i < end]
    row = _in_rows(page) if is_page else []
    if (times or row) and page.is_punctuated:
        for i in times if len(times) <= MOST_TIMES else ():
            found.update(dict.fromkeys(_beside_time(page, i), "beside the time of another story"))
        found.update(dict.fromkeys(row, "one of several titles in a row"))
    return found


def _below_headings(page: Page, headings: Sequence[int]) -> list[int]:
    """The titles below the headings of boxes, up to a paragraph each."""
    start, end, _ = page.stretch
    asking = frozenset(i for i in range(start, end) if _calls(page, i) and page.prose[i - 1])
    found: list[int] = []
    passed = 0  # no line is looked at twice
    for heading in headings:
        if heading >= passed:
            titles, passed = _below_heading(page, heading, asking)
            found += titles
    return found


def _below_heading(page: Page, heading: int, asking: frozenset[int]) -> tuple[list[int], int]:
    """The titles below a heading, and below others that follow it, and the last line that was looked at.

    A title that asks or calls looks like a sentence: `asking` are those of the body that stand below prose.
    """
    found: list[int] = []
    last, box, others = heading, heading, 0  # others: titles of the boxes above
    for i in range(heading + 1, page.stretch.end):
        last = i
        if page.kinds[i] is Kind.FURNITURE_HEAD:
            box, others = i, len(found)
        elif page.kinds[i] in TITLES:
            found.append(i)
        elif page.prose[i]:
            if not (_calls(page, i) and (i == box + 1 or _is_last_title(page, i, asking))):
                break
            found.append(i)
    if len(found) - others > 1 and _is_sub_head(page, found[-1], found[-2]):
        found.pop()
    return found, last


def _is_sub_head(page: Page, i: int, above: int) -> bool:
    """Whether a line right above a paragraph is a phrase, and the title above it is much longer."""
    size = len(page.texts[i])
    if page.kinds[i] is not Kind.SHORT or page.prose[i + 1 : i + 2] != b"\1":
        return False
    return i + 1 < page.stretch.end and size < SHORTEST_TITLE < len(page.texts[above]) - size


def _calls(page: Page, i: int) -> bool:
    text = page.texts[i]
    return page.kinds[i] is Kind.SENTENCE and len(text) <= LONGEST_TITLE and text[-1] in "؟?!"


def _is_last_title(page: Page, i: int, asking: frozenset[int]) -> bool:
    """Whether a line that asks, below other titles, is one too: another follows, or the text has no such sub-heads."""
    if i + 1 < page.stretch.end and (page.kinds[i + 1] in TITLES or _calls(page, i + 1)):
        return True
    return len(asking) == (i in asking)


def _beside_time(page: Page, time: int) -> list[int]:
    """The title below a time that prose stands above, or the one above it."""
    below, above = time + 1, time - 1
    if page.prose[above] and below < page.stretch.end and _is_title(page, below):
        return [below]
    return [above] if above > page.stretch.start and _is_title(page, above) and page.prose[above - 1] else []


def _is_title(page: Page, i: int) -> bool:
    text = page.texts[i]
    return page.kinds[i] is Kind.SHORT and len(text) >= SHORTEST_TITLE and text.count(" ") >= LEAST_SPACES


def _in_rows(page: Page) -> list[int]:
    """The phrases that stand side by side between paragraphs that end in a full stop: a sub-head stands alone."""
    start, end, _ = page.stretch
    found: list[int] = []
    row: list[int] = []
    for i in sorted(i for kind in PHRASES for i in page.of_kind(kind) if start < i < end):
        if row and page.kinds[row[-1] + 1 : i].count(Kind.FURNITURE) < i - row[-1] - 1:
            found += row if _is_row(page, row) else []
            row = []
        row.append(i)
    return found + (row if row and _is_row(page, row) else [])


def _is_row(page: Page, row: list[int]) -> bool:
    above, below = row[0] - 1, row[-1] + 1
    if not 1 < len(row) <= MOST_IN_ROW or below >= page.stretch.end or not (page.prose[above] and page.prose[below]):
        return False
    if page.texts[above][-1] not in SENTENCE_ENDS or page.texts[below][-1] not in SENTENCE_ENDS:
        return False
    return any(_is_title(page, i) for i in row) and all(_may_stand_in_row(page.texts[i]) for i in row)


def _may_stand_in_row(text: str) -> bool:
    """Whether the line is no item of a list, no part of a sentence that a link cut, and no long caption."""
    return len(text) <= LONGEST_TITLE and text[0] not in MARKS and text[-1] not in ":،," and not text[0].islower()


def opens_box(page: Page, i: int) -> bool:
    """Whether the line begins as the headings of boxes do, and says whose stories follow: «المزيد من صحيفتنا»."""
    words, vocab = page.keys[i].split(" ", 2), page.settings.vocab
    opening = " ".join(words[:2])
    return len(words) > 2 and (opening in vocab.boxes or opening in vocab.furniture)
