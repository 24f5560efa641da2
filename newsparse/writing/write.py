"""The table of output formats, and what a format is.

Knows which formats exist. Only the module of a format knows its bytes. Where the bytes go is the business of
`newsparse.writing.output`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import tzinfo
from importlib import import_module
from typing import NamedTuple

from newsparse.record import Article, NewsparseError
from newsparse.writing.fields import RECORD, TABLE, Extra, columns_of


class FormatError(NewsparseError):
    """A format does not exist, or does not have an option."""


class Options(NamedTuple):
    """The options of a format: the names of its columns, and the values of the command's options."""

    columns: Sequence[str]
    list_sep: str = "|"
    labels: str | None = None  # the language of headers; None is the names of the fields
    tz: tzinfo | None = None


class Encoder:
    """Records to bytes, in one pass; the base class of the formats."""

    between = b""  # two records

    def __init__(self, options: Options) -> None:
        """An encoder with these options."""
        self.options = options
        self.notes: set[str] = set()  # messages for the user
        self.added: Counter[str] = Counter()  # the warnings that the format added to records, by code

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record, as far as they can be written already."""
        raise NotImplementedError

    def end(self) -> Iterable[bytes]:
        """The bytes after the last record, in pieces."""
        return ()

    def close(self) -> None:
        """Remove what the encoder keeps on the disk, also after a failure."""


class OutputFormat(NamedTuple):
    """A format: the module and the class that write it, its default columns (() if the format fixes them), its extra.

    The module is imported when the format is written.
    """

    module: str
    kind: str
    columns: Sequence[str]
    extra: str = ""


ENCODERS = {
    "jsonl": OutputFormat("jsontext", "JsonLines", RECORD),
    "json": OutputFormat("jsontext", "Array", RECORD),
    "csv": OutputFormat("cells", "Csv", TABLE),
    "tsv": OutputFormat("cells", "Tsv", TABLE),
    "ninjs": OutputFormat("standards", "Ninjs", ()),
    "jsonld": OutputFormat("standards", "JsonLd", ()),
    "xlsx": OutputFormat("xlsx", "Workbook", (*(name for name in TABLE if name != "id"), "id"), "xlsx"),
    "parquet": OutputFormat("parquet", "ParquetTable", RECORD, "arrow"),
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
        made = getattr(import_module(f"newsparse.writing.{module}"), kind)
    except ModuleNotFoundError as error:
        raise FormatError(f"{format} needs {error.name}: pip install 'newsparse[{extra}]'") from None
    encoder: Encoder = made(Options(columns_of(default, fields, keep), list_sep, labels, tz))
    return encoder


def output_format_of(path: str) -> str | None:
    """The format for the suffix of a name, or None."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122
