"""The way into the command, and out of it: the death that a signal asked for, the exit status.

Knows the process that it runs in. What the command does is in `newsparse.running.cli`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from newsparse.searchpath import raise_interrupts


class Ended(BaseException):
    """A signal asked the process to end; raised where it was, so that everything open is put in order."""


def main() -> NoReturn:
    """Run the command and end the process."""
    _fill_standard_files()
    try:
        from newsparse.running.cli import main as command

        gc.freeze()  # what was imported stays, and is never looked through
        gc.enable()
        raise_interrupts()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, _end)
        status = command(sys.argv[1:])
    except KeyboardInterrupt:
        _die(signal.SIGINT)
    except Ended as error:
        _die(error.args[0])
    except Exception as error:
        status = _fault(error)
    # Without the interpreter's own way down: all is flushed and closed, the word lists need not be taken apart, and
    # PYTHONINSPECT must not make a program of what is left on standard input.
    os._exit(status)


def _fault(error: Exception) -> int:
    """Own up to a fault of ours, in one line; the exit status is that of an output that is not whole."""
    from newsparse.running.messages import Messages

    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    where = f"{os.path.basename(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last else ""  # noqa: PTH119
    Messages().error(f"a fault in newsparse, {type(error).__name__} at {where}: {error}; please report it")
    return 4


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise Ended(number)


def _die(number: int) -> NoReturn:
    """End by the signal, so that the shell or whoever waits knows."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def _fill_standard_files() -> None:
    """Put something in place of a closed standard file, so that no other gets its number; using it is an error."""
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)


if __name__ == "__main__":
    main()
