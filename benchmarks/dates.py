#!/usr/bin/env python3
"""How well news timestamps are read: newsparse beside the libraries for dates, on the rows of dates.jsonl.

    pip install -e '.[bench]'
    python benchmarks/dates.py [--show TOOL] [--axis AXIS]

A row is a line of a page: `text`, and what it says: `published` and `updated` (local time, to the day where it says no
more; null where the line is no timestamp or says no certain time), `instant` (UTC, where the line proves its offset),
`now` (what relative times count from), `tz` (the zone of the page), `warning` (a code that newsparse has to give). The
kinds of the newest 174 rows were collected by others than the reader's author, on pages and by trying what goes wrong.
The other tools find one time, so theirs is right if it is the first that is wanted; a tool that finds days alone
(htmldate) has to find the day.

right    the wanted time, or none where none is wanted
wrong    another time, or one where none is wanted: the harmful kind
missed   none where one is wanted
µs       a call, the median over the rows, after one unmeasured call each
"""

from __future__ import annotations

import argparse
import collections
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ROWS = Path(__file__).with_name("dates.jsonl")
PAGE = "<html><head><title>{0}</title></head><body><article><p class='date'>{0}</p></article></body></html>"


class Row(NamedTuple):
    """A line, and what it says."""

    id: str
    axis: str
    text: str
    published: str | None = None
    updated: str | None = None
    instant: str | None = None
    now: str | None = None
    tz: str | None = None
    warning: str | None = None


Read = Callable[[Row, "datetime | None"], "str | None"]


def rows() -> list[Row]:
    """The rows of dates.jsonl."""
    return [Row(**json.loads(line)) for line in ROWS.read_text(encoding="utf-8").splitlines()]


# The tools --------------------------------------------------------------------------------------------------------


def newsparse() -> Read:
    """newsparse.times.timestamp.read_timestamp, as the command calls it."""
    from newsparse.times import timestamp
    from newsparse.words import vocab

    pairs = {(moment(row), row.tz) for row in rows()}
    known = {pair: vocab.Settings(vocab.shipped(), ZoneInfo(pair[1]) if pair[1] else None, pair[0]) for pair in pairs}

    def read(row: Row, now: datetime | None) -> str | None:
        stamp = timestamp.read_timestamp(row.text, known[now, row.tz])
        return stamp and (stamp.published or stamp.updated)

    return read


def dateparser() -> Read:
    """dateparser.parse, told that days come first and that the language is Arabic or one of the others."""
    import dateparser as tool

    def read(row: Row, now: datetime | None) -> str | None:
        options = {"DATE_ORDER": "DMY", **({"RELATIVE_BASE": now} if now else {})}
        return iso(tool.parse(row.text, languages=["ar", "en", "fr", "tr", "fa", "es", "de", "ur"], settings=options))

    return read


def dateparser_search() -> Read:
    """dateparser.search, its first find."""
    from dateparser.search import search_dates

    def read(row: Row, now: datetime | None) -> str | None:
        options = {"DATE_ORDER": "DMY", **({"RELATIVE_BASE": now} if now else {})}
        found = search_dates(row.text, languages=["ar", "en"], settings=options)
        return iso(found[0][1]) if found else None

    return read


def dateutil(fuzzy: bool = False) -> Read:
    """dateutil.parser.parse, days first."""
    from dateutil.parser import parse

    def read(row: Row, now: datetime | None) -> str | None:
        return iso(parse(row.text, dayfirst=True, fuzzy=fuzzy, default=now))

    return read


def dateutil_fuzzy() -> Read:
    """The same, fuzzy: words that it does not know are left out."""
    return dateutil(fuzzy=True)


def htmldate() -> Read:
    """htmldate.find_date, on a page that has the line as its title and as its date."""
    from htmldate import find_date

    def read(row: Row, now: datetime | None) -> str | None:
        return find_date(PAGE.format(row.text), original_date=True, extensive_search=True)

    return read


def datefinder() -> Read:
    """datefinder.find_dates, its first find, days first."""
    from datefinder import find_dates

    def read(row: Row, now: datetime | None) -> str | None:
        return iso(next(iter(find_dates(row.text, first="day")), None))

    return read


TOOLS = (newsparse, dateparser, dateparser_search, dateutil, dateutil_fuzzy, htmldate, datefinder)


# Judging ----------------------------------------------------------------------------------------------------------


def iso(found: datetime | date | None) -> str | None:
    """ISO 8601, or None."""
    return found and found.isoformat()


def moment(row: Row) -> datetime | None:
    """The time that the row's relative times count from."""
    return datetime.fromisoformat(row.now) if row.now else None


def verdict(row: Row, found: str | None, days_only: bool = False) -> str:
    """right, wrong or missed."""
    wanted = row.published or row.updated
    if wanted is None or found is None:
        return "right" if wanted is found else "wrong" if found else "missed"
    length = 10 if days_only or len(wanted) == 10 else 16
    return "right" if found[:length] == wanted[:length] else "wrong"


def answers(read: Read, every: list[Row]) -> Iterator[tuple[Row, str | None, float]]:
    """Each row, what the tool found in it, and how long that took, in seconds."""
    for row in every:
        now = moment(row)
        for _ in range(2):
            start = time.perf_counter()
            try:
                found = read(row, now)
            except Exception:
                found = None
            took = time.perf_counter() - start
        yield row, found, took


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", metavar="TOOL", help="the rows that this tool does not read right")
    parser.add_argument("--axis", help="rows of this kind alone")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # tools warn of zones and formats
    every = [row for row in rows() if options.axis in (None, row.axis)]
    print(f"{'tool':18}{'right':>8}{'wrong':>8}{'missed':>8}{'µs':>10}   ({len(every)} rows)")
    for tool in TOOLS:
        name = tool.__name__
        try:
            read = tool()
        except ImportError:
            print(f"{name:18}not installed: pip install -e '.[bench]'")
            continue
        results = [
            (row, found, verdict(row, found, name == "htmldate"), took) for row, found, took in answers(read, every)
        ]
        counts = collections.Counter(said for _, _, said, _ in results)
        shares = "".join(f"{counts[said] / len(every):8.1%}" for said in ("right", "wrong", "missed"))
        print(f"{name:18}{shares}{statistics.median(took for *_, took in results) * 1e6:10.1f}")
        for row, found, said, _ in results if options.show == name else ():
            if said != "right":
                print(f"    {said:7}{row.id:16}{row.text!r}: {found}, wanted {row.published or row.updated}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
