"""How fast newsparse is, as a ratio to a floor measured in the same run.

The floor is a Python process that lists a folder, reads and decodes each file, splits its lines and writes
`json.dumps` of them. Knows nothing of the program but its command.

    python benchmarks/speed.py [--files 5000] [--pairs 3] [--articles FOLDER]

FOLDER holds real articles, one `*.txt` each, in folders below it or not. The peers come from the extra ``bench``.
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
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from articles import generate
from peers import as_html, microseconds, peers, stamp_line

import newsparse
from newsparse.words import vocab

FLOOR = """
import json, os, sys
write = sys.stdout.buffer.write
names = [os.path.join(at, name) for at, _, found in os.walk(sys.argv[1]) for name in found if name.endswith(".txt")]
for name in sorted(names):
    with open(name, "rb") as file:
        text = file.read().decode("utf-8")
    write(json.dumps(text.split("\\n"), ensure_ascii=False).encode("utf-8") + b"\\n")
"""
UNPARSED = """
import gc, os, sys
gc.disable()
from newsparse.record import Article
from newsparse.reading.read import ReadOptions, Source
from newsparse.layout.assemble import identity
from newsparse.text import clean_lines
from newsparse.writing.write import encoder_of
write, encode, reading = sys.stdout.buffer.write, encoder_of("jsonl").encode, ReadOptions()
names = [os.path.join(at, name) for at, _, found in os.walk(sys.argv[1]) for name in found if name.endswith(".txt")]
for name in sorted(names):
    body = tuple(filter(None, clean_lines(next(Source(name, reading).blocks()))))
    identifier = identity(None, None, body)
    write(encode(Article(identifier, *[None] * 5, (), *[None] * 3, body, (), None, (), (), name, 1)))
"""
START = "import click"
SAMPLE = 200  # articles for the peers, of which some are slow
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


def first_record(command: Sequence[str]) -> float:
    """Seconds until the first line of the output."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as run:
        assert run.stdout
        run.stdout.readline()
        taken = time.perf_counter() - start
        run.kill()
    return taken


def load_time() -> float:
    """The least seconds that it takes to load the word lists with all their tables, of nine readings."""
    times = []
    for _ in range(9):
        start = time.process_time()
        vocab.shipped.cache_clear()
        words = vocab.shipped()
        for table in vocab.WORD_TABLES:
            getattr(words, table)
        times.append(time.process_time() - start)
    return min(times)


def first_use_time(texts: Iterable[str]) -> float:
    """The least seconds that the word lists take, of nine readings: to load them and to parse an article with them,
    less what the next article takes. So all tables are counted that an article asks for, and all made of them."""
    times = []
    for first, second in islice(zip(*[iter(texts)] * 2, strict=False), 9):
        start = time.process_time()
        vocab.shipped.cache_clear()
        words = vocab.shipped()
        newsparse.parse(first, vocab=words)
        middle = time.process_time()
        newsparse.parse(second, vocab=words)
        times.append(middle - start - (time.process_time() - middle))
    return min(times)


def beside_peers(texts: Sequence[str]) -> None:
    """Print what newsparse and the others cost for each of the articles, parsing alone, in this process."""
    own = microseconds(newsparse.parse, texts)
    print(f"newsparse.parse, µs an article                         {own:6.0f}")
    inputs = {"html": [*map(as_html, texts)], "stamp": [*map(stamp_line, texts)], "text": texts}
    for name, kind, call in peers():
        cost = microseconds(call, inputs[kind])
        print(f"{f'{name} ({kind}), µs an article; times newsparse':53}{cost:8.0f}{cost / own:8.1f}", flush=True)


def main() -> None:
    """Measure, and print a line for each ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--articles", help="a folder of real articles")
    options = parser.parse_args()
    newsparse_command = [sys.executable, "-m", "newsparse"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "articles")
        folder.mkdir()
        size = 0
        for number, text in enumerate(generate(options.files, 7)):
            size += Path(folder, f"{number:06}.txt").write_bytes(text.encode("utf-8"))
        one = str(next(folder.iterdir()))
        many, single = [*newsparse_command, "-j", "1", str(folder)], [*newsparse_command, one]
        floor = [sys.executable, "-c", FLOOR, str(folder)]
        unparsed = [sys.executable, "-c", UNPARSED, str(folder)]
        start = [sys.executable, "-c", START]
        cpu_of(single)  # what is compiled on the first run is there for the others
        cost = statistics.median(cpu(cpu_of(floor)) for _ in range(options.pairs)) / options.files
        print(
            f"{options.files:,} files of {size / options.files / 1000:.1f} kB, {options.pairs} pairs, Python "
            f"{sys.version.split()[0]}, {os.cpu_count()} cores; floor {cost * 1e6:.0f} µs of CPU an article"
        )
        print(
            f"no parsing: read, clean, id, JSON, times the floor     {ratio(options.pairs, unparsed, floor, cpu):6.2f}"
        )
        print(f"whole process, CPU, times the floor                    {ratio(options.pairs, many, floor, cpu):6.2f}")
        print(f"one small file, CPU, times python importing click      {ratio(15, single, start, cpu):6.2f}")
        two = [*newsparse_command, "-j", "2", str(folder)]
        print(f"-j 2, throughput, times -j 1                           {ratio(options.pairs, many, two, wall):6.2f}")
        print(f"-j 2, CPU, times -j 1                                  {ratio(options.pairs, two, many, cpu):6.2f}")
        latency = statistics.median(first_record([*newsparse_command, str(folder)]) for _ in range(5))
        print(f"first record, ms                                       {latency * 1e3:6.0f}")
    texts = list(generate(SAMPLE, 7))
    print(f"word lists, ms of CPU to load all                      {load_time() * 1e3:6.1f}")
    print(f"word lists, ms of CPU to load and for the first article{first_use_time(texts) * 1e3:6.1f}")
    if options.articles:
        real = [*newsparse_command, "-j", "1", options.articles]
        ratios = ratio(options.pairs, real, [sys.executable, "-c", FLOOR, options.articles], cpu)
        print(f"real articles, CPU, times the floor (with the start)   {ratios:6.2f}")
        paths = sorted(Path(options.articles).rglob("*.txt"))[:SAMPLE]
        texts = [path.read_text(encoding="utf-8") for path in paths]
    beside_peers(texts)


if __name__ == "__main__":
    main()
