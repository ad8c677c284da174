"""Exports read back by other programs' eyes (openpyxl), the template, and the workbook with error marks."""

import csv
import io
import resource
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaxing_titles.sheets import (
    Column,
    SheetData,
    csv_lines,
    errors_workbook,
    read_workbook,
    template_workbook,
    write_csv,
    write_xlsx,
)
from tests.jiaxing_titles.sheets.conftest import GOOD, PEOPLE, good_with, headers, with_people

COLUMNS = (
    Column("姓名", "name"),
    Column("证件号码", "id_number", "id"),
    Column("出生日期", "born_on", "date"),
    Column("学时", "hours", "decimal"),
    Column("备注", "note"),
)
ROW = ("李堃", "330401199001011234", date(1990, 1, 1), Decimal("89.5"), '=HYPERLINK("http://a.invalid")')


def test_xlsx_keeps_text_as_text(tmp_path):
    path = tmp_path / "export.xlsx"
    seen = []
    assert write_xlsx(path, [SheetData("名单", COLUMNS, iter([ROW] * 3))], each=seen.append) == 3
    page = openpyxl.load_workbook(path)["名单"]
    cells = page[2]
    assert [cell.value for cell in cells[:2]] == list(ROW[:2])
    assert [cell.data_type for cell in cells] == ["s", "s", "d", "n", "s"]
    assert cells[1].number_format == "@" and cells[2].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A2" and page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
    assert page.print_title_rows == "$1:$1" and page.print_area == "'名单'!$A$1:$E$4"
    assert seen == [3]


@settings(deadline=None)  # each example writes and reads a file
@given(st.text(max_size=40))
def test_no_value_becomes_a_formula_in_xlsx(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("x") / "export.xlsx"
    write_xlsx(path, [SheetData("名单", COLUMNS[:1], [[text]])])
    cell = openpyxl.load_workbook(path)["名单"]["A2"]
    assert cell.data_type in ("s", "n") and (cell.data_type == "s" or cell.value is None)


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(), st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1", "\r=1"]))))
def test_csv_round_trip_and_guard(texts):
    lines = b"".join(csv_lines(COLUMNS[:1], [[text] for text in texts]))
    assert lines.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(lines.decode("utf-8-sig"), newline="")))
    read_back = [row[0] if row else "" for row in rows[1:]]
    for text, cell in zip(texts, read_back, strict=True):
        kept = text.replace("\x00", "").encode("utf-8", "replace").decode()
        assert cell in (kept, "'" + kept)
        assert not cell.lstrip(" \u3000\u00a0\ufeff\u200b").startswith(tuple("=+-@\t\r＝＋－＠"))


def test_csv_numbers_are_plain(tmp_path):
    write_csv(tmp_path / "a.csv", COLUMNS, [("李,堃", None, date(1990, 1, 1), Decimal("-1.5"), "-1.5")])
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    assert text == '姓名,证件号码,出生日期,学时,备注\r\n"李,堃",,1990-01-01,-1.5,\'-1.5\r\n'


def test_rows_of_wrong_width_are_not_written():
    with pytest.raises(ValueError):
        list(csv_lines(COLUMNS, [["x"]]))


def test_writing_takes_constant_memory(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = ((f"姓名{i}", f"{i:018d}", date(1990, 1, 1), i, f"备注{i}" * 5) for i in range(30_000))
    assert write_xlsx(tmp_path / "big.xlsx", [SheetData("名单", COLUMNS, rows)]) == 30_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # KiB


def test_template(schema):
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(schema)))
    assert book.sheetnames == ["填写说明", "人员", "工作经历", "字典"]
    assert (book["填写说明"]["A2"].value, book["填写说明"]["B2"].value) == ("模板版本", "2026-1")
    page = book["人员"]
    assert [cell.value for cell in page[1]] == headers()
    assert page["C2"].number_format == "@"
    rule = next(rule for rule in page.data_validations.dataValidation if rule.type == "list")
    assert (str(rule.sqref), rule.formula1) == ("D2:D5001", "'字典'!$A$2:$A$3")
    assert [cell.value for cell in book["字典"]["A"]] == ["人员·性别", "女", "男"]


def test_template_sent_back_with_its_example_holds_no_data(schema):
    reading = read_workbook(io.BytesIO(template_workbook(schema)), schema)
    assert [str(error) for error in reading.errors] == ["“人员”：工作表“人员”没有数据。请从第 2 行起填写后再上传。"]


def test_errors_workbook_marks_and_can_be_sent_again(people, tmp_path):
    file = with_people(GOOD, good_with(staff_number="E101", id_number=330401199001011234, hours="九十"))
    reading = read_workbook(file, people)
    path = tmp_path / "errors.xlsx"
    errors_workbook(file, reading.errors, path)
    page = openpyxl.load_workbook(path)["人员"]
    assert page["I1"].value == "错误说明" and page["I2"].value is None
    assert page["I3"].value == "；".join(error.message for error in reading.errors)
    assert [cell.coordinate for cell in page[3] if cell.fill.start_color.rgb == "FFFFC7CE"] == ["C3", "G3"]
    assert page["C2"].value == GOOD[2] and page["C2"].number_format == "@"
    again = read_workbook(io.BytesIO(path.read_bytes()), people)
    assert [str(error) for error in again.errors] == [str(error) for error in reading.errors]
    assert not again.warnings and PEOPLE.required


def test_errors_workbook_with_a_header_error(people, tmp_path):
    from tests.jiaxing_titles.sheets.conftest import workbook

    file = workbook({"人员": [headers()[1:], GOOD[1:]]})
    reading = read_workbook(file, people)
    errors_workbook(file, reading.errors, tmp_path / "errors.xlsx")
    page = openpyxl.load_workbook(tmp_path / "errors.xlsx")["人员"]
    assert page["H1"].value == "错误说明：缺少“工号”这一列。请使用模板填写，不要删除或合并表头。"
