"""Where bytes go: standard output, a device, or a file that is replaced as a whole.

Knows file descriptors, and what may fail on them. Does not know what the bytes are. Errors are OSError here;
`newsparse.writing.output` says them in words.

Bytes are collected here and written by system calls: no buffer is left that Python would flush at its own end, when
nobody hears of a failure any more.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial

CHUNK = 1 << 18  # bytes that are collected before they are written
STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already: never replaced

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_SAFELY = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_AS_IT_IS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class Target:
    """Something to write to. One that was not opened takes nothing, and has nothing to discard.

    Attributes:
        fd: the file descriptor; -1 where there is none.
    """

    fd = -1

    def __init__(self) -> None:
        """Nothing collected yet."""
        self._parts: list[bytes] = []
        self._size = 0

    def open(self) -> None:
        """Begin. Whatever fails in here or is interrupted, `discard` makes good."""

    def add(self, data: bytes) -> None:
        """Take bytes; they are written when there are enough of them."""
        self._parts.append(data)
        self._size += len(data)
        if self._size >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        data = memoryview(b"".join(self._parts))
        self._parts, self._size = [], 0
        while data:
            try:
                data = data[self.write(data) :]
            except BlockingIOError:
                _wait(self.fd)

    def write(self, data: memoryview) -> int:
        """Write some of the bytes; how many."""
        return os.write(self.fd, data)

    def commit(self) -> None:
        """Everything is written: make it last."""
        self.flush()

    def discard(self) -> None:
        """Leave things as they were, as far as that can be. Raises nothing."""

    def close(self) -> None:
        """Close the descriptor, once; that may be the moment when a disk turns out to be full."""
        if self.fd >= 0:
            fd, self.fd = self.fd, -1
            os.close(fd)


class StandardOutput(Target):
    """Standard output, which stays open."""

    _is_terminal = False

    def open(self) -> None:
        """Raises OSError if it is closed."""
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
        """Take bytes; on a terminal the bidi overrides and embeddings in them are spelled out."""
        if self._is_terminal and b"\xe2" in data:
            import re

            data = re.sub(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])", lambda m: b"\\u%04x" % ord(m[0].decode()), data)
        super().add(data)

    def write(self, data: memoryview) -> int:
        """Write some of the bytes; how many."""
        return self._write(data)

    def commit(self) -> None:
        """Write the rest, and ask for what only a close would tell (NFS)."""
        self.flush()
        if self.fd >= 0:
            os.close(os.dup(self.fd))


class Through(Target):
    """A FIFO, a device, or what is open already: written to as it is."""

    def __init__(self, path: str) -> None:
        """At the path."""
        super().__init__()
        self.path = path

    def open(self) -> None:
        """Open it; a FIFO waits for its reader."""
        self.fd = os.open(self.path, os.O_WRONLY | os.O_APPEND | _AS_IT_IS)

    def commit(self) -> None:
        """Write the rest, and close."""
        self.flush()
        self.close()

    def discard(self) -> None:
        """Close it. What was written is gone."""
        with suppress(OSError):
            self.close()


class Replacement(Target):
    """A new file beside the old one, which takes its place when it is complete.

    Until then the old one stands as it was. The new one has its permissions, and where it can its owner.
    """

    def __init__(self, path: str, old: os.stat_result | None, sync: bool = True) -> None:
        """`path` is no symbolic link, `old` is what stands there, `sync` whether to wait until the disk has it."""
        super().__init__()
        self.path, self.old, self.sync = path, old, sync
        self._folder = os.path.dirname(path)  # noqa: PTH120 (pathlib is not imported at start-up)
        self._temporary = os.path.join(self._folder, f".newsparse-{os.urandom(12).hex()}")  # noqa: PTH118

    def open(self) -> None:
        """Begin the new file; it is never more open to others than the one it replaces."""
        mode = 0o666 if self.old is None else stat.S_IMODE(self.old.st_mode) & 0o777
        self.fd = os.open(self._temporary, _NEW | _SAFELY, mode)
        if self.old is not None:
            _give(self.fd, self.old, mode)

    def commit(self) -> None:
        """Put the new file in the place of the old one."""
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
    """Wait until the disk has what was written, where the file system can tell."""
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def sync_folder(path: str) -> None:
    """The same for the names in a folder."""
    if hasattr(os, "O_DIRECTORY"):  # not on Windows
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            make_last(fd)
        finally:
            os.close(fd)


def opened_for_more(path: str) -> int:
    """A descriptor of the file, made if there is none, that reads anywhere and writes at its end."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _AS_IT_IS, 0o666)


def _give(fd: int, old: os.stat_result, mode: int) -> None:
    """The new file gets the old one's owner, where that is allowed, and its permissions."""
    if not hasattr(os, "fchmod"):
        return  # Windows
    new = os.fstat(fd)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(PermissionError):
            os.fchown(fd, old.st_uid, old.st_gid)
    os.fchmod(fd, mode)


def _wait(fd: int) -> None:
    """Until a descriptor that does not block takes more."""
    from select import select

    select([], [fd], [])
