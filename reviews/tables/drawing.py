"""Tables of the random draw. Names stand for officials only; everybody else reads codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiaxing_titles.ui.components import Cell, Row, Table
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import Exclusion
from reviews.models import DrawRun, ExpertDraw
from reviews.queries import by_code
from reviews.tables.review import columns, state

SHOWN = 10


def draws(found: Iterable[ExpertDraw]) -> Table:
    rows = [[Cell(str(one), url=one.get_absolute_url()), cn_datetime(one.created_at), state(one)] for one in found]
    return Table(columns("随机抽取", "备池时间", "状态"), rows, "随机抽取")


def draw_facts(draw: ExpertDraw) -> list[Row]:
    pool = draw.pool
    return [
        Row("会议", str(draw.filing.meeting)),
        Row("备池时间", cn_datetime(draw.created_at)),
        Row(
            "专家库名单", f"可抽取 {len(pool['experts'])} 人，排除 {len(pool['excluded'])} 人，抽取 {pool['choose']} 人"
        ),
        Row("监督员", draw.supervisor.name if draw.supervisor else "还没有提交密数"),
    ]


def hashes(draw: ExpertDraw) -> list[tuple[str, str]]:
    found = [
        ("名单校验值", draw.pool_hash),
        ("市局密数校验值", draw.commitment),
        ("监督员密数校验值", draw.supervisor_hash),
    ]
    return [(label, value) for label, value in found if value]


def pool(draw: ExpertDraw, *, named: bool) -> Table:
    people = by_code(draw.pool) if named else {}

    def who(code: str) -> list[str]:
        return [people[code].user.name, people[code].employer] if named else []

    rows = [[one["code"], *who(one["code"]), Cell("可抽取", tone="green")] for one in draw.pool["experts"]]
    rows += [[one["code"], *who(one["code"]), Exclusion(one["reason"]).label] for one in draw.pool["excluded"]]
    return Table(columns("编号", *(["专家", "工作单位"] if named else []), "情况"), rows, "专家库名单")


def run_facts(run: DrawRun) -> list[Row]:
    rows = [
        Row("抽取时间", cn_datetime(run.at)),
        Row("抽取人", run.drawn_by.name),
        Row("抽中", f"{'、'.join(run.chosen)}（{run.assignment.expert.name}，{run.assignment.get_state_display()}）"),
    ]
    more = (
        ("重新抽取原因", run.reason),
        ("依据", run.evidence),
        ("同意人", run.agreed_by.name if run.agreed_by else ""),
        ("不能抽取的", "；".join(f"{one['code']} {one['why']}" for one in run.unavailable)),
        ("市局揭示的密数", run.code),
        ("监督员密数", run.secret),
    )
    return rows + [Row(label, value) for label, value in more if value]


def order(run: DrawRun) -> Table:
    """The front of the order; the whole of it is in the record to download."""
    gone = {one["code"] for one in run.unavailable}
    rows: list[list[Any]] = []
    for place, (value, code) in enumerate(run.order[:SHOWN], start=1):
        told: Any = Cell("抽中", tone="green") if code in run.chosen else "不能到会" if code in gone else ""
        rows.append([place, code, f"{value[:16]}…", told])
    return Table(columns("次序#", "编号", "排序值", "结果"), rows, f"第{run.run_no}次排序（前 {len(rows)} 名）")
