"""What a person asks to see of a run: the explained lines, the page, the warnings, the bar, the summary.

Knows which view is wanted where, and how each looks on. How they look is in `newsparse.showing.show`,
`newsparse.showing.report` and `newsparse.showing.progress`, which are imported when a view is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import InputError, printed
from newsparse.running.convert import Found, Job, Parsed, Skipped
from newsparse.running.messages import Messages
from newsparse.running.run import Tally, Watcher

if TYPE_CHECKING:
    from newsparse.showing.report import Report

Put = Callable[[Parsed], None]
Look = Callable[[Found], None]


def explanation(write: Callable[[bytes], None], form: str, verbose: bool, color: bool) -> Put:
    """Writes the lines of each article in a form: ``table``, ``tsv`` or ``jsonl``."""
    from newsparse.showing.show import explain_json, explain_table, explain_tsv

    def put(found: Parsed) -> None:
        if form == "table":
            write(explain_table(found.name, found.lines, verbose=verbose, color=color).encode())
        else:
            write((explain_tsv if form == "tsv" else explain_json)(found.name, found.lines))

    return put


def reading(write: Callable[[bytes], None], job: Job, language: str, color: bool) -> Put:
    """Writes each record for reading; labels are in the language."""
    import shutil

    from newsparse.showing.pretty import Pretty

    width = shutil.get_terminal_size().columns
    pretty = Pretty(job.fields, tuple(job.reading.keep), language, width, color)
    return lambda found: write(pretty(found.article, found.extra))


def onto_page(page: Report) -> Look:
    """Puts each article and each failure on the page."""

    def look(found: Found) -> None:
        if isinstance(found, InputError):
            page.fail(printed(found.name), found.what, found.line)
        elif isinstance(found, Parsed):
            page.add(found.article, found.lines)

    return look


def warnings(messages: Messages) -> Look:
    """Says the warnings of each record, and why a page gave none."""

    def look(found: Found) -> None:
        if isinstance(found, Skipped):
            messages.note(f"{found.name}: no article: {found.why}")
        if isinstance(found, Parsed) and found.article.warnings:
            article = found.article
            messages.note(f"{article.source}:{article.line}: warning: {', '.join(article.warnings)}")

    return look


def bar(wanted: bool | None, items: Iterable[str | InputError], messages: Messages, watcher: Watcher) -> None:
    """Draws how far the run is, on a terminal; in a single input it counts the records."""
    from newsparse.showing.progress import Progress

    total = len(items) if isinstance(items, list) else None
    color = not os.environ.get("NO_COLOR")
    if total == 1:
        progress = Progress(enabled=wanted, unit="records", color=color)
        watcher.found.append(lambda found: progress.step(failed=isinstance(found, InputError)))
    else:
        progress = Progress(total=total, enabled=wanted, unit="inputs", color=color)
        watcher.done = lambda name, count, failed: progress.step(printed(name), failed, count)
    messages.progress = progress


def summary(tally: Tally, seconds: float, color: str) -> bytes:
    """The table of --stats."""
    from newsparse.showing.show import Stats, use_color

    stats = Stats()
    stats.inputs, stats.records, stats.failures = tally.inputs, tally.records, tally.failures
    stats.found, stats.warnings = tally.found, tally.warnings
    return stats.table(color=use_color(color, sys.stderr, os.environ), seconds=seconds).encode()


def last_line(tally: Tally, seconds: float, output: str) -> str:
    """What a run with -o wrote, for a terminal: ``5,000 records, 0 failed, 12 with warnings → a.csv (7.2 MB, 8 s)``."""
    from newsparse.showing.progress import duration

    written = tally.records - tally.repeated
    parts = ["1 record" if written == 1 else f"{written:,} records", f"{tally.failures:,} failed"]
    if tally.repeated:
        parts.append(f"{tally.repeated:,} known already")
    if tally.warned:
        parts.append(f"{tally.warned:,} with warnings")
    try:
        size = f"{os.stat(output).st_size / 1e6:,.1f} MB, "  # noqa: PTH116
    except OSError:
        size = ""
    took = f"{seconds:.1f} s" if seconds < 10 else duration(seconds)
    return f"{', '.join(parts)} → {printed(output)} ({size}{took})"


def counts(tally: Tally, seconds: float, status: int) -> Mapping[str, Any]:
    """The same as the last message of --log-json."""
    return {
        "inputs": tally.inputs,
        "records": tally.records,
        "failures": tally.failures,
        "repeated": tally.repeated,
        "skipped": tally.skipped,
        "fields": tally.found,
        "warnings": tally.warnings,
        "seconds": round(seconds, 3),
        "status": status,
    }
