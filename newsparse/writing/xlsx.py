"""Excel workbooks: right to left, the headline first and frozen, real dates, no formulas from texts.

Knows the limits of Excel. Every text is written as text, so it never becomes a formula or a link. The rest of a text
that is too long for a cell goes to the sheet «continued», with a warning ``FIELD.continued``. Rows that do not fit on
one sheet go to another. Memory does not grow with the number of records.

Needs XlsxWriter, the extra ``newsparse[xlsx]``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from newsparse.record import Article, Type, WarningCode
from newsparse.words.vocab import direction
from newsparse.writing.cells import MAX_CELL_UNITS, RowEncoder, is_too_long, type_of, utf16_units
from newsparse.writing.output import CHUNK_BYTES, UnfitError
from newsparse.writing.write import BY_NAME, PARAGRAPH_BREAK, Extra, without_surrogates

MAX_SHEET_ROWS = 1_048_576
ROW_POINTS = 16  # points, of one row of text
MAX_TEXT_ROWS = 8  # in a row of the sheet: a body at its full height would hide all others
A4 = 9  # the number of the paper
DEFAULT_COLUMN_CHARS = 20  # characters of a column that is no field of the record
TEXT_TYPES = (Type.LINE, Type.TEXT, Type.LINES, Type.PARAGRAPHS, Type.TAGS)  # that are in the article's language
FIRST_DAY = "1900-03-01"  # before it, Excel counts a day that never was
CONTINUED = ("id", "field", "part", "text")
CONTINUED_WIDTHS = (20, 20, 20, 90)
NOTE = "some texts are longer than Excel's cells and go on in the sheet «continued»"
MADE = datetime(2000, 1, 1)  # always the same: the same records give the same bytes
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook(RowEncoder):
    """A workbook of records. It is made in a temporary folder, and gives its bytes at the end."""

    _book: Any = None

    def begin(self) -> bytes:
        """Begin the workbook."""
        from tempfile import TemporaryDirectory

        self._folder = TemporaryDirectory(prefix="newsparse-")
        self._path = os.path.join(self._folder.name, "workbook")  # noqa: PTH118
        self._book = xlsxwriter.Workbook(self._path, {**SETTINGS, "tmpdir": self._folder.name})
        self._book.set_properties({"created": MADE})
        self._formats: dict[tuple[str, str], Any] = {}
        widths = [BY_NAME[name].width if name in BY_NAME else DEFAULT_COLUMN_CHARS for name in self.names]
        rtl = self.labels != "en"
        look = self._format("")
        self._articles = _Sheets(self._book, "articles", self.header, widths, look, rtl)
        self._continued = _Sheets(self._book, "continued", CONTINUED, CONTINUED_WIDTHS, look, rtl)
        return b""

    def encode(self, article: Article, extra: Extra | None = None) -> bytes:
        """Add one record. No bytes are known yet."""
        cells = [without_surrogates(cell) for cell in self.cells(article, extra)]
        for name, cell in zip(self.names, cells, strict=True):
            if is_too_long(cell):
                self.notes.add(NOTE)
                self.warn(cells, WarningCode.CONTINUED.of(name))
        sheet, row = self._articles.next_row(cells)
        order = direction(article.language)
        for column, name in enumerate(self.names):
            self._put(sheet, row, column, name, self._fitting(article.id, name, cells[column], order), order)
        return b""

    def end(self) -> Iterator[bytes]:
        """The bytes of the workbook, in pieces."""
        try:
            self._articles.finish()
            self._continued.finish()
            self._book.close()
        except XlsxWriterException as error:
            if error.args and isinstance(error.args[0], OSError):
                raise error.args[0] from None
            raise UnfitError(f"cannot be written as xlsx: {error}") from None
        with open(self._path, "rb") as file:  # noqa: PTH123
            while piece := file.read(CHUNK_BYTES):
                yield piece

    def close(self) -> None:
        """Close and remove the temporary files."""
        if self._book:
            for sheet in self._book.worksheets():
                with suppress(OSError):
                    sheet.row_data_fh.close()
            self._folder.cleanup()

    def _fitting(self, identity: str, name: str, cell: str, order: str) -> str:
        """The part of a text that fits into a cell. The rest is written to the sheet «continued»."""
        if not is_too_long(cell):
            return cell
        first, *others = _parts(cell)
        for number, part in enumerate(others, 2):
            sheet, row = self._continued.next_row()
            for column, text in enumerate((identity, name, str(number), part)):
                self._put(sheet, row, column, "body" if text is part else "", text, order)
        return first

    def _put(self, sheet: Any, row: int, column: int, name: str, cell: str, order: str) -> None:
        kind = type_of(name)
        if kind in (Type.TIME, Type.DAY) and cell >= FIRST_DAY:
            look = f'yyyy-mm-dd hh:mm:ss"{cell[19:]}"' if len(cell) > len("2024-09-17") else "yyyy-mm-dd"
            sheet.write_datetime(row, column, datetime.fromisoformat(cell[:19]), self._format(look, "ltr"))
        elif kind is Type.NUMBER:
            sheet.write_number(row, column, int(cell), self._format("0", "ltr"))
        elif not cell:
            sheet.write_blank(row, column, None, self._format("@"))
        else:
            sheet.write_string(row, column, cell, self._format("@", order if kind in TEXT_TYPES else "auto"))

    def _format(self, look: str, order: str = "auto") -> Any:
        """The cell format with this number format (`look`; "" is the header) and reading order."""
        if (look, order) not in self._formats:
            kind = {"num_format": look} if look else {"bold": True, "bg_color": "#DDDDDD"}
            side = "right" if order == "rtl" else "left"
            more = {} if order == "auto" else {"reading_order": 2 if order == "rtl" else 1, "align": side}
            style = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#DDDDDD", **kind, **more}
            self._formats[look, order] = self._book.add_format(style)
        return self._formats[look, order]


class _Sheets:
    """A table in a workbook, with as many sheets as it needs. The sheet «continued» is made only if it is needed."""

    def __init__(
        self, book: Any, title: str, header: Sequence[str], widths: Sequence[int], look: Any, is_right_to_left: bool
    ) -> None:
        self._book, self._title, self._header, self._widths, self._look = book, title, header, widths, look
        self._is_right_to_left = is_right_to_left
        self._sheets = 0
        self._sheet: Any = None
        self._next = MAX_SHEET_ROWS
        if title == "articles":
            self._begin()

    def next_row(self, texts: Sequence[str] = ()) -> tuple[Any, int]:
        """The sheet and row of the next record. The row is high enough for the texts, up to a limit."""
        if self._next == MAX_SHEET_ROWS:
            self.finish()
            self._begin()
        rows = max(map(_rows_of, texts, self._widths), default=1)
        self._sheet.set_row(self._next, ROW_POINTS * min(rows, MAX_TEXT_ROWS))
        self._next += 1
        return self._sheet, self._next - 1

    def finish(self) -> None:
        """Finish the sheet."""
        if self._sheet:
            self._sheet.autofilter(0, 0, self._next - 1, len(self._header) - 1)

    def _begin(self) -> None:
        self._sheets += 1
        sheet = self._book.add_worksheet(self._title if self._sheets == 1 else f"{self._title} {self._sheets}")
        if self._is_right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (name, width) in enumerate(zip(self._header, self._widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, without_surrogates(name), self._look)
        self._sheet = sheet
        self._next = 1


def _rows_of(text: str, width: int) -> int:
    """About how many rows the text needs in a column of this width."""
    return sum(1 + len(line) // width for line in text[: width * MAX_TEXT_ROWS].split("\n"))


def _parts(text: str) -> Iterator[str]:
    """The text in parts that fit into cells, cut between paragraphs if possible."""
    start = 0
    while start < len(text):
        part = text[start : start + MAX_CELL_UNITS]
        while (excess := utf16_units(part) - MAX_CELL_UNITS) > 0:
            part = part[: -((excess + 1) // 2)]
        gap = part.rfind(PARAGRAPH_BREAK)
        if gap > 0 and start + len(part) < len(text):
            part = part[: gap + len(PARAGRAPH_BREAK)]
        yield part
        start += len(part)
