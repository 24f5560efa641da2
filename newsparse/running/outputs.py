"""What a run writes: records as a format or into a store, or a view for people in their place; and views beside them.

Knows which output and which views the options ask for, and connects them to the run. How views look is in
`newsparse.showing`, whose modules are imported only when a view is wanted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import STDIN_NAME, InputError, printed, regular_file
from newsparse.record import NewsparseError
from newsparse.running.convert import InputItem, InputResult, Job, Parsed, Skipped
from newsparse.running.messages import STDERR, Messages
from newsparse.running.run import Run, SeenIds, Sink, do
from newsparse.showing.summary import Tally, count_of
from newsparse.writing import write
from newsparse.writing.output import STDOUT, Output, errors_of, output_to
from newsparse.writing.write import RUN_FIELDS, Encoder

if TYPE_CHECKING:
    from newsparse.feed.profile import Watch
    from newsparse.running.state import State
    from newsparse.showing.report import Report

Show = Callable[[Parsed], bytes]
SUFFIX = ".state"
DAMAGED_STATE = (
    "it should be the memory of --new: remove it, and the next run with --new reads all inputs "
    "again (with -u it adds no record twice)"
)
STDIN = 0
LESS = "FRX"  # end at once if all fits on the screen; pass colours; leave the text on the screen


class NoRecordError(Exception):
    """No input gave a record, so the old output stays. Raised inside the output, so that the new one is discarded."""


def write_all(values: Mapping[str, Any], run: Run, items: Iterable[InputItem]) -> set[str]:
    """Read the inputs and write the output; returns the notes for the user.

    Raises:
        NoRecordError: a file would be replaced by one without records.
    """
    job, tally = run.job, run.tally
    show = for_people(values, job)
    form = "" if show else job.format
    with _memory(values, form, run.messages) as state, _sink(values, run, show, state) as run.sink:
        if form != write.STORE and any(name in RUN_FIELDS for name in values["fields"] or ()):
            from newsparse.stories import Stories

            run.stories = Stories.of_run()
        if state:
            items = state.to_read(items, values)
            with state.database.transaction():
                state.begin()
            run.done.append(run.sink.done or state.write)
        do(items, run, 1 if show or values["report"] else values["jobs"], values["jobs"])
        path = values["output"]
        is_file = path and form != write.STORE and (regular_file(path) or not os.path.exists(path))  # noqa: PTH110
        if is_file and not (tally.records or values["new"] or values["allow_empty"]):
            raise NoRecordError
        run.sink.end()
        encoder = job.encoder
        if encoder:
            tally.warnings.update(encoder.added)
            tally.warned += sum(encoder.added.values())
        if state:
            with state.database.transaction():
                state.end(tally)
            state.say_left(run.messages, values["verbose"])
    notes = {f"no row has the field {job.reading.keep[name]!r} that --keep names; it is null" for name in run.unmet}
    return (notes if tally.records else set()).union(encoder.notes if encoder else ())


@contextmanager
def _memory(values: Mapping[str, Any], form: str, messages: Messages) -> Iterator[State | None]:
    """The memory of a run: in the store that it writes to, or beside its output with --new or if FILE.state exists.

    FILE.state is saved if the block ends normally. With --settle alone the memory ends with the run; without it there
    is none.
    """
    path = f"{values['output']}{SUFFIX}"
    is_kept = values["new"] or (values["output"] and os.path.exists(path))  # noqa: PTH110
    if form != write.STORE and not is_kept and not values["settle"]:
        yield None
        return
    from newsparse.running import state

    if form == write.STORE:
        from newsparse.writing.store import opened_store

        with closing(opened_store(values["output"], messages.note)) as database:
            yield state.of_run(database, values)
    else:
        from newsparse.writing.database import Database

        path = path if is_kept else ":memory:"
        database = Database(path, state.STATE_SCHEMA, state.SCHEMA_VERSION, messages.note, DAMAGED_STATE)
        with closing(database), database.transaction():
            memory = state.of_run(database, values)
            about = regular_file(values["output"] or "")
            memory.forget_unless(values["append"], about is not None and about.st_size > 0)
            yield memory


@contextmanager
def _sink(values: Mapping[str, Any], run: Run, show: Show | None, state: State | None) -> Iterator[Sink]:
    """The sink for the options. It is complete when the block ends, and undone after an exception."""
    path, append, job, say = values["output"], values["append"], run.job, run.messages.note
    if show:
        with paged(values, run.messages), output_to(path, append=append) as output:
            seen = None if values["explain"] else SeenIds()
            yield Sink(lambda found: output.write(show(found)), output.flush, seen=seen)
    elif job.encoder:
        with output_to(path, append=append, say=say) as output, errors_of(output.name), closing(job.encoder):
            yield _of_records(job, output, job.encoder)
    elif state:
        from newsparse.writing.store import Store

        store = Store(state)
        yield Sink(lambda found: store.add(found.article, found.extra), store.flush, store.flush, done=store.done)


def _of_records(job: Job, output: Output, encoder: Encoder) -> Sink:
    """The sink for a format of texts or tables."""
    output.begin(encoder.begin(), job.format)
    between = b""

    def put(found: Parsed) -> None:
        nonlocal between
        article = found.article
        try:
            output.write(between + encoder.encode(article, found.extra))
        except (ValueError, RecursionError) as error:
            raise InputError(article.source, f"cannot be written as {job.format} ({error})", article.line) from None
        between = encoder.between

    def end() -> None:
        for piece in encoder.end():
            output.write(piece)

    return Sink(put, output.flush, end, SeenIds(output.ids(job.format)) if job.unique else None)


# Instead of records -----------------------------------------------------------------------------------------------


def for_people(values: Mapping[str, Any], job: Job) -> Show | None:
    """A function that shows an article as explained lines or as a record for reading; None if records are data.

    On a terminal, records are for reading by default.

    Raises:
        NewsparseError: the format has no such view.
    """
    on_terminal = not values["output"] and os.isatty(STDOUT)
    pretty = not values["form"] and (on_terminal if values["pretty"] is None else values["pretty"])
    if not values["explain"] and not pretty:
        if values["pretty"] and job.format != "json":
            raise NewsparseError(f"--pretty shows records for reading, or indents json; {job.format} has no such form")
        return None
    from newsparse.showing import show

    form = "table" if pretty else values["form"] or "tsv"
    color = not values["output"] and show.use_color(values["color"], sys.stdout, os.environ, data=True)
    if not values["explain"]:
        from newsparse.showing.show import Pretty

        shown = Pretty(values["fields"], values["keep"], values["labels"] or "en", color)
        return lambda found: shown(found.article, found.extra)
    if form == "table":
        verbose = values["verbose"]
        return lambda found: show.explain_table(found.name, found.lines, verbose=verbose, color=color).encode()
    if form not in ("jsonl", "tsv"):
        raise NewsparseError(f"--explain writes a table, tsv or jsonl, not {form}")
    explain = show.explain_tsv if form == "tsv" else show.explain_json
    return lambda found: explain(found.name, found.lines)


@contextmanager
def paged(values: Mapping[str, Any], messages: Messages) -> Iterator[None]:
    """Show standard output page by page until the block ends, and wait until the reader closes the pager.

    The pager is the program in PAGER, or less. There is none if PAGER is empty or ``cat``, without a terminal, and
    where an article is typed into it.
    """
    import shlex
    import subprocess

    types = os.isatty(STDIN) and STDIN_NAME in (values["files_from"], *values["paths"])
    command = shlex.split(os.environ.get("PAGER", "less"))
    is_plain = command in ([], ["cat"]) or os.environ.get("TERM") == "dumb"
    pager = None
    if not (values["output"] or types or is_plain) and os.isatty(STDOUT):
        environment = {**os.environ, "LESS": os.environ.get("LESS", LESS), "LESSCHARSET": "utf-8"}
        with suppress(OSError):
            pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
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


# Beside the records -----------------------------------------------------------------------------------------------


def onto_page(page: Report, found: InputResult) -> None:
    """Put an article or a failure on the report."""
    if isinstance(found, InputError):
        page.fail(printed(found.name), found.what, found.line)
    elif isinstance(found, Parsed):
        page.add(found.article, found.lines)


def say_warnings(messages: Messages, found: InputResult) -> None:
    """Print the warnings of a record, or why a page gave none."""
    if isinstance(found, Skipped):
        messages.note(f"{found.name}: no article: {found.why}")
    elif isinstance(found, Parsed) and found.article.warnings:
        article = found.article
        messages.note(f"{article.source}:{article.line}: warning: {', '.join(article.warnings)}")


def wants_bar(values: Mapping[str, Any]) -> bool:
    """Whether to draw a progress bar: on a terminal to which nothing else is written."""
    if values["quiet"] or values["log_json"] or values["progress"] is False:
        return False
    return os.isatty(STDERR) and not (values["output"] is None and os.isatty(STDOUT))


def bar(wanted: bool | None, items: Iterable[str | InputError], run: Run) -> None:
    """Connect a progress bar to the run. For a single input it counts records."""
    from newsparse.showing.progress import Progress

    total = len(items) if isinstance(items, list) else None
    color = not os.environ.get("NO_COLOR")
    if total == 1:
        progress = Progress(enabled=wanted, unit="records", color=color)
        run.found.append(lambda found: progress.step(failed=isinstance(found, InputError)))
    else:
        progress = Progress(total=total, enabled=wanted, unit="inputs", color=color)
        run.done.append(lambda outcome: progress.step(printed(outcome.name), outcome.failed))
    run.messages.progress = progress


def last_line(tally: Tally, seconds: float, output: str) -> str:
    """The line about the written file: ``5,000 records, 0 failed, 12 with warnings → a.csv (7.2 MB, 8 s)``."""
    from newsparse.showing.progress import duration

    written = tally.records - tally.repeated
    parts = [count_of(written, "record"), f"{tally.failures:,} failed"]
    if tally.repeated:
        parts.append(f"{tally.repeated:,} known already")
    if tally.warned:
        parts.append(f"{tally.warned:,} with warnings")
    count = about.st_size if (about := regular_file(output)) else 0
    size = f"{count / 1e6:,.1f} MB, " if count >= 1e6 else f"{count / 1e3:,.1f} kB, " if about else ""
    took = f"{seconds:.1f} s" if seconds < 10 else duration(seconds)
    return f"{', '.join(parts)} → {printed(output)} ({size}{took})"


def stats(tally: Tally, seconds: float, color: str, watches: Iterable[Watch]) -> bytes:
    """The table of --stats; of each feed the common lines that were found, and the fields compared with known pages."""
    from newsparse.showing.show import inert, use_color
    from newsparse.showing.summary import percent

    lines = [tally.table(seconds, use_color(color, sys.stderr, os.environ))]
    for watch in watches:
        about = watch.summary()
        core = "" if about["core"] is None else f", {percent(about['core'])} of its common lines met"
        lines.append(f"\nfeed {inert(watch.name)}: {watch.total} pages known before{core}\n")
        lines += [f"  {name:12} {percent(now)}, before {percent(before)}\n" for name, before, now in watch.shares()]
    return "".join(lines).encode()
