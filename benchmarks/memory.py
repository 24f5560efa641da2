"""How much memory the command takes at most, whatever comes: a long stream, many rows, a consumer that is slow.

Each run is fed through a pipe by this process; the number is the greatest resident size of any process of the run, as
the kernel counts it (Linux). Knows nothing of the program but its command.

    python benchmarks/memory.py [--megabytes 1000] [--rows 1000000]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles import generate

COMMAND = [sys.executable, "-m", "newsparse"]
DIFFERENT = 2000  # articles, that come again and again


def stream(size: int) -> Iterator[bytes]:
    """Articles one after the other, of so many bytes in all."""
    articles = [text.encode("utf-8") + b"\n" for text in generate(DIFFERENT, 3)]
    for article in itertools.cycle(articles):
        yield article
        size -= len(article)
        if size <= 0:
            return


def rows(count: int) -> Iterator[bytes]:
    """So many lines of JSON, each with an article."""
    lines = [json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in generate(DIFFERENT, 3)]
    return itertools.islice(itertools.cycle(lines), count)


def fed(arguments: list[str], pieces: Iterable[bytes]) -> int:
    """Run the command on the pieces; the number of records."""
    with tempfile.TemporaryFile() as count:
        wc = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, stdout=count)
        run = subprocess.Popen([*COMMAND, *arguments], stdin=subprocess.PIPE, stdout=wc.stdin)
        assert run.stdin and wc.stdin
        wc.stdin.close()
        with run.stdin:
            for piece in pieces:
                run.stdin.write(piece)
        assert run.wait() == 0 and wc.wait() == 0
        count.seek(0)
        return int(count.read())


def slowly(folder: Path) -> int:
    """Run the command with two processes into a consumer that takes a little now and then; the number of records."""
    run = subprocess.Popen([*COMMAND, "-j", "2", str(folder)], stdout=subprocess.PIPE)
    assert run.stdout
    records = 0
    while data := os.read(run.stdout.fileno(), 1 << 16):
        records += data.count(b"\n")
        time.sleep(0.005)
    assert run.wait() == 0
    return records


def measured(name: str, number: int, work: str, size: int) -> None:
    """Do the work in a process of its own, so that the peak is of its children alone, and print a line."""
    code = f"import memory; memory.peak({work!r}, {size})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True, check=True
    )
    records, most = map(int, done.stdout.split())
    print(f"{name:48}{number:12,}{records:12,}{most / 1024:8.0f}", flush=True)


def peak(work: str, size: int) -> None:
    """Print the records, and the greatest memory of a child in KiB; called in a process of its own."""
    if work == "slowly":
        with tempfile.TemporaryDirectory() as name:
            for number, text in enumerate(generate(size, 3)):
                Path(name, f"{number:06}.txt").write_text(text, encoding="utf-8")
            records = slowly(Path(name))
    elif work == "file":
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            file.writelines(stream(size))
            file.flush()
            records = fed([file.name], ())
    else:
        records = fed([], stream(size)) if work == "stream" else fed(["-f", "jsonl"], rows(size))
    print(records, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def main() -> None:
    """Measure, and print a line for each kind of run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    size = options.megabytes * 1_000_000
    print(f"{'':48}{'':>12}{'records':>12}{'MiB':>8}")
    measured("concatenated articles, standard input, bytes", size, "stream", size)
    measured("the same in one file, bytes", size, "file", size)
    measured("rows of JSON Lines, standard input", options.rows, "rows", options.rows)
    measured("files, -j 2, into a slow consumer", options.rows // 100, "slowly", options.rows // 100)


if __name__ == "__main__":
    main()
