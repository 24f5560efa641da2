"""The samples: where they lie, how they are read. No tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import newsparse

SAMPLES = Path(__file__).parents[1] / "samples"
NOTHING = newsparse.Article().to_dict()
KEYS = [name for name in NOTHING if name not in ("id", "source")]  # of a sample, in the order of the record


class Sample(NamedTuple):
    """A raw text and what is to be read from it: all fields, or, under samples/not, some.

    What is null or empty is not in the file of a sample, but it is in `want`. ``written`` is what is in the file.
    """

    name: str
    text: str
    want: dict[str, Any]
    written: dict[str, Any]


def load(folder: str = "") -> list[Sample]:
    """The samples of a folder below samples/, by name."""
    samples = []
    for path in sorted((SAMPLES / folder).glob("*.txt")):
        written = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        want = written if folder == "not" else {name: written.get(name, NOTHING[name]) for name in KEYS}
        samples.append(Sample(path.stem, path.read_bytes().decode("utf-8"), want, written))
    return samples
