"""The table of input formats: one row each, with its suffixes, its reader, and the extra that the reader needs.

Knows which reader an input needs. Only the reader knows the format. A new format needs one row here, and a module
beside it with a function that takes a `newsparse.reading.read.Source` and yields `newsparse.reading.rows.Row`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from newsparse.reading.inputs import InputError
    from newsparse.reading.read import Source
    from newsparse.reading.rows import Row, RowStream


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


def reader(form: str, source: Source) -> Callable[[Source], RowStream]:
    """The function that reads the rows of the source.

    Raises:
        InputError: the extra of the format is not installed.
    """
    found: Callable[[Source], RowStream] = _imported(form, INPUT_FORMATS[form].function, source)
    return found


def text_reader(form: str, source: Source) -> Callable[[Row, Source], Row | InputError]:
    """The function that reads the text of one row of another format, which is HTML.

    Raises:
        InputError: the extra of the format is not installed.
    """
    found: Callable[[Row, Source], Row | InputError] = _imported(form, "page_of", source)
    return found


def _imported(form: str, name: str, source: Source) -> Any:
    row = INPUT_FORMATS[form]
    try:
        return getattr(import_module(row.module), name)
    except ImportError as error:
        raise source.fail(f"{form} needs {error.name}: pip install 'newsparse[{row.extra}]'") from None
