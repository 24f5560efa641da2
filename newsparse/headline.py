"""The headline among the lines above the body: candidates are judged by named terms, one sentence a term.

Knows the lines' kinds and where the body is. The best candidate is the headline; below zero there is none. Does not
know the other slots of the header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsparse.article import Kind, Line
from newsparse.body import PROSE, Stretch
from newsparse.lines import PROSE_ENDS, SENTENCE_ENDS, Steps
from newsparse.text import fold

SUFFIX_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
LONGEST_HEADLINE = 220
SHORTEST_BEHIND_LABEL = 30  # characters of a headline that a button repeats
MOST_LINES = 600  # above the body, in which a headline is looked for
LEAST_SCORE = 0.0
MOST_FOR_WORDS = 4.0  # the weight of a headline whose words all open the body too
UNDER_HEADLINE = frozenset({Kind.STAMP, Kind.BYLINE, Kind.CLOCK, Kind.NAME})
REPEATED_AT_ONCE = 2.0  # the weight of a repetition that may be a caption's
LONGEST_KICKER = 40  # characters
LONGEST_BELOW_HEADLINE = 1.5  # times the line above: a longer one is its standfirst
AROUND = 8  # lines above the body in which another headline would stand
BYLINES = frozenset({Kind.BYLINE, Kind.NAME})


class Term(NamedTuple):
    """One reason for or against a candidate."""

    weight: float
    why: str


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
    """What the header says more than once.

    counts: how often each line. cut: the lines without the site's name behind them. labelled: what stands behind the
    label of a button («مشاركة: …»). listed: the short lines among the body's, such as a table of contents repeats.
    """

    counts: Counter[str]
    cut: frozenset[str]
    labelled: frozenset[str]
    listed: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line], stretch: Stretch) -> Again:
        """The repetitions of the lines above the body."""
        keys = [line.key for line in lines[: stretch.start]]
        said = "\n".join(keys)
        signed = [(key, sign) for sign in SUFFIX_SIGNS if sign in said for key in keys if sign in key]
        cut = {key[: key.rindex(sign)] for key, sign in signed} | {key[: key.index(sign)] for key, sign in signed}
        labelled = {key.rpartition(": ")[2] for key in keys if ": " in key} if ": " in said else ()
        listed = [line.key for line in lines[stretch.start : stretch.end] if line.kind is Kind.SHORT]
        return cls(Counter(keys), frozenset(cut), frozenset(labelled), frozenset(listed))


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
    if key in again.labelled and len(key) >= SHORTEST_BEHIND_LABEL:
        yield Term(4, "stands again behind the label of a button")
    if again.listed and any(line.key in again.listed for line in lines[max(0, i - 1) : min(i + 2, stretch.start)]):
        yield Term(-5, "in a list of the body's sub-heads")
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
    if i and _is_headline_above(lines[i - 1], lines[i]):
        yield Term(-2, "the standfirst of the line above")
    distance = stretch.start - i
    yield Term(-0.15 * min(distance, 30) - 0.01 * min(distance, 300), "far from the body")
    around = [line.kind for line in lines[max(0, i - 3) : i + 4]]
    if around.count(Kind.SHORT) >= 5:
        yield Term(-2, "one of a list")


def _is_kicker(line: Line, below: Line) -> bool:
    """Whether the line is a few words above a longer one."""
    return len(line.text) < LONGEST_KICKER and 1.4 * len(line.text) < len(below.text)


def _is_headline_above(above: Line, line: Line) -> bool:
    """Whether the line right above is long enough for a headline, and this one much longer, though no sentence."""
    if line.kind is not Kind.SHORT or above.kind is not Kind.SHORT or line.number - above.number > 1:
        return False
    return len(above.text) >= LONGEST_KICKER and len(line.text) > LONGEST_BELOW_HEADLINE * len(above.text)


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
