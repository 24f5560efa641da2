"""The first pass of --learn: read all inputs once and add their pages to the profiles, before they are parsed.

Knows the order of inputs, and how to read standard input twice. What is learned is in `newsparse.feed.learn`, where the
profiles are in `newsparse.running.feeds`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from typing import Literal

from newsparse.feed.learn import SeenPage, observed
from newsparse.feed.profile import MAX_PAGES
from newsparse.reading.inputs import STDIN_NAME, InputError
from newsparse.reading.read import BLOCK_BYTES
from newsparse.record import Lines
from newsparse.running.convert import MAX_TOGETHER_INPUTS, Job, Parsed, of_items
from newsparse.running.messages import Messages
from newsparse.running.run import in_processes

MAX_LINES = 2_000_000  # of pages that one run learns from, all feeds together


def learn_inputs(items: Sequence[str | InputError], job: Job, workers: int, messages: Messages) -> None:
    """Read all inputs once, and add their pages to the profiles of their sources.

    Nothing is learned from an input without a record. Its failure is reported when it is read again.

    Raises:
        ProfileError, OutputError: a profile cannot be read or written.
    """
    feeds = job.feeds
    if feeds is None:
        return
    if STDIN_NAME in items:
        _spool()
    names = [item for item in items if isinstance(item, str) and _can_be_read_twice(item)]
    pages: dict[str, dict[str, SeenPage]] = {}
    size = 0
    feeds.applies = False
    for source, page in _pages(names, job, workers):
        of_source = pages.setdefault(source, {})
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
    feeds.applies = True
    for source in sorted(pages):
        feeds.add(source, [*pages[source].values()], job.settings)
    if STDIN_NAME in items:
        os.lseek(0, 0, os.SEEK_SET)


def _pages(items: Sequence[str], job: Job, workers: int) -> Iterator[tuple[str, SeenPage]]:
    """The pages of the inputs, each with its source."""
    if workers > 1:
        for _, founds in in_processes(items, job, workers, _observed):
            yield from (found for found in founds if type(found) is tuple)
        return
    for start in range(0, len(items), MAX_TOGETHER_INPUTS):
        for _, founds in of_items(items[start : start + MAX_TOGETHER_INPUTS], job):
            yield from filter(None, (_observed(found) for found in founds if isinstance(found, Parsed)))


def _observed(found: Parsed) -> tuple[str, SeenPage] | Literal[0]:
    """The source and the page of an article; 0 if it has no source."""
    return (found.feed, observed(found.lines)) if found.feed is not None and isinstance(found.lines, Lines) else 0


def _can_be_read_twice(name: str) -> bool:
    try:
        return name == STDIN_NAME or stat.S_ISREG(os.stat(name).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def _spool() -> None:
    """Put a temporary file in the place of standard input, so that it can be read twice; a file stays."""
    import tempfile

    if stat.S_ISREG(os.fstat(0).st_mode):
        return
    with tempfile.TemporaryFile() as file:
        while data := os.read(0, BLOCK_BYTES):
            file.write(data)
        file.flush()
        os.dup2(file.fileno(), 0)
    os.lseek(0, 0, os.SEEK_SET)
