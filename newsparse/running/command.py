"""The command: from the values of the options to a run, its outputs, its messages and its exit status.

Knows which options exclude each other, which output and which views they ask for, and the meaning of each exit status.
Click is in `newsparse.running.cli`, making records in `newsparse.running.run`, writing them in
`newsparse.writing.write`. Views are in `newsparse.showing`; all but messages are imported only when one is wanted.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import newsparse
from newsparse.reading import inputs
from newsparse.reading.inputs import STDIN_NAME, InputError, file_identity, input_names, printed, regular_file
from newsparse.reading.read import ReadOptions, Source
from newsparse.record import NewsparseError
from newsparse.running.run import BoundedPattern, InputItem, InputResult, Job, Parsed, Run, Skipped, do
from newsparse.showing.messages import STDERR, Messages, Tally, WorkerError, count_of, percent
from newsparse.times import readers
from newsparse.words import vocab
from newsparse.words.vocab import Settings
from newsparse.writing import write
from newsparse.writing.output import STDOUT, Output, OutputError, output_to
from newsparse.writing.write import RUN_FIELDS, Encoder, inert

if TYPE_CHECKING:
    from newsparse.feed.profile import Watch
    from newsparse.showing.report import Report
    from newsparse.writing.store import State

Show = Callable[[Parsed], bytes]
SUFFIX = ".state"
DAMAGED_STATE = (
    "it should be the memory of --new: remove it, and the next run with --new reads all inputs "
    "again (with -u it adds no record twice)"
)
STDIN = 0
LESS = "FRX"  # end at once if all fits on the screen; pass colours; leave the text on the screen
FORMATTING = ("fields", "keep", "list_sep", "excel", "labels", "tz", "pretty")  # options of encoders
NO_RECORD, MISUSED, WARNED, UNWRITTEN, CLOSED_PIPE = 1, 2, 3, 4, 141

FIRST_STEPS = """\
newsparse reads raw text of news and writes clean records.

  newsparse article.txt                 show an article for reading
  newsparse articles/ -o news.csv       write a table of all *.txt of a folder
  w3m -dump URL | newsparse --json      write JSON of a web page
  newsparse --explain article.txt       show each line with its role and the reason

newsparse -h shows all options.
"""


def run(values: Mapping[str, Any]) -> int:
    """Do what the options say, and return the exit status."""
    messages = Messages(values["quiet"], values["log_json"])
    if not values["paths"] and not values["files_from"] and os.isatty(STDIN):
        messages.write(FIRST_STEPS.encode())
        return MISUSED
    try:
        values = {**values, "form": _format(values)}
        if values["new"] and values["form"] != write.STORE:  # records of inputs that are not read again have to stay
            values["append"] = True
        job = job_of(values)
        if STDIN_NAME in values["paths"] and os.isatty(STDIN):
            messages.note("paste the text, then press Ctrl-D on a line of its own")
        return _run(values, job, messages)
    except KeyboardInterrupt:
        messages.note(f"interrupted; {_kept(values)}")
        raise
    except (BrokenPipeError, NewsparseError) as error:
        return ended_by(error, messages)
    finally:
        if messages.clear:
            messages.clear()


def ended_by(error: Exception, messages: Messages) -> int:
    """Print the error that ends the run, and return the exit status."""
    if isinstance(error, BrokenPipeError):
        return CLOSED_PIPE
    messages.error(str(error))
    return UNWRITTEN if isinstance(error, (OutputError, WorkerError)) else MISUSED


def job_of(values: Mapping[str, Any]) -> Job:
    """The Job for these options. A NewsparseError says that some exclude each other, a field is unknown, or a word list
    cannot be read."""
    form = values["form"] or "jsonl"
    if values["new"] and (values["explain"] or not values["output"] or form not in (*write.APPENDABLE, write.STORE)):
        raise NewsparseError(f"--new needs -o FILE, and FILE is a store (.db) or {', '.join(write.APPENDABLE)}")
    if values["append"] and (form not in (*write.APPENDABLE, write.STORE) or not values["output"]):
        raise NewsparseError(f"--append adds to the end of -o FILE, and FILE is {', '.join(write.APPENDABLE)}")
    if values["append"] and values["unique"] and "id" not in (values["fields"] or ("id",)):
        raise NewsparseError("--append --unique knows records by their id; name id in --fields")
    if values["append"] and values["labels"]:
        raise NewsparseError("--append finds columns by the names of the fields; leave --labels out")
    if form == write.STORE and values["fields"]:
        raise NewsparseError("a store holds all fields; leave --fields out, and name them when you ask")
    if form in write.FILES and not values["output"] and not values["explain"]:
        raise NewsparseError(f"{form} is no text for a pipe or a terminal; name a file with -o")
    if values["learn"] and values["feed"]:
        raise NewsparseError("--learn parses with what it has learned; leave --feed out")
    if values["feed_by"] and not (values["learn"] or values["feed"]):
        raise NewsparseError("--feed-by says how the profiles of --learn or --feed are told apart; name their folder")
    feeds = None
    if values["learn"] or values["feed"]:
        from newsparse.running.feeds import Feeds

        feeds = Feeds(values["learn"] or values["feed"], values["feed_by"], learns=bool(values["learn"]))
    words = vocab.with_files(values["vocab"]) if values["vocab"] else vocab.shipped()
    split = values["split"] or "auto"
    pattern = split if split in ("auto", "none") else BoundedPattern(split)
    settings = Settings(words, values["tz"], values["now"], values["normalize"], pattern)
    by = values["feed_by"] if values["feed_by"] != "folder" else None
    names = ("encoding", "from", "text_field", "keep", "max_size")
    reading = ReadOptions._make([*map(values.get, names), by, values["from_text"]])
    of_rows = settings if values["split"] else replace(settings, split="none")
    encoder = None if form == write.STORE else write.encoder_of(form, **{name: values[name] for name in FORMATTING})
    return Job(reading, settings, of_rows, form, encoder, feeds)


def _format(values: Mapping[str, Any]) -> str | None:
    """The output format: as given, or by the suffix of -o; None if neither names one."""
    as_csv, as_json = values["csv"] or values["excel"], values["json"]
    chosen: set[str] = set(filter(None, (values["to"], as_csv and "csv", as_json and "json")))
    if len(chosen) > 1:
        raise NewsparseError(f"one format at a time, not {' and '.join(sorted(chosen))}")
    name = (values["output"] or "").lower()
    meant = write.output_format_of(name)
    if chosen:
        form = chosen.pop()
        if meant in write.FILES and form != meant:
            raise NewsparseError(f"{values['output']} would hold {form}, which no reader of {meant} opens; change one")
        return form
    if name.endswith((".gz", ".bz2", ".xz", ".zst", ".zip")):
        raise NewsparseError(f"-o writes no compressed file; use a pipe: newsparse ... | gzip > {values['output']}")
    if not meant and name.endswith(write.FOREIGN):
        other = f"--report {values['output']} for a page" if name.endswith(write.PAGES) else ".csv or .xlsx"
        raise NewsparseError(f"no format has the suffix of {values['output']}; name one with --to, or use {other}")
    return meant


def _kept(values: Mapping[str, Any]) -> str:
    """The message about what an interrupted run leaves."""
    output = values["output"]
    if output and not os.path.lexists(output):
        return "nothing was written"
    if output and values["form"] == write.STORE:
        return f"{printed(output)} has what was written so far; --new goes on from there"
    return f"{printed(output)} is as it was before" if output else "the output is not complete"


def _run(values: Mapping[str, Any], job: Job, messages: Messages) -> int:
    """Read the inputs and write the output; return the exit status."""
    began = time.monotonic()
    run = Run(job, messages)
    tally = run.tally
    items = _items(values, run)
    page = None
    if values["report"]:
        from newsparse.showing.report import Report

        page = Report(values["labels"])
        run.found.append(partial(onto_page, page))
    if values["verbose"] and not values["explain"]:
        run.found.append(partial(say_warnings, messages))
    if wants_bar(values):
        bar(values["progress"], items, run)
    notes: set[str] = set()
    is_kept = False
    try:
        notes = write_all(values, run, items)
    except NoRecordError:
        is_kept = True
    if page:
        page.feeds += job.feeds.learned() if job.feeds else ()
        with output_to(values["report"]) as output:
            for piece in page.render(tally):
                output.write(piece)
    watches = [*job.feeds.watches.values()] if job.feeds else []
    lines, warned = sorted(notes), tally.warned
    for watch in watches:
        lines += watch.said()
        warned += watch.has_drifted
    status = NO_RECORD if tally.failures or is_kept else WARNED if values["strict"] and warned else 0
    if is_kept:
        messages.error(f"no input gave a record; {_kept(values)} (--allow-empty writes it all the same)")
    elif values["output"] and os.isatty(STDERR) and not (values["stats"] or values["log_json"]):
        messages.note(last_line(tally, time.monotonic() - began, values["output"]))
    for line in lines:
        messages.note(line)
    if tally.skipped:
        hint = "" if values["verbose"] else " (-v says why)"
        what = "1 page was no article" if tally.skipped == 1 else f"{tally.skipped:,} pages were no articles"
        messages.note(f"{what} and gave no record{hint}")
    if tally.doubtful:
        what = count_of(tally.doubtful, "record")
        messages.note(f"{what} may hold several articles; name the files or their folder, or put a mark between them")
    seconds = time.monotonic() - began
    if values["log_json"]:  # whose last message has what --stats says
        watched = [watch.summary() for watch in watches]
        messages.event("end", **tally.numbers(), seconds=round(seconds, 3), status=status, feeds=watched)
    elif values["stats"]:
        messages.write(stats(tally, seconds, values["color"], watches))
    return status


def _items(values: Mapping[str, Any], run: Run) -> Iterable[InputItem]:
    """The names of the inputs. If a file will be written, all names are found before it is touched. Raises
    NewsparseError if a list of names or a word list would be overwritten, or two outputs are one file."""
    written_to = [*filter(None, (values["output"], values["report"]))]
    if len(set(map(os.path.realpath, written_to))) < len(written_to) and written_to[0] != os.devnull:
        raise NewsparseError(f"-o and --report are one file, {printed(written_to[0])}; name two")
    written = set(filter(None, map(file_identity, written_to)))
    for path in filter(None, [values["files_from"], values["learn"], values["feed"], *values["vocab"]]):
        if file_identity(0 if path == STDIN_NAME else path) in written:
            raise NewsparseError(f"{printed(path)} is read, and is the output too; write to another file")
    if not values["output"]:
        written.update(filter(None, [file_identity(STDOUT)]))
    paths: Iterable[str] = values["paths"]
    if values["files_from"]:
        listing = Source(values["files_from"], ReadOptions(), lambda: run.flush())
        paths = chain(paths, inputs.names_in_list(listing.chunks(), values["null"]))
    include = values["include"] or inputs.patterns(values["from"])
    items = input_names(paths or (STDIN_NAME,), include, written, may_be_empty=values["new"])
    return list(items) if not values["files_from"] and (values["output"] or wants_bar(values)) else items


# The output -------------------------------------------------------------------------------------------------------


class NoRecordError(Exception):
    """No input gave a record, so the old output stays. Raised inside the output, so that the new one is discarded."""


def write_all(values: Mapping[str, Any], run: Run, items: Iterable[InputItem]) -> set[str]:
    """Read the inputs and write the output; returns the notes for the user. Raises NoRecordError if a file would be
    replaced by one without records."""
    job, tally = run.job, run.tally
    show = for_people(values, job)
    form = "" if show else job.format
    with _memory(values, form, run) as state, _records(values, run, show):
        if form != write.STORE and not set(RUN_FIELDS).isdisjoint(values["fields"] or ()):
            from newsparse.stories import Stories

            run.stories = Stories.of_run()
        if state:
            items = state.to_read(items, values)
            state.begin()
            run.done.append(state.write)
        do(items, run, 1 if show or values["report"] else values["jobs"], values["jobs"])
        path = values["output"]
        is_file = path and form != write.STORE and (regular_file(path) or not os.path.exists(path))  # noqa: PTH110
        if is_file and not (tally.records or values["new"] or values["allow_empty"]):
            raise NoRecordError
        run.flush()
        encoder = job.encoder
        if encoder:
            tally.warnings.update(encoder.added)
            tally.warned += sum(encoder.added.values())
        if state:
            state.end(tally)
            state.say_left(run.messages, values["verbose"])
    notes = {f"no row has the field {job.reading.keep[name]!r} that --keep names; it is null" for name in run.unmet}
    return (notes if tally.records else set()).union(encoder.notes if encoder else ())


@contextmanager
def _memory(values: Mapping[str, Any], form: str, run: Run) -> Iterator[State | None]:
    """The memory of a run: in the store that it writes to, or beside its output with --new or if FILE.state exists.

    FILE.state is saved if the block ends normally. With --settle alone the memory ends with the run.
    """
    path = f"{values['output']}{SUFFIX}"
    is_kept = values["new"] or (values["output"] and os.path.exists(path))  # noqa: PTH110
    if form != write.STORE and not is_kept and not values["settle"]:
        yield None
        return
    from newsparse.writing.store import SCHEMA_VERSION, STATE_SCHEMA, Database, State, Store, opened_store

    if form == write.STORE:
        with closing(opened_store(values["output"], run.messages.note)) as database:
            store = Store(database, values)
            run.put, run.flush = store.add, store.flush
            yield store
    else:
        path = path if is_kept else ":memory:"
        database = Database(path, STATE_SCHEMA, SCHEMA_VERSION, run.messages.note, DAMAGED_STATE)
        with closing(database), database.transaction():
            memory = State(database, values)
            about = regular_file(values["output"] or "")
            memory.forget_unless(values["append"], about is not None and about.st_size > 0)
            yield memory


@contextmanager
def _records(values: Mapping[str, Any], run: Run, show: Show | None) -> Iterator[None]:
    """The output of the records, if it is not a store. It is complete when the block ends, and undone after an
    exception."""
    job, encoder = run.job, run.job.encoder
    place = partial(output_to, values["output"], append=values["append"], say=run.messages.note)
    if show:
        with paged(values, run.messages), place() as output:
            run.put, run.flush = lambda found: output.write(show(found)), output.flush
            run.seen = set() if values["unique"] and not values["explain"] else None
            yield
    elif encoder:
        with place() as output, closing(encoder):
            output.begin(encoder.begin(), job.format)
            run.put, run.flush = partial(_put, output, encoder, job.format), output.flush
            run.seen = {int(identity[4:], 16) for identity in output.ids(job.format)} if values["unique"] else None
            yield
            for piece in filter(None, encoder.end()):
                output.write(piece)
    else:
        yield


def _put(output: Output, encoder: Encoder, form: str, found: Parsed) -> None:
    """Write an article in a format of texts or tables."""
    article = found.article
    try:
        output.write(encoder.encode(article, found.extra))
    except (ValueError, RecursionError) as error:
        raise InputError(article.source, f"cannot be written as {form} ({error})", article.line) from None


# Instead of records -----------------------------------------------------------------------------------------------


def for_people(values: Mapping[str, Any], job: Job) -> Show | None:
    """A function that shows an article as explained lines or as a record for reading; None if records are data. On a
    terminal, records are for reading by default."""
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
        shown = show.Pretty(values["fields"], values["keep"], values["labels"] or "en", color)
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
    """Show standard output page by page, in the program in PAGER or less, until the block ends and the reader closes
    it. There is no pager if PAGER is empty or ``cat``, without a terminal, and where an article is typed into it."""
    import shlex
    import subprocess

    types = os.isatty(STDIN) and STDIN_NAME in (values["files_from"], *values["paths"])
    command = shlex.split(os.environ.get("PAGER", "less"))
    pager = None
    if os.isatty(STDOUT) and not (values["output"] or types or command in ([], ["cat"]) or os.getenv("TERM") == "dumb"):
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
    from newsparse.showing.show import Progress

    total = len(items) if isinstance(items, list) else None
    color = not os.environ.get("NO_COLOR")
    if total == 1:
        progress = Progress(enabled=wanted, unit="records", color=color)
        run.found.append(lambda found: progress.step(failed=isinstance(found, InputError)))
    else:
        progress = Progress(total=total, enabled=wanted, unit="inputs", color=color)
        run.done.append(lambda outcome: progress.step(printed(outcome.name), outcome.failed))
    run.messages.clear = progress.clear


def last_line(tally: Tally, seconds: float, output: str) -> str:
    """The line about the written file: ``5,000 records, 0 failed, 12 with warnings → a.csv (7.2 MB, 8 s)``."""
    from newsparse.showing.show import duration

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
    from newsparse.showing.show import use_color

    lines = [tally.table(seconds, use_color(color, sys.stderr, os.environ))]
    for watch in watches:
        about = watch.summary()
        core = "" if about["core"] is None else f", {percent(about['core'])} of its common lines met"
        lines.append(f"\nfeed {inert(watch.name)}: {watch.total} pages known before{core}\n")
        lines += [f"  {name:12} {percent(now)}, before {percent(before)}\n" for name, before, now in watch.shares()]
    return "".join(lines).encode()


# What prints and ends ---------------------------------------------------------------------------------------------


def print_out(text: str) -> int:
    """Write to standard output, and return the exit status."""
    try:
        with output_to(None) as output:
            output.write(text.rstrip("\n").encode() + b"\n")
    except (BrokenPipeError, OutputError) as error:
        return ended_by(error, Messages())
    return 0


def version_text(verbose: bool = False) -> str:
    """The version of the program, and on a second line that of the rules of time zones."""
    rules = f"\ntzdata {readers.version() or 'not installed: the rules are those of the machine'}" if verbose else ""
    return f"newsparse {newsparse.__version__}{rules}"
