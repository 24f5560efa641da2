"""Where the time of one small file goes: the steps of a fresh process, one after the other.

Each step is the least CPU time of several processes, in ms; so the sum is a little less than what one process takes.

    python benchmarks/start.py [--runs 9]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from articles import generate
from speed import ENVIRONMENT

STEPS = """
import json, sys, time
times, last = {}, 0.0

def done(step):
    global last
    now = time.process_time()
    times[step], last = now - last, now

done("python")
import click
import gc; gc.disable()  # as the command does
done("import click")
import newsparse
done("import newsparse")
from newsparse.running import cli, command, run
done("import the command")
with cli.newsparse.make_context("newsparse", sys.argv[1:2]) as context:
    values = {**cli._as_given(context), "form": None}
done("options")
newsparse.shipped()
job = command.job_of(values)
done("word lists, as they are kept")
[*run.of_item(sys.argv[1], job)]
done("the first article, with all that is made of the lists")
[*run.of_item(sys.argv[2], job)]
done("the next article")
print(json.dumps(times))
"""


def main() -> None:
    """Measure, and print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name, f"{number}.txt") for number in range(2)]
        for path, text in zip(paths, generate(2, 7), strict=True):
            path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", STEPS, *map(str, paths)]
        found = [json.loads(subprocess.check_output(command, env=ENVIRONMENT)) for _ in range(runs + 1)][1:]
    for step in found[0]:
        print(f"{step:55}{min(times[step] for times in found) * 1e3:6.1f}")


if __name__ == "__main__":
    main()
