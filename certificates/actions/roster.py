"""市局公示: 经办拟稿 → 审核 → 领导签发, three different people; the names come from the signed tallies alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from applications.models import TitleApplication
from certificates.choices import RosterState as S
from certificates.forms.roster import NewRosterForm, NewRosterOfYearForm, RosterForm
from certificates.models import ResultRoster, RosterLine
from certificates.queries.roster import candidates, differences, lines_of, list_hash
from enterprises.models import Bureau
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.accounts.models import Membership, Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.publicity.choices import PeriodKind
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.publicity.service import EntryDraft, add_entries, open_period
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.workdays.arithmetic import MissingYear
from jiaxing_titles.workdays.calendar import count_publicity
from reviews.choices import ConsolidationState
from reviews.models import Consolidation

DRAFTERS = ["begin_roster", "draft_roster", "edit_roster", "refresh_roster", "submit_roster"]


def differs(roster: ResultRoster, actor: Actor) -> list[Reason]:
    """The list is a query's snapshot; while it differs from the tallies nobody may pass it on (ux 5.9)."""
    return differences(roster)


EFFECTS = ["按已签字的计票结果生成名单，名单不能手工添加或修改"]


@step(
    Consolidation,
    label="拟定市局公示",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[ConsolidationState.COMPLETE],
    creates=True,
    form=NewRosterForm,
    effects=EFFECTS,
)
def begin_roster(consolidation: Consolidation, *, actor: Actor, title: str, contact: str) -> ResultRoster:
    """办法五（四）, begun where the year's results stand together."""
    return _draft(consolidation.cycle, consolidation.organisation, title, contact)


@step(
    Bureau,
    label="拟定市局公示",
    by=[Role.CITY_CLERK],
    on="organisation",
    creates=True,
    hidden=True,
    form=NewRosterOfYearForm,
    effects=EFFECTS,
)
def draft_roster(bureau: Bureau, *, actor: Actor, cycle: Cycle, title: str, contact: str) -> ResultRoster:
    """The same for a year named by hand: people left over after the consolidation."""
    return _draft(cycle, bureau.organisation, title, contact)


def _draft(cycle: Cycle, organisation: Organisation, title: str, contact: str) -> ResultRoster:
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    last = cycle.result_rosters.aggregate(last=Max("number"))["last"] or 0
    roster = ResultRoster(cycle=cycle, organisation=organisation, number=last + 1, title=title, contact=contact)
    roster.save()
    _fill(roster)
    return roster


@step(
    ResultRoster, label="修改标题和受理方式", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT], form=RosterForm
)
def edit_roster(roster: ResultRoster, *, actor: Actor, title: str, contact: str) -> None:
    """The words around the list; never the list."""
    roster.title, roster.contact = title, contact


@step(ResultRoster, label="按计票结果更新名单", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT])
def refresh_roster(roster: ResultRoster, *, actor: Actor) -> None:
    """Builds the list anew from the signed tallies."""
    roster.lines.all().delete()
    _fill(roster)


def _fill(roster: ResultRoster) -> None:
    taken = set(RosterLine.objects.values_list("application_id", flat=True))
    found = candidates(roster.cycle)
    ready = [one for one in found.ready if one.pk not in taken]
    if not ready:
        held = [reason for _, reasons in found.held for reason in reasons][:10]
        nobody = Reason(
            f"{roster.cycle}没有可以公示的人员。",
            "办法五（四）",
            "R-5.4.1",
            "G18",
            field="cycle",
            remedy="须先由中评委审议表决并签认计票结果。",
        )
        raise Blocked([nobody, *held])
    RosterLine.objects.bulk_create(lines_of(roster, ready), batch_size=1000)
    roster.list_hash = list_hash(roster)


@step(
    ResultRoster,
    label="提交审核",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="submit",
    blockers=differs,
    tells=[Tell(Role.CITY_REVIEWER, "organisation", "{case}已提交，请审核。")],
)
def submit_roster(roster: ResultRoster, *, actor: Actor) -> None:
    """经办 → 审核."""
    roster.list_hash = list_hash(roster)


@step(
    ResultRoster,
    label="审核通过",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="review",
    blockers=differs,
    other_than=DRAFTERS,
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}已审核，请签发。")],
)
def review_roster(roster: ResultRoster, *, actor: Actor) -> None:
    """审核 → 领导."""


@step(
    ResultRoster,
    label="退回修改",
    by=[Role.CITY_REVIEWER, Role.CITY_LEAD],
    on="organisation",
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被退回：{reason}")],
)
def send_back_roster(roster: ResultRoster, *, actor: Actor, reason: str) -> None:
    """Back to the drafter with the reason."""


def cannot_open(roster: ResultRoster, actor: Actor) -> list[Reason]:
    """As `differs`; and a notice that would run into a year without its official calendar is not opened (D-9)."""
    blocking = []
    try:
        count_publicity(
            clock.today(), roster.cycle.publicity_days, count_first_day=roster.cycle.count_first_day, frozen=[]
        )
    except MissingYear as missing:
        remedy = "请市局经办或系统管理员导入该年度的放假通知，再签发公示。"
        blocking.append(Reason(str(missing), "办法五（四）", "D-9", "G19", remedy=remedy))
    if list_hash(roster) != roster.list_hash:
        blocking.append(Reason("名单与审核时不一致。", "办法五（四）", "R-5.4.1", "G19", remedy="请退回重新提交。"))
    return [*differences(roster), *blocking]


@step(
    ResultRoster,
    label="签发公示",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="sign",
    blockers=cannot_open,
    other_than=[*DRAFTERS, "review_roster"],
    effects=["立即在公示公告栏发布，公示期不少于5个工作日，发布当日不计", "名单上的人进入市级公示，通知本人和所在企业"],
)
def sign_roster(roster: ResultRoster, *, actor: Actor) -> None:
    """R-5.4.1: opens the notice of at least five working days and takes everybody on it along."""
    lines = list(roster.lines.order_by("number"))
    period = _period(roster)
    period.save()
    entries = add_entries(period, [EntryDraft(line.name, columns_of(line)) for line in lines])
    for line, entry in zip(lines, entries, strict=True):
        line.entry = entry
    RosterLine.objects.bulk_update(lines, ["entry"], batch_size=1000)
    period = open_period(period, actor=actor)
    roster.period, roster.signed_on = period, clock.today()
    roster.pdf = request_document("certificates.notice", actor=SYSTEM, title=roster.title, pk=roster.pk)
    people = TitleApplication.objects.filter(roster_line__roster=roster)
    carry(people, "enter_city_notice", actor=actor, because="certificates.sign_roster")
    _tell(roster, period)


def columns_of(line: RosterLine) -> dict[str, str]:
    """The whitelist of the public notice (decision 38): nothing else ever reaches the page."""
    shown = {"工作单位": line.company, "专业": line.speciality, "资格": line.title, "途径": line.route}
    return {**shown, "同名区分": line.note} if line.note else shown


def _period(roster: ResultRoster) -> PublicityPeriod:
    return PublicityPeriod(
        kind=PeriodKind.CITY,
        organisation=roster.organisation,
        cycle=roster.cycle,
        title=roster.title,
        contact=roster.contact,
        days=roster.cycle.publicity_days,
    )


def _tell(roster: ResultRoster, period: PublicityPeriod) -> None:
    assert period.ends_on is not None  # an open notice has its days, by constraint
    end = f"{cn_date(period.ends_on)} 24:00"
    told: list[tuple[Any, str, bool]] = [
        (line.application.person, f"您已列入{roster.title}，公示到{end}。", True)
        for line in roster.lines.select_related("application__person")
    ]
    companies = Membership.objects.current().filter(
        role=Role.ENT_HR, organisation__enterprise__applications__roster_line__roster=roster
    )
    told += [
        (one.user, f"{one.organisation}有人员列入{roster.title}，公示到{end}。", False)
        for one in companies.select_related("user", "organisation").distinct()
    ]
    notify(told, title="市级公示开始", key=f"certificates.notice:{roster.pk}", url=f"/notices/{period.pk}/")


@step(ResultRoster, label="重新生成公示文件", by=[Role.CITY_CLERK], on="organisation", when=[S.SIGNED])
def remake_notice_pdf(roster: ResultRoster, *, actor: Actor) -> None:
    """A making that failed or a lost file; the content is the same."""
    roster.pdf = request_document("certificates.notice", actor=SYSTEM, title=roster.title, pk=roster.pk)
