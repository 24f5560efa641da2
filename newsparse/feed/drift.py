"""Drift: does a source still look as its profile says? A new layout has few of the lines that most known pages have.

Knows shares and counts of records, in order. Knows no files, and does not decide what to do.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newsparse.feed.learn import MIN_CORE_LINES, MIN_CORE_SHARE, MIN_DRIFT_PAGES
from newsparse.feed.profile import Learned, Profile

USUAL_SHARE, FALLEN_SHARE = 0.8, 0.4  # of the records with a field: before, and in this run


def core_share(founds: Sequence[Any], profile: Profile) -> float:
    """The share of the core lines (those of most known pages) that a page has; -1 if there are no core lines."""
    if profile.core_size < MIN_CORE_LINES:
        return -1.0
    met = {id(found) for found in founds if type(found) is Learned and found.is_common}
    return len(met) / profile.core_size


class Watch:
    """Watches the records of one feed in a run.

    Attributes:
        has_drifted: whether the core lines were missing on several pages in a row.
    """

    def __init__(self, name: str, fields: Mapping[str, int], total: int) -> None:
        """`fields`: the number of pages, out of `total`, that had each field before."""
        self.name, self.fields, self.total = name, fields, total
        self.has_drifted = False
        self.records = 0
        self.found: Counter[str] = Counter()
        self._last: deque[float] = deque(maxlen=MIN_DRIFT_PAGES)
        self._sum, self._pages = 0.0, 0

    def see(self, share: float, fields: Sequence[str]) -> None:
        """Count a record: its share of core lines (-1: there are none to have), and the fields that it has."""
        self.records += 1
        self.found.update(fields)
        if share >= 0:
            self._sum, self._pages = self._sum + share, self._pages + 1
            self._last.append(share)
            if len(self._last) == MIN_DRIFT_PAGES and sum(self._last) < MIN_CORE_SHARE * MIN_DRIFT_PAGES:
                self.has_drifted = True

    def said(self) -> Iterator[str]:
        """The messages for the user, one line each."""
        if self.has_drifted:
            yield (
                f"{self.name}: {MIN_DRIFT_PAGES} pages have hardly a line that this source's pages had; "
                "its layout is another now: learn it again with --learn"
            )
        for field, before, now in self.shares():
            if self.records >= MIN_DRIFT_PAGES and before >= USUAL_SHARE and now < FALLEN_SHARE:
                yield f"{self.name}: {field} in {now:.0%} of the records, and before in {before:.0%}"

    def shares(self) -> list[tuple[str, float, float]]:
        """Each field with its share of records before, and in this run."""
        if not self.total or not self.records:
            return []
        return [(name, n / self.total, self.found[name] / self.records) for name, n in sorted(self.fields.items())]

    def summary(self) -> dict[str, Any]:
        """The numbers, for --stats and the log."""
        core = round(self._sum / self._pages, 3) if self._pages else None
        shares = {name: [round(before, 3), round(now, 3)] for name, before, now in self.shares()}
        return {"feed": self.name, "core": core, "drifted": self.has_drifted, "fields": shares}
