"""评前公示: everybody who submitted, decided by HR, goes up together; each passes on by himself (G9, decision 37)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from applications.actions.application import freeze
from applications.choices import ApplicationState, DisqualifyGround, RoundState
from applications.forms.notice import CorrectForm, NoticeForm
from applications.gates.round import undecided
from applications.models import AnnualRound, PreReviewRoster, RosterEntry, TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.publicity import hooks, service
from jiaxing_titles.publicity.choices import PeriodKind
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.reasons import Reason

S = ApplicationState


def shown_columns(application: TitleApplication) -> dict[str, str]:
    """The whitelist of the notice, from the version handed in."""
    taken = application.snapshot
    return {
        "部门": taken["department"],
        "岗位": taken["position"],
        "申报资格": application.get_level_display(),
        "申报专业": taken["speciality"]["name"],
        "申报途径": application.get_route_display(),
        "业绩摘要": taken["summary"],
    }


def _to_notice(year: AnnualRound, actor: Actor) -> list[Reason]:
    return undecided(year)


@step(
    AnnualRound,
    label="发布单位公示",
    by=[Role.ENT_HR],
    on="enterprise.organisation",
    move="start_notice",
    hidden=True,
    form=NoticeForm,
    blockers=_to_notice,
    effects=[
        "全部审核通过的申报人一起公示，不能挑选",
        "公示期按工作日计算，发布后不能缩短",
        "公示网站只显示单位、起止日期和人数；名单和业绩凭查看码在本单位查看",
    ],
    tells=[Tell(Role.COUNTY, "enterprise.organisation.supervisor", "{case}：单位公示已发布。")],
)
def open_notice(year: AnnualRound, *, actor: Actor, contact: str) -> None:
    """所有申报人员须在单位进行评前公示，公示期不少于5个工作日 (R-5.2.2, R-5.2.3)."""
    period = PublicityPeriod(
        kind=PeriodKind.IN_HOUSE,
        organisation=year.enterprise.organisation,
        cycle=year.cycle,
        title=f"{year.enterprise}{year.cycle.year}年度职称申报人员评前公示",
        contact=contact,
        days=year.cycle.publicity_days,
    )
    period.save()
    roster = PreReviewRoster.objects.create(round=year, period=period)
    people = year.applications.select_related("person", "latest", "speciality")
    on_notice = list(people.filter(state=S.ENDORSED).order_by("pk"))
    refused = list(people.filter(state=S.NOT_ENDORSED).order_by("pk"))
    drafts = [service.EntryDraft(one.person.name, shown_columns(one)) for one in on_notice]
    entries = service.add_entries(period, drafts)
    RosterEntry.objects.bulk_create(
        [
            *(
                RosterEntry(roster=roster, application=one, entry=entry)
                for one, entry in zip(on_notice, entries, strict=True)
            ),
            *(RosterEntry(roster=roster, application=one, not_recommended=True) for one in refused),
        ]
    )
    service.open_period(period, actor=actor)
    carry(
        TitleApplication.objects.filter(pk__in=[one.pk for one in on_notice]),
        "enter_notice",
        actor=actor,
        because="applications.open_notice",
    )


@step(
    TitleApplication,
    label="更正公示内容",
    by=[Role.ENT_HR],
    on="enterprise.organisation",
    when=[S.NOTICING],
    form=CorrectForm,
    kind="danger",
    effects=["该申报人的公示期从今天重新起算", "其他人员的公示期不变", "更正说明对外显示"],
    tells=[Tell.person("person", "您的公示内容已更正，公示期重新起算。")],
)
def correct_entry(
    application: TitleApplication, *, actor: Actor, name: str, department: str, position: str, summary: str, reason: str
) -> None:
    """A wrong name or text found after opening: only this person's days start again (decision 36)."""
    line = application.roster_entry
    if line.entry is None or line.entry.removed_at is not None:
        raise Blocked([Reason("这名申报人已不在公示名单中。", "办法五（二）", "R-5.2.2", "G9")])
    if name != application.person.name:
        application.person.name = name
        application.person.save()
    application.department, application.position, application.summary = department, position, summary
    freeze(application, f"公示更正：{reason}"[:100])
    service.correct_entry(line.entry, name=name, columns=shown_columns(application), reason=reason, actor=actor)


@hooks.on_passed(PeriodKind.IN_HOUSE)
def _pass_on(period: PublicityPeriod, entries: Sequence[Any], actor: Actor) -> None:
    """These people's own days are over and nothing stands against them."""
    lines = RosterEntry.objects.filter(entry__in=entries)
    ready = TitleApplication.objects.filter(roster_entry__in=lines, state=S.NOTICING)
    # Whoever has left meanwhile or fell out of scope is not refused here: the agenda holds him.
    carry(ready, "pass_notice", actor=actor, because="publicity.settle", strict=False)
    end_round_if_over(period, actor)


@hooks.on_upheld(PeriodKind.IN_HOUSE)
def _end_application(objection: Any, entries: Sequence[Any], actor: Actor) -> None:
    """异议成立: the person's application ends; the others go on."""
    lines = RosterEntry.objects.filter(entry__in=entries)
    reply = objection.findings[:480] or "公示异议经核查成立。"
    carry(
        TitleApplication.objects.filter(roster_entry__in=lines, state__in=[S.NOTICING, S.NOTICED]),
        "disqualify",
        actor=actor,
        because="publicity.uphold",
        set={
            "disqualified_for": DisqualifyGround.OBJECTION,
            "decision_reason": reply,
            "decision_clause": "办法五（二）",
        },
    )
    end_round_if_over(objection.period, actor)


def end_round_if_over(period: PublicityPeriod, actor: Actor) -> None:
    """The round's notice has ended when nobody's days are running any more; the held ones stay behind."""
    running = period.entries.filter(removed_at=None, ends_on__gte=clock.today()).exists()
    if not running:
        year = AnnualRound.objects.filter(roster__period=period, state=RoundState.NOTICING)
        carry(year, "end_notice", actor=actor, because="publicity.settle")
