"""Steps that the command has to take before any other import.

The package imports this module first. It does nothing in a program that uses the library. In the command:

- ``python -m newsparse`` puts the current folder first on the search path, and so does an empty entry of PYTHONPATH:
  a ``json.py`` that lies beside the data would run.
- Ctrl-C in the first instant, while modules are imported, would print a traceback.
- The garbage collector would search the new modules, in vain: without it the start is a twelfth faster.
"""

from __future__ import annotations

import gc
import os
import signal
import sys


def is_command() -> bool:
    """Whether this process is ``newsparse`` or ``python -m newsparse``."""
    name = os.path.basename(sys.argv[0]) if sys.argv else ""  # noqa: PTH119
    return name == "newsparse" or (name == "-m" and "newsparse" in sys.orig_argv)


def forget_current_folder() -> None:
    """Take the current folder off the search path, unless this package lies there."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    try:
        here = {"", ".", os.getcwd()} - {ours}  # noqa: PTH109
    except OSError:  # the folder is gone
        here = {"", "."}
    sys.path[:] = [entry for entry in sys.path if entry not in here]


def die_of_interrupts() -> None:
    """Let Ctrl-C end the process silently, since there is nothing to clean up yet; an ignored signal stays ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def die_if_command() -> None:
    """End the command silently, as Ctrl-C does. A program that uses the library is left alone."""
    if is_command():
        signal.raise_signal(signal.SIGINT)


if is_command():
    die_of_interrupts()
    forget_current_folder()
    gc.disable()  # newsparse.__main__ has it look again
