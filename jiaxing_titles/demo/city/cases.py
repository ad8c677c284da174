"""What an invented engineer declares: one shape for each way into a title (附件三、四), and the edge cases by name."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Rows = list[dict[str, Any]]
TASKS = (
    ("process", "产线夹具改造", "设计并改造了三条产线的夹具，重做了定位和夹紧方案。", "换型时间缩短一半。"),
    ("product", "新型号样机研制", "完成样机的结构设计、试制和定型试验。", "样机通过验收并批量生产。"),
    ("process", "关键工序能耗治理", "分析能耗数据，调整工艺参数和设备节拍。", "单位能耗下降百分之十二。"),
    ("standard", "企业作业标准编写", "编写三项作业标准并组织培训。", "不良率由千分之六降到千分之二。"),
    ("project", "自动检测工位建设", "负责视觉检测工位的选型、编程和调试。", "检测节拍由12秒缩短到5秒。"),
)


@dataclass(frozen=True)
class Way:
    """How somebody qualifies. `years`: from graduation to the counting year; `held`: years in the title he has."""

    key: str
    level: str
    route: str
    education: str
    years: int
    held: int = 0
    held_title: str = "none"
    hours: str = "96"


WAYS = {
    one.key: one
    for one in (
        Way("bachelor", "engineer", "review", "bachelor", 6),
        Way("associate", "engineer", "review", "associate", 8),
        Way("assistant", "engineer", "review", "associate", 7, held=5, held_title="assistant_engineer"),
        Way("master", "engineer", "review", "master", 4),
        Way("doctor", "engineer", "review", "doctor", 4),
        Way("exceptional", "engineer", "exceptional", "secondary", 12),
        Way("short_hours", "engineer", "review", "bachelor", 5, hours="84"),
        Way("pending_hours", "engineer", "review", "bachelor", 5, hours="88"),
        Way("junior_bachelor", "assistant_engineer", "review", "bachelor", 4),
        Way("junior_associate", "assistant_engineer", "review", "associate", 4),
        Way("junior_secondary", "assistant_engineer", "review", "secondary", 6),
        Way("junior_school", "assistant_engineer", "review", "high_school", 9),
        Way("initial_master", "engineer", "initial", "master", 3),
        Way("initial_doctor", "engineer", "initial", "doctor", 2),
        Way("initial_bachelor", "assistant_engineer", "initial", "bachelor", 2),
        Way("initial_associate", "assistant_engineer", "initial", "associate", 3),
    )
}
SCHOOLS = {"doctor": 28, "master": 25, "bachelor": 22, "associate": 21, "secondary": 19, "high_school": 18}
STUDY = {"doctor": 4, "master": 3, "bachelor": 4, "associate": 3, "secondary": 3, "high_school": 3}


@dataclass
class Engineer:
    """One applicant before anything is in the system."""

    name: str
    way: Way
    born_on: dt.date
    female: bool
    graduated: int
    person: dict[str, Any] = field(default_factory=dict)
    records: dict[str, Rows] = field(default_factory=dict)
    id_kind: str = "resident"
    id_number: str = ""

    @property
    def position(self) -> str:
        return "工程师岗" if self.way.level == "engineer" else "技术员岗"

    @property
    def joined_on(self) -> dt.date:
        return dt.date(self.graduated, 7, 10)


def engineer(way: Way, year: int, name: str, female: bool, employer: str, chance: random.Random) -> Engineer:
    """Facts that carry the way in this year; months and tasks differ from person to person."""
    graduated = year - way.years
    age = SCHOOLS[way.education]
    born_on = dt.date(graduated - age, chance.randint(1, 12), chance.randint(1, 28))
    made = Engineer(name, way, born_on, female, graduated)
    task = chance.choice(TASKS)
    made.person = {
        "gender": "female" if female else "male",
        "born_on": born_on,
        "ethnicity": "汉族",
        "first_worked_on": f"{graduated}-07",
        "present_work": "工程技术",
        "present_title": way.held_title,
        "front_line": chance.random() < 0.4,
        "front_line_basis": "",
        "outstanding": way.route == "exceptional",
        "outstanding_basis": "主持的技术改造年增效一百三十万元。" if way.route == "exceptional" else "",
        "summary": f"近三年主要完成{task[1]}：{task[3]}",
    }
    if way.held_title != "none":
        held_on = dt.date(year - way.held, 1, 15)
        made.person |= {"present_title_on": held_on, "present_title_from": "嘉兴市人力资源和社会保障局"}
    if made.person["front_line"]:
        made.person["front_line_basis"] = "在生产一线负责工艺和设备。"
    made.records = _records(way, year, graduated, employer, task)
    return made


def _records(way: Way, year: int, graduated: int, employer: str, task: tuple[str, str, str, str]) -> dict[str, Rows]:
    kind, title, content, effect = task
    first_assessed = max(graduated + 1, year - 3)
    posts: Rows = []
    if way.held:
        post = {"title": "assistant_engineer", "appointed_from": f"{year - way.held}-02-01", "appointed_to": ""}
        posts = [{**post, "employer": employer, "document_number": f"聘〔{year - way.held}〕6号"}]
    return {
        "education": [
            {
                "level": way.education,
                "award": "both" if way.education in ("doctor", "master", "bachelor") else "diploma",
                "outcome": "graduated",
                "mode": "full_time",
                "school": "示例职业学校" if way.education in ("secondary", "high_school") else "示例理工大学",
                "major": "普通高中" if way.education == "high_school" else "机械工程",
                "started_on": f"{graduated - STUDY[way.education]}-09",
                "awarded_on": f"{graduated}-06-30",
                "certificate_number": "",
            }
        ],
        "work": [
            {
                "began_on": f"{graduated}-07-10",
                "ended_on": "",
                "employer": employer,
                "position": "工程技术岗",
                "engineering": True,
                "relation": "same",
                "full_time": True,
            }
        ],
        "posts": posts,
        "assessments": [{"year": one, "grade": "qualified", "employer": ""} for one in range(first_assessed, year)],
        "hours": [
            {
                "year": year,
                "kind": "special",
                "content": "智能制造专业科目",
                "organiser": "示例继续教育基地",
                "hours": Decimal(way.hours),
                "certificate_number": f"JX{year}-{graduated}",
            }
        ],
        "achievements": [
            {
                "kind": kind,
                "title": title,
                "began_on": f"{year - 2}-01",
                "ended_on": f"{year - 1}-12",
                "content": content,
                "part": "主要完成人",
                "effect": effect,
                "on_front_line": True,
                "is_outstanding": way.route == "exceptional",
            }
        ],
    }
