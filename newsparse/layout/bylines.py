"""The lines that credit somebody: candidates for the slot `bylines` and their features.

Knows what a line credits and the lines around it: headline, timestamp, body, other credits. Which words credit somebody
is known by `newsparse.names.byline`; what the features weigh, by `newsparse.layout.slots`.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.layout.page import Page
from newsparse.layout.slots import Features, Slot
from newsparse.names import byline
from newsparse.names.lexicon import is_arabic
from newsparse.record import Kind

MAX_LINES_ABOVE_HEADER = 2  # above headline and timestamp, where a byline may stand
MAX_LINES_BELOW_BODY = 3
MAX_LINES_BELOW_HEADLINE = 6
MAX_ENTRY_CHARS = 29  # of a line that makes a list of names with the one above
MAX_REPEATED_BYLINE_CHARS = 40  # at the beginning of the text, in which a byline may be printed again
CREDIT_KINDS = frozenset({Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.SHORT})


def byline_candidates(page: Page) -> list[int]:
    """The lines with credits or possible names near headline and timestamp, and the one that signs the body."""
    settled = {page.headline, page.published}
    top = min([i for i in settled if i is not None], default=0) - MAX_LINES_ABOVE_HEADER
    near = [i for kind in (Kind.BYLINE, Kind.NAME) for i in page.places[kind] if top <= i < page.stretch.start]
    return sorted({*_without_strays(near, page), *_signature(page)} - settled)


def _without_strays(near: Sequence[int], page: Page) -> Sequence[int]:
    """The lines without those that credit nobody.

    These are names in the masthead, names printed twice in a row, places where no line credits somebody, as below
    pictures, and of a place in two alphabets the line in another alphabet than the headline's.
    """
    keys, headline = page.keys, page.headline
    near = [i for i in near if not _is_of_masthead(i, page)]
    once = [i for i in near if page.kinds[i] is Kind.BYLINE or keys[i] not in keys[i - 1 : i] + keys[i + 1 : i + 2]]
    places = [i for i in once if page.founds[i].location == page.texts[i]]
    if len(places) == len(once):
        return [] if headline is not None else once
    if not places:
        return once
    script = is_arabic(page.texts[headline]) if headline is not None else None
    twins = [i for i in places if is_arabic(page.texts[i]) != script]
    return [i for i in once if i not in twins] if len(twins) < len(places) else once


def _is_of_masthead(i: int, page: Page) -> bool:
    """Whether the line names who leads the paper: «رئيس التحرير» stands above it, and it is not below the headline."""
    is_above = page.headline is None or i < page.headline
    return i > 0 and is_above and byline.label(page.keys[i - 1], page.settings.vocab) == "office"


def _signature(page: Page) -> list[int]:
    """The credit right below the body, or below a time there; at most one line.

    A name without a credit word must not be one of a list of names.
    """
    kinds, end = page.kinds, page.stretch.end
    for i in range(end, min(end + MAX_LINES_BELOW_BODY, len(kinds))):
        if kinds[i] is Kind.BYLINE:
            return [i]
        if kinds[i] is Kind.NAME:
            below = i + 1 < len(kinds) and kinds[i + 1] in CREDIT_KINDS and len(page.texts[i + 1]) <= MAX_ENTRY_CHARS
            return [] if below and not page.founds[i].role else [i]
        is_label = byline.label(page.keys[i], page.settings.vocab) in ("author", "source")  # «المصدر:» on its own
        if kinds[i] not in (Kind.STAMP, Kind.CLOCK) and any(map(str.isalnum, page.texts[i])) and not is_label:
            break
    return []


def byline_features(i: int, page: Page, among: Sequence[int]) -> Features:
    """The features of line `i` among all lines that may credit somebody."""
    credit, what = page.founds[i], _what(page, i)
    others = [k for k in among if k != i and k < page.stretch.start]
    features: Features = {what: True}
    features |= {f"{what}, {where}": True for where in _places(i, page)}
    features |= {
        "has a word such as «by»": bool(credit.role),
        "has agency and place": bool(credit.agencies and credit.location),
        "has person and place": bool(credit.authors and credit.location),
        "an agency alone": len(credit.agencies) == 1 and not (credit.authors or credit.location),
        "a place alone": credit.location == page.texts[i],
        f"{what}, and no other line credits somebody": not others,
    }
    below = ", below the body" if i >= page.stretch.end else ""
    for k in others:
        other, sure = page.founds[k], "credits" if page.kinds[k] is Kind.BYLINE else "may credit"
        named = {"a person": other.authors, "an agency": other.agencies}
        features |= {f"another line {sure} {whom}{below}": True for whom, names in named.items() if names}
        if other.authors and credit.agencies and not credit.authors:
            features["an agency, where another line has a person"] = True
    key = page.keys[i]
    if " " in key and page.kinds[i] is Kind.NAME:  # perhaps of a person in the article, below a picture
        is_other_sure = any(page.kinds[k] is Kind.BYLINE and page.founds[k].authors for k in others)
        repeated = 0 if is_other_sure else MAX_REPEATED_BYLINE_CHARS
        features["in the headline"] = page.headline is not None and key in page.keys[page.headline]
        features["the text tells of the name"] = page.opening.find(key) > repeated
    return features


def _what(page: Page, i: int) -> str:
    """The name of the feature that says what the line credits, by its words alone."""
    credit = page.founds[i]
    if page.kinds[i] is Kind.BYLINE:
        return "a credit" if credit.agencies or credit.authors else "a credit of a place"
    if credit.agencies:
        return "an outlet's name"
    if credit.authors:
        return "a listed name" if credit.known else "a name" if not credit.is_doubtful() else "two or three words"
    return "a place"


def _places(i: int, page: Page) -> list[str]:
    """Where the line stands; several may be true."""
    start, headline, published = page.stretch.start, page.headline, page.published
    found = ["in brackets"] if page.texts[i][0] == "(" else []
    if i and (role := byline.label(page.keys[i - 1], page.settings.vocab)):
        found.append("below the label of an office" if role == "office" else "below a label")
    if published in (i - 1, i + 1):
        found.append("beside the time")
    elif Kind.STAMP in page.kinds[max(0, i - 1) : i + 2]:
        found.append("beside another time")
    if i >= start:
        return [*found, "below the body"]
    if headline is None:
        found.append("no headline")
    elif i < headline:
        found.append("right above the headline" if i + 1 == headline else "above the headline")
    elif i - 1 == headline or page.keys[i - 1] == page.keys[headline]:
        found.append("right below the headline")
    else:
        found.append("below the headline" if i - headline <= MAX_LINES_BELOW_HEADLINE else "far below the headline")
    if i + 1 == start:
        found.append("right above the body")
    if Kind.BYLINE in (page.kinds[i - 1] if i else None, page.kinds[i + 1] if i + 1 < start else None):
        found.append("beside a credit")
    return found


BYLINES_SLOT = Slot("bylines", byline_candidates, byline_features, is_many=True)
