"""The people whom a visitor may be, what waits for each now, and the days that are worth a visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from applications.models import TitleApplication
from certificates.models import TitleGrant
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.accounts.views import home_of
from jiaxing_titles.demo.city.ballots import PANEL_SHARE
from jiaxing_titles.inbox.registry import waiting_for


@dataclass(frozen=True)
class Stop:
    """A day that the clock may be moved to, and what it is good for."""

    day: dt.date
    label: str
    story: str


STOPS = (
    Stop(dt.date(2026, 10, 29), "示例互联网评审会", "9:00召开：专家签到、打分，秘书登记述职，主任委员结束评分。"),
    Stop(dt.date(2026, 11, 3), "示例电子公示期满", "没有异议的人员当晚自动进入下一环节，企业可以组建评审机构、备案。"),
    Stop(dt.date(2026, 11, 10), "结果上报提醒日", "没有上报的企业收到提醒；示例紧固件开完了会还没有上报。"),
    Stop(dt.date(2026, 11, 20), "结果上报截止日", "过了这一天上报要由市局领导点名批准。"),
    Stop(dt.date(2026, 12, 22), "中评委会议", "汇总完成后由秘书召开：签到、听取汇报、审议、投票、计票、闭会。"),
    Stop(dt.date(2026, 12, 30), "市级公示", "12月23日前签发的公示今天是最后一天；之后行文公布。"),
    Stop(dt.date(2027, 3, 10), "聘任兑现", "公布后60天内企业登记聘任，本人确认；逾期的由县局督促。"),
)


@dataclass(frozen=True)
class Part:
    """Somebody worth being: an account name, or for applicants name and company; the story in one line."""

    face: str
    role: Role
    login: str
    story: str
    company: str = ""


ENT, APPLIES, EXPERT, BUREAU, COUNCIL, SYSTEM = "企业", "申报人", "评审专家", "人力社保局", "中评委", "系统"
PARTS = (
    Part(ENT, Role.ENT_HR, "hr01", "示例精密机械：2025年办到了聘任，2026年结果已上报。"),
    Part(ENT, Role.ENT_LEAD, "lead01", "企业的每一次报送都由负责人确认。"),
    Part(ENT, Role.ENT_HR, "hr02", "示例新材料：备案已报市局，外聘正好三分之一。"),
    Part(ENT, Role.ENT_HR, "hr03", "示例化纤：评审会今天14:00开，先开放签到。"),
    Part(ENT, Role.ENT_LEAD, "lead03", "示例化纤的负责人：备案和结果上报由他确认。"),
    Part(ENT, Role.PANEL_SEC, "psec03", "示例化纤的评审会秘书：登记述职、发票、计票。"),
    Part(ENT, Role.ENT_HR, "hr05", f"示例智能装备：第二次会正用电子票表决，开票钥匙（演示）{PANEL_SHARE.text}。"),
    Part(ENT, Role.ENT_HR, "hr06", "示例光伏：方案退回过一次，正在申报。"),
    Part(ENT, Role.ENT_HR, "hr07", "示例紧固件：评审会已结束，还没有上报。"),
    Part(ENT, Role.ENT_LEAD, "lead10", "示例皮革机械：评审权已暂停，公示停在中途。"),
    Part(APPLIES, Role.APPLICANT, "张三", "今年申报工程师，公示已通过，等评审会。", "示例新材料"),
    Part(APPLIES, Role.APPLICANT, "李四", "评审会已通过，结果已上报。", "示例精密机械"),
    Part(APPLIES, Role.APPLICANT, "王五", "2025年取得工程师资格，已聘任兑现。", "示例精密机械"),
    Part(EXPERT, Role.PANEL_EXPERT, "exp0301", "示例化纤评审会主任委员：签到后宣布开会。"),
    Part(EXPERT, Role.PANEL_EXPERT, "exp0302", "示例化纤评审专家：签到、回避、打分。"),
    Part(EXPERT, Role.PANEL_EXPERT, "exp0504", "示例智能装备评审专家：电子票箱开着，还没有投票。"),
    Part(EXPERT, Role.PANEL_EXPERT, "exp1101", "示例互联网主任委员：评审会明天9:00。"),
    Part(BUREAU, Role.COUNTY, "county_hn", "海宁市：两家企业，一家正常一家暂停。"),
    Part(BUREAU, Role.COUNTY, "county_tx", "桐乡市：今天、明天各有一场评审会。"),
    Part(BUREAU, Role.CITY_CLERK, "clerk", "备案、抽取专家、接收上报、破格意见都从这里开始。"),
    Part(BUREAU, Role.CITY_REVIEWER, "review", "复核经办提出的意见，自己不能经办。"),
    Part(BUREAU, Role.CITY_LEAD, "leader", "签发名单、公示、公布文件和处置决定。"),
    Part(COUNCIL, Role.COMMITTEE_SEC, "sec", "筹备中评委会议：汇总完成后编排议程。"),
    Part(COUNCIL, Role.COMMITTEE, "cm01", "2025年中评委主任委员；当年第1号票用电子票，可以看计票文件。"),
    Part(COUNCIL, Role.TELLER, "teller1", "监票计票，与另一名独立计数。"),
    Part(COUNCIL, Role.TELLER, "teller2", "另一名监票人：两人录入的票数一致才能签认。"),
    Part(COUNCIL, Role.SUPERVISOR, "sup", "监督员，看全过程，不参加表决。"),
    Part(SYSTEM, Role.SYSADMIN, "admin", "导入2027年放假通知，跨年的公示才能发布。"),
    Part(SYSTEM, Role.AUDITOR, "auditor", "查阅办理记录和查看证件号码的记录。"),
)


@dataclass(frozen=True)
class Card:
    """A person in a role with what waits for him at this moment."""

    membership: Membership
    story: str
    todos: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return home_of(Role(self.membership.role))

    @property
    def login_path(self) -> str:
        return reverse("demo_enter", args=[self.membership.pk])


@dataclass(frozen=True)
class Group:
    label: str
    cards: list[Card]


def cards(*, with_todos: bool = True) -> list[Group]:
    """The parts of the story that this city has, each with its person."""
    drawn = _with_assignment()
    parts = (
        [*PARTS, Part(EXPERT, Role.LIBRARY_MEMBER, drawn, "专家库成员：被抽中今天到示例化纤指导。")] if drawn else PARTS
    )
    groups: dict[str, list[Card]] = {face: [] for face in (ENT, APPLIES, EXPERT, BUREAU, COUNCIL, SYSTEM)}
    for part in parts:
        held = _held(part)
        if held is not None:
            groups[part.face].append(Card(held, part.story, _todos(held) if with_todos else []))
    return [Group(label, found) for label, found in groups.items() if found]


@dataclass(frozen=True)
class Place:
    """An organisation and who acts there; `people` by role as a visitor may look for them."""

    name: str
    people: list[tuple[Role, list[Membership]]]


def everybody() -> list[Place]:
    """Everybody of the city, the bureaus first; one query."""
    held = Membership.objects.current().filter(user__is_active=True).select_related("user", "organisation")
    places: dict[str, dict[Role, list[Membership]]] = {}
    for one in held.order_by("organisation__kind", "organisation__pk", "user__username", "pk"):
        roles = places.setdefault(one.organisation.name, {role: [] for role in Role})
        roles[Role(one.role)].append(one)
    return [Place(name, [(role, found) for role, found in roles.items() if found]) for name, roles in places.items()]


def _held(part: Part) -> Membership | None:
    found = Membership.objects.current().filter(role=part.role, user__is_active=True)
    if part.company:
        found = found.filter(user__name=part.login, organisation__short_name=part.company)
    else:
        found = found.filter(user__username=part.login)
    return found.select_related("user", "organisation__supervisor__supervisor").first()


def _with_assignment() -> str:
    """The account of the library member whom the lot has sent to a meeting not yet held; empty without one."""
    sent = Membership.objects.current().filter(role=Role.LIBRARY_MEMBER)
    sent = sent.filter(user__guidance_assignments__state="accepted").select_related("user")
    one = sent.order_by("pk").first()
    return one.user.username if one else ""


def _todos(held: Membership) -> list[str]:
    found = waiting_for(Actor.of(held))
    return [f"{one.label} {len(one.lines)}{'+' if one.more else ''}" for one in found]


@dataclass(frozen=True)
class Proof:
    """What the public may try without an account."""

    label: str
    code: str
    url: str
    hint: str


def proofs() -> list[Proof]:
    """A code for the result query and certificate codes, one valid and one revoked, as far as they are there."""
    asked = TitleApplication.objects.filter(person__name="王五").exclude(lookup_index="").first()
    made = []
    if asked is not None:
        made.append(Proof("结果查询", asked.lookup_code, reverse("certificates:query"), "姓名填王五。"))
    grants = TitleGrant.objects.select_related("person")
    for label, one in (
        ("证书验证：有效", grants.filter(application__state="appointed").order_by("pk").first()),
        ("证书验证：已撤销", grants.filter(application__state="revoked").order_by("pk").first()),
    ):
        if one is not None:
            url = reverse("certificates:verify_code", args=[one.verify_code])
            made.append(Proof(label, one.verify_code, url, f"{one.person.name}。"))
    return made
