"""Where the time goes, stage by stage: microseconds an article, each stage alone over the same articles.

The best of several rounds, in one process, with the memory of short lines warm; so the sum is less than what
`speed.py` measures for the whole process on articles that it sees once.

    python benchmarks/stages.py [--articles 300]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from articles import generate

import newsparse
from newsparse import text
from newsparse.layout import assemble, body, grammar, headline, page
from newsparse.lines import classify, wrap
from newsparse.stream import split
from newsparse.writing import write

ROUNDS = 7


def stage(name: str, function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Time the function over all arguments, print the microseconds a call, and hand on what it returned."""
    arguments = list(arguments)
    results: list[Any] = []
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        results = [function(*one) for one in arguments]
        best = min(best, time.perf_counter() - start)
    print(f"{name:38}{best / len(arguments) * 1e6:8.1f}")
    return results


def main() -> None:
    """Time each stage on what the one before it returned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    texts = list(generate(parser.parse_args().articles, 7))
    settings = newsparse.settings(split="auto")
    writer = write.encoder_of("jsonl")
    print(f"{'stage':38}{'µs':>8}")
    stage("(floor: decode, split, json.dumps)", floor, ((raw.encode(),) for raw in texts))
    cleaned = stage("text.clean_lines", text.clean_lines, ((raw,) for raw in texts))
    kinds = stage("classify.classify", classify.classify, ((clean, settings) for clean in cleaned))
    stage("split.articles (with both above)", lambda raw: list(split.articles([raw], settings)), ((r,) for r in texts))
    joined = stage("wrap.joined", wrap.joined, ((found, settings) for found in kinds))
    pages = stage("page.Page (lines by their kind)", page.Page, ((found, settings) for found in joined))
    stretches = stage("body.find", body.find, ((one,) for one in pages))
    for one, stretch in zip(pages, stretches, strict=True):
        one.stretch = stretch
        one.stretch = headline.cut_off(one)
    stage("grammar.fill_slots", grammar.fill_slots, ((one,) for one in pages))
    roles = stage("grammar.explained (with the four above)", grammar.explained, ((found, settings) for found in kinds))
    articles = stage("assemble.article", assemble.article, ((found,) for found in roles))
    stage("write: jsonl", writer.encode, ((article,) for article in articles))


def floor(data: bytes) -> bytes:
    """What the floor of `speed.py` does with the bytes of a file."""
    return json.dumps(data.decode("utf-8").split("\n"), ensure_ascii=False).encode("utf-8")


if __name__ == "__main__":
    main()
