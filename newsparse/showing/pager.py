"""The pager: shows long output on a terminal page by page, with the program in PAGER, or with less.

Knows how to start the pager and to wait for it. Does not know what is shown.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STDOUT_FD = 1
LESS = "FRX"  # end at once if all fits on the screen; pass colours; leave the text on the screen


def started() -> subprocess.Popen[bytes] | None:
    """Start the pager. None if there is none, or if PAGER is empty or ``cat``."""
    command = shlex.split(os.environ.get("PAGER", "less"))
    if command in ([], ["cat"]) or os.environ.get("TERM") == "dumb":
        return None
    environment = {**os.environ, "LESS": os.environ.get("LESS", LESS), "LESSCHARSET": "utf-8"}
    with suppress(OSError):
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    return None


@contextmanager
def shown_by(pager: subprocess.Popen[bytes]) -> Iterator[None]:
    """Send standard output to the pager until the block ends, then wait until the reader closes it."""
    terminal = os.dup(STDOUT_FD)
    with pager:
        if pager.stdin:
            os.dup2(pager.stdin.fileno(), STDOUT_FD)
            pager.stdin.close()
        try:
            yield
        finally:
            os.dup2(terminal, STDOUT_FD)  # closes the pipe, which ends the text
            os.close(terminal)
            ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is a key of the pager
            pager.wait()
            signal.signal(signal.SIGINT, ignored)
