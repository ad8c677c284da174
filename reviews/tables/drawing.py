"""Tables of the random draw. Names stand for officials only; everybody else reads codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jiaxing_titles.ui.components import Cell, Row, Table
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import CompanyExclusion, Exclusion
from reviews.models import DrawRun, RandomDraw
from reviews.queries import names_in
from reviews.tables.review import columns, state

SHOWN = 10


def draws(found: Iterable[RandomDraw]) -> Table:
    rows = [[Cell(str(one), url=one.get_absolute_url()), cn_datetime(one.created_at), state(one)] for one in found]
    return Table(columns("随机抽取", "备池时间", "状态"), rows, "随机抽取")


def draw_facts(draw: RandomDraw) -> list[Row]:
    pool = draw.pool
    unit = "人" if draw.filing_id else "家"
    inside, outside = len(pool["experts"]), len(pool["excluded"])
    rows = [
        Row("事项", pool["subject"]),
        Row("备池时间", cn_datetime(draw.created_at)),
        Row("名单", f"可抽取 {inside} {unit}，排除 {outside} {unit}，抽取 {pool['choose']} {unit}"),
        Row("监督员", draw.supervisor.name if draw.supervisor else "还没有提交密数"),
    ]
    if draw.blind_until:
        told = "此前只显示编号" if draw.blind else "已公开"
        rows.append(Row("姓名公开时间", f"{cn_datetime(draw.blind_until)}（{told}）"))
    return rows


def hashes(draw: RandomDraw) -> list[tuple[str, str]]:
    found = [
        ("名单校验值", draw.pool_hash),
        ("市局密数校验值", draw.commitment),
        ("监督员密数校验值", draw.supervisor_hash),
    ]
    return [(label, value) for label, value in found if value]


def pool(draw: RandomDraw, *, named: bool) -> Table:
    names = names_in(draw) if named else {}
    labels = dict(Exclusion.choices if draw.filing_id else CompanyExclusion.choices)

    def who(code: str) -> list[str]:
        return list(names[code]) if names else []

    rows = [[one["code"], *who(one["code"]), Cell("可抽取", tone="green")] for one in draw.pool["experts"]]
    rows += [[one["code"], *who(one["code"]), labels[one["reason"]]] for one in draw.pool["excluded"]]
    heads = (["专家", "工作单位"] if draw.filing_id else ["企业", "属地"]) if names else []
    return Table(columns("编号", *heads, "情况"), rows, "专家库名单" if draw.filing_id else "企业名单")


def run_facts(run: DrawRun, names: Mapping[str, tuple[str, str]]) -> list[Row]:
    """`names` as far as they may be read now (queries.names_in)."""
    rows = [
        Row("抽取时间", cn_datetime(run.at)),
        Row("抽取人", run.drawn_by.name if run.drawn_by else "系统（专家逾期未答复）"),
        Row("抽中", "、".join(f"{code}（{names[code][0]}）" if code in names else code for code in run.chosen)),
    ]
    more = (
        ("答复", run.assignment.get_state_display() if hasattr(run, "assignment") else ""),
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
