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
from newsparse.running.convert import Found, Parsed, Skipped
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
