"""The output of a run: complete or untouched.

Knows which class of output a path needs. The classes are in `newsparse.writing.target` and `newsparse.writing.append`.
"""

from __future__ import annotations

import errno
import os
import stat

from newsparse.reading.inputs import printed
from newsparse.writing.target import (
    AS_IT_IS,
    READ_ONLY,
    Output,
    Replacement,
    Say,
    StandardOutput,
    UnfitError,
    errors_of,
)

STREAMS = ("/dev/std", "/dev/fd/", "/proc/")  # names of what is open already: never replaced


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
        return StandardOutput()
    with errors_of(path):
        old = checked(path)
    if path.startswith(STREAMS) or (old and not stat.S_ISREG(old.st_mode)):
        return Output(path)
    if not append:
        return Replacement(path, old)
    from newsparse.writing.append import Appended

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
            raise UnfitError(READ_ONLY)
        os.close(os.open(path, os.O_WRONLY | AS_IT_IS))  # its error says why not, as on a disk that is read-only
    return found
