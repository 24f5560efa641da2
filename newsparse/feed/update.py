"""Adding pages to the file of a profile: under a lock, since other runs may do the same.

Knows files and locks. Does not know the content of a profile.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from datetime import datetime

from newsparse.feed.learn import SeenPage
from newsparse.feed.profile import Profile
from newsparse.writing.output import Output, OutputError

LOCK_SECONDS = 10


def updated(path: str, pages: Collection[SeenPage], now: datetime | None) -> Profile:
    """Add pages to the profile in a file, and return it. The file is made if it does not exist.

    Raises:
        ProfileError: the file is no profile.
        OutputError: the file cannot be written, or another run holds its lock.
    """
    is_new = not os.path.exists(path)  # noqa: PTH110
    lock = _locked(path)
    try:
        profile = Profile.load(path, with_pages=True)
        before = "" if is_new else profile.dumps()
        profile.add(pages, now)
        if profile.dumps() != before:
            profile.save(path)
            is_new = False
    finally:
        if is_new:
            os.unlink(path)  # noqa: PTH108
        os.close(lock)
    return profile


def _locked(path: str) -> int:
    """Open and lock the file."""
    try:
        import fcntl
    except ModuleNotFoundError:
        raise OutputError(path, "--learn needs the locks of a Unix system") from None
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError:
            with Output(path):  # says why
                pass
            raise
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.stat(path), os.fstat(file)):  # noqa: PTH116
                return file
        except FileNotFoundError:
            pass
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(file)
                raise OutputError(path, "another program holds its lock; wait until it is done") from None
            time.sleep(0.05)
        os.close(file)
