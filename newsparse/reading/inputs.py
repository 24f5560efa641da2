"""Finding inputs: files, the contents of folders, and lists of names, always in the same order.

Knows names and folders, but opens no input. A name is a str from the operating system: bytes that are not UTF-8 are
lone surrogates (`os.fsdecode`), so that the name opens the right file. In records and messages a name goes through
`printed`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from newsparse.record import NewsparseError

STDIN_NAME = "-"

MAX_NAME_CHARS = 1 << 20
MAX_HINTS = 3  # misses of one run for which a folder is searched for a name that comes near
MAX_NEIGHBOURS = 10_000  # names of a folder that are searched
TEXTS = ("*.txt",)  # that are taken from a folder
SAVED = (".htm", ".html", ".xhtml")  # that --from html reads
PAGES = (*SAVED, ".mhtml")
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


class InputError(NewsparseError):
    """An input, or one row of it, gives no record.

    Attributes:
        name: the name of the input, as given.
        what: what is wrong, and what to do.
        line: the 1-based line of the row, if the error is about a row.
        count: the number of rows with this error.
    """

    def __init__(self, name: str, what: str, line: int | None = None, count: int = 1) -> None:
        """An error with these attributes."""
        super().__init__(f"{printed(name)}: {what}")
        self.name, self.what, self.line, self.count = name, what, line, count

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, int | None, int]]:
        """What pickle makes the error of again; workers send errors."""
        return type(self), (self.name, self.what, self.line, self.count)


def printed(name: str) -> str:
    r"""The name as valid text, for a record: a byte that is not UTF-8 is written ``\xff``."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def plainly(error: OSError | ValueError) -> str:
    """The meaning of an error of the operating system in plain words, and what to do."""
    if not isinstance(error, OSError):
        return f"no such file: {error}"  # a NUL in the name
    return _PLAIN.get(error.errno or 0) or error.strerror or str(error)


class SameFileError(NewsparseError):
    """An input is also an output of the run."""


def input_names(
    paths: Iterable[str],
    include: Sequence[str] = TEXTS,
    outputs: Collection[Identity] = (),
    may_be_empty: bool = False,
) -> Iterator[str | InputError]:
    """The names of all inputs, in the order of the paths. A folder is replaced by its files.

    Args:
        paths: files, folders or ``-``.
        include: the patterns of file names that are taken from folders.
        outputs: the files that the run writes to.
        may_be_empty: a folder without any file is no error.

    Yields:
        The name of an input, or an error in its place. Folders are read step by step.

    Raises:
        SameFileError: an input is one of the outputs, by whatever name.
    """
    walk = _Walk(include, frozenset(outputs), may_be_empty)
    for path in paths:
        yield from walk.found(path)


def file_identity(path: str | int) -> Identity | None:
    """Device and inode of the regular file at a path or with a descriptor; None for everything else."""
    try:
        about = os.stat(path)  # noqa: PTH116 (pathlib is not imported at start-up)
    except (OSError, ValueError):
        return None
    return (about.st_dev, about.st_ino) if stat.S_ISREG(about.st_mode) else None


def names_in_list(chunks: Iterable[bytes], null: bool) -> Iterator[str]:
    """The names in a list of names, as its bytes come in: one on each line (LF or CR LF), or each ended by NUL.

    Raises:
        InputError: a name has more than a megabyte, or a NUL inside: the file is no list of names.
    """
    first = True
    for name in _ended_by(b"\0" if null else b"\n", chunks):
        if first:
            name = name.removeprefix(BOM_UTF8)
            first = False
        if not null:
            if b"\0" in name:
                raise InputError("--files-from", "the names end with NUL, as those of find -print0 do; add -0")
            name = name.removesuffix(b"\r")
        if name:
            yield os.fsdecode(name)


def _ended_by(end: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(end)
        yield from whole
        if len(rest) > MAX_NAME_CHARS:
            raise InputError("--files-from", "this is no list of names; should it be with -0, or without?")
    yield rest


class _Walk:
    """A walk through folders: which files are wanted, and which are outputs."""

    def __init__(self, include: Sequence[str], outputs: frozenset[Identity], may_be_empty: bool) -> None:
        self.include, self.outputs, self.may_be_empty = include, outputs, may_be_empty
        self.hints = MAX_HINTS

    def found(self, path: str) -> Iterator[str | InputError]:
        """The path itself, or the wanted files if it is a folder."""
        if path == STDIN_NAME or not os.path.isdir(path):  # noqa: PTH112
            self.check(path)
            yield self.absent(path) if path != STDIN_NAME and _is_missing(path) else path
            return
        others: Counter[str] = Counter()
        empty = True
        for item in self.below(path, others):
            empty = False
            yield item
        if empty and (others or not self.may_be_empty):
            yield InputError(path, _nothing_in(others, self.include))

    def absent(self, path: str) -> InputError:
        """The error for a name that does not exist, with similar names; after a few errors it has no hints."""
        self.hints -= 1
        hint = _similar(path) if self.hints >= 0 else ""
        return InputError(path, f"no such file{hint}" if hint else _unlike_a_name(path))

    def below(self, folder: str, others: Counter[str]) -> Iterator[str | InputError]:
        """The wanted files below the folder, depth first and sorted by name. Counts the suffixes of the others."""
        from fnmatch import translate

        is_wanted = re.compile("|".join(map(translate, self.include))).match
        waiting: list[tuple[str, tuple[Identity, ...] | None]] = [(folder, _above(folder))]
        while waiting:
            path, above = waiting.pop()
            if above is None:
                yield path
                continue
            try:
                entries, here = _entries(path)
            except OSError as error:
                yield InputError(path, plainly(error))
                continue
            if here in above:
                yield InputError(path, "a link back to a folder above it, a loop; it was not followed")
                continue
            inside = os.path.join(path, "")  # noqa: PTH118
            for name, inode, is_folder in reversed(entries):
                if not is_folder and not is_wanted(name):
                    others[os.path.splitext(name)[1] or "no suffix"] += 1  # noqa: PTH122
                    continue
                below = inside + name
                if not is_folder and self.outputs and any(inode in (0, output[1]) for output in self.outputs):
                    self.check(below)
                waiting.append((below, (*above, here) if is_folder else None))

    def check(self, path: str) -> None:
        """Refuse a file that is an output."""
        if self.outputs and file_identity(0 if path == STDIN_NAME else path) in self.outputs:
            raise SameFileError(f"{printed(path)} is an input and the output too; write to another file")


def _is_missing(path: str) -> bool:
    try:
        os.lstat(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False  # reading it says what is wrong
    return False


def _unlike_a_name(path: str) -> str:
    """A hint for a missing file whose name looks like something else, such as an option."""
    if "://" in path:
        return "an address, and nothing is fetched here; try curl -s ADDRESS | newsparse"
    if "*" in path or "?" in path:
        return "no such file; for a pattern name the folder and --include"
    return _PLAIN[errno.ENOENT]


def _similar(path: str) -> str:
    """A hint at the file beside the path whose name is most similar. The suffix counts only between equal names."""
    folder, name = os.path.split(path.rstrip(os.sep))
    stem, suffix = os.path.splitext(name)  # noqa: PTH122
    try:
        with os.scandir(folder or os.curdir) as found:
            beside = sorted(entry.name for entry in islice(found, MAX_NEIGHBOURS))
    except OSError:
        return ""
    beside.sort(key=lambda other: not other.endswith(suffix or ".txt"))
    paths = ((os.path.splitext(other)[0], printed(os.path.join(folder, other))) for other in beside)  # noqa: PTH118, PTH122
    return near(stem, paths, most=1, cutoff=0.75)


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


def _entries(folder: str) -> tuple[list[tuple[str, int, bool]], Identity]:
    """The entries of a folder, sorted by the bytes of the names: name, inode (0 for links), whether it is a folder."""
    with os.scandir(folder) as found:
        entries = [(entry.name, 0 if entry.is_symlink() else entry.inode(), _is_folder(entry)) for entry in found]
    entries.sort(key=lambda entry: os.fsencode(entry[0]))
    about = os.stat(folder)  # noqa: PTH116
    return entries, (about.st_dev, about.st_ino)


def _above(folder: str) -> tuple[Identity, ...]:
    """The folders above a folder. Links in it may not lead back to them."""
    found = []
    path = os.path.realpath(folder)
    while (parent := os.path.dirname(path)) != path:  # noqa: PTH120
        path = parent
        with suppress(OSError):
            about = os.stat(path)  # noqa: PTH116
            found.append((about.st_dev, about.st_ino))
    return tuple(found)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _nothing_in(others: Counter[str], include: Sequence[str]) -> str:
    looked_for = " or ".join(include)
    if not others:
        return f"no file in this folder is named {looked_for}, nor is there any other; check the name of the folder"
    most = ", ".join(f"{count} with {printed(suffix)}" for suffix, count in others.most_common(3))
    suffix = others.most_common(1)[0][0]
    if suffix in SAVED and tuple(include) == TEXTS:
        return f"no file in this folder is named {looked_for}, but {most}; try --from html"
    pattern = "*" if suffix == "no suffix" else "*" + printed(suffix)
    return f"no file in this folder is named {looked_for}, but {most}; try --include '{pattern}'"


def is_named_pipe(mode: int, path: str) -> bool:
    """Whether the file is a named pipe. A ``<(command)`` of the shell is none, and may be slow."""
    return stat.S_ISFIFO(mode) and "/pipe:[" not in os.path.realpath(path) and not path.startswith("/dev/fd/")
