"""The one declared shape of the workbook; keys are the names of the model fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applications import choices
from applications.rules.partial_dates import read_partial_date
from jiaxing_titles.accounts.models import User
from jiaxing_titles.sheets import Column, Schema, Sheet

PEOPLE = "人员"
KEY = "id_number"
YES_NO = (("yes", "是"), ("no", "否"))
MAX_PEOPLE = 500

Pairs = tuple[tuple[str, str], ...]


def _pairs(kind: Any) -> Pairs:
    return tuple((value, label) for value, label in kind.choices)


def _partial(value: str) -> str:
    try:
        read_partial_date(value)
    except ValueError as wrong:
        return str(wrong)
    return ""


def _at_most(length: int) -> Callable[[str], str]:
    return lambda value: "" if len(value) <= length else f"最多{length}个字，现在有{len(value)}个，缩短后再传。"


def _text(header: str, key: str, length: int, *, required: bool = False, example: str = "") -> Column:
    return Column(header, key, required=required, example=example, check=_at_most(length))


def _when(header: str, key: str, *, required: bool = False, example: str = "") -> Column:
    help_text = "例如 2021-07-01；只记得月份填 2021-07，只记得年份填 2021"
    return Column(header, key, required=required, example=example, help=help_text, check=_partial)


def _choice(header: str, key: str, kind: Any, *, required: bool = False, example: str = "") -> Column:
    return Column(header, key, "choice", required=required, choices=_pairs(kind), example=example)


def _yes_no(header: str, key: str, example: str = "") -> Column:
    return Column(header, key, "choice", choices=YES_NO, example=example)


OWNER = Column("证件号码", KEY, "id", required=True, refers_to=(PEOPLE, KEY), example="示例号码")

PEOPLE_COLUMNS = (
    Column("证件号码", KEY, "id", required=True, unique=True, example="示例号码", help="单元格须为文本格式"),
    _choice("证件类型", "id_kind", User.IdKind, required=True, example="居民身份证"),
    _text("姓名", "name", 50, required=True, example="张三"),
    _text("工号", "number", 20, example="A001"),
    _text("部门", "department", 50, required=True, example="工艺部"),
    _text("岗位", "position", 50, required=True, example="工艺工程师"),
    _choice("用工形式", "employment", choices.Employment, required=True, example="劳动合同"),
    Column("入职日期", "joined_on", "date", required=True, example="2021-07-01"),
    Column("手机号码", "phone", "id", example="13800001234"),
    _text("电子邮箱", "email", 100),
    Column(
        "申报级别",
        "level",
        "choice",
        choices=_pairs(choices.Level),
        help="今年申报的填写；留空的只列入人员名册",
        example="工程师",
    ),
    _text("申报专业", "speciality", 30, example="机械设计"),
    _choice("申报途径", "route", choices.Route, example="评审"),
    _choice("性别", "gender", choices.Gender, example="男"),
    Column("出生日期", "born_on", "date", example="1998-05-04"),
    _text("民族", "ethnicity", 20, example="汉族"),
    _when("参加工作时间", "first_worked_on", example="2021-07"),
    _text("现从事的专业技术工作", "present_work", 60, example="机械设计"),
    _choice("现专业技术资格", "present_title", choices.PresentTitle, example="无"),
    Column("现资格取得时间", "present_title_on", "date"),
    _text("现资格审批单位", "present_title_from", 80),
    Column("所学课程属于申报专业的门数", "courses_match", "integer"),
    _text("学术团体与社会兼职", "affiliations", 200),
    _yes_no("一线人员", "front_line", "是"),
    _text("一线工作情况", "front_line_basis", 200, example="在装配车间负责工艺"),
    _yes_no("有突出贡献", "outstanding", "否"),
    _text("突出贡献情况", "outstanding_basis", 200),
    _text("业绩摘要", "summary", 300, example="完成三条产线的夹具改造。"),
)
STAFF_KEYS = ("number", "department", "position", "employment", "joined_on")
PERSON_KEYS = (
    "gender",
    "born_on",
    "ethnicity",
    "first_worked_on",
    "present_work",
    "present_title",
    "present_title_on",
    "present_title_from",
    "courses_match",
    "affiliations",
    "front_line",
    "front_line_basis",
    "outstanding",
    "outstanding_basis",
    "summary",
)

TOPIC_COLUMNS: dict[str, tuple[Column, ...]] = {
    "education": (
        _choice("层次", "level", choices.EducationLevel, required=True, example="大学本科"),
        _choice("取得", "award", choices.Award, required=True, example="学历和学位"),
        _choice("结论", "outcome", choices.Outcome, required=True, example="毕业"),
        _choice("学习形式", "mode", choices.StudyMode, required=True, example="全日制"),
        _text("学校", "school", 80, required=True, example="示例大学"),
        _text("专业", "major", 60, required=True, example="机械工程"),
        _when("入学时间", "started_on", example="2017-09"),
        _when("毕业（取得）时间", "awarded_on", required=True, example="2021-06-30"),
        _text("证书编号", "certificate_number", 40),
    ),
    "work": (
        _when("开始时间", "began_on", required=True, example="2021-07-01"),
        _when("结束时间（仍在岗留空）", "ended_on"),
        _text("工作单位", "employer", 80, required=True, example="示例精密机械有限公司"),
        _text("岗位", "position", 60, required=True, example="工艺员"),
        Column("从事工程技术工作", "engineering", "choice", required=True, choices=YES_NO, example="是"),
        _choice("与申报专业的关系", "relation", choices.Relation, required=True, example="本专业"),
        Column("全职", "full_time", "choice", required=True, choices=YES_NO, example="是"),
    ),
    "posts": (
        _choice("聘任职务", "title", choices.PostTitle, required=True, example="助理工程师"),
        _when("聘任开始", "appointed_from", required=True, example="2022-07-01"),
        _when("聘任结束（仍在聘留空）", "appointed_to"),
        _text("聘任单位", "employer", 80, required=True, example="示例精密机械有限公司"),
        _text("聘任文号", "document_number", 40),
    ),
    "assessments": (
        Column("年度", "year", "integer", required=True, example="2025"),
        _choice("考核等次", "grade", choices.Grade, required=True, example="合格"),
        _text("考核单位", "employer", 80),
    ),
    "hours": (
        Column("年度", "year", "integer", required=True, example="2026"),
        _choice("类别", "kind", choices.HoursKind, required=True, example="专业科目"),
        _text("学习内容", "content", 120, required=True, example="智能制造专业课"),
        _text("组织单位", "organiser", 80),
        Column("学时", "hours", "decimal", required=True, example="96"),
        _text("证书编号", "certificate_number", 40),
    ),
    "achievements": (
        _choice("类型", "kind", choices.AchievementKind, required=True, example="工艺技术改进"),
        _text("名称", "title", 100, required=True, example="夹具改造"),
        _when("开始时间", "began_on"),
        _when("完成时间", "ended_on"),
        _text("做了什么", "content", 1000, required=True, example="设计并改造了三条产线的夹具。"),
        _text("本人作用", "part", 200, required=True, example="主要设计人"),
        _text("完成情况和效果", "effect", 1000, required=True, example="换型时间缩短一半。"),
        _yes_no("在一线完成", "on_front_line", "是"),
        _yes_no("作为突出贡献申报", "is_outstanding", "否"),
    ),
}
TOPIC_SHEETS = {
    "education": "学历",
    "work": "工作经历",
    "posts": "聘任职务",
    "assessments": "年度考核",
    "hours": "继续教育",
    "achievements": "业绩成果",
}
BOOLEANS = frozenset({"front_line", "outstanding", "engineering", "full_time", "on_front_line", "is_outstanding"})

SCHEMA = Schema(
    title="企业人员和申报资料导入模板",
    version="2026-1",
    sheets=(
        Sheet(PEOPLE, PEOPLE_COLUMNS, help="一人一行。今年申报的填“申报级别”，其余的只列入人员名册。"),
        *(
            Sheet(name, (OWNER, *TOPIC_COLUMNS[topic]), required=False, optional=True)
            for topic, name in TOPIC_SHEETS.items()
        ),
    ),
    max_rows=5_000,
    notes=(
        "各表用“证件号码”对应同一个人；一个人可以有多行学历、经历、考核和学时。",
        f"一次最多{MAX_PEOPLE}人。论文不是必填项。",
        "导入的申报是草稿，由本人登录核对、作出承诺后提交。",
    ),
)
