"""The output of a run: complete or untouched, and every failure is reported.

Knows what is at a path, and what to tell the user if it cannot be written. The writing itself is in
`newsparse.writing.target` and `newsparse.writing.append`. None of the three knows what the bytes mean.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from typing import Any, TypeVar

from newsparse.reading.inputs import printed
from newsparse.record import NewsparseError
from newsparse.writing.append import Appended, Say, SeenIds, UnfitError
from newsparse.writing.target import STREAMS, Replacement, StandardOutput, Target, Through

__all__ = ["Output", "OutputError", "SeenIds"]

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
        name: the name of the output, as given.
        what: what is wrong, and what to do.
    """

    def __init__(self, name: str, what: str) -> None:
        """An error with these attributes."""
        super().__init__(f"{printed(name)}: {what}")
        self.name, self.what = name, what


class Output:
    """The output that a run writes to; a context manager.

    When the ``with`` block ends normally, a regular file is replaced in one step. After an exception, also one that a
    signal raised, the old file is unchanged. With `append` the file is locked, and an exception cuts off what was
    added. FIFOs, devices and standard output are written to directly.

    Every failure is an `OutputError`, except BrokenPipeError: then the reader has gone.
    """

    def __init__(
        self,
        path: str | None,
        *,
        append: bool = False,
        sync: bool = True,
        say: Say = lambda what, always: None,
    ) -> None:
        """An output to the path, or to standard output if it is None.

        Args:
            path: the path of the file.
            append: add to the file.
            sync: wait until the bytes are on the disk.
            say: a function that gets messages for standard error: waiting for a lock, cutting a torn end.
        """
        self.path, self.append, self.sync = path, append, sync
        self.name = "standard output" if path is None else path
        self._say: Say = lambda what, always: say(f"{printed(self.name)}: {what}", always)
        self._target = Target()

    def __enter__(self) -> Output:
        """Open the output, so that errors show before any input is read."""
        self._target = self._do(self._chosen)
        _OPEN.add(self._target)
        try:
            self._do(self._target.open)
        except BaseException:
            self.discard()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Commit the output, or discard it after an exception."""
        try:
            if kind is None:
                self._do(self._target.commit)
                _OPEN.discard(self._target)
                self._target = Target()
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave the file as it was before the run."""
        self._target.discard()
        _OPEN.discard(self._target)
        self._target = Target()

    def begin(self, header: bytes, form: str = "jsonl") -> None:
        """Write the bytes before the first record; when appending, check that the file begins with them.

        Raises:
            OutputError: the file has other columns, or another format than `form`.
        """
        if isinstance(self._target, Appended):
            self._do(self._target.begin, header, form)
        else:
            self.write(header)

    def seen(self, form: str) -> SeenIds:
        """The ids of the records that are in the file already; none if the file is replaced. Call `begin` first."""
        seen = SeenIds()
        if isinstance(self._target, Appended):
            if not self._target.is_mended:
                raise RuntimeError("a torn record may still stand at the end: call begin() first")
            self._do(seen.read, self._target.path, form)
        return seen

    def write(self, data: bytes) -> None:
        """Take bytes, and write them when enough have been collected."""
        self._do(self._target.add, data)

    def flush(self) -> None:
        """Write all bytes that were collected."""
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
        """Call the function, and turn its errors into an OutputError."""
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
    """Discard all outputs that are still open. A signal may come before an output can do it itself."""
    for target in _OPEN:
        target.discard()


def checked(path: str) -> os.stat_result | None:
    """The status of the file at the path, if one exists.

    Raises:
        OSError: the path is a folder, or leads nowhere.
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
    if stat.S_ISREG(found.st_mode) and not (found.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise UnfitError(READ_ONLY)
    return found
