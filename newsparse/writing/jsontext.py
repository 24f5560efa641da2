r"""Records as JSON: compact UTF-8 on one line, safe for every parser and terminal.

Knows JSON. Characters that some tools take for a line end, or that a terminal obeys, are escaped as ``\uXXXX``: U+2028,
U+2029, DEL, C1 controls (such as U+0085) and bidi controls (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
U+2069). All others are written as they are. The output never has NaN or half of a surrogate pair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from json import JSONEncoder
from math import isfinite
from typing import Any

from newsparse.record import Article, Dropped
from newsparse.text import rare
from newsparse.writing.fields import Extra, values_of
from newsparse.writing.write import Encoder

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

_SURROGATE = rare("[\ud800-\udfff]")
_ACTS = rare("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]").search  # the same in UTF-8: fast, since they begin with one certain byte
_MARK = re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])").search


def dumps(value: Any) -> str:
    """A value as JSON text, which `utf8` then makes bytes of. NaN and the infinities become null.

    Raises:
        RecursionError: the value is nested too deeply.
    """
    try:
        return _encode(value)
    except ValueError:
        return _encode(_finite(value))


def utf8(text: str) -> bytes:
    """JSON text as bytes: dangerous characters are escaped, surrogates are replaced."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        text = without_surrogates(text, r"\\x%02x")
        data = text.encode()
    if (b"\xc2" in data and _C1(data)) or (b"\xe2" in data and _MARK(data)) or b"\x7f" in data or "\u061c" in text:
        return _ACTS.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
    return data


def without_surrogates(text: str, byte: str = r"\x%02x") -> str:
    r"""The text without surrogates: those that stand for a byte of a name become ``\xff``, others U+FFFD."""

    def valid(match: re.Match[str]) -> str:
        code = ord(match[0])
        return byte % (code - 0xDC00) if 0xDC80 <= code <= 0xDCFF else "\ufffd"

    return _SURROGATE.sub(valid, text)


def dropped(lines: Iterable[Dropped]) -> list[dict[str, Any]]:
    """The dropped lines as the objects of the record."""
    return [{"line": line, "role": role, "text": text} for line, role, text in lines]


class JsonLines(Encoder):
    """JSON Lines: one object on each line."""

    after = "\n"  # what ends a record
    encoded = staticmethod(dumps)

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        return utf8(self.encoded(self.record(article, extra)) + self.after)

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article."""
        names = self.options.columns
        record = dict(zip(names, values_of(names, article, extra), strict=True))
        if "dropped" in record:
            record["dropped"] = dropped(record["dropped"])
        return record


class Array(JsonLines):
    """One JSON array, with one record on each line."""

    between = b",\n"
    after = ""

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return b"[\n"

    def end(self) -> Iterable[bytes]:
        """The bytes after the last record."""
        return (b"\n]\n",)


class Indented(Array):
    """One JSON array, indented, with one value on each line."""

    encoded = staticmethod(lambda value: json.dumps(_finite(value), ensure_ascii=False, indent=2))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    return list(map(_finite, value)) if isinstance(value, (list, tuple)) else value
