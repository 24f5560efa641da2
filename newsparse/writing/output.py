"""The output of a run: whole or not at all, and never a failure that nobody hears of.

Knows what a path stands for and what to say when it cannot be written. How bytes get there is known by
`newsparse.writing.target` and `newsparse.writing.append`; what they are, by none of the three.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from typing import Any, TypeVar

from newsparse.reading.inputs import printed
from newsparse.record import NewsparseError
from newsparse.writing.append import Appended, Say, Seen, UnfitError
from newsparse.writing.target import STREAMS, Replacement, StandardOutput, Target, Through

__all__ = ["Output", "OutputError", "Seen", "is_same_file"]

_Result = TypeVar("_Result")
_OPEN: set[Target] = set()

WHY = {
    errno.ENOENT: "there is no such folder; make it first",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "it is a folder; name a file in it",
    errno.EACCES: "no permission; see ls -ld of it and of its folder",
    errno.EPERM: "no permission; see ls -ld and lsattr of it and of its folder",
    errno.EROFS: "its file system is read-only",
    errno.ENOSPC: "no space left on the device; make room, or write elsewhere",
    errno.EDQUOT: "the disk quota is used up; make room, or write elsewhere",
    errno.EFBIG: "the file would be larger than the limit (ulimit -f, or that of the file system)",
    errno.EBADF: "it is closed",
    errno.EBUSY: "it cannot be replaced (is it a mount?); write to another file",
    errno.EIO: "the disk or the connection failed (input/output error)",
    errno.ELOOP: "a symbolic link leads back to itself",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENXIO: "it is a socket or a device without a driver",
    errno.ENOLCK: "its file system has no locks, which --append needs",
}
READ_ONLY = "cannot be written: it is read-only; make it writable (chmod u+w), or name another file"


class OutputError(NewsparseError):
    """The output cannot be written.

    Attributes:
        name: of the output, as given.
        what: what is wrong, and what to do.
    """

    def __init__(self, name: str, what: str) -> None:
        """Each argument is the attribute of its name."""
        super().__init__(f"{printed(name)}: {what}")
        self.name, self.what = name, what


class Output:
    """Where the bytes of a run go.

    A regular file is replaced as a whole when the ``with`` block ends well; after any exception, that of a signal's
    handler included, it is as it was. With `append` it is locked, and what was added is cut off after an exception.
    FIFOs, devices and standard output are written through.

    Every failure is an `OutputError`, but for BrokenPipeError: that is no failure of ours.
    """

    def __init__(
        self,
        path: str | None,
        *,
        append: bool = False,
        sync: bool = True,
        say: Say = lambda what, always: None,
    ) -> None:
        """To the path, or to standard output where it is None.

        Args:
            path: the file.
            append: add to the file.
            sync: wait until the disk has it.
            say: told what is worth a line on standard error: that a lock is waited for, that a torn end was cut.
        """
        self.path, self.append, self.sync = path, append, sync
        self.name = "standard output" if path is None else path
        self._say: Say = lambda what, always: say(f"{printed(self.name)}: {what}", always)
        self._target = Target()

    def __enter__(self) -> Output:
        """Open the output, so that what is wrong with it shows before anything is read."""
        self._target = self._do(self._chosen)
        _OPEN.add(self._target)
        try:
            self._do(self._target.open)
        except BaseException:
            self.discard()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Make all of it last, or nothing."""
        try:
            if kind is None:
                self._do(self._target.commit)
                _OPEN.discard(self._target)
                self._target = Target()
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave things as they were before."""
        self._target.discard()
        _OPEN.discard(self._target)
        self._target = Target()

    def begin(self, header: bytes, form: str = "jsonl") -> None:
        """Write what stands before the first record; where records are added to others, see that it is there.

        Raises:
            OutputError: the file that is added to has other columns, or is of another format than `form`.
        """
        if isinstance(self._target, Appended):
            self._do(self._target.begin, header, form)
        else:
            self.write(header)

    def seen(self, form: str) -> Seen:
        """The ids of the records that stand in the file already, once it has begun; none where it is not added to."""
        seen = Seen()
        if isinstance(self._target, Appended):
            if not self._target.is_mended:
                raise RuntimeError("a torn record may still stand at the end: call begin() first")
            self._do(seen.read, self._target.path, form)
        return seen

    def write(self, data: bytes) -> None:
        """Take more bytes; they are written when there are enough of them."""
        self._do(self._target.add, data)

    def flush(self) -> None:
        """Pass on what was taken."""
        self._do(self._target.flush)

    def _chosen(self) -> Target:
        if self.path is None:
            return StandardOutput()
        old = checked(self.path)
        if self.path.startswith(STREAMS) or (old and not stat.S_ISREG(old.st_mode)):
            return Through(self.path)
        real = os.path.realpath(self.path)
        return Appended(real, self._say, self.sync) if self.append else Replacement(real, old, self.sync)

    def _do(self, action: Callable[..., _Result], *values: Any) -> _Result:
        """Do it, and say in words what fails."""
        try:
            return action(*values)
        except BrokenPipeError:
            raise
        except OSError as error:
            what = WHY.get(error.errno or 0) or error.strerror or str(error)
            raise OutputError(self.name, f"cannot be written: {what}") from None
        except UnfitError as error:
            raise OutputError(self.name, str(error)) from None


def discard_all() -> None:
    """Discard what is open yet: a signal can come before the first line of a clean-up."""
    for target in _OPEN:
        target.discard()


def is_same_file(path: str, fd: int) -> bool:
    """Whether an open descriptor is of the regular file at the path, under whatever name it was opened."""
    try:
        there, here = os.stat(path), os.fstat(fd)  # noqa: PTH116
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(here.st_mode) and os.path.samestat(there, here)


def checked(path: str) -> os.stat_result | None:
    """What stands at the path, if anything does.

    Raises:
        OSError: a folder, or a path that leads nowhere.
        UnfitError: a read-only file.
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
    if stat.S_ISREG(found.st_mode) and not (found.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UnfitError(READ_ONLY)
    return found
