"""From inputs to articles: the articles and the failures of each input, in order, with the profile of its source.

Knows which reader an input needs, that no input may stop the run, and --learn, --feed and --feed-by. What is learned is
in `newsparse.feed.learn`, the format of profiles in `newsparse.feed.profile`. Does not know where the articles go.
"""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import newsparse
from newsparse.codes import WarningCode
from newsparse.feed.learn import FIELD_OF_ROLE, SeenPage
from newsparse.feed.profile import MAX_PAGES, Profile, ProfileError, Watch, core_share, updated
from newsparse.layout import grammar
from newsparse.reading.inputs import STDIN_NAME, InputError, input_format_of, printed, reader
from newsparse.reading.read import ReadOptions, Source, is_escaped
from newsparse.record import Article, Line, Lines, NewsparseError
from newsparse.running.messages import Messages
from newsparse.stream import split
from newsparse.words.vocab import Settings
from newsparse.writing.output import output_to

if TYPE_CHECKING:
    from newsparse.reading.rows import Row
    from newsparse.writing.write import Encoder

MAX_SEARCH_SECONDS = 3  # of processor time
MIN_SEARCH_SECONDS = 0.001  # for a line, whatever the lines before it took
SECONDS_PER_CHAR = 1e-5

MAX_LOADED = 64  # profiles in memory
MAX_WATCHED = 1000  # feeds
MAX_LINES = 2_000_000  # of pages that one run learns from, all feeds together
MAX_SOURCE_CHARS = 120
FOLDER = "folder"
_UNSAFE = re.compile(r"[^\w.-]|^\.")


class Feeds:
    """The profiles of a run: one for all inputs, or one for each source in a folder."""

    def __init__(self, path: str, by: str | None, learns: bool) -> None:
        """`path` is a profile, or with `by` a folder of profiles: ``folder``, or the field of rows that names the
        source. If the run `learns`, a missing profile is no error.

        Raises:
            ProfileError: a profile cannot be used.
        """
        self.path, self.by, self.learns = path, by, learns
        self.applies = True  # or the inputs are parsed without their profiles
        self.watches: dict[str, Watch] = {}
        self._settings: dict[tuple[str, Settings], Settings] = {}
        self._profiles: dict[str, Profile | None] = {}
        if by:
            if learns and not os.path.exists(path):  # noqa: PTH110
                os.makedirs(path)  # noqa: PTH103
            if not os.path.isdir(path):  # noqa: PTH112
                raise ProfileError(f"{printed(path)}: no folder; with --feed-by it holds a profile for each source")
            for name in sorted(os.listdir(path)):  # noqa: PTH208
                if name.endswith(".toml"):  # what is wrong with one shows before anything is read
                    Profile.load(os.path.join(path, name))  # noqa: PTH118
        elif not learns or os.path.exists(path):  # noqa: PTH110
            self._profiles[""] = Profile.load(path)
        if learns and not by:
            output_to(path).__enter__().discard()  # says why it cannot be written

    def of_name(self, name: str) -> str | None:
        """The source of an input, from its name."""
        if not self.by:
            return ""
        if self.by != FOLDER or name == STDIN_NAME:
            return None
        return os.path.basename(os.path.dirname(os.path.abspath(name)))  # noqa: PTH100, PTH119, PTH120

    def of_value(self, value: Any) -> str | None:
        """The source of a row, from the value of its field; for an address it is the host."""
        text = str(value).strip() if isinstance(value, (str, int)) else ""
        if "://" in text:
            from urllib.parse import urlsplit

            with suppress(ValueError):
                text = (urlsplit(text).hostname or text).removeprefix("www.")
        return text or None

    def settings(self, known: Settings, source: str | None) -> Settings:
        """The settings with the profile of the source, if there is one."""
        profile = self._profile(source) if self.applies and source is not None else None
        if not profile or source is None:
            return known
        found = self._settings.get((source, known))
        if found is None:
            found = replace(known, vocab=profile.vocab(known.vocab), feed=profile)
            self._settings[source, known] = found
        return found

    def file(self, source: str) -> str:
        """The path of the profile of a source."""
        if not self.by:
            return self.path
        name = _UNSAFE.sub(lambda match: "".join([f"%{byte:02X}" for byte in os.fsencode(match[0])]), source)
        return os.path.join(self.path, f"{name[:MAX_SOURCE_CHARS]}.toml")  # noqa: PTH118

    def see(self, seen: tuple[str, float, Sequence[str]]) -> None:
        """Count a record, in the order of the run: its source, its share of core lines, and the fields that it has."""
        source, share, fields = seen
        watch = self.watches.get(source)
        if watch is None:
            if len(self.watches) >= MAX_WATCHED or not (profile := self._profile(source)):
                return
            watch = Watch(printed(self.file(source)), profile.fields, profile.total)
            self.watches[source] = watch
        watch.see(share, fields)

    def seen(self, source: str, article: Article, lines: Lines) -> tuple[str, float, Sequence[str]] | None:
        """The information on a record that `see` needs."""
        profile = self._profile(source) if self.applies else None
        if profile is None:
            return None
        fields = [name for name in FIELD_OF_ROLE.values() if getattr(article, name)]
        return source, core_share(lines.founds, profile), fields

    def learn(self, pages: Iterable[tuple[str, SeenPage]], settings: Settings, messages: Messages) -> None:
        """Add pages, each with its source, to the profiles. While `pages` parses them, no profile is applied.

        Raises:
            ProfileError, OutputError: a profile cannot be read or written.
        """
        found: dict[str, dict[str, SeenPage]] = {}
        size = 0
        self.applies = False
        for source, page in pages:
            of_source = found.setdefault(source, {})
            if page.id in of_source:
                continue
            if size > MAX_LINES:
                messages.note(f"learned from the first pages alone: they have {MAX_LINES:,} lines, which is the limit")
                break
            of_source[page.id] = page
            size += len(page.lines)
            if len(of_source) >= 2 * MAX_PAGES:  # a fair sample: the ids are hashes
                for identity in sorted(of_source)[MAX_PAGES:]:
                    size -= len(of_source.pop(identity).lines)
        self.applies = True
        for source in sorted(found):
            path = self.file(source)
            profile = updated(path, [*found[source].values()], settings.now)
            watch = Watch(printed(path), *profile.before)
            watch.has_drifted = profile.has_drifted
            if len(self.watches) < MAX_WATCHED or watch.has_drifted:
                self.watches[source] = watch
            self._keep(source, profile)

    def learned(self) -> Iterator[tuple[str, int, Sequence[tuple[str, int]]]]:
        """Of each feed of the run its name, how many pages are known, and the lines that they share, most frequent
        first, each with the number of pages."""
        for source, watch in self.watches.items():
            profile = self._profile(source)
            if profile and profile.lines:
                yield watch.name, profile.total, sorted(profile.lines.items(), key=lambda item: (-item[1], item[0]))

    def _profile(self, source: str) -> Profile | None:
        if source not in self._profiles:
            path = self.file(source)
            self._keep(source, Profile.load(path) if os.path.exists(path) else None)  # noqa: PTH110
        return self._profiles[source]

    def _keep(self, source: str, profile: Profile | None) -> None:
        if len(self._profiles) >= MAX_LOADED:
            self._profiles.clear()
            self._settings.clear()
        self._profiles[source] = profile


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
    seen: tuple[str, float, Sequence[str]] | None = None  # see `newsparse.running.convert.Feeds.seen`


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
