"""Parsers for the values of options, from the command line or the environment.

Knows how to write a zone, a time, a size, an encoding, a list of names. Each function takes a text and returns the
value, or raises ValueError with a message: what was expected, and similar values. Knows nothing of click.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timezone, tzinfo
from time import process_time

from newsparse.reading.inputs import input_format_of, near
from newsparse.record import NewsparseError
from newsparse.times import readers
from newsparse.writing.write import BY_NAME

_SIZES = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
MAX_SEARCH_SECONDS = 3  # of processor time
MIN_SEARCH_SECONDS = 0.001  # for a line, whatever the lines before it took
SECONDS_PER_CHAR = 1e-5
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def one_of(word: str, known: Iterable[str], what: str, other: Iterable[str] = ()) -> str:
    """The word, if it is known. `other` maps other words to the option that does what they may mean."""
    known = list(known)
    if word in known:
        return word
    hint = near(word, [(name.lstrip("-"), name) for name in (*known, *other)]) or ";"
    raise ValueError(f"no {what} {word!r}{hint} There are: {', '.join(known)}".replace("; There", "; there"))


def zone(text: str) -> tzinfo:
    """A time zone: an IANA name (``Asia/Riyadh``), ``UTC`` or ``Z``, an offset (``+03:00``, ``GMT+3``), or a country
    that has one zone (``KSA``, ``Jordan``)."""
    name = "UTC" if text.upper() in ("Z", "GMT") else re.sub("^(?:UTC|GMT)(?=[+-])", "", text.strip(), flags=re.I)
    found = readers.zone_named(name)
    of_country = [] if found else readers.of_country(text.strip())
    if len(of_country) == 1:
        found = readers.zone_named(of_country[0])
    if found:
        return found
    from zoneinfo import available_timezones  # looks into every file there is

    known = sorted(name for name in available_timezones() if not name.startswith("Etc/"))  # Etc/GMT+3 is west
    keys = [(name, name) for name in known] + [(name.rpartition("/")[2], name) for name in known if "/" in name]
    hint = f"; did you mean {' or '.join(of_country[:4])}?" if of_country else ""
    hint = hint or near(text.replace(" ", "_"), keys) or near(text.rpartition("/")[2], keys)
    raise ValueError(f"no time zone {text!r}; a name such as Asia/Riyadh or an offset such as +03:00 is expected{hint}")


def moment(text: str) -> datetime:
    """A point in time: ISO 8601, or ``now``."""
    if text == "now":
        return datetime.now(timezone.utc).astimezone()
    from dateutil.parser import isoparse

    try:
        found = isoparse(text.strip().replace(" ", "T"))
    except (ValueError, OverflowError):
        raise ValueError(f"no time {text!r}; ISO 8601 is expected (2024-09-17T13:22+03:00), or the word now") from None
    if not 1 < found.year < 9999:  # with days before and after it, in every zone
        raise ValueError(f"{text!r} is at the end of the calendar; a year from 2 to 9998 is expected")
    return found


def size(text: str) -> int:
    """A number of bytes: ``500M``, ``2G``, ``1000000``; 0 is no limit.

    >>> size("2GiB") == 2 << 30, size("10k")
    (True, 10240)
    """
    expected = "bytes are expected, as in 500M or 2G (0 is no limit)"
    return int(_quantity(r"(\d{1,15})\s?([kmgt]?)(?:i?b)?", text, _SIZES, f"no size {text!r}; {expected}"))


def seconds(text: str) -> float:
    """A length of time in seconds: ``60s``, ``5m``, ``1h``, ``2d``; a number alone is seconds.

    >>> seconds("5m")
    300.0
    """
    what = f"no length of time {text!r}; 60s, 5m or 1h is expected"
    return _quantity(r"(\d{1,9}(?:\.\d{1,9})?)\s?([smhd]?)", text, _SECONDS, what)


def _quantity(pattern: str, text: str, units: Mapping[str, int], what: str) -> float:
    """The number in the text times its unit. `what` is the error of a text in another form."""
    found = re.fullmatch(pattern, text.strip().lower(), re.ASCII)
    if not found:
        raise ValueError(what)
    return float(found[1]) * units[found[2]]


def jobs(text: str) -> int:
    """A number of processes; 0 is one for each core that this process may use."""
    if not re.fullmatch(r"\d{1,3}", text.strip(), re.ASCII):
        raise ValueError(f"no number of processes {text!r}; 1, 2, ... is expected, or 0 for one for each core")
    return int(text) or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def encoding(text: str) -> str | None:
    """The name of a text encoding that Python knows, or ``auto``; None for UTF-8."""
    import codecs

    if text == "auto":
        from importlib.util import find_spec

        if find_spec("charset_normalizer") is None:
            raise ValueError("auto needs charset_normalizer: pip install 'newsparse[auto]'")
        return text
    try:
        found = codecs.lookup(text)
    except (LookupError, ValueError):
        from encodings.aliases import aliases

        known = [name.replace("_", "-") for name in ("windows_1256", *sorted(aliases.values()), *aliases)]
        hint = near(text.replace("_", "-"), ((name, name) for name in known))
        hint = hint or "; windows-1256 and iso-8859-6 are the older Arabic ones"
        raise ValueError(f"no encoding {text!r}{hint}") from None
    if not found._is_text_encoding:
        raise ValueError(f"{text!r} is no encoding of text; windows-1256 and iso-8859-6 are the older Arabic ones")
    return None if found.name in ("utf-8", "utf-8-sig") else text


def names_listed(text: str) -> tuple[str, ...]:
    """Names that are separated by commas or spaces.

    >>> names_listed("headline, published,body")
    ('headline', 'published', 'body')
    """
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def kept(text: str) -> dict[str, str]:
    """The fields of --keep, by their new names: ``id=doc`` keeps the field ``id`` of the input as ``doc``.

    >>> kept("url,id=doc")
    {'url': 'url', 'doc': 'id'}
    """
    found: dict[str, str] = {}
    for word in names_listed(text):
        field, _, name = word.partition("=")
        if (name or field) in BY_NAME:
            hint = f"give it another name: {field}=my_{field}"
            if name and field not in BY_NAME:
                hint = f"the input's name stands first: did you mean {name}={field}?"
            raise ValueError(f"the record has a {name or field!r} of its own; {hint}")
        found[name or field] = field
    return found


def names_to_keep(paths: Iterable[str]) -> list[str]:
    """The fields of the first input with rows, for completion in the shell."""
    from newsparse.reading.read import ReadOptions, Source
    from newsparse.reading.rows import names_of

    for path in paths:
        with suppress(NewsparseError, ValueError):
            if found := names_of(Source(path, ReadOptions()), input_format_of(path)):
                return found
    return ["url"]


class BoundedPattern:
    """A regular expression with a limit on the processor time of its searches, since some would search for ever.

    The time of all searches is at most `MAX_SEARCH_SECONDS`, and `SECONDS_PER_CHAR` for what has been searched.
    """

    def __init__(self, text: str) -> None:
        """Compile the pattern. Only in the main thread, since it sets a signal handler."""
        self._search = re.compile(text).search
        self._left: float = MAX_SEARCH_SECONDS
        signal.signal(signal.SIGVTALRM, self._stop)

    def search(self, text: str) -> object:
        """The match in the text, or None.

        Raises:
            NewsparseError: the searches take too long.
        """
        began = process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, self._left)
        try:
            found = self._search(text)
        except NewsparseError:
            self._left = MAX_SEARCH_SECONDS  # for the next input
            raise
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        left = self._left - (process_time() - began) + SECONDS_PER_CHAR * len(text)
        self._left = min(max(left, MIN_SEARCH_SECONDS), MAX_SEARCH_SECONDS)
        return found

    def _stop(self, *_: object) -> None:
        what = "one line" if self._left == MAX_SEARCH_SECONDS else "a few lines"
        raise NewsparseError(
            f"the pattern of --split takes more than {MAX_SEARCH_SECONDS} seconds for {what}; "
            "write it without a repetition inside a repetition, such as (a+)+"
        )


def pattern(text: str) -> str:
    """``auto``, ``none``, or a valid regular expression."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"no regular expression {text!r} ({error}); auto, none, or one is expected") from None
    return text
