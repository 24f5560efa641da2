"""The kinds of outputs of a run: a format of text, a table file, a store, or a view for people.

Knows what writes an article to each, and what begins and ends it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from newsparse.reading.inputs import InputError
from newsparse.running import views
from newsparse.running.convert import InputItem, Job, Parsed
from newsparse.running.messages import Messages
from newsparse.running.run import Taker, Watcher, do
from newsparse.running.state import SCHEMA_VERSION, STATE_SCHEMA, Outcome, State, chosen_of, record_options, say_left
from newsparse.showing.summary import Tally
from newsparse.writing import write
from newsparse.writing.encoder import Format
from newsparse.writing.fields import RUN_FIELDS
from newsparse.writing.output import SeenIds, output_to
from newsparse.writing.target import Output

if TYPE_CHECKING:
    from newsparse.stories import Stories


SUFFIX = ".state"
DAMAGED_STATE = (
    "it should be the memory of --new: remove it, and the next run with --new reads all inputs "
    "again (with -u it adds no record twice)"
)


class NoRecordError(Exception):
    """No input gave a record, so the old output stays. Raised inside the output, so that the new one is discarded."""

    def __init__(self, tally: Tally) -> None:
        """`tally` has the counts of the run."""
        super().__init__()
        self.tally = tally


class _Sink(NamedTuple):
    """Where the articles of a run go.

    ``put`` writes an article, ``flush`` what has been collected, ``done`` the result of an input if the sink keeps the
    memory of the run itself. ``by`` has the notes and warnings of the format. ``seen`` are the ids in the output.
    """

    put: Callable[[Parsed], None]
    flush: Callable[[], None] = lambda: None
    end: Callable[[], None] = lambda: None
    done: Callable[[Outcome], None] | None = None
    by: Format | None = None
    seen: SeenIds | None = None


def written(
    values: Mapping[str, Any], job: Job, items: Iterable[InputItem], messages: Messages, watcher: Watcher
) -> tuple[Tally, set[str]]:
    """Read the inputs and write the output; returns the counts and the notes for the user.

    Raises:
        NoRecordError: a file would be replaced by one without records.
    """
    show = views.for_people(values, job)
    form = "" if show else job.format
    with _memory(values, form, messages) as state, _sink(values, job, messages, show, state) as sink:
        taker = Taker(job, sink.put, messages, watcher, sink.seen if job.unique else None, _stories(job, form))
        items = chosen_of(items, values, state)
        if state and state.database:
            with state.database.transaction():
                state.begin()
            keep = sink.done or state.write
            watcher.found.append(state.look)
            watcher.done.append(lambda *_: keep(state.done()))
        workers = values["jobs"] if not show and not values["report"] else 1
        do(items, job, taker, sink.flush, workers)
        tally = taker.tally
        if not (tally.records or values["new"] or values["allow_empty"]) and _is_replaced(values["output"], form):
            raise NoRecordError(tally)
        sink.end()
        if sink.by:
            tally.warnings.update(sink.by.added)
            tally.warned += sum(sink.by.added.values())
        if state:
            if state.database:
                with state.database.transaction():
                    state.end(tally)
            say_left(state, messages, values["verbose"])
    notes = {f"no row has the field {job.reading.keep[name]!r} that --keep names; it is null" for name in taker.unmet}
    return tally, (notes if tally.records else set()).union(sink.by.notes if sink.by else ())


def _is_replaced(path: str | None, form: str) -> bool:
    """Whether the output is a file that the run replaces, and no store, FIFO or device."""
    return path is not None and form != write.STORE and (os.path.isfile(path) or not os.path.exists(path))  # noqa: PTH110, PTH113


def _stories(job: Job, form: str) -> Stories | None:
    if form == write.STORE or not any(name in RUN_FIELDS for name in job.options["fields"] or ()):
        return None
    from newsparse.stories import Stories

    return Stories.of_run()


@contextmanager
def _memory(values: Mapping[str, Any], form: str, messages: Messages) -> Iterator[State | None]:
    """The memory of a run: in the store that it writes to, or beside its output with --new or if FILE.state exists.

    FILE.state is saved if the block ends normally. With --settle alone the state remembers nothing; without it there
    is none.
    """
    path = f"{values['output']}{SUFFIX}" if values["output"] else ""
    if form == write.STORE:
        from newsparse.writing.store import opened_store

        with closing(opened_store(values["output"], messages.note)) as database:
            yield State(database, record_options(values))
    elif values["new"] or (path and os.path.exists(path)):  # noqa: PTH110
        from newsparse.writing.database import Database

        database = Database(path, STATE_SCHEMA, SCHEMA_VERSION, messages.note, DAMAGED_STATE)
        with closing(database), database.transaction():
            state = State(database, record_options(values))
            state.forget_unless(values["append"], _has_any(values["output"]))
            yield state
    elif values["settle"]:
        yield State(None, {})
    else:
        yield None


def _has_any(path: str) -> bool:
    try:
        return os.path.getsize(path) > 0  # noqa: PTH202
    except OSError:
        return False


@contextmanager
def _sink(
    values: Mapping[str, Any], job: Job, messages: Messages, show: views.Show | None, state: State | None
) -> Iterator[_Sink]:
    """The sink for the options. It is complete when the block ends, and undone after an exception."""
    path = values["output"]
    if show:
        with views.paged(values, messages), output_to(path, append=values["append"]) as output:
            seen = None if values["explain"] else SeenIds()
            yield _Sink(lambda found: output.write(show(found)), output.flush, seen=seen)
    elif state and job.format == write.STORE:
        from newsparse.writing.store import Store

        store = Store(state)
        yield _Sink(lambda found: store.add(found.article, found.extra), store.flush, store.flush, store.done)
    elif job.format in write.TABLE_FORMATS:
        with write.open_table(job.format, path, **job.options) as table:
            yield _Sink(lambda found: table.add(found.article, found.extra), by=table, seen=SeenIds())
    else:
        with output_to(path, append=values["append"], say=messages.note) as output:
            yield _of_text(job, output)


def _of_text(job: Job, output: Output) -> _Sink:
    """The sink for a format of text."""
    writer = job.writer()
    output.begin(writer.begin(), job.format)
    between = b""

    def put(found: Parsed) -> None:
        nonlocal between
        article = found.article
        try:
            output.write(between + writer.encode(article, found.extra))
        except (ValueError, RecursionError) as error:
            raise InputError(article.source, f"cannot be written as {job.format} ({error})", article.line) from None
        between = writer.between

    seen = SeenIds(output.ids(job.format)) if job.unique else None
    return _Sink(put, output.flush, lambda: output.write(writer.end()), by=writer, seen=seen)
