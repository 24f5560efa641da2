"""One engine for all slots: of the candidates for a slot it chooses the one with the best score.

A candidate's score is the sum of its features, each times its weight. The best candidate fills the slot; below zero the
slot stays empty. A slot for many lines takes each candidate above zero. Knows newsparse/data/weights.json, which
`benchmarks/fit.py` writes: for each slot and feature the weight, and its support (the labelled pages on which it tells
candidates apart). Does not know what a feature means: each slot's module does.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from newsparse.layout.page import Page, Shares
from newsparse.words.vocab import DATA

WEIGHTS = f"{DATA}/weights.json"

# The name, which is the reason in --explain too, and the value, mostly from 0 to 1; False where it is not so
Features = dict[str, float]

MARKUP_WEIGHTS = {  # of what the tags of a page say; set by hand, since the pages of the fit have no tags
    "headline": {
        "equal to JSON-LD headline": 4.0,
        "equal to the title in <meta> or <title>": 4.0,
        "the only <h1>": 3.5,
    },
    "published": {"of the stated day": 4.0},
}
MAX_REASONS = 4


class Slot(NamedTuple):
    """A field that lines of the article fill.

    candidates: the lines that may fill it, given the slots before it. features: the features of one of them.
    """

    name: str
    candidates: Callable[[Page], Collection[int]]
    features: Callable[[int, Page, Any], Features]
    is_many: bool = False

    def fill(self, page: Page) -> None:
        """Fill the slot with the best candidate whose score is above zero (of equals the first). A slot of many lines
        gets all such candidates. The body is known by now, and so are the slots that this one needs."""
        among = self.candidates(page)
        if not among:
            return
        page.candidates[self.name] = among
        weight, told = weights()[self.name], page.markup_features.get(self.name, {})
        choices: list[tuple[float, int, Shares]] = []
        for i in among:
            features = self.features(i, page, among)
            if i in told:
                features |= told[i]
            shares = [(name, weight[name] * value) for name, value in features.items() if value and name in weight]
            score = sum(map(itemgetter(1), shares))
            if score > 0:
                choices.append((score, i, shares))
        if choices and not self.is_many:
            choices = [max(choices, key=itemgetter(0))]
        for _, i, shares in choices:
            page.shares[i] = shares
        if choices:
            lines = sorted(map(itemgetter(1), choices))
            setattr(page, self.name, lines if self.is_many else lines[0])


def reason(shares: Shares) -> str:
    """The features that speak most for a candidate, in the order in which they were found."""
    most = sorted([share for _, share in shares if share > 0])[-MAX_REASONS:]
    return ", ".join([name for name, share in shares if share in most])


def binned(value: float, bins: Sequence[tuple[float, str]]) -> str:
    """The name beside the first bound that is not less than the value; the last bound of all is infinite."""
    return bins[bisect_left(bins, (value, ""))][1]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of each feature of each slot."""
    with open(WEIGHTS, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        table = json.load(file)
    fitted = {slot: {name: weight for name, (weight, _) in rows.items()} for slot, rows in table.items()}
    return {slot: {**MARKUP_WEIGHTS.get(slot, {}), **named} for slot, named in fitted.items()}
