"""The warning codes that a record can have, each with its meaning.

Knows every code. A code that is not in `WarningCode` cannot be in a record: `newsparse.layout.assemble.article`
refuses it. docs/reference/warnings.md is made from this list.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

_Member = TypeVar("_Member", bound="Described")


class Described(str, Enum):
    """A string Enum whose members have a meaning: a sentence for the reference and for readers."""

    __hash__ = str.__hash__  # Enum's own hash is written in Python, and kinds and roles are looked up for every line
    _value_: str
    meaning: str

    def __new__(cls: type[_Member], value: str, meaning: str = "") -> _Member:
        """A member with this value, which prints as this string."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class WarningCode(Described):
    """A warning. In a code, `*` stands for a field, or for a name that the warning mentions; see `of`."""

    AMBIGUOUS_CALENDAR = "*.ambiguous_calendar", "The date could be of more than one calendar; none was chosen."
    AMBIGUOUS_ORDER = (
        "*.ambiguous_order",
        "Day and month could be the other way round; the day was taken to come first.",
    )
    ASSUMED_MIDNIGHT = (
        "*.assumed_midnight",
        "Only the day is known; the format asked for a time, and midnight was written.",
    )
    ASSUMED_UTC = "*.assumed_utc", "The zone is not known; the format asked for one, and UTC was written."
    BAD_TIME = "*.bad_time", "The clock shows an impossible time; the day alone was kept."
    CONTINUED = "*.continued", "The text is longer than a cell of the format holds; it goes on elsewhere in the file."
    CONTROL_CHARACTER = (
        "*.control_character",
        "The text holds control characters, which the format does not; they were replaced.",
    )
    FUTURE = "*.future", "The day is after that of --now, or after 2039."
    HIJRI_MISMATCH = (
        "*.hijri_mismatch",
        "The Hijri date is not the same day as the Gregorian one beside it; the Gregorian one was kept.",
    )
    INVALID = "*.invalid", "The line looks like a time, but there is no such day."
    LIST_SEPARATOR = "*.list_separator", "An item of the list holds the sign that separates items; it was replaced."
    META_MISMATCH = "*.meta_mismatch", "The tags of the page state another day than its text; the text was kept."
    NO_DAY = "*.no_day", "The month is known, but not the day."
    NO_YEAR = "*.no_year", "Day and month are known, but not the year."
    RELATIVE = "*.relative", "The time counts from now, and now is not given or the line says too little; see --now."
    TWO_DIGIT_YEAR = "*.two_digit_year", "The year has two digits; --now would prove its century."
    UNEVEN_DIGITS = "*.uneven_digits", "Day or month has a leading zero and the other has not; a digit may be lost."
    UNKNOWN_WORDS = (
        "*.unknown_words",
        "Words that no list knows stand beside the time; it may be of an event or a picture.",
    )
    WEEKDAY_MISMATCH = "*.weekday_mismatch", "The weekday does not fit the date; the date was kept."
    BODY_CUT = "body.cut", "The text ends in the middle of a sentence; the file may not be complete."
    BODY_MISSING = "body.missing", "No body was found."
    ENCODING = "encoding.*", "The text was decoded as *, because --encoding said so."
    ENCODING_GUESSED = "encoding.guessed", "The encoding was guessed, because --encoding auto said so."
    ENCODING_REPLACED = (
        "encoding.replaced",
        "A few bytes are not in the encoding that the page names; they were replaced.",
    )
    HEADLINE_MISSING = "headline.missing", "No headline was found."
    SPLIT_DOUBTFUL = "split.doubtful", "The record may hold more than one article; --explain shows where."
    TEXT_ESCAPES = (
        "text.escapes",
        "The text holds entities of HTML (&quot;) or escapes of JSON (\\n), left as they are; decode them first.",
    )
    TEXT_FAULT = "text.fault", "Reading this text failed inside newsparse; please report it."
    TEXT_MISSING = "text.missing", "There was no text."
    TEXT_MOJIBAKE = "text.mojibake", "The letters look as if they had been read in a wrong encoding."
    TEXT_ROWS = "text.rows", "A cell of the CSV holds lines that look like rows; look for a quote that is not closed."
    TEXT_SURROGATE = "text.surrogate", "The text holds halves of characters, which were replaced."
    TEXT_UNDECODABLE = "text.undecodable", "The bytes are no text in this encoding."

    def of(self, name: str) -> str:
        """The code for a field, or with the name that the warning mentions.

        >>> WarningCode.INVALID.of("published"), WarningCode.ENCODING.of("windows-1256")
        ('published.invalid', 'encoding.windows-1256')
        """
        return str(self.value).replace("*", name)

    @classmethod
    def named(cls, code: str) -> WarningCode:
        """The member that a code in a record belongs to.

        >>> WarningCode.named("published.invalid")
        <WarningCode.INVALID: '*.invalid'>

        Raises:
            ValueError: there is no such code.
        """
        first, _, last = code.partition(".")
        for value in (code, f"*.{last}", f"{first}.*"):
            if value in _VALUES:
                return cls(value)
        raise ValueError(f"no warning {code!r}; newsparse/codes.py lists all of them")


_VALUES = frozenset(member.value for member in WarningCode)


def meaning_of(code: str, translated: Callable[[str], str] = str) -> str:
    """The meaning of a code as a sentence, which `translated` may translate.

    >>> meaning_of("published.weekday_mismatch")
    'The weekday does not fit the date; the date was kept.'
    >>> meaning_of("encoding.windows-1256")
    'The text was decoded as windows-1256, because --encoding said so.'

    Raises:
        ValueError: there is no such code.
    """
    return translated(WarningCode.named(code).meaning).replace("*", code.partition(".")[2])
