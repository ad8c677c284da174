"""The last stage from the committee's vote on. The stages before run through their own steps up to 提交;
the way from there to 审议通过 is the business of their tests and is laid by hand here."""

import datetime as dt

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.choices import ApplicationState
from applications.models import TitleApplication
from certificates import actions
from certificates.models import Appointment, CertificateBatch, ColumnProfile, ResultRoster
from certificates.rules.columns import DEFAULT_TEXT
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.accounts.models import User
from jiaxing_titles.documents.tasks import make
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.actions import receive_objection
from reviews.models import Consolidation
from tests.scenes.pilot import PDF
from tests.scenes.registry import reload, scene

IDS = ("330481199003071232", "330481199003071259", "330481199003071275", "330481199003071291")


def paper(name="聘书.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def put(application, state, **values):
    """Set a state past the legal moves: what earlier stages would have done step by step."""
    with pgtrigger.ignore("applications.TitleApplication:legal_moves"):
        TitleApplication.objects.filter(pk=application.pk).update(state=state, **values)


@scene
def passed(open_round, submitted, at):
    """`passed("张三", "李四")` → their applications, passed by the committee; Monday, 7 December 2026.

    `called` gives all of them the same name.
    """

    def pass_on(*names: str, called: str = "") -> list[TitleApplication]:
        year = open_round("A")
        made = [submitted(year, name) for name in names]
        for number, (application, name) in enumerate(zip(made, names, strict=True)):
            put(application, ApplicationState.COMMITTEE_PASSED)
            person = User.objects.get(pk=application.person_id)
            person.name, person.id_kind, person.id_number = called or name, "resident", IDS[number]
            person.save()
        at("2026-12-07 09:00:00")
        return [reload(one) for one in made]

    return pass_on


@scene
def clerk(actor):
    return actor("city_clerk", "city")


@scene
def reviewer(actor):
    return actor("city_reviewer", "city")


@scene
def lead(actor):
    return actor("city_lead", "city")


TITLE = "2026年度评审通过人员公示"
CONTACT = "嘉兴市人力资源和社会保障局，0573-80000001"


@scene
def consolidated(city):
    """The year's results, all together."""
    made = Consolidation.objects.create(cycle=city.cycle, organisation=city["city"])
    with pgtrigger.ignore("reviews.Consolidation:legal_moves"):
        Consolidation.objects.filter(pk=made.pk).update(state="complete")
    return reload(made)


@scene
def drafted_roster(passed, bureaus, city, clerk):
    def draft(*names: str) -> ResultRoster:
        passed(*names)
        return actions.roster.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, title=TITLE, contact=CONTACT)

    return draft


@scene
def on_notice(drafted_roster, clerk, reviewer, lead):
    """`on_notice("张三", "李四")` → signed and open since 7 December, until 14 December 24:00."""

    def sign(*names: str) -> ResultRoster:
        roster = actions.roster.submit_roster(drafted_roster(*names), actor=clerk)
        roster = actions.roster.review_roster(roster, actor=reviewer)
        return reload(actions.roster.sign_roster(roster, actor=lead))

    return sign


@scene
def objected(at):
    """`objected(roster, 2)` → an objection against the second name, in time."""

    def against(roster, number):
        entry = roster.period.entries.get(number=number)
        facts = {"complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。"}
        return receive_objection(roster.period, actor=SYSTEM, entry=entry, **facts)

    return against


@scene
def over(at):
    """`over(roster)` → the morning after the last counted day, settled as the beat task does."""

    def settle(roster):
        at("2026-12-15 00:06:00")
        service.settle(reload(roster.period))
        at("2026-12-15 09:00:00")
        return reload(roster)

    return settle


DOCUMENT = {
    "title": "关于公布2026年度民营企业自主评审工程师资格的通知",
    "addressee": "各县（市、区）人力资源和社会保障局，各有关企业",
    "met_on": dt.date(2026, 12, 4),
    "qualified_on": dt.date(2026, 12, 4),
}


@scene
def issued(on_notice, over, clerk, reviewer, lead):
    """`issued("张三", "李四")` → the announcement document 嘉人社〔2026〕3号 of 15 December."""

    def issue(*names: str):
        return issue_from(over(on_notice(*names)), clerk, reviewer, lead)

    return issue


def issue_from(roster, clerk, reviewer, lead, number="嘉人社〔2026〕3号"):
    document = actions.announcement.draft_announcement(roster, actor=clerk, **DOCUMENT)
    document = actions.announcement.submit_announcement(document, actor=clerk)
    document = actions.announcement.review_announcement(document, actor=reviewer)
    return actions.announcement.issue_announcement(document, actor=lead, number=number, dated_on=dt.date(2026, 12, 15))


@scene
def profile(bureaus, clerk, reviewer):
    def make(name="默认", text=DEFAULT_TEXT) -> ColumnProfile:
        drafted = actions.profile.draft_profile(bureaus["city"], actor=clerk, name=name, text=text)
        return actions.profile.use_profile(drafted, actor=reviewer)

    return make


RECORD = {
    "post": "机械设计工程师",
    "document_number": "示精〔2027〕1号",
    "appointed_from": dt.date(2027, 1, 1),
    "appointed_to": dt.date(2029, 12, 31),
    "pay_item": "职称津贴",
    "pay_from": dt.date(2027, 1, 1),
}


@scene
def recorded(issued, actor):
    """`recorded("张三")` → HR's record of the first person."""

    def record(*names: str) -> Appointment:
        issued(*names)
        appointment = Appointment.objects.order_by("pk").first()
        return actions.appointment.record_appointment(
            appointment, actor=actor("ent_hr", "A"), evidence=paper(), **RECORD
        )

    return record


@scene
def drafted_batch(issued, profile, bureaus, city, clerk):
    """`drafted_batch("张三")` → the year's batch for the province with these people, in draft."""

    def draft(*names, text=None, kind="grant") -> CertificateBatch:
        issued(*names)
        layout = profile(text=text) if text else profile()
        facts = {"cycle": city.cycle, "kind": kind, "profile": layout, "purpose": "报送省人社数据归集系统"}
        return actions.batch.draft_batch(bureaus["city"], actor=clerk, **facts)

    return draft


@scene
def made_batch(drafted_batch, clerk, reviewer):
    """`made_batch("张三")` → agreed to, both files made_batch by the task that the worker runs."""

    def finish(*names, **options) -> CertificateBatch:
        batch = actions.batch.submit_batch(drafted_batch(*names, **options), actor=clerk)
        batch = actions.batch.approve_batch(batch, actor=reviewer)
        for file in batch.files.all():
            make(file.job_id)
        return reload(batch)

    return finish


@scene
def delivered_batch(made_batch, clerk):
    """`delivered_batch("张三")` → made and taken to the province."""

    def send(*names) -> CertificateBatch:
        return actions.batch.deliver_batch(
            made_batch(*names), actor=clerk, delivered_on=dt.date(2026, 12, 15), delivery_note="导入"
        )

    return send
