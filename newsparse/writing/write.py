"""The table of output formats.

Knows which formats exist. Only the module of a format knows its bytes. Where the bytes go is the business of
`newsparse.writing.output`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from importlib import import_module
from typing import Any, NamedTuple

from newsparse.record import NewsparseError
from newsparse.writing.encoder import Encoder, Stream, Table
from newsparse.writing.fields import RECORD, TABLE, Options, columns_of
from newsparse.writing.output import output_to


class FormatError(NewsparseError):
    """A format does not exist, or does not have an option."""


class OutputFormat(NamedTuple):
    """A format: the module and the class that write it, its default columns (() if the format fixes them), its extra.

    A format of text has an `Encoder`, a table file a `Table`: see `newsparse.writing.encoder`. The module is imported
    when the format is written.
    """

    module: str
    kind: str
    columns: Sequence[str]
    extra: str = ""

    def imported(self, kind: str = "") -> Any:
        """The class, or another one of its module."""
        return getattr(import_module(f"newsparse.writing.{self.module}"), kind or self.kind)


TEXT_FORMATS = {
    "jsonl": OutputFormat("jsontext", "JsonLines", RECORD),
    "json": OutputFormat("jsontext", "Array", RECORD),
    "csv": OutputFormat("cells", "Csv", TABLE),
    "tsv": OutputFormat("cells", "Tsv", TABLE),
    "ninjs": OutputFormat("standards", "Ninjs", ()),
    "jsonld": OutputFormat("standards", "JsonLd", ()),
}
TABLE_FORMATS = {
    "xlsx": OutputFormat("xlsx", "Workbook", (*(name for name in TABLE if name != "id"), "id"), "xlsx"),
    "parquet": OutputFormat("parquet", "ParquetTable", RECORD, "arrow"),
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
    excel: bool = False,
    pretty: bool = False,
    **options: Any,
) -> Encoder:
    """The encoder of a format of text. The arguments are the options of the command with these names, and `keep`: the
    names of the fields that are kept from the input.

    Raises:
        FieldError: a field does not exist.
        FormatError: the format does not exist, or does not have the option.
    """
    if format not in TEXT_FORMATS:
        raise FormatError(f"no format of text {format!r}; there are: {', '.join(TEXT_FORMATS)}")
    form = TEXT_FORMATS[format]
    if excel and format != "csv":
        raise FormatError(f"--excel is for csv, not for {format}")
    if fields is not None and not form.columns:
        raise FormatError(f"the standard says which fields {format} has; leave --fields out")
    kind = "ExcelCsv" if excel else "Indented" if pretty and format == "json" else ""
    encoder: Encoder = form.imported(kind)(_options(form.columns, fields, **options))
    return encoder


@contextmanager
def open_table(format: str, path: str | None, fields: Sequence[str] | None = None, **options: Any) -> Iterator[Table]:
    """A new table file at the path, or on standard output if it is None. It is complete when the block ends, and
    removed after an exception. `fields` and the other arguments are as in `encoder_of`.

    Raises:
        FieldError: a field does not exist.
        FormatError: the format does not exist, or its extra is not installed.
        OutputError: the file cannot be written.
    """
    if format not in TABLE_FORMATS:
        raise FormatError(f"no format of tables {format!r}; there are: {', '.join(TABLE_FORMATS)}")
    form = TABLE_FORMATS[format]
    try:
        kind: type[Table] = form.imported()
    except ModuleNotFoundError as error:
        raise FormatError(f"{format} needs {error.name}: pip install 'newsparse[{form.extra}]'") from None
    known = _options(form.columns, fields, **options)
    with output_to(path) as output:
        stream = Stream(output)
        table = kind(stream, output.name, known)
        try:
            yield table
            table.finish()
        finally:
            stream.output = None
            table.release()


def output_format_of(path: str) -> str | None:
    """The format for the suffix of a name, or None."""
    return SUFFIXES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122


def _options(
    default: Sequence[str],
    fields: Sequence[str] | None,
    *,
    keep: Sequence[str] = (),
    list_sep: str = "|",
    tz: tzinfo | None = None,
    labels: str | None = None,
    **_: Any,
) -> Options:
    if not list_sep:
        raise FormatError("--list-sep is empty; give a character that separates the items of a list, such as |")
    return Options(columns_of(default, fields, keep), list_sep, labels, tz)
