"""Bad workbooks are made here, byte by byte, so that each test shows what is wrong with its file."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from jiaxing_titles.sheets import Column, Schema, Sheet

PEOPLE = Sheet(
    "人员",
    (
        Column("工号", "staff_number", required=True, unique=True, example="E001"),
        Column("姓名", "name", required=True, example="张三"),
        Column("身份证件号码", "id_number", "id", required=True, help="18 位", example="330401199001011234"),
        Column("性别", "sex", "choice", choices=(("f", "女"), ("m", "男")), example="男"),
        Column("参加工作日期", "hired_on", "date", example="2015-07-01"),
        Column("毕业年月", "graduated", "month", example="2015-06"),
        Column("继续教育学时", "hours", "decimal", example="90"),
        Column("年限", "years", "integer", example="5"),
    ),
)
JOBS = Sheet(
    "工作经历",
    (
        Column("工号", "staff_number", required=True, refers_to=("人员", "staff_number")),
        Column("单位", "employer", required=True),
    ),
    required=False,
)
GOOD = ["E100", "李堃", "330401199001011234", "女", "2015-07-01", "2015-06", 89.5, 5]


@pytest.fixture
def schema() -> Schema:
    return Schema("人员导入", "2026-1", (PEOPLE, JOBS))


@pytest.fixture
def people() -> Schema:
    return Schema("人员导入", "2026-1", (PEOPLE,))


def workbook(sheets: dict[str, list[list]], *, formats: dict | None = None, **options) -> BytesIO:
    """Rows as given, strings as strings; `touch(book, pages)` may do more."""
    touch = options.pop("touch", None)
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, **options})
    pages = {}
    for name, rows in sheets.items():
        pages[name] = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for position, value in enumerate(row):
                pages[name].write(number, position, value)
    if touch:
        touch(book, pages)
    book.close()
    buffer.seek(0)
    return buffer


def headers(sheet: Sheet = PEOPLE) -> list[str]:
    return [column.header for column in sheet.columns]


def with_people(*rows: list) -> BytesIO:
    return workbook({"人员": [headers(), *rows]})


def good_with(**changes) -> list:
    """The good row with some cells changed, by column key."""
    row = list(GOOD)
    for key, value in changes.items():
        row[[column.key for column in PEOPLE.columns].index(key)] = value
    return row


def repack(file: BytesIO, add: dict[str, bytes] | None = None, replace=None) -> BytesIO:
    """The package with entries added, or each entry's bytes passed through `replace(name, data)`."""
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, replace(entry.filename, data) if replace else data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    out.seek(0)
    return out
