"""Runs with a memory of earlier runs: into a store, or with a file FILE.state beside another output.

Knows the options --new and --settle and their messages. The memory itself is `newsparse.running.state`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import printed
from newsparse.running.convert import InputItem
from newsparse.running.messages import Messages, MisuseError
from newsparse.writing.write import APPENDABLE, STORE

if TYPE_CHECKING:
    from newsparse.running.state import State

SUFFIX = ".state"
RECORD_OPTIONS = ("from", "text_field", "keep", "split", "encoding", "tz", "normalize", "feed", "learn", "feed_by")


def with_append(values: Mapping[str, Any], form: str) -> Mapping[str, Any]:
    """The options, with --append if --new is given: records of inputs that are not read again have to stay.

    Raises:
        MisuseError: the format cannot be added to.
    """
    if values["explain"] or not values["output"] or form not in (*APPENDABLE, STORE):
        raise MisuseError(f"--new needs -o FILE, and FILE is a store (.db) or {', '.join(APPENDABLE)}")
    return values if form == STORE else {**values, "append": True}


@contextmanager
def memory(values: Mapping[str, Any], form: str, messages: Messages) -> Iterator[State | None]:
    """The memory of a run: in the store that it writes to, or beside its output with --new or if FILE.state exists.

    FILE.state is saved if the block ends normally. With --settle alone the state remembers nothing; without it there
    is none.
    """
    path = f"{values['output']}{SUFFIX}" if values["output"] else ""
    if form == STORE:
        from newsparse.running.state import State
        from newsparse.writing.store import opened_store

        with closing(opened_store(values["output"], messages.note)) as database:
            yield State(database, options(values))
    elif values["new"] or (path and os.path.exists(path)):  # noqa: PTH110
        from newsparse.running.state import SCHEMA_VERSION, STATE_SCHEMA, State
        from newsparse.writing.database import Database

        with closing(Database(path, STATE_SCHEMA, SCHEMA_VERSION, messages.note)) as database, database.transaction():
            state = State(database, options(values))
            state.forget_unless(values["append"], _has_any(values["output"]))
            yield state
    elif values["settle"]:
        from newsparse.running.state import State

        yield State(None, {})
    else:
        yield None


def chosen_of(items: Iterable[InputItem], values: Mapping[str, Any], state: State | None) -> Iterable[InputItem]:
    """The inputs to read.

    Raises:
        MisuseError: skipped inputs were read by another version or with other options.
    """
    if not state:
        return items
    chosen: Iterable[InputItem] = state.chosen(items, values["new"], values["settle"])
    if isinstance(items, list) or values["new"]:
        chosen = list(chosen)
    if state.unlike:
        raise MisuseError(
            f"{count_of(state.unlike, 'input')} in {printed(values['output'])} were read by another version of "
            "newsparse or with other options, and --new would mix; run once without --new, which reads all again"
        )
    return chosen


def say_left(state: State, messages: Messages, verbose: bool) -> None:
    """Report which inputs were left out, and why."""
    if state.unsettled:
        messages.note(f"{count_of(state.unsettled, 'input')} changed just now, left for the next run (--settle)")
    if state.known_failures:
        hint = "" if verbose else ", -v names them"
        messages.note(f"{count_of(len(state.known_failures), 'known failure')}{hint}")
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


def count_of(number: int, what: str) -> str:
    """The number with its noun: ``1 input``, ``2 inputs``."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _has_any(path: str) -> bool:
    try:
        return os.path.getsize(path) > 0  # noqa: PTH202
    except OSError:
        return False
