"""The output of a run, complete or untouched: which class a path needs, and adding to the end of a file.

Knows where a record ends in JSON Lines, CSV and TSV. A lock lets only one run add to a file at a time; the others wait.
If a killed run left part of a record at the end, this part is cut off. If this run fails, everything it added is cut
off. The other outputs are in `newsparse.writing.target`.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Container, Iterator
from contextlib import suppress

from newsparse.reading.inputs import printed
from newsparse.text import rare
from newsparse.writing import target
from newsparse.writing.target import Output, Say, UnfitError, errors_of

STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already: never replaced
READ_BLOCK_BYTES = 1 << 20
MAX_TAIL_BYTES = 1 << 26  # bytes without the end of a record that are looked at; more were written by no run of ours

_ID = rare(rb"np1-[0-9a-f]{16}")
_QUOTED = rare(rb'"[^"]*"?')  # in CSV; to the end if the quote is open
_WHOLE_ID = rare(r"np1-[0-9a-f]{16}")


def output_to(path: str | None, *, append: bool = False, say: Say = lambda what, always: None) -> Output:
    """An output to the path, or to standard output if it is None; open it with ``with``.

    With `append` the file is locked and added to, and an exception cuts off what was added; otherwise a regular file is
    replaced in one step.

    Args:
        path: the path of the file.
        append: add to the file.
        say: a function that gets messages for standard error: waiting for a lock, cutting a torn end.

    Raises:
        OutputError: the path cannot be written to.
    """
    if path is None:
        return target.StandardOutput()
    with errors_of(path):
        old = checked(path)
    if path.startswith(STREAMS) or (old and not stat.S_ISREG(old.st_mode)):
        return Output(path)
    if not append:
        return target.Replacement(path, old)
    return Appended(path, lambda what, always: say(f"{printed(path)}: {what}", always))


def checked(path: str) -> os.stat_result | None:
    """The status of the file at the path, if one exists.

    Raises:
        OSError: the path is a folder or leads nowhere, or the file cannot be written.
        UnfitError: the file is read-only.
    """
    try:
        found = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        if path.endswith(os.sep):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR)) from None
        return None
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISREG(found.st_mode):
        if not found.st_mode & 0o222:
            raise UnfitError(target.READ_ONLY)
        os.close(os.open(path, os.O_WRONLY | target.AS_IT_IS))  # its error says why not, as on a disk that is read-only
    return found


# Adding to a file -------------------------------------------------------------------------------------------------


class Appended(Output):
    """A file that is open for appending."""

    def __init__(self, name: str, say: Say) -> None:
        """`say` gets messages on waits and repairs."""
        super().__init__(name)
        self._path, self._say = os.path.realpath(name), say
        self._is_new = False
        self._start: int | None = None  # where what is added begins; None while the end of the file is not repaired

    def _open(self) -> None:
        """Open and lock the file; wait until no other run writes to it."""
        self._is_new = not os.path.exists(self._path)  # noqa: PTH110
        self.fd = target.locked(self._path, lambda: self._say("another run is writing to it; waiting", False))

    def begin(self, header: bytes, form: str = "jsonl") -> None:
        """Repair the end of the file, and check that it begins with `header`; `form` is the format.

        Raises:
            OutputError: the file has other columns or another format.
        """
        with errors_of(self.name):
            end = os.fstat(self.fd).st_size
            _check_beginning(self.fd, end, header, form)
            start = (_end_of_csv if form == "csv" else _end_of_lines)(self.fd, end)
            tail = _read(self.fd, start, end - start)
            is_whole = bool(tail) and (start > 0 or form == "jsonl") and _is_record(tail, form, header)
            self._start = end if is_whole else start
            if tail and not is_whole:
                os.ftruncate(self.fd, start)
        if is_whole:
            self._say("the last record lacked its line end, and has one now", False)
        elif tail:
            self._say(f"cut a torn last record ({len(tail)} bytes) that a killed run left", True)
        end_of_line = b"\r\n" if header.endswith(b"\r\n") and not tail.endswith(b"\r") else b"\n"
        self.write(end_of_line if is_whole else b"" if start else header)

    def ids(self, form: str) -> Iterator[str]:
        """The ids of the records in the file.

        Raises:
            OutputError: the records of the file have no id.
        """
        with errors_of(self.name):
            found = _ids_of_json(self._path) if form == "jsonl" else _ids_of_table(self._path, form)
            yield from filter(_WHOLE_ID.fullmatch, found)

    def _finish(self) -> None:
        target.make_last(self.fd)
        if self._is_new:
            target.sync_folder(os.path.dirname(self._path))  # noqa: PTH120
        self._close()

    def discard(self) -> None:
        """Cut off everything that was added."""
        with suppress(OSError):
            if self._start is not None and self.fd >= 0:
                os.ftruncate(self.fd, self._start)
            if self._is_new and self.fd >= 0 and os.fstat(self.fd).st_size == 0:
                os.unlink(self._path)  # noqa: PTH108
        super().discard()


# Where the last whole record ends ---------------------------------------------------------------------------------


def _check_beginning(fd: int, size: int, header: bytes, form: str) -> None:
    """Raise UnfitError if the beginning of the file has another format or other columns."""
    begun = _read(fd, 0, min(size, max(len(header), 4096))).rstrip(b"\0")  # zeros are what a power failure leaves
    if begun == header[: len(begun)]:
        return  # nothing, a torn header, or all of it
    if form == "jsonl":
        if begun.lstrip()[:1] not in (b"{", b""):
            raise UnfitError("is no JSON Lines: it does not begin with {; name its format with --to, or another file")
    elif not begun.startswith(header):
        mark = begun.startswith(BOM_UTF8)
        if mark != header.startswith(BOM_UTF8) and begun.removeprefix(BOM_UTF8).startswith(
            header.removeprefix(BOM_UTF8).rstrip()
        ):
            raise UnfitError(f"was written {'with' if mark else 'without'} --excel; add to it in the same way")
        first = begun.removeprefix(BOM_UTF8).split(b"\n")[0].decode(errors="replace").strip()
        raise UnfitError(
            f"has other columns ({first[:200]}) than these records ({header.decode('utf-8-sig').strip()}); "
            "give the same --fields and --keep, or another file"
        )


def _end_of_lines(fd: int, size: int) -> int:
    """The position of the last line end."""
    start = size
    while start > 0:
        block = _read(fd, max(0, start - READ_BLOCK_BYTES), min(start, READ_BLOCK_BYTES))
        newline = block.rfind(b"\n")
        start -= len(block) - newline - 1 if newline >= 0 else len(block)
        if newline >= 0:
            break
        if size - start > MAX_TAIL_BYTES:
            raise UnfitError("has a last line that is too long to be a torn record; mend it by hand")
    return start


def _end_of_csv(fd: int, _: int) -> int:
    """The position where the last whole record ends: the last line end that is not inside quotes."""
    end, rest = 0, b""
    while len(rest) <= MAX_TAIL_BYTES and (block := _read(fd, end + len(rest), READ_BLOCK_BYTES)):
        rest += block
        size = _QUOTED.sub(lambda quoted: b"q" * len(quoted[0]), rest).rfind(b"\n") + 1
        end, rest = end + size, rest[size:]
    if len(rest) > MAX_TAIL_BYTES or len(_ID.findall(rest)) > 1:
        raise UnfitError(f"cannot be read as CSV after byte {end}: a quote is not closed; mend it by hand")
    return end


def _read(fd: int, start: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.pread(fd, min(size, READ_BLOCK_BYTES), start)):
        parts.append(part)
        start += len(part)
        size -= len(part)
    return b"".join(parts)


def _is_record(tail: bytes, form: str, header: bytes) -> bool:
    """Whether the text behind the last line end is a whole record without its line end.

    Raises:
        UnfitError: it is not the beginning of a record either.
    """
    if form == "jsonl":
        if tail.strip(b"\0") and not tail.lstrip().startswith(b"{"):
            raise UnfitError("is no JSON Lines: its last line is no object; name its format with --to, or another file")
        with suppress(ValueError, RecursionError):
            return isinstance(json.loads(tail), dict)
        return False
    return b"\0" not in tail and _count_cells(tail, form) == _count_cells(header, form)


def _count_cells(row: bytes, form: str) -> int:
    """The number of cells in a row; -1 if a quote is not closed."""
    if form == "tsv":
        return row.count(b"\t") + 1
    return -1 if row.count(b'"') % 2 else b"".join(row.split(b'"')[::2]).count(b",") + 1


# The ids of records -----------------------------------------------------------------------------------------------


def _ids_of_json(path: str) -> Iterator[str]:
    with open(path, "rb") as file:  # noqa: PTH123
        for line in file:
            if line.startswith(b'{"id":"np1-'):
                yield line[7:27].decode(errors="replace")
            else:
                with suppress(ValueError, RecursionError):
                    row = json.loads(line)
                    _check_id(row if isinstance(row, dict) else ())
                    yield str(row["id"])


def _ids_of_table(path: str, form: str) -> Iterator[str]:
    import csv

    limit = csv.field_size_limit(MAX_TAIL_BYTES)
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:  # noqa: PTH123
            lines = (line.replace("\0", "") for line in file)
            rows = (line.rstrip("\n").split("\t") for line in lines) if form == "tsv" else csv.reader(lines)
            names = next(rows, ["id"])
            _check_id(names)
            column = names.index("id")
            yield from (row[column] for row in rows if len(row) > column)
    finally:
        csv.field_size_limit(limit)


def _check_id(names: Container[str]) -> None:
    """Raise UnfitError if the names of the fields have no id."""
    if "id" not in names:
        raise UnfitError(
            "has records without id, by which --unique knows them; name id in --fields from the first run on"
        )
