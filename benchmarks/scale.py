"""What an engine of docs/scale.md costs: CPU for each article, CPU and time at the start, memory of its processes.

    python benchmarks/scale.py command parquet alone duckdb ray
    python benchmarks/scale.py spark --python ENVIRONMENT/bin/python

Each runs on 5,000 and on 20,000 generated articles as it stands in docs/scale.md; the difference is the cost of an
article, what is left the cost of the start. All processes that it starts are counted, as /proc shows them (Linux).
``alone`` is `parse_batches` in one process on batches of Parquet files, its records let go: what parsing costs by
itself. ``command`` is ``newsparse`` from JSON Lines to JSON Lines, ``parquet`` from Parquet to Parquet.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from articles import generate

FEW, MANY = 5_000, 20_000
FILES = 4
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
SECTIONS = {"ray": "Ray", "duckdb": "DuckDB", "spark": "Spark", "datatrove": "datatrove"}
ALONE = """
from pathlib import Path
import pyarrow.parquet as pq
from newsparse.arrow import parse_batches
batches = (batch for path in Path("articles").iterdir() for batch in pq.ParquetFile(path).iter_batches(256))
for batch in parse_batches(batches): pass
"""
WRITE = """
import json, sys
import pyarrow as pa, pyarrow.parquet as pq
rows = list(map(json.loads, sys.stdin))
size = -(-len(rows) // {files})
for part in range({files}):
    pq.write_table(pa.Table.from_pylist(rows[part * size : (part + 1) * size]), f"articles/{{part}}.parquet")
"""


class Cost(NamedTuple):
    """Of a run: CPU and elapsed seconds, and the most memory that one process had, in bytes."""

    cpu: float
    elapsed: float
    memory: int


def measured(command: list[str], folder: Path) -> Cost:
    """Run a command to its end, looking at its processes ten times a second."""
    environment = {**os.environ, "PYSPARK_PYTHON": command[0], "RAY_USAGE_STATS_ENABLED": "0"}
    began = time.monotonic()
    run = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    log, seen, memory = [], {}, 0
    os.set_blocking(run.stderr.fileno(), False)
    while run.poll() is None:
        for pid, cpu, size in family(run.pid):
            seen[pid] = max(cpu, seen.get(pid, 0.0))
            memory = max(memory, size)
        log.append(run.stderr.read() or b"")
        time.sleep(0.1)
    if run.returncode:
        raise SystemExit(b"".join(log).decode()[-3000:])
    return Cost(sum(seen.values()), time.monotonic() - began, memory)


def family(root: int) -> Iterator[tuple[int, float, int]]:
    """A process and all below it: number, CPU seconds, resident bytes (without what it shares with others)."""
    parents: dict[int, int] = {}
    about: dict[int, tuple[float, int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
                _, resident, shared = Path(entry.path, "statm").read_text().split()[:3]
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            about[int(entry.name)] = sum(map(int, fields[11:13])) / TICK, (int(resident) - int(shared)) * PAGE
    below = {root}
    for pid in sorted(parents):
        if parents[pid] in below:
            below.add(pid)
    return ((pid, *about[pid]) for pid in below if pid in about)


def command(engine: str, python: str, folder: Path) -> list[str]:
    """What runs an engine in a folder."""
    if engine == "command":
        return [python, "-m", "newsparse", "articles.jsonl", "-o", "records.jsonl", "--keep", "url"]
    if engine == "parquet":
        return [
            python,
            "-m",
            "newsparse",
            "articles",
            "--include",
            "*.parquet",
            "-o",
            "records.parquet",
            "--keep",
            "url",
        ]
    if engine == "alone":
        return [python, "-c", ALONE]
    text = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {SECTIONS[engine]}\b.*?```python\n(.*?)```", text, re.M | re.S)
    assert section is not None
    (folder / "job.py").write_text(section[1], encoding="utf-8")
    return [python, "job.py"]


def prepared(folder: Path, count: int, python: str) -> None:
    """Articles in both formats."""
    import json

    lines = [
        json.dumps({"url": f"u/{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(generate(count, 8))
    ]
    (folder / "articles").mkdir()
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "articles.jsonl").open("rb") as stream:
        subprocess.run([python, "-c", WRITE.format(files=FILES)], stdin=stream, cwd=folder, check=True)


def main() -> None:
    """Measure and print, a line an engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="+", choices=["command", "parquet", "alone", *SECTIONS])
    parser.add_argument("--python", default=sys.executable, help="that has the engine installed")
    options = parser.parse_args()
    print(
        f"{'':10}{'µs an article':>15}{'CPU s at start':>16}{'s for ' + str(MANY):>14}{'MB, few':>10}{'MB, many':>10}"
    )
    for engine in options.engines:
        found = []
        for count in (FEW, MANY):
            with tempfile.TemporaryDirectory() as name:
                prepared(Path(name), count, options.python)
                found.append(measured(command(engine, options.python, Path(name)), Path(name)))
        few, many = found
        each = (many.cpu - few.cpu) / (MANY - FEW)
        start = max(few.cpu - each * FEW, 0.0)
        memory = f"{few.memory / 1e6:10.0f}{many.memory / 1e6:10.0f}"
        print(f"{engine:10}{each * 1e6:15.0f}{start:16.1f}{many.elapsed:14.1f}{memory}", flush=True)


if __name__ == "__main__":
    main()
