"""Articles without number to records, with Ray Data: on one machine, or on a cluster, without a change.

    python ray_job.py crawl/ records/ --keep url
    python ray_job.py s3://bucket/crawl s3://bucket/records --text content --tz Asia/Riyadh

The input is a file or a folder of JSON Lines (plain or compressed) or Parquet. It is cut into partitions of about
64 MB: ranges of bytes, groups of rows; a compressed file is one. Each becomes one Parquet file, written under another
name and then renamed. So the files that are there are finished ones: run again after whatever failure, the job does
the partitions that have none yet. The inputs must be the same then. Exit status 1: some partitions failed.

Needs ``pip install 'newsparse[ray]'`` on every machine, and a folder that all of them see.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq
import ray.data

from newsparse.arrow import parse_batches
from newsparse.running.cli import zone

SIZE = 64 << 20  # bytes of a partition
ROWS = 512  # read at a time
GROUP = 32 << 20  # bytes of records in a row group


class Partition(NamedTuple):
    """A part of an input file: a range of bytes of JSON Lines (to -1: all of it), or of row groups of Parquet."""

    path: str
    first: int
    end: int
    stem: str

    @property
    def target(self) -> str:
        """The name of its Parquet file."""
        return f"{self.stem}-{self.first:012}-{self.end:012}.parquet"


def place(name: str) -> tuple[Any, str]:
    """The file system of a path or URI, and the path there."""
    return pa.fs.FileSystem.from_uri(name if "://" in name else str(Path(name).absolute()))


# Inputs -----------------------------------------------------------------------------------------------------------


def partitions(name: str) -> Iterator[Partition]:
    """The partitions of a file or a folder, in the order of names."""
    files, path = place(name)
    about = files.get_file_info(path)
    found = files.get_file_info(pa.fs.FileSelector(path, recursive=True)) if not about.is_file else [about]
    for file in sorted((file for file in found if file.is_file), key=lambda file: file.path):
        stem = file.path.removeprefix(path).strip("/").replace("/", "--") or file.base_name
        if file.extension == "parquet":
            for first, end in row_groups(files, file.path):
                yield Partition(file.path, first, end, stem)
        elif file.extension in ("jsonl", "ndjson", "json"):
            for first in range(0, file.size, SIZE):
                yield Partition(file.path, first, min(first + SIZE, file.size), stem)
        elif file.extension in ("gz", "bz2", "zst"):
            yield Partition(file.path, 0, -1, stem)


def row_groups(files: Any, path: str) -> Iterator[tuple[int, int]]:
    """The ranges of row groups of a Parquet file that are large enough."""
    first = size = 0
    with files.open_input_file(path) as file:
        about = pq.read_metadata(file)
    for group in range(about.num_row_groups):
        size += about.row_group(group).total_byte_size
        if size >= SIZE or group + 1 == about.num_row_groups:
            yield first, group + 1
            first, size = group + 1, 0


def batches(files: Any, part: Partition, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a partition: the text, then what is kept."""
    if part.path.endswith(".parquet"):
        with files.open_input_file(part.path) as stream:
            file = pq.ParquetFile(stream, pre_buffer=False)
            wanted = [name for name in columns if name in file.schema_arrow.names]
            yield from file.iter_batches(ROWS, range(part.first, part.end), wanted, use_threads=False)
        return
    lines = iter(jsonl(files, part))
    while some := [fields(line) for line in islice(lines, ROWS)]:
        arrays = [pa.array([text_of(row.get(columns[0])) for row in some], pa.binary())]
        arrays += [pa.array([kept(row.get(name)) for row in some], pa.string()) for name in columns[1:]]
        yield pa.record_batch(arrays, columns)


def jsonl(files: Any, part: Partition) -> Iterator[bytes]:
    """The lines that begin in the range."""
    if part.end < 0:
        with files.open_input_stream(part.path, compression="detect") as stream:
            yield from io.BufferedReader(stream)
        return
    with files.open_input_file(part.path) as stream:
        stream.seek(max(part.first - 1, 0))
        lines = io.BufferedReader(stream, 1 << 20)
        at = part.first + len(lines.readline()) - 1 if part.first else 0
        while at < part.end and (line := lines.readline()):
            yield line
            at += len(line)


def fields(line: bytes) -> dict[str, Any]:
    """The object of a line; a line that is none is a row without a text, and becomes a record with a warning."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def text_of(found: Any) -> bytes | None:
    """A text, or a list of paragraphs, as bytes: halves of characters are then a warning, not an error."""
    if isinstance(found, list) and all(isinstance(part, str) for part in found):
        found = "\n".join(found)
    return found.encode("utf-8", "surrogatepass") if isinstance(found, str) else None


def kept(found: Any) -> str | None:
    """A string as it is, another value as JSON: a column has one type."""
    return (
        found.encode("utf-8", "replace").decode()
        if isinstance(found, str)
        else None
        if found is None
        else json.dumps(found)
    )


# A partition to a file of records ---------------------------------------------------------------------------------


def work(row: dict[str, Any], source: str, out: str, text: str, keep: list[str], tz: str | None) -> dict[str, Any]:
    """Do one partition, whole or not at all; what came of it."""
    part = Partition(**row)
    files, _ = place(source)
    output, folder = place(out)
    temporary = f"{folder}/_unfinished/{uuid4()}.parquet"
    records = warned = 0
    writer = None
    for table in grouped(parse_batches(batches(files, part, [text, *keep]), text, keep, tz=tz and zone(tz))):
        writer = writer or pq.ParquetWriter(temporary, table.schema, filesystem=output, compression="zstd")
        writer.write_table(table)
        records += table.num_rows
        warned += sum(map(bool, table.column("warnings").to_pylist()))
    if writer:
        writer.close()
        output.move(temporary, f"{folder}/{part.target}")
    return {"part": part.target, "records": records, "warned": warned}


def grouped(found: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The batches as tables, each of the size of a row group."""
    some: list[pa.RecordBatch] = []
    for batch in found:
        some.append(batch)
        if sum(one.nbytes for one in some) >= GROUP:
            yield pa.Table.from_batches(some)
            some = []
    if some:
        yield pa.Table.from_batches(some)


def main() -> int:
    """Do all partitions that were not done before; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="file, folder or URI of JSON Lines or Parquet")
    parser.add_argument("out", help="folder or URI for the Parquet files")
    parser.add_argument("--text", default="text", help="the field that holds the text (%(default)s)")
    parser.add_argument("--keep", nargs="*", default=[], help="fields to copy into the records")
    parser.add_argument("--tz", help="zone of times that carry none")
    options = parser.parse_args()
    output, folder = place(options.out)
    output.create_dir(f"{folder}/_unfinished")
    done = {file.base_name for file in output.get_file_info(pa.fs.FileSelector(folder))}
    every = list(partitions(options.source))
    if len({part.target for part in every}) < len(every):
        parser.error("two input files would have output files of the same name; rename one")
    todo = [part._asdict() for part in every if part.target not in done]
    print(f"{len(every)} partitions, {len(every) - len(todo)} done before", flush=True)
    records = finished = 0
    if todo:
        ray.data.DataContext.get_current().max_errored_blocks = -1  # go on with the others
        settings = {name: getattr(options, name) for name in ("source", "out", "text", "keep", "tz")}
        dataset = ray.data.from_items(todo, override_num_blocks=min(len(todo), 50_000))
        for result in dataset.map(work, fn_kwargs=settings).iter_rows():
            finished += 1
            records += result["records"]
            counts = f"{result['records']} records, {result['warned']} with warnings"
            print(f"{finished}/{len(todo)} {result['part']}: {counts}", flush=True)
    output.delete_dir(f"{folder}/_unfinished")
    print(f"{records} records, {len(todo) - finished} partitions failed")
    return 1 if finished < len(todo) else 0


if __name__ == "__main__":
    sys.exit(main())
