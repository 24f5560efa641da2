"""Outputs of bytes: standard output, a device, or a file that is replaced in one step; every failure is reported.

Knows file descriptors, their errors, and what to tell the user if something cannot be written. Does not know what the
bytes mean. Adding to a file is in `newsparse.writing.output`.

The bytes are collected here and written by system calls. So Python has no buffer to flush at its end, when an error
would be lost.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from math import inf
from typing import TypeVar

from newsparse.reading.inputs import plainly, printed
from newsparse.record import NewsparseError

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
Self = TypeVar("Self", bound="Output")
_OPEN: set[Output] = set()


class UnfitError(Exception):
    """The output is not fit for these records. The message says why, and what to do."""


class OutputError(NewsparseError):
    """The output cannot be written."""

    def __init__(self, name: str, what: str) -> None:
        """`name` is the output as given; `what`: what is wrong, and what to do."""
        super().__init__(f"{printed(name)}: {what}")
        self.name, self.what = name, what


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
    """An output that is written to directly, and the base class of the others; a context manager.

    When the ``with`` block ends normally, the output is complete. After an exception, also one that a signal raised, a
    file is as it was before. FIFOs, devices and standard output are written to directly.

    Every failure is an `OutputError`, except BrokenPipeError: then the reader has gone.
    """

    fd = -1  # the file descriptor; -1 if it is not open

    def __init__(self, name: str) -> None:
        """An output that is not open, by its name for messages."""
        self.name = name
        self._parts: list[bytes] = []
        self._size = 0

    def __enter__(self: Self) -> Self:
        """Open the output, so that errors show before any input is read."""
        _OPEN.add(self)
        try:
            with errors_of(self.name):
                self._open()
        except BaseException:
            self.__exit__(BaseException)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Finish the output, or discard it after an exception."""
        try:
            if kind is None:
                with errors_of(self.name):
                    self._flush()
                    self._finish()
        finally:
            self.discard()
            _OPEN.discard(self)

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
        with errors_of(self.name):
            self._flush()

    def discard(self) -> None:
        """Undo what was done, as far as possible, unless the output is finished. Never raises."""
        with suppress(OSError):
            self._close()

    def _open(self) -> None:
        """Open a FIFO, a device, or an open descriptor, which is written to directly. A FIFO waits for its reader."""
        self.fd = os.open(self.name, os.O_WRONLY | os.O_APPEND | AS_IT_IS)

    def _flush(self) -> None:
        data = memoryview(b"".join(self._parts))
        self._parts, self._size = [], 0
        while data:
            try:
                data = data[self._write(data) :]
            except BlockingIOError:
                from select import select

                select([], [self.fd], [])  # wait until it can be written to

    def _write(self, data: memoryview) -> int:
        return os.write(self.fd, data)

    def _finish(self) -> None:
        """Finish: everything has been written."""
        self._close()

    def _close(self) -> None:
        """Close the descriptor, once. A full disk may be reported only here."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)


class StandardOutput(Output):
    """Standard output, which stays open. On a terminal, bidi overrides and embeddings are written as escapes."""

    _is_terminal = False

    def __init__(self) -> None:
        """Standard output."""
        super().__init__("standard output")

    def _open(self) -> None:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.flush()
        self._to: Callable[[memoryview], int] = sys.stdout.buffer.write  # in memory, as tests have it
        with suppress(OSError):
            self.fd = sys.stdout.buffer.fileno()
            self._to = partial(os.write, self.fd)
            self._is_terminal = os.isatty(self.fd)

    def write(self, data: bytes) -> None:
        """Take bytes, and write them when enough have been collected."""
        if self._is_terminal and b"\xe2" in data:
            import re

            data = re.sub(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])", lambda m: b"\\u%04x" % ord(m[0].decode()), data)
        super().write(data)

    def _write(self, data: memoryview) -> int:
        return self._to(data)

    def _finish(self) -> None:
        if self.fd >= 0:
            os.close(os.dup(self.fd))  # some errors are reported only by a close (NFS)

    def discard(self) -> None:
        """Do nothing: written bytes cannot be taken back."""


class Replacement(Output):
    """A new file beside the old one. When it is complete, it takes the place of the old one.

    Until then the old file is unchanged. The new file gets its permissions and, if allowed, its owner. It is locked, so
    that the next run for this path can tell what a killed run left, and remove that.
    """

    def __init__(self, name: str, old: os.stat_result | None) -> None:
        """`old` is the status of the file, if there is one."""
        super().__init__(name)
        self._path, self._old = os.path.realpath(name), old
        self._folder = os.path.dirname(self._path)  # noqa: PTH120 (pathlib is not imported at start-up)
        from zlib import crc32  # the few modules of a plain run are all that is imported at its start

        beginning = f".newsparse-{crc32(os.fsencode(os.path.basename(self._path))):08x}-"  # noqa: PTH119
        self._beginning = os.path.join(self._folder, beginning)  # noqa: PTH118
        self._temporary = self._beginning + os.urandom(12).hex()

    def _open(self) -> None:
        from fcntl import LOCK_EX, LOCK_NB, flock

        with suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208
                path = os.path.join(self._folder, name)  # noqa: PTH118
                if path.startswith(self._beginning):
                    with suppress(OSError):  # another run has locked it; what is not locked, a killed run left
                        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | AS_IT_IS)
                        try:
                            flock(fd, LOCK_EX | LOCK_NB)
                            os.unlink(path)  # noqa: PTH108
                        finally:
                            os.close(fd)
        mode = 0o666 if self._old is None else stat.S_IMODE(self._old.st_mode) & 0o777
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

    def _finish(self) -> None:
        make_last(self.fd)
        lock = os.dup(self.fd)  # until the file has its name
        try:
            self._close()
            os.replace(self._temporary, self._path)  # noqa: PTH105
        finally:
            os.close(lock)
        sync_folder(self._folder)

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


def sync_folder(path: str) -> None:
    """Wait until the names in a folder are on the disk."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        make_last(fd)
    finally:
        os.close(fd)


def locked(path: str, say: Callable[[], object] = lambda: None, seconds: float = inf) -> int:
    """A descriptor of the file, for reading anywhere and writing at its end; the file is locked, and made if it does
    not exist. `say` is called once if another run is waited for, for at most this number of seconds.

    Raises:
        OSError: the file cannot be opened.
        UnfitError: another run still holds the lock.
    """
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
