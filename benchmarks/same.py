"""What two versions of newsparse read differently: records and explanations, compared text by text.

    python benchmarks/same.py OLD [INPUT...] [--new CHECKOUT] [--show 20] [--field NAME] [--save OUT.jsonl]

OLD is a checkout of another version, or a file that --save wrote. An INPUT is a text file, a folder (its `*.txt`), or
JSON Lines, also compressed with gz, whose rows have the text as `text`; without one, the samples are read. The new
version is the checkout of this script. The exit status is 1 if a record differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).resolve().parents[1]
MAX_SHOWN_CHARS = 300  # of a value
Read = dict[str, dict[str, Any]]  # by the name of the text: its record, and its lines with role and reason


def texts(inputs: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The texts of the inputs, each with a name."""
    for path in inputs:
        if path.is_dir():
            yield from ((str(file), _text(file)) for file in sorted(path.rglob("*.txt")))
        elif ".jsonl" in path.suffixes:
            with (
                gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as rows
            ):
                yield from ((f"{path}:{number}", json.loads(row)["text"]) for number, row in enumerate(rows, 1))
        else:
            yield str(path), _text(path)


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def dump(inputs: Iterable[Path]) -> None:
    """Print what the newsparse of this process reads, a text a line."""
    import newsparse

    for name, text in texts(inputs):
        lines = newsparse.explain(text)
        told = [[line.number, line.role.value, line.why, line.text] for line in lines]
        row = {"name": name, "record": newsparse.article(lines).to_dict(), "lines": told}
        sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")


def start(checkout: Path, inputs: Iterable[Path], into: IO[str]) -> subprocess.Popen[str]:
    """Begin to read the inputs with the newsparse of a checkout, into a file."""
    if not (checkout / "newsparse" / "__init__.py").exists():
        sys.exit(f"same.py: {checkout}: no checkout of newsparse; give a folder that has newsparse/__init__.py")
    command = [sys.executable, __file__, "--dump", *map(str, inputs)]
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve())}
    return subprocess.Popen(command, env=environment, stdout=into, text=True)


def read(rows: Iterable[str]) -> Read:
    """The rows that `dump` printed, by name."""
    return {row["name"]: row for row in map(json.loads, rows)}


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The name, the old and the new value of each field that differs, of roles, and of reasons alone."""
    for field in {**old["record"], **new["record"]}:
        before, after = old["record"].get(field), new["record"].get(field)
        if before != after:
            is_list = isinstance(before, list) and isinstance(after, list)
            yield field, *(_unequal(before, after) if is_list else (before, after))
    if (before := _columns(old, (0, 1, 3))) != (after := _columns(new, (0, 1, 3))):
        yield "(roles)", *_unequal(before, after)
    elif (before := _columns(old, (0, 2))) != (after := _columns(new, (0, 2))):
        yield "(reasons)", *_unequal(before, after)


def _columns(row: dict[str, Any], places: Iterable[int]) -> list[list[Any]]:
    return [[line[place] for place in places] for line in row["lines"]]


def _unequal(before: list[Any], after: list[Any]) -> tuple[list[Any], list[Any]]:
    """The items that the other one does not have."""
    return [line for line in before if line not in after], [line for line in after if line not in before]


def report(old: Read, new: Read, show: int, wanted: str | None) -> int:
    """Print how many texts differ in what, and some of the differences; how many records differ."""
    counts: Counter[str] = Counter()
    records = 0
    shown: list[str] = []
    for name in old.keys() & new.keys():
        found = list(differences(old[name], new[name]))
        records += any(not field.startswith("(") for field, _, _ in found)
        counts.update(field for field, _, _ in found)
        for field, *values in found:
            if field == wanted or (wanted is None and field not in ("id", "dropped", "(roles)", "(reasons)")):
                before, after = (json.dumps(value, ensure_ascii=False)[:MAX_SHOWN_CHARS] for value in values)
                shown.append(f"{name}  {field}\n  - {before}\n  + {after}")
    for text in sorted(shown)[:show]:
        print(text)
    print(f"{len(old.keys() & new.keys())} texts, {records} records differ")
    for field, count in counts.most_common():
        print(f"{count:6}  {field}")
    return records


def main() -> int:
    """Compare, and print."""
    if sys.argv[1:2] == ["--dump"]:
        dump(map(Path, sys.argv[2:]))
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("old", type=Path, metavar="OLD", help="a checkout, or a file that --save wrote")
    parser.add_argument("inputs", nargs="*", type=Path, metavar="INPUT", default=[HERE / "samples"])
    parser.add_argument("--new", type=Path, default=HERE, metavar="CHECKOUT", help="default: that of this script")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="differences to print")
    parser.add_argument("--field", metavar="NAME", help="print differences of this one, such as published or (roles)")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep what OLD reads, to be given as OLD again")
    arguments = parser.parse_args()
    checkouts = [checkout for checkout in (arguments.new, arguments.old) if checkout.is_dir()]
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in checkouts]
        running = [start(*each) for each in zip(checkouts, repeat(arguments.inputs), files, strict=False)]
        if any(process.wait() for process in running):
            sys.exit("same.py: a version failed; see above")
        for file in files:
            file.seek(0)
        new, *old = (file.read() for file in files)
    before = old[0] if old else arguments.old.read_text(encoding="utf-8")
    if arguments.save:
        arguments.save.write_text(before, encoding="utf-8")
    return int(report(read(before.splitlines()), read(new.splitlines()), arguments.show, arguments.field) > 0)


if __name__ == "__main__":
    sys.exit(main())
