"""市局公示, 公布文件, 制证数据 with its receipt, 聘任兑现, 撤销 (办法五（四）、六（三）)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from django.core.files.base import ContentFile

from applications.models import TitleApplication
from certificates import actions
from certificates.documents import plain_bytes
from certificates.models import Appointment, CertificateBatch, ResultRoster
from certificates.rules.columns import DEFAULT_TEXT
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.demo.city.papers import paper
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.demo.city.places import City
from jiaxing_titles.demo.city.timeline import Script
from jiaxing_titles.documents.tasks import make

DAY = dt.timedelta(days=1)
ADDRESSEE = "各县（市、区）人力资源和社会保障局，各有关企业"


def notice(city: City, year: int, day: dt.datetime) -> Script:
    """拟稿、审核、签发: open for five working days at least."""
    yield day
    roster = city.do(
        actions.roster.draft_roster,
        city.bureau,
        city.clerk,
        cycle=city.cycle(year),
        title=f"{year}年度民营企业自主评审通过人员公示",
        contact="嘉兴市人力资源和社会保障局专业技术人员管理处，0573-80000001",
    )
    roster = city.do(actions.roster.submit_roster, roster, city.clerk)
    roster = city.do(actions.roster.review_roster, roster, city.reviewer)
    city.do(actions.roster.sign_roster, roster, city.leader)


def announce(city: City, year: int, day: dt.datetime, number: str, met_on: dt.date) -> Script:
    """行文公布: whoever is clear today; the rest follow in a supplementary document."""
    yield day
    roster = ResultRoster.objects.get(cycle__year=year)
    more = "补充" if roster.announcements.exists() else ""
    document = city.do(
        actions.announcement.draft_announcement,
        roster,
        city.clerk,
        title=f"关于{more}公布{year}年度嘉兴市民营企业自主评审工程师、助理工程师资格的通知",
        addressee=ADDRESSEE,
        met_on=met_on,
        qualified_on=met_on,
    )
    document = city.do(actions.announcement.submit_announcement, document, city.clerk)
    document = city.do(actions.announcement.review_announcement, document, city.reviewer)
    facts = {"number": number, "dated_on": city.timeline.now.date()}
    city.do(actions.announcement.issue_announcement, document, city.leader, **facts)


def certify(city: City, year: int, day: dt.datetime, *, rejected: int, receipt_on: dt.datetime) -> Script:
    """制证数据 made, delivered and reconciled with the province's receipt; the last `rejected` rows come back."""
    yield day
    profile = city.do(actions.profile.draft_profile, city.bureau, city.clerk, name="省归集系统", text=DEFAULT_TEXT)
    profile = city.do(actions.profile.use_profile, profile, city.reviewer)
    facts = {"cycle": city.cycle(year), "kind": "grant", "profile": profile, "purpose": "报送省人社数据归集系统"}
    batch = city.do(actions.batch.draft_batch, city.bureau, city.clerk, **facts)
    batch = city.do(actions.batch.submit_batch, batch, city.clerk)
    batch = city.do(actions.batch.approve_batch, batch, city.reviewer)
    city.timeline.stamp()
    for file in batch.files.order_by("format"):
        make(file.job_id)
    yield day + DAY
    sent = {"delivered_on": city.timeline.now.date(), "delivery_note": "已导入省系统"}
    batch = city.do(actions.batch.deliver_batch, batch, city.clerk, **sent)
    yield receipt_on
    batch = city.do(actions.receipt.import_receipt, batch, city.clerk, file=_receipt(batch, rejected))
    city.do(actions.batch.acknowledge_batch, batch, city.clerk)


def _receipt(batch: CertificateBatch, rejected: int) -> ContentFile:
    text = plain_bytes(batch.files.get(format="csv").job).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    lines = ["批次号,序号,行校验,证书编号,失败原因"]
    for order, row in enumerate(rows, start=1):
        refused = order > len(rows) - rejected
        end = ",照片与证件不一致" if refused else f"ZJ3304{batch.cycle.year}{order:05d},"
        lines.append(f"{row['批次号']},{row['序号']},{row['行校验']},{end}")
    return ContentFile("\r\n".join(lines).encode("utf-8-sig"), name="省系统回执.csv")


def appoint(city: City, company_key: str, year: int, day: dt.datetime, *, left_out: int = 0) -> Script:
    """聘任兑现 recorded by HR and confirmed by each person; the last `left_out` are not appointed, with the reason."""
    yield day
    company = city.companies[company_key]
    waiting = list(
        Appointment.objects.filter(enterprise=company.enterprise, grant__cycle__year=year, state="pending")
        .select_related("person", "grant__application")
        .order_by("pk")
    )
    for order, one in enumerate(waiting, start=1):
        if order > len(waiting) - left_out:
            reason = "本年度该级别岗位已满，列入下一年度聘任计划。"
            city.do(actions.appointment.leave_out_appointment, one, company.hr, absence_reason=reason)
            continue
        start = day.date().replace(day=1)
        city.do(
            actions.appointment.record_appointment,
            one,
            company.hr,
            post="主管工程师" if one.grant.application.level == "engineer" else "技术员",
            document_number=f"示聘〔{day.year}〕{order}号",
            appointed_from=start,
            appointed_to=start.replace(year=start.year + 3) - DAY,
            pay_item="职称津贴",
            pay_from=start,
            evidence=paper("聘任文件"),
        )
    yield day + 3 * DAY
    recorded = Appointment.objects.filter(pk__in=[one.pk for one in waiting], state="recorded").order_by("pk")
    for one in recorded.select_related("person"):
        person = acting(one.person, Role.APPLICANT, company.enterprise.organisation)
        city.do(actions.appointment.confirm_appointment, one, person, confirmed=True)


def revoke(city: City, application: TitleApplication, day: dt.datetime, number: str) -> Script:
    """撤销: found, told, heard, decided (办法六（三）)."""
    yield day
    facts = "经核查，申报材料中的专利证书系伪造。"
    case = city.do(actions.annulment.open_annulment, application, city.clerk, ground="false_material", facts=facts)
    due_on = (day + 5 * DAY).date()
    case = city.do(actions.annulment.notice_annulment, case, city.clerk, statement_due_on=due_on)
    yield day + 6 * DAY
    case = city.do(actions.annulment.close_hearing, case, city.clerk)
    case = city.do(actions.annulment.submit_annulment, case, city.clerk, conclusion="事实清楚，应予撤销。")
    case = city.do(actions.annulment.review_annulment, case, city.reviewer)
    yield day + 8 * DAY
    case = city.do(
        actions.annulment.decide_annulment, case, city.leader, number=number, dated_on=city.timeline.now.date()
    )


def announced(names: Sequence[str], year: int) -> list[TitleApplication]:
    """The applications of these people in that year."""
    return list(TitleApplication.objects.filter(person__name__in=names, cycle__year=year).order_by("pk"))
