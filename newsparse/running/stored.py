"""Runs with a memory of earlier runs: into a store, or with a file FILE.state beside another output.

Knows the options --new and --settle and their messages. The memory itself is `newsparse.running.state`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import InputError, printed
from newsparse.record import NewsparseError
from newsparse.running.convert import Job
from newsparse.running.messages import Messages
from newsparse.running.run import Direct, Tally, Watcher, in_this_process
from newsparse.writing.write import APPENDABLE, STORE

if TYPE_CHECKING:
    from newsparse.running.state import State

SUFFIX = ".state"
RECORD_OPTIONS = ("from", "text_field", "keep", "split", "encoding", "tz", "normalize", "feed", "learn", "feed_by")
Items = Iterable[str | InputError]


class MixError(NewsparseError):
    """One output would have records of two versions, or of different options."""


class NewError(NewsparseError):
    """--new is used without an output that can remember inputs."""


def with_append(values: Mapping[str, Any], form: str) -> Mapping[str, Any]:
    """The options, with --append if --new is given: records of inputs that are not read again have to stay.

    Raises:
        NewError: the format cannot be added to.
    """
    if values["explain"] or not values["output"] or form not in (*APPENDABLE, STORE):
        raise NewError(f"--new needs -o FILE, and FILE is a store (.db) or {', '.join(APPENDABLE)}")
    return values if form == STORE else {**values, "append": True}


def into_store(values: Mapping[str, Any], job: Job, items: Items, messages: Messages, watcher: Watcher) -> Tally:
    """Write the articles of the inputs to a store."""
    from newsparse.running.state import State
    from newsparse.writing import store

    database = store.opened_store(values["output"], messages.note)
    try:
        state = State(database.connection, options(values))
        chosen = chosen_of(items, values, state)
        articles = store.Store(database, state)
        articles.begin()
        rows = Direct(job, lambda found: articles.add(found.article, found.extra), messages)
        watcher.found.append(state.look)
        watcher.done.append(lambda *_: articles.done())
        in_this_process(chosen, job, rows, articles.flush, watcher)
        tally = rows.tally
        articles.end(tally.inputs, tally.records, tally.failures, tally.found)
        say_left(state, messages, values["verbose"])
    finally:
        database.close()
    return tally


@contextmanager
def beside(values: Mapping[str, Any], messages: Messages) -> Iterator[State | None]:
    """The state beside an output: with --new, or if the file exists. It is saved if the block ends normally.

    With --settle alone it remembers nothing; without both options it is None.
    """
    path = f"{values['output']}{SUFFIX}" if values["output"] else ""
    if not values["new"] and not (path and os.path.exists(path)):  # noqa: PTH110
        yield _without_memory(values) if values["settle"] else None
        return
    from newsparse.running.state import SCHEMA_VERSION, STATE_SCHEMA, State
    from newsparse.writing.database import Database

    database = Database(path, STATE_SCHEMA, SCHEMA_VERSION, messages.note)
    try:
        with database.transaction() as connection:
            state = State(connection, options(values))
            if not values["append"] or (state.has_records and not _has_any(values["output"])):
                state.forget()
            state.begin()
            yield state
    finally:
        database.close()


def watch(state: State, watcher: Watcher) -> None:
    """Count what each input gives, and remember it if there is a state."""
    if state.run:
        watcher.found.append(state.look)
        watcher.done.append(lambda *_: state.write(state.done()))


def end(state: State, tally: Tally, messages: Messages, verbose: bool) -> None:
    """Write the results of the run to the state beside its output, and report skipped inputs."""
    if state.run:
        state.end(tally.inputs, tally.records, tally.failures, tally.found)
    say_left(state, messages, verbose)


def chosen_of(items: Items, values: Mapping[str, Any], state: State) -> Items:
    """The inputs to read.

    Raises:
        MixError: skipped inputs were read by another version or with other options.
    """
    chosen: Items = state.chosen(items, values["new"], values["settle"])
    if isinstance(items, list) or values["new"]:
        chosen = list(chosen)
    if state.unlike:
        raise MixError(
            f"{_count(state.unlike, 'input')} in {printed(values['output'])} were read by another version of newsparse "
            "or with other options, and --new would mix; run once without --new, which reads all again"
        )
    return chosen


def say_left(state: State, messages: Messages, verbose: bool) -> None:
    """Report which inputs were left out, and why."""
    if state.unsettled:
        messages.note(f"{_count(state.unsettled, 'input')} changed just now, left for the next run (--settle)")
    if state.known_failures:
        hint = "" if verbose else ", -v names them"
        messages.note(f"{_count(len(state.known_failures), 'known failure')}{hint}")
    for error in state.known_failures if verbose else ():
        messages.note(f"known failure: {error}")


def options(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options that decide what a record holds; word lists count by their content."""
    found: dict[str, Any] = {name: values[name] for name in RECORD_OPTIONS if values.get(name)}
    found["now"] = bool(values["now"])
    if values["vocab"]:
        from hashlib import sha256
        from pathlib import Path

        found["vocab"] = [sha256(Path(path).read_bytes()).hexdigest()[:16] for path in values["vocab"]]
    return found


def _without_memory(values: Mapping[str, Any]) -> State:
    from newsparse.running.state import State

    return State(None, {})


def _has_any(path: str) -> bool:
    try:
        return os.path.getsize(path) > 0  # noqa: PTH202
    except OSError:
        return False


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
