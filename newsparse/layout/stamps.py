"""The timestamps of the article: publication and update, and the other fields of their lines.

Knows the kinds of lines, the headline and the body. Times are read in `newsparse.times.when`, and bylines beside them
in `newsparse.names.byline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from newsparse.layout.assemble import credited
from newsparse.layout.page import Page
from newsparse.names import byline
from newsparse.record import Kind, Role
from newsparse.text import fold, letters
from newsparse.times.stamp import DAY_CHARS, LABEL_RANKS, MAX_TWIN_GAP, Timestamp, join, with_label

MAX_NEAR_LINES = 3  # lines
MAX_LINES_TO_BODY = 12  # lines from a dateline to the body
MAX_LINES_TO_END = 3  # lines from the mark of the end in which its clock stands
LABEL_KINDS = frozenset({Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.SECTION})  # what the label of a time looks like


def label_times(page: Page) -> None:
    """Label the times below a line that is only a label («آخر تحديث», "Published")."""
    labels = page.settings.vocab.stamp_labels
    for i in page.of_kind(Kind.STAMP):
        above = i - 1
        while above > 0 and page.kinds[above] is Kind.FURNITURE and len(page.keys[above]) == 1:  # its ":" alone
            above -= 1
        if i and page.kinds[above] in LABEL_KINDS and (label := labels.get(letters(page.keys[above]))):
            page.founds[i] = with_label(page.founds[i], label)


def find_times(page: Page, headline: int | None) -> tuple[int | None, int | None]:
    """The lines with the time of publication and the time of the update."""
    stamps = _stamps(page)
    if not stamps:
        return None, None
    founds, end = page.founds, page.stretch.end
    place = headline if headline is not None else 0
    published = _find_published(page, stamps, place)
    updates = [i for i in stamps if founds[i].updated and i != published]
    if not updates:
        below = [i for i in page.of_kind(Kind.STAMP) if end <= i < end + 2 * MAX_NEAR_LINES]
        updates = [i for i in below if founds[i].updated and not founds[i].published]
    return published, min(updates, key=lambda i: abs(i - place), default=None)


def _stamps(page: Page) -> list[int]:
    """The timestamps above the body, or else those right below it or below the mark of its end."""
    start, end, _ = page.stretch
    every = page.of_kind(Kind.STAMP)
    above = [i for i in every if i < start]
    if above:
        return above
    signed = page.kinds[end : end + 1] == [Kind.END]
    return [i for i in every if end <= i < end + MAX_NEAR_LINES and (signed or i <= end + 1 or page.founds[i].labelled)]


def _find_published(page: Page, stamps: Sequence[int], place: int) -> int | None:
    """The timestamp that is most likely the time of publication; the headline is line `place`."""
    founds = page.founds
    if len(stamps) == 1 and stamps[0] > place and founds[stamps[0]].published:
        return stamps[0]  # of most pages

    def rank(i: int) -> tuple[bool, bool, bool, int, int]:
        found: Timestamp = founds[i]
        return not found.published, i < place, found.has_unknown, LABEL_RANKS.index(found.label), abs(i - place)

    possible = [i for i in stamps if founds[i].published or not founds[i].updated]
    near = [i for i in possible if i > place or founds[i].labelled or _lines_between(page, i, place) < MAX_NEAR_LINES]
    best = min(near, key=rank, default=None)
    if best is None or not founds[best].published:
        return best
    best = _gregorian_twin(page, best, stamps)
    return _timed_twin(page, best, [i for i in stamps if i > place])


def _gregorian_twin(page: Page, published: int, stamps: Sequence[int]) -> int:
    """The line with the Gregorian date of the same day, or nearly, as the Hijri date; else the line itself."""
    founds = page.founds
    if not founds[published].is_hijri:
        return published
    day = _day(founds[published].published)
    twins = [i for i in stamps if not founds[i].is_hijri and founds[i].published]
    twins = [i for i in twins if abs(_day(founds[i].published) - day) <= MAX_TWIN_GAP]
    return min(twins, key=lambda i: abs(i - published), default=published)


def _timed_twin(page: Page, published: int, below: Sequence[int]) -> int:
    """The line below the headline with the same day and a clock, if this one has no clock; else the line itself."""
    founds = page.founds
    if len(founds[published].published) != DAY_CHARS:
        return published
    same = [i for i in below if (founds[i].published or "").startswith(founds[published].published)]
    timed = [i for i in same if len(founds[i].published) > DAY_CHARS]
    return max(timed, key=lambda i: len(founds[i].published), default=published)


def _day(time: str) -> date:
    return date.fromisoformat(time[:DAY_CHARS])


def _lines_between(page: Page, i: int, place: int) -> int:
    """The number of lines between a time and the headline below it, without numbers («کد خبر: 1234», «0 comments»)."""
    if place - i > 2 * MAX_NEAR_LINES + 1:
        return place - i
    timed = len(page.founds[i].published or "") > DAY_CHARS  # no masthead's date, so that buttons do not count either
    between = [k for k in range(i + 1, place) if not (timed and page.kinds[k] is Kind.FURNITURE)]
    return sum(not any(map(str.isdigit, page.texts[k])) and len(page.keys[k]) > 3 for k in between)


# What the lines give ----------------------------------------------------------------------------------------------


def settle_timestamps(page: Page, i: int, role: Role) -> None:
    """Settle the line of a time, with the words beside the time."""
    stamp: Timestamp = page.founds[i]
    gives: dict[str, Any] = {"published": stamp.published, "updated": stamp.updated, "warnings": stamp.warnings}
    if role is Role.UPDATED:
        del gives["published"]
    if stamp.rest:
        gives |= _beside(page, i, stamp.rest)
    if stamp.published is None and stamp.updated is None:
        role = Role.TIMESTAMP
    elif len(stamp.published or stamp.updated or "") == DAY_CHARS:
        stamp = _with_clock(page, i, stamp)
        gives |= {field: getattr(stamp, field) for field in gives.keys() & {"published", "updated", "warnings"}}
    page.settle(i, role, stamp.why, gives)


def settle_dateline(page: Page) -> None:
    """Settle a dateline on a line of its own, whose date another line has: «جدة 18 نوفمبر 2025 م واس»."""
    start = page.stretch.start
    for i in [i for i in page.of_kind(Kind.STAMP) if 0 < start - i <= MAX_LINES_TO_BODY and page.open[i]]:
        gives = _beside(page, i, page.founds[i].rest) if page.founds[i].rest else {}
        if gives.get("agencies"):
            page.settle(i, Role.BYLINE, page.whys[i], gives)
            return


def _beside(page: Page, i: int, rest: str) -> dict[str, Any]:
    """The fields of the other words in line `i`: a credit, a section, or dropped text."""
    vocab = page.settings.vocab
    credit = byline.read_byline(rest, vocab)
    if credit:
        return credited(credit, page.texts[i])
    key = fold(rest)
    words = letters(key)
    if words in vocab.sections and len(words) == len(key):
        return {"section": rest}
    return {"dropped": ("other", rest)}


def _with_clock(page: Page, i: int, stamp: Timestamp) -> Timestamp:
    """The date of line `i` with the clock of another line."""
    k = _clock_of(page, i, stamp)
    if k is None:
        return stamp
    page.settle(k, Role.PUBLISHED, "the clock of the date", {})
    return join(stamp, page.founds[k], page.settings)


def _clock_of(page: Page, i: int, stamp: Timestamp) -> int | None:
    """The clock on a line beside the date of line `i`, or at the end of an agency's text."""
    clocks = [k for k in page.of_kind(Kind.CLOCK) if k not in page.entries and page.open[k]]
    if not clocks:
        return None
    numbers = page.numbers
    beside = [k for k in (i + 1, i - 1, i + 2) if k in clocks]
    usual = min((b - a for a, b in pairwise(numbers)), default=1)  # 2 where every line has a blank one below it
    beside = [k for k in beside if numbers[k] - numbers[i] == usual * (k - i) or page.founds[k].label == "updated"]
    if i and (page.roles[i - 1] is Role.HEADLINE or page.keys[i - 1] in page.settings.vocab.weekdays):
        beside += [k for k in (i - 2, i - 3) if k in clocks and page.kinds[k + 1 : i - 1] in ([], [Kind.SECTION])]
    if beside or not stamp.published:
        return next(iter(beside), None)
    count = len(page.kinds)
    marks = [k for k in page.of_kind(Kind.END) if k >= i]
    closing = range(marks[-1], min(marks[-1] + MAX_LINES_TO_END, count)) if marks else range(max(0, count - 2), count)
    return next((k for k in closing if k in clocks), None)
