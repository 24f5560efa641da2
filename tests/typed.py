"""Rows of the columns of newsparse.arrow back to records, so that both can be compared."""

from __future__ import annotations

from datetime import timezone
from typing import Any


def as_record(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its times as the record has them: nothing may be lost in the three columns of each."""
    row = dict(row)
    for name in ("published", "updated"):
        clock, instant, day = (row.pop(column) for column in (name, f"{name}_utc", f"{name}_date"))
        if clock and instant:
            clock = clock.replace(tzinfo=timezone(clock - instant.replace(tzinfo=None)))
        time = clock or day
        row[name] = time.isoformat() if time else None
    return row
