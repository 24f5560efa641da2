"""One engine for all slots: of the candidates for a slot it chooses the one with the best score.

A candidate's score is the sum of its features, each times its weight. The best candidate fills the slot; below zero the
slot stays empty. A slot for many lines takes each candidate above zero. Knows newsparse/data/weights.json, which
`benchmarks/fit.py` writes: for each slot and feature the weight, and its support (the labelled pages on which it tells
candidates apart). Does not know what a feature means: each slot's module does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from newsparse.layout.page import Again, Page
from newsparse.lines import tags
from newsparse.text import fold
from newsparse.words.vocab import DATA

WEIGHTS = f"{DATA}/weights.json"

Feature = tuple[str, float]  # the name, which is the reason in --explain too, and the value, mostly from 0 to 1

MARKUP_WEIGHTS = {  # of what the tags of a page say; set by hand, since the pages of the fit have no tags
    "headline": {
        "equal to JSON-LD headline": 4.0,
        "equal to the title in <meta> or <title>": 4.0,
        "the only <h1>": 3.5,
    },
    "published": {"of the stated day": 4.0},
}
MAX_REASONS = 4
MAX_SEARCHED_CHARS = 1 << 16


class Choice(NamedTuple):
    """A candidate for a slot: its score, its line, and what each feature adds to the score."""

    score: float
    line: int
    shares: list[tuple[str, float]]

    @property
    def why(self) -> str:
        """The features that speak most for the candidate, in the order in which they were found."""
        most = sorted([share for _, share in self.shares if share > 0])[-MAX_REASONS:]
        return ", ".join([name for name, share in self.shares if share in most])


class Header:
    """The slots of one article, and the lines that fill them so far.

    Attributes:
        page: the article; where its body is, is known.
        again: the repetitions above the body.
        headline, published, updated, standfirst, section: the line that fills the slot; None while it is empty.
        bylines, tags: the lines that credit somebody, and those of tags, from the top.
        chosen: the choices for each slot that was filled, the best first.
        candidates: the candidates of these slots, as each slot gives them.
    """

    def __init__(self, page: Page) -> None:
        """All slots are empty."""
        self.page = page
        self.again = Again.of(page)
        self.headline: int | None = None
        self.published: int | None = None
        self.updated: int | None = None
        self.bylines: list[int] = []
        self.standfirst: int | None = None
        self.section: int | None = None
        self.tags: list[int] = []
        self.chosen: dict[str, list[Choice]] = {}
        self.candidates: dict[str, Any] = {}

    @cached_property
    def taken(self) -> frozenset[int]:
        """The lines that fill slots, print the headline again, or name a person whom the header credits."""
        page, lines = self.page, {choice.line for choices in self.chosen.values() for choice in choices}
        keys = {fold(name) for i in self.bylines for name in page.founds[i].authors}
        keys.update([page.keys[i] for i in [self.headline] if i is not None])
        return frozenset(lines.union([i for i, key in enumerate(page.keys) if key in keys]))

    @cached_property
    def folded_text(self) -> str:
        """Headline and body, folded; of a long article only the beginning."""
        page, (start, end, _) = self.page, self.page.stretch
        texts = [
            text for i, text in enumerate(page.texts[:end]) if i == self.headline or (i >= start and page.prose[i])
        ]
        return fold("\n".join(texts)[:MAX_SEARCHED_CHARS])

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of `folded_text`. Tags that were run together are cut by them."""
        return tags.article_words(self.folded_text)

    def share_of_text(self, key: str) -> float:
        """The share of the words of a folded text, from 0 to 1, that the article has too."""
        words = key.split()
        return sum([tags.bare(word) in self.folded_text for word in words]) / (len(words) or 1)

    def fill(self, slot: Slot) -> None:
        """Fill one slot; those before it in `newsparse.layout.grammar.SLOTS` are filled."""
        candidates = slot.candidates(self)
        if not candidates:
            return
        self.candidates[slot.name] = candidates
        told = self.page.markup_features.get(slot.name, {})
        rows: dict[int, list[Feature]] = {}
        for i in candidates:
            rows[i] = slot.features(i, self, candidates)
            if i in told:
                rows[i] += told[i]
        if chosen := slot.choose(rows):
            self.chosen[slot.name] = chosen
            for choice in chosen:
                self.page.shares[choice.line] = choice.shares
            setattr(self, slot.name, sorted([choice.line for choice in chosen]) if slot.is_many else chosen[0].line)


class Slot(NamedTuple):
    """A field that lines of the article fill.

    candidates: the lines that may fill it, given the slots before it. features: the features of one of them.
    """

    name: str
    candidates: Callable[[Header], Collection[int]]
    features: Callable[[int, Header, Any], list[Feature]]
    is_many: bool = False

    def choose(self, rows: Mapping[int, Sequence[Feature]]) -> list[Choice]:
        """The choices above zero, the best first (of equals the first); only one for a slot of one line."""
        of = weights().get(self.name, {})
        choices: list[Choice] = []
        for line, features in rows.items():
            score, shares = 0.0, []
            for name, value in features:
                if name in of:
                    share = of[name] * value
                    score += share
                    shares.append((name, share))
            if score > 0:
                choices.append(Choice(score, line, shares))
        choices.sort(key=itemgetter(0), reverse=True)
        return choices if self.is_many else choices[:1]


def binned(value: float, bins: Sequence[tuple[float, str]], last: str) -> Feature:
    """The feature for the value's bin: the name beside the first bound that is not less than the value, else `last`."""
    for bound, name in bins:
        if value <= bound:
            return name, 1
    return last, 1


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of each feature of each slot."""
    with open(WEIGHTS, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        table = json.load(file)
    fitted = {slot: {name: weight for name, (weight, _) in rows.items()} for slot, rows in table.items()}
    return {slot: {**MARKUP_WEIGHTS.get(slot, {}), **named} for slot, named in fitted.items()}
