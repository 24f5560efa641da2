"""The entry point of the command: signals, standard files, the exit status.

Knows the process. What the command does is in `newsparse.running.cli`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from newsparse import searchpath

DISTRIBUTIONS = {"dateutil": "python-dateutil"}  # packages that pip knows by another name
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """A signal asked the process to end. It is raised as an exception, so that open files are cleaned up."""


def main() -> NoReturn:
    """Run the command and end the process.

    It ends without the interpreter's own way down: all is flushed and closed, the word lists need not be taken apart,
    and PYTHONINSPECT must not make a program of what is left on standard input.
    """
    _fill_standard_files()
    try:
        try:
            searchpath.die_of_interrupts()  # also under another name, such as that of a link
            from newsparse.running.cli import main as command

            gc.freeze()  # what was imported stays, and is never looked through
            gc.enable()
            for number in ENDING:
                if signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
                    signal.signal(number, _end)
            os._exit(command(sys.argv[1:]))
        except Exception as error:
            os._exit(_fault(error))
    except (Ended, KeyboardInterrupt) as error:
        _die(error.args[0])


def _fault(error: Exception) -> int:
    """Report a fault of newsparse, or a missing package, in one line. The status says that the output is incomplete."""
    from newsparse.showing.messages import Messages

    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    package = (missing or "newsparse").partition(".")[0]
    if package != "newsparse":
        package = DISTRIBUTIONS.get(package, package)
        Messages().error(f"the package {package} is not installed, which newsparse needs: pip install {package}")
        return 4
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last else ""  # noqa: PTH119
    Messages().error(f"a fault in newsparse, {type(error).__name__} at {where}: {error}; please report it")
    return 4


def _end(number: int, frame: FrameType | None) -> None:
    """Raise an exception for the first signal. Later ones would interrupt the clean-up, so they do nothing."""
    for other in ENDING:
        if signal.getsignal(other) is _end:
            signal.signal(other, lambda *_: None)
    raise KeyboardInterrupt(number) if number == signal.SIGINT else Ended(number)


def _die(number: int) -> NoReturn:
    """End the process by the signal itself, so that the shell sees the cause."""
    from newsparse.writing.output import discard_all

    discard_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def _fill_standard_files() -> None:
    """Open something for each closed standard file, so that no other file gets its number."""
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)


if __name__ == "__main__":
    main()
