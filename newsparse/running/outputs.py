"""The kinds of outputs of a run: a format of text, a table file, or a view for people.

Knows which class of `newsparse.running.run` an output needs, and the values of the options. Stores are written by
`newsparse.running.stored`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from newsparse.reading.inputs import InputError
from newsparse.running import stored, views
from newsparse.running.convert import Job
from newsparse.running.jobs import CAN_FORK
from newsparse.running.messages import Messages
from newsparse.running.run import Collector, Direct, Records, Tally, Watcher, in_processes, in_this_process
from newsparse.writing import write
from newsparse.writing.output import Output, SeenIds

if TYPE_CHECKING:
    from newsparse.stories import Stories

Items = Iterable[str | InputError]


class NoRecordError(Exception):
    """No input gave a record, so the old output stays. Raised inside the output, so that the new one is discarded."""

    def __init__(self, tally: Tally) -> None:
        """`tally` has the counts of the run."""
        super().__init__()
        self.tally = tally


def _check_records(values: Mapping[str, Any], tally: Tally) -> None:
    """Raise NoRecordError if a file would be replaced by one without records."""
    output = values["output"]
    if not (tally.records or values["new"] or values["allow_empty"]) and output and not _is_stream(output):
        raise NoRecordError(tally)


def _is_stream(path: str) -> bool:
    """Whether the path is a FIFO or a device, which is never replaced."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def records(values: Mapping[str, Any], job: Job, items: Items, messages: Messages, watcher: Watcher) -> Tally:
    """Write the records of the inputs in a format of text."""
    with (
        stored.beside(values, messages) as state,
        Output(values["output"], append=values["append"], say=messages.note) as output,
    ):
        output.begin(job.writer().begin(), job.format)
        records = Records(job, output, messages, output.seen(job.format) if job.unique else None)
        if state:
            items = stored.chosen_of(items, values, state)
            stored.watch(state, watcher)
        if values["jobs"] > 1 and CAN_FORK and not watcher.found and not job.stories:
            in_processes(list(items), job, records, values["jobs"], watcher)
        else:
            collector = Collector(job, records.take, _stories(job))
            in_this_process(items, job, collector, output.flush, watcher)
        _check_records(values, records.tally)
        output.write(records.writer.end())
        if state:
            stored.end(state, records.tally, messages, values["verbose"])
    return records.tally


def _stories(job: Job) -> Stories | None:
    if not job.stories:
        return None
    from newsparse.stories import Stories

    return Stories.of_run()


def table(values: Mapping[str, Any], job: Job, items: Items, messages: Messages, watcher: Watcher) -> Tally:
    """Write the records of the inputs to a table file."""
    keep = tuple(job.reading.keep)
    with write.open_table(
        job.format, values["output"], job.fields, keep, list_sep=job.list_sep, tz=job.settings.tz, labels=job.labels
    ) as table:
        seen = SeenIds() if job.unique else None
        rows = Direct(job, lambda found: table.add(found.article, found.extra), messages, seen, _stories(job))
        with stored.beside(values, messages) as state:
            chosen = stored.chosen_of(items, values, state) if state else items
            in_this_process(chosen, job, rows, None, watcher)
            if state:
                stored.end(state, rows.tally, messages, values["verbose"])
        _check_records(values, rows.tally)
    rows.tally.notes.update(table.notes)
    return rows.tally


def shown(
    show: views.Show, values: Mapping[str, Any], job: Job, items: Items, messages: Messages, watcher: Watcher
) -> Tally:
    """Show the inputs to people: explained lines, or records for reading."""
    with views.paged(values, messages), Output(values["output"], append=values["append"]) as output:
        seen = SeenIds() if job.unique and not values["explain"] else None
        articles = Direct(job, lambda found: output.write(show(found)), messages, seen)
        in_this_process(items, job, articles, output.flush, watcher)
        _check_records(values, articles.tally)
    return articles.tally
