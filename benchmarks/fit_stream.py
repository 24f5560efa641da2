"""Fit where articles begin in a stream: the small trees of newsparse/data/boundaries.json.

    python benchmarks/fit_stream.py FOLDER... [--feeds FILE] [--samples FOLDER] [--write]

A FOLDER holds labelled pages, a folder each: raw.txt, and gold.json with `headline`, `headline_lines`, `outlet`. They
are run together in several orders: at random and by outlet, with nothing, blank lines or a rule between; in some, rules
are put between paragraphs, where no article begins. Some pages come several times, with the same words in other orders,
as articles on one subject do: there the header alone tells. Each candidate of `newsparse.stream.boundary` is a row,
right where it is the next page's headline. The score is that of pages whose outlets the fit has not seen (five folds):
of the headlines, the share that was found; of the cuts, the share that is between two articles. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

import newsparse
from newsparse.signs import NO_TITLE_ENDS
from newsparse.stream import boundary, split
from newsparse.stream.evidence import LOOK_AHEAD, Held, features, is_prose
from newsparse.text import clean_lines

ORDERS, FOLDS, TREES, DEPTH, RATE = 6, 5, 160, 2, 0.15
THRESHOLDS = (split.MIN_DOUBTFUL, split.MIN_OF_STREAM, 0.5, 0.7, 0.9, 0.95, split.MIN_OF_FILE)
MIN_ROWS = 12  # that a leaf decides
WEIGHT_OF_FEEDS = 0.3  # whole page dumps, most of them not Arabic
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

    gap: tuple[int, int]
    line: int
    values: dict[str, float]
    right: int | None
    has_headline: bool
    weight: float = 1.0


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder, in the format of labelled pages, or of samples/."""
    for path in sorted(folder.glob("*/gold.json")):
        yield _page(json.loads(path.read_text(encoding="utf-8")), path.parent / "raw.txt")
    for path in sorted(folder.glob("*.json")):
        yield _page({**json.loads(path.read_text(encoding="utf-8")), "outlet": path.stem}, path.with_suffix(".txt"))


def pages_of_feeds(file: Path) -> Iterator[Page]:
    """One whole page dump of each feed, of a file of rows with `feed`, `text` and `gold.headline`."""
    by_feed = {}
    for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
        row = json.loads(line)
        lines = clean_lines(row["text"].strip("\n"))
        headline = clean_lines(row["gold"]["headline"] or "")[0]
        if headline in lines and lines[0] and row["feed"] not in by_feed:
            by_feed[row["feed"]] = Page(lines, lines.index(headline), True, row["feed"])
    yield from by_feed.values()


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


def _shuffled(page: Page, words: Sequence[str], chance: random.Random) -> Page:
    old = page.lines[page.headline]
    size = min(len(old.split()), len(words))
    new = " ".join(chance.sample(words, size)).strip(NO_TITLE_ENDS)[: boundary.MAX_TITLE_CHARS]
    lines = [
        new
        if line == old
        else " ".join(chance.choices(words, k=len(line.split()))).strip(NO_TITLE_ENDS) + line[-1]
        if is_prose(line)
        else line
        for line in page.lines
    ]
    return page._replace(lines=lines)


def rows(stream: Sequence[Page], number: int) -> Iterator[Row]:
    """The candidates of a stream; what it teaches is learned from its true articles."""
    held = Held(SETTINGS)
    for n, page in enumerate(stream):
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
        held.forget()
        limit = headline
        while following and limit < len(held.texts) and not is_prose(held.texts[limit]) and limit < headline + 9:
            limit += 1
        own = page.lines[: page.headline + 1]
        start = sum(map(bool, own))
        start = next((i for i in range(start, size) if boundary.is_body(held.texts[i])), size)
        boundary.learn_openers(held, start)
        for i in boundary.candidates(held, start + 1, min(limit + 1, len(held.texts)) if following else size):
            right = 1 if i == headline and following else None if size <= i < headline else 0
            yield Row((number, n), i, dict(features(held, i)), right, bool(following and following.has_headline))
        boundary.learn_closers(held, size)


def table(found: Sequence[Page], seed: int) -> list[Row]:
    """The rows of all streams."""
    chance = random.Random(seed)
    ones = [page for page in found if page.has_headline and any(map(is_prose, page.lines))]
    repeated = [of_one_subject(page, chance) for page in chance.sample(ones, len(ones) // 2)]
    real = [row for number, stream in enumerate(streams(found, seed)) for row in rows(stream, number)]
    made = [row for number, stream in enumerate(repeated, ORDERS) for row in rows(stream, number)]
    return real + made


def rows_of(sources: Sequence[Sequence[Page]], seed: int) -> list[Row]:
    """The rows of labelled pages, and those of feeds, which count less."""
    labelled, feeds = sources
    return table(labelled, seed) + [row._replace(weight=WEIGHT_OF_FEEDS) for row in table(feeds, seed)]


def fitted(names: Sequence[str], train: Sequence[Row]) -> GradientBoostingClassifier:
    """The trees that tell the headlines of the rows."""
    used = [row for row in train if row.right is not None]
    shape = {"n_estimators": TREES, "max_depth": DEPTH, "min_samples_leaf": MIN_ROWS}
    chooser = GradientBoostingClassifier(learning_rate=RATE, subsample=0.7, random_state=1, **shape)
    return chooser.fit(_matrix(names, used), [row.right for row in used], [row.weight for row in used])


def _matrix(names: Sequence[str], found: Sequence[Row]) -> Any:
    return np.array([[row.values[name] for name in names] for row in found], float)


def scores(found: Sequence[Row], shares: Sequence[float], threshold: float) -> tuple[int, int, int, int]:
    """(headlines found, headlines, right cuts, cuts); of candidates without prose between, the best is cut at."""
    by_gap = defaultdict(list)
    for row, share in zip(found, shares, strict=True):
        by_gap[row.gap].append((share, row))
    counts: Counter[str] = Counter()
    for near in by_gap.values():
        counts["all"] += near[0][1].has_headline
        left = [(share, row) for share, row in near if share > threshold]
        while left:
            _, best = max(left, key=lambda one: one[0])
            counts["cuts"] += 1
            counts["right"] += best.right != 0
            counts["found"] += best.right != 0 and best.has_headline
            left = [one for one in left if abs(one[1].line - best.line) > boundary.MAX_LINES_TO_PROSE]
    return counts["found"], counts["all"], counts["right"], counts["cuts"]


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
    parser.add_argument("--feeds", type=Path, help="whole page dumps: gzip, a JSON row each")
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[1] / "samples")
    parser.add_argument("--write", action="store_true", help="write newsparse/data/boundaries.json")
    options = parser.parse_args()
    labelled = [page for folder in options.folders for page in pages(folder)]
    feeds = [*pages_of_feeds(options.feeds)] if options.feeds else []
    always = table([*pages(options.samples)], 0)
    names = sorted(always[0].values)
    outlets = [sorted({page.outlet for page in found}) for found in (labelled, feeds)]
    for each in outlets:
        random.Random(2).shuffle(each)
    total: dict[float, Counter[int]] = defaultdict(Counter)
    for fold in range(FOLDS):
        held_out = {outlet for each in outlets for outlet in each[fold::FOLDS]}
        train = rows_of([[page for page in found if page.outlet not in held_out] for found in (labelled, feeds)], fold)
        test = table([page for page in labelled if page.outlet in held_out], FOLDS + fold)
        real = [row for row in test if row.gap[0] < ORDERS]
        shares = fitted(names, train + always).predict_proba(_matrix(names, real))[:, 1]
        for threshold in THRESHOLDS:
            total[threshold].update(dict(enumerate(scores(real, shares, threshold))))
    for threshold, count in total.items():
        print(f"threshold {threshold:.2f}  found {count[0] / count[1]:.3f}  cuts right {count[2] / count[3]:.3f}")
    if options.write:
        chooser = fitted(names, rows_of([labelled, feeds], 0) + always)
        boundary.MODEL.write_text(written(names, chooser), encoding="utf-8")


if __name__ == "__main__":
    main()
