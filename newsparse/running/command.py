"""The command: from the values of the options to a run, its messages and its exit status.

Knows which options exclude each other, and the meaning of each exit status. Click is in `newsparse.running.cli`, making
records in `newsparse.running.convert`, writing them in `newsparse.writing.write`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import newsparse
from newsparse.reading import inputs
from newsparse.reading.inputs import file_identity, input_names, names_in_list, printed
from newsparse.reading.read import ReadOptions, Source
from newsparse.record import NewsparseError
from newsparse.running import outputs
from newsparse.running.convert import BoundedPattern, InputItem, Job
from newsparse.running.messages import STDERR, Messages, MisuseError, WorkerError
from newsparse.running.run import Run
from newsparse.showing.summary import count_of
from newsparse.times import readers
from newsparse.words import vocab
from newsparse.words.vocab import Settings
from newsparse.writing import write
from newsparse.writing.output import STDOUT, OutputError, output_to

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
    if not values["paths"] and not values["files_from"] and os.isatty(outputs.STDIN):
        messages.write(FIRST_STEPS.encode())
        return MISUSED
    try:
        values = {**values, "form": _format(values)}
        if values["new"] and values["form"] != write.STORE:  # records of inputs that are not read again have to stay
            values["append"] = True
        job = job_of(values)
        if inputs.STDIN_NAME in values["paths"] and os.isatty(outputs.STDIN):
            messages.note("paste the text, then press Ctrl-D on a line of its own")
        return _run(values, job, messages)
    except KeyboardInterrupt:
        messages.note(f"interrupted; {_kept(values)}")
        raise
    except BrokenPipeError:
        return CLOSED_PIPE
    except (OutputError, WorkerError) as error:
        messages.error(str(error))
        return UNWRITTEN
    except NewsparseError as error:
        return misused(str(error), messages)
    finally:
        if messages.progress:
            messages.progress.clear()


def misused(what: str, messages: Messages | None = None) -> int:
    """Print what is wrong with the command line, and return the exit status."""
    (messages or Messages()).error(what)
    return MISUSED


def job_of(values: Mapping[str, Any]) -> Job:
    """The Job for these options.

    Raises:
        NewsparseError: options exclude each other, a field is unknown, or a word list cannot be read.
    """
    form = values["form"] or "jsonl"
    if values["new"] and (values["explain"] or not values["output"] or form not in (*write.APPENDABLE, write.STORE)):
        raise MisuseError(f"--new needs -o FILE, and FILE is a store (.db) or {', '.join(write.APPENDABLE)}")
    if values["append"] and (form not in (*write.APPENDABLE, write.STORE) or not values["output"]):
        raise MisuseError(f"--append adds to the end of -o FILE, and FILE is {', '.join(write.APPENDABLE)}")
    if values["append"] and values["unique"] and "id" not in (values["fields"] or ("id",)):
        raise MisuseError("--append --unique knows records by their id; name id in --fields")
    if values["append"] and values["labels"]:
        raise MisuseError("--append finds columns by the names of the fields; leave --labels out")
    if form == write.STORE and values["fields"]:
        raise MisuseError("a store holds all fields; leave --fields out, and name them when you ask")
    if form in write.FILES and not values["output"] and not values["explain"]:
        raise MisuseError(f"{form} is no text for a pipe or a terminal; name a file with -o")
    if values["learn"] and values["feed"]:
        raise MisuseError("--learn parses with what it has learned; leave --feed out")
    if values["feed_by"] and not (values["learn"] or values["feed"]):
        raise MisuseError("--feed-by says how the profiles of --learn or --feed are told apart; name their folder")
    feeds = None
    if values["learn"] or values["feed"]:
        from newsparse.running.feeds import Feeds

        feeds = Feeds(values["learn"] or values["feed"], values["feed_by"], learns=bool(values["learn"]))
    words = vocab.with_files(values["vocab"]) if values["vocab"] else vocab.shipped()
    split = values["split"] or "auto"
    pattern = split if split in ("auto", "none") else BoundedPattern(split)
    settings = Settings(words, values["tz"], values["now"], values["normalize"], pattern)
    keep = values["keep"]
    by = values["feed_by"] if values["feed_by"] != "folder" else None
    limit, kind = values["max_size"], values["from"]
    return Job(
        ReadOptions(values["encoding"], kind, values["text_field"], keep, limit, by, values["from_text"]),
        settings,
        row_settings=settings if values["split"] else replace(settings, split="none"),
        format=form,
        encoder=None if form == write.STORE else write.encoder_of(form, **{name: values[name] for name in FORMATTING}),
        unique=values["unique"],
        feeds=feeds,
    )


def _format(values: Mapping[str, Any]) -> str | None:
    """The output format: as given, or by the suffix of -o; None if neither names one."""
    asked = {name: values[name] for name in ("csv", "json") if values[name]}
    chosen = set(asked) | ({values["to"]} if values["to"] else set()) | ({"csv"} if values["excel"] else set())
    if len(chosen) > 1:
        raise MisuseError(f"one format at a time, not {' and '.join(sorted(chosen))}")
    name = (values["output"] or "").lower()
    meant = write.output_format_of(name)
    if chosen:
        form = chosen.pop()
        if meant in write.FILES and form != meant:
            raise MisuseError(f"{values['output']} would hold {form}, which no reader of {meant} opens; change one")
        return form
    if name.endswith((".gz", ".bz2", ".xz", ".zst", ".zip")):
        raise MisuseError(f"-o writes no compressed file; use a pipe: newsparse ... | gzip > {values['output']}")
    if not meant and name.endswith(write.FOREIGN):
        other = f"--report {values['output']} for a page" if name.endswith(write.PAGES) else ".csv or .xlsx"
        raise MisuseError(f"no format has the suffix of {values['output']}; name one with --to, or use {other}")
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
        run.found.append(partial(outputs.onto_page, page))
    if values["verbose"] and not values["explain"]:
        run.found.append(partial(outputs.say_warnings, messages))
    if outputs.wants_bar(values):
        outputs.bar(values["progress"], items, run)
    notes: set[str] = set()
    is_kept = False
    try:
        notes = outputs.write_all(values, run, items)
    except outputs.NoRecordError:
        is_kept = True
    if page:
        page.feeds += job.feeds.learned() if job.feeds else ()
        with output_to(values["report"]) as output:
            for piece in page.render(tally):
                output.write(piece)
    watches = [*job.feeds.watches.values()] if job.feeds else []
    warned = tally.warned or any(watch.has_drifted for watch in watches)
    status = NO_RECORD if tally.failures or is_kept else WARNED if values["strict"] and warned else 0
    if is_kept:
        messages.error(f"no input gave a record; {_kept(values)} (--allow-empty writes it all the same)")
    elif values["output"] and os.isatty(STDERR) and not (values["stats"] or values["log_json"]):
        messages.note(outputs.last_line(tally, time.monotonic() - began, values["output"]))
    for note in (*sorted(notes), *(line for watch in watches for line in watch.said())):
        messages.note(note)
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
        messages.write(outputs.stats(tally, seconds, values["color"], watches))
    return status


def _items(values: Mapping[str, Any], run: Run) -> Iterable[InputItem]:
    """The names of the inputs. If a file will be written, all names are found before it is touched.

    Raises:
        MisuseError: a list of names or a word list would be overwritten, or two outputs are one file.
    """
    written_to = [path for path in (values["output"], values["report"]) if path]
    if len({os.path.realpath(path) for path in written_to}) < len(written_to) and written_to[0] != os.devnull:
        raise MisuseError(f"-o and --report are one file, {printed(written_to[0])}; name two")
    written = set(filter(None, map(file_identity, written_to)))
    for path in filter(None, [values["files_from"], values["learn"], values["feed"], *values["vocab"]]):
        if file_identity(0 if path == inputs.STDIN_NAME else path) in written:
            raise MisuseError(f"{printed(path)} is read, and is the output too; write to another file")
    if not values["output"]:
        written.update(filter(None, [file_identity(STDOUT)]))
    paths: Iterable[str] = values["paths"]
    if values["files_from"]:
        listing = Source(values["files_from"], ReadOptions(), lambda: run.waits())
        paths = chain(paths, names_in_list(listing.chunks(), values["null"]))
    include = values["include"] or inputs.patterns(values["from"])
    items = input_names(paths or (inputs.STDIN_NAME,), include, written, may_be_empty=values["new"])
    return list(items) if not values["files_from"] and (values["output"] or outputs.wants_bar(values)) else items


# What prints and ends ---------------------------------------------------------------------------------------------


def print_out(text: str) -> int:
    """Write to standard output, and return the exit status."""
    try:
        with output_to(None) as output:
            output.write(text.rstrip("\n").encode() + b"\n")
    except BrokenPipeError:
        return CLOSED_PIPE
    except OutputError as error:
        Messages().error(str(error))
        return UNWRITTEN
    return 0


def version_text(verbose: bool = False) -> str:
    """The version of the program, and on a second line that of the rules of time zones."""
    own = f"newsparse {newsparse.__version__}"
    return (
        f"{own}\ntzdata {readers.version() or 'not installed: the rules are those of the machine'}" if verbose else own
    )
