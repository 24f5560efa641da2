"""The benchmarks that need no other package run, and measure something: docs/ shows what they print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
COMMANDS = [
    "speed.py --files 4 --pairs 1",
    "stages.py --articles 2",
    "start.py --runs 1",
    "walk.py",
    "memory.py --megabytes 1 --rows 300",
]


def test_the_walk_ends_silently_where_nobody_reads_on():
    with subprocess.Popen([sys.executable, BENCHMARKS / "walk.py"], stdout=-1, stderr=-1, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_benchmark_prints_what_it_measured(command):
    name, *arguments = command.split()
    done = subprocess.run([sys.executable, BENCHMARKS / name, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = [float(number.replace(",", "")) for number in re.findall(r" (-?[\d,.]+)$", done.stdout, re.MULTILINE)]
    assert min(found, default=1) > 0
    assert done.stdout
