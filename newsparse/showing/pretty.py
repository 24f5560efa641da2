"""A record for reading on a terminal: headline, facts, standfirst, paragraphs, tags, dropped lines, warnings.

Knows the layout of this view. Arabic is never padded or framed, and nothing follows it in its row, because terminals
differ in how they display text from right to left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from newsparse.record import Article
from newsparse.showing.labels import faults, labels, time_in_words
from newsparse.showing.show import drawn, inert
from newsparse.writing.fields import PARAGRAPH_BREAK, RECORD, Extra, column_label, columns_of, values_of
from newsparse.writing.jsontext import dumps

if TYPE_CHECKING:
    from rich.text import Text

MAX_COLUMNS = 100  # of a row: longer rows are hard to read
MAX_TEXT_CHARS = 20_000  # of one text
FACTS_LINE = ("agency", "authors", "location", "section")


class Pretty:
    """Makes text for people from records, with labels in a language."""

    def __init__(self, fields: Sequence[str] | None, keep: Collection[str], language: str, color: bool) -> None:
        """`fields`: show only these, each with its name."""
        self._fields, self._keep, self._labels = fields, keep, labels(language)
        self._columns = columns_of(RECORD, fields, keep)
        self._color = color

    def __call__(self, article: Article, extra: Extra | None = None) -> bytes:
        """The record as UTF-8, with an empty line at the end."""
        values = zip(self._columns, values_of(self._columns, article, extra), strict=True)
        if self._fields is None:
            kept = [(name, value) for name, value in values if name in self._keep]
            parts = [*self._article(article), *self._named(kept), *self._remarks(article)]
        else:
            parts = [*self._named(values)]
        return (drawn(*parts, width=min(get_terminal_size().columns, MAX_COLUMNS), color=self._color) + "\n").encode()

    def _article(self, article: Article) -> Iterator[Text]:
        yield _text(article.headline or self._labels("No headline"), "bold" if article.headline else "italic")
        facts = [time_in_words(article.published, article.language)] if article.published else []
        for name in FACTS_LINE:
            value = getattr(article, name)
            facts += [value] if isinstance(value, str) else value or ()
        if facts:
            yield _text(" · ".join(facts), "cyan")
        if article.updated:
            yield _text(f"{self._labels('Updated')}: {time_in_words(article.updated, article.language)}", "cyan")
        if article.standfirst:
            yield _text(f"\n{article.standfirst}", "italic")
        for paragraph in article.body or (self._labels("No body"),):
            yield _text(f"\n{paragraph}")
        if article.hashtags:
            yield _text("\n" + "  ".join(f"#{tag}" for tag in article.hashtags), "green")
        yield _text("")

    def _remarks(self, article: Article) -> Iterator[Text]:
        for code, said in faults(article, self._labels):
            yield _text(f"! {said} ({code})" if code else f"! {said}", "yellow")
        place = article.source if article.line <= 1 else f"{article.source}, {self._labels('line')} {article.line}"
        if article.dropped:
            place += f" · {self._labels('Lines dropped')}: {len(article.dropped)}"
        yield _text(place, "bright_black")

    def _named(self, values: Any) -> Iterator[Text]:
        for name, value in values:
            yield _text(f"{self._labels(column_label(name, 'en'))}: {_said(name, value)}")


def _said(name: str, value: Any) -> str:
    if value is None or value == ():
        return "–"
    if name != "dropped" and isinstance(value, tuple):
        return (PARAGRAPH_BREAK if name == "body" else ", ").join(value)
    return value if isinstance(value, str) else dumps(value)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    lines = text[:MAX_TEXT_CHARS].split("\n")
    return Text("\n".join(map(inert, lines)), style)
