"""行文公布: clean names only, held ones follow in a supplementary document (办法五（四）, R-5.4.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications.models import TitleApplication
from certificates.actions.register import take_number
from certificates.choices import DocumentState, LineFate
from certificates.choices import RosterState as R
from certificates.forms.announcement import AnnouncementForm, IssueForm, NewAnnouncementForm
from certificates.models import (
    AnnouncementDocument,
    AnnouncementLine,
    Appointment,
    ResultRoster,
    RosterLine,
    TitleGrant,
)
from certificates.queries.announcement import content_hash, first_issued, sorted_lines
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.reasons import Reason

S = DocumentState
DRAFTERS = ["draft_announcement", "edit_announcement", "refresh_announcement", "submit_announcement"]


@step(
    ResultRoster,
    label="拟定公布文件",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[R.SIGNED],
    creates=True,
    form=NewAnnouncementForm,
    effects=["公示期满且无异议的人列入文件", "有异议未办结的人不列入，办结后另行补充公布"],
)
def draft_announcement(
    roster: ResultRoster, *, actor: Actor, title: str, addressee: str, met_on: dt.date, qualified_on: dt.date
) -> AnnouncementDocument:
    """The names that are clear today; `supplementary_to` when an earlier document of the same notice went out."""
    if roster.announcements.exclude(state=S.ISSUED).exists():
        open_one = Reason("这一公示已有一份正在办理的公布文件。", "办法五（四）", remedy="请先办完那一份。")
        raise Blocked([open_one])
    document = AnnouncementDocument(
        cycle=roster.cycle,
        organisation=roster.organisation,
        roster=roster,
        supplementary_to=first_issued(roster),
        title=title,
        addressee=addressee,
        met_on=met_on,
        qualified_on=qualified_on,
    )
    document.save()
    _fill(document)
    return document


@step(
    AnnouncementDocument,
    label="修改文件",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.DRAFT],
    form=AnnouncementForm,
)
def edit_announcement(
    document: AnnouncementDocument,
    *,
    actor: Actor,
    title: str,
    addressee: str,
    met_on: dt.date,
    qualified_on: dt.date,
) -> None:
    """The words around the list; never the list."""
    document.title, document.addressee = title, addressee
    document.met_on, document.qualified_on = met_on, qualified_on


@step(AnnouncementDocument, label="更新名单", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT])
def refresh_announcement(document: AnnouncementDocument, *, actor: Actor) -> None:
    """Parts the names again: an objection may have come or been settled since."""
    document.lines.all().delete()
    _fill(document)


def _fill(document: AnnouncementDocument) -> None:
    found = sorted_lines(document.roster)
    if not found.clean:
        nobody = Reason("现在没有可以公布的人。", "办法五（四）", "R-5.4.2", "G19", remedy="请等公示期满、异议办结。")
        raise Blocked([nobody, *(reason for _, reasons in [*found.held, *found.noticing][:10] for reason in reasons)])
    lines = [
        AnnouncementLine(document=document, line=line, number=number)
        for number, line in enumerate(found.clean, start=1)
    ]
    AnnouncementLine.objects.bulk_create(lines, batch_size=1000)


@step(
    AnnouncementDocument,
    label="提交审核",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="submit",
    tells=[Tell(Role.CITY_REVIEWER, "organisation", "{case}已提交，请审核。")],
)
def submit_announcement(document: AnnouncementDocument, *, actor: Actor) -> None:
    """G19: a name with an open or upheld objection stops it (PR-8), a day too few as well (PR-5)."""
    document.content_hash = content_hash(document)


@step(
    AnnouncementDocument,
    label="审核通过",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="review",
    other_than=DRAFTERS,
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}已审核，请签发。")],
)
def review_announcement(document: AnnouncementDocument, *, actor: Actor) -> None:
    """审核 → 领导."""


@step(
    AnnouncementDocument,
    label="退回修改",
    by=[Role.CITY_REVIEWER, Role.CITY_LEAD],
    on="organisation",
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被退回：{reason}")],
)
def send_back_announcement(document: AnnouncementDocument, *, actor: Actor, reason: str) -> None:
    """Back to the drafter with the reason."""


def unchanged(document: AnnouncementDocument, actor: Actor) -> list[Reason]:
    """What is signed is what was submitted."""
    if document.content_hash == content_hash(document):
        return []
    return [Reason("文件内容与提交审核时不一致。", "办法五（四）", remedy="请退回，更新后重新提交。")]


@step(
    AnnouncementDocument,
    label="签发公布",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="issue",
    form=IssueForm,
    blockers=unchanged,
    other_than=[*DRAFTERS, "review_announcement"],
    effects=[
        "文件立即公开，内容不能再改，更正须另行发文",
        "名单上的人取得资格，通知本人和所在企业",
        "企业开始办理聘任兑现",
    ],
)
def issue_announcement(document: AnnouncementDocument, *, actor: Actor, number: str, dated_on: dt.date) -> None:
    """G20: number taken for good, people announced, titles on record, appointments opened (decision 34)."""
    document.number = take_number(number, used_for=document.title, on=dated_on)
    document.dated_on = dated_on
    document.content_hash = content_hash(document)
    people = TitleApplication.objects.filter(roster_line__announcement_line__document=document)
    carry(people, "announce", actor=actor, because="certificates.issue_announcement")
    RosterLine.objects.filter(announcement_line__document=document).update(fate=LineFate.ANNOUNCED)
    grants = _grant(document)
    _open_appointments(document, grants, dated_on)
    document.pdf = _request(document)
    _tell(document, grants)


def _request(document: AnnouncementDocument) -> DocumentJob:
    return request_document("certificates.announcement", actor=SYSTEM, title=document.title, pk=document.pk)


@step(AnnouncementDocument, label="重新生成公布文件", by=[Role.CITY_CLERK], on="organisation", when=[S.ISSUED])
def remake_announcement_pdf(document: AnnouncementDocument, *, actor: Actor) -> None:
    """A making that failed or a lost file; the content is the same."""
    document.pdf = _request(document)


def _grant(document: AnnouncementDocument) -> list[TitleGrant]:
    lines = document.lines.select_related("line__application__person", "line__application__enterprise")
    grants = [
        TitleGrant(
            application=one.line.application,
            person=one.line.application.person,
            enterprise=one.line.application.enterprise,
            cycle=document.cycle,
            document=document,
            line=one.line,
            qualified_on=document.qualified_on,
        )
        for one in lines.order_by("number")
    ]
    return TitleGrant.objects.bulk_create(grants, batch_size=1000)


def _open_appointments(document: AnnouncementDocument, grants: list[TitleGrant], dated_on: dt.date) -> None:
    due = dated_on + dt.timedelta(days=document.cycle.appointment_reminder_days)
    Appointment.objects.bulk_create(
        [Appointment(grant=grant, enterprise=grant.enterprise, person=grant.person, due_on=due) for grant in grants],
        batch_size=1000,
    )


def _tell(document: AnnouncementDocument, grants: list[TitleGrant]) -> None:
    told: list[tuple[Any, str, bool]] = [
        (
            grant.person,
            f"您的{grant.line.title}资格已由{document.number}公布。电子证书由省系统生成，可在浙江政务服务网查询下载。",
            True,
        )
        for grant in grants
    ]
    staff = Membership.objects.current().filter(
        role=Role.ENT_HR, organisation__enterprise__in={grant.enterprise_id for grant in grants}
    )
    told += [
        (one.user, f"{document.number}已公布，请为本企业通过人员办理聘任、兑现待遇。", False)
        for one in staff.select_related("user").distinct()
    ]
    url = f"/notices/documents/{document.pk}/"
    notify(told, title="公布评审结果", key=f"certificates.issued:{document.pk}", url=url)
