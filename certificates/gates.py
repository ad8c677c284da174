"""What stands against each move of this stage (G19–G22): asked by the FSM itself, so no way round exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from applications.choices import ApplicationState, Route
from certificates.choices import (
    AnnulmentState,
    BatchKind,
    BatchLineOutcome,
    DocumentState,
    FileFormat,
    GrantStanding,
    LineFate,
    RosterState,
)
from certificates.rules.columns import parse_profile
from jiaxing_titles import clock
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, ObjectionState
from jiaxing_titles.reasons import Reason

if TYPE_CHECKING:
    from certificates.models import (
        AnnouncementDocument,
        Annulment,
        Appointment,
        CertificateBatch,
        ColumnProfile,
        ResultRoster,
    )

RESULT = "办法五（四）"
DISCIPLINE = "办法六、3"
MAX_NAMED = 20


def roster_is_current(roster: ResultRoster) -> list[Reason]:
    """The notice shows exactly people whom the committee passed; nobody's case has moved since."""
    if not roster.lines.exists():
        return [Reason("名单上还没有人。", RESULT, "R-5.4.1", "G19", remedy="请先按已签字的计票结果更新名单。")]
    ready = Q(application__state=ApplicationState.COMMITTEE_PASSED)
    ready |= Q(application__state=ApplicationState.REPORTED, application__route=Route.INITIAL)
    # On the notice already: what the signing itself has just done.
    ready |= Q(application__state=ApplicationState.CITY_NOTICING, entry__isnull=False)
    moved = roster.lines.exclude(ready)
    return [
        Reason(
            f"{line}现在是“{line.application.get_state_display()}”，不能列入公示。",
            RESULT,
            "R-5.4.1",
            "G19",
            remedy="请退回拟稿，更新名单后再办。",
        )
        for line in moved.select_related("application")[:MAX_NAMED]
    ]


def names_are_clear(document: AnnouncementDocument) -> list[Reason]:
    """G19, per person: own notice over (PR-5), no objection open or upheld (PR-8), case where it should be."""
    if document.roster.state != RosterState.SIGNED:
        return [Reason("名单还没有经过市局公示。", RESULT, "PR-5", "G19", remedy="请先签发公示，期满后再发文。")]
    lines = list(document.lines.select_related("line__entry", "line__application"))
    if not lines:
        return [Reason("文件上还没有人。", RESULT, "R-5.4.2", "G19", remedy="请先更新名单，再办理。")]
    today = clock.today()
    against = objections_against(document.roster.period)
    reasons: list[Reason] = []
    for one in lines:
        if len(reasons) == MAX_NAMED:
            break
        reasons += hindrances(one.line, today, against)
    return reasons


def objections_against(period: Any) -> dict[int | None, str]:
    """The worst objection state of each entry of the notice (None: against the whole notice), in one query."""
    barring = [*OPEN_OBJECTIONS, ObjectionState.UPHELD]
    found: dict[int | None, str] = {}
    for entry_id, state in period.objections.filter(state__in=barring).values_list("entry_id", "state"):
        if found.get(entry_id) != ObjectionState.UPHELD:
            found[entry_id] = state
    return found


def hindrances(line: Any, today: Any, against: dict[int | None, str]) -> list[Reason]:
    """Why this name may not be announced today; empty when it is clear."""
    entry = line.entry
    if entry is None or not entry.is_over(today):
        end = f"到{entry.ends_on:%Y年%-m月%-d日}" if entry and entry.ends_on else ""
        return [Reason(f"{line}的公示期{end}还没有满。", RESULT, "PR-5", "G19", remedy="期满后再办，不能提前公布。")]
    state = against.get(entry.pk) or against.get(None)
    if state in OPEN_OBJECTIONS:
        return [Reason(f"{line}有尚未办结的异议。", RESULT, "PR-8", "G19", remedy="请移出本文件，办结后另行补充公布。")]
    if state == ObjectionState.UPHELD:
        return [Reason(f"{line}的异议成立。", RESULT, "PR-8", "G19", remedy="请移出本文件，按不予公布办理。")]
    announced_here = line.fate == LineFate.ANNOUNCED and line.application.state == ApplicationState.ANNOUNCED
    if line.application.state != ApplicationState.CITY_NOTICING and not announced_here:
        return [Reason(f"{line}现在是“{line.application.get_state_display()}”，不能公布。", RESULT, "R-5.4.2", "G19")]
    return []


def profile_is_sound(profile: ColumnProfile) -> list[Reason]:
    _, problems = parse_profile(profile.text)
    return [Reason(problem, RESULT, "R-5.4.3", "G21", field="text") for problem in problems]


def batch_rows_are_sound(batch: CertificateBatch) -> list[Reason]:
    """G21: only issued, standing titles go out as new; what is void or revoked never does (C-1, C-4)."""
    if not batch.lines.exists():
        return [Reason("这一批次里没有人。", RESULT, "R-5.4.3", "G21", remedy="请先更新批次人员。")]
    lines = batch.lines.select_related("grant__line")
    unissued = lines.exclude(grant__document__state=DocumentState.ISSUED)
    reasons = [Reason(f"{one.grant}还没有行文公布。", RESULT, "R-5.4.3", "G20") for one in unissued[:MAX_NAMED]]
    if batch.kind == BatchKind.GRANT:
        annulled = lines.filter(grant__annulments__state=AnnulmentState.DECIDED)
        reasons += [
            Reason(f"{one.grant}{one.grant.standing.label}，不能报送制证。", DISCIPLINE, "R-6.3.1", "G21")
            for one in annulled[:MAX_NAMED]
        ]
    return reasons


def batch_may_leave(batch: CertificateBatch) -> list[Reason]:
    """All files are complete, and nobody on them has lost his title since they were made."""
    files = list(batch.files.select_related("job"))
    if len(files) < len(FileFormat) or not all(file.is_made for file in files):
        return [Reason("文件还没有全部生成。", RESULT, "R-5.4.3", "G21", remedy="请等生成完毕；不成功的请重新生成。")]
    return batch_rows_are_sound(batch)


def receipt_is_complete(batch: CertificateBatch) -> list[Reason]:
    """G21: every row has its certificate number or the province's reason."""
    waiting = batch.lines.filter(outcome=BatchLineOutcome.PENDING).count()
    if waiting:
        return [Reason(f"还有{waiting}人没有回执。", RESULT, "R-5.4.3", "G21", remedy="请导入省级系统的回执后再办结。")]
    return []


def title_stands(appointment: Appointment) -> list[Reason]:
    """G22 depends on G20: the document, not the certificate number (decision 34)."""
    grant = appointment.grant
    if grant.document.state != DocumentState.ISSUED:
        return [Reason("公布文件还没有印发，不能登记聘任。", RESULT, "R-5.4.5", "G20")]
    if grant.standing != GrantStanding.VALID:
        return [Reason(f"这一资格{grant.standing.label}，不再办理聘任兑现。", DISCIPLINE, "R-6.3.4", "G22")]
    return []


def verified_facts(appointment: Appointment) -> list[Reason]:
    """The county can confirm only what the company has put on record."""
    reasons = title_stands(appointment)
    if not (appointment.post and appointment.document_number and appointment.appointed_from and appointment.pay_from):
        reasons.append(
            Reason("单位还没有登记岗位、聘任文号和兑现月份。", RESULT, "R-5.4.5", "G22", remedy="请督促单位先登记。")
        )
    return reasons


def hearing_is_due(annulment: Annulment) -> list[Reason]:
    """The person is heard, or lets the time pass."""
    if annulment.statement:
        return []
    if annulment.statement_due_on is None or clock.today() <= annulment.statement_due_on:
        return [
            Reason(
                "当事人还没有陈述申辩，期限也没有过。",
                DISCIPLINE,
                "R-6.3.4",
                remedy="请登记陈述申辩内容，或等期限届满。",
            )
        ]
    return []
