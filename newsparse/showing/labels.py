"""Labels in English and Arabic for fields, roles and buttons, and dates in words.

Knows data/labels.json, whose keys are the English words. A word without a translation stays English.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsparse.codes import meaning_of
from newsparse.record import Article
from newsparse.words.language import direction
from newsparse.words.vocab import DATA
from newsparse.writing.write import BY_NAME

MISSING_MESSAGES = {  # the fields that a reader misses
    "headline": "No headline was found.",
    "published": "No time of publication was found.",
    "body": "No body was found.",
}


def labels(language: str) -> Callable[[str], str]:
    """The function that translates an English word into the language.

    >>> labels("ar")("No headline"), labels("en")("No headline")
    ('بلا عنوان', 'No headline')
    """
    words: dict[str, str] = _data().get(language, {})
    if language == "ar":
        words = {row.english: row.arabic for row in BY_NAME.values()} | words
    return lambda word: words.get(word, word)


def faults(article: Article, translated: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The faults of a record: pairs of a warning and its meaning, or of "" and a message about a missing field."""
    warned = {code.partition(".")[0] for code in article.warnings}
    for field, said in MISSING_MESSAGES.items():
        if not getattr(article, field) and field not in warned:
            yield "", translated(said)
    for code in article.warnings:
        yield code, meaning_of(code, translated)


def time_in_words(time: str, language: str | None) -> str:
    """A time of the record with weekday and month in words of the language, or else in English.

    >>> time_in_words("2024-12-09T10:31:00+03:00", "en")
    'Monday 9 December 2024, 10:31 (+03:00)'
    >>> time_in_words("2024-12-09", "ar")
    'الإثنين 9 ديسمبر 2024'
    """
    data = _data()
    known = language if language in data["months"] else "en"
    try:
        day = datetime.fromisoformat(time[:10])
    except ValueError:
        return time
    said = f"{data['weekdays'][known][day.weekday()]} {day.day} {data['months'][known][day.month - 1]} {day.year}"
    comma = "،" if direction(known) == "rtl" else ","
    zone = f" ({time[19:]})" if time[19:] else ""
    return f"{said}{comma} {time[11:16]}{zone}" if time[11:] else said


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(DATA, "labels.json").read_text(encoding="utf-8"))
    return found
