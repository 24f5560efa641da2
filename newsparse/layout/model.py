"""The model of the body: a fitted sum of small decision trees over the features of a line.

Knows newsparse/data/body.json, which `benchmarks/fit.py` writes from labelled pages: trees with a feature, a bound, and
the mean log-odds of body at every node. The span of the body is found in `newsparse.layout.body`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

from newsparse.layout.features import FEATURE_NAMES
from newsparse.words.wordlist import DATA

BODY_MODEL = f"{DATA}/body.json"
Node = Any  # [feature, bound, log-odds, node up to the bound, node above it]; a leaf is its log-odds alone
Scorer = Callable[..., float]


def log_odds(rows: Sequence[tuple[int, ...]]) -> list[float]:
    """The log-odds of body for each row of features; above 0, body is more likely than not."""
    score = scorer()
    return [score(*row) for row in rows]


def shares(row: tuple[int, ...]) -> list[tuple[str, float]]:
    """The share of each feature in the log-odds of a row, the largest first.

    The share is the sum of the changes at the nodes that test the feature (Saabas 2014).
    """
    found: dict[str, float] = {}
    for node in trees()["trees"]:
        while isinstance(node, list):
            feature, bound, value, low, high = node
            node = low if row[feature] <= bound else high
            step = (node[2] if isinstance(node, list) else node) - value
            found[FEATURE_NAMES[feature]] = found.get(FEATURE_NAMES[feature], 0.0) + step
    return sorted(found.items(), key=lambda item: -abs(item[1]))


@lru_cache(maxsize=1)
def trees() -> dict[str, Any]:
    """The fitted model: its bias and its trees."""
    with open(BODY_MODEL, "rb") as file:  # noqa: PTH123 (pathlib is not imported at start-up)
        loaded: dict[str, Any] = json.load(file)
    return loaded


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The trees compiled to one Python function of the features, which is five times as fast."""
    loader = _Model("body", BODY_MODEL)
    try:
        code = loader.get_code("body")
    except (EOFError, ImportError, TypeError, ValueError):  # what is kept is broken
        code = None
    code = code or loader.source_to_code(loader.get_data(BODY_MODEL), BODY_MODEL)
    made: Scorer = eval(code, {})  # noqa: S307 - numbers of our own data file alone
    return made


class _Model(SourceFileLoader):
    """A loader that compiles the trees once. Python keeps the code like that of a module, beside newsparse/data."""

    def path_stats(self, path: str) -> dict[str, Any]:
        """The size of the model, and as its time a sum that changes when the model or this module changes."""
        model, maker = os.stat(path), os.stat(__file__)  # noqa: PTH116
        times = (model.st_mtime_ns + maker.st_mtime_ns) // 1000
        return {"mtime": times + maker.st_size, "size": model.st_size}

    def source_to_code(self, data: bytes, path: str, *, _optimization: int = -1) -> CodeType:  # type: ignore[override]
        """The code of one function: a sum with a term for each tree."""
        model = json.loads(data)
        terms = "+".join([str(model["bias"]), *map(_expression, model["trees"])])
        names = ",".join([f"f{i}" for i in range(len(FEATURE_NAMES))])
        return compile(f"lambda {names}: {terms}", path, "eval", dont_inherit=True)


def _expression(node: Node) -> str:
    if not isinstance(node, list):
        return f"({float(node)})"
    feature, bound, _, low, high = node
    return f"({_expression(low)} if f{int(feature)}<={int(bound)} else {_expression(high)})"
