"""What other libraries cost on the same articles, wrapped as HTML where they need it (extra ``bench``).

They do other work: three of them find an article in HTML, one reads dates, one mends text. So this says what a user of
them pays, not who is better. Knows each library's one call; what is not installed is left out.
"""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

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


def microseconds(call: Call, inputs: Sequence[str]) -> float:
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
