"""A run as one HTML page for a person: a summary where there were many inputs, then the articles, the worst first.

Knows which articles a reader should see first, and what a page is made of. What stands in an article's part is for
`newsparse.showing.article_html`. The page is whole in itself: no script, no network, and no style but the one sheet
that its Content-Security-Policy names by hash.

The memory is bounded: of many articles the worst MOST_ARTICLES are kept; the summary counts all of them.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsparse.codes import in_words
from newsparse.record import Article, Line
from newsparse.showing.article_html import article_html, faults, named, place
from newsparse.showing.markup import Markup, element, together
from newsparse.showing.show import MOST_FIELDS_HAVE, Stats, percent
from newsparse.version import __version__
from newsparse.words.wordcache import DATA
from newsparse.writing.fields import FOUND

MOST_ARTICLES = 200
MOST_FAILURES = 500
MOST_CHARACTERS = 24_000_000  # of HTML for articles in all
LONGEST_NAME = 90  # characters of an article's name in the list

COST_OF_MISSING = {"body": 8, "headline": 6, "published": 4, "language": 2}
COST_OF_WARNING = 2
MOST_OTHER_LINES = 3  # that count, each 1: a line that nobody could place may be a lost paragraph


class _Entry(NamedTuple):
    """An article on the page; the greatest is the worst, and of equals the first."""

    badness: int
    order: int
    row: Markup
    html: Markup


class Report:
    """The page of a run, built as the run goes on."""

    def __init__(self) -> None:
        """An empty page."""
        self.stats = Stats()
        self.failures: list[tuple[str, str]] = []
        self._worst: list[_Entry] = []  # a heap: the one to leave out first is on top
        self._size = 0
        self._source = ""

    def add(self, article: Article, lines: Sequence[Line]) -> None:
        """One more record, and the lines that it is the sum of."""
        self.stats.add(article)
        self._source = article.source
        number = self.stats.records
        rank = (badness(article), -number)
        if len(self._worst) >= MOST_ARTICLES and rank < self._worst[0][:2]:
            return
        anchor = f"a{number}"
        entry = _Entry(*rank, _row(article, anchor), article_html(article, lines, anchor))
        heapq.heappush(self._worst, entry)
        self._size += len(entry.html)
        while len(self._worst) > MOST_ARTICLES or (self._size > MOST_CHARACTERS and len(self._worst) > 1):
            self._size -= len(heapq.heappop(self._worst).html)

    def fail(self, name: str, reason: str, line: int | None = None) -> None:
        """One more input that gave no record, or one more row of it: that at `line`."""
        self.stats.fail(name)
        if len(self.failures) < MOST_FAILURES:
            self.failures.append((name if line is None else f"{name}, line {line}", reason))

    def render(self) -> Iterator[bytes]:
        """The page as UTF-8, in pieces."""
        entries = sorted(self._worst, reverse=True)
        alone = (self.stats.inputs, self.stats.records, self.stats.failures) == (1, 1, 0)
        title = self._title(alone)
        yield b'<!doctype html>\n<html lang="en">\n' + _head(title).encode() + b"\n<body>\n"
        yield _banner(title, alone).encode() + (b'\n<main class="alone">\n' if alone else b"\n<main>\n")
        if not alone:
            yield together(*_summary(self.stats, self.failures, entries)).encode() + b"\n"
        for entry in entries:
            yield entry.html.encode() + b"\n"
        yield b"</main>\n</body>\n</html>\n"

    def _title(self, alone: bool) -> str:
        if alone:
            return named(self._source)
        title = f"{_count(self.stats.records, 'article')} from {_count(self.stats.inputs, 'input')}"
        return f"{title}, {self.stats.failures:,} failed" if self.stats.failures else title


def badness(article: Article) -> int:
    """How much a reader should look at the record: what is missing, what is warned of, what nobody could place."""
    missing = sum(cost for field, cost in COST_OF_MISSING.items() if not getattr(article, field))
    other = sum(line.role == "other" for line in article.dropped)
    return missing + COST_OF_WARNING * len(article.warnings) + min(other, MOST_OTHER_LINES)


# The page ---------------------------------------------------------------------------------------------------------


def _head(title: str) -> Markup:
    style = Path(DATA, "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name_="color-scheme", content="light dark"),
        element("meta", name_="referrer", content="no-referrer"),
        element("meta", name_="generator", content=f"newsparse {__version__}"),
        element("title", f"{title} – newsparse"),
        element("style", Markup(style)),
    )


def _banner(title: str, alone: bool) -> Markup:
    look = "top alone" if alone else "top"
    return element("header", element("p", "newsparse ", __version__, class_="brand"), element("h1", title), class_=look)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


# The summary ------------------------------------------------------------------------------------------------------


def _summary(stats: Stats, failures: Sequence[tuple[str, str]], entries: Sequence[_Entry]) -> Iterator[Markup]:
    yield element("section", _fields(stats), _codes(stats), class_="summary", aria_label="Summary")
    if stats.failures:
        yield _failed(failures, stats.failures)
    if entries:
        yield _contents(entries, stats.records)


def _fields(stats: Stats) -> Markup:
    """The share of the records that have each field."""
    rows = []
    for field in FOUND:
        share = stats.share(field)
        rows.append(_bar(field, share, stats.found[field], "most" if share >= MOST_FIELDS_HAVE else "few"))
    return element("div", element("h2", "Fields found"), element("table", *rows))


def _codes(stats: Stats) -> Markup:
    """The warnings in words, and the share of the records that have each."""
    rows = []
    for code, count in stats.by_code():
        label = together(element("code", code), " ", in_words(code))
        rows.append(_bar(label, min(count / stats.records, 1.0), count, "warned"))
    table = element("table", *rows) if rows else element("p", "None.", class_="absent")
    return element("div", element("h2", "Warnings"), table, class_="codes")


def _bar(label: str, share: float, count: int, look: str) -> Markup:
    """A row of a table: a bar is a rectangle, since the page's policy allows no style on an element."""
    bar = element("svg", element("rect", width=f"{share:.1%}", height="100%"), class_=look, aria_hidden="true")
    return element(
        "tr",
        element("th", label, scope="row"),
        element("td", bar, class_="bar"),
        element("td", percent(share), class_="share"),
        element("td", f"{count:,}", class_="count"),
    )


def _failed(failures: Sequence[tuple[str, str]], total: int) -> Markup:
    rows = [element("div", element("dt", element("bdi", name)), element("dd", reason)) for name, reason in failures]
    left_out = total - len(failures)
    return element(
        "section",
        element("h2", "Failed"),
        element("dl", *rows),
        element("p", f"{left_out:,} more are not shown here.", class_="absent") if left_out else None,
        class_="failures",
    )


def _contents(entries: Sequence[_Entry], total: int) -> Markup:
    """The articles on the page, each with what is wrong with it."""
    said = f"the {len(entries):,} worst of {total:,}, the worst first" if len(entries) < total else "the worst first"
    return element(
        "nav",
        element("h2", "Articles ", element("small", said)),
        element("ol", *(entry.row for entry in entries)),
        class_="contents",
        aria_label="Articles",
    )


def _row(article: Article, anchor: str) -> Markup:
    name = article.headline or "".join(article.body[:1])
    said = f"{name[:LONGEST_NAME]}…" if name[LONGEST_NAME:] else name or "nothing"
    look = None if article.headline else "absent"
    return element(
        "li",
        element("a", said, href=f"#{anchor}", lang=article.language, dir="auto", class_=look),
        element("div", element("span", place(article), class_="place"), *(element("code", c) for c in faults(article))),
    )
