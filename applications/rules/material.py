"""Which parts of an application must be filled in and proven, for each level and route."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiaxing_titles.reasons import Reason

NAMES = {
    "person": "个人信息",
    "education": "学历学位",
    "work": "工作经历",
    "posts": "聘任职务",
    "assessments": "年度考核",
    "hours": "继续教育",
    "achievements": "业绩成果",
    "exceptional": "破格申报",
}
FILES = {
    "person": "身份证明和劳动合同（或社会保险）证明",
    "education": "学历、学位证书",
    "posts": "聘任文件或聘书",
    "assessments": "年度考核表",
    "hours": "继续教育证明",
    "achievements": "业绩证明",
}
_CLAUSE = {
    "person": ("办法六3", "R-6.3.2"),
    "education": ("附件三", "A-3"),
    "work": ("附件三", "A-3"),
    "posts": ("附件三、1（5）", "A-3.1(5)"),
    "assessments": ("附件一", "A-1"),
    "hours": ("附件二", "A-2"),
    "achievements": ("办法五（二）", "R-5.2.5"),
    "exceptional": ("办法五（一）", "R-5.1.7"),
}


@dataclass(frozen=True)
class Part:
    """One topic as it stands: how many records and files it has, whether its own fields are filled."""

    records: int = 0
    files: int = 0
    filled: bool = True


def in_order(topics: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The parts of a stored version in the order of the form: the database keeps no order of keys."""
    return [(topic, topics[topic]) for topic in NAMES if topic in topics]


def needed_topics(level: str, route: str) -> list[str]:
    """Topics that the application shows, in the order of the form; 继续教育 binds 工程师 only (附件二)."""
    topics = ["person", "education", "work", "posts", "assessments", "hours", "achievements"]
    return [*topics, "exceptional"] if route == "exceptional" else topics


def must_have_records(topic: str, level: str, route: str) -> bool:
    """Whether at least one record must stand there before submission.

    Hours may follow until the evidence closes and newcomers have no assessed year, so neither is asked for here:
    the eligibility engine says what is missing.
    """
    return topic in ("education", "work", "achievements")


def status_of(topic: str, part: Part, level: str, route: str) -> str:
    """已填好 / 填写中 / 未开始, as on the task list. A topic that may be empty counts as filled in."""
    if topic in ("person", "exceptional"):
        done = part.filled and (topic != "person" or part.files > 0)
        return "已填好" if done else ("填写中" if part.filled or part.files else "未开始")
    if part.records and (topic not in FILES or part.files):
        return "已填好"
    if part.records or part.files:
        return "填写中"
    return "未开始" if must_have_records(topic, level, route) else "已填好"


def missing(parts: Mapping[str, Part], level: str, route: str) -> list[Reason]:
    """What still has to be filled in or proven before submission (G7)."""
    found = []
    for topic in needed_topics(level, route):
        part = parts.get(topic, Part())
        clause, rule = _CLAUSE[topic]
        if topic in ("person", "exceptional") and not part.filled:
            found.append(_reason(topic, f"“{NAMES[topic]}”还没有填完。", "打开这一部分，把必填的内容填好。"))
        elif must_have_records(topic, level, route) and not part.records:
            found.append(_reason(topic, f"“{NAMES[topic]}”还没有填写。", "至少填写一条。"))
        if topic in FILES and not part.files and (part.records or topic == "person"):
            found.append(
                Reason(
                    f"“{NAMES[topic]}”还没有上传{FILES[topic]}。",
                    clause,
                    rule,
                    "G7",
                    topic,
                    "在这一部分的页面下方上传。",
                )
            )
    return found


def _reason(topic: str, text: str, remedy: str) -> Reason:
    clause, rule = _CLAUSE[topic]
    return Reason(text, clause, rule, "G7", topic, remedy)
