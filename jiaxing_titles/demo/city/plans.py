"""试点工作方案: five parts, criteria, pay links, the leadership's resolution, the city's approval (办法五（一）)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enterprises import actions
from enterprises.choices import EVERY_SPECIALITY, CriterionKind, Section
from enterprises.models import ReviewAuthority
from jiaxing_titles.demo.city.papers import paper
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script

DAY = dt.timedelta(days=1)
TEXTS = {
    Section.STANDARDS: "从职业道德、创新能力、业绩水平和实际贡献四个方面评价，以业绩为主，不以论文为限制条件。",
    Section.PROCEDURE: "个人申报，单位审核，评前公示不少于5个工作日，评审会评审，结果上报市人社局。",
    Section.METHOD: "个人述职、综合考核、无记名投票，到会三分之二以上同意为通过。",
    Section.PANEL: "评审机构不少于7人，以本企业专业技术骨干为主，外聘不超过三分之一。",
    Section.GUARANTEE: "取得资格的即评即聘，按薪酬挂钩表从聘任当月兑现待遇。",
}
CRITERIA = (
    (CriterionKind.MORALITY, "遵守职业道德和企业制度，无弄虚作假。"),
    (CriterionKind.ABILITY, "能独立承担本岗位技术工作，有解决现场问题的能力。"),
    (CriterionKind.PERFORMANCE, "近三年完成的技术任务有明确成效。"),
    (CriterionKind.CONTRIBUTION, "成果在生产中得到应用。"),
)
FOR_ALL = {"speciality": EVERY_SPECIALITY[0], "post": "全部专业技术岗位", "necessity": "required"}
PAY = {"engineer": ("主管工程师", 800), "assistant_engineer": ("技术员岗", 300)}


def write(
    city: City, company: Company, begun_on: dt.datetime, *, returned_on: dt.datetime | None = None,
    reworked_on: dt.datetime | None = None,
) -> Script:  # fmt: skip
    """Written, resolved and sent in a week, approved in another; `returned_on`: the city wants it otherwise first."""
    yield begun_on
    authority = ReviewAuthority.objects.get(enterprise=company.enterprise, cycle=city.cycle(begun_on.year))
    plan = city.do(actions.start_plan, authority, company.hr)
    if not plan.sections.exists():
        _fill(city, company, plan, authority.levels)
    yield begun_on + 5 * DAY
    plan = _resolve(city, company, plan)
    if returned_on is not None and reworked_on is not None:
        yield returned_on
        text = "未写明外聘专家的选聘办法，请补充。"
        city.do(actions.comment_on_plan, plan, city.clerk, section=Section.PANEL, text=text)
        plan = city.do(actions.return_plan, plan, city.clerk, reason="评审机构部分内容不完整，按批注修改。")
        yield reworked_on
        longer = f"{TEXTS[Section.PANEL]}外聘专家从市专家库和高校选聘，聘期一年。"
        city.do(actions.save_plan_section, plan, company.hr, kind=Section.PANEL, text=longer)
        plan = _resolve(city, company, plan)
        comment = plan.comments.get()
        city.do(actions.resolve_comment, plan, city.clerk, comment=comment.pk)
        yield reworked_on + 3 * DAY
    else:
        yield begun_on + 10 * DAY
    plan = city.do(actions.review_plan, plan, city.clerk, opinion="符合要求。")
    yield city.timeline.now + DAY
    city.do(actions.approve_plan, plan, city.reviewer)


def _fill(city: City, company: Company, plan: Any, levels: list[str]) -> None:
    hr = company.hr
    for kind, text in TEXTS.items():
        city.do(actions.save_plan_section, plan, hr, kind=kind, text=text)
    for level in levels:
        for kind, text in CRITERIA:
            facts = {"route": "review", "kind": kind, "text": text}
            city.do(actions.save_criterion, plan, hr, level=level, **facts, **FOR_ALL)
        post, increase = PAY[level]
        facts = {"post": post, "pay_item": "职称津贴", "monthly_increase": increase}
        city.do(actions.save_pay_link, plan, hr, level=level, **facts)
    if "engineer" in levels:
        exceptional = "主持完成的技术改造年增效益一百万元以上。"
        facts = {"route": "exceptional", "kind": "contribution", "text": exceptional}
        city.do(actions.save_criterion, plan, hr, level="engineer", **facts, **FOR_ALL)
    weights = {"ethics": 20, "innovation": 25, "performance": 30, "contribution": 25}
    city.do(actions.save_weights, plan, hr, **weights, score_threshold=60, drops_extremes=True)
    words = "一线人员和做出突出贡献的人员，业绩同等条件下优先。"
    city.do(actions.save_plan_preferences, plan, hr, front_line_preference=words, allows_remote=False)


def _resolve(city: City, company: Company, plan: Any) -> Any:
    plan = city.do(
        actions.resolve_plan,
        plan,
        company.lead,
        met_on=city.timeline.now.date(),
        attendees=f"{company.lead.user.name}、吴副总、郑总工",
        conclusion="一致同意，报市人社局审核。",
        file=paper("领导班子会议纪要"),
    )
    return city.do(actions.submit_plan, plan, company.lead, responsibility=True)
