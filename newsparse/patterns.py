"""Regular expressions that are compiled at their first use.

To compile one takes as long as to parse ten lines of an article, and most runs do not need these.
"""

from __future__ import annotations

import re
from typing import Any, cast


def rare(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use."""
    return cast("re.Pattern[str]", _Rare(pattern, flags))


class _Rare:
    """A pattern that is not compiled yet. A method becomes a plain attribute at its first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, method)
        return method
