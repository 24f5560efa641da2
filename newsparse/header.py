"""What stands above the body: headline, standfirst, times, byline, rubric; each a slot that its best line takes.

Knows the lines' kinds and where the body is. A slot's candidates are judged by named terms, one sentence a term; the
best candidate takes it, and below zero it stays empty. Does not decide about the body's own lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsparse.article import Kind, Line
from newsparse.body import PROSE, Stretch
from newsparse.lines import PROSE_ENDS, SENTENCE_ENDS, Steps
from newsparse.text import fold
from newsparse.vocab import Vocab

SUFFIX_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
LONGEST_HEADLINE = 220
MOST_LINES = 600  # above the body, in which a headline is looked for
LEAST_SCORE = 0.0
MOST_FOR_WORDS = 4.0  # the weight of a headline whose words all open the body too
UNDER_HEADLINE = frozenset({Kind.STAMP, Kind.BYLINE, Kind.CLOCK, Kind.NAME})
REPEATED_AT_ONCE = 2.0  # the weight of a repetition that may be a caption's
LONGEST_KICKER = 40  # characters
LONGEST_RUBRIC = 20  # characters
BULLETS = "•·*▪■□◦"  # before the entries of a menu
NEAR = 3  # lines
AROUND = 8  # lines above the body in which another headline would stand
BYLINES = frozenset({Kind.BYLINE, Kind.NAME})
NAMES = frozenset({Kind.NAME, Kind.BYLINE, Kind.SECTION, Kind.SHORT})


class Slots(NamedTuple):
    """The index of the line in each slot, or None; `why` tells the headline's reasons."""

    headline: int | None
    why: str
    published: int | None
    updated: int | None
    bylines: tuple[int, ...]
    standfirst: int | None
    section: int | None
    again: Again


class Term(NamedTuple):
    """One reason for or against a candidate."""

    weight: float
    why: str


def read(lines: Sequence[Line], stretch: Stretch, vocab: Vocab) -> Slots:
    """Which line of ``lines[:stretch.start]`` fills which slot."""
    again = Again.of(lines[: stretch.start])
    headline, why = find_headline(lines, stretch, again)
    published, updated = find_times(lines, stretch, headline)
    bylines = find_bylines(lines, stretch, headline, published, vocab)
    taken = {headline, published, updated, *bylines}
    standfirst = find_standfirst(lines, stretch, headline, taken, again)
    section = find_section(lines, headline, published)
    return Slots(headline, why, published, updated, bylines, standfirst, section, again)


# The headline -----------------------------------------------------------------------------------------------------


def cut_off(lines: Sequence[Line], stretch: Stretch) -> Stretch:
    """The body without its first line where that is the headline: no other stands above it, and it is no sentence."""
    start, end, page = stretch
    if end - start < 2 or len(lines[start].text) > LONGEST_HEADLINE:
        return stretch
    above = lines[max(0, start - AROUND) : start]
    if any(line.kind in BYLINES or (is_headline_like(line) and line.text.count(" ") > 2) for line in above):
        return stretch
    first, second = lines[start], lines[start + 1]
    ends = first.text[-1] in SENTENCE_ENDS and first.text[-1] not in "!؟?…"
    if ends or first.text.endswith(("،", ",", ":")):
        return stretch
    apart = second.number - first.number > 1
    longer = any(len(line.text) > 1.5 * len(first.text) for line in lines[start + 1 : start + 3])
    if apart or longer or second.kind not in PROSE:
        following = range(start + 1, end)
        below = next((i for i in following if lines[i].kind in PROSE or lines[i].kind is Kind.SHORT), start + 1)
        return Stretch(below, end, page)
    return stretch


def find_headline(lines: Sequence[Line], stretch: Stretch, again: Again) -> tuple[int | None, str]:
    """The index of the headline and the reasons for it."""
    first: dict[str, int] = {}
    for i in range(max(0, stretch.start - MOST_LINES), stretch.start):
        if is_headline_like(lines[i]):
            first.setdefault(lines[i].key, i)
    if not first:
        return None, ""
    judged = []
    for i in first.values():
        terms = [*headline_terms(i, lines, again, stretch)]
        judged.append((sum(term.weight for term in terms), -i, terms))
    judged.sort(reverse=True, key=lambda one: one[:2])
    if len(judged) > 1 and judged[1][0] > judged[0][0] - MOST_FOR_WORDS:
        judged = _with_words_of_body(judged, lines, stretch)
    score, i, terms = judged[0]
    if score < LEAST_SCORE:
        return None, ""
    return -i, ", ".join(term.why for term in terms if term.weight > 0)


class Again(NamedTuple):
    """What the header says more than once: how often each line, and the lines without the site's name behind them."""

    counts: Counter[str]
    cut: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Again:
        """The repetitions among `lines`."""
        keys = [line.key for line in lines]
        cut = {key[: key.rindex(sign)] for key in keys for sign in SUFFIX_SIGNS if sign in key}
        cut |= {key[: key.index(sign)] for key in keys for sign in SUFFIX_SIGNS if sign in key}
        return cls(Counter(keys), frozenset(cut))


Judged = tuple[float, int, list[Term]]


def _with_words_of_body(judged: list[Judged], lines: Sequence[Line], stretch: Stretch) -> list[Judged]:
    """The candidates again, by the share of their words that open the body too; asked only where it can decide."""
    opening = body_opening(lines, stretch)
    result = []
    for score, i, terms in judged:
        key = lines[-i].key
        share = _share_of_words(key, opening)
        term = Term(MOST_FOR_WORDS * share * min(1.0, len(key) / 40), f"{share:.0%} of its words open the body")
        result.append((score + term.weight, i, [*terms, term]))
    return sorted(result, reverse=True, key=lambda one: one[:2])


def is_headline_like(line: Line) -> bool:
    """Whether a headline may look like this line."""
    if line.kind in (Kind.SHORT, Kind.NAME, Kind.CAPTION, Kind.SENTENCE, Kind.PARAGRAPH, Kind.TAGS):
        return 8 <= len(line.text) <= LONGEST_HEADLINE and (" " in line.text or line.text > "\u2e80")
    return False


def headline_terms(i: int, lines: Sequence[Line], again: Again, stretch: Stretch) -> Iterator[Term]:
    """The reasons for and against line `i` as the headline."""
    key = lines[i].key
    if again.counts[key] > 1:
        at_once = _is_below_header(i, lines) and [line.key for line in lines[i + 1 : i + 2]] == [key]
        weight = REPEATED_AT_ONCE if at_once else 4.5
        yield Term(weight * min(1.0, len(key) / 40), "repeated")
    if key in again.cut:
        yield Term(4, "stands again with the site's name")
    if i == 0:
        yield Term(3, "first line")
    yield from _terms_of_place(i, lines, stretch)
    yield from _terms_of_shape(lines[i])
    if lines[i].kind in (Kind.NAME, Kind.CAPTION):
        above_name = i + 1 < len(lines) and lines[i + 1].kind in (Kind.NAME, Kind.BYLINE)
        yield Term(0 if above_name else -4.5, f"looks like a {lines[i].kind.value}")


def _is_below_header(i: int, lines: Sequence[Line]) -> bool:
    """Whether a timestamp or byline stands right above: captions are printed twice there, headlines above it."""
    return i > 1 and lines[i - 1].kind in UNDER_HEADLINE and is_headline_like(lines[i - 2])


def _terms_of_place(i: int, lines: Sequence[Line], stretch: Stretch) -> Iterator[Term]:
    after = next((k for k in range(i + 1, stretch.start) if lines[k].key != lines[i].key), stretch.start)
    below = lines[after] if after < stretch.start else None
    if below and below.kind in (Kind.STAMP, Kind.BYLINE, Kind.CLOCK):
        yield Term(3, f"above the {below.kind.value}")
    elif below and below.kind is Kind.NAME:
        yield Term(1.5, "above a name")
    elif below and len(below.text) > max(80, len(lines[i].text)):
        yield Term(1.5, "above a longer line")
    if i and (lines[i - 1].kind is Kind.SECTION or isinstance(lines[i - 1].found, Steps)):
        yield Term(2, "below the rubric")
    if i and lines[i - 1].kind in (Kind.STAMP, Kind.BYLINE):
        yield Term(1, f"below the {lines[i - 1].kind.value}")
    following = lines[after + 1] if after + 1 < stretch.start else None
    if below and following and below.kind is Kind.SHORT and following.kind in UNDER_HEADLINE:
        yield Term(2, f"one line above the {following.kind.value}")
    if below and below.kind is not Kind.NAME and is_headline_like(below) and _is_kicker(lines[i], below):
        yield Term(-3, "a kicker above a longer line")
    distance = stretch.start - i
    yield Term(-0.15 * min(distance, 30) - 0.01 * min(distance, 300), "far from the body")
    around = [line.kind for line in lines[max(0, i - 3) : i + 4]]
    if around.count(Kind.SHORT) >= 5:
        yield Term(-2, "one of a list")


def _is_kicker(line: Line, below: Line) -> bool:
    """Whether the line is a few words above a longer one."""
    return len(line.text) < LONGEST_KICKER and 1.4 * len(line.text) < len(below.text)


def _terms_of_shape(line: Line) -> Iterator[Term]:
    words = line.text.count(" ") + 1
    if words < 4:
        yield Term(-1, "very short")
    elif words <= 20:
        yield Term(1, "as long as a headline")
    else:
        yield Term(-3 if words > 28 or line.kind is Kind.PARAGRAPH else -1.5, "long")
    if line.text[-1] in SENTENCE_ENDS and line.text[-1] not in "!?؟…":
        yield Term(-2.5, "ends in a full stop")
    elif line.text[-1] in PROSE_ENDS and line.text[-1] not in "!?؟…":
        yield Term(-3, "goes on")
    if line.kind is Kind.TAGS:
        yield Term(-3, "looks like a hashtag")


def body_opening(lines: Sequence[Line], stretch: Stretch) -> str:
    """The first words of the body, folded, for comparison with headlines."""
    return " " + fold(" ".join(line.text for line in lines[stretch.start : stretch.start + 3])[:900]) + " "


def _share_of_words(key: str, opening: str) -> float:
    words = [w for word in key.split() if len(w := word.strip("\"'«»“”.,،:؛!؟?()")) > 3]
    if not words:
        return 0.0
    return sum(word.removeprefix("ال") in opening for word in words) / len(words)


# Times ------------------------------------------------------------------------------------------------------------


def find_times(lines: Sequence[Line], stretch: Stretch, headline: int | None) -> tuple[int | None, int | None]:
    """The lines of the time of publication and of the update."""
    stamps = [i for i in range(stretch.start) if lines[i].kind is Kind.STAMP]
    if not stamps:
        below = range(stretch.end, min(stretch.end + NEAR, len(lines)))
        stamps = [i for i in below if lines[i].kind is Kind.STAMP and (i <= stretch.end + 1 or lines[i].found.labelled)]
    place = headline if headline is not None else 0
    known = [i for i in stamps if lines[i].found.published or not lines[i].found.updated]
    near = [i for i in known if i > place or place - i <= NEAR or lines[i].found.labelled]
    published = min(near, key=lambda i: (not lines[i].found.published, i < place, abs(i - place)), default=None)
    updates = [i for i in stamps if lines[i].found.updated and i != published]
    updated = min(updates, key=lambda i: abs(i - place), default=None)
    return published, updated


# Bylines ----------------------------------------------------------------------------------------------------------


def find_bylines(
    lines: Sequence[Line], stretch: Stretch, headline: int | None, published: int | None, vocab: Vocab
) -> tuple[int, ...]:
    """The lines that credit agency, authors and place: near the headline or the time, or signing the body."""
    anchors = [i for i in (headline, published) if i is not None]
    top = min(anchors, default=0)
    found = []
    for i in range(max(0, top - 2), stretch.start):
        line = lines[i]
        if line.kind is Kind.BYLINE or (
            line.kind is Kind.NAME and i != headline and _is_credited(i, lines, stretch, headline, published, vocab)
        ):
            found.append(i)
    return tuple(found) or find_signature(lines, stretch)


def find_signature(lines: Sequence[Line], stretch: Stretch) -> tuple[int, ...]:
    """The byline right below the body, or below the time there; a bare name only where it stands alone."""
    for i in range(stretch.end, min(stretch.end + NEAR, len(lines))):
        kind = lines[i].kind
        if kind is Kind.BYLINE:
            return (i,)
        if kind is Kind.NAME:
            following = lines[i + 1] if i + 1 < len(lines) else None
            return () if following and following.kind in NAMES and len(following.text) < 30 else (i,)
        if kind not in (Kind.STAMP, Kind.CLOCK):
            break
    return ()


def _is_credited(
    i: int, lines: Sequence[Line], stretch: Stretch, headline: int | None, published: int | None, vocab: Vocab
) -> bool:
    """Whether a line that merely looks like a name stands where a byline does."""
    if i and lines[i - 1].key.strip(" :") in vocab.credit_words:
        return True
    neighbours = {i - 1, i + 1}
    if headline is not None and i < headline:
        return bool(lines[i].found.agencies) and published in neighbours
    beside = [lines[k].kind for k in neighbours if 0 <= k < len(lines)]
    return headline in neighbours or i + 1 == stretch.start or Kind.STAMP in beside or Kind.BYLINE in beside


# Standfirst and rubric --------------------------------------------------------------------------------------------


def find_standfirst(
    lines: Sequence[Line], stretch: Stretch, headline: int | None, taken: set[int | None], again: Again
) -> int | None:
    """A sentence between the headline and the slots below it; or the first of the body, where it stands apart."""
    if headline is None:
        return None
    key = lines[headline].key
    beside = True  # only headline and echoes in between
    for i in range(headline + 1, stretch.start):
        line = lines[i]
        if i in taken or line.key.startswith(key):
            continue
        if line.kind in PROSE:
            return i
        if beside and _is_phrase(line) and again.counts[line.key] == 1:
            return i
        beside = False
    return _standfirst_in_body(lines, stretch, headline)


def _is_phrase(line: Line) -> bool:
    """Whether the line is too much for a caption's or a link's few words, though no full stop ends it."""
    return line.kind is Kind.SHORT and len(line.text) >= 30 and line.text.count(" ") >= 5


def _standfirst_in_body(lines: Sequence[Line], stretch: Stretch, headline: int) -> int | None:
    """The first line of the body, if it is one short sentence, and longer ones follow."""
    start, end = stretch.start, stretch.end
    if end - start > 1 and lines[start].text == lines[start + 1].text:
        return start
    if end - start < 3:
        return None
    first, rest = lines[start], [len(line.text) for line in lines[start + 1 : end] if line.kind in PROSE]
    if first.kind is not Kind.SENTENCE or len(first.text) < 40 or len(rest) < 2:
        return None
    typical = sorted(rest)[len(rest) // 2]
    if len(first.text) * 1.5 < typical and len(first.text) * 1.5 < rest[0]:
        return start
    return None


def find_section(lines: Sequence[Line], headline: int | None, published: int | None) -> int | None:
    """The rubric: the nearest above or below the headline, a breadcrumb's last step, or a word right above it."""
    anchors = [i for i in (headline, published) if i is not None]
    if not anchors:
        return None
    for i in range(max(anchors), max(-1, min(anchors) - NEAR - 1), -1):
        if (lines[i].kind is Kind.SECTION and lines[i].text[0] not in BULLETS) or (
            isinstance(lines[i].found, Steps) and lines[i].found.rubric
        ):
            return i
    if headline and lines[headline - 1].kind is Kind.SHORT and len(lines[headline - 1].text) <= LONGEST_RUBRIC:
        return headline - 1 if headline == 1 else None
    return None
