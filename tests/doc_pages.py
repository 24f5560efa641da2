"""Runs the examples of README.md and docs/, and writes what they print back: ``python tests/doc_pages.py [PAGE]...``.

A block that opens with ``console`` is run by bash: a line that begins with ``$ `` is a command, the others are what it
prints on both standard files. A block that opens with ``pycon`` is a Python session. Each block has a folder of its own
that holds a copy of samples/. No other block is run. This module holds no tests.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from gold import SAMPLES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, *sorted(DOCS.rglob("*.md"))]
BESIDE_PYTHON = str(Path(sys.executable).parent)  # where pip puts commands
BUILT_IN = frozenset({"echo", "printf"})
SESSION = """
import doctest, sys
names = {"__name__": "__main__"}
for example in doctest.DocTestParser().get_examples(sys.stdin.read()):
    first, *more = example.source.splitlines()
    print(">>> " + first, *("... " + line for line in more), sep="\\n", flush=True)
    exec(compile(example.source, "the page", "single"), names)
"""


class Block(NamedTuple):
    """A fenced block: the page, the first line of its text there, the word after the fence, the text."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def commands(self) -> list[str]:
        """What is typed."""
        sign = "$ " if self.language == "console" else ">>> "
        return [line.removeprefix(sign) for line in self.text.splitlines() if line.startswith(sign)]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(page, text.count("\n", 0, match.start(2)) + 1, match[1], match[2])


def runnable(pages: Iterable[Path] = PAGES) -> list[Block]:
    """The blocks that are examples."""
    return [block for page in pages for block in blocks(page) if block.language in ("console", "pycon")]


def missing(block: Block) -> set[str]:
    """The tools that the block uses and that are not installed."""
    if block.language == "pycon":
        return {name for name in _imported(block) if find_spec(name) is None}
    used = {word for command in block.commands for word in _programs(command)}
    return {word for word in used - BUILT_IN if not shutil.which(word, path=environment()["PATH"])}


def _imported(block: Block) -> Iterator[str]:
    for command in block.commands:
        for found in re.finditer(r"^(?:from (\w+)|import (.+))", command):
            yield from [found[1]] if found[1] else re.findall(r"(?:^|, )(\w+)", found[2])


def _programs(command: str) -> Iterator[str]:
    """The first word of each part of a command of the shell."""
    words = shlex.shlex(command, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    first = True
    for word in words:
        if first:
            yield word
        first = word in ("|", "&&", "||", ";")


def environment() -> dict[str, str]:
    """The environment of the tests without its own settings, and with the commands that belong to this Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSPARSE_", "PYTHON"))}
    return {**kept, "PATH": os.pathsep.join((BESIDE_PYTHON, os.environ["PATH"])), "LC_ALL": "C.UTF-8"}


def run(block: Block, folder: Path) -> str:
    """The block as it is when it is run in this folder: what is typed, and what that prints."""
    shutil.copytree(SAMPLES, folder / "samples")
    if block.language == "pycon":
        return _printed([sys.executable, "-c", SESSION], folder, block.text)
    return "".join(f"$ {command}\n{_printed(['bash', '-c', command], folder)}" for command in block.commands)


def _printed(command: list[str], folder: Path, typed: str = "") -> str:
    done = subprocess.run(
        command,
        input=typed.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=environment(),
        timeout=60,
    )
    return done.stdout.decode("utf-8")


def table(page: Path, heading: str = "") -> list[list[str]]:
    """The cells of the rows of the first table of a page, or below a heading of it, without its head."""
    text = page.read_text(encoding="utf-8").partition(f"{heading}\n")[2]
    rows = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert rows, (page, heading)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[0].splitlines()[2:]]


def literals(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def main(names: Sequence[str]) -> None:
    """Write what the examples of the pages print now; of all pages where none is named."""
    for page in [Path(name).resolve() for name in names] or PAGES:
        text = page.read_text(encoding="utf-8")
        for block in runnable([page]):
            if lacking := missing(block):
                print(f"{block.name}: not run, for want of {', '.join(sorted(lacking))}")
                continue
            with TemporaryDirectory() as folder:
                opening = f"```{block.language}\n"
                text = text.replace(opening + block.text, opening + run(block, Path(folder)))
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
