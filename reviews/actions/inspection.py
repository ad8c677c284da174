"""随机抽查 (办法六（一）：事中事后监管): the companies of a year drawn as experts are (F-87, R-6.1.2)."""

from __future__ import annotations

import datetime as dt

from enterprises.actions.inspection import order
from enterprises.choices import InspectionKind
from enterprises.models import Bureau
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_day
from reviews import forms
from reviews.actions.draw import AT_CITY, freeze, reveal
from reviews.choices import CompanyExclusion, DrawState
from reviews.models import RandomDraw
from reviews.queries import companies_of, inspection_pool

CLAUSE, RULE = "办法六（一）", "R-6.1.2"


def _reason(text: str, remedy: str = "", field: str = "") -> Reason:
    return Reason(text, CLAUSE, RULE, remedy=remedy, field=field)


@step(
    Bureau,
    label="随机抽查备池",
    by=[Role.CITY_CLERK],
    on="organisation",
    form=forms.InspectionPoolForm,
    creates=True,
    tells=[Tell(Role.SUPERVISOR, AT_CITY, "{case}已备池，请提交监督员密数。")],
    effects=["当年名单内的企业和排除原因就此固定，公布校验值", "本年度已随机抽查的、评审权已收回或退出的不在池内"],
    notes=["pool_hash", "commitment"],
)
def prepare_inspection_draw(bureau: Bureau, *, actor: Actor, cycle: Cycle, choose: int) -> RandomDraw:
    """`choose` companies of the year, each inspected at random once a year at most."""
    if bureau.organisation.kind != Organisation.Kind.CITY_BUREAU:
        raise Blocked([_reason("随机抽查由市局组织。")])
    if cycle.inspection_draws.exclude(state=DrawState.VOID).filter(runs=None).exists():
        raise Blocked([_reason(f"{cycle}已有一次备池还没有抽取。", "请先办完，或由监督员作废。", "cycle")])
    pool = inspection_pool(cycle, choose)
    if len(pool["experts"]) < choose:
        whys = [CompanyExclusion(one["reason"]).label for one in pool["excluded"]]
        told = "；".join(f"{why} {whys.count(why)} 家" for why in sorted(set(whys)))
        text = f"可抽取的企业只有 {len(pool['experts'])} 家，不足 {choose} 家"
        raise Blocked([_reason(f"{text}（{told}）。" if told else f"{text}。", "请减少抽取家数。", "choose")])
    return freeze(pool, cycle=cycle, organisation=bureau.organisation)


def _may_draw(draw: RandomDraw, actor: Actor) -> list[Reason]:
    return [_reason("这是抽取指导专家的，请“随机抽取指导专家”。")] if draw.cycle is None else []


@step(
    RandomDraw,
    label="抽取检查企业",
    by=[Role.CITY_CLERK],
    on=AT_CITY,
    move="reveal",
    form=forms.InspectionDrawForm,
    blockers=_may_draw,
    hidden=True,
    effects=["揭示双方密数，按密数排定的次序抽取", "抽中的企业各建立一项监督检查，通知县局和企业"],
    unrecorded=["supervisor_secret"],
)
def draw_companies(draw: RandomDraw, *, actor: Actor, supervisor_secret: bytes, due_on: dt.date) -> None:
    """Once: a company that does not suit anybody is inspected all the same."""
    assert draw.cycle is not None, "checked by _may_draw"
    run = reveal(draw, actor, supervisor_secret, [])
    for code, enterprise in companies_of(run.chosen).items():
        origin = f"{draw}，编号 {code}"
        made = order(enterprise, draw.cycle, kind=InspectionKind.RANDOM, origin=origin, due_on=due_on)
        place = enterprise.organisation
        people = [
            *Membership.objects.holders(place.supervisor_id, Role.COUNTY),
            *Membership.objects.holders(place.pk, Role.ENT_HR, Role.ENT_LEAD),
        ]
        text = f"{made}已由随机抽取确定，{cn_day(due_on)}前完成。"
        told = [(user, text, False) for user in people]
        notify(told, title="随机抽查", key=f"reviews.inspection:{made.pk}", about=made)
