"""PR-2 and PR-3: outside the granted authority, or somebody else's people — page, console, model."""

from __future__ import annotations

import datetime as dt

import pytest

from applications.models import AnnualRound, StaffMember, TitleApplication
from enterprises.models import Speciality
from enterprises.queries import authority_of
from tests.scenes.announcing import put
from tests.trust.attempts import barred, gate_holds, no_back_door, not_his, nothing_written, refused

pytestmark = pytest.mark.django_db
SCOPE = "办法六（二）、六（三）"
OTHERS = "办法六3"
COMMITMENT = {"agreed": "on", "typed_name": "张三"}


def start(**changes):
    mechanics = Speciality.objects.get(name="机械设计")
    return {"level": "engineer", "speciality": mechanics.pk, "route": "review", **changes}


def notice(year):
    return {"cycle": year.city.cycle.pk, "title": "2026年度评审通过人员公示", "contact": "市人社局，0573-80000001"}


def to(application, state):
    return lambda: TitleApplication.objects.filter(pk=application.pk).update(state=state)


def test_nobody_is_reviewed_outside_the_authority(year, open_round, drafted_application, submitted, company):
    """PR-2: a foreign speciality cannot be chosen; when the authority was narrowed since, every step refuses."""
    one = open_round("A")
    draft, passed = drafted_application(one, "张三"), submitted(one, "李四")
    put(passed, "committee_passed")
    authority = authority_of(one.enterprise, one.cycle)
    foreign = Speciality.objects.exclude(pk__in=authority.specialities.all()).first()
    me = year.applicant("王五")
    for wrong in (start(speciality=foreign.pk), start(level="senior_engineer")):
        with nothing_written(f"start_application {wrong}"):
            assert me.client.post(f"/do/applications.start_application/{one.pk}/", wrong).status_code == 422

    authority.specialities.remove(Speciality.objects.get(name="机械设计"))
    says, step, me = "申报专业不在企业被授予的评审权限内", "applications.submit", year.applicant("张三")
    by_page = refused(me, step, draft, says, SCOPE, f"/my/applications/{draft.pk}/check/", **COMMITMENT)
    assert refused(me, step, draft, says, SCOPE, **COMMITMENT) == by_page
    bureau = year.city["city"].bureau
    assert refused(year.clerk, "certificates.draft_roster", bureau, says, SCOPE, **notice(year)) == by_page
    not_his(year.clerk, "applications.endorse", draft)
    not_his(year.county, "applications.submit", draft, **COMMITMENT)
    no_back_door(year.clerk, draft, authority)
    barred("PR-2", "update(state=submitted)", to(draft, "submitted"))
    barred("PR-2", "update(state=city_noticing)", to(passed, "city_noticing"))
    gate_holds(draft, "submit")
    gate_holds(passed, "enter_city_notice")


def test_nobody_else_s_people_are_reviewed(year, open_round, submitted, employee, company):
    """PR-3: not on the register, sent by an agency, from another company, gone before the city's notice."""
    one = open_round("A")
    says = "面向其他单位人员的评审结果一律无效"
    stranger = year.applicant("外人")
    by_page = refused(stranger, "applications.start_application", one, says, OTHERS, **start())
    employee(one, "派遣工", employment="dispatched")
    sent = year.applicant("派遣工")
    refused(sent, "applications.start_application", one, "用工形式为“劳务派遣”", OTHERS, **start())
    draft = TitleApplication.objects.create(
        round=one,
        enterprise=one.enterprise,
        cycle=one.cycle,
        person=stranger.user,
        level="engineer",
        speciality=Speciality.objects.get(name="机械设计"),
        route="review",
    )
    refused(stranger, "applications.submit", draft, says, OTHERS, agreed="on", typed_name="外人")
    barred("PR-3", "update(state=submitted)", to(draft, "submitted"))
    gate_holds(draft, "submit")
    other = company("B")
    barred("PR-3", "another company's application", lambda: move_to(draft, other))

    passed = submitted(one, "李四")
    put(passed, "committee_passed")
    year.at("2026-12-07 09:00:00")
    StaffMember.objects.filter(person=passed.person).update(left_on=dt.date(2026, 12, 1))
    bureau = year.city["city"].bureau
    by_console = refused(year.clerk, "certificates.draft_roster", bureau, says, OTHERS, **notice(year))
    assert by_console == (by_page[0].replace("外人", "李四"), by_page[1])
    not_his(year.clerk, "applications.add_staff", one.enterprise, name="李四")
    no_back_door(year.clerk, passed, AnnualRound.objects.get(), StaffMember.objects.first())
    barred("PR-3", "update(state=city_noticing)", to(passed, "city_noticing"))
    gate_holds(passed, "enter_city_notice")


def move_to(application, enterprise):
    TitleApplication.objects.filter(pk=application.pk).update(enterprise=enterprise)
