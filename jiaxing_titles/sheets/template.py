"""The workbook to fill in: 填写说明, one sheet per data sheet, 字典 behind the drop-down lists."""

from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from jiaxing_titles.sheets.layout import column_letter
from jiaxing_titles.sheets.reading import VERSION_LABEL
from jiaxing_titles.sheets.schema import DICTIONARY_SHEET, GUIDE_SHEET, Column, Schema, Sheet
from jiaxing_titles.sheets.writing import Formats, head

_KIND_WORDS = {
    "text": "文字",
    "date": "日期，如 2024-02-09",
    "month": "年月，如 2024-02",
    "decimal": "数字",
    "integer": "整数",
    "choice": "从下拉列表选择",
    "id": "号码，单元格为文本格式",
}
_GENERAL_NOTES = (
    "请在后面的工作表中从第 2 行起填写；灰色斜体的示例行可以保留，不会导入。",
    "红色表头为必填。不要改动表头、工作表名称，不要合并单元格，不要使用公式。",
    "从别处复制时，请用“选择性粘贴—数值”，以保持身份证号等列的文本格式。",
)


def template_workbook(schema: Schema) -> bytes:
    """The xlsx a person downloads; its version comes back with it and is compared by read_workbook."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": schema.title, "comments": f"{VERSION_LABEL} {schema.version}"})
        formats = Formats(book)
        guide = book.add_worksheet(GUIDE_SHEET)
        pages = [(sheet, book.add_worksheet(sheet.name)) for sheet in schema.sheets]
        dictionary = book.add_worksheet(DICTIONARY_SHEET)
        sources = _dictionary(dictionary, schema, formats)
        _guide(guide, schema, formats)
        for sheet, page in pages:
            _data(page, sheet, schema.max_rows, sources, formats)
        pages[0][1].activate()
    return buffer.getvalue()


def _guide(page: Worksheet, schema: Schema, formats: Formats) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 8)
    page.set_column(2, 2, 26)
    page.set_column(3, 3, 70)
    page.write_string(0, 0, schema.title, formats.title)
    page.write_string(1, 0, VERSION_LABEL)
    page.write_string(1, 1, schema.version, formats.plain_text)
    line = 3
    for note in (*_GENERAL_NOTES, *schema.notes):
        page.write_string(line, 0, note)
        line += 1
    for sheet in schema.sheets:
        line += 1
        page.write_string(line, 0, f"工作表“{sheet.name}”", formats.title)
        if sheet.help:
            page.write_string(line, 3, sheet.help, formats.wrapped)
        line += 1
        for column in sheet.columns:
            page.write_string(line, 0, column.header)
            page.write_string(line, 1, "必填" if column.required else "选填")
            page.write_string(line, 2, _KIND_WORDS[column.kind])
            page.write_string(line, 3, column.help, formats.wrapped)
            line += 1


def _dictionary(page: Worksheet, schema: Schema, formats: Formats) -> dict[tuple[str, str], str]:
    """Writes each list of choices into a column; returns (sheet, key) → the range a drop-down reads."""
    sources: dict[tuple[str, str], str] = {}
    position = 0
    for sheet in schema.sheets:
        for column in sheet.columns:
            if not column.choices:
                continue
            labels = list(column.labels)
            page.set_column(position, position, 24)
            page.write_string(0, position, f"{sheet.name}·{column.header}", formats.head)
            for line, label in enumerate(labels, start=1):
                page.write_string(line, position, label, formats.plain_text)
            letter = column_letter(position + 1)
            sources[(sheet.name, column.key)] = f"='{DICTIONARY_SHEET}'!${letter}$2:${letter}${len(labels) + 1}"
            position += 1
    return sources


def _data(page: Worksheet, sheet: Sheet, rows: int, sources: dict[tuple[str, str], str], formats: Formats) -> None:
    head(page, sheet.columns, formats)
    for position, column in enumerate(sheet.columns):
        width = column.width or max(14, len(column.header) * 2 + 2)
        page.set_column(
            position, position, width, formats.plain_text if column.kind in ("text", "id", "month") else None
        )
        if any(one.example for one in sheet.columns):
            page.write_string(1, position, column.example, formats.example)
        rule = _validation(column, sources.get((sheet.name, column.key), ""))
        if rule:
            page.data_validation(1, position, rows, position, rule)


def _validation(column: Column, source: str) -> dict[str, object]:
    hint = {"input_title": column.header[:32], "input_message": column.help[:255]} if column.help else {}
    if source:
        wrong = {"error_title": "不在可选项中", "error_message": "请从下拉列表中选择。"}
        return {"validate": "list", "source": source, **wrong, **hint}
    return {"validate": "any", **hint} if hint else {}
