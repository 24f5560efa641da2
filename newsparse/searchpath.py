"""Where the command's modules are imported from: never from the folder in which the data lies.

``python -m newsparse`` puts the current folder first on the search path, and so does an empty entry of PYTHONPATH: a
``json.py`` that lies there would run. The package imports this module before any other. A program that only uses the
library keeps its search path.
"""

from __future__ import annotations

import os
import sys


def forget_current_folder() -> None:
    """Take the current folder off the search path, unless this package lies there."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    try:
        here = {"", ".", os.getcwd()} - {ours}  # noqa: PTH109
    except OSError:  # the folder is gone
        here = {"", "."}
    sys.path[:] = [entry for entry in sys.path if entry not in here]


if sys.argv[:1] == ["-m"]:  # so it is while ``python -m newsparse`` imports the package
    forget_current_folder()
