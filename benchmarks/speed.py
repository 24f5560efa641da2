"""How fast newsparse is, as a ratio to a floor measured in the same run.

The floor is a Python process that lists a folder, reads and decodes each file, splits its lines and writes
`json.dumps` of them. Knows nothing of the program but its command.

    python benchmarks/speed.py [--files 5000] [--pairs 3]
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from articles import generate

FLOOR = """
import json, os, sys
write = sys.stdout.buffer.write
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        text = file.read().decode("utf-8")
    write(json.dumps(text.split("\\n"), ensure_ascii=False).encode("utf-8") + b"\\n")
"""
START = "import click"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed


def cpu_of(command: Sequence[str]) -> tuple[float, float]:
    """CPU and wall seconds of one run of the command, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall


def ratio(pairs: int, one: Sequence[str], other: Sequence[str], take: Callable[[tuple[float, float]], float]) -> float:
    """The median, over pairs run one after the other, of what `one` takes divided by what `other` takes."""
    return statistics.median(take(cpu_of(one)) / take(cpu_of(other)) for _ in range(pairs))


def cpu(taken: tuple[float, float]) -> float:
    """The CPU seconds of a run."""
    return taken[0]


def wall(taken: tuple[float, float]) -> float:
    """The seconds that a run took."""
    return taken[1]


def main() -> None:
    """Measure, and print a line for each ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--pairs", type=int, default=3)
    options = parser.parse_args()
    newsparse = [sys.executable, "-m", "newsparse"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "articles")
        folder.mkdir()
        size = 0
        for number, text in enumerate(generate(options.files, 7)):
            size += Path(folder, f"{number:06}.txt").write_bytes(text.encode("utf-8"))
        one = str(next(folder.iterdir()))
        many, single = [*newsparse, "-j", "1", str(folder)], [*newsparse, one]
        floor = [sys.executable, "-c", FLOOR, str(folder)]
        start = [sys.executable, "-c", START]
        cpu_of(single)  # what is compiled on the first run is there for the others
        cost = statistics.median(cpu(cpu_of(floor)) for _ in range(options.pairs)) / options.files
        print(
            f"{options.files:,} files of {size / options.files / 1000:.1f} kB, {options.pairs} pairs, Python "
            f"{sys.version.split()[0]}, {os.cpu_count()} cores; floor {cost * 1e6:.0f} µs of CPU an article"
        )
        print(f"whole process, CPU, times the floor                    {ratio(options.pairs, many, floor, cpu):6.2f}")
        print(f"one small file, CPU, times python importing click      {ratio(5, single, start, cpu):6.2f}")
        two = [*newsparse, "-j", "2", str(folder)]
        print(f"-j 2, throughput, times -j 1                           {ratio(options.pairs, many, two, wall):6.2f}")
        print(f"-j 2, CPU, times -j 1                                  {ratio(options.pairs, two, many, cpu):6.2f}")


if __name__ == "__main__":
    main()
