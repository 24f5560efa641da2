"""A run: what the inputs give, in order, to its output, with all counts; parsed in this process or in several.

Knows the order: every record and every failure comes at the place of its input. Workers parse, this process counts and
writes, so the output is the same for any number of them. The outputs are in `newsparse.running.outputs`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import newsparse
from newsparse.reading.inputs import InputError
from newsparse.running.convert import MAX_TOGETHER_INPUTS, InputItem, InputResult, Job, Parsed, of_items
from newsparse.running.messages import Messages
from newsparse.showing.summary import Tally

if TYPE_CHECKING:
    from newsparse.stories import Stories
    from newsparse.writing.output import SeenIds

MAX_TURN_INPUTS = 64  # inputs that a worker does in one turn, at most
WARMING = "خبر\n\nكتب علي\n\n10:00 01/02/2024\n\nقال.\n"  # an article for which all words are asked
Results = Iterable[tuple[InputItem, Iterable[InputResult]]]


class Watcher:
    """Callbacks for what each input gives, and for each finished input.

    Attributes:
        waits: called before the run waits for a list of names.
    """

    def __init__(self) -> None:
        """A watcher without callbacks."""
        self.found: list[Callable[[InputResult], object]] = []
        self.done: list[Callable[[str, int], object]] = []  # the name of the input, and how many of its rows failed
        self.waits: Callable[[], None] = lambda: None


class Taker:
    """Takes what the inputs give, in order: leaves out repeated records, writes the others, reports failures."""

    def __init__(
        self,
        job: Job,
        put: Callable[[Parsed], None],
        messages: Messages,
        watcher: Watcher,
        seen: SeenIds | None = None,
        stories: Stories | None = None,
    ) -> None:
        """`put` writes an article, or raises an InputError. `seen`: with --unique, the ids that are written already.
        `stories`: the output has fields of `RUN_FIELDS`."""
        self.job, self.put, self.messages, self.watcher = job, put, messages, watcher
        self.seen, self.stories = seen, stories
        self.tally = Tally()
        self.unmet = set(job.reading.keep)  # the kept fields that no row had so far

    def take(self, results: Results) -> None:
        """Take the results of some inputs."""
        for item, founds in results:
            failed = 0
            for found in founds:
                taken = self._one(found)
                failed += isinstance(taken, InputError)
                for look in self.watcher.found:
                    look(taken)
            self.tally.inputs += 1
            for tell in self.watcher.done:
                tell(item.name if isinstance(item, InputError) else item, failed)

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
        if self.seen is None or self.seen.add(found.article.id):
            self.put(found)
        else:
            self.tally.repeated += 1
        self.tally.count(found.article)
        self.unmet.difference_update(found.extra or ())
        if self.job.feeds and found.seen:
            self.job.feeds.see(found.seen)


class _UnsentError(BaseException):
    """Finished records could not be written while an input was waited for. Not an Exception, so that no reader takes
    it for an error of the input."""


def do(items: Iterable[InputItem], job: Job, taker: Taker, flush: Callable[[], None], workers: int = 1) -> None:
    """Do the items in order. `flush` writes finished records; it is called before the run waits for an input.

    Raises:
        newsparse.running.jobs.WorkerError: a process was killed.
    """
    items = job.learned(items)
    if workers > 1:
        with closing(in_processes(list(items), job, workers, _without_lines)) as results:
            return taker.take(results)
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
            taker.take(of_items(handful, job, flush_meanwhile))
        except _UnsentError as error:
            raise error.__cause__ or error from None

    def do_and_flush() -> None:
        do_waiting()
        flush()

    taker.watcher.waits = do_and_flush
    each = iter(items)
    waiting += islice(each, 1)
    do_and_flush()  # the first record is out at once
    for item in each:
        waiting.append(item)
        if len(waiting) == MAX_TOGETHER_INPUTS:
            do_waiting()
    do_waiting()


def in_processes(
    items: Sequence[InputItem], job: Job, workers: int, sent: Callable[[Parsed], Any]
) -> Generator[tuple[InputItem, Iterable[Any]], None, None]:
    """The results of the items, parsed by this number of processes; of an article what `sent` makes of it.

    Raises:
        newsparse.running.jobs.WorkerError: a process was killed.
    """
    in_order = _jobs()
    deque(newsparse.explained([WARMING], job.settings), maxlen=0)  # what is made of the words is made once for all
    size = max(1, min(MAX_TURN_INPUTS, len(items) // (4 * workers)))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    each = map(_unpacked, in_order(lambda part: _worked(parts[part], job, sent), len(parts), min(workers, len(parts))))
    for item in items:
        yield item, iter(each.__next__, None)  # None ends the results of an input


def _jobs() -> Callable[[Callable[[int], Iterable[bytes]], int, int], Iterator[bytes]]:
    """`newsparse.running.jobs.in_order`. Signals wait while the modules for it are imported: Python prints a traceback
    if one comes in the midst of that."""
    from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, SIGTERM, pthread_sigmask

    before = pthread_sigmask(SIG_BLOCK, {SIGINT, SIGTERM, SIGHUP})
    try:
        import pickle  # noqa: F401

        from newsparse.running.jobs import in_order
    finally:
        pthread_sigmask(SIG_SETMASK, before)
    return in_order


def _without_lines(found: Parsed) -> Parsed:
    return found._replace(lines=())


def _worked(items: Sequence[InputItem], job: Job, sent: Callable[[Parsed], Any]) -> Iterator[bytes]:
    """The results of some items as bytes: the work of a worker process."""
    try:
        for _, founds in of_items(items, job):
            for found in chain(founds, [None]):
                yield _packed(found, sent)
    except ModuleNotFoundError as error:
        yield _packed(error, sent)


def _packed(found: InputResult | ModuleNotFoundError | None, sent: Callable[[Parsed], Any]) -> bytes:
    import pickle

    if not isinstance(found, Parsed):
        return pickle.dumps(found)
    try:
        return pickle.dumps(sent(found))
    except RecursionError as error:  # a kept field is nested too deeply
        article = found.article
        return pickle.dumps(InputError(article.source, f"cannot be written ({error})", article.line))


def _unpacked(data: bytes) -> InputResult | None:
    import pickle

    found: InputResult | ModuleNotFoundError | None = pickle.loads(data)  # noqa: S301 (from a process of this run)
    if isinstance(found, ModuleNotFoundError):
        raise found
    return found
