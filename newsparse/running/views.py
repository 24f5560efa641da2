"""The views of a run for people: explained lines, report, warnings, progress bar, summary.

Knows which view is wanted, and connects it to the run. How the views look is in `newsparse.showing`, whose modules are
imported only when a view is wanted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from newsparse.reading import inputs
from newsparse.reading.inputs import InputError, printed
from newsparse.record import NewsparseError
from newsparse.running.convert import InputResult, Job, Parsed, Skipped
from newsparse.running.messages import STDERR, Messages
from newsparse.running.run import Watcher
from newsparse.showing.summary import Tally, count_of
from newsparse.writing.write import output_format_of

if TYPE_CHECKING:
    import subprocess

    from newsparse.feed.drift import Watch
    from newsparse.showing.report import Report

Show = Callable[[Parsed], bytes]
Look = Callable[[InputResult], None]
STDIN, STDOUT = 0, 1
LESS = "FRX"  # end at once if all fits on the screen; pass colours; leave the text on the screen
FORMAT_OPTIONS = ("to", "csv", "json", "excel")


# Instead of records -----------------------------------------------------------------------------------------------


def for_people(values: Mapping[str, Any], job: Job) -> Show | None:
    """A function that shows an article as explained lines or as a record for reading; None if records are data.

    On a terminal, records are for reading by default.

    Raises:
        NewsparseError: the format has no such view.
    """
    named = any(values[name] for name in FORMAT_OPTIONS) or output_format_of(values["output"] or "")
    on_terminal = not values["output"] and os.isatty(STDOUT)
    pretty = not named and (on_terminal if values["pretty"] is None else values["pretty"])
    if values["explain"]:
        return _explanation(values, "table" if pretty else job.format if named else "tsv")
    if pretty:
        return _reading(values, job)
    if values["pretty"] and job.format != "json":
        raise NewsparseError(f"--pretty shows records for reading, or indents json; {job.format} has no such form")
    return None


def _explanation(values: Mapping[str, Any], form: str) -> Show:
    """A function that shows the lines of an article as a table, TSV or JSON Lines."""
    from newsparse.showing.show import explain_json, explain_table, explain_tsv

    if form == "table":
        verbose, color = values["verbose"], _is_colored(values)
        return lambda found: explain_table(found.name, found.lines, verbose=verbose, color=color).encode()
    if form not in ("jsonl", "tsv"):
        raise NewsparseError(f"--explain writes a table, tsv or jsonl, not {form}")
    explain = explain_tsv if form == "tsv" else explain_json
    return lambda found: explain(found.name, found.lines)


def _reading(values: Mapping[str, Any], job: Job) -> Show:
    """A function that shows a record for reading."""
    import shutil

    from newsparse.showing.pretty import Pretty

    width = shutil.get_terminal_size().columns
    pretty = Pretty(job.options["fields"], job.options["keep"], values["labels"] or "en", width, _is_colored(values))
    return lambda found: pretty(found.article, found.extra)


def _is_colored(values: Mapping[str, Any]) -> bool:
    from newsparse.showing.show import use_color

    return not values["output"] and use_color(values["color"], sys.stdout, os.environ, data=True)


@contextmanager
def paged(values: Mapping[str, Any], messages: Messages) -> Iterator[None]:
    """Show standard output page by page until the block ends, and wait until the reader closes the pager. Without a
    terminal, and where an article is typed into it, there is no pager."""
    types = os.isatty(STDIN) and inputs.STDIN_NAME in (values["files_from"], *values["paths"])
    pager = None if values["output"] or types or not os.isatty(STDOUT) else _pager()
    if not pager:
        yield
        return
    terminal = os.dup(STDOUT)
    with messages.held(), pager:
        if pager.stdin:
            os.dup2(pager.stdin.fileno(), STDOUT)
            pager.stdin.close()
        try:
            yield
        finally:
            os.dup2(terminal, STDOUT)  # closes the pipe, which ends the text
            os.close(terminal)
            ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is a key of the pager
            pager.wait()
            signal.signal(signal.SIGINT, ignored)


def _pager() -> subprocess.Popen[bytes] | None:
    """The program in PAGER, or less, started. None if there is none, or if PAGER is empty or ``cat``."""
    import shlex
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "less"))
    if command in ([], ["cat"]) or os.environ.get("TERM") == "dumb":
        return None
    environment = {**os.environ, "LESS": os.environ.get("LESS", LESS), "LESSCHARSET": "utf-8"}
    with suppress(OSError):
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    return None


# Beside the records -----------------------------------------------------------------------------------------------


def onto_page(page: Report) -> Look:
    """A function that puts each article and each failure on the report."""

    def look(found: InputResult) -> None:
        if isinstance(found, InputError):
            page.fail(printed(found.name), found.what, found.line)
        elif isinstance(found, Parsed):
            page.add(found.article, found.lines)

    return look


def warnings(messages: Messages) -> Look:
    """A function that prints the warnings of each record, and why a page gave none."""

    def look(found: InputResult) -> None:
        if isinstance(found, Skipped):
            messages.note(f"{found.name}: no article: {found.why}")
        if isinstance(found, Parsed) and found.article.warnings:
            article = found.article
            messages.note(f"{article.source}:{article.line}: warning: {', '.join(article.warnings)}")

    return look


def wants_bar(values: Mapping[str, Any]) -> bool:
    """Whether to draw a progress bar: on a terminal to which nothing else is written."""
    if values["quiet"] or values["log_json"] or values["progress"] is False:
        return False
    return os.isatty(STDERR) and not (values["output"] is None and os.isatty(STDOUT))


def bar(wanted: bool | None, items: Iterable[str | InputError], messages: Messages, watcher: Watcher) -> None:
    """Connect a progress bar to the run. For a single input it counts records."""
    from newsparse.showing.progress import Progress

    total = len(items) if isinstance(items, list) else None
    color = not os.environ.get("NO_COLOR")
    if total == 1:
        progress = Progress(enabled=wanted, unit="records", color=color)
        watcher.found.append(lambda found: progress.step(failed=isinstance(found, InputError)))
    else:
        progress = Progress(total=total, enabled=wanted, unit="inputs", color=color)
        watcher.done.append(lambda name, failed: progress.step(printed(name), failed))
    messages.progress = progress


def summary(tally: Tally, seconds: float, color: str) -> bytes:
    """The table of --stats."""
    from newsparse.showing.show import use_color

    return tally.table(seconds, use_color(color, sys.stderr, os.environ)).encode()


def wants_last_line(values: Mapping[str, Any]) -> bool:
    """Whether to print a line about the written file: on a terminal, without the table of --stats."""
    return values["output"] and os.isatty(STDERR) and not (values["stats"] or values["log_json"])


def last_line(tally: Tally, seconds: float, output: str) -> str:
    """The line about the written file: ``5,000 records, 0 failed, 12 with warnings → a.csv (7.2 MB, 8 s)``."""
    from newsparse.showing.progress import duration

    written = tally.records - tally.repeated
    parts = [count_of(written, "record"), f"{tally.failures:,} failed"]
    if tally.repeated:
        parts.append(f"{tally.repeated:,} known already")
    if tally.warned:
        parts.append(f"{tally.warned:,} with warnings")
    try:
        count = os.stat(output).st_size  # noqa: PTH116
        size = f"{count / 1e6:,.1f} MB, " if count >= 1e6 else f"{count / 1e3:,.1f} kB, "
    except OSError:
        size = ""
    took = f"{seconds:.1f} s" if seconds < 10 else duration(seconds)
    return f"{', '.join(parts)} → {printed(output)} ({size}{took})"


def feeds(watches: Iterable[Watch]) -> bytes:
    """The part of --stats about feeds: the common lines that were found, and the fields compared with known pages."""
    from newsparse.showing.show import inert
    from newsparse.showing.summary import percent

    lines = []
    for watch in watches:
        about = watch.summary()
        core = "" if about["core"] is None else f", {percent(about['core'])} of its common lines met"
        lines.append(f"\nfeed {inert(watch.name)}: {watch.total} pages known before{core}\n")
        lines += [f"  {name:12} {percent(now)}, before {percent(before)}\n" for name, before, now in watch.shares()]
    return "".join(lines).encode()
