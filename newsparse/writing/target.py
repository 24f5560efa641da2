"""Targets of bytes: standard output, a device, or a file that is replaced in one step.

Knows file descriptors and their errors, which are OSError here; `newsparse.writing.output` makes messages of them. Does
not know what the bytes mean.

The bytes are collected here and written by system calls. So Python has no buffer to flush at its end, when an error
would be lost.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial

CHUNK_BYTES = 1 << 18  # bytes that are collected before they are written
STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already: never replaced

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_SAFELY = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_AS_IT_IS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class Target:
    """The base class of targets. A target that is not open takes no bytes, and its `discard` does nothing.

    Attributes:
        fd: the file descriptor; -1 if it is not open.
    """

    fd = -1

    def __init__(self) -> None:
        """A target that is not open."""
        self._parts: list[bytes] = []
        self._size = 0

    def open(self) -> None:
        """Open the target. If this fails or is interrupted, call `discard`."""

    def add(self, data: bytes) -> None:
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
                data = data[self.write(data) :]
            except BlockingIOError:
                _wait(self.fd)

    def write(self, data: memoryview) -> int:
        """Write some of the bytes, and return their number."""
        return os.write(self.fd, data)

    def commit(self) -> None:
        """Finish: everything has been written."""
        self.flush()

    def discard(self) -> None:
        """Undo what was done, as far as possible. Never raises."""

    def close(self) -> None:
        """Close the descriptor, once. A full disk may be reported only here."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)


class StandardOutput(Target):
    """Standard output, which stays open."""

    _is_terminal = False

    def open(self) -> None:
        """Check that standard output is open. Raises OSError if not."""
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.flush()
        try:
            self.fd = sys.stdout.buffer.fileno()
        except OSError:  # in memory, as tests have it
            self._write: Callable[[memoryview], int] = sys.stdout.buffer.write
        else:
            self._write = partial(os.write, self.fd)
            self._is_terminal = os.isatty(self.fd)

    def add(self, data: bytes) -> None:
        """Take bytes. On a terminal, bidi overrides and embeddings are written as escapes."""
        if self._is_terminal and b"\xe2" in data:
            import re

            data = re.sub(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])", lambda m: b"\\u%04x" % ord(m[0].decode()), data)
        super().add(data)

    def write(self, data: memoryview) -> int:
        """Write some of the bytes; how many."""
        return self._write(data)

    def commit(self) -> None:
        """Write the rest, and check for errors that only a close reports (NFS)."""
        self.flush()
        if self.fd >= 0:
            os.close(os.dup(self.fd))


class Through(Target):
    """A FIFO, a device, or an open descriptor, which is written to directly."""

    def __init__(self, path: str) -> None:
        """A target at the path."""
        super().__init__()
        self.path = path

    def open(self) -> None:
        """Open the path. A FIFO waits for its reader."""
        self.fd = os.open(self.path, os.O_WRONLY | os.O_APPEND | _AS_IT_IS)

    def commit(self) -> None:
        """Write the rest, and close."""
        self.flush()
        self.close()

    def discard(self) -> None:
        """Close the descriptor. Written bytes cannot be taken back."""
        with suppress(OSError):
            self.close()


class Replacement(Target):
    """A new file beside the old one. When it is complete, it takes the place of the old one.

    Until then the old file is unchanged. The new file gets its permissions and, if allowed, its owner.
    """

    def __init__(self, path: str, old: os.stat_result | None, sync: bool = True) -> None:
        """`path` must not be a symbolic link; `old` is the status of its file; `sync`: wait for the disk."""
        super().__init__()
        self.path, self.old, self.sync = path, old, sync
        self._folder = os.path.dirname(path)  # noqa: PTH120 (pathlib is not imported at start-up)
        self._temporary = os.path.join(self._folder, f".newsparse-{os.urandom(12).hex()}")  # noqa: PTH118

    def open(self) -> None:
        """Create the new file. Its permissions never allow more than those of the old one."""
        mode = 0o666 if self.old is None else stat.S_IMODE(self.old.st_mode) & 0o777
        self.fd = os.open(self._temporary, _NEW | _SAFELY, mode)
        if self.old is not None:
            _give(self.fd, self.old, mode)

    def commit(self) -> None:
        """Replace the old file by the new one."""
        self.flush()
        if self.sync:
            make_last(self.fd)
        self.close()
        os.replace(self._temporary, self.path)  # noqa: PTH105
        if self.sync:
            sync_folder(self._folder)

    def discard(self) -> None:
        """Remove the new file."""
        with suppress(OSError):
            self.close()
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
    if hasattr(os, "O_DIRECTORY"):  # not on Windows
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            make_last(fd)
        finally:
            os.close(fd)


def opened_for_more(path: str) -> int:
    """A descriptor that reads the file anywhere and writes at its end. The file is made if it does not exist."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _AS_IT_IS, 0o666)


def _give(fd: int, old: os.stat_result, mode: int) -> None:
    """Give the new file the permissions of the old one and, if allowed, its owner."""
    if not hasattr(os, "fchmod"):
        return  # Windows
    new = os.fstat(fd)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(PermissionError):
            os.fchown(fd, old.st_uid, old.st_gid)
    os.fchmod(fd, mode)


def _wait(fd: int) -> None:
    """Wait until a non-blocking descriptor can be written to."""
    from select import select

    select([], [fd], [])
