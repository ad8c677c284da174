"""Ten people of one company: who they are, what they apply for, how the year ends for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from applications.sheets import SCHEMA, schema
from jiaxing_titles.identity.resident_id import check_character

ENGINEER, ASSISTANT = "工程师", "助理工程师"


@dataclass(frozen=True)
class Person:
    """`ends` is the state in which the year leaves him; `level` and `route` in the words of the workbook."""

    name: str
    ends: str
    level: str = ENGINEER
    route: str = "评审"
    graduated: str = "2021-06-30"

    @property
    def id_number(self) -> str:
        body = f"33048119980504{10 * CAST.index(self) + 1:03d}"
        return body + check_character(body)


BY_PAGES, EXCEPTIONAL = "王一帆", "孙二梅"
INITIAL, REFUSED, WITHDRAWS = "赵三宝", "郑七", "冯八"
PANEL_FAILS, COMMITTEE_FAILS, CORRECTED = "周五常", "吴六顺", "陈九"
CAST = [
    Person(BY_PAGES, "appointed"),
    Person(EXCEPTIONAL, "appointed", route="破格", graduated="2024-06-30"),
    Person(INITIAL, "appointed", ASSISTANT, "初定", "2025-06-30"),
    Person("钱四方", "appointed"),
    Person(PANEL_FAILS, "panel_failed"),
    Person(COMMITTEE_FAILS, "committee_failed"),
    Person(REFUSED, "not_endorsed"),
    Person(WITHDRAWS, "withdrawn"),
    Person(CORRECTED, "appointed"),
    Person("褚十全", "appointed", ASSISTANT),
]
IMPORTED = CAST[1:]


def on_panel() -> list[Person]:
    """Those who stand before the panel: everybody who got through the notice, 初定 aside (附件四)."""
    return [one for one in CAST if one.name not in (INITIAL, REFUSED, WITHDRAWS)]


def workbook() -> SimpleUploadedFile:
    """The filled-in template: one person for the register alone, nine with what they declare."""
    book = Workbook()
    book.remove(book.active)
    for sheet in SCHEMA.sheets:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        topic = next((key for key, name in schema.TOPIC_SHEETS.items() if name == sheet.name), "people")
        for person in CAST if topic == "people" else IMPORTED:
            for row in _lines(topic, person):
                page.append([{"id_number": person.id_number, **row}.get(column.key) for column in sheet.columns])
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("人员.xlsx", buffer.getvalue())


def _lines(topic: str, person: Person) -> list[dict[str, Any]]:
    lines = {
        "people": [_who(person)],
        "education": [{**SCHOOL, "awarded_on": person.graduated}],
        "work": [{**JOB, "began_on": person.graduated[:4] + "-07-01"}],
        "assessments": [
            {"year": year, "grade": "合格"} for year in (2023, 2024, 2025) if year >= int(person.graduated[:4])
        ],
        "hours": [{"year": 2026, "kind": "专业科目", "content": "智能制造", "hours": 96}],
        "achievements": [DEED],
    }
    return lines.get(topic, [])


def _who(person: Person) -> dict[str, Any]:
    known = {
        "id_kind": "居民身份证",
        "name": person.name,
        "department": "工艺部",
        "position": "工艺工程师",
        "employment": "劳动合同",
        "joined_on": dt.date.fromisoformat(person.graduated),
    }
    if person not in IMPORTED:
        return known
    return {
        **known,
        "level": person.level,
        "speciality": "机械设计",
        "route": "评审" if person.name == EXCEPTIONAL else person.route,  # she learns by the annex that she needs 破格
        "gender": "男",
        "born_on": dt.date(1998, 5, 4),
        "ethnicity": "汉族",
        "first_worked_on": person.graduated[:7],
        "present_work": "机械设计",
        "present_title": "无",
        "front_line": "否",
        "outstanding": "否",
        "summary": "完成三条产线的夹具改造。",
    }


SCHOOL = {
    "level": "大学本科",
    "award": "学历和学位",
    "outcome": "毕业",
    "mode": "全日制",
    "school": "示例大学",
    "major": "机械工程",
    "started_on": "2017-09",
}
JOB = {
    "employer": "示例精密机械有限公司",
    "position": "工艺员",
    "engineering": "是",
    "relation": "本专业",
    "full_time": "是",
}
DEED = {
    "kind": "工艺技术改进",
    "title": "夹具改造",
    "content": "设计并改造了三条产线的夹具。",
    "part": "主要设计人",
    "effect": "换型时间缩短一半。",
    "on_front_line": "是",
    "is_outstanding": "否",
}
