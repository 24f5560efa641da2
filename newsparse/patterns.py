"""Regular expressions that are compiled at their first use.

To compile one takes as long as to parse ten lines of an article, and most runs do not need these.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def rare(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern, compiled at its first use."""
    return cast("re.Pattern[AnyStr]", _Rare(pattern, flags))


class _Rare:
    """A pattern that is not compiled yet. A method becomes a plain attribute at its first use."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, method)
        return method
