"""The headline among the lines above the body: candidates are judged by named terms, one sentence a term.

Knows the lines' kinds and where the body is. The best candidate is the headline; below zero there is none. Does not
know the other slots of the header.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from newsparse.article import PROSE, Kind
from newsparse.kinds.lines import PROSE_ENDS, SENTENCE_ENDS, Steps
from newsparse.roles.page import Page, Stretch
from newsparse.text import fold

SUFFIX_SIGNS = (" | ", " - ", " – ", " — ", " :: ", " » ", " • ")
LONGEST_HEADLINE = 220
SHORTEST_BEHIND_LABEL = 30  # characters of a headline that a button repeats
MOST_LINES = 600  # above the body, in which a headline is looked for
LEAST_SCORE = 0.0
MOST_FOR_WORDS = 4.0  # the weight of a headline whose words all open the body too
UNDER_HEADLINE = frozenset({Kind.STAMP, Kind.BYLINE, Kind.CLOCK, Kind.NAME})
REPEATED_AT_ONCE = -3.0  # the weight of a repetition right below a timestamp or byline: it is a caption's
MOST_BUTTONS = 6  # between headline and caption, times and credits with them
LEAST_SPACES = 4  # in a headline above buttons
LONGEST_KICKER = 40  # characters
LONGEST_BELOW_HEADLINE = 1.5  # times the line above: a longer one is its standfirst
ABOVE_CAPTION = 5  # lines
AROUND = 8  # lines above the body in which another headline would stand
BYLINES = frozenset({Kind.BYLINE, Kind.NAME})
MAY_BE_HEADLINE = PROSE | {Kind.SHORT, Kind.NAME, Kind.CAPTION, Kind.TAGS}
TEXT = PROSE | {Kind.SHORT}
STOPS = frozenset(SENTENCE_ENDS) - frozenset("!?؟…")
GOES_ON = frozenset(PROSE_ENDS) - frozenset(SENTENCE_ENDS)

Term = tuple[float, str]  # a reason for or against a candidate: its weight, and the reason in words

ABOVE: dict[Kind, Term] = {
    **{kind: (3, f"above the {kind.value}") for kind in (Kind.STAMP, Kind.BYLINE, Kind.CLOCK)},
    Kind.NAME: (1.5, "above a name"),
}
BELOW: dict[Kind, Term] = {
    **{kind: (1, f"below the {kind.value}") for kind in (Kind.STAMP, Kind.BYLINE)},
    Kind.SECTION: (2, "below the rubric"),
}


def cut_off(page: Page) -> Stretch:
    """The body without its first line where that is the headline: no other stands above it, and it is no sentence."""
    stretch = start, end, is_page = page.stretch
    texts, kinds, numbers = page.texts, page.kinds, page.numbers
    if end - start < 2 or len(texts[start]) > LONGEST_HEADLINE or start in page.entries:
        return stretch
    for i in range(max(0, start - AROUND), start):
        if kinds[i] in BYLINES or (is_headline_like(kinds[i], texts[i]) and texts[i].count(" ") > 2):
            return stretch
    first = texts[start]
    if first[-1] in STOPS or first[-1] in "،,:":
        return stretch
    apart = numbers[start + 1] - numbers[start] > 1
    longer = any(len(text) > 1.5 * len(first) for text in texts[start + 1 : start + 3])
    if apart or longer or kinds[start + 1] not in PROSE:
        following = range(start + 1, end)
        below = next((i for i in following if page.prose[i] or kinds[i] is Kind.SHORT), start + 1)
        return Stretch(below, end, is_page)
    return stretch


def find_headline(page: Page, again: Again) -> tuple[int | None, str]:
    """The index of the headline and the reasons for it."""
    start, kinds, texts = page.stretch.start, page.kinds, page.texts
    first: dict[str, int] = {}
    for i in range(max(0, start - MOST_LINES), start):
        if page.keys[i] not in first and is_headline_like(kinds[i], texts[i]):
            first[page.keys[i]] = i
    if not first:
        return None, ""
    judged = []
    for i in first.values():
        terms = headline_terms(i, page, again)
        judged.append((sum(map(_weight, terms)), -i, terms))
    judged.sort(reverse=True, key=_rank)
    best = judged[0][0]
    if best < LEAST_SCORE or (len(judged) > 1 and judged[1][0] > best - MOST_FOR_WORDS):
        judged = _with_words_of_body(judged, page)
    score, i, terms = judged[0]
    if score < LEAST_SCORE:
        return None, ""
    return -i, ", ".join([why for weight, why in terms if weight > 0])


class Again(NamedTuple):
    """What the header says more than once.

    counts: how often each line. cut: the lines without the site's name behind them. labelled: what stands behind the
    label of a button («مشاركة: …») or the site's name. wrapped: the lines that hold another so. listed: the short lines
    among the body's, such as a table of contents repeats.
    """

    counts: dict[str, int]
    cut: set[str]
    labelled: set[str]
    wrapped: set[str]
    listed: set[str]

    @classmethod
    def of(cls, page: Page) -> Again:
        """The repetitions of the lines above the body."""
        start, end, _ = page.stretch
        again = cls({}, set(), set(), set(), set())
        counts = again.counts
        for key in page.keys[:start]:
            counts[key] = counts.get(key, 0) + 1
        said = "\n".join(counts)
        for sign in SUFFIX_SIGNS:
            if sign in said:
                again.cut_at(sign)
        if ": " in said:
            again.labelled.update(part for key in counts if ": " in key for part in _behind(key, ": "))
        shorts = page.of_kind(Kind.SHORT)
        if shorts and shorts[-1] >= start:
            again.listed.update([page.keys[i] for i in shorts if start <= i < end])
        return again

    def cut_at(self, sign: str) -> None:
        """Note what stands before and behind the sign of the site's name in each of the lines."""
        for key in [key for key in self.counts if sign in key]:
            before, behind = {key[: key.index(sign)], key[: key.rindex(sign)]}, _behind(key, sign)
            behind.update(part for title in before if ": " in title for part in _behind(title, ": "))
            self.cut.update(before)
            self.labelled.update(behind)
            if any(part in self.counts for part in before | behind if len(part) >= SHORTEST_BEHIND_LABEL):
                self.wrapped.add(key)


def _behind(key: str, sign: str) -> set[str]:
    """What stands behind the first and behind the last sign."""
    return {key.partition(sign)[2], key.rpartition(sign)[2]}


Judged = tuple[float, int, list[Term]]  # the sum of the weights, the index below zero, the terms


_weight = itemgetter(0)
_rank = itemgetter(0, 1)


def _with_words_of_body(judged: list[Judged], page: Page) -> list[Judged]:
    """The candidates again, by the share of their words that open the body too; asked only where it can decide."""
    opening = body_opening(page)
    result = []
    for score, i, terms in judged:
        key = page.keys[-i]
        share = _share_of_words(key, opening)
        weight = MOST_FOR_WORDS * share * min(1.0, len(key) / 40)
        result.append((score + weight, i, [*terms, (weight, f"{share:.0%} of its words open the body")]))
    return sorted(result, reverse=True, key=_rank)


def is_headline_like(kind: Kind, text: str) -> bool:
    """Whether a headline may look like this line."""
    return kind in MAY_BE_HEADLINE and 8 <= len(text) <= LONGEST_HEADLINE and (" " in text or text > "\u2e80")


def headline_terms(i: int, page: Page, again: Again) -> list[Term]:
    """The reasons for and against line `i` as the headline."""
    key, kind = page.keys[i], page.kinds[i]
    terms: list[Term] = []
    if again.counts[key] > 1:
        at_once = page.keys[i + 1 : i + 2] == [key]
        if at_once and _is_below_header(i, page):
            terms.append((REPEATED_AT_ONCE, "repeated"))
        elif at_once and _is_part_of_line_above(i, page):
            terms.append((-1.5, "part of a line above"))
        else:
            terms.append((4.5 * min(1.0, len(key) / 40), "repeated"))
    if key in again.cut:
        terms.append((4, "stands again with the site's name"))
    if key in again.labelled and len(key) >= SHORTEST_BEHIND_LABEL:
        terms.append((4, "stands again behind a label"))
    if key in again.wrapped:
        terms.append((-4, "another with the site's name"))
    if again.listed and any(map(again.listed.__contains__, page.keys[max(0, i - 1) : min(i + 2, page.stretch.start)])):
        terms.append((-5, "in a list of the body's sub-heads"))
    if i == 0:
        terms.append((3, "first line"))
    terms += _terms_of_place(i, page, page.stretch.start)
    terms += _terms_of_shape(page.texts[i], kind)
    if kind is Kind.NAME or kind is Kind.CAPTION:
        above_name = page.kinds[i + 1 : i + 2] and page.kinds[i + 1] in BYLINES
        is_excused = above_name and not (kind is Kind.CAPTION and _has_text_above(i, page))
        terms.append((0 if is_excused else -4.5, f"looks like a {kind.value}"))
    return terms


def _has_text_above(i: int, page: Page) -> bool:
    """Whether close above a caption stands what may be a headline, and looks like no caption."""
    kinds, texts = page.kinds, page.texts
    return any(
        kinds[above] in TEXT and LONGEST_KICKER <= len(texts[above]) <= LONGEST_HEADLINE
        for above in range(max(0, i - ABOVE_CAPTION), i)
    )


def _is_below_header(i: int, page: Page) -> bool:
    """Whether timestamp or byline stand right above: captions are printed twice there, headlines above them.

    Buttons may stand between; then a few words above, such as a site's name, are no headline.
    """
    kinds, texts, above = page.kinds, page.texts, i - 1
    while above > 0 and kinds[above] in UNDER_HEADLINE:
        above -= 1
    if 0 <= above < i - 1 and is_headline_like(kinds[above], texts[above]):
        return True
    above = i - 1
    while above > max(0, i - 1 - MOST_BUTTONS) and (kinds[above] is Kind.FURNITURE or kinds[above] in UNDER_HEADLINE):
        above -= 1
    if UNDER_HEADLINE.isdisjoint(kinds[above + 1 : i]) or texts[above].count(" ") < LEAST_SPACES:
        return False
    return is_headline_like(kinds[above], texts[above])


def _terms_of_place(i: int, page: Page, start: int) -> list[Term]:
    """What the lines around line `i` say of it; the body begins at `start`."""
    kinds, keys, texts = page.kinds, page.keys, page.texts
    terms: list[Term] = []
    after = i + 1
    while after < start and (keys[after] == keys[i] or (kinds[after] is Kind.CAPTION and kinds[i] in TEXT)):
        after += 1
    below = kinds[after] if after < start else None
    if below in ABOVE:
        terms.append(ABOVE[below])
    elif below and len(texts[after]) > max(80, len(texts[i])):
        terms.append((1.5, "above a longer line"))
    if i and kinds[i - 1] in BELOW:
        terms.append(BELOW[kinds[i - 1]])
    elif i and isinstance(page.founds[i - 1], Steps):
        terms.append(BELOW[Kind.SECTION])
    if below is Kind.SHORT and after + 1 < start and kinds[after + 1] in UNDER_HEADLINE:
        terms.append((2, f"one line above the {kinds[after + 1].value}"))
    if below and below is not Kind.NAME and _is_kicker(texts[i], below, texts[after]):
        terms.append((-3, "a kicker above a longer line"))
    above = _above_times(i, page)
    if above >= 0 and _may_be_standfirst(i, above, page):
        near = page.numbers[i] - page.numbers[above] <= 1
        much_longer = near and len(texts[i]) > LONGEST_BELOW_HEADLINE * len(texts[above])
        terms.append((-2 if much_longer else -1.2, "the standfirst of the line above"))
    distance = start - i
    terms.append((-0.15 * min(distance, 30) - 0.01 * min(distance, 300), "far from the body"))
    if kinds[max(0, i - 3) : i + 4].count(Kind.SHORT) >= 5:
        terms.append((-2, "one of a list"))
    return terms


def _is_kicker(text: str, kind: Kind, below: str) -> bool:
    """Whether the line is a few words above a longer one, of this kind, that may be the headline."""
    return len(text) < LONGEST_KICKER and 1.4 * len(text) < len(below) and is_headline_like(kind, below)


def _is_part_of_line_above(i: int, page: Page) -> bool:
    """Whether a line near above says the same and more, before it and behind: the headline, where this is a caption."""
    key = page.keys[i]
    above = page.keys[max(0, i - AROUND) : i]
    return any(key in longer and not longer.startswith(key) and not longer.endswith(key) for longer in above)


def _above_times(i: int, page: Page) -> int:
    """The line above, past a few of the header's."""
    above = i - 1
    while above > i - AROUND and above > 0 and page.kinds[above] in UNDER_HEADLINE:
        above -= 1
    return above


def _may_be_standfirst(i: int, above: int, page: Page) -> bool:
    """Whether the line above is too long for a kicker, and neither of the two is a sentence or of a list."""
    if page.kinds[i] is not Kind.SHORT or not _is_long_phrase(above, page):
        return False
    return not (above and _is_long_phrase(above - 1, page))


def _is_long_phrase(i: int, page: Page) -> bool:
    return page.kinds[i] is Kind.SHORT and len(page.texts[i]) >= LONGEST_KICKER


def _terms_of_shape(text: str, kind: Kind) -> list[Term]:
    words = text.count(" ") + 1
    terms: list[Term] = []
    if words < 4:
        terms.append((-1, "very short"))
    elif words <= 20:
        terms.append((1, "as long as a headline"))
    else:
        terms.append((-3 if words > 28 or kind is Kind.PARAGRAPH else -1.5, "long"))
    if text[-1] in STOPS:
        terms.append((-2.5, "ends in a full stop"))
    elif text[-1] in GOES_ON:
        terms.append((-3, "goes on"))
    if kind is Kind.TAGS:
        terms.append((-3, "looks like a hashtag"))
    return terms


def body_opening(page: Page) -> str:
    """The first words of the body, folded, for comparison with headlines."""
    start = page.stretch.start
    return " " + fold(" ".join(page.texts[start : start + 3])[:900]) + " "


def _share_of_words(key: str, opening: str) -> float:
    words = [w for word in key.split() if len(w := word.strip("\"'«»“”.,،:؛!؟?()")) > 3]
    if not words:
        return 0.0
    return sum(word.removeprefix("ال") in opening for word in words) / len(words)
