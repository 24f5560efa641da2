"""Inputs to articles: what an input gives, one article or one named failure after the other.

Knows which reader an input needs, and that nothing in an input may stop the run. Does not know where articles go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple

import newsparse
from newsparse.article import Article, Line, NewsparseError
from newsparse.inputs import InputError, printed
from newsparse.read import Reading, Source
from newsparse.vocab import Settings
from newsparse.write import Writer

READERS = {  # of rows, by format: the module and its function Source -> Iterator[Row | InputError]
    "jsonl": ("newsparse.rows", "jsonl"),
    "csv": ("newsparse.rows", "csv"),
    "parquet": ("newsparse.arrow", "rows"),
    "wet": ("newsparse.wet", "rows"),
}
SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".wet": "wet",
}
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")


class Job(NamedTuple):
    """What a run is asked for: the options that decide which bytes come out."""

    reading: Reading
    settings: Settings
    row_settings: Settings  # the same for one row, which is one article unless --split says more
    format: str = "jsonl"
    fields: tuple[str, ...] | None = None
    list_sep: str = "|"
    excel: bool = False
    unique: bool = False
    counts: bool = False  # of fields and warnings, for --stats

    def writer(self) -> Writer:
        """A writer of this job's format."""
        return Writer(
            self.format,
            self.fields,
            list_sep=self.list_sep,
            excel=self.excel,
            keep=tuple(self.reading.keep),
            tz=self.settings.tz,
        )


class Parsed(NamedTuple):
    """One article, the lines that it is the sum of, where they stand, and the input's fields that were kept."""

    article: Article
    lines: list[Line]
    name: str
    extra: Mapping[str, Any] | None = None


def parsed(name: str, job: Job, waiting: Callable[[], None] | None = None) -> Iterator[Parsed | InputError]:
    """The articles of an input, in order, and the failures of it or of its rows. Raises nothing, whatever is in it."""
    source = Source(name, job.reading, waiting)
    kind = job.reading.format or format_of(name)
    try:
        yield from _of_text(source, job) if kind == "text" else _of_rows(source, kind, job)
    except InputError as error:
        yield error
    except NewsparseError as error:
        yield source.fail(str(error))
    except Exception as error:  # a fault of ours costs this input, and not the run
        yield source.fail(f"a fault in newsparse: {type(error).__name__}: {error}; please report it with this input")


def format_of(name: str) -> str:
    """The format of an input by its suffix, below that of a compression: ``text`` unless it is well known."""
    lower = name[-24:].lower()
    for suffix in COMPRESSED:
        lower = lower.removesuffix(suffix)
    return next((kind for suffix, kind in SUFFIXES.items() if lower.endswith(suffix)), "text")


def _of_text(source: Source, job: Job) -> Iterator[Parsed | InputError]:
    name = printed(source.name)
    empty = True
    for lines in newsparse.explained(source.blocks(), job.settings):
        empty = False
        yield Parsed(newsparse.article(lines, name, source.warnings), lines, name)
    if empty:
        yield source.fail("no text in it; leave it out, or look at what should have written it")


def _of_rows(source: Source, kind: str, job: Job) -> Iterator[Parsed | InputError]:
    module, function = READERS[kind]
    name = printed(source.name)
    empty = True
    for row in getattr(import_module(module), function)(source):
        empty = False
        if isinstance(row, InputError):
            yield row
            continue
        none = True
        for lines in newsparse.explained([row.text], job.row_settings):
            none = False
            article = newsparse.article(lines, row.source or name, (*source.warnings, *row.warnings))
            yield Parsed(replace(article, line=row.line), lines, f"{article.source}:{row.line}", row.extra)
        if none:
            yield source.fail("no text in this row", row.line)
    if empty:
        yield source.fail("no rows in it; leave it out, or look at what should have written it")


def of_item(
    item: str | InputError, job: Job, waiting: Callable[[], None] | None = None
) -> Iterator[Parsed | InputError]:
    """What an input gives; for an error that stands in the place of one, that error."""
    return iter((item,)) if isinstance(item, InputError) else parsed(item, job, waiting)
