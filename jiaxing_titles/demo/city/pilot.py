"""试点申请 from the company's draft to the city's 复核, and the year's list (办法四)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enterprises import actions
from enterprises.choices import Category, Condition, Material
from enterprises.models import ApprovedList
from jiaxing_titles.demo.city.papers import paper
from jiaxing_titles.demo.city.places import City, Company
from jiaxing_titles.demo.city.timeline import Script

DAY = dt.timedelta(days=1)
# One certificate runs out in the middle of the year; the company has to bring another one for the next.
EXPIRES = {"E06": dt.date(2026, 9, 30)}
BOTH = ["engineer", "assistant_engineer"]


def apply(
    city: City, company: Company, filed_on: dt.datetime, *, county_on: dt.datetime, outcome: str = "approve",
    corrections: tuple[dt.datetime, ...] = (), city_on: dt.datetime | None = None,
) -> Script:  # fmt: skip
    """Filed, corrected as often as named, accepted and recommended from `county_on`, assessed from `city_on`."""
    yield filed_on
    application = _fill(city, company, filed_on.year)
    application = _hand_in(city, company, application)
    for number, day in enumerate(corrections, start=1):
        yield day
        slot = Material.required()[number]
        items = [{"place": slot.value, "defect": f"{slot.label}缺页。", "remedy": "补齐后重新上传并确认。"}]
        again = "补正材料中出现的新问题。" if number > 1 else ""
        due_on = (day + 12 * DAY).date()
        facts = {"items": items, "due_on": due_on, "why_again": again}
        application = city.do(actions.return_application, application, company.county, **facts)
        yield day + 2 * DAY
        city.do(actions.add_material, application, company.hr, slot=slot, file=paper(f"{slot.label}（补正）"))
        application = _hand_in(city, company, application)
    yield county_on
    application = city.do(actions.accept_application, application, company.county)
    yield county_on + DAY
    met = checks("met")
    city.do(actions.save_county_check, application, company.county, checks=met, opinion="材料齐全，三项条件具备。")
    application = city.do(actions.recommend_application, application, company.county)
    yield city_on or county_on + 7 * DAY
    _assess(city, application, outcome)


def _fill(city: City, company: Company, year: int) -> Any:
    hr, scope = company.hr, company.scope
    if not company.enterprise.category_proofs.exists():
        city.do(
            actions.add_category_proof,
            company.enterprise,
            hr,
            category=Category.HIGH_TECH,
            certificate_number=f"GR20243300{int(company.plate.key[1:]):04d}",
            valid_until=EXPIRES.get(company.plate.key, dt.date(2027, 12, 5)),
            file=paper("高新技术企业证书"),
        )
    application = city.do(actions.start_application, company.enterprise, hr, year=year)
    facts = {"total_staff": 320, "research_staff": 46, "levels": BOTH, "panel_size": 7}
    city.do(actions.save_profile, application, hr, **facts, specialities=scope)
    city.do(actions.save_talent, application, hr, rows=[_talent(one) for one in scope])
    reserve = [_expert(expert.user.name, scope[0], order) for order, expert in enumerate(company.experts)]
    city.do(actions.save_experts, application, hr, rows=reserve)
    for slot in Material.required():
        city.do(actions.add_material, application, hr, slot=slot, file=paper(slot.label))
    city.do(actions.save_self_check, application, hr, checks=checks("met"))
    return application


def _hand_in(city: City, company: Company, application: Any) -> Any:
    application = city.do(actions.hand_application_to_lead, application, company.hr, commitment=True)
    return city.do(actions.submit_application, application, company.lead, responsibility=True)


def _talent(speciality: Any) -> dict[str, Any]:
    counts = {
        "senior": 4, "middle": 20, "junior": 16, "untitled": 20,
        "doctor": 1, "master": 9, "bachelor": 35, "associate": 15, "secondary": 0,
        "under_36": 30, "under_51": 25, "over_50": 5,
    }  # fmt: skip
    return {"speciality": speciality, **counts}


def _expert(name: str, speciality: Any, order: int) -> dict[str, Any]:
    employer = "示例理工学院" if order >= 6 else ""
    return {
        "name": name, "title_level": "senior", "title_name": "高级工程师", "speciality": speciality,
        "employer": employer,
    }  # fmt: skip


def checks(verdict: str, **other: str) -> list[dict[str, str]]:
    """One verdict for every condition, another for the named ones (a, b, c, d)."""
    return [
        {
            "condition": one.value,
            "verdict": other.get(one.value, verdict),
            "slot": Material.HR_SYSTEM.value,
            "pages": "第3页",
            "note": "",
        }
        for one in Condition
    ]


def _assess(city: City, application: Any, outcome: str) -> None:
    refused = outcome == "refuse"
    found = checks("met", c="unmet", d="unmet") if refused else checks("met")
    words = (
        "专业技术人员只有9人，且没有符合条件的评审专家，不具备办法三第三项条件。"
        if refused
        else "三项条件具备，同意核准。"
    )
    facts = {"checks": found, "proposed_outcome": outcome, "assessment": words}
    city.do(actions.save_assessment, application, city.clerk, **facts)
    application = city.do(actions.assess_application, application, city.clerk)
    city.do(actions.review_application, application, city.reviewer, opinion="同意评估意见。")


def publish_list(city: City, drafted_on: dt.datetime) -> Script:
    """经办起草、审核、领导审定、公布 (办法四（二）)."""
    yield drafted_on
    approved: ApprovedList = city.do(actions.draft_list, city.bureau, city.clerk, cycle=city.cycle(drafted_on.year))
    approved = city.do(actions.submit_list, approved, city.clerk)
    yield drafted_on + DAY
    approved = city.do(actions.review_list, approved, city.reviewer)
    yield drafted_on + 2 * DAY
    approved = city.do(
        actions.decide_list,
        approved,
        city.leader,
        held_on=city.timeline.now.date(),
        meeting="局长办公会",
        attendees="陆领导、沈审核、陈经办",
        conclusion="同意公布。",
    )
    yield drafted_on + 3 * DAY
    city.do(actions.publish_list, approved, city.clerk)
