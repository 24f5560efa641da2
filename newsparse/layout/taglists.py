"""The tags: candidates for the slot, their features, and the tags that a line holds.

Knows hashtags, labels, lists of short lines near the end of the text, and which of their words the article has. What
the features weigh is known by `newsparse.layout.slots`, the signs inside a line by `newsparse.lines.tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from newsparse.layout.page import Page, opens_box
from newsparse.layout.slots import Features, Slot, binned
from newsparse.lines import tags
from newsparse.lines.rules import AUTHOR_OF_POST
from newsparse.record import Kind
from newsparse.signs import BULLETS, SENTENCE_ENDS
from newsparse.text import fold, letters

MAX_TAG_SPACES = 5
MAX_LIST_LINES = 25  # of a usual list
MIN_SHARE_OF_SINGLE = 0.7  # of the words of a tag stand in the text; with fewer it may be several, run together
MAX_LINES_TO_TAGS = 8  # lines below the body, of buttons above a list
ITEM_SIGNS = "#" + BULLETS  # before each item of a list
KINDS_OF_TAGS = frozenset({Kind.SHORT, Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.CAPTION})
LENGTHS_OF_TAGS = ((1, "1 or 2 words"), (3, "3 or 4 words"), (inf, "5 words or more"))
WITH_LABEL, NO_LABEL, ABOVE_BLURB = "labelled", "no label", "above the blurb of a topic"


class TagList(NamedTuple):
    """Lines that may be tags together.

    how: the evidence for them, which is a feature too. lines: their indexes. share: the share of their words that the
    article has. cut: the number of characters before the tags on the line, if a label is there.
    """

    how: str
    lines: Sequence[int]
    share: float
    cut: int = 0


def tag_candidates(page: Page) -> Mapping[int, TagList]:
    """Lines below or behind a label, and short lines near the end of the text, each with its list."""
    found: dict[int, TagList] = {}
    buttons = page.settings.vocab.furniture
    for i in page.places[Kind.TAGS]:
        if page.texts[i][0] in tags.HASH_SIGNS:
            continue  # they are tags, whatever else stands there
        if not (all(letters(fold(tag)) in buttons for tag in page.founds[i]) or is_post(page, i)):
            found[i] = TagList(WITH_LABEL, [i], 1.0)
    for how, lines in _lists(page):
        share = page.share_of_text(" ".join([page.keys[i] for i in lines[:MAX_LIST_LINES]]))
        for i in lines:
            if cut := tags.label_before(page.texts[i], page.keys[i], page.settings.vocab.tag_labels):
                found[i] = TagList("behind a label without a colon", [i], share, cut)
            else:
                found.setdefault(i, TagList(how, lines, share))
    return found


def is_post(page: Page, i: int) -> bool:
    """Whether the line is somebody's post: its author is named below it."""
    return page.whys[i + 1 : i + 2] == [AUTHOR_OF_POST]


def _lists(page: Page) -> Iterator[tuple[str, list[int]]]:
    """The runs of short lines below labels, at the end of the body, and below it, each with what tells it."""
    labels = page.settings.vocab.tag_labels
    start, end, _ = page.stretch
    count = len(page)
    for i in page.places[Kind.TAG_LABEL]:
        if i >= end or (page.headline is not None and page.headline < i < start):
            below = range(i + 1, count if i >= end else start)
            skipped = [k for k in below[:1] if page.kinds[k] is Kind.FURNITURE]
            yield WITH_LABEL, _run(page, below[len(skipped) :], is_labelled=True)
    runs, i = list[list[int]](), page.prose.rfind(1, start, end) + 1
    if not KINDS_OF_TAGS.isdisjoint(page.kinds[i:]):
        while i < min(count, end + MAX_LINES_TO_TAGS):
            runs.append(_run(page, range(i, count)))
            i += len(runs[-1]) or 1
        runs.append(_run(page, range(count - 1, i - 1, -1))[::-1])
    for lines in filter(None, runs):
        first = lines[0]
        if first < end > lines[-1] + 1:
            continue  # inside the body
        if page.kinds[first - 1] is Kind.FURNITURE and labels.get(letters(page.keys[first - 1])):
            yield WITH_LABEL, lines  # elsewhere it is a menu's
        elif page.texts[first - 1][-1] != ":":
            yield NO_LABEL, lines
        elif first > end:
            yield "below a colon", lines
    above_last = _run(page, range(end - 2, start, -1))[::-1]
    if above_last and page.prose[end - 1] and _is_above_blurb(page, above_last[0], above_last[-1]):
        yield ABOVE_BLURB, above_last


def _is_above_blurb(page: Page, first: int, last: int) -> bool:
    """Whether the gap below the lines, above the last line of the body, is wider than those between paragraphs."""
    paragraphs = [i for i in range(page.stretch.start, first - 1) if page.prose[i] and page.prose[i + 1]]
    usual = max([page.gap(i + 1) for i in paragraphs], default=0)
    return bool(page.prose[first - 1]) and page.gap(last + 1) > usual and page.gap(first) > 0


def _run(page: Page, places: Iterable[int], is_labelled: bool = False) -> list[int]:
    """The lines at the beginning of `places` that may be tags and begin with the same sign."""
    lines = list[int]()
    mark = None
    for i in places:
        text = page.texts[i]
        sign = text[0] if text[0] in ITEM_SIGNS else ""
        if mark not in (None, sign) or page.kinds[i] not in KINDS_OF_TAGS or i in page.taken or opens_box(page, i):
            break
        if not is_labelled and page.keys[i] in page.again.counts:
            break  # of a menu
        if text[-1] in SENTENCE_ENDS + ":" or not (_is_short(page, i) or (is_labelled and not lines)):
            break
        mark = sign
        lines.append(i)
    return lines


def _is_short(page: Page, i: int) -> bool:
    """Whether each tag on the line has few words. Behind a label there may be several without a sign between."""
    text, labels = page.texts[i], page.settings.vocab.tag_labels
    spaces = max([tag.count(" ") for tag in tags.of_list(text)], default=0)
    return spaces <= MAX_TAG_SPACES or tags.label_before(text, page.keys[i], labels) > 0


def tag_features(i: int, page: Page, lists: Mapping[int, TagList]) -> Features:
    """The features of line `i` and its list."""
    how, lines, share, cut = lists[i]
    first, last, end, kind = lines[0], lines[-1], page.stretch.end, page.kinds[i]
    is_labelled = how == WITH_LABEL
    side = WITH_LABEL if is_labelled else NO_LABEL
    held = held_tags(i, page, lists)
    own = page.share_of_text(fold(" ".join(held)))
    spaces = max([tag.count(" ") for tag in held], default=0)
    length = "3 words or more" if is_labelled and spaces > 1 else binned(spaces, LENGTHS_OF_TAGS)
    features: Features = {
        how: True,
        side: True,
        f"{side}: {length}": True,
        f"{side}: {length}, which stand in the text": own,
        f"{side}: the words of the list stand in the text": share if len(lines) > 1 else own,
        f"{side}: {kind.value}": kind in (Kind.BYLINE, Kind.SECTION, Kind.CAPTION),
        f"{side}: a long list": len(lines) > MAX_LIST_LINES,
    }
    if is_labelled:
        return features
    frequent = page.settings.vocab.frequent_words
    count = "one tag" if len(lines) == len(held) == 1 else "several tags"
    is_apart = first > 1 and page.gap(first) > page.gap(first - 1)
    return features | {
        "no label: a word such as «in»": not frequent.keys().isdisjoint(page.keys[i].split()),
        "two tags on the line": len(held) == 2 and not cut,
        "several tags on the line": len(held) > 2 and not cut,
        "right below the body": {*page.kinds[end:first]} <= {Kind.FURNITURE},
        "closes the text": last == len(page) - 1,
        f"{count} {'below a gap' if is_apart else 'without a gap above'}": True,
    }


def held_tags(i: int, page: Page, lists: Mapping[int, TagList]) -> tuple[str, ...]:
    """The tags of a candidate; empty for the title of another story below a label.

    A single long one with a label may be several, with nothing between.
    """
    how, lines, _, cut = lists[i]
    text = page.texts[i][cut:]
    found = page.founds[i] if page.kinds[i] is Kind.TAGS else tags.of_list(text)
    if cut and page.texts[i][cut - 1] != " ":  # a label that was run together with its tags
        return tags.unglued(text, page.words)
    parts = tuple(part for tag in found for part in _unglued(tag, page))
    if len(lines) > 1 or len(found) > 1 or not (cut or how == WITH_LABEL):
        return parts
    phrases = tags.phrases(text if cut else found[0], page.folded_text)
    if any(fold(phrase) in page.settings.vocab.frequent_words for phrase in phrases):
        return parts if page.kinds[i] is Kind.TAGS else ()
    return parts if len(parts) > 1 else phrases


def _unglued(tag: str, page: Page) -> tuple[str, ...]:
    """The parts of a tag that is several run together: it is long, or has words that the text does not have."""
    is_list = tags.may_be_glued(tag)
    if len(tag) > tags.MAX_GLUED_CHARS or (not is_list and page.share_of_text(fold(tag)) >= MIN_SHARE_OF_SINGLE):
        return (tag,)
    return tags.unglued(tag, page.words, is_list)


TAGS_SLOT = Slot("tags", tag_candidates, tag_features, is_many=True)
