"""A run: what the inputs give, in order, to its output, with all counts; parsed in this process or in several.

Knows which reader an input needs, that no input may stop the run, and the order: every record and every failure comes
at the place of its input. Workers parse, this process counts and writes, so the output is the same for any number of
them. With --learn all inputs are read twice. The outputs are in `newsparse.running.command`, the profiles in
`newsparse.running.feeds`.
"""

from __future__ import annotations

import os
import re
import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import newsparse
from newsparse.reading.inputs import STDIN_NAME, InputError, input_format_of, printed, reader, regular_file
from newsparse.reading.read import ReadOptions, Source, is_escaped
from newsparse.record import Article, Line, Lines, NewsparseError, WarningCode
from newsparse.showing.messages import Messages, Tally, count_of
from newsparse.words.vocab import Settings

if TYPE_CHECKING:
    from newsparse.feed.profile import SeenPage
    from newsparse.reading.rows import Row
    from newsparse.running.feeds import Feeds
    from newsparse.stories import Stories
    from newsparse.writing.write import Encoder

MAX_SEARCH_SECONDS = 3  # of processor time
MIN_SEARCH_SECONDS = 0.001  # for a line, whatever the lines before it took
SECONDS_PER_CHAR = 1e-5

MAX_KINDS = 1000  # of failures in one input that are told apart
WARMING = "خبر\n\nكتب علي\n\n10:00 01/02/2024\n\nقال.\n"  # an article for which all words are asked

InputItem = str | InputError  # an input: its name, or why it is none


class Job(NamedTuple):
    """The options that decide what a run writes."""

    reading: ReadOptions
    settings: Settings
    row_settings: Settings  # the same for one row, which is one article unless --split says more
    format: str = "jsonl"
    encoder: Encoder | None = None  # of the format; a store has none
    feeds: Feeds | None = None

    def of_feed(self, settings: Settings, name: str, row: Row | None = None) -> tuple[str | None, Settings]:
        """The feed of an input or of a row, None if it has none; and the settings with the profile of the feed."""
        if not self.feeds:
            return None, settings
        feed = self.feeds.source(name, row and row.feed)
        return feed, self.feeds.settings(settings, feed)

    def parsed(
        self, article: Article, lines: Lines, name: str, feed: str | None, extra: Mapping[str, Any] | None = None
    ) -> Parsed:
        """The result for an article."""
        share = self.feeds.share(feed, lines) if self.feeds else -1.0
        return Parsed(article, lines, name, extra, feed, share)


class Parsed(NamedTuple):
    """One article, with its lines, the name of its input, the kept fields, its feed, and its share of the feed's core
    lines."""

    article: Article
    lines: Sequence[Line]
    name: str
    extra: Mapping[str, Any] | None = None
    feed: str | None = None  # of which source it is, where that counts
    share: float = -1.0  # -1: the feed has no core lines


class Skipped(NamedTuple):
    """A page that is not an article, with the reason. It is neither a record nor a failure."""

    name: str
    why: str


InputResult = Parsed | InputError | Skipped


def of_item(item: InputItem, job: Job, waiting: Callable[[], None] | None = None) -> Iterator[InputResult]:
    """The articles and failures of an input, in order. An input may be an error already.

    Never raises, whatever the input holds, unless a package is missing.
    """
    if isinstance(item, InputError):
        yield item
        return
    source = Source(item, job.reading, waiting)
    try:
        is_page = source.name == STDIN_NAME and not job.reading.format and source.begins_as_page()
        kind = "html" if is_page else job.reading.format or input_format_of(source.name)
        yield from _of_text(source, job) if kind == "text" else _folded(_of_rows(source, kind, job))
    except InputError as error:
        yield error
    except NewsparseError as error:
        yield source.fail(str(error))
    except ModuleNotFoundError:
        raise  # no other input can be read either
    except Exception as error:  # a fault of ours costs this input, and not the run
        yield source.fail(f"a fault in newsparse: {type(error).__name__}: {error}; please report it with this input")


def _of_text(source: Source, job: Job) -> Iterator[InputResult]:
    name, lines = printed(source.name), None
    feed, known = job.of_feed(job.settings, source.name)
    for lines in newsparse.explained(source.blocks(), known, source.name != STDIN_NAME):
        warnings = [*source.warnings, WarningCode.TEXT_ESCAPES.value] if is_escaped(lines.texts) else source.warnings
        yield job.parsed(newsparse.article(lines, name, warnings), lines, name, feed)
    if lines is None:
        yield source.fail("no text in it; leave it out, or look at what should have written it")


def _of_rows(source: Source, kind: str, job: Job) -> Iterator[InputResult]:
    name, row = printed(source.name), None
    form = job.reading.text_format
    read_text = reader(form, source.fail, "page_of") if form != "text" and kind != form else None
    for row in reader(kind, source.fail)(source):
        found = read_text(row, source) if read_text and not isinstance(row, InputError) else row
        if isinstance(found, InputError):
            yield found
        else:
            yield from _of_row(found, source, name, job)
    if row is None:
        yield source.fail("no rows in it; leave it out, or look at what should have written it")


def _folded(founds: Iterable[InputResult]) -> Iterator[InputResult]:
    """The articles and failures of rows. Repeated failures are only counted, and the count comes last."""
    first: dict[str, InputError] = {}
    again: Counter[str] = Counter()
    for found in founds:
        if not isinstance(found, InputError) or found.line is None:
            yield found
        elif found.what in first:
            again[found.what] += 1
        else:
            if len(first) < MAX_KINDS:
                first[found.what] = found
            yield found
    for what, count in again.items():
        rows = f"{count_of(count, 'more row')} as in line {first[what].line}"
        yield InputError(first[what].name, rows, count=count)


def _of_row(row: Row, source: Source, name: str, job: Job) -> Iterator[InputResult]:
    lines = None
    feed, known = job.of_feed(job.row_settings, source.name, row)
    if row.markup:
        known = replace(known, markup=row.markup)
    for lines in newsparse.explained([row.text], known):
        article = newsparse.article(lines, row.source or name, (*source.warnings, *row.warnings))
        if row.source is None:
            article = replace(article, line=row.line)
        where = f"{article.source}:{article.line}"
        why = row.unfit(article) if row.unfit else None
        yield Skipped(where, why) if why else job.parsed(article, lines, where, feed, row.extra)
    if lines is None:
        yield Skipped(row.source or name, "no text") if row.unfit else source.fail("no text in this row", row.line)


class BoundedPattern:
    """A regular expression with a limit on the processor time of its searches, since some would search for ever.

    The time of all searches is at most `MAX_SEARCH_SECONDS`, and `SECONDS_PER_CHAR` for what has been searched.
    """

    def __init__(self, text: str) -> None:
        """Compile the pattern. Only in the main thread, since it sets a signal handler."""
        self._search = re.compile(text).search
        self._left: float = MAX_SEARCH_SECONDS
        signal.signal(signal.SIGVTALRM, self._stop)

    def search(self, text: str) -> object:
        """The match in the text, or None. If the searches take too long, a NewsparseError."""
        signal.setitimer(signal.ITIMER_VIRTUAL, self._left)
        try:
            return self._search(text)
        finally:
            left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            left = left or MAX_SEARCH_SECONDS  # 0 if the time was up; the next input has all of it again
            left += SECONDS_PER_CHAR * len(text)
            self._left = min(max(left, MIN_SEARCH_SECONDS), MAX_SEARCH_SECONDS)

    def _stop(self, *_: object) -> None:
        what = "one line" if self._left == MAX_SEARCH_SECONDS else "a few lines"
        raise NewsparseError(
            f"the pattern of --split takes more than {MAX_SEARCH_SECONDS} seconds for {what}; "
            "write it without a repetition inside a repetition, such as (a+)+"
        )


Results = Iterable[tuple[InputItem, Iterable[InputResult]]]


@dataclass
class Outcome:
    """The result of an input: its name, the numbers of its records and failures, and the first failure."""

    name: str
    records: int = 0
    failed: int = 0
    failure: str | None = None


class Run:
    """A run: takes what the inputs give, in order, counts it, writes the records, reports the failures."""

    def __init__(self, job: Job, messages: Messages) -> None:
        """A run that has not begun."""
        self.job, self.messages, self.tally = job, messages, Tally()
        self.put: Callable[[Parsed], None]  # writes an article, or raises an InputError
        self.flush: Callable[[], None]  # writes what has been collected
        self.seen: set[int] | None = None  # with --unique, the ids in the output, as numbers
        self.stories: Stories | None = None  # if the output has fields of `RUN_FIELDS`
        self.unmet = set(job.reading.keep)  # the kept fields that no row had so far
        self.found: list[Callable[[InputResult], object]] = []  # called with all that an input gives
        self.done: list[Callable[[Outcome], object]] = []  # called with the result of each input

    def take(self, results: Results) -> None:
        """Take the results of some inputs."""
        for item, founds in results:
            outcome = Outcome(item.name if isinstance(item, InputError) else item)
            for found in founds:
                taken = self._one(found, outcome)
                for look in self.found:
                    look(taken)
            self.tally.inputs += 1
            for tell in self.done:
                tell(outcome)

    def _one(self, found: InputResult, outcome: Outcome) -> InputResult:
        if isinstance(found, Parsed):
            try:
                self._record(found)
                outcome.records += 1
            except InputError as error:
                found = error
        if isinstance(found, InputError):
            self.tally.failures += found.count
            outcome.failed += 1
            outcome.failure = outcome.failure or (f"line {found.line}: " if found.line else "") + found.what
            self.messages.failed(found)
        elif isinstance(found, Skipped):
            self.tally.skipped += 1
        return found

    def _record(self, found: Parsed) -> None:
        if self.stories:
            found = found._replace(extra={**(found.extra or {}), **self.stories.fields(found.article)})
        seen, identity = self.seen, int(found.article.id[4:], 16)
        if seen is not None and identity in seen:
            self.tally.repeated += 1
        else:
            if seen is not None:
                seen.add(identity)
            self.put(found)
        self.tally.count(found.article)
        self.unmet.difference_update(found.extra or ())
        if self.job.feeds:
            self.job.feeds.see(found.feed, found.share, found.article)


class _UnsentError(BaseException):
    """Finished records could not be written while an input was waited for. Not an Exception, so that no reader takes
    it for an error of the input."""


def do(items: Iterable[InputItem], run: Run, workers: int = 1, learners: int = 1) -> None:
    """Do the items in order. Finished records are written before the run waits for an input. `workers` is the number
    of processes that parse; with --learn, `learners` is that of the pass before."""
    job, flush = run.job, run.flush
    if job.feeds and job.feeds.learns:
        items = list(items)
        job.feeds.learn(_pages(items, job, learners), job.settings, run.messages)
    if workers > 1:
        with closing(in_processes(list(items), job, workers, without_lines)) as results:
            return run.take(results)

    def flush_meanwhile() -> None:
        try:
            flush()
        except Exception as error:
            raise _UnsentError from error

    def each() -> Results:
        for number, item in enumerate(items):
            yield item, of_item(item, job, flush_meanwhile)
            if number == 0:  # the first record is out at once
                flush()

    try:
        run.take(each())
    except _UnsentError as error:
        raise error.__cause__ or error from None


def _pages(items: Sequence[InputItem], job: Job, workers: int) -> Iterator[tuple[str, SeenPage]]:
    """The pages of all inputs that can be read twice, each with its source. Failures are met again, and reported, when
    the inputs are parsed."""
    from newsparse.feed.profile import observed

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
        try:
            file.writelines(Source(STDIN_NAME, ReadOptions()).raw(0))
        except InputError:
            if file.tell():
                raise
            return None
        file.flush()
        os.dup2(file.fileno(), 0)
    return os.lseek(0, 0, os.SEEK_SET)


def in_processes(
    items: Sequence[InputItem], job: Job, workers: int, sent: Callable[[Parsed], Any]
) -> Generator[tuple[InputItem, Iterable[Any]], None, None]:
    """The results of the items in order; of an article what `sent` makes of it. With one of `workers` this process
    parses the items, else that many others do."""
    if workers == 1:
        for item in items:
            yield item, _sent(item, job, sent)
        return
    from newsparse.running.jobs import in_order

    deque(newsparse.explained([WARMING], job.settings), maxlen=0)  # what is made of the words is made once for all
    founds = in_order(lambda number: _sent(items[number], job, sent), len(items), min(workers, len(items)))
    yield from zip(items, founds, strict=True)


def _sent(item: InputItem, job: Job, sent: Callable[[Parsed], Any]) -> Iterator[Any]:
    return (sent(found) if isinstance(found, Parsed) else found for found in of_item(item, job))


def without_lines(found: Parsed) -> Parsed | InputError:
    """The article without its lines, or an error if its kept fields are nested too deeply for a pipe."""
    import pickle

    try:
        pickle.dumps(found.extra)
    except RecursionError as error:
        return InputError(found.article.source, f"cannot be written ({error})", found.article.line)
    return found._replace(lines=())
