"""Views on a terminal: explained lines as a table, as TSV, as JSON; a record for reading; the progress bar.

Knows terminals: colours, widths, control characters. Prints what the lines and records say, and decides nothing about
them. The only module that imports rich, and only when a table or a record is drawn.

Knows also the labels and dates in English and Arabic of data/labels.json, whose keys are the English words; one
without a translation stays English.

Texts and names from inputs are made inert before they are shown. Arabic is never padded or framed, and the text comes
last in its row, since terminals differ in how they display text from right to left: see `explain_table`.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TextIO

from newsparse.record import DROPPED, Article, Line, Lines, Role, meaning_of
from newsparse.showing.messages import percent
from newsparse.words.vocab import DATA, direction
from newsparse.writing.write import (
    BY_NAME,
    PARAGRAPH_BREAK,
    RECORD,
    Extra,
    column_label,
    columns_of,
    dumps,
    inert,
    utf8,
    values_of,
)

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

MISSING_MESSAGES = {  # the fields that a reader misses
    "headline": "No headline was found.",
    "published": "No time of publication was found.",
    "body": "No body was found.",
}


def labels(language: str) -> Callable[[str], str]:
    """The function that translates an English word into the language.

    >>> labels("ar")("No headline"), labels("en")("No headline")
    ('بلا عنوان', 'No headline')
    """
    words: dict[str, str] = _data().get(language, {})
    if language == "ar":
        words = {row.english: row.arabic for row in BY_NAME.values()} | words
    return lambda word: words.get(word, word)


def faults(article: Article, translated: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The faults of a record: pairs of a warning and its meaning, or of "" and a message about a missing field."""
    warned = {code.partition(".")[0] for code in article.warnings}
    for field, said in MISSING_MESSAGES.items():
        if not getattr(article, field) and field not in warned:
            yield "", translated(said)
    for code in article.warnings:
        yield code, meaning_of(code, translated)


def time_in_words(time: str, language: str | None) -> str:
    """A time of the record with weekday and month in words of the language, or else in English.

    >>> time_in_words("2024-12-09T10:31:00+03:00", "en")
    'Monday 9 December 2024, 10:31 (+03:00)'
    >>> time_in_words("2024-12-09", "ar")
    'الإثنين 9 ديسمبر 2024'
    """
    data = _data()
    known = language if language in data["months"] else "en"
    try:
        day = datetime.fromisoformat(time[:10])
    except ValueError:
        return time
    said = f"{data['weekdays'][known][day.weekday()]} {day.day} {data['months'][known][day.month - 1]} {day.year}"
    comma = "،" if direction(known) == "rtl" else ","
    zone = f" ({time[19:]})" if time[19:] else ""
    return f"{said}{comma} {time[11:16]}{zone}" if time[11:] else said


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(DATA, "labels.json").read_text(encoding="utf-8"))
    return found


# Explained lines ------------------------------------------------------------------------------------------------------

STYLES = {
    Role.HEADLINE: "bold",
    Role.STANDFIRST: "cyan",
    Role.PUBLISHED: "blue",
    Role.UPDATED: "blue",
    Role.BYLINE: "magenta",
    Role.SECTION: "yellow",
    Role.HASHTAGS: "green",
    **dict.fromkeys(DROPPED, "bright_black"),
}
MAX_SHOWN_CHARS = 1000  # of a line in a table
MIN_SHOWN_SHARE = 0.1  # of a feature that is shown
MIN_FOLDED_LINES = 3  # body lines in a row; more are folded
GREY = "bright_black"

_PADDING = re.compile(r"(?<! ) +(\x1b\[0m)?$")


def use_color(mode: str, stream: TextIO | None, environ: Mapping[str, str], *, data: bool = False) -> bool:
    """Whether to use colours on `stream`; `mode` is ``auto``, ``always`` or ``never``.

    With ``auto``, a terminal that is not dumb has colours, except under NO_COLOR. FORCE_COLOR (not 0) adds colours in a
    pipe too, but never to `data`, which other programs read.
    """
    if mode != "auto":
        return mode == "always"
    if environ.get("NO_COLOR"):
        return False
    if not data and environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(stream) and environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is an open terminal."""
    try:
        return stream is not None and stream.isatty()
    except (ValueError, OSError):
        return False


# The explained lines ----------------------------------------------------------------------------------------------


def explain_tsv(source: str, lines: Iterable[Line]) -> bytes:
    """The lines as TSV: ``path:line``, role, reason, text; tabs, control characters and backslashes are escaped."""
    name = _cell(source)
    rows = [f"{name}:{line.number}\t{line.role.value}\t{_cell(line.why)}\t{_cell(line.text)}\n" for line in lines]
    return "".join(rows).encode()


def _cell(text: str) -> str:
    return inert(text.replace("\\", "\\\\"))


def explain_json(source: str, lines: Iterable[Line]) -> bytes:
    """The lines as JSON Lines, with everything that the record is made of."""
    names = ("source", "line", "role", "kind", "reason", "gives", "text")
    rows = ((source, line.number, line.role.value, line.kind.value, line.why, line.gives, line.text) for line in lines)
    return b"".join([utf8(dumps(dict(zip(names, row, strict=True))) + "\n") for row in rows])


def explain_table(
    source: str, lines: Iterable[Line], *, verbose: bool = False, width: int | None = None, color: bool = False
) -> str:
    """A table for a terminal, with an empty line at the end: number, role, text; below them reason and fields.

    Only the first and the last of several body lines in a row are shown, unless `verbose`, which also shows what each
    feature adds to a decision of fitted weights.

    A terminal that displays text from right to left does it row by row, and joins Arabic in neighbouring cells. So the
    text is last in its row, without isolates or a border, and the reason, which may quote the text, has its own row.
    """
    from rich.table import Table
    from rich.text import Text

    from newsparse.layout.grammar import feature_shares

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bright_black", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for i, (line, more) in enumerate(((line, 0) for line in lines) if verbose else _folded(lines)):
        style = STYLES.get(line.role, "")
        if more:
            table.add_row("…", Text(line.role.value, style), Text(f"{more:,} more lines (-v shows them)", GREY))
        text = line.text if len(line.text) <= MAX_SHOWN_CHARS else f"{line.text[:MAX_SHOWN_CHARS]}…"
        text = inert(text.replace("\n", " "))
        table.add_row(str(line.number), Text(line.role.value, style), Text(text, style))
        notes = [f"{line.kind.value}: {line.why}" if line.why else line.kind.value]
        notes += [f"→ {name}: {said[:MAX_SHOWN_CHARS]}" for name, said in settled(line)]
        if verbose and isinstance(lines, Lines) and (found := feature_shares(lines, i)):
            notes.append(", ".join([f"{name} {share:+.1f}" for name, share in found if abs(share) >= MIN_SHOWN_SHARE]))
        for note in notes:
            table.add_row("", "", Text(inert(note), f"italic {GREY}"))
    return drawn(Text(inert(source), "underline", overflow="fold"), table, width=width, color=color) + "\n"


def _folded(lines: Iterable[Line]) -> Iterator[tuple[Line, int]]:
    """The lines to show, each with the number of body lines left out before it."""
    for is_body, group in groupby(lines, lambda line: line.role in (Role.BODY, Role.CONTINUED)):
        run = [*group]
        if is_body and len(run) > MIN_FOLDED_LINES:
            yield run[0], 0
            yield run[-1], len(run) - 2
        else:
            yield from ((line, 0) for line in run)


def settled(line: Line) -> Iterator[tuple[str, str]]:
    """The fields that the line settles, with their values, except values that are the whole line."""
    for name, value in (line.gives or {}).items():
        said = value if isinstance(value, str) else ", ".join(map(str, value or ()))
        if said and said != line.text:
            yield name, said


def drawn(*parts: RenderableType, width: int | None, color: bool) -> str:
    """The parts as text, one below the other. rich may look only at the width of the terminal."""
    import io

    from rich.console import Console

    written = io.StringIO()
    console = Console(
        file=written,
        width=width or get_terminal_size().columns,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        _environ={},
    )
    console.print(*parts, sep="\n")
    return "".join([_PADDING.sub(r"\1", line) + "\n" for line in written.getvalue().rstrip("\n").split("\n")])


# A record for reading -------------------------------------------------------------------------------------------------

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


# The progress bar -----------------------------------------------------------------------------------------------------

DELAY_SECONDS, INTERVAL_SECONDS = 1.0, 0.1  # seconds before the first drawing, and between two
BAR_COLUMNS = 16
RED, GREEN = "31", "32"

# Drawn with wrapping off, so that the terminal cuts what is wider than it seems.
_OPEN, _CLOSE, _ERASE = "\r\x1b[?7l", "\x1b[K\x1b[?7h", "\r\x1b[K"


class Progress:
    """The progress of a run: a bar if `total` is known, the rate, the time left, the failures, the current name."""

    def __init__(
        self,
        total: int | None = None,
        stream: TextIO | None = None,
        enabled: bool | None = None,
        *,
        color: bool = True,
        unit: str = "articles",
    ) -> None:
        """`enabled`: False never draws, True draws at once on a terminal, None after a second. `stream`: stderr."""
        self.total = total
        self.done = self.failures = 0
        self.stream = sys.stderr if stream is None else stream
        self.active = enabled is not False and is_terminal(self.stream)
        self.color = color
        self.unit = unit
        self._began = time.monotonic()
        self._next = self._began + (0 if enabled else DELAY_SECONDS)
        self._drawn = False

    def step(self, name: str = "", failed: int = 0) -> None:
        """Count a finished item with `failed` failures; `name` is the input that was read."""
        self.done += 1
        self.failures += failed
        if self.active and (now := time.monotonic()) >= self._next:
            self._next = now + INTERVAL_SECONDS
            self._write(f"{_OPEN}{self.line(now - self._began, name, _columns(self.stream))}{_CLOSE}")
            self._drawn = True

    def clear(self) -> None:
        """Clear the bar, so that a message can be written. The next step draws it again."""
        if self._drawn:
            self._drawn = False
            self._next = 0.0
            self._write(_ERASE)

    def line(self, seconds: float, name: str, columns: int = 80) -> str:
        """The text of the bar after these seconds. The end of the name fills the remaining columns."""
        rate = self.done / max(seconds, 0.001)
        parts = [(f"{self.done:,} {self.unit}", "")]
        if self.total:
            share = min(self.done / self.total, 1.0)
            full = int(share * BAR_COLUMNS)
            parts = [("━" * full + "─" * (BAR_COLUMNS - full), GREEN), (percent(share), "")]
            parts.append((f"{self.done:,} of {self.total:,}", ""))
        parts.append((f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s", ""))
        if self.total and self.done:
            parts.append((f"{duration(max(self.total - self.done, 0) / rate)} left", ""))
        if self.failures:
            parts.append((f"{self.failures:,} failed", RED))
        room = columns - sum(len(text) + 2 for text, _ in parts) - 1
        if name and room > 1:
            name = inert(name[-columns:])
            parts.append((name if len(name) <= room else f"…{name[1 - room :]}", ""))
        return "  ".join([f"\x1b[{code}m{text}\x1b[0m" if code and self.color else text for text, code in parts])

    def _write(self, text: str) -> None:
        """Write to the terminal. If it is gone, the bar ends, but not the run."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.active = False


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def duration(seconds: float) -> str:
    """A number of seconds in words.

    >>> duration(7), duration(187), duration(7384)
    ('7 s', '3 min 7 s', '2 h 3 min')
    """
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
