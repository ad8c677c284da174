"""Answers of 自查 as rows to read, and as first entries of the forms of an application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.choices import Award, EducationLevel, Grade, HoursKind, Level, Outcome, PostTitle, Relation, StudyMode
from applications.forms.self_check import NO_GRADE
from applications.rules.partial_dates import in_words

COOKIE = "self_check"
"""Holds the answers on the way through the sign-in page."""
BROUGHT = "self_check"
"""Key of the session: the answers that a signed-in applicant has agreed to use. Gone with the session."""


@dataclass(frozen=True)
class AnswerRow:
    """One question with its answer, line by line; `key` leads back to it."""

    key: str
    label: str
    lines: list[str]


def summary_of_answers(answers: Mapping[str, Any], year: int) -> list[AnswerRow]:
    """The check-answers list: what was answered, in the order of the questions."""
    grades = answers["assessments"].items()
    courses = answers.get("courses_match")
    posts = [_post(one) for one in answers["posts"]] or ["没有担任过技术员、助理工程师职务"]
    work = [_work(one) for one in answers["work"]] or ["还没有工作"]
    if courses is not None:
        work.append(f"所学课程中属于现在岗位专业的{courses}门")
    return [
        AnswerRow("level", "申报级别", [Level(answers["level"]).label]),
        AnswerRow("education", "学历学位", [_education(one) for one in answers["education"]]),
        AnswerRow("work", "工作经历", work),
        AnswerRow("posts", "担任职务", posts),
        AnswerRow("assessments", "年度考核", [f"{one}年{_grade(grade)}" for one, grade in grades]),
        AnswerRow("hours", f"{year}年学时", [f"{answers['hours']}学时" if answers["hours"] else "没有填写"]),
    ]


def _education(one: Mapping[str, Any]) -> str:
    words = f"{EducationLevel(one['level']).label}，{Award(one['award']).label}，{StudyMode(one['mode']).label}"
    begun = f"{in_words(one['started_on'])}入学，" if one["started_on"] else ""
    return f"{words}，{begun}{in_words(one['awarded_on'])}{Outcome(one['outcome']).label}"


def _work(one: Mapping[str, Any]) -> str:
    what = f"工程技术（{Relation(one['relation']).label}）" if one["engineering"] else "非工程技术"
    return f"{_span(one['began_on'], one['ended_on'])}，{what}，{'全职' if one['full_time'] else '非全职'}"


def _post(one: Mapping[str, Any]) -> str:
    return f"{PostTitle(one['title']).label}，{_span(one['appointed_from'], one['appointed_to'])}"


def _span(began: str, ended: str) -> str:
    return f"{in_words(began)}至{in_words(ended) if ended else '今'}"


def _grade(grade: str) -> str:
    return "没有考核结果" if grade == NO_GRADE else Grade(grade).label


def first_rows(answers: Mapping[str, Any], topic: str, year: int) -> list[dict[str, Any]]:
    """The cards of one topic as the answers begin them; school, employer and the like are still to be filled in."""
    if topic in ("education", "work", "posts"):
        return [dict(row) for row in answers.get(topic, [])]
    if topic == "assessments":
        grades = answers.get("assessments", {})
        return [{"year": int(one), "grade": grade} for one, grade in grades.items() if grade != NO_GRADE]
    hours = answers.get("hours", "")
    if topic == "hours" and hours.strip("0."):
        return [{"year": year, "kind": HoursKind.SPECIAL.value, "hours": hours}]
    return []
