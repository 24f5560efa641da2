"""The report: a run as one HTML page, with a summary and the articles, the worst first.

Knows which articles come first, and how texts get into data/report.html: control characters are made harmless, endless
texts are cut, and everything is escaped. The page needs no network. Its Content-Security-Policy allows one style sheet
and one script, by their hashes. Memory is bounded: only the worst articles are kept, but the summary counts all.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from newsparse.record import DROPPED, Article, Line, Role, meaning_of
from newsparse.showing.messages import MIN_GREEN_SHARE, Tally, percent
from newsparse.showing.show import faults, labels, settled, time_in_words
from newsparse.version import __version__
from newsparse.words.vocab import DATA, direction
from newsparse.writing.write import FOUND, column_label, inert

MAX_ARTICLES = 200
MAX_LISTED_FAILURES = 500
MAX_PAGE_CHARS = 8_000_000  # of texts of all articles
MAX_LISTED_FEEDS = 20
MAX_ARTICLE_CHARS = 400_000  # of the paragraphs of one article, and again of its lines
MAX_ITEMS = 1000  # paragraphs, lines or tags of one article
MAX_CELL_CHARS = 20_000
MAX_LISTED_NAME_CHARS = 90  # of an article in the list

MISSING_COST = {"body": 8, "headline": 6, "published": 4, "language": 2}
WARNING_COST = 2
MAX_OTHER_LINES = 3  # that count, each 1: a line that nobody could place may be a lost paragraph

FACTS = ("updated", "byline", "language", "id")  # that stand nowhere else on the page
MISSED = tuple(name for name in FOUND if name not in ("standfirst", "updated", "section", "hashtags"))
COLLAPSED_ROLES = frozenset(
    {Role.HEADLINE, Role.BODY, Role.CONTINUED, Role.HASHTAGS, Role.FURNITURE}
)  # reasons on demand


class _Entry(NamedTuple):
    """An article on the page. The greatest entry is the worst article, and the first of equals."""

    badness: int
    order: int  # its number, negative
    article: Article
    lines: Sequence[Line]
    size: int  # of its texts on the page, in characters
    anchor: str


class Report:
    """The page of a run, which is built during the run."""

    def __init__(self, language: str | None = None) -> None:
        """`language` is that of the labels; None: Arabic if most articles are Arabic."""
        self.failures: list[tuple[str, str]] = []
        self._unlisted = 0  # failures that are not on the page
        self.feeds: list[tuple[str, int, Sequence[tuple[str, int]]]] = []  # name, pages, lines and on how many of them
        self._language = language
        self._records = 0
        self._arabic = 0  # articles in Arabic
        self._worst: list[_Entry] = []  # a heap: the one to leave out first is on top
        self._size = 0

    def add(self, article: Article, lines: Sequence[Line]) -> None:
        """Add a record with its lines."""
        self._records += 1
        self._arabic += article.language == "ar"
        size = 2 * sum(len(line.text) for line in lines)
        entry = _Entry(badness(article), -self._records, article, lines, size, f"a{self._records}")
        heapq.heappush(self._worst, entry)
        self._size += size
        while len(self._worst) > MAX_ARTICLES or (self._size > MAX_PAGE_CHARS and len(self._worst) > 1):
            self._size -= heapq.heappop(self._worst).size

    def fail(self, name: str, reason: str, line: int | None = None) -> None:
        """Add an input that gave no record, or its row at `line`."""
        if len(self.failures) < MAX_LISTED_FAILURES:
            self.failures.append((name if line is None else f"{name}, line {line}", reason))
        else:
            self._unlisted += 1

    def render(self, tally: Tally) -> Iterator[bytes]:
        """The page as UTF-8, in pieces, with the counts of the run."""
        language = self._language or ("ar" if 2 * self._arabic > self._records else "en")
        entries = sorted(self._worst, reverse=True)
        alone = (tally.inputs, tally.records, tally.failures) == (1, 1, 0)
        translated = labels(language)
        counts = {"Articles": tally.records, "Inputs": tally.inputs, "Failed": tally.failures}
        heading = " · ".join(f"{translated(word)}: {count:,}" for word, count in counts.items())
        page = _template(language).stream(
            entries=entries,
            stats=tally,
            failures=self.failures,
            unlisted=self._unlisted,
            feeds=[
                (name, total, *_fitting(lines, itemgetter(0))) for name, total, lines in self.feeds[:MAX_LISTED_FEEDS]
            ],
            alone=alone,
            heading=_named(entries[0].article.source) if alone else heading,
            title=_headed(entries[0].article) if alone else heading,
        )
        page.enable_buffering(100)
        for piece in page:
            yield piece.encode()
        yield b"\n"


def badness(article: Article) -> int:
    """How bad a record is: points for missing fields, for warnings, and for lines of the role other."""
    missing = sum(cost for field, cost in MISSING_COST.items() if not getattr(article, field))
    other = sum(line.role == "other" for line in article.dropped)
    return missing + WARNING_COST * len(article.warnings) + min(other, MAX_OTHER_LINES)


# Texts into the page ----------------------------------------------------------------------------------------------


def _template(language: str) -> Any:
    """The template of the page, with its filters."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    translated = labels(language)

    def harmless(value: Any) -> Any:
        return inert(_cut(value)) if isinstance(value, str) and not isinstance(value, Markup) else value

    page = Environment(
        loader=FileSystemLoader(DATA), autoescape=True, finalize=harmless, undefined=StrictUndefined, trim_blocks=True
    )
    page.filters.update(
        credits=lambda article: [*article.authors[:MAX_ITEMS], *filter(None, (article.agency, article.location))],
        direction=direction,
        faults=lambda article: [*faults(article, translated)],
        fitting=_fitting,
        fitting_lines=lambda lines: _fitting(lines, attrgetter("text")),
        headed=_headed,
        in_sentence=lambda code: meaning_of(code, translated),
        in_words=time_in_words,
        label=lambda name: column_label(name, language),
        missing=lambda article, names=MISSED: [name for name in names if not getattr(article, name)],
        named=_named,
        number="{:,}".format,
        numbers=lambda line: (
            f"{line.number}–{last}" if (last := line.number + line.text.count("\n")) > line.number else line.number
        ),
        percent=percent,
        settled=lambda line: [*settled(line)],
        sha256=lambda text: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode(),
        turned=lambda text: Markup(' dir="auto"') if any(map(str.isalpha, text[:MAX_CELL_CHARS])) else "",
        width="{:.1%}".format,
    )
    style, script = (
        Markup(Path(DATA, f"report.{kind}").read_text(encoding="utf-8"))  # noqa: S704  # of this package
        for kind in ("css", "js")
    )
    return page.get_template(
        "report.html",
        globals={
            "_": translated,
            "comma": "،" if language == "ar" else ",",
            "direction": direction(language),
            "dropped": DROPPED,
            "expected": COLLAPSED_ROLES,
            "facts": FACTS,
            "found": FOUND,
            "language": language,
            "most": MIN_GREEN_SHARE,
            "script": script,
            "style": style,
            "version": __version__,
        },
    )


def _cut(text: str) -> str:
    left_out = len(text) - MAX_CELL_CHARS
    return text if left_out <= 0 else f"{text[:MAX_CELL_CHARS]} […{left_out:,}]"


def _named(source: str) -> str:
    return "standard input" if source == "-" else source


def _headed(article: Article) -> str:
    """The name of an article in a list."""
    name = article.headline or "".join(article.body[:1]) or _named(article.source)
    return f"{name[:MAX_LISTED_NAME_CHARS]}…" if name[MAX_LISTED_NAME_CHARS:] else name


def _fitting(items: Sequence[Any], text: Callable[[Any], str] = str) -> tuple[Sequence[Any], int]:
    """The items that fit on the page, and the number of those left out."""
    count, room = 0, MAX_ARTICLE_CHARS
    while count < min(len(items), MAX_ITEMS) and room > 0:
        room -= min(len(text(items[count])), MAX_CELL_CHARS)
        count += 1
    return items[:count], len(items) - count
