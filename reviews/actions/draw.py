"""随机抽取 in its phases: 备池, the supervisor's secret, the runs (办法五（二）：随机指派)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import CauseForm, ReasonForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.filing import CITY
from reviews.choices import DrawState, Exclusion, ExpertState, FilingState, GuidanceState, MeetingState
from reviews.models import DrawRun, GuidanceAssignment, RandomDraw, ReviewFiling
from reviews.queries import frozen_pool, people_of
from reviews.rules.draw import commitment, lot
from reviews.rules.draw.pool import digest

OF_DRAW = "filing.round.enterprise.organisation"
AT_CITY = "organisation"
CLAUSE, RULE, GATE = "办法五（二）", "R-5.2.11", "G10"


def _reason(text: str, remedy: str = "", field: str = "") -> Reason:
    return Reason(text, CLAUSE, RULE, GATE, remedy=remedy, field=field)


def _still_wanted(filing: ReviewFiling) -> list[Reason]:
    found = []
    if not hasattr(filing, "guidance") or not filing.guidance.assign:
        found.append(_reason("尚未决定指派专家到会指导。", "请先办理“决定是否指派指导专家”。"))
    if filing.state != FilingState.ACKNOWLEDGED:
        found.append(_reason("备案完成后才能抽取指导专家。"))
    if filing.meeting.state == MeetingState.CONCLUDED:
        found.append(_reason("评审会已结束。"))
    return found


def _may_prepare(filing: ReviewFiling, actor: Actor) -> list[Reason]:
    found = _still_wanted(filing)
    if filing.draws.exclude(state=DrawState.VOID).exists():
        found.append(_reason("已备池，名单不能更换。", "请在抽取页面办理。"))
    return found


@step(
    ReviewFiling,
    label="备池",
    by=[Role.CITY_CLERK],
    on=CITY,
    form=forms.PoolForm,
    blockers=_may_prepare,
    creates=True,
    tells=[Tell(Role.SUPERVISOR, AT_CITY, "{case}已备池，请提交监督员密数。")],
    effects=["专家库名单和排除原因就此固定，公布校验值", "市局密数由系统生成，抽取前任何人看不到"],
    notes=["pool_hash", "commitment"],
)
def prepare_draw(
    filing: ReviewFiling, *, actor: Actor, same_speciality: bool = False, blind_until: dt.datetime | None = None
) -> RandomDraw:
    """The pool is fixed before any secret exists that could be tried out on it (F-44).

    Until `blind_until` everybody but the drawn expert reads codes that were dealt for this pool alone (F-46).
    """
    pool, key = frozen_pool(filing, same_speciality=same_speciality, blind=blind_until is not None)
    if not pool["experts"]:
        whys = [Exclusion(one["reason"]).label for one in pool["excluded"]]
        told = "；".join(f"{why} {whys.count(why)} 人" for why in sorted(set(whys))) or "专家库中没有在库专家"
        raise Blocked([_reason(f"没有可抽取的专家：{told}。", "请补充专家库，或放宽抽取范围。")])
    city = filing.round.enterprise.organisation.city
    return freeze(pool, filing=filing, organisation=city, aliases=key, blind_until=blind_until)


def freeze(pool: dict[str, Any], **purpose: Any) -> RandomDraw:
    """The pool with the bureau's commitment, inside a step that says what the draw is for."""
    secret = commitment.new_secret()
    return RandomDraw.objects.create(
        pool=pool,
        pool_hash=digest(pool),
        secret=secret.hex(),
        commitment=commitment.chained(secret, commitment.CHAIN).hex(),
        **purpose,
    )


@step(
    RandomDraw,
    label="提交监督员密数",
    by=[Role.SUPERVISOR],
    on=AT_CITY,
    move="commit",
    form=forms.ContributeForm,
    tells=[Tell(Role.CITY_CLERK, AT_CITY, "{case}：监督员已提交密数，可以抽取。")],
    hidden=True,
    unrecorded=["supervisor_secret"],
    notes=["supervisor_hash"],
)
def contribute_secret(draw: RandomDraw, *, actor: Actor, supervisor_secret: bytes) -> None:
    """Only the hash stays: neither the bureau nor whoever reads the database knows the outcome."""
    draw.supervisor_hash = commitment.sha256(supervisor_secret).hex()
    draw.supervisor = actor.person


@step(
    RandomDraw,
    label="作废备池",
    by=[Role.SUPERVISOR],
    on=AT_CITY,
    move="void",
    form=CauseForm,
    tells=[Tell(Role.CITY_CLERK, AT_CITY, "{case}已作废，请重新备池。")],
    effects=["名单和校验值保留，须重新备池"],
    kind="danger",
)
def void_draw(draw: RandomDraw, *, actor: Actor, reason: str) -> None:
    """For a lost secret. By the supervisor, who does not know the other half and so no outcome to run away from."""


def live_assignment(draw: RandomDraw) -> GuidanceAssignment | None:
    """The drawn expert who has not declined and has not stayed away; while there is one nobody else is drawn."""
    if draw.filing is None:
        return None
    return draw.filing.assignments.exclude(state__in=GuidanceState.gone()).select_related("expert", "run__draw").first()


def _may_draw(draw: RandomDraw, actor: Actor) -> list[Reason]:
    if draw.filing is None:
        return [_reason("这是随机抽查的抽取，请“抽取检查企业”。")]
    found, live = _still_wanted(draw.filing), live_assignment(draw)
    if live:
        text = f"已抽取{live.shown}（{live.get_state_display()}），不能重复抽取。"
        found.append(_reason(text, "专家不能到会的，登记后再重新抽取。"))
    done = draw.runs.count()
    if done + 1 >= commitment.CHAIN:
        found.append(_reason(f"本次备池最多抽取 {done} 次。", "请改由市局研究决定。"))
    if not live and done >= 2 and draw.approved_run <= done:
        text = "第二次及以后的重新抽取须由另一名工作人员同意。"
        found.append(_reason(text, "请市局审核办理“同意重新抽取”。"))
    return found


@step(
    RandomDraw,
    label="随机抽取指导专家",
    by=[Role.CITY_CLERK, Role.SYSTEM],
    on=AT_CITY,
    when=[DrawState.COMMITTED, DrawState.DRAWN],
    form=forms.DrawForm,
    blockers=_may_draw,
    creates=True,
    hidden=True,  # the supervisor types his secret on a page of its own
    tells=[
        Tell.person("expert", "{case}，请尽快答复能否到会。", sms=True),
        Tell(Role.ENT_HR, OF_DRAW, "市局已为{case}抽取指导专家。"),
    ],
    effects=["揭示双方密数，按密数排定的次序抽取一名", "抽取记录永久保存，任何人可以复核", "通知专家答复"],
    unrecorded=["supervisor_secret"],
)
def draw_expert(
    draw: RandomDraw, *, actor: Actor, supervisor_secret: bytes = b"", redraw_reason: str = "", evidence: str = ""
) -> GuidanceAssignment:
    """Nothing here is left to chance or choice: the outcome follows from what was fixed before (F-44, F-45)."""
    assert draw.filing is not None, "checked by _may_draw"
    if draw.runs.exists() and not redraw_reason.strip():
        raise Blocked([_reason("重新抽取须写明原因，以前的抽取记录保留。", field="redraw_reason")])
    run = reveal(draw, actor, supervisor_secret, _unavailable(draw), redraw_reason, evidence)
    if run.run_no == 1:
        carry(RandomDraw.objects.filter(pk=draw.pk), "reveal", actor=actor, because="reviews.draw_expert")
    expert = people_of(draw)[run.chosen[0]]
    return GuidanceAssignment.objects.create(filing=draw.filing, expert=expert.user, run=run, drawn_at=run.at)


def reveal(
    draw: RandomDraw,
    actor: Actor,
    supervisor_secret: bytes,
    unavailable: list[dict[str, str]],
    reason: str = "",
    evidence: str = "",
) -> DrawRun:
    """The next run: both secrets against their commitments, the order, the chosen. Blocked when anything is amiss."""
    runs = list(draw.runs.all())
    code = commitment.code_of_run(bytes.fromhex(draw.secret), len(runs) + 1)
    secret = bytes.fromhex(runs[0].secret) if runs else supervisor_secret
    try:
        previous = bytes.fromhex(runs[-1].code if runs else draw.commitment)
        commitment.check_reveal(previous, code, bytes.fromhex(draw.supervisor_hash), secret)
        gone = [one["code"] for one in unavailable]
        order, chosen = lot.run(draw.pool, draw.pool_hash, code, secret, gone)
    except commitment.Mismatch as wrong:
        raise Blocked([_reason(str(wrong), field="" if runs else "supervisor_secret")]) from wrong
    except lot.PoolChanged as wrong:
        raise Blocked([_reason(str(wrong))]) from wrong
    if not chosen:
        told = "；".join(f"{one['code']} {one['why']}" for one in unavailable)
        raise Blocked([_reason(f"没有可抽取的专家：{told}。", "请改由市局研究决定。")])
    return DrawRun.objects.create(
        draw=draw,
        run_no=len(runs) + 1,
        code=code.hex(),
        secret=secret.hex(),
        unavailable=unavailable,
        order=order,
        chosen=chosen,
        reason=reason,
        evidence=evidence,
        drawn_by=actor.user,
        agreed_by=draw.approved_by if len(runs) >= 2 else None,
        at=clock.now(),
    )


def _unavailable(draw: RandomDraw) -> list[dict[str, str]]:
    """Who was drawn before and does not come, and who has left the library since; each with what proves it."""
    found = []
    for run in draw.runs.select_related("assignment"):
        why = f"{run.assignment.get_state_display()}：{run.assignment.decline_reason or run.assignment.absence_note}"
        found += [{"code": code, "why": why.rstrip("：")} for code in run.chosen]
    codes = {one["code"] for one in found}
    people = people_of(draw)
    inside = [one["code"] for one in draw.pool["experts"] if one["code"] not in codes]
    return found + [
        {"code": code, "why": "已不在库"} for code in inside if people[code].state != ExpertState.IN_LIBRARY
    ]


def _wants_approval(draw: RandomDraw, actor: Actor) -> list[Reason]:
    done = draw.runs.count()
    if done < 2 or draw.approved_run > done or live_assignment(draw):
        return [_reason("现在没有须同意的重新抽取。")]
    if draw.runs.filter(drawn_by=actor.user).exists():
        return [_reason("抽取人不能自己同意重新抽取。")]
    return []


@step(
    RandomDraw,
    label="同意重新抽取",
    by=[Role.CITY_REVIEWER],
    on=AT_CITY,
    when=[DrawState.DRAWN],
    form=ReasonForm,
    blockers=_wants_approval,
    tells=[Tell(Role.CITY_CLERK, AT_CITY, "{case}：已同意重新抽取。")],
)
def approve_redraw(draw: RandomDraw, *, actor: Actor, reason: str) -> None:
    """A second official for each re-draw beyond the first."""
    draw.approved_run, draw.approved_by = draw.runs.count() + 1, actor.person
