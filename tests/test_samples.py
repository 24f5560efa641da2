"""Each sample gives its record: samples/NAME.txt is the raw text, NAME.json what a careful reader makes of it."""

from __future__ import annotations

import json
from difflib import unified_diff
from typing import Any

import pytest
from gold import KEYS, SAMPLES, Sample, load

import newsparse

GOLDEN = load()
HARD = load("hard")
NOT = load("not")


def differences(want: dict[str, Any], got: dict[str, Any]) -> str:
    """The fields that are not as wanted, each with a diff of its lines; empty where all are."""
    told = []
    for field, value in want.items():
        if got[field] != value:
            wanted, had = (json.dumps(x, ensure_ascii=False, indent=1).split("\n") for x in (value, got[field]))
            told += [f"\n{field}:", *list(unified_diff(wanted, had, "wanted", "got", lineterm="", n=1))[2:]]
    return "\n".join(told)


def names(samples: list[Sample]) -> list[str]:
    return [sample.name for sample in samples]


def test_there_are_samples_in_many_layouts_and_languages() -> None:
    assert len(GOLDEN) >= 45
    assert len(NOT) >= 10
    assert {sample.want["language"] for sample in GOLDEN} >= {
        "ar",
        "tr",
        "en",
        "fr",
        "de",
        "es",
        "fa",
        "ur",
        "it",
        "pt",
        "ja",
    }


@pytest.mark.parametrize(
    "sample",
    [
        *(pytest.param(sample, id=sample.name) for sample in GOLDEN),
        *(pytest.param(sample, id=f"hard/{sample.name}", marks=pytest.mark.xfail) for sample in HARD),
    ],
)
def test_record(sample: Sample) -> None:
    """A sample under hard/ is expected to fail; once it passes, it has to move up (xfail_strict)."""
    told = differences(sample.want, newsparse.parse(sample.text).to_dict())
    assert not told, told


@pytest.mark.parametrize("sample", NOT, ids=names(NOT))
def test_nothing_is_read_that_is_not_there(sample: Sample) -> None:
    told = differences(sample.want, newsparse.parse(sample.text).to_dict())
    assert not told, told


@pytest.mark.parametrize("sample", GOLDEN + HARD, ids=names(GOLDEN + HARD))
def test_sample_has_the_keys_of_the_record_in_order_and_nothing_empty(sample: Sample) -> None:
    assert list(sample.written) == [key for key in KEYS if sample.want[key] not in (None, [])]
    assert sample.written.keys() >= {"line", "language"}
    record = newsparse.parse(sample.text).to_dict()
    assert [key for key in record if key not in ("id", "source")] == KEYS


@pytest.mark.parametrize("sample", GOLDEN + HARD, ids=names(GOLDEN + HARD))
def test_sample_loses_no_line_itself(sample: Sample) -> None:
    """What a sample drops stands at that line of its text, word for word."""
    lines = [" ".join(line.split()) for line in sample.text.split("\n")]
    for line in sample.want["dropped"]:
        assert lines[line["line"] - 1] == line["text"]


def test_every_text_has_its_json_and_its_line_in_the_readme() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.suffix in (".txt", ".json") and path.parent.name != "html"]
    assert all(path.with_suffix(".txt").exists() and path.with_suffix(".json").exists() for path in files)
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    told = [line.split("`")[1] for line in readme.split("\n") if line.startswith("- `")]
    assert told == names(GOLDEN), "samples/README.md has a line for each, in the order of the names"
