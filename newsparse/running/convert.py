"""From inputs to articles: the articles and the failures of each input, in order.

Knows which reader an input needs, and that no input may stop the run. Does not know where the articles go.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import newsparse
from newsparse.codes import WarningCode
from newsparse.layout import grammar
from newsparse.reading.inputs import STDIN_NAME, InputError, input_format_of, printed, reader
from newsparse.reading.read import ReadOptions, Source, is_escaped
from newsparse.record import Article, Line, Lines, NewsparseError
from newsparse.stream import split
from newsparse.words.vocab import Settings

if TYPE_CHECKING:
    from newsparse.reading.rows import Row
    from newsparse.running.feeds import Feeds
    from newsparse.writing.write import Encoder

MAX_SEARCH_SECONDS = 3  # of processor time
MIN_SEARCH_SECONDS = 0.001  # for a line, whatever the lines before it took
SECONDS_PER_CHAR = 1e-5

MAX_KINDS = 1000  # of failures in one input that are told apart
MAX_TOGETHER_INPUTS = 16  # inputs that may be done together


InputItem = str | InputError  # an input: its name, or why it is none


class Job(NamedTuple):
    """The options that decide what a run writes."""

    reading: ReadOptions
    settings: Settings
    row_settings: Settings  # the same for one row, which is one article unless --split says more
    format: str = "jsonl"
    encoder: Encoder | None = None  # of the format; a store has none
    unique: bool = False
    feeds: Feeds | None = None

    def known(self, feed: str | None, settings: Settings) -> Settings:
        """The settings with the profile of a feed."""
        return self.feeds.settings(settings, feed) if self.feeds else settings

    def feed(self, name: str, row: Row | None = None) -> str | None:
        """The feed of an input or of a row; None if it has none."""
        if not self.feeds:
            return None
        return self.feeds.of_value(row.feed) if row and self.reading.feed_by else self.feeds.of_name(name)

    def parsed(
        self, article: Article, lines: Lines, name: str, feed: str | None, extra: Mapping[str, Any] | None = None
    ) -> Parsed:
        """The result for an article."""
        seen = self.feeds.seen(feed, article, lines) if self.feeds and feed is not None else None
        return Parsed(article, lines, name, extra, feed, seen)


class Parsed(NamedTuple):
    """One article, with its lines, the name of its input, the kept fields, and what its feed has to know."""

    article: Article
    lines: Sequence[Line]
    name: str
    extra: Mapping[str, Any] | None = None
    feed: str | None = None  # of which source it is, where that counts
    seen: tuple[str, float, Sequence[str]] | None = None  # see `newsparse.running.feeds.Feeds.seen`


class Skipped(NamedTuple):
    """A page that is not an article, with the reason. It is neither a record nor a failure."""

    name: str
    why: str


InputResult = Parsed | InputError | Skipped


def of_items(
    items: Sequence[InputItem], job: Job, waiting: Callable[[], None] | None = None
) -> Iterator[tuple[InputItem, Iterable[InputResult]]]:
    """The articles and failures of each of a few inputs, in order. An input may be an error already.

    Small texts, which most inputs are, pass each stage together. So the code and data of a stage stay in the
    processor's cache, and a run takes a fifth less time.
    """
    sources = [Source(item, job.reading, waiting) for item in items if isinstance(item, str)]
    ready = _together(sources, job)
    following = iter(sources)
    for item in items:
        if isinstance(item, InputError):
            yield item, (item,)
        else:
            source = next(following)
            yield item, ready.get(source) or _of(source, job)


def _together(sources: Sequence[Source], job: Job) -> dict[Source, list[Parsed]]:
    """The articles of those sources that are small texts. The other sources are not read."""
    if (job.feeds and job.feeds.by) or not isinstance(job.settings.split, str):  # many sources; a pattern may take long
        return {}
    feed = job.feed("")
    known = job.known(feed, job.settings)
    try:
        texts = {source: text for source in sources if _kind(source, job) == "text" and (text := source.small())}
        pieces = {source: [*split.articles([text], known, is_file=True)] for source, text in texts.items()}
        pages = {
            source: [split.with_notes(grammar.explained(piece.lines, known), piece) for piece in found]
            for source, found in pieces.items()
        }
        return {source: [_summed(source, page, feed, job) for page in found] for source, found in pages.items()}
    except ModuleNotFoundError:
        raise  # no other input can be read either
    except Exception:  # a fault of ours: it is met again in the input that has it, and errors_of
        return {}


def _summed(source: Source, lines: Lines, feed: str | None, job: Job) -> Parsed:
    name = printed(source.name)
    is_damaged = source.may_be_escaped and is_escaped(lines.texts)
    warnings = [*source.warnings, WarningCode.TEXT_ESCAPES.value] if is_damaged else source.warnings
    return job.parsed(newsparse.article(lines, name, warnings), lines, name, feed)


def _kind(source: Source, job: Job) -> str:
    return job.reading.format or input_format_of(source.name)


def _of(source: Source, job: Job) -> Iterator[InputResult]:
    """The articles and failures of one input, in order. Never raises, whatever the input holds, unless a package is
    missing."""
    try:
        is_page = source.name == STDIN_NAME and not job.reading.format and source.begins_as_page()
        kind = "html" if is_page else _kind(source, job)
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
    empty = True
    feed = job.feed(source.name)
    for lines in newsparse.explained(source.blocks(), job.known(feed, job.settings), source.name != STDIN_NAME):
        empty = False
        yield _summed(source, lines, feed, job)
    if empty:
        yield source.fail("no text in it; leave it out, or look at what should have written it")


def _of_rows(source: Source, kind: str, job: Job) -> Iterator[InputResult]:
    name = printed(source.name)
    is_empty = True
    form = job.reading.text_format
    read_text = reader(form, source.fail, "page_of") if form != "text" and kind != form else None
    for row in reader(kind, source.fail)(source):
        is_empty = False
        found = read_text(row, source) if read_text and not isinstance(row, InputError) else row
        if isinstance(found, InputError):
            yield found
        else:
            yield from _of_row(found, source, name, job)
    if is_empty:
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
        rows = "1 more row" if count == 1 else f"{count:,} more rows"
        yield InputError(first[what].name, f"{rows} as in line {first[what].line}", count=count)


def _of_row(row: Row, source: Source, name: str, job: Job) -> Iterator[InputResult]:
    none = True
    feed = job.feed(source.name, row)
    known = job.known(feed, job.row_settings)
    if row.markup:
        known = replace(known, markup=row.markup)
    for lines in newsparse.explained([row.text], known):
        none = False
        article = newsparse.article(lines, row.source or name, (*source.warnings, *row.warnings))
        if row.source is None:
            article = replace(article, line=row.line)
        where = f"{article.source}:{article.line}"
        why = row.unfit(article) if row.unfit else None
        yield Skipped(where, why) if why else job.parsed(article, lines, where, feed, row.extra)
    if none:
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
        """The match in the text, or None.

        Raises:
            NewsparseError: the searches take too long.
        """
        began = process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, self._left)
        try:
            found = self._search(text)
        except NewsparseError:
            self._left = MAX_SEARCH_SECONDS  # for the next input
            raise
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        left = self._left - (process_time() - began) + SECONDS_PER_CHAR * len(text)
        self._left = min(max(left, MIN_SEARCH_SECONDS), MAX_SEARCH_SECONDS)
        return found

    def _stop(self, *_: object) -> None:
        what = "one line" if self._left == MAX_SEARCH_SECONDS else "a few lines"
        raise NewsparseError(
            f"the pattern of --split takes more than {MAX_SEARCH_SECONDS} seconds for {what}; "
            "write it without a repetition inside a repetition, such as (a+)+"
        )
