"""The standfirst: candidates for the slot and their features.

Knows the lines between headline and body, the body's first line, and their lengths and signs. What the features weigh
is known by `newsparse.layout.slots`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from math import inf

from newsparse.layout.page import HEADER_KINDS, Page, long_words, share_of_words
from newsparse.layout.slots import Features, Slot, binned
from newsparse.record import Kind
from newsparse.signs import COLONS, FULL_STOPS, SENTENCE_ENDS
from newsparse.text import fold

MAX_SUBHEAD_CHARS = 60  # of a line without a full stop below the first paragraph; a longer one is a caption
MAX_SETTING_CHARS = 100  # of the body's first line that tells only where or when: «in a speech to …»
MIN_PHRASE_CHARS, MIN_PHRASE_SPACES = 30, 4  # of a standfirst that no full stop ends
LENGTHS_OF_LEADS = (
    (60, "up to 60 characters"),
    (100, "61 to 100 characters"),
    (160, "101 to 160 characters"),
    (250, "161 to 250 characters"),
    (400, "251 to 400 characters"),
    (inf, "over 400 characters"),
)
RATIOS = (
    (0.35, "up to a third of"),
    (0.5, "up to half of"),
    (0.8, "shorter than"),
    (1.2, "as long as"),
    (inf, "longer than"),
)
FURNITURE = frozenset({Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.BOXED})


def standfirst_candidates(page: Page) -> list[int]:
    """The sentences and long phrases between headline and body, and the body's first line if no dateline opens it."""
    headline, (start, end, _) = page.headline, page.stretch
    if headline is None:
        return []
    taken = {page.published, page.updated, *page.bylines}
    found = [i for i in range(headline + 1, start) if i not in taken and (page.prose[i] or _is_phrase(i, page))]
    if end - start > 1 and page.prose[start] and not page.dateline(start):
        found.append(start)
    return [i for i in found if not page.keys[i].startswith(page.keys[headline])]


def _is_phrase(i: int, page: Page) -> bool:
    """Whether a line without a full stop may be a standfirst: it is long, and not printed again, as captions and
    the titles of a table of contents are."""
    text, key = page.texts[i], page.keys[i]
    if page.kinds[i] is not Kind.SHORT or len(text) < MIN_PHRASE_CHARS or text.count(" ") < MIN_PHRASE_SPACES:
        return False
    return page.again.counts[key] == 1 and key not in page.again.listed


def standfirst_features(i: int, page: Page, among: Sequence[int]) -> Features:
    """The features of line `i` among the candidates: what it says, how it ends, and what stands around it."""
    text, key, headline, (start, end, _) = page.texts[i], page.keys[i], page.headline or 0, page.stretch
    first = max(i + 1, start)
    lengths = map(len, compress(page.texts[first:end], page.prose[first:end]))  # of the paragraphs below
    below = page.kinds[i + 1 : max(start, i + 2)]
    folded, said_below = fold(text), page.folded_body
    if i >= start:
        where, other, name = "in the body", next(lengths, 0), "next"
        said_below = said_below[len(folded) :]
    else:
        sizes = sorted(lengths)
        where, other, name = "above the body", sizes[len(sizes) // 2] if sizes else 0, "usual"
    ratio = f"{where}: {binned(len(text) / other, RATIOS)} the {name} paragraph" if other else ""
    features: Features = {
        where: True,
        f"{where}: {binned(len(text), LENGTHS_OF_LEADS)}": True,
        f"{where}: its words stand below": share_of_words(long_words(folded), said_below),
        "its words stand in the headline": share_of_words(long_words(page.keys[headline]), f" {key} "),
        "the first of several": len(among) > 1 and i == among[0],
        "not the first of several": i != among[0],
    }
    if i >= start:
        features |= {
            "in the body: short, begins with a word such as «in»": len(text) <= MAX_SETTING_CHARS
            and page.begins_with_frequent(i),
            "in the body: printed twice": key in page.keys[i + 1 : i + 3],
            "in the body: a wider gap below": page.gap(i + 1) > page.gap(i + 2),
            "in the body: above a long phrase": page.kinds[i + 1] is Kind.SHORT
            and len(page.texts[i + 1]) > MAX_SUBHEAD_CHARS,
        }
    else:
        sign = "a full stop" if text[-1] in FULL_STOPS else "a colon" if text[-1] in COLONS else "no sign"
        sign = "a question" if sign == "no sign" and text[-1] in SENTENCE_ENDS else sign
        features[f"above the body: ends in {sign}"] = True
    features |= {
        ratio: bool(ratio),
        "stands above too": page.again.counts.get(key, 0) > 1 and key not in page.keys[i + 1 : i + 3],
    }
    if i - 1 > headline and page.keys[i - 1] == page.keys[headline]:
        return features  # right below the headline, printed again
    passed = {page.kinds[k] for k in range(headline + 1, i) if page.keys[k] != page.keys[headline]}
    return features | {
        "above the body: right below headline and header": i < start and passed <= HEADER_KINDS,
        f"{where}: above the caption": Kind.CAPTION in below,
        f"{where}: above the furniture": not FURNITURE.isdisjoint(below),
        f"{where}: above a short line": Kind.SHORT in below,
    }


STANDFIRST_SLOT = Slot("standfirst", standfirst_candidates, standfirst_features)
