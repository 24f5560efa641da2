"""Adding pages to the file of a profile: under a lock, since other runs may do the same.

Knows files and locks. Does not know the content of a profile.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime

from newsparse.feed.learn import SeenPage
from newsparse.feed.profile import Profile
from newsparse.writing.target import errors_of, locked

LOCK_SECONDS = 10


def updated(path: str, pages: Collection[SeenPage], now: datetime | None) -> Profile:
    """Add pages to the profile in a file, and return it. The file is made if it does not exist.

    Raises:
        ProfileError: the file is no profile.
        OutputError: the file cannot be written, or another run holds its lock.
    """
    is_new = not os.path.exists(path)  # noqa: PTH110
    with errors_of(path):
        lock = locked(path, seconds=LOCK_SECONDS)
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
