"""How well newsparse reads the samples, field by field, and the floor under which that may not fall.

    python benchmarks/accuracy.py            print the scores; exit 1 where one is under floor.json
    python benchmarks/accuracy.py --show F   and the samples that miss field F
    python benchmarks/accuracy.py --update   raise the floor to the scores
    python benchmarks/accuracy.py --update --lower   and lower it where they fell; say why in CHANGELOG.md

Each score is the mean over samples/*.txt, between 0 and 1:

    headline, standfirst, published, updated, location, byline, section, language, warnings
               exact, null where null is wanted; white space aside
    agency     exact, null where null is wanted
    authors    F1 of the names
    body       F1 of the words' pairs (bigrams), so that a paragraph cut in two costs little
    paragraphs F1 of whole paragraphs
    hashtags   F1 of the tags
    furniture  share of the dropped lines that are dropped, and of the other lines that are not (the product)
    roles      share of the dropped lines that have the right role
    nothing    over samples/not/*.txt: share of the fields that stay as empty as they have to
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import newsparse

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
FLOOR = HERE / "floor.json"
HEADER = ("headline", "standfirst", "published", "updated", "agency", "location", "byline", "section")
EXACT = (*HEADER, "language", "warnings")
FIELDS = (*EXACT, "authors", "body", "paragraphs", "hashtags", "furniture", "roles", "nothing")

Record = dict[str, Any]
NOTHING: Record = newsparse.Article().to_dict()  # what is not in the file of a sample is null or empty


def f1(want: Iterable[Any], got: Iterable[Any]) -> float:
    """The harmonic mean of precision and recall, over multisets; 1 where both are empty."""
    wanted, had = Counter(want), Counter(got)
    both = (wanted & had).total()
    size = wanted.total() + had.total()
    return 2 * both / size if size else 1.0


def pairs_of_words(paragraphs: Iterable[str]) -> list[tuple[str, str]]:
    """Each word of the text with the next one."""
    words = " ".join(paragraphs).split()
    return list(pairwise(words))


def scores(want: Record, got: Record, lines: int) -> dict[str, float]:
    """The score of each field of one sample of so many lines."""
    dropped = {line["line"]: line["role"] for line in want["dropped"]}
    out = {line["line"]: line["role"] for line in got["dropped"]}
    kept = lines - len(dropped)
    right = len(dropped.keys() & out.keys()) / len(dropped) if dropped else 1.0
    wrong = len(out.keys() - dropped.keys()) / kept if kept else 0.0
    return {
        **{field: float(want[field] == got[field]) for field in EXACT},
        "authors": f1(want["authors"], got["authors"]),
        "body": f1(pairs_of_words(want["body"]), pairs_of_words(got["body"])),
        "paragraphs": f1(want["body"], got["body"]),
        "hashtags": f1(want["hashtags"], got["hashtags"]),
        "furniture": right * (1 - wrong),
        "roles": sum(out.get(n) == role for n, role in dropped.items()) / len(dropped) if dropped else 1.0,
    }


def score_samples() -> Iterator[tuple[str, str, float]]:
    """Sample, field and score, one after the other."""
    for name, text, want in _samples(SAMPLES):
        lines = sum(bool(line.strip()) for line in text.split("\n"))
        for field, score in scores(NOTHING | want, newsparse.parse(text).to_dict(), lines).items():
            yield name, field, score
    for name, text, want in _samples(SAMPLES / "not"):
        got = newsparse.parse(text).to_dict()
        for field, value in want.items():
            yield f"not/{name}: {field}", "nothing", float(got[field] == value)


def _samples(folder: Path) -> Iterator[tuple[str, str, Record]]:
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        sys.exit(f"{folder}: no samples")
    for path in paths:
        yield (
            path.stem,
            path.read_text(encoding="utf-8"),
            json.loads(path.with_suffix(".json").read_text("utf-8")),
        )


def table(means: dict[str, float], counts: Counter[str], floor: dict[str, float]) -> str:
    """One line a field: score, floor, number of cases."""
    rows = [f"{'field':12} {'score':>7} {'floor':>7} {'cases':>6}"]
    for field in FIELDS:
        mark = "  under the floor" if is_under(means[field], floor.get(field, 0.0)) else ""
        rows.append(f"{field:12} {means[field]:7.4f} {floor.get(field, 0.0):7.4f} {counts[field]:6}{mark}")
    return "\n".join(rows)


def is_under(score: float, floor: float) -> bool:
    """Floors are written with four digits, so a score may be half of the last one lower."""
    return score < floor - 0.00005


def new_floor(means: dict[str, float], floor: dict[str, float], lower: bool) -> dict[str, float]:
    """The scores, or the old floor where that is higher and may not be lowered."""
    return {field: round(means[field] if lower else max(means[field], floor.get(field, 0.0)), 4) for field in FIELDS}


def main() -> int:
    """Score, print, compare; the exit status is 1 under the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", metavar="FIELD", choices=FIELDS, help="list the samples that miss FIELD")
    parser.add_argument("--update", action="store_true", help="raise the floor to the scores")
    parser.add_argument("--lower", action="store_true", help="with --update: lower it too, where the scores fell")
    options = parser.parse_args()
    sums: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    missed = []
    for name, field, score in score_samples():
        sums[field] += score
        counts[field] += 1
        if field == options.show and score < 1:
            missed.append(f"  {score:.2f}  {name}")
    means = {field: sums[field] / counts[field] for field in FIELDS}
    floor = json.loads(FLOOR.read_text("utf-8")) if FLOOR.exists() else {}
    if options.update:
        floor = new_floor(means, floor, options.lower)
        FLOOR.write_text(json.dumps(floor, indent=1) + "\n", "utf-8")
    print(table(means, counts, floor))
    print("\n".join(missed), end="\n" if missed else "")
    return int(any(is_under(means[field], floor.get(field, 0.0)) for field in FIELDS))


if __name__ == "__main__":
    sys.exit(main())
