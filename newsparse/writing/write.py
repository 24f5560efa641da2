"""The table of output formats.

Knows which formats exist. Only the module of a format knows its bytes. Where the bytes go is the business of
`newsparse.writing.output`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import tzinfo
from importlib import import_module
from typing import NamedTuple

from newsparse.record import NewsparseError
from newsparse.writing import cells, jsontext, standards
from newsparse.writing.encoder import Encoder
from newsparse.writing.fields import RECORD, TABLE, Options, columns_of
from newsparse.writing.tablefile import TableFile


class FormatError(NewsparseError):
    """A format does not exist, or does not have an option."""


class OutputFormat(NamedTuple):
    """A format of text: its encoder, and its default columns; () if the format fixes them."""

    encoder: Callable[[Options], Encoder]
    columns: Sequence[str]


TEXT_FORMATS: dict[str, OutputFormat] = {
    "jsonl": OutputFormat(jsontext.JsonLines, RECORD),
    "json": OutputFormat(jsontext.Array, RECORD),
    "csv": OutputFormat(cells.Csv, TABLE),
    "tsv": OutputFormat(cells.Tsv, TABLE),
    "ninjs": OutputFormat(standards.Ninjs, ()),
    "jsonld": OutputFormat(standards.JsonLd, ()),
}
TABLE_FORMATS = {  # the module that writes the file, the extra that it needs, and the default columns
    "xlsx": ("newsparse.writing.xlsx", "xlsx", (*(name for name in TABLE if name != "id"), "id")),  # a reader's order
    "parquet": ("newsparse.writing.parquet", "arrow", RECORD),
}
STORE = "sqlite"  # written by `newsparse.writing.store`, whose runs know of each other
OUTPUT_FORMATS = (*TEXT_FORMATS, *TABLE_FORMATS, STORE)
FILES = (*TABLE_FORMATS, STORE)  # what is no text for a pipe
APPENDABLE = ("jsonl", "csv", "tsv")
SUFFIXES = {f".{name}": name for name in OUTPUT_FORMATS} | {".ndjson": "jsonl", ".db": STORE, ".sqlite3": STORE}
FOREIGN = (  # suffixes of what is never written: JSON Lines under such a name would be opened by nothing
    *(".doc", ".docx", ".htm", ".html", ".ods", ".pdf"),
    *(".xls", ".xlsm", ".xml", ".yaml", ".yml"),
)


def encoder_of(
    format: str,
    fields: Sequence[str] | None = None,
    *,
    list_sep: str = "|",
    excel: bool = False,
    pretty: bool = False,
    keep: Sequence[str] = (),
    tz: tzinfo | None = None,
    labels: str | None = None,
) -> Encoder:
    """The encoder of a format of text; the other arguments are the options of the command with these names.

    Raises:
        FieldError: a field does not exist.
        FormatError: the format does not exist, or does not have the option.
    """
    if format not in TEXT_FORMATS:
        raise FormatError(f"no format of text {format!r}; there are: {', '.join(TEXT_FORMATS)}")
    encoder, default = TEXT_FORMATS[format]
    if excel and format != "csv":
        raise FormatError(f"--excel is for csv, not for {format}")
    if fields is not None and not default:
        raise FormatError(f"the standard says which fields {format} has; leave --fields out")
    encoder = cells.ExcelCsv if excel else jsontext.Indented if pretty and format == "json" else encoder
    return encoder(Options(columns_of(default, fields, keep), _separator(list_sep), excel, labels, tz))


def open_table(
    format: str,
    path: str | None,
    fields: Sequence[str] | None = None,
    keep: Sequence[str] = (),
    *,
    list_sep: str = "|",
    tz: tzinfo | None = None,
    labels: str | None = None,
) -> TableFile:
    """A new table file at the path, or on standard output if it is None.

    Raises:
        FieldError: a field does not exist.
        FormatError: the format does not exist, or its extra is not installed.
        OutputError: the file cannot be written.
    """
    if format not in TABLE_FORMATS:
        raise FormatError(f"no format of tables {format!r}; there are: {', '.join(TABLE_FORMATS)}")
    module, extra, default = TABLE_FORMATS[format]
    options = Options(columns_of(default, fields, keep), _separator(list_sep), labels=labels, tz=tz)
    try:
        table: TableFile = import_module(module).Table(path, options)
    except ModuleNotFoundError as error:
        raise FormatError(f"{format} needs {error.name}: pip install 'newsparse[{extra}]'") from None
    return table


def output_format_of(path: str) -> str | None:
    """The format for the suffix of a name, or None."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122


def schema_bytes() -> bytes:
    """The JSON Schema of the record."""
    from newsparse.writing.schema import json_schema

    return json_schema()


def _separator(text: str) -> str:
    if not text:
        raise FormatError("--list-sep is empty; give a character that separates the items of a list, such as |")
    return text
