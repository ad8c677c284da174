"""One engineer's facts, in the shape that the steps take, and HR's two steps in a row."""

import datetime as dt
from decimal import Decimal

from applications import actions
from applications.models import TitleApplication
from applications.queries import check_items
from jiaxing_titles.accounts.actor import Actor

PERSON = {
    "gender": "male",
    "born_on": dt.date(1998, 5, 4),
    "ethnicity": "汉族",
    "first_worked_on": "2021-07",
    "present_work": "机械设计",
    "present_title": "none",
    "front_line": True,
    "front_line_basis": "在装配车间负责工艺",
    "outstanding": False,
    "outstanding_basis": "",
    "summary": "完成三条产线的夹具改造。",
}
RECORDS = {
    "education": [
        {
            "level": "bachelor",
            "award": "both",
            "outcome": "graduated",
            "mode": "full_time",
            "school": "示例大学",
            "major": "机械工程",
            "started_on": "2017-09",
            "awarded_on": "2021-06-30",
            "certificate_number": "",
        }
    ],
    "work": [
        {
            "began_on": "2021-07-01",
            "ended_on": "",
            "employer": "示例精密机械有限公司",
            "position": "工艺员",
            "engineering": True,
            "relation": "same",
            "full_time": True,
        }
    ],
    "posts": [],
    "assessments": [{"year": year, "grade": "qualified", "employer": ""} for year in (2023, 2024, 2025)],
    "hours": [
        {
            "year": 2026,
            "kind": "special",
            "content": "智能制造专业课",
            "organiser": "示例学院",
            "hours": Decimal("96"),
            "certificate_number": "JX-1",
        }
    ],
    "achievements": [
        {
            "kind": "process",
            "title": "夹具改造",
            "began_on": "2024-01",
            "ended_on": "2024-12",
            "content": "设计并改造了三条产线的夹具。",
            "part": "主要设计人",
            "effect": "换型时间缩短一半。",
            "on_front_line": True,
            "is_outstanding": False,
        }
    ],
}
TOPICS_WITH_FILES = ("person", "education", "assessments", "hours", "achievements")


def ticks(application: TitleApplication) -> list[dict[str, str]]:
    """Every fact of the submitted version found true."""
    return [{"fact_hash": item.fact_hash, "finding": "true", "note": ""} for item in check_items(application)]


def endorse(application: TitleApplication, hr: Actor) -> TitleApplication:
    application = actions.check_facts(application, actor=hr, checks=ticks(application))
    return actions.endorse(application, actor=hr)


def hours(number: str) -> list[dict]:
    """One line of 继续教育 of 2026."""
    return [{**RECORDS["hours"][0], "hours": Decimal(number)}]
