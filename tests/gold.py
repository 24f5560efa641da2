"""The samples: where they lie, how they are read. No tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

SAMPLES = Path(__file__).parents[1] / "samples"
KEYS = [  # of a sample, in the order of the record: all but `id` and `source`
    *("headline", "standfirst", "published", "updated", "agency", "authors", "location", "byline", "section"),
    *("body", "hashtags", "language", "dropped", "warnings", "line"),
]


class Sample(NamedTuple):
    """A raw text and what is to be read from it: all fields, or, under samples/not, some."""

    name: str
    text: str
    want: dict[str, Any]


def load(folder: str = "") -> list[Sample]:
    """The samples of a folder below samples/, by name."""
    return [
        Sample(
            path.stem,
            path.read_bytes().decode("utf-8"),
            json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
        )
        for path in sorted((SAMPLES / folder).glob("*.txt"))
    ]
