"""Where bytes go, complete or not at all: standard output, a device, a file that is replaced, the end of a file.

Knows file descriptors, their errors, and what to tell the user if something cannot be written. Bytes are collected here
and written by system calls, so Python has no buffer to flush at its end, when an error would be lost. Knows where a
record ends in JSON Lines, CSV and TSV. A lock lets only one run add to a file at a time; the others wait. If a killed
run left part of a record at the end, this part is cut off. If this run fails, everything it added is cut off.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from math import inf

from newsparse.reading.inputs import plainly, printed
from newsparse.record import NewsparseError
from newsparse.text import rare

CHUNK_BYTES = 1 << 18  # bytes that are collected before they are written
STDOUT = 1
LOCK_INTERVAL_SECONDS = 0.02  # between two attempts to get a lock

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
AS_IT_IS = os.O_CLOEXEC | os.O_NOCTTY

_WHY = {
    errno.ENOENT: "there is no such folder; make it first",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "it is a folder; name a file in it",
    errno.EACCES: "no permission; see ls -ld of it and of its folder",
    errno.EPERM: "no permission; see ls -ld and lsattr of it and of its folder",
    errno.ENOSPC: "no space left on the device; make room, or write elsewhere",
    errno.EDQUOT: "the disk quota is used up; make room, or write elsewhere",
    errno.EFBIG: "the file would be larger than the limit (ulimit -f, or the file system's); write less into one file",
    errno.EROFS: "its file system is read-only; write elsewhere",
    errno.EBADF: "it is closed",
    errno.EBUSY: "it cannot be replaced (is it a mount?); write to another file",
    errno.ENOLCK: "its file system has no locks, which --append needs",
}
READ_ONLY = "cannot be written: it is read-only; make it writable (chmod u+w), or name another file"

Say = Callable[[str, bool], object]  # a message, and whether it is said with --quiet too
_OPEN: set[Output] = set()


class UnfitError(Exception):
    """The output is not fit for these records. The message says why, and what to do."""


class OutputError(NewsparseError):
    """The output cannot be written."""

    def __init__(self, name: str, what: str) -> None:
        """`name` is the output as given; `what`: what is wrong, and what to do."""
        super().__init__(f"{printed(name)}: {what}")


@contextmanager
def errors_of(name: str) -> Iterator[None]:
    """Turn the errors of the system in the block into an OutputError, but not BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = _WHY.get(error.errno or 0) or plainly(error)
        raise OutputError(name, f"cannot be written: {why}") from None
    except UnfitError as error:
        raise OutputError(name, str(error)) from None


class Output:
    """An output that is written to directly, such as a FIFO or a device; the base class of the others."""

    fd = -1  # the file descriptor; -1 if it is not open

    def __init__(self, path: str, old: os.stat_result | None = None, say: Say = lambda what, always: None) -> None:
        """An output that is not open. `old` is the status of the file, if there is one; `say` gets messages."""
        self._path, self._old, self._say = path, old, say
        self._parts: list[bytes] = []
        self._size = 0

    def open(self) -> None:
        """Open the output. A FIFO waits for its reader."""
        self.fd = os.open(self._path, os.O_WRONLY | os.O_APPEND | AS_IT_IS)

    def begin(self, header: bytes, form: str = "jsonl") -> None:
        """Write the bytes before the first record, in the format `form`."""
        self.write(header)

    def ids(self, form: str) -> Iterator[str]:
        """The ids of the records that are in the output already. Call `begin` first."""
        return iter(())

    def write(self, data: bytes) -> None:
        """Take bytes, and write them when enough have been collected."""
        self._parts.append(data)
        self._size += len(data)
        if self._size >= CHUNK_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write all bytes that were collected."""
        data = memoryview(b"".join(self._parts))
        self._parts, self._size = [], 0
        while data:
            try:
                data = data[os.write(self.fd, data) :]
            except BlockingIOError:
                from select import select

                select([], [self.fd], [])  # wait until it can be written to

    def finish(self) -> None:
        """Make the output complete."""
        self._close()

    def discard(self) -> None:
        """Undo what was done, as far as possible, unless the output is finished. Never raises."""
        with suppress(OSError):
            self._close()

    def _close(self) -> None:
        """Close the descriptor, once. A full disk may be reported only here."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)


class StandardOutput(Output):
    """Standard output, which stays open. On a terminal, bidi overrides and embeddings are written as escapes."""

    def open(self) -> None:
        """Check that it is open."""
        if sys.stdout is None:  # it was closed before Python began
            raise OSError(errno.EBADF, "")
        self.fd = STDOUT

    def write(self, data: bytes) -> None:
        """Take bytes, and write them when enough have been collected."""
        if b"\xe2" in data and os.isatty(STDOUT):
            import re

            data = re.sub(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])", lambda m: b"\\u%04x" % ord(m[0].decode()), data)
        super().write(data)

    def _close(self) -> None:
        """Close a copy, since some errors are reported only by a close (NFS)."""
        os.close(os.dup(STDOUT))


class Replacement(Output):
    """A new file beside the old one. When it is complete, it takes the place of the old one.

    Until then the old file is unchanged. The new file gets its permissions and, if allowed, its owner. It is locked, so
    that the next run for this path can tell what a killed run left, and remove that.
    """

    _temporary = ""

    def open(self) -> None:
        """Remove what killed runs left, and make the new file."""
        from fcntl import LOCK_EX, LOCK_NB, flock
        from zlib import crc32  # the few modules of a plain run are all that is imported at its start

        folder, name = os.path.split(self._path)
        beginning = os.path.join(folder, f".newsparse-{crc32(os.fsencode(name)):08x}-")  # noqa: PTH118
        with suppress(OSError):
            for other in os.listdir(folder):  # noqa: PTH208 (pathlib is not imported at start-up)
                path = os.path.join(folder, other)  # noqa: PTH118
                if path.startswith(beginning):
                    with suppress(OSError):  # another run has locked it; what is not locked, a killed run left
                        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | AS_IT_IS)
                        try:
                            flock(fd, LOCK_EX | LOCK_NB)
                            os.unlink(path)  # noqa: PTH108
                        finally:
                            os.close(fd)
        mode = 0o666 if self._old is None else stat.S_IMODE(self._old.st_mode) & 0o777
        self._temporary = beginning + os.urandom(12).hex()
        while self.fd < 0 or not os.fstat(self.fd).st_nlink:  # another run removed it before it was locked
            self._close()
            self.fd = os.open(self._temporary, _NEW, mode)
            with suppress(OSError):  # without locks nothing is removed
                flock(self.fd, LOCK_EX)
        if self._old is not None:
            owner, new = (self._old.st_uid, self._old.st_gid), os.fstat(self.fd)
            if (new.st_uid, new.st_gid) != owner:
                with suppress(PermissionError):
                    os.fchown(self.fd, *owner)
            os.fchmod(self.fd, mode)

    def finish(self) -> None:
        """Give the new file the name of the old one, once all its bytes are on the disk."""
        make_last(self.fd)
        lock = os.dup(self.fd)  # until the file has its name
        try:
            self._close()
            os.replace(self._temporary, self._path)  # noqa: PTH105
        finally:
            os.close(lock)
        sync_name(self._path)

    def discard(self) -> None:
        """Remove the new file."""
        super().discard()
        with suppress(OSError):
            os.unlink(self._temporary)  # noqa: PTH108


def make_last(fd: int) -> None:
    """Wait until the written bytes are on the disk, if the file system supports it."""
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def sync_name(path: str) -> None:
    """Wait until the name of a file is on the disk."""
    fd = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)  # noqa: PTH120
    try:
        make_last(fd)
    finally:
        os.close(fd)


def locked(path: str, say: Callable[[], object] = lambda: None, seconds: float = inf) -> int:
    """A descriptor of the file, for reading anywhere and writing at its end; the file is locked, and made if it does
    not exist. `say` is called once if another run is waited for, for at most this number of seconds; then UnfitError
    is raised."""
    import fcntl

    end, said = time.monotonic() + seconds, False
    while True:
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | AS_IT_IS, 0o666)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.stat(path), os.fstat(fd)):  # noqa: PTH116 (it was not replaced meanwhile)
                return fd
        except FileNotFoundError:
            pass
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(fd)
                raise UnfitError("another program holds its lock; wait until it is done") from None
            if not said:
                say()
                said = True
            time.sleep(LOCK_INTERVAL_SECONDS)
        os.close(fd)


def discard_all() -> None:
    """Discard all outputs that are still open. A signal may come before an output can do it itself."""
    for output in _OPEN:
        output.discard()


STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already: never replaced
READ_BLOCK_BYTES = 1 << 20
MAX_TAIL_BYTES = 1 << 26  # bytes without the end of a record that are looked at; more were written by no run of ours

_ID = rare(rb"np1-[0-9a-f]{16}")
_WHOLE_ID = rare(r"np1-[0-9a-f]{16}")


@contextmanager
def output_to(path: str | None, *, append: bool = False, say: Say = lambda what, always: None) -> Iterator[Output]:
    """An output to the path, or to standard output if it is None; open it with ``with``.

    When the block ends normally, the output is complete. After an exception, also one that a signal raised, a file is
    as it was before. With `append` the file is locked and added to; otherwise a regular file is replaced in one step.
    FIFOs, devices and standard output are written to directly. `say` gets messages for standard error: waiting for a
    lock, cutting a torn end.

    Every failure in the block that the system reports is an `OutputError`, except BrokenPipeError: then the reader has
    gone.
    """
    with errors_of("standard output" if path is None else path):
        output = _output(path, append, say)
        _OPEN.add(output)
        try:
            output.open()
            yield output
            if output.fd >= 0:  # it was not discarded
                output.flush()
                output.finish()
        except BaseException:
            output.discard()
            raise
        finally:
            _OPEN.discard(output)


def _output(path: str | None, append: bool, say: Say) -> Output:
    if path is None:
        return StandardOutput("")
    old = checked(path)
    if path.startswith(STREAMS) or (old and not stat.S_ISREG(old.st_mode)):
        return Output(path)
    real = os.path.realpath(path)
    if not append:
        return Replacement(real, old)
    return Appended(real, old, lambda what, always: say(f"{printed(path)}: {what}", always))


def checked(path: str) -> os.stat_result | None:
    """The status of the file at the path, if one exists. OSError and UnfitError say why it cannot be written."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        if path.endswith(os.sep):
            raise IsADirectoryError(errno.EISDIR, "") from None
        return None
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if stat.S_ISREG(found.st_mode):
        if not found.st_mode & 0o222:
            raise UnfitError(READ_ONLY)
        os.close(os.open(path, os.O_WRONLY | AS_IT_IS))  # its error says why not, as on a disk that is read-only
    return found


# Adding to a file -------------------------------------------------------------------------------------------------


class Appended(Output):
    """A file that is open for appending."""

    _start: int | None = None  # where what is added begins; None while the end of the file is not repaired

    def open(self) -> None:
        """Open and lock the file; wait until no other run writes to it."""
        self.fd = locked(self._path, lambda: self._say("another run is writing to it; waiting", False))

    def begin(self, header: bytes, form: str = "jsonl") -> None:
        """Repair the end of the file, and check that it begins with `header`; `form` is the format."""
        end = os.fstat(self.fd).st_size
        _check_beginning(self.fd, header, form)
        start = (_end_of_csv if form == "csv" else _end_of_lines)(self.fd, end)
        tail = os.pread(self.fd, end - start, start)
        added = b"" if start else header
        if tail and (start or form == "jsonl") and _is_record(tail, form, header):
            start = end
            added = b"\r\n" if header.endswith(b"\r\n") and not tail.endswith(b"\r") else b"\n"
            self._say("the last record lacked its line end, and has one now", False)
        elif tail:
            os.ftruncate(self.fd, start)
            self._say(f"cut a torn last record ({len(tail)} bytes) that a killed run left", True)
        self._start = start
        self.write(added)

    def ids(self, form: str) -> Iterator[str]:
        """The ids of the records in the file."""
        found = _ids_of_json(self._path) if form == "jsonl" else _ids_of_table(self._path, form)
        return filter(_WHOLE_ID.fullmatch, found)

    def finish(self) -> None:
        """Wait until all bytes are on the disk."""
        make_last(self.fd)
        if self._old is None:
            sync_name(self._path)
        self._close()

    def discard(self) -> None:
        """Cut off everything that was added."""
        with suppress(OSError):
            if self._start is not None and self.fd >= 0:
                os.ftruncate(self.fd, self._start)
            if self._old is None and self.fd >= 0 and os.fstat(self.fd).st_size == 0:
                os.unlink(self._path)  # noqa: PTH108
        super().discard()


# Where the last whole record ends ---------------------------------------------------------------------------------


def _check_beginning(fd: int, header: bytes, form: str) -> None:
    """Raise UnfitError if the beginning of the file has another format or other columns."""
    begun = os.pread(fd, max(len(header), 4096), 0).rstrip(b"\0")  # zeros are what a power failure leaves
    if begun == header[: len(begun)]:
        return  # nothing, a torn header, or all of it
    if form == "jsonl":
        if begun.lstrip()[:1] not in (b"{", b""):
            raise UnfitError("is no JSON Lines: it does not begin with {; name its format with --to, or another file")
    elif not begun.startswith(header):
        plain, columns = begun.removeprefix(BOM_UTF8), header.decode("utf-8-sig").strip()
        mark = begun.startswith(BOM_UTF8)
        if mark != header.startswith(BOM_UTF8) and plain.startswith(columns.encode()):
            raise UnfitError(f"was written {'with' if mark else 'without'} --excel; add to it in the same way")
        first = plain.split(b"\n")[0].decode(errors="replace").strip()
        raise UnfitError(
            f"has other columns ({first[:200]}) than these records ({columns}); "
            "give the same --fields and --keep, or another file"
        )


def _end_of_lines(fd: int, size: int) -> int:
    """The position of the last line end."""
    for length in (READ_BLOCK_BYTES, MAX_TAIL_BYTES):
        start = max(0, size - length)
        if (after := os.pread(fd, length, start).rfind(b"\n") + 1) or not start:
            return start + after
    raise UnfitError("has a last line that is too long to be a torn record; mend it by hand")


def _end_of_csv(fd: int, size: int) -> int:
    """The position where the last whole record ends: the last line end that is not inside quotes."""
    end = place = 0
    is_quoted = False
    with open(fd, "rb", closefd=False) as file:
        while place - end <= MAX_TAIL_BYTES and (line := file.readline(READ_BLOCK_BYTES)):
            place += len(line)
            is_quoted ^= line.count(b'"') % 2 == 1
            if line.endswith(b"\n") and not is_quoted:
                end = place
    if place - end > MAX_TAIL_BYTES or len(_ID.findall(os.pread(fd, size - end, end))) > 1:
        raise UnfitError(f"cannot be read as CSV after byte {end}: a quote is not closed; mend it by hand")
    return end


def _is_record(tail: bytes, form: str, header: bytes) -> bool:
    """Whether the text behind the last line end is a whole record without its line end. Raises UnfitError if it is not
    the beginning of a record either."""
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

    csv.field_size_limit(MAX_TAIL_BYTES)
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:  # noqa: PTH123
        lines = (line.replace("\0", "") for line in file)
        rows = (line.rstrip("\n").split("\t") for line in lines) if form == "tsv" else csv.reader(lines)
        names = next(rows, ["id"])
        _check_id(names)
        column = names.index("id")
        yield from (row[column] for row in rows if len(row) > column)


def _check_id(names: Container[str]) -> None:
    """Raise UnfitError if the names of the fields have no id."""
    if "id" not in names:
        raise UnfitError(
            "has records without id, by which --unique knows them; name id in --fields from the first run on"
        )
