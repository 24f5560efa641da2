"""Regular expressions that few texts need. Knows nothing of what they are for.

To compile one takes as long as to read ten lines of an article, so the rare ones wait until they are asked.
"""

from __future__ import annotations

import re
from typing import Any, cast


def rare(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked."""
    return cast("re.Pattern[str]", _Rare(pattern, flags))


class _Rare:
    """A pattern whose methods are not there yet; each is a plain attribute from its first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, method)
        return method
