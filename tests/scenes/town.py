"""One company's year gone through to its end, with something of every kind on the way: for tests that walk everything.

Company A (海宁) has 张三 and 李四 passed by panel and committee, announced, certified, one appointed and one under
revocation; 王五 tries for 破格. Company B (桐乡) is registered and has its people, but no part in any of it.
"""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from applications import actions as application_actions
from applications.models import TitleApplication
from applications.sheets import SCHEMA
from certificates import actions as certificates
from certificates.models import Appointment
from enterprises import actions as enterprise_actions
from jiaxing_titles import clock
from jiaxing_titles.accounts.actions import invite
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.accounts.models import User
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.policy.actions import enter_policy, issue_interpretation, propose_interpretation
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.actions import receive_objection
from jiaxing_titles.sheets import template_workbook
from reviews import actions as reviews
from reviews.rules.ballot.shares import deal
from tests.scenes.announcing import IDS, issue_from, paper
from tests.scenes.balloting import cast, opened
from tests.scenes.committee import checked
from tests.scenes.registry import reload, scene
from tests.scenes.reviewing import count, enrol_in_library, reported

JUDGES = 11
PLACES = {
    "ent_hr": "A", "ent_lead": "A", "panel_sec": "A", "county": "haining",
    "city_clerk": "city", "city_reviewer": "city", "city_lead": "city", "committee_sec": "city",
    "supervisor": "city", "auditor": "city", "sysadmin": "city",
}  # fmt: skip


@scene
def whole_year(city, company, bureaus, actor, at, concluded, drafted_application, endorsed, open_round, profile):
    """`whole_year()` → the round of company A with everything described above; Monday, 4 January 2027."""

    def live():
        company("A")
        company("B")
        year = _in_house(open_round, endorsed, drafted_application, actor, at)
        concluded(year, guest=True, invited=True)
        _reported(reload(year), bureaus, city, actor)
        _committee(bureaus, city, actor, at)
        _announced(bureaus, city, actor, at, profile)
        _beside(year, city, actor)
        for place, name in (("A", "同事"), ("B", "")):
            city.person("applicant", place, name)
        for number, name in enumerate(("张三", "李四")):
            User.objects.filter(name=name).update(username=f"applicant{number}")
        return year

    return live


def everybody() -> dict[str, tuple[str, str, str]]:
    """Who may knock, as (role, place, name) for `login` and `actor`; keys as in access_table.csv.

    The plain role codes are the people of company A, its county 海宁 and the city who had a hand in A's year;
    `other_…` are the same roles at company B, in 桐乡, or at the city without a part in it.
    """
    found = {role: (role, place, "") for role, place in PLACES.items()}
    found |= {
        "applicant": ("applicant", "A", "张三"),
        "panel_expert": ("panel_expert", "A", "专家1"),
        "library_member": ("library_member", "city", "专家库甲"),
        "committee": ("committee", "city", "评委1"),
        "teller": ("teller", "city", "计票甲"),
        "other_ent_hr": ("ent_hr", "B", ""),
        "other_ent_lead": ("ent_lead", "B", ""),
        "other_panel_sec": ("panel_sec", "B", ""),
        "other_applicant": ("applicant", "B", ""),
        "other_panel_expert": ("panel_expert", "B", ""),
        "other_county": ("county", "tongxiang", ""),
        "other_library_member": ("library_member", "city", "专家库乙"),
        "other_committee": ("committee", "city", "评委外"),
        "other_teller": ("teller", "city", "计票外"),
        "colleague": ("applicant", "A", "同事"),
        "drafter": ("applicant", "A", "王五"),
    }
    return found


def _in_house(open_round, endorsed, drafted_application, actor, at):
    """The round up to the end of its notice; 王五's 破格 stays a draft."""
    year, hr = open_round("A"), actor("ent_hr", "A")
    upload = SimpleUploadedFile("人员.xlsx", template_workbook(SCHEMA))
    application_actions.check_import(year.enterprise, actor=hr, file=upload)
    for name in ("张三", "李四"):
        endorsed(year, name)
    drafted_application(year, "王五", route="exceptional")
    at("2026-10-09 09:00:00")
    year = application_actions.close_round(year, actor=hr)
    year = application_actions.open_notice(year, actor=hr, contact="李人事，0573-80000000")
    at("2026-10-19 09:00:00")
    service.settle(year.roster.period)
    return reload(year)


def _reported(year, bureaus, city, actor):
    clerk = actor("city_clerk", "city")
    reviews.receive_report(reported(year, actor), actor=clerk)
    whole = reviews.open_consolidation(bureaus["city"], actor=clerk, cycle=city.cycle)
    reviews.complete_consolidation(whole, actor=actor("city_reviewer", "city"))


def _committee(bureaus, city, actor, at):
    sec, judges = actor("committee_sec", "city"), [actor("committee", "city", f"评委{n}") for n in range(1, JUDGES + 1)]
    experts = [enrol_in_library(bureaus, actor, judge.user) for judge in judges]
    when = {"planned_at": dt.datetime(2026, 12, 7, 9, tzinfo=clock.SHANGHAI), "place": "市局八楼会议室"}
    meeting = reviews.convene_committee(bureaus["city"], actor=sec, cycle=city.cycle, **when)
    meeting = reviews.seat_members(meeting, actor=sec, experts=experts[:1], post="chair")
    meeting = reviews.seat_members(meeting, actor=sec, experts=experts[1:])
    meeting = reviews.build_agenda(meeting, actor=sec)
    tellers = [actor("teller", "city", name) for name in ("计票甲", "计票乙")]
    meeting = reviews.name_committee_tellers(meeting, actor=sec, first=tellers[0].user, second=tellers[1].user)
    meeting = reviews.invite_members(meeting, actor=sec)
    at("2026-12-07 08:30:00")
    meeting = reviews.open_committee_sign_in(meeting, actor=sec)
    for judge in judges:
        meeting = reviews.committee_sign_in(meeting, actor=judge, promised=True)
    meeting = reviews.start_committee(checked(meeting, actor), actor=sec)
    slot, sheet = meeting.slots.get(), meeting.sheets.get()
    reviews.name_reporter(slot, actor=actor("ent_hr", "A"), reporter="李人事", brief="组织过程和结果。")
    slot = reviews.hear_slot(reload(slot), actor=sec)
    reviews.deliberate_slot(slot, actor=sec, deliberation="程序规范。")
    sheet = _voted_electronically(meeting, sheet, sec, [*tellers, actor("supervisor", "city")], judges)
    sheet = reviews.second_round(sheet, actor=sec, reason="两名评委因网络中断没有投成。")
    sheet = reviews.choose_mode(sheet, actor=sec, mode="paper")
    sheet = reviews.issue_sheet(sheet, actor=sec)
    count(sheet, tellers, 9)
    reviews.sign_tally(reload(sheet), actor=sec)
    reviews.close_committee(reload(meeting), actor=sec, minutes="会议纪要")


def _voted_electronically(meeting, sheet, sec, holders, judges):
    """The first round: three key holders, nine ballots in the box, unsealed and signed."""
    key = reviews.name_committee_key_holders(meeting, actor=sec, holders=[one.user for one in holders])
    dealt = deal(key.needed, len(holders))
    key = reviews.make_key(key, actor=holders[0], dealt=dealt)
    reviews.check_key(key, actor=holders[0], shares=dealt.shares)
    sheet = opened(sheet, sec)
    for judge in judges[:9]:
        cast(sheet, judge, "yes")
    sheet = reviews.close_ballot(reload(sheet), actor=sec, missing_known=True)
    sheet = reviews.unseal_ballot(sheet, actor=holders[0], shares=dealt.shares[:2])
    return reviews.sign_tally(sheet, actor=sec)


def _announced(bureaus, city, actor, at, profile):
    """Notice, document, one batch, the first appointment, a revocation against the second person."""
    for number, application in enumerate(TitleApplication.objects.filter(state="committee_passed").order_by("pk")):
        person = User.objects.get(pk=application.person_id)
        person.id_kind, person.id_number = "resident", IDS[number]
        person.save()
    clerk, reviewer, lead = (actor(role, "city") for role in ("city_clerk", "city_reviewer", "city_lead"))
    at("2026-12-08 09:00:00")
    words = {"title": "2026年度评审通过人员公示", "contact": "市人社局，0573-80000001"}
    roster = certificates.roster.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, **words)
    roster = certificates.roster.submit_roster(roster, actor=clerk)
    roster = certificates.roster.review_roster(roster, actor=reviewer)
    roster = reload(certificates.roster.sign_roster(roster, actor=lead))
    at("2026-12-16 09:00:00")
    service.settle(reload(roster.period))
    issue_from(reload(roster), clerk, reviewer, lead)
    plan = {"cycle": city.cycle, "kind": "grant", "profile": profile(), "purpose": "报送省人社数据归集系统"}
    certificates.batch.draft_batch(bureaus["city"], actor=clerk, **plan)
    at("2027-01-04 09:00:00")
    appointment = Appointment.objects.order_by("pk").first()
    facts = {"post": "机械设计工程师", "document_number": "示精〔2027〕1号", "pay_item": "职称津贴"}
    days = {name: dt.date(2027, 1, 1) for name in ("appointed_from", "pay_from")} | {
        "appointed_to": dt.date(2029, 12, 31)
    }
    hr = actor("ent_hr", "A")
    certificates.appointment.record_appointment(appointment, actor=hr, evidence=paper(), **facts, **days)
    first = TitleApplication.objects.get(person__name="张三")
    case = certificates.annulment.open_annulment(first, actor=clerk, ground="false_material", facts="业绩材料系伪造。")
    certificates.annulment.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2027, 1, 15))


def _beside(year, city, actor):
    """What does not lie on the straight way: credit, sanction, objection, invitation, a document asked for."""
    enterprise, clerk = year.enterprise, actor("city_clerk", "city")
    record = {"kind": "inspection", "occurred_on": clock.today(), "clause": "办法六（二）", "facts": "公示栏未更新"}
    enterprise_actions.record_credit(enterprise, actor=actor("county", "haining"), **record)
    inspected = {"cycle": city.cycle, "origin": "群众反映", "due_on": dt.date(2027, 1, 29)}
    enterprise_actions.order_inspection(enterprise, actor=actor("city_clerk", "city"), **inspected)
    sanction = enterprise_actions.open_sanction(
        enterprise, actor=clerk, cycle=city.cycle, measure="remind", clause="办法六（三）", facts="备案迟延"
    )
    enterprise_actions.notify_company(sanction, actor=clerk, answer_due_on=dt.date(2027, 1, 11))
    late = {"kind": "late_application", "until": dt.date(2027, 1, 31), "reason": "台风停工"}
    enterprise_actions.grant_exception(enterprise, actor=actor("city_lead", "city"), cycle=city.cycle, **late)
    entry = year.roster.period.entries.first()
    facts = {"complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。"}
    receive_objection(year.roster.period, actor=SYSTEM, entry=entry, **facts)
    enter_policy(city["city"], actor=clerk, title="示例文件", effective_on=dt.date(2019, 12, 27))
    made = propose_interpretation(
        city["city"], actor=clerk, question=Question.EARLIER_POSTS, answer=True, text="示例", effective_on=clock.today()
    )
    issue_interpretation(made, actor=actor("city_reviewer", "city"))
    hr = actor("ent_hr", "A")
    invite(city["A"], actor=hr, role="panel_sec", name="新秘书", email="new@example.com")
    request_document("reviews.filing", actor=hr, title="备案表", pk=year.filings.get().pk)
