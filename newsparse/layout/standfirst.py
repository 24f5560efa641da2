"""The standfirst: candidates for the slot and their features.

Knows the lines between headline and body, the body's first line, and their lengths and signs. What the features weigh
is known by `newsparse.layout.slots`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsparse.layout.page import HEADER_KINDS, Page, long_words, share_of_words
from newsparse.layout.slots import Feature, Header, Slot, binned
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
)
RATIOS = ((0.35, "up to a third of"), (0.5, "up to half of"), (0.8, "shorter than"), (1.2, "as long as"))
AROUND = {
    "the caption": {Kind.CAPTION},
    "the furniture": {Kind.FURNITURE, Kind.FURNITURE_HEAD, Kind.BOXED},
    "a short line": {Kind.SHORT},
}


def standfirst_candidates(header: Header) -> list[int]:
    """The sentences and long phrases between headline and body, and the body's first line if no dateline opens it."""
    page, headline = header.page, header.headline
    if headline is None:
        return []
    start, end, _ = page.stretch
    taken = {header.published, header.updated, *header.bylines}
    above = [i for i in range(headline + 1, start) if i not in taken and (page.prose[i] or _is_phrase(i, header))]
    opens = end - start > 1 and page.prose[start] and not page.dateline(start)
    first = [start] if opens else []
    return [i for i in above + first if not page.keys[i].startswith(page.keys[headline])]


def _is_phrase(i: int, header: Header) -> bool:
    """Whether a line without a full stop may be a standfirst: it is long, and not printed again, as captions and
    the titles of a table of contents are."""
    page, text = header.page, header.page.texts[i]
    if page.kinds[i] is not Kind.SHORT or len(text) < MIN_PHRASE_CHARS or text.count(" ") < MIN_PHRASE_SPACES:
        return False
    return header.again.counts[page.keys[i]] == 1 and page.keys[i] not in header.again.listed


def standfirst_features(i: int, header: Header, among: Sequence[int]) -> list[Feature]:
    """The features of line `i` among the candidates."""
    page, headline, text = header.page, header.headline or 0, header.page.texts[i]
    start = page.stretch.start
    where = "in the body" if i >= start else "above the body"
    found: list[Feature] = [
        (where, 1),
        (f"{where}: {binned(len(text), LENGTHS_OF_LEADS, 'over 400 characters')[0]}", 1),
        (f"{where}: its words stand below", _said_below(i, page)),
        ("its words stand in the headline", share_of_words(long_words(page.keys[headline]), f" {page.keys[i]} ")),
    ]
    if len(among) > 1:
        found.append(("the first of several" if i == among[0] else "not the first of several", 1))
    lengths = [len(page.texts[k]) for k in range(max(i + 1, start), page.stretch.end) if page.prose[k]]
    if i >= start:
        other, name = lengths[:1], "next"
        found += _features_in_body(i, page)
    else:
        other, name = sorted(lengths)[len(lengths) // 2 :][:1], "usual"
        end = "a full stop" if text[-1] in FULL_STOPS else "a colon" if text[-1] in COLONS else "no sign"
        end = "a question" if end == "no sign" and text[-1] in SENTENCE_ENDS else end
        found.append((f"above the body: ends in {end}", 1))
    if other:
        ratio, _ = binned(len(text) / other[0], RATIOS, "longer than")
        found.append((f"{where}: {ratio} the {name} paragraph", 1))
    if header.again.counts.get(page.keys[i], 0) > 1 and page.keys[i] not in page.keys[i + 1 : i + 3]:
        found.append(("stands above too", 1))
    return [*found, *_features_of_lines_around(i, header, where)]


def _features_in_body(i: int, page: Page) -> Iterator[Feature]:
    """The features of the body's first line."""
    if len(page.texts[i]) <= MAX_SETTING_CHARS and page.begins_with_frequent(i):
        yield "in the body: short, begins with a word such as «in»", 1
    if page.keys[i] in page.keys[i + 1 : i + 3]:
        yield "in the body: printed twice", 1
    if _gap(page, i + 1) > _gap(page, i + 2):
        yield "in the body: a wider gap below", 1
    if page.kinds[i + 1] is Kind.SHORT and len(page.texts[i + 1]) > MAX_SUBHEAD_CHARS:
        yield "in the body: above a long phrase", 1


def _features_of_lines_around(i: int, header: Header, where: str) -> Iterator[Feature]:
    """The features of what stands between headline, line and body. Times and credits may stand anywhere there."""
    page, headline, start = header.page, header.headline or 0, header.page.stretch.start
    if i - 1 > headline and page.keys[i - 1] == page.keys[headline]:
        return  # right below the headline, printed again
    passed = {page.kinds[k] for k in range(headline + 1, i) if page.keys[k] != page.keys[headline]}
    if i < start and passed <= HEADER_KINDS:
        yield "above the body: right below headline and header", 1
    for name, kinds in AROUND.items():
        if not kinds.isdisjoint(page.kinds[i + 1 : max(start, i + 2)]):
            yield f"{where}: above {name}", 1


def _said_below(i: int, page: Page) -> float:
    """The share of the line's words that the body has below it."""
    key = fold(page.texts[i])
    below = page.folded_body[len(key) :] if i >= page.stretch.start else page.folded_body
    return share_of_words(long_words(key), below)


def _gap(page: Page, i: int) -> int:
    """The number of blank lines above line `i`."""
    return page.numbers[i] - page.numbers[i - 1] - 1 if 0 < i < len(page.numbers) else 0


STANDFIRST_SLOT = Slot("standfirst", standfirst_candidates, standfirst_features)
