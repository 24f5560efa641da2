"""Fit where articles begin in a stream: the small trees of newsparse/data/boundaries.json.

    python benchmarks/fit_stream.py FOLDER... [--dumps FILE]... [--samples FOLDER] [--write] [--floor NAME=SHARE]...

A FOLDER holds labelled pages, a folder each: raw.txt, and gold.json with `headline`, `headline_lines`, `outlet`. They
are run together in several orders: at random and by outlet, with nothing, blank lines or a rule between; in some,
rules are put between paragraphs, where no article begins. Some pages come several times, with the same words in other
orders, as articles on one subject do: there the header alone tells; some come with the headlines and the prose of
others, as the pages of one site do: there the stream teaches itself. And each page comes alone, where no article
begins, also the whole page dumps of the files (gzip, rows with `text`, `feed` or `k`, and `gold.headline` if it is
known). Each candidate of `newsparse.stream.split` is a row, right where it is the next page's headline. The score
is that of pages whose outlets the fit has not seen (five folds): of the headlines, the share that was found; of the
cuts, the share that is between two articles; of pages alone, the share that was cut. ``--floor found=.9`` exits 1
where a score of the threshold in use is worse. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

import newsparse
from newsparse.signs import NO_TITLE_ENDS
from newsparse.stream import split
from newsparse.stream.split import LOOK_AHEAD, Held, features, is_prose
from newsparse.text import clean_lines

ORDERS, FOLDS, TREES, DEPTH, RATE = 6, 5, 240, 3, 0.08
THRESHOLDS = (split.MIN_DOUBTFUL, split.MIN_OF_STREAM, 0.5, 0.7, 0.9, 0.95, split.MIN_OF_FILE)
MIN_ROWS = 12  # that a leaf decides
WEIGHTS = {
    "labelled": 1,
    "one subject": 1,
    "same layout": 1,
    "alone": 1,
    "dumps": 0.3,
    "dumps alone": 0.6,
}  # most dumps are not Arabic
PAGES_OF_FEED, ORDERS_OF_DUMPS = 2, 3
BETWEEN = ([""], ["", ""], ["-----"], ["", "====="], ["***", ""])
SETTINGS = newsparse.settings(split="auto")


class Page(NamedTuple):
    """A labelled page: its clean lines, the index of its headline, or of its first line where it has none."""

    lines: list[str]
    headline: int
    has_headline: bool
    outlet: str


class Row(NamedTuple):
    """A candidate: which gap between articles it is near, its line, its features, and its label.

    right: 1 the headline, 0 a line inside an article, None a line above the headline, where a cut does no harm.
    """

    gap: tuple[str, int]
    line: int
    values: dict[str, float]
    right: int | None
    has_headline: bool
    source: str


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder, in the format of labelled pages, or of samples/."""
    for path in sorted(folder.glob("*/gold.json")):
        yield _page(json.loads(path.read_text(encoding="utf-8")), path.parent / "raw.txt")
    for path in sorted(folder.glob("*.json")):
        yield _page({**json.loads(path.read_text(encoding="utf-8")), "outlet": path.stem}, path.with_suffix(".txt"))


def page_dumps(file: Path) -> Iterator[Page]:
    """Whole page dumps, of a file of rows with `text`, and perhaps `feed` and `gold.headline`: two of each feed."""
    known: Counter[str] = Counter()
    for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
        row = json.loads(line)
        lines = clean_lines(row["text"].strip("\n").replace("\f", "\n"))
        headline = clean_lines(row.get("gold", {}).get("headline") or "")[0]
        outlet = row.get("feed") or row["k"]
        known[outlet] += 1
        if known[outlet] <= PAGES_OF_FEED and any(lines):
            has_headline = bool(headline) and headline in lines
            yield Page(lines, lines.index(headline) if has_headline else 0, has_headline, outlet)


def _page(gold: dict[str, Any], path: Path) -> Page:
    raw = path.read_bytes().decode("utf-8").replace("\f", "\n").strip("\n")
    lines = clean_lines(raw)
    headline = clean_lines(gold.get("headline") or "")[0]
    if headline and gold.get("headline_lines"):
        headline = clean_lines(path.read_bytes().decode("utf-8").split("\n")[gold["headline_lines"][0]])[0]
    has_headline = bool(headline) and headline in lines
    first = lines.index(headline) if has_headline else next(i for i, line in enumerate(lines) if line)
    return Page(lines, first, has_headline, gold["outlet"])


def streams(found: Sequence[Page], seed: int, orders: int = ORDERS) -> Iterator[list[Page]]:
    """The pages in several orders, each with the lines that stand between it and the next at its end."""
    chance = random.Random(seed)
    for order in range(orders):
        chosen = [*found]
        chance.shuffle(chosen)
        if order % 3 == 2:
            chosen.sort(key=lambda page: page.outlet)
        between = chance.choice(BETWEEN) if order % 2 else []
        yield [page._replace(lines=[*_with_rules(page, chance), *between]) for page in chosen]


def _with_rules(page: Page, chance: random.Random) -> list[str]:
    """In one page of six, rules between the paragraphs below its headline."""
    lines = [*page.lines]
    places = [i for i in range(page.headline + 2, len(lines)) if is_prose(lines[i - 1]) and is_prose(lines[i])]
    if places and chance.random() < 1 / 6:
        for i in sorted(chance.sample(places, min(2, len(places))), reverse=True):
            lines.insert(i, chance.choice(["-----", "***", "====="]))
    return lines


def of_one_subject(page: Page, chance: random.Random, times: int = 4) -> list[Page]:
    """The page several times, the words of its headline and of its prose shuffled."""
    words = [word for line in page.lines if is_prose(line) for word in line.split()]
    return [_shuffled(page, words, chance) for _ in range(times)]


def of_same_layout(page: Page, others: Sequence[Page]) -> list[Page]:
    """The page, and the same with the headline and the prose of others; the last comes twice."""
    made = [page]
    for other in others:
        prose = cycle(filter(is_prose, other.lines))
        old, new = page.lines[page.headline], other.lines[other.headline]
        lines = [new if line == old else next(prose) if is_prose(line) else line for line in page.lines]
        made.append(page._replace(lines=lines))
    return [*made, made[-1]]


def _shuffled(page: Page, words: Sequence[str], chance: random.Random) -> Page:
    old = page.lines[page.headline]
    size = min(len(old.split()), len(words))
    new = " ".join(chance.sample(words, size)).strip(NO_TITLE_ENDS)[: split.MAX_TITLE_CHARS]
    lines = [
        new
        if line == old
        else " ".join(chance.choices(words, k=len(line.split()))).strip(NO_TITLE_ENDS) + line[-1]
        if is_prose(line)
        else line
        for line in page.lines
    ]
    return page._replace(lines=lines)


def rows(stream: Sequence[Page], name: str, source: str) -> Iterator[Row]:
    """The candidates of a stream; what it teaches is learned from its true articles."""
    held = Held(SETTINGS)
    for n in range(len(stream)):
        following = stream[n + 1] if n + 1 < len(stream) else None
        held.texts, held.numbers = [], []
        size = headline = gap = 0
        for later in stream[n : n + 60]:
            for i, text in enumerate(later.lines):
                if later is following and i == later.headline:
                    headline = len(held.texts)
                if text:
                    held.texts.append(text)
                    held.numbers.append(len(held.numbers) and held.numbers[-1] + 1 + gap)
                    gap = 0
                else:
                    gap += bool(held.numbers)
            size = size or len(held.texts)
            if len(held.texts) > size + 2 * LOOK_AHEAD:
                break
        limit = headline
        while following and limit < len(held.texts) and not is_prose(held.texts[limit]) and limit < headline + 9:
            limit += 1
        first = next((i for i in range(size) if is_prose(held.texts[i])), size)
        start = next((i for i in range(first, size) if split.is_body(held.texts[i])), size)
        split.learn_header(held, first)
        end = min(limit + 1, len(held.texts)) if following else size
        for i in split.candidates(held, split.openings(held.texts, start + 1, end)):
            right = 1 if i == headline and following else None if size <= i < headline else 0
            values = dict(features(held, i))
            yield Row((name, n), i, values, right, bool(following and following.has_headline), source)
        split.learn_lines(held, range(first, size), held.later)


def table(labelled: Sequence[Page], dumps: Sequence[Page], seed: int) -> Iterator[Row]:
    """The rows of all streams of these pages; of page dumps with a headline, streams too; of each page alone."""
    chance = random.Random(seed)
    ones = [page for page in labelled if page.has_headline and any(map(is_prose, page.lines))]
    repeated = [of_one_subject(page, chance) for page in chance.sample(ones, len(ones) // 2)]
    made = {
        "labelled": streams(labelled, seed),
        "one subject": repeated,
        "same layout": (of_same_layout(page, chance.sample(ones, 2)) for page in ones),
        "dumps": streams([page for page in dumps if page.has_headline], seed, ORDERS_OF_DUMPS),
        "alone": ([page] for page in labelled),
        "dumps alone": ([page] for page in dumps),
    }
    for source, each in made.items():
        for number, stream in enumerate(each):
            yield from rows(stream, f"{source}/{seed}/{number}", source)


def fitted(names: Sequence[str], train: Sequence[Row]) -> GradientBoostingClassifier:
    """The trees that tell the headlines of the rows."""
    used = [row for row in train if row.right is not None]
    shape = {"n_estimators": TREES, "max_depth": DEPTH, "min_samples_leaf": MIN_ROWS}
    chooser = GradientBoostingClassifier(learning_rate=RATE, subsample=0.7, random_state=1, **shape)
    return chooser.fit(_matrix(names, used), [row.right for row in used], [WEIGHTS[row.source] for row in used])


def _matrix(names: Sequence[str], found: Sequence[Row]) -> Any:
    return np.array([[row.values[name] for name in names] for row in found], float)


def scores(found: Sequence[Row], shares: Sequence[float], threshold: float) -> Counter[str]:
    """How many headlines there are in streams, how many were found, cuts, right cuts, and single pages that were cut.

    Of candidates without prose between, the best is cut at.
    """
    counts: Counter[str] = Counter()
    by_gap = defaultdict(list)
    for row, share in zip(found, shares, strict=True):
        by_gap[row.source, row.gap].append((share, row))
    for (source, _), near in by_gap.items():
        left = [(share, row) for share, row in near if share > threshold]
        if source != "labelled":
            counts[source] += bool(left)
            continue
        counts["headlines"] += near[0][1].has_headline
        while left:
            _, best = max(left, key=lambda one: one[0])
            counts["cuts"] += 1
            counts["right"] += best.right != 0
            counts["found"] += best.right != 0 and best.has_headline
            left = [one for one in left if abs(one[1].line - best.line) > split.MAX_LINES_TO_PROSE]
    return counts


def written(names: Sequence[str], chooser: GradientBoostingClassifier) -> str:
    """The model as JSON, a line for each tree."""
    trees = [_tree(names, each[0].tree_, 0) for each in chooser.estimators_]
    splits = Counter(names[f] for each in chooser.estimators_ for f in each[0].tree_.feature if f >= 0)
    shares = sorted(zip(chooser.feature_importances_, names, strict=True), reverse=True)
    told = {name: {"share": round(float(share), 4), "splits": splits[name]} for share, name in shares if splits[name]}
    start = float(chooser.init_.class_prior_[1])
    head = json.dumps({"features": told, "start": round(float(np.log(start / (1 - start))), 3)}, indent=1)[:-2]
    return head + ',\n "trees": [\n  ' + ",\n  ".join(json.dumps(tree) for tree in trees) + "\n ]\n}\n"


def _tree(names: Sequence[str], tree: Any, node: int) -> Any:
    if tree.feature[node] < 0:
        return round(RATE * float(tree.value[node][0][0]), 3)
    low, high = (_tree(names, tree, side[node]) for side in (tree.children_left, tree.children_right))
    return [names[tree.feature[node]], round(float(tree.threshold[node]), 4), low, high]


def main() -> None:
    """Print the score on outlets that were not seen, and write the model of all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--dumps", type=Path, action="append", default=[], help="page dumps: gzip, a JSON row each")
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[1] / "samples")
    parser.add_argument("--write", action="store_true", help="write newsparse/data/boundaries.json")
    parser.add_argument("--floor", action="append", default=[], metavar="NAME=SHARE", help="exit 1 below it")
    options = parser.parse_args()
    labelled = [page for folder in options.folders for page in pages(folder)]
    dumps = [page for file in options.dumps for page in page_dumps(file)]
    always = [*table([*pages(options.samples)], [], FOLDS)]
    names = sorted(always[0].values)
    groups = [[*table(*each, fold)] for fold, each in enumerate(zip(*map(folds, (labelled, dumps)), strict=True))]
    total: dict[str, Counter[int]] = defaultdict(Counter)
    for test in groups:
        train = [row for group in groups if group is not test for row in group]
        shares = fitted(names, train + always).predict_proba(_matrix(names, test))[:, 1]
        for threshold in THRESHOLDS:
            total[threshold].update(scores(test, shares, threshold))
    shares_of = {threshold: told(count, len(labelled), len(dumps)) for threshold, count in total.items()}
    for threshold, each in shares_of.items():
        print(f"threshold {threshold:.2f}", *(f"{name} {share:.3f}" for name, share in each.items()), sep="  ")
    if options.write:
        chooser = fitted(names, [row for group in groups for row in group] + always)
        Path(split.MODEL).write_text(written(names, chooser), encoding="utf-8")
    floors = {name: float(share) for name, _, share in (floor.partition("=") for floor in options.floor)}
    if below := [name for name, share in floors.items() if shares_of[split.MIN_OF_STREAM][name] < share]:
        sys.exit(f"below the floor: {', '.join(below)}")


def told(count: Mapping[str, int], pages_alone: int, dumps_alone: int) -> dict[str, float]:
    """The scores, by the names that --floor knows."""
    return {
        "found": count["found"] / count["headlines"],
        "right": count["right"] / count["cuts"],
        "whole": 1 - count["alone"] / pages_alone,
        "whole dumps": 1 - count["dumps alone"] / max(1, dumps_alone),
    }


def folds(found: Sequence[Page]) -> list[list[Page]]:
    """The pages by outlets, in FOLDS parts."""
    outlets = sorted({page.outlet for page in found})
    random.Random(2).shuffle(outlets)
    return [[page for page in found if page.outlet in outlets[fold::FOLDS]] for fold in range(FOLDS)]


if __name__ == "__main__":
    main()
