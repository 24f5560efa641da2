r"""Records as rows: CSV of RFC 4180, CSV for Excel, and TSV.

Knows quoting, and which cells a spreadsheet would run as formulas. Paragraphs are joined by a blank line, other lists
by a separator; null is an empty cell; nested values (``dropped``, kept fields) are JSON.

CSV has no escapes, and some readers stop at control characters or take CR for a line end. So a control character
becomes U+FFFD in CSV, with a warning ``FIELD.control_character``. Only names of files, kept fields and ``--normalize
none`` have any. TSV escapes ``\n``, ``\t``, ``\\`` and ``\r``, and other control characters as ``\uXXXX``.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import Any

from newsparse.record import Article, Type, WarningCode
from newsparse.writing.write import (
    BY_NAME,
    PARAGRAPH_BREAK,
    Encoder,
    Extra,
    column_label,
    dropped,
    dumps,
    values_of,
    without_surrogates,
)

SIGNS = frozenset("=+-@\t\r＝＋－＠﹦﹢﹣﹫")  # CWE-1236: a cell that begins so may be run
MAX_CELL_UNITS = 32_767  # UTF-16 units in a cell
RUNS = "some cells begin with = + - or @, which a spreadsheet may run as a formula; --excel makes them harmless"
JOINED = (Type.LINES, Type.TAGS, Type.CODES)  # lists whose items the separator joins
CUT_BY_EXCEL = f"some cells have more than {MAX_CELL_UNITS:,} characters; Excel shows no more, the file has all"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_C0 = bytes([*range(0x09), *range(0x0B, 0x20), 0x7F])
_C1 = re.compile(rb"\xc2[\x80-\x9f]").search
_BEFORE_SIGN = " \n\xa0\xad\u061c\u1680\u205f\u3000\ufeff" + "".join(  # spaces and what is not seen
    map(chr, [*range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x2060, 0x2070)])
)
_MAY_RUN = SIGNS | frozenset(_BEFORE_SIGN)


def runs(cell: str) -> bool:
    """Whether a spreadsheet may run the cell as a formula: it begins with a sign, perhaps after spaces.

    >>> runs(" =1+1"), runs("1+1")
    (True, False)
    """
    return cell[:1] in _MAY_RUN and cell.lstrip(_BEFORE_SIGN)[:1] in SIGNS


class RowEncoder(Encoder):
    """Records to the texts of their cells. A subclass makes the bytes of a row."""

    def __init__(self, *options: Any) -> None:
        """Rows with these options, which are those of an `Encoder`."""
        super().__init__(*options)
        self.header = [column_label(name, self.labels) for name in self.names]
        self._lists = [(index, name) for index, name in enumerate(self.names) if type_of(name) in JOINED]

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return self.row(self.header)

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        return self.row(self.cells(article, extra))

    def row(self, cells: list[str]) -> bytes:
        """The bytes of a row."""
        raise NotImplementedError

    def cells(self, article: Article, extra: Extra | None) -> list[str]:
        """The text of each cell."""
        values, separator = values_of(self.names, article, extra), self.list_sep
        for index, name in self._lists:
            if values[index] and separator.join(values[index]).count(separator) >= len(values[index]):
                other = "/" if separator != "/" else "|"
                values[index] = tuple(item.replace(separator, other) for item in values[index])
                self.warn(values, WarningCode.LIST_SEPARATOR.of(name))
        return [self._text(name, value) for name, value in zip(self.names, values, strict=True)]

    def warn(self, row: list[Any], code: str) -> None:
        """Add a warning to a row of values or of cells, if it has a column for warnings."""
        self.added[code] += 1
        for index, name in self._lists:
            if name == "warnings":
                old, separator = row[index], self.list_sep
                row[index] = (*old, code) if isinstance(old, tuple) else separator.join(filter(None, (old, code)))

    def _text(self, name: str, value: Any) -> str:
        """The text of a value in a column."""
        if value is None or isinstance(value, str):
            return value or ""
        kind = type_of(name)
        if kind in JOINED:
            return self.list_sep.join(value)
        if kind is Type.PARAGRAPHS:
            return PARAGRAPH_BREAK.join(value)
        return dumps(dropped(value) if kind is Type.DROPPED else value)


class Csv(RowEncoder):
    """CSV with a header; cells are quoted only if needed."""

    line_end = b"\n"

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """The bytes of one record."""
        cells = self._harmless(self.cells(article, extra))
        row = self.row(cells)
        if not _has_controls(row.removesuffix(self.line_end)):
            return row
        for index, name in enumerate(self.names):
            cells[index] = cells[index].replace("\r\n", "\n")
            if _CONTROL.search(cells[index]):
                cells[index] = _CONTROL.sub("\ufffd", cells[index])
                self.warn(cells, WarningCode.CONTROL_CHARACTER.of(name))
        return self.row(cells)

    def row(self, cells: list[str]) -> bytes:
        """The bytes of a row. An empty line would be no row to most readers."""
        return _utf8(",".join(map(_quoted, cells)) or '""') + self.line_end

    def _harmless(self, cells: list[str]) -> list[str]:
        if RUNS not in self.notes and any(map(runs, cells)):
            self.notes.add(RUNS)
        return cells


class ExcelCsv(Csv):
    """CSV for Excel: a byte order mark, CRLF, and no cell that Excel would run."""

    line_end = b"\r\n"

    def begin(self) -> bytes:
        """The bytes before the first record."""
        return BOM_UTF8 + self.row(self._harmless(self.header))

    def _harmless(self, cells: list[str]) -> list[str]:
        if any(map(is_too_long, cells)):
            self.notes.add(CUT_BY_EXCEL)
        return [f"'{cell}" if runs(cell) else cell for cell in cells]


class Tsv(RowEncoder):
    r"""TSV with a header and one record on each line; ``\n``, ``\t`` and ``\\`` are escaped."""

    def row(self, cells: list[str]) -> bytes:
        """The bytes of a row."""
        text = "\t".join(map(_escaped, cells)) + "\n"
        row = _utf8(text)
        if _has_controls(row):
            row = _utf8(_CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text))
        return row


def _has_controls(row: bytes) -> bool:
    return len(row.translate(None, _C0)) != len(row) or (b"\xc2" in row and _C1(row) is not None)


def is_too_long(cell: str) -> bool:
    """Whether Excel cannot hold the text in a cell."""
    return len(cell) > MAX_CELL_UNITS // 2 and utf16_units(cell) > MAX_CELL_UNITS


def utf16_units(text: str) -> int:
    """The length of the text in UTF-16 units, as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def type_of(name: str) -> Type | None:
    """The type of a field of the record; a kept field has none."""
    return BY_NAME[name].type if name in BY_NAME else None


def _quoted(cell: str) -> str:
    """The cell, quoted if needed. Without quotes some readers drop spaces at its ends."""
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    if "," in cell or "\n" in cell or "\r" in cell or cell[:1] == " " or cell[-1:] == " ":
        return f'"{cell}"'
    return cell


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return without_surrogates(text).encode()
