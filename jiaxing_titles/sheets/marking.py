"""The uploaded workbook given back, with the bad cells red and a column that says why."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from jiaxing_titles.sheets import cells
from jiaxing_titles.sheets.guard import check_package
from jiaxing_titles.sheets.layout import MAX_COLUMNS, column_letter, layouts
from jiaxing_titles.sheets.reading import CellError
from jiaxing_titles.sheets.schema import REMARK_HEADER
from jiaxing_titles.sheets.writing import Formats, open_workbook

MAX_ROWS = 20_000


def errors_workbook(original: IO[bytes], errors: Sequence[CellError], path: Path | str) -> None:
    """Writes the workbook with error marks to path; it can be corrected and sent again as it is.

    Cells come back as values: a number stays a number and text stays text, so nothing is lost a second time.
    Raises Refused as read_workbook does.
    """
    check_package(original, "xlsx")
    marks: dict[str, dict[int, list[CellError]]] = defaultdict(lambda: defaultdict(list))
    for error in errors:
        marks[error.sheet][max(error.row, 1)].append(error)
    original.seek(0)
    source = CalamineWorkbook.from_filelike(original)
    places = layouts(original, set(source.sheet_names), MAX_ROWS)
    with open_workbook(path) as book:
        formats = Formats(book)
        for name in source.sheet_names:
            if name in places:
                grid = source.get_sheet_by_name(name).to_python(skip_empty_area=False)
                _copy(book.add_worksheet(name), grid, marks.get(name, {}), places[name].errors, formats)


def _copy(
    page: Worksheet,
    grid: list[list[Any]],
    marks: dict[int, list[CellError]],
    faults: dict[tuple[int, int], str],
    formats: Formats,
) -> None:
    width = min(max((len(line) for line in grid), default=0), MAX_COLUMNS)
    head = [cells.clean(cells.shown(value)) for value in grid[0]] if grid else []
    remark_at = next((i for i, title in enumerate(head) if title.startswith(REMARK_HEADER)), width)
    page.set_column(0, max(width - 1, 0), 16)
    page.freeze_panes(1, 0)
    if marks:
        page.set_column(remark_at, remark_at, 60)
    for number, line in enumerate(grid or [[]], start=1):
        wrong = {error.column for error in marks.get(number, [])}
        for position, value in enumerate(line[:width]):
            if position != remark_at:
                typed = faults.get((number, position + 1), value)
                _put(page, number - 1, position, typed, column_letter(position + 1) in wrong, formats)
        said = "；".join(error.message for error in marks.get(number, []))
        if marks and number == 1:
            page.write_string(0, remark_at, f"{REMARK_HEADER}：{said}" if said else REMARK_HEADER, formats.head)
        elif said:
            page.write_string(number - 1, remark_at, said[:32_000], formats.remark)


def _put(page: Worksheet, row: int, position: int, value: Any, wrong: bool, formats: Formats) -> None:
    if isinstance(value, datetime | date):
        page.write_string(row, position, cells.shown(value), formats.wrong if wrong else formats.text)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(row, position, value, formats.wrong if wrong else formats.number)
    elif cells.is_empty(value):
        page.write_blank(row, position, None, formats.wrong if wrong else None)
    else:
        page.write_string(row, position, cells.shown(value)[:32_767], formats.wrong if wrong else formats.text)
