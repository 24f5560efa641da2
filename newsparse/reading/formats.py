"""The table of input formats: one row each, with its suffixes, its reader, and the extra that the reader needs.

Knows which reader an input needs. Only the reader knows the format. A new format needs one row here, and a module
beside it with a function that takes a `newsparse.reading.read.Source` and yields `newsparse.reading.rows.Row`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from newsparse.reading.read import Source


class InputFormat(NamedTuple):
    """An input format: its suffixes and its reader."""

    suffixes: tuple[str, ...]
    module: str = ""  # of the reader; plain text has none
    function: str = ""
    extra: str = ""


INPUT_FORMATS = {
    "text": InputFormat((".txt",)),
    "jsonl": InputFormat((".jsonl", ".ndjson", ".json"), "newsparse.reading.rows", "jsonl"),
    "csv": InputFormat((".csv", ".tsv"), "newsparse.reading.rows", "csv"),
    "parquet": InputFormat((".parquet",), "newsparse.reading.parquet", "rows", "arrow"),
    "html": InputFormat((".html", ".htm", ".xhtml"), "newsparse.reading.html", "rows", "html"),
    "wet": InputFormat((".wet", ".wet.gz"), "newsparse.reading.wet", "rows", "warc"),
}
COMPRESSED_SUFFIXES = (".gz", ".bz2", ".xz", ".zst")


def input_format_of(name: str) -> str:
    """The format of an input by its suffix, without that of a compression; ``text`` if the suffix is unknown."""
    if name.endswith(".txt"):
        return "text"
    lower = name[-24:].lower()
    for suffix in COMPRESSED_SUFFIXES:
        lower = lower.removesuffix(suffix)
    return next((form for form, row in INPUT_FORMATS.items() if lower.endswith(row.suffixes)), "text")


def patterns(form: str | None) -> tuple[str, ...]:
    """The patterns of file names that are taken from folders: those with the suffixes of the format."""
    return tuple(f"*{suffix}" for suffix in INPUT_FORMATS[form or "text"].suffixes)


def reader(form: str, source: Source, name: str = "") -> Any:
    """The function that reads the rows of the source, or another of its module, such as ``page_of`` for HTML in rows.

    Raises:
        InputError: the extra of the format is not installed.
    """
    row = INPUT_FORMATS[form]
    try:
        return getattr(import_module(row.module), name or row.function)
    except ImportError as error:
        raise source.fail(f"{form} needs {error.name}: pip install 'newsparse[{row.extra}]'") from None
