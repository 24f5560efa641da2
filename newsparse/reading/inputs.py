"""Inputs: which there are, in which order, and in which format each is read.

Knows names, folders and lists of names, but opens no input. Folders are always walked in the same order. A name is a
str from the operating system: bytes that are not UTF-8 are lone surrogates (`os.fsdecode`), so that the name opens the
right file. In records and messages a name goes through `printed`.

A new format needs one row in `INPUT_FORMATS`, and a module beside this one with a function that takes a
`newsparse.reading.read.Source` and yields `newsparse.reading.rows.Row`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import chain, islice
from typing import Any, NamedTuple

from newsparse.record import NewsparseError

STDIN_NAME = "-"

MAX_NAME_CHARS = 1 << 20
MAX_HINTS = 3  # misses of one run for which a folder is searched for a name that comes near
MAX_NEIGHBOURS = 10_000  # names of a folder that are searched
Identity = tuple[int, int]  # device and inode
_PLAIN = {  # what strerror says too drily, and what to do
    errno.ENOENT: "no such file; check the name",
    errno.EACCES: "no permission to read it; see ls -l",
    errno.EPERM: "no permission to read it; see ls -l",
    errno.EISDIR: "a folder, where a file was expected",
    errno.ENXIO: "a socket or a device without a driver, not a file; leave it out",
    errno.ELOOP: "a symbolic link that leads back to itself; remove it",
    errno.ENAMETOOLONG: "no such file: the name is too long",
    errno.EMFILE: "too many open files; raise the limit with ulimit -n",
    errno.EBADF: "it is closed; give standard input something to read, or name a file",
    errno.EIO: "the disk or the connection failed (input/output error)",
}


class InputFormat(NamedTuple):
    """An input format: its suffixes and its reader."""

    suffixes: tuple[str, ...]
    module: str = ""  # of the reader; plain text has none
    function: str = ""
    extra: str = ""


INPUT_FORMATS = {
    "text": InputFormat((".txt",)),
    "jsonl": InputFormat((".jsonl", ".ndjson", ".json"), "newsparse.reading.rows", "jsonl"),
    "csv": InputFormat((".csv", ".tsv"), "newsparse.reading.rows", "csv"),
    "parquet": InputFormat((".parquet",), "newsparse.reading.parquet", "rows", "arrow"),
    "html": InputFormat((".html", ".htm", ".xhtml"), "newsparse.reading.page", "rows", "html"),
    "wet": InputFormat((".wet", ".wet.gz"), "newsparse.reading.wet", "rows", "warc"),
}
COMPRESSED_SUFFIXES = (".gz", ".bz2", ".xz", ".zst")


class InputError(NewsparseError):
    """An input, or one row of it, gives no record."""

    def __init__(self, name: str, what: str, line: int | None = None, count: int = 1) -> None:
        """`name` is the input as given; `what`: what is wrong, and what to do; `line`: that of the row, from 1, if the
        error is about rows; `count`: how many rows have it."""
        super().__init__(name, what, line, count)  # of which pickle makes it again; workers send errors
        self.name, self.what, self.line, self.count = name, what, line, count

    def __str__(self) -> str:
        """The message."""
        return f"{printed(self.name)}: {self.what}"


def printed(name: str) -> str:
    r"""The name as valid text, for a record: a byte that is not UTF-8 is written ``\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def plainly(error: OSError | ValueError) -> str:
    """The meaning of an error of the operating system in plain words, and what to do."""
    if not isinstance(error, OSError):
        return f"no such file: {error}"  # a NUL in the name
    return _PLAIN.get(error.errno or 0) or error.strerror or str(error)


def input_names(
    paths: Iterable[str], include: Sequence[str], outputs: Collection[Identity], may_be_empty: bool
) -> Iterator[str | InputError]:
    """The names of all inputs, in the order of the paths, or errors in their places.

    A folder is replaced by its files with names like the patterns in `include`, step by step; one without any file is
    an error, unless it `may_be_empty`. A NewsparseError says that an input is one of the outputs, by whatever name.
    """
    hints = MAX_HINTS
    for path in paths:
        if path != STDIN_NAME and os.path.isdir(path):  # noqa: PTH112
            others: Counter[str] = Counter()
            empty = True
            for item in _below(path, include, outputs, others):
                empty = False
                yield item
            if empty and (others or not may_be_empty):
                yield InputError(path, _nothing_in(others, include))
        elif path != STDIN_NAME and _is_missing(path):
            yield InputError(path, _why_missing(path, hints > 0))
            hints -= 1
        else:
            _refuse(path, outputs)
            yield path


def regular_file(path: str | int) -> os.stat_result | None:
    """The status of the regular file at a path or with a descriptor; None for everything else."""
    with suppress(OSError, ValueError):
        about = os.stat(path)  # noqa: PTH116 (pathlib is not imported at start-up)
        return about if stat.S_ISREG(about.st_mode) else None
    return None


def file_identity(path: str | int) -> Identity | None:
    """Device and inode of the regular file at a path or with a descriptor; None for everything else."""
    about = regular_file(path)
    return about and (about.st_dev, about.st_ino)


def names_in_list(chunks: Iterable[bytes], null: bool) -> Iterator[str]:
    """The names in a list of names, as its bytes come in: one on each line (LF or CR LF), or each ended by NUL.

    Raises:
        InputError: a name has more than a megabyte, or a NUL inside: the file is no list of names.
    """
    end, rest, mark = b"\0" if null else b"\n", b"", BOM_UTF8
    for chunk in chain(chunks, [end]):
        *whole, rest = (rest + chunk).split(end)
        if len(rest) > MAX_NAME_CHARS:
            raise InputError("--files-from", "this is no list of names; should it be with -0, or without?")
        for name in whole:
            if b"\0" in name:
                raise InputError("--files-from", "the names end with NUL, as those of find -print0 do; add -0")
            name, mark = name.removeprefix(mark), b""
            if name := name if null else name.removesuffix(b"\r"):
                yield os.fsdecode(name)


def _below(
    folder: str, include: Sequence[str], outputs: Collection[Identity], others: Counter[str]
) -> Iterator[str | InputError]:
    """The wanted files below the folder, depth first and sorted by the bytes of their names. Counts in `others` the
    suffixes of the files that are not wanted."""
    from fnmatch import translate

    is_wanted = re.compile("|".join(map(translate, include))).match
    waiting: list[tuple[str, tuple[str, ...] | None]] = [(folder, ())]  # of a folder also where the links to it stand
    while waiting:
        path, above = waiting.pop()
        if above is None:
            yield path
            continue
        if path != folder and os.path.islink(path):  # noqa: PTH114
            target, above = os.path.realpath(path), (*above, os.path.realpath(os.path.dirname(path)))  # noqa: PTH120
            if any(os.path.commonpath([target, place]) == target for place in above):
                yield InputError(path, "a link back to a folder above it, a loop; it was not followed")
                continue
        try:
            names = sorted(os.listdir(path), key=os.fsencode, reverse=True)  # noqa: PTH208
        except OSError as error:
            yield InputError(path, plainly(error))
            continue
        for name in names:
            below = os.path.join(path, name)  # noqa: PTH118
            if os.path.isdir(below):  # noqa: PTH112
                waiting.append((below, above))
            elif is_wanted(name):
                _refuse(below, outputs)
                waiting.append((below, None))
            else:
                others[os.path.splitext(name)[1] or "no suffix"] += 1  # noqa: PTH122


def _refuse(path: str, outputs: Collection[Identity]) -> None:
    """Refuse a file that is an output."""
    if outputs and file_identity(0 if path == STDIN_NAME else path) in outputs:
        raise NewsparseError(f"{printed(path)} is an input and the output too; write to another file")


def _is_missing(path: str) -> bool:
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        return isinstance(error, FileNotFoundError)  # for others, reading it says what is wrong
    return False


def _why_missing(path: str, may_search: bool) -> str:
    """The message for a missing file, with the most similar name beside it, or what its name looks like. The suffix
    counts only between equal names."""
    folder, name = os.path.split(path.rstrip(os.sep))
    stem, suffix = os.path.splitext(name)  # noqa: PTH122
    beside: list[str] = []
    with suppress(OSError):
        if may_search:
            beside = sorted(islice(os.listdir(folder or os.curdir), MAX_NEIGHBOURS))  # noqa: PTH208
    beside.sort(key=lambda other: not other.endswith(suffix or ".txt"))
    paths = ((os.path.splitext(other)[0], printed(os.path.join(folder, other))) for other in beside)  # noqa: PTH118, PTH122
    if hint := near(stem, paths, most=1, cutoff=0.75):
        return f"no such file{hint}"
    if "://" in path:
        return "an address, and nothing is fetched here; try curl -s ADDRESS | newsparse"
    if "*" in path or "?" in path:
        return "no such file; for a pattern name the folder and --include"
    return _PLAIN[errno.ENOENT]


def input_format_of(name: str) -> str:
    """The format of an input by its suffix, without that of a compression; ``text`` if the suffix is unknown."""
    lower = name[-24:].lower()
    for suffix in COMPRESSED_SUFFIXES:
        lower = lower.removesuffix(suffix)
    return next((form for form, row in INPUT_FORMATS.items() if lower.endswith(row.suffixes)), "text")


def patterns(form: str | None) -> tuple[str, ...]:
    """The patterns of file names that are taken from folders: those with the suffixes of the format."""
    return tuple(f"*{suffix}" for suffix in INPUT_FORMATS[form or "text"].suffixes)


def reader(form: str, fail: Callable[[str], InputError], name: str = "") -> Any:
    """The function that reads the rows of a `newsparse.reading.read.Source`, or another one of its module, such as
    ``page_of`` for HTML in rows. `fail` makes the error if the extra of the format is not installed."""
    row = INPUT_FORMATS[form]
    try:
        return getattr(import_module(row.module), name or row.function)
    except ImportError as error:
        raise fail(f"{form} needs {error.name}: pip install 'newsparse[{row.extra}]'") from None


def near(word: str, known: Iterable[tuple[str, str]], most: int = 3, cutoff: float = 0.6) -> str:
    """``; did you mean X or Y?`` for names whose key is similar to the word, else "". `known`: pairs of key and name.

    >>> near("jsnol", [("json", "json"), ("jsonl", "jsonl"), ("csv", "csv")])
    '; did you mean jsonl or json?'
    """
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for key, name in known:
        names.setdefault(key.casefold(), name)
    matches = get_close_matches(word.casefold(), names, most, cutoff)
    found = dict.fromkeys(names[key] for key in matches)
    return f"; did you mean {' or '.join(found)}?" if found else ""


def _nothing_in(others: Counter[str], include: Sequence[str]) -> str:
    none = f"no file in this folder is named {' or '.join(include)}"
    if not others:
        return f"{none}, nor is there any other; check the name of the folder"
    most = ", ".join(f"{count} with {printed(suffix)}" for suffix, count in others.most_common(3))
    suffix = others.most_common(1)[0][0]
    if suffix in INPUT_FORMATS["html"].suffixes and tuple(include) == patterns("text"):
        return f"{none}, but {most}; try --from html"
    return f"{none}, but {most}; try --include '*{'' if suffix == 'no suffix' else printed(suffix)}'"
