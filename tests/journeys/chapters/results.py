"""December to March: 市级公示, 行文公布, 制证数据, 聘任兑现, 查询和验证 (G19–G22).

The two batch files are made by the task that the worker runs, called with `.apply()`; a real worker, killed and
started again, makes them in tests/certificates/test_batch_worker_killed.py.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models import TitleApplication
from certificates.models import (
    AnnouncementDocument,
    Appointment,
    CertificateBatch,
    ColumnProfile,
    ResultRoster,
    TitleGrant,
)
from certificates.rules.columns import DEFAULT_TEXT
from jiaxing_titles.documents.tasks import make
from jiaxing_titles.publicity.tasks import close_due
from tests.journeys import cast
from tests.journeys.chapters.declaring import applicant, application_of
from tests.journeys.driver import fresh

FOUR = "办法五（四）"
CONTACT = "嘉兴市人力资源和社会保障局，0573-80000001"
HOLIDAYS_2027 = """\
2027-01-01 至 2027-01-03 放假 元旦
2027-02-05 至 2027-02-11 放假 春节
2027-02-20 上班 春节
"""


def load_calendar(year: Any, number: int = 2027, lines: str = HOLIDAYS_2027) -> None:
    """The State Council's notice of the next year has arrived."""
    desk = year.desk("sysadmin", "city")
    facts = {"year": number, "number": "国办发明电〔2026〕7号", "lines": lines}
    changes = desk.send(desk.step_url("workdays.load_year", year.city["city"]), answers=422, **facts)
    assert "请核对下面列出的变化" in changes.text
    desk.send(changes)


def draft_roster(year: Any, day: str = "2026-12-16 09:00:00") -> ResultRoster:
    """The list comes from the signed tallies; 审核 has seen it, 领导 has still to sign."""
    year.at(day)
    bureau = year.city["city"].bureau
    title = "2026年度评审通过人员公示"
    year.clerk.do("certificates.draft_roster", bureau, cycle=year.city.cycle, title=title, contact=CONTACT)
    roster = ResultRoster.objects.order_by("-pk")[0]
    year.clerk.do("certificates.submit_roster", roster)
    year.reviewer.do("certificates.review_roster", roster)
    return fresh(roster)


def notice(year: Any, roster: ResultRoster) -> ResultRoster:
    """G19: five working days into a year without its calendar are not counted but refused (D-9)."""
    year.at("2026-12-28 09:00:00")
    year.leader.refused("certificates.sign_roster", roster, "2027年", clause=FOUR, gate="G19")
    year.reviewer.stranger("certificates.sign_roster", roster)
    load_calendar(year)
    year.leader.do("certificates.sign_roster", roster)
    roster = fresh(roster)
    assert roster.period.ends_on == dt.date(2027, 1, 5)
    page = year.visitor.open(f"/notices/{roster.period_id}/")
    assert cast.BY_PAGES in page.text
    assert cast.COMMITTEE_FAILS not in page.text
    for hidden in ("330481", "1998", "0573-87000001"):
        assert hidden not in page.text
    return roster


def announce(year: Any, roster: ResultRoster) -> AnnouncementDocument:
    """G19 until the last day is over, then 经办 → 审核 → 领导 with a number of the new year (G20)."""
    words = {
        "title": "关于公布2026年度民营企业自主评审工程师资格的通知",
        "addressee": "各县（市、区）人力资源和社会保障局，各有关企业",
        "met_on": dt.date(2026, 12, 15),
        "qualified_on": dt.date(2026, 12, 15),
    }
    year.at("2027-01-05 23:59:00")
    close_due.apply().get()
    year.clerk.refused("certificates.draft_announcement", roster, "还没有满", clause=FOUR, gate="G19", **words)
    year.at("2027-01-06 00:06:00")
    assert close_due.apply().get() == 6
    year.at("2027-01-07 09:00:00")
    year.clerk.do("certificates.draft_announcement", roster, **words)
    document = AnnouncementDocument.objects.get()
    year.clerk.do("certificates.submit_announcement", document)
    year.reviewer.do("certificates.review_announcement", document)
    profile = _profile(year)
    bureau, facts = year.city["city"].bureau, _batch_facts(year, profile)
    year.clerk.refused("certificates.draft_batch", bureau, "没有已公布", clause=FOUR, gate="G20", **facts)
    year.leader.do(
        "certificates.issue_announcement", document, number="嘉人社〔2027〕3号", dated_on=dt.date(2027, 1, 7)
    )
    page = year.visitor.open(f"/notices/documents/{document.pk}/")
    assert "嘉人社〔2027〕3号" in page.text
    assert cast.BY_PAGES in page.text
    return fresh(document)


def _profile(year: Any) -> ColumnProfile:
    bureau = year.city["city"].bureau
    year.clerk.do("certificates.draft_profile", bureau, name="省系统模板", text=DEFAULT_TEXT)
    profile = ColumnProfile.objects.get()
    year.reviewer.do("certificates.use_profile", profile)
    return profile


def _batch_facts(year: Any, profile: ColumnProfile) -> dict[str, Any]:
    purpose = "报送省人社数据归集系统"
    return {"cycle": year.city.cycle, "kind": "grant", "profile": profile, "purpose": purpose}


def send_batch(year: Any) -> CertificateBatch:
    """G21: nothing leaves before both files are made, nothing is closed before the province has answered."""
    bureau = year.city["city"].bureau
    year.clerk.do("certificates.draft_batch", bureau, **_batch_facts(year, ColumnProfile.objects.get()))
    batch = CertificateBatch.objects.get()
    year.clerk.do("certificates.submit_batch", batch)
    year.clerk.stranger("certificates.approve_batch", batch)
    year.reviewer.do("certificates.approve_batch", batch)
    sent = {"delivered_on": dt.date(2027, 1, 7), "delivery_note": "省人社数据归集系统导入"}
    year.clerk.refused("certificates.deliver_batch", batch, "没有全部生成", clause=FOUR, gate="G21", **sent)
    for file in batch.files.all():
        make.apply(args=[file.job_id])
    rows = download(year, batch)
    assert {row["姓名"] for row in rows} == {one.name for one in cast.CAST if one.ends == "appointed"}
    assert {row["身份证号码"] for row in rows} == {one.id_number for one in cast.CAST if one.ends == "appointed"}
    year.clerk.do("certificates.deliver_batch", batch, **sent)
    year.clerk.refused("certificates.acknowledge_batch", batch, "没有回执", clause=FOUR, gate="G21")
    year.at("2027-01-15 09:00:00")
    year.clerk.do("certificates.import_receipt", batch, file=receipt(rows))
    year.clerk.do("certificates.acknowledge_batch", batch)
    return fresh(batch)


def download(year: Any, batch: CertificateBatch) -> list[dict[str, str]]:
    """The csv as the clerk gets it, against a reason; the look at full numbers is on record."""
    url = reverse("admin:certificates_batch_download", args=[batch.pk])
    page = year.clerk.open(f"{url}?format=csv")
    form = year.clerk.form(page, {"reason": ""}, "")
    data = {name: one.values for name, one in form.fields.items()} | {"format": "csv", "reason": "报送"}
    answer = year.clerk.client.post(url, data)
    assert answer.headers["Content-Type"].startswith("text/csv"), answer.content.decode()[:2000]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def receipt(rows: list[dict[str, str]]) -> SimpleUploadedFile:
    """What the province sends back: a certificate number for every row."""
    lines = ["批次号,序号,行校验,证书编号,失败原因"]
    lines += [f"{row['批次号']},{row['序号']},{row['行校验']},ZJ2027{row['序号']:>06},,"[:-1] for row in rows]
    return SimpleUploadedFile("回执.csv", "\r\n".join(lines).encode("utf-8-sig"), content_type="text/csv")


def appoint(year: Any) -> None:
    """G22: recorded with its evidence by the company, confirmed by the person; the county sees who is left."""
    facts = {
        "post": "机械设计工程师",
        "document_number": "示精〔2027〕1号",
        "appointed_to": dt.date(2029, 12, 31),
        "pay_item": "职称津贴",
        "pay_from": "2027-02",
    }
    year.at("2027-02-01 09:00:00")
    early = {"appointed_from": dt.date(2026, 12, 1), "evidence": year.pdf("聘书.pdf")}
    for appointment in Appointment.objects.order_by("pk"):
        person = applicant(year, appointment.grant.person.name)
        if person.name == cast.BY_PAGES:
            year.hr.refused(
                "certificates.record_appointment",
                appointment,
                "早于取得资格时间",
                clause=FOUR,
                gate="G22",
                **facts,
                **early,
            )
        appointed_from = {"appointed_from": dt.date(2027, 1, 1), "evidence": year.pdf("聘书.pdf")}
        year.hr.do("certificates.record_appointment", appointment, **facts, **appointed_from)
        person.do("certificates.confirm_appointment", appointment, confirmed=True)
    assert TitleApplication.objects.filter(state="appointed").count() == 6


def look_up(year: Any) -> None:
    """The person asks with his code, a stranger verifies the title, a wrong code says nothing."""
    application = application_of(cast.BY_PAGES)
    answer = year.visitor.send("/query/", press="查询", code=application.lookup_code, name=cast.BY_PAGES)
    assert "嘉人社〔2027〕3号" in answer.text
    assert cast.BY_PAGES not in answer.text
    nothing = year.visitor.send("/query/", press="查询", code=application.lookup_code, name="王三")
    assert "嘉人社" not in nothing.text
    grant = TitleGrant.objects.get(application=application)
    shown = year.visitor.send("/verify/", press="验证", code=grant.verify_code)
    assert "嘉人社〔2027〕3号" in shown.text
    assert "已撤销" not in shown.text


def walk(year: Any) -> None:
    announce(year, notice(year, draft_roster(year)))
    send_batch(year)
    appoint(year)
    look_up(year)
