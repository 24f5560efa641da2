"""A run: from articles to bytes in the output, in one process or several, with all counts.

Knows the order: every record and every failure comes at the place of its input. The command line is in
`newsparse.running.cli`, the formats are in `newsparse.writing.write`.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import newsparse
from newsparse.codes import WarningCode
from newsparse.reading.inputs import STDIN_NAME, InputError
from newsparse.record import Article
from newsparse.running.convert import MAX_TOGETHER_INPUTS, InputResult, Job, Parsed, of_items
from newsparse.running.messages import Messages
from newsparse.writing.fields import FOUND
from newsparse.writing.output import Output, SeenIds

if TYPE_CHECKING:
    from newsparse.stories import Stories

MAX_TURN_INPUTS = 64  # inputs that a worker does in one turn, at most
MAX_COLLECTED_FAILURES = 1000  # that are collected
WARMING = "خبر\n\nكتب علي\n\n10:00 01/02/2024\n\nقال.\n"  # an article for which all words are asked
FRAME_BYTES = 1 << 18  # bytes of records that are collected before they are passed on


class Tally:
    """The counts of a run."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.inputs = self.records = self.failures = 0
        self.warned = 0  # records with warnings
        self.repeated = 0  # records left out by --unique
        self.skipped = 0  # pages that are no articles
        self.doubtful = 0  # records from standard input that may hold several articles
        self.found: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()

    def add(self, other: Mapping[str, Any]) -> None:
        """Add the counts of another Tally, as a mapping."""
        for name, count in other.items():
            if isinstance(count, int):
                setattr(self, name, getattr(self, name) + count)
            else:
                getattr(self, name).update(count)

    def count(self, article: Article, in_full: bool) -> None:
        """Count one record; with `in_full` also its fields and warnings."""
        self.records += 1
        self.warned += bool(article.warnings)
        self.doubtful += article.source == STDIN_NAME and WarningCode.SPLIT_DOUBTFUL in article.warnings
        if in_full:
            self.found.update(name for name in FOUND if getattr(article, name))
            self.warnings.update(article.warnings)


# Articles to frames -----------------------------------------------------------------------------------------------


class Frame(NamedTuple):
    """Records as bytes, with the information on them that a worker process sends."""

    body: bytes = b""
    ids: Sequence[str] = ()  # with --unique: the id of each record, and how many bytes it has
    sizes: Sequence[int] = ()
    failures: Sequence[tuple[str, str, int | None]] = ()
    tally: Mapping[str, Any] = {}
    seen: Sequence[tuple[str, float, Sequence[str]]] = ()  # what feeds have to know of each record

    def packed(self) -> bytes:
        """The frame as bytes."""
        about = json.dumps(self[1:]).encode()
        return len(about).to_bytes(4, "little") + about + self.body

    @classmethod
    def unpacked(cls, data: bytes) -> Frame:
        """The frame in packed bytes."""
        end = 4 + int.from_bytes(data[:4], "little")
        return cls(data[end:], *json.loads(data[4:end]))


class Collector:
    """Collects articles into frames. A frame is passed to `emit` when it is full, and when `flush` is called."""

    def __init__(self, job: Job, emit: Callable[[Frame], None], stories: Stories | None = None) -> None:
        """An empty collector. `stories`: the output has fields of `RUN_FIELDS`."""
        self.job, self.emit, self.writer, self.stories = job, emit, job.writer(), stories
        self.added: Counter[str] = Counter()  # warnings of the format, as far as they are passed on
        self._begin()

    def _begin(self) -> None:
        self.records: list[bytes] = []
        self.ids: list[str] = []
        self.failures: list[tuple[str, str, int | None]] = []
        self.tally = Tally()
        self.seen: list[tuple[str, float, Sequence[str]]] = []
        self.size = 0

    def add(self, parsed: Parsed) -> None:
        """One more article."""
        article = parsed.article
        try:
            record = self.writer.encode(article, parsed.extra)
        except (ValueError, RecursionError) as error:
            self.fail(InputError(article.source, f"cannot be written as {self.job.format} ({error})", article.line))
            return
        self.records.append(record)
        if self.job.unique:
            self.ids.append(article.id)
        self.tally.count(article, self.job.counts)
        if self.job.feeds and (seen := self.job.feeds.seen(parsed.feed, article, parsed.lines)):
            self.seen.append(seen)
        self.size += len(record)
        if self.size >= FRAME_BYTES:
            self.flush()

    def fail(self, error: InputError) -> None:
        """One more failure."""
        self.failures.append((error.name, error.what, error.line))
        self.tally.failures += error.count
        if len(self.failures) > MAX_COLLECTED_FAILURES:
            self.flush()

    def flush(self) -> None:
        """Pass on the collected frame."""
        self.tally.notes.update(self.writer.notes)
        added = Counter(self.writer.added) - self.added
        self.added += added
        self.tally.warnings.update(added)
        self.tally.warned += sum(added.values())
        sizes = [len(record) for record in self.records] if self.job.unique else ()
        body = self.writer.between.join(self.records)
        frame = Frame(body, self.ids, sizes, self.failures, vars(self.tally), self.seen)
        self._begin()
        self.emit(frame)


def worked(items: Sequence[str | InputError], job: Job) -> Iterator[bytes]:
    """The packed frames of some items: the work of a worker process."""
    frames: list[bytes] = []
    collector = Collector(job, lambda frame: frames.append(frame.packed()))
    for _, founds in of_items(items, job):
        for found in founds:
            _take(found, collector)
            yield from frames  # also in the midst of a large input
            frames.clear()
        collector.tally.inputs += 1
    collector.flush()
    yield from frames


# Frames to the output ---------------------------------------------------------------------------------------------


class Records:
    """Writes frames to the output, in order. Leaves out repeated records, reports failures, counts everything."""

    def __init__(self, job: Job, output: Output, messages: Messages, seen: SeenIds | None = None) -> None:
        """`seen`: with --unique, the ids that have been written already."""
        self.writer, self.output, self.messages, self.seen = job.writer(), output, messages, seen
        self.feeds = job.feeds
        self.tally = Tally()
        self._any = False

    def take(self, frame: Frame) -> None:
        """Write a frame."""
        body = frame.body if self.seen is None else self._unseen(frame, self.seen)
        if body:
            self.output.write(self.writer.between + body if self._any and self.writer.between else body)
            self._any = True
        for name, what, line in frame.failures:
            self.messages.failed(InputError(name, what, line))
        self.tally.add(frame.tally)
        if self.feeds:
            self.feeds.see(frame.seen)

    def _unseen(self, frame: Frame, seen: SeenIds) -> bytes:
        """The records of the frame that have not been written before."""
        new: list[bytes] = []
        start = 0
        for identity, size in zip(frame.ids, frame.sizes, strict=True):
            if seen.add(identity):
                new.append(frame.body[start : start + size])
            else:
                self.tally.repeated += 1
            start += size + len(self.writer.between)
        return self.writer.between.join(new)


class Direct:
    """Passes articles on one at a time, for outputs that are not a stream: an explanation, a spreadsheet."""

    def __init__(
        self,
        job: Job,
        put: Callable[[Parsed], None],
        messages: Messages,
        seen: SeenIds | None = None,
        stories: Stories | None = None,
    ) -> None:
        """`put` gets each article. `seen` is as in `Records`, `stories` as in `Collector`."""
        self.job, self.put, self.messages, self.seen, self.stories = job, put, messages, seen, stories
        self.tally = Tally()

    def add(self, found: Parsed) -> None:
        """One more article."""
        self.tally.count(found.article, self.job.counts)
        if self.job.feeds and (seen := self.job.feeds.seen(found.feed, found.article, found.lines)):
            self.job.feeds.see([seen])
        if self.seen is None or self.seen.add(found.article.id):
            self.put(found)
        else:
            self.tally.repeated += 1

    def fail(self, error: InputError) -> None:
        """One more failure."""
        self.tally.failures += error.count
        self.messages.failed(error)

    def flush(self) -> None:
        """Do nothing: articles are passed on at once."""


def _take(found: InputResult, taker: Collector | Direct) -> bool:
    """Pass on what an input gave. True if it is a failure."""
    if isinstance(found, Parsed):
        if taker.stories:
            found = found._replace(extra={**(found.extra or {}), **taker.stories.fields(found.article)})
        taker.add(found)
    elif isinstance(found, InputError):
        taker.fail(found)
    else:
        taker.tally.skipped += 1
    return isinstance(found, InputError)


# A whole run ------------------------------------------------------------------------------------------------------


class Watcher:
    """Callbacks for what each input gives, and for each finished input.

    Attributes:
        waits: called before the run waits for a list of names.
    """

    def __init__(self) -> None:
        """A watcher without callbacks."""
        self.found: list[Callable[[InputResult], None]] = []
        self.done: list[Callable[[str, int, int], object]] = []  # the name, how many are done, how many failed
        self.waits: Callable[[], None] = lambda: None


class _UnsentError(BaseException):
    """Finished records could not be written while an input was waited for. Not an Exception, so that no reader takes
    it for an error of the input."""


def in_this_process(
    items: Iterable[str | InputError],
    job: Job,
    taker: Collector | Direct,
    flush: Callable[[], None] | None,
    watcher: Watcher,
) -> None:
    """Do the items in order, a few at a time. Finished records are written before the run waits for an input."""
    waiting: list[str | InputError] = []

    def send() -> None:
        taker.flush()
        if flush:
            flush()

    def do_waiting() -> None:
        handful = waiting[:]
        waiting.clear()
        _do(handful, job, taker, send, watcher)

    def do_and_send() -> None:
        do_waiting()
        send()

    watcher.waits = do_and_send
    each = iter(job.learned(items))
    waiting += islice(each, 1)
    do_and_send()  # the first record is out at once
    for item in each:
        waiting.append(item)
        if len(waiting) == MAX_TOGETHER_INPUTS:
            do_waiting()
    do_waiting()
    taker.flush()


def _do(
    handful: Sequence[str | InputError],
    job: Job,
    taker: Collector | Direct,
    send: Callable[[], None],
    watcher: Watcher,
) -> None:
    """Do a few items in order. `send` is called before the run waits for one of them."""

    def send_meanwhile() -> None:
        try:
            send()
        except Exception as error:
            raise _UnsentError from error

    try:
        for item, founds in of_items(handful, job, send_meanwhile):
            failed = 0
            for found in founds:
                if _take(found, taker):
                    failed += 1
                    taker.flush()
                for look in watcher.found:
                    look(found)
            taker.tally.inputs += 1
            for tell in watcher.done:
                tell(item.name if isinstance(item, InputError) else item, 1, failed)
    except _UnsentError as error:
        raise error.__cause__ or error from None


def in_processes(items: Sequence[str | InputError], job: Job, records: Records, workers: int, watcher: Watcher) -> None:
    """Do the items in this number of processes; the output is the same.

    Raises:
        newsparse.running.jobs.WorkerError: a process was killed.
    """
    from newsparse.running.jobs import in_order

    job.learned(items)
    deque(newsparse.explained([WARMING], job.settings), maxlen=0)  # what is made of the words is made once for all
    size = max(1, min(MAX_TURN_INPUTS, len(items) // (4 * workers)))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    for data in in_order(lambda part: worked(parts[part], job), len(parts), min(workers, len(parts))):
        frame = Frame.unpacked(data)
        records.take(frame)
        for tell in watcher.done:
            tell("", frame.tally["inputs"], len(frame.failures))
