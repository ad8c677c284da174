"""The bureaus with their people, and the companies as their county registers them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from enterprises import actions
from enterprises.actions.founding import found_city
from enterprises.models import Bureau, Enterprise, Speciality
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.step import Step
from jiaxing_titles.demo.city.people import Registry
from jiaxing_titles.demo.city.timeline import Timeline
from jiaxing_titles.identity.credit_code import check_character
from jiaxing_titles.policy.actions import (
    confirm_policy,
    enter_policy,
    issue_interpretation,
    open_year,
    propose_interpretation,
)
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.policy.models import Cycle, PolicyDocument

SHORT = {
    "330402": "nh", "330411": "xz", "330421": "js", "330424": "hy", "330481": "hn",
    "330482": "ph", "330483": "tx", "JK01": "jk", "GQ01": "gq",
}  # fmt: skip
CITY_PEOPLE = (
    ("clerk", "陈经办", Role.CITY_CLERK),
    ("review", "沈审核", Role.CITY_REVIEWER),
    ("leader", "陆领导", Role.CITY_LEAD),
    ("sec", "许秘书", Role.COMMITTEE_SEC),
    ("sup", "严监督", Role.SUPERVISOR),
    ("teller1", "计票甲", Role.TELLER),
    ("teller2", "计票乙", Role.TELLER),
    ("auditor", "邵审计", Role.AUDITOR),
    ("admin", "管理员", Role.SYSADMIN),
)


@dataclass(frozen=True)
class Plate:
    """A company as its business licence names it; `specialities` is the scope that it asks for."""

    key: str
    name: str
    short_name: str
    area: str
    specialities: tuple[str, ...]
    hr_name: str = ""
    lead_name: str = ""


COMPANIES = (
    Plate(
        "E01",
        "嘉兴示例精密机械有限公司",
        "示例精密机械",
        "330481",
        ("机械设计", "机械制造与工艺", "自动化控制"),
        "李人事",
        "周总",
    ),
    Plate("E02", "嘉兴示例新材料股份有限公司", "示例新材料", "330482", ("新材料", "高分子材料", "化工工艺")),
    Plate("E03", "嘉兴示例化纤有限公司", "示例化纤", "330483", ("化纤", "纺织", "自动化控制")),
    Plate("E04", "嘉兴示例电子科技有限公司", "示例电子", "330421", ("电子信息", "集成电路", "计算机软件")),
    Plate("E05", "嘉兴示例智能装备有限公司", "示例智能装备", "330402", ("机械设计", "自动化控制", "人工智能与大数据")),
    Plate("E06", "嘉兴示例光伏科技有限公司", "示例光伏", "330411", ("光伏与新能源", "电气", "储能电池")),
    Plate("E07", "嘉兴示例紧固件有限公司", "示例紧固件", "330424", ("紧固件与通用零部件", "金属材料", "模具")),
    Plate("E08", "嘉兴示例汽车零部件有限公司", "示例汽车零部件", "JK01", ("汽车及零部件", "模具", "质量与计量")),
    Plate("E09", "嘉兴示例化工有限公司", "示例化工", "GQ01", ("化工工艺", "化工设备", "安全工程")),
    Plate("E10", "嘉兴示例皮革机械有限公司", "示例皮革机械", "330481", ("皮革", "机械设计", "机电一体化")),
    Plate("E11", "嘉兴示例互联网科技有限公司", "示例互联网", "330483", ("计算机软件", "人工智能与大数据", "通信")),
    Plate("E12", "嘉兴示例贸易有限公司", "示例贸易", "330482", ("物流工程",)),
)


@dataclass
class Company:
    """A registered company and the people who act for it. `experts` are the internal ones first."""

    plate: Plate
    enterprise: Enterprise
    hr: Actor
    lead: Actor
    secretary: Actor
    county: Actor
    scope: list[Speciality]
    experts: list[Actor] = field(default_factory=list)


@dataclass
class City:
    """Everybody who acts for the city, and the clock that all scripts share."""

    timeline: Timeline
    registry: Registry
    bureau: Bureau
    officials: dict[str, Actor]
    desks: dict[str, tuple[Bureau, Actor]]
    library: list[Actor] = field(default_factory=list)
    companies: dict[str, Company] = field(default_factory=dict)

    def do(self, one: Step, case: Any, by: Actor, **facts: Any) -> Any:
        """One step by this person, a little later than the one before."""
        self.timeline.stamp()
        return one(case, actor=by, **facts)

    def cycle(self, year: int) -> Cycle:
        return Cycle.objects.get(year=year)

    @property
    def clerk(self) -> Actor:
        return self.officials["clerk"]

    @property
    def reviewer(self) -> Actor:
        return self.officials["review"]

    @property
    def leader(self) -> Actor:
        return self.officials["leader"]

    @property
    def secretary(self) -> Actor:
        return self.officials["sec"]


def found(timeline: Timeline) -> City:
    """The bureaus, and one person for each of their roles."""
    timeline.stamp()
    registry, bureau = Registry(), found_city()
    officials = {login: registry.official(login, name, role, bureau.organisation) for login, name, role in CITY_PEOPLE}
    desks = {}
    for desk in Bureau.objects.exclude(pk=bureau.pk).select_related("organisation").order_by("pk"):
        short = SHORT[desk.area_code]
        officer = registry.official(f"county_{short}", registry.name(), Role.COUNTY, desk.organisation)
        desks[desk.area_code] = (desk, officer)
    return City(timeline, registry, bureau, officials, desks)


MEASURES = {
    "title": "嘉兴市民营企业工程技术中级及以下职称自主评审办法（试行）",
    "effective_on": dt.date(2019, 12, 27),
}


def open_the_year(city: City, year: int) -> None:
    if not PolicyDocument.objects.exists():
        document = city.do(enter_policy, city.bureau.organisation, city.clerk, **MEASURES)
        city.do(confirm_policy, document, city.leader)
    city.do(open_year, city.bureau.organisation, city.clerk, year=year)


def interpret(city: City) -> None:
    """One open question of the annex is answered in the year's first weeks (办法六（四）)."""
    made = city.do(
        propose_interpretation,
        city.bureau.organisation,
        city.clerk,
        question=Question.ANY_SPECIALITY,
        answer=False,
        text="（示例）附件三、1（2）所称工作满2年，按本专业或相近专业的工作年限计算，其中取得学历或学位后须满1年。",
        effective_on=city.timeline.now.date(),
    )
    city.do(issue_interpretation, made, city.reviewer)


def register(city: City, plate: Plate) -> Company:
    """The county enters the company; its HR person, head, panel secretary and experts get their accounts."""
    number, registry = int(plate.key[1:]), city.registry
    desk, officer = city.desks[plate.area]
    body = f"9133{plate.area[2:] if plate.area.isdigit() else '0400'}MA2D{number:05d}"
    hr_name, lead_name = plate.hr_name or registry.name(female=True), plate.lead_name or registry.name()
    enterprise = city.do(
        actions.register_enterprise,
        desk,
        officer,
        name=plate.name,
        short_name=plate.short_name,
        credit_code=body + check_character(body),
        ownership="private",
        address=f"{desk.organisation.short_name.removesuffix('人社局').removesuffix('人社窗口')}示例路{number}号",
        legal_person=lead_name,
        contact_name=hr_name,
        contact_phone=f"0573-8700{number:04d}",
    )
    place = enterprise.organisation
    company = Company(
        plate,
        enterprise,
        hr=registry.official(f"hr{number:02d}", hr_name, Role.ENT_HR, place),
        lead=registry.official(f"lead{number:02d}", lead_name, Role.ENT_LEAD, place),
        secretary=registry.official(f"psec{number:02d}", registry.name(female=True), Role.PANEL_SEC, place),
        county=officer,
        scope=[Speciality.objects.get(name=name) for name in plate.specialities],
    )
    city.companies[plate.key] = company
    return company


def seat_experts(city: City, company: Company, count: int) -> None:
    """Accounts for the company's panel; the last third come from outside."""
    number = int(company.plate.key[1:])
    for order in range(len(company.experts) + 1, count + 1):
        name = city.registry.name(female=order % 3 == 0)
        login = f"exp{number:02d}{order:02d}"
        place = company.enterprise.organisation
        company.experts.append(city.registry.official(login, name, Role.PANEL_EXPERT, place))


TERM_UNTIL = dt.date(2028, 12, 31)
