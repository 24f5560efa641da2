"""The timestamps of the article: publication and update, and the other fields of their lines.

Knows the kinds of lines, the headline and the body. Times are read in `newsparse.times.timestamp`, and bylines beside
them in `newsparse.names.byline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any

from newsparse.layout.assemble import credited
from newsparse.layout.page import Page
from newsparse.layout.slots import Features, Slot, binned
from newsparse.lines.rules import MASTHEAD
from newsparse.names import byline
from newsparse.record import Kind, Role
from newsparse.text import fold, letters
from newsparse.times.beside import is_unlisted_outlet
from newsparse.times.timestamp import DAY_CHARS, MAX_TWIN_GAP, Timestamp, join, with_label

MAX_NEAR_LINES = 3  # between a time and the headline below it, or the body above it
MIN_DAYS_OF_OTHERS = 3  # above the headline, in a list of other stories
DISTANCES_OF_TIMES = (
    (1, "right below the headline"),
    (2, "2 lines below the headline"),
    (inf, "3 lines or more below the headline"),
)
MAX_LINES_TO_MASTHEAD = 2  # below the page's clock
MAX_LINES_TO_END = 3  # lines from the mark of the end in which its clock stands
GIVEN = {Role.PUBLISHED: ("published", "updated", "warnings"), Role.UPDATED: ("updated", "warnings")}
LABEL_KINDS = frozenset({Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.SECTION})  # what the label of a time looks like


def label_times(page: Page) -> None:
    """Label the times below a line that is only a label («آخر تحديث», "Published")."""
    labels = page.settings.vocab.stamp_labels
    for i in page.places[Kind.STAMP]:
        above = i - 1
        while above > 0 and page.kinds[above] is Kind.FURNITURE and len(page.keys[above]) == 1:  # its ":" alone
            above -= 1
        if i and page.kinds[above] in LABEL_KINDS and (label := labels.get(letters(page.keys[above]))):
            page.founds[i] = with_label(page.founds[i], label)


def published_candidates(page: Page) -> list[int]:
    """The times of publication above the body, or else those right below it.

    Times without a label that may be the page's clock are left out. If none of the others could be read, they are the
    candidates all the same, so that the record gets their warnings.
    """
    founds, headline = page.founds, page.headline
    near = [i for i in _stamps(page) if founds[i].label or not _may_be_clock(page, i, headline)]
    if headline is not None and near and near[0] < headline:
        others = _of_other_days(page, near, headline)
        near = [i for i in near if i not in others]
    return [i for i in near if founds[i].published] or [i for i in near if not founds[i].updated]


def _may_be_clock(page: Page, i: int, headline: int | None) -> bool:
    """Whether a time may be the page's clock: at a masthead, above the name of who leads the paper, far above the
    headline, above the site's ticker («آخر الأخبار»), or below the site's name."""
    if MASTHEAD in page.founds[i + 1 : i + 1 + MAX_LINES_TO_MASTHEAD]:
        return True
    if headline is not None and i > headline:
        return False
    below = page.keys[i + 1 : i + 1 + MAX_LINES_TO_MASTHEAD]
    if any(byline.label(key.partition(":")[0], page.settings.vocab) == "office" for key in below):
        return True
    if headline is None:
        return False
    if Kind.FURNITURE_HEAD in page.kinds[i + 1 : headline]:
        return True
    timed = len(page.founds[i].published or "") > DAY_CHARS  # a day alone may be the date of a blog's article
    if timed and i and page.kinds[i - 1] is Kind.SHORT and is_unlisted_outlet(page.texts[i - 1], page.settings.vocab):
        return True
    return _lines_between(page, i, headline) >= MAX_NEAR_LINES


def _of_other_days(page: Page, times: Sequence[int], headline: int) -> list[int]:
    """The times above the headline that are not of the article's day: of other stories, if they are of three days or
    more, or of today, if only earlier days stand below the headline."""
    days = {i: _day(found.published) for i in times if (found := page.founds[i]).published}
    above = [i for i in days if i < headline and not page.founds[i].label]
    below = max([days[i] for i in days if i > headline], default=date.max)
    are_many = len({days[i] for i in above}) >= MIN_DAYS_OF_OTHERS
    return [i for i in above if are_many or days[i] - below > MAX_TWIN_GAP]


def _stamps(page: Page) -> list[int]:
    """The timestamps above the body, or else those right below it or below the mark of its end."""
    start, end, _ = page.stretch
    every = page.places[Kind.STAMP]
    above = [i for i in every if i < start]
    if above or not every:
        return above
    is_signed = page.kinds[end : end + 1] == [Kind.END]
    box = next((i for i in page.places[Kind.FURNITURE_HEAD] if i >= end), len(page))
    below = [i for i in every if end <= i < end + MAX_NEAR_LINES and (i < box or page.founds[i].label)]
    return [i for i in below if is_signed or i <= end + 1 or page.founds[i].label]


def published_features(i: int, page: Page, among: Sequence[int]) -> Features:
    """The features of a timestamp as the time of publication. Its place is one, unless it is above the headline."""
    found = page.founds[i]
    suffix = "" if found.label else ", without a label"
    features: Features = {f"labelled as {found.label}" if found.label else "without a label": True}
    if i >= page.stretch.start:
        features["below the body" + suffix] = True
    elif page.headline is not None and i > page.headline:
        features[binned(i - page.headline, DISTANCES_OF_TIMES) + suffix] = True
        features["the first below the headline"] = i == min([k for k in among if k > page.headline])
    features["words beside it that no list has"] = found.has_unknown
    if found.published is None:
        return features
    others = [other for k in among if k != i and (other := page.founds[k]).published]
    is_day = len(found.published) == DAY_CHARS
    apart = [abs(_day(o.published) - _day(found.published)) for o in others if found.is_hijri and not o.is_hijri]
    return features | {
        "has a clock": not is_day and not found.has_unknown,
        "another line has the Gregorian date": any(gap <= MAX_TWIN_GAP for gap in apart),
        "another line has the clock too": is_day and any(o.published.startswith(f"{found.published}T") for o in others),
    }


def updated_candidates(page: Page) -> list[int]:
    """The times of updates above the body, or near below it."""
    end = page.stretch.end
    updates = [i for i in page.places[Kind.STAMP] if page.founds[i].updated and i != page.published]
    if not updates:
        return []
    near = set(_stamps(page))
    return [i for i in updates if i in near] or [
        i for i in updates if end <= i < end + 2 * MAX_NEAR_LINES and not page.founds[i].published
    ]


def updated_features(i: int, page: Page, among: Sequence[int]) -> Features:
    """All are alike, so the first fills the slot."""
    return {"a time of an update": True}


def _day(time: str) -> date:
    return date.fromisoformat(time[:DAY_CHARS])


def _lines_between(page: Page, i: int, place: int) -> int:
    """The number of lines between time `i` and the headline, line `place`, below it.

    Not counted are lines with a number («کد خبر: 1234», «0 comments»), signs, and buttons below a time with a clock.
    """
    if place - i > 2 * MAX_NEAR_LINES + 1:
        return place - i
    timed = len(page.founds[i].published or "") > DAY_CHARS  # so it is not the date of a masthead
    between = [k for k in range(i + 1, place) if not (timed and page.kinds[k] is Kind.FURNITURE)]
    return sum(not any(map(str.isdigit, page.texts[k])) and len(page.keys[k]) > 3 for k in between)


PUBLISHED_SLOT = Slot("published", published_candidates, published_features)
UPDATED_SLOT = Slot("updated", updated_candidates, updated_features)


# What the lines give ----------------------------------------------------------------------------------------------


def settle_timestamps(page: Page, i: int, role: Role) -> None:
    """Settle the line of a time, with the words beside the time, and the clock of a day that is on another line."""
    stamp: Timestamp = page.founds[i]
    time = stamp.published or stamp.updated or ""
    if len(time) == DAY_CHARS and (k := _clock_of(page, i, stamp)) is not None:
        page.settle(k, Role.PUBLISHED, "the clock of the date", {})
        stamp = join(stamp, page.founds[k], page.settings)
    gives = {name: getattr(stamp, name) for name in GIVEN[role]}
    if stamp.rest:
        gives |= _beside(page, i, stamp.rest)
    page.settle(i, role if time else Role.TIMESTAMP, stamp.why, gives)


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


def _clock_of(page: Page, i: int, stamp: Timestamp) -> int | None:
    """The clock on a line beside the date of line `i`, or at the end of an agency's text."""
    clocks = [k for k in page.places[Kind.CLOCK] if k not in page.entries and page.roles[k] is Role.OTHER]
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
    marks = [k for k in page.places[Kind.END] if k >= i]
    closing = range(marks[-1], min(marks[-1] + MAX_LINES_TO_END, count)) if marks else range(max(0, count - 2), count)
    return next((k for k in closing if k in clocks), None)
