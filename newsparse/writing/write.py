r"""Output formats: what a format is, the table of all formats, the fields of an output, and records as JSON.

Knows the derived fields, which are computed from others, how to get the value of each field from an article, JSON, and
the standards that are JSON: IPTC ninjs 3.1 and NewsArticle of schema.org. The dropped lines are in neither standard,
null fields are left out, and kept fields become identifiers. Only the module of another format knows its bytes. Where
the bytes go is the business of `newsparse.writing.output`.

In JSON, characters that some tools take for a line end, or that a terminal obeys, are escaped as ``\uXXXX``: U+2028,
U+2029, DEL, C1 controls (such as U+0085) and bidi controls (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
U+2069). All others are written as they are. The output never has NaN or half of a surrogate pair.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timezone, tzinfo
from functools import partial
from importlib import import_module
from json import JSONEncoder
from math import isfinite
from operator import attrgetter
from typing import Any, NamedTuple

from newsparse.reading.inputs import near
from newsparse.record import DROPPED, FIELDS, Article, Dropped, Field, NewsparseError, Role, Type, WarningCode
from newsparse.text import for_search, rare

Extra = Mapping[str, Any]  # fields of the input that are kept, by name

PARAGRAPH_BREAK = "\n\n"


class FieldError(NewsparseError):
    """A field does not exist, or its name is taken."""


def _part(start: int, end: int | None) -> Callable[[Article], str | None]:
    return lambda article: (article.published or "")[start:end] or None


def published_utc(article: Article) -> str | None:
    """The time of publication in UTC, where its offset is known."""
    if not article.published or not article.published[19:]:
        return None
    try:
        return datetime.fromisoformat(article.published).astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    except OverflowError:  # the first day of the year 1, the last of the year 9999
        return None


_derived = partial(Field, in_table=False, is_found=False)
DERIVED = (
    _derived("date", Type.DAY, "Date", "التاريخ", "The day of `published`.", in_table=True,
             after="published", compute=_part(0, 10)),
    _derived("time", Type.LINE, "Time", "الوقت", "The clock time of `published`.",
             after="published", compute=_part(11, 19)),
    _derived("offset", Type.LINE, "Offset", "فارق التوقيت", "The offset of `published`.",
             after="published", compute=_part(19, None)),
    _derived("published_utc", Type.LINE, "Published (UTC)", "النشر بالتوقيت العالمي",
             "`published` in UTC, where an offset is known.", after="published", compute=published_utc),
    _derived("text", Type.TEXT, "Text", "النص الكامل", "The paragraphs, joined by a blank line.", width=90,
             after="body", compute=lambda article: PARAGRAPH_BREAK.join(article.body) or None),
    _derived("text_search", Type.TEXT, "Text for search", "نص البحث", "The same, normalized for search.", width=90,
             after="body", compute=lambda article: for_search(PARAGRAPH_BREAK.join(article.body)) or None),
    _derived("story", Type.LINE, "Story", "القصة", "The `id` of the first version of the same story.", after="line"),
    _derived("replaces", Type.LINE, "Replaces", "يحل محل", "The `id` of the version of the story before this one.",
             after="line"),
)  # fmt: skip

BY_NAME = {row.name: row for field in FIELDS for row in (field, *(row for row in DERIVED if row.after == field.name))}
RECORD = tuple(row.name for row in FIELDS)
TABLE = tuple(row.name for row in BY_NAME.values() if row.in_table)
FOUND = tuple(row.name for row in BY_NAME.values() if row.is_found)
RUN_FIELDS = ("story", "replaces")  # that only the run knows
_GET = {name: row.compute or attrgetter(name) for name, row in BY_NAME.items() if name not in RUN_FIELDS}


def values_of(names: Sequence[str], article: Article, extra: Extra | None = None) -> list[Any]:
    """The values of an article in the columns with these names: str, int, None or a tuple; any JSON value for kept
    fields. What is no field of the record is in `extra`: from the input, or from the run."""
    given = extra or {}
    return [_GET[name](article) if name in _GET else given.get(name) for name in names]


def columns_of(default: Sequence[str], fields: Sequence[str] | None, keep: Collection[str]) -> tuple[str, ...]:
    """The names of an output's columns: `fields`, or `default` if that is None, and then the kept fields of the input.

    Raises:
        FieldError: an unknown name (the message has similar ones), or a kept name that is a field of the record.
    """
    for name in keep:
        if name in BY_NAME:
            raise FieldError(f"the record has a field {name!r} itself; keep that of the input under another name")
    for name in fields or ():
        if name not in BY_NAME and name not in keep:
            known = [*BY_NAME, *keep]
            hint = near(name, zip(known, known, strict=True)) or f"; there are: {', '.join(known)}"
            raise FieldError(f"there is no field {name!r}{hint}")
    return tuple(dict.fromkeys([*(default if fields is None else fields), *keep]))


def column_label(name: str, language: str | None) -> str:
    """The name of a column for readers, in English or Arabic; without a language, or for a kept field, its own name."""
    row = BY_NAME.get(name)
    return (row.arabic if language == "ar" else row.english) if row and language else name


def json_schema() -> str:
    """The JSON Schema of the record as text: draft 2020-12."""
    derived = "Where --fields names it: "
    properties: dict[str, Any] = {
        name: {"description": (row.meaning if name in RECORD else derived + row.meaning), **row.type.schema}
        for name, row in BY_NAME.items()
    }
    roles = [role.value for role in Role if role in DROPPED]
    items = properties["dropped"]["items"]
    properties["dropped"]["items"] = items | {"properties": items["properties"] | {"role": {"enum": roles}}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:newsparse:record",
        "title": "newsparse record",
        "description": "One news article. Every key is always there; unknown is null, an empty list is [].",
        "type": "object",
        "required": RECORD,
        "properties": properties,
        "additionalProperties": {"description": "A field of the input that --keep names: any JSON."},
    }
    return json.dumps(schema, indent=2)


_encode = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

_SURROGATE = rare("[\ud800-\udfff]")
_SHORT_NAMES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_CONTROLS = rare(  # C0, DEL, C1, line separators, embeddings and overrides, isolates, halves of surrogate pairs
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
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


def inert(text: str) -> str:
    r"""The text with escapes for all characters that control a terminal or the direction of text.

    >>> print(inert("a\x1b[31m\tb"))
    a\x1b[31m\tb
    """

    def spelled(match: re.Match[str]) -> str:
        code = ord(match[0])
        return _SHORT_NAMES.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")

    return text if text.isprintable() else _CONTROLS.sub(spelled, text)


def dropped(lines: Iterable[Dropped]) -> list[dict[str, Any]]:
    """The dropped lines as the objects of the record."""
    return [{"line": line, "role": role, "text": text} for line, role, text in lines]


class FormatError(NewsparseError):
    """A format does not exist, or does not have an option."""


class Encoder:
    """Records to bytes, in one pass; the base class of the formats."""

    opening, closing = b"", b""  # before the first record, after the last

    def __init__(self, names: Sequence[str], list_sep: str, labels: str | None, tz: tzinfo | None) -> None:
        """An encoder for columns with these names. `labels` is the language of headers; None is the names."""
        self.names, self.list_sep, self.labels, self.tz = names, list_sep, labels, tz
        self.notes: set[str] = set()  # messages for the user
        self.added: Counter[str] = Counter()  # the warnings that the format added to records, by code

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return self.opening

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record, as far as they can be written already."""
        raise NotImplementedError

    def end(self) -> Iterable[bytes]:
        """The bytes after the last record, in pieces."""
        return (self.closing,)

    def close(self) -> None:
        """Remove what the encoder keeps on the disk, also after a failure."""


class JsonLines(Encoder):
    """JSON Lines: one object on each line."""

    after = "\n"  # what ends a record
    encoded = staticmethod(dumps)

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        return utf8(self.encoded(self.record(article, extra)) + self.after)

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article."""
        record = dict(zip(self.names, values_of(self.names, article, extra), strict=True))
        if "dropped" in record:
            record["dropped"] = dropped(record["dropped"])
        return record


class Array(JsonLines):
    """One JSON array, with one record on each line."""

    opening, closing = b"[\n", b"\n]\n"
    before, after = b"", ""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record; a comma stands between two."""
        data = self.before + super().encode(article, extra)
        self.before = b",\n"
        return data


class Indented(Array):
    """One JSON array, indented, with one value on each line."""

    encoded = staticmethod(lambda value: json.dumps(_finite(value), ensure_ascii=False, indent=2))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    return list(map(_finite, value)) if isinstance(value, (list, tuple)) else value


# Formats of standards: https://iptc.org/standards/ninjs/ and https://schema.org/NewsArticle -------------------------

NINJS = {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
ASSUMED_UTC = "some times have no offset and are written as UTC, which may be wrong; name their zone with --tz"
_DAY = len("2024-09-17")
_SECOND = len("2024-09-17T13:22:00")


class Ninjs(JsonLines):
    """IPTC ninjs 3.1."""

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article. Times without an offset are times of the zone in the options."""
        found: dict[str, Any] = {"type": "text", "standard": NINJS}
        codes = list(article.warnings)
        for field in FIELDS:
            values = codes if field.type is Type.CODES else _values(field, article)
            if field.type is Type.TIME:
                values = [self._instant(field.name, time, codes) for time in values]
            _fill(found, field.ninjs, values)
        found["altIds"] += [{"role": name, "value": value} for name, value in _kept(extra).items()]
        return _filled_only(found)

    def _instant(self, field: str, time: str, codes: list[str]) -> str:
        """The time with an offset, as RFC 3339 requires. Adds a warning to `codes` for each assumption."""
        if len(time) > _SECOND:
            return time
        if len(time) == _DAY:
            codes.append(self._assumed(WarningCode.ASSUMED_MIDNIGHT.of(field)))
        if self.tz is None:
            self.notes.add(ASSUMED_UTC)
            codes.append(self._assumed(WarningCode.ASSUMED_UTC.of(field)))
        moment = datetime.fromisoformat(time).replace(tzinfo=self.tz or timezone.utc)
        offset = moment.utcoffset()
        if offset and offset.seconds % 60:  # local mean time, before there were zones
            moment = moment.astimezone(timezone.utc)
        return moment.isoformat()

    def _assumed(self, code: str) -> str:
        self.added[code] += 1
        return code


class JsonLd(JsonLines):
    """A schema.org NewsArticle."""

    def record(self, article: Article, extra: Extra | None) -> dict[str, Any]:
        """The object of an article."""
        found: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}
        found["url"] = (extra or {}).get("url")
        for field in FIELDS:
            _fill(found, field.jsonld, _values(field, article))
        found["identifier"] += [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in _kept(extra).items()
            if name != "url"
        ]
        return _filled_only(found)


def _values(field: Field, article: Article) -> list[str]:
    """The values of a field as texts; each may become an object of its own."""
    value = getattr(article, field.name)
    if not value or field.type is Type.DROPPED:
        return []
    if field.type is Type.PARAGRAPHS:
        return [PARAGRAPH_BREAK.join(value)]
    if field.type is Type.JOINED:
        return [*value.split(" / ")]
    if field.name == "source":
        return [f"{value}:{article.line}"]
    return [*value] if field.type.is_list else [str(value)]


def _fill(found: dict[str, Any], shapes: Mapping[str, Any], values: list[str]) -> None:
    """Add the properties of a field. A list gets an item for each value; otherwise the values are joined."""
    for name, shape in shapes.items() if values else ():
        if isinstance(shape, list):
            found.setdefault(name, []).extend(_filled(shape[0], value) for value in values)
        else:
            found[name] = _filled(shape, " ".join(values))


def _filled(shape: Any, value: str) -> Any:
    """The shape, with ``*`` replaced by the value."""
    if isinstance(shape, str):
        return shape.replace("*", value)
    return {name: _filled(part, value) for name, part in shape.items()}


def _filled_only(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}


def _kept(extra: Extra | None) -> dict[str, str]:
    """The kept fields that have a value, as texts."""
    texts = {name: value if isinstance(value, str) else dumps(value) for name, value in (extra or {}).items()}
    return {name: text for name, text in texts.items() if text not in ("", "null")}


# All formats -------------------------------------------------------------------------------------------------------


class OutputFormat(NamedTuple):
    """A format: the module and the class that write it, its default columns (() if it fixes them), its extra."""

    module: str  # which is imported when the format is written
    kind: str
    columns: Sequence[str]
    extra: str = ""


ENCODERS = {
    "jsonl": OutputFormat("newsparse.writing.write", "JsonLines", RECORD),
    "json": OutputFormat("newsparse.writing.write", "Array", RECORD),
    "csv": OutputFormat("newsparse.writing.cells", "Csv", TABLE),
    "tsv": OutputFormat("newsparse.writing.cells", "Tsv", TABLE),
    "ninjs": OutputFormat("newsparse.writing.write", "Ninjs", ()),
    "jsonld": OutputFormat("newsparse.writing.write", "JsonLd", ()),
    "xlsx": OutputFormat(
        "newsparse.writing.xlsx", "Workbook", (*(name for name in TABLE if name != "id"), "id"), "xlsx"
    ),
    "parquet": OutputFormat("newsparse.arrow", "ParquetTable", RECORD, "arrow"),
}
STORE = "sqlite"  # written by `newsparse.writing.store`, whose runs know of each other
OUTPUT_FORMATS = (*ENCODERS, STORE)
FILES = (*(name for name, form in ENCODERS.items() if form.extra), STORE)  # what is no text for a pipe
APPENDABLE = ("jsonl", "csv", "tsv")
SUFFIXES = {f".{name}": name for name in OUTPUT_FORMATS} | {".ndjson": "jsonl", ".db": STORE, ".sqlite3": STORE}
PAGES = (".htm", ".html", ".xhtml", ".mhtml")
FOREIGN = (  # suffixes of what is never written: JSON Lines under such a name would be opened by nothing
    *PAGES,
    *(".doc", ".docx", ".ods", ".pdf", ".xls", ".xlsm", ".xml", ".yaml", ".yml"),
)


def encoder_of(
    format: str,
    fields: Sequence[str] | None = None,
    *,
    keep: Collection[str] = (),
    list_sep: str = "|",
    labels: str | None = None,
    tz: tzinfo | None = None,
    excel: bool = False,
    pretty: bool | None = False,
) -> Encoder:
    """The encoder of a format. The arguments are the options of the command with these names, and `keep`: the names of
    the fields that are kept from the input.

    Raises:
        FieldError: a field does not exist.
        FormatError: the format does not exist, does not have the option, or its extra is not installed.
    """
    if format not in ENCODERS:
        raise FormatError(f"no format of texts or tables {format!r}; there are: {', '.join(ENCODERS)}")
    module, kind, default, extra = ENCODERS[format]
    if excel and format != "csv":
        raise FormatError(f"--excel is for csv, not for {format}")
    if fields is not None and not default:
        raise FormatError(f"the standard says which fields {format} has; leave --fields out")
    if not list_sep:
        raise FormatError("--list-sep is empty; give a character that separates the items of a list, such as |")
    kind = "ExcelCsv" if excel else "Indented" if pretty and format == "json" else kind
    try:
        made = getattr(import_module(module), kind)
    except ModuleNotFoundError as error:
        raise FormatError(f"{format} needs {error.name}: pip install 'newsparse[{extra}]'") from None
    encoder: Encoder = made(columns_of(default, fields, keep), list_sep, labels, tz)
    return encoder


def output_format_of(path: str) -> str | None:
    """The format for the suffix of a name, or None."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122
