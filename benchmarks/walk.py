"""The way of one article through newsparse, and of each kind of line in it: calls, functions, modules.

    python benchmarks/walk.py [FILE] [--functions] [--at-most CALLS,MODULES]

FILE is samples/ar-headline-three-times.txt by default. The whole command runs in this process and writes one record.
The word lists are loaded before: an article of another layout is read first. Counted are calls of Python functions of
the package. A change of module is a call from a function of one module to a function of another one. A call belongs to
a line if the line's text is one of its arguments, or if such a call led to it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import newsparse
from newsparse.running import cli

ROOT = Path(newsparse.__file__).parent
SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE, FIRST = SAMPLES / "ar-headline-three-times.txt", SAMPLES / "ar-agency-at-end.txt"
MAX_TEXT_CHARS = 60  # of a line that is printed


class Walk:
    """The calls while one file is read, parsed and written."""

    def __init__(self, file: Path, output: Path) -> None:
        """Run the command, and count."""
        text = file.read_text(encoding="utf-8")
        self.calls: Counter[CodeType] = Counter()
        self.changes = 0
        self.of_lines: dict[str, Counter[CodeType]] = {line.strip(): Counter() for line in text.split("\n")}
        self._stack: list[tuple[CodeType, str]] = []  # of the package's functions that run: each with its line, or ""
        sys.setprofile(self._see)
        try:
            cli.main([str(file), "-o", str(output)])
        finally:
            sys.setprofile(None)
        self.lines = newsparse.explain(text)

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(str(ROOT)):
            return
        if event == "return":
            if self._stack:  # what made this object has returned
                self._stack.pop()
            return
        caller, line = self._stack[-1] if self._stack else (None, "")
        line = line or next((text for text in _texts(frame) if text and text in self.of_lines), "")
        self._stack.append((code, line))
        self.calls[code] += 1
        self.changes += caller is not None and caller.co_filename != code.co_filename
        if line:
            self.of_lines[line][code] += 1


def _texts(frame: FrameType) -> Iterator[str]:
    """The texts among the arguments of a call, and those of a line as an argument."""
    code = frame.f_code
    for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
        value = frame.f_locals.get(name)
        text = value if isinstance(value, str) else None if isinstance(value, type) else getattr(value, "text", None)
        if isinstance(text, str):
            yield text


def modules(codes: Counter[CodeType]) -> set[str]:
    """The modules of some functions, as dotted names."""
    return {".".join(Path(code.co_filename).relative_to(ROOT).with_suffix("").parts) for code in codes}


def main() -> int:
    """Print the walk; the exit status is 1 if it is longer than --at-most."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--functions", action="store_true", help="name each function with its calls")
    parser.add_argument("--at-most", metavar="CALLS,MODULES", help="fail if the article takes more")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "a.jsonl")
        cli.main([str(FIRST), "-o", str(output)])
        walk = Walk(arguments.file, output)
    calls, passed = walk.calls.total(), modules(walk.calls)
    print(f"{arguments.file.name}: {len(walk.lines)} lines")
    print(f"calls {calls}, functions {len(walk.calls)}, modules {len(passed)}, changes of module {walk.changes}")
    print("\ncalls  modules  kind        role        line")
    for line in walk.lines:
        counts = walk.of_lines.get(line.text, Counter())
        kind, role = line.kind.value, line.role.value
        print(f"{counts.total():5}  {len(modules(counts)):7}  {kind:10}  {role:10}  {line.text[:MAX_TEXT_CHARS]}")
    if arguments.functions:
        for code, count in walk.calls.most_common():
            print(f"{count:5}  {Path(code.co_filename).relative_to(ROOT)}:{code.co_name}")
    limits = map(int, arguments.at_most.split(",")) if arguments.at_most else (calls, len(passed))
    return int(any(count > limit for count, limit in zip((calls, len(passed)), limits, strict=True)))


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # | head
    sys.exit(main())
