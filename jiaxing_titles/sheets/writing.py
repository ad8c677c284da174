"""Exports in constant memory: xlsx row by row, csv as a stream. No value ever becomes a formula."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiaxing_titles.sheets.schema import Column

# What a spreadsheet program takes for the start of a formula, in both widths.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# One Excel sheet ends here; a longer export belongs into csv or several sheets.
MAX_EXCEL_ROWS = 1_048_575
_WIDTHS = {"id": 22, "date": 12, "month": 10, "integer": 8, "decimal": 10, "choice": 14, "text": 18}
_BOM = "\ufeff"
# Excel keeps 15 digits of a number; longer ones are written as text.
_EXACT = 10**15


@dataclass(frozen=True)
class SheetData:
    """One sheet to write. Rows are sequences in column order, best a generator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def open_workbook(path: Path | str) -> xlsxwriter.Workbook:
    """A workbook that keeps one row in memory and never turns text into formulas, links or numbers."""
    return xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True, **_SAFE}
    )


def write_xlsx(path: Path | str, sheets: Iterable[SheetData], *, each: Callable[[int], None] | None = None) -> int:
    """Writes the sheets to path and returns the number of data rows; `each(n)` is called every 500 rows.

    Text, choice, month and id cells are text cells in the format '@', so no digit of a number is lost. The head is
    frozen, filtered and repeated on A4 landscape pages. Raises ValueError beyond Excel's 1,048,575 rows.
    """
    written = 0
    with open_workbook(path) as book:
        formats = Formats(book)
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            head(page, sheet.columns, formats)
            line = 0
            for line, row in enumerate(sheet.rows, start=1):
                if line > MAX_EXCEL_ROWS:
                    raise ValueError("超过 Excel 单表 1,048,575 行的上限，请改用 CSV 导出。")
                for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                    write_cell(page, line, position, value, column, formats)
                written += 1
                if each and written % 500 == 0:
                    each(written)
            page.autofilter(0, 0, max(line, 1), len(sheet.columns) - 1)
            page.print_area(0, 0, max(line, 1), len(sheet.columns) - 1)
    if each:
        each(written)
    return written


class Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.head: Format = book.add_format(base | {"bold": True, "bg_color": "#E8EEF7", "text_wrap": True})
        self.required: Format = book.add_format(
            base | {"bold": True, "bg_color": "#E8EEF7", "font_color": "#B00020", "text_wrap": True}
        )
        self.text: Format = book.add_format(base | {"num_format": "@"})
        self.date: Format = book.add_format(base | {"num_format": "yyyy-mm-dd"})
        self.number: Format = book.add_format(base)
        self.example: Format = book.add_format(base | {"num_format": "@", "font_color": "#808080", "italic": True})
        self.wrong: Format = book.add_format(base | {"num_format": "@", "bg_color": "#FFC7CE"})
        self.remark: Format = book.add_format(base | {"font_color": "#B00020", "text_wrap": True})
        self.plain_text: Format = book.add_format({"num_format": "@"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})


def head(page: Worksheet, columns: Sequence[Column], formats: Formats) -> None:
    """Header row, widths, frozen pane, and A4 landscape with the head on each page."""
    for position, column in enumerate(columns):
        page.set_column(position, position, column.width or max(_WIDTHS[column.kind], len(column.header) * 2 + 2))
        page.write_string(0, position, column.header, formats.required if column.required else formats.head)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


def write_cell(page: Worksheet, row: int, position: int, value: Any, column: Column, formats: Formats) -> None:
    """Numbers and days as such for number and date columns; everything else as text."""
    if value is None or value == "":
        page.write_blank(row, position, None, formats.text)
    elif column.kind in ("integer", "decimal") and isinstance(value, int | Decimal) and -_EXACT < value < _EXACT:
        page.write_number(row, position, value, formats.number)
    elif column.kind == "date" and isinstance(value, date) and value.year >= 1901:
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- a day
        page.write_datetime(row, position, moment, formats.date)
    else:
        page.write_string(row, position, _excel_text(value), formats.text)


def _excel_text(value: Any) -> str:
    """Within Excel's limit of a cell, without characters that XML cannot hold."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    text = "".join(c for c in text if c >= " " or c in "\t\n").encode("utf-8", "ignore").decode("utf-8")
    return text[:32_767]


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with BOM (Excel opens it as Chinese), CRLF, in blocks of rows: made for StreamingHttpResponse.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    block = [_BOM + _csv_line([column.header for column in columns])]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells for {len(columns)} columns")
        block.append(_csv_line(row))
        if len(block) >= 200:
            yield "".join(block).encode("utf-8", "replace")
            block = []
    yield "".join(block).encode("utf-8", "replace")


def write_csv(path: Path | str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """As csv_lines, into a file."""
    with Path(path).open("wb") as file:
        file.writelines(csv_lines(columns, rows))


def _csv_line(row: Sequence[Any]) -> str:
    return ",".join(_csv_cell(value) for value in row) + "\r\n"


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    text = text.replace("\x00", "")
    # The guard looks past blanks: programs trim them before they look for a formula.
    if text.startswith(_FORMULA_STARTS) or text.lstrip(" \u3000\u00a0\ufeff\u200b").startswith(_FORMULA_STARTS):
        text = "'" + text
    if any(mark in text for mark in ',"\r\n;\t') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
