"""What other libraries cost on the same articles, and how right they are on the same pages (extra ``bench``).

    python benchmarks/peers.py [FOLDER]

prints the scores and the CPU of newsparse and trafilatura on the pages of a folder (default: samples/html):
`NAME.html`, and in `NAME.json` what a reader finds there. Headline, day, minute, authors and tags count as shares of
the pages on which they are as wanted; the body as F1 of its words. A field that is not in the JSON has to be empty.

`benchmarks/speed.py` takes the libraries' calls from here, and wraps its articles as HTML where they need it. They do
other work: three of them find an article in HTML, one reads dates, one mends text. So it says what a user of them pays,
not who is better. Knows each library's one call; what is not installed is left out.
"""

from __future__ import annotations

import html
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import newsparse

PAGES = Path(__file__).parents[1] / "samples" / "html"
DAY_CHARS, MINUTE_CHARS = 10, 16  # of times as ISO 8601 writes them
Call = Callable[[str], Any]


def peers() -> Iterator[tuple[str, str, Call]]:
    """Name, what it is given ("html", "stamp" or "text"), and the call; of those that are installed."""
    for name, kind, make in (
        ("trafilatura", "html", _trafilatura),
        ("newspaper4k", "html", _newspaper),
        ("readability-lxml", "html", _readability),
        ("dateparser", "stamp", _dateparser),
        ("ftfy", "text", _ftfy),
    ):
        try:
            yield name, kind, make()
        except ImportError:
            print(f"{name:55}   not installed")


def microseconds(call: Callable[[Any], Any], inputs: Sequence[Any]) -> float:
    """The least CPU time of two rounds, for each input."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        for one in inputs:
            call(one)
        best = min(best, time.process_time() - start)
    return best / len(inputs) * 1e6


def as_html(text: str) -> str:
    """The article as a plain page: its first line is the title, each line a paragraph."""
    lines = [html.escape(line) for line in text.split("\n") if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f"<html><head><title>{lines[0]}</title></head><body><article><h1>{lines[0]}</h1>{body}</article></body></html>"
    )


def stamp_line(text: str) -> str:
    """The first line that has the most digits: nearly always the timestamp."""
    return max(text.split("\n")[:12], key=lambda line: sum(map(str.isdigit, line)) / (len(line) + 1))


def _trafilatura() -> Call:
    from trafilatura import bare_extraction

    return lambda page: bare_extraction(page, with_metadata=True)


def _newspaper() -> Call:
    from newspaper import Article

    def parse(page: str) -> None:
        article = Article("https://example.com/a", language="ar")
        article.download(input_html=page)
        article.parse()

    return parse


def _readability() -> Call:
    from readability import Document

    return lambda page: Document(page).summary()


def _dateparser() -> Call:
    from dateparser import parse

    return lambda line: parse(line, languages=["ar", "en"])


def _ftfy() -> Call:
    from ftfy import fix_text

    return fix_text


# Scores on pages ---------------------------------------------------------------------------------------------------


def of_newsparse(page: bytes) -> dict[str, Any]:
    """The record that newsparse makes of a page."""
    return newsparse.parse(page, html=True).to_dict()


def of_trafilatura(page: bytes) -> dict[str, Any]:
    """What trafilatura finds on a page, under the names of the record; its date with the clock."""
    from trafilatura import bare_extraction

    form = {"outputformat": "%Y-%m-%dT%H:%M:%S", "original_date": True, "extensive_search": True}
    found = bare_extraction(page, with_metadata=True, date_extraction_params=form)
    if found is None:
        return {"body": [], "authors": [], "hashtags": []}
    named = found if isinstance(found, dict) else found.as_dict()
    return {
        "headline": named.get("title"),
        "published": named.get("date"),
        "authors": [name.strip() for name in (named.get("author") or "").split(";") if name.strip()],
        "body": (named.get("text") or "").split("\n"),
        "hashtags": [tag.strip() for tags in named.get("tags") or [] for tag in tags.split(",") if tag.strip()],
    }


def scores(want: Mapping[str, Any], got: Mapping[str, Any]) -> dict[str, float]:
    """The score of each field from 0 to 1."""
    found = {
        "headline": _words(want.get("headline")) == _words(got.get("headline")),
        "authors": sorted(map(str.casefold, want.get("authors", ()))) == sorted(map(str.casefold, got["authors"])),
        "tags": set(want.get("hashtags", ())) == set(got["hashtags"]),
        "body": _f1(_words(" ".join(want.get("body", ()))), _words(" ".join(got["body"]))),
    }
    for name, size in (("day", DAY_CHARS), ("minute", MINUTE_CHARS)):
        known = want.get("published") or ""
        if len(known) >= size or name == "day":
            found[name] = known[:size] == (got.get("published") or "")[:size]
    return {name: float(value) for name, value in found.items()}


def _words(text: str | None) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in (text or "").casefold()).split()


def _f1(want: Sequence[str], got: Sequence[str]) -> float:
    same = sum((Counter(want) & Counter(got)).values())
    return 2 * same / (len(want) + len(got)) if want or got else 1.0


def main() -> None:
    """Print a table: a row for each tool, with its scores and its CPU a page."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else PAGES
    paths = sorted(path for path in folder.glob("*.html") if path.with_suffix(".json").exists())
    pages = [path.read_bytes() for path in paths]
    wanted = [json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in paths]
    columns = ("headline", "day", "minute", "authors", "body", "tags")
    print("tool        " + "".join(f"{name:>10}" for name in (*columns, "ms a page")) + f"   ({len(pages)} pages)")
    for name, read in (("newsparse", of_newsparse), ("trafilatura", of_trafilatura)):
        found = [scores(want, read(page)) for want, page in zip(wanted, pages, strict=True)]
        shares = [[score[column] for score in found if column in score] for column in columns]
        cost = microseconds(read, pages) / 1000
        print(f"{name:12}" + "".join(f"{sum(each) / len(each):10.3f}" for each in shares) + f"{cost:10.2f}", flush=True)


if __name__ == "__main__":
    main()
