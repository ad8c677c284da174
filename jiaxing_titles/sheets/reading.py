"""A workbook against its schema: values with their Excel row, and one sentence for every bad cell."""

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from jiaxing_titles.sheets import cells
from jiaxing_titles.sheets.guard import Refused, check_package
from jiaxing_titles.sheets.layout import Layout, column_letter, column_number, layouts
from jiaxing_titles.sheets.schema import GUIDE_SHEET, REMARK_HEADER, Column, Schema, Sheet

VERSION_LABEL = "模板版本"
MAX_ERRORS = 2_000


@dataclass(frozen=True)
class CellError:
    """One thing to put right. `row` counts as Excel does (0: the sheet as a whole); `column` is the letter.

    `typed` may hold personal data: show it to the uploader, never log it.
    """

    sheet: str
    row: int
    column: str
    header: str
    typed: str
    message: str

    def __str__(self) -> str:
        place = f"第 {self.row} 行" if self.row else ""
        place += f" {self.column} 列" if self.column else ""
        return f"“{self.sheet}”{place}：{self.message}"


@dataclass(frozen=True)
class Row:
    """`number` is the Excel row; `values` by column key; `complete` is False when a cell of it is in `errors`."""

    number: int
    values: dict[str, Any]
    complete: bool = True


@dataclass
class Reading:
    """`rows` by sheet name hold every row, also incomplete ones; `warnings` need no correction."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    @property
    def good_rows(self) -> dict[str, list[Row]]:
        """Rows without an error of their own."""
        return {name: [row for row in rows if row.complete] for name, rows in self.rows.items()}


def read_workbook(file: IO[bytes], schema: Schema) -> Reading:
    """Reads an uploaded xlsx. Raises Refused, with its sentence, when the file as a whole cannot be taken.

    The file is checked before it is parsed: packing, macros, links, entities, 5,000 rows × 60 columns.
    """
    check_package(file, "xlsx")
    places = layouts(file, {sheet.name for sheet in schema.sheets} | {GUIDE_SHEET}, schema.max_rows)
    try:
        file.seek(0)
        workbook = CalamineWorkbook.from_filelike(file)
    except (CalamineError, ValueError) as error:
        raise Refused("文件已损坏，无法读取。请用 Excel 或 WPS 重新另存一份再上传。") from error
    _check_version(workbook, schema)
    reading = Reading()
    for sheet in schema.sheets:
        if sheet.name in places and sheet.name in workbook.sheet_names:
            _SheetReader(sheet, places[sheet.name], reading).read(_grid(workbook, sheet.name))
        elif not sheet.optional:
            reading.errors.append(_missing_sheet(sheet, workbook.sheet_names))
    _check_references(schema, reading)
    if len(reading.errors) > MAX_ERRORS:
        raise Refused(f"错误超过 {MAX_ERRORS} 处，多半是列错位或用错了模板。请重新下载模板，核对后再上传。")
    return reading


def _grid(workbook: CalamineWorkbook, name: str) -> list[list[Any]]:
    try:
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError) as error:
        raise Refused(f"工作表“{name}”已损坏，无法读取。请用 Excel 或 WPS 重新另存一份再上传。") from error


def _check_version(workbook: CalamineWorkbook, schema: Schema) -> None:
    """A workbook without the guide sheet is judged by its headers alone."""
    if GUIDE_SHEET not in workbook.sheet_names:
        return
    for row in _grid(workbook, GUIDE_SHEET)[:5]:
        if len(row) > 1 and row[0] == VERSION_LABEL and cells.shown(row[1]) != schema.version:
            raise Refused(
                f"模板版本是 {cells.shown(row[1])}，现行版本是 {schema.version}。请重新下载模板，把数据粘贴过去再上传。"
            )


def _missing_sheet(sheet: Sheet, names: list[str]) -> CellError:
    near = get_close_matches(sheet.name, names, 1, 0.5)
    hint = f"是否改名成了“{near[0]}”？" if near else "请使用模板填写，不要删除或改名工作表。"
    return CellError(sheet.name, 0, "", "", "", f"缺少工作表“{sheet.name}”。{hint}")


class _SheetReader:
    def __init__(self, sheet: Sheet, layout: Layout, reading: Reading) -> None:
        self.sheet = sheet
        self.layout = layout
        self.reading = reading
        self.merged = _merged_cells(layout)
        self.seen: dict[str, dict[Any, int]] = {column.key: {} for column in sheet.columns if column.unique}

    def read(self, grid: list[list[Any]]) -> None:
        rows = self.reading.rows.setdefault(self.sheet.name, [])
        where = self._headers(grid[0] if grid else [])
        if where is None:
            return
        for number, line in enumerate(grid[1:], start=2):
            line = [line[i] if i < len(line) else None for i in range(max([*where, len(line) - 1]) + 1)]
            if not self._is_blank(number, line, where) and not self._is_example(line, where):
                rows.append(self._row(number, line, where))
        if self.sheet.required and not rows:
            self._error(0, None, None, f"工作表“{self.sheet.name}”没有数据。请从第 2 行起填写后再上传。")

    def _headers(self, head: list[Any]) -> dict[int, Column] | None:
        """Position (from 0) → column; None when one is missing or doubled."""
        titles = [cells.clean(cells.shown(value)) for value in head]
        known = {column.header: column for column in self.sheet.columns}
        spare = [title for title in titles if title and title not in known and not title.startswith(REMARK_HEADER)]
        faults = len(self.reading.errors)
        for title, count in Counter(titles).items():
            if title in known and count > 1:
                self._error(1, None, known[title], f"表头“{title}”出现了 {count} 次，请只保留一列。")
        for header, column in known.items():
            if header not in titles:
                near = get_close_matches(header, spare, 1, 0.5)
                hint = f"是否改名成了“{near[0]}”？请改回原名。" if near else "请使用模板填写，不要删除或合并表头。"
                self._error(1, None, column, f"缺少“{header}”这一列。{hint}")
        if len(self.reading.errors) > faults:
            return None
        for position, title in enumerate(titles):
            if title in spare:
                self._warn(1, position, title, f"“{title}”不是模板中的列，不会导入。")
        return {position: known[title] for position, title in enumerate(titles) if title in known}

    def _is_blank(self, number: int, line: list[Any], where: dict[int, Column]) -> bool:
        marked = any((number, i + 1) in self.layout.errors or (number, i + 1) in self.layout.formulas for i in where)
        return not marked and all(cells.is_empty(line[i]) for i in where)

    def _is_example(self, line: list[Any], where: dict[int, Column]) -> bool:
        """The grey row of the template, left as it was."""
        examples = [column.example for column in self.sheet.columns]
        return any(examples) and all(cells.clean(cells.shown(line[i])) == column.example for i, column in where.items())

    def _row(self, number: int, line: list[Any], where: dict[int, Column]) -> Row:
        values: dict[str, Any] = {}
        complete = True
        for position, column in where.items():
            try:
                values[column.key] = self._cell(number, position, line[position], column)
            except cells.NotThat as problem:
                complete = False
                values[column.key] = None
                typed = self.layout.errors.get((number, position + 1)) or cells.shown(line[position])
                self._error(number, position, column, str(problem), typed)
        if number in self.layout.hidden_rows:
            self._warn(number, None, "", f"第 {number} 行是隐藏行，也会导入。不需要的话请删除这一行。")
        return Row(number, values, complete)

    def _cell(self, number: int, position: int, value: Any, column: Column) -> Any:
        place = (number, position + 1)
        if place in self.layout.errors:
            raise cells.NotThat(f"单元格显示错误值 {self.layout.errors[place]}，请改成实际内容。")
        if place in self.layout.formulas:
            raise cells.NotThat("单元格是公式。请复制后用“选择性粘贴—数值”改成实际内容。")
        if place in self.merged:
            raise cells.NotThat(f"单元格被合并（{self.merged[place]}）。请取消合并，每行分别填写。")
        result = cells.read(value, column)
        if column.unique and result is not None:
            first = self.seen[column.key].setdefault(result, number)
            if first != number:
                raise cells.NotThat(f"与第 {first} 行的“{column.header}”重复，请核对。")
        return result

    def _error(self, row: int, position: int | None, column: Column | None, message: str, typed: str = "") -> None:
        self.reading.errors.append(self._mark(row, position, column.header if column else "", message, typed))

    def _warn(self, row: int, position: int | None, header: str, message: str) -> None:
        self.reading.warnings.append(self._mark(row, position, header, message, ""))

    def _mark(self, row: int, position: int | None, header: str, message: str, typed: str) -> CellError:
        letter = "" if position is None else column_letter(position + 1)
        return CellError(self.sheet.name, row, letter, header, typed[:60], message)


def _merged_cells(layout: Layout) -> dict[tuple[int, int], str]:
    """(row, column) → range, for merged cells below the head and within the rows that hold something."""
    found: dict[tuple[int, int], str] = {}
    for reference in layout.merged[:10_000]:
        first, _, last = reference.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        for row in range(max(top, 2), min(bottom, layout.last_row) + 1):
            for column in range(left, min(right, layout.last_column) + 1):
                found[(row, column)] = reference
    return found


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    return (int(digits) if digits else 0), column_number(letters)


def _check_references(schema: Schema, reading: Reading) -> None:
    """Every linked row must find its parent, also when that parent has errors of its own."""
    for sheet in schema.sheets:
        for column in sheet.columns:
            if column.refers_to is None or column.refers_to[0] not in reading.rows:
                continue
            parent, key = column.refers_to
            known = {row.values.get(key) for row in reading.rows[parent]}
            rows = reading.rows.get(sheet.name, [])
            for index, row in enumerate(rows):
                value = row.values.get(column.key)
                if value is not None and value not in known:
                    message = f"“{value}”在工作表“{parent}”中找不到，请核对两表的“{column.header}”。"
                    reading.errors.append(CellError(sheet.name, row.number, "", column.header, str(value), message))
                    rows[index] = Row(row.number, row.values, complete=False)
