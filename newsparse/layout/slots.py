"""One engine for the slots of a record: candidates, named features, fitted weights.

A candidate's score is the sum of its features, each times its weight. The best candidate fills the slot; below zero the
slot stays empty. Knows newsparse/data/weights.json, which `benchmarks/fit.py` writes: for each slot and feature the
weight, and its support (the labelled pages on which it tells candidates apart). Does not know what a feature means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).parents[1] / "data" / "weights.json"

Feature = tuple[str, float]  # the name, which is the reason in --explain too, and the value, mostly from 0 to 1


MAX_REASONS = 4


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


def ranked(slot: str, candidates: Iterable[tuple[int, list[Feature]]]) -> list[Choice]:
    """The candidates of a slot by their scores, the best first; of equals the one that stands higher."""
    of = weights()[slot]
    found = []
    for line, features in candidates:
        shares = [(name, of[name] * value) for name, value in features if name in of]
        found.append(Choice(sum([share for _, share in shares]), line, shares))
    return sorted(found, key=lambda choice: (-choice.score, choice.line))


def binned(value: float, bins: Sequence[tuple[float, str]], last: str) -> Feature:
    """The feature whose bin holds the value: the first whose bound it does not pass, or `last`."""
    return next((name for bound, name in bins if value <= bound), last), 1


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of each feature of each slot."""
    table = json.loads(WEIGHTS.read_bytes())
    return {slot: {name: weight for name, (weight, _) in rows.items()} for slot, rows in table.items()}
