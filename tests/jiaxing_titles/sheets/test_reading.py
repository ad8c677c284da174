"""Values, typed as people type them, and the sentence for each that cannot be taken."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from jiaxing_titles.sheets import Column, Schema, Sheet, read_workbook
from tests.jiaxing_titles.sheets.conftest import GOOD, JOBS, PEOPLE, good_with, headers, with_people, workbook


def only_error(reading):
    assert len(reading.errors) == 1, [str(error) for error in reading.errors]
    return reading.errors[0]


def value_of(people, **change):
    reading = read_workbook(with_people(good_with(**change)), people)
    assert not reading.errors, [str(error) for error in reading.errors]
    return reading.rows["人员"][0].values[next(iter(change))]


def test_values_and_row_numbers(people):
    reading = read_workbook(with_people([], GOOD, [], good_with(staff_number="E101")), people)
    assert [row.number for row in reading.rows["人员"]] == [3, 5]
    assert reading.rows["人员"][0].values == {
        "staff_number": "E100",
        "name": "李堃",
        "id_number": "330401199001011234",
        "sex": "f",
        "hired_on": date(2015, 7, 1),
        "graduated": "2015-06",
        "hours": Decimal("89.5"),
        "years": 5,
    }


@pytest.mark.parametrize(
    "typed",
    [
        "2024-02-09",
        "2024/2/9",
        "2024.2.9",
        "2024年2月9日",
        "20240209",
        "２０２４－０２－０９",
        " 2024-2-9 ",
        45331,
        20240209,
    ],
)
def test_days_as_people_write_them(typed, people):
    assert value_of(people, hired_on=typed) == date(2024, 2, 9)


@pytest.mark.parametrize("base_1904", [False, True])
def test_days_as_excel_keeps_them(base_1904, people):
    def touch(book, pages):
        pages["人员"].write_datetime(1, 4, datetime(2024, 2, 29), book.add_format({"num_format": "yyyy/m/d"}))

    file = workbook({"人员": [headers(), GOOD]}, touch=touch, date_1904=base_1904)
    assert read_workbook(file, people).rows["人员"][0].values["hired_on"] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2024-02-30", "2024 年 2 月 30 日这一天不存在，请核对。"),
        ("2024-13-01", "2024 年 13 月 1 日这一天不存在，请核对。"),
        ("二〇二四年", "“二〇二四年”不是日期。请写成 2024-02-09 的样子。"),
        ("2024", "“2024”不是日期。请写成 2024-02-09 的样子。"),
        (2024, "“2024”不是日期。请写成 2024-02-09 的样子。"),
        ("09/02/2024", "“09/02/2024”不是日期。请写成 2024-02-09 的样子。"),
        (20240230, "2024 年 2 月 30 日这一天不存在，请核对。"),
        ("0024-02-09", "日期 0024-02-09 不合常理，请核对年份。"),
        ("²⁰²⁴-02-09", "“²⁰²⁴-02-09”不是日期。请写成 2024-02-09 的样子。"),
    ],
)
def test_bad_days(typed, message, people):
    error = only_error(read_workbook(with_people(good_with(hired_on=typed)), people))
    assert (error.row, error.column, error.header, error.message) == (2, "E", "参加工作日期", message)


def test_serial_60_the_day_that_never_was(people):
    def touch(book, pages):
        pages["人员"].write_number(1, 4, 60, book.add_format({"num_format": "yyyy/m/d"}))

    error = only_error(read_workbook(workbook({"人员": [headers(), GOOD]}, touch=touch), people))
    assert error.message == "日期 1900-02-28 不合常理，请核对年份。"


@pytest.mark.parametrize("typed", ["2019-07", "2019年7月", "2019.7", "2019/07", "201907", 201907, "2019-07-15"])
def test_months(typed, people):
    assert value_of(people, graduated=typed) == "2019-07"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (2019.1, "“2019.1”存成了小数，分不清 1 月和 10 月。请写成 2024-10 的样子。"),
        ("2019-13", "“2019-13”不是年月。请写成 2024-02 的样子。"),
        ("去年", "“去年”不是年月。请写成 2024-02 的样子。"),
    ],
)
def test_bad_months(typed, message, people):
    assert only_error(read_workbook(with_people(good_with(graduated=typed)), people)).message == message


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            330401199001011234,
            "号码存成了数字，后几位已经丢失。请把单元格设为“文本”格式后重新输入完整号码，系统不会猜测。",
        ),
        (
            330401900101123,
            "号码存成了数字，开头的 0 和末尾的数位可能已经丢失。"
            "请把单元格设为“文本”格式后重新输入完整号码，系统不会猜测。",
        ),
        ("3.30401E+17", "号码是科学计数法，后几位已经丢失。请把单元格设为“文本”格式后重新输入完整号码。"),
    ],
)
def test_numbers_that_lost_digits_are_never_guessed(typed, message, people):
    error = only_error(read_workbook(with_people(good_with(id_number=typed)), people))
    assert (error.column, error.message) == ("C", message)


def test_id_text_is_folded(people):
    assert value_of(people, id_number="３３０４０１ 19900101 123x") == "33040119900101123X"


@pytest.mark.parametrize("typed", ["９０", 90, 90.0, "90", " 90\u3000"])
def test_hours(typed, people):
    assert value_of(people, hours=typed) == 90


@pytest.mark.parametrize("typed", ["九十", "90小时", "1e3", "NaN", "1_000", True, "²"])
def test_bad_hours(typed, people):
    error = only_error(read_workbook(with_people(good_with(hours=typed)), people))
    assert error.message.endswith("不是数字。请只写数字，例如 90 或 89.5。")


def test_integer_choice_and_empty(people):
    rows = [
        good_with(staff_number="1", years=4.5),
        good_with(staff_number="2", sex="先生"),
        good_with(staff_number="3", name="\u200b\u3000"),
    ]
    reading = read_workbook(with_people(*rows), people)
    assert [(error.row, error.column, error.message) for error in reading.errors] == [
        (2, "H", "“4.5”不是整数，请写整数。"),
        (3, "D", "“先生”不在可选项中。可填：女、男。"),
        (4, "B", "“姓名”不能为空，请填写。"),
    ]
    assert reading.good_rows["人员"] == [] and len(reading.rows["人员"]) == 3


def test_names_keep_their_characters(people):
    assert value_of(people, name="\ufeff𠮷䶮㛃\u202e·昇\u200b") == "𠮷䶮㛃·昇"


def test_staff_number_typed_as_a_number(people):
    assert value_of(people, staff_number=10086) == "10086"
    error = only_error(read_workbook(with_people(good_with(staff_number=1.5)), people))
    assert error.message == "这里应为文字，单元格里却是数字，数位可能已经丢失。请把单元格设为“文本”格式后重新输入。"


def test_long_cell(people):
    error = only_error(read_workbook(with_people(good_with(name="长" * 2001)), people))
    assert error.message == "内容有 2001 个字符，超过 2000 个的上限，请缩短。" and len(error.typed) == 60


def test_formula_and_error_cells(people):
    def touch(book, pages):
        pages["人员"].write_formula(1, 1, '="张"&"三"', None, "张三")
        pages["人员"].write_formula(1, 6, "=1/0", None, "#DIV/0!")

    reading = read_workbook(workbook({"人员": [headers(), GOOD]}, touch=touch), people)
    assert [(error.column, error.typed, error.message) for error in reading.errors] == [
        ("B", "张三", "单元格是公式。请复制后用“选择性粘贴—数值”改成实际内容。"),
        ("G", "#DIV/0!", "单元格显示错误值 #DIV/0!，请改成实际内容。"),
    ]


def test_merged_cells(people):
    rows = [headers(), GOOD, good_with(staff_number="E101")]
    file = workbook({"人员": rows}, touch=lambda book, pages: pages["人员"].merge_range("B2:B3", "李堃"))
    reading = read_workbook(file, people)
    assert {error.message for error in reading.errors} == {"单元格被合并（B2:B3）。请取消合并，每行分别填写。"}


def test_hidden_rows_are_read_and_named(people):
    file = workbook(
        {"人员": [headers(), GOOD]}, touch=lambda book, pages: pages["人员"].set_row(1, None, None, {"hidden": True})
    )
    reading = read_workbook(file, people)
    assert len(reading.rows["人员"]) == 1
    assert [warning.message for warning in reading.warnings] == ["第 2 行是隐藏行，也会导入。不需要的话请删除这一行。"]


def test_headers(people):
    changed = ["身份证号码" if title == "身份证件号码" else title for title in headers()]
    error = only_error(read_workbook(workbook({"人员": [changed, GOOD]}), people))
    assert str(error) == "“人员”第 1 行：缺少“身份证件号码”这一列。是否改名成了“身份证号码”？请改回原名。"
    error = only_error(read_workbook(workbook({"人员": [headers()[1:], GOOD[1:]]}), people))
    assert error.message == "缺少“工号”这一列。请使用模板填写，不要删除或合并表头。"
    error = only_error(read_workbook(workbook({"人员": [[*headers(), "姓名"], [*GOOD, "x"]]}), people))
    assert error.message == "表头“姓名”出现了 2 次，请只保留一列。"


def test_column_order_and_extra_columns_do_not_matter(people):
    rows = [[*headers()[::-1], "备注"], [*GOOD[::-1], "x"]]
    reading = read_workbook(workbook({"人员": rows}), people)
    assert reading.rows["人员"][0].values["name"] == "李堃" and not reading.errors
    assert [str(warning) for warning in reading.warnings] == ["“人员”第 1 行 I 列：“备注”不是模板中的列，不会导入。"]


def test_missing_renamed_and_reordered_sheets(schema):
    rows = [headers(), GOOD]
    jobs = [[column.header for column in JOBS.columns], ["E100", "甲厂"]]
    assert not read_workbook(workbook({"工作经历": jobs, "人员": rows}), schema).errors
    error = only_error(read_workbook(workbook({"人员表": rows, "工作经历": jobs}), schema))
    assert str(error) == "“人员”：缺少工作表“人员”。是否改名成了“人员表”？"
    error = only_error(read_workbook(workbook({"人员": rows}), schema))
    assert error.message == "缺少工作表“工作经历”。请使用模板填写，不要删除或改名工作表。"


def test_no_data(people):
    error = only_error(read_workbook(workbook({"人员": [headers()]}), people))
    assert error.message == "工作表“人员”没有数据。请从第 2 行起填写后再上传。"


def test_unique_and_linked(schema):
    jobs = [[column.header for column in JOBS.columns], ["E100", "甲厂"], ["E999", "乙厂"]]
    reading = read_workbook(workbook({"人员": [headers(), GOOD, GOOD], "工作经历": jobs}), schema)
    assert [str(error) for error in reading.errors] == [
        "“人员”第 3 行 A 列：与第 2 行的“工号”重复，请核对。",
        "“工作经历”第 3 行：“E999”在工作表“人员”中找不到，请核对两表的“工号”。",
    ]
    assert [row.number for row in reading.good_rows["工作经历"]] == [2]


def test_own_check():
    column = Column("学时", "hours", "decimal", check=lambda hours: "学时不能为负数。" if hours < 0 else "")
    schema = Schema("学时", "1", (Sheet("学时", (column,)),))
    reading = read_workbook(workbook({"学时": [["学时"], [-1], [1]]}), schema)
    assert only_error(reading).message == "学时不能为负数。"
    assert PEOPLE.name == "人员"
