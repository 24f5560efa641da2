"""Each page of samples/html gives its record: NAME.html is the page, NAME.json what a reader finds on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold import NOTHING, SAMPLES

import newsparse
from newsparse.reading.page import read_page

PAGES = sorted((SAMPLES / "html").glob("*.html"))
FIELDS = [name for name in NOTHING if name not in ("id", "byline", "dropped", "source", "line")]
by_name = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


@by_name
def test_page_gives_its_record(path: Path) -> None:
    want = {**NOTHING, **json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))}
    record = json.loads(json.dumps(newsparse.parse(path.read_bytes(), html=True).to_dict()))
    assert {name: record[name] for name in FIELDS} == {name: json.loads(json.dumps(want[name])) for name in FIELDS}


@by_name
def test_no_line_of_a_page_is_lost(path: Path) -> None:
    text, markup = read_page(path.read_bytes())
    lines = newsparse.explain(path.read_bytes(), html=True)
    assert [line.text for line in lines] == [line for line in text.split("\n") if line]
    assert set(markup.lines) == {line.number for line in lines}
    record = newsparse.parse(path.read_bytes(), html=True).to_dict()
    said = json.dumps(record, ensure_ascii=False)
    missing = [line.text for line in lines if json.dumps(line.text, ensure_ascii=False)[1:-1] not in said]
    assert all(line.found is not None or line.gives for line in lines if line.text in missing), missing


def test_reasons_name_the_tags() -> None:
    lines = [line for path in PAGES for line in newsparse.explain(path.read_bytes(), html=True)]
    whys = {f"{line.role.value}: {line.why}" for line in lines}
    for role, tag in (
        ("furniture", "in <nav>"),
        ("furniture", "in <footer>"),
        ("furniture", "in <aside>"),
        ("furniture", "in an element of class «related»"),
        ("caption", "in <figcaption>"),
        ("hashtags", "marked as tags"),
        ("headline", "equal to JSON-LD headline"),
        ("published", "<time datetime>"),
        ("published", "JSON-LD datePublished agrees"),
        ("published", "JSON-LD datePublished has T10:15:00+03:00"),
        ("published", "<meta article:published_time> has 2023-10-02"),
        ("headline", "published by JSON-LD datePublished; author by JSON-LD author"),
        ("headline", "updated by JSON-LD dateModified"),
        ("headline", "section by JSON-LD articleSection; tags by JSON-LD keywords"),
        ("byline", "marked as the author"),
        ("section", "the category by its tag"),
        ("section", "nearest to the headline"),
    ):
        assert any(why.startswith(role) and tag in why for why in whys), (role, tag, sorted(whys))


def test_every_page_has_its_json_and_its_line_in_the_readme() -> None:
    assert len(PAGES) >= 30 and all(path.with_suffix(".json").exists() for path in PAGES)
    readme = (SAMPLES / "html" / "README.md").read_text(encoding="utf-8")
    assert [line.split("`")[1] for line in readme.split("\n") if line.startswith("- `")] == [
        path.stem for path in PAGES
    ]
