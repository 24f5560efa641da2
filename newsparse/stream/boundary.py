"""Where a new article begins: candidates, their scores by a fitted model, and the top of the header.

A candidate looks like a title, has a finished body above it and prose soon below it. Its features
(`newsparse.stream.held`) give a probability by the small trees of data/boundaries.json, which
benchmarks/fit_stream.py fits. Does not know where lines come from (`newsparse.stream.split`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp
from typing import Any

from newsparse.record import Kind
from newsparse.signs import CLOSERS, FULL_STOPS, NO_TITLE_ENDS
from newsparse.stream.held import FAR_LINES, HEADER_LINES, LOOK_AHEAD, TIME_KINDS, Held, features, is_prose
from newsparse.text import fold
from newsparse.words.wordlist import DATA

MIN_TITLE_CHARS, MAX_TITLE_CHARS = 10, 140
MIN_BODY_CHARS = 140  # of a line that is a body; with a full stop at its end MIN_BODY_SENTENCE_CHARS
MIN_BODY_SENTENCE_CHARS = 60
MAX_LINES_TO_PROSE = 8  # below a title, without those that opened an earlier article
MIN_OPENER_WORD_CHARS = 4  # of a word that is looked for in prose
MAX_LEARNED_CHARS, MAX_LEARNED = 80, 2000  # of a line that the stream teaches, and how many of them
LINES_OF_TOP = 30  # above a headline in which its page's first lines are looked for, and as many are learned
MIN_SHARE_OF_HEADER = 0.6  # of the lines of a header, which come again
PROBABILITY_OF_KNOWN = 0.5
TITLE_KINDS = frozenset({Kind.SHORT, Kind.SENTENCE, Kind.NAME, Kind.BYLINE, Kind.PARAGRAPH})
MODEL = f"{DATA}/boundaries.json"


@lru_cache(maxsize=1)
def model() -> Mapping[str, Any]:
    """The fitted model: the features with their shares, the start of the sum, the trees.

    A tree is a number, or a list: feature, threshold, the tree for values up to it, the tree for those above it.
    """
    with open(MODEL, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        found: Mapping[str, Any] = json.load(file)
    return found


def probability(values: Mapping[str, float]) -> float:
    """The probability that an article begins where these are the features."""
    total = model()["start"]
    for tree in model()["trees"]:
        while isinstance(tree, list):
            name, threshold, low, high = tree
            tree = low if values[name] <= threshold else high
        total += tree
    return 1 / (1 + exp(-total))


def is_body(text: str) -> bool:
    """Whether the line is surely of a body."""
    size = len(text)
    return size > MIN_BODY_CHARS or (size >= MIN_BODY_SENTENCE_CHARS and text.rstrip(CLOSERS)[-1:] in FULL_STOPS)


def may_open(text: str) -> bool:
    """Whether the line may be a title, by its length and its end."""
    if not MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS or text[-1] in NO_TITLE_ENDS:
        return False
    return text.rstrip(CLOSERS)[-1:] not in NO_TITLE_ENDS


def candidates(held: Held, start: int, end: int, is_file: bool = False) -> Iterator[int]:
    """The indexes of the lines in ``[start:end]`` that may begin an article, each with prose soon below it.

    The lines above `start` have a body. In a file, a candidate must also have more words in common with the first prose
    below than with the lines above. So most files have none, and need no closer look.
    """
    texts = held.texts
    for i in range(start, end):
        if not may_open(texts[i]):
            continue
        below = _prose_below(held, i)
        if below and not (is_file and _is_bound_to_above(held, i, below)) and held.kind(texts[i]) in TITLE_KINDS:
            yield i


def _prose_below(held: Held, i: int) -> str:
    """The first prose below line `i`, if fewer than MAX_LINES_TO_PROSE new lines stand between."""
    below = held.texts[i + 1 : i + LOOK_AHEAD]
    between = next((n for n, text in enumerate(below) if is_prose(text)), None)
    if between is None:
        return ""
    is_near = between < MAX_LINES_TO_PROSE or between - held.count_openers(below[:between]) < MAX_LINES_TO_PROSE
    return below[between] if is_near else ""


def _is_bound_to_above(held: Held, i: int, below: str) -> bool:
    words = [word for word in held.texts[i].split() if len(word) >= MIN_OPENER_WORD_CHARS]
    count = sum(map(below.__contains__, words))
    return not count or count <= sum(map(" ".join(held.texts[max(0, i - LINES_OF_TOP) : i]).__contains__, words))


def score(held: Held, i: int) -> float:
    """The probability that an article begins at candidate `i`.

    It is at least PROBABILITY_OF_KNOWN where the header of an earlier article comes again, or the article itself.
    """
    values = features(held, i)
    is_known = values["in_place"] > 1 and values["header_again"] >= MIN_SHARE_OF_HEADER
    is_same = bool(values["title_is_opener"] and values["same_prose"])  # the same article again
    return max(probability(values), PROBABILITY_OF_KNOWN * (is_known or is_same))


def top_of_header(held: Held, headline: int) -> int:
    """The index of the first line of the article with this headline: above it may stand section, time, and menu lines.

    A menu line counts if it opened an earlier article too, and the lines came in the same order there.
    """
    texts = held.texts
    top, place = headline, held.openers.get(held.key(texts[headline]), LINES_OF_TOP)
    has_stamp = held.first(TIME_KINDS, texts[headline + 1 : headline + 1 + HEADER_LINES]) < FAR_LINES
    for i in range(headline - 1, max(0, headline - 1 - LINES_OF_TOP), -1):
        text, kind = texts[i], held.kind(texts[i])
        if is_prose(text) or not place:
            break
        found = held.openers.get(held.key(text), LINES_OF_TOP)
        is_part = kind is Kind.SECTION or (kind in TIME_KINDS and not has_stamp)
        if found < place or (is_part and i == top - 1):
            top, place = i, min(found, place)
            has_stamp = has_stamp or kind in TIME_KINDS
    return top


def learn_header(held: Held, first: int) -> None:
    """Remember the lines of the present article above line `first`, its first prose."""
    held.header_size = first
    learn_lines(held, range(min(first, LINES_OF_TOP)), held.openers)


def learn_lines(held: Held, lines: range, known: dict[str, int]) -> None:
    """Add short lines to `known`, each with its first place among `lines`. The oldest are forgotten."""
    for i in reversed(lines):
        if len(held.texts[i]) <= MAX_LEARNED_CHARS:
            key = fold(held.texts[i])
            known.pop(key, None)
            known[key] = i
    while len(known) > MAX_LEARNED:
        del known[next(iter(known))]


def glued_titles(texts: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines of ``[start:end]`` that end with a title which is printed again below, each with that title."""
    for i in range(start, end):
        text = texts[i]
        if text[-1] in NO_TITLE_ENDS or not text.endswith(tuple(below := texts[i + 1 : i + 1 + HEADER_LINES])):
            continue
        title = next((t for t in below if len(t) < len(text) and may_open(t) and text.endswith(t)), None)
        if title is not None:
            yield i, title
