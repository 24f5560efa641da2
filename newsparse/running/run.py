"""A run: what the inputs give, in order, to its output, with all counts; parsed in this process or in several.

Knows the order: every record and every failure comes at the place of its input. Workers parse, this process counts and
writes, so the output is the same for any number of them. With --learn all inputs are read twice. The outputs are in
`newsparse.running.outputs`, the profiles in `newsparse.running.feeds`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import newsparse
from newsparse.reading.inputs import STDIN_NAME, InputError, regular_file
from newsparse.reading.read import BLOCK_BYTES, ready
from newsparse.record import Lines
from newsparse.running.convert import MAX_TOGETHER_INPUTS, InputItem, InputResult, Job, Parsed, of_items
from newsparse.running.messages import Messages
from newsparse.showing.summary import Tally

if TYPE_CHECKING:
    from newsparse.feed.learn import SeenPage
    from newsparse.stories import Stories

MAX_TURN_INPUTS = 64  # inputs that a worker does in one turn, at most
WARMING = "خبر\n\nكتب علي\n\n10:00 01/02/2024\n\nقال.\n"  # an article for which all words are asked
Results = Iterable[tuple[InputItem, Iterable[InputResult]]]


class SeenIds:
    """The ids of the records that are written already, kept as integers."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        """A set of these ids."""
        self._seen = {int(identity[4:], 16) for identity in ids}

    def add(self, identity: str) -> bool:
        """Add an id. True if it is new."""
        before = len(self._seen)
        self._seen.add(int(identity[4:], 16))
        return len(self._seen) > before


class Sink(NamedTuple):
    """Where the articles of a run go."""

    put: Callable[[Parsed], None]  # writes an article, or raises an InputError
    flush: Callable[[], None] = lambda: None  # writes what has been collected
    end: Callable[[], None] = lambda: None  # writes all the rest
    seen: SeenIds | None = None  # the ids in the output, if --unique needs them
    done: Callable[[Outcome], None] | None = None  # writes the result of an input, instead of `State.write`


class Outcome:
    """The result of an input: its name, the numbers of its records and failures, and the first failure."""

    def __init__(self, name: str) -> None:
        """Nothing yet."""
        self.name, self.records, self.failed = name, 0, 0
        self.failure: str | None = None

    def count(self, found: InputResult) -> None:
        """Count what the input gave."""
        if isinstance(found, Parsed):
            self.records += 1
        elif isinstance(found, InputError):
            self.failed += 1
            if self.failure is None:
                self.failure = found.what if found.line is None else f"line {found.line}: {found.what}"


class Run:
    """A run: takes what the inputs give, in order, counts it, writes the records, reports the failures."""

    def __init__(self, job: Job, messages: Messages) -> None:
        """A run that has not begun."""
        self.job, self.messages, self.tally = job, messages, Tally()
        self.sink: Sink  # where the articles go
        self.stories: Stories | None = None  # if the output has fields of `RUN_FIELDS`
        self.unmet = set(job.reading.keep)  # the kept fields that no row had so far
        self.found: list[Callable[[InputResult], object]] = []  # called with all that an input gives
        self.done: list[Callable[[Outcome], object]] = []  # called with the result of each input
        self.waits: Callable[[], None] = lambda: None  # called before the run waits for a list of names

    def take(self, results: Results) -> None:
        """Take the results of some inputs."""
        for item, founds in results:
            outcome = Outcome(item.name if isinstance(item, InputError) else item)
            for found in founds:
                taken = self._one(found)
                outcome.count(taken)
                for look in self.found:
                    look(taken)
            self.tally.inputs += 1
            for tell in self.done:
                tell(outcome)

    def _one(self, found: InputResult) -> InputResult:
        if isinstance(found, Parsed):
            try:
                self._record(found)
            except InputError as error:
                found = error
        if isinstance(found, InputError):
            self.tally.failures += found.count
            self.messages.failed(found)
        elif not isinstance(found, Parsed):
            self.tally.skipped += 1
        return found

    def _record(self, found: Parsed) -> None:
        if self.stories:
            found = found._replace(extra={**(found.extra or {}), **self.stories.fields(found.article)})
        if not self.job.unique or self.sink.seen is None or self.sink.seen.add(found.article.id):
            self.sink.put(found)
        else:
            self.tally.repeated += 1
        self.tally.count(found.article)
        self.unmet.difference_update(found.extra or ())
        if self.job.feeds and found.seen:
            self.job.feeds.see(found.seen)


class _UnsentError(BaseException):
    """Finished records could not be written while an input was waited for. Not an Exception, so that no reader takes
    it for an error of the input."""


def do(items: Iterable[InputItem], run: Run, workers: int = 1, learners: int = 1) -> None:
    """Do the items in order. Finished records are written before the run waits for an input.

    `workers` is the number of processes that parse; with --learn, `learners` is that of the pass before.

    Raises:
        newsparse.running.jobs.WorkerError: a process was killed.
    """
    job, flush = run.job, run.sink.flush
    if job.feeds and job.feeds.learns:
        items = list(items)
        job.feeds.learn(_pages(items, job, learners), job.settings, run.messages)
    if workers > 1:
        with closing(in_processes(list(items), job, workers, without_lines)) as results:
            return run.take(results)
    waiting: list[InputItem] = []

    def flush_meanwhile() -> None:
        try:
            flush()
        except Exception as error:
            raise _UnsentError from error

    def do_waiting() -> None:
        handful = waiting[:]
        waiting.clear()
        try:
            run.take(of_items(handful, job, flush_meanwhile))
        except _UnsentError as error:
            raise error.__cause__ or error from None

    def do_and_flush() -> None:
        do_waiting()
        flush()

    run.waits = do_and_flush
    each = iter(items)
    waiting += islice(each, 1)
    do_and_flush()  # the first record is out at once
    for item in each:
        waiting.append(item)
        if len(waiting) == MAX_TOGETHER_INPUTS:
            do_waiting()
    do_waiting()


def _pages(items: Sequence[InputItem], job: Job, workers: int) -> Iterator[tuple[str, SeenPage]]:
    """The pages of all inputs that can be read twice, each with its source. Failures are met again, and reported, when
    the inputs are parsed."""
    from newsparse.feed.learn import observed

    def seen(found: Parsed) -> tuple[str, SeenPage] | Literal[0]:
        return (found.feed, observed(found.lines)) if found.feed is not None and isinstance(found.lines, Lines) else 0

    start = _spooled() if STDIN_NAME in items else None
    names = [item for item in items if isinstance(item, str) and regular_file(0 if item == STDIN_NAME else item)]
    try:
        for _, founds in in_processes(names, job, workers, seen):
            yield from (found for found in founds if type(found) is tuple)
    finally:
        if start is not None:
            os.lseek(0, start, os.SEEK_SET)


def _spooled() -> int | None:
    """Where standard input begins, once it can be read twice: a temporary file takes its place if it is no file. None
    if it cannot be read."""
    if regular_file(0):
        return os.lseek(0, 0, os.SEEK_CUR)
    import tempfile

    with tempfile.TemporaryFile() as file:
        while True:
            try:
                data = os.read(0, BLOCK_BYTES)
            except BlockingIOError:  # another program made it so
                ready(0, None)
                continue
            except OSError:
                if file.tell():
                    raise
                return None
            if not data:
                break
            file.write(data)
        file.flush()
        os.dup2(file.fileno(), 0)
    return os.lseek(0, 0, os.SEEK_SET)


def in_processes(
    items: Sequence[InputItem], job: Job, workers: int, sent: Callable[[Parsed], Any]
) -> Generator[tuple[InputItem, Iterable[Any]], None, None]:
    """The results of the items in order; of an article what `sent` makes of it.

    With one of `workers` this process parses the items, else that many others do.

    Raises:
        newsparse.running.jobs.WorkerError: a process was killed.
    """
    if workers == 1:
        for start in range(0, len(items), MAX_TOGETHER_INPUTS):
            for item, founds in of_items(items[start : start + MAX_TOGETHER_INPUTS], job):
                yield item, (sent(found) if isinstance(found, Parsed) else found for found in founds)
        return
    from newsparse.running.jobs import in_order

    deque(newsparse.explained([WARMING], job.settings), maxlen=0)  # what is made of the words is made once for all
    size = max(1, min(MAX_TURN_INPUTS, len(items) // (4 * workers)))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    each = in_order(lambda part: _worked(parts[part], job, sent), len(parts), min(workers, len(parts)))
    for item in items:
        yield item, map(_present, iter(each.__next__, None))  # None ends the results of an input


def _worked(items: Sequence[InputItem], job: Job, sent: Callable[[Parsed], Any]) -> Iterator[Any]:
    """The results of some items, as a worker process sends them: after those of an item None."""
    try:
        for _, founds in of_items(items, job):
            yield from (sent(found) if isinstance(found, Parsed) else found for found in founds)
            yield None
    except ModuleNotFoundError as error:
        yield error


def _present(found: Any) -> Any:
    """The result, or the error of a missing package."""
    if isinstance(found, ModuleNotFoundError):
        raise found
    return found


def without_lines(found: Parsed) -> Parsed | InputError:
    """The article without its lines, or an error if its kept fields are nested too deeply for a pipe."""
    import pickle

    try:
        pickle.dumps(found.extra)
    except RecursionError as error:
        return InputError(found.article.source, f"cannot be written ({error})", found.article.line)
    return found._replace(lines=())
